"""Approvals: the timeline of each project, or the table of all, beside the selected one."""

import datetime as dt
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from desktop_app.db.change import Changes
from desktop_app.i18n import t
from desktop_app.services import approval_rows, approvals
from desktop_app.services.approval_rows import ApprovalRow
from desktop_app.ui.approvals.approval_pane import ApprovalPane
from desktop_app.ui.approvals.item_filter import ItemFilter, columns
from desktop_app.ui.approvals.item_filters import ItemFilters
from desktop_app.ui.approvals.project_page import ProjectPage
from desktop_app.ui.approvals.verbs import MARKS, ApprovalVerbs
from desktop_app.ui.export_files import export_button, export_records
from desktop_app.ui.record_finder import RecordFinder
from desktop_app.ui.store import Store
from desktop_app.ui.table_with_pane import TableWithPane
from desktop_app.ui.view import Action, ShellActions
from desktop_app.ui.widgets.buttons import SegmentedControl
from desktop_app.ui.widgets.field_grid import commit_all

MODES = ("projects", "items")
_TABLES = frozenset({"approval", "approval_service", "lead", "company", "member", "setting"})
# More records at once are read with all the others.
_FEW = 200


class ApprovalsView(TableWithPane):
    """Shows approvals by project or all of them; the pane shows the current one."""

    name = "approvals"
    icon = "stamp"
    area = "approvals"
    table = "approval"

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Build both modes and the pane."""
        self.finder = RecordFinder(store)
        self.verbs = ApprovalVerbs(store, shell)
        self.form_pane = ApprovalPane(store, shell, self.finder, self.verbs.mark)
        self.mode = MODES[0]
        self._stale = set(MODES)
        self._part = ""
        super().__init__(store, shell, columns(dt.date.today()), self.form_pane)
        self.tools.title.hide()
        self.page = ProjectPage(store)
        self._stack = QStackedWidget()
        self._splitter.replaceWidget(0, self._stack)
        self._stack.addWidget(self.page)
        self._stack.addWidget(self.rows)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([740, 350])
        self.rows.show()
        self._add_filters()
        self._connect()
        self._show_mode()

    def _connect(self) -> None:
        # The search looks into the mode that is shown, and no more.
        self._search.searched.disconnect()
        self._search.moved.disconnect()
        self._search.searched.connect(self._on_searched)
        self._search.moved.connect(self._on_moved)
        self.page.gantt.current_changed.connect(self._on_timeline)
        self.page.gantt.opened.connect(self.open_selected)
        self.page.gantt.list.setContextMenuPolicy(self.rows.contextMenuPolicy())
        self.page.gantt.list.customContextMenuRequested.connect(self._on_gantt_menu)
        self.page.start_asked.connect(self.start_checklist)
        self.page.add_asked.connect(self.add_to)
        self.page.move_asked.connect(self.move_current)
        self.page.project_opened.connect(partial(self.shell.open_record, "leads"))
        self.rows.opened.connect(lambda _id: self.open_selected())

    def empty_offer(self) -> tuple[str, None]:
        return ("", None)

    def first_tools(self) -> list[QWidget]:
        self.modes = SegmentedControl(
            [(mode, t(f"approvals.mode.{mode}")) for mode in MODES], t("approvals.modes")
        )
        self.modes.set_value(self.mode)
        self.modes.chosen.connect(self.show_mode)
        return [self.modes]

    def more_tools(self) -> list[QWidget]:
        self.export_button = export_button(
            "approvals", self.store, self.shell, self.shown_ids, self.selected_ids
        )
        return [self.export_button]

    def shown_ids(self) -> list[str]:
        if self.mode == "items":
            return super().shown_ids()
        return [row.id for row in self.page.gantt.model.rows]

    def _add_filters(self) -> None:
        self.filters = ItemFilters()
        for field in self.filters.values():
            field.edited.connect(lambda _value: self._on_filtered())
            self.tools.add(field)

    # --- reading

    def concerns(self) -> frozenset[str]:
        return _TABLES

    def refresh(self, changes: Changes | None = None) -> None:
        if changes is not None and not changes.tables & _TABLES:
            return
        self.finder.forget(changes.tables if changes is not None else None)
        if not (self.mode == "items" and "items" not in self._stale and self._update_few(changes)):
            self._stale = set(MODES)
        self._stale |= set(MODES) - {self.mode}
        self._read()

    def _update_few(self, changes: Changes | None) -> bool:
        """Put the rows of a small write in the place of the old ones; False: read all."""
        if changes is None or len(changes.ids) > _FEW:
            return False
        if not changes.tables <= {"approval", "approval_service"}:
            return False
        known = {row.id for row in self.model.all_rows()} & changes.ids
        if changes.tables == {"approval"} and known != changes.ids:
            return False
        part = self._part
        fresh = self.store.look(approval_rows.approval_rows, part=part, ids=sorted(known))
        return self.model.update_rows({row.id: row for row in fresh}) and len(fresh) == len(known)

    def _read(self) -> None:
        """Read for the mode shown what has gone stale, and show the current record again."""
        today = dt.date.today()
        if self.mode == "projects" and "projects" in self._stale:
            rows = self.store.look(approval_rows.project_rows, today)
            late = sum(row.late for row in rows)
            self.shell.set_count(self.name, late or None, late > 0)
            self.page.show_projects(rows, today)
            self.page.projects.projects.set_query(self._search.text())
        elif self.mode == "items":
            self._read_items()
        self._stale.discard(self.mode)
        self._on_current(self.selected_id())

    def _read_items(self) -> None:
        part = self.filters.part()
        if "items" not in self._stale and part == self._part:
            return
        self._part = part
        self.filters.offer_departments(self.store.look(approval_rows.departments))
        self._apply_filter()
        self.model.set_query(self._search.text())
        self.model.set_rows(self.read_rows())
        # Hundreds of thousands of keys take a moment: before the first letter, not after it.
        QTimer.singleShot(0, self.model, self.model.prepare_search)

    def read_rows(self) -> list[ApprovalRow]:
        return self.store.look(approval_rows.approval_rows, part=self._part)

    def _apply_filter(self) -> None:
        wanted = self.filters.chosen(self.shell.me)
        self.model.set_filter(None if wanted == ItemFilter("all") else wanted.accepts)

    def _on_filtered(self) -> None:
        part = self.filters.part()
        if part != self._part:
            self._stale.add("items")
            self._read()
        else:
            self._apply_filter()
            self._on_current(self.selected_id())

    # --- the two modes

    def show_mode(self, mode: str) -> None:
        """Show the projects or the items; the current approval stays current where it is."""
        if mode == self.mode:
            return
        kept = self.selected_id()
        self.mode = mode
        self._show_mode()
        self._read()
        if kept:
            self._take_along(kept)

    def _take_along(self, approval_id: str) -> None:
        if self.mode == "items":
            self.rows.select_id(approval_id)
        else:
            found = self.store.look(approval_rows.approval_rows, ids=[approval_id])
            if found:
                self.page.select(found[0].lead_id, approval_id)

    def _show_mode(self) -> None:
        self.modes.set_value(self.mode)
        items = self.mode == "items"
        self._stack.setCurrentIndex(MODES.index(self.mode))
        for field in self.filters.values():
            field.setVisible(items)
        self._columns_button.setVisible(items)
        hint = "approvals.search_hint" if items else "approvals.search_projects"
        self._search.setPlaceholderText(t(hint))

    def _on_searched(self, text: str) -> None:
        if self.mode == "items":
            self.model.set_query(text)
        else:
            self.page.projects.projects.set_query(text)

    def _on_moved(self, step: int) -> None:
        (self.rows if self.mode == "items" else self.page.projects).move_current(step)

    def _on_timeline(self, approval_id: str) -> None:
        if self.mode == "projects":
            self._on_current(approval_id)

    # --- the current record

    def selected_id(self) -> str:
        return self.rows.current_id() if self.mode == "items" else self.page.gantt.current_id()

    def selected_ids(self) -> list[str]:
        """Return the ids of all selected approvals."""
        return (self.rows if self.mode == "items" else self.page.gantt).selected_ids()

    def _on_current(self, record_id: str) -> None:
        if record_id != self.selected_id():
            # The table that is not shown tells of itself too.
            return
        if self._shown and self._shown != record_id:
            commit_all(self.pane)
        self._shown = record_id
        self.pane.body.setVisible(bool(record_id))
        # A project without a checklist has the whole room for its invitation.
        self.pane.setVisible(bool(record_id) or self.mode == "items")
        if record_id:
            self.show_record(record_id)
            self.selected.emit("approvals", record_id)

    def show_record(self, record_id: str) -> None:
        self.form_pane.show_approval(record_id)

    def editors(self) -> dict[str, Any]:
        return dict(self.form_pane.form.fields)

    def select(self, record_id: str) -> None:
        approval_id = self.store.read(approvals.approval_of, record_id)
        found = self.store.look(approval_rows.approval_rows, ids=[approval_id])
        if not found:
            return
        if self.mode == "projects":
            self._read()
            if not self.page.select(found[0].lead_id, approval_id):
                self._search.clear()
                self.page.projects.projects.set_query("")
                self.page.select(found[0].lead_id, approval_id)
        else:
            self._select_item(found[0])
        if record_id != approval_id:
            self.form_pane.services.cards.open_card(record_id)

    def _select_item(self, row: ApprovalRow) -> None:
        if not self.rows.select_id(row.id):
            self._search.clear()
            self.model.set_query("")
            self.filters.clear_for(row.is_open)
            self._stale.add("items")
            self._read()
            self.rows.select_id(row.id)

    def select_first(self) -> None:
        if self.mode == "items":
            self.rows.select_row(0)

    # --- doing things

    def new_record(self) -> None:
        """Add an approval to the project shown, or to that of the current approval."""
        lead_id = self.page.project_id()
        if self.mode == "items" and self.selected_id():
            lead_id = str(self.form_pane.record.get("lead_id") or lead_id)
        if not lead_id and self.mode == "items":
            self.show_mode("projects")
            lead_id = self.page.project_id()
        if lead_id:
            self.add_to(lead_id)
        else:
            self.shell.toast(t("approvals.no_project"))

    def add_to(self, lead_id: str) -> None:
        """Add an approval to a project, its title to be written over."""
        self.select(self.verbs.add(lead_id))
        editor = self.form_pane.form.fields["title"]
        editor.setFocus()
        editor.selectAll()

    def start_checklist(self, lead_id: str) -> None:
        """Give a project the lines of the checklist that it has not got yet."""
        made = self.verbs.start_checklist(lead_id)
        if made:
            self.page.gantt.select_id(made[0])

    def mark(self, verb: str, ids: list[str]) -> None:
        """Mark approvals as applied or done today, or as not needed."""
        self.verbs.mark(verb, ids)

    def move_current(self, step: int) -> None:
        """Move the current approval up or down in its project's checklist."""
        if self.selected_id():
            self.verbs.move(self.selected_id(), step)

    def delete_records(self, ids: list[str]) -> None:
        self.verbs.delete(ids)

    def delete_selected(self) -> None:
        ids = self.selected_ids()
        if ids:
            self.delete_records(ids)

    def _fill_menu(self, menu: QMenu, ids: list[str]) -> None:
        for verb in MARKS:
            menu.addAction(t(f"approvals.{verb}"), partial(self.mark, verb, ids))
        menu.addSeparator()
        super()._fill_menu(menu, ids)

    def _on_gantt_menu(self, point: Any) -> None:
        ids = self.selected_ids()
        if not ids:
            return
        menu = QMenu(self)
        self._fill_menu(menu, ids)
        menu.exec(self.page.gantt.list.viewport().mapToGlobal(point))
        menu.deleteLater()

    def actions_offered(self) -> list[Action]:
        other = MODES[1 - MODES.index(self.mode)]
        actions = super().actions_offered()
        actions.append(
            Action(t(f"approvals.show.{other}"), partial(self.show_mode, other), self.icon)
        )
        export = partial(export_records, "approvals", self.store, self.shell, self.shown_ids())
        actions.append(Action(t("export.menu.approvals"), export, "download"))
        if self.selected_ids():
            actions += [
                Action(t(f"approvals.{verb}"), partial(self._mark_selected, verb), "check")
                for verb in MARKS
            ]
        return actions

    def _mark_selected(self, verb: str) -> None:
        self.mark(verb, self.selected_ids())

    # --- state

    def save_state(self) -> dict[str, Any]:
        chosen = {name: field.value() for name, field in self.filters.items()}
        page = self.page.save_state()
        return super().save_state() | {"mode": self.mode, "filters": chosen, "projects": page}

    def restore_state(self, state: dict[str, Any]) -> None:
        super().restore_state(state)
        self.filters.restore(dict(state.get("filters") or {}))
        self.page.restore_state(dict(state.get("projects") or {}))
        if state.get("mode") in MODES:
            self.mode = state["mode"]
            self._show_mode()
