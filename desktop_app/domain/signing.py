"""From which amount on a signed project counts among the year's figures.

Source: PRODUCT, Figures: 100M CNY when the investor is domestic, 10M USD when foreign.
"""

from collections.abc import Mapping
from typing import NamedTuple

from desktop_app.domain.money import minor_digits

_DOMESTIC_CNY = 100_000_000
_FOREIGN_USD = 10_000_000


class Limits(NamedTuple):
    """The least amounts that count, in minor units of one currency."""

    domestic: int
    foreign: int


def signing_limits(rates: Mapping[str, int]) -> dict[str, Limits]:
    """Return the limits in every currency that has a rate.

    Args:
        rates: US cents for 100 units of each currency.
    """
    home = rates["CNY"]
    result = {}
    for currency, rate in rates.items():
        if rate > 0:
            scale = 10 ** minor_digits(currency)
            # Rounded up: the least whole minor unit that reaches the limit.
            domestic = -(-_DOMESTIC_CNY * home * scale // rate)
            foreign = -(-_FOREIGN_USD * 10_000 * scale // rate)
            result[currency] = Limits(domestic, foreign)
    return result


def counts_as_signed(
    amount_minor: int | None,
    currency: str | None,
    country: str | None,
    rates: Mapping[str, int],
) -> bool:
    """Return whether a signed amount reaches the limit of its kind.

    Args:
        amount_minor: the amount in minor units; of an increase only what was added.
        currency: its currency; an amount without one is no amount.
        country: the investor's; China's are domestic, and so is CNY of one whose is not known.
        rates: US cents for 100 units of each currency.
    """
    limits = signing_limits(rates).get(currency or "")
    if amount_minor is None or limits is None:
        return False
    domestic = country == "CN" or (currency == "CNY" and not country)
    return amount_minor >= (limits.domestic if domestic else limits.foreign)
