"""The checks of a trip: they warn and never block, each naming its rule and its source.

Limits are the centre's usual ones for official trips abroad; each can be set by the team.
"""

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from desktop_app.domain.holiday_calendar import (
    holiday_on,
    is_provisional_in_china,
    is_working_day_in_china,
)

_HOME = "CN"
# Two meetings no further apart than this are in one place: no transfer to speak of.
_SAME_PLACE_KM = 2.0
_DEFAULT_LENGTH = dt.timedelta(hours=1)


@dataclass(frozen=True)
class TripLimits:
    """The limits a team works under; a team's own stand in its setting ``trip_limits``."""

    delegates: int = 6
    countries: int = 3
    days_1: int = 5
    days_2: int = 8
    days_3: int = 10
    busy_thirds: int = 2
    notice_working_days: int = 5
    report_months: int = 1
    passport_return_days: int = 7
    passport_months: int = 6
    speed_kmh: int = 80
    detour_percent: int = 130
    transfer_buffer_minutes: int = 30

    def days_for(self, countries: int) -> int:
        """Return how many days a trip to that many countries may take."""
        return {0: self.days_1, 1: self.days_1, 2: self.days_2}.get(countries, self.days_3)


@dataclass(frozen=True)
class MeetingFacts:
    """What the checks need of one meeting; times are moments, ``day`` is the venue's."""

    id: str
    name: str
    day: dt.date | None
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    country: str | None
    region: str | None
    place: tuple[float, float] | None
    people: frozenset[str]
    has_contact: bool
    has_address: bool
    has_objective: bool


@dataclass(frozen=True)
class TravellerFacts:
    """What the checks need of one traveller."""

    id: str
    name: str
    passport_expires_on: dt.date | None
    visa_state: str | None
    name_en: str = ""


@dataclass(frozen=True)
class TripFacts:
    """What the checks need of a trip; latitude and longitude in degrees."""

    id: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    countries: tuple[str, ...]
    notice_on: dt.date | None
    reported_on: dt.date | None
    passports_returned_on: dt.date | None
    travellers: tuple[TravellerFacts, ...]
    meetings: tuple[MeetingFacts, ...]


@dataclass(frozen=True)
class Check:
    """One finding; ``checks.<key>`` words it, ``checks.source.<rule>`` names its source."""

    rule: str
    level: str
    key: str
    values: dict[str, object] = field(default_factory=dict)
    record_ids: tuple[str, ...] = ()


def _limit(rule: str, id_: str, found: int, most: int, **values: object) -> Check:
    """Return the finding of a number against its limit."""
    level = "warn" if found > most else "ok"
    key = f"{rule}_{'over' if found > most else 'ok'}"
    return Check(rule, level, key, {"n": found, "most": most, **values}, (id_,))


def check_trip(trip: TripFacts, limits: TripLimits, today: dt.date) -> list[Check]:
    """Return the findings of all rules, warnings first."""
    found = [
        *_size(trip, limits),
        *_paperwork(trip, limits, today),
        *_passports(trip, limits),
        *_holidays(trip),
        *_gaps(trip),
        *_clashes(trip, limits),
    ]
    return sorted(found, key=lambda check: check.level != "warn")


def _abroad(trip: TripFacts) -> int:
    """Return how many countries a trip visits; home, where it starts and ends, is none."""
    named = {*trip.countries, *(m.country for m in trip.meetings)}
    return len(named - {_HOME, None, ""})


def _size(trip: TripFacts, limits: TripLimits) -> Iterator[Check]:
    countries = _abroad(trip)
    yield _limit("delegates", trip.id, len(trip.travellers), limits.delegates)
    yield _limit("countries", trip.id, countries, limits.countries)
    if trip.starts_on is None or trip.ends_on is None:
        yield Check("days", "warn", "days_unknown", {}, (trip.id,))
        return
    if trip.ends_on < trip.starts_on:
        yield Check("days", "warn", "days_reversed", {}, (trip.id,))
        return
    days = (trip.ends_on - trip.starts_on).days + 1
    yield _limit("days", trip.id, days, limits.days_for(countries), countries=countries)
    outside = [m for m in trip.meetings if m.day and not trip.starts_on <= m.day <= trip.ends_on]
    for meeting in outside:
        values: dict[str, object] = {"name": meeting.name, "day": meeting.day}
        yield Check("days", "warn", "meeting_outside", values, (meeting.id,))
    busy = len({m.day for m in trip.meetings if m.day is not None and m not in outside})
    least = -(-days * limits.busy_thirds // 3)
    level, key = ("ok", "busy_ok") if busy >= least else ("warn", "busy_few")
    yield Check("busy", level, key, {"n": busy, "days": days, "least": least}, (trip.id,))


def working_days_between(first: dt.date, last: dt.date) -> int:
    """Return the working days in China from ``first`` on, ``last`` not counted."""
    days = (first + dt.timedelta(days=n) for n in range(max(0, (last - first).days)))
    return sum(is_working_day_in_china(day) for day in days)


def _paperwork(trip: TripFacts, limits: TripLimits, today: dt.date) -> Iterator[Check]:
    if trip.starts_on is None or trip.ends_on is None:
        return
    most = limits.notice_working_days
    if trip.notice_on is None:
        yield Check("notice", "warn", "notice_missing", {"most": most}, (trip.id,))
    else:
        days = working_days_between(trip.notice_on, trip.starts_on)
        key = "notice_short" if days < most else "notice_ok"
        level = "warn" if days < most else "ok"
        yield Check("notice", level, key, {"n": days, "most": most}, (trip.id,))
    due = months_after(trip.ends_on, limits.report_months)
    if trip.reported_on is None and today > due:
        yield Check("report", "warn", "report_late", {"due": due}, (trip.id,))
    elif trip.reported_on is not None and trip.reported_on > due:
        yield Check("report", "warn", "report_was_late", {"due": due}, (trip.id,))
    else:
        yield Check("report", "ok", "report_ok", {"due": due}, (trip.id,))
    back = trip.ends_on + dt.timedelta(days=limits.passport_return_days)
    returned = trip.passports_returned_on
    if (returned or today) > back:
        yield Check("passport_return", "warn", "passport_return_late", {"due": back}, (trip.id,))
    else:
        yield Check("passport_return", "ok", "passport_return_ok", {"due": back}, (trip.id,))


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or that month's last day."""
    year, month = divmod(day.month - 1 + months, 12)
    first = dt.date(day.year + year, month + 1, 1)
    following = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    last = (following - dt.timedelta(days=1)).day
    return first.replace(day=min(day.day, last))


def _passports(trip: TripFacts, limits: TripLimits) -> Iterator[Check]:
    if trip.ends_on is None or not trip.travellers:
        return
    needed = months_after(trip.ends_on, limits.passport_months)
    fine = True
    for person in trip.travellers:
        named: dict[str, object] = {"name": person.name, "name_en": person.name_en or person.name}
        values = named | {"months": limits.passport_months}
        if person.passport_expires_on is None:
            yield Check("passport", "warn", "passport_unknown", values, (person.id,))
            fine = False
        elif person.passport_expires_on < needed:
            values["day"] = person.passport_expires_on
            yield Check("passport", "warn", "passport_short", values, (person.id,))
            fine = False
        if person.visa_state in ("to_apply", "refused"):
            key = f"visa_{person.visa_state}"
            yield Check("visa", "warn", key, named, (person.id,))
    if fine:
        # Said once for all, as a list of names that are in order helps nobody.
        yield Check("passport", "ok", "passport_ok", {"months": limits.passport_months}, (trip.id,))


def _holidays(trip: TripFacts) -> Iterator[Check]:
    fine = True
    for meeting in trip.meetings:
        if meeting.day is None:
            continue
        values: dict[str, object] = {"name": meeting.name, "day": meeting.day}
        there = holiday_on(meeting.day, meeting.country, meeting.region)
        if there is not None:
            values |= {"holiday": there.name, "holiday_zh": there.name_zh}
            values["country"] = meeting.country
            yield Check("holiday", "warn", "holiday_there", values, (meeting.id,))
            fine = False
        elif meeting.day.weekday() == 6:
            yield Check("holiday", "warn", "sunday_there", values, (meeting.id,))
            fine = False
    for check in _holidays_at_home(trip):
        yield check
        fine = False
    if fine and trip.meetings:
        yield Check("holiday", "ok", "holiday_ok", {}, (trip.id,))


def _holidays_at_home(trip: TripFacts) -> Iterator[Check]:
    """Find the holidays in China that a trip runs into, days in a row as one finding."""
    if trip.starts_on is None or trip.ends_on is None:
        return
    run: list[tuple[dt.date, str, str]] = []
    days = min((trip.ends_on - trip.starts_on).days + 1, 366)
    for n in range(days + 1):
        day = trip.starts_on + dt.timedelta(days=n)
        home = holiday_on(day, _HOME) if n < days else None
        if home is not None:
            run.append((day, home.name, home.name_zh))
        elif run and (n == days or is_working_day_in_china(day)):
            # A weekend between two holidays is no end of theirs.
            named = [r for r in run if r[1] != "Bridge day"] or run
            values: dict[str, object] = {
                "day": run[0][0],
                "last": run[-1][0],
                "holiday": named[-1][1],
                "holiday_zh": named[-1][2],
            }
            key = "holiday_china" if len(run) == 1 else "holidays_china"
            if is_provisional_in_china(run[0][0].year):
                key += "_provisional"
            yield Check("holiday", "warn", key, values, (trip.id,))
            run = []


def _gaps(trip: TripFacts) -> Iterator[Check]:
    for key, has in (
        ("no_contact", "has_contact"),
        ("no_address", "has_address"),
        ("no_objective", "has_objective"),
    ):
        lacking = [m for m in trip.meetings if not getattr(m, has)]
        for meeting in lacking:
            yield Check("complete", "warn", key, {"name": meeting.name}, (meeting.id,))
    if trip.meetings and all(
        m.has_contact and m.has_address and m.has_objective for m in trip.meetings
    ):
        yield Check("complete", "ok", "complete_ok", {"n": len(trip.meetings)}, (trip.id,))


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle distance of two (latitude, longitude) in degrees, in km."""
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*a, *b))
    h = math.sin((lat_b - lat_a) / 2) ** 2
    h += math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(min(1.0, h)))


def _ends(meeting: MeetingFacts, start: dt.datetime) -> dt.datetime:
    """Return when a meeting ends; one without an end, or with one too early, takes an hour."""
    if meeting.ends_at is not None and meeting.ends_at > start:
        return meeting.ends_at
    return start + _DEFAULT_LENGTH


def _same_people(a: MeetingFacts, b: MeetingFacts) -> bool:
    """Return whether somebody is at both; without named people all of the delegation are."""
    return not a.people or not b.people or bool(a.people & b.people)


def _clashes(trip: TripFacts, limits: TripLimits) -> Iterator[Check]:
    timed = sorted(
        ((m.starts_at, _ends(m, m.starts_at), m) for m in trip.meetings if m.starts_at is not None),
        key=lambda item: (item[0], item[2].id),
    )
    fine = True
    for (_, a_ends, a), (b_starts, _, b) in combinations(timed, 2):
        if b_starts < a_ends and _same_people(a, b):
            values: dict[str, object] = {"a": a.name, "b": b.name, "day": a.day}
            yield Check("overlap", "warn", "overlap", values, (a.id, b.id))
            fine = False
    if fine and len(timed) > 1:
        yield Check("overlap", "ok", "overlap_ok", {}, (trip.id,))
    fine = True
    for index, (starts, _, meeting) in enumerate(timed):
        before = [
            (ends, m)
            for _, ends, m in timed[:index]
            if m.day == meeting.day and ends <= starts and _same_people(m, meeting)
        ]
        if not before:
            continue
        ended, previous = max(before, key=lambda item: (item[0], item[1].id))
        short = _transfer(previous, meeting, (starts - ended).total_seconds() / 60, limits)
        if short is not None:
            yield short
            fine = False
    if fine and len(timed) > 1:
        yield Check("transfer", "ok", "transfer_ok", {}, (trip.id,))


def _transfer(a: MeetingFacts, b: MeetingFacts, gap: float, limits: TripLimits) -> Check | None:
    """Return the finding that the way from one meeting to the next takes longer than the gap."""
    if a.place is None or b.place is None:
        return None
    km = distance_km(a.place, b.place)
    if km <= _SAME_PLACE_KM:
        return None
    road = km * limits.detour_percent / 100
    needed = road / limits.speed_kmh * 60 + limits.transfer_buffer_minutes
    if needed <= gap:
        return None
    values: dict[str, object] = {"a": a.name, "b": b.name, "day": b.day, "km": round(road)}
    values |= {"gap": round(gap), "needed": math.ceil(needed / 5) * 5}
    return Check("transfer", "warn", "transfer_short", values, (b.id, a.id))
