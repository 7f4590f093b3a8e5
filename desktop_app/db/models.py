"""The synced tables as typed mappings: who may invest, and what is done until they sign.

All tables are reached from here; the rules that all of them keep stand in ``models_base``.
"""

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from desktop_app.db.models_after import (
    Approval,
    ApprovalService,
    CapitalReceipt,
    Case,
    DispatchItem,
    DispatchMeeting,
    EventCompany,
    Facility,
)
from desktop_app.db.models_base import Base, Bool, Day, Int, Moment, Str, new_id, ref
from desktop_app.db.models_team import Member, Setting, Squad, SquadMember, Target
from desktop_app.db.models_trips import Delegate, Event, Leg, Stop, Trip
from desktop_app.db.types import RecordId

__all__ = [
    "Approval", "ApprovalService", "Attachment", "Attendee", "Base", "CapitalReceipt", "Case",
    "Company", "Contact", "Delegate", "DispatchItem", "DispatchMeeting", "Event", "EventCompany",
    "Facility", "FollowUp", "Lead", "LeadStage", "Leg", "Meeting", "Member", "Setting", "Squad",
    "SquadMember", "Stop", "Target", "Trip", "new_id",
]  # fmt: skip


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
    company_id: Mapped[str | None] = ref("company")
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


class Lead(Base):
    """One possible investment of one company, from first hint to full production."""

    __tablename__ = "lead"
    title: Mapped[Str]
    company_id: Mapped[str | None] = ref("company")
    chain: Mapped[Str]
    stage: Mapped[Str]
    status: Mapped[Str]
    status_reason: Mapped[Str]
    lost_to: Mapped[Str]
    owner_id: Mapped[str | None] = ref("member")
    # Where it came from; the first report is never overwritten.
    source: Mapped[Str]
    source_detail: Mapped[Str]
    event_id: Mapped[str | None] = ref("event")
    introducer: Mapped[Str]
    first_reporter_id: Mapped[str | None] = ref("member")
    first_reported_on: Mapped[Day]
    responded_on: Mapped[Day]
    # Money: the investment the two sides speak of.
    amount_minor: Mapped[Int]
    currency: Mapped[Str]
    # Of an increase (增资): the investment before it, in the same currency.
    previous_amount_minor: Mapped[Int]
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


# Whatever hangs on a deleted project counts no more: these are asked for with every figure.
Index("ix_lead_deleted", Lead.id, sqlite_where=text("deleted = 1"))
Index("ix_lead_signed_on", Lead.signed_on, sqlite_where=Lead.signed_on.isnot(None))


class LeadStage(Base):
    """A stage that a lead reached, with its date; the reason is set when a gate was overridden."""

    __tablename__ = "lead_stage"
    lead_id: Mapped[str | None] = ref("lead")
    stage: Mapped[Str]
    reached_on: Mapped[Day]
    member_id: Mapped[str | None] = ref("member")
    reason: Mapped[Str]


# The few rows of which signed projects are counted.
Index(
    "ix_lead_stage_signed",
    LeadStage.lead_id,
    LeadStage.reached_on,
    LeadStage.stage,
    LeadStage.deleted,
    sqlite_where=text("stage = 'signed' AND deleted IS NOT 1"),
)


class Meeting(Base):
    """One contact moment, planned or held, on a trip or not."""

    __tablename__ = "meeting"
    title: Mapped[Str]
    kind: Mapped[Str]
    status: Mapped[Str]
    trip_id: Mapped[str | None] = ref("trip")
    company_id: Mapped[str | None] = ref("company")
    lead_id: Mapped[str | None] = ref("lead")
    event_id: Mapped[str | None] = ref("event")
    squad_id: Mapped[str | None] = ref("squad")
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
    # What the enterprise said of our service, at an aftercare visit above all.
    satisfaction_notes: Mapped[Str]
    # Whether it was added once the trip was under way, and why.
    unplanned: Mapped[Bool]
    unplanned_reason: Mapped[Str]
    notes: Mapped[Str]

    trip: Mapped[Trip | None] = relationship()
    company: Mapped[Company | None] = relationship()
    lead: Mapped[Lead | None] = relationship()


Index("ix_meeting_starts_at", Meeting.starts_at, Meeting.status, Meeting.kind, Meeting.deleted)


class Attendee(Base):
    """A person at a meeting: a contact of theirs or a member of ours."""

    __tablename__ = "attendee"
    meeting_id: Mapped[str | None] = ref("meeting")
    contact_id: Mapped[str | None] = ref("contact")
    member_id: Mapped[str | None] = ref("member")

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
    owner_id: Mapped[str | None] = ref("member")
    lead_id: Mapped[str | None] = ref("lead")
    company_id: Mapped[str | None] = ref("company")
    contact_id: Mapped[str | None] = ref("contact")
    meeting_id: Mapped[str | None] = ref("meeting")
    trip_id: Mapped[str | None] = ref("trip")
    previous_id: Mapped[str | None] = ref("follow_up")
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
