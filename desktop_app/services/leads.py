"""Leads: add, edit, and move through the gates; what reads them is in ``lead_reading``."""

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import (
    Company,
    Lead,
    LeadStage,
    Meeting,
)
from desktop_app.domain.errors import DeskError
from desktop_app.domain.gates import STAGE_DAYS, is_forward, missing_fields, stages_between
from desktop_app.domain.scoring import VALUE_WEIGHTS, value_score
from desktop_app.domain.words import MeetingStatus, Stage, Status
from desktop_app.i18n import t, word
from desktop_app.services import team_settings
from desktop_app.services.follow_ups import set_next_on
from desktop_app.services.lookup import assign, columns_of, require

# The first report is never overwritten (PRODUCT, "First report").
_FIRST_REPORT = ("first_reporter_id", "first_reported_on")


def add_lead(session: Session, company_id: str, **fields: Any) -> str:
    """Add a lead of a company and return its id; it starts as an active lead reported today."""
    company = require(session, Company, company_id)
    next_on = fields.pop("next_on", None)
    lead = Lead(
        company_id=company_id,
        stage=Stage.LEAD.value,
        status=Status.ACTIVE.value,
        first_reported_on=dt.date.today(),
        chain=company.chain,
    )
    assign(lead, fields)
    check_codes(fields)
    session.add(lead)
    session.flush()
    _first_stages(session, lead)
    if next_on is not None:
        set_next_on(session, lead.id, next_on, t("services.next_follow_up"))
    session.flush()
    return lead.id


def _first_stages(session: Session, lead: Lead) -> None:
    """Keep the stages a new lead has reached: its first hint, and the one it stands in now.

    A lead that was reported earlier and stands further on reached that stage on the day that its
    own column says; where there is none, the day stays unknown rather than invented.
    """
    by = lead.first_reporter_id
    first = lead.first_reported_on
    if first is not None or lead.stage == Stage.LEAD:
        start = LeadStage(lead_id=lead.id, stage=Stage.LEAD.value, reached_on=first, member_id=by)
        session.add(start)
    if lead.stage is not None and lead.stage != Stage.LEAD:
        column = STAGE_DAYS.get(Stage(lead.stage))
        day = getattr(lead, column) if column else None
        if day is None and first == dt.date.today():
            day = first
        session.add(LeadStage(lead_id=lead.id, stage=lead.stage, reached_on=day, member_id=by))


def check_codes(fields: dict[str, Any]) -> None:
    """Refuse a stage or status that is no word of the trade.

    Raises:
        DeskError: ``unknown_code``.
    """
    for name, words in (("stage", Stage), ("status", Status)):
        value = fields.get(name)
        if value is not None and value not in {w.value for w in words}:
            raise DeskError(
                "unknown_code", field=name, value=value, choices=", ".join(w.value for w in words)
            )


def update_lead(session: Session, lead_id: str, **fields: Any) -> None:
    """Set fields of a lead; a new stage is recorded with today's date.

    Raises:
        DeskError: ``first_report_kept`` when the first report would be overwritten.
    """
    lead = require(session, Lead, lead_id)
    check_codes(fields)
    for name in _FIRST_REPORT:
        known = getattr(lead, name)
        if name in fields and known is not None and fields[name] != known:
            raise DeskError("first_report_kept")
    stage = fields.pop("stage", None)
    has_next = "next_on" in fields
    next_on = fields.pop("next_on", None)
    assign(lead, fields)
    if stage is not None and stage != lead.stage:
        _enter(session, lead, stage, dt.date.today(), None)
    session.flush()
    if has_next and next_on != lead.next_on:
        set_next_on(session, lead_id, next_on, t("services.next_follow_up"))


def gate_values(session: Session, lead: Lead) -> dict[str, Any]:
    """Return the lead's columns with what the gates ask beyond them."""
    company = session.get(Company, lead.company_id) if lead.company_id else None
    held = session.scalar(
        select(Meeting.id)
        .where(
            (Meeting.lead_id == lead.id)
            | ((Meeting.lead_id.is_(None)) & (Meeting.company_id == lead.company_id)),
            Meeting.status == MeetingStatus.HELD.value,
            Meeting.deleted.isnot(True),
        )
        .limit(1)
    )
    values = columns_of(lead)
    parts = {name: values[f"value_{name}"] for name in VALUE_WEIGHTS}
    weights = team_settings.get(session, "value_weights") or VALUE_WEIGHTS
    values["country"] = company.country if company else None
    values["value"] = value_score(parts, lead.veto, weights)
    values["meeting_held"] = held is not None
    return values


def missing_for(session: Session, lead_id: str, stage: str) -> list[str]:
    """Return the gate fields that are still empty on the way to ``stage``."""
    lead = require(session, Lead, lead_id)
    return _missing(session, lead, stage)


def _missing(session: Session, lead: Lead, stage: str) -> list[str]:
    if not is_forward(lead.stage, stage):
        return []
    values = gate_values(session, lead)
    missing: list[str] = []
    for one in stages_between(lead.stage, stage):
        missing += [f for f in missing_fields(values, one) if f not in missing]
    return missing


def move_stage(
    session: Session,
    lead_id: str,
    stage: str,
    on: dt.date | None = None,
    reason: str | None = None,
    member_id: str | None = None,
) -> None:
    """Move a lead to a stage; with a reason also past a gate that is not met.

    Raises:
        DeskError: ``gate_open`` naming the fields the stage still needs.
    """
    lead = require(session, Lead, lead_id)
    check_codes({"stage": stage})
    column = STAGE_DAYS.get(Stage(stage))
    if on is not None and column is not None and getattr(lead, column) is None:
        # The day given for the move is the day of signing, start, completion it stands for.
        setattr(lead, column, on)
    missing = _missing(session, lead, stage)
    if missing and not reason:
        raise DeskError(
            "gate_open",
            missing=missing,
            stage=stage,
            stage_name=word("stage", stage),
            fields=t("common.list_separator").join(word("field", name) for name in missing),
        )
    _enter(session, lead, stage, on or dt.date.today(), reason, member_id)
    session.flush()


def _enter(
    session: Session,
    lead: Lead,
    stage: str,
    on: dt.date,
    reason: str | None,
    member_id: str | None = None,
) -> None:
    lead.stage = stage
    session.add(
        LeadStage(lead_id=lead.id, stage=stage, reached_on=on, reason=reason, member_id=member_id)
    )


def set_previous_amount(
    session: Session, lead_id: str, minor: int | None, currency: str | None
) -> None:
    """Set the investment before an increase, which is in the currency of the whole.

    Raises:
        DeskError: ``other_currency`` when it is in another one.
    """
    lead = require(session, Lead, lead_id)
    if minor is not None and lead.amount_minor is not None and currency != lead.currency:
        raise DeskError("other_currency", currency=lead.currency or "—")
    if minor is not None and lead.amount_minor is None:
        lead.currency = currency
    lead.previous_amount_minor = minor
    session.flush()


def set_status(
    session: Session,
    lead_id: str,
    status: str,
    reason: str | None = None,
    lost_to: str | None = None,
) -> None:
    """Set a lead's status with its reason and, when lost, the place it was lost to."""
    fields = {"status": status, "status_reason": reason, "lost_to": lost_to}
    update_lead(session, lead_id, **{k: v for k, v in fields.items() if v is not None})


def delete_lead(session: Session, lead_id: str) -> None:
    """Delete a lead; what belongs to it stays and comes back with it."""
    require(session, Lead, lead_id).deleted = True
    session.flush()
