"""What every trip of the demonstration has: stops, transfers, a delegation, hosts with people."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from desktop_app.services.demo_leads import Maker, add_company, add_contact
from desktop_app.services.demo_names import CITIES, TRADES, Named

CITY = {city.name: city for city in CITIES}


class Host(Protocol):
    """Whom a meeting is with, and when and where it is."""

    @property
    def name(self) -> str: ...
    @property
    def name_zh(self) -> str: ...
    @property
    def city(self) -> str: ...
    @property
    def trade(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def start(self) -> str: ...
    @property
    def end(self) -> str: ...
    @property
    def people(self) -> Iterable[tuple[str, str, str]]: ...


def moment(day: dt.date, clock: str, zone: str) -> dt.datetime:
    """Return a place's local time as a moment."""
    local = dt.datetime.combine(day, dt.time.fromisoformat(clock), ZoneInfo(zone))
    return local.astimezone(dt.UTC)


def add_stop(
    make: Maker, trip_id: str, starts: dt.date, position: int, stop: Sequence[Any]
) -> None:
    """Add a stop of a trip: city, days from its start, and hotel, address, phone if known."""
    name, arrives, departs, *lodging = stop
    city = CITY[name]
    make.add(
        "stop",
        trip_id=trip_id,
        position=position,
        city=name,
        city_zh=city.zh,
        country=city.country,
        region=city.region,
        zone=city.zone,
        lat_e6=city.lat_e6,
        lon_e6=city.lon_e6,
        arrives_on=starts + dt.timedelta(days=arrives),
        departs_on=starts + dt.timedelta(days=departs),
        **dict(zip(("hotel", "hotel_address", "hotel_phone"), lodging, strict=False)),
    )


def add_leg(make: Maker, trip_id: str, starts: dt.date, leg: Sequence[Any], **more: Any) -> None:
    """Add one transfer, its days counted from the trip's start."""
    kind, number, origin, goal, day, clock, zone, day_to, clock_to, zone_to = leg
    make.add(
        "leg",
        trip_id=trip_id,
        kind=kind,
        number=number,
        from_place=origin,
        to_place=goal,
        departs_at=moment(starts + dt.timedelta(days=day), clock, zone),
        from_zone=zone,
        arrives_at=moment(starts + dt.timedelta(days=day_to), clock_to, zone_to),
        to_zone=zone_to,
        **more,
    )


def add_delegate(make: Maker, trip_id: str, who: int, **fields: Any) -> None:
    """Add a member of the team, by their place in it, to a delegation."""
    member = make.rows["member"][who]
    own = {name: member[name] for name in ("name", "phone", "languages", "passport_expires_on")}
    make.add("delegate", trip_id=trip_id, member_id=member["id"], **(own | fields))


def add_host(make: Maker, host: Host, kind: str, **fields: Any) -> tuple[Named, list[str]]:
    """Add the company of a meeting and its people; return its names and their ids."""
    city, trade = CITY[host.city], TRADES[host.trade]
    web = host.name.split(" ")[0].lower().replace("ß", "ss").replace("ä", "ae").replace("ü", "ue")
    make.taken.add(host.name.rsplit(" ", 1)[0])
    named = Named(host.name, host.name_zh, host.name_zh, web)
    street, _, place = host.address.rpartition(", ")
    company_id = add_company(
        make, city, trade, named,
        kind=kind, address=street, postcode=place.split(" ")[0], **fields,
    )  # fmt: skip
    people = [
        add_contact(
            make, company_id, city.country, web, n, name=name, title=title, decision_role=role
        )
        for n, (name, title, role) in enumerate(host.people)
    ]
    return named, people


def add_talk(make: Maker, host: Host, day: dt.date, company: dict[str, Any], **fields: Any) -> str:
    """Add the meeting with a host on a day and return its id."""
    city = CITY[host.city]
    return make.add(
        "meeting",
        title=f"会谈：{host.name}" if host.kind == "visit" else host.name_zh,
        kind=host.kind,
        company_id=company["id"],
        starts_at=moment(day, host.start, city.zone),
        ends_at=moment(day, host.end, city.zone),
        zone=city.zone,
        place=host.name,
        address=host.address,
        city=city.name,
        country=city.country,
        region=city.region,
        lat_e6=company["lat_e6"],
        lon_e6=company["lon_e6"],
        interpreter="李洋",
        note_taker="陈喆",
        **fields,
    )


def add_attendees(make: Maker, meeting_id: str, people: list[str], ours: Iterable[int]) -> None:
    """Let contacts of theirs and members of ours take part in a meeting."""
    for contact_id in people:
        make.add("attendee", meeting_id=meeting_id, contact_id=contact_id, member_id=None)
    for who in ours:
        member_id = make.member_ids[who]
        make.add("attendee", meeting_id=meeting_id, contact_id=None, member_id=member_id)
