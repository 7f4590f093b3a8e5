"""Trips with their parts, and events, as typed mappings: where investors are met."""

from sqlalchemy.orm import Mapped, relationship

from desktop_app.db.models_base import Base, Day, Int, Moment, Str, ref
from desktop_app.db.models_team import Member


class Trip(Base):
    """A journey of a delegation with a programme."""

    __tablename__ = "trip"
    title: Mapped[Str]
    title_en: Mapped[Str]
    status: Mapped[Str]
    starts_on: Mapped[Day]
    ends_on: Mapped[Day]
    purpose: Mapped[Str]
    purpose_en: Mapped[Str]
    goals: Mapped[Str]
    goals_en: Mapped[Str]
    must_win: Mapped[Str]
    must_win_en: Mapped[Str]
    inviter: Mapped[Str]
    approval_number: Mapped[Str]
    notice_on: Mapped[Day]
    reported_on: Mapped[Day]
    passports_returned_on: Mapped[Day]
    budget_minor: Mapped[Int]
    spent_minor: Mapped[Int]
    currency: Mapped[Str]
    classification: Mapped[Str]
    logistics: Mapped[Str]
    country_notes: Mapped[Str]
    emergency_numbers: Mapped[Str]
    findings: Mapped[Str]
    # What only a dispatch meeting of the departments can settle.
    problems: Mapped[Str]
    suggestions: Mapped[Str]
    notes: Mapped[Str]


class Stop(Base):
    """A city on a trip, with arrival, departure and lodging."""

    __tablename__ = "stop"
    trip_id: Mapped[str | None] = ref("trip")
    position: Mapped[Int]
    city: Mapped[Str]
    city_zh: Mapped[Str]
    country: Mapped[Str]
    region: Mapped[Str]
    zone: Mapped[Str]
    lat_e6: Mapped[Int]
    lon_e6: Mapped[Int]
    arrives_on: Mapped[Day]
    departs_on: Mapped[Day]
    hotel: Mapped[Str]
    hotel_address: Mapped[Str]
    hotel_phone: Mapped[Str]
    notes: Mapped[Str]

    trip: Mapped[Trip | None] = relationship()


class Leg(Base):
    """One transfer of a trip; departure and arrival are moments with their own zones."""

    __tablename__ = "leg"
    trip_id: Mapped[str | None] = ref("trip")
    kind: Mapped[Str]
    number: Mapped[Str]
    from_place: Mapped[Str]
    to_place: Mapped[Str]
    departs_at: Mapped[Moment]
    from_zone: Mapped[Str]
    arrives_at: Mapped[Moment]
    to_zone: Mapped[Str]
    booking: Mapped[Str]
    notes: Mapped[Str]

    trip: Mapped[Trip | None] = relationship()


class Delegate(Base):
    """One person's place in a delegation; a guest without a member has a name of their own."""

    __tablename__ = "delegate"
    trip_id: Mapped[str | None] = ref("trip")
    member_id: Mapped[str | None] = ref("member")
    position: Mapped[Int]
    name: Mapped[Str]
    role: Mapped[Str]
    duty: Mapped[Str]
    phone: Mapped[Str]
    languages: Mapped[Str]
    passport_number: Mapped[Str]
    passport_expires_on: Mapped[Day]
    visa_state: Mapped[Str]
    notes: Mapped[Str]

    trip: Mapped[Trip | None] = relationship()
    member: Mapped[Member | None] = relationship()


class Event(Base):
    """An expo or promotion event where leads come from."""

    __tablename__ = "event"
    name: Mapped[Str]
    name_en: Mapped[Str]
    kind: Mapped[Str]
    starts_on: Mapped[Day]
    ends_on: Mapped[Day]
    country: Mapped[Str]
    city: Mapped[Str]
    place: Mapped[Str]
    squad_id: Mapped[str | None] = ref("squad")
    notes: Mapped[Str]
