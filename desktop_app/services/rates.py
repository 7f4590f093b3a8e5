"""What currencies are worth: one team setting, for figures, sums, filters and the order of amounts.

Rates only sort amounts into above or below a limit and give sums marked with ≈; no amount is ever
kept converted.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop_app.db.driver import Source
from desktop_app.domain.errors import DeskError
from desktop_app.domain.money import minor_digits
from desktop_app.services import team_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SETTING = "usd_rates"
# US cents for 100 units of a currency, as of the end of 2026, where the team sets nothing else.
USD_RATES = {
    "USD": 10_000, "EUR": 11_000, "CHF": 12_000, "GBP": 13_000, "CNY": 1_400, "HKD": 1_280,
    "JPY": 65,
}  # fmt: skip


def usd_rates(source: Source) -> dict[str, int]:
    """Return US cents for 100 units of each currency: the team's, else the defaults."""
    return USD_RATES | (team_settings.get(source, SETTING) or {})


def set_usd_rates(session: "Session", rates: Mapping[str, int]) -> None:
    """Keep the team's own rates; a currency that is as by default is not kept.

    Raises:
        DeskError: ``bad_rate``: a rate is nothing or less.
    """
    for currency, rate in rates.items():
        if rate <= 0:
            raise DeskError("bad_rate", currency=currency)
    own = {c: rate for c, rate in rates.items() if USD_RATES.get(c) != rate}
    team_settings.put(session, SETTING, own or None)


def yuan(minor: int, currency: str | None, rates: Mapping[str, int] = USD_RATES) -> int:
    """Return any amount in fen; one of an unknown currency counts as US dollars."""
    if currency in (None, "", "CNY"):
        return minor
    rate = rates.get(currency or "", rates["USD"])
    scale = float(10 ** minor_digits(currency))
    return round(minor * 100 * rate / (rates["CNY"] * scale))


def converted(amounts: Mapping[str, int], unit: str, rates: Mapping[str, int]) -> int:
    """Return sums of minor units by currency as one in whole units, rounded once, half up.

    Args:
        amounts: minor units by currency.
        unit: the currency wished for.
        rates: US cents for 100 units of each currency.
    """
    # Late: the first window reads this module and converts nothing.
    from fractions import Fraction

    total = Fraction(0)
    for currency, minor in amounts.items():
        whole = Fraction(minor, 10 ** minor_digits(currency))
        total += whole if currency == unit else whole * rates[currency] / rates[unit]
    return (2 * total.numerator + total.denominator) // (2 * total.denominator)
