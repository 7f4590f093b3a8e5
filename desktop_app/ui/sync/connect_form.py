"""Which team file, and how: the same questions in the first run and in the settings."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from desktop_app.domain.errors import DeskError
from desktop_app.i18n import t
from desktop_app.ui import background
from desktop_app.ui.backups.backup_timer import back_up_before
from desktop_app.ui.error_texts import sentence
from desktop_app.ui.store import Store
from desktop_app.ui.widgets.buttons import SegmentedControl, button, column, label
from desktop_app.ui.widgets.text_fields import TextField

if TYPE_CHECKING:
    from desktop_app.sync.team import SyncResult

MODES = ("auto", "drive", "folder")


class ConnectForm(QWidget):
    """Joins or creates in the background and says in place what went wrong."""

    #: Carries the ``SyncResult`` of the first exchange.
    connected = Signal(object)
    working = Signal(bool)

    def __init__(self, store: Store, create: bool = False) -> None:
        """Ask for a file to join, or for a folder to create one in."""
        super().__init__()
        self._store, self._create = store, create
        layout = column(self, 0, 6)
        self._hint = label("", "muted", wrap=True)
        layout.addWidget(self._hint)
        layout.addSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.location = TextField(t("sync.location"), "", inplace=False)
        self.location.returnPressed.connect(self.go)
        self._choose = button("", self._on_choose, "folder-open")
        line.addWidget(self.location, 1)
        line.addWidget(self._choose)
        layout.addLayout(line)
        layout.addSpacing(6)
        layout.addWidget(label(t("sync.how"), "muted"))
        self.mode = SegmentedControl([(m, t(f"sync.mode.{m}")) for m in MODES], t("sync.how"))
        self.mode.set_value("auto")
        self.mode.chosen.connect(self._on_mode)
        layout.addWidget(self.mode)
        self._mode_hint = label("", "small", wrap=True)
        layout.addWidget(self._mode_hint)
        self.passphrase = TextField(t("sync.passphrase"), t("sync.passphrase_hint"), inplace=False)
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.returnPressed.connect(self.go)
        self.passphrase.hide()
        layout.addWidget(self.passphrase)
        self.said = label("", "bad", wrap=True)
        self.said.hide()
        layout.addWidget(self.said)
        self._on_mode("auto")
        self.set_create(create)

    def set_create(self, create: bool) -> None:
        """Create a team file, or join one."""
        self._create = create
        self._hint.setText(t("sync.create_hint" if create else "sync.join_hint"))
        self._choose.setText(t("sync.choose_folder" if create else "sync.choose_file"))
        self.location.setPlaceholderText(t("sync.folder_hint" if create else "sync.location_hint"))
        # A file to join says itself whether it needs one.
        self.passphrase.setVisible(create)
        self.passphrase.setPlaceholderText(
            t("sync.passphrase_new" if create else "sync.passphrase_hint")
        )
        self._say("")

    def _on_mode(self, mode: str) -> None:
        self._mode_hint.setText(t(f"sync.mode_hint.{mode}"))

    def _on_choose(self) -> None:
        """Let the system's own dialog find it."""
        title, home = t("sync.location"), str(Path.home())
        if self._create:
            name = QFileDialog.getExistingDirectory(self, title, home)
        else:
            name, _ = QFileDialog.getOpenFileName(self, title, home, t("sync.file_pattern"))
        if name:
            self.location.set_value(name)
            self._say("")

    def _say(self, text: str, role: str = "bad") -> None:
        self.said.setProperty("role", role)
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def go(self) -> None:
        """Connect and exchange for the first time; ``connected`` tells when it is done."""
        self.location.commit()
        location = self.location.value()
        if not location:
            self._say(t("sync.no_location"))
            self.location.setFocus()
            return
        workspace, create = self._store.workspace, self._create
        # A passphrase is taken as it was typed, with its spaces.
        chosen, passphrase = self.mode.value(), self.passphrase.text() or None

        def work(job: background.Job) -> object:
            from desktop_app.sync import team
            from desktop_app.sync.modes import Mode

            back_up_before(workspace, "connect")
            mode = None if chosen == "auto" else Mode(chosen)
            team.connect(workspace, location, create=create, mode=mode, passphrase=passphrase)
            return team.sync(workspace, cancelled=job.cancelled, passphrase=passphrase)

        self._say(t("sync.connecting"), "muted")
        self.setEnabled(False)
        self.working.emit(True)
        background.run(work, self._on_done, self._on_failed)

    def _on_done(self, result: "SyncResult") -> None:
        self.setEnabled(True)
        self._say("")
        self.working.emit(False)
        self._store.announce(result.changes)
        self.connected.emit(result)

    def _on_failed(self, error: Exception) -> None:
        self.setEnabled(True)
        self.working.emit(False)
        if not isinstance(error, DeskError):
            self._say("")
            raise error
        if error.key == "share_locked":
            self.passphrase.show()
            self.passphrase.setFocus()
        self._say(sentence(error))
