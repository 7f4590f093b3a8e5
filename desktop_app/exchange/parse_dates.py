"""Reads days as ledgers write them: 2026.3.5, 2026年3月5日, 20260305, 04.06.2026, Excel serials."""

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from desktop_app.exchange.ledger_read import Cell
from desktop_app.exchange.parse_text import cell_text, narrow

Order = Literal["ymd", "dmy", "mdy"]

_MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "jan january januar jänner janvier gennaio gen",
        "feb february februar février fevrier febbraio",
        "mar march märz maerz mär mars marzo",
        "apr april avril aprile",
        "may mai maggio mag",
        "jun june juni juin giugno giu",
        "jul july juli juillet luglio lug",
        "aug august août aout agosto ago",
        "sep sept september septembre settembre set",
        "oct october oktober okt octobre ottobre ott",
        "nov november novembre",
        "dec december dezember dez décembre decembre dicembre dic",
    ),
    start=1,
):
    _MONTHS.update(dict.fromkeys(_names.split(), _number))

_MONTH = "(?P<name>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_END = r"(?!\d)"
_PATTERNS = tuple(
    (re.compile(pattern, re.IGNORECASE), whole_day)
    for pattern, whole_day in (
        (r"(?P<y>\d{4})\s*[-./年]\s*(?P<m>\d{1,2})\s*[-./月]\s*(?P<d>\d{1,2})" + _END, True),
        (r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})" + _END, True),
        (r"(?P<y>\d{2})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})" + _END, True),
        (r"(?P<a>\d{1,2})\s*[-./]\s*(?P<b>\d{1,2})\s*[-./]\s*(?P<y>\d{4})" + _END, True),
        (r"(?P<a>\d{1,2})\s*[-./]\s*(?P<b>\d{1,2})\s*[-./]\s*(?P<c>\d{1,2})" + _END, True),
        (r"(?P<d>\d{1,2})\.?(?:st|nd|rd|th)?[\s-]*" + _MONTH + r"[\s,-]*(?P<y>\d{4})", True),
        (_MONTH + r"\s*(?P<d>\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(?P<y>\d{4})", True),
        (r"(?P<y>\d{4})\s*[-./年]\s*(?P<m>\d{1,2})\s*月?" + _END, False),
        (r"(?P<m>\d{1,2})\s*[./]\s*(?P<y>\d{4})" + _END, False),
        (r"(?P<y>\d{2})\s*年\s*(?P<m>\d{1,2})\s*月", False),
        (_MONTH + r"[\s,-]*(?P<y>\d{4})", False),
        (r"(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号]?" + _END, True),
        (r"(?P<d>\d{1,2})\s*\.\s*(?P<m>\d{1,2})\s*\.?$", True),
        (r"(?P<m>\d{1,2})\s*月", False),
    )
)
_PREFIX = re.compile(r"^(?:约|预计|计划|拟|大约|ca\.?|circa|approx\.?|about|um|am|ab|~|≈)\s*", re.I)
_TAIL = re.compile(r"^(?:[日号]|[T\s]*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?|Z|\s|[.。])*$")


@dataclass(frozen=True)
class DayRules:
    """How the days of one column are written, and what a missing year means."""

    today: dt.date
    order: Order = "ymd"
    year: int | None = None
    future: bool = False


@dataclass(frozen=True)
class Day:
    """A day read from a cell; when it was less than exact, its text is worth keeping."""

    on: dt.date
    exact: bool = True


def parse_day(cell: Cell, rules: DayRules) -> Day | None:
    """Return the day a cell names, or None if it names none or one that does not exist."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, dt.datetime):
        return Day(cell.date())
    if isinstance(cell, dt.date):
        return Day(cell)
    if isinstance(cell, int | float):
        return _day_of_number(float(cell), rules)
    return _day_of_text(cell_text(cell), rules)


def _day_of_number(number: float, rules: DayRules) -> Day | None:
    """Return the day of an Excel serial, of 20260305, or of the month in 2026.3."""
    if 18000 <= number < 73051:
        return Day(dt.date(1899, 12, 30) + dt.timedelta(days=int(number)))
    if number.is_integer() and 19000101 <= number <= 21001231:
        return _day_of_text(str(int(number)), rules)
    if 1950 < number < 2100 and not number.is_integer():
        return _day_of_text(repr(number), rules)
    return None


@lru_cache(maxsize=16384)
def _day_of_text(text: str, rules: DayRules) -> Day | None:
    """Return the day a text begins with."""
    plain = _PREFIX.sub("", _bare(text))
    if re.fullmatch(r"\d{5}(\.\d+)?", plain):
        return _day_of_number(float(plain), rules)
    for pattern, whole_day in _PATTERNS:
        found = pattern.match(plain)
        if found is None:
            continue
        on = _date_of(found.groupdict(), rules)
        if on is None:
            return None
        rest = plain[found.end() :]
        return Day(on, exact=whole_day and _TAIL.match(rest) is not None and plain == _bare(text))
    return None


def _bare(text: str) -> str:
    """Return a text as compared for exactness: only its width and full stops made even."""
    return narrow(text).strip(" '‘’`\t\n").replace("。", ".")


def _date_of(parts: dict[str, str | None], rules: DayRules) -> dt.date | None:
    """Return the date of a pattern's parts, or None when the calendar has no such day."""
    if parts.get("a"):
        year, month, day = _in_order(parts, rules)
    else:
        name = parts.get("name")
        month = _MONTHS[name.lower()] if name else int(parts["m"] or 0)
        day = int(parts.get("d") or 1)
        given = parts.get("y")
        year = _full_year(int(given)) if given else _missing_year(month, day, rules)
    if not 1950 <= year <= 2100 or not 1 <= month <= 12:
        return None
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return dt.date(year, month, day)


def _in_order(parts: dict[str, str | None], rules: DayRules) -> tuple[int, int, int]:
    """Return year, month and day of three numbers whose order the column decides."""
    first, second = int(parts["a"] or 0), int(parts["b"] or 0)
    if parts.get("y"):
        year = int(parts["y"] or 0)
        month_first = rules.order == "mdy" or second > 12
        return (year, first, second) if month_first and first <= 12 else (year, second, first)
    third = int(parts["c"] or 0)
    if rules.order == "ymd" and second <= 12 and third <= 31:
        return _full_year(first), second, third
    if rules.order == "mdy":
        return _full_year(third), first, second
    return _full_year(third), second, first


def _full_year(year: int) -> int:
    """Return 2026 for 26."""
    return year + 2000 if year < 100 else year


def _first_of(year: int, month: int) -> dt.date:
    """Return the first day of a month, or of the year for a month that does not exist."""
    return dt.date(year, month if 1 <= month <= 12 else 1, 1)


def _missing_year(month: int, day: int, rules: DayRules) -> int:
    """Return the year meant by ``3月5日``: the ledger's own, else the nearest past or coming."""
    if rules.year is not None:
        ahead = dt.date(rules.year, 1, 1) <= rules.today < _first_of(rules.year, month)
        return rules.year - 1 if ahead and not rules.future else rules.year
    this = rules.today.year
    past = (month, day) <= (rules.today.month, rules.today.day)
    if rules.future:
        return this + 1 if past and rules.today.month - month > 6 else this
    return this if past else this - 1


def guess_order(cells: Iterable[Cell], default: Order) -> Order:
    """Return the order in which a column writes its days, from the values that tell."""
    votes = {"ymd": 0, "dmy": 0, "mdy": 0}
    three = re.compile(r"^\s*(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{4}|\d{1,2})(?!\d)")
    for cell in cells:
        found = three.match(narrow(cell)) if isinstance(cell, str) else None
        if found is None:
            continue
        first, second, third = (int(g) for g in found.groups())
        if third > 99:
            votes["dmy"] += first > 12
            votes["mdy"] += second > 12
        else:
            votes["ymd"] += third > 12 and second <= 12 and not 18 <= third <= 40
            votes["ymd"] += first > 31
            votes["dmy"] += third > 31 or (18 <= third <= 40 and not 18 <= first <= 40)
            votes["mdy"] += second > 12 and first <= 12
    best = max(votes, key=lambda order: (votes[order], order == default))
    if votes[best] == 0:
        return default
    return "ymd" if best == "ymd" else "mdy" if best == "mdy" else "dmy"
