"""What the parts of a year's figures are called in the language in use."""

from sqlalchemy.orm import Session

from desktop_app.i18n import t, word
from desktop_app.services.year_breakdowns import part_label

# Breakdowns whose codes are named by words; those of kinds depend on the figure.
_WORDS = {
    "chain": "chain", "country": "country", "channel": "source", "category": "case_category",
    "product": "product",
}  # fmt: skip
_KINDS = {
    "approvals_done": ("approval_kind",),
    "visits_and_events": ("meeting_kind", "event_kind"),
    "foreign_capital_received": ("capital_kind",),
}
NAMED_BY_RECORDS = ("squad", "owner", "bank")


def part_word(metric: str, by: str, code: str) -> str:
    """Return what a part is called; the code itself where a record or nothing names it."""
    if not code:
        return t(f"figures.none.{by}")
    if by == "month":
        return t(f"figures.month.{int(code)}")
    if by == "kind":
        return first_word(_KINDS[metric], code)
    return word(_WORDS[by], code) if by in _WORDS else code


def part_name(session: Session, metric: str, by: str, code: str) -> str:
    """Return what a part is called, also one that is named by its record."""
    if code and by in NAMED_BY_RECORDS:
        return part_label(session, by, code)
    return part_word(metric, by, code)


def first_word(concepts: tuple[str, ...], code: str) -> str:
    """Return the label of a code by the first concept that knows it."""
    for concept in concepts:
        found = word(concept, code)
        if found != code:
            return found
    return code
