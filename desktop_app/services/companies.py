"""Companies and contacts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.db.log_tables import search_key
from desktop_app.db.models import (
    CapitalReceipt,
    Company,
    Contact,
    EventCompany,
    Facility,
    Lead,
    Meeting,
)
from desktop_app.domain.errors import DeskError
from desktop_app.i18n import t
from desktop_app.services.lead_reading import files_of
from desktop_app.services.lead_rows import MANY
from desktop_app.services.lookup import assign, columns_of, require
from desktop_app.services.places import located

# What names a company, by the word under which it is told of before a company is deleted.
_USES = {
    "leads": Lead.company_id,
    "contacts": Contact.company_id,
    "meetings": Meeting.company_id,
    "facilities": Facility.company_id,
    "lent": Facility.bank_id,
    "receipts": CapitalReceipt.company_id,
    "events": EventCompany.company_id,
}


class CompanyRow(NamedTuple):
    """One company as lists show it."""

    id: str
    name: str
    name_zh: str
    kind: str
    country: str
    city: str
    chain: str
    website: str
    leads: int
    contacts: int
    key: str


class ContactRow(NamedTuple):
    """One contact as lists show it."""

    id: str
    name: str
    name_zh: str
    title: str
    company_id: str | None
    company: str
    company_zh: str
    country: str
    decision_role: str
    email: str
    phone: str
    mobile: str
    languages: str
    key: str


@dataclass(frozen=True)
class CompanyDetail:
    """All that a company's pane shows."""

    fields: dict[str, Any]
    contacts: list[dict[str, Any]]
    leads: list[dict[str, Any]]
    meetings: list[dict[str, Any]]
    files: list[dict[str, Any]]


@dataclass(frozen=True)
class ContactDetail:
    """All that a contact's pane shows."""

    fields: dict[str, Any]
    company: dict[str, Any]


def company_rows(session: Session, ids: Any = None) -> list[CompanyRow]:
    """Return the living companies by name; those of ``ids`` only, if given."""
    counts = []
    for model in (Lead, Contact):
        counted = (
            select(model.company_id, func.count().label("n"))
            .where(model.deleted.isnot(True))
            .group_by(model.company_id)
        )
        counts.append(counted.subquery())
    query = (
        select(
            Company.id, Company.name, Company.name_zh, Company.kind, Company.country, Company.city,
            Company.chain, Company.website, counts[0].c.n, counts[1].c.n, search_key.c.key,
        )
        .outerjoin(counts[0], counts[0].c.company_id == Company.id)
        .outerjoin(counts[1], counts[1].c.company_id == Company.id)
        .outerjoin(search_key, search_key.c.row == Company.id)
        .where(Company.deleted.isnot(True))
        .order_by(Company.name, Company.id)
    )  # fmt: skip
    if ids is not None:
        wanted = set(ids)
        if len(wanted) > MANY:
            return [row for row in company_rows(session) if row.id in wanted]
        query = query.where(Company.id.in_(wanted))
    return [
        CompanyRow._make((r[0], *(x or "" for x in r[1:8]), r[8] or 0, r[9] or 0, r[10] or ""))
        for r in session.execute(query)
    ]


def contact_rows(session: Session, ids: Any = None) -> list[ContactRow]:
    """Return the living contacts by name; those of ``ids`` only, if given."""
    own, theirs = search_key.alias(), search_key.alias()
    query = (
        select(
            Contact.id, Contact.name, Contact.name_zh, Contact.title, Contact.company_id,
            Company.name, Company.name_zh, Company.country, Contact.decision_role, Contact.email,
            Contact.phone, Contact.mobile, Contact.languages, own.c.key, theirs.c.key,
        )
        .outerjoin(Company, Company.id == Contact.company_id)
        .outerjoin(own, own.c.row == Contact.id)
        .outerjoin(theirs, theirs.c.row == Contact.company_id)
        .where(Contact.deleted.isnot(True))
        .order_by(Contact.name, Contact.id)
    )  # fmt: skip
    if ids is not None:
        wanted = set(ids)
        if len(wanted) > MANY:
            return [row for row in contact_rows(session) if row.id in wanted]
        query = query.where(Contact.id.in_(wanted))
    return [
        ContactRow._make(
            (
                *(r[0], r[1] or "", r[2] or "", r[3] or "", r[4]),
                *(x or "" for x in r[5:13]),
                f"{r[13] or ''}\n{r[14] or ''}",
            )
        )
        for r in session.execute(query)
    ]


def add_company(session: Session, **fields: Any) -> str:
    """Add a company and return its id; a known city gives its region and place on the map."""
    company = Company()
    assign(company, fields)
    if company.city and company.lat_e6 is None:
        assign(company, {**located(company.city, company.country), **fields})
    session.add(company)
    session.flush()
    return company.id


def update_company(session: Session, company_id: str, **fields: Any) -> None:
    """Set fields of a company; a new city gives its region and place on the map."""
    company = require(session, Company, company_id)
    assign(company, fields)
    if {"city", "country"} & set(fields) and "lat_e6" not in fields:
        unknown = {"region": None, "lat_e6": None, "lon_e6": None}
        assign(company, {**unknown, **located(company.city, company.country), **fields})
    session.flush()


def uses_of(session: Session, company_ids: Sequence[str]) -> dict[str, int]:
    """Return how many records of each kind hang on companies, where there are any.

    ``lent`` are the credits and loans that they gave as banks.
    """
    return count_uses(session, company_ids, _USES)


def count_uses(session: Session, ids: Sequence[str], columns: Mapping[str, Any]) -> dict[str, int]:
    """Return by name how many living records name any of the ids in a column, where there are any.

    Args:
        session: to read by.
        ids: of the records named.
        columns: the columns that may name them.
    """
    counts = dict.fromkeys(columns, 0)
    for kind, column in columns.items():
        for start in range(0, len(ids), MANY):
            some = ids[start : start + MANY]
            living = column.class_.deleted.isnot(True)
            count = select(func.count(column.class_.id)).where(column.in_(some), living)
            counts[kind] += session.scalar(count) or 0
    return {kind: n for kind, n in counts.items() if n}


def uses_text(uses: Mapping[str, int]) -> str:
    """Return what hangs on a company in words: ``3 条线索、2 次会谈``."""
    return t("common.list_separator").join(
        t(f"companies.use.{k}", None, n=n) for k, n in uses.items()
    )


def delete_company(session: Session, company_id: str, force: bool = False) -> None:
    """Delete a company.

    Raises:
        DeskError: ``company_in_use`` when other records hang on it and ``force`` is not set.
    """
    company = require(session, Company, company_id)
    uses = {} if force else uses_of(session, [company_id])
    if uses:
        name = company.name or company.name_zh or ""
        raise DeskError("company_in_use", name=name, uses=uses_text(uses))
    company.deleted = True
    session.flush()


def add_contact(session: Session, **fields: Any) -> str:
    """Add a contact and return its id."""
    contact = Contact()
    assign(contact, fields)
    session.add(contact)
    session.flush()
    return contact.id


def update_contact(session: Session, contact_id: str, **fields: Any) -> None:
    """Set fields of a contact."""
    assign(require(session, Contact, contact_id), fields)
    session.flush()


def delete_contact(session: Session, contact_id: str) -> None:
    """Delete a contact."""
    require(session, Contact, contact_id).deleted = True
    session.flush()


def company_detail(session: Session, company_id: str) -> CompanyDetail:
    """Return all that a company's pane shows."""
    company = require(session, Company, company_id)

    def of(model: Any, order: Any) -> list[dict[str, Any]]:
        query = select(model).where(model.company_id == company_id, model.deleted.isnot(True))
        return [columns_of(r) for r in session.scalars(query.order_by(order))]

    return CompanyDetail(
        fields=columns_of(company),
        contacts=of(Contact, Contact.name),
        leads=of(Lead, Lead.first_reported_on.desc()),
        meetings=of(Meeting, Meeting.starts_at.desc()),
        files=files_of(session, "company", company_id),
    )


def contact_detail(session: Session, contact_id: str) -> ContactDetail:
    """Return all that a contact's pane shows."""
    contact = require(session, Contact, contact_id)
    company = session.get(Company, contact.company_id) if contact.company_id else None
    return ContactDetail(columns_of(contact), columns_of(company) if company else {})
