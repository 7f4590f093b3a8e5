"""Finds the units, the currency, the order of days and the year that hold for a whole table."""

import datetime as dt
import re
from decimal import Decimal

from desktop_app.exchange.company_names import has_chinese
from desktop_app.exchange.headings import (
    DAY_FIELDS,
    MONEY_FIELDS,
)
from desktop_app.exchange.ledger_read import Cell, RawTable
from desktop_app.exchange.mapping import Mapping
from desktop_app.exchange.parse_dates import guess_order
from desktop_app.exchange.parse_money import Unit, find_unit, has_decimal_comma, usual_unit
from desktop_app.exchange.parse_text import (
    cell_text,
    parse_decimal,
)

# 填报单位：… names who filled the table in, not a unit.
_UNIT_LINE = re.compile(
    r"(?<![填上申主责])(?<!报)(?<!送)(?:单位|货币)\s*[:：]|(?:einheit|unit)s?\s*:", re.I
)


def read_units(table: RawTable, mapping: Mapping, today: dt.date) -> None:
    """Find the units, the currency, the order of days and the year that hold for the table."""
    above = [cell_text(c) for row in table.rows[: mapping.first_row] for c in row if c]
    headings = " ".join(mapping.labels.values())
    chinese = has_chinese(headings)
    english = re.search(r"(?i)\b(company|investment|country|stage|first contact)\b", headings)
    stated = next((t for t in above if _UNIT_LINE.search(t)), "")
    of_sheet = find_unit(stated) if stated else None
    western = "EUR"
    comma_default = not chinese and english is None
    for column, name in mapping.columns.items():
        if name not in MONEY_FIELDS:
            continue
        cells = _cells(table, mapping, column)
        unit = find_unit(mapping.labels.get(column, "")) or of_sheet or usual_unit(cells)
        if unit is None:
            unit = Unit(find_scale(cells, chinese=chinese))
        comma = has_decimal_comma(cells, default=comma_default)
        mapping.units[column] = Unit(unit.factor, unit.currency, comma, unit.two_units)
        if name == "amount":
            western = unit.currency or western
    mapping.currency = "CNY" if chinese else western
    days = [c for i, f in mapping.columns.items() if f in DAY_FIELDS for c in _cells(
        table, mapping, i
    )]  # fmt: skip
    mapping.order = guess_order(days, "ymd" if chinese else "dmy")
    year = re.search(r"(20\d\d)\s*(?:年|\b)", " ".join([*above, table.sheet]))
    if year is not None and int(year.group(1)) <= today.year + 1:
        mapping.year = int(year.group(1))


def find_scale(cells: list[Cell], *, chinese: bool) -> Decimal:
    """Return the factor of bare numbers where nothing names one: by custom 万, else millions."""
    from statistics import median

    numbers = [n for n in (_bare_number(c) for c in cells) if n]
    if not numbers or median(numbers) >= (1_000_000 if chinese else 10_000):
        return Decimal(1)
    return Decimal(10) ** (4 if chinese else 6)


def _bare_number(cell: Cell) -> Decimal | None:
    """Return the value of a cell that is nothing but a number."""
    if isinstance(cell, str) and not re.fullmatch(r"[\d.,' ]+", cell.strip()):
        return None
    return parse_decimal(cell)


def _cells(table: RawTable, mapping: Mapping, column: int) -> list[Cell]:
    """Return the cells of a column below its heading."""
    rows = table.rows[mapping.first_row :]
    return [row[column] for row in rows if column < len(row) and row[column] not in (None, "")]
