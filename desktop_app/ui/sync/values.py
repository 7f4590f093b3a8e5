"""Values as the log has them: how any field of any record reads, and the editor it has."""

import datetime as dt
from typing import Any

from desktop_app.db.change import Value
from desktop_app.domain import money, words, words_after
from desktop_app.i18n import language, t, word
from desktop_app.services.titles import record_title
from desktop_app.ui.store import Store

#: Fields whose codes have words: (table, column), or the column of any table.
_CODES: dict[tuple[str, str], tuple[str, Any]] = {
    ("", "chain"): ("chain", words.Chain),
    ("lead", "stage"): ("stage", words.Stage),
    ("lead_stage", "stage"): ("stage", words.Stage),
    ("lead", "status"): ("status", words.Status),
    ("lead", "source"): ("source", words.Source),
    ("lead", "verdict"): ("verdict", words.Verdict),
    ("lead", "time_scale"): ("time_scale", words.TimeScale),
    ("company", "kind"): ("company_kind", words.CompanyKind),
    ("contact", "decision_role"): ("decision_role", words.DecisionRole),
    ("meeting", "kind"): ("meeting_kind", words.MeetingKind),
    ("meeting", "status"): ("meeting_status", words.MeetingStatus),
    ("trip", "status"): ("trip_status", words.TripStatus),
    ("leg", "kind"): ("leg_kind", words.LegKind),
    ("delegate", "role"): ("delegate_role", words.DelegateRole),
    ("delegate", "visa_state"): ("visa_state", words.VisaState),
    ("follow_up", "status"): ("follow_up_status", words.FollowUpStatus),
    ("follow_up", "side"): ("side", words.Side),
    ("event", "kind"): ("event_kind", words.EventKind),
    ("case", "state"): ("case_state", words_after.CaseState),
    ("case", "category"): ("case_category", words_after.CaseCategory),
    ("case", "raised_by"): ("raised_by", words_after.RaisedBy),
    ("case", "supervision"): ("supervision", words_after.Supervision),
    ("dispatch_meeting", "status"): ("meeting_status", words.MeetingStatus),
    ("approval", "kind"): ("approval_kind", words_after.ApprovalKind),
    ("approval", "state"): ("approval_state", words_after.ApprovalState),
    ("approval_service", "kind"): ("service_kind", words_after.ServiceKind),
    ("facility", "product"): ("product", words_after.Product),
    ("event_company", "present_as"): ("present_as", words_after.PresentAs),
    ("capital_receipt", "kind"): ("capital_kind", words_after.CapitalKind),
}
_BOOLEANS = frozenset(
    "active veto decision_maker_met budget_approved unplanned held_talks deleted".split()
)
_LONG = frozenset(
    "notes blocker review_opinion our_commitments their_commitments description china_footprint "
    "purpose purpose_en goals goals_en must_win must_win_en logistics country_notes "
    "emergency_numbers findings problems suggestions objective wished_outcome talking_points asks "
    "offers red_lines questions materials outcome address agenda minutes decision "
    "satisfaction_notes details".split()
)
_NUMBERS = frozenset(
    "founded_year employees foreign_share_percent land_m2 plant_m2 energy_tce jobs actual_jobs "
    "position lat_e6 lon_e6 size year value progress_percent planned_percent promised_days "
    "area_m2 buildings".split()
)
#: The tables of columns of ids that are not named after theirs.
_TABLES = {
    "owner_id": "member",
    "first_reporter_id": "member",
    "leader_id": "member",
    "previous_id": "follow_up",
    "bank_id": "company",
    "credit_id": "facility",
}
#: Which column holds the currency of an amount; others are in the team's own.
_CURRENCY = {
    "amount_minor": "currency",
    "previous_amount_minor": "currency",
    "cost_minor": "currency",
    "granted_minor": "currency",
    "drawn_minor": "currency",
    "budget_minor": "currency",
    "spent_minor": "currency",
    "revenue_minor": "revenue_currency",
    "registered_capital_minor": "registered_currency",
}


def field_name(table: str, column: str) -> str:
    """Return what a field is called."""
    if column == "title" and table == "contact":
        return t("words.field.title_contact")
    if column == "amount_minor" and table == "capital_receipt":
        return t("words.field.amount_received")
    if column == "value" and table == "setting":
        return t("shell.settings")
    return word("field", column)


def is_long(table: str, column: str) -> bool:
    """Say whether a field holds text of several lines."""
    return column in _LONG and (table, column) != ("setting", "value")


def is_text(table: str, column: str) -> bool:
    """Say whether a field holds words of people's own, of which two can stand together."""
    return not (
        codes(table, column)
        or column in _BOOLEANS
        or is_number(table, column)
        or column.endswith(("_on", "_at", "_minor", "_id", "_until", "currency", "zone"))
        or column in ("country", "sha256", "email", "website")
        or table in ("setting", "attachment", "target")
    )


def codes(table: str, column: str) -> tuple[str, Any] | None:
    """Return the concept and the enum of a field of codes."""
    return _CODES.get((table, column)) or _CODES.get(("", column))


def is_number(table: str, column: str) -> bool:
    """Say whether a field holds a whole number."""
    return (column in _NUMBERS or column.startswith("value_")) and table != "setting"


def is_truth(column: str) -> bool:
    """Say whether a field holds yes or no."""
    return column in _BOOLEANS


class ValueWords:
    """Words values, looking up the records and currencies that they name."""

    def __init__(self, store: Store) -> None:
        """Read through a store."""
        self._store = store
        self._titles: dict[tuple[str, str], str] = {}

    def words(self, table: str, row: str, column: str, value: Value) -> str:
        """Return how a value reads, whole; nothing is said in so many words."""
        if value in (None, ""):
            return t("sync.nothing")
        if found := codes(table, column):
            return word(found[0], str(value))
        if (table, column) == ("approval", "template"):
            return word("approval_template", str(value))
        if column in _BOOLEANS:
            return t("sync.yes") if value else t("sync.no")
        if column == "country":
            return word("country", str(value))
        if column.endswith("_minor") and isinstance(value, int):
            return money.format_money(value, self.currency(table, row, column), language())
        if column.endswith("_id"):
            return self._title(column, str(value)) or "—"
        if column.endswith("_at"):
            return _moment(str(value))
        if is_number(table, column) and isinstance(value, int) and "year" not in column:
            return f"{value:,}"
        return str(value)

    def currency(self, table: str, row: str, column: str) -> str:
        """Return the currency of an amount."""
        if column not in _CURRENCY:
            return "CNY"
        found = self._store.read(_column, table, row, _CURRENCY[column])
        return str(found or "CNY")

    def _title(self, column: str, record_id: str) -> str:
        table = reference(column)
        key = (table, record_id)
        if key not in self._titles:
            self._titles[key] = self._store.read(record_title, table, record_id)
        return self._titles[key]


def reference(column: str) -> str:
    """Return the table that a column of ids points to."""
    return _TABLES.get(column) or column.removesuffix("_id")


def _moment(text: str) -> str:
    """Return a stored moment on this laptop's clock."""
    try:
        return f"{dt.datetime.fromisoformat(text).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return text


def _column(session: Any, table: str, row: str, column: str) -> object:
    """Return one column of a record, which may be deleted."""
    from desktop_app.services.record_texts import KINDS
    from desktop_app.services.titles import kind_of

    model = KINDS.get(kind_of(table))
    record = session.get(model, row) if model is not None else None
    return getattr(record, column, None)
