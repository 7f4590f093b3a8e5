"""Leads as read: everything one lead's pane shows."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import (
    Attachment,
    Attendee,
    Company,
    Contact,
    Event,
    FollowUp,
    Lead,
    LeadStage,
    Meeting,
    Member,
)
from desktop_app.domain.words import Stage
from desktop_app.services.lead_rows import LeadRow, lead_rows
from desktop_app.services.leads import missing_for
from desktop_app.services.lookup import columns_of, require


@dataclass(frozen=True)
class TimelineItem:
    """One thing that happened, or is to happen, with a lead."""

    kind: str
    at: dt.datetime
    title: str
    text: str
    record_id: str
    status: str = ""
    due_on: dt.date | None = None
    by: str = ""
    zone: str | None = None


@dataclass(frozen=True)
class LeadDetail:
    """All that a lead's pane shows."""

    row: LeadRow
    fields: dict[str, Any]
    company: dict[str, Any]
    contacts: list[dict[str, Any]]
    timeline: list[TimelineItem]
    files: list[dict[str, Any]]
    stages: list[dict[str, Any]]
    first_reporter: str = ""
    event: str = ""
    next_stage: str | None = None
    missing: list[str] = field(default_factory=list)


def lead_detail(session: Session, lead_id: str, today: dt.date | None = None) -> LeadDetail:
    """Return all that a lead's pane shows."""
    lead = require(session, Lead, lead_id)
    row = lead_rows(session, [lead_id], today)[0]
    company = session.get(Company, lead.company_id) if lead.company_id else None
    reporter = session.get(Member, lead.first_reporter_id) if lead.first_reporter_id else None
    event = session.get(Event, lead.event_id) if lead.event_id else None
    contacts = select(Contact).where(
        Contact.company_id == lead.company_id, Contact.deleted.isnot(True)
    )
    order = [s.value for s in Stage]
    position = order.index(row.stage) if row.stage in order else 0
    following = order[position + 1] if position + 1 < len(order) else None
    stages = session.scalars(
        select(LeadStage).where(LeadStage.lead_id == lead_id, LeadStage.deleted.isnot(True))
    )
    return LeadDetail(
        row=row,
        fields=columns_of(lead),
        company=columns_of(company) if company else {},
        contacts=[columns_of(c) for c in session.scalars(contacts.order_by(Contact.name))],
        timeline=timeline(session, lead_id),
        files=files_of(session, "lead", lead_id),
        stages=sorted(
            (columns_of(s) for s in stages),
            key=lambda s: (s["reached_on"] or dt.date.min, order.index(s["stage"] or order[0])),
        ),
        first_reporter=(reporter.name or "") if reporter else "",
        event=(event.name or "") if event else lead.source_detail or "",
        next_stage=following,
        missing=missing_for(session, lead_id, following) if following else [],
    )


def files_of(session: Session, table: str, record_id: str) -> list[dict[str, Any]]:
    """Return the files kept with a record."""
    query = select(Attachment).where(
        Attachment.record_table == table,
        Attachment.record_id == record_id,
        Attachment.deleted.isnot(True),
    )
    return [columns_of(a) for a in session.scalars(query.order_by(Attachment.added_at))]


def timeline(session: Session, lead_id: str) -> list[TimelineItem]:
    """Return meetings, follow-ups and stages of a lead, latest first."""
    lead = require(session, Lead, lead_id)
    names = {m.id: m.name for m in session.execute(select(Member.id, Member.name))}
    items = []
    meetings = session.scalars(
        select(Meeting).where(
            (Meeting.lead_id == lead_id)
            | (Meeting.lead_id.is_(None) & (Meeting.company_id == lead.company_id)),
            Meeting.company_id.isnot(None) | Meeting.lead_id.isnot(None),
            Meeting.deleted.isnot(True),
        )
    ).all()
    present = _members_at(session, [m.id for m in meetings])
    for m in meetings:
        if m.starts_at is None:
            continue
        text = m.outcome or m.objective or ""
        by = "、".join(present.get(m.id, []))
        items.append(
            TimelineItem(
                "meeting", m.starts_at, m.title or "", text, m.id, m.status or "", None, by, m.zone
            )
        )
    for f in session.scalars(
        select(FollowUp).where(FollowUp.lead_id == lead_id, FollowUp.deleted.isnot(True))
    ):
        day = f.done_on or f.due_on
        at = _noon(day) if day else dt.datetime.now(dt.UTC)
        by = names.get(f.owner_id or "") or ""
        items.append(
            TimelineItem(
                "follow_up",
                at,
                f.title or "",
                f.outcome or f.notes or "",
                f.id,
                f.status or "",
                f.due_on,
                by,
            )
        )
    for s in session.scalars(
        select(LeadStage).where(LeadStage.lead_id == lead_id, LeadStage.deleted.isnot(True))
    ):
        if s.reached_on is not None:
            by = names.get(s.member_id or "") or ""
            items.append(
                TimelineItem(
                    "stage", _noon(s.reached_on), s.stage or "", s.reason or "", s.id, by=by
                )
            )
    return sorted(items, key=lambda item: item.at, reverse=True)


def _members_at(session: Session, meeting_ids: list[str]) -> dict[str, list[str]]:
    """Return the names of our people at each meeting."""
    found = session.execute(
        select(Attendee.meeting_id, Member.name)
        .join(Member, Member.id == Attendee.member_id)
        .where(Attendee.meeting_id.in_(meeting_ids), Attendee.deleted.isnot(True))
    )
    names: dict[str, list[str]] = {}
    for meeting_id, name in found:
        names.setdefault(meeting_id or "", []).append(name or "")
    return names


def _noon(day: dt.date) -> dt.datetime:
    """Return noon UTC of a day, so that it is the same day in every zone we work in."""
    return dt.datetime.combine(day, dt.time(12), dt.UTC)
