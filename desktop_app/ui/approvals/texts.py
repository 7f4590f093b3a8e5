"""How approvals read: their state as a pill, their days against the term, tool tips."""

import datetime as dt

from desktop_app.domain.formats import short_date
from desktop_app.i18n import language, t, word
from desktop_app.services.approval_rows import ApprovalRow
from desktop_app.ui.widgets.pill import Pill

_KINDS = {
    "to_do": "neutral",
    "applied": "accent",
    "done": "good",
    "refused": "bad",
    "not_needed": "neutral",
}


def state_pill(state: str) -> Pill:
    """Return a state as a pill."""
    return Pill(word("approval_state", state), _KINDS.get(state, "neutral"))


def day(value: dt.date | None) -> str:
    """Return a day, with its year where that is not this one."""
    return short_date(value, dt.date.today(), language())


def term_text(row: ApprovalRow, today: dt.date) -> str:
    """Return the days used against those promised, in short: ``12 / 20``."""
    term = row.term(today)
    if term.used is None:
        return f"– / {term.promised}" if term.promised is not None else ""
    return f"{term.used} / {term.promised}" if term.promised is not None else str(term.used)


def late_text(row: ApprovalRow, today: dt.date) -> str:
    """Return by how many working days it is late, empty when it is not."""
    late = row.term(today).late
    return t("approvals.late_days", n=late) if late else ""


def standing(row: ApprovalRow, today: dt.date) -> str:
    """Return in a sentence how an approval stands against its term."""
    term = row.term(today)
    if term.used is None:
        if row.done_on is None and row.planned_on is None and row.is_open:
            return t("approvals.no_dates")
        if term.promised is not None and row.is_open:
            return t("approvals.promised_only", n=term.promised)
        return ""
    key = "approvals.used_of" if term.promised is not None else "approvals.used"
    said = t(key, used=term.used, promised=term.promised)
    if term.late:
        said += t("common.comma") + t("approvals.late_by", n=term.late)
    return said


def tip(row: ApprovalRow, today: dt.date) -> str:
    """Return all that a timeline's row says, line by line."""
    days = [
        (t("words.field.planned_on"), row.planned_on),
        (t("words.field.applied_on"), row.applied_on),
        (t("approvals.field.due_on"), row.due_on),
        (t("approvals.field.done_on"), row.done_on),
    ]
    lines = [
        f"{row.title} · {word('approval_state', row.state)}",
        row.department,
        *(f"{name}  {value.isoformat()}" for name, value in days if value is not None),
        standing(row, today),
    ]
    return "\n".join(line for line in lines if line)
