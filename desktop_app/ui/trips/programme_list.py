"""The programme by day: a list that adds on hover, moves a meeting by dragging, opens by Enter."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QWidget

from desktop_app.i18n import t
from desktop_app.ui.trips.programme_delegate import LEFT, ProgrammeDelegate, day_width
from desktop_app.ui.trips.programme_model import MIME, PlacedRow, ProgrammeModel, ProgrammeRow
from desktop_app.ui.widgets.buttons import icon_button

OPENS = ("meeting", "leg", "stay")


class ProgrammeList(QListView):
    """Shows a trip's days; speaks of records by kind and id only."""

    #: (kind, record id) of the row that was chosen; an empty id when none is.
    chosen = Signal(str, str)
    add_asked = Signal(object)
    move_asked = Signal(str, object)
    delete_asked = Signal(str, str)
    status_asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start without a programme."""
        super().__init__(parent)
        self.rows_model = ProgrammeModel(self)
        self._delegate = ProgrammeDelegate(self)
        self.setModel(self.rows_model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(t("trips.programme"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(24)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(False)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_context_menu)
        # Not the current index: Qt sets that by itself when the list takes the focus.
        self.selectionModel().selectionChanged.connect(lambda _on, _off: self._on_selected())
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._hide_add())
        self.add_button = icon_button("plus", t("trips.add_meeting"), self._on_add)
        self.add_button.setParent(self.viewport())
        self.add_button.setFixedSize(26, 26)
        self.add_button.hide()
        self._add_day: dt.date | None = None
        self._quiet = False

    def set_rows(self, rows: Sequence[ProgrammeRow]) -> None:
        """Show other rows, keeping the place and what is selected."""
        chosen = self.current_record()
        place = self.verticalScrollBar().value()
        self._quiet = True
        self.rows_model.set_rows(rows)
        if chosen[1]:
            self._set_current(self.rows_model.row_of(chosen[1]))
        self._quiet = False
        self.verticalScrollBar().setValue(place)
        self._hide_add()

    def placed(self, index: QModelIndex) -> PlacedRow | None:
        """Return the row at an index."""
        return self.rows_model.rows[index.row()] if index.isValid() else None

    def current_record(self) -> tuple[str, str]:
        """Return (kind, id) of the selected record, both empty without one."""
        index = self.currentIndex()
        placed = self.placed(index) if self.selectionModel().isSelected(index) else None
        if placed is None or placed.row.kind not in OPENS:
            return ("", "")
        return (placed.row.kind, placed.row.record_id)

    def current_day(self) -> dt.date | None:
        """Return the day of the selected row, else the first day."""
        placed = self.placed(self.currentIndex())
        if placed is None and self.rows_model.rows:
            placed = self.rows_model.rows[0]
        return placed.row.head.day if placed else None

    def select_record(self, record_id: str) -> bool:
        """Select a record's row and bring it into sight, without telling of it."""
        row = self.rows_model.row_of(record_id) if record_id else -1
        self._quiet = True
        self._set_current(row)
        self._quiet = False
        return row >= 0

    def _set_current(self, row: int) -> None:
        if row < 0:
            self.selectionModel().clear()
            return
        index = self.rows_model.index(row)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flag)
        self.scrollTo(index)

    def _on_selected(self) -> None:
        if not self._quiet and self.selectedIndexes():
            self.chosen.emit(*self.current_record())

    # Adding at a day

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self.state() == QAbstractItemView.State.NoState:
            self._offer_add(event.position().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hide_add()

    def _offer_add(self, where: QPoint) -> None:
        """Show the plus of the day under the mouse, right of its number."""
        index = self.indexAt(where)
        placed = self.placed(index)
        if placed is None:
            self._hide_add()
            return
        top = self.visualRect(index).top() - placed.offset
        self._add_day = placed.row.head.day
        self.add_button.move(LEFT + day_width() - 40, max(4, top + 10))
        self.add_button.setAccessibleName(f"{t('trips.add_meeting')} {placed.row.head.day}")
        self.add_button.show()

    def _hide_add(self) -> None:
        self.add_button.hide()
        self._add_day = None

    def _on_add(self) -> None:
        if self._add_day is not None:
            self.add_asked.emit(self._add_day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        placed = self.placed(self.indexAt(event.position().toPoint()))
        if placed is not None and placed.row.kind == "free":
            self.add_asked.emit(placed.row.head.day)
        else:
            super().mouseDoubleClickEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.indexAt(event.position().toPoint()).isValid():
            # A click beside the programme leads back to the trip.
            self.selectionModel().clear()
            self.chosen.emit("", "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        placed = self.placed(self.currentIndex())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and placed is not None:
            if placed.row.kind == "free":
                self.add_asked.emit(placed.row.head.day)
            else:
                self.chosen.emit(*self.current_record())
            return
        if event.key() == Qt.Key.Key_Escape:
            self.selectionModel().clear()
            self.chosen.emit("", "")
            return
        super().keyPressEvent(event)

    # Moving to another day

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
        else:
            # A file, for instance: the window around takes it.
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        placed = self.placed(self.indexAt(event.position().toPoint()))
        if placed is None or not event.mimeData().hasFormat(MIME):
            self._mark_drop(None)
            event.ignore()
            return
        self._mark_drop(placed.row.head.day)
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._mark_drop(None)

    def dropEvent(self, event: QDropEvent) -> None:
        placed = self.placed(self.indexAt(event.position().toPoint()))
        self._mark_drop(None)
        if placed is None or not event.mimeData().hasFormat(MIME):
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.MoveAction)
        event.accept()
        record_id = bytes(event.mimeData().data(MIME).data()).decode()
        self.move_asked.emit(record_id, placed.row.head.day)

    def _mark_drop(self, day: dt.date | None) -> None:
        if self._delegate.drop_day != day:
            self._delegate.drop_day = day
            self.viewport().update()

    # The menu of a row

    def _on_context_menu(self, where: QPoint) -> None:
        placed = self.placed(self.indexAt(where))
        if placed is not None:
            menu = self.menu_of(placed.row)
            menu.exec(self.viewport().mapToGlobal(where))
            menu.deleteLater()

    def menu_of(self, row: ProgrammeRow) -> QMenu:
        """Return what can be done with a row."""
        menu = QMenu(self)
        day, record = row.head.day, row.record_id
        menu.addAction(t("trips.add_meeting"), lambda: self.add_asked.emit(day))
        if row.kind == "meeting":
            move = menu.addMenu(t("trips.move_to_day"))
            for head in dict.fromkeys(p.row.head for p in self.rows_model.rows):
                text = f"{head.number}  {head.weekday}"
                action = move.addAction(text, partial(self.move_asked.emit, record, head.day))
                action.setEnabled(head.day != day)
            menu.addSeparator()
            for status in ("planned", "held", "cancelled"):
                menu.addAction(
                    t(f"trips.mark_{status}"),
                    partial(self.status_asked.emit, record, status),
                )
        if row.kind in OPENS:
            menu.addSeparator()
            menu.addAction(t("common.delete"), lambda: self.delete_asked.emit(row.kind, record))
        return menu
