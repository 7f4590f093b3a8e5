"""Makes backups by time while the window is open, and one before each risky step."""

import hashlib
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.domain.errors import DeskError
from desktop_app.paths import WorkspacePaths, default_workspace
from desktop_app.ui import background

if TYPE_CHECKING:
    from desktop_app.db.workspace import Workspace

logger = logging.getLogger(__name__)
# It looks more often than it copies: a laptop that slept copies soon after it wakes.
_LOOK_MS = 5 * 60_000
_FIRST_MS = 60_000


def backup_folder(paths: WorkspacePaths) -> Path:
    """Return where backups go: beside the data, but never into a folder that a client syncs.

    A sync client would send each copy to every laptop; then they stand in the user's own folder.
    """
    from desktop_app.sync.detect import find_mode
    from desktop_app.sync.modes import Mode

    if find_mode(paths.folder) is not Mode.FOLDER:
        return paths.backups
    name = hashlib.blake2b(str(paths.folder.resolve()).encode(), digest_size=6).hexdigest()
    return default_workspace() / "backups" / name


class BackupTimer(QObject):
    """Copies in the background when it is time; a copy that fails is told once in the log."""

    made = Signal()

    def __init__(self, workspace: "Workspace", parent: QObject) -> None:
        """Begin to look a minute after the window came."""
        super().__init__(parent)
        self._workspace = workspace
        self._position: int | None = None
        self._running = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_LOOK_MS)
        QTimer.singleShot(_FIRST_MS, self, self.look)

    def look(self) -> None:
        """Make a backup in another thread if one is due."""
        if self._running or self._workspace.away:
            return
        self._running = True
        workspace, position = self._workspace, self._position

        def work(_job: background.Job) -> int | None:
            from desktop_app.db.timed_backups import back_up_if_due

            return back_up_if_due(workspace, backup_folder(workspace.paths), position)

        background.run(work, self._on_done, self._on_failed)

    def _on_done(self, position: int | None) -> None:
        self._running = False
        if position is not None:
            self._position = position
            self.made.emit()

    def _on_failed(self, error: Exception) -> None:
        self._running = False
        logger.warning("No backup made: %s", error)


def back_up_before(workspace: "Workspace", step: str) -> None:
    """Keep the data as it is before a step that alters much; a full disk does not hinder it.

    Args:
        workspace: whose data.
        step: a code: ``import``, ``connect``.
    """
    from desktop_app.db.timed_backups import back_up

    try:
        back_up(workspace, backup_folder(workspace.paths), f"before-{step}")
    except DeskError as error:
        logger.warning("No backup before %s: %s", step, error)
