"""Collects the rows of every table that an import touches, then writes them in bulk."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from desktop_app.db.models import (
    Base,
    Company,
    Contact,
    Event,
    FollowUp,
    Lead,
    LeadStage,
    Member,
    new_id,
)
from desktop_app.domain.gates import STAGE_DAYS
from desktop_app.domain.words import FollowUpStatus, Stage
from desktop_app.exchange import own_writer
from desktop_app.exchange.ledger_row import LedgerRow
from desktop_app.exchange.own_after import KINDS
from desktop_app.exchange.own_read import OwnRow
from desktop_app.exchange.own_writer import AFTER, MERGED
from desktop_app.exchange.plan import (
    Cancelled,
    ImportPlan,
    PlannedContact,
    PlannedRow,
    Progress,
)
from desktop_app.i18n import t

_CHUNK = 500
_T = TypeVar("_T")
# Where a merged row says something else, its words are kept; these say nothing of their own.
_NOT_TOLD = frozenset(("number", "company", "company_zh", "company_en", "contact_name", "email"))
_COLUMN_OF = {
    "amount": "amount_minor",
    "revenue": "revenue_minor",
    "output": "output_minor",
    "tax": "tax_minor",
    "registered_capital": "registered_capital_minor",
    "land": "land_m2",
    "plant": "plant_m2",
    "energy": "energy_tce",
    "foreign_share": "foreign_share_percent",
    "source": "source_detail",
}


class Writer:
    """Collects the rows of every table, then inserts them in bulk."""

    def __init__(
        self,
        session: Session,
        plan: ImportPlan,
        progress: Progress | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self.session = session
        self.plan = plan
        self.progress = progress
        self.cancelled = cancelled
        models: list[type[Base]] = [Member, Company, Event, Lead, LeadStage, Contact, FollowUp]
        self.new: dict[type[Base], dict[str, dict[str, object]]] = {
            model: {} for model in (*models, *AFTER)
        }
        self.changed: dict[type[Base], dict[str, dict[str, object]]] = {m: {} for m in MERGED}
        self.stored: dict[type[Base], dict[str, dict[str, object]]] = {m: {} for m in MERGED}
        self.leads: dict[str, str] = {}

    def write(self) -> None:
        """Prepare all rows, then write them table by table."""
        self._load_targets()
        for planned in self.plan.rows:
            self._check()
            if planned.action == "new":
                self._new_lead(planned)
            elif planned.action == "merge":
                self._merge_lead(planned)
        for person in self.plan.contacts:
            self._contact(person)
        touched: set[str] = set()
        for one in self.plan.follow_ups:
            touched |= own_writer.follow_up(self, one)
        for record in self.plan.records:
            own_writer.after_record(self, record)
        self._drop_unused_members()
        self._insert()
        self._update()
        own_writer.keep_next(self, touched)

    def _check(self) -> None:
        """Stop if the user wants to."""
        if self.cancelled is not None and self.cancelled():
            raise Cancelled

    def _load_targets(self) -> None:
        """Read the stored records that rows are merged into."""
        leads = {p.duplicate_of for p in self.plan.rows if p.duplicate_of}
        self._load(Lead, leads)
        companies = {p.company_id for p in self.plan.rows if not p.new_company}
        companies |= {str(lead["company_id"]) for lead in self.stored[Lead].values()}
        companies |= {c.company_id for c in self.plan.contacts if c.company_id}
        self._load(Company, companies)
        self._load(Contact, {c.duplicate_of for c in self.plan.contacts if c.duplicate_of})
        self._load(FollowUp, {f.duplicate_of for f in self.plan.follow_ups if f.duplicate_of})
        for kind, of in KINDS.items():
            known = {r.duplicate_of for r in self.plan.records if r.kind == kind}
            self._load(of.model, {one for one in known if one})
        events = select(Event.id, Event.name).where(Event.deleted.isnot(True))
        self.known_events = dict(self.session.execute(events).all())
        members = select(Member.id, Member.name).where(Member.deleted.isnot(True))
        self.known_members = dict(self.session.execute(members).all())

    def _load(self, model: type[Base], ids: set[str]) -> None:
        """Read whole rows by id."""
        table = model.__table__
        for chunk in _chunks(sorted(ids)):
            for row in self.session.execute(select(table).where(table.c.id.in_(chunk))).mappings():
                self.stored[model][row["id"]] = dict(row)

    def _new_lead(self, planned: PlannedRow) -> None:
        """Prepare a lead with its company, the stages it reached and its next follow-up."""
        row = planned.row
        if isinstance(row, OwnRow):
            own_writer.new_lead(self, planned, row)
            return
        company_id = self._company(planned)
        lead = {k: v for k, v in row.lead.items() if v is not None}
        lead.setdefault("title", row.company.get("name_zh") or row.company.get("name"))
        lead.update(company_id=company_id, **self._people(row))
        if row.notes:
            lead["notes"] = "\n".join(row.notes)
        self.new[Lead][planned.lead_id] = lead
        self.leads[planned.lead_id] = planned.lead_id
        self.reached(planned.lead_id, lead)
        self._follow_up(planned.lead_id, company_id, row, lead)

    def _company(self, planned: PlannedRow) -> str | None:
        """Prepare the company of a row, or fill what is still empty in a known one."""
        row = planned.row
        if not row.company.get("name"):
            return None
        company_id = planned.company_id
        known = self.record(Company, company_id)
        if known is None:
            self.new[Company][company_id] = {k: v for k, v in row.company.items() if v is not None}
            chain = row.lead.get("chain")
            if chain:
                self.new[Company][company_id].setdefault("chain", chain)
            return company_id
        told = self.fill(Company, company_id, known, row.company)
        self._told_otherwise(row, told)
        return company_id

    def _people(self, row: LedgerRow) -> dict[str, object]:
        """Return the ids of owner and first reporter, members that are new made so."""
        ids: dict[str, object] = {}
        for column, name in (("owner_id", row.owner), ("first_reporter_id", row.reporter)):
            if name:
                ids[column] = self.member(name)
        return ids

    def member(self, name: str, there: object = None) -> str:
        """Return a member's id, and prepare the member if it is new.

        Args:
            name: as the ledger has it.
            there: the member in this place so far, who of several of one name is then meant.
        """
        if isinstance(there, str) and self.known_members.get(there) == name:
            return there
        member_id = self.plan.members[name]
        if member_id not in self.known_members and member_id not in self.new[Member]:
            self.new[Member][member_id] = {"name": name, "active": True}
        return member_id

    def _drop_unused_members(self) -> None:
        """Forget ids of people whom only skipped rows name."""
        used = {*self.known_members, *self.new[Member]}
        self.plan.members = {n: m for n, m in self.plan.members.items() if m in used}

    def reached(self, lead_id: str, lead: dict[str, object]) -> None:
        """Prepare the stages a lead is known to have reached, with their days where known."""
        days: dict[str, object] = {Stage.LEAD.value: lead.get("first_reported_on")}
        for stage, column in STAGE_DAYS.items():
            if lead.get(column):
                days[stage.value] = lead[column]
        days.setdefault(str(lead["stage"]), None)
        for reached, on in days.items():
            values: dict[str, object] = {"lead_id": lead_id, "stage": reached, "reached_on": on}
            self.new[LeadStage][new_id()] = {**values, "member_id": lead.get("owner_id")}

    def _follow_up(
        self, lead_id: str, company_id: str | None, row: LedgerRow, lead: dict[str, object]
    ) -> None:
        """Prepare the follow-up that a ledger's next date stands for."""
        if not lead.get("next_on"):
            return
        self.new[FollowUp][new_id()] = {
            "title": row.next_step or t("import.follow_up_title"),
            "status": FollowUpStatus.OPEN.value,
            "due_on": lead["next_on"],
            "owner_id": lead.get("owner_id"),
            "lead_id": lead_id,
            "company_id": company_id,
        }

    def _merge_lead(self, planned: PlannedRow) -> None:
        """Fill what is empty in the lead a row is taken for; the rest goes to its notes."""
        row = planned.row
        target = self._target(planned)
        known = self.record(Lead, target)
        if known is None:
            # The row it repeats is not imported: it is then the one to be.
            planned.action = "new"
            self._new_lead(planned)
            return
        self.leads[planned.lead_id] = target
        if isinstance(row, OwnRow):
            own_writer.merge_lead(self, target, known, row)
            return
        values = {**row.lead, **self._people(row)}
        values.pop("status", None)
        if known.get("amount_minor") is not None:
            # An amount and its currency are one.
            values.pop("currency", None)
        had_next = known.get("next_on")
        told = self.fill(Lead, target, known, values)
        company_id = str(known.get("company_id") or "") or None
        company = self.record(Company, company_id) if company_id else None
        if company is not None and company_id is not None:
            told |= self.fill(Company, company_id, company, row.company)
        if not had_next and known.get("next_on"):
            self._follow_up(target, company_id, row, {**known, "owner_id": known.get("owner_id")})
        lines = [*row.notes, *self._lines(row, told)]
        self.add_notes(Lead, target, known, lines)

    def _target(self, planned: PlannedRow) -> str:
        """Return the lead a row is merged into, through rows that were merged themselves."""
        wanted = planned.duplicate_of or ""
        return self.leads.get(wanted, wanted)

    def record(self, model: type[Base], record_id: str | None) -> dict[str, object] | None:
        """Return the columns of a record that is stored or about to be."""
        if record_id is None:
            return None
        return self.new[model].get(record_id) or self.stored[model].get(record_id)

    def fill(
        self,
        model: type[Base],
        record_id: str,
        known: dict[str, object],
        values: dict[str, object],
    ) -> set[str]:
        """Set the columns that are still empty; return those that say something else."""
        other = set()
        for column, value in values.items():
            if value is None:
                continue
            if known.get(column) is None:
                self.put(model, record_id, known, column, value)
            elif known[column] != value:
                other.add(column)
        return other

    def put(
        self,
        model: type[Base],
        record_id: str,
        known: dict[str, object],
        column: str,
        value: object,
    ) -> None:
        """Set one column of a record, stored or about to be."""
        known[column] = value
        if record_id not in self.new[model]:
            self.changed[model].setdefault(record_id, {})[column] = value

    def _lines(self, row: LedgerRow, columns: set[str]) -> list[str]:
        """Return what a row says otherwise than the record, as written in the ledger."""
        people = {"owner": "owner_id", "first_reporter": "first_reporter_id"}
        lines = []
        for name, (label, text) in row.raw.items():
            column = _COLUMN_OF.get(name, people.get(name, name))
            if name not in _NOT_TOLD and column in columns:
                lines.append(f"{label}：{text}")
        return lines

    def _told_otherwise(self, row: LedgerRow, columns: set[str]) -> None:
        """Keep what a new lead's row says of a known company otherwise, in the lead's notes."""
        for line in self._lines(row, columns):
            if line not in row.notes:
                row.notes.append(line)

    def add_notes(
        self, model: type[Base], record_id: str, known: dict[str, object], lines: list[str]
    ) -> None:
        """Append lines to a record's notes that do not stand there yet."""
        notes = str(known.get("notes") or "")
        fresh = [line for line in dict.fromkeys(lines) if line and line not in notes]
        if fresh:
            joined = "\n".join(p for p in (notes, *fresh) if p)
            self.put(model, record_id, known, "notes", joined)

    def _contact(self, person: PlannedContact) -> None:
        """Prepare a person, or fill what is empty in the one already known."""
        row = person.row
        if isinstance(row, OwnRow):
            own_writer.contact(self, person, row)
            return
        values = {k: v for k, v in row.contact.items() if v}
        own_notes = row.notes if row.kind == "contacts" else []
        if person.duplicate_of is not None and person.action == "merge":
            known = self.record(Contact, person.duplicate_of)
            if known is not None:
                self.fill(Contact, person.duplicate_of, known, values)
                self.add_notes(Contact, person.duplicate_of, known, own_notes)
                return
        if person.action == "skip" or self._row_skipped(person):
            return
        company_id = person.company_id
        if company_id is not None and self.record(Company, company_id) is None:
            self.new[Company][company_id] = {k: v for k, v in row.company.items() if v is not None}
        if company_id is not None:
            values["company_id"] = company_id
        if own_notes:
            values["notes"] = "\n".join(own_notes)
        self.new[Contact][person.contact_id] = values

    def _row_skipped(self, person: PlannedContact) -> bool:
        """Return whether the person stands in a lead's row that made no company."""
        if person.row.kind == "contacts" or person.company_id is None:
            return False
        return self.record(Company, person.company_id) is None

    def _insert(self) -> None:
        """Insert the new rows, those first that others refer to."""
        total = sum(len(rows) for rows in self.new.values())
        done = 0
        for model, rows in self.new.items():
            # Every row of one statement names the same columns.
            columns = sorted({c for row in rows.values() for c in row})
            for chunk in _chunks(list(rows.items())):
                self._check()
                values = [{"id": i, **dict.fromkeys(columns), **row} for i, row in chunk]
                self.session.execute(insert(model), values)
                done += len(chunk)
                if self.progress is not None:
                    self.progress(done, total)

    def _update(self) -> None:
        """Write what merges filled in."""
        for model, rows in self.changed.items():
            for chunk in _chunks(list(rows.items())):
                self._check()
                self.session.execute(update(model), [{"id": i, **row} for i, row in chunk])


def _chunks(items: list[_T]) -> Iterator[list[_T]]:
    """Yield a list in pieces that one statement takes."""
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
