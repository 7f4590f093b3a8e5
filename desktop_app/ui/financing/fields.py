"""What the forms of the view share: names of fields, and two amounts in one currency."""

from collections.abc import Mapping, Sequence
from typing import Any

from desktop_app.domain.money import minor_digits

#: Fields that financing calls otherwise than other records do.
LABELS = {
    column: f"financing.field.{column}"
    for column in ("lead_id", "event_id", "ends_on", "amount_minor", "kind")
}


def amounts_kept(
    record: Mapping[str, Any], fields: dict[str, Any], columns: Sequence[str]
) -> dict[str, Any]:
    """Return fields to save such that an amount's edit leaves the other one what it is.

    Both stand in one currency: an emptied amount does not take it from the other, and where the
    new currency has other minor units (the yen has none) the other's number stays the same.

    Args:
        record: as it was shown.
        fields: what was edited.
        columns: the amounts that share the currency.
    """
    others = [c for c in columns if c not in fields and record.get(c) is not None]
    if "currency" not in fields or not others:
        return fields
    currency, before = fields["currency"], record.get("currency")
    if currency is None:
        return {name: value for name, value in fields.items() if name != "currency"}
    digits = minor_digits(currency) - minor_digits(before)
    more = {c: _shifted(record[c], digits) for c in others} if digits else {}
    return {**fields, **more}


def _shifted(minor: int, digits: int) -> int:
    return int(minor * 10**digits if digits >= 0 else minor // 10**-digits)
