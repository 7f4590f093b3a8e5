"""Leads as lists show them: one query of plain columns, fast for a hundred thousand."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import String, case, func, select, type_coerce
from sqlalchemy.orm import Session

from desktop_app.db.log_tables import search_key
from desktop_app.db.models import Company, FollowUp, Lead, Meeting, Member
from desktop_app.domain.scoring import VALUE_WEIGHTS, readiness
from desktop_app.domain.words import FollowUpStatus, MeetingStatus, Stage, Status
from desktop_app.services import team_settings


class LeadRow(NamedTuple):
    """One lead as lists show it; ``key`` is its prepared search text."""

    id: str
    title: str
    company_id: str | None
    company: str
    company_zh: str
    country: str
    city: str
    chain: str
    stage: str
    status: str
    source: str
    amount_minor: int | None
    currency: str | None
    readiness: str
    value: int | None
    owner_id: str | None
    owner: str
    first_reported_on: dt.date | None
    next_on: dt.date | None
    last_contact_on: dt.date | None
    stale: bool
    overdue_days: int
    key: str


# More ids than these are not put into one query.
MANY = 5000
_LEAD, _COMPANY, _MEMBER = Lead.__table__.c, Company.__table__.c, Member.__table__.c
_PARTS = tuple(_LEAD[f"value_{name}"] for name in VALUE_WEIGHTS)
# Few combinations of facts make a grade: asked a hundred thousand times, they are reckoned once.
_grade = cache(readiness)


def _last_contacts(session: Session, ids: set[str] | None) -> dict[str, dt.date]:
    """Return the day of each lead's latest held meeting or done follow-up."""
    meetings, follow_ups = Meeting.__table__.c, FollowUp.__table__.c
    # Moments are text that begins with the day, which sorts as it counts.
    day = func.substr(func.max(type_coerce(meetings.starts_at, String)), 1, 10)
    held = select(meetings.lead_id, day).where(
        meetings.lead_id.isnot(None),
        meetings.status == MeetingStatus.HELD.value,
        meetings.deleted.isnot(True),
    )
    done_on = func.max(type_coerce(follow_ups.done_on, String))
    done = select(follow_ups.lead_id, done_on).where(
        follow_ups.lead_id.isnot(None),
        follow_ups.status == FollowUpStatus.DONE.value,
        follow_ups.deleted.isnot(True),
    )
    if ids is not None:
        held = held.where(meetings.lead_id.in_(ids))
        done = done.where(follow_ups.lead_id.in_(ids))
    latest: dict[str, str] = {}
    for query in (held.group_by(meetings.lead_id), done.group_by(follow_ups.lead_id)):
        for lead_id, text in session.execute(query):
            if text is not None and text > latest.get(lead_id, ""):
                latest[lead_id] = text
    return {lead_id: dt.date.fromisoformat(text) for lead_id, text in latest.items()}


def lead_rows(
    session: Session, ids: Iterable[str] | None = None, today: dt.date | None = None
) -> list[LeadRow]:
    """Return the living leads, newest first report first; those of ``ids`` only, if given."""
    today = today or dt.date.today()
    wanted = None if ids is None else set(ids)
    if wanted is not None and len(wanted) > MANY:
        # SQLite allows so many variables and no more; reading all is quicker by then anyway.
        return [row for row in lead_rows(session, None, today) if row.id in wanted]
    company_key, lead_key = search_key.alias(), search_key.alias()
    weights: dict[str, int] = team_settings.get(session, "value_weights") or VALUE_WEIGHTS
    # One number instead of eleven a row: reading columns is what a long list takes its time for.
    points = sum(
        (func.coalesce(part, 0) * weights.get(name, 0))
        for name, part in zip(VALUE_WEIGHTS, _PARTS, strict=True)
    )
    query = (
        select(
            _LEAD.id, _LEAD.title, _LEAD.company_id, _COMPANY.name, _COMPANY.name_zh,
            _COMPANY.country, _COMPANY.city, _LEAD.chain, _LEAD.stage, _LEAD.status, _LEAD.source,
            _LEAD.amount_minor, _LEAD.currency, _LEAD.owner_id, _MEMBER.name,
            _LEAD.first_reported_on, _LEAD.next_on, company_key.c.key, lead_key.c.key,
            _LEAD.time_scale, _LEAD.decision_maker_met, _LEAD.budget_approved, _LEAD.veto,
            case((func.coalesce(*_PARTS).isnot(None), points)),
        )
        .outerjoin(Company.__table__, _COMPANY.id == _LEAD.company_id)
        .outerjoin(Member.__table__, _MEMBER.id == _LEAD.owner_id)
        .outerjoin(company_key, company_key.c.row == _LEAD.company_id)
        .outerjoin(lead_key, lead_key.c.row == _LEAD.id)
        .where(_LEAD.deleted.isnot(True))
        .order_by(_LEAD.first_reported_on.desc(), _LEAD.id)
    )  # fmt: skip
    if wanted is not None:
        query = query.where(_LEAD.id.in_(wanted))
    stale_before = today - dt.timedelta(days=int(team_settings.get(session, "stale_days")))
    contacts = _last_contacts(session, wanted)
    total = sum(weights.values()) or 1
    return [_row(r, contacts.get(r[0]), today, stale_before, total) for r in session.execute(query)]


def _row(
    r: Any, contact: dt.date | None, today: dt.date, stale_before: dt.date, total: int
) -> LeadRow:
    """Return one row of the query as a list row."""
    (
        lead_id, title, company_id, name, name_zh, country, city, chain, stage, status, source,
        amount, currency, owner_id, owner, first, next_on, company_key, own_key, time_scale,
        decider, budget, veto, points,
    ) = r  # fmt: skip
    status = status or Status.ACTIVE.value
    value = 0 if veto else None if points is None else round(points / total)
    since = contact or first
    stale = status == Status.ACTIVE and (since is None or since < stale_before)
    late = (today - next_on).days if next_on is not None and next_on < today else 0
    return LeadRow(
        lead_id, title or "", company_id, name or "", name_zh or "", country or "", city or "",
        chain or "", stage or Stage.LEAD.value, status, source or "", amount, currency,
        _grade(time_scale, decider, budget, next_on is not None), value, owner_id, owner or "",
        first, next_on, contact, stale, late, f"{company_key or ''}\n{own_key or ''}",
    )  # fmt: skip
