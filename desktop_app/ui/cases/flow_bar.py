"""The flow of a case as one bar: where it stands, since when, and by a click where it may go."""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop_app.domain.case_rules import MOVES, STATE_DAYS, state_of
from desktop_app.domain.words_after import CaseState
from desktop_app.i18n import t, word
from desktop_app.ui import theme
from desktop_app.ui.cases.case_texts import state_short
from desktop_app.ui.fonts import font
from desktop_app.ui.widgets.buttons import column, row

FLOW = tuple(state for state in CaseState if state != CaseState.RETURNED)
_DAYS = {CaseState.COLLECTED: "raised_on", **STATE_DAYS}
_BAR, _LINE, _GAP = 5, 17, 4
_BOTH = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class FlowStep(QAbstractButton):
    """One state of the flow: a piece of the bar, its word, and the day it was reached."""

    def __init__(self, state: CaseState) -> None:
        """Stand for a state."""
        super().__init__()
        self.state = state
        self._reached = self._current = self._muted = False
        self._day = ""
        self._over = False
        self.setText(state_short(state.value))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_step(
        self, reached: bool, current: bool, muted: bool, allowed: bool, day: dt.date | None
    ) -> None:
        """Show how far the case is seen from here, and whether it may go here."""
        self._reached, self._current, self._muted = reached, current, muted
        self._day = f"{day.month}-{day.day}" if day is not None else ""
        self.setEnabled(allowed)
        cursor = Qt.CursorShape.PointingHandCursor if allowed else Qt.CursorShape.ArrowCursor
        self.setCursor(cursor)
        name = word("case_state", self.state.value)
        tip = name
        if day is not None:
            tip = t("cases.reached_on", state=name, day=day.isoformat())
        if allowed:
            tip = t("cases.move_to", state=name)
        self.setToolTip(tip)
        self.setAccessibleName(t("cases.is_now", state=name) if current else tip)
        self.update()

    def room_wanted(self) -> int:
        """Return how wide the word is."""
        return QFontMetrics(font(theme.SMALL, True)).horizontalAdvance(self.text()) + 3

    def sizeHint(self) -> QSize:
        return QSize(self.room_wanted(), 8 + 2 * _LINE)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, 8 + 2 * _LINE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        live = self.isEnabled() and (self._over or self.hasFocus())
        role = "line"
        if self._reached:
            role = "muted" if self._muted else "accent"
            if self.state in (CaseState.CONFIRMED, CaseState.CLOSED):
                role = "good"
        elif live:
            role = "strong_line"
        height = _BAR + 2 if live else _BAR
        bar = QRectF(0, (8 - height) / 2, self.width(), height)
        painter.setBrush(QColor(theme.color(role)))
        painter.drawRoundedRect(bar, height / 2, height / 2)
        small = QFont(font(theme.SMALL, self._current))
        small.setUnderline(live)
        painter.setFont(small)
        shown = "text" if self._current else "accent" if self.isEnabled() else "muted"
        painter.setPen(QColor(theme.color(shown)))
        dots = Qt.TextElideMode.ElideRight
        metrics = QFontMetrics(small)
        word_room = QRectF(0, 8, self.width(), _LINE)
        painter.drawText(word_room, _BOTH, metrics.elidedText(self.text(), dots, self.width()))
        painter.setFont(font(theme.SMALL))
        painter.setPen(QColor(theme.color("muted")))
        painter.drawText(word_room.translated(0, _LINE - 2), _BOTH, self._day)
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._over = False
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: Any) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class FlowBar(QWidget):
    """The states from collected to closed; only the moves that the flow allows can be clicked."""

    #: A state that the case may go to was clicked.
    picked = Signal(str)

    def __init__(self) -> None:
        """Make a step for each state."""
        super().__init__()
        column(self)
        self._steps_row = QWidget()
        line = row(self._steps_row, 0, _GAP)
        self.steps: dict[CaseState, FlowStep] = {}
        for state in FLOW:
            step = self.steps[state] = FlowStep(state)
            step.clicked.connect(partial(self._on_clicked, state))
            line.addWidget(step, max(step.room_wanted(), 24))
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self._steps_row)

    def _on_clicked(self, state: CaseState, _checked: bool = False) -> None:
        self.picked.emit(state.value)

    def show_case(self, case: Mapping[str, Any]) -> None:
        """Show where a case stands."""
        now = state_of(case.get("state"))
        place = FLOW.index(now) if now in FLOW else -1
        for number, (state, step) in enumerate(self.steps.items()):
            reached = number <= place
            # A case need not have been at dispatch to be done.
            skipped = state == CaseState.DISPATCH and number < place
            day = case.get(_DAYS[state]) if state in _DAYS and (reached or place < 0) else None
            step.show_step(
                reached and not skipped, number == place, False, state in MOVES[now], day
            )
        self.setAccessibleName(t("cases.flow", state=word("case_state", now.value)))

    def offered(self) -> list[CaseState]:
        """Return the states that can be clicked."""
        return [state for state, step in self.steps.items() if step.isEnabled()]
