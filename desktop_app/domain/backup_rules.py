"""Which timed backups are kept: many of the last hours, fewer the older they are."""

import datetime as dt
from collections.abc import Callable, Iterable

#: How long after one timed backup the next is made, if anything was altered meanwhile.
EVERY = dt.timedelta(minutes=30)
_HOURS = dt.timedelta(hours=4)
_DAY = dt.timedelta(days=1)
# (up to which age, what makes one period): the newest of each period stays.
_PERIODS: tuple[tuple[dt.timedelta, Callable[[dt.datetime], object]], ...] = (
    (_DAY, lambda moment: (moment.date(), moment.hour)),
    (14 * _DAY, lambda moment: moment.date()),
    (60 * _DAY, lambda moment: moment.isocalendar()[:2]),
    (365 * _DAY, lambda moment: (moment.year, moment.month)),
)


def is_due(latest: dt.datetime | None, now: dt.datetime) -> bool:
    """Say whether it is time for the next one; a clock that was set back makes one due too."""
    return latest is None or now - latest >= EVERY or latest > now


def to_keep(moments: Iterable[dt.datetime], now: dt.datetime) -> set[dt.datetime]:
    """Return the moments whose backups stay.

    All of the last four hours; then the newest of each hour for a day, of each day for two weeks,
    of each week for two months, of each month for a year; and always the newest of all. One from
    the future, made before the clock was set back, stays.
    """
    newest_first = sorted(moments, reverse=True)
    kept = {one for one in newest_first if now - one <= _HOURS} | set(newest_first[:1])
    for most, period in _PERIODS:
        seen: set[object] = set()
        for one in newest_first:
            if now - one <= most and period(one) not in seen:
                seen.add(period(one))
                kept.add(one)
    return kept
