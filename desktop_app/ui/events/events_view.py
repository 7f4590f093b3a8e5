"""Events, squads and channels: three pages in one place."""

from typing import Any

from PySide6.QtWidgets import QStackedWidget

from desktop_app.db.change import Changes
from desktop_app.i18n import t
from desktop_app.services import event_rows, squads
from desktop_app.ui.events.channels_page import ChannelsPage
from desktop_app.ui.events.events_page import EventsPage
from desktop_app.ui.events.list_page import PAGES
from desktop_app.ui.events.squads_page import SquadsPage
from desktop_app.ui.store import Store
from desktop_app.ui.view import Action, ShellActions, View
from desktop_app.ui.widgets.buttons import column


class EventsView(View):
    """Shows one of its pages at a time; each is read when it is shown."""

    name = "events"
    icon = "megaphone"

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Build the pages."""
        super().__init__(store, shell)
        self.events = EventsPage(store, shell)
        self.squads = SquadsPage(store, shell)
        self.channels = ChannelsPage(store, shell)
        self._pages: dict[str, Any] = {
            "events": self.events,
            "squads": self.squads,
            "channels": self.channels,
        }
        self._stale = set(PAGES)
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
            page.page_chosen.connect(self._on_page)
        column(self).addWidget(self._stack)
        self._page = "events"

    @property
    def page(self) -> Any:
        """Return the page shown."""
        return self._pages[self._page]

    def show_page(self, name: str) -> None:
        """Show a page, read again where something altered since."""
        self._page = name
        if name in self._stale:
            self._stale.discard(name)
            self.page.refresh()
        self._stack.setCurrentWidget(self.page)

    def _on_page(self, name: str) -> None:
        """Show the page that was chosen with a record of it; the keyboard goes to its list."""
        self.show_page(name)
        if not self.page.rows.current_id():
            self.page.select_first()
        self.page.rows.setFocus()

    def refresh(self, changes: Changes | None = None) -> None:
        self._stale |= set(self._pages) - {self._page}
        self._stale.discard(self._page)
        self.page.refresh(changes)

    def select(self, record_id: str) -> None:
        """Show an event, a squad, who was at one or is in the other."""
        for name in ("events", "squads"):
            self._pages[name].refresh()
            self._stale.discard(name)
        if self.events.has(record_id):
            self.show_page("events")
            self.events.select(record_id)
        elif self.squads.has(record_id):
            self.show_page("squads")
            self.squads.select(record_id)
        elif event_id := self.store.read(event_rows.event_of, record_id):
            self.show_page("events")
            self.events.select(event_id)
            self.events.show_present(record_id)
        elif squad_id := self.store.read(squads.squad_of_place, record_id):
            self.show_page("squads")
            self.squads.select(squad_id)
            self.squads.show_place(record_id)

    def selected_id(self) -> str:
        return str(self.page.selected_id())

    def select_first(self) -> None:
        self.page.select_first()

    def show_field(self, field: str) -> None:
        self.page.show_field(field)

    def focus_search(self) -> None:
        self.page.focus_search()

    def new_record(self) -> None:
        if self._page == "channels":
            self.show_page("events")
        self.page.new_record()

    def delete_selected(self) -> None:
        self.page.delete_selected()

    def open_selected(self) -> None:
        self.page.open_selected()

    def actions_offered(self) -> list[Action]:
        return [
            Action(t("events.new"), self._new_event, "plus", "Ctrl+N"),
            Action(t("squads.new"), self._new_squad, "users-round"),
            Action(t("events.show_channels"), lambda: self.show_page("channels"), "megaphone"),
        ]

    def _new_event(self) -> None:
        self.show_page("events")
        self.events.new_record()

    def _new_squad(self) -> None:
        self.show_page("squads")
        self.squads.new_record()

    def save_state(self) -> dict[str, Any]:
        return {"page": self._page} | {n: p.save_state() for n, p in self._pages.items()}

    def restore_state(self, state: dict[str, Any]) -> None:
        for name, page in self._pages.items():
            if isinstance(state.get(name), dict):
                page.restore_state(state[name])
        if state.get("page") in self._pages:
            self._page = str(state["page"])
            self._stack.setCurrentWidget(self.page)
