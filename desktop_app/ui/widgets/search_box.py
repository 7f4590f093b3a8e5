"""The search field of a list: searches as you type, and leaves input methods alone."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from desktop_app.i18n import t
from desktop_app.ui import theme
from desktop_app.ui.icons import icon


class SearchBox(QLineEdit):
    """Emits ``searched`` with the committed text: never what an input method is still composing."""

    searched = Signal(str)
    #: The arrow keys go to the list, so that a hit can be opened without the mouse.
    moved = Signal(int)

    def __init__(self, hint: str, shortcut: str = "Ctrl F") -> None:
        """Show ``hint`` while empty, and the shortcut at the right end."""
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self._shortcut = shortcut
        self.setMinimumWidth(160)
        self.setMaximumWidth(320)
        self.setTextMargins(0, 0, 0, 0)
        magnifier = self.addAction(
            icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition
        )
        magnifier.setText(t("shell.search"))
        self._clear = QAction(icon("x", "muted"), t("shell.clear_search"), self)
        self._clear.triggered.connect(self.clear)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setVisible(False)
        # Emitted from the event loop: keys that came in one burst make one search.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(lambda: self.searched.emit(self.text().strip()))
        # textChanged speaks only of committed text; a composition lives in the preedit area.
        self.textChanged.connect(self._on_text)

    def sizeHint(self) -> QSize:
        return QSize(300, super().sizeHint().height())

    def _on_text(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._timer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.text() or self.hasFocus() or self.width() < 220:
            return
        painter = QPainter(self)
        painter.setPen(QColor(theme.color("muted")))
        end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(0, 0, -12, 0), end, self._shortcut)
        painter.end()
