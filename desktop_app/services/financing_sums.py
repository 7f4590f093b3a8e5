"""Financing summed by year and by bank or product: each sum a year's figure, or a part of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from desktop_app.db.driver import Source as Database
from desktop_app.db.driver import plain
from desktop_app.services import year_sources as of
from desktop_app.services.financing_rows import FINANCING
from desktop_app.services.rates import converted, usd_rates
from desktop_app.services.year_sources import Source

#: What sums are parted by, and the column of a credit or loan that says it.
PARTS = {"bank": "lower(hex(x.bank_id))", "product": "x.product"}
#: What is counted in companies; the rest are sums of money.
COMPANIES = ("companies_with_credit", "companies_with_park_guarantee")
#: The last line of the sums, which has no parts: foreign capital received, in US dollars.
CAPITAL = "foreign_capital_received"


class Cell(NamedTuple):
    """A sum, in companies or in whole units of money, and of how many records it is made."""

    value: int
    records: int


class LeftOut(NamedTuple):
    """How many records do not count for a figure, and the code of the reason."""

    figure: str
    because: str
    records: int


@dataclass(frozen=True)
class FinancingSums:
    """All sums of financing.

    Attributes:
        years: with records, the latest first.
        totals: by figure and year; they are the figures of that year.
        cells: by figure, part (a bank's id or a product, empty where none is named) and year.
        parts: of each figure, the largest first.
        names: what a bank is called, by its id.
        left_out: what does not count in any year, and why.
    """

    years: list[int]
    totals: dict[tuple[str, int], Cell]
    cells: dict[tuple[str, str, int], Cell]
    parts: dict[str, list[str]]
    names: dict[str, str]
    left_out: list[LeftOut]


def financing_sums(database: Database, by: str = "bank") -> FinancingSums:
    """Return the sums of all years.

    Args:
        database: to read by.
        by: ``bank`` or ``product``.
    """
    rates = usd_rates(database)
    totals: dict[tuple[str, int], Cell] = {}
    cells: dict[tuple[str, str, int], Cell] = {}
    left_out: list[LeftOut] = []
    for figure, source in FINANCING.items():
        parted = _cells(database, figure, source, PARTS[by], rates)
        cells |= {(figure, part, year): cell for (part, year), cell in parted.items()}
        whole = _cells(database, figure, source, "''", rates)
        totals |= {(figure, year): cell for (_part, year), cell in whole.items()}
        if figure not in COMPANIES:
            left_out += _left_out(database, figure, source)
    received = _cells(database, CAPITAL, of.RECEIPTS, "''", rates)
    totals |= {(CAPITAL, year): cell for (_part, year), cell in received.items()}
    left_out += _left_out(database, CAPITAL, of.RECEIPTS)
    weight: dict[tuple[str, str], int] = {}
    for (figure, part, _year), cell in cells.items():
        weight[figure, part] = weight.get((figure, part), 0) + cell.value
    parts: dict[str, list[str]] = {}
    # Who is not named stands last, whatever it adds up to.
    for figure, part in sorted(weight, key=lambda key: (not key[1], -weight[key], key[1])):
        parts.setdefault(figure, []).append(part)
    return FinancingSums(
        years=sorted({year for _figure, year in totals}, reverse=True),
        totals=totals,
        cells=cells,
        parts=parts,
        names=_names(database) if by == "bank" else {},
        left_out=left_out,
    )


def _cells(
    database: Database, figure: str, source: Source, part: str, rates: Mapping[str, int]
) -> dict[tuple[str, int], Cell]:
    """Return the sums of a figure by part and year."""
    year = f"CAST(substr({source.day}, 1, 4) AS INTEGER)"
    if figure in COMPANIES:
        found = _ask(
            database,
            source,
            f"coalesce({part}, ''), {year}, count(DISTINCT {source.company}), count(*)",
            f" AND ({source.reason}) IS NULL GROUP BY 1, 2",
        )
        return {(one, of_year): Cell(n, records) for one, of_year, n, records in found}
    unit = "USD" if figure == CAPITAL else "CNY"
    amounts: dict[tuple[str, int], dict[str, int]] = {}
    records: dict[tuple[str, int], int] = {}
    for one, of_year, currency, total, count in _ask(
        database,
        source,
        f"coalesce({part}, ''), {year}, {source.currency}, sum({source.amount}), count(*)",
        f" AND ({source.reason}) IS NULL GROUP BY 1, 2, 3",
    ):
        amounts.setdefault((one, of_year), {})[currency] = total
        records[one, of_year] = records.get((one, of_year), 0) + count
    return {key: Cell(converted(sums, unit, rates), records[key]) for key, sums in amounts.items()}


def _left_out(database: Database, figure: str, source: Source) -> list[LeftOut]:
    """Return how many records do not count, by reason, the most frequent first."""
    reason = f"CASE WHEN {source.day} IS NULL THEN 'no_day' ELSE {source.reason} END"
    found = _ask(
        database,
        source,
        f"{reason}, count(*)",
        f" AND ({reason}) IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1",
        dated=False,
    )
    return [LeftOut(figure, because, count) for because, count in found]


def _ask(
    database: Database, source: Source, wanted: str, more: str, dated: bool = True
) -> list[Any]:
    """Ask for something of the records of all years that a source looks at."""
    rates = {code: rate for code, rate in usd_rates(database).items() if rate > 0}
    day = f" AND {source.day} IS NOT NULL" if dated else ""
    found = plain(database).execute(
        f"SELECT {wanted} FROM {source.table} AS x WHERE x.deleted IS NOT 1"
        f" AND ({source.only}){day}{more}",
        {"rates": json.dumps(rates)},
    )
    return list(found.fetchall())


def _names(database: Database) -> dict[str, str]:
    """Return what the banks are called, also deleted ones."""
    found = plain(database).execute(
        "SELECT lower(hex(id)), coalesce(nullif(name, ''), name_zh, '') FROM company"
        " WHERE id IN (SELECT bank_id FROM facility)"
    )
    return dict(found.fetchall())
