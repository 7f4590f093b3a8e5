"""Paints the cells of our tables: text, muted detail, pills, hairline, hover and selection."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.ui import theme
from desktop_app.ui.fonts import font
from desktop_app.ui.widgets.pill import paint_pill
from desktop_app.ui.widgets.row_table_model import RowTableModel

if TYPE_CHECKING:
    from desktop_app.ui.widgets.row_table_view import RowTableView

PADDING = 12
# Painting a screen of cells is what a key in the search costs: flags are combined only once.
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SELECTED = QStyle.StateFlag.State_Selected


@lru_cache(maxsize=8192)
def fitted(text: str, width: int, pixels: int, bold: bool) -> tuple[str, float]:
    """Return a text cut to a width, and how wide it then is, both in pixels."""
    metrics = QFontMetricsF(font(pixels, bold))
    shown = metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, width)
    return shown, metrics.horizontalAdvance(shown)


class RowDelegate(QStyledItemDelegate):
    """Paints one cell at a time, a whole row looking as one."""

    def __init__(self, view: "RowTableView") -> None:
        """Ask ``view`` which row is under the mouse."""
        super().__init__(view)
        self._view = view

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(100, self._view.row_height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect = QRectF(option.rect)
        selected = bool(option.state & _SELECTED)
        if selected:
            painter.fillRect(rect, theme.color("accent_soft"))
        elif index.row() == self._view.hovered_row:
            painter.fillRect(rect, theme.color("background"))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        model = self._view.row_model
        self._paint_cell(painter, rect, model, model.row_at(index.row()), index.column(), selected)
        if selected and self._view.hasFocus():
            first = self._view.horizontalHeader().visualIndex(index.column()) == 0
            if first and index.row() == self._view.currentIndex().row():
                painter.fillRect(
                    QRectF(rect.x(), rect.y(), 2, rect.height()), theme.color("accent")
                )

    def _paint_cell(
        self,
        painter: QPainter,
        rect: QRectF,
        model: RowTableModel,
        row: Any,
        section: int,
        selected: bool,
    ) -> None:
        """Paint what a cell says."""
        column = model.columns[section]
        space = rect.adjusted(PADDING, 0, -PADDING, 0)
        pill = column.pill(row) if column.pill else None
        if pill is not None and pill.text:
            paint_pill(painter, space, pill, column.right, selected)
            return
        text = column.text(row)
        if not text:
            painter.setPen(theme.color("disabled"))
            painter.drawText(space, _RIGHT if column.right else _LEFT, "—")
            return
        painter.setFont(font(theme.TEXT, column.bold))
        painter.setPen(theme.color(column.role(row) if column.role else "text"))
        shown, used = fitted(text, int(space.width()), theme.TEXT, column.bold)
        painter.drawText(space, _RIGHT if column.right else _LEFT, shown)
        if column.detail is not None:
            self._paint_detail(painter, space.adjusted(used + 8, 0, 0, 0), column.detail(row))

    def _paint_detail(self, painter: QPainter, space: QRectF, text: str) -> None:
        """Paint the muted second text where room is left for it."""
        if not text or space.width() < 24:
            return
        painter.setFont(font(theme.SMALL))
        painter.setPen(theme.color("muted"))
        shown, _used = fitted(text, int(space.width()), theme.SMALL, False)
        painter.drawText(space, _LEFT, shown)
