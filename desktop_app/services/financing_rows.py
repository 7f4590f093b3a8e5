"""Credits and loans as lists show them: light rows, each with the figures it counts for."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from desktop_app.db.driver import Source as Database
from desktop_app.db.driver import plain
from desktop_app.db.log_tables import search_key
from desktop_app.db.models import Company, Event, Facility, Lead
from desktop_app.domain.words import CompanyKind
from desktop_app.domain.words_after import Product
from desktop_app.services import year_sources as of
from desktop_app.services.lookup import columns_of, require
from desktop_app.services.rates import usd_rates
from desktop_app.services.titles import record_title
from desktop_app.services.year_sources import Source

#: The figures of a year that financing is counted for, in the order of the sums.
FINANCING = {
    "companies_with_credit": of.CREDIT_COMPANIES,
    "credit_granted": of.CREDIT,
    "loans_drawn": of.LOANS,
    "companies_with_park_guarantee": of.PARK_COMPANIES,
    "park_guarantee_loans": of.PARK,
}
# What says in its list why a record does not count: its money; companies follow from it.
_TOLD = ("credit_granted", "loans_drawn", "park_guarantee_loans")


class FacilityRow(NamedTuple):
    """One credit or loan as lists show it.

    ``counts`` are the figures it counts for, each with its year; ``left_out`` those that it does
    not count for, each with the code of the reason, and ``because`` the first of these.
    """

    id: str
    company_id: str | None
    company: str
    lead_id: str | None
    lead: str
    bank_id: str | None
    bank: str
    product: str
    credit_id: str | None
    event: str
    granted_minor: int | None
    drawn_minor: int | None
    currency: str
    granted_on: dt.date | None
    drawn_on: dt.date | None
    ends_on: dt.date | None
    counts: tuple[tuple[str, int], ...]
    because: str
    left_out: tuple[tuple[str, str], ...]
    key: str

    @property
    def years(self) -> set[int]:
        """Return the years that the record touches."""
        days = (self.granted_on, self.drawn_on)
        return {day.year for day in days if day is not None}


class Standing(NamedTuple):
    """Whether a record counts for a figure, and in which year; the reason where it does not."""

    year: int | None
    because: str
    early: bool


def standings(database: Database, source: Source, only: str | None = None) -> dict[str, Standing]:
    """Return of each record that a figure looks at in any year how it stands, by its id.

    Args:
        database: to read by.
        source: the records of a figure.
        only: the one record wanted.
    """
    rates = {code: rate for code, rate in usd_rates(database).items() if rate > 0}
    day = source.day
    found = plain(database).execute(
        f"SELECT x.id, substr({day}, 1, 4), CASE WHEN {day} IS NULL THEN 'no_day' "
        f"ELSE {source.reason} END, {source.early} FROM {source.table} AS x "
        f"WHERE x.deleted IS NOT 1 AND ({source.only}){'' if only is None else ' AND x.id = :id'}",
        {"rates": json.dumps(rates), "id": bytes.fromhex(only or "")},
    )
    return {
        bytes(key).hex(): Standing(int(year) if year else None, because or "", bool(early))
        for key, year, because, early in found
    }


def facility_rows(session: Session) -> list[FacilityRow]:
    """Return the living credits and loans, the latest first, those without a day before them.

    A loan stands beneath the credit that it draws on.
    """
    bank = aliased(Company)
    own, theirs, project = search_key.alias(), search_key.alias(), search_key.alias()
    company_id = company_of(Facility)
    query = (
        select(
            Facility.id, company_id, Company.name, Company.name_zh, Facility.lead_id, Lead.title,
            Facility.bank_id, bank.name, bank.name_zh, Facility.product, Facility.credit_id,
            Event.name, Facility.granted_minor, Facility.drawn_minor, Facility.currency,
            Facility.granted_on, Facility.drawn_on, Facility.ends_on,
            own.c.key, theirs.c.key, project.c.key,
        )
        .outerjoin(Lead, Lead.id == Facility.lead_id)
        .outerjoin(Company, Company.id == company_id)
        .outerjoin(bank, bank.id == Facility.bank_id)
        .outerjoin(Event, Event.id == Facility.event_id)
        .outerjoin(own, own.c.row == company_id)
        .outerjoin(theirs, theirs.c.row == Facility.bank_id)
        .outerjoin(project, project.c.row == Facility.lead_id)
        .where(Facility.deleted.isnot(True))
    )  # fmt: skip
    counted = {name: standings(session, source) for name, source in FINANCING.items()}
    rows = [_facility_row(r, counted) for r in session.execute(query)]
    rows.sort(key=lambda r: r.drawn_on or r.granted_on or dt.date.max, reverse=True)
    return _loans_beneath(rows)


def _loans_beneath(rows: list[FacilityRow]) -> list[FacilityRow]:
    """Return rows in their order, but each loan right after its credit where that is among them."""
    known = {row.id for row in rows}
    beneath: dict[str, list[FacilityRow]] = {}
    tops = []
    for row in rows:
        # One that draws on itself, or a ring of them, would be under nothing that is shown.
        if row.credit_id in known and row.product != Product.CREDIT:
            beneath.setdefault(row.credit_id or "", []).append(row)
        else:
            tops.append(row)
    shown: list[FacilityRow] = []
    waiting = tops[::-1]
    while waiting:
        row = waiting.pop()
        shown.append(row)
        waiting += beneath.pop(row.id, [])[::-1]
    return shown + [row for rest in beneath.values() for row in rest]


def company_of(model: Any) -> Any:
    """Return whose a record is: its own company's, else its project's."""
    return func.coalesce(model.company_id, Lead.company_id)


def _facility_row(r: Any, counted: Mapping[str, Mapping[str, Standing]]) -> FacilityRow:
    """Return a row as listed, with the figures it counts for."""
    counts, left_out = [], []
    for name, found in counted.items():
        standing = found.get(r[0])
        if standing is None:
            continue
        if not standing.because and standing.year is not None:
            counts.append((name, standing.year))
        elif name in _TOLD:
            left_out.append((name, standing.because))
    return FacilityRow(
        r[0], r[1], r[2] or r[3] or "", r[4], r[5] or "", r[6], r[7] or r[8] or "", r[9] or "",
        r[10], r[11] or "", r[12], r[13], r[14] or "", r[15], r[16], r[17],
        tuple(counts), left_out[0][1] if left_out else "", tuple(left_out),
        "\n".join(filter(None, r[18:21])),
    )  # fmt: skip


def facility_detail(session: Session, facility_id: str) -> dict[str, Any]:
    """Return a credit or loan by column, with the names of what it names.

    ``loans`` are the rows drawn on it.
    """
    found = columns_of(require(session, Facility, facility_id))
    lead = session.get(Lead, found["lead_id"]) if found["lead_id"] else None
    loans = session.scalars(
        select(Facility)
        .where(Facility.credit_id == facility_id, Facility.deleted.isnot(True))
        .order_by(Facility.drawn_on, Facility.granted_on, Facility.id)
    )
    return {
        **found,
        "company_id_name": record_title(session, "company", found["company_id"] or ""),
        "lead_id_name": ((lead.title or "") if lead else "")
        or record_title(session, "lead", found["lead_id"] or ""),
        "bank_id_name": record_title(session, "company", found["bank_id"] or ""),
        "event_id_name": record_title(session, "event", found["event_id"] or ""),
        "because": because_of(session, facility_id),
        "credit": _credit_fields(session, found["credit_id"]),
        "loans": [columns_of(one) for one in loans],
    }


def because_of(database: Database, facility_id: str) -> str:
    """Return why a credit or loan does not count, empty when it does."""
    for name in _TOLD:
        standing = standings(database, FINANCING[name], facility_id).get(facility_id)
        if standing is not None and standing.because:
            return standing.because
    return ""


def _credit_fields(session: Session, credit_id: str | None) -> dict[str, Any]:
    """Return the credit that a loan draws on with its bank's name; nothing without one."""
    credit = session.get(Facility, credit_id) if credit_id else None
    if credit is None:
        return {}
    return columns_of(credit) | {"bank": record_title(session, "company", credit.bank_id or "")}


def credits_of(session: Session, facility_id: str) -> list[dict[str, Any]]:
    """Return the credits that a loan may draw on: those of its company, the latest first."""
    own = columns_of(require(session, Facility, facility_id))
    lead = session.get(Lead, own["lead_id"]) if own["lead_id"] else None
    company_id = own["company_id"] or (lead.company_id if lead else None)
    if company_id is None:
        return []
    query = (
        select(Facility.id)
        .outerjoin(Lead, Lead.id == Facility.lead_id)
        .where(
            company_of(Facility) == company_id,
            Facility.product == Product.CREDIT.value,
            Facility.id != facility_id,
            Facility.deleted.isnot(True),
        )
        .order_by(Facility.granted_on.desc(), Facility.id)
    )
    return [_credit_fields(session, one) for one in session.scalars(query)]


def bank_ids(session: Session) -> list[str]:
    """Return the companies that are banks, or stand as the bank of some financing."""
    named = select(Facility.bank_id).where(Facility.deleted.isnot(True))
    query = select(Company.id).where(
        Company.deleted.isnot(True),
        (Company.kind == CompanyKind.BANK.value) | Company.id.in_(named),
    )
    return list(session.scalars(query))
