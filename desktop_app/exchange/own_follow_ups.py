"""Plans the import of a ledger of follow-ups: each found again, and joined to what it is of."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import FollowUp, Lead, Meeting, Trip, new_id
from desktop_app.exchange.ledger_row import Problem
from desktop_app.exchange.own_plan import Known, OwnPlanner, names_of
from desktop_app.exchange.own_read import OwnRow

# What tells follow-ups of one title and day apart.
_TRAITS = ("status", "side", "done_on", "outcome", "notes")


@dataclass
class PlannedFollowUp:
    """A row of the ledger and what becomes of it; ``links`` are ids of what it belongs to."""

    row: OwnRow
    follow_up_id: str
    duplicate_of: str | None = None
    action: Literal["new", "merge", "skip"] = "new"
    links: dict[str, str] = field(default_factory=dict)


def plan_follow_ups(planner: OwnPlanner, rows: list[OwnRow]) -> None:
    """Plan the rows of follow-ups."""
    if rows:
        _Planner(planner).plan(rows)


class _Planner:
    """Knows the follow-ups, trips and meetings of the workspace."""

    def __init__(self, known: OwnPlanner) -> None:
        self.known = known
        self.stored = Known()
        session = known.session
        self.company_of = dict(
            session.execute(select(Lead.id, Lead.company_id).where(Lead.deleted.isnot(True))).all()
        )
        query = select(
            FollowUp.id, FollowUp.lead_id, FollowUp.company_id, FollowUp.title, FollowUp.due_on,
            *(getattr(FollowUp, name) for name in _TRAITS),
        )  # fmt: skip
        for one, lead_id, company_id, title, due, *traits in session.execute(
            query.where(FollowUp.deleted.isnot(True)).order_by(FollowUp.id)
        ):
            self.stored.add(one, (lead_id or company_id, title, due), traits)
        self.trips = _titles(session, Trip)
        self.meetings = _titles(session, Meeting)

    def plan(self, rows: list[OwnRow]) -> None:
        """Plan each row, then join those that follow one another."""
        planned = [self._plan(row) for row in rows]
        for one in planned:
            previous = self.stored.by_key.get(one.row.refers.get("previous_key") or "")
            if previous:
                one.links["previous_id"] = previous
        self.known.out.follow_ups.extend(planned)

    def _plan(self, row: OwnRow) -> PlannedFollowUp:
        """Plan one row."""
        links = self._links(row)
        owner = row.refers.get("owner")
        if owner:
            self.known.out.members.setdefault(owner, new_id())
        key = row.refers.get("key") or ""
        same = self.stored.by_key.get(key)
        if not self.stored.free(same):
            due = row.record.get("due_on")
            day = due if isinstance(due, dt.date) else None
            title = row.record.get("title")
            of = links.get("lead_id") or links.get("company_id")
            traits = [row.record.get(name) for name in _TRAITS]
            same = self.stored.by_name((of, title, day), traits)
        planned = PlannedFollowUp(row, new_id(), links=links)
        if self.stored.free(same) and same is not None:
            planned.duplicate_of = self.stored.take(same, key)
        elif key:
            self.stored.by_key[key] = planned.follow_up_id
        return planned

    def _links(self, row: OwnRow) -> dict[str, str]:
        """Return the ids of lead, company, person, trip and meeting; an unknown one is told."""
        refers, known = row.refers, self.known
        names, title = names_of(row.company), refers.get("lead_title") or ""
        lead = known.leads.by_key.get(refers.get("lead_key") or "")
        of_lead = bool(refers.get("lead_key") or title)
        if lead is None and of_lead:
            lead = known.leads.any_by_name((names, title))
        company = known.companies.by_key.get(refers.get("company_key") or "")
        wanted = bool(refers.get("company_key")) or (not of_lead and any(names))
        if company is None and wanted:
            company = known.companies.any_by_name(names)
        at = company or self.company_of.get(lead or "")
        if at is None and any(names):
            at = known.companies.any_by_name(names)
        called = refers.get("contact") or ""
        contact = known.contacts.by_key.get(refers.get("contact_key") or "")
        if contact is None and called:
            contact = known.contacts.any_by_name((at, " ".join(called.casefold().split())))
        trip = self._titled(self.trips, refers, "trip")
        meeting = self._titled(self.meetings, refers, "meeting")
        shown = "·".join(str(x) for x in (*row.company.values(), title) if x)
        for name, there, text in (
            ("lead_title", lead, shown if of_lead else ""),
            ("name", company, shown if wanted and not of_lead else ""),
            ("contact", contact, called),
            ("trip", trip, refers.get("trip")),
            ("meeting", meeting, refers.get("meeting")),
        ):
            if there is None and text:
                self._unknown(row, name, text)
        found = {
            "lead_id": lead,
            "company_id": company,
            "contact_id": contact,
            "trip_id": trip,
            "meeting_id": meeting,
        }
        return {column: one for column, one in found.items() if one}

    def _titled(self, known: Known, refers: dict[str, str], name: str) -> str | None:
        """Return the trip or meeting of a key, else the only one of a title."""
        found = known.by_key.get(refers.get(f"{name}_key") or "")
        return found or (known.any_by_name(refers[name]) if refers.get(name) else None)

    def _unknown(self, row: OwnRow, name: str, text: str) -> None:
        """Keep the name of a record that is not here in the notes, and tell it."""
        label = row.labels.get(name, "")
        row.notes.append(f"{label}：{text}")
        row.problems.append(Problem(row.sheet, row.row, label, text, "record_unknown"))


def _titles(session: Session, model: type[Trip] | type[Meeting]) -> Known:
    """Return the trips or meetings by id and by title."""
    known = Known()
    query = select(model.id, model.title).where(model.deleted.isnot(True))
    for one, title in session.execute(query.order_by(model.id)):
        known.add(one, title)
    return known
