"""The icon in the system's tray: today's count, notifications, and a menu; quiet without a tray."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from desktop_app.i18n import t
from desktop_app.services.reminders import Digest, Reminder
from desktop_app.ui import theme
from desktop_app.ui.fonts import font
from desktop_app.ui.icons import icon, paint_icon
from desktop_app.ui.reminders.reminder_clock import ReminderClock
from desktop_app.ui.reminders.words import detail_of, digest_text, heading_of

if TYPE_CHECKING:
    from desktop_app.ui.shell import MainWindow

_SIZE, _SHOWN_MS, _LATER_MS, _MOST = 64, 12_000, 4_000, 3


def count_icon(count: int) -> QIcon:
    """Return the app's icon with a number on it."""
    picture = QPixmap(_SIZE, _SIZE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_icon(painter, "handshake", QRectF(4, 4, _SIZE - 8, _SIZE - 8), "accent")
    if count:
        area = QRectF(26, 26, 38, 38)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("bad"))
        painter.drawEllipse(area)
        painter.setPen(theme.color("surface"))
        painter.setFont(font(24 if count < 10 else 18, True))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(min(count, 99)))
    painter.end()
    return QIcon(picture)


class Tray(QObject):
    """Shows notifications where the system has a tray, else quiet notes in the window."""

    def __init__(
        self, window: "MainWindow", clock: ReminderClock, show_list: Callable[[], object]
    ) -> None:
        """Stand in the tray of a window.

        Args:
            window: it is brought to the front.
            clock: what it tells.
            show_list: shows all reminders in the window.
        """
        super().__init__(window)
        self._window, self._clock, self._show_list = window, clock, show_list
        self._last: Reminder | None = None
        self.icon: QSystemTrayIcon | None = None
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._make_icon()
        clock.told.connect(self._on_told)
        clock.morning_came.connect(self._on_morning)
        clock.counted.connect(self._on_counted)

    def _make_icon(self) -> None:
        tray = QSystemTrayIcon(icon("handshake", "accent"), self._window)
        menu = QMenu()
        menu.addAction(t("reminders.tray_open"), self._raise)
        menu.addAction(t("capture.title"), self._on_capture)
        menu.addAction(t("reminders.show"), self._on_show)
        menu.addAction(t("reminders.quiet_hour"), self._clock.be_quiet)
        menu.addSeparator()
        menu.addAction(t("reminders.tray_quit"), self._window.close)
        tray.setContextMenu(menu)
        # Qt does not keep the menu: it would be gone at once.
        self._menu = menu
        tray.activated.connect(self._on_activated)
        tray.messageClicked.connect(self._on_message)
        tray.show()
        self.icon = tray

    def _raise(self) -> None:
        from desktop_app.ui.shell import raise_window

        raise_window(self._window)

    def _on_capture(self) -> None:
        self._raise()
        self._window.capture()

    def _on_show(self) -> None:
        self._raise()
        self._show_list()

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason != QSystemTrayIcon.ActivationReason.Context:
            self._raise()

    def _on_message(self) -> None:
        """A notification was clicked: here it can be opened or put off."""
        self._on_show()

    def _on_told(self, found: Sequence[Reminder]) -> None:
        lines = [f"{heading_of(one)}: {detail_of(one)}" for one in found[:_MOST]]
        if len(found) > _MOST:
            lines.append(t("reminders.more", n=len(found) - _MOST))
        self._notify(t("reminders.title"), lines)

    def _on_morning(self, found: Digest) -> None:
        self._notify(t("reminders.digest"), [digest_text(found)])

    def _notify(self, title: str, lines: list[str]) -> None:
        if self.icon is not None and self.icon.supportsMessages():
            # The icon of the app, not a coloured one of the system's.
            self.icon.showMessage(title, "\n".join(lines), self.icon.icon(), _SHOWN_MS)
        elif self._window.is_telling():
            # What was just done is told first: a note in its place would hide it.
            QTimer.singleShot(_LATER_MS, self, partial(self._notify, title, lines))
        else:
            self._window.toast_action(lines[0], t("reminders.show"), self._show_list)

    def _on_counted(self, count: int) -> None:
        if self.icon is None:
            return
        self.icon.setIcon(count_icon(count))
        key = "reminders.tray_count" if count else "reminders.tray_none"
        self.icon.setToolTip(t(key, n=count))
