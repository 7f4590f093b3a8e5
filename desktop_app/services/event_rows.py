"""Events as lists and panes show them: who was present, and what came of each."""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from desktop_app.db.driver import plain
from desktop_app.db.log_tables import search_key
from desktop_app.db.models import Company, Event, EventCompany, Facility, Lead, LeadStage, Squad
from desktop_app.domain.words import STAGES, Stage
from desktop_app.services import year_sources as of
from desktop_app.services.approvals import link_once
from desktop_app.services.lead_rows import MANY
from desktop_app.services.lookup import assign, columns_of, require
from desktop_app.services.rates import converted, usd_rates
from desktop_app.services.titles import record_title

_SIGNED = [stage.value for stage in STAGES[STAGES.index(Stage.SIGNED) :]]


class EventRow(NamedTuple):
    """One event as lists show it; ``signed`` are those of its leads that were ever signed."""

    id: str
    name: str
    name_en: str
    kind: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    country: str
    city: str
    squad_id: str | None
    squad: str
    companies: int
    leads: int
    signed: int
    key: str


class LeadLine(NamedTuple):
    """A lead in a short list."""

    id: str
    company: str
    title: str
    stage: str
    signed: bool


class Money(NamedTuple):
    """Credit or loans that came from an event: how many count, in whole CNY."""

    records: int
    cny: int


@dataclass(frozen=True)
class EventDetail:
    """All that an event's pane shows; ``present`` and ``facilities`` carry names of companies."""

    fields: dict[str, Any]
    present: list[dict[str, Any]]
    facilities: list[dict[str, Any]]
    granted: Money
    drawn: Money
    leads: list[LeadLine]


def was_signed() -> Any:
    """Return the condition under which a lead was ever signed."""
    reached = select(LeadStage.id).where(
        LeadStage.lead_id == Lead.id, LeadStage.stage == "signed", LeadStage.deleted.isnot(True)
    )
    return or_(Lead.stage.in_(_SIGNED), reached.exists())


def event_rows(session: Session) -> list[EventRow]:
    """Return the living events, the latest first, those without a day before them."""
    present = (
        select(
            EventCompany.event_id,
            func.count(func.distinct(EventCompany.company_id)).label("n"),
        )
        .where(EventCompany.deleted.isnot(True), EventCompany.event_id.isnot(None))
        .group_by(EventCompany.event_id)
        .subquery()
    )
    found = (
        select(
            Lead.event_id,
            func.count().label("n"),
            func.count().filter(was_signed()).label("signed"),
        )
        .where(Lead.deleted.isnot(True), Lead.event_id.isnot(None))
        .group_by(Lead.event_id)
        .subquery()
    )
    query = (
        select(
            Event.id, Event.name, Event.name_en, Event.kind, Event.starts_on, Event.ends_on,
            Event.country, Event.city, Event.squad_id, Squad.name, present.c.n, found.c.n,
            found.c.signed, search_key.c.key,
        )
        .outerjoin(Squad, Squad.id == Event.squad_id)
        .outerjoin(present, present.c.event_id == Event.id)
        .outerjoin(found, found.c.event_id == Event.id)
        .outerjoin(search_key, search_key.c.row == Event.id)
        .where(Event.deleted.isnot(True))
        .order_by(Event.starts_on.isnot(None), Event.starts_on.desc(), Event.id)
    )  # fmt: skip
    return [
        EventRow(
            r[0], r[1] or "", r[2] or "", r[3] or "", r[4], r[5], r[6] or "", r[7] or "", r[8],
            r[9] or "", r[10] or 0, r[11] or 0, r[12] or 0, r[13] or "",
        )
        for r in session.execute(query)
    ]  # fmt: skip


def event_detail(session: Session, event_id: str) -> EventDetail:
    """Return an event with who was present, what money came from it, and its leads."""
    fields = columns_of(require(session, Event, event_id))
    fields["squad_id_name"] = record_title(session, "squad", fields["squad_id"] or "")
    return EventDetail(
        fields,
        _present(session, event_id),
        _facilities(session, event_id),
        _money(session, of.CREDIT, event_id),
        _money(session, of.LOANS, event_id),
        lead_lines(session, select(Lead.id).where(Lead.event_id == event_id)),
    )


def _present(session: Session, event_id: str) -> list[dict[str, Any]]:
    query = (
        select(EventCompany, func.coalesce(Company.name, Company.name_zh), Company.kind)
        .outerjoin(Company, Company.id == EventCompany.company_id)
        .where(EventCompany.event_id == event_id, EventCompany.deleted.isnot(True))
        .order_by(EventCompany.present_as, Company.name, EventCompany.id)
    )
    return [
        columns_of(one)
        | {
            "company_id_name": name or "",
            "lead_id_name": record_title(session, "lead", one.lead_id or ""),
        }
        for one, name, _kind in session.execute(query)
    ]


def _facilities(session: Session, event_id: str) -> list[dict[str, Any]]:
    bank = aliased(Company)
    query = (
        select(Facility, Company.name, Company.name_zh, bank.name, bank.name_zh)
        .outerjoin(Lead, Lead.id == Facility.lead_id)
        .outerjoin(Company, Company.id == func.coalesce(Facility.company_id, Lead.company_id))
        .outerjoin(bank, bank.id == Facility.bank_id)
        .where(Facility.event_id == event_id, Facility.deleted.isnot(True))
        .order_by(Facility.granted_on.desc(), Facility.id)
    )
    return [
        columns_of(one) | {"company": name or zh or "", "bank": bank_zh or bank_name or ""}
        for one, name, zh, bank_name, bank_zh in session.execute(query)
    ]


def _money(session: Session, source: of.Source, event_id: str) -> Money:
    """Return what counts of an event's financing, by the rules of the year's figures."""
    rates = {code: rate for code, rate in usd_rates(session).items() if rate > 0}
    found = plain(session).execute(
        f"SELECT {source.currency}, count(*), sum({source.amount}) FROM {source.table} AS x"
        f" WHERE x.deleted IS NOT 1 AND ({source.only}) AND ({source.reason}) IS NULL"
        " AND x.event_id = :event GROUP BY 1",
        {"rates": json.dumps(rates), "event": bytes.fromhex(event_id)},
    )
    rows = [(currency, records, amount or 0) for currency, records, amount in found]
    amounts = {currency: amount for currency, _records, amount in rows}
    return Money(sum(records for _c, records, _a in rows), converted(amounts, "CNY", rates))


def lead_lines(session: Session, ids: Any, most: int | None = None) -> list[LeadLine]:
    """Return living leads, those signed first.

    Args:
        session: to read by.
        ids: a query of their ids, or the ids.
        most: how many at most.
    """
    signed = was_signed().label("signed")
    query = (
        select(Lead.id, Company.name, Company.name_zh, Lead.title, Lead.stage, signed)
        .outerjoin(Company, Company.id == Lead.company_id)
        .where(Lead.id.in_(ids), Lead.deleted.isnot(True))
        .order_by(signed.desc(), Lead.first_reported_on.desc(), Lead.id)
        .limit(most)
    )
    return [
        LeadLine(r[0], r[1] or r[2] or "", r[3] or "", r[4] or "", bool(r[5]))
        for r in session.execute(query)
    ]


def add_event(session: Session, **fields: Any) -> str:
    """Add an event and return its id."""
    event = Event()
    assign(event, fields)
    session.add(event)
    session.flush()
    return event.id


def update_event(session: Session, event_id: str, **fields: Any) -> None:
    """Set fields of an event; an end before its start moves the other day along."""
    event = require(session, Event, event_id)
    assign(event, fields)
    start, end = event.starts_on, event.ends_on
    if start is not None and end is not None and end < start:
        if "ends_on" in fields:
            event.starts_on = end
        else:
            event.ends_on = start
    session.flush()


def event_uses(session: Session, event_ids: Sequence[str]) -> dict[str, int]:
    """Return how many leads and credits name events, where there are any."""
    return _uses(session, ((Lead, Lead.event_id), (Facility, Facility.event_id)), event_ids)


def _uses(
    session: Session, columns: Iterable[tuple[Any, Any]], ids: Sequence[str]
) -> dict[str, int]:
    counts: dict[str, int] = {}
    for model, column in columns:
        name = str(model.__tablename__)
        for start in range(0, len(ids), MANY):
            some = column.in_(ids[start : start + MANY])
            count = select(func.count()).select_from(model).where(some, model.deleted.isnot(True))
            counts[name] = counts.get(name, 0) + (session.scalar(count) or 0)
    return {name: n for name, n in counts.items() if n}


def delete_events(session: Session, event_ids: Sequence[str]) -> None:
    """Delete events with the lists of who was present; leads and credits go on naming them."""
    for event_id in event_ids:
        require(session, Event, event_id).deleted = True
        query = select(EventCompany).where(
            EventCompany.event_id == event_id, EventCompany.deleted.isnot(True)
        )
        for one in session.scalars(query):
            one.deleted = True
    session.flush()


def add_present(
    session: Session, event_id: str, company_ids: Sequence[str], present_as: str = ""
) -> list[str]:
    """Let companies be present at an event, each once; banks come as banks unless it is said.

    Returns:
        The ids of the lines, in the order of the companies.
    """
    require(session, Event, event_id)
    made = []
    for company_id in company_ids:
        kind = require(session, Company, company_id).kind
        role = present_as or ("bank" if kind == "bank" else "company")
        made.append(
            link_once(
                session, EventCompany, event_id=event_id, company_id=company_id, present_as=role
            )
        )
    return made


def update_present(session: Session, line_id: str, **fields: Any) -> None:
    """Set fields of a company's presence."""
    assign(require(session, EventCompany, line_id), fields)
    session.flush()


def delete_present(session: Session, line_id: str) -> None:
    """Take a company off an event."""
    require(session, EventCompany, line_id).deleted = True
    session.flush()


def event_of(session: Session, line_id: str) -> str:
    """Return the event of a company's presence, also of one taken off; empty for none."""
    line = session.get(EventCompany, line_id)
    return (line.event_id or "") if line is not None else ""
