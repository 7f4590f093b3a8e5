"""Workspaces to export from and to import into, and what they hold without their ids."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Date, Integer, create_engine, select
from sqlalchemy.orm import Session

from desktop_app.db.models import (
    Approval,
    Base,
    Company,
    Contact,
    Event,
    Facility,
    FollowUp,
    Lead,
    LeadStage,
    Meeting,
    Member,
)
from desktop_app.exchange.ledger_import import (
    ImportResult,
    apply_import,
    open_ledger,
    plan_import,
)
from tests.exchange.conftest import TODAY

AWKWARD = "=1+1 “引号”,\n第二行；<b>&amp;</b>\t制表\n\n+41 44 😀 _x0041_ ﹏Łő"
_REFERENCES: dict[str, type[Base]] = {
    "company_id": Company,
    "owner_id": Member,
    "first_reporter_id": Member,
    "member_id": Member,
    "event_id": Event,
    "lead_id": Lead,
    "contact_id": Contact,
    "previous_id": FollowUp,
    "meeting_id": Meeting,
    "approval_id": Approval,
    "bank_id": Company,
    "credit_id": Facility,
}
CODES = {
    "chain": "marine",
    "stage": "site_review",
    "status": "paused",
    "source": "chamber",
    "verdict": "watch",
    "time_scale": "within_12_months",
    "currency": "CHF",
    "registered_currency": "JPY",
    "revenue_currency": "EUR",
    "country": "CH",
    "decision_role": "influencer",
    "side": "theirs",
}


@contextmanager
def workspace() -> Iterator[Session]:
    """An empty workspace in memory."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def filled(model: type[Base], number: int = 1, **given: Any) -> Any:
    """A record with a value of its own in every column that is no reference."""
    values: dict[str, Any] = {}
    for at, column in enumerate(model.__table__.columns):
        name = column.name
        if name in ("id", "deleted") or column.foreign_keys:
            continue
        if name in CODES:
            values[name] = CODES[name]
        elif isinstance(column.type, Boolean):
            values[name] = at % 2 == 0
        elif isinstance(column.type, Date):
            values[name] = dt.date(2026, 1, 1) + dt.timedelta(days=at + number)
        elif isinstance(column.type, Integer):
            values[name] = 1000 * number + at
        else:
            values[name] = f"{AWKWARD} {name} {number}"
    return model(**{**values, **given})


def full_workspace(session: Session, number: int = 1) -> Lead:
    """A lead with all that a lead can have, and its follow-ups."""
    company = filled(Company, number, name=f"Häberling & Söhne AG {number}", kind="bank")
    event = Event(name="第八届进博会 CIIE")
    owner, reporter = (Member(name=name, active=True) for name in ("张伟", "=Li, Wei"))
    session.add_all((company, event, owner, reporter))
    session.flush()
    lead: Lead = filled(
        Lead,
        number,
        amount_minor=350_000_012_34,
        company_id=company.id,
        event_id=event.id,
        owner_id=owner.id,
        first_reporter_id=reporter.id,
        next_on=dt.date(2026, 12, 24),
    )
    session.add(lead)
    session.flush()
    for stage, on in (("lead", dt.date(2025, 1, 5)), ("screened", None), ("lead", TODAY)):
        session.add(
            LeadStage(
                lead_id=lead.id, stage=stage, reached_on=on, member_id=owner.id, reason=AWKWARD
            )
        )
    people = [
        filled(Contact, n, company_id=company.id, name=name, phone="+41445550120")
        for n, name in ((1, "Søren Ødegård"), (2, "Søren Ødegård"), (3, None))
    ]
    session.add_all(people)
    session.flush()
    first = filled(
        FollowUp,
        1,
        status="waiting",
        due_on=lead.next_on,
        lead_id=lead.id,
        owner_id=reporter.id,
        contact_id=people[2].id,
        company_id=company.id,
    )
    session.add(first)
    session.flush()
    session.add(filled(FollowUp, 2, status="done", lead_id=lead.id, previous_id=first.id))
    session.add(FollowUp(title="没有归属的事", status="open"))
    session.commit()
    return lead


def import_into(session: Session, path: Path, kind: str | None = None) -> ImportResult:
    """Import a file as the command line does."""
    plan = plan_import(session, open_ledger(path, TODAY), today=TODAY, kind=kind)
    result = apply_import(session, plan)
    session.commit()
    return result


def content(session: Session, *models: type[Base]) -> dict[str, list[Any]]:
    """Every column of every living record, references by what they name, in a fixed order."""
    session.expire_all()
    return {
        model.__tablename__: sorted(
            (_shown(session, record) for record in session.scalars(select(model))), key=repr
        )
        for model in models
    }


def _shown(session: Session, record: Any) -> dict[str, Any]:
    values = {}
    for column in type(record).__table__.columns:
        value = getattr(record, column.name)
        if column.name in ("id", "deleted"):
            continue
        if column.name in _REFERENCES and value is not None:
            there: Any = session.get(_REFERENCES[column.name], value)
            value = (getattr(there, "name", None) or getattr(there, "title", None), _more(there))
        values[column.name] = value
    return values


def _more(record: Any) -> Any:
    """What tells two records of one name apart."""
    return getattr(record, "wechat", None)
