"""Cases and dispatch meetings: two lists, and a meeting's minutes beside its agenda."""

from functools import partial

from desktop_app.i18n import t
from desktop_app.services.case_rows import place_of
from desktop_app.ui.cases.cases_page import CaseListPage
from desktop_app.ui.cases.meetings_page import MeetingListPage
from desktop_app.ui.paged_view import PagedView
from desktop_app.ui.papers.paper_place import PaperPlace
from desktop_app.ui.store import Store
from desktop_app.ui.view import Action, ShellActions
from desktop_app.ui.widgets.buttons import column

KINDS = {"cases": "cases", "meetings": "dispatch-meetings"}
PAPER = "dispatch-minutes"


class CasesView(PagedView):
    """Shows one of its two lists."""

    name = "cases"
    icon = "message-square-warning"
    texts = "cases"

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Build both lists."""
        self.cases = CaseListPage(store, shell)
        self.meetings = MeetingListPage(store, shell)
        super().__init__(store, shell, {"cases": self.cases, "meetings": self.meetings})
        self._item = ""
        for mode, page in self.pages.items():
            page.rows.current_changed.connect(partial(self._on_current, mode))
            page.rows.opened.connect(lambda _id, p=page: p.open_selected())
        self.cases.case_pane.meeting_opened.connect(self.select)
        self.meetings.meeting_pane.paper_asked.connect(self._open_minutes)
        self.papers = PaperPlace(self, self.stack, self._arrange, self._lead_to, self._open_minutes)
        column(self).addWidget(self.papers.splitter)

    def _on_current(self, mode: str, record_id: str) -> None:
        if mode == self.mode and record_id:
            self.selected.emit(KINDS[mode], record_id)
            if mode == "meetings":
                self._follow_with_paper(record_id)

    def show_mode(self, mode: str) -> None:
        if mode != "meetings":
            self.papers.close()
        super().show_mode(mode)

    # --- what the shell asks for

    def select(self, record_id: str) -> None:
        kind, place = self.store.read(place_of, record_id)
        self.show_mode("cases" if kind == "cases" else "meetings")
        self.page.select(place)
        self._item = record_id if place != record_id else ""
        if self._item:
            self.meetings.meeting_pane.open_item(self._item)

    def show_field(self, field: str) -> None:
        if self._item and self.mode == "meetings":
            self.meetings.meeting_pane.open_item(self._item, field)
        else:
            self.page.show_field(field)

    def new_case_for(self, lead_id: str) -> str:
        """Make a case of a project, show it with the cursor in its title, and return its id."""
        self.show_mode("cases")
        return self.cases.new_case_for(lead_id)

    def new_record(self) -> None:
        self.papers.close()
        super().new_record()

    def actions_offered(self) -> list[Action]:
        found = super().actions_offered()
        if self.mode == "meetings" and self.selected_id():
            found += self.papers.actions()
        return found

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
