"""One record in a short list: a line that a click or Enter opens."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.ui import theme
from desktop_app.ui.fonts import font
from desktop_app.ui.widgets.pill import Pill, paint_pill, pill_width

_HEIGHT, _INSET, _GAP = 30, 8, 10
# With less than this beside a long pill, the name alone is told.
_ROOM_FOR_NOTE = 180
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RecordLine(QWidget):
    """A name at the left, what is said of it at the right, and a pill at the end."""

    pressed = Signal()

    def __init__(self, text: str, note: str = "", pill: Pill | None = None) -> None:
        """Say what the record is; long texts end in dots, the whole stands in the tool tip."""
        super().__init__()
        self.text, self.note, self._pill = text, note, pill
        self._over = False
        whole = " · ".join(filter(None, (text, note, pill.text if pill else "")))
        self.setAccessibleName(whole)
        self.setToolTip(whole)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._over or self.hasFocus():
            painter.setPen(theme.color("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("second"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        room = QRectF(self.rect()).adjusted(_INSET, 0, -_INSET, 0)
        if self._pill is not None:
            paint_pill(painter, room, self._pill, right=True)
            room.setRight(room.right() - pill_width(self._pill.text) - _GAP)
        self._paint_texts(painter, room)
        painter.end()

    def _paint_texts(self, painter: QPainter, room: QRectF) -> None:
        """Paint the note within two fifths of the room, and the name in what is left."""
        dots = Qt.TextElideMode.ElideRight
        small, usual = font(theme.SMALL), font()
        if self.note and room.width() >= _ROOM_FOR_NOTE:
            metrics = QFontMetrics(small)
            most = max(int(room.width() * 2 / 5), int(room.width()) - _width(usual, self.text))
            note = metrics.elidedText(self.note, dots, most)
            painter.setFont(small)
            painter.setPen(theme.color("muted"))
            painter.drawText(room, _RIGHT, note)
            room.setRight(room.right() - metrics.horizontalAdvance(note) - _GAP)
        painter.setFont(usual)
        painter.setPen(theme.color("text"))
        shown = QFontMetrics(usual).elidedText(self.text, dots, int(room.width()))
        painter.drawText(room, _LEFT, shown)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._over = False
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)


def _width(face: QFont, text: str) -> int:
    """Return how wide a text is, with the gap after it."""
    return QFontMetrics(face).horizontalAdvance(text) + _GAP
