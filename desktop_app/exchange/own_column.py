"""One column of the team's own ledgers: what it holds, how it is headed and how wide it is."""

from dataclasses import dataclass

from desktop_app.i18n import catalogue, t

# What a bare number of a money column stands for: 万 in Chinese, millions in English.
MONEY_UNITS = {"zh": 10**4, "en": 10**6}


@dataclass(frozen=True)
class OwnColumn:
    """One column of one of our sheets.

    Args:
        name: column of the record, or what it is instead (``owner``, ``next_step``, ``key``).
        kind: how its cells are written: ``text note day whole percent money truth place key``,
            ``member``, or ``code:`` with the concept of its words.
        record: the record it belongs to: ``lead company contact stage follow_up``.
        group: the part of the ledger it stands in; ``main`` is what gets printed.
        width: in characters.
        currency: the column that holds a money column's currency.
    """

    name: str
    kind: str
    record: str
    group: str
    width: int
    currency: str = ""

    def heading(self, lang: str) -> str:
        """Return its heading, which is unique in its sheet."""
        own = (f"export.head.{self.record}.{self.name}", f"export.head.{self.name}")
        key = next((k for k in own if k in catalogue()), f"words.field.{self.name}")
        return t(key, lang) + (t("export.unit", lang) if self.kind == "money" else "")


def columns_of_text(record: str, group: str, text: str) -> tuple[OwnColumn, ...]:
    """Return columns from lines of name, kind, width and, for money, its currency's column."""
    found = []
    for line in text.strip().splitlines():
        name, kind, width, *currency = line.split()
        found.append(
            OwnColumn(name, kind, record, group, int(width), currency[0] if currency else "")
        )
    return tuple(found)
