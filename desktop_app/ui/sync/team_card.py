"""The team file among the settings: connect, how it is shared, sync now, disconnect."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.i18n import t
from desktop_app.ui.protection.team_protection import TeamProtection
from desktop_app.ui.settings_view.cards import add_line
from desktop_app.ui.store import Store
from desktop_app.ui.sync.sync_state import mode_name, words
from desktop_app.ui.widgets.buttons import SegmentedControl, button, column, icon_button, label
from desktop_app.ui.widgets.empty_state import IconLabel

if TYPE_CHECKING:
    from desktop_app.sync.team import TeamStatus
    from desktop_app.ui.view import ShellActions

_FILE_MODES = ("drive", "folder")


class TeamCard(QFrame):
    """Says how things stand and offers what can be done about it."""

    def __init__(self, store: Store, shell: "ShellActions") -> None:
        """Make both faces of the card: without a team file, and with one."""
        super().__init__()
        self._store, self._shell = store, shell
        self._status: TeamStatus | None = None
        self.setProperty("role", "card")
        layout = column(self, 18, 6)
        layout.addWidget(label(t("sync.title"), "heading"))
        layout.addWidget(label(t("sync.set_hint"), "small", wrap=True))
        layout.addSpacing(6)
        self._alone, self._joined = QWidget(), QWidget()
        layout.addWidget(self._alone)
        layout.addWidget(self._joined)
        self._make_alone()
        self._make_joined()
        self._joined.hide()
        shell.sync.changed.connect(self.show_status)

    def _make_alone(self) -> None:
        line = QHBoxLayout(self._alone)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(12)
        line.addWidget(label(t("sync.set_alone"), "muted", wrap=True), 1)
        self.connect_button = button(
            t("sync.connect"), self._shell.sync.connect_team, "link", "primary"
        )
        line.addWidget(self.connect_button)

    def _make_joined(self) -> None:
        body = column(self._joined, 0, 4)
        head = QHBoxLayout()
        head.setSpacing(10)
        self._icon = IconLabel("circle-check", 18, "good")
        self._state, self._detail = label("", "strong"), label("", "small")
        self.sync_button = button(t("sync.now"), self._shell.sync.sync_by_hand, "refresh-cw")
        head.addWidget(self._icon)
        head.addWidget(self._state)
        head.addWidget(self._detail)
        head.addStretch(1)
        head.addWidget(self.sync_button)
        body.addLayout(head)
        self._said = label("", "muted", wrap=True)
        body.addWidget(self._said)
        self._lock = QWidget()
        key = QHBoxLayout(self._lock)
        key.setContentsMargins(0, 4, 0, 4)
        self.unlock_button = button(
            t("protection.enter"), self._shell.sync.ask_passphrase, "lock", "primary"
        )
        key.addWidget(self.unlock_button)
        key.addStretch(1)
        self._lock.hide()
        body.addWidget(self._lock)
        body.addSpacing(4)
        self._where = label("", wrap=True, selectable=True)
        folder = icon_button("folder-open", t("sync.open_folder"), self._open_folder, "secondary")
        self._folder = folder
        place = QWidget()
        line = QHBoxLayout(place)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._where, 1)
        line.addWidget(folder)
        body.addWidget(place)
        self.mode = SegmentedControl([(m, mode_name(m)) for m in _FILE_MODES], t("sync.how"))
        self.mode.chosen.connect(self._on_mode)
        self._mode_line = QWidget()
        holder = column(self._mode_line)
        add_line(holder, t("sync.how"), self.mode)
        self._mode_hint = label("", "small", wrap=True)
        body.addWidget(self._mode_line)
        body.addWidget(self._mode_hint)
        self.protection = TeamProtection(self._store, self._shell)
        body.addWidget(self.protection)
        body.addSpacing(6)
        foot = QHBoxLayout()
        self.disconnect_button = button(t("sync.disconnect"), self.disconnect_team)
        foot.addWidget(self.disconnect_button)
        foot.addStretch(1)
        body.addLayout(foot)

    # --- showing

    def read(self) -> None:
        """Show what is known; the rest comes when it has been read."""
        status = self._shell.sync.runner.status
        if status is not None:
            self.show_status(status)
        self._shell.sync.runner.read_status()

    def show_status(self, status: "TeamStatus") -> None:
        """Show how things stand."""
        self._status = status
        connected = status.location is not None
        self._alone.setVisible(not connected)
        self._joined.setVisible(connected)
        if not connected:
            return
        shown = words(status)
        self._icon.set_icon(shown.icon, shown.role)
        self._state.setText(shown.text)
        self._detail.setText(shown.detail)
        self._said.setText(" ".join(filter(None, (shown.sentence, shown.remedy))))
        location, mode = str(status.location), str(status.mode)
        self._where.setText(location)
        locked = status.problem is not None and status.problem.key == "share_locked"
        self._lock.setVisible(locked)
        # A server is protected by its own users; a locked file has to be opened first.
        self.protection.setVisible(mode in _FILE_MODES and not locked)
        self.protection.show_protected(status.protected)
        self._folder.setVisible("://" not in location)
        self.mode.set_value(mode)
        self._mode_line.setVisible(mode in _FILE_MODES)
        self._mode_hint.setText(t(f"sync.mode_hint.{mode}"))

    # --- doing

    def _open_folder(self) -> None:
        if self._status is not None:
            folder = Path(str(self._status.location)).parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _on_mode(self, code: str) -> None:
        from desktop_app.sync import team
        from desktop_app.sync.modes import Mode

        team.change_mode(self._store.workspace, Mode(code))
        self._shell.toast(t("sync.mode_changed", mode=mode_name(code)))
        self._shell.sync.runner.sync_now()

    def disconnect_team(self) -> None:
        """Forget the shared file, after a question."""
        from desktop_app.sync.team import disconnect

        if not self._shell.confirm(
            t("sync.disconnect_title"), t("sync.disconnect_text"), t("sync.disconnect")
        ):
            return
        disconnect(self._store.workspace)
        self._shell.toast(t("sync.disconnected"))
        self._shell.sync.runner.read_status()
