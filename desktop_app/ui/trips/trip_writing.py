"""What the trips view writes: each function one transaction, one undo step, all or nothing."""

import datetime as dt
from typing import Any

from desktop_app.domain import formats
from desktop_app.domain.errors import DeskError
from desktop_app.services import companies, follow_ups, places, trips
from desktop_app.ui.trips.new_trip_panel import NewTrip, share_days
from desktop_app.ui.trips.time_fields import moment_of


def make_trip(session: Any, new: NewTrip, title: str, owner: str | None) -> str:
    """Make a trip with its stops, the days shared among them, and its first traveller.

    Raises:
        DeskError: a city is unknown; nothing is made.
    """
    found = []
    for city in new.cities:
        place = places.find_place(city)
        if place is None:
            raise DeskError("unknown_place", name=city)
        found.append(place)
    trip_id = trips.add_trip(session, title=title, starts_on=new.starts_on, ends_on=new.ends_on)
    spans = share_days(new.starts_on, new.ends_on, len(found)) if found else []
    for place, (arrives, departs) in zip(found, spans, strict=True):
        stop = place_fields(place)
        trips.add_stop(session, trip_id, arrives_on=arrives, departs_on=departs, **stop)
    if owner:
        trips.add_delegate(session, trip_id, member_id=owner)
    return trip_id


def place_fields(place: Any) -> dict[str, Any]:
    """Return what a stop takes over from a place."""
    return {
        "city": place.name,
        "city_zh": place.name_zh,
        "country": place.country,
        "region": place.region,
        "zone": place.zone,
        "lat_e6": place.lat_e6,
        "lon_e6": place.lon_e6,
    }


def add_place(session: Any, trip_id: str, place: Any) -> str:
    """Add a place as the last stop; it begins where the one before it ends."""
    detail = trips.trip_detail(session, trip_id)
    trip = detail.trip
    arrives, departs = trip["starts_on"], trip["ends_on"]
    if detail.stops and detail.stops[-1]["departs_on"]:
        last = detail.stops[-1]
        arrives = last["departs_on"]
        if departs and arrives >= departs and last["arrives_on"] and last["arrives_on"] < departs:
            # The stop before takes all days that are left: the new one gets the later half.
            span = (departs - last["arrives_on"]).days
            arrives = last["arrives_on"] + dt.timedelta(days=(span + 1) // 2)
            trips.update_stop(session, last["id"], departs_on=arrives)
    if departs and arrives and departs < arrives:
        departs = arrives
    return trips.add_stop(
        session, trip_id, arrives_on=arrives, departs_on=departs, **place_fields(place)
    )


def add_next_leg(session: Any, trip_id: str) -> str:
    """Add a transfer between the first two stops that have none yet."""
    detail = trips.trip_detail(session, trip_id)
    stops, count = detail.stops, len(detail.legs)
    if len(stops) < 2:
        return trips.add_leg(session, trip_id, kind="train")
    at = min(count, len(stops) - 2)
    start, end = stops[at], stops[at + 1]
    day = end["arrives_on"] or detail.trip["starts_on"]
    leaves = moment_of(day, dt.time(9), start["zone"]) if day else None
    return trips.add_leg(
        session,
        trip_id,
        kind="train",
        from_place=start["city"],
        to_place=end["city"],
        from_zone=start["zone"],
        to_zone=end["zone"],
        departs_at=leaves,
    )


def edit_leg(session: Any, leg_id: str, before: dict[str, Any], **fields: Any) -> None:
    """Set fields of a transfer; with another zone its clock times stay and the moment moves."""
    for zone, moment in (("from_zone", "departs_at"), ("to_zone", "arrives_at")):
        if zone in fields and before.get(moment) is not None:
            there = formats.local(before[moment], before.get(zone))
            fields[moment] = moment_of(there.date(), there.time(), fields[zone])
    trips.update_leg(session, leg_id, **fields)


def edit_meeting(session: Any, meeting_id: str, **fields: Any) -> None:
    """Set fields of a meeting; a company chosen late fills what is still empty."""
    if fields.get("company_id"):
        meeting = trips.meeting_detail(session, meeting_id).fields
        detail = companies.company_detail(session, fields["company_id"])
        company = detail.fields
        if not meeting["title"]:
            fields["title"] = company["name"] or company["name_zh"]
        if not meeting["address"] and not meeting["place"]:
            for name in ("address", "city", "country", "region", "lat_e6", "lon_e6"):
                fields[name] = company[name]
        # With several leads only the person knows which one it is about.
        if len(detail.leads) == 1 and not meeting["lead_id"] and "lead_id" not in fields:
            fields["lead_id"] = detail.leads[0]["id"]
    trips.update_meeting(session, meeting_id, **fields)


def move_meeting(session: Any, meeting_id: str, day: dt.date) -> None:
    """Move a meeting to another day at the same local time."""
    meeting = trips.meeting_detail(session, meeting_id).fields
    zone, start = meeting["zone"], meeting["starts_at"]
    time = formats.local(start, zone).time() if start else dt.time(10)
    trips.update_meeting(session, meeting_id, starts_at=moment_of(day, time, zone))


def change_attendance(
    session: Any, meeting_id: str, add: tuple[str, str] | None = None, remove: str = ""
) -> None:
    """Add a contact or member (column, id) to a meeting, or take one out."""
    meeting = trips.meeting_detail(session, meeting_id)
    contacts = {c["id"] for c in meeting.contacts} - {remove}
    members = {m["id"] for m in meeting.members} - {remove}
    if add is not None:
        (contacts if add[0] == "contact_id" else members).add(add[1])
    trips.set_attendees(session, meeting_id, contacts, members)


def add_follow_up(
    session: Any, meeting_id: str, title: str, due: dt.date | None, owner: str | None
) -> str:
    """Add what follows from a meeting."""
    meeting = trips.meeting_detail(session, meeting_id).fields
    links = {name: meeting[name] for name in ("lead_id", "company_id", "trip_id")}
    return follow_ups.add_follow_up(
        session, title=title, due_on=due, meeting_id=meeting_id, owner_id=owner, **links
    )


def first_free_start(detail: trips.TripDetail, day: dt.date) -> tuple[dt.datetime, str | None]:
    """Return when a new meeting on a day may start (local 9, 14 or 16 o'clock), and the zone."""
    stop = trips.stop_on(detail.stops, day) or (detail.stops[0] if detail.stops else {})
    zone = stop.get("zone")
    taken = [
        (m.fields["starts_at"], m.fields["ends_at"] or m.fields["starts_at"])
        for m in detail.meetings
        if m.fields["starts_at"] is not None
    ]
    starts = [moment_of(day, dt.time(hour), zone) for hour in (9, 11, 14, 16)]
    for start in starts:
        end = start + dt.timedelta(minutes=90)
        if all(end <= begins or start >= ends for begins, ends in taken):
            return start, zone
    return starts[-1], zone


def reorder_delegates(session: Any, delegate_ids: list[str]) -> None:
    """Put the delegation in the given order, which is that of rank."""
    for position, delegate_id in enumerate(delegate_ids):
        trips.update_delegate(session, delegate_id, position=position)
