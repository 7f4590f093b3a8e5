"""Hears that the shared file changed, where the system tells such things.

It lives in a thread of its own: to watch a folder on a share that does not answer may take the
system half a minute, in which the window must not stand still.
"""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QThread, Signal, Slot


class _Watcher(QObject):
    """The part that lives in the other thread."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._watcher: QFileSystemWatcher | None = None

    @Slot(str)
    def watch(self, location: str) -> None:
        """Watch the folder of a shared file; an empty location watches nothing."""
        if self._watcher is None:
            self._watcher = QFileSystemWatcher(self)
            self._watcher.directoryChanged.connect(self._on_changed)
        known = self._watcher.directories()
        folder = str(Path(location).parent) if location else ""
        gone = [one for one in known if one != folder]
        if gone:
            self._watcher.removePaths(gone)
        if folder and folder not in known and Path(folder).is_dir():
            self._watcher.addPath(folder)

    @Slot(str)
    def _on_changed(self, _folder: str) -> None:
        self.changed.emit()


class FolderWatch(QObject):
    """Emits ``changed`` when a file in the watched folder came, went or was replaced."""

    changed = Signal()
    _wanted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        """Watch nothing yet."""
        super().__init__(parent)
        self._thread = QThread()
        self._thread.setObjectName("folder watch")
        self._worker = _Watcher()
        self._worker.moveToThread(self._thread)
        self._worker.changed.connect(self.changed)
        self._wanted.connect(self._worker.watch)

    def watch(self, location: str) -> None:
        """Watch the folder of a file; asked again for the same it tries what failed before."""
        if location and not self._thread.isRunning():
            self._thread.start()
        self._wanted.emit(location)

    def stop(self, wait_ms: int = 300) -> bool:
        """End the thread; False when the share does not answer and it can't end yet."""
        self._thread.quit()
        return not self._thread.isRunning() or self._thread.wait(wait_ms)
