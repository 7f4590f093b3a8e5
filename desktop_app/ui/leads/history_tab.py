"""Who altered what, when, from what to what."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.db.log import HistoryEntry
from desktop_app.i18n import t, word
from desktop_app.ui.leads import lead_texts
from desktop_app.ui.leads.lead_fields import FIELDS, field_label
from desktop_app.ui.leads.parts import clear
from desktop_app.ui.widgets.buttons import button, label
from desktop_app.ui.widgets.timeline import Entry, Timeline

FIRST = 25
_CURRENCY = {"amount_minor": "currency", "registered_capital_minor": "registered_currency"}


class HistoryTab(QWidget):
    """The changes of a lead, newest first."""

    def __init__(self, name_of: Callable[[str, str], str]) -> None:
        """``name_of(kind, id)`` names a member, event or company."""
        super().__init__()
        self._name_of = name_of
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 8, 0, 0)
        self._layout.setSpacing(4)

    def set_history(self, entries: Sequence[HistoryEntry], currency: str | None) -> None:
        """Word the entries; amounts without a currency of their own are in ``currency``."""
        self._entries, self._currency = entries, currency
        self._show(FIRST)

    def _show(self, count: int) -> None:
        clear(self._layout)
        timeline = Timeline()
        self.shown = [self._entry(one) for one in self._entries[:count]]
        timeline.set_entries(self.shown)
        self._layout.addWidget(timeline)
        rest = len(self._entries) - count
        if rest > 0:
            more = t("leads.show_more", count=rest)
            everything = len(self._entries)
            self._layout.addWidget(button(more, lambda: self._show(everything), variant="link"))
        if not self._entries:
            self._layout.addWidget(label(t("leads.history.empty"), "muted", wrap=True))

    def _entry(self, one: HistoryEntry) -> Entry:
        at = one.at.astimezone()
        when = f"{lead_texts.short_day(at.date(), dt.date.today())} {at:%H:%M}"
        lines = [] if one.created else self._lines(one)
        title = t("leads.history.created") if one.created else t("leads.history.edited")
        if "deleted" in one.fields and not one.created:
            gone = one.fields["deleted"][1]
            title = t("leads.history.deleted" if gone else "leads.history.restored")
        who = one.by or t("leads.history.someone")
        return Entry(who, when, "\n".join(lines), title, dot="muted")

    def _lines(self, one: HistoryEntry) -> list[str]:
        currency = self._currency
        if "currency" in one.fields:
            currency = str(one.fields["currency"][1] or "")
        lines = []
        for column, (old, new) in one.fields.items():
            if column == "deleted" or (column == "currency" and "amount_minor" in one.fields):
                continue
            before = self.words(column, old, currency)
            after = self.words(column, new, currency)
            lines.append(t("leads.history.line", field=field_label(column), old=before, new=after))
        return lines

    def words(self, column: str, value: Any, currency: str | None) -> str:
        """Return how a stored value reads."""
        if value in (None, ""):
            return t("leads.history.nothing")
        if column.endswith("_minor") and isinstance(value, int):
            own = currency if column in _CURRENCY else "CNY"
            return lead_texts.money(value, own)
        if column.endswith("_id"):
            kind = FIELDS[column].kind if column in FIELDS else column.removesuffix("_id")
            return self._name_of(kind, str(value)) or "—"
        if column in ("stage", "status", "chain", "source", "verdict", "time_scale"):
            return word(column, str(value))
        if isinstance(value, bool) or column in ("veto", "decision_maker_met", "budget_approved"):
            return t("leads.yes") if value else t("leads.no")
        text = str(value)
        return text if len(text) <= 120 else text[:119] + "…"
