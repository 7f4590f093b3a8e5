"""Meetings as read: with company, lead, people, promises and what was said before."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import (
    Attendee,
    Base,
    Company,
    Contact,
    Lead,
    Meeting,
    Member,
)
from desktop_app.domain.formats import local
from desktop_app.domain.words import DecisionRole, MeetingStatus
from desktop_app.services.follow_ups import FollowUpRow, promises_with
from desktop_app.services.lead_rows import LeadRow, lead_rows
from desktop_app.services.lookup import columns_of, require


@dataclass(frozen=True)
class MeetingDetail:
    """A meeting with everything its sheet shows; ``fields`` are the meeting's columns."""

    fields: dict[str, Any]
    company: dict[str, Any] | None
    lead: LeadRow | None
    lead_fields: dict[str, Any]
    contacts: list[dict[str, Any]]
    members: list[dict[str, Any]]
    promises: list[FollowUpRow]
    history: list[dict[str, Any]]

    @property
    def name(self) -> str:
        """Return the company's name, or the meeting's title."""
        own = self.fields["title"]
        return (self.company or {}).get("name") or own or ""

    @property
    def day(self) -> dt.date | None:
        """Return the day at the venue."""
        moment = self.fields["starts_at"]
        return local(moment, self.fields["zone"]).date() if moment else None


def meeting_detail(session: Session, meeting_id: str) -> MeetingDetail:
    """Return one meeting with everything its sheet shows."""
    return meeting_details(session, [require(session, Meeting, meeting_id)])[0]


def meeting_details(session: Session, meetings: list[Meeting]) -> list[MeetingDetail]:
    """Return meetings with company, lead, people, promises and what was said before."""
    ids = [m.id for m in meetings]
    contacts: dict[str, list[dict[str, Any]]] = {}
    members: dict[str, list[dict[str, Any]]] = {}
    attending = select(Attendee).where(Attendee.meeting_id.in_(ids), Attendee.deleted.isnot(True))
    for attendee in session.scalars(attending.order_by(Attendee.id)):
        for model, key, into in (
            (Contact, attendee.contact_id, contacts),
            (Member, attendee.member_id, members),
        ):
            person: Base | None = session.get(model, key) if key else None
            if person is not None and not person.deleted:
                fields = columns_of(person) | {"attendee_id": attendee.id}
                into.setdefault(attendee.meeting_id or "", []).append(fields)
    rows = {r.id: r for r in lead_rows(session, {m.lead_id for m in meetings if m.lead_id})}
    details = []
    for m in meetings:
        company = session.get(Company, m.company_id) if m.company_id else None
        lead = session.get(Lead, m.lead_id) if m.lead_id else None
        details.append(
            MeetingDetail(
                fields=columns_of(m),
                company=columns_of(company) if company else None,
                lead=rows.get(m.lead_id or ""),
                lead_fields=columns_of(lead) if lead else {},
                contacts=who_decides_first(contacts.get(m.id, [])),
                members=members.get(m.id, []),
                promises=promises_with(session, m.company_id) if m.company_id else [],
                history=_held_before(session, m),
            )
        )
    return details


def who_decides_first(people: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return contacts in the order of their part in the decision, then of their names."""
    ranks = {role.value: rank for rank, role in enumerate(DecisionRole)}
    return sorted(
        people,
        key=lambda person: (
            ranks.get(person["decision_role"], len(ranks)),
            str(person["name"] or person["name_zh"] or ""),
            person["id"],
        ),
    )


def _held_before(session: Session, meeting: Meeting) -> list[dict[str, Any]]:
    """Return the latest three meetings held with the same company."""
    if meeting.company_id is None:
        return []
    query = select(Meeting).where(
        Meeting.company_id == meeting.company_id,
        Meeting.id != meeting.id,
        Meeting.status == MeetingStatus.HELD.value,
        Meeting.deleted.isnot(True),
    )
    return [
        columns_of(m) for m in session.scalars(query.order_by(Meeting.starts_at.desc()).limit(3))
    ]
