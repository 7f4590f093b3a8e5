"""Reads what the ledgers of cases, approvals, financing and capital received show, in pieces."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import (
    Approval,
    ApprovalService,
    Base,
    CapitalReceipt,
    Case,
    Company,
    Event,
    Facility,
    Lead,
    Meeting,
)
from desktop_app.exchange.export_rows import Row, chunks, member_names, prefixed, rows_of

# What a record refers to: its column, the table, and what of it names the record.
_NAMES: dict[str, tuple[type[Base], str]] = {
    "meeting": (Meeting, "title"),
    "approval": (Approval, "title"),
    "bank": (Company, "name"),
    "event": (Event, "name"),
}
_MEMBERS = ("owner", "member")
_OF_KIND: dict[str, type[Base]] = {
    "cases": Case,
    "approvals": Approval,
    "facilities": Facility,
    "capital-receipts": CapitalReceipt,
}
# The day by which a ledger is sorted; the newest stands first.
_DAY = {
    "cases": "raised_on",
    "approvals": "applied_on",
    "facilities": "granted_on",
    "capital-receipts": "received_on",
}


def record_ids(session: Session, kind: str, ids: Sequence[str] | None) -> list[str]:
    """Return the living records of a kind, the newest first, or those asked for as given."""
    table = _OF_KIND[kind].__table__
    query = select(table.c.id).where(table.c.deleted.isnot(True))
    found = list(session.scalars(query.order_by(table.c[_DAY[kind]].desc(), table.c.id)))
    if ids is None:
        return found
    living = set(found)
    return [one for one in dict.fromkeys(ids) if one in living]


def rows_of_kind(kind: str) -> Callable[[Session, Sequence[str]], Iterator[Mapping[str, Any]]]:
    """Return what yields the rows of the ledger of a kind, for the ids of its records."""

    def rows(session: Session, ids: Sequence[str]) -> Iterator[Mapping[str, Any]]:
        model, number = _OF_KIND[kind], 0
        for piece in chunks(ids):
            found = {row["id"]: row for row in rows_of(session, model, "id", piece)}
            for row in _rows(session, model, [found[one] for one in piece]):
                number += 1
                yield {**row, f"{model.__tablename__}.number": number}

    return rows


def service_rows(session: Session, ids: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """Yield what was done to help some approvals."""
    number = 0
    for piece in chunks(ids):
        places = {one: at for at, one in enumerate(piece)}
        found = rows_of(session, ApprovalService, "approval_id", piece)
        found.sort(key=lambda row: (places[row["approval_id"]], str(row["served_on"] or "")))
        for row in _rows(session, ApprovalService, found):
            number += 1
            yield {**row, "approval_service.number": number}


def _rows(session: Session, model: type[Base], rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Yield some records with the names and keys of what they refer to."""
    record, names = model.__tablename__, member_names(session)
    leads = {r["id"]: r for r in rows_of(session, Lead, "id", (x["lead_id"] for x in rows))}
    of_leads = {r["company_id"] for r in leads.values()}
    of_rows = {r.get("company_id") for r in rows}
    companies = {r["id"]: r for r in rows_of(session, Company, "id", of_leads | of_rows)}
    there = {name: kind for name, kind in _NAMES.items() if f"{name}_id" in model.__table__.c}
    known: dict[str, dict[str, Row]] = {
        name: {r["id"]: r for r in rows_of(session, kind, "id", (x[f"{name}_id"] for x in rows))}
        for name, (kind, _) in there.items()
    }
    for row in rows:
        lead = leads.get(row["lead_id"]) or {}
        company = companies.get(row.get("company_id") or lead.get("company_id"))
        out = {**prefixed("company", company), **prefixed(record, row)}
        more: dict[str, Any] = {"lead_title": lead.get("title"), "key": row["id"]}
        more |= {n: names.get(row[f"{n}_id"]) for n in _MEMBERS if f"{n}_id" in row}
        for name, (_, called) in there.items():
            other = known[name].get(row[f"{name}_id"]) or {}
            more[name] = other.get(called) or other.get("name_zh")
        references = (c for c in row if c.endswith("_id"))
        more |= {f"{c.removesuffix('_id')}_key": row[c] for c in references}
        yield {**out, **prefixed(record, more)}
