"""Trips: the verbs that plan them; what reads them comes from ``trip_reading``."""

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import (
    Attendee,
    Base,
    Company,
    Delegate,
    Lead,
    Leg,
    Meeting,
    Stop,
    Trip,
)
from desktop_app.domain.words import MeetingKind, MeetingStatus, TripStatus
from desktop_app.services.lookup import assign, columns_of, require
from desktop_app.services.meeting_reading import MeetingDetail, meeting_detail, meeting_details
from desktop_app.services.places import find_place, located, zone_at
from desktop_app.services.trip_checks import check_source, check_text, limits_of, place_of, stop_on
from desktop_app.services.trip_reading import (
    ProgrammeDay,
    TripDetail,
    TripRow,
    of_trip,
    trip_detail,
    trip_rows,
)

__all__ = [
    "MeetingDetail",
    "ProgrammeDay",
    "TripDetail",
    "TripRow",
    "add_delegate",
    "add_leg",
    "add_part",
    "add_stop",
    "add_trip",
    "check_source",
    "check_text",
    "delete_delegate",
    "delete_leg",
    "delete_meeting",
    "delete_stop",
    "delete_trip",
    "limits_of",
    "meeting_detail",
    "meeting_details",
    "of_trip",
    "place_of",
    "plan_meeting",
    "reorder_stops",
    "set_attendees",
    "stop_on",
    "trip_detail",
    "trip_rows",
    "update_delegate",
    "update_leg",
    "update_meeting",
    "update_stop",
    "update_trip",
    "venue_zone",
]


def add_trip(session: Session, **fields: Any) -> str:
    """Add a trip and return its id."""
    trip = Trip(status=TripStatus.PLANNING.value)
    assign(trip, fields)
    session.add(trip)
    session.flush()
    return trip.id


def update_trip(session: Session, trip_id: str, **fields: Any) -> None:
    """Set fields of a trip."""
    assign(require(session, Trip, trip_id), fields)
    session.flush()


def plan_meeting(
    session: Session,
    trip_id: str | None = None,
    company_id: str | None = None,
    starts_at: dt.datetime | None = None,
    today: dt.date | None = None,
    **fields: Any,
) -> str:
    """Plan a meeting and return its id; company and stop give place, zone and title.

    One that is added once the trip is under way is marked as unplanned, unless that is said.
    """
    company = require(session, Company, company_id) if company_id else None
    trip = require(session, Trip, trip_id) if trip_id else None
    meeting = Meeting(
        status=MeetingStatus.PLANNED.value,
        kind=MeetingKind.VISIT.value,
        trip_id=trip.id if trip else None,
        company_id=company_id,
        starts_at=starts_at,
    )
    if company is not None:
        for name in ("country", "region", "city", "address", "lat_e6", "lon_e6"):
            setattr(meeting, name, getattr(company, name))
        meeting.title = company.name
        if "lead_id" not in fields:
            meeting.lead_id = session.scalar(
                select(Lead.id)
                .where(Lead.company_id == company_id, Lead.deleted.isnot(True))
                .order_by(Lead.first_reported_on.desc())
                .limit(1)
            )
    stop = _stop_at(session, trip_id, starts_at)
    if stop is not None and (meeting.country or stop["country"]) == stop["country"]:
        meeting.zone = stop["zone"]
        meeting.city = meeting.city or stop["city"]
        meeting.country = meeting.country or stop["country"]
        meeting.region = meeting.region or stop["region"]
    if trip is not None and _under_way(trip, today or dt.date.today()):
        meeting.unplanned = True
    assign(meeting, fields)
    if meeting.zone is None:
        meeting.zone = zone_at(meeting.city, meeting.country)
    if meeting.lat_e6 is None and meeting.city:
        assign(meeting, located(meeting.city, meeting.country))
    if meeting.starts_at is not None and meeting.ends_at is None:
        meeting.ends_at = meeting.starts_at + dt.timedelta(minutes=90)
    session.add(meeting)
    session.flush()
    return meeting.id


def _under_way(trip: Trip, today: dt.date) -> bool:
    """Say whether a trip has begun and was over a week ago at most.

    Whoever writes down an older trip is catching up on its plan, and adds nothing to it.
    """
    if trip.starts_on is None:
        return False
    over = max(trip.starts_on, trip.ends_on or trip.starts_on)
    return trip.starts_on <= today <= over + dt.timedelta(days=7)


def _stop_at(
    session: Session, trip_id: str | None, moment: dt.datetime | None
) -> dict[str, Any] | None:
    """Return the stop of a trip at a moment."""
    if trip_id is None or moment is None:
        return None
    stops = [columns_of(s) for s in of_trip(session, Stop, trip_id, Stop.position)]
    return stop_on(stops, moment.date())


def venue_zone(
    session: Session,
    trip_id: str | None,
    company_id: str | None,
    city: str | None,
    country: str | None,
    moment: dt.datetime | None,
) -> str | None:
    """Return the zone in which a meeting's time is meant: of its place, else of the trip's stop."""
    if not city and not country and company_id:
        company = session.get(Company, company_id)
        city, country = (company.city, company.country) if company else (None, None)
    stop = _stop_at(session, trip_id, moment)
    if stop is not None and stop["zone"] and (country or stop["country"]) == stop["country"]:
        return str(stop["zone"])
    return zone_at(city, country)


def update_meeting(session: Session, meeting_id: str, **fields: Any) -> None:
    """Set fields of a meeting; moving its start moves its end, a new city its place on the map."""
    meeting = require(session, Meeting, meeting_id)
    start, end = meeting.starts_at, meeting.ends_at
    assign(meeting, fields)
    if {"city", "country"} & set(fields) and "lat_e6" not in fields:
        unknown = {"region": None, "lat_e6": None, "lon_e6": None}
        assign(meeting, unknown | located(meeting.city, meeting.country))
    moved = meeting.starts_at
    if "starts_at" in fields and "ends_at" not in fields and start and end and moved:
        meeting.ends_at = moved + (end - start)
    session.flush()


def set_attendees(
    session: Session, meeting_id: str, contact_ids: set[str], member_ids: set[str]
) -> None:
    """Make exactly these people attend a meeting."""
    require(session, Meeting, meeting_id)
    query = select(Attendee).where(Attendee.meeting_id == meeting_id, Attendee.deleted.isnot(True))
    present = {(a.contact_id, a.member_id): a for a in session.scalars(query)}
    wanted: set[tuple[str | None, str | None]] = {(c, None) for c in contact_ids}
    wanted |= {(None, m) for m in member_ids}
    for key, attendee in present.items():
        if key not in wanted:
            attendee.deleted = True
    for contact_id, member_id in wanted - set(present):
        session.add(Attendee(meeting_id=meeting_id, contact_id=contact_id, member_id=member_id))
    session.flush()


def add_part(session: Session, model: type[Base], trip_id: str, **fields: Any) -> str:
    """Add a stop, leg or delegate to a trip and return its id; new ones come last."""
    require(session, Trip, trip_id)
    part = model()
    assign(part, {"trip_id": trip_id, **fields})
    if "position" in model.__table__.columns and "position" not in fields:
        part.position = len(of_trip(session, model, trip_id))  # type: ignore[attr-defined]
    if isinstance(part, Stop):
        _place_stop(part)
    session.add(part)
    session.flush()
    return part.id


def _place_stop(stop: Stop) -> None:
    """Fill what a stop's city tells where nothing was said: place, zone, both its names."""
    place = find_place(stop.city, stop.country) if stop.lat_e6 is None else None
    if place is not None:
        stop.country = stop.country or place.country
        stop.city_zh = stop.city_zh or place.name_zh
        stop.region = stop.region or place.region
        stop.zone = stop.zone or place.zone
        stop.lat_e6, stop.lon_e6 = place.lat_e6, place.lon_e6
    stop.zone = stop.zone or zone_at(None, stop.country)


def add_stop(session: Session, trip_id: str, **fields: Any) -> str:
    """Add a stop at the end of a trip's route."""
    return add_part(session, Stop, trip_id, **fields)


def add_leg(session: Session, trip_id: str, **fields: Any) -> str:
    """Add a transfer to a trip."""
    return add_part(session, Leg, trip_id, **fields)


def add_delegate(session: Session, trip_id: str, **fields: Any) -> str:
    """Add a person to a trip's delegation."""
    return add_part(session, Delegate, trip_id, **fields)


def update_stop(session: Session, stop_id: str, **fields: Any) -> None:
    """Set fields of a stop."""
    assign(require(session, Stop, stop_id), fields)
    session.flush()


def update_leg(session: Session, leg_id: str, **fields: Any) -> None:
    """Set fields of a transfer."""
    assign(require(session, Leg, leg_id), fields)
    session.flush()


def update_delegate(session: Session, delegate_id: str, **fields: Any) -> None:
    """Set fields of a delegate."""
    assign(require(session, Delegate, delegate_id), fields)
    session.flush()


def _delete(session: Session, model: type[Base], record_id: str) -> None:
    require(session, model, record_id).deleted = True
    session.flush()


def delete_trip(session: Session, trip_id: str) -> None:
    """Delete a trip; its meetings and people stay and come back with it."""
    _delete(session, Trip, trip_id)


def delete_meeting(session: Session, meeting_id: str) -> None:
    """Delete a meeting."""
    _delete(session, Meeting, meeting_id)


def delete_stop(session: Session, stop_id: str) -> None:
    """Delete a stop."""
    _delete(session, Stop, stop_id)


def delete_leg(session: Session, leg_id: str) -> None:
    """Delete a transfer."""
    _delete(session, Leg, leg_id)


def delete_delegate(session: Session, delegate_id: str) -> None:
    """Take a person out of a delegation."""
    _delete(session, Delegate, delegate_id)


def reorder_stops(session: Session, trip_id: str, stop_ids: list[str]) -> None:
    """Put the stops of a trip in the given order."""
    for position, stop_id in enumerate(stop_ids):
        stop = require(session, Stop, stop_id)
        if stop.trip_id == trip_id and stop.position != position:
            stop.position = position
    session.flush()
