"""What a periodic report says of the work after signing; what a year has nothing of stays away."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, KeepTogether, Spacer

from desktop_app.domain.formats import number
from desktop_app.domain.words_after import Light
from desktop_app.reports.bilingual import each, t, word
from desktop_app.reports.layout import Cell, head, ruled_table, side_by_side
from desktop_app.reports.period_front import GAP, HALF
from desktop_app.reports.period_tables import (
    MOST_LISTED,
    company_of,
    group,
    heads,
    listed,
    section,
)
from desktop_app.reports.wording import month_day, sign
from desktop_app.reports.year_blocks import amount_words
from desktop_app.services.period_after import OpenCase, WaitingApproval
from desktop_app.services.period_figures import PeriodFigures
from desktop_app.services.year_figures import METRICS, MORE_METRICS

_CASES = ("cases_raised", "cases_solved", "dispatch_meetings")
_APPROVALS = (
    "approvals_done", "site_surveys", "expert_reviews", "onsite_services",
    "approval_problems_solved",
)  # fmt: skip
_WORKS = (
    "construction_permits", "permitted_area_m2", "permitted_cost", "accepted_buildings",
    "accepted_area_m2",
)  # fmt: skip
_MONEY = ("credit_granted", "loans_drawn", "park_guarantee_loans", "foreign_capital_received")


def label(name: str, lang: str) -> str:
    """Return what a figure is called."""
    return t("period.cases_solved", lang) if name == "cases_solved" else word("metric", name, lang)


def _tallies(facts: PeriodFigures, names: Sequence[str], unit: str, lang: str) -> list[Flowable]:
    """Return figures below each other: of the period, of the one before, of the year so far."""
    rows: list[list[Cell]] = []
    for name in names:
        found = facts.after.counts[name]
        if any(found):
            of = (METRICS | MORE_METRICS)[name].unit if name != "cases_solved" else ""
            shown = (amount_words(one, of, lang) if one else "0" for one in found)
            rows.append([label(name, lang), *shown])
    if not rows:
        return []
    columns = ["", *heads(lang, f"{unit}_now", f"{unit}_before", "year_so_far")]
    # Sums in Chinese take more room than counts, and more than sums in English.
    wide = names is _MONEY and lang != "en"
    shares = (1.4, 1.5, 1.5, 1.5) if wide else (2.3, 1.2, 1.2, 1.3)
    return [ruled_table(columns, rows, shares, HALF, right=(1, 2, 3))]


def cases(facts: PeriodFigures, unit: str, lang: str) -> list[Flowable]:
    """Return cases raised and solved, those open by light, the red ones, and dispatch meetings."""
    after = facts.after
    if not after.any(*_CASES) and not after.lights:
        return []
    story = section("cases", facts.period, lang, False)
    story += side_by_side(_tallies(facts, _CASES, unit, lang), _lights(facts, lang), GAP)
    if after.red:
        rows: list[list[Cell]] = [
            [
                one.title or word("case_category", one.category, lang),
                company_of(one.company, one.company_zh, "", lang),
                word("case_category", one.category, lang),
                one.department,
                _why(one, lang),
            ]
            for one in after.red
        ]
        columns = heads(lang, "case", "company", "category", "department", "why_red")
        total, most = after.lights[Light.RED], MOST_LISTED[unit]
        story += group(t("period.red_cases", lang))
        story += listed(columns, rows, (2.6, 2.4, 1.1, 1.5, 1.7), total, most, lang)
    if after.dispatches:
        held: list[list[Cell]] = [
            [month_day(one.held_on, lang), one.title, one.chair, number(one.cases)]
            for one in after.dispatches
        ]
        columns = heads(lang, "date", "dispatch", "chair", "on_agenda")
        story += group(label("dispatch_meetings", lang))
        total = after.counts["dispatch_meetings"].now
        story += listed(columns, held, (1, 5, 1.6, 1), total, MOST_LISTED[unit], lang)
    return [*story, Spacer(1, 10)]


def _lights(facts: PeriodFigures, lang: str) -> list[Flowable]:
    """Return how many cases are open, by light."""
    lights = facts.after.lights
    if not lights:
        return []
    rows: list[list[Cell]] = [
        [word("light", one.value, lang), number(lights.get(one, 0))]
        for one in (Light.RED, Light.YELLOW, Light.GREEN)
    ]
    rows.append([t("period.all_open", lang), number(sum(lights.values()))])
    return [ruled_table(heads(lang, "open_cases", "as_of"), rows, (1.9, 1.2), HALF, right=(1,))]


def _why(one: OpenCase, lang: str) -> str:
    """Return why a case is red: how long past its day, how far behind its plan."""

    def words(lang: str) -> str:
        parts = []
        if one.months_missed:
            parts.append(t("period.months_missed", lang, count=one.months_missed))
        if one.points_behind:
            parts.append(t("period.points_behind", lang, count=one.points_behind))
        return sign(lang, "，", ", ").join(parts)

    return each(lang, words)


def approvals(facts: PeriodFigures, unit: str, lang: str) -> list[Flowable]:
    """Return approvals done, the services beside them, what is late and what comes next."""
    after = facts.after
    if not after.any(*_APPROVALS) and not after.late and not after.coming:
        return []
    state: list[list[Cell]] = [
        [t("period.approvals_late", lang), number(after.late_count)],
        [t("period.approvals_coming", lang), number(after.coming_count)],
    ]
    right: list[Flowable] = [
        ruled_table(heads(lang, "in_hand", "as_of"), state, (1.9, 1.2), HALF, right=(1,))
    ]
    story = section("approvals", facts.period, lang, False)
    story += side_by_side(_tallies(facts, _APPROVALS, unit, lang), right, GAP)
    most = MOST_LISTED[unit] * 2 // 5
    for key, found, total in (
        ("approvals_late", after.late, after.late_count),
        ("approvals_coming", after.coming, after.coming_count),
    ):
        if found:
            rows = [_approval(facts, one, key, lang) for one in found]
            last = "late_by" if key == "approvals_late" else "due_on"
            columns = heads(lang, "approval", "company", "department", last)
            story += group(t(f"period.{key}", lang))
            story += listed(columns, rows, (2.4, 2.8, 1.9, 1.5), total, most, lang)
    return [*story, Spacer(1, 10)]


def _approval(facts: PeriodFigures, one: WaitingApproval, key: str, lang: str) -> list[Cell]:
    """Return an approval waited for: late by how much, or the day by which it should come."""
    when = month_day(one.day, lang)
    if key == "approvals_late":
        count = (facts.today - one.day).days
        when = t("period.late_day" if count == 1 else "period.late_days", lang, count=count)
    return [
        word("approval_template", one.template, lang) or one.title,
        company_of(one.company, one.company_zh, "", lang),
        one.department,
        when,
    ]


def money(facts: PeriodFigures, unit: str, lang: str) -> list[Flowable]:
    """Return permits and acceptances beside credit, loans and foreign capital received."""
    left, right = (_tallies(facts, names, unit, lang) for names in (_WORKS, _MONEY))
    tables = side_by_side(
        [head(t("period.works", lang)), *left] if left else [],
        [head(t("period.money", lang)), *right] if right else [],
        GAP,
    )
    if not tables:
        return []
    title = section("money", facts.period, lang, False)
    return [KeepTogether([*title, *tables]), Spacer(1, 10)]
