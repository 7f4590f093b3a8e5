"""Reads the cells of our own ledger back as they were, and those altered by hand as any other."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import cache

from desktop_app.domain.money import minor_digits
from desktop_app.exchange.ledger_read import Cell
from desktop_app.exchange.own_column import MONEY_UNITS, OwnColumn
from desktop_app.exchange.parse_dates import DayRules, parse_day
from desktop_app.exchange.parse_money import Unit, parse_money
from desktop_app.exchange.parse_text import cell_text, parse_decimal, parse_whole
from desktop_app.exchange.parse_words import WORD_READERS
from desktop_app.i18n import catalogue
from desktop_app.services.lookup import clean_text

_READERS: dict[str, Callable[[str], str | None]] = WORD_READERS
# Lists of the team's own, which may have dropped a word since.
_OPEN = ("case_category", "approval_template")
_CODE = re.compile(r"[a-z][a-z0-9_]*|[A-Z]{2,3}")


class UnreadableError(ValueError):
    """A cell holds something that its column can't; its text is the key of the problem."""


@cache
def _codes(concept: str) -> dict[str, str]:
    """Return the codes of a concept by their labels in both languages, and by themselves."""
    start = f"words.{concept}."
    found: dict[str, str] = {}
    for key, texts in catalogue().items():
        if key.startswith(start):
            code = key.removeprefix(start)
            found[code.casefold()] = code
            for text in texts:
                found.setdefault(text.casefold(), code)
    return found


def read_cell(column: OwnColumn, cell: Cell, lang: str, today: dt.date, currency: str) -> object:
    """Return what a cell says of its column, None for nothing.

    Args:
        column: whose cell it is.
        cell: as the workbook holds it.
        lang: the language the ledger was written in, which tells the unit of money.
        today: the day by which days without a year are understood.
        currency: the currency of a money column's row, empty where none is named.

    Raises:
        UnreadableError: it holds something else.
    """
    if cell is None or cell == "":
        return None
    kind = column.kind
    if kind == "day":
        return _day(cell, today)
    if kind == "money":
        return _money(cell, lang, currency)
    if kind in ("whole", "percent", "year", "number"):
        return _whole(cell)
    if kind == "place":
        return int((_decimal(cell) * 10**6).to_integral_value())
    if kind == "truth":
        return _truth(cell)
    text = cell_text(cell) if not isinstance(cell, str) else clean_text(cell)
    if not text:
        return None
    return _code(kind.removeprefix("code:"), text) if kind.startswith("code:") else text


def _day(cell: Cell, today: dt.date) -> dt.date:
    """Return the day of a cell."""
    if isinstance(cell, str):
        try:
            return dt.date.fromisoformat(cell.strip())
        except ValueError:
            pass
    day = parse_day(cell, DayRules(today))
    if day is None or not day.exact:
        raise UnreadableError("date_unreadable")
    return day.on


def _decimal(cell: Cell) -> Decimal:
    """Return the exact number of a cell."""
    if isinstance(cell, bool | dt.date) or cell is None:
        raise UnreadableError("number_unreadable")
    if isinstance(cell, int | float):
        return Decimal(repr(cell))
    try:
        return Decimal(cell.strip())
    except InvalidOperation:
        number = parse_decimal(cell)
    if number is None:
        raise UnreadableError("number_unreadable")
    return number


def _whole(cell: Cell) -> int:
    """Return the whole number of a cell."""
    if isinstance(cell, str) and re.fullmatch(r"-?\d+", cell.strip()):
        return int(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return int(_decimal(cell).to_integral_value())
    number = parse_whole(cell)
    if number is None:
        raise UnreadableError("number_unreadable")
    return number


def _money(cell: Cell, lang: str, currency: str) -> int:
    """Return the minor units of an amount; a bare number is in the ledger's unit."""
    unit = MONEY_UNITS[lang]
    try:
        number = Decimal(cell.strip()) if isinstance(cell, str) else _decimal(cell)
    except InvalidOperation:
        money = parse_money(cell, Unit(Decimal(unit), currency or None), currency or "CNY")
        if money is None or not money.exact or (currency and money.currency != currency):
            raise UnreadableError("amount_unreadable") from None
        return money.minor
    minor = (number * unit).scaleb(minor_digits(currency or None))
    if not minor.is_finite():
        raise UnreadableError("amount_unreadable")
    return int(minor.to_integral_value())


def _truth(cell: Cell) -> bool:
    """Return whether a cell says yes."""
    if isinstance(cell, bool):
        return cell
    text = cell_text(cell).strip().casefold()
    if text in ("是", "yes", "1", "true", "√", "✓"):
        return True
    if text in ("否", "no", "0", "false", "×"):
        return False
    raise UnreadableError("text_unreadable")


def _code(concept: str, text: str) -> str:
    """Return the code that a label stands for; a code that nobody labelled stands as it is."""
    code = _codes(concept).get(text.casefold())
    if code is None and concept in _READERS and not _CODE.fullmatch(text):
        code = _READERS[concept](text)
    if code is None and (concept in _OPEN or _CODE.fullmatch(text)):
        code = text
    if code is None:
        known = ("stage", "status", "country", "chain")
        raise UnreadableError(f"{concept}_unknown" if concept in known else "text_unreadable")
    return code
