"""The few dialogs there are: a question before what cannot be taken back, and progress."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop_app.i18n import t
from desktop_app.ui import background
from desktop_app.ui.background import Job
from desktop_app.ui.widgets.buttons import button, label


class Dialog(QDialog):
    """A heading, a body, and buttons at the right of the foot; Esc closes."""

    def __init__(self, parent: QWidget | None, title: str, width: int = 440) -> None:
        """Make a dialog without content: fill ``body``, then add buttons."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setMinimumWidth(width)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        self.heading = label(title, "heading", wrap=True)
        outer.addWidget(self.heading)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        outer.addLayout(self.body, 1)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(8)
        self._foot.addStretch(1)
        outer.addSpacing(4)
        outer.addLayout(self._foot)

    def add_text(self, text: str, role: str = "") -> None:
        """Add a paragraph."""
        self.body.addWidget(label(text, role, wrap=True, selectable=True))

    def add_button(
        self,
        text: str,
        callback: Callable[[], object],
        variant: str = "secondary",
        default: bool = False,
    ) -> QPushButton:
        """Add a button to the foot, from left to right."""
        one = button(text, callback, variant=variant)
        one.setDefault(default)
        one.setMinimumWidth(88)
        self._foot.addWidget(one)
        return one


def ask(parent: QWidget | None, title: str, text: str, yes: str, danger: bool = False) -> bool:
    """Ask a question; ``yes`` is the verb on the button. Enter says no where it is a danger."""
    dialog = Dialog(parent, title)
    if text:
        dialog.add_text(text)
    no = dialog.add_button(t("shell.cancel"), dialog.reject, default=danger)
    go = dialog.add_button(yes, dialog.accept, "danger" if danger else "primary", not danger)
    (no if danger else go).setFocus()
    return dialog.exec() == QDialog.DialogCode.Accepted


def tell(parent: QWidget | None, title: str, text: str) -> None:
    """Tell something that has to be read before going on."""
    dialog = Dialog(parent, title)
    dialog.add_text(text)
    dialog.add_button(t("shell.close"), dialog.accept, "primary", True).setFocus()
    dialog.exec()


class ProgressDialog(Dialog):
    """How far a background job is, with Cancel; appears only when the job takes its time."""

    def __init__(self, parent: QWidget | None, title: str, job: Job) -> None:
        """Follow a running job."""
        super().__init__(parent, title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._job = job
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setAccessibleName(title)
        self._text = label("", "muted")
        self.body.addWidget(self._bar)
        self.body.addWidget(self._text)
        self.cancel_button = self.add_button(t("shell.cancel"), self.reject)
        job.progressed.connect(self._on_progressed)
        job.finished.connect(lambda _result: self.accept())
        job.failed.connect(lambda _error: self.accept())

    def _on_progressed(self, done: float, text: str) -> None:
        self._bar.setRange(0, 0 if done < 0 else 1000)
        self._bar.setValue(int(done * 1000))
        self._text.setText(text)

    def reject(self) -> None:
        """Ask the job to stop; the dialog closes when it has."""
        self._job.cancel()
        self.cancel_button.setEnabled(False)
        self._text.setText(t("shell.cancelling"))


def run_with_progress(
    parent: QWidget,
    title: str,
    function: Callable[..., Any],
    on_done: Callable[[Any], None],
    on_cancelled: Callable[[], object],
) -> None:
    """Run ``function(job)`` in the background, with progress and Cancel if it takes its time."""
    running = True

    def done(result: Any) -> None:
        nonlocal running
        running = False
        on_done(result)

    def failed(error: Exception) -> None:
        nonlocal running
        running = False
        if not isinstance(error, background.Cancelled):
            raise error
        on_cancelled()

    job = background.run(function, done, failed)
    dialog = ProgressDialog(parent, title, job)

    def show_if_slow() -> None:
        if running:
            dialog.open()
        else:
            dialog.deleteLater()

    QTimer.singleShot(400, dialog, show_if_slow)
