"""Reads what a ledger shows, in pieces, so that many leads need no more memory than few."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import (
    Base,
    Company,
    Contact,
    Event,
    FollowUp,
    Lead,
    LeadStage,
    Meeting,
    Member,
    Trip,
)
from desktop_app.domain.words import DecisionRole, FollowUpStatus

Row = Mapping[str, Any]
_CHUNK = 500
_OPEN = (FollowUpStatus.OPEN.value, FollowUpStatus.WAITING.value)
_RANK = {role.value: rank for rank, role in enumerate(DecisionRole)}


def member_names(session: Session) -> dict[str, str]:
    """Return the names of the team by id."""
    query = select(Member.id, Member.name).order_by(Member.name)
    return {key: name for key, name in session.execute(query) if name}


def lead_ids(session: Session, ids: Sequence[str] | None) -> list[str]:
    """Return the living leads, newest first report first, or those asked for as they were given."""
    query = select(Lead.id).where(Lead.deleted.isnot(True))
    found = list(session.scalars(query.order_by(Lead.first_reported_on.desc(), Lead.id)))
    if ids is None:
        return found
    living = set(found)
    return [one for one in dict.fromkeys(ids) if one in living]


def chunks(ids: Sequence[str]) -> Iterator[list[str]]:
    """Yield ids in pieces that one statement takes."""
    for start in range(0, len(ids), _CHUNK):
        yield list(ids[start : start + _CHUNK])


def rows_of(session: Session, model: type[Base], column: str, ids: Iterable[Any]) -> list[Row]:
    """Return the living rows of a table whose column is one of some ids, as plain columns."""
    table = model.__table__
    wanted = sorted({one for one in ids if one})
    found: list[Row] = []
    for piece in chunks(wanted):
        query = select(table).where(table.c[column].in_(piece), table.c.deleted.isnot(True))
        found.extend(dict(row) for row in session.execute(query.order_by(table.c.id)).mappings())
    return found


def prefixed(record: str, values: Row | None) -> dict[str, Any]:
    """Return columns under the names of a ledger's cells."""
    return {f"{record}.{name}": value for name, value in (values or {}).items()}


def lead_rows(session: Session, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield what the sheet of leads shows of each lead."""
    names = member_names(session)
    events = dict(session.execute(select(Event.id, Event.name)).all())
    number = 0
    for piece in chunks(ids):
        leads = {row["id"]: row for row in rows_of(session, Lead, "id", piece)}
        of_leads = [row["company_id"] for row in leads.values()]
        companies = {row["id"]: row for row in rows_of(session, Company, "id", of_leads)}
        people = _first_people(session, of_leads)
        steps = _next_steps(session, leads)
        for one in piece:
            lead = leads[one]
            number += 1
            company = companies.get(lead["company_id"])
            person = people.get(lead["company_id"]) or {}
            step = steps.get(one) or {}
            yield {
                **prefixed("company", company),
                **prefixed("lead", lead),
                "lead.number": number,
                "lead.owner": names.get(lead["owner_id"]),
                "lead.first_reporter": names.get(lead["first_reporter_id"]),
                "lead.event": events.get(lead["event_id"]),
                "lead.contact_name": person.get("name"),
                "lead.contact_phone": person.get("phone"),
                "lead.next_step": step.get("title"),
                "lead.next_owner": names.get(step.get("owner_id") or ""),
                "lead.key": one,
                "lead.company_key": lead["company_id"] if company else None,
            }


def _first_people(session: Session, company_ids: Iterable[Any]) -> dict[Any, Row]:
    """Return the person at each company who decides most."""
    found: dict[Any, Row] = {}
    for row in rows_of(session, Contact, "company_id", company_ids):
        known = found.get(row["company_id"])
        rank = _RANK.get(row["decision_role"], 9)
        if row["name"] and (known is None or rank < _RANK.get(known["decision_role"], 9)):
            found[row["company_id"]] = row
    return found


def _next_steps(session: Session, leads: Mapping[str, Row]) -> dict[Any, Row]:
    """Return for each lead the open follow-up that its next day is of."""
    found: dict[Any, Row] = {}
    for row in rows_of(session, FollowUp, "lead_id", leads):
        due = row["due_on"] is not None and row["due_on"] == leads[row["lead_id"]]["next_on"]
        if due and row["status"] in _OPEN:
            found.setdefault(row["lead_id"], row)
    return found


def contact_rows(session: Session, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield the people at the companies of some leads."""
    seen: set[Any] = set()
    for piece in chunks(ids):
        company_ids = [row["company_id"] for row in rows_of(session, Lead, "id", piece)]
        companies = {row["id"]: row for row in rows_of(session, Company, "id", company_ids)}
        for row in rows_of(session, Contact, "company_id", set(companies) - seen):
            company = companies[row["company_id"]]
            yield {
                **prefixed("company", company),
                **prefixed("contact", row),
                "contact.key": row["id"],
                "contact.company_key": row["company_id"],
            }
        seen |= set(companies)


def stage_rows(session: Session, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield the stages that some leads reached, with their days."""
    names = member_names(session)
    for piece in chunks(ids):
        leads = {row["id"]: row for row in rows_of(session, Lead, "id", piece)}
        of_leads = [row["company_id"] for row in leads.values()]
        companies = {row["id"]: row for row in rows_of(session, Company, "id", of_leads)}
        stages = rows_of(session, LeadStage, "lead_id", piece)
        places = {one: at for at, one in enumerate(piece)}
        stages.sort(key=lambda row: (places[row["lead_id"]], str(row["reached_on"] or "")))
        for row in stages:
            lead = leads[row["lead_id"]]
            yield {
                **prefixed("company", companies.get(lead["company_id"])),
                **prefixed("stage", row),
                "stage.title": lead["title"],
                "stage.member": names.get(row["member_id"]),
                "stage.key": row["id"],
                "stage.lead_key": row["lead_id"],
            }


def follow_up_ids(session: Session, ids: Sequence[str] | None) -> list[str]:
    """Return the living follow-ups, earliest due first, or those asked for as they were given."""
    query = select(FollowUp.id).where(FollowUp.deleted.isnot(True))
    order = (FollowUp.due_on.is_(None), FollowUp.due_on, FollowUp.id)
    found = list(session.scalars(query.order_by(*order)))
    if ids is None:
        return found
    living = set(found)
    return [one for one in dict.fromkeys(ids) if one in living]


def follow_up_rows(session: Session, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield what the sheet of follow-ups shows of each."""
    names = member_names(session)
    number = 0
    for piece in chunks(ids):
        rows = {row["id"]: row for row in rows_of(session, FollowUp, "id", piece)}
        of = {
            model: {
                r["id"]: r
                for r in rows_of(session, model, "id", (x[column] for x in rows.values()))
            }
            for model, column in (
                (Lead, "lead_id"),
                (Contact, "contact_id"),
                (Trip, "trip_id"),
                (Meeting, "meeting_id"),
            )
        }
        owners = {r["company_id"] for r in rows.values()}
        owners |= {r["company_id"] for r in of[Lead].values()}
        companies = {r["id"]: r for r in rows_of(session, Company, "id", owners)}
        for one in piece:
            row, number = rows[one], number + 1
            lead = of[Lead].get(row["lead_id"]) or {}
            contact = of[Contact].get(row["contact_id"]) or {}
            yield {
                **prefixed("company", companies.get(row["company_id"] or lead.get("company_id"))),
                **prefixed("follow_up", row),
                "follow_up.number": number,
                "follow_up.lead_title": lead.get("title"),
                "follow_up.owner": names.get(row["owner_id"]),
                "follow_up.contact": contact.get("name") or contact.get("name_zh"),
                "follow_up.trip": (of[Trip].get(row["trip_id"]) or {}).get("title"),
                "follow_up.meeting": (of[Meeting].get(row["meeting_id"]) or {}).get("title"),
                "follow_up.key": one,
                "follow_up.lead_key": lead.get("id"),
                "follow_up.company_key": row["company_id"],
                "follow_up.contact_key": contact.get("id"),
                "follow_up.trip_key": row["trip_id"],
                "follow_up.meeting_key": row["meeting_id"],
                "follow_up.previous_key": row["previous_id"],
            }
