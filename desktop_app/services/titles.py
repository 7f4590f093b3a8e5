"""What any record is called, for lists that mix all kinds of records."""

from sqlalchemy.orm import Session

from desktop_app.db.models import (
    Approval,
    ApprovalService,
    Attendee,
    Base,
    CapitalReceipt,
    Case,
    Company,
    Delegate,
    DispatchItem,
    DispatchMeeting,
    Event,
    EventCompany,
    Facility,
    Lead,
    LeadStage,
    Leg,
    Meeting,
    Member,
    Setting,
    Squad,
    SquadMember,
    Stop,
    Target,
    Trip,
)
from desktop_app.i18n import word
from desktop_app.services.record_texts import KINDS

_KIND_OF = {model.__tablename__: kind for kind, model in KINDS.items()}


def kind_of(table: str) -> str:
    """Return the kind of a table's records; a table of a newer version stands by its own name."""
    return _KIND_OF.get(table, table)


def record_title(session: Session, table: str, row: str) -> str:
    """Return what a record is called, also a deleted one; empty when it is not here."""
    model = KINDS.get(kind_of(table))
    record = session.get(model, row) if model is not None and row else None
    if record is None:
        return ""
    names = _names(session, record)
    return " · ".join(name for name in names if name)


def _names(session: Session, record: Base) -> tuple[str | None, ...]:
    """Return the names by which a record is known, the widest first."""
    match record:
        case Lead():
            return (_name(session, Company, record.company_id), record.title)
        case LeadStage():
            lead = record_title(session, "lead", record.lead_id) if record.lead_id else None
            return (lead, word("stage", record.stage))
        case Stop():
            return (_name(session, Trip, record.trip_id), record.city_zh or record.city)
        case Leg():
            way = "–".join(place for place in (record.from_place, record.to_place) if place)
            return (_name(session, Trip, record.trip_id), record.number, way)
        case Delegate():
            name = record.name or _name(session, Member, record.member_id)
            return (_name(session, Trip, record.trip_id), name)
        case Attendee():
            person = _name(session, Member, record.member_id)
            if record.contact_id:
                person = record_title(session, "contact", record.contact_id)
            return (_name(session, Meeting, record.meeting_id), person)
        case Case() | Approval() | ApprovalService() | CapitalReceipt() | Facility():
            return _names_after(session, record)
        case DispatchMeeting():
            return (str(record.held_on or ""), record.title)
        case DispatchItem():
            meeting = record_title(session, "dispatch_meeting", record.dispatch_meeting_id or "")
            return (meeting, _name(session, Case, record.case_id))
        case EventCompany():
            event = _name(session, Event, record.event_id)
            return (event, _name(session, Company, record.company_id))
        case SquadMember():
            squad = _name(session, Squad, record.squad_id)
            return (squad, _name(session, Member, record.member_id))
        case Target():
            return (str(record.year or ""), word("metric", record.metric))
        case Setting():
            return (record.name,)
        case _:
            return (_own_name(record),)


def _names_after(
    session: Session, record: Case | Approval | ApprovalService | CapitalReceipt | Facility
) -> tuple[str | None, ...]:
    """Return the names of what hangs on a project: the project's, then its own."""
    lead = record_title(session, "lead", record.lead_id) if record.lead_id else None
    if isinstance(record, Case):
        return (lead, record.title or word("case_category", record.category))
    if isinstance(record, Approval):
        return (lead, record.title or word("approval_template", record.template))
    if isinstance(record, ApprovalService):
        return (lead, word("service_kind", record.kind), str(record.served_on or ""))
    named = lead or _name(session, Company, record.company_id)
    if isinstance(record, Facility):
        bank = _name(session, Company, record.bank_id)
        return (named, bank, word("product", record.product))
    return (named, str(record.received_on or ""))


def _own_name(record: Base) -> str | None:
    """Return a record's own name or title."""
    for column in ("name", "title", "name_zh"):
        name = getattr(record, column, None)
        if name:
            return str(name)
    return None


def _name(session: Session, model: type[Base], key: str | None) -> str | None:
    """Return the own name of the record of a key."""
    record = session.get(model, key) if key else None
    return _own_name(record) if record is not None else None
