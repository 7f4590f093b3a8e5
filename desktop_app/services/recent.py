"""What was changed lately, one line for each step, with the names of the records."""

import datetime as dt
from typing import NamedTuple

from sqlalchemy.orm import Session

from desktop_app.db.change import Value
from desktop_app.db.log import recent_changes
from desktop_app.db.models import Base, Company, Lead

_KINDS = {
    "lead": "leads",
    "company": "companies",
    "contact": "contacts",
    "trip": "trips",
    "meeting": "meetings",
    "follow_up": "follow-ups",
    "member": "members",
    "event": "events",
    "case": "cases",
    "dispatch_meeting": "dispatch-meetings",
    "approval": "approvals",
    "facility": "facilities",
    "capital_receipt": "capital-receipts",
    "squad": "squads",
    "dispatch_item": "dispatch-items",
    "approval_service": "approval-services",
    "event_company": "event-companies",
    "squad_member": "squad-members",
}


class RecentStep(NamedTuple):
    """One step of somebody: the record it is mainly about, and how many others it touched."""

    at: dt.datetime
    by: str
    kind: str
    record_id: str
    name: str
    fields: tuple[str, ...]
    deleted: bool
    stage: str
    others: int


def recent_steps(session: Session, limit: int = 6) -> list[RecentStep]:
    """Return the latest steps, newest first."""
    models = {m.class_.__tablename__: m.class_ for m in Base.registry.mappers}
    steps: dict[str, list[tuple[dt.datetime, str, str, str, dict[str, Value]]]] = {}
    for one in recent_changes(session, 300):
        if one.table in _KINDS:
            entry = (one.at, one.by, one.table, one.row, dict(one.fields))
            steps.setdefault(one.tx, []).append(entry)
    order = list(_KINDS)
    result = []
    for entries in list(steps.values())[:limit]:
        at, by, table, row, fields = min(entries, key=lambda e: order.index(e[2]))
        record = session.get(models[table], bytes.fromhex(row).hex())
        name = _name(session, record)
        known = tuple(f for f in fields if f not in ("deleted", "id"))
        result.append(
            RecentStep(
                at,
                by,
                _KINDS[table],
                row,
                name,
                known,
                bool(fields.get("deleted")),
                str(fields.get("stage") or ""),
                len({e[3] for e in entries}) - 1,
            )
        )
    return result


def _name(session: Session, record: Base | None) -> str:
    """Return what a record is called."""
    if isinstance(record, Lead) and record.company_id:
        company = session.get(Company, record.company_id)
        if company is not None:
            return company.name or company.name_zh or ""
    own = getattr(record, "title", None) or getattr(record, "name", None)
    if own or record is None:
        return str(own or "")
    # Rarely needed, so that the desk does not wait for the words of every kind.
    from desktop_app.services.titles import record_title

    return record_title(session, record.__tablename__, record.id)
