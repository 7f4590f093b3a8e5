"""What the views of lists share: a searched table beside a record pane."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QSplitter, QWidget

from desktop_app.db.change import Changes
from desktop_app.i18n import t
from desktop_app.ui.store import Store
from desktop_app.ui.view import Action, ShellActions, View
from desktop_app.ui.widgets.buttons import ToolRow, button, column, icon_button, panel
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.field_grid import commit_all
from desktop_app.ui.widgets.row_table_model import Column, RowTableModel
from desktop_app.ui.widgets.row_table_view import RowTableView
from desktop_app.ui.widgets.search_box import SearchBox


class PaneArea(QScrollArea):
    """A pane that scrolls up and down only."""

    def __init__(self) -> None:
        """Hold an empty pane; ``body_layout`` takes its parts."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(340)
        self.body = panel("pane")
        self.body_layout = column(self.body, 16, 12)
        self.setWidget(self.body)


class TableWithPane(View):
    """A table of rows with a search, and the selected record edited in place beside it."""

    area = ""
    table = ""

    def __init__(
        self,
        store: Store,
        shell: ShellActions,
        columns: list[Column],
        pane: PaneArea,
    ) -> None:
        """Build tool row, table and pane.

        Args:
            store: the door to the data.
            shell: the window around the view.
            columns: the table's columns.
            pane: shows one record through the view's ``show_record``.
        """
        super().__init__(store, shell)
        self.pane = pane
        self.rows = RowTableView(t(f"{self.area}.title"))
        self.model = RowTableModel(columns, lambda r: r.id, lambda r: r.key)
        self.tools = ToolRow(t(f"{self.area}.title"))
        self._search = SearchBox(t(f"{self.area}.search_hint"))
        self.tools.add(*self.first_tools(), self._search)
        columns_button = icon_button("columns-3", t("shell.columns"), self._on_columns, "secondary")
        self._columns_button = columns_button
        new = button(t(f"{self.area}.new"), self.new_record, "plus", "primary")
        self.tools.add_right(columns_button, *self.more_tools(), new)
        self.rows.set_row_model(self.model)
        self.rows.set_empty_state(
            EmptyState(
                t(f"{self.area}.empty"),
                t(f"{self.area}.empty_hint"),
                t(f"{self.area}.new"),
                self.new_record,
                self.icon,
                *self.empty_offer(),
            )
        )
        self.rows.set_context_menu(self._fill_menu)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self.rows)
        self._splitter.addWidget(pane)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([800, 400])
        self._splitter.setChildrenCollapsible(False)
        layout = column(self)
        layout.addWidget(self.tools)
        layout.addWidget(self._splitter, 1)
        self._search.searched.connect(self.model.set_query)
        self._search.moved.connect(self.rows.move_current)
        self.rows.current_changed.connect(self._on_current)
        self.pane.body.setVisible(False)
        self._shown = ""

    def empty_offer(self) -> tuple[str, Callable[[], object] | None]:
        """Return the text and what it does of the second offer while there is nothing."""
        return (t("companies.import"), partial(self.shell.import_file, None, "leads"))

    def first_tools(self) -> list[QWidget]:
        """Return what stands in the tool row before the search."""
        return []

    def more_tools(self) -> list[QWidget]:
        """Return what else the tool row offers."""
        return []

    def shown_ids(self) -> list[str]:
        """Return the ids of the rows as they are searched and sorted."""
        return [row.id for row in self.model.shown_rows()]

    def read_rows(self) -> list[Any]:
        """Return all rows of the view."""
        raise NotImplementedError

    def show_record(self, record_id: str) -> None:
        """Show a record in the pane."""
        raise NotImplementedError

    def delete_records(self, ids: list[str]) -> None:
        """Delete records in one step."""
        raise NotImplementedError

    def concerns(self) -> frozenset[str]:
        """Return the tables whose changes the view shows."""
        raise NotImplementedError

    def refresh(self, changes: Changes | None = None) -> None:
        if changes is not None and not changes.tables & self.concerns():
            return
        rows = self.read_rows()
        self.model.set_rows(rows)
        self.pane.setVisible(bool(rows))
        self.shell.set_count(self.name, len(rows) or None)
        self._on_current(self.rows.current_id())

    def _on_current(self, record_id: str) -> None:
        if self._shown and self._shown != record_id:
            commit_all(self.pane)
        self._shown = record_id
        known = bool(record_id) and self.model.index_of(record_id) >= 0
        self.pane.body.setVisible(known)
        if known:
            self.show_record(record_id)

    def _fill_menu(self, menu: QMenu, ids: list[str]) -> None:
        menu.addAction(t("common.delete"), lambda: self.delete_records(ids))

    def _on_columns(self) -> None:
        menu = self.rows.column_menu()
        menu.exec(self._columns_button.mapToGlobal(self._columns_button.rect().bottomLeft()))

    def select(self, record_id: str) -> None:
        if not self.rows.select_id(record_id):
            self._search.clear()
            self.model.set_query("")
            self.rows.select_id(record_id)

    def selected_id(self) -> str:
        return self.rows.current_id()

    def select_first(self) -> None:
        self.rows.select_row(0)

    def delete_selected(self) -> None:
        ids = self.rows.selected_ids()
        if ids:
            self.delete_records(ids)

    def show_field(self, field: str) -> None:
        editor = self.editors().get(field)
        if editor is not None:
            editor.setFocus()
            self.pane.ensureWidgetVisible(editor, 0, 80)

    def editors(self) -> dict[str, Any]:
        """Return the editors of the pane by column."""
        return {}

    def focus_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def open_selected(self) -> None:
        for child in self.pane.findChildren(QWidget):
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible():
                child.setFocus()
                return

    def actions_offered(self) -> list[Action]:
        return [Action(t(f"{self.area}.new"), self.new_record, "plus", "Ctrl+N")]

    def save_state(self) -> dict[str, Any]:
        sizes = self._splitter.sizes()
        # A pane that is hidden, as there are no records, has no width to keep.
        kept = {"sizes": sizes} if min(sizes) > 0 else {}
        return {"table": self.rows.save_state(), **kept}

    def restore_state(self, state: dict[str, Any]) -> None:
        if isinstance(state.get("table"), dict):
            self.rows.restore_state(state["table"])
        if isinstance(state.get("sizes"), list) and len(state["sizes"]) == 2:
            self._splitter.setSizes([int(x) for x in state["sizes"]])


def for_each(verb: Callable[..., None], ids: list[str]) -> Callable[[Any], None]:
    """Return a verb on a session that does the same to each record."""

    def apply(session: Any) -> None:
        for record_id in ids:
            verb(session, record_id)

    return apply
