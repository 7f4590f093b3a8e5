"""An amount of money with its currency, typed as people write it: 3.5亿, 8000万, 4.5m, 20 Mio."""

from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain import money
from desktop_app.i18n import language, t
from desktop_app.ui.widgets.text_fields import ChoiceField, LineField

CURRENCIES = ("CNY", "EUR", "USD", "CHF", "GBP", "JPY", "HKD")


class Amount(NamedTuple):
    """Minor units (fen, cents) and the ISO code of their currency."""

    minor: int | None
    currency: str | None


class _AmountLine(LineField):
    """The number of a ``MoneyField``."""

    currency = "CNY"

    def parse(self, text: str) -> Any:
        if not text.strip():
            return Amount(None, None)
        # The same reading as in an imported ledger; its tables are only needed once one types.
        from desktop_app.exchange.parse_money import Unit, parse_money

        found = parse_money(text, Unit(), self.currency)
        if found is None:
            raise ValueError(t("shell.not_money"))
        return Amount(found.minor, found.currency)

    def words(self, value: Any) -> str:
        if value is None or value.minor is None:
            return ""
        return money.format_money(value.minor, value.currency, language())


class MoneyField(QWidget):
    """Emits ``edited(Amount)``; a currency typed with the number is understood too."""

    edited = Signal(object)

    def __init__(self, name: str, hint: str = "", inplace: bool = True) -> None:
        """Show the number and, small beside it, the currency."""
        super().__init__()
        self._value = Amount(None, None)
        self.line = _AmountLine(name, hint or t("shell.money_hint"), inplace)
        self.unit = ChoiceField(
            t("shell.currency_of", name=name), [(c, c) for c in CURRENCIES], None, inplace
        )
        self.unit.setFixedWidth(76)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.unit)
        self.setFocusProxy(self.line)
        self.setAccessibleName(name)
        self.line.edited.connect(self._on_amount)
        self.unit.edited.connect(self._on_currency)
        self.set_value(self._value)

    def value(self) -> Amount:
        """Return the amount last set or committed."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show an ``Amount`` or a pair of minor units and currency."""
        self._value = Amount(*value) if value is not None else Amount(None, None)
        self.line.currency = self._value.currency or "CNY"
        self.line.set_value(self._value)
        # An amount whose currency nobody said is no yuan: its currency is left to be chosen.
        unknown = self._value.minor is not None and not self._value.currency
        self.unit.set_value(None if unknown else self.line.currency)

    def commit(self) -> bool:
        """Take what was typed."""
        return self.line.commit()

    def _on_amount(self, value: Amount) -> None:
        self.set_value(value)
        self.edited.emit(self._value)

    def _on_currency(self, currency: str) -> None:
        self.line.currency = currency
        if self._value.minor is not None:
            digits = money.minor_digits(currency) - money.minor_digits(
                self._value.currency or "CNY"
            )
            minor = self._value.minor
            # The person's number stays; only what its last digit means changes (JPY has no cents).
            minor = minor * 10**digits if digits >= 0 else minor // 10**-digits
            self.set_value(Amount(minor, currency))
            self.edited.emit(self._value)
