"""How a row of the programme is painted: the day big at the left, time, what, where, warnings."""

import datetime as dt

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.i18n import language
from desktop_app.ui import theme
from desktop_app.ui.fonts import font
from desktop_app.ui.icons import paint_icon
from desktop_app.ui.trips.programme_model import ROW_ROLE, PlacedRow, ProgrammeRow
from desktop_app.ui.widgets.pill import Pill, paint_pill, pill_width

LEFT, TIME_WIDTH = 18, 112
_ROOMY, _NARROW_TIMES = 340, 86
_LEFT_OF_TEXT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT_OF_TEXT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def day_width() -> int:
    """Return the width of the day's column: English names of countries need more."""
    return 92 if language() == "zh" else 118


def _text(painter: QPainter, box: QRectF, text: str, role: str, size: int, bold: bool) -> float:
    """Paint one line, elided to its box; return the width of the text."""
    used = font(size, bold)
    metrics = QFontMetricsF(used)
    painter.setFont(used)
    painter.setPen(theme.color(role))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, box.width()))
    painter.drawText(box, _LEFT_OF_TEXT, shown)
    return min(metrics.horizontalAdvance(shown), box.width())


class ProgrammeDelegate(QStyledItemDelegate):
    """Paints the rows; ``drop_day`` is the day a dragged meeting would go to."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start with nothing dragged."""
        super().__init__(parent)
        self.drop_day: dt.date | None = None

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        placed: PlacedRow = index.data(ROW_ROLE)
        return QSize(200, placed.height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        placed: PlacedRow = index.data(ROW_ROLE)
        rect = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.drop_day == placed.row.head.day:
            painter.fillRect(rect, theme.color("accent_soft"))
        self._paint_day(painter, rect, placed)
        content = rect.adjusted(LEFT + day_width(), placed.pad, -18, 0)
        content.setHeight(min(content.height(), _content_height(placed.row.kind)))
        self._paint_state(painter, content, state, placed.row)
        self._paint_row(painter, content.adjusted(8, 0, -8, 0), placed.row)
        if placed.last:
            painter.fillRect(
                QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.color("line")
            )
        painter.restore()

    def _paint_day(self, painter: QPainter, rect: QRectF, placed: PlacedRow) -> None:
        """Paint the part of the day's column that lies in this row."""
        painter.save()
        painter.setClipRect(rect)
        head = placed.row.head
        top = rect.top() - placed.offset
        width = day_width() - 8
        _text(
            painter, QRectF(rect.left() + LEFT, top + 9, width, 26), head.number, "text", 20, True
        )
        under = QRectF(rect.left() + LEFT, top + 35, width, 18)
        _text(painter, under, head.weekday, "muted", 12, False)
        for mark in head.marks:
            under.translate(0, 16)
            _text(painter, under, mark, "warn", 12, False)
        painter.restore()

    def _paint_state(
        self, painter: QPainter, box: QRectF, state: QStyle.StateFlag, row: ProgrammeRow
    ) -> None:
        """Paint selection, hover and keyboard focus behind a row that can be opened."""
        if row.kind not in ("meeting", "leg", "stay"):
            return
        selected = bool(state & QStyle.StateFlag.State_Selected)
        box = box.adjusted(0, 0, 0, -1)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft" if selected else "background"))
            painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        if selected and state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _paint_row(self, painter: QPainter, box: QRectF, row: ProgrammeRow) -> None:
        """Paint one row in the form of its kind."""
        times = TIME_WIDTH if box.width() >= _ROOMY else _NARROW_TIMES
        if row.kind == "stay":
            line = box.adjusted(times, 0, 0, 0)
            line.setHeight(26)
            self._paint_iconed(painter, line, row, theme.SMALL)
            return
        if row.kind == "free":
            _text(
                painter,
                QRectF(box.left(), box.top() + 4, box.width(), 20),
                row.title,
                "muted",
                theme.TEXT,
                False,
            )
            return
        first = QRectF(box.left() + times, box.top() + 4, box.width() - times, 20)
        second = first.translated(0, 20)
        time_box = QRectF(box.left(), first.top(), times - 8, 20)
        _text(painter, time_box, row.time, "disabled" if row.struck else "muted", 13, False)
        free = self._paint_right(painter, first, row)
        first.setWidth(free)
        if row.kind == "leg":
            self._paint_iconed(painter, first, row, theme.TEXT)
            second.adjust(22, 0, 0, 0)
        else:
            self._paint_title(painter, first, row)
        _text(painter, second, row.second, "muted", theme.TEXT, False)

    def _paint_title(self, painter: QPainter, box: QRectF, row: ProgrammeRow) -> None:
        """Paint a meeting's name, struck through when it is cancelled."""
        role = "muted" if row.struck else "text"
        width = _text(painter, box, row.title, role, theme.TEXT, True)
        if row.struck:
            middle = box.center().y() + 1
            painter.fillRect(QRectF(box.left(), middle, width, 1), theme.color("muted"))

    def _paint_iconed(self, painter: QPainter, box: QRectF, row: ProgrammeRow, size: int) -> None:
        """Paint an icon and a quiet line after it."""
        paint_icon(painter, row.icon, QRectF(box.left(), box.center().y() - 7, 14, 14), "muted")
        role = "text" if size == theme.TEXT else "muted"
        _text(painter, box.adjusted(22, 0, 0, 0), row.title, role, size, False)

    def _paint_right(self, painter: QPainter, box: QRectF, row: ProgrammeRow) -> float:
        """Paint Beijing's time and the warnings at the right; return the width that is left."""
        right = box.right()
        # Beside a paper the column is narrow: the name goes before Beijing's clock.
        if row.right and box.width() >= _ROOMY - TIME_WIDTH:
            used: QFont = font(theme.TEXT)
            width = QFontMetricsF(used).horizontalAdvance(row.right)
            painter.setFont(used)
            painter.setPen(theme.color("muted"))
            painter.drawText(QRectF(right - width, box.top(), width, 20), _RIGHT_OF_TEXT, row.right)
            right -= width + 10
        for pill in reversed(_fitting(row, right - box.left())):
            place = QRectF(box.left(), box.top(), right - box.left(), 20)
            right = paint_pill(painter, place, pill, right=True).left() - 6
        return right - box.left() - 6


def _fitting(row: ProgrammeRow, width: float) -> list[Pill]:
    """Return the warnings that leave the name most of the line, and the number of the others."""
    name = QFontMetricsF(font(theme.TEXT, True)).horizontalAdvance(row.title)
    free = width - min(name + 8, width * 0.6)
    shown: list[Pill] = []
    for pill in row.pills:
        free -= pill_width(pill.text) + 6
        if free < 0 and shown:
            rest = len(row.pills) - len(shown)
            shown.append(Pill(f"+{rest}", pill.kind))
            break
        shown.append(pill)
    return shown


def _content_height(kind: str) -> int:
    return {"meeting": 47, "leg": 45, "stay": 28, "free": 30}[kind]
