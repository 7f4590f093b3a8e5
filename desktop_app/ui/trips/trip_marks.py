"""The marks on fields of a trip and its parts in which people disagree."""

from typing import TYPE_CHECKING, Any

from desktop_app.ui.sync.conflict_marks import mark_conflicts

if TYPE_CHECKING:
    from desktop_app.ui.store import Store
    from desktop_app.ui.trips.meeting_sheet import MeetingSheet
    from desktop_app.ui.trips.trip_header import TripHeader
    from desktop_app.ui.trips.trip_pane import TripPane
    from desktop_app.ui.view import ShellActions


def mark_trip(
    store: "Store", shell: "ShellActions", trip_id: str, header: "TripHeader", pane: "TripPane"
) -> None:
    """Mark the fields of a trip, and of those of its parts that are open."""
    own: dict[str, Any] = {
        **pane.basics.fields,
        **pane.report.fields,
        header.title_column(): header.title,
        "status": header.status,
    }
    mark_conflicts(store, shell, trip_id, own)
    for cards in (pane.delegates, pane.stops, pane.legs):
        for key, card in cards.cards.items():
            if card.form is not None:
                mark_conflicts(store, shell, key, card.form.fields)


def mark_meeting(store: "Store", shell: "ShellActions", sheet: "MeetingSheet") -> None:
    """Mark the fields of the meeting in the sheet."""
    forms = (sheet.head, sheet.when, sheet.people, sheet.preparation, sheet.after)
    fields: dict[str, Any] = {"starts_at": sheet.start, "ends_at": sheet.end}
    for form in forms:
        fields.update(form.fields)
    mark_conflicts(store, shell, sheet.meeting_id(), fields)
