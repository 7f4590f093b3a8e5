"""What happened with a record, newest first: a line with dots, a title, a text, a date."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets.buttons import label
from desktop_app.ui.widgets.pill import Pill, PillLabel


@dataclass(frozen=True)
class Entry:
    """One thing that happened, or is to happen."""

    title: str
    when: str = ""
    text: str = ""
    foot: str = ""
    pill: Pill | None = None
    kind: str = ""
    record_id: str = ""
    #: accent, muted, good, warn or bad: the colour of its dot.
    dot: str = "accent"


class _EntryWidget(QFrame):
    """One entry with its dot and its piece of the line."""

    clicked = Signal()

    def __init__(self, entry: Entry, first: bool, last: bool) -> None:
        super().__init__()
        self._dot, self._first, self._last = entry.dot, first, last
        self.setAccessibleName(" ".join(filter(None, (entry.title, entry.when, entry.text))))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 4, 0, 10)
        layout.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        title = label(entry.title)
        face = title.font()
        face.setBold(True)
        title.setFont(face)
        title.setWordWrap(len(entry.title) > 24)
        head.addWidget(title, 1 if len(entry.title) > 24 else 0)
        if entry.pill is not None and entry.pill.text:
            head.addWidget(PillLabel(*entry.pill))
        if entry.when:
            head.addWidget(label(entry.when, "small"))
        head.addStretch(0 if len(entry.title) > 24 else 1)
        layout.addLayout(head)
        if entry.text:
            layout.addWidget(label(entry.text, wrap=True))
        if entry.foot:
            layout.addWidget(label(entry.foot, "small", wrap=True))
        if entry.record_id:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line"), 2))
        top = 14.0 if self._first else 0.0
        if not self._last:
            painter.drawLine(7, int(top), 7, self.height())
        elif not self._first:
            painter.drawLine(7, 0, 7, 14)
        painter.setPen(QPen(theme.color("surface"), 2))
        painter.setBrush(theme.color(self._dot))
        painter.drawEllipse(QRectF(2, 9, 10, 10))
        painter.end()
        super().paintEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()
        super().mouseReleaseEvent(event)


class Timeline(QWidget):
    """A column of entries; a click on one that is a record emits ``opened(kind, id)``."""

    opened = Signal(str, str)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show these entries, in this order."""
        while item := self._layout.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for place, entry in enumerate(entries):
            one = _EntryWidget(entry, place == 0, place == len(entries) - 1)
            if entry.record_id:
                one.clicked.connect(
                    lambda kind=entry.kind, key=entry.record_id: self.opened.emit(kind, key)
                )
            self._layout.addWidget(one)
