"""Syncs by itself, off the window's thread, one run at a time.

On start, some seconds after edits, when the shared file changes, every minute, and on demand. A
run with nothing to do looks at a few dates only, so looking often costs nothing; network shares
tell no changes, so looking often is needed.
"""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.db.change import Changes
from desktop_app.ui import background
from desktop_app.ui.read_ahead import Reading
from desktop_app.ui.store import Store
from desktop_app.ui.sync.folder_watch import FolderWatch

if TYPE_CHECKING:
    from desktop_app.sync.team import SyncResult, TeamStatus

logger = logging.getLogger(__name__)
AFTER_EDIT_MS = 5_000
AFTER_NEWS_MS = 1_500
EVERY_MS = 60_000


def _nothing(_changes: Changes) -> Callable[[Reading], None]:
    """Make nothing ready."""
    return lambda _reading: None


class SyncRunner(QObject):
    """Runs syncs and tells how things stand."""

    #: Carries the ``TeamStatus`` whenever it was read.
    status_changed = Signal(object)
    #: Carries the ``SyncResult`` of each run.
    finished = Signal(object)
    started = Signal()

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        """Stand by: nothing happens before ``start``."""
        super().__init__(parent)
        self._store = store
        self.status: TeamStatus | None = None
        self._job: background.Job | None = None
        self._again = self._announcing = self._stopped = False
        self._started = False
        #: Of a protected file, as typed; kept in memory only, for where there is no keyring.
        self.passphrase: str | None = None
        #: Names the view that is shown, and gives what it makes ready in another thread for
        #: changes; the window sets them.
        self.view_shown: Callable[[], str] = str
        self.preparing: Callable[[Changes], Callable[[Reading], None]] = _nothing
        self._edited = self._timer(AFTER_EDIT_MS, self.sync_now)
        self._news = self._timer(AFTER_NEWS_MS, self.sync_now)
        self._minute = QTimer(self)
        self._minute.timeout.connect(self.sync_now)
        self._watch = FolderWatch(self)
        self._watch.changed.connect(self._on_news)
        store.changed.connect(self._on_changed)

    def _timer(self, after_ms: int, slot: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(slot)
        return timer

    # --- when

    def start(self) -> None:
        """Sync now and from now on."""
        self._started = True
        self._minute.start(EVERY_MS)
        self.sync_now()

    @property
    def running(self) -> bool:
        """Say whether a sync is under way."""
        return self._job is not None

    @property
    def connected(self) -> bool:
        """Say whether this laptop has a shared file, as far as is known."""
        return self.status is not None and self.status.location is not None

    def unsent(self) -> bool:
        """Say whether work waits to go into the shared file."""
        waiting = self.status is not None and self.status.waiting > 0
        return self.connected and (self.running or self._edited.isActive() or waiting)

    def _on_changed(self, _changes: Changes) -> None:
        """An edit of this laptop is to go out soon; what a sync brought is not."""
        if not self._announcing and self._started and not self._stopped:
            self._edited.start()
            self.read_status()

    def _on_news(self) -> None:
        # Our own writing into the folder makes news too: a run in which there is nothing to do.
        if not self.running and not self._stopped:
            self._news.start()

    # --- what

    def sync_now(self) -> None:
        """Sync, or once more after the run that is under way."""
        if self._stopped:
            return
        if self._job is not None:
            self._again = True
            return
        self._edited.stop()
        self._news.stop()
        self._again = False
        workspace, passphrase = self._store.workspace, self.passphrase

        def work(job: background.Job) -> object:
            from desktop_app.sync import team

            if team.status(workspace).location is None:
                return team.SyncResult(), team.status(workspace)
            result = team.sync(workspace, cancelled=job.cancelled, passphrase=passphrase)
            return result, team.status(workspace)

        self._job = background.run(work, self._on_done, self._on_failed)
        self.started.emit()

    def cancel(self) -> None:
        """Ask the run that is under way to stop at its next step."""
        if self._job is not None:
            self._job.cancel()

    def _on_done(self, answer: "tuple[SyncResult, TeamStatus]") -> None:
        result, status = answer
        if not result.changes.tables or self._stopped:
            self._end(result, status)
            return
        view, ahead = self.view_shown(), self._store.ahead
        prepare = self.preparing(result.changes)

        def announce(read: Any) -> None:
            self._announcing = True
            try:
                with ahead.using(*read):
                    self._store.announce(result.changes)
            finally:
                self._announcing = False
            self._end(result, status)

        # What the view is about to read again is read first, behind the window.
        self._job = background.run(
            lambda _job: ahead.read(view, prepare), announce, lambda _error: announce((-1, {}))
        )

    def _end(self, result: "SyncResult", status: "TeamStatus") -> None:
        self._job = None
        self._take_status(status)
        self.finished.emit(result)
        if self._again:
            QTimer.singleShot(0, self, self.sync_now)

    def _on_failed(self, error: Exception) -> None:
        """Whatever it was, the work is safe and the next run may do better."""
        self._job = None
        logger.error("Sync failed", exc_info=error)
        self.read_status()
        self.finished.emit(None)

    # --- how things stand

    def read_status(self) -> None:
        """Read in the background how things stand."""
        workspace = self._store.workspace

        def work(_job: background.Job) -> object:
            from desktop_app.sync import team

            return team.status(workspace)

        background.run(work, self._take_status, self._on_no_status)

    def _take_status(self, status: "TeamStatus") -> None:
        if self._stopped:
            return
        self.status = status
        is_file = status.location is not None and "://" not in status.location
        if self._started:
            self._watch.watch(str(status.location) if is_file else "")
        self.status_changed.emit(status)

    def _on_no_status(self, error: Exception) -> None:
        logger.error("Status not read", exc_info=error)

    # --- the end

    def stop(self) -> bool:
        """Start nothing more; False when a run or the watch hangs on a share without answer."""
        self._stopped = True
        self._minute.stop()
        self._edited.stop()
        self._news.stop()
        self.cancel()
        return self.watch_ended() and not self.running

    def watch_ended(self) -> bool:
        """End the watch of the folder; False while it hangs on a share without answer."""
        return self._watch.stop()
