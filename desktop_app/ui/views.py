"""Which views there are, and how each is made when it is first shown."""

from desktop_app.i18n import t
from desktop_app.ui.navigation import Place
from desktop_app.ui.store import Store
from desktop_app.ui.view import ShellActions, View

ICONS = {
    "desk": "layout-dashboard",
    "leads": "target",
    "trips": "plane",
    "follow-ups": "list-checks",
    "companies": "building-complex",
    "contacts": "contact",
    "cases": "message-square-warning",
    "approvals": "stamp",
    "financing": "banknote",
    "figures": "trophy",
    "events": "megaphone",
    "import": "upload",
    "settings": "settings",
}
#: Views without a fixed place: reached from the foot, the desk, or a mark on a field.
BADGES = {"conflicts": "split"}
#: The view that shows the records of a kind.
VIEW_OF_KIND = {
    "leads": "leads",
    "companies": "companies",
    "contacts": "contacts",
    "trips": "trips",
    "follow-ups": "follow-ups",
    "meetings": "trips",
    "events": "events",
    "event-companies": "events",
    "squads": "events",
    "squad-members": "events",
    "stops": "trips",
    "members": "settings",
    "cases": "cases",
    "dispatch-meetings": "cases",
    "dispatch-items": "cases",
    "approvals": "approvals",
    "approval-services": "approvals",
    "facilities": "financing",
    "capital-receipts": "financing",
    "figures": "figures",
}


def places() -> list[Place]:
    """Return the views in the order of the navigation, in the language in use."""
    return [Place(name, icon, t(f"shell.{name}")) for name, icon in ICONS.items()]


def keys_of_views() -> list[tuple[str, str]]:
    """Return the keys that show a view, and the view: Ctrl+1 to Ctrl+9, then Ctrl+0."""
    return [(f"Ctrl+{place % 10}", name) for place, name in enumerate(list(ICONS)[:10], 1)]


def badges() -> list[Place]:
    """Return the views that the navigation shows only while there is something in them."""
    return [Place(name, icon, t(f"sync.{name}")) for name, icon in BADGES.items()]


def make_view(name: str, store: Store, shell: ShellActions) -> View:
    """Make a view; its module is imported only now, so that the first window comes soon."""
    if name == "leads":
        from desktop_app.ui.leads.leads_view import LeadsView

        return LeadsView(store, shell)
    if name == "trips":
        from desktop_app.ui.trips.trips_view import TripsView

        return TripsView(store, shell)
    if name == "follow-ups":
        from desktop_app.ui.follow_ups.follow_ups_view import FollowUpsView

        return FollowUpsView(store, shell)
    if name == "companies":
        from desktop_app.ui.companies.companies_view import CompaniesView

        return CompaniesView(store, shell)
    if name == "contacts":
        from desktop_app.ui.companies.contacts_view import ContactsView

        return ContactsView(store, shell)
    if name == "approvals":
        from desktop_app.ui.approvals.approvals_view import ApprovalsView

        return ApprovalsView(store, shell)
    if name == "financing":
        from desktop_app.ui.financing.financing_view import FinancingView

        return FinancingView(store, shell)
    if name == "figures":
        from desktop_app.ui.figures.figures_view import FiguresView

        return FiguresView(store, shell)
    if name == "events":
        from desktop_app.ui.events.events_view import EventsView

        return EventsView(store, shell)
    if name == "cases":
        from desktop_app.ui.cases.cases_view import CasesView

        return CasesView(store, shell)
    if name == "import":
        from desktop_app.ui.import_wizard.import_view import ImportView

        return ImportView(store, shell)
    if name == "settings":
        from desktop_app.ui.settings_view.settings_view import SettingsView

        return SettingsView(store, shell)
    if name == "guide":
        from desktop_app.ui.guide.guide_view import GuideView

        return GuideView(store, shell)
    if name == "conflicts":
        from desktop_app.ui.sync.conflicts_view import ConflictsView

        return ConflictsView(store, shell)
    if name == "incoming":
        from desktop_app.ui.sync.incoming_panel import IncomingView

        return IncomingView(store, shell)
    from desktop_app.ui.desk.desk_view import DeskView

    return DeskView(store, shell)
