"""The table of a list view: keeps its selection, widths, order and sort over every refresh."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
    QWidget,
)

from desktop_app.i18n import t
from desktop_app.ui import theme
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.row_delegate import RowDelegate
from desktop_app.ui.widgets.row_table_model import RowTableModel


class RowTableView(QTableView):
    """Shows a ``RowTableModel``; rows are known by their ids."""

    #: The current row's id, empty without one.
    current_changed = Signal(str)
    #: All selected ids.
    selection_changed = Signal(list)
    #: Enter or a double click on a row.
    opened = Signal(str)

    def __init__(self, name: str, row_height: int = theme.ROW_HEIGHT) -> None:
        """Make an empty table; ``name`` is what a screen reader calls it."""
        super().__init__()
        self.setAccessibleName(name)
        self.row_height = row_height
        self.hovered_row = -1
        self._quiet = False
        self._menu: Callable[[QMenu, list[str]], None] | None = None
        self._empty: QWidget | None = None
        self._overlay: QWidget | None = None
        self.setItemDelegate(RowDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(row_height)
        self.verticalHeader().setDefaultSectionSize(row_height)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(40)
        header.setFixedHeight(31)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(
            lambda point: self.column_menu().exec(header.mapToGlobal(point))
        )
        header.sectionClicked.connect(self._on_header_clicked)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_context_menu)

    # --- setting up

    def set_row_model(self, model: RowTableModel) -> None:
        """Show a model; its columns give the first widths and which are hidden."""
        self.row_model = model
        self.setModel(model)
        for section, column in enumerate(model.columns):
            self.setColumnWidth(section, column.width)
            self.setColumnHidden(section, column.hidden)
        # Selection by id is restored around each reset.
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        self.selectionModel().currentRowChanged.connect(lambda *_args: self._on_current())
        self.selectionModel().selectionChanged.connect(lambda *_args: self._on_selection())
        self._kept: tuple[str, list[str], int] = ("", [], 0)
        self._show_state()

    def set_context_menu(self, fill: Callable[[QMenu, list[str]], None]) -> None:
        """Let ``fill(menu, ids)`` put the actions for the selected rows into the menu."""
        self._menu = fill

    def set_empty_state(self, widget: QWidget | None) -> None:
        """Show ``widget`` over the table when there are no rows at all."""
        if self._empty is not None:
            self._empty.deleteLater()
        self._empty = widget
        if widget is not None:
            widget.setParent(self.viewport())
            widget.hide()
        self._show_state()

    # --- selection by id

    def current_id(self) -> str:
        """Return the current row's id, empty without one."""
        return self.row_model.id_at(self.currentIndex().row())

    def selected_ids(self) -> list[str]:
        """Return the ids of all selected rows, from top to bottom."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self.row_model.id_at(row) for row in rows]

    def select_id(self, row_id: str) -> bool:
        """Select a row by id and scroll to it; say whether it is shown."""
        row = self.row_model.index_of(row_id)
        if row < 0:
            return False
        self.select_row(row)
        return True

    def select_row(self, row: int) -> None:
        """Select one row by its place."""
        index = self.row_model.index(row, max(self._first_section(), 0))
        if index.isValid():
            self.setCurrentIndex(index)
            self.selectRow(row)
            self.scrollTo(index)

    def move_current(self, step: int) -> None:
        """Go up or down from outside the table, as a search box does."""
        count = self.row_model.rowCount()
        if count:
            row = self.currentIndex().row()
            self.select_row(min(max(row + step, 0), count - 1) if row >= 0 else 0)

    def _first_section(self) -> int:
        header = self.horizontalHeader()
        visible = (header.logicalIndex(v) for v in range(header.count()))
        return next((s for s in visible if not self.isColumnHidden(s)), 0)

    def _remember(self) -> None:
        self._kept = (self.current_id(), self.selected_ids(), self.verticalScrollBar().value())
        self._quiet = True

    def _restore(self) -> None:
        current, chosen, scroll = self._kept
        selection = self.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        section = self._first_section()
        for row_id in chosen:
            row = self.row_model.index_of(row_id)
            if row >= 0:
                selection.select(self.row_model.index(row, section), flags.Select | flags.Rows)
        row = self.row_model.index_of(current)
        if row >= 0:
            selection.setCurrentIndex(self.row_model.index(row, section), flags.NoUpdate)
            self.verticalScrollBar().setValue(scroll)
        self._quiet = False
        self._show_state()
        if self.current_id() != current or not current:
            self._on_current()
        if self.selected_ids() != chosen:
            self._on_selection()

    def _on_current(self) -> None:
        if not self._quiet:
            self.current_changed.emit(self.current_id())

    def _on_selection(self) -> None:
        if not self._quiet:
            self.selection_changed.emit(self.selected_ids())

    # --- sort, columns, state

    def _on_header_clicked(self, section: int) -> None:
        key = self.row_model.columns[section].key
        old, descending = self.row_model.sorted_by()
        if key != old:
            self.sort_by(key)
        elif not descending:
            self.sort_by(key, True)
        else:
            self.sort_by("")

    def sort_by(self, key: str, descending: bool = False) -> None:
        """Sort by a column's key and show the arrow; an empty key sorts as read."""
        self.row_model.sort_by(key, descending)
        header = self.horizontalHeader()
        # Qt's own arrow takes room from the word: the model puts a small one into the word.
        self.row_model.headerDataChanged.emit(
            Qt.Orientation.Horizontal, 0, len(self.row_model.columns) - 1
        )
        header.viewport().update()

    def column_menu(self) -> QMenu:
        """Return the menu that shows and hides columns."""
        menu = QMenu(self)
        for section, column in enumerate(self.row_model.columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(section))
            action.setEnabled(section > 0)
            action.toggled.connect(
                lambda on, s=section: self.setColumnHidden(s, not on)  # bound now
            )
        menu.addSeparator()
        menu.addAction(t("shell.columns_reset")).triggered.connect(self._reset_columns)
        return menu

    def _reset_columns(self) -> None:
        header = self.horizontalHeader()
        for section, column in enumerate(self.row_model.columns):
            header.moveSection(header.visualIndex(section), section)
            self.setColumnHidden(section, column.hidden)
            self.setColumnWidth(section, column.width)

    def save_state(self) -> dict[str, Any]:
        """Return widths, order, hidden columns, sort and selection, by the columns' keys."""
        header = self.horizontalHeader()
        columns = self.row_model.columns
        key, descending = self.row_model.sorted_by()
        return {
            "widths": {
                c.key: self.columnWidth(s)
                for s, c in enumerate(columns)
                if not self.isColumnHidden(s)
            },
            "order": [columns[header.logicalIndex(v)].key for v in range(header.count())],
            "hidden": [c.key for s, c in enumerate(columns) if self.isColumnHidden(s)],
            "sort": [key, descending],
            "current": self.current_id(),
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take up a saved state; columns that it doesn't know keep their own."""
        header = self.horizontalHeader()
        sections = {column.key: s for s, column in enumerate(self.row_model.columns)}
        for key, width in state.get("widths", {}).items():
            if key in sections and isinstance(width, int) and width >= 20:
                self.setColumnWidth(sections[key], width)
        for place, key in enumerate(k for k in state.get("order", []) if k in sections):
            header.moveSection(header.visualIndex(sections[key]), place)
        if "hidden" in state:
            for key, section in sections.items():
                if section:
                    self.setColumnHidden(section, key in state["hidden"])
        key, descending = state.get("sort", ("", False))
        if key in sections:
            self.sort_by(key, bool(descending))
        if state.get("current"):
            self.select_id(str(state["current"]))

    # --- states that are no rows

    def _show_state(self) -> None:
        """Show why there are no rows: none at all, or none that match."""
        if self._empty is not None:
            self._empty.hide()
        if self.row_model.rowCount():
            self._show_overlay(None)
        elif self.row_model.all_rows() and self.row_model.filtered():
            self._show_overlay(
                EmptyState(t("shell.no_match"), t("shell.no_match_hint"), icon_name="search")
            )
        else:
            self._show_overlay(None)
            if self._empty is not None:
                self._empty.setGeometry(self.viewport().rect())
                self._empty.show()

    def _show_overlay(self, widget: QWidget | None) -> None:
        if self._overlay is not None:
            self._overlay.hide()
            self._overlay.deleteLater()
        self._overlay = widget
        if widget is not None:
            widget.setParent(self.viewport())
            widget.setGeometry(self.viewport().rect())
            widget.show()

    # --- Qt

    def _on_context_menu(self, point: QPoint) -> None:
        ids = self.selected_ids()
        if self._menu is None or not ids:
            return
        menu = QMenu(self)
        self._menu(menu, ids)
        if not menu.isEmpty():
            menu.exec(self.viewport().mapToGlobal(point))
        menu.deleteLater()

    def _hover(self, row: int) -> None:
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: Any) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if self.indexAt(event.position().toPoint()).isValid():
            self.opened.emit(self.current_id())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id():
            self.opened.emit(self.current_id())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for widget in (self._empty, self._overlay):
            if widget is not None:
                widget.setGeometry(self.viewport().rect())
