"""Plans rows of cases, approvals, services, financing and capital: each found and joined."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import (
    Approval,
    ApprovalService,
    Base,
    CapitalReceipt,
    Case,
    Company,
    Event,
    Facility,
    Lead,
    Meeting,
    new_id,
)
from desktop_app.exchange.duplicates import facts_of
from desktop_app.exchange.ledger_row import Problem
from desktop_app.exchange.own_plan import Known, OwnPlanner, names_of
from desktop_app.exchange.own_read import OwnRow


class AfterKind(NamedTuple):
    """A kind of record: what tells its records apart, and whether it needs a project.

    Args:
        model: its table.
        same: columns that are equal in two rows of one record.
        day: a column that may be empty in one of them.
        traits: what else tells records apart that are alike so far.
        needs_lead: whether a row without a project cannot be taken.
    """

    model: type[Base]
    same: tuple[str, ...]
    day: str
    traits: tuple[str, ...]
    needs_lead: bool = False


# In the order in which they refer to one another.
KINDS: dict[str, AfterKind] = {
    "cases": AfterKind(
        Case, ("lead_id", "title"), "raised_on", ("category", "due_on", "state", "details"), True
    ),
    "approvals": AfterKind(
        Approval, ("lead_id", "title"), "applied_on", ("kind", "done_on", "document_number"), True
    ),
    "approval-services": AfterKind(
        ApprovalService, ("lead_id", "approval_id", "kind"), "served_on", ("outcome", "notes")
    ),
    "facilities": AfterKind(
        Facility,
        ("lead_id", "company_id", "bank_id", "product", "granted_minor", "drawn_minor", "currency"),
        "granted_on",
        ("drawn_on", "ends_on", "used_for", "notes"),
    ),
    "capital-receipts": AfterKind(
        CapitalReceipt,
        ("lead_id", "company_id", "amount_minor", "currency"),
        "received_on",
        ("kind", "notes"),
    ),
}
# What a row may name besides its project: the table and the column of its name.
_NAMED: dict[str, tuple[type[Base], str]] = {
    "meeting": (Meeting, "title"),
    "bank": (Company, "name"),
    "event": (Event, "name"),
}


@dataclass
class PlannedRecord:
    """A row and what becomes of it; one without its project is left out, and told."""

    row: OwnRow
    kind: str
    record_id: str
    duplicate_of: str | None = None
    action: Literal["new", "merge", "skip"] = "new"
    links: dict[str, str] = field(default_factory=dict)
    project: str = ""


def plan_after(planner: OwnPlanner, tables: dict[str, list[OwnRow]]) -> None:
    """Plan the rows of what comes after signing; approvals before the services done for them."""
    if any(tables.get(kind) for kind in KINDS):
        found = _Planner(planner)
        for kind in KINDS:
            found.plan(kind, tables.get(kind, []))


class _Planner:
    """Knows the projects, and what rows may name."""

    def __init__(self, known: OwnPlanner) -> None:
        self.known = known
        self.by_title: dict[str, list[str]] = {}
        self.of_company: dict[str | None, list[str]] = {}
        self.company_of: dict[str, str | None] = {}
        self.shown: dict[str, str] = {}
        query = select(Lead.id, Lead.company_id, Lead.title).where(Lead.deleted.isnot(True))
        for one, company_id, title in known.session.execute(query.order_by(Lead.id)):
            self.by_title.setdefault(_plain(title), []).append(one)
            self.of_company.setdefault(company_id, []).append(one)
            self.company_of[one] = company_id
            self.shown[one] = title or ""
        self.named = {n: _named(known.session, *of) for n, of in _NAMED.items()}
        self.stored: dict[str, Known] = {}
        self.approvals: dict[tuple[object, ...], list[str]] = {}

    def plan(self, kind: str, rows: list[OwnRow]) -> None:
        """Plan the rows of a kind; those known for certain first, so that no other takes them."""
        of, stored = KINDS[kind], Known()
        loose = self._load(of, stored)
        self.stored[kind] = stored
        planned = [PlannedRecord(row, kind, new_id()) for row in rows]
        for one in planned:
            self._link(one, of)
        for certain in (True, False):
            for one in planned:
                if one.duplicate_of is None:
                    self._find(one, of, stored, loose, certain=certain)
        for one in planned:
            self._settle(one, of, stored)
        if kind == "facilities":
            for one in planned:
                credit = stored.by_key.get(one.row.refers.get("credit_key") or "")
                if credit:
                    one.links["credit_id"] = credit
        self.known.out.records.extend(planned)

    def _load(self, of: AfterKind, stored: Known) -> dict[object, list[tuple[str, object]]]:
        """Read the stored records, and return them without their day too."""
        table, loose = of.model.__table__, dict[object, list[tuple[str, object]]]()
        names = (*of.same, of.day, *of.traits)
        query = select(table.c.id, *(table.c[name] for name in names))
        query = query.where(table.c.deleted.isnot(True)).order_by(table.c.id)
        for one, *values in self.known.session.execute(query):
            same, day = _same(values[: len(of.same)]), values[len(of.same)]
            stored.add(one, (same, day), values[len(of.same) + 1 :])
            loose.setdefault(same, []).append((one, day))
            if of.model is Approval:
                self.approvals.setdefault(same, []).append(one)
        return loose

    def _find(
        self,
        one: PlannedRecord,
        of: AfterKind,
        stored: Known,
        loose: dict[object, list[tuple[str, object]]],
        *,
        certain: bool,
    ) -> None:
        """Find the record that a row is: by its key or in all that tells it, else but for a day."""
        values = {**one.row.record, **one.links}
        key, day = one.row.refers.get("key") or "", values.get(of.day)
        same = _same([values.get(name) for name in of.same])
        if certain:
            known = stored.by_key.get(key)
            if not stored.free(known):
                known = stored.by_name((same, day), [values.get(name) for name in of.traits])
        elif of.needs_lead and not key:
            # A ledger filled in by hand may know a day that the record lacks, or lack it.
            found = loose.get(same, ())
            known = next(
                (i for i, on in found if stored.free(i) and (on is None or day is None)), None
            )
        else:
            known = None
        if known is not None and stored.free(known):
            one.duplicate_of = stored.take(known, key)

    def _settle(self, one: PlannedRecord, of: AfterKind, stored: Known) -> None:
        """Make a new record findable by those that refer to it, or leave its row out."""
        key = one.row.refers.get("key")
        if one.duplicate_of is None:
            if of.needs_lead and "lead_id" not in one.links:
                one.action = "skip"
                return
            values = {**one.row.record, **one.links}
            same = _same([values.get(name) for name in of.same])
            # Rows below may name it, but none is taken for it.
            stored.add(one.record_id, (same, values.get(of.day)))
            stored.take(one.record_id, key)
            if of.model is Approval:
                self.approvals.setdefault(same, []).append(one.record_id)
        for name in ("owner", "member"):
            if one.row.refers.get(name):
                self.known.out.members.setdefault(one.row.refers[name], new_id())

    def _link(self, one: PlannedRecord, of: AfterKind) -> None:
        """Join a row to its project, company and whatever else it names; tell what is unknown."""
        row, refers, table = one.row, one.row.refers, of.model.__table__
        lead = self._lead(row, needed=of.needs_lead)
        if lead is not None:
            one.links["lead_id"] = lead
            one.project = self.shown.get(lead, "")
        if "company_id" in table.c:
            company = self.known.companies.by_key.get(refers.get("company_key") or "")
            if company is None and row.company and (refers.get("company_key") or lead is None):
                company = self._company(row)
                if company is None:
                    self._unknown(row, "name", _called(row), "record_unknown")
            company = company or (None if refers.get("key") else self.company_of.get(lead or ""))
            if company is not None:
                one.links["company_id"] = company
        for name, known in self.named.items():
            if f"{name}_id" in table.c and (refers.get(name) or refers.get(f"{name}_key")):
                there = known.by_key.get(refers.get(f"{name}_key") or "")
                there = there or known.any_by_name(_plain(refers.get(name)))
                if there is not None:
                    one.links[f"{name}_id"] = there
                elif refers.get(name):
                    self._unknown(row, name, refers[name], "record_unknown")
        if "approval_id" in table.c:
            self._approval(one, lead)

    def _approval(self, one: PlannedRecord, lead: str | None) -> None:
        """Join a service to its approval: by key, else by the title within its project."""
        refers, stored = one.row.refers, self.stored["approvals"]
        found = stored.by_key.get(refers.get("approval_key") or "")
        if found is None and refers.get("approval"):
            wanted = _same([lead, refers["approval"]])
            there = self.approvals.get(wanted, [])
            found = there[0] if len(there) == 1 else None
            if found is None:
                self._unknown(one.row, "approval", refers["approval"], "record_unknown")
        if found is not None:
            one.links["approval_id"] = found

    def _lead(self, row: OwnRow, *, needed: bool) -> str | None:
        """Return the project of a row: by key, by company and title, else by either alone."""
        refers, title = row.refers, row.refers.get("lead_title") or ""
        known = self.known.leads.by_key.get(refers.get("lead_key") or "")
        if known is not None:
            return known
        if not title and not needed:
            return None
        known = self.known.leads.any_by_name((names_of(row.company), title))
        several = False
        if known is None:
            known, several = self._similar(row, title)
        if known is None:
            key = "project_several" if several else "project_unknown"
            # The own key of a row tells the record even where its project is gone.
            if not (needed and refers.get("lead_key") and not title):
                self._unknown(row, "lead_title", _called(row) or "—", key, keep=not needed)
        return known

    def _similar(self, row: OwnRow, title: str) -> tuple[str | None, bool]:
        """Return the one project that company or title mean, and whether several may be meant."""
        of_title = self.by_title.get(_plain(title), []) if title else []
        if row.company:
            match = self.known.index.best(
                facts_of("", None, row.company, {"title": title or None}, owner=None)
            )
            if match is not None and match.verdict != "possible":
                theirs = self.of_company.get(match.facts.company_id, [])
                both = [one for one in of_title if one in theirs]
                if len(both) == 1:
                    return both[0], False
                if len(theirs) == 1:
                    return theirs[0], False
                return None, bool(theirs)
        if len(of_title) == 1:
            return of_title[0], False
        if of_title or row.company or not title:
            return None, bool(of_title)
        # Such ledgers call a project by its company's name.
        match = self.known.index.best(facts_of("", None, {"name": title}, {}, owner=None))
        theirs = self.of_company.get(match.facts.company_id, []) if match else []
        if match is None or match.verdict == "possible":
            return None, False
        return (theirs[0], False) if len(theirs) == 1 else (None, bool(theirs))

    def _company(self, row: OwnRow) -> str | None:
        """Return the company of a row by its names."""
        found = self.known.companies.any_by_name(names_of(row.company))
        if found is not None:
            return found
        match = self.known.index.best(facts_of("", None, row.company, {}, owner=None))
        return match.facts.company_id if match and match.verdict != "possible" else None

    def _unknown(self, row: OwnRow, name: str, text: str, key: str, *, keep: bool = True) -> None:
        """Tell of a record that is not here, and keep its name in the notes."""
        label = row.labels.get(name) or row.labels.get("name", "")
        if keep:
            row.notes.append(f"{label}：{text}" if label else text)
        row.problems.append(Problem(row.sheet, row.row, label, text, key))


def _named(session: Session, model: type[Base], column: str) -> Known:
    """Return the records of a table by id and by name."""
    known, table = Known(), model.__table__
    query = select(table.c.id, table.c[column]).where(table.c.deleted.isnot(True))
    for one, name in session.execute(query.order_by(table.c.id)):
        known.add(one, _plain(name))
    return known


def _plain(text: object) -> str:
    """Return a name as it is compared."""
    return " ".join(str(text or "").casefold().split())


def _same(values: Iterable[object]) -> tuple[object, ...]:
    """Return what tells a record, its texts as they are compared."""
    return tuple(_plain(v) if isinstance(v, str) else v for v in values)


def _called(row: OwnRow) -> str:
    """Return how a row calls its project."""
    names = (row.company.get("name"), row.company.get("name_zh"), row.refers.get("lead_title"))
    return "·".join(dict.fromkeys(str(name) for name in names if name))
