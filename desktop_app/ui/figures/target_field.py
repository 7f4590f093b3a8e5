"""The target of a figure, typed in its own unit: 66, 62%, 19.3亿, 1.93bn."""

from typing import Any

from PySide6.QtCore import Qt

from desktop_app.domain.money import minor_digits
from desktop_app.i18n import t
from desktop_app.ui.figures.texts import EVERY, name_of, value_text
from desktop_app.ui.widgets.text_fields import LineField

_MARKS = " ,'’，\u00a0\u202f%"


class TargetField(LineField):
    """A whole number of the unit of a figure; empty is no target."""

    def __init__(self, metric: str) -> None:
        """Stand for the target of a figure."""
        super().__init__(t("figures.target_of", figure=name_of(metric)), t("figures.set_target"))
        self._metric = metric
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def parse(self, text: str) -> Any:
        """Return a whole number of the unit; of money also as people write large sums.

        Raises:
            ValueError: it is no number that can be a target.
        """
        if not text.strip():
            return None
        one = EVERY[self._metric]
        if one.how == "money":
            return self._money(text, one.unit)
        unit = t(f"figures.unit.{self._metric}") if one.how != "share" else ""
        plain = text.replace(unit, "") if unit else text
        for mark in _MARKS:
            plain = plain.replace(mark, "")
        if not plain.isdecimal() or int(plain) >= 2**63:
            raise ValueError(t("figures.not_a_target"))
        return int(plain)

    def _money(self, text: str, unit: str) -> int:
        # The same reading as in an imported ledger; its tables are only needed once one types.
        from desktop_app.exchange.parse_money import Unit, parse_money

        found = parse_money(text, Unit(), unit)
        if found is None or found.currency != unit or found.minor < 0:
            raise ValueError(t("figures.not_a_sum", unit=unit))
        return int(found.minor // 10 ** minor_digits(unit))

    def words(self, value: Any) -> str:
        return "" if value is None else value_text(self._metric, value)
