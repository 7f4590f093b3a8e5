"""Reads amounts as ledgers write them: 3.5亿元, 5000 under 万元, 2000万美元, EUR 4,500,000."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from desktop_app.exchange.ledger_read import Cell
from desktop_app.exchange.parse_text import cell_text, narrow, read_number

_CURRENCIES: tuple[tuple[str, str], ...] = (
    (r"us\$|usd|美元|美金|u\.s\. dollars?|us dollars?|us-dollar", "USD"),
    (r"hk\$|hkd|港元|港币", "HKD"),
    (r"s\$|sgd|新加坡元|新元", "SGD"),
    (r"chf|sfr\.?|fr\.|瑞士法郎|瑞郎|swiss francs?|schweizer franken|franken|franchi", "CHF"),
    (r"eur|euros?|€|欧元|teur", "EUR"),
    (r"gbp|£|英镑|pounds?", "GBP"),
    (r"jpy|日元|日圆|yen", "JPY"),
    (r"krw|韩元|won", "KRW"),
    (r"sek|瑞典克朗", "SEK"),
    (r"dkk|丹麦克朗", "DKK"),
    (r"pln|兹罗提", "PLN"),
    (r"czk|捷克克朗", "CZK"),
    (r"cny|rmb|人民币|yuan|¥|￥|renminbi", "CNY"),
    (r"\$|dollars?", "USD"),
)
_FACTORS: tuple[tuple[str, Decimal], ...] = (
    (r"万亿", Decimal(10) ** 12),
    (r"百亿", Decimal(10) ** 10),
    (r"千亿", Decimal(10) ** 11),
    (r"十亿", Decimal(10) ** 9),
    (r"亿", Decimal(10) ** 8),
    (r"千万", Decimal(10) ** 7),
    (r"百万", Decimal(10) ** 6),
    (r"十万", Decimal(10) ** 5),
    (r"万", Decimal(10) ** 4),
    (r"mrd\.?|milliarden?|miliardi?|billions?|bn|milliards?", Decimal(10) ** 9),
    (r"mio\.?|mill\.|millionen|millions?|milioni|mln\.?|mn|m", Decimal(10) ** 6),
    (r"b", Decimal(10) ** 9),
    (r"tsd\.?|tausend|thousands?|k|千", Decimal(1000)),
    (r"元", Decimal(1)),
)
_FACTOR = re.compile(
    r"(?P<f>" + "|".join(f"(?:{p})" for p, _ in _FACTORS) + r")(?![a-z])", re.IGNORECASE
)
_NUMBER = r"\d[\d,.'’]*(?:[  ]\d{3}(?!\d))*"
_LONELY_CURRENCY = "|".join(f"(?:{p})" for p, _ in _CURRENCIES)
_AMOUNT = re.compile(rf"(?P<number>{_NUMBER})")
_THOUSANDS_OF = re.compile(r"(?<![a-z])t(?:eur|usd|chf|€)(?![a-z])", re.IGNORECASE)
_APPROXIMATELY = re.compile(
    r"约合|大约|约|近|超过|超|逾|不低于|不少于|至少|左右|以上|以内|余|多|总投资|投资|"
    r"ca\.?|circa|approx\.?|about|rund|etwa|over|über|bis zu|up to|[~≈><≥≤+:：()\[\],，。、.;\s]",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Unit:
    """What a bare number of a column stands for.

    Args:
        factor: what a bare number is multiplied by; None when the heading names two units.
        currency: the currency of a bare number, if the heading names one.
    """

    factor: Decimal | None = Decimal(1)
    currency: str | None = None
    decimal_comma: bool = False
    two_units: bool = False


@dataclass(frozen=True)
class Money:
    """An amount read from a cell; when the text says more, it is worth keeping."""

    minor: int
    currency: str
    exact: bool = True


def minor_digits(currency: str) -> int:
    """Return how many digits a currency has after its point."""
    return 0 if currency in ("JPY", "KRW") else 2


def find_currency(text: str) -> str | None:
    """Return the currency that a text names first."""
    best: tuple[int, str] | None = None
    lower = narrow(text).lower()
    for pattern, code in _CURRENCIES:
        bounded = rf"(?<![a-z])(?:{pattern})(?![a-z])" if pattern[0].isalpha() else pattern
        symbol = re.search("[€£¥￥$]", lower) if re.search("[€£¥$]", pattern) else None
        found = re.search(bounded, lower) or re.search(rf"(?:{pattern})(?![a-z])", lower)
        if found is None and symbol is not None:
            # The sign may stand right before its scale: €m.
            found = re.search(pattern, symbol.group())
            found = symbol if found is not None else None
        if found is not None and (best is None or found.start() < best[0]):
            best = (found.start(), code)
    return None if best is None else best[1]


def find_unit(text: str) -> Unit | None:
    """Return the unit a heading or a line such as ``单位：万元`` names, or None."""
    plain = narrow(text).lower()
    named = plain.split("单位", 1)[1] if "单位:" in plain else plain
    found = [_scale(m.group("f")) for m in _FACTOR.finditer(named) if _is_unit(named, m)]
    factors = [f for f in found if f is not None]
    currency = find_currency(named)
    teur = _THOUSANDS_OF.search(named)
    if teur is not None:
        return Unit(Decimal(1000), find_currency(teur.group()[1:]))
    scales = set(factors) - {Decimal(1)}
    if len(scales) > 1:
        return Unit(None, currency, two_units=True)
    if factors:
        return Unit(scales.pop() if scales else Decimal(1), currency)
    return None if currency is None else Unit(Decimal(1), currency)


def _is_unit(text: str, found: re.Match[str]) -> bool:
    """Return whether a factor in a heading stands by itself rather than inside a word."""
    before = text[found.start() - 1] if found.start() else " "
    return not (found.group().isascii() and before.isalpha() and before.isascii())


@lru_cache(maxsize=256)
def _scale(word: str) -> Decimal | None:
    """Return the factor of a word such as ``Mio.``."""
    for pattern, factor in _FACTORS:
        if re.fullmatch(pattern, word, re.IGNORECASE):
            return factor
    return None


def parse_money(cell: Cell, unit: Unit, default_currency: str) -> Money | None:
    """Return the amount of a cell, or None if it holds none.

    Of a range the lower end is taken, of several amounts the first; ``exact`` is then false.
    """
    if isinstance(cell, bool | dt.date) or cell is None:
        return None
    if isinstance(cell, int | float):
        number = Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell)
        return _money(number * bare_factor(unit, number), unit.currency or default_currency)
    return _money_of_text(cell_text(cell), unit, default_currency)


def bare_factor(unit: Unit, number: Decimal) -> Decimal:
    """Return what a bare number is multiplied by; under 亿元/万元 its size tells which."""
    if unit.factor is not None:
        return unit.factor
    return Decimal(10) ** 8 if number < 100 else Decimal(10) ** 4


@lru_cache(maxsize=32768)
def _money_of_text(text: str, unit: Unit, default_currency: str) -> Money | None:
    """Return the first amount of a text."""
    plain = narrow(text).strip()
    found = _AMOUNT.search(plain)
    if found is None or re.search(r"[-−]\s*$", plain[: found.start()]):
        return None
    number = read_number(found.group("number"), decimal_comma=unit.decimal_comma)
    if number is None:
        return None
    rest = plain[found.end() :]
    ranged = re.match(rf"\s*(?:-|–|—|~|至|到|bis|to)\s*{_NUMBER}", rest)
    after = rest[ranged.end() :] if ranged else rest
    scale = re.match(r"\s*" + _FACTOR.pattern, after, re.IGNORECASE)
    own = re.match(r"\s*" + _FACTOR.pattern, rest, re.IGNORECASE)
    if own is not None:
        ranged, after, scale = None, rest, own
    tail = (after[scale.end() :] if scale else after).lstrip("元")
    currency, tail, before = _currency_near(plain[: found.start()], tail)
    factor = _scale(scale.group("f")) if scale else None
    if factor is None and _THOUSANDS_OF.search(plain):
        factor = Decimal(1000)
        before = ""
    elif factor is not None and factor >= 10**8:
        more = re.match(rf"({_NUMBER})\s*(千万|百万|万)元?", tail)
        if more is not None:
            extra = read_number(more.group(1), decimal_comma=False) or Decimal(0)
            number += extra * (_scale(more.group(2)) or Decimal(1)) / factor
            tail = tail[more.end() :]
    if factor is None:
        # A currency written out beside the number means that the number is whole.
        whole = currency is not None and (unit.currency is None or number >= 100_000)
        factor = Decimal(1) if whole else bare_factor(unit, number)
    left_over = _APPROXIMATELY.sub("", before + tail.lstrip("元整"))
    exact = ranged is None and not left_over
    return _money(number * factor, currency or unit.currency or default_currency, exact=exact)


def _currency_near(before: str, after: str) -> tuple[str | None, str, str]:
    """Return the currency just after or before an amount, and the texts without it."""
    tail = re.match(rf"\s*(?:{_LONELY_CURRENCY})(?![a-z])", after, re.IGNORECASE)
    if tail is not None:
        return find_currency(tail.group()), after[tail.end() :], before
    head = re.search(rf"(?:{_LONELY_CURRENCY})\s*$", before, re.IGNORECASE)
    if head is not None:
        return find_currency(head.group()), after, before[: head.start()]
    return None, after, before


def _money(amount: Decimal, currency: str, *, exact: bool = True) -> Money | None:
    """Return an amount in minor units, or None when it cannot be one."""
    if not amount.is_finite() or abs(amount) >= Decimal(10) ** 15:
        return None
    minor = int((amount * 10 ** minor_digits(currency)).to_integral_value())
    return Money(minor, currency, exact) if minor >= 0 else None


def has_decimal_comma(cells: Iterable[Cell], *, default: bool) -> bool:
    """Return whether a column writes 87,1 for 87.1."""
    commas = points = 0
    for cell in cells:
        if isinstance(cell, str):
            commas += re.search(r"\d,\d{1,2}(?!\d)", cell) is not None
            points += re.search(r"\d\.\d{1,2}(?!\d)", cell) is not None
    return default if commas == points else commas > points


def usual_unit(cells: Iterable[Cell]) -> Unit | None:
    """Return the unit most written out in a column, which its bare numbers then share."""
    votes: dict[Decimal, int] = {}
    for cell in cells:
        unit = find_unit(cell) if isinstance(cell, str) else None
        if unit is not None and unit.factor is not None and unit.factor in (10**4, 10**6):
            votes[unit.factor] = votes.get(unit.factor, 0) + 1
    return Unit(max(votes, key=lambda f: votes[f])) if votes else None
