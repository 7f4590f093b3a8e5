"""The last sync before the window closes: waited for, but not for ever, and skippable."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from desktop_app.i18n import t
from desktop_app.ui.sync.sync_runner import SyncRunner
from desktop_app.ui.widgets.dialogs import Dialog

MOST_MS = 10_000
_NOT_AT_ONCE_MS = 300


class LastSync(Dialog):
    """Runs a sync and then closes the window; shown only when that takes its time."""

    def __init__(self, parent: QWidget, runner: SyncRunner, close: Callable[[], object]) -> None:
        """Begin at once; ``close`` is called once, whatever happens."""
        super().__init__(parent, t("sync.saving_title"), 380)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._close, self._runner, self._over = close, runner, False
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setAccessibleName(t("sync.saving_title"))
        self.body.addWidget(bar)
        self.add_text(t("sync.saving_text"), "muted")
        self.skip = self.add_button(t("sync.saving_skip"), self.reject)
        runner.finished.connect(self._on_finished)
        self._timer(_NOT_AT_ONCE_MS, self._show)
        self._timer(MOST_MS, self._end)
        # What is under way may have begun before the latest edit: that one is then run again.
        self._rounds = 2 if runner.running else 1
        runner.sync_now()

    def _timer(self, after_ms: int, slot: Callable[[], object]) -> None:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(slot)
        timer.start(after_ms)

    def _show(self) -> None:
        if not self._over:
            self.open()

    def _on_finished(self, _result: object) -> None:
        self._rounds -= 1
        if self._rounds <= 0:
            self._end()

    def reject(self) -> None:
        """Do not wait any longer: the work is on this laptop either way."""
        self._end()

    def _end(self) -> None:
        if not self._over:
            self._over = True
            self._runner.cancel()
            self.hide()
            self._close()
