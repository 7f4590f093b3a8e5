"""Records by kind, for the command line: made, read, altered and deleted by the rules of each."""

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from desktop_app.db.models import (
    Base,
    Company,
    DispatchItem,
    EventCompany,
    Lead,
    Member,
    SquadMember,
)
from desktop_app.domain.errors import DeskError
from desktop_app.domain.money import decimal_text
from desktop_app.services import (
    approvals,
    cases,
    companies,
    dispatch,
    event_rows,
    follow_ups,
    leads,
    squads,
    trips,
)
from desktop_app.services.lead_rows import lead_rows
from desktop_app.services.lookup import assign, columns_of, require
from desktop_app.services.record_spans import check_spans
from desktop_app.services.record_texts import (
    CURRENCY_OF,
    MEMBERS,
    column_of,
    id_or_none,
    model_of,
    public_name,
    shown,
)

# Read from the company, shown with the lead.
_LEAD_EXTRAS = ("company_zh", "country", "city", "readiness", "value", "stale")


def find_even_deleted(session: Session, kind: str, record_id: str) -> Base:
    """Return a record of a kind, also a deleted one: it may still be disputed.

    Raises:
        DeskError: ``unknown_kind`` or ``unknown_record``.
    """
    record = session.get(model_of(kind), record_id) if id_or_none(record_id) else None
    return record or require(session, model_of(kind), record_id)


def as_json(session: Session, kind: str, record: Base) -> dict[str, Any]:
    """Return a record for JSON: public names, money as decimal text, owners by name."""
    return as_json_all(session, kind, [columns_of(record)])[0]


def as_json_all(
    session: Session, kind: str, found: Sequence[RowMapping | dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return records for JSON from their columns by name.

    References are ids; members and a lead's company stand by name.
    """
    members = {m.id: m.name for m in session.execute(select(Member.id, Member.name))}
    names = [
        (column.name, public_name(column.name))
        for column in model_of(kind).__table__.columns
        if column.name not in ("id", "deleted")
    ]
    result = []
    for columns in found:
        out: dict[str, Any] = {"id": columns["id"]}
        for column, name in names:
            value = columns[column]
            if value is None or type(value) is str:
                out[name] = value
            elif column.endswith("_minor"):
                currency = columns.get(CURRENCY_OF.get(column, "currency"))
                out[name] = decimal_text(value, currency)
            else:
                out[name] = shown(value)
            if column in MEMBERS:
                out[name] = members.get(value, value)
                out[column] = value
        result.append(out)
    _add_companies(session, kind, result)
    return result


def _add_companies(session: Session, kind: str, found: list[dict[str, Any]]) -> None:
    """Add to each record what is read from its company, and to a lead what its row reckons."""
    if kind == "leads":
        ids = None if len(found) > 500 else [out["id"] for out in found]
        rows = {r.id: r for r in lead_rows(session, ids)}
        for out in found:
            row = rows.get(out["id"])
            if row is not None:
                out["company_id"] = row.company_id
                out["company"] = row.company
                out |= {name: getattr(row, name) for name in _LEAD_EXTRAS}
        return
    if not any("company" in out for out in found):
        return
    query = select(Company.id, Company.name)
    if len(found) == 1:
        query = query.where(Company.id == found[0]["company"])
    companies_by_id = {c.id: c.name for c in session.execute(query)}
    for out in found:
        out["company_name"] = companies_by_id.get(out["company"])


def get(session: Session, kind: str, record_id: str) -> dict[str, Any]:
    """Return one record for JSON.

    Raises:
        DeskError: ``unknown_kind`` or ``unknown_record``.
    """
    return as_json(session, kind, require(session, model_of(kind), record_id))


def list_records(
    session: Session, kind: str, where: dict[str, str] | None = None
) -> list[dict[str, Any]]:
    """Return the living records of a kind whose fields equal the given texts.

    A lead's company is met by id, name or Chinese name; a member by id or name.
    """
    model = model_of(kind)
    where = where or {}
    extras = _LEAD_EXTRAS if kind == "leads" else ()
    for name in where:
        if name != "id" and name not in extras:
            column_of(model, kind, name)
    table = model.__table__
    query = select(*table.columns).where(model.deleted.isnot(True)).order_by(model.id)
    every = as_json_all(session, kind, [row._mapping for row in session.execute(query)])
    return [r for r in every if all(_meets(r, n, text) for n, text in where.items())]


def _meets(record: dict[str, Any], name: str, text: str) -> bool:
    """Return whether a field of a record is the text asked for."""
    values = [record.get(name), record.get(f"{name}_id"), record.get(public_name(name))]
    if name == "company":
        values += [record.get("company_zh"), record.get("company_name")]
    if text == "":
        return values[0] in (None, "")
    for value in values:
        if isinstance(value, bool):
            if text.casefold() == str(value).casefold():
                return True
        elif value is not None and str(value) == text:
            return True
    given = record.get(name)
    if isinstance(given, str):
        try:
            return Decimal(given) == Decimal(text)
        except InvalidOperation:
            return False
    return False


def create(session: Session, kind: str, /, **fields: Any) -> str:
    """Add a record of a kind from column values and return its id.

    Raises:
        DeskError: a needed field is missing or a value is no word of the trade.
    """
    model = model_of(kind)
    check_spans(fields, fields)
    if kind == "leads":
        if not fields.get("company_id"):
            raise DeskError("field_needed", field="company", kind=kind)
        return leads.add_lead(session, **fields)
    if kind == "follow-ups":
        return follow_ups.add_follow_up(session, **fields)
    if kind == "meetings":
        return trips.plan_meeting(session, **fields)
    if kind == "trips":
        return trips.add_trip(session, **fields)
    if kind in ("stops", "legs", "delegates"):
        trip_id = fields.pop("trip_id", None)
        if not trip_id:
            raise DeskError("field_needed", field="trip", kind=kind)
        return trips.add_part(session, model, trip_id, **fields)
    if kind in ("companies", "members", "events", "contacts") and not fields.get("name"):
        if kind != "companies" or not fields.get("name_zh"):
            raise DeskError("field_needed", field="name", kind=kind)
        fields["name"] = fields["name_zh"]
    for column in approvals.NEEDED.get(kind, ()):
        if not fields.get(column):
            raise DeskError("field_needed", field=public_name(column), kind=kind)
    if kind in _ADD:
        return _ADD[kind](session, **fields)
    record = model()
    assign(record, fields)
    session.add(record)
    session.flush()
    return record.id


_ADD: dict[str, Callable[..., str]] = {
    "companies": companies.add_company,
    "cases": cases.add_case,
    "dispatch-meetings": cases.add_dispatch_meeting,
    "dispatch-items": partial(approvals.link_once, model=DispatchItem),
    "approvals": approvals.add_approval,
    "approval-services": approvals.add_service,
    "facilities": approvals.add_facility,
    "capital-receipts": approvals.add_receipt,
    "event-companies": partial(approvals.link_once, model=EventCompany),
    "squad-members": partial(approvals.link_once, model=SquadMember),
}


def update(session: Session, kind: str, record_id: str, /, **fields: Any) -> None:
    """Set column values of a record, by the rules of its kind.

    A lead's ``reason`` is no column: it lets a new stage past a gate that is not met.
    """
    model = model_of(kind)
    known = columns_of(require(session, model, record_id))
    if kind == "meetings" and "starts_at" in fields:
        # The end moves with the start unless it is given too.
        known["ends_at"] = None
    check_spans(known | fields, fields)
    verbs: dict[str, Callable[..., None]] = {
        "leads": _update_lead,
        "follow-ups": follow_ups.update_follow_up,
        "meetings": trips.update_meeting,
        "companies": companies.update_company,
        "cases": cases.update_case,
        "dispatch-items": dispatch.record_decision,
        "approvals": approvals.update_approval,
    }
    if kind in verbs:
        verbs[kind](session, record_id, **fields)
        return
    assign(require(session, model, record_id), fields)
    session.flush()


def _update_lead(
    session: Session,
    lead_id: str,
    stage: str | None = None,
    reason: str | None = None,
    **fields: Any,
) -> None:
    """Set fields of a lead, then move it through the gates, as the window does.

    Raises:
        DeskError: ``gate_open`` when the stage needs more and no reason is given.
    """
    leads.update_lead(session, lead_id, **fields)
    if stage is not None and stage != require(session, Lead, lead_id).stage:
        leads.move_stage(session, lead_id, stage, reason=reason)


def delete(session: Session, kind: str, record_id: str) -> None:
    """Delete a record, by the rules of its kind."""
    verbs: dict[str, Callable[[Session, str], None]] = {
        "leads": leads.delete_lead,
        "companies": companies.delete_company,
        "follow-ups": follow_ups.delete_follow_up,
        "cases": cases.delete_case,
        "dispatch-meetings": dispatch.delete_dispatch_meeting,
        "dispatch-items": dispatch.remove_item,
        "approvals": approvals.delete_approval,
    }
    several: dict[str, Callable[[Session, Sequence[str]], None]] = {
        "events": event_rows.delete_events,
        "squads": squads.delete_squads,
    }
    if kind in several:
        several[kind](session, [record_id])
        return
    if kind in verbs:
        verbs[kind](session, record_id)
        return
    require(session, model_of(kind), record_id).deleted = True
    session.flush()
