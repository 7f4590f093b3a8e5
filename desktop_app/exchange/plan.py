"""Plans an import: what each row would make of the workspace; nothing is written yet."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import Company, Contact, Lead, Member, new_id
from desktop_app.domain.errors import DeskError
from desktop_app.exchange.after_headings import HEADINGS
from desktop_app.exchange.after_read import read_after_rows
from desktop_app.exchange.duplicates import Facts, NameIndex, facts_of
from desktop_app.exchange.ledger_read import RawTable, read_tables
from desktop_app.exchange.ledger_row import LedgerRow, Problem
from desktop_app.exchange.mapping import Mapping
from desktop_app.exchange.mapping_guess import guess_mapping
from desktop_app.exchange.own_after import PlannedRecord, plan_after
from desktop_app.exchange.own_follow_ups import PlannedFollowUp, plan_follow_ups
from desktop_app.exchange.own_plan import OwnPlanner, plan_own
from desktop_app.exchange.own_read import OwnRow, read_own_rows
from desktop_app.exchange.rows import read_rows
from desktop_app.i18n import t, word

# Sheets that belong to those of another kind.
_PARTS = (("leads", "stages"), ("approvals", "approval-services"))
Action = Literal["new", "merge", "skip"]
Progress = Callable[[int, int], None]


class Cancelled(Exception):  # noqa: N818 - a wish of the user, not an error
    """The user stopped the import; the caller's transaction is to be rolled back."""


@dataclass
class PlannedRow:
    """One row of the ledger and what becomes of it; ``action`` may be altered before applying.

    Args:
        row: what the row says.
        lead_id: the id its lead gets when it is made anew.
        company_id: the id of its company, old or new.
        new_company: whether a company is made for it.
        duplicate_of: the lead it is taken for: an id of the workspace or of a row above.
        duplicate_name: that lead's company, as shown to people.
        possible: names of companies it might be but is not taken for.
        action: ``new``, or for a duplicate ``merge`` or ``skip``.
    """

    row: LedgerRow
    lead_id: str
    company_id: str
    new_company: bool
    duplicate_of: str | None = None
    duplicate_name: str = ""
    possible: list[str] = field(default_factory=list)
    action: Action = "new"


@dataclass
class PlannedContact:
    """A person of a contact sheet, a card or a lead's row, and the company they are joined to."""

    row: LedgerRow
    contact_id: str
    company_id: str | None
    new_company: bool
    duplicate_of: str | None = None
    action: Action = "new"


@dataclass
class ImportPlan:
    """What an import would do, row by row."""

    rows: list[PlannedRow] = field(default_factory=list)
    contacts: list[PlannedContact] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    members: dict[str, str] = field(default_factory=dict)
    today: dt.date = field(default_factory=dt.date.today)
    # What our own ledgers hold besides: events by name, stages of new leads, follow-ups.
    events: dict[str, str] = field(default_factory=dict)
    stages: dict[str, list[OwnRow]] = field(default_factory=dict)
    follow_ups: list[PlannedFollowUp] = field(default_factory=list)
    records: list[PlannedRecord] = field(default_factory=list)

    @property
    def duplicates(self) -> list[PlannedRow]:
        """Return the rows that are taken for leads already known."""
        return [row for row in self.rows if row.duplicate_of is not None]

    def decide(self, action: Action) -> None:
        """Do the same with every duplicate."""
        for row in self.duplicates:
            row.action = action
        for person in self.contacts:
            if person.duplicate_of is not None:
                person.action = action
        others: list[PlannedFollowUp | PlannedRecord] = [*self.follow_ups, *self.records]
        for one in others:
            if one.duplicate_of is not None:
                # A second copy of what somebody is to do helps nobody.
                one.action = "skip" if action == "skip" else "merge"


def open_ledger(path: Path, today: dt.date) -> list[tuple[RawTable, Mapping]]:
    """Return the tables of a file that are understood, each with how it would be read.

    Raises:
        DeskError: the file cannot be read, or no table in it has headings that are recognised.
    """
    tables = []
    for table in read_tables(path):
        mapping = guess_mapping(table, today)
        if mapping is not None:
            tables.append((table, mapping))
    if not tables:
        raise DeskError("import_no_headings", file=path.name)
    return tables


def plan_import(
    session: Session,
    tables: Sequence[tuple[RawTable, Mapping]],
    *,
    today: dt.date,
    duplicates: Action = "merge",
    kind: str | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportPlan:
    """Return what importing some tables would do.

    Args:
        session: only read from.
        tables: the tables and how they are to be read.
        today: the day by which days without a year are understood.
        duplicates: what is to be done with rows that are already known.
        kind: ``leads``, ``contacts``, ``follow-ups``, ``cases`` or ``approvals`` to import only
            such tables; all if None.
        progress: called with rows read and rows in all.
        cancelled: asked now and then whether to stop.

    Raises:
        Cancelled: ``cancelled`` said so.
        DeskError: follow-ups, cases or approvals are wanted and there are none.
    """
    return _Planner(session, today, progress, cancelled).plan(tables, duplicates, kind)


class _Planner:
    """Holds what is known of the workspace and of the rows above while a plan is made."""

    def __init__(
        self,
        session: Session,
        today: dt.date,
        progress: Progress | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self.session = session
        self.out = ImportPlan(today=today)
        self.progress = progress
        self.cancelled = cancelled
        self.done = self.total = 0
        self.index = NameIndex()
        self.people: dict[tuple[str, str], str] = {}
        self.shown: dict[str, str] = {}

    def plan(
        self, tables: Sequence[tuple[RawTable, Mapping]], duplicates: Action, kind: str | None
    ) -> ImportPlan:
        """Read every table, leads first, so that contacts find their companies."""
        wanted = [(x, m) for x, m in tables if kind in (None, m.kind) or (kind, m.kind) in _PARTS]
        if not wanted and kind == "follow-ups":
            raise DeskError("import_no_follow_ups")
        if not wanted and kind == "contacts":
            # A ledger of leads that names people: only the people are wanted.
            people = [(x, m) for x, m in tables if m.column_of("contact_name") is not None]
            wanted = [(x, replace(m, kind="contacts")) for x, m in people]
        if not wanted and kind is not None and _is_other(kind, tables):
            found = list(dict.fromkeys(word("kind", m.kind) for _, m in tables))
            raise DeskError(
                "import_other_kind",
                kind=word("kind", kind),
                found=t("common.list_separator").join(found),
            )
        wanted = sorted(wanted or tables, key=lambda pair: pair[1].kind == "contacts")
        self.total = sum(len(table.rows) - m.first_row for table, m in wanted) * 2
        self._load()
        self._plan_own(wanted)
        for table, mapping in wanted:
            if mapping.own or mapping.kind in HEADINGS:
                continue
            read = read_rows(table, mapping, self.out.today, self._step)
            self.out.problems.extend(read.unread)
            for row in read.rows:
                self._step()
                self.out.problems.extend(row.problems)
                if row.kind == "contacts":
                    self._plan_contact(row)
                else:
                    self._plan_lead(row)
        self.out.problems.sort(key=lambda p: (p.sheet, p.row))
        self.out.decide(duplicates)
        if self.progress is not None:
            self.progress(self.total, self.total)
        return self.out

    def _plan_own(self, wanted: Sequence[tuple[RawTable, Mapping]]) -> None:
        """Plan the tables of our own ledgers together, as they refer to one another."""
        own: dict[str, list[OwnRow]] = {}
        for table, mapping in wanted:
            if mapping.own:
                rows = read_own_rows(table, mapping, self.out.today, self._step)
                own.setdefault(mapping.kind, []).extend(rows)
            elif mapping.kind in HEADINGS:
                rows = read_after_rows(table, mapping, self.out.today, self._step)
                own.setdefault(mapping.kind, []).extend(rows)
        if own:
            planner = OwnPlanner(self.session, self.out, self.index, self.shown)
            plan_own(planner, own, plan_follow_ups, plan_after)

    def _step(self) -> None:
        """Count a row, and now and then tell of it and look whether to stop."""
        self.done += 1
        if self.done % 200:
            return
        if self.cancelled is not None and self.cancelled():
            raise Cancelled
        if self.progress is not None:
            self.progress(min(self.done, self.total), self.total)

    def _load(self) -> None:
        """Read the companies, leads, people and members of the workspace."""
        members = select(Member.id, Member.name).where(Member.deleted.isnot(True))
        names: dict[str, str] = {}
        for member_id, name in self.session.execute(members):
            if name:
                names[member_id] = name
                self.out.members.setdefault(name, member_id)
        emails: dict[str, str] = {}
        contacts = select(Contact.id, Contact.company_id, Contact.name, Contact.email).where(
            Contact.deleted.isnot(True)
        )
        for contact_id, company_id, name, email in self.session.execute(contacts):
            for key in _person_keys(name, email):
                self.people[(company_id or "", key)] = contact_id
            if email and company_id:
                emails.setdefault(company_id, email)
        self._load_leads(names, emails)

    def _load_leads(self, names: dict[str, str], emails: dict[str, str]) -> None:
        """Read the leads with their companies, then companies without a lead."""
        lead_columns = ("title", "first_reported_on", "amount_minor", "currency")
        company_columns = ("name", "name_zh", "country", "city")
        query = (
            select(
                Company.id,
                Lead.id,
                Lead.owner_id,
                *(getattr(Company, c) for c in company_columns),
                *(getattr(Lead, c) for c in lead_columns),
            )
            .outerjoin(Lead, (Lead.company_id == Company.id) & Lead.deleted.isnot(True))
            .where(Company.deleted.isnot(True))
        )
        for company_id, lead_id, owner_id, *values in self.session.execute(query):
            company = dict(zip(company_columns, values[:4], strict=True))
            lead = dict(zip(lead_columns, values[4:], strict=True))
            if lead["title"] in (company["name"], company["name_zh"]):
                lead["title"] = None
            self.shown[lead_id or company_id] = company["name"] or company["name_zh"] or ""
            self.index.add(
                facts_of(
                    company_id,
                    lead_id,
                    company,
                    lead,
                    owner=names.get(owner_id),
                    email=emails.get(company_id),
                    stored=True,
                )
            )

    def _plan_lead(self, row: LedgerRow) -> None:
        """Decide what becomes of a row of a lead."""
        email = row.contact.get("email")
        facts = facts_of(
            new_id(),
            new_id(),
            row.company,
            row.lead,
            owner=row.owner,
            email=str(email) if email else None,
        )
        planned = PlannedRow(row, facts.lead_id or "", facts.company_id, new_company=bool(
            row.company.get("name")
        ))  # fmt: skip
        match = self.index.best(facts)
        if match is not None:
            found = match.facts
            if match.verdict == "same" and found.lead_id is not None:
                planned.duplicate_of = found.lead_id
                planned.duplicate_name = self.shown.get(found.lead_id, "")
            if match.verdict in ("same", "company"):
                planned.company_id, planned.new_company = found.company_id, False
            else:
                known = self.shown.get(found.lead_id or found.company_id, "")
                planned.possible.append(known)
        self.shown[planned.lead_id] = row.name
        self.out.rows.append(planned)
        if planned.duplicate_of is None:
            self._remember(facts, planned)
        self._members(row)
        if row.contact.get("name"):
            self._add_contact(row, planned.company_id, new_company=False)

    def _remember(self, facts: Facts, planned: PlannedRow) -> None:
        """Make a new lead findable by the rows below."""
        if facts.company_id != planned.company_id:
            values = {**facts.__dict__, "company_id": planned.company_id}
            facts = Facts(**values)
        self.index.add(facts)

    def _members(self, row: LedgerRow) -> None:
        """Give an id to every person of the team that the ledger names for the first time."""
        for name in (row.owner, row.reporter):
            if name and name not in self.out.members:
                self.out.members[name] = new_id()

    def _plan_contact(self, row: LedgerRow) -> None:
        """Join a person to their company by its name, and make the company if it is unknown."""
        if not row.company.get("name"):
            self._add_contact(row, None, new_company=False)
            return
        email = str(row.contact.get("email") or "") or None
        facts = facts_of(new_id(), None, row.company, {}, owner=None, email=email)
        match = self.index.best(facts)
        if match is not None and match.verdict != "possible":
            self._add_contact(row, match.facts.company_id, new_company=False)
            return
        self.shown[facts.company_id] = row.name
        self.index.add(facts)
        self._add_contact(row, facts.company_id, new_company=True)

    def _add_contact(self, row: LedgerRow, company_id: str | None, *, new_company: bool) -> None:
        """Plan a person, unless the same one at the same company is known."""
        planned = PlannedContact(row, new_id(), company_id, new_company)
        name, email = row.contact.get("name"), row.contact.get("email")
        keys = _person_keys(str(name) if name else None, str(email) if email else None)
        for key in keys:
            known = self.people.get((company_id or "", key))
            if known is not None:
                planned.duplicate_of = known
                break
        for key in keys:
            self.people.setdefault(
                (company_id or "", key), planned.duplicate_of or planned.contact_id
            )
        self.out.contacts.append(planned)


def _is_other(kind: str, tables: Sequence[tuple[RawTable, Mapping]]) -> bool:
    """Say whether no table can be taken for the kind: leads and people name each other."""
    near = ("leads", "contacts")
    return kind not in near or not any(m.kind in near for _, m in tables)


def _person_keys(name: str | None, email: str | None) -> list[str]:
    """Return by what a person at a company is known: the address first, then the name."""
    keys = [f"@{email.casefold()}"] if email else []
    if name:
        keys.append(" ".join(name.casefold().split()))
    return keys
