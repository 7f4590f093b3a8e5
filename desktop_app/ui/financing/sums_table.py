"""The sums as a table: figures and their parts down, years across; each number can be opened."""

from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop_app.i18n import t, word
from desktop_app.services.financing_sums import CAPITAL, COMPANIES, Cell, FinancingSums
from desktop_app.ui import theme
from desktop_app.ui.financing import texts
from desktop_app.ui.fonts import font
from desktop_app.ui.widgets.row_delegate import PADDING, fitted
from desktop_app.ui.widgets.row_table_model import Index

_ROW, _NAME, _YEAR = 32, 270, 128
_NOWHERE = QModelIndex()


class Line(NamedTuple):
    """A line of the table: a figure as a whole, or one of its parts."""

    figure: str
    part: str | None
    text: str


class SumsModel(QAbstractTableModel):
    """The sums of all years."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.sums: FinancingSums | None = None
        self.lines: list[Line] = []

    def set_sums(self, sums: FinancingSums, by: str) -> None:
        """Show sums parted by ``bank`` or ``product``."""
        self.beginResetModel()
        self.sums, self.lines = sums, []
        figures = {figure: None for figure, _year in sums.totals}
        for figure in figures:
            self.lines.append(Line(figure, None, t(f"words.metric.{figure}")))
            for part in sums.parts.get(figure, []):
                name = sums.names.get(part, "") if by == "bank" else word("product", part)
                nameless = t("financing.no_bank" if by == "bank" else "financing.no_product")
                self.lines.append(Line(figure, part, name or nameless))
        self.endResetModel()

    def cell(self, index: Index) -> Cell | None:
        """Return the sum at a place."""
        if self.sums is None or not index.isValid() or index.column() == 0:
            return None
        line, year = self.lines[index.row()], self.sums.years[index.column() - 1]
        if line.part is None:
            return self.sums.totals.get((line.figure, year))
        return self.sums.cells.get((line.figure, line.part, year))

    def text(self, index: Index) -> str:
        """Return a sum in words, empty where there is none."""
        cell = self.cell(index)
        if cell is None:
            return ""
        figure = self.lines[index.row()].figure
        if figure in COMPANIES:
            return str(cell.value)
        return texts.whole_money(cell.value, "USD" if figure == CAPITAL else "CNY")

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() or self.sums is None else len(self.sums.years) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.sums is None:
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index) if index.column() else line.text
        cell = self.cell(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return t("financing.open_sum", n=cell.records) if cell else line.text
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column():
            year = self.sums.years[index.column() - 1]
            return f"{line.text} {year}: {self.text(index) or '—'}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or self.sums is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DisplayRole and section <= len(self.sums.years):
            return str(self.sums.years[section - 1]) if section else t("financing.figure")
        return None


class _SumsDelegate(QStyledItemDelegate):
    """Paints figures bold, parts set in under them, and the number under the mouse as a link."""

    def __init__(self, table: "SumsTable") -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, model = option.rect, self._table.sums_model
        line = model.lines[index.row()]
        whole = line.part is None
        current = bool(option.state & QStyle.StateFlag.State_HasFocus)
        hovered = self._table.hovered == (index.row(), index.column())
        if current and index.column():
            painter.fillRect(rect, theme.color("accent_soft"))
        elif index.row() == self._table.hovered_row:
            painter.fillRect(rect, theme.color("background"))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        text = model.text(index) if index.column() else line.text
        if not text:
            return
        inset = PADDING + (0 if whole or index.column() else 16)
        room = rect.adjusted(inset, 0, -PADDING, 0)
        link = bool(index.column()) and (hovered or current)
        muted = not whole and not index.column()
        painter.setFont(font(theme.TEXT, whole))
        painter.setPen(theme.color("accent" if link else "muted" if muted else "text"))
        shown, width = fitted(text, room.width(), theme.TEXT, whole)
        side = Qt.AlignmentFlag.AlignRight if index.column() else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)
        if link and hovered:
            base = room.center().y() + 9
            painter.drawLine(room.right() - round(width), base, room.right(), base)


class SumsTable(QTableView):
    """Shows the sums; a click or Enter opens the records behind a number."""

    #: (figure, part or None, year)
    opened = Signal(str, object, int)

    def __init__(self) -> None:
        """Make an empty table."""
        super().__init__()
        self.sums_model = SumsModel()
        self.hovered = (-1, -1)
        self.setModel(self.sums_model)
        self.setItemDelegate(_SumsDelegate(self))
        self.setAccessibleName(t("financing.sums"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setFixedHeight(31)
        self.horizontalHeader().setDefaultSectionSize(_YEAR)
        self.hovered_row = -1

    def set_sums(self, sums: FinancingSums, by: str) -> None:
        """Show sums."""
        self.sums_model.set_sums(sums, by)
        for column in range(1, len(sums.years) + 1):
            self.setColumnWidth(column, _YEAR)
        self._widen()

    def _widen(self) -> None:
        """Give the names what the years leave, so that the lines go from side to side."""
        years = len(self.sums_model.sums.years) if self.sums_model.sums is not None else 0
        self.setColumnWidth(0, max(_NAME, self.viewport().width() - years * _YEAR))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widen()

    def _open(self, index: Index) -> None:
        if self.sums_model.cell(index) is not None and self.sums_model.sums is not None:
            line = self.sums_model.lines[index.row()]
            self.opened.emit(line.figure, line.part, self.sums_model.sums.years[index.column() - 1])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._open(self.indexAt(event.position().toPoint()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        link = self.sums_model.cell(index) is not None
        self._hover((index.row(), index.column()) if link else (-1, -1), index.row())
        super().mouseMoveEvent(event)

    def _hover(self, place: tuple[int, int], row: int = -1) -> None:
        if (place, row) != (self.hovered, self.hovered_row):
            self.hovered, self.hovered_row = place, row
            hand = Qt.CursorShape.PointingHandCursor
            self.viewport().setCursor(hand if place[0] >= 0 else Qt.CursorShape.ArrowCursor)
            self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hover((-1, -1))
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)
