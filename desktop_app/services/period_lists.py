"""The records that a periodic report names: leads, trips, meetings and follow-ups of a period."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from desktop_app.domain.words import STAGES
from desktop_app.services.follow_ups import FollowUpRow, follow_up_rows
from desktop_app.services.period_counts import Advance, MeetingDay, Period

# A paper names no more of a kind; how many there are stands beside.
MOST = 200


class NewLead(NamedTuple):
    """A lead first reported in the period; its people by id."""

    id: str
    company: str
    company_zh: str
    title: str
    country: str
    chain: str
    source: str
    source_detail: str
    stage: str
    reporter_id: str | None
    owner_id: str | None
    amount_minor: int | None
    currency: str | None
    reported_on: dt.date


class AdvancedLead(NamedTuple):
    """A lead that came further in the period: from which stage to which, and when."""

    id: str
    company: str
    company_zh: str
    title: str
    before: str
    after: str
    day: dt.date
    owner_id: str | None
    amount_minor: int | None
    currency: str | None


class PeriodTrip(NamedTuple):
    """A trip with its figures: stops, meetings planned in all and held, leads found, advanced."""

    id: str
    title: str
    title_en: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    status: str
    countries: tuple[str, ...]
    people: int
    meetings: int
    held: int
    found: int
    advanced: int


class PeriodMeeting(NamedTuple):
    """A meeting held or planned, with its day and clock at the venue."""

    id: str
    title: str
    kind: str
    company: str
    company_zh: str
    city: str
    country: str
    starts_at: dt.datetime
    zone: str | None
    outcome: str
    objective: str
    lead_id: str | None


def member_names(source: Any) -> dict[str, tuple[str, str]]:
    """Return the names of all members in both languages, by id, those who left too."""
    return {
        key.hex(): (name or name_en or "", name_en or name or "")
        for key, name, name_en in source.execute("SELECT id, name, name_en FROM member")
    }


def _key(value: bytes | None) -> str | None:
    """Return a key as text."""
    return None if value is None else value.hex()


def _marks(count: int) -> str:
    """Return the placeholders of a list."""
    return ", ".join("?" * count)


def new_leads(source: Any, period: Period) -> list[NewLead]:
    """Return the leads first reported in a period, by day."""
    return [
        NewLead._make(
            [r[0].hex(), *r[1:9], _key(r[9]), _key(r[10]), *r[11:13], dt.date.fromisoformat(r[13])]
        )
        for r in source.execute(
            "SELECT lead.id, coalesce(company.name, ''), coalesce(company.name_zh, ''),"
            " coalesce(lead.title, ''), coalesce(company.country, ''), coalesce(lead.chain, ''),"
            " coalesce(lead.source, ''), coalesce(lead.source_detail, ''),"
            " coalesce(lead.stage, 'lead'), lead.first_reporter_id, lead.owner_id,"
            " lead.amount_minor, lead.currency, lead.first_reported_on"
            " FROM lead LEFT JOIN company ON company.id = lead.company_id"
            " WHERE lead.first_reported_on BETWEEN ? AND ? AND lead.deleted IS NOT 1"
            " ORDER BY lead.first_reported_on, company.name, lead.id LIMIT ?",
            (*period.values(), MOST),
        )
    ]


def advanced_leads(source: Any, advances: Sequence[Advance], period: Period) -> list[AdvancedLead]:
    """Return leads that came further in a period, in the order given."""
    wanted = {one.lead: one for one in advances[:MOST]}
    marks = _marks(len(wanted))
    days = {
        (lead, stage): dt.date.fromisoformat(day)
        for lead, stage, day in source.execute(
            "SELECT lead_id, stage, min(reached_on) FROM lead_stage WHERE deleted IS NOT 1"
            f" AND reached_on BETWEEN ? AND ? AND lead_id IN ({marks}) GROUP BY lead_id, stage",
            [*period.values(), *wanted],
        )
    }
    rows = {
        r[0]: r
        for r in source.execute(
            "SELECT lead.id, coalesce(company.name, ''), coalesce(company.name_zh, ''),"
            " coalesce(lead.title, ''), lead.owner_id, lead.amount_minor, lead.currency"
            " FROM lead LEFT JOIN company ON company.id = lead.company_id"
            f" WHERE lead.id IN ({marks})",
            list(wanted),
        )
    }
    found = []
    for key, one in wanted.items():
        before, after = STAGES[one.before].value, STAGES[one.after].value
        names, owner, money = rows[key][1:4], _key(rows[key][4]), rows[key][5:]
        values = [key.hex(), *names, before, after, days[key, after], owner, *money]
        found.append(AdvancedLead._make(values))
    return found


def meeting_rows(source: Any, meetings: Sequence[MeetingDay]) -> list[PeriodMeeting]:
    """Return meetings, in the order given."""
    wanted = [one.id for one in meetings[:MOST]]
    rows = {
        r[0]: PeriodMeeting._make(
            [r[0].hex(), *r[1:7], dt.datetime.fromisoformat(r[7]), *r[8:11], _key(r[11])]
        )
        for r in source.execute(
            "SELECT m.id, coalesce(m.title, ''), coalesce(m.kind, ''), coalesce(company.name, ''),"
            " coalesce(company.name_zh, ''), coalesce(m.city, ''), coalesce(m.country, ''),"
            " m.starts_at, m.zone, coalesce(m.outcome, ''), coalesce(m.objective, ''), m.lead_id"
            " FROM meeting AS m LEFT JOIN company ON company.id = m.company_id"
            f" WHERE m.id IN ({_marks(len(wanted))})",
            wanted,
        )
    }
    return [rows[key] for key in wanted]


# A lead is found by a trip that met its company, if it was reported on one of the trip's days; it
# advanced by it, if it entered a further stage on one of them.
_TRIPS = """
SELECT trip.id, coalesce(trip.title, ''), coalesce(trip.title_en, ''), trip.starts_on, trip.ends_on,
  coalesce(trip.status, ''),
  (SELECT group_concat(country) FROM (SELECT country FROM stop WHERE trip_id = trip.id
    AND deleted IS NOT 1 AND country IS NOT NULL AND country <> 'CN' ORDER BY position)),
  (SELECT count(*) FROM delegate WHERE trip_id = trip.id AND deleted IS NOT 1),
  (SELECT count(*) FROM meeting WHERE trip_id = trip.id AND deleted IS NOT 1
    AND status IS NOT 'cancelled'),
  (SELECT count(*) FROM meeting WHERE trip_id = trip.id AND deleted IS NOT 1 AND status = 'held'),
  (SELECT count(DISTINCT lead.id) FROM meeting JOIN lead ON lead.id = meeting.lead_id
    WHERE meeting.trip_id = trip.id AND meeting.status = 'held' AND meeting.deleted IS NOT 1
    AND lead.deleted IS NOT 1 AND lead.first_reported_on BETWEEN trip.starts_on AND trip.ends_on),
  (SELECT count(DISTINCT lead.id) FROM meeting JOIN lead ON lead.id = meeting.lead_id
    JOIN lead_stage ON lead_stage.lead_id = lead.id
    WHERE meeting.trip_id = trip.id AND meeting.status = 'held' AND meeting.deleted IS NOT 1
    AND lead.deleted IS NOT 1 AND lead_stage.deleted IS NOT 1 AND lead_stage.stage <> 'lead'
    AND lead_stage.reached_on BETWEEN trip.starts_on AND trip.ends_on)
FROM trip WHERE trip.deleted IS NOT 1 AND trip.status IS NOT 'cancelled'
  AND trip.starts_on <= ? AND trip.ends_on >= ? ORDER BY trip.starts_on, trip.id"""


def trips_in(source: Any, period: Period) -> list[PeriodTrip]:
    """Return the trips that take place in a period, also in a part of it, by day."""
    first, last = period.values()
    return [
        PeriodTrip._make(
            [
                r[0].hex(), *r[1:3], *(dt.date.fromisoformat(day) for day in r[3:5]), r[5],
                tuple(dict.fromkeys((r[6] or "").split(","))) if r[6] else (), *r[7:],
            ]
        )
        for r in source.execute(_TRIPS, (last, first))
    ]  # fmt: skip


def rows_of(session: Session, keys: Sequence[bytes], today: dt.date) -> list[FollowUpRow]:
    """Return follow-ups as lists show them, in the order given."""
    wanted = [key.hex() for key in keys[:MOST]]
    if not wanted:
        return []
    rows = {row.id: row for row in follow_up_rows(session, today, frozenset(wanted))}
    return [rows[key] for key in wanted if key in rows]


def follow_up_ids(
    source: Any, period: Period, ahead: Period, today: dt.date
) -> dict[str, list[bytes]]:
    """Return the follow-ups done in a period, those overdue today, and those due in the next.

    Overdue is what the desk calls so: open, and neither due nor put off to today or later.
    """
    due = "max(coalesce(f.due_on, f.snoozed_until), coalesce(f.snoozed_until, f.due_on))"
    done, late, following = [], [], []
    for key, status, day, due_on in source.execute(
        f"SELECT f.id, coalesce(f.status, 'open'), {due}, f.due_on FROM follow_up AS f"
        " LEFT JOIN lead ON lead.id = f.lead_id WHERE f.deleted IS NOT 1 AND lead.deleted IS NOT 1"
        " AND (f.status = 'done' AND f.done_on BETWEEN :first AND :last"
        " OR coalesce(f.status, 'open') IN ('open', 'waiting')"
        f" AND (f.due_on BETWEEN :start AND :end OR {due} < :today))"
        " ORDER BY coalesce(f.done_on, f.due_on), f.id",
        {
            "first": period.first.isoformat(), "last": period.last.isoformat(),
            "start": ahead.first.isoformat(), "end": ahead.last.isoformat(),
            "today": today.isoformat(),
        },
    ):  # fmt: skip
        if status == "done":
            done.append(key)
        elif status == "open" and day is not None and day < today.isoformat():
            late.append(key)
        if status != "done" and due_on and ahead.holds(dt.date.fromisoformat(due_on)):
            following.append(key)
    return {"done": done, "late": late, "ahead": following}
