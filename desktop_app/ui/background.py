"""Work off the window's thread: one function, its progress, its end."""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal


class Cancelled(Exception):  # noqa: N818 - it is no error
    """Raised by a job's function when the person cancelled."""


class Job(QObject):
    """One running function; its signals arrive in the window's thread."""

    progressed = Signal(float, str)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Make a job that is not yet cancelled."""
        super().__init__(parent)
        self._cancel = threading.Event()

    def cancel(self) -> None:
        """Ask the function to stop; it looks at ``cancelled`` between two steps."""
        self._cancel.set()

    def cancelled(self) -> bool:
        """Say whether the person cancelled; safe from any thread."""
        return self._cancel.is_set()

    def report(self, done: float, text: str = "") -> None:
        """Tell how much is done, 0 to 1; safe from any thread.

        Raises:
            Cancelled: the person cancelled.
        """
        if self._cancel.is_set():
            raise Cancelled
        self.progressed.emit(done, text)


class _Task(QRunnable):
    """Runs the function in a thread of the pool and hands its result to the job."""

    def __init__(self, job: Job, function: Callable[[Job], Any]) -> None:
        super().__init__()
        self._job, self._function = job, function

    def run(self) -> None:
        try:
            result = self._function(self._job)
        except Exception as error:  # whatever it is, the window's thread words it
            self._send(self._job.failed, error)
        else:
            self._send(self._job.finished, result)

    def _send(self, signal: Any, value: object) -> None:
        """Emit, unless the window that waited is already gone."""
        try:
            signal.emit(value)
        except RuntimeError:
            return


_running: set[Job] = set()


def run(
    function: Callable[[Job], Any],
    on_done: Callable[[Any], None],
    on_error: Callable[[Exception], None] | None = None,
) -> Job:
    """Run ``function(job)`` in a thread; it opens its own session on the workspace.

    Args:
        function: may call ``job.report`` and must not touch widgets.
        on_done: receives the result in the window's thread.
        on_error: receives the error; by default it is raised in the window's thread, where the
            one handler of errors words it. A cancelled job ends in ``Cancelled``.
    """
    job = Job()
    _running.add(job)

    def finish(result: Any) -> None:
        _running.discard(job)
        on_done(result)

    def fail(error: Exception) -> None:
        _running.discard(job)
        if on_error is not None:
            on_error(error)
        elif not isinstance(error, Cancelled):
            raise error

    job.finished.connect(finish, Qt.ConnectionType.QueuedConnection)
    job.failed.connect(fail, Qt.ConnectionType.QueuedConnection)
    QThreadPool.globalInstance().start(_Task(job, function))
    return job


def busy() -> bool:
    """Say whether anything runs."""
    return bool(_running)
