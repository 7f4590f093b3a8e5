"""What comes after signing as typed mappings: cases, approvals, financing, capital received."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from desktop_app.db.models_base import Base, Bool, Day, Int, Str, ref


class Case(Base):
    """A problem of a project being solved (交办单)."""

    __tablename__ = "case"
    title: Mapped[Str]
    lead_id: Mapped[str | None] = ref("lead")
    # A code of the team's own list, which may have dropped it since.
    category: Mapped[Str]
    raised_by: Mapped[Str]
    raised_by_name: Mapped[Str]
    meeting_id: Mapped[str | None] = ref("meeting")
    raised_on: Mapped[Day]
    owner_id: Mapped[str | None] = ref("member")
    lead_department: Mapped[Str]
    support_departments: Mapped[Str]
    due_on: Mapped[Day]
    state: Mapped[Str]
    state_reason: Mapped[Str]
    supervision: Mapped[Str]
    progress_percent: Mapped[Int]
    # What should be reached by now; without it the way to the due day is taken as even.
    planned_percent: Mapped[Int]
    assigned_on: Mapped[Day]
    done_on: Mapped[Day]
    confirmed_on: Mapped[Day]
    # Who of the enterprise confirmed that it is solved, and what they said.
    confirmed_by: Mapped[Str]
    closed_on: Mapped[Day]
    details: Mapped[Str]
    outcome: Mapped[Str]
    notes: Mapped[Str]


Index("ix_case_raised_on", Case.raised_on)


class DispatchMeeting(Base):
    """A meeting of the departments that settles open cases (调度会)."""

    __tablename__ = "dispatch_meeting"
    title: Mapped[Str]
    status: Mapped[Str]
    held_on: Mapped[Day]
    place: Mapped[Str]
    chair: Mapped[Str]
    departments: Mapped[Str]
    agenda: Mapped[Str]
    minutes: Mapped[Str]
    notes: Mapped[Str]


class DispatchItem(Base):
    """A case on the agenda of a dispatch meeting, and what was decided of it."""

    __tablename__ = "dispatch_item"
    dispatch_meeting_id: Mapped[str | None] = ref("dispatch_meeting")
    case_id: Mapped[str | None] = ref("case")
    position: Mapped[Int]
    decision: Mapped[Str]
    lead_department: Mapped[Str]
    due_on: Mapped[Day]


class Approval(Base):
    """One filing, permit or service on the way from signing to completion."""

    __tablename__ = "approval"
    title: Mapped[Str]
    lead_id: Mapped[str | None] = ref("lead")
    kind: Mapped[Str]
    # The line of the team's checklist that it was made from.
    template: Mapped[Str]
    position: Mapped[Int]
    department: Mapped[Str]
    state: Mapped[Str]
    # Working days in China from the application on.
    promised_days: Mapped[Int]
    planned_on: Mapped[Day]
    applied_on: Mapped[Day]
    due_on: Mapped[Day]
    done_on: Mapped[Day]
    document_number: Mapped[Str]
    owner_id: Mapped[str | None] = ref("member")
    # What a permit covers and costs, and what a joint acceptance takes over.
    area_m2: Mapped[Int]
    cost_minor: Mapped[Int]
    currency: Mapped[Str]
    buildings: Mapped[Int]
    notes: Mapped[Str]


# The year's approvals are counted from this alone, without reading the records.
Index("ix_approval_done_on", Approval.done_on, Approval.state, Approval.lead_id, Approval.deleted)
Index("ix_approval_kind", Approval.kind, Approval.done_on)


class ApprovalService(Base):
    """What was done to help an approval: a survey, a review, a service, a problem solved."""

    __tablename__ = "approval_service"
    approval_id: Mapped[str | None] = ref("approval")
    lead_id: Mapped[str | None] = ref("lead")
    kind: Mapped[Str]
    served_on: Mapped[Day]
    department: Mapped[Str]
    member_id: Mapped[str | None] = ref("member")
    outcome: Mapped[Str]
    notes: Mapped[Str]


Index("ix_approval_service_kind", ApprovalService.kind, ApprovalService.served_on)


class Facility(Base):
    """Credit granted or a loan drawn, from matchmaking or the park guarantee (园区保)."""

    __tablename__ = "facility"
    company_id: Mapped[str | None] = ref("company")
    lead_id: Mapped[str | None] = ref("lead")
    event_id: Mapped[str | None] = ref("event")
    bank_id: Mapped[str | None] = ref("company")
    product: Mapped[Str]
    # The credit that a loan draws on, so that one sum is not counted twice.
    credit_id: Mapped[str | None] = ref("facility")
    granted_minor: Mapped[Int]
    drawn_minor: Mapped[Int]
    currency: Mapped[Str]
    granted_on: Mapped[Day]
    drawn_on: Mapped[Day]
    ends_on: Mapped[Day]
    used_for: Mapped[Str]
    notes: Mapped[Str]


class EventCompany(Base):
    """A company or bank present at an event, at matchmaking above all."""

    __tablename__ = "event_company"
    event_id: Mapped[str | None] = ref("event")
    company_id: Mapped[str | None] = ref("company")
    lead_id: Mapped[str | None] = ref("lead")
    present_as: Mapped[Str]
    held_talks: Mapped[Bool]
    notes: Mapped[Str]


class CapitalReceipt(Base):
    """Capital that arrived (到资): one line of a dated ledger."""

    __tablename__ = "capital_receipt"
    lead_id: Mapped[str | None] = ref("lead")
    company_id: Mapped[str | None] = ref("company")
    received_on: Mapped[Day]
    amount_minor: Mapped[Int]
    currency: Mapped[Str]
    kind: Mapped[Str]
    notes: Mapped[Str]
