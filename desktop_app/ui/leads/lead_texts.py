"""How a lead's facts read in lists, on cards and in the record."""

import datetime as dt
from collections.abc import Iterable, Mapping

from desktop_app.domain.formats import long_date, short_date
from desktop_app.domain.money import format_money
from desktop_app.i18n import language, t, word
from desktop_app.services import rates
from desktop_app.services.lead_rows import LeadRow
from desktop_app.ui.widgets.pill import Pill

#: A follow-up due within so many days stands out.
SOON_DAYS = 2


def money(minor: int | None, currency: str | None) -> str:
    """Return an amount as the language in use writes it, empty without one."""
    return "" if minor is None else format_money(minor, currency or "CNY", language())


#: How a table writes a foreign currency where its Chinese name would not fit.
_SHORT = {
    "美元": "$",
    "欧元": "€",
    "瑞士法郎": "CHF",
    "英镑": "£",
    "日元": "JP¥",
    "港元": "HK$",
}


def short_money(minor: int | None, currency: str | None) -> str:
    """Return an amount for a narrow column: ``€ 4,500 万`` for ``4,500 万欧元``."""
    text = money(minor, currency)
    for name, sign in _SHORT.items():
        if text.endswith(name):
            return f"{sign} {text.removesuffix(name).rstrip()}"
    return text


class _Rates:
    """The team's rates as last read: only to sort, to filter by size, and for sums with ≈."""

    used: Mapping[str, int] = rates.USD_RATES


def use_rates(read: Mapping[str, int]) -> None:
    """Compare and add up by these rates from now on."""
    _Rates.used = read


def rates_used() -> Mapping[str, int]:
    """Return the rates that amounts are compared by now."""
    return _Rates.used


def yuan(minor: int, currency: str | None) -> int:
    """Return any amount in fen, so that amounts of several currencies compare and add up."""
    return rates.yuan(minor, currency, _Rates.used)


def total(rows: Iterable[LeadRow]) -> str:
    """Return what leads add up to, with ≈ where currencies had to be converted."""
    sums: dict[str, int] = {}
    for row in rows:
        if row.amount_minor is not None:
            currency = row.currency or "CNY"
            sums[currency] = sums.get(currency, 0) + row.amount_minor
    if not sums:
        return ""
    if len(sums) == 1:
        currency, minor = next(iter(sums.items()))
        return money(minor, currency)
    # A sum over rates is no exact figure: the last digits would only pretend.
    fen = sum(yuan(minor, currency) for currency, minor in sums.items())
    return "≈ " + money(round(fen, -8) if fen >= 10**9 else fen, "CNY")


def day(value: dt.date | None) -> str:
    """Return a date in full, as the language in use writes it."""
    return long_date(value, language())


def short_day(value: dt.date | None, today: dt.date) -> str:
    """Return a date in as little room as possible: without this year."""
    return short_date(value, today, language())


def next_pill(row: LeadRow, today: dt.date) -> Pill | None:
    """Return what stands out: not active, overdue, soon, or long without contact."""
    if row.status != "active":
        return Pill(word("status", row.status), "neutral")
    if row.next_on is not None and row.next_on < today:
        return Pill(t("leads.overdue_days", days=(today - row.next_on).days), "bad")
    if row.next_on is not None and (row.next_on - today).days <= SOON_DAYS:
        if row.next_on == today:
            return Pill(t("leads.today"), "warn")
        return Pill(short_day(row.next_on, today), "warn")
    if row.stale:
        return Pill(t("leads.stale"), "warn")
    return None


def names(row: LeadRow) -> tuple[str, str]:
    """Return a company's first and second name: the Chinese one stands second when both are."""
    first = row.company or row.company_zh or row.title or t("leads.no_name")
    second = row.company_zh if row.company_zh and row.company_zh != first else ""
    return first, second
