"""One search over all kinds of records by their prepared keys."""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from desktop_app.db.log_tables import search_key
from desktop_app.db.models import (
    Approval,
    Case,
    Company,
    Contact,
    DispatchMeeting,
    Event,
    FollowUp,
    Lead,
    Meeting,
    Squad,
    Trip,
)
from desktop_app.db.search_keys import fold


class Hit(NamedTuple):
    """A record found: its kind as on the command line, its name, and what tells it apart."""

    kind: str
    id: str
    title: str
    detail: str


def _queries() -> list[tuple[str, type[Any], Select[*tuple[Any, ...]]]]:
    """Return the search of each kind, in the order in which hits are shown."""
    return [
        (
            "leads",
            Lead,
            select(Lead.id, Company.name, Lead.title, Company.name_zh).outerjoin(
                Company, Company.id == Lead.company_id
            ),
        ),
        ("companies", Company, select(Company.id, Company.name, Company.name_zh, Company.city)),
        (
            "contacts",
            Contact,
            select(Contact.id, Contact.name, Contact.name_zh, Company.name).outerjoin(
                Company, Company.id == Contact.company_id
            ),
        ),
        ("trips", Trip, select(Trip.id, Trip.title, Trip.title_en, Trip.starts_on)),
        ("follow-ups", FollowUp, select(FollowUp.id, FollowUp.title, FollowUp.due_on)),
        ("meetings", Meeting, select(Meeting.id, Meeting.title, Meeting.city, Meeting.starts_at)),
        (
            "cases",
            Case,
            select(Case.id, Case.title, Lead.title, Case.due_on).outerjoin(
                Lead, Lead.id == Case.lead_id
            ),
        ),
        (
            "approvals",
            Approval,
            select(Approval.id, Approval.title, Lead.title, Approval.done_on).outerjoin(
                Lead, Lead.id == Approval.lead_id
            ),
        ),
        (
            "dispatch-meetings",
            DispatchMeeting,
            select(DispatchMeeting.id, DispatchMeeting.title, DispatchMeeting.held_on),
        ),
        ("events", Event, select(Event.id, Event.name, Event.name_en, Event.starts_on)),
        ("squads", Squad, select(Squad.id, Squad.name, Squad.name_en)),
    ]


def search_records(
    session: Session, text: str, limit: int = 8, kinds: Collection[str] | None = None
) -> list[Hit]:
    """Return up to ``limit`` living records of each kind whose keys hold every word of ``text``.

    Args:
        session: to read by.
        text: the words; with none nothing is found.
        limit: the most of one kind.
        kinds: as on the command line; all by default.
    """
    words = fold(text).split()
    if not words:
        return []
    hits = []
    for kind, model, query in _queries():
        if kinds is not None and kind not in kinds:
            continue
        found: list[ColumnElement[bool]] = [
            search_key.c.key.contains(word, autoescape=True) for word in words
        ]
        rows = session.execute(
            query.join(search_key, search_key.c.row == model.id)
            .where(model.deleted.isnot(True), *found)
            .limit(limit)
        )
        for record_id, title, *more in rows:
            names = [str(part) for part in (title, *more) if part]
            if kind == "meetings" and more and more[-1] is not None:
                names[-1] = f"{more[-1]:%Y-%m-%d}"
            hits.append(Hit(kind, record_id, names[0] if names else "", " · ".join(names[1:])))
    return hits
