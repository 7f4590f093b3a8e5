"""Cases and dispatch meetings: two lists, and a meeting's minutes beside its agenda."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from desktop_app.db.change import Changes
from desktop_app.i18n import t
from desktop_app.services.case_rows import place_of
from desktop_app.ui.cases.cases_page import CaseListPage
from desktop_app.ui.cases.list_page import MODES, CasesPage
from desktop_app.ui.cases.meetings_page import MeetingListPage
from desktop_app.ui.papers.paper_place import PaperPlace
from desktop_app.ui.store import Store
from desktop_app.ui.view import Action, ShellActions, View
from desktop_app.ui.widgets.buttons import column

KINDS = {"cases": "cases", "meetings": "dispatch-meetings"}
PAPER = "dispatch-minutes"


class CasesView(View):
    """Shows one of its two lists; the other is read when it is shown."""

    name = "cases"
    icon = "message-square-warning"

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Build both lists."""
        super().__init__(store, shell)
        self.cases = CaseListPage(store, shell)
        self.meetings = MeetingListPage(store, shell)
        self.pages: dict[str, CasesPage] = {"cases": self.cases, "meetings": self.meetings}
        self._stale = set(MODES)
        self.mode = MODES[0]
        self._item = ""
        self._stack = QStackedWidget()
        for mode, page in self.pages.items():
            self._stack.addWidget(page)
            page.mode_chosen.connect(self.show_mode)
            page.rows.current_changed.connect(partial(self._on_current, mode))
            page.rows.opened.connect(lambda _id, p=page: p.open_selected())
        self.cases.case_pane.meeting_opened.connect(self.select)
        self.meetings.meeting_pane.paper_asked.connect(self._open_minutes)
        self.papers = PaperPlace(
            self, self._stack, self._arrange, self._lead_to, self._open_minutes
        )
        column(self).addWidget(self.papers.splitter)

    @property
    def page(self) -> CasesPage:
        """Return the list shown."""
        return self.pages[self.mode]

    def _on_current(self, mode: str, record_id: str) -> None:
        if mode == self.mode and record_id:
            self.selected.emit(KINDS[mode], record_id)
            if mode == "meetings":
                self._follow_with_paper(record_id)

    def show_mode(self, mode: str) -> None:
        """Show one of the lists."""
        if mode != "meetings":
            self.papers.close()
        self.mode = mode
        self._refresh(mode, None)
        self._stack.setCurrentWidget(self.page)

    def _refresh(self, mode: str, changes: Changes | None) -> None:
        """Let a list read: all when something passed it by, else what the changes concern."""
        if mode in self._stale or changes is not None:
            self.pages[mode].refresh(None if mode in self._stale else changes)
        self._stale.discard(mode)

    def refresh(self, changes: Changes | None = None) -> None:
        if changes is None:
            self._stale = set(MODES)
        self._refresh(self.mode, changes)
        self._stale |= set(MODES) - {self.mode}

    # --- what the shell asks for

    def select(self, record_id: str) -> None:
        kind, place = self.store.read(place_of, record_id)
        self.show_mode("cases" if kind == "cases" else "meetings")
        self.page.select(place)
        self._item = record_id if place != record_id else ""
        if self._item:
            self.meetings.meeting_pane.open_item(self._item)

    def selected_id(self) -> str:
        return self.page.selected_id()

    def show_field(self, field: str) -> None:
        if self._item and self.mode == "meetings":
            self.meetings.meeting_pane.open_item(self._item, field)
        else:
            self.page.show_field(field)

    def new_case_for(self, lead_id: str) -> str:
        """Make a case of a project, show it with the cursor in its title, and return its id."""
        self.show_mode("cases")
        return self.cases.new_case_for(lead_id)

    def select_first(self) -> None:
        self.page.select_first()

    def focus_search(self) -> None:
        self.page.focus_search()

    def new_record(self) -> None:
        self.papers.close()
        self.page.new_record()

    def delete_selected(self) -> None:
        self.page.delete_selected()

    def open_selected(self) -> None:
        self.page.open_selected()

    def actions_offered(self) -> list[Action]:
        other = next(mode for mode in MODES if mode != self.mode)
        found = self.page.actions_offered()
        found.append(Action(t(f"cases.mode.{other}"), partial(self.show_mode, other), self.icon))
        if self.mode == "meetings" and self.selected_id():
            found += self.papers.actions()
        return found

    def save_state(self) -> dict[str, Any]:
        return {"mode": self.mode} | {mode: page.save_state() for mode, page in self.pages.items()}

    def restore_state(self, state: dict[str, Any]) -> None:
        for mode, page in self.pages.items():
            page.restore_state(dict(state.get(mode) or {}))
        if state.get("mode") in self.pages:
            self.mode = state["mode"]
            self._stack.setCurrentWidget(self.page)

    # --- papers

    def open_paper(self, name: str) -> None:
        if self.mode != "meetings":
            self.show_mode("meetings")
        if not self.selected_id():
            self.select_first()
        if not self.selected_id():
            self.shell.toast(t("cases.no_meeting"))
            return
        self.papers.open(name, self.selected_id())

    def _open_minutes(self) -> None:
        self.open_paper(PAPER)

    def paper_shown(self) -> str:
        return self.papers.name()

    def _follow_with_paper(self, meeting_id: str) -> None:
        """Let open minutes be those of the meeting that is selected now."""
        preview = self.papers.preview
        if preview is not None and preview.record_id != meeting_id:
            self.papers.open(self.papers.name(), meeting_id)

    def _arrange(self) -> None:
        """Beside a paper only the meeting stays in sight."""
        alone = self.papers.shown()
        # The list of cases stands behind, yet its least width would be that of both.
        for page in self.pages.values():
            page.tools.setVisible(not alone)
            page.rows.setVisible(not alone)
        self.meetings.meeting_pane.paper.setVisible(not alone)

    def _lead_to(self, kind: str, record_id: str, field: str) -> None:
        """Show a record that the minutes lack something of, the cursor in the field."""
        if kind in ("dispatch-meetings", "dispatch-items"):
            self.select(record_id)
            self.show_field(field)
        else:
            self.shell.open_record(kind, record_id, field)
