"""How financing is worded: amounts, those without a currency, why something does not count."""

import datetime as dt

from desktop_app.domain.money import format_money
from desktop_app.i18n import language, t, word
from desktop_app.ui.widgets.pill import Pill

_PRODUCTS = {"credit": "accent", "park_guarantee": "good"}


def money(minor: int | None, currency: str | None) -> str:
    """Return an amount as people write it; one without a currency says so."""
    text = format_money(minor, currency, language())
    if minor is None or currency:
        return text
    return t("financing.without_currency", amount=text)


def whole_money(value: int, currency: str) -> str:
    """Return an amount of whole units as people write it."""
    return format_money(value * 100, currency, language())


def money_role(minor: int | None, currency: str | None) -> str:
    """Return the colour of an amount: one without a currency is to be mended."""
    return "warn" if minor is not None and not currency else "text"


def day(value: dt.date | None) -> str:
    """Return a day as the fields show it."""
    return value.isoformat() if value is not None else ""


def product_pill(product: str | None) -> Pill | None:
    """Return a product as a coloured word."""
    if not product:
        return None
    return Pill(word("product", product), _PRODUCTS.get(product, "neutral"))


def not_counted(because: str) -> str:
    """Say why a record does not count."""
    return t("financing.not_counted", because=t(f"figures.because.{because}")) if because else ""
