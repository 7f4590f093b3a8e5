"""The leads view: one tool row, the table or the board, and the record at the right."""

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.db.change import Changes
from desktop_app.domain.words import Status
from desktop_app.i18n import t, word
from desktop_app.services.lead_rows import LeadRow, lead_rows, merged_rows
from desktop_app.services.rates import usd_rates
from desktop_app.ui import theme
from desktop_app.ui.export_files import export_button, export_records
from desktop_app.ui.leads import lead_texts
from desktop_app.ui.leads.column_fitter import ColumnFitter
from desktop_app.ui.leads.lead_columns import lead_columns
from desktop_app.ui.leads.lead_filter import LeadFilter
from desktop_app.ui.leads.saved_views import SavedViews
from desktop_app.ui.papers import catalogue
from desktop_app.ui.papers.paper_place import PaperPlace
from desktop_app.ui.read_ahead import Reading
from desktop_app.ui.store import Store
from desktop_app.ui.view import Action, ShellActions, View
from desktop_app.ui.widgets.buttons import ToolRow, button, column, icon_button
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.row_table_model import RowTableModel
from desktop_app.ui.widgets.row_table_view import RowTableView
from desktop_app.ui.widgets.search_box import SearchBox

if TYPE_CHECKING:
    from desktop_app.ui.leads.bulk import Bulk, BulkBar
    from desktop_app.ui.leads.edit import Edit
    from desktop_app.ui.leads.filter_popup import FilterPopup
    from desktop_app.ui.leads.lead_board import LeadBoard
    from desktop_app.ui.leads.lead_pane import LeadPane
    from desktop_app.ui.leads.new_lead import NewLeadPanel

COMPACT_HEIGHT = 26
PANE_WIDTH = 384


class LeadsView(View):
    """All leads; selection, order, filter and widths outlive every refresh."""

    name = "leads"
    icon = "target"

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Build the view; the first ``refresh`` reads the rows."""
        super().__init__(store, shell)
        self.filter = LeadFilter()
        self._pane_wanted = True
        self._selected: list[str] = []
        self._last_current = ""
        #: Made ready in another thread: the rows before, those read, and all of them now.
        self._merged: tuple[list[LeadRow], list[LeadRow], list[LeadRow]] | None = None
        self.model = RowTableModel(
            lead_columns(dt.date.today), id_of=lambda r: r.id, key_of=lambda r: r.key
        )
        whole = QWidget()
        self.papers = PaperPlace(self, whole, self._arrange, self._lead_to, self._open_brief)
        column(self).addWidget(self.papers.splitter)
        outer = column(whole)
        self._make_tools(outer)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._make_list())
        self.side = QStackedWidget()
        self.side.hide()
        self.splitter.addWidget(self.side)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setSizes([900, PANE_WIDTH])
        outer.addWidget(self.splitter, 1)
        # Arrow keys held down paint the list at once; the record follows when they rest.
        self._pane_timer = QTimer(self)
        self._pane_timer.setSingleShot(True)
        self._pane_timer.setInterval(0)
        self._pane_timer.timeout.connect(self._show_current)
        # Between reading the rows and the first key in the search there is time enough.
        self._search_timer = QTimer(self)
        self._search_timer.setSingleShot(True)
        self._search_timer.setInterval(200)
        self._search_timer.timeout.connect(self.model.prepare_search)
        self.model.modelReset.connect(self._search_timer.start)

    # --- making

    def _make_tools(self, outer: QVBoxLayout) -> None:
        self.tools = ToolRow(t("leads.title"))
        self.search = SearchBox(t("leads.search_hint"))
        self.search.searched.connect(self._on_searched)
        self.search.moved.connect(self._on_moved)
        self.search.returnPressed.connect(self.open_selected)
        self.filter_button = button(t("leads.filter"), self._open_filter, "funnel")
        self.views = SavedViews(self, self._view_now, self._use_view)
        self.tools.add(self.search, self.filter_button, self.views.button)
        self.table_button = icon_button("table-2", t("leads.table"), None, "secondary", True)
        self.board_button = icon_button("kanban", t("leads.board"), None, "secondary", True)
        self.table_button.clicked.connect(lambda: self.show_board(False))
        self.board_button.clicked.connect(lambda: self.show_board(True))
        self.table_button.setChecked(True)
        self.columns_button = icon_button(
            "columns-3", t("leads.columns"), self._open_columns, "secondary"
        )
        import_button = button(t("leads.import"), self.shell.import_file, "upload")
        self.export_button = export_button(
            "leads", self.store, self.shell, self._shown_ids, self.selected_ids
        )
        self.new_button = button(t("leads.new"), self.new_record, "plus", "primary")
        self.tools.add_right(
            self.table_button,
            self.board_button,
            self.columns_button,
            import_button,
            self.export_button,
            self.new_button,
        )
        outer.addWidget(self.tools)

    def _make_list(self) -> QWidget:
        compact = getattr(self.shell.settings, "compact_rows", False)
        self.table = RowTableView(t("leads.title"), COMPACT_HEIGHT if compact else theme.ROW_HEIGHT)
        self.table.set_row_model(self.model)
        self.table.sort_by("next")
        self.table.set_context_menu(self._fill_menu)
        self.table.set_empty_state(self._empty_state())
        self.table.current_changed.connect(lambda _id: self._pane_timer.start())
        self.table.selection_changed.connect(self._on_selection)
        self.fitter = ColumnFitter(self.table)
        self.table.opened.connect(lambda _id: self.open_selected())
        self.model.modelReset.connect(self._on_rows_shown)
        self.lists = QStackedWidget()
        self.lists.addWidget(self.table)
        self._whole_list = QWidget()
        self._list_column = column(self._whole_list)
        self._list_column.addWidget(self.lists, 1)
        return self._whole_list

    def _empty_state(self) -> EmptyState:
        return EmptyState(
            t("leads.empty"),
            t("leads.empty_hint"),
            t("leads.new"),
            self.new_record,
            "target",
            t("leads.import_ledger"),
            self.shell.import_file,
        )

    # What the first look does not show is made when it is first asked for.

    @cached_property
    def edit(self) -> "Edit":
        """What writes, and finds the records that fields point to."""
        from desktop_app.ui.leads.edit import Edit

        return Edit(self.store, self.shell)

    @cached_property
    def bulk(self) -> "Bulk":
        """The verbs on several leads."""
        from desktop_app.ui.leads.bulk import Bulk

        return Bulk(self.edit, self, self._ask_meeting)

    @cached_property
    def bulk_bar(self) -> "BulkBar":
        """Stands above the list while several leads are selected."""
        from desktop_app.ui.leads.bulk import BulkBar

        bar = BulkBar(self.bulk, self.selected_ids)
        bar.cleared.connect(self._clear_selection)
        self._list_column.insertWidget(0, bar)
        return bar

    @cached_property
    def filter_popup(self) -> "FilterPopup":
        """The conditions under their button."""
        from desktop_app.ui.leads.filter_popup import FilterPopup

        popup = FilterPopup(self.filter_button)
        popup.changed.connect(self._on_filter)
        return popup

    @cached_property
    def board(self) -> "LeadBoard":
        """The board."""
        from desktop_app.ui.leads.lead_board import LeadBoard

        board = LeadBoard(lead_texts.total)
        board.moved.connect(self._on_card_moved)
        board.selection_changed.connect(self._on_board_selection)
        board.opened.connect(self.open_selected)
        board.menu_asked.connect(self._open_board_menu)
        self.lists.addWidget(board)
        return board

    @cached_property
    def _empty_board(self) -> EmptyState:
        """Stands in the board's place while there are no leads."""
        empty = self._empty_state()
        self.lists.addWidget(empty)
        return empty

    @cached_property
    def pane(self) -> "LeadPane":
        """The record at the right."""
        from desktop_app.ui.leads.lead_pane import LeadPane

        pane = LeadPane(self.edit)
        pane.closed.connect(self._close_pane)
        pane.delete_asked.connect(lambda one: self.bulk.delete([one]))
        pane.paper_asked.connect(self.open_paper)
        self.side.addWidget(pane)
        return pane

    @cached_property
    def new_panel(self) -> "NewLeadPanel":
        """Asks for a new lead in the record's place."""
        from desktop_app.ui.leads.new_lead import NewLeadPanel

        panel = NewLeadPanel(self.edit)
        panel.closed.connect(self._close_new)
        panel.made.connect(self._on_made)
        self.side.addWidget(panel)
        return panel

    def _shown_id(self) -> str:
        """Return the id of the lead in the record pane, empty without one."""
        return self.pane.lead_id if "pane" in self.__dict__ else ""

    def _asking(self) -> bool:
        """Say whether the panel of a new lead is open."""
        return (
            "new_panel" in self.__dict__
            and self.side.isVisible()
            and self.side.currentWidget() is self.new_panel
        )

    # --- reading

    def make_ready(self, changes: Changes, reading: Reading) -> None:
        from desktop_app.services.touched_leads import touched_leads

        ids = reading.read(touched_leads, changes.tables, changes.ids)
        if ids is None:
            rows = reading.look(lead_rows)
        elif ids:
            before = self.model.all_rows()
            fresh = reading.look(lead_rows, tuple(ids))
            rows = merged_rows(before, ids, fresh)
            self._merged = (before, fresh, rows)
        if ids == []:
            return
        # By other rates the rows may sort and pass otherwise.
        if "setting" not in changes.tables or reading.look(usd_rates) == lead_texts.rates_used():
            self.model.make_ready(rows)

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the leads that a write concerned, or all of them."""
        if "edit" in self.__dict__:
            self.edit.find.forget(changes.tables if changes else None)
        if changes is None or "setting" in changes.tables:
            lead_texts.use_rates(self.store.look(usd_rates))
        if changes is None:
            self.model.set_rows(self.store.all_leads())
        else:
            from desktop_app.services.touched_leads import touched_leads

            ids = self.store.read(touched_leads, changes.tables, changes.ids)
            if ids is None:
                self.model.set_rows(self.store.all_leads())
            elif ids:
                self._replace(ids)
        self.shell.set_count("leads", len(self.model.all_rows()))
        if self._last_current:
            self.table.select_id(self._last_current)
            self._last_current = ""
        shown = self._shown_id()
        if shown and not self._exists(shown):
            # Gone by a sync while somebody was typing: what is typed keeps the lead.
            self.pane.commit_typed()
        if shown and not self._exists(shown):
            self.pane.lead_id = ""
            self._show_current()
        elif shown and self.side.isVisible():
            self.pane.reload()

    def _replace(self, ids: Sequence[str]) -> None:
        """Put fresh rows in the place of some; those that are gone go."""
        found = self.store.look(lead_rows, tuple(ids))
        before = self.model.all_rows()
        merged, self._merged = self._merged, None
        if merged is not None and merged[0] is before and merged[1] is found:
            self.model.set_rows(merged[2])
            return
        fresh = {row.id: row for row in found}
        whole = len(fresh) == len(ids) and not self.showing_board()
        if not (whole and self.model.update_rows(fresh)):
            self.model.set_rows(merged_rows(before, ids, found))

    def _exists(self, lead_id: str) -> bool:
        return any(row.id == lead_id for row in self.model.all_rows())

    def _on_rows_shown(self) -> None:
        if self.showing_board():
            empty = not self.model.all_rows()
            self.lists.setCurrentWidget(self._empty_board if empty else self.board)
            self.board.set_rows(self.model.shown_rows(), self._selected)

    # --- search, filter, views

    def _on_searched(self, text: str) -> None:
        self.model.set_query(text)

    def _on_moved(self, step: int) -> None:
        if not self.showing_board():
            self.table.move_current(step)

    def _choices(self) -> dict[str, Sequence[tuple[str, str]]]:
        from desktop_app.ui.leads.filter_popup import fixed_choices

        rows = self.model.all_rows()
        countries = sorted({r.country for r in rows if r.country} | self.filter.countries)
        owners = {r.owner_id: r.owner for r in rows if r.owner_id}
        choices: dict[str, Sequence[tuple[str, str]]] = dict(fixed_choices())
        choices["countries"] = [(code, word("country", code)) for code in countries]
        choices["owners"] = sorted(owners.items(), key=lambda pair: pair[1])
        return choices

    def _open_filter(self) -> None:
        self.filter_popup.open(self.filter, self._choices())

    def _on_filter(self, value: LeadFilter) -> None:
        self.views.set_chosen("")
        self._apply(value)

    def _apply(self, value: LeadFilter) -> None:
        self.filter = value
        self.model.set_filter(value.test(dt.date.today(), self.shell.me, lead_texts.yuan))
        self.filter_button.setText(self._filter_words())
        self.filter_button.setToolTip(t("leads.filter"))
        self.filter_button.setProperty("active", bool(value.count()))
        self.filter_button.style().unpolish(self.filter_button)
        self.filter_button.style().polish(self.filter_button)

    def _filter_words(self) -> str:
        if not self.filter.count():
            return t("leads.filter")
        from desktop_app.ui.leads.filter_popup import filter_words

        return filter_words(self.filter, self._choices())

    def _view_now(self) -> dict[str, Any]:
        key, descending = self.model.sorted_by()
        return {
            "filter": self.filter.to_json(),
            "sort": [key, descending],
            "board": self.showing_board(),
        }

    def _use_view(self, view: dict[str, Any]) -> None:
        self._apply(LeadFilter.from_json(view.get("filter")))
        sort = view.get("sort")
        if isinstance(sort, list) and len(sort) == 2:
            self.table.sort_by(str(sort[0]), bool(sort[1]))
        if "board" in view:
            self.show_board(bool(view["board"]))

    def _open_columns(self) -> None:
        below = QPoint(0, self.columns_button.height() + 4)
        self.table.column_menu().exec(self.columns_button.mapToGlobal(below))

    # --- table and board

    def showing_board(self) -> bool:
        """Say whether the board is shown instead of the table."""
        return self.lists.currentWidget() is not self.table

    def show_board(self, board: bool) -> None:
        """Switch between table and board; the selection goes along."""
        selected = self.selected_ids()
        self.table_button.setChecked(not board)
        self.board_button.setChecked(board)
        self.columns_button.setEnabled(not board)
        self._selected = selected
        if board:
            self.lists.setCurrentWidget(self.board)
            self._on_rows_shown()
        else:
            self.lists.setCurrentWidget(self.table)
            if selected:
                self.table.select_id(selected[0])

    def _on_card_moved(self, ids: list[str], stage: str) -> None:
        self._selected = ids
        self.bulk.move(ids, stage)

    def _on_board_selection(self, ids: list[str]) -> None:
        self._selected = ids
        self._on_selection(ids)
        self._pane_timer.start()

    def _open_board_menu(self, point: QPoint) -> None:
        ids = self.board.selected_ids()
        if ids:
            menu = QMenu(self)
            self._fill_menu(menu, ids)
            menu.exec(point)
            menu.deleteLater()

    # --- selection and the record

    def _shown_ids(self) -> list[str]:
        return [row.id for row in self.model.shown_rows()]

    def selected_ids(self) -> list[str]:
        """Return the ids of all selected leads."""
        return self.board.selected_ids() if self.showing_board() else self.table.selected_ids()

    def selected_id(self) -> str:
        if self.showing_board():
            return next(iter(self.board.selected_ids()), "")
        return self.table.current_id()

    def select(self, record_id: str) -> None:
        """Show a lead; a search or filter that hides it gives way."""
        if self.model.index_of(record_id) < 0:
            self.search.clear()
            self.model.set_query("")
            self.views.set_chosen("")
            self._apply(LeadFilter())
        self._pane_wanted = True
        if self.showing_board():
            self._selected = [record_id]
            self.board.select(self._selected)
            self._on_selection(self._selected)
        else:
            self.table.select_id(record_id)
        self._show_current()

    def select_first(self) -> None:
        rows = self.model.shown_rows()
        if rows:
            self.select(rows[0].id)

    def _on_selection(self, ids: list[str]) -> None:
        chosen = set(ids) if len(ids) > 1 else set()
        if chosen or "bulk_bar" in self.__dict__:
            rows = [r for r in self.model.shown_rows() if r.id in chosen] if chosen else []
            self.bulk_bar.set_selection(rows)

    def _clear_selection(self) -> None:
        if self.showing_board():
            self.board.select([])
            self._on_board_selection([])
        else:
            self.table.clearSelection()

    def _show_current(self) -> None:
        """Show the selected lead at the right, or nothing without one."""
        self._pane_timer.stop()
        lead_id = self.selected_id()
        self.selected.emit("leads", lead_id)
        self._follow_with_paper(lead_id)
        if self._asking() and (not lead_id or lead_id == self._shown_id()):
            return
        if not lead_id or not self._pane_wanted:
            self.side.hide()
            if self._shown_id():
                self.pane.lead_id = ""
            return
        if lead_id != self.pane.lead_id:
            self.pane.show_lead(lead_id)
        self.side.setCurrentWidget(self.pane)
        self.side.show()

    def _close_pane(self) -> None:
        self.papers.close()
        self._pane_wanted = False
        self.side.hide()
        self.pane.lead_id = ""
        (self.board if self.showing_board() else self.table).setFocus()

    def open_selected(self) -> None:
        """Open the record and put the cursor into it."""
        if not self.selected_id() and self.model.shown_rows():
            self.select_first()
        self._pane_wanted = True
        self._show_current()
        if self.side.isVisible():
            self.pane.editors["amount_minor"].setFocus()

    # --- doing

    def new_record(self) -> None:
        """Ask for a new lead where the record stands."""
        self.papers.close()
        self.side.setCurrentWidget(self.new_panel)
        self.side.show()
        self.new_panel.start()

    def _close_new(self) -> None:
        self.side.hide()
        self._show_current()

    def _on_made(self, lead_id: str) -> None:
        self.side.setCurrentWidget(self.pane)
        self.select(lead_id)
        self.shell.toast(t("leads.made"), undo=True)

    def delete_selected(self) -> None:
        self.bulk.delete(self.selected_ids())

    def focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _fill_menu(self, menu: QMenu, ids: list[str]) -> None:
        if len(ids) == 1:
            row = self.model.row_at(self.model.index_of(ids[0]))
            menu.addAction(t("leads.open")).triggered.connect(self.open_selected)
            if row.company_id:
                menu.addAction(t("leads.open_company")).triggered.connect(
                    lambda: self.shell.open_record("companies", row.company_id)
                )
            menu.addAction(t("leads.add_follow_up")).triggered.connect(self._follow_up)
            for name in catalogue.offered("leads"):
                menu.addAction(catalogue.title_of(name)).triggered.connect(
                    lambda _on=False, n=name: self.open_paper(n)
                )
            menu.addAction(t("leads.copy_name")).triggered.connect(
                lambda: QApplication.clipboard().setText(lead_texts.names(row)[0])
            )
            menu.addSeparator()
        self.bulk.fill_owner(menu.addMenu(t("leads.set_owner")), lambda: ids)
        self.bulk.fill_stage(menu.addMenu(t("leads.set_stage")), lambda: ids)
        self.bulk.fill_words(menu.addMenu(t("leads.set_status")), lambda: ids, "status", Status)
        self.bulk.fill_next(menu.addMenu(t("leads.set_next")), lambda: ids, self.table)
        menu.addAction(t("export.menu.leads")).triggered.connect(
            lambda: export_records("leads", self.store, self.shell, ids)
        )
        menu.addSeparator()
        menu.addAction(t("leads.delete")).triggered.connect(lambda: self.bulk.delete(ids))

    def _export_shown(self) -> None:
        export_records("leads", self.store, self.shell, self._shown_ids())

    def _ask_meeting(self, lead_id: str, stage: str) -> None:
        """Record the meeting that a stage needs in the record; its gate stays open above."""
        self.select(lead_id)
        self.pane.move_on(stage)
        self.pane.open_meeting()

    def _follow_up(self) -> None:
        self.open_selected()
        self.pane.open_follow_up()

    def actions_offered(self) -> list[Action]:
        found = [
            Action(t("leads.new"), self.new_record, "plus", "Ctrl+N"),
            Action(t("leads.import_ledger"), self.shell.import_file, "upload"),
            Action(t("export.menu.leads"), self._export_shown, "download"),
            Action(t("leads.table"), lambda: self.show_board(False), "table-2"),
            Action(t("leads.board"), lambda: self.show_board(True), "kanban"),
            Action(t("leads.filter"), self._open_filter, "funnel"),
        ]
        if self.selected_id():
            found += [
                Action(t("leads.add_follow_up"), self._follow_up, "plus"),
                *self.papers.actions(),
                Action(t("leads.delete"), self.delete_selected, "trash", "Del"),
            ]
        return found

    # --- papers

    def open_paper(self, name: str) -> None:
        if not self.selected_id():
            self.select_first()
        if not self.selected_id():
            self.shell.toast(t("papers.no_lead"))
            return
        self.select(self.selected_id())
        self.papers.open(name, self.selected_id())

    def _open_brief(self) -> None:
        self.open_paper("lead-brief")

    def paper_shown(self) -> str:
        return self.papers.name()

    def _follow_with_paper(self, lead_id: str) -> None:
        """Let an open paper be about the lead that is selected now."""
        preview = self.papers.preview
        if preview is not None and preview.record_id != lead_id:
            if lead_id:
                self.papers.open(self.papers.name(), lead_id)
            else:
                self.papers.close()

    def _arrange(self) -> None:
        """Beside a paper only the record stays in sight."""
        alone = self.papers.shown()
        self.tools.setVisible(not alone)
        self._whole_list.setVisible(not alone)

    def _lead_to(self, kind: str, record_id: str, field: str) -> None:
        """Show a record that a paper lacks something of, the cursor in the field."""
        if kind == "leads" and record_id == self.selected_id():
            self.pane.focus_field(field)
        else:
            self.shell.open_record(kind, record_id, field)

    def show_field(self, field: str) -> None:
        self.pane.focus_field(field)

    def show_part(self, record_id: str) -> None:
        from desktop_app.ui.leads.pane_verbs import show_meeting

        show_meeting(self.pane, record_id)

    # --- state

    def save_state(self) -> dict[str, Any]:
        return {
            "table": self.fitter.kept(self.table.save_state()),
            "filter": self.filter.to_json(),
            "view": self.views.chosen,
            "views": self.views.own,
            "board": self.showing_board(),
            "pane": self._pane_wanted,
            "splitter": self.splitter.sizes() if self.side.isVisible() else [],
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        table = state.get("table")
        if isinstance(table, dict):
            self.table.restore_state(table)
            # The rows come only now: the first refresh selects what was selected.
            self._last_current = str(table.get("current") or "")
        self.views.restore(state.get("views"))
        self._apply(LeadFilter.from_json(state.get("filter")))
        self.views.set_chosen(str(state.get("view") or ""))
        self._pane_wanted = bool(state.get("pane", True))
        sizes = state.get("splitter")
        if isinstance(sizes, list) and len(sizes) == 2:
            self.splitter.setSizes([int(s) for s in sizes if isinstance(s, int)])
        if state.get("board"):
            self.show_board(True)
