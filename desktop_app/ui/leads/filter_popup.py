"""The filter: everything that can narrow the list, on one small surface; it acts at once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.words import STAGES, Chain, Source, Status
from desktop_app.i18n import t, word
from desktop_app.ui.leads.lead_filter import DUE, SETS, LeadFilter
from desktop_app.ui.widgets.buttons import button, label
from desktop_app.ui.widgets.field_grid import commit_all
from desktop_app.ui.widgets.money_field import MoneyField
from desktop_app.ui.widgets.text_fields import ChoiceField

#: (name of the set, the choices as pairs of code and label)
Choices = dict[str, Sequence[tuple[str, str]]]


def fixed_choices() -> dict[str, list[tuple[str, str]]]:
    """Return the choices that are the same in every workspace."""
    concepts: dict[str, tuple[str, Any]] = {
        "stages": ("stage", STAGES),
        "statuses": ("status", Status),
        "chains": ("chain", Chain),
        "sources": ("source", Source),
    }
    found = {
        name: [(str(code), word(concept, str(code))) for code in codes]
        for name, (concept, codes) in concepts.items()
    }
    found["readiness"] = [(grade, grade) for grade in "ABCD"]
    return found


class SetButton(QPushButton):
    """A set of codes to choose from in a menu that stays open while ticking."""

    changed = Signal(frozenset)

    def __init__(self, title: str) -> None:
        """``title`` stands on it while nothing is chosen."""
        super().__init__()
        self.setProperty("hasMenu", True)
        self.setAccessibleName(title)
        self.setAutoDefault(False)
        self.setStyleSheet("QPushButton { text-align: left; }")
        self._chosen: frozenset[str] = frozenset()
        self._labels: dict[str, str] = {}
        self._popup = _StayingMenu(self)
        self.setMenu(self._popup)

    def set_choices(self, choices: Sequence[tuple[str, str]], chosen: frozenset[str]) -> None:
        """Offer these choices, some of them ticked."""
        self._labels = dict(choices)
        self._chosen = chosen
        self._popup.clear()
        for code, text in choices:
            action = self._popup.addAction(text)
            action.setCheckable(True)
            action.setChecked(code in chosen)
            action.toggled.connect(lambda on, c=code: self._on_toggled(c, on))
        self._show()

    def _on_toggled(self, code: str, on: bool) -> None:
        self._chosen = self._chosen | {code} if on else self._chosen - {code}
        self._show()
        self.changed.emit(self._chosen)

    def _show(self) -> None:
        names = [text for code, text in self._labels.items() if code in self._chosen]
        if not names:
            text = t("leads.filter.any")
        elif len(names) <= 2:
            text = t("leads.list_comma").join(names)
        else:
            text = t("leads.filter.several", first=names[0], count=len(names))
        # Qt forgets the padding of a button with a menu once its text stands at the left.
        self.setText(f"  {text}")


class _StayingMenu(QMenu):
    """A menu of ticks that closes by Esc or a click elsewhere, not by a tick."""

    def mouseReleaseEvent(self, event: Any) -> None:
        action: QAction | None = self.activeAction()
        if action is not None and action.isCheckable() and action.isEnabled():
            action.trigger()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: Any) -> None:
        action: QAction | None = self.activeAction()
        if action is not None and event.key() == Qt.Key.Key_Space:
            action.trigger()
            return
        super().keyPressEvent(event)


class FilterPopup(QFrame):
    """The conditions; every change is applied while the popup stays open."""

    changed = Signal(object)

    def __init__(self, anchor: QWidget) -> None:
        """Make the popup of a button."""
        super().__init__(anchor, Qt.WindowType.Popup)
        self._anchor = anchor
        self._filter = LeadFilter()
        self.setProperty("role", "popup")
        self.setAccessibleName(t("leads.filter"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        line = QHBoxLayout()
        line.setSpacing(16)
        self.mine = QCheckBox(t("leads.filter.mine"))
        self.stale = QCheckBox(t("leads.filter.stale"))
        self.mine.clicked.connect(lambda on: self._set(mine=on))
        self.stale.clicked.connect(lambda on: self._set(stale=on))
        line.addWidget(self.mine)
        line.addWidget(self.stale)
        line.addStretch(1)
        self.clear_button = button(t("leads.filter.clear"), self._clear, variant="link")
        line.addWidget(self.clear_button)
        column.addLayout(line)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(1, 240)
        self.sets: dict[str, SetButton] = {}
        for row, name in enumerate(SETS):
            one = SetButton(t(f"leads.filter.{name}"))
            one.changed.connect(lambda codes, n=name: self._set(**{n: codes}))
            grid.addWidget(label(t(f"leads.filter.{name}"), "muted"), row, 0)
            grid.addWidget(one, row, 1)
            self.sets[name] = one
        self.due = ChoiceField(
            t("leads.filter.due"),
            [(code, t(f"leads.filter.due_{code}")) for code in DUE],
            t("leads.filter.any"),
            inplace=False,
        )
        self.due.edited.connect(lambda code: self._set(due=code or ""))
        grid.addWidget(label(t("leads.filter.due"), "muted"), len(SETS), 0)
        grid.addWidget(self.due, len(SETS), 1)
        amounts = QHBoxLayout()
        amounts.setSpacing(6)
        self.low = self._amount(t("leads.filter.amount_from"), "amount_from")
        self.high = self._amount(t("leads.filter.amount_to"), "amount_to")
        amounts.addWidget(self.low)
        amounts.addWidget(label("–", "muted"))
        amounts.addWidget(self.high)
        grid.addWidget(label(t("leads.filter.amount"), "muted"), len(SETS) + 1, 0)
        grid.addLayout(amounts, len(SETS) + 1, 1)
        column.addLayout(grid)

    def _amount(self, name: str, field: str) -> MoneyField:
        one = MoneyField(name, inplace=False)
        one.unit.hide()
        one.edited.connect(lambda amount: self._set(**{field: amount.minor}))
        return one

    def open(self, value: LeadFilter, choices: Choices) -> None:
        """Open under the button with a filter and what can be chosen."""
        self._filter = value
        self._choices = choices
        self._fill()
        self.adjustSize()
        self.move(self._anchor.mapToGlobal(QPoint(0, self._anchor.height() + 4)))
        self.show()

    def _fill(self) -> None:
        value = self._filter
        for name, one in self.sets.items():
            one.set_choices(self._choices[name], getattr(value, name))
        self.mine.setChecked(value.mine)
        self.stale.setChecked(value.stale)
        self.due.set_value(value.due or None)
        self.low.set_value((value.amount_from, "CNY"))
        self.high.set_value((value.amount_to, "CNY"))
        self.clear_button.setEnabled(bool(value.count()))

    def _set(self, **values: Any) -> None:
        self._filter = replace(self._filter, **values)
        self.clear_button.setEnabled(bool(self._filter.count()))
        self.changed.emit(self._filter)

    def _clear(self) -> None:
        self._filter = LeadFilter()
        self._fill()
        self.changed.emit(self._filter)

    def hideEvent(self, event: Any) -> None:
        commit_all(self)
        super().hideEvent(event)


def filter_words(value: LeadFilter, choices: Choices) -> str:
    """Return what stands on the filter button: the one or two conditions, else their number."""
    words: list[str] = []
    for name in SETS:
        codes = getattr(value, name)
        if codes:
            labels = [text for code, text in choices[name] if code in codes] or list(codes)
            more = f" +{len(labels) - 1}" if len(labels) > 1 else ""
            words.append(labels[0] + more)
    for flag in ("mine", "stale"):
        if getattr(value, flag):
            words.append(t(f"leads.filter.{flag}"))
    if value.due:
        words.append(t(f"leads.filter.due_{value.due}"))
    if value.amount_from is not None or value.amount_to is not None:
        words.append(t("leads.filter.amount"))
    if not words:
        return t("leads.filter")
    if len(words) <= 2:
        return " · ".join(words)
    return t("leads.filter.count", count=len(words))
