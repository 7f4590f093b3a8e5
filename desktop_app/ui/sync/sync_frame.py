"""Sync as the window has it: its foot, its badge, F5, and the wait before the window closes."""

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.i18n import t
from desktop_app.ui.sync.sync_runner import SyncRunner
from desktop_app.ui.view import Action

if TYPE_CHECKING:
    from desktop_app.sync.team import SyncResult, TeamStatus
    from desktop_app.ui.shell import MainWindow

_CLOCK_MS = 30_000


class SyncFrame(QObject):
    """Stands between the window and the runner of syncs; views reach it as ``shell.sync``."""

    #: Carries the ``TeamStatus`` whenever it was read anew.
    changed = Signal(object)

    def __init__(self, window: "MainWindow") -> None:
        """Stand by: nothing is read or synced before ``start``."""
        super().__init__(window)
        self._window = window
        self.runner = SyncRunner(window.store, self)
        self.runner.status_changed.connect(self._on_status)
        self.runner.started.connect(self._on_started)
        self.runner.finished.connect(self._on_finished)
        self.runner.view_shown = lambda: window.settings.view
        self._asked = False
        self._closing = False
        #: Whether something waited for a share without answer when the window closed.
        self.hangs = False
        self._saved_at = ""
        window.store.changed.connect(self._on_changed)
        clock = QTimer(self)
        clock.timeout.connect(self._show)
        clock.start(_CLOCK_MS)

    # --- the foot

    def attach(self) -> None:
        """Take charge of the foot of a navigation just made."""
        foot = self._window.navigation.foot
        foot.clicked.connect(self.open_popover)
        foot.set_running(self.runner.running)
        self._show()

    def _on_changed(self, _changes: object) -> None:
        self._saved_at = f"{dt.datetime.now():%H:%M}"
        self._show()

    def _show(self) -> None:
        """Show how things stand, as far as is known."""
        from desktop_app.ui.sync.sync_state import words

        status = self.runner.status
        navigation = self._window.navigation
        if status is None:
            navigation.foot.show_saved(self._saved_at)
            return
        navigation.foot.show_state(words(status, self._saved_at))
        navigation.set_badge("conflicts", status.conflicts)

    def _on_status(self, status: "TeamStatus") -> None:
        self._show()
        self.changed.emit(status)

    def _on_started(self) -> None:
        if self.runner.connected:
            self._window.navigation.foot.set_running(True)

    def _on_finished(self, result: "SyncResult | None") -> None:
        self._window.navigation.foot.set_running(False)
        asked, self._asked = self._asked, False
        if asked and result is not None and not self._closing:
            self._window.toast(self._said(result))

    def _said(self, result: "SyncResult") -> str:
        """Return in a sentence what a sync that was asked for did."""
        from desktop_app.ui.sync.sync_state import problem_sentence

        if result.problems:
            return problem_sentence(result.problems[0].key, result.problems[0].values)
        if result.pulled or result.pushed:
            return t("sync.done", pulled=f"{result.pulled:,}", pushed=f"{result.pushed:,}")
        return t("sync.done_nothing")

    def open_popover(self) -> Any:
        """Open the whole story above the foot."""
        from desktop_app.sync.team import status as read_status
        from desktop_app.ui.sync.popover import SyncPopover, Ways
        from desktop_app.ui.sync.sync_state import words

        window = self._window
        status = self.runner.status or read_status(window.store.workspace)
        ways = Ways(
            self.sync_by_hand,
            self.open_settings,
            partial(window.show_view, "conflicts"),
            partial(window.show_view, "incoming"),
            self.ask_passphrase,
        )
        popover = SyncPopover(window.navigation.foot, status, words(status, self._saved_at), ways)
        popover.show()
        return popover

    # --- what the person asks for

    def start(self) -> None:
        """Sync by itself from now on."""
        self.runner.start()

    def sync_by_hand(self) -> None:
        """Sync now, and say what came of it; without a team file lead to where it is set."""
        if not self.runner.connected:
            self.open_settings()
            return
        self._asked = True
        self.runner.sync_now()

    def open_settings(self) -> None:
        """Show the settings, where the team file is."""
        self._window.show_view("settings")

    def actions(self) -> list[Action]:
        """Return what the palette offers."""
        show = self._window.show_view
        return [
            Action(t("sync.now"), self.sync_by_hand, "refresh-cw", "F5"),
            Action(t("sync.incoming"), partial(show, "incoming"), "inbox"),
            Action(t("sync.conflicts"), partial(show, "conflicts"), "split"),
            Action(t("sync.connect"), self.open_settings, "link"),
        ]

    def open_conflict(self, row: str, column: str) -> None:
        """Show what people disagree on in a field of a record."""
        self._window.show_view("conflicts")
        self._window.view("conflicts").select(f"{row}/{column}")

    def mark_looked(self) -> None:
        """Note that the person has seen what came in."""
        from desktop_app.sync.incoming import mark_looked

        mark_looked(self._window.store.workspace)
        self._window.forget_view("desk")
        self.runner.read_status()

    def open_team_file(self, location: str) -> None:
        """Offer to join a team's file that was opened from outside; one joined is shown."""
        status = self.runner.status
        if status is not None and status.location is not None:
            self._window.show_view("settings")
        else:
            self.connect_team(location)

    def connect_team(self, location: str = "") -> None:
        """Ask for the team's file, warn of invented records, connect, ask who sits here."""
        from desktop_app.services.demo import has_demo
        from desktop_app.ui.sync.connect_dialog import ConnectDialog

        window = self._window
        if window.store.read(has_demo) and not window.confirm(
            t("sync.demo_title"), t("sync.demo_warning"), t("sync.demo_yes"), danger=True
        ):
            return
        dialog = ConnectDialog(window, window.store, self._on_connected)
        dialog.form.connected.connect(
            lambda _result: self.unlock(dialog.form.passphrase.text() or None)
        )
        dialog.form.location.set_value(location)
        dialog.open()

    def unlock(self, passphrase: str | None) -> None:
        """Open the shared file by this passphrase from now on."""
        self.runner.passphrase = passphrase

    def ask_passphrase(self) -> None:
        """Ask for the passphrase of a protected file that this laptop can't open; then sync."""
        from desktop_app.ui.protection.team_protection import ask_team_passphrase

        def right(passphrase: str) -> None:
            self.unlock(passphrase)
            self._window.toast(t("protection.team_unlock_done"))
            self.runner.sync_now()

        ask_team_passphrase(self._window, self._window.store, right)

    def _on_connected(self, result: "SyncResult") -> None:
        from desktop_app.ui.sync.connect_dialog import WhoDialog

        window = self._window
        self.runner.sync_now()
        window.toast(self._said(result) if result.problems else t("sync.connected"))
        if result.pulled or window.me is None:
            WhoDialog(window, window.store, window.me, window.be).open()

    # --- the end

    def stop(self) -> None:
        """Start nothing more."""
        self.hangs = not self.runner.stop()

    def may_close(self) -> bool:
        """Say whether the window may close now; if not, it closes itself after the last sync."""
        if self._closing or not self.runner.unsent():
            self._closing = True
            return True
        from desktop_app.ui.sync.quitting import LastSync

        self._closing = True
        LastSync(self._window, self.runner, self._window.close)
        return False
