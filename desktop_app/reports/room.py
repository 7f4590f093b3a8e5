"""Headings that ask for the room of what follows them, so that none is left alone on a page."""

from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, Table

from desktop_app.reports.layout import HEADINGS
from desktop_app.reports.styles import WIDTH

# A first row taller than this may be split; asking for all of it would leave a page half empty.
_MOST = 320


def with_room(story: list[Flowable]) -> list[Flowable]:
    """Return a story in which the headings before a table stay with its head and first row."""
    result: list[Flowable] = []
    for part in story:
        if isinstance(part, Table):
            at = len(result)
            while at and _is_heading(result[at - 1]):
                at -= 1
            above = sum(_height(one) for one in result[at:])
            if at < len(result):
                result.insert(at, CondPageBreak(above + min(_first_rows(part), _MOST)))
        result.append(part)
    return result


def _is_heading(part: Flowable) -> bool:
    """Say whether a flowable is a heading or asks for room itself."""
    style: Any = getattr(part, "style", None)
    return isinstance(part, CondPageBreak) or getattr(style, "name", "") in HEADINGS


def _height(part: Flowable) -> float:
    """Return how tall a heading stands."""
    if isinstance(part, CondPageBreak):
        return 0.0
    return float(part.wrap(WIDTH, 10_000)[1] + part.getSpaceBefore() + part.getSpaceAfter())


def _first_rows(table: Table) -> float:
    """Return how tall the head and the first row of a table are."""
    measured: Any = table
    measured.wrap(WIDTH, 10_000)
    return float(sum(measured._rowHeights[: measured.repeatRows + 1]))
