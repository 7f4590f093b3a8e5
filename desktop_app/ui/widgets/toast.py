"""A quiet note at the foot of the window that goes away by itself, with Undo where it helps."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QWidget

from desktop_app.i18n import t
from desktop_app.ui import theme
from desktop_app.ui.widgets.buttons import button, icon_button, label

SECONDS = 6


class Toast(QFrame):
    """One note; the next replaces it."""

    def __init__(
        self,
        window: QWidget,
        text: str,
        act: Callable[[], object] | None,
        verb: str = "",
    ) -> None:
        """Show a note over a window.

        Args:
            window: the window.
            text: the note.
            act: what its button does; without it there is none.
            verb: what its button says; by default that it takes the step back.
        """
        super().__init__(window)
        self._window = window
        self.setProperty("role", "popup")
        self.setAccessibleName(text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 8, 6)
        layout.setSpacing(8)
        layout.addWidget(label(text if len(text) <= 120 else text[:119] + "…"))
        if act is not None:
            self.act_button = button(verb or t("shell.undo"), self._act, variant="toast")
            layout.addWidget(self.act_button)
        layout.addWidget(icon_button("x", t("shell.close"), self.close))
        self._acts = act
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 4)
        shade = theme.color("text").toRgb()
        shade = shade.fromRgb(0, 0, 0, 60)
        shadow.setColor(shade)
        self.setGraphicsEffect(shadow)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.close)
        self._timer.start(SECONDS * 1000)
        window.installEventFilter(self)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()

    def _act(self) -> None:
        self.close()
        if self._acts is not None:
            self._acts()

    def _place(self) -> None:
        """Stand at the foot of the window, in its middle."""
        window = self._window
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - 24)

    def enterEvent(self, event: QEvent) -> None:
        # Whoever reads it keeps it.
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start(SECONDS * 500)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)


def folder_of(path: Path) -> Callable[[], object]:
    """Return what opens the folder of a file in the system's file manager."""
    return lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
