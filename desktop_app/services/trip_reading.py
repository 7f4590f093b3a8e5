"""Trips as read: rows of lists, and one trip with its programme, people and checks."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.db.log_tables import search_key
from desktop_app.db.models import (
    Delegate,
    Leg,
    Meeting,
    Member,
    Stop,
    Trip,
)
from desktop_app.domain.formats import local
from desktop_app.domain.holiday_calendar import Holiday, holiday_on
from desktop_app.domain.trip_rules import (
    Check,
    check_trip,
)
from desktop_app.domain.words import TripStatus
from desktop_app.services.lead_reading import files_of
from desktop_app.services.lookup import columns_of, require
from desktop_app.services.meeting_reading import MeetingDetail, meeting_details
from desktop_app.services.trip_checks import facts_of, limits_of, stop_on


class TripRow(NamedTuple):
    """One trip as lists show it."""

    id: str
    title: str
    title_en: str
    status: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    countries: tuple[str, ...]
    cities: tuple[str, ...]
    meetings: int
    key: str


@dataclass(frozen=True)
class ProgrammeDay:
    """One day of a trip: where the delegation is, and what it does there."""

    day: dt.date
    stop: dict[str, Any] | None
    country: str | None
    zone: str | None
    holiday: Holiday | None
    meetings: list[MeetingDetail]
    legs: list[dict[str, Any]]


@dataclass(frozen=True)
class TripDetail:
    """All that a trip's view and its papers show; delegates carry ``member_name``."""

    trip: dict[str, Any]
    stops: list[dict[str, Any]]
    legs: list[dict[str, Any]]
    delegates: list[dict[str, Any]]
    meetings: list[MeetingDetail]
    days: list[ProgrammeDay]
    checks: list[Check]
    files: list[dict[str, Any]] = field(default_factory=list)
    unscheduled: list[MeetingDetail] = field(default_factory=list)

    @property
    def countries(self) -> tuple[str, ...]:
        """Return the countries of the stops in order, each once."""
        return tuple(dict.fromkeys(s["country"] for s in self.stops if s["country"]))


def trip_rows(session: Session, ids: Any = None) -> list[TripRow]:
    """Return the living trips, latest first."""
    counts = dict(
        session.execute(
            select(Meeting.trip_id, func.count())
            .where(Meeting.trip_id.isnot(None), Meeting.deleted.isnot(True))
            .group_by(Meeting.trip_id)
        ).all()
    )
    stops: dict[str | None, list[Stop]] = {}
    for stop in session.scalars(
        select(Stop).where(Stop.deleted.isnot(True)).order_by(Stop.position, Stop.arrives_on)
    ):
        stops.setdefault(stop.trip_id, []).append(stop)
    query = (
        select(Trip, search_key.c.key)
        .outerjoin(search_key, search_key.c.row == Trip.id)
        .where(Trip.deleted.isnot(True))
        .order_by(Trip.starts_on.desc(), Trip.id)
    )
    if ids is not None:
        query = query.where(Trip.id.in_(list(ids)))
    return [
        TripRow(
            trip.id,
            trip.title or "",
            trip.title_en or "",
            trip.status or TripStatus.PLANNING.value,
            trip.starts_on,
            trip.ends_on,
            tuple(dict.fromkeys(s.country for s in stops.get(trip.id, []) if s.country)),
            tuple(s.city for s in stops.get(trip.id, []) if s.city),
            counts.get(trip.id, 0),
            key or "",
        )
        for trip, key in session.execute(query)
    ]


def of_trip(session: Session, model: type[Any], trip_id: str, *order: Any) -> list[Any]:
    """Return the living records of a trip."""
    query = select(model).where(model.trip_id == trip_id, model.deleted.isnot(True))
    return list(session.scalars(query.order_by(*order, model.id)))


def trip_detail(session: Session, trip_id: str, today: dt.date | None = None) -> TripDetail:
    """Return all of a trip: programme, people, transport, checks."""
    today = today or dt.date.today()
    trip = columns_of(require(session, Trip, trip_id))
    stops = [columns_of(s) for s in of_trip(session, Stop, trip_id, Stop.position)]
    legs = [columns_of(s) for s in of_trip(session, Leg, trip_id, Leg.departs_at)]
    delegates = []
    for delegate in of_trip(session, Delegate, trip_id, Delegate.position):
        member = session.get(Member, delegate.member_id) if delegate.member_id else None
        fields = columns_of(delegate)
        fields["member_name"] = delegate.name or (member.name if member else "") or ""
        fields["member_name_en"] = (member.name_en if member else None) or fields["member_name"]
        if member is not None:
            for name in ("phone", "languages", "passport_expires_on"):
                fields[name] = fields[name] or getattr(member, name)
        delegates.append(fields)
    meetings = meeting_details(session, of_trip(session, Meeting, trip_id, Meeting.starts_at))
    limits = limits_of(session)
    facts = facts_of(trip, stops, delegates, meetings)
    days, unscheduled = _programme(trip, stops, legs, meetings)
    return TripDetail(
        trip,
        stops,
        legs,
        delegates,
        meetings,
        days,
        check_trip(facts, limits, today),
        files_of(session, "trip", trip_id),
        unscheduled,
    )


def _programme(
    trip: dict[str, Any],
    stops: list[dict[str, Any]],
    legs: list[dict[str, Any]],
    meetings: list[MeetingDetail],
) -> tuple[list[ProgrammeDay], list[MeetingDetail]]:
    """Return the days of a trip, and the meetings that stand outside of them."""
    by_day: dict[dt.date, list[MeetingDetail]] = {}
    for m in meetings:
        if m.day is not None:
            by_day.setdefault(m.day, []).append(m)
    legs_by_day: dict[dt.date, list[dict[str, Any]]] = {}
    for leg in legs:
        if leg["departs_at"] is not None:
            day = local(leg["departs_at"], leg["from_zone"]).date()
            legs_by_day.setdefault(day, []).append(leg)
    wanted = set(by_day) | set(legs_by_day)
    if trip["starts_on"] and trip["ends_on"] and trip["starts_on"] <= trip["ends_on"]:
        length = min((trip["ends_on"] - trip["starts_on"]).days + 1, 60)
        wanted |= {trip["starts_on"] + dt.timedelta(days=n) for n in range(length)}
    days = []
    for day in sorted(wanted):
        stop = stop_on(stops, day) or {}
        todays = by_day.get(day, [])
        first = todays[0].fields if todays else {}
        country = first.get("country") or stop.get("country")
        region = first.get("region") or stop.get("region")
        days.append(
            ProgrammeDay(
                day=day,
                stop=stop or None,
                country=country,
                zone=first.get("zone") or stop.get("zone"),
                holiday=holiday_on(day, country, region),
                meetings=todays,
                legs=legs_by_day.get(day, []),
            )
        )
    return days, [m for m in meetings if m.day is None]
