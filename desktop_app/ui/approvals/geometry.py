"""Where the bars of a timeline stand: plain numbers, without a painter."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from desktop_app.domain.approval_rules import due_on
from desktop_app.services.approval_rows import ApprovalRow

#: Fewer pixels a day than this, and a week can't be told from two: then the timeline scrolls.
LEAST_PER_DAY = 0.7
#: More than this makes a checklist of a few days look like a year's.
MOST_PER_DAY = 14.0
_MARGIN_DAYS = 6
_LEAST_DAYS = 60
_DAY = dt.timedelta(days=1)


class Span(NamedTuple):
    """The days of a bar; the last one is part of it."""

    first: dt.date
    last: dt.date


class Bars(NamedTuple):
    """The bars of an approval; None where it has no such days.

    Attributes:
        planned: from the day planned over the promised term.
        actual: from the application to the decision, or to today; within the term.
        late: the days beyond the term.
        promised_on: the last day of the term.
    """

    planned: Span | None
    actual: Span | None
    late: Span | None
    promised_on: dt.date | None

    def days(self) -> Iterator[dt.date]:
        """Yield the days that a timeline must hold."""
        for span in (self.planned, self.actual, self.late):
            if span is not None:
                yield from span
        if self.promised_on is not None:
            yield self.promised_on


def bars_of(row: ApprovalRow, today: dt.date) -> Bars:
    """Return the bars of an approval on a day."""
    planned = None
    if row.planned_on is not None:
        end = due_on(row.planned_on, row.promised_days) or row.planned_on
        planned = Span(row.planned_on, end)
    start, due = row.applied_on, row.due_on
    end_of_work = row.done_on or (today if row.is_open else None)
    if start is None:
        # One that was only ever marked as done has but its last day.
        start = row.done_on
    if start is None or end_of_work is None:
        return Bars(planned, None, None, due)
    end_of_work = max(start, end_of_work)
    if due is None or end_of_work <= due:
        return Bars(planned, Span(start, end_of_work), None, due)
    in_time = Span(start, due) if due >= start else None
    return Bars(planned, in_time, Span(max(due + _DAY, start), end_of_work), due)


@dataclass(frozen=True)
class Scale:
    """Days as pixels."""

    first: dt.date
    last: dt.date
    per_day: float

    def x(self, day: dt.date) -> float:
        """Return where a day begins."""
        return (day - self.first).days * self.per_day

    def spread(self, span: Span) -> tuple[float, float]:
        """Return where a bar begins and how wide it is; a single day can still be seen."""
        left = self.x(span.first)
        return left, max(3.0, self.x(span.last + _DAY) - left)

    def day_at(self, x: float) -> dt.date:
        """Return the day at a place."""
        return self.first + int(x / self.per_day) * _DAY

    @property
    def width(self) -> float:
        """Return the width of all days."""
        return self.x(self.last + _DAY)


def scale_of(bars: Iterable[Bars], today: dt.date, room: int) -> Scale:
    """Return a scale that holds all bars and today, fitted into a room where that can be read."""
    days = [day for one in bars for day in one.days()] or [today]
    first, last = min(*days, today), max(*days, today)
    first, last = _moved(first, -_MARGIN_DAYS), _moved(last, 2 * _MARGIN_DAYS)
    if (last - first).days < _LEAST_DAYS:
        last = _moved(first, _LEAST_DAYS)
    fitted = room / ((last - first).days + 1)
    return Scale(first, last, min(MOST_PER_DAY, max(LEAST_PER_DAY, fitted)))


def _moved(day: dt.date, days: int) -> dt.date:
    try:
        return day + days * _DAY
    except OverflowError:
        return day


class Tick(NamedTuple):
    """A line of the axis at the first of a month, and whether a year begins there."""

    day: dt.date
    month: int
    year: bool


def ticks(scale: Scale, least: float, between: Sequence[dt.date] | None = None) -> list[Tick]:
    """Return the months to name on the axis, at least so many pixels from one to the next.

    Args:
        scale: the days as pixels.
        least: pixels from one name to the next.
        between: only those from the first of these days to the second.
    """
    step = next((n for n in (1, 2, 3, 6, 12) if n * 30.4 * scale.per_day >= least), 12)
    first, last = between or (scale.first, scale.last)
    first, last = max(first, scale.first), min(last, scale.last)
    month = first.year * 12 + first.month - 1
    found = []
    while month <= last.year * 12 + last.month - 1:
        if month % step == 0:
            day = dt.date(month // 12, month % 12 + 1, 1)
            if day >= scale.first:
                found.append(Tick(day, day.month, day.month == 1))
        month += 1
    return found
