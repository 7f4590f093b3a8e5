"""The rows of a programme as a list model: each row knows its day and its place in it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop_app.ui.widgets.pill import Pill

MIME = "application/x-invest-desk-meeting"
ROW_ROLE = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex


class DayHead(NamedTuple):
    """What stands in the day's column: the day, its weekday and country, holidays at the venue."""

    day: dt.date
    number: str
    weekday: str
    marks: tuple[str, ...] = ()
    tip: str = ""


class ProgrammeRow(NamedTuple):
    """One line of the programme: a meeting, a transfer, a night, or a day still free."""

    kind: str
    record_id: str
    head: DayHead
    time: str = ""
    title: str = ""
    second: str = ""
    right: str = ""
    right_tip: str = ""
    pills: tuple[Pill, ...] = ()
    icon: str = ""
    struck: bool = False
    spoken: str = ""


class PlacedRow(NamedTuple):
    """A row with its geometry in pixels: space above it, its height, its offset in the day."""

    row: ProgrammeRow
    pad: int
    height: int
    offset: int
    last: bool


_HEIGHTS = {"meeting": 47, "leg": 45, "stay": 28, "free": 30}
_TOP, _BOTTOM, _DAY_HEIGHT, _MARK_HEIGHT = 10, 12, 68, 16


def place_rows(rows: Sequence[ProgrammeRow]) -> list[PlacedRow]:
    """Return the rows with their heights; a day is never lower than its own column."""
    placed: list[PlacedRow] = []
    offset = 0
    for position, row in enumerate(rows):
        first = position == 0 or rows[position - 1].head.day != row.head.day
        last = position + 1 == len(rows) or rows[position + 1].head.day != row.head.day
        if first:
            offset = 0
        pad = _TOP if first else 0
        height = pad + _HEIGHTS[row.kind] + (_BOTTOM if last else 0)
        if last:
            least = _DAY_HEIGHT + _MARK_HEIGHT * len(row.head.marks)
            height = max(height, least - offset)
        placed.append(PlacedRow(row, pad, height, offset, last))
        offset += height
    return placed


class ProgrammeModel(QAbstractListModel):
    """Feeds the list of the programme."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.rows: list[PlacedRow] = []

    def set_rows(self, rows: Sequence[ProgrammeRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = place_rows(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        placed = self.rows[index.row()]
        row = placed.row
        if role == ROW_ROLE:
            return placed
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken or row.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (row.head.tip, row.right_tip) if part) or None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if not index.isValid():
            return flags
        if self.rows[index.row()].row.kind == "meeting":
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags | Qt.ItemFlag.ItemIsDropEnabled

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        for index in indexes:
            data.setData(MIME, self.rows[index.row()].row.record_id.encode())
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def row_of(self, record_id: str) -> int:
        """Return the row of a record, or -1."""
        found = (n for n, p in enumerate(self.rows) if p.row.record_id == record_id)
        return next(found, -1)
