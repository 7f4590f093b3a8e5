"""What somebody must be reminded of, and from which moment on; asked for by plain SQL."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from desktop_app.db.driver import Source, plain
from desktop_app.domain.formats import clock, zone_of
from desktop_app.domain.holiday_calendar import is_working_day_in_china
from desktop_app.domain.trip_rules import TripLimits, months_after
from desktop_app.services import team_settings

#: A meeting is told of this long before it begins.
BEFORE_MEETING = dt.timedelta(hours=1)
_MORNING = dt.time(9)
# How long before a deadline of a trip it is told of.
_DAYS_AHEAD = {"notice": 3, "report": 7, "passports": 2, "visa": 30}


class Reminder(NamedTuple):
    """One thing to be reminded of.

    Attributes:
        key: the same as long as the thing and its day are the same: told once.
        code: of its words: ``meeting``, ``follow_up``, ``notice``, ``visa``, ``report``,
            ``passports``.
        kind: of the record that it opens, as on the command line.
        id: that record's.
        at: from when on it is told, in UTC.
        title: what it is about.
        values: what its words name.
    """

    key: str
    code: str
    kind: str
    id: str
    at: dt.datetime
    title: str
    values: dict[str, Any]


class Digest(NamedTuple):
    """A morning's overview: follow-ups due today and overdue, meetings today, trip deadlines."""

    due: int
    overdue: int
    meetings: int
    deadlines: int


_DUE = "max(coalesce(f.due_on, f.snoozed_until), coalesce(f.snoozed_until, f.due_on))"
_FOLLOW_UPS = f"""
SELECT hex(f.id), f.title, coalesce(c.name, c.name_zh, ''), {_DUE} AS day
FROM follow_up AS f LEFT JOIN lead AS l ON l.id = f.lead_id
LEFT JOIN company AS c ON c.id = coalesce(f.company_id, l.company_id)
WHERE f.deleted IS NOT 1 AND l.deleted IS NOT 1 AND f.status = 'open' AND {_DUE} <= :today
  AND (:me IS NULL OR f.owner_id IS NULL OR f.owner_id = :me)
ORDER BY day, f.id"""
_MEETINGS = """
SELECT hex(m.id), coalesce(m.title, c.name, c.name_zh, ''), m.starts_at, m.zone,
  coalesce(m.place, m.city, '')
FROM meeting AS m LEFT JOIN company AS c ON c.id = m.company_id
LEFT JOIN lead AS l ON l.id = m.lead_id
WHERE m.deleted IS NOT 1 AND m.status = 'planned' AND m.starts_at BETWEEN :from AND :to
  AND (:me IS NULL OR l.owner_id = :me
    OR EXISTS (SELECT 1 FROM attendee AS a WHERE a.meeting_id = m.id AND a.member_id = :me
      AND a.deleted IS NOT 1)
    OR EXISTS (SELECT 1 FROM delegate AS d WHERE d.trip_id = m.trip_id AND d.member_id = :me
      AND d.deleted IS NOT 1))
ORDER BY m.starts_at"""
_TRIPS = """
SELECT hex(t.id), coalesce(t.title, t.title_en, ''), t.starts_on, t.ends_on, t.notice_on,
  t.reported_on, t.passports_returned_on,
  (SELECT count(*) FROM delegate AS d WHERE d.trip_id = t.id AND d.deleted IS NOT 1
    AND d.visa_state IN ('needed', 'applied'))
FROM trip AS t
WHERE t.deleted IS NOT 1 AND t.status IS NOT 'cancelled' AND t.starts_on IS NOT NULL
  AND t.ends_on IS NOT NULL AND t.ends_on >= :since"""


def reminders(source: Source, now: dt.datetime, me: str | None) -> list[Reminder]:
    """Return what is to be told at a moment, the most urgent first.

    Args:
        source: to read by.
        now: the moment, with the zone of this laptop.
        me: the member at this laptop; without one everything is told.
    """
    found = [*_meetings(source, now, me), *_follow_ups(source, now, me), *_trips(source, now)]
    return [one for one in found if one.at <= now]


def digest(source: Source, now: dt.datetime, me: str | None) -> Digest:
    """Return the overview of a day for the member at this laptop."""
    today = now.date()
    days = [row[3] for row in _follow_up_rows(source, today, me)]
    midnight = dt.datetime.combine(today, dt.time(), now.tzinfo)
    meetings = _meeting_rows(source, midnight, midnight + dt.timedelta(days=1), me)
    overdue = sum(day < today.isoformat() for day in days)
    deadlines = sum(1 for one in _trips(source, now) if one.at <= now)
    return Digest(len(days) - overdue, overdue, len(meetings), deadlines)


def _follow_up_rows(source: Source, today: dt.date, me: str | None) -> list[Any]:
    values = {"today": today.isoformat(), "me": _key(me)}
    rows: list[Any] = plain(source).execute(_FOLLOW_UPS, values).fetchall()
    return rows


def _meeting_rows(
    source: Source, first: dt.datetime, last: dt.datetime, me: str | None
) -> list[Any]:
    values = {"from": _stamp(first), "to": _stamp(last), "me": _key(me)}
    rows: list[Any] = plain(source).execute(_MEETINGS, values).fetchall()
    return rows


def _meetings(source: Source, now: dt.datetime, me: str | None) -> Iterator[Reminder]:
    for key, title, starts_at, zone, place in _meeting_rows(source, now, now + BEFORE_MEETING, me):
        starts = dt.datetime.fromisoformat(starts_at)
        values = {"time": clock(starts, zone), "place": place}
        if zone_of(zone).key != "Asia/Shanghai":
            values["beijing"] = clock(starts, "Asia/Shanghai")
        yield Reminder(
            f"meeting:{key}:{starts_at}", "meeting", "meetings", key.lower(),
            starts - BEFORE_MEETING, title, values,
        )  # fmt: skip


def _follow_ups(source: Source, now: dt.datetime, me: str | None) -> Iterator[Reminder]:
    today = now.date()
    for key, title, company, day in _follow_up_rows(source, today, me):
        due = dt.date.fromisoformat(day)
        at = dt.datetime.combine(due, _MORNING, now.tzinfo)
        values = {"company": company, "days": (today - due).days}
        yield Reminder(
            f"follow_up:{key}:{day}", "follow_up", "follow-ups", key.lower(), at, title or "",
            values,
        )  # fmt: skip


def _trips(source: Source, now: dt.datetime) -> Iterator[Reminder]:
    """Yield the deadlines of trips (PRODUCT, Trip) that are near or past and still open."""
    stored = team_settings.get(source, "trip_limits") or {}
    limits = TripLimits(**{k: v for k, v in stored.items() if k in TripLimits.__annotations__})
    today = now.date()
    since = (today - dt.timedelta(days=120)).isoformat()
    for key, title, starts, ends, notice, reported, returned, visas in plain(source).execute(
        _TRIPS, {"since": since}
    ):
        leaves, back = dt.date.fromisoformat(starts), dt.date.fromisoformat(ends)
        open_deadlines = {
            "notice": None if notice else _notice_by(leaves, limits.notice_working_days),
            "visa": leaves if visas else None,
            "report": None if reported else months_after(back, limits.report_months),
            "passports": None
            if returned
            else back + dt.timedelta(days=limits.passport_return_days),
        }
        for code, due in open_deadlines.items():
            # Before departure nothing can be reported, after it no visa helps.
            if due is None or (today > leaves) != (code in ("report", "passports")):
                continue
            first = due - dt.timedelta(days=_DAYS_AHEAD[code])
            at = dt.datetime.combine(max(first, _after(code, back)), _MORNING, now.tzinfo)
            yield Reminder(
                f"{code}:{key}:{due}", code, "trips", key.lower(), at, title,
                {"due": due, "days": (due - today).days, "n": visas},
            )  # fmt: skip


def _after(code: str, back: dt.date) -> dt.date:
    """Return the first day on which a deadline is told of: what follows a trip, after it."""
    return back + dt.timedelta(days=1) if code in ("report", "passports") else dt.date.min


def _notice_by(leaves: dt.date, working_days: int) -> dt.date:
    """Return the last day of publishing that leaves so many working days before departure."""
    day, left = leaves, working_days
    while left > 0:
        day -= dt.timedelta(days=1)
        left -= is_working_day_in_china(day)
    return day


def _stamp(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def _key(member: str | None) -> bytes | None:
    return bytes.fromhex(member) if member else None
