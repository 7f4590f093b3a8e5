"""A quiet note at the foot of the window that goes away by itself, with Undo where it helps."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QWidget

from desktop_app.i18n import t
from desktop_app.ui import theme
from desktop_app.ui.widgets.buttons import button, icon_button, label

SECONDS = 6


class Toast(QFrame):
    """One note; the next replaces it."""

    def __init__(self, window: QWidget, text: str, undo: Callable[[], object] | None) -> None:
        """Show a note over ``window``; with ``undo`` it offers to take the step back."""
        super().__init__(window)
        self._window = window
        self.setProperty("role", "popup")
        self.setAccessibleName(text)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 8, 6)
        layout.setSpacing(8)
        layout.addWidget(label(text if len(text) <= 120 else text[:119] + "…"))
        if undo is not None:
            self.undo_button = button(t("shell.undo"), self._undo, variant="toast")
            layout.addWidget(self.undo_button)
        layout.addWidget(icon_button("x", t("shell.close"), self.close))
        self._take_back = undo
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

    def _undo(self) -> None:
        self.close()
        if self._take_back is not None:
            self._take_back()

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
