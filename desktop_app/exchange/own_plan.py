"""Plans the import of our own ledgers: records are known by their keys, else by their names."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import Base, Company, Contact, Event, Lead, new_id
from desktop_app.exchange.duplicates import NameIndex, facts_of
from desktop_app.exchange.own_read import OwnRow

if TYPE_CHECKING:
    from desktop_app.exchange.plan import ImportPlan

_Names = tuple[str, str]


# What tells records of one name apart.
_COMPANY_TRAITS = ("country", "city", "address", "phone", "email", "website")
_LEAD_TRAITS = ("first_reported_on", "amount_minor", "stage", "chain", "source", "notes")
_CONTACT_TRAITS = ("email", "phone", "mobile", "wechat", "title", "notes")


def names_of(values: dict[str, object]) -> _Names:
    """Return by what a company is known where no key tells."""
    name, zh = (str(values.get(n) or "").strip().casefold() for n in ("name", "name_zh"))
    return name, zh


class Known:
    """Records that rows may be: by key, by name, and each only once in one file."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.by_key: dict[str, str] = {}
        self._by_name: dict[object, list[str]] = {}
        self._traits: dict[str, tuple[object, ...]] = {}
        self._taken: set[str] = set()

    def add(self, record_id: str, name: object, traits: Iterable[object] = ()) -> None:
        """Make a stored record findable; its traits tell it from others of its name."""
        self._traits[record_id] = tuple(traits)
        self.by_key[record_id] = record_id
        self._by_name.setdefault(name, []).append(record_id)

    def free(self, record_id: str | None) -> bool:
        """Say whether no row has been found to be this record yet."""
        return record_id is not None and record_id not in self._taken

    def take(self, record_id: str, key: str | None) -> str:
        """Keep that a row is this record, whose key is another one in the file's workspace."""
        self._taken.add(record_id)
        if key:
            self.by_key[key] = record_id
        return record_id

    def by_name(self, name: object, traits: Iterable[object] = ()) -> str | None:
        """Return the record of a name that no row is yet, the one most alike of several."""
        own = tuple(traits)

        def alike(record_id: str) -> int:
            theirs = self._traits.get(record_id, ())
            return sum(1 for a, b in zip(own, theirs, strict=False) if a is not None and a == b)

        free = [one for one in self._by_name.get(name, ()) if self.free(one)]
        return max(free, key=alike, default=None)

    def any_by_name(self, name: object) -> str | None:
        """Return the only record of a name, or None where there is none or several."""
        found = self._by_name.get(name, [])
        return found[0] if len(found) == 1 else None


class OwnPlanner:
    """Decides what becomes of the rows of one file of ours."""

    def __init__(
        self, session: Session, out: "ImportPlan", index: NameIndex, shown: dict[str, str]
    ) -> None:
        """Read what is known.

        Args:
            session: only read from.
            out: the plan to add to.
            index: the stored records, for rows whose names are only similar.
            shown: names of stored leads by id.
        """
        self.session, self.out, self.index, self.shown = session, out, index, shown
        self.companies, self.leads, self.contacts = Known(), Known(), Known()
        self.people: set[tuple[str | None, str]] = set()
        self._new: set[str] = set()
        self._load()

    def _load(self) -> None:
        """Read companies, leads, people and events."""
        names: dict[str | None, _Names] = {}
        for one, name, zh, *traits in self._stored(Company, "name", "name_zh", *_COMPANY_TRAITS):
            names[one] = names_of({"name": name, "name_zh": zh})
            self.companies.add(one, names[one], traits)
        for one, company_id, title, *traits in self._stored(
            Lead, "company_id", "title", *_LEAD_TRAITS
        ):
            self.leads.add(one, (names.get(company_id, ("", "")), title or ""), traits)
        for one, company_id, name, zh, *traits in self._stored(
            Contact, "company_id", "name", "name_zh", *_CONTACT_TRAITS
        ):
            self.contacts.add(one, (company_id, _called(name, zh)), traits)
            self.people.add((company_id, _called(name, zh)))
        events = select(Event.name, Event.id).where(Event.deleted.isnot(True))
        for name, one in self.session.execute(events.order_by(Event.id.desc())):
            if name:
                self.out.events[name] = one

    def _stored(self, model: type[Base], *columns: str) -> Iterable[Any]:
        """Return the key and some columns of every living record, in the order of the keys."""
        table = model.__table__
        query = select(table.c.id, *(table.c[name] for name in columns))
        return self.session.execute(query.where(table.c.deleted.isnot(True)).order_by(table.c.id))

    def plan_leads(self, rows: list[OwnRow]) -> None:
        """Plan the rows of leads; those known for certain first, so that no other takes them."""
        from desktop_app.exchange.plan import PlannedRow

        found: dict[int, str | None] = {}
        for certain in (True, False):
            for number, row in enumerate(rows):
                if found.get(number) is None:
                    key = row.refers.get("key")
                    same = self._lead(row) if certain else self._similar(row)
                    found[number] = same and self.leads.take(same, key)
        for number, row in enumerate(rows):
            company_id, new = self.company(row)
            same = found[number]
            planned = PlannedRow(row, new_id(), company_id or new_id(), new)
            if same is not None:
                planned.duplicate_of, planned.duplicate_name = same, self.shown.get(same, "")
            elif row.refers.get("key"):
                self.leads.by_key[row.refers["key"]] = planned.lead_id
                self._new.add(planned.lead_id)
            self.out.rows.append(planned)
            self._members(row, ("owner", "first_reporter", "next_owner"))
            event = row.refers.get("event")
            if event:
                self.out.events.setdefault(event, new_id())

    def _lead(self, row: OwnRow) -> str | None:
        """Return the stored lead of a row's key, else of its company and title."""
        key = row.refers.get("key") or ""
        known = self.leads.by_key.get(key)
        if self.leads.free(known):
            return known
        title = str(row.lead.get("title") or "")
        return self.leads.by_name((names_of(row.company), title), _traits(row.lead, _LEAD_TRAITS))

    def _similar(self, row: OwnRow) -> str | None:
        """Return the stored lead that a row most probably is."""
        email = row.company.get("email")
        facts = facts_of("", None, row.company, row.lead, owner=row.owner, email=str(email or ""))
        match = self.index.best(facts)
        if match is None or match.verdict != "same" or not self.leads.free(match.facts.lead_id):
            return None
        return match.facts.lead_id

    def company(self, row: OwnRow) -> tuple[str | None, bool]:
        """Return the id of a row's company, and whether it is a new one."""
        key = row.refers.get("company_key")
        if key and key in self.companies.by_key:
            known = self.companies.by_key[key]
            return self.companies.take(known, key), known in self._new
        if not row.company.get("name") and not row.company.get("name_zh"):
            return None, False
        names = names_of(row.company)
        if key:
            found = self.companies.by_name(names, _traits(row.company, _COMPANY_TRAITS))
        else:
            found = self.companies.any_by_name(names)
        if found is None:
            facts = facts_of("", None, row.company, {}, owner=None)
            match = self.index.best(facts)
            if match is not None and match.verdict != "possible":
                free = self.companies.free(match.facts.company_id)
                found = match.facts.company_id if free or not key else None
        if found is not None:
            return self.companies.take(found, key), found in self._new
        made = new_id()
        self._new.add(made)
        self.companies.add(made, names)
        return self.companies.take(made, key), True

    def plan_contacts(self, rows: list[OwnRow]) -> None:
        """Plan the rows of people."""
        from desktop_app.exchange.plan import PlannedContact

        for row in rows:
            company_id, new = self.company(row)
            called = _called(row.contact.get("name"), row.contact.get("name_zh"))
            key = row.refers.get("key") or ""
            known = self.contacts.by_key.get(key)
            if not self.contacts.free(known):
                traits = _traits(row.contact, _CONTACT_TRAITS)
                known = self.contacts.by_name((company_id, called), traits)
            planned = PlannedContact(row, new_id(), company_id, new)
            if known is not None:
                planned.duplicate_of = self.contacts.take(known, key)
            else:
                self.contacts.by_key[key or planned.contact_id] = planned.contact_id
            self.people.add((company_id, called))
            self.out.contacts.append(planned)

    def plan_named(self) -> None:
        """Plan the people that rows of leads name and nobody knows yet."""
        from desktop_app.exchange.plan import PlannedContact

        for planned in self.out.rows:
            row = planned.row
            if not isinstance(row, OwnRow) or not row.refers.get("contact_name"):
                continue
            name = row.refers["contact_name"]
            if (planned.company_id, _called(name, None)) not in self.people:
                self.people.add((planned.company_id, _called(name, None)))
                row.contact["name"] = name
                if row.refers.get("contact_phone"):
                    row.contact["phone"] = row.refers["contact_phone"]
                self.out.contacts.append(PlannedContact(row, new_id(), planned.company_id, False))

    def plan_stages(self, rows: list[OwnRow]) -> None:
        """Plan the stages of leads that are new; what a known lead reached is its own history."""
        for row in rows:
            lead_id = self.leads.by_key.get(row.refers.get("lead_key") or "")
            if lead_id in self._new:
                self.out.stages.setdefault(str(lead_id), []).append(row)
                self._members(row, ("member",))

    def _members(self, row: OwnRow, names: Iterable[str]) -> None:
        """Give an id to every person of the team that a row names for the first time."""
        for name in names:
            if row.refers.get(name):
                self.out.members.setdefault(row.refers[name], new_id())


def _traits(values: dict[str, object], names: Iterable[str]) -> list[object]:
    """Return what a row says of some columns."""
    return [values.get(name) for name in names]


def _called(name: object, name_zh: object) -> str:
    """Return by what a person is known at a company."""
    return " ".join(str(name or name_zh or "").casefold().split())


def plan_own(
    planner: OwnPlanner,
    tables: dict[str, list[OwnRow]],
    follow_ups: Callable[[OwnPlanner, list[OwnRow]], None],
    after: Callable[[OwnPlanner, dict[str, list[OwnRow]]], None],
) -> None:
    """Plan the tables of a file of ours in the order in which they refer to one another."""
    planner.plan_leads(tables.get("leads", []))
    planner.plan_contacts(tables.get("contacts", []))
    planner.plan_named()
    planner.plan_stages(tables.get("stages", []))
    follow_ups(planner, tables.get("follow-ups", []))
    after(planner, tables)
    for rows in tables.values():
        for row in rows:
            planner.out.problems.extend(row.problems)
