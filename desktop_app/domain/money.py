"""Money: integer minor units and a currency, and how people in each language write it."""

from decimal import ROUND_HALF_UP, Decimal

CURRENCIES = ("CNY", "USD", "EUR", "CHF", "GBP", "JPY", "HKD")

_MINOR_DIGITS = {"JPY": 0, "KRW": 0}
_SIGNS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "CHF": "CHF ", "JPY": "JP¥", "HKD": "HK$"}
_NAMES_ZH = {
    "CNY": "元", "USD": "美元", "EUR": "欧元", "CHF": "瑞士法郎", "GBP": "英镑", "JPY": "日元",
    "HKD": "港元",
}  # fmt: skip


def minor_digits(currency: str | None) -> int:
    """Return how many digits the minor unit of a currency has (ISO 4217)."""
    return _MINOR_DIGITS.get(currency or "", 2)


def to_minor(amount: Decimal, currency: str | None) -> int:
    """Return whole currency units as minor units, half up."""
    scaled = amount.scaleb(minor_digits(currency))
    return int(scaled.to_integral_value(ROUND_HALF_UP))


def to_decimal(minor: int, currency: str | None) -> Decimal:
    """Return minor units as whole currency units."""
    return Decimal(minor).scaleb(-minor_digits(currency))


def decimal_text(minor: int | None, currency: str | None) -> str | None:
    """Return the plain decimal text of an amount without needless zeros, None for none."""
    if minor is None:
        return None
    value = to_decimal(minor, currency)
    if value == value.to_integral_value():
        return str(value.to_integral_value())
    return f"{value:f}"


def _trim(value: Decimal, digits: int = 2) -> str:
    """Return a grouped number with at most ``digits`` decimals and no needless zeros."""
    text = f"{value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def format_money(minor: int | None, currency: str | None, lang: str = "zh") -> str:
    """Return an amount as people write it: ``3.5 亿元``, ``€ 4,500 万``; ``CNY 350m``.

    An amount without a currency stands without a sign; None is an empty text.
    """
    if minor is None:
        return ""
    value = to_decimal(minor, currency)
    size = abs(value)
    if lang == "zh":
        scaled, unit = value, ""
        if size >= 10**8:
            scaled, unit = value / 10**8, "亿"
        elif size >= 10**4:
            scaled, unit = value / 10**4, "万"
        name = _NAMES_ZH.get(currency or "", f" {currency}" if currency else "")
        return f"{_trim(scaled)} {unit}{name}".rstrip()
    scaled, unit = value, ""
    if size >= 10**9:
        scaled, unit = value / 10**9, "bn"
    elif size >= 10**6:
        scaled, unit = value / 10**6, "m"
    sign = _SIGNS.get(currency or "", f"{currency} " if currency else "")
    return f"{sign}{_trim(scaled)}{unit}"
