"""The checks of a trip: they warn and never block, each naming its rule and its source.

Limits are the centre's usual ones for official trips abroad; each can be set by the team.
"""

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from desktop_app.domain.holiday_calendar import holiday_on, is_working_day_in_china


@dataclass(frozen=True)
class TripLimits:
    """The limits a team works under."""

    delegates: int = 6
    countries: int = 3
    days_1: int = 5
    days_2: int = 8
    days_3: int = 10
    busy_thirds: int = 2
    notice_working_days: int = 5
    report_days: int = 31
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


def _size(trip: TripFacts, limits: TripLimits) -> Iterator[Check]:
    yield _limit("delegates", trip.id, len(trip.travellers), limits.delegates)
    yield _limit("countries", trip.id, len(trip.countries), limits.countries)
    if trip.starts_on is None or trip.ends_on is None:
        yield Check("days", "warn", "days_unknown", {}, (trip.id,))
        return
    days = (trip.ends_on - trip.starts_on).days + 1
    most = limits.days_for(len(trip.countries))
    yield _limit("days", trip.id, days, most, countries=len(trip.countries))
    busy = len({m.day for m in trip.meetings if m.day is not None})
    enough = busy * 3 >= days * limits.busy_thirds
    key = "busy_ok" if enough else "busy_few"
    yield Check("busy", "ok" if enough else "warn", key, {"n": busy, "days": days}, (trip.id,))


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
    due = trip.ends_on + dt.timedelta(days=limits.report_days)
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
        values: dict[str, object] = {"name": person.name, "months": limits.passport_months}
        if person.passport_expires_on is None:
            yield Check("passport", "warn", "passport_unknown", values, (person.id,))
            fine = False
        elif person.passport_expires_on < needed:
            values["day"] = person.passport_expires_on
            yield Check("passport", "warn", "passport_short", values, (person.id,))
            fine = False
        if person.visa_state in ("to_apply", "refused"):
            key = f"visa_{person.visa_state}"
            yield Check("visa", "warn", key, {"name": person.name}, (person.id,))
    if fine:
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
    if trip.starts_on and trip.ends_on:
        days = (trip.ends_on - trip.starts_on).days + 1
        for n in range(days):
            day = trip.starts_on + dt.timedelta(days=n)
            home = holiday_on(day, "CN")
            if home is not None:
                values = {"day": day, "holiday": home.name, "holiday_zh": home.name_zh}
                yield Check("holiday", "warn", "holiday_china", values, (trip.id,))
                fine = False
    if fine and trip.meetings:
        yield Check("holiday", "ok", "holiday_ok", {}, (trip.id,))


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


def _clashes(trip: TripFacts, limits: TripLimits) -> Iterator[Check]:
    timed = sorted(
        (m for m in trip.meetings if m.starts_at is not None), key=lambda m: str(m.starts_at)
    )
    fine = True
    for a, b in combinations(timed, 2):
        assert a.starts_at is not None
        assert b.starts_at is not None
        a_ends = a.ends_at or a.starts_at + dt.timedelta(hours=1)
        # Without named people the whole delegation is meant to be there.
        same = not a.people or not b.people or bool(a.people & b.people)
        if same and b.starts_at < a_ends:
            values: dict[str, object] = {"a": a.name, "b": b.name, "day": a.day}
            yield Check("overlap", "warn", "overlap", values, (a.id, b.id))
            fine = False
    for a, b in pairwise(timed):
        if a.day != b.day or a.place is None or b.place is None:
            continue
        assert a.starts_at is not None
        assert b.starts_at is not None
        a_ends = a.ends_at or a.starts_at + dt.timedelta(hours=1)
        gap = (b.starts_at - a_ends).total_seconds() / 60
        km = distance_km(a.place, b.place)
        road = km * limits.detour_percent / 100
        needed = road / limits.speed_kmh * 60
        needed += limits.transfer_buffer_minutes if km > 2 else 0
        if gap >= 0 and needed > gap:
            values = {"a": a.name, "b": b.name, "day": a.day, "km": round(road)}
            values |= {"gap": round(gap), "needed": math.ceil(needed / 5) * 5}
            yield Check("transfer", "warn", "transfer_short", values, (b.id, a.id))
            fine = False
    if fine and len(timed) > 1:
        yield Check("transfer", "ok", "transfer_ok", {}, (trip.id,))
