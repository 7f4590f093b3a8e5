"""The follow-ups view: overdue, today, this week, later, waiting; done on demand."""

import datetime as dt
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QSplitter, QStackedLayout, QStackedWidget, QWidget

from desktop_app.db.change import Changes
from desktop_app.db.search_keys import matches
from desktop_app.i18n import t
from desktop_app.services import approvals, follow_ups
from desktop_app.services.due_rows import MOST, DueRows, due_rows
from desktop_app.services.follow_ups import FollowUpRow
from desktop_app.ui.export_files import export_button, export_records
from desktop_app.ui.follow_ups.due_pane import DuePane
from desktop_app.ui.follow_ups.follow_up_list import FollowUpList
from desktop_app.ui.follow_ups.follow_up_pane import FollowUpPane
from desktop_app.ui.record_finder import RecordFinder
from desktop_app.ui.store import Store
from desktop_app.ui.view import Action, ShellActions, View
from desktop_app.ui.widgets.buttons import SegmentedControl, ToolRow, button, column, icon_button
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.search_box import SearchBox

_TABLES = frozenset({"follow_up", "lead", "company", "member"})
# Records that stand among the follow-ups.
_DUE = frozenset({"approval", "case"})


class FollowUpsView(View):
    """Lists what is to be done, and completes it with the next step in one gesture."""

    name = "follow-ups"
    icon = "list-checks"

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Build the tool row, the list and the pane."""
        super().__init__(store, shell)
        self._rows: list[FollowUpRow] = []
        self._due_rows: list[FollowUpRow] = []
        self._query = ""
        self._finder = RecordFinder(store)
        self._list = FollowUpList(t("follow_ups.title"))
        tools = ToolRow(t("follow_ups.title"))
        self._search = SearchBox(t("follow_ups.search_hint"))
        self._whose = SegmentedControl(
            [
                ("mine", t("follow_ups.mine")),
                ("all", t("common.all")),
                ("promises", t("follow_ups.promises")),
                ("done", t("words.follow_up_group.done")),
            ],
            t("follow_ups.which"),
        )
        self._whose.set_value("all")
        self.due_button = icon_button(
            "stamp", t("follow_ups.show_due"), self._on_due, "secondary", checkable=True
        )
        self.due_button.setChecked(True)
        tools.add(self._search, self._whose, self.due_button)
        self.export_button = export_button(
            "follow-ups", store, shell, self._shown_ids, self._list.selected_ids
        )
        tools.add_right(self.export_button)
        tools.add_right(button(t("follow_ups.new"), self.new_record, "plus", "primary"))
        self._pane = FollowUpPane(store, self._finder, shell)
        self._due_pane = DuePane()
        self._empty = EmptyState(
            t("follow_ups.empty"),
            t("follow_ups.empty_hint"),
            t("follow_ups.new"),
            self.new_record,
            "list-checks",
        )
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(holder)
        self._panes = QStackedWidget()
        self._panes.addWidget(self._pane)
        self._panes.addWidget(self._due_pane)
        self._splitter.addWidget(self._panes)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([760, 380])
        self._splitter.setChildrenCollapsible(False)
        self._panes.setMinimumWidth(320)
        layout = column(self)
        layout.addWidget(tools)
        layout.addWidget(self._splitter, 1)
        self._search.searched.connect(self._on_searched)
        self._search.moved.connect(self._list.move_current)
        self._whose.chosen.connect(lambda _code: self._show())
        self._list.current_changed.connect(self._on_current)
        self._list.ticked.connect(self._on_ticked)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.customContextMenuRequested.connect(self._on_menu)
        self._pane.completed.connect(self._on_completed)
        self._pane.followed.connect(shell.open_record)
        self._due_pane.opened.connect(shell.open_record)
        self._due_pane.done.connect(self._on_approval_done)
        self._list.doubleClicked.connect(lambda _index: self._open_due(self._list.current_id()))

    def refresh(self, changes: Changes | None = None) -> None:
        if changes is not None and not changes.tables & (_TABLES | _DUE):
            return
        # A follow-up edited also touches its project, but nothing that is due in it.
        if changes is None or changes.tables & _DUE or "follow_up" not in changes.tables:
            self._read_due()
        if changes is not None and not changes.tables & _TABLES:
            self._show()
            return
        self._finder.forget(changes.tables if changes else None)
        self._rows = self.store.read(follow_ups.follow_up_rows)
        overdue = sum(r.group == "overdue" for r in self._rows)
        today = sum(r.group == "today" for r in self._rows)
        self.shell.set_count(self.name, overdue + today, alarm=overdue > 0)
        self._show()

    def _read_due(self) -> None:
        """Read the approvals and cases that are late or next, unless they are hidden."""
        shown = self.due_button.isChecked()
        found = self.store.look(due_rows, dt.date.today()) if shown else DueRows([], 0)
        self._due_rows = found.rows
        tip = t("follow_ups.show_due_n", n=found.total) if shown else t("follow_ups.show_due")
        if found.total > len(found.rows):
            tip = t("follow_ups.show_due_first", n=found.total, most=MOST)
        self.due_button.setToolTip(tip)

    def _on_due(self) -> None:
        self._read_due()
        self._show()

    def _open_due(self, row_id: str = "") -> bool:
        """Open the record of a row, or the current one, if it is no follow-up; say if so."""
        row = self._row_of(row_id or self._list.current_id())
        if row is None or not row.kind:
            return False
        self.shell.open_record(row.kind, row.id)
        return True

    def _on_approval_done(self, approval_id: str) -> None:
        self.store.write(t("approvals.do.done"), approvals.mark, [approval_id], "done")
        self.shell.toast(t("approvals.marked.done", n=1), undo=True)

    def _row_of(self, row_id: str) -> FollowUpRow | None:
        """Return a row by its id, a follow-up or not."""
        return next((r for r in (*self._rows, *self._due_rows) if r.id == row_id), None)

    def _follow_up_ids(self, ids: list[str]) -> list[str]:
        """Return which of the ids are follow-ups."""
        others = {row.id for row in self._due_rows}
        return [one for one in ids if one not in others]

    def _wanted(self, row: FollowUpRow) -> bool:
        which = self._whose.value()
        if (row.group == "done") != (which == "done"):
            return False
        if which == "mine" and self.shell.me and row.owner_id != self.shell.me:
            return False
        if which == "promises" and row.side is None:
            return False
        return not self._query or matches(row.key, self._query)

    def _show(self) -> None:
        shown = [r for r in self._rows if self._wanted(r)]
        due = [r for r in self._due_rows if self._wanted(r)]
        if due:
            last = dt.date.max
            shown = sorted(shown + due, key=lambda r: (r.due_on or last, bool(r.kind)))
        today = dt.date.today()
        self._list.set_rows(shown, today)
        self._stack.setCurrentIndex(0 if shown else 1)
        self._panes.setVisible(bool(shown))
        self._on_current(self._list.current_id())

    def _shown_ids(self) -> list[str]:
        return [row.id for row in self._rows if self._wanted(row)]

    def _on_searched(self, text: str) -> None:
        self._query = text
        self._show()

    def _on_current(self, row_id: str) -> None:
        row, today = self._row_of(row_id), dt.date.today()
        due = row if row is not None and row.kind else None
        if due is not None:
            self._due_pane.show_row(due, today)
        self._pane.show_row(None if due else row, today)
        self._panes.setCurrentIndex(1 if due else 0)

    def _on_ticked(self, row_id: str) -> None:
        """Tick a row: done at once, and the pane asks for nothing; open again when it was done."""
        row = self._row_of(row_id)
        if row is None or self._open_due(row_id):
            return
        if row.group == "done":
            self.store.write(t("follow_ups.do.reopen"), follow_ups.reopen, row_id)
            return
        self.store.write(t("follow_ups.do.complete"), follow_ups.complete, row_id)
        self.shell.toast(t("follow_ups.completed", title=row.title), undo=True)

    def _on_completed(self, outcome: str, next_title: str, next_due: object) -> None:
        row_id = self._list.current_id()
        due = next_due if isinstance(next_due, dt.date) else None
        next_id = self.store.write(
            t("follow_ups.do.complete"), follow_ups.complete, row_id, outcome, next_title, due
        )
        done = next((r.title for r in self._rows if r.id == row_id), "")
        self.shell.toast(t("follow_ups.completed", title=done), undo=True)
        if next_id:
            self._list.select_id(next_id)

    def _on_menu(self, point: Any) -> None:
        ids = self._follow_up_ids(self._list.selected_ids())
        if not ids:
            return
        menu = QMenu(self)
        menu.addAction(t("follow_ups.complete"), lambda: self._bulk("complete", ids))
        menu.addAction(t("follow_ups.snooze_day"), lambda: self._bulk_snooze(ids, 1))
        menu.addAction(t("follow_ups.snooze_week"), lambda: self._bulk_snooze(ids, 7))
        menu.addAction(t("follow_ups.wait"), lambda: self._bulk("wait", ids))
        menu.addSeparator()
        menu.addAction(t("common.delete"), self.delete_selected)
        menu.exec(self._list.viewport().mapToGlobal(point))

    def _bulk(self, verb: str, ids: list[str]) -> None:
        done = {r.id for r in self._rows if r.group == "done"}
        ids = [one for one in ids if one not in done]
        if not ids:
            return

        def apply(session: Any) -> None:
            for one in ids:
                if verb == "complete":
                    follow_ups.complete(session, one)
                else:
                    follow_ups.update_follow_up(session, one, status="waiting")

        self.store.write(t(f"follow_ups.do.{verb}"), apply)
        self.shell.toast(t("follow_ups.bulk_done", n=len(ids)), undo=True)

    def _bulk_snooze(self, ids: list[str], days: int) -> None:
        until = dt.date.today() + dt.timedelta(days=days)

        def apply(session: Any) -> None:
            for one in ids:
                follow_ups.snooze(session, one, until)

        self.store.write(t("follow_ups.do.snooze"), apply)

    def new_record(self) -> None:
        title = t("follow_ups.new_title")
        new_id = self.store.write(
            t("follow_ups.do.add"),
            follow_ups.add_follow_up,
            title=title,
            due_on=dt.date.today(),
            owner_id=self.shell.me,
        )
        self._whose.set_value("all")
        self._show()
        self._list.select_id(new_id)
        self._pane.focus_title()

    def delete_selected(self) -> None:
        ids = self._follow_up_ids(self._list.selected_ids())
        if not ids:
            return

        def apply(session: Any) -> None:
            for one in ids:
                follow_ups.delete_follow_up(session, one)

        self.store.write(t("follow_ups.do.delete"), apply)
        self.shell.toast(t("follow_ups.deleted", n=len(ids)), undo=True)

    def _export_shown(self) -> None:
        export_records("follow-ups", self.store, self.shell, self._shown_ids())

    def select(self, record_id: str) -> None:
        row = next((r for r in self._rows if r.id == record_id), None)
        if row is not None and not self._wanted(row):
            self._whose.set_value("done" if row.group == "done" else "all")
            self._search.clear()
            self._query = ""
            self._show()
        self._list.select_id(record_id)

    def selected_id(self) -> str:
        return self._list.current_id()

    def select_first(self) -> None:
        line = self._list.rows.first_line()
        if line >= 0:
            self._list.setCurrentIndex(self._list.rows.index(line))

    def open_selected(self) -> None:
        if not self._open_due():
            self._pane.focus_outcome()

    def focus_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def actions_offered(self) -> list[Action]:
        actions = [Action(t("follow_ups.new"), self.new_record, "plus", "Ctrl+N")]
        actions.append(Action(t("export.menu.follow-ups"), self._export_shown, "download"))
        if self._follow_up_ids([self._list.current_id()]) and self._list.current_id():
            actions.append(Action(t("follow_ups.complete"), self._pane.complete, "check"))
        return actions

    def save_state(self) -> dict[str, Any]:
        sizes = self._splitter.sizes()
        # A pane that is hidden, as nothing is listed, has no width to keep.
        kept = {"sizes": sizes} if min(sizes) > 0 else {}
        return {"which": self._whose.value(), "due": self.due_button.isChecked(), **kept}

    def restore_state(self, state: dict[str, Any]) -> None:
        if state.get("which") in ("mine", "all", "promises", "done"):
            self._whose.set_value(state["which"])
        self.due_button.setChecked(state.get("due") is not False)
        if isinstance(state.get("sizes"), list) and len(state["sizes"]) == 2:
            self._splitter.setSizes([int(x) for x in state["sizes"]])
