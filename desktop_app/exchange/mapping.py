"""How one table is to be read; people may correct what was found."""

from dataclasses import dataclass, field

from desktop_app.exchange.own_column import OwnColumn
from desktop_app.exchange.parse_dates import Order
from desktop_app.exchange.parse_money import Unit
from desktop_app.i18n import catalogue, t


@dataclass
class Mapping:
    """How one table is to be read; every part may be corrected before the import.

    Args:
        kind: ``leads`` or ``contacts``; of our own ledgers also ``stages`` or ``follow-ups``.
        first_row: index of the first row below the headings.
        columns: field by column index; a column not in it is kept in the notes.
        labels: the headings as written, by column index.
        units: what a bare number of a money column stands for, by column index.
        currency: the currency of amounts that name none.
        order: how days of three small numbers are written.
        year: the year of days without one, from the title, if it names one.
        own: the columns of our own ledger, which are known for certain; empty for other tables.
        own_lang: the language in which our own ledger was written.
    """

    kind: str
    first_row: int
    columns: dict[int, str] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    units: dict[int, Unit] = field(default_factory=dict)
    currency: str = "CNY"
    order: Order = "ymd"
    year: int | None = None
    own: dict[int, OwnColumn] = field(default_factory=dict)
    own_lang: str = "zh"

    def column_of(self, name: str) -> int | None:
        """Return the first column that fills a field."""
        return next((i for i, f in sorted(self.columns.items()) if f == name), None)

    def unit_text(self, column: int) -> str:
        """Return the unit of a money column in words, such as ``万`` or ``million EUR``."""
        unit = self.units.get(column)
        return "" if unit is None else describe_unit(unit)


def describe_unit(unit: Unit) -> str:
    """Return a unit as people write it."""
    if unit.two_units or unit.factor is None:
        return t("import.unit.two")
    zeros = len(str(int(unit.factor))) - 1
    key = f"import.unit.{zeros}"
    currency = unit.currency or ""
    return t(key, currency=currency).strip() if key in catalogue() else currency
