"""Events, squads and channels: three pages in one place."""

from desktop_app.i18n import t
from desktop_app.services import event_rows, squads
from desktop_app.ui.events.channels_page import ChannelsPage
from desktop_app.ui.events.events_page import EventsPage
from desktop_app.ui.events.shared import MODES
from desktop_app.ui.events.squads_page import SquadsPage
from desktop_app.ui.paged_view import PagedView
from desktop_app.ui.store import Store
from desktop_app.ui.view import Action, ShellActions
from desktop_app.ui.widgets.buttons import column


class EventsView(PagedView):
    """Shows one of its pages at a time."""

    name = "events"
    icon = "megaphone"
    texts = "events"

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Build the pages."""
        self.events = EventsPage(store, shell)
        self.squads = SquadsPage(store, shell)
        self.channels = ChannelsPage(store, shell)
        pages = (self.events, self.squads, self.channels)
        super().__init__(store, shell, dict(zip(MODES, pages, strict=True)))
        column(self).addWidget(self.stack)

    def select(self, record_id: str) -> None:
        """Show an event, a squad, who was at one or is in the other."""
        for name in ("events", "squads"):
            self.read_page(name)
        if self.events.has(record_id):
            self.show_mode("events")
            self.events.select(record_id)
        elif self.squads.has(record_id):
            self.show_mode("squads")
            self.squads.select(record_id)
        elif event_id := self.store.read(event_rows.event_of, record_id):
            self.show_mode("events")
            self.events.select(event_id)
            self.events.show_present(record_id)
        elif squad_id := self.store.read(squads.squad_of_place, record_id):
            self.show_mode("squads")
            self.squads.select(squad_id)
            self.squads.show_place(record_id)

    def new_record(self) -> None:
        if self.mode == "channels":
            self.show_mode("events")
        super().new_record()

    def actions_offered(self) -> list[Action]:
        return [
            Action(t("events.new"), self._new_event, "plus", "Ctrl+N"),
            Action(t("squads.new"), self._new_squad, "users-round"),
            Action(t("events.show_channels"), lambda: self.show_mode("channels"), "megaphone"),
        ]

    def _new_event(self) -> None:
        self.show_mode("events")
        self.events.new_record()

    def _new_squad(self) -> None:
        self.show_mode("squads")
        self.squads.new_record()
