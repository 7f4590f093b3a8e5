"""Days and moments of one record that cannot come in another order."""

from collections.abc import Collection
from typing import Any

from desktop_app.domain.errors import DeskError
from desktop_app.services.record_texts import shown

# Pairs of columns of which the second may not be before the first.
_SPANS = (
    ("starts_on", "ends_on"),
    ("starts_at", "ends_at"),
    ("arrives_on", "departs_on"),
    ("departs_at", "arrives_at"),
    ("applied_on", "done_on"),
    ("raised_on", "confirmed_on"),
    ("raised_on", "due_on"),
    ("granted_on", "ends_on"),
)


def check_spans(values: dict[str, Any], given: Collection[str]) -> None:
    """Refuse an end that is before its start, where either is given now.

    Raises:
        DeskError: ``bad_span``.
    """
    for first, last in _SPANS:
        start, end = values.get(first), values.get(last)
        if not {first, last} & set(given):
            continue
        if start is not None and end is not None and end < start:
            raise DeskError("bad_span", start=shown(start), end=shown(end))
