"""Follow-ups: what someone must do by a date; they alone say when a lead's next step is."""

import datetime as dt
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.db.log_tables import search_key
from desktop_app.db.models import Company, Contact, FollowUp, Lead, Member
from desktop_app.domain.words import FollowUpStatus
from desktop_app.services.lookup import assign, require

GROUPS = ("overdue", "today", "this_week", "later", "waiting", "done")


class FollowUpRow(NamedTuple):
    """One follow-up as lists show it."""

    id: str
    title: str
    status: str
    side: str | None
    due_on: dt.date | None
    done_on: dt.date | None
    snoozed_until: dt.date | None
    owner_id: str | None
    owner: str
    lead_id: str | None
    lead_title: str
    company_id: str | None
    company: str
    company_zh: str
    meeting_id: str | None
    trip_id: str | None
    outcome: str
    notes: str
    group: str
    overdue_days: int
    key: str
    # Of a record that stands among the follow-ups without being one: approvals or cases.
    kind: str = ""


def group_of(
    status: str | None, due: dt.date | None, snoozed: dt.date | None, today: dt.date
) -> str:
    """Return the group a follow-up stands in on a day; a week ends on Sunday."""
    if status in (FollowUpStatus.DONE, FollowUpStatus.DROPPED):
        return "done"
    if status == FollowUpStatus.WAITING:
        return "waiting"
    day = max(d for d in (due, snoozed) if d is not None) if due or snoozed else None
    if day is None:
        return "later"
    if day < today:
        return "overdue"
    if day == today:
        return "today"
    sunday = today + dt.timedelta(days=6 - today.weekday())
    return "this_week" if day <= sunday else "later"


def follow_up_rows(
    session: Session,
    today: dt.date | None = None,
    ids: frozenset[str] | None = None,
    lead_id: str | None = None,
    due_by: dt.date | None = None,
) -> list[FollowUpRow]:
    """Return the living follow-ups, earliest due first.

    Args:
        session: to read by.
        today: the day that tells what is overdue.
        ids: only these.
        lead_id: only those of a lead.
        due_by: only those overdue or due by that day, and not snoozed beyond it.
    """
    today = today or dt.date.today()
    lead_company = select(Lead.id, Lead.company_id).subquery()
    query = (
        select(
            FollowUp.id, FollowUp.title, FollowUp.status, FollowUp.side, FollowUp.due_on,
            FollowUp.done_on, FollowUp.snoozed_until, FollowUp.owner_id, Member.name.label("owner"),
            FollowUp.lead_id, Lead.title.label("lead_title"), Company.id.label("company_id"),
            Company.name.label("company"), Company.name_zh, FollowUp.meeting_id, FollowUp.trip_id,
            FollowUp.outcome, FollowUp.notes, search_key.c.key,
        )
        .outerjoin(Lead, Lead.id == FollowUp.lead_id)
        .outerjoin(lead_company, lead_company.c.id == FollowUp.lead_id)
        .outerjoin(
            Company, Company.id == func.coalesce(FollowUp.company_id, lead_company.c.company_id)
        )
        .outerjoin(Member, Member.id == FollowUp.owner_id)
        .outerjoin(search_key, search_key.c.row == Company.id)
        .where(FollowUp.deleted.isnot(True), Lead.deleted.isnot(True))
        .order_by(FollowUp.due_on.is_(None), FollowUp.due_on, FollowUp.title, FollowUp.id)
    )  # fmt: skip
    if ids is not None:
        query = query.where(FollowUp.id.in_(ids))
    if lead_id is not None:
        query = query.where(FollowUp.lead_id == lead_id)
    if due_by is not None:
        day = func.max(
            func.coalesce(FollowUp.due_on, FollowUp.snoozed_until),
            func.coalesce(FollowUp.snoozed_until, FollowUp.due_on),
        )
        idle = [s.value for s in FollowUpStatus if s is not FollowUpStatus.OPEN]
        status = func.coalesce(FollowUp.status, FollowUpStatus.OPEN.value)
        query = query.where(status.not_in(idle), day <= due_by)
    rows = []
    for r in session.execute(query):
        group = group_of(r.status, r.due_on, r.snoozed_until, today)
        late = (today - r.due_on).days if group == "overdue" and r.due_on else 0
        rows.append(
            FollowUpRow(
                r.id, r.title or "", r.status or FollowUpStatus.OPEN, r.side, r.due_on, r.done_on,
                r.snoozed_until, r.owner_id, r.owner or "", r.lead_id, r.lead_title or "",
                r.company_id, r.company or "", r.name_zh or "", r.meeting_id, r.trip_id,
                r.outcome or "", r.notes or "", group, late,
                f"{(r.title or '').casefold()}\n{r.key or ''}",
            )
        )  # fmt: skip
    return rows


def add_follow_up(session: Session, **fields: Any) -> str:
    """Add a follow-up and return its id; it is open unless said otherwise."""
    follow_up = FollowUp(status=FollowUpStatus.OPEN.value)
    assign(follow_up, fields)
    session.add(follow_up)
    session.flush()
    keep_next_on(session, follow_up.lead_id)
    return follow_up.id


def update_follow_up(session: Session, follow_up_id: str, **fields: Any) -> None:
    """Set fields of a follow-up, and the next step of the lead it was and is of."""
    follow_up = require(session, FollowUp, follow_up_id)
    before = follow_up.lead_id
    assign(follow_up, fields)
    session.flush()
    for lead_id in {before, follow_up.lead_id}:
        keep_next_on(session, lead_id)


def complete(
    session: Session,
    follow_up_id: str,
    outcome: str | None = None,
    next_title: str | None = None,
    next_due_on: dt.date | None = None,
    on: dt.date | None = None,
) -> str | None:
    """Complete a follow-up; with a next step, add it and return its id."""
    follow_up = require(session, FollowUp, follow_up_id)
    assign(
        follow_up,
        {
            "status": FollowUpStatus.DONE.value,
            "done_on": on or dt.date.today(),
            "outcome": outcome or follow_up.outcome,
        },
    )
    session.flush()
    next_id = None
    if next_title or next_due_on:
        next_id = add_follow_up(
            session,
            title=next_title or follow_up.title,
            due_on=next_due_on,
            owner_id=follow_up.owner_id,
            lead_id=follow_up.lead_id,
            company_id=follow_up.company_id,
            contact_id=follow_up.contact_id,
            trip_id=follow_up.trip_id,
            previous_id=follow_up.id,
        )
    keep_next_on(session, follow_up.lead_id)
    return next_id


def reopen(session: Session, follow_up_id: str) -> None:
    """Take back that a follow-up is done."""
    update_follow_up(session, follow_up_id, status=FollowUpStatus.OPEN.value, done_on=None)


def snooze(session: Session, follow_up_id: str, until: dt.date) -> None:
    """Put a follow-up off to a day; a promise keeps its due date, a task moves."""
    follow_up = require(session, FollowUp, follow_up_id)
    fields: dict[str, Any] = {"snoozed_until": until}
    if follow_up.side is None:
        fields["due_on"] = until
    update_follow_up(session, follow_up_id, **fields)


def delete_follow_up(session: Session, follow_up_id: str) -> None:
    """Delete a follow-up."""
    update_follow_up(session, follow_up_id, deleted=True)


def keep_next_on(session: Session, lead_id: str | None) -> None:
    """Set a lead's next date to the earliest due date of its open follow-ups."""
    lead = session.get(Lead, lead_id) if lead_id else None
    if lead is None:
        return
    lead.next_on = session.scalar(
        select(func.min(FollowUp.due_on)).where(
            FollowUp.lead_id == lead_id,
            FollowUp.deleted.isnot(True),
            FollowUp.status.in_([FollowUpStatus.OPEN.value, FollowUpStatus.WAITING.value]),
        )
    )


def set_next_on(session: Session, lead_id: str, day: dt.date | None, title: str) -> None:
    """Make ``day`` the lead's next date: move its earliest open follow-up, or add one.

    Other follow-ups keep their days, as they may be promises: one that is due earlier stays the
    lead's next. Without a day all open follow-ups lose theirs.
    """
    open_ones = session.scalars(
        select(FollowUp)
        .where(
            FollowUp.lead_id == lead_id,
            FollowUp.deleted.isnot(True),
            FollowUp.status.in_([FollowUpStatus.OPEN.value, FollowUpStatus.WAITING.value]),
        )
        .order_by(FollowUp.due_on.is_(None), FollowUp.due_on)
    ).all()
    if day is None:
        for one in open_ones:
            one.due_on = None
    elif open_ones:
        open_ones[0].due_on = day
        open_ones[0].snoozed_until = None
    else:
        lead = require(session, Lead, lead_id)
        session.add(
            FollowUp(
                title=title,
                status=FollowUpStatus.OPEN.value,
                due_on=day,
                lead_id=lead_id,
                owner_id=lead.owner_id,
            )
        )
    session.flush()
    keep_next_on(session, lead_id)


def promises_with(session: Session, company_id: str) -> list[FollowUpRow]:
    """Return the open promises, ours and theirs, with one company."""
    contacts = select(Contact.id).where(Contact.company_id == company_id)
    leads = select(Lead.id).where(Lead.company_id == company_id)
    found = session.scalars(
        select(FollowUp.id).where(
            FollowUp.side.isnot(None),
            FollowUp.status.in_([FollowUpStatus.OPEN.value, FollowUpStatus.WAITING.value]),
            (FollowUp.company_id == company_id)
            | FollowUp.contact_id.in_(contacts)
            | FollowUp.lead_id.in_(leads),
        )
    ).all()
    return follow_up_rows(session, ids=frozenset(found)) if found else []
