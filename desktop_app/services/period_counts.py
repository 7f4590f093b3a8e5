"""What is counted of a period, by plain SQL: quick enough for a hundred thousand leads.

A meeting's day is that of its venue; what people did on the desk is dated by Beijing's clock.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from desktop_app.db.change import HLC_PER_MS
from desktop_app.domain.formats import BEIJING, zone_of
from desktop_app.domain.words import STAGES

RANKS = {stage.value: rank for rank, stage in enumerate(STAGES)}
_DAY = dt.timedelta(days=1)


class Period(NamedTuple):
    """The days from the first to the last one, both counted."""

    first: dt.date
    last: dt.date

    def holds(self, day: dt.date | None) -> bool:
        """Say whether a day lies in the period."""
        return day is not None and self.first <= day <= self.last

    def values(self) -> tuple[str, str]:
        """Return both days as the database holds them."""
        return self.first.isoformat(), self.last.isoformat()


@dataclass(frozen=True)
class LeadCounts:
    """The living leads by stage, the active ones by stage, and the active ones by chain."""

    stages: Mapping[str, int]
    active: Mapping[str, int]
    chains: Mapping[str, int]


class MeetingDay(NamedTuple):
    """One meeting with its day at the venue."""

    id: bytes
    day: dt.date
    held: bool
    planned: bool
    kind: str


class Advance(NamedTuple):
    """A lead that came further in a period than ever before, with the ranks of its stages."""

    lead: bytes
    before: int
    after: int


def lead_counts(source: Any) -> LeadCounts:
    """Return how many living leads stand where."""
    stages: Counter[str] = Counter()
    active: Counter[str] = Counter()
    chains: Counter[str] = Counter()
    for stage, status, chain, count in source.execute(
        "SELECT coalesce(stage, 'lead'), coalesce(status, 'active'), coalesce(chain, ''), count(*)"
        " FROM lead WHERE deleted IS NOT 1 GROUP BY 1, 2, 3"
    ):
        stages[stage] += count
        if status == "active":
            active[stage] += count
            chains[chain] += count
    return LeadCounts(stages, active, chains)


def advances(source: Any, period: Period, before: Period) -> tuple[list[Advance], int]:
    """Return the leads that came further in a period than they ever were, the furthest first.

    Also return how many did so in the period just before it. A stage whose day nobody knows was
    reached before both.
    """
    ranks = " ".join(f"WHEN '{stage}' THEN {rank}" for stage, rank in RANKS.items())
    found = source.execute(
        "SELECT s.lead_id, max(s.rank * (s.span = 0)) AS old, max(s.rank * (s.span = 1)) AS then_,"
        " max(s.rank * (s.span = 2)) AS now"
        f" FROM (SELECT lead_id, CASE stage {ranks} ELSE 0 END AS rank,"
        " CASE WHEN reached_on >= :first THEN 2 WHEN reached_on >= :start THEN 1 ELSE 0 END AS span"
        " FROM lead_stage WHERE deleted IS NOT 1 AND (reached_on IS NULL OR reached_on <= :last)"
        " AND lead_id IN (SELECT lead_id FROM lead_stage WHERE reached_on BETWEEN :start AND :last"
        " AND stage <> 'lead' AND deleted IS NOT 1)) AS s"
        " JOIN lead ON lead.id = s.lead_id WHERE lead.deleted IS NOT 1"
        " GROUP BY s.lead_id ORDER BY now DESC, s.lead_id",
        {
            "start": before.first.isoformat(),
            "first": period.first.isoformat(),
            "last": period.last.isoformat(),
        },
    ).fetchall()
    now = [Advance(lead, max(old, then), now) for lead, old, then, now in found]
    return (
        [one for one in now if one.after > one.before],
        sum(then > old for _, old, then, _ in found),
    )


def entered(source: Any, span: Period) -> list[tuple[str, dt.date]]:
    """Return the days on which leads were screened or signed for the first time, within some days.

    One whose row says no day was so before anybody wrote it down, and does not count.
    """
    found = source.execute(
        "SELECT s.stage, min(s.reached_on) AS day FROM lead_stage AS s"
        " JOIN lead ON lead.id = s.lead_id WHERE s.stage IN ('screened', 'signed')"
        " AND s.deleted IS NOT 1 AND lead.deleted IS NOT 1 AND s.lead_id IN ("
        "SELECT lead_id FROM lead_stage WHERE reached_on BETWEEN :first AND :last"
        " AND stage IN ('screened', 'signed') AND deleted IS NOT 1)"
        " GROUP BY s.lead_id, s.stage HAVING day BETWEEN :first AND :last"
        " AND count(*) = count(s.reached_on)",
        {"first": span.first.isoformat(), "last": span.last.isoformat()},
    )
    return [(stage, dt.date.fromisoformat(day)) for stage, day in found]


@cache
def _day_at(minute: str, zone: str | None) -> dt.date:
    """Return the day that a minute of UTC lies in at a place."""
    moment = dt.datetime.fromisoformat(minute).replace(tzinfo=dt.UTC)
    return moment.astimezone(zone_of(zone)).date()


def meeting_days(source: Any, first: dt.date, last: dt.date) -> list[MeetingDay]:
    """Return the meetings of some days, held or still planned, by time."""
    found = []
    for key, starts, zone, status, kind in source.execute(
        "SELECT id, starts_at, zone, status, coalesce(kind, '') FROM meeting"
        " WHERE starts_at >= ? AND starts_at < ? AND deleted IS NOT 1"
        " AND coalesce(status, 'planned') IN ('held', 'planned') ORDER BY starts_at, id",
        _around(Period(first, last)),
    ):
        day = _day_at(starts[:16], zone)
        if first <= day <= last:
            held = status == "held"
            found.append(MeetingDay(key, day, held, not held, kind))
    return found


def counts_of(
    source: Any,
    period: Period,
    today: dt.date,
    advanced: int,
    stages: Sequence[tuple[str, dt.date]],
    meetings: Sequence[MeetingDay],
) -> dict[str, int]:
    """Return the figures of one period by name; meetings by kind as ``meetings.<kind>``.

    Args:
        source: the driver's connection.
        period: the days counted.
        today: the day up to which a follow-up can be due.
        advanced: how many leads advanced, by ``advances``.
        stages: what ``entered`` returned for days that hold the period.
        meetings: what ``meeting_days`` returned for days that hold the period.
    """
    held = [one for one in meetings if one.held and period.holds(one.day)]
    counts = {
        "leads_found": _scalar(
            source, "SELECT count(*) FROM lead WHERE first_reported_on BETWEEN ? AND ?"
            " AND deleted IS NOT 1", period.values(),
        ),
        "leads_advanced": advanced,
        "leads_screened": sum(name == "screened" and period.holds(day) for name, day in stages),
        "leads_signed": sum(name == "signed" and period.holds(day) for name, day in stages),
        "leads_lost": _lost(source, period),
        "meetings_held": len(held),
    }  # fmt: skip
    counts |= _trips(source, period, today) | _follow_ups(source, period, today)
    counts["promises_made"] = _promises_made(source, period)
    counts["events"] = _scalar(
        source,
        "SELECT count(*) FROM event WHERE starts_on BETWEEN ? AND ? AND deleted IS NOT 1",
        period.values(),
    )
    counts |= {f"meetings.{kind}": n for kind, n in Counter(m.kind for m in held).items()}
    return counts


def _scalar(source: Any, sql: str, values: Any) -> int:
    """Return the one number of a query."""
    return int(source.execute(sql, values).fetchone()[0] or 0)


def _around(period: Period) -> tuple[str, str]:
    """Return the days of UTC that hold a period at any place: none is a day from UTC."""
    return (period.first - _DAY).isoformat(), (period.last + 2 * _DAY).isoformat()


def _clock(period: Period) -> tuple[int, int]:
    """Return the log's clock at the start of a period and after its end, by Beijing's days."""
    days = (period.first, period.last + _DAY)
    low, high = (dt.datetime.combine(day, dt.time(), BEIJING).timestamp() for day in days)
    return int(low * 1000) * HLC_PER_MS, int(high * 1000) * HLC_PER_MS


def _lost(source: Any, period: Period) -> int:
    """Return how many leads were marked as lost in a period and still are, by the log.

    The lead itself keeps no day for it. One that was lost when it came in, by an import, does not
    count: nobody knows since when it is.
    """
    return _scalar(
        source,
        "SELECT count(DISTINCT lead.id) FROM change AS c CROSS JOIN lead ON lead.id = c.row"
        " WHERE c.hlc >= ? AND c.hlc < ? AND c.tbl = 'lead'"
        " AND lead.status = 'lost' AND lead.deleted IS NOT 1"
        " AND json_extract(c.fields, '$.status[0]') = 'lost'"
        " AND EXISTS (SELECT 1 FROM change WHERE row = c.row AND +hlc < c.hlc)",
        _clock(period),
    )


def _promises_made(source: Any, period: Period) -> int:
    """Return how many promises were made in a period: at a meeting's day, else when written down.

    One that came in with its lead, by an import, has a day that nobody knows and does not count.
    """
    at_meetings = source.execute(
        "SELECT meeting.starts_at, meeting.zone FROM follow_up AS p"
        " JOIN meeting ON meeting.id = p.meeting_id LEFT JOIN lead ON lead.id = p.lead_id"
        " WHERE p.side IS NOT NULL AND p.deleted IS NOT 1 AND lead.deleted IS NOT 1"
        " AND meeting.deleted IS NOT 1 AND meeting.starts_at >= ? AND meeting.starts_at < ?",
        _around(period),
    )
    written = _scalar(
        source,
        "SELECT count(*) FROM change AS c CROSS JOIN follow_up AS p ON p.id = c.row"
        " LEFT JOIN lead ON lead.id = p.lead_id LEFT JOIN meeting ON meeting.id = p.meeting_id"
        " WHERE c.hlc >= ? AND c.hlc < ? AND c.tbl = 'follow_up' AND p.side IS NOT NULL"
        " AND p.deleted IS NOT 1 AND lead.deleted IS NOT 1"
        " AND (meeting.starts_at IS NULL OR meeting.deleted IS 1)"
        " AND NOT EXISTS (SELECT 1 FROM change WHERE row = p.id AND +hlc < c.hlc)"
        " AND NOT EXISTS (SELECT 1 FROM change AS l WHERE l.row = p.lead_id AND +l.tx = c.tx"
        " AND NOT EXISTS (SELECT 1 FROM change WHERE row = l.row AND +hlc < l.hlc))",
        _clock(period),
    )
    return written + sum(period.holds(_day_at(at[:16], zone)) for at, zone in at_meetings)


def _trips(source: Any, period: Period, today: dt.date) -> dict[str, int]:
    """Return the trips that began, ended and were under way so far; cancelled ones never were."""
    first, last = Period(period.first, min(period.last, today)).values()
    begun, ended, under = source.execute(
        "SELECT sum(starts_on BETWEEN :first AND :last), sum(ends_on BETWEEN :first AND :last),"
        " sum(starts_on <= :last AND ends_on >= :first) FROM trip"
        " WHERE deleted IS NOT 1 AND status IS NOT 'cancelled'",
        {"first": first, "last": last},
    ).fetchone()
    return {"trips_begun": begun or 0, "trips_ended": ended or 0, "trips_under_way": under or 0}


def _follow_ups(source: Any, period: Period, today: dt.date) -> dict[str, int]:
    """Return the follow-ups due so far, those done by their day, those done, and promises kept."""
    first, last = period.values()
    due, on_time, done, ours, theirs = source.execute(
        "SELECT sum(due), sum(due AND done AND done_on <= due_on), sum(done AND now),"
        " sum(done AND now AND side = 'ours'), sum(done AND now AND side = 'theirs')"
        " FROM (SELECT f.due_on, f.done_on, f.side, f.status IS 'done' AS done,"
        " f.due_on BETWEEN :first AND :by AND f.status IS NOT 'dropped' AS due,"
        " coalesce(f.done_on BETWEEN :first AND :last, 0) AS now"
        " FROM follow_up AS f LEFT JOIN lead ON lead.id = f.lead_id"
        " WHERE f.deleted IS NOT 1 AND lead.deleted IS NOT 1"
        " AND (f.due_on BETWEEN :first AND :last OR f.done_on BETWEEN :first AND :last))",
        {"first": first, "last": last, "by": min(period.last, today).isoformat()},
    ).fetchone()
    return {
        "follow_ups_due": due or 0,
        "follow_ups_on_time": on_time or 0,
        "follow_ups_done": done or 0,
        "promises_kept_ours": ours or 0,
        "promises_kept_theirs": theirs or 0,
    }
