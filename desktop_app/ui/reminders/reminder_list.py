"""All that is to be reminded of, in the window: open it, or put it off."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.i18n import t
from desktop_app.services.reminders import Reminder
from desktop_app.ui.reminders.reminder_clock import HOUR, ReminderClock
from desktop_app.ui.reminders.words import detail_of, heading_of
from desktop_app.ui.widgets.buttons import button, column, label, row
from desktop_app.ui.widgets.dialogs import Dialog

if TYPE_CHECKING:
    from desktop_app.ui.shell import MainWindow

_MOST = 40


class ReminderList(Dialog):
    """A line for each reminder; what was put off is shown no more."""

    def __init__(self, window: "MainWindow", clock: ReminderClock) -> None:
        """Show what the clock found at its last look."""
        super().__init__(window, t("reminders.title"), 560)
        self._window, self._clock = window, clock
        holder = QWidget()
        self._lines = column(holder, 0, 4)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setAccessibleName(t("reminders.title"))
        scroll.setWidget(holder)
        scroll.setMinimumHeight(260)
        self.body.addWidget(scroll)
        for one in clock.current[:_MOST]:
            self._lines.addWidget(self._line(one))
        if len(clock.current) > _MOST:
            left = len(clock.current) - _MOST
            self._lines.addWidget(label(t("reminders.more", n=left), "muted"))
        if not clock.current:
            self._lines.addWidget(label(t("reminders.none"), "muted", wrap=True))
        self._lines.addStretch(1)
        self.add_button(t("shell.close"), self.accept, default=True).setFocus()

    def _line(self, one: Reminder) -> QWidget:
        line = QWidget()
        layout = row(line)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(heading_of(one)))
        words.addWidget(label(detail_of(one), "small", wrap=True))
        layout.addLayout(words, 1)
        for key, callback in (
            ("open", partial(self._open, one)),
            ("snooze_hour", partial(self._put_off, one, line, self._in_an_hour)),
            ("snooze_morning", partial(self._put_off, one, line, self._clock.tomorrow_morning)),
        ):
            push = button(t(f"reminders.{key}"), callback, variant="link")
            push.setAccessibleName(f"{t(f'reminders.{key}')}: {heading_of(one)}, {detail_of(one)}")
            layout.addWidget(push)
        return line

    def _in_an_hour(self) -> dt.datetime:
        return self._clock.now() + HOUR

    def _open(self, one: Reminder) -> None:
        self.accept()
        self._window.open_record(one.kind, one.id)

    def _put_off(self, one: Reminder, line: QWidget, until: Callable[[], dt.datetime]) -> None:
        self._clock.put_off(one, until())
        line.hide()
