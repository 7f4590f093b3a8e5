"""The synced tables as typed mappings.

No UNIQUE, CHECK or NOT NULL stands on a synced column beyond the key: two laptops may each be
right alone. Rows are never removed; ``deleted`` marks them. Money is an integer of minor units
beside its currency, coordinates are integers of 1e-6 degrees, moments are UTC text.
"""

import datetime as dt
import os
from typing import Annotated

from sqlalchemy import Boolean, Date, ForeignKey, Integer, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from desktop_app.db.types import RecordId, UtcText


def new_id() -> str:
    """Return a fresh row key: 32 hex digits of 16 random bytes."""
    return os.urandom(16).hex()


Str = Annotated[str | None, mapped_column(String)]
Int = Annotated[int | None, mapped_column(Integer)]
Bool = Annotated[bool | None, mapped_column(Boolean(create_constraint=False))]
Day = Annotated[dt.date | None, mapped_column(Date)]
Moment = Annotated[dt.datetime | None, mapped_column(UtcText)]


class Base(DeclarativeBase):
    """Common to every synced table: a random key and the mark of deletion."""

    id: Mapped[str] = mapped_column(RecordId, primary_key=True, default=new_id)
    deleted: Mapped[Bool]


def _ref(table: str) -> Mapped[str | None]:
    """Return a reference to another synced row, checked at commit."""
    key = ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    return mapped_column(RecordId, key, index=True)


class Member(Base):
    """A person of the team."""

    __tablename__ = "member"
    name: Mapped[Str]
    name_en: Mapped[Str]
    role: Mapped[Str]
    squad: Mapped[Str]
    phone: Mapped[Str]
    email: Mapped[Str]
    languages: Mapped[Str]
    passport_expires_on: Mapped[Day]
    active: Mapped[Bool]


class Company(Base):
    """An organisation: investor, bank, chamber or agency."""

    __tablename__ = "company"
    name: Mapped[Str]
    name_zh: Mapped[Str]
    kind: Mapped[Str]
    country: Mapped[Str]
    region: Mapped[Str]
    city: Mapped[Str]
    address: Mapped[Str]
    postcode: Mapped[Str]
    lat_e6: Mapped[Int]
    lon_e6: Mapped[Int]
    website: Mapped[Str]
    phone: Mapped[Str]
    email: Mapped[Str]
    chain: Mapped[Str]
    founded_year: Mapped[Int]
    employees: Mapped[Int]
    revenue_minor: Mapped[Int]
    revenue_currency: Mapped[Str]
    description: Mapped[Str]
    china_footprint: Mapped[Str]
    notes: Mapped[Str]


class Contact(Base):
    """A person at a company."""

    __tablename__ = "contact"
    company_id: Mapped[str | None] = _ref("company")
    name: Mapped[Str]
    name_zh: Mapped[Str]
    title: Mapped[Str]
    decision_role: Mapped[Str]
    email: Mapped[Str]
    phone: Mapped[Str]
    mobile: Mapped[Str]
    wechat: Mapped[Str]
    languages: Mapped[Str]
    address: Mapped[Str]
    notes: Mapped[Str]

    company: Mapped[Company | None] = relationship()


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
    notes: Mapped[Str]


class Lead(Base):
    """One possible investment of one company, from first hint to full production."""

    __tablename__ = "lead"
    title: Mapped[Str]
    company_id: Mapped[str | None] = _ref("company")
    chain: Mapped[Str]
    stage: Mapped[Str]
    status: Mapped[Str]
    status_reason: Mapped[Str]
    lost_to: Mapped[Str]
    owner_id: Mapped[str | None] = _ref("member")
    # Where it came from; the first report is never overwritten.
    source: Mapped[Str]
    source_detail: Mapped[Str]
    event_id: Mapped[str | None] = _ref("event")
    introducer: Mapped[Str]
    first_reporter_id: Mapped[str | None] = _ref("member")
    first_reported_on: Mapped[Day]
    responded_on: Mapped[Day]
    # Money: the investment the two sides speak of.
    amount_minor: Mapped[Int]
    currency: Mapped[Str]
    foreign_share_percent: Mapped[Int]
    # What comes next: the due date of the earliest open follow-up, kept in step by services.
    next_on: Mapped[Day]
    competitors: Mapped[Str]
    blocker: Mapped[Str]
    notes: Mapped[Str]
    # Screening and the two scores (each part 0-100; weights are a team setting).
    verdict: Mapped[Str]
    value_industry: Mapped[Int]
    value_technology: Mapped[Int]
    value_size: Mapped[Int]
    value_intensity: Mapped[Int]
    value_investor: Mapped[Int]
    value_environment: Mapped[Int]
    value_safety: Mapped[Int]
    value_land: Mapped[Int]
    value_planning: Mapped[Int]
    value_tax: Mapped[Int]
    value_jobs: Mapped[Int]
    veto: Mapped[Bool]
    veto_reason: Mapped[Str]
    time_scale: Mapped[Str]
    decision_maker_met: Mapped[Bool]
    budget_approved: Mapped[Bool]
    # Site and review.
    land_m2: Mapped[Int]
    plant_m2: Mapped[Int]
    energy_tce: Mapped[Int]
    output_minor: Mapped[Int]
    tax_minor: Mapped[Int]
    jobs: Mapped[Int]
    review_opinion: Mapped[Str]
    # Towards signing and after it.
    our_commitments: Mapped[Str]
    their_commitments: Mapped[Str]
    planned_signing_on: Mapped[Day]
    signed_on: Mapped[Day]
    credit_code: Mapped[Str]
    registered_capital_minor: Mapped[Int]
    registered_currency: Mapped[Str]
    filing_number: Mapped[Str]
    land_contract: Mapped[Str]
    construction_permit: Mapped[Str]
    started_on: Mapped[Day]
    joint_acceptance: Mapped[Str]
    completed_on: Mapped[Day]
    producing_on: Mapped[Day]
    full_capacity_on: Mapped[Day]
    actual_output_minor: Mapped[Int]
    actual_tax_minor: Mapped[Int]
    actual_jobs: Mapped[Int]

    company: Mapped[Company | None] = relationship()
    owner: Mapped[Member | None] = relationship(foreign_keys="Lead.owner_id")
    first_reporter: Mapped[Member | None] = relationship(foreign_keys="Lead.first_reporter_id")
    event: Mapped[Event | None] = relationship()


class LeadStage(Base):
    """A stage that a lead reached, with its date; the reason is set when a gate was overridden."""

    __tablename__ = "lead_stage"
    lead_id: Mapped[str | None] = _ref("lead")
    stage: Mapped[Str]
    reached_on: Mapped[Day]
    member_id: Mapped[str | None] = _ref("member")
    reason: Mapped[Str]


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
    trip_id: Mapped[str | None] = _ref("trip")
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
    trip_id: Mapped[str | None] = _ref("trip")
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
    trip_id: Mapped[str | None] = _ref("trip")
    member_id: Mapped[str | None] = _ref("member")
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


class Meeting(Base):
    """One contact moment, planned or held, on a trip or not."""

    __tablename__ = "meeting"
    title: Mapped[Str]
    kind: Mapped[Str]
    status: Mapped[Str]
    trip_id: Mapped[str | None] = _ref("trip")
    company_id: Mapped[str | None] = _ref("company")
    lead_id: Mapped[str | None] = _ref("lead")
    event_id: Mapped[str | None] = _ref("event")
    starts_at: Mapped[Moment]
    ends_at: Mapped[Moment]
    zone: Mapped[Str]
    place: Mapped[Str]
    address: Mapped[Str]
    city: Mapped[Str]
    country: Mapped[Str]
    region: Mapped[Str]
    lat_e6: Mapped[Int]
    lon_e6: Mapped[Int]
    transfer: Mapped[Str]
    dress: Mapped[Str]
    language: Mapped[Str]
    interpreter: Mapped[Str]
    note_taker: Mapped[Str]
    objective: Mapped[Str]
    wished_outcome: Mapped[Str]
    talking_points: Mapped[Str]
    asks: Mapped[Str]
    offers: Mapped[Str]
    red_lines: Mapped[Str]
    questions: Mapped[Str]
    materials: Mapped[Str]
    outcome: Mapped[Str]
    cancel_reason: Mapped[Str]
    # Whether it was added once the trip was under way, and why.
    unplanned: Mapped[Bool]
    unplanned_reason: Mapped[Str]
    notes: Mapped[Str]

    trip: Mapped[Trip | None] = relationship()
    company: Mapped[Company | None] = relationship()
    lead: Mapped[Lead | None] = relationship()


class Attendee(Base):
    """A person at a meeting: a contact of theirs or a member of ours."""

    __tablename__ = "attendee"
    meeting_id: Mapped[str | None] = _ref("meeting")
    contact_id: Mapped[str | None] = _ref("contact")
    member_id: Mapped[str | None] = _ref("member")

    meeting: Mapped[Meeting | None] = relationship()
    contact: Mapped[Contact | None] = relationship()
    member: Mapped[Member | None] = relationship()


class FollowUp(Base):
    """Something someone must do by a date; with a side it is a promise."""

    __tablename__ = "follow_up"
    title: Mapped[Str]
    status: Mapped[Str]
    side: Mapped[Str]
    due_on: Mapped[Day]
    done_on: Mapped[Day]
    snoozed_until: Mapped[Day]
    owner_id: Mapped[str | None] = _ref("member")
    lead_id: Mapped[str | None] = _ref("lead")
    company_id: Mapped[str | None] = _ref("company")
    contact_id: Mapped[str | None] = _ref("contact")
    meeting_id: Mapped[str | None] = _ref("meeting")
    trip_id: Mapped[str | None] = _ref("trip")
    previous_id: Mapped[str | None] = _ref("follow_up")
    outcome: Mapped[Str]
    notes: Mapped[Str]

    owner: Mapped[Member | None] = relationship()
    lead: Mapped[Lead | None] = relationship()
    company: Mapped[Company | None] = relationship()


class Attachment(Base):
    """A file kept with a record; its bytes live in the files folder under their sha256."""

    __tablename__ = "attachment"
    record_table: Mapped[Str]
    record_id: Mapped[str | None] = mapped_column(RecordId, index=True)
    name: Mapped[Str]
    media_type: Mapped[Str]
    size: Mapped[Int]
    sha256: Mapped[Str]
    caption: Mapped[Str]
    added_at: Mapped[Moment]


class Target(Base):
    """What the team means to reach in a year for one metric, in the metric's own unit."""

    __tablename__ = "target"
    year: Mapped[Int]
    metric: Mapped[Str]
    value: Mapped[Int]


class Setting(Base):
    """One shared setting of the team, such as score weights and limits; the value is JSON."""

    __tablename__ = "setting"
    name: Mapped[Str]
    value: Mapped[Str]
