"""Which leads are to be seen: one value that filters, is worded, and is kept in saved views."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, Self

from desktop_app.services.lead_rows import LeadRow

#: When the next follow-up is due, as one choice.
DUE = ("overdue", "week", "month", "none")
#: The filters that are sets of codes, each with the column of ``LeadRow`` that it looks at.
SETS: dict[str, str] = {
    "stages": "stage",
    "statuses": "status",
    "chains": "chain",
    "countries": "country",
    "owners": "owner_id",
    "sources": "source",
    "readiness": "readiness",
}


@dataclass(frozen=True)
class LeadFilter:
    """What a lead has to be; an empty field lets every lead through."""

    stages: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    chains: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    readiness: frozenset[str] = frozenset()
    mine: bool = False
    stale: bool = False
    amount_from: int | None = None
    amount_to: int | None = None
    due: str = ""

    def count(self) -> int:
        """Return how many conditions are set; a range is one."""
        single = [self.mine, self.stale, bool(self.due)]
        single.append(self.amount_from is not None or self.amount_to is not None)
        return sum(single) + sum(bool(getattr(self, name)) for name in SETS)

    def to_json(self) -> dict[str, Any]:
        """Return what is set, ready for JSON."""
        found: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value != field.default:
                found[field.name] = sorted(value) if isinstance(value, frozenset) else value
        return found

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Return the filter that ``to_json`` wrote; what is not understood is left out."""
        found: dict[str, Any] = {}
        kinds = {"mine": bool, "stale": bool, "amount_from": int, "amount_to": int}
        for name, value in data.items() if isinstance(data, dict) else ():
            if name in SETS and isinstance(value, list):
                found[name] = frozenset(str(v) for v in value)
            elif (name in kinds and isinstance(value, kinds[name])) or (
                name == "due" and value in DUE
            ):
                found[name] = value
        return cls(**found)

    def test(
        self,
        today: dt.date,
        me: str | None,
        yuan: Callable[[int, str | None], int],
    ) -> Callable[[LeadRow], bool] | None:
        """Return the check of one row, or None when every row passes.

        Args:
            today: from which day due dates are counted.
            me: the member whose leads are "mine".
            yuan: makes fen of any amount, so that a range may span currencies.
        """
        checks: list[Callable[[LeadRow], bool]] = []
        for name, column in SETS.items():
            wanted: frozenset[str] = getattr(self, name)
            if wanted:
                position = LeadRow._fields.index(column)
                checks.append(
                    lambda row, wanted=wanted, at=position: row[at] in wanted  # type: ignore[misc]
                )
        if self.mine:
            checks.append(lambda row: row.owner_id == me)
        if self.stale:
            checks.append(lambda row: bool(row.stale))
        if self.amount_from is not None or self.amount_to is not None:
            low = self.amount_from if self.amount_from is not None else -1
            high = self.amount_to if self.amount_to is not None else 1 << 62
            checks.append(
                lambda row: (
                    row.amount_minor is not None
                    and low <= yuan(row.amount_minor, row.currency) <= high
                )
            )
        if self.due:
            checks.append(_due_test(self.due, today))
        if not checks:
            return None
        if len(checks) == 1:
            return checks[0]
        return lambda row: all(check(row) for check in checks)


def _due_test(due: str, today: dt.date) -> Callable[[LeadRow], bool]:
    """Return the check of one choice of ``DUE``."""
    if due == "none":
        return lambda row: row.next_on is None
    if due == "overdue":
        return lambda row: row.next_on is not None and row.next_on < today
    last = today + dt.timedelta(days=7 if due == "week" else 31)
    return lambda row: row.next_on is not None and row.next_on <= last
