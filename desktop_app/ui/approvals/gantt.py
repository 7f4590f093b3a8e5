"""The timeline of a project: a list whose rows are painted as bars under an axis of months."""

import datetime as dt
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QScrollBar,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.i18n import t, word
from desktop_app.services.approval_rows import ApprovalRow
from desktop_app.ui import theme
from desktop_app.ui.approvals import gantt_painter, texts
from desktop_app.ui.approvals.geometry import Bars, Scale, bars_of, scale_of

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
ROW = Qt.ItemDataRole.UserRole
_LEAST_LABEL, _MOST_LABEL = 150, 240


class GanttModel(QAbstractListModel):
    """The approvals of a project in the order of its checklist, each with its bars."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        super().__init__()
        self.rows: list[ApprovalRow] = []
        self.bars: list[Bars] = []
        self.today = dt.date.today()

    def set_rows(self, rows: list[ApprovalRow], today: dt.date) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows, self.today = rows, today
        self.bars = [bars_of(row, today) for row in rows]
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return texts.tip(row, self.today)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = word("approval_state", row.state)
            parts = (row.title, state, texts.standing(row, self.today))
            return t("common.comma").join(part for part in parts if part)
        return None


class _Delegate(QStyledItemDelegate):
    """Paints one row of the timeline."""

    def __init__(self, gantt: "Gantt") -> None:
        super().__init__(gantt)
        self._gantt = gantt

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> Any:
        size = super().sizeHint(option, index)
        size.setHeight(gantt_painter.ROW_HEIGHT)
        return size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        gantt, model = self._gantt, self._gantt.model
        row, bars = model.rows[index.row()], model.bars[index.row()]
        rect = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(rect, theme.color("accent_soft"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("background"))
        room = rect.adjusted(gantt.label_width(), 0, 0, 0)
        painter.save()
        painter.setClipRect(room)
        gantt_painter.paint_grid(painter, room, gantt.scale, gantt.offset())
        gantt_painter.paint_bars(painter, room, row, bars, gantt.scale, gantt.offset())
        gantt_painter.paint_today(painter, room, gantt.scale, gantt.offset())
        painter.restore()
        label = QRectF(rect.left(), rect.top(), gantt.label_width(), rect.height())
        gantt_painter.paint_label(painter, label, row, model.today, selected)
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if selected and gantt.list.hasFocus():
            painter.fillRect(QRectF(rect.x(), rect.y(), 2, rect.height()), theme.color("accent"))
        painter.restore()


class _Axis(QWidget):
    """The months above the rows."""

    def __init__(self, gantt: "Gantt") -> None:
        super().__init__()
        self._gantt = gantt
        self.setFixedHeight(gantt_painter.AXIS_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        painter.fillRect(rect, theme.color("surface"))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        room = rect.adjusted(self._gantt.label_width(), 0, -self._gantt.bar_width(), 0)
        painter.setClipRect(room)
        gantt_painter.paint_axis(painter, room, self._gantt.scale, self._gantt.offset())
        painter.end()


class _List(QListView):
    """The rows; Left and Right move along the time."""

    opened = Signal()

    def __init__(self, gantt: "Gantt") -> None:
        super().__init__()
        self._gantt = gantt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = self._gantt.time.singleStep() * (1 if event.key() == Qt.Key.Key_Right else -1)
            self._gantt.time.setValue(self._gantt.time.value() + step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._gantt.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        sideways = event.angleDelta().x()
        if sideways or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            by = sideways or event.angleDelta().y()
            self._gantt.time.setValue(self._gantt.time.value() - by)
            event.accept()
        else:
            super().wheelEvent(event)


class Gantt(QWidget):
    """Axis, rows, and a bar to move along the time where it does not fit."""

    #: The id of the approval that is current now.
    current_changed = Signal(str)
    opened = Signal()

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.model = GanttModel()
        self.scale: Scale = scale_of([], self.model.today, 400)
        self.axis = _Axis(self)
        self.list = _List(self)
        self.list.setAccessibleName(t("approvals.timeline"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.time = QScrollBar(Qt.Orientation.Horizontal)
        self.time.setAccessibleName(t("approvals.time"))
        self.time.hide()
        self.time.valueChanged.connect(self._repaint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget, stretch in ((self.axis, 0), (self.list, 1), (self.time, 0)):
            layout.addWidget(widget, stretch)
        self._quiet = False
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.opened.connect(self.opened)

    def label_width(self) -> float:
        """Return how much of the width the names of the rows take."""
        return float(min(_MOST_LABEL, max(_LEAST_LABEL, self.width() * 2 // 5)))

    def bar_width(self) -> int:
        """Return how much of the width the scroll bar of the rows takes."""
        return self.width() - self.list.viewport().width()

    def offset(self) -> float:
        """Return how far the time is scrolled."""
        return float(self.time.value()) if self.time.maximum() else 0.0

    def set_rows(self, rows: list[ApprovalRow], today: dt.date, keep: bool) -> None:
        """Show the rows of a project.

        Args:
            rows: in the order of the checklist.
            today: the day.
            keep: it is the same project as before: the current row and the place in time stay.
        """
        current = self.current_id()
        self._quiet = True
        self.model.set_rows(rows, today)
        self.fit()
        if not keep:
            self.time.setValue(int(self.scale.x(today) - self._room() * 2 / 3))
        self.select_id(current)
        self._quiet = False

    def _room(self) -> int:
        return max(120, int(self.list.viewport().width() - self.label_width()))

    def fit(self) -> None:
        """Fit the time into the room that there is."""
        self.scale = scale_of(self.model.bars, self.model.today, self._room())
        beyond = int(self.scale.width) - self._room()
        self.time.setRange(0, max(0, beyond))
        self.time.setPageStep(self._room())
        self.time.setSingleStep(max(10, int(self.scale.per_day * 7)))
        self.time.setVisible(beyond > 1)
        self._repaint()

    def _repaint(self) -> None:
        self.axis.update()
        self.list.viewport().update()

    def current_id(self) -> str:
        """Return the current approval's id, empty without one."""
        place = self.list.currentIndex().row()
        return self.model.rows[place].id if 0 <= place < len(self.model.rows) else ""

    def selected_ids(self) -> list[str]:
        """Return the ids of all selected rows, from top to bottom."""
        places = sorted({index.row() for index in self.list.selectedIndexes()})
        return [self.model.rows[place].id for place in places]

    def select_id(self, approval_id: str) -> bool:
        """Make an approval current; say whether it is shown."""
        found = next((n for n, row in enumerate(self.model.rows) if row.id == approval_id), -1)
        if found >= 0:
            self.list.setCurrentIndex(self.model.index(found))
            self.list.scrollTo(self.model.index(found))
        return found >= 0

    def select_row(self, place: int) -> None:
        """Make a row current by its place."""
        if 0 <= place < len(self.model.rows):
            self.list.setCurrentIndex(self.model.index(place))

    def _on_current(self, *_args: Any) -> None:
        if not self._quiet:
            self.current_changed.emit(self.current_id())
