"""Trips as read: rows of lists, and one trip with its programme, people and checks."""

import dataclasses
import datetime as dt
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.db.log_tables import search_key
from desktop_app.db.models import (
    Attendee,
    Base,
    Company,
    Contact,
    Delegate,
    Lead,
    Leg,
    Meeting,
    Member,
    Stop,
    Trip,
)
from desktop_app.domain.formats import local, long_date
from desktop_app.domain.holiday_calendar import Holiday, holiday_on
from desktop_app.domain.trip_rules import (
    Check,
    MeetingFacts,
    TravellerFacts,
    TripFacts,
    TripLimits,
    check_trip,
)
from desktop_app.domain.words import MeetingStatus, TripStatus
from desktop_app.i18n import language, t
from desktop_app.services import team_settings
from desktop_app.services.follow_ups import FollowUpRow, promises_with
from desktop_app.services.lead_reading import files_of
from desktop_app.services.lead_rows import LeadRow, lead_rows
from desktop_app.services.lookup import columns_of, require


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
class MeetingDetail:
    """A meeting with everything its sheet shows; ``fields`` are the meeting's columns."""

    fields: dict[str, Any]
    company: dict[str, Any] | None
    lead: LeadRow | None
    lead_fields: dict[str, Any]
    contacts: list[dict[str, Any]]
    members: list[dict[str, Any]]
    promises: list[FollowUpRow]
    history: list[dict[str, Any]]

    @property
    def name(self) -> str:
        """Return the company's name, or the meeting's title."""
        own = self.fields["title"]
        return (self.company or {}).get("name") or own or ""

    @property
    def day(self) -> dt.date | None:
        """Return the day at the venue."""
        moment = self.fields["starts_at"]
        return local(moment, self.fields["zone"]).date() if moment else None


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
    facts = _facts(trip, stops, delegates, meetings)
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


def meeting_detail(session: Session, meeting_id: str) -> MeetingDetail:
    """Return one meeting with everything its sheet shows."""
    return meeting_details(session, [require(session, Meeting, meeting_id)])[0]


def meeting_details(session: Session, meetings: list[Meeting]) -> list[MeetingDetail]:
    """Return meetings with company, lead, people, promises and what was said before."""
    ids = [m.id for m in meetings]
    contacts: dict[str, list[dict[str, Any]]] = {}
    members: dict[str, list[dict[str, Any]]] = {}
    attending = select(Attendee).where(Attendee.meeting_id.in_(ids), Attendee.deleted.isnot(True))
    for attendee in session.scalars(attending.order_by(Attendee.id)):
        for model, key, into in (
            (Contact, attendee.contact_id, contacts),
            (Member, attendee.member_id, members),
        ):
            person: Base | None = session.get(model, key) if key else None
            if person is not None and not person.deleted:
                fields = columns_of(person) | {"attendee_id": attendee.id}
                into.setdefault(attendee.meeting_id or "", []).append(fields)
    rows = {r.id: r for r in lead_rows(session, {m.lead_id for m in meetings if m.lead_id})}
    details = []
    for m in meetings:
        company = session.get(Company, m.company_id) if m.company_id else None
        lead = session.get(Lead, m.lead_id) if m.lead_id else None
        details.append(
            MeetingDetail(
                fields=columns_of(m),
                company=columns_of(company) if company else None,
                lead=rows.get(m.lead_id or ""),
                lead_fields=columns_of(lead) if lead else {},
                contacts=contacts.get(m.id, []),
                members=members.get(m.id, []),
                promises=promises_with(session, m.company_id) if m.company_id else [],
                history=_held_before(session, m),
            )
        )
    return details


def limits_of(session: Session) -> TripLimits:
    """Return the limits the team works under; names this version does not know are left aside."""
    known = {f.name for f in dataclasses.fields(TripLimits)}
    own = team_settings.get(session, "trip_limits") or {}
    return TripLimits(**{k: int(v) for k, v in own.items() if k in known})


def _held_before(session: Session, meeting: Meeting) -> list[dict[str, Any]]:
    """Return the latest three meetings held with the same company."""
    if meeting.company_id is None:
        return []
    query = select(Meeting).where(
        Meeting.company_id == meeting.company_id,
        Meeting.id != meeting.id,
        Meeting.status == MeetingStatus.HELD.value,
        Meeting.deleted.isnot(True),
    )
    return [
        columns_of(m) for m in session.scalars(query.order_by(Meeting.starts_at.desc()).limit(3))
    ]


def place_of(record: dict[str, Any]) -> tuple[float, float] | None:
    """Return (latitude, longitude) in degrees, None when unknown."""
    if record.get("lat_e6") is None or record.get("lon_e6") is None:
        return None
    return record["lat_e6"] / 1e6, record["lon_e6"] / 1e6


def _facts(
    trip: dict[str, Any],
    stops: list[dict[str, Any]],
    delegates: list[dict[str, Any]],
    meetings: list[MeetingDetail],
) -> TripFacts:
    """Return what the checks need."""
    facts = []
    for m in meetings:
        f, company = m.fields, m.company or {}
        if f["status"] == MeetingStatus.CANCELLED:
            continue
        stop = stop_on(stops, m.day)
        facts.append(
            MeetingFacts(
                id=f["id"],
                name=m.name,
                day=m.day,
                starts_at=f["starts_at"],
                ends_at=f["ends_at"],
                country=f["country"] or company.get("country") or (stop or {}).get("country"),
                region=f["region"] or company.get("region") or (stop or {}).get("region"),
                place=place_of(f) or place_of(company),
                people=frozenset(p["id"] for p in m.members),
                has_contact=bool(m.contacts),
                has_address=bool(f["address"] or f["place"]),
                has_objective=bool(f["objective"]),
            )
        )
    travellers = tuple(
        TravellerFacts(
            d["id"],
            d["member_name"],
            d["passport_expires_on"],
            d["visa_state"],
            d["member_name_en"],
        )
        for d in delegates
    )
    return TripFacts(
        trip["id"],
        trip["starts_on"],
        trip["ends_on"],
        tuple(dict.fromkeys(s["country"] for s in stops if s["country"])),
        trip["notice_on"],
        trip["reported_on"],
        trip["passports_returned_on"],
        travellers,
        tuple(facts),
    )


def stop_on(stops: list[dict[str, Any]], day: dt.date | None) -> dict[str, Any] | None:
    """Return the stop where the delegation sleeps, or last was, on a day."""
    found = None
    for stop in stops:
        if day is not None and stop["arrives_on"] is not None and stop["arrives_on"] <= day:
            found = stop
    return found


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


def check_text(check: Check, lang: str | None = None) -> str:
    """Return a finding as a sentence."""
    lang = lang or language()
    values = {
        k: long_date(v, lang) if isinstance(v, dt.date) else v for k, v in check.values.items()
    }
    if lang == "en" and "name_en" in values:
        values["name"] = values["name_en"]
    return t(f"checks.{check.key}", lang, **values)


def check_source(check: Check, lang: str | None = None) -> str:
    """Return the rule a finding goes back to."""
    return t(f"checks.source.{check.rule}", lang)
