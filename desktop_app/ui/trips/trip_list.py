"""The list of trips: upcoming and past, each with its dates, countries and state."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtCore import QPersistentModelIndex as PersistentIndex
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.i18n import t
from desktop_app.ui import theme
from desktop_app.ui.fonts import font
from desktop_app.ui.widgets.pill import Pill, paint_pill, pill_width

Index = QModelIndex | PersistentIndex
LINE_ROLE = Qt.ItemDataRole.UserRole + 1


class TripLine(NamedTuple):
    """One trip in the list, or with an empty id the heading of a group."""

    id: str
    title: str
    dates: str = ""
    countries: str = ""
    status: str = ""
    pill: str = "neutral"
    starts_on: dt.date | None = None


class _Model(QAbstractListModel):
    """The lines of the list."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[TripLine] = []

    def set_lines(self, lines: Sequence[TripLine]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(filter(None, line[1:5]))
        if role == Qt.ItemDataRole.ToolTipRole and line.id:
            return f"{line.title}\n{line.dates}\n{line.countries}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and not self.lines[index.row()].id:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class _Delegate(QStyledItemDelegate):
    """Paints a trip in two lines, a heading small."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: TripLine = index.data(LINE_ROLE)
        if line.id:
            return QSize(120, 64)
        return QSize(120, 28 if index.row() == 0 else 38)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: TripLine = index.data(LINE_ROLE)
        rect = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not line.id:
            box = QRectF(rect.left() + 18, rect.bottom() - 26, rect.width() - 30, 22)
            _line(painter, box, line.title, theme.SMALL, "muted", False)
        else:
            box = rect.adjusted(8, 1, -8, -1)
            selected = bool(state & QStyle.StateFlag.State_Selected)
            if selected or state & QStyle.StateFlag.State_MouseOver:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("accent_soft" if selected else "second"))
                painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
            inner = box.adjusted(10, 6, -8, -6)
            _line(
                painter,
                QRectF(inner.left(), inner.top(), inner.width(), 18),
                line.title,
                theme.TEXT,
                "accent" if selected else "text",
                True,
            )
            under = QRectF(inner.left(), inner.top() + 17, inner.width(), 17)
            _line(painter, under, line.dates, theme.SMALL, "muted", False)
            last = under.translated(0, 16)
            width = pill_width(line.status) if line.status else 0
            last.setWidth(inner.width() - width - 4)
            _line(painter, last, line.countries, theme.SMALL, "muted", False)
            if line.status:
                place = QRectF(inner.left(), inner.top() + 29, inner.width(), 20)
                paint_pill(painter, place, Pill(line.status, line.pill), True, selected)
        painter.restore()


def _line(painter: QPainter, box: QRectF, text: str, size: int, role: str, bold: bool) -> None:
    used = font(size, bold)
    painter.setFont(used)
    painter.setPen(theme.color(role))
    shown = QFontMetricsF(used).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class TripList(QListView):
    """Chooses a trip."""

    chosen = Signal(str)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.lines_model = _Model(self)
        self.setModel(self.lines_model)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(t("trips.list"))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._quiet = False
        self.selectionModel().currentChanged.connect(self._on_current)

    def set_lines(self, lines: Sequence[TripLine], chosen: str) -> None:
        """Show trips and mark one."""
        self._quiet = True
        if list(lines) != self.lines_model.lines:
            self.lines_model.set_lines(lines)
        row = next((n for n, line in enumerate(lines) if line.id and line.id == chosen), -1)
        index = self.lines_model.index(row) if row >= 0 else QModelIndex()
        self.setCurrentIndex(index)
        self._quiet = False

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        line = current.data(LINE_ROLE) if current.isValid() else None
        if line is not None and line.id and not self._quiet:
            self.chosen.emit(line.id)
