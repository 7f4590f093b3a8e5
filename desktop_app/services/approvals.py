"""Approvals, financing and capital received: what is added to a project after signing."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.db.driver import Source
from desktop_app.db.models import (
    Approval,
    ApprovalService,
    CapitalReceipt,
    DispatchItem,
    EventCompany,
    Facility,
    Lead,
    SquadMember,
)
from desktop_app.domain.approval_rules import TEMPLATES, Template
from desktop_app.domain.approval_rules import due_on as end_of_term
from desktop_app.domain.errors import DeskError
from desktop_app.domain.words_after import ApprovalState, Product
from desktop_app.i18n import LANGUAGES, word
from desktop_app.services import team_settings
from desktop_app.services.lookup import assign, require

_WAITING = (ApprovalState.TO_DO, ApprovalState.APPLIED)
# What a record of a kind hangs on, and cannot be without.
NEEDED: dict[str, tuple[str, ...]] = {
    "cases": ("lead_id",),
    "dispatch-items": ("dispatch_meeting_id", "case_id"),
    "approvals": ("lead_id",),
    "event-companies": ("event_id", "company_id"),
    "squad-members": ("squad_id", "member_id"),
    "squads": ("name",),
}


def templates(source: Source) -> list[Template]:
    """Return the lines of the team's checklist; approvals keep a line that was dropped."""
    own = team_settings.get(source, "approval_templates")
    if not own:
        return list(TEMPLATES)
    return [Template(*(line.get(name) for name in Template._fields)) for line in own]


def set_templates(session: Session, lines: Sequence[Template]) -> None:
    """Keep the team's own checklist."""
    own = None if tuple(lines) == TEMPLATES else [line._asdict() for line in lines]
    team_settings.put(session, "approval_templates", own)


def template_of(source: Source, text: str) -> str:
    """Return the line of the checklist meant by a code or by its label in either language.

    Raises:
        DeskError: ``unknown_code``.
    """
    wanted, known = text.strip().casefold(), [line.code for line in templates(source)]
    for code in known:
        names = {word("approval_template", code, lang).casefold() for lang in LANGUAGES}
        if wanted in names | {code.casefold()}:
            return code
    raise DeskError("unknown_code", field="template", value=text, choices=", ".join(known))


def add_approval(session: Session, lead_id: str, **fields: Any) -> str:
    """Add an approval of a project and return its id; its line of the checklist fills the rest."""
    require(session, Lead, lead_id)
    approval = Approval(
        lead_id=lead_id, state=ApprovalState.TO_DO.value, position=_next_place(session, lead_id)
    )
    line = next((x for x in templates(session) if x.code == fields.get("template")), None)
    if line is not None:
        approval.title = word("approval_template", line.code)
        approval.kind, approval.department = line.kind, line.department
        approval.promised_days = line.days
    assign(approval, fields)
    _follow(approval, fields)
    session.add(approval)
    session.flush()
    return approval.id


def _next_place(session: Session, lead_id: str) -> int:
    """Return the place after the last approval of a project."""
    query = select(func.max(Approval.position)).where(
        Approval.lead_id == lead_id, Approval.deleted.isnot(True)
    )
    last = session.scalar(query)
    return 0 if last is None else last + 1


def start_checklist(session: Session, lead_id: str) -> list[str]:
    """Give a project the lines of the checklist that it has not got yet; return the new ids."""
    query = select(Approval.template).where(
        Approval.lead_id == lead_id, Approval.deleted.isnot(True)
    )
    known = set(session.scalars(query))
    return [
        add_approval(session, lead_id, template=line.code, position=place)
        for place, line in enumerate(templates(session))
        if line.code not in known
    ]


def update_approval(session: Session, approval_id: str, **fields: Any) -> None:
    """Set fields of an approval; its term and its state follow from the days."""
    approval = require(session, Approval, approval_id)
    assign(approval, fields)
    _follow(approval, fields)
    session.flush()


def delete_approval(session: Session, approval_id: str) -> None:
    """Delete an approval with its surveys, reviews and services."""
    require(session, Approval, approval_id).deleted = True
    query = select(ApprovalService).where(
        ApprovalService.approval_id == approval_id, ApprovalService.deleted.isnot(True)
    )
    for one in session.scalars(query):
        one.deleted = True
    session.flush()


def mark(session: Session, approval_ids: Sequence[str], verb: str) -> None:
    """Mark approvals as ``applied`` or ``done`` today, or as ``not_needed``; a day known stays."""
    today = dt.date.today()
    for approval_id in approval_ids:
        approval = require(session, Approval, approval_id)
        if verb == "applied":
            day = approval.applied_on or today
            update_approval(session, approval_id, applied_on=day, state=ApprovalState.APPLIED.value)
        elif verb == "done":
            day = approval.done_on or today
            update_approval(session, approval_id, done_on=day, state=ApprovalState.DONE.value)
        else:
            update_approval(session, approval_id, state=ApprovalState.NOT_NEEDED.value)


def move_approval(session: Session, approval_id: str, step: int) -> None:
    """Move an approval up or down in its project's order; at an end it stays where it is."""
    approval = require(session, Approval, approval_id)
    found = session.scalars(
        select(Approval).where(Approval.lead_id == approval.lead_id, Approval.deleted.isnot(True))
    )
    order = sorted(found, key=lambda one: (_place(one), one.id))
    here = order.index(approval)
    there = min(max(here + step, 0), len(order) - 1)
    order.insert(there, order.pop(here))
    for place, one in enumerate(order):
        # Only what stands elsewhere now is written: fewer cells that two laptops may dispute.
        if one.position != place:
            one.position = place
    session.flush()


def _place(approval: Approval) -> int:
    return 10_000 if approval.position is None else approval.position


def approval_of(session: Session, record_id: str) -> str:
    """Return the approval of an id: the record itself, or the one that a service helped.

    Raises:
        DeskError: ``unknown_record``.
    """
    service = session.get(ApprovalService, record_id) if len(record_id) == 32 else None
    if service is not None and service.approval_id is not None:
        return require(session, Approval, service.approval_id).id
    return require(session, Approval, record_id).id


def _follow(approval: Approval, fields: dict[str, Any]) -> None:
    """Set what follows from the fields given, unless it was given too."""
    if {"applied_on", "promised_days"} & set(fields) and "due_on" not in fields:
        approval.due_on = end_of_term(approval.applied_on, approval.promised_days)
    if "state" not in fields:
        if fields.get("done_on"):
            approval.state = ApprovalState.DONE.value
        elif fields.get("applied_on") and approval.state in (None, ApprovalState.TO_DO):
            approval.state = ApprovalState.APPLIED.value
        elif {"done_on", "applied_on"} & set(fields):
            _fall_back(approval)
    elif fields["state"] == ApprovalState.DONE and approval.done_on is None:
        approval.done_on = dt.date.today()
    elif fields["state"] in _WAITING and "done_on" not in fields:
        approval.done_on = None


def _fall_back(approval: Approval) -> None:
    """Let a state go whose day was taken out."""
    if approval.state == ApprovalState.DONE and approval.done_on is None:
        approval.state = ApprovalState.APPLIED.value
    if approval.state == ApprovalState.APPLIED and approval.applied_on is None:
        approval.state = ApprovalState.TO_DO.value


def add_service(session: Session, **fields: Any) -> str:
    """Add a survey, review, service or problem solved; it is of its approval's project.

    Raises:
        DeskError: ``field_needed`` where it helped neither an approval nor a project.
    """
    service = ApprovalService(served_on=dt.date.today())
    assign(service, fields)
    if service.lead_id is None and service.approval_id is None:
        raise DeskError("field_needed", field="approval", kind="approval-services")
    if service.lead_id is None and service.approval_id is not None:
        service.lead_id = require(session, Approval, service.approval_id).lead_id
    session.add(service)
    session.flush()
    return service.id


def add_facility(session: Session, **fields: Any) -> str:
    """Add credit or a loan; its company is the project's unless one is named."""
    facility = Facility(product=Product.CREDIT.value)
    assign(facility, fields)
    _company_of_lead(session, facility)
    session.add(facility)
    session.flush()
    return facility.id


def add_receipt(session: Session, **fields: Any) -> str:
    """Add capital received; its company is the project's unless one is named."""
    receipt = CapitalReceipt()
    assign(receipt, fields)
    _company_of_lead(session, receipt)
    session.add(receipt)
    session.flush()
    return receipt.id


def _company_of_lead(session: Session, record: Facility | CapitalReceipt) -> None:
    if record.company_id is None and record.lead_id is not None:
        record.company_id = require(session, Lead, record.lead_id).company_id


def link_once(
    session: Session, model: type[DispatchItem | EventCompany | SquadMember], **fields: Any
) -> str:
    """Add a record that ties two others and return its id; where they are tied already, that one's.

    Args:
        session: to write by.
        model: what ties them.
        fields: its columns, with the keys of the two.
    """
    keys = {n: v for n, v in fields.items() if n.endswith("_id")}
    query = select(model).filter_by(**keys).where(model.deleted.isnot(True)).order_by(model.id)
    found = session.scalars(query).first() or model()
    assign(found, fields)
    session.add(found)
    session.flush()
    return found.id
