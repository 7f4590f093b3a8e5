"""The trips: a list, the programme by day, and beside it the trip's pane or a meeting's sheet."""

import datetime as dt
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.db.change import Changes
from desktop_app.domain.errors import DeskError
from desktop_app.i18n import t, word
from desktop_app.services import places, trips
from desktop_app.services.squads import plan_own_meeting
from desktop_app.ui.error_texts import sentence
from desktop_app.ui.export_files import export_programme
from desktop_app.ui.papers import catalogue
from desktop_app.ui.papers.paper_place import PaperPlace
from desktop_app.ui.store import Store
from desktop_app.ui.trips import trip_searches, trip_writing
from desktop_app.ui.trips.checks_panel import CheckLine
from desktop_app.ui.trips.meeting_sheet import MeetingSheet
from desktop_app.ui.trips.new_trip_panel import NewTrip, NewTripPanel
from desktop_app.ui.trips.photo_list import PhotoVerbs
from desktop_app.ui.trips.programme import meeting_name
from desktop_app.ui.trips.programme_list import ProgrammeList
from desktop_app.ui.trips.trip_files import FileVerbs
from desktop_app.ui.trips.trip_header import TripHeader
from desktop_app.ui.trips.trip_list import TripLine, TripList
from desktop_app.ui.trips.trip_marks import mark_meeting, mark_trip
from desktop_app.ui.trips.trip_pane import TripPane
from desktop_app.ui.trips.trip_reading import (
    TripScreen,
    attendees_of,
    meeting_fields,
    read_trip,
    trip_lines,
)
from desktop_app.ui.view import TABLE_FILES, Action, ShellActions, View
from desktop_app.ui.widgets.buttons import column, icon_button, label, panel
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.field_grid import commit_all
from desktop_app.ui.widgets.popup_fields import Option

#: From this width on, the list of trips stands beside the programme.
_WIDE = 1300
# What the trip's pane calls the kinds of records that it shows.
_PARTS = {"trips": "trip", "stops": "stop", "legs": "leg", "delegates": "delegate"}
_TABLES = frozenset(
    "trip stop leg delegate meeting attendee follow_up company contact member lead setting "
    "attachment".split()
)


class TripsView(View):
    """Plans trips: everything that is altered here is saved at once."""

    name = "trips"
    icon = "plane"

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Build the view; the shell refreshes it."""
        super().__init__(store, shell)
        self._trip_id = ""
        self._screen: TripScreen | None = None
        self._lines: list[TripLine] = []
        self._found_places: dict[str, places.Place] = {}
        self._build()
        self._connect()
        for keys, slot in (("Ctrl+M", self.new_meeting), ("Ctrl+B", self.open_briefing)):
            shortcut = QShortcut(QKeySequence(keys), self, slot)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # Building

    def _build(self) -> None:
        self.pages = QStackedWidget()
        column(self).addWidget(self.pages)
        main = QWidget()
        line = QHBoxLayout(main)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self.list_pane = self._list_pane()
        line.addWidget(self.list_pane)
        whole = QWidget()
        body = column(whole)
        self.papers = PaperPlace(self, whole, self._arrange, self.lead_to, self.open_briefing)
        line.addWidget(self.papers.splitter, 1)
        self.header = TripHeader()
        body.addWidget(self.header)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        body.addWidget(self.splitter, 1)
        self.left = self._middle()
        self.splitter.addWidget(self.left)
        self.splitter.addWidget(self._right())
        self.splitter.setStretchFactor(0, 5)
        self.splitter.setStretchFactor(1, 3)
        self.splitter.setSizes([760, 460])
        self.pages.addWidget(main)
        #: Which part stands beside a paper: ``programme`` or ``details``.
        self._beside = "programme"

    def _list_pane(self) -> QWidget:
        pane = panel("background")
        pane.setFixedWidth(232)
        outer = QHBoxLayout(pane)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        layout = QVBoxLayout()
        layout.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(18, 15, 12, 9)
        head.addWidget(label(t("trips.title"), "title"), 1)
        head.addWidget(icon_button("plus", t("trips.new_trip"), self.new_record))
        layout.addLayout(head)
        self.list = TripList()
        layout.addWidget(self.list, 1)
        outer.addLayout(layout, 1)
        edge = QFrame()
        edge.setProperty("role", "hairline")
        edge.setFixedWidth(1)
        outer.addWidget(edge)
        return pane

    def _middle(self) -> QWidget:
        middle = panel("surface")
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.new_trip = NewTripPanel()
        self.new_trip.hide()
        layout.addWidget(self.new_trip)
        self.middle = QStackedWidget()
        self.programme = ProgrammeList()
        self.no_trips = EmptyState(
            t("trips.empty"),
            t("trips.empty_hint"),
            t("trips.plan_trip"),
            self.new_record,
            "plane",
        )
        self.no_days = EmptyState(
            t("trips.no_days"),
            t("trips.no_days_hint"),
            t("trips.set_dates"),
            lambda: self.pane.open_record("trip", "", "starts_on"),
            "calendar",
        )
        for page in (self.programme, self.no_trips, self.no_days):
            self.middle.addWidget(page)
        layout.addWidget(self.middle, 1)
        return middle

    def _right(self) -> QWidget:
        store = self.store
        self.right = QStackedWidget()
        self.right.setProperty("role", "surface")
        self.right.setMinimumWidth(330)
        self.pane = TripPane(
            self._save_trip, lambda text: trip_searches.members(store, text), self._search_places
        )
        self.sheet = MeetingSheet(
            self._save_meeting,
            lambda text: trip_searches.companies(store, text),
            lambda text: trip_searches.leads(store, text, self._sheet_company()),
            lambda text: trip_searches.contacts(store, text, self._sheet_company()),
            lambda text: trip_searches.members(store, text),
            lambda text: trip_searches.squads(store, text),
        )
        self.right.addWidget(self.pane)
        self.right.addWidget(self.sheet)
        return self.right

    def _connect(self) -> None:
        self.list.chosen.connect(self.show_trip)
        header = self.header
        header.trip_chosen.connect(self.show_trip)
        header.title_edited.connect(
            lambda name, text: self._save_trip(t(f"trips.field.{name}"), {name: text})
        )
        header.status_edited.connect(
            lambda s: self._save_trip(t("trips.field.status"), {"status": s})
        )
        header.new_trip_asked.connect(self.new_record)
        header.delete_asked.connect(self.delete_trip)
        header.meeting_asked.connect(self.new_meeting)
        header.briefing_asked.connect(self.open_briefing)
        header.paper_asked.connect(self.open_paper)
        header.beside_chosen.connect(self._bring)
        header.calendar_asked.connect(self.export_calendar)
        self.new_trip.created.connect(self._on_new_trip)
        self.new_trip.cancelled.connect(self._close_new_trip)
        rows = self.programme
        rows.chosen.connect(self._on_row_chosen)
        rows.add_asked.connect(self._add_meeting_on)
        rows.move_asked.connect(self._move_meeting)
        rows.delete_asked.connect(self._delete_part)
        rows.status_asked.connect(self._set_meeting_status)
        self.sheet.closed.connect(self._close_sheet)
        self.sheet.opened.connect(self.shell.open_record)
        self.sheet.attendee_added.connect(self._on_attendee_added)
        self.sheet.attendee_removed.connect(self._on_attendee_removed)
        self.sheet.follow_up_added.connect(self._on_follow_up_added)
        pane = self.pane
        self._trip_files = FileVerbs(self.pane.files, self.store, self.shell)
        self._meeting_files = FileVerbs(self.sheet.files, self.store, self.shell, "meeting")
        self._trip_photos = PhotoVerbs(
            pane.photos, self.store, self.shell, "trip", lambda: self._trip_id
        )
        self._meeting_photos = PhotoVerbs(
            self.sheet.photos, self.store, self.shell, "meeting", self.sheet.meeting_id
        )
        pane.check_opened.connect(self._open_check)
        pane.delegate_added.connect(self._on_delegate_added)
        pane.stop_added.connect(self._on_stop_added)
        pane.leg_added.connect(self._on_leg_added)
        for kind, cards in (("stop", pane.stops), ("leg", pane.legs), ("delegate", pane.delegates)):
            cards.edited.connect(
                lambda key, name, fields, k=kind: self._save_part(k, key, name, fields)
            )
            cards.removed.connect(lambda key, k=kind: self._delete_part(k, key))
            cards.moved.connect(lambda key, step, k=kind: self._move_part(k, key, step))

    # Reading

    def refresh(self, changes: Changes | None = None) -> None:
        if changes is not None and not (changes.tables & _TABLES):
            return
        rows = self.store.read(trips.trip_rows)
        if self._trip_id and all(row.id != self._trip_id for row in rows):
            # Gone by a sync while somebody was typing: what is typed keeps the trip.
            commit_all(self)
            rows = self.store.read(trips.trip_rows)
        today = dt.date.today()
        self._lines = trip_lines(rows, today)
        known = {line.id for line in self._lines if line.id}
        if self._trip_id not in known:
            # The next trip is what people come for; without one, the latest.
            self._trip_id = next((line.id for line in self._lines if line.id), "")
            self.right.setCurrentWidget(self.pane)
        self._screen = self.store.read(read_trip, self._trip_id) if self._trip_id else None
        self._show()

    def _show(self) -> None:
        """Show what was read, keeping the selection."""
        self.list.set_lines(self._lines, self._trip_id)
        self._fit_list()
        screen = self._screen
        self._arrange()
        if screen is None:
            self.header.show_trip(None, "")
            self.middle.setCurrentWidget(self.no_trips)
            self.no_trips.setVisible(self.new_trip.isHidden())
            return
        self.header.show_trip(screen.trip, screen.subtitle())
        rows = screen.rows()
        self.programme.set_rows(rows)
        self.middle.setCurrentWidget(self.programme if rows else self.no_days)
        self.pane.show_trip(screen.trip)
        self._trip_files.show(self._trip_id)
        self._trip_photos.show()
        self.pane.map.set_route(screen.detail.stops, screen.detail.legs)
        self.pane.checks.set_checks(screen.checks())
        self.pane.show_delegates(screen.delegates())
        self.pane.show_route(screen.stops(), screen.legs())
        mark_trip(self.store, self.shell, self._trip_id, self.header, self.pane)
        if self.right.currentWidget() is self.sheet:
            self._show_sheet(self.sheet.meeting_id())

    def _show_sheet(self, meeting_id: str) -> None:
        """Show a meeting of this trip, or the trip when it is gone."""
        meeting = self._screen.meeting(meeting_id) if self._screen else None
        if meeting is None or self._screen is None:
            self.right.setCurrentWidget(self.pane)
            return
        pills = self._screen.pills.get(meeting_id, ())
        self.sheet.show_meeting(
            meeting_fields(meeting),
            attendees_of(meeting),
            self._screen.follow_ups.get(meeting_id, []),
            pills[0].text if pills else "",
        )
        self._meeting_photos.show()
        self._meeting_files.show(meeting_id)
        mark_meeting(self.store, self.shell, self.sheet)
        self.right.setCurrentWidget(self.sheet)

    def drop_file(self, path: Path) -> bool:
        """Keep a file dropped here with the meeting that is open, else with the trip."""
        if not self._trip_id or path.suffix.lower() in TABLE_FILES:
            return False
        on_meeting = self.right.currentWidget() is self.sheet
        (self._meeting_photos if on_meeting else self._trip_photos).attach(path)
        key = "trips.kept_with_meeting" if on_meeting else "trips.kept_with_trip"
        self.shell.toast(t(key, name=path.name), undo=True)
        return True

    def _bring(self, part: str) -> None:
        """Let the programme or the details stand beside a paper."""
        self._beside = part
        self._arrange()

    def _arrange(self) -> None:
        """Show programme and details, or beside a paper the one of them that is wanted."""
        paper, there = self.papers.shown(), self._screen is not None
        self.header.set_beside(self._beside if paper else "")
        self.left.setVisible(not paper or self._beside == "programme")
        self.right.setVisible(there and (not paper or self._beside == "details"))
        self._fit_list()

    def _sheet_company(self) -> str:
        """Return the company of the meeting in the sheet."""
        meeting = self._screen.meeting(self.sheet.meeting_id()) if self._screen else None
        return str(meeting.fields["company_id"] or "") if meeting else ""

    def _search_places(self, text: str) -> list[Option]:
        """Return the towns whose name begins with a text."""
        options = []
        for place in places.suggest(text):
            key = f"{place.name}/{place.country}/{place.lat_e6}"
            self._found_places[key] = place
            name = f"{place.name_zh} {place.name}" if place.name_zh else place.name
            options.append(Option(key, name, word("country", place.country)))
        return options

    def _fit_list(self) -> None:
        wide = self.width() >= _WIDE and len([x for x in self._lines if x.id]) > 1
        wide = wide and not self.papers.shown()
        self.list_pane.setVisible(wide)
        self.header.set_trips(self._lines, wide)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Else the first field takes the focus, and the first key would overwrite the title.
        page = self.middle.currentWidget()
        if isinstance(page, EmptyState):
            page.buttons[0].setFocus()
        else:
            self.programme.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_list()

    # Choosing

    def show_trip(self, trip_id: str) -> None:
        """Show another trip from its top."""
        self._close_new_trip()
        if trip_id != self._trip_id:
            self._trip_id = trip_id
            self.right.setCurrentWidget(self.pane)
            with QSignalBlocker(self.programme):
                self.programme.select_record("")
            self.refresh()
            if self.papers.shown():
                self.papers.open(self.papers.name(), trip_id)
        self.selected.emit("trips", trip_id)

    def select(self, record_id: str) -> None:
        trip_id, kind = self.store.read(trip_searches.trip_of, record_id)
        if not trip_id:
            return
        self.show_trip(trip_id)
        if kind == "meeting":
            self.open_meeting(record_id)
        elif kind in ("stop", "leg", "delegate"):
            self._bring("details")
            self.right.setCurrentWidget(self.pane)
            self.pane.open_record(kind, record_id)

    def selected_id(self) -> str:
        if self.right.currentWidget() is self.sheet:
            return self.sheet.meeting_id()
        return self._trip_id

    def select_first(self) -> None:
        """Keep the trip shown; it is the first already."""

    def open_meeting(self, meeting_id: str, field: str = "") -> None:
        """Show a meeting's sheet, the cursor in ``field`` if given."""
        self.programme.select_record(meeting_id)
        self._show_sheet(meeting_id)
        self._bring("details")
        if field:
            self.sheet.focus_field(field)
        self.selected.emit("meetings", meeting_id)

    def _on_row_chosen(self, kind: str, record_id: str) -> None:
        if kind == "meeting":
            self._show_sheet(record_id)
            self._bring("details")
            self.selected.emit("meetings", record_id)
            return
        self.right.setCurrentWidget(self.pane)
        if kind:
            self._bring("details")
            self.pane.open_record({"stay": "stop"}.get(kind, kind), record_id)

    def _close_sheet(self) -> None:
        self.right.setCurrentWidget(self.pane)
        self._bring("programme")
        self.programme.select_record("")
        self.programme.setFocus()

    def _open_check(self, check: CheckLine) -> None:
        if check.kind in ("meeting", "meetings"):
            self.open_meeting(check.record_id, check.column)
            return
        if check.column == "meetings":
            # A trip without a meeting: one is added in the programme.
            self._bring("programme")
            self.programme.setFocus()
            return
        self._bring("details")
        self.right.setCurrentWidget(self.pane)
        kind = _PARTS.get(check.kind, check.kind)
        self.pane.open_record(kind, check.record_id, check.column)

    # Writing

    def _save_trip(self, name: str, fields: dict[str, Any]) -> None:
        label_text = t("trips.undo_edit_trip", field=name)
        self.store.write(label_text, trips.update_trip, self._trip_id, **fields)

    def _save_meeting(self, name: str, fields: dict[str, Any]) -> None:
        label_text = t("trips.undo_edit_meeting", field=name)
        meeting_id = self.sheet.meeting_id()
        self.store.write(label_text, trip_writing.edit_meeting, meeting_id, **fields)

    def _set_meeting_status(self, meeting_id: str, status: str) -> None:
        label_text = t("trips.undo_edit_meeting", field=t("trips.field.status"))
        self.store.write(label_text, trips.update_meeting, meeting_id, status=status)

    def _save_part(self, kind: str, key: str, name: str, fields: dict[str, Any]) -> None:
        label_text = t(f"trips.undo_edit_{kind}", field=name)
        if kind == "leg":
            before = next((g for g in self._detail().legs if g["id"] == key), {})
            self.store.write(label_text, trip_writing.edit_leg, key, before, **fields)
        else:
            verb = trips.update_stop if kind == "stop" else trips.update_delegate
            self.store.write(label_text, verb, key, **fields)

    def _detail(self) -> trips.TripDetail:
        assert self._screen is not None
        return self._screen.detail

    def _delete_part(self, kind: str, key: str) -> None:
        kind = {"stay": "stop"}.get(kind, kind)
        verbs = {
            "stop": trips.delete_stop,
            "leg": trips.delete_leg,
            "delegate": trips.delete_delegate,
            "meeting": trips.delete_meeting,
        }
        text = t(f"trips.undo_delete_{kind}")
        meeting = self._screen.meeting(key) if self._screen else None
        if meeting is not None:
            name = meeting_name(meeting_fields(meeting))
            self.store.write(text, verbs[kind], key)
            self.shell.toast(t("trips.deleted_meeting", title=name), undo=True)
        else:
            self.store.write(text, verbs[kind], key)
            self.shell.toast(text, undo=True)

    def _move_part(self, kind: str, key: str, step: int) -> None:
        """Move a stop or delegate one place up or down."""
        records = self._detail().stops if kind == "stop" else self._detail().delegates
        order = [r["id"] for r in records]
        at = order.index(key)
        to = at + step
        if not 0 <= to < len(order):
            return
        order.insert(to, order.pop(at))
        if kind == "stop":
            verb: Any = trips.reorder_stops
            self.store.write(t("trips.undo_move_stop"), verb, self._trip_id, order)
        else:
            text = t("trips.undo_edit_delegate", field=t("common.move_up"))
            self.store.write(text, trip_writing.reorder_delegates, order)

    def _on_delegate_added(self, member_id: str, name: str) -> None:
        fields: dict[str, Any] = {"member_id": member_id} if member_id else {"name": name}
        fields["role"] = "head" if not self._detail().delegates else "member"
        text = t("trips.undo_add_delegate")
        self.store.write(text, trips.add_delegate, self._trip_id, **fields)

    def _on_stop_added(self, key: str) -> None:
        place = self._found_places[key]
        self.store.write(t("trips.undo_add_stop"), trip_writing.add_place, self._trip_id, place)

    def _on_leg_added(self) -> None:
        text = t("trips.undo_add_leg")
        leg_id = self.store.write(text, trip_writing.add_next_leg, self._trip_id)
        self.pane.open_record("leg", leg_id, "number")

    def _on_attendee_added(self, name: str, key: str) -> None:
        self.store.write(
            t("trips.undo_add_attendee"),
            trip_writing.change_attendance,
            self.sheet.meeting_id(),
            add=(name, key),
        )

    def _on_attendee_removed(self, key: str) -> None:
        self.store.write(
            t("trips.undo_delete_attendee"),
            trip_writing.change_attendance,
            self.sheet.meeting_id(),
            remove=key,
        )

    def _on_follow_up_added(self, title: str, due: dt.date | None) -> None:
        meeting_id = self.sheet.meeting_id()
        self.store.write(
            t("trips.undo_add_follow_up"),
            trip_writing.add_follow_up,
            meeting_id,
            title,
            due,
            self.shell.me,
        )
        self.shell.toast(t("trips.follow_up_added"), undo=True)

    def _move_meeting(self, meeting_id: str, day: dt.date) -> None:
        meeting = self._screen.meeting(meeting_id) if self._screen else None
        if meeting is None or meeting.day == day:
            return
        text = t("trips.undo_move_meeting")
        self.store.write(text, trip_writing.move_meeting, meeting_id, day)
        self.shell.toast(t("trips.moved_meeting", day=f"{day:%m-%d}"), undo=True)

    def _add_meeting_on(self, day: dt.date) -> None:
        """Plan a meeting on a day and open its sheet at the company."""
        start, zone = trip_writing.first_free_start(self._detail(), day)
        meeting_id = self.store.write(
            t("trips.undo_new_meeting"),
            plan_own_meeting,
            self.shell.me,
            trip_id=self._trip_id,
            starts_at=start,
            zone=zone,
        )
        self.open_meeting(meeting_id, "company_id")

    def new_meeting(self) -> None:
        """Plan a meeting on the selected day, else on the first day."""
        day = self.programme.current_day() if self._screen else None
        if day is not None:
            self._add_meeting_on(day)
        elif self._screen is not None:
            self.pane.open_record("trip", "", "starts_on")

    # Trips as a whole

    def new_record(self) -> None:
        self.papers.close()
        self.new_trip.show()
        self.no_trips.hide()
        self.new_trip.start()

    def _close_new_trip(self) -> None:
        self.new_trip.hide()
        if self._screen is None:
            self.no_trips.show()

    def _on_new_trip(self, new: NewTrip) -> None:
        found = [place for city in new.cities if (place := places.find_place(city)) is not None]
        countries = dict.fromkeys(word("country", place.country) for place in found)
        title = new.title or " · ".join(countries) or t("trips.untitled")
        try:
            trip_id = self.store.write(
                t("trips.undo_new_trip"), trip_writing.make_trip, new, title, self.shell.me
            )
        except DeskError as error:
            # A misspelt city is mended in the panel, where it stands.
            self.new_trip.show_problem(sentence(error))
            return
        self.show_trip(trip_id)
        self.programme.setFocus()

    def delete_trip(self) -> None:
        """Delete the trip shown; it can be undone."""
        if self._screen is None:
            return
        title = self._screen.trip["title"] or t("trips.untitled")
        self.store.write(t("trips.undo_delete_trip"), trips.delete_trip, self._trip_id)
        self.shell.toast(t("trips.deleted_trip", title=title), undo=True)

    def delete_selected(self) -> None:
        kind, key = self.programme.current_record()
        if key:
            self._delete_part(kind, key)
        elif self._screen is not None:
            self.delete_trip()

    def open_selected(self) -> None:
        self._on_row_chosen(*self.programme.current_record())

    def focus_search(self) -> None:
        if self.list_pane.isVisible():
            self.list.setFocus()
        else:
            self.header.choose_trip()

    # Papers

    def open_briefing(self) -> None:
        """Make the trip's briefing and show it beside the programme."""
        self.open_paper("trip-briefing")

    def open_paper(self, name: str) -> None:
        if self._screen is None:
            self.shell.toast(t("papers.no_trip"))
            return
        if not self.papers.shown():
            self._beside = "programme"
        self.papers.open(name, self._trip_id)

    def paper_shown(self) -> str:
        return self.papers.name()

    def lead_to(self, kind: str, record_id: str, field: str) -> None:
        """Show a record that a paper lacks something of, the cursor in the field."""
        own = self.store.read(trip_searches.trip_of, record_id)[0] if record_id else self._trip_id
        if kind in (*_PARTS, "meetings") and own == self._trip_id:
            self._open_check(CheckLine(True, "", "", kind, record_id, field))
        else:
            self.shell.open_record(kind, record_id, field)

    def show_field(self, field: str) -> None:
        if self.right.currentWidget() is self.sheet:
            self.sheet.focus_field(field)
        else:
            self.pane.open_record("trip", "", field)

    def export_calendar(self) -> None:
        """Write the programme as a calendar for telephones."""
        if self._screen is not None:
            trip = self._screen.trip
            title = trip["title"] or trip["title_en"] or t("trips.untitled")
            export_programme(self.store, self.shell, self._trip_id, title)

    # The frame around

    def actions_offered(self) -> list[Action]:
        offered = [Action(t("trips.new_trip"), self.new_record, "plus")]
        if self._screen is not None:
            offered += [
                Action(t("trips.add_meeting"), self.new_meeting, "calendar-plus", "Ctrl+M"),
                Action(
                    t("papers.make", paper=catalogue.title_of("trip-briefing")),
                    self.open_briefing,
                    "file-text",
                    "Ctrl+B",
                ),
                *self.papers.actions(),
                Action(t("export.menu.trip"), self.export_calendar, "calendar"),
                Action(t("trips.delete_trip"), self.delete_trip, "trash"),
            ]
        return offered

    def save_state(self) -> dict[str, Any]:
        return {"trip": self._trip_id, "split": self.splitter.sizes()}

    def restore_state(self, state: dict[str, Any]) -> None:
        self._trip_id = str(state.get("trip") or "")
        sizes = state.get("split")
        if isinstance(sizes, list) and len(sizes) == 2 and all(isinstance(s, int) for s in sizes):
            self.splitter.setSizes(sizes)
