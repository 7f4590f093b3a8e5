"""The ledger of capital received as lists show it, with what each project received in a year."""

import datetime as dt
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.log_tables import search_key
from desktop_app.db.models import CapitalReceipt, Company, Lead
from desktop_app.services import year_sources as of
from desktop_app.services.financing_rows import company_of, standings
from desktop_app.services.lookup import columns_of, require
from desktop_app.services.rates import converted, usd_rates
from desktop_app.services.titles import record_title


class ReceiptRow(NamedTuple):
    """One line of the ledger of capital received.

    ``running`` is what its project had received of the year's foreign capital by that line, in
    whole US dollars; None where the line does not count, and ``because`` says why.
    """

    id: str
    received_on: dt.date | None
    lead_id: str | None
    lead: str
    company_id: str | None
    company: str
    amount_minor: int | None
    currency: str
    kind: str
    because: str
    early: bool
    running: int | None
    key: str


def receipt_rows(session: Session) -> list[ReceiptRow]:
    """Return the living lines of capital received, the latest first, with running totals."""
    own, project = search_key.alias(), search_key.alias()
    company_id = company_of(CapitalReceipt)
    query = (
        select(
            CapitalReceipt.id, CapitalReceipt.received_on, CapitalReceipt.lead_id, Lead.title,
            company_id, Company.name, Company.name_zh, CapitalReceipt.amount_minor,
            CapitalReceipt.currency, CapitalReceipt.kind, own.c.key, project.c.key,
        )
        .outerjoin(Lead, Lead.id == CapitalReceipt.lead_id)
        .outerjoin(Company, Company.id == company_id)
        .outerjoin(own, own.c.row == company_id)
        .outerjoin(project, project.c.row == CapitalReceipt.lead_id)
        .where(CapitalReceipt.deleted.isnot(True))
        .order_by(CapitalReceipt.received_on, CapitalReceipt.id)
    )  # fmt: skip
    counted = standings(session, of.RECEIPTS)
    rates = usd_rates(session)
    received: dict[tuple[str, int], dict[str, int]] = {}
    rows: list[ReceiptRow] = []
    undated: list[ReceiptRow] = []
    for r in session.execute(query):
        standing = counted[r[0]]
        running = None
        if not standing.because:
            sums = received.setdefault((r[2] or r[4] or r[0], r[1].year), {})
            sums[r[8]] = sums.get(r[8], 0) + r[7]
            running = converted(sums, "USD", rates)
        row = ReceiptRow(
            r[0], r[1], r[2], r[3] or "", r[4], r[5] or r[6] or "", r[7], r[8] or "", r[9] or "",
            standing.because, standing.early, running, "\n".join(filter(None, r[10:12])),
        )  # fmt: skip
        (rows if row.received_on is not None else undated).append(row)
    return undated + rows[::-1]


def receipt_detail(session: Session, receipt_id: str) -> dict[str, Any]:
    """Return a line of capital received by column, with the names of what it names."""
    found = columns_of(require(session, CapitalReceipt, receipt_id))
    lead = session.get(Lead, found["lead_id"]) if found["lead_id"] else None
    standing = standings(session, of.RECEIPTS, receipt_id)[receipt_id]
    return {
        **found,
        "because": standing.because,
        "early": standing.early,
        "company_id_name": record_title(session, "company", found["company_id"] or ""),
        "lead_id_name": ((lead.title or "") if lead else "")
        or record_title(session, "lead", found["lead_id"] or ""),
    }
