"""What currencies are worth in US dollars: the team's own rates, or the defaults."""

from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop_app.domain.money import CURRENCIES
from desktop_app.i18n import t
from desktop_app.services import rates
from desktop_app.ui.settings_view.cards import add_line, card
from desktop_app.ui.store import Store
from desktop_app.ui.widgets.text_fields import LineField

# A rate beyond it is a slip of the keys.
_MOST = 10_000_000


class RateField(LineField):
    """US dollars for 100 units of a currency; the value is in US cents, None when empty."""

    def parse(self, text: str) -> int | None:
        plain = text.replace("，", ",").replace("。", ".").replace(" ", "").strip("$")
        if not plain:
            return None
        # The last mark is that of the decimals, as people write it here and in Europe.
        if "," in plain and "." not in plain:
            plain = plain.replace(",", ".") if len(plain.split(",")[-1]) <= 2 else plain
        try:
            cents = round(Decimal(plain.replace(",", "")) * 100)
        except (InvalidOperation, OverflowError, ValueError):
            raise ValueError(t("shell.not_a_number")) from None
        if not 0 < cents <= _MOST:
            raise ValueError(t("shell.rate_wrong"))
        return cents

    def words(self, value: Any) -> str:
        return "" if value is None else f"{Decimal(value) / 100:,.2f}"


class RatesCard(QFrame):
    """One field for each currency but the dollar; an empty one goes back to the default."""

    def __init__(self, store: Store) -> None:
        """Make the fields; ``read`` fills them in."""
        super().__init__()
        self._store = store
        frame, body = card(t("shell.set_rates"), t("shell.set_rates_hint"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.fields: dict[str, RateField] = {}
        for currency in CURRENCIES:
            if currency == "USD":
                continue
            name = t("shell.rate_of", currency=currency)
            default = f"{Decimal(rates.USD_RATES[currency]) / 100:,.2f}"
            field = RateField(name, default, inplace=False)
            field.setFixedWidth(90)
            field.edited.connect(lambda value, c=currency: self._on_rate(c, value))
            self.fields[currency] = field
            add_line(body, name, field)

    def read(self) -> None:
        """Show the rates as they are now."""
        now = self._store.read(rates.usd_rates)
        for currency, field in self.fields.items():
            field.set_value(now.get(currency))

    def _on_rate(self, currency: str, value: int | None) -> None:
        now = dict(self._store.read(rates.usd_rates))
        now[currency] = rates.USD_RATES[currency] if value is None else value
        self._store.write(t("shell.set_label"), rates.set_usd_rates, now)
        self.read()
