"""Leads as lists show them: one query of plain columns, fast for a hundred thousand."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.db.log_tables import search_key
from desktop_app.db.models import Company, FollowUp, Lead, Meeting, Member
from desktop_app.domain.scoring import VALUE_WEIGHTS, readiness, value_score
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
_PARTS = tuple(VALUE_WEIGHTS)


def _last_contacts(session: Session, ids: Iterable[str] | None) -> dict[str, dt.date]:
    """Return the day of each lead's latest held meeting or done follow-up."""
    held = select(Meeting.lead_id, func.max(Meeting.starts_at)).where(
        Meeting.lead_id.isnot(None),
        Meeting.status == MeetingStatus.HELD.value,
        Meeting.deleted.isnot(True),
    )
    done = select(FollowUp.lead_id, func.max(FollowUp.done_on)).where(
        FollowUp.lead_id.isnot(None),
        FollowUp.status == FollowUpStatus.DONE.value,
        FollowUp.deleted.isnot(True),
    )
    if ids is not None:
        held, done = held.where(Meeting.lead_id.in_(ids)), done.where(FollowUp.lead_id.in_(ids))
    latest: dict[str, dt.date] = {}
    for lead_id, moment in session.execute(held.group_by(Meeting.lead_id)):
        if lead_id and moment is not None:
            latest[lead_id] = moment.date()
    for lead_id, day in session.execute(done.group_by(FollowUp.lead_id)):
        if lead_id and day is not None and day > latest.get(lead_id, dt.date.min):
            latest[lead_id] = day
    return latest


def lead_rows(
    session: Session, ids: Iterable[str] | None = None, today: dt.date | None = None
) -> list[LeadRow]:
    """Return the living leads, newest first report first; those of ``ids`` only, if given."""
    today = today or dt.date.today()
    wanted = None if ids is None else set(ids)
    if wanted is not None and len(wanted) > MANY:
        # SQLite allows so many variables and no more; reading all is quicker by then anyway.
        return [row for row in lead_rows(session, None, today) if row.id in wanted]
    company_key = search_key.alias()
    lead_key = search_key.alias()
    query = (
        select(
            Lead.id, Lead.title, Lead.company_id, Company.name, Company.name_zh, Company.country,
            Company.city, Lead.chain, Lead.stage, Lead.status, Lead.source, Lead.amount_minor,
            Lead.currency, Lead.owner_id, Member.name, Lead.first_reported_on, Lead.next_on,
            company_key.c.key, lead_key.c.key, Lead.time_scale, Lead.decision_maker_met,
            Lead.budget_approved, Lead.veto,
            *(getattr(Lead, f"value_{part}") for part in _PARTS),
        )
        .outerjoin(Company, Company.id == Lead.company_id)
        .outerjoin(Member, Member.id == Lead.owner_id)
        .outerjoin(company_key, company_key.c.row == Lead.company_id)
        .outerjoin(lead_key, lead_key.c.row == Lead.id)
        .where(Lead.deleted.isnot(True))
        .order_by(Lead.first_reported_on.desc(), Lead.id)
    )  # fmt: skip
    if wanted is not None:
        query = query.where(Lead.id.in_(wanted))
    stale_before = today - dt.timedelta(days=int(team_settings.get(session, "stale_days")))
    weights = team_settings.get(session, "value_weights") or VALUE_WEIGHTS
    contacts = _last_contacts(session, wanted)
    return [
        _row(r, contacts.get(r[0]), today, stale_before, weights) for r in session.execute(query)
    ]


def _row(
    r: Any,
    contact: dt.date | None,
    today: dt.date,
    stale_before: dt.date,
    weights: dict[str, int],
) -> LeadRow:
    """Return one row of the query as a list row."""
    (
        lead_id, title, company_id, name, name_zh, country, city, chain, stage, status, source,
        amount, currency, owner_id, owner, first, next_on, company_key, own_key, time_scale,
        decider, budget, veto, *parts,
    ) = r  # fmt: skip
    status = status or Status.ACTIVE.value
    scored = veto or any(p is not None for p in parts)
    value = value_score(dict(zip(_PARTS, parts, strict=True)), veto, weights) if scored else None
    since = contact or first
    stale = status == Status.ACTIVE and (since is None or since < stale_before)
    late = (today - next_on).days if next_on is not None and next_on < today else 0
    return LeadRow(
        lead_id, title or "", company_id, name or "", name_zh or "", country or "", city or "",
        chain or "", stage or Stage.LEAD.value, status, source or "", amount, currency,
        readiness(time_scale, decider, budget, next_on is not None), value, owner_id, owner or "",
        first, next_on, contact, stale, late, f"{company_key or ''}\n{own_key or ''}",
    )  # fmt: skip
