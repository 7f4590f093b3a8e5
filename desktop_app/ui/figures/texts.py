"""How the figures of a year are worded: names, values with their units, parts, months."""

from desktop_app.domain.money import format_money, minor_digits
from desktop_app.i18n import language, t, word
from desktop_app.services.year_figures import METRICS, MORE_METRICS
from desktop_app.services.year_labels import first_word
from desktop_app.services.year_rows import RecordRow

EVERY = METRICS | MORE_METRICS
# The figures in the order of the page, by group.
GROUPS: dict[str, tuple[str, ...]] = {
    "attraction": ("signed_projects", "chain_fit_percent", "visits_and_events"),
    "service": (
        "dispatch_meetings", "cases_raised", "cases_solved_percent", "approvals_done",
        "site_surveys", "expert_reviews", "onsite_services", "approval_problems_solved",
    ),
    "financing": (
        "companies_with_credit", "credit_granted", "loans_drawn",
        "companies_with_park_guarantee", "park_guarantee_loans",
    ),
    "construction": (
        "construction_permits", "permitted_area_m2", "permitted_cost", "accepted_buildings",
        "accepted_area_m2",
    ),
    "capital": ("foreign_capital_received",),
}  # fmt: skip
_CODES = {
    "meetings": ("meeting_kind",),
    "events": ("event_kind",),
    "cases": ("case_category",),
    "approvals": ("approval_template", "approval_kind"),
    "approval-services": ("approval_template", "service_kind"),
    "facilities": ("product",),
    "capital-receipts": ("capital_kind",),
}


def name_of(metric: str) -> str:
    """Return what a figure is called."""
    return word("metric", metric)


def value_text(metric: str, value: int | None) -> str:
    """Return a figure with its unit, as people write it; a dash where there is none."""
    if value is None:
        return "—"
    one = EVERY[metric]
    if one.how == "money":
        return format_money(value * 10 ** minor_digits(one.unit), one.unit, language())
    if one.how == "share":
        return f"{value:,}%"
    return f"{value:,} {t(f'figures.unit.{metric}')}".rstrip()


def records_text(metric: str, records: int, whole: int | None) -> str:
    """Say from how many records a figure was counted."""
    if whole is not None:
        return t("figures.records_of", n=f"{records:,}", whole=f"{whole:,}")
    return t("figures.records", n=f"{records:,}")


def month_text(month: int) -> str:
    """Return the short name of a month."""
    return t(f"figures.month.{month}")


def title_of(row: RecordRow) -> str:
    """Return what a record of the list is called."""
    own = row.title_en if language() == "en" and row.title_en else row.title
    return own or first_word(_CODES.get(row.kind, ()), row.code) or row.project or row.company


def project_of(row: RecordRow) -> str:
    """Return whose record it is: the project, else the company."""
    company = row.company or row.company_zh
    if row.project and row.project != title_of(row):
        return row.project
    return company if company != title_of(row) else ""


def amount_of(row: RecordRow) -> str:
    """Return what a record adds, as people write it."""
    if row.amount is None:
        return ""
    if row.currency:
        return format_money(row.amount, row.currency, language())
    return f"{row.amount:,}"


def remark_of(row: RecordRow) -> str:
    """Say why a record does not count, or what is to be looked at."""
    if row.because:
        return t(f"figures.because.{row.because}")
    return t("figures.remark.before_signing") if row.early else ""
