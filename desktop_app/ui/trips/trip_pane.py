"""The trip beside its programme: route map, checks, delegation, stops and transport, basics."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from desktop_app.domain.words import DelegateRole, LegKind, VisaState
from desktop_app.i18n import t
from desktop_app.ui.trips.checks_panel import ChecksPanel
from desktop_app.ui.trips.field_names import WORDS, field_name
from desktop_app.ui.trips.meeting_sheet import Search
from desktop_app.ui.trips.photo_list import PhotoList
from desktop_app.ui.trips.time_fields import MomentField, ZoneField
from desktop_app.ui.trips.trip_files import TripFiles
from desktop_app.ui.widgets.buttons import button, label
from desktop_app.ui.widgets.popup_fields import RecordField
from desktop_app.ui.widgets.record_cards import CardText, RecordCards
from desktop_app.ui.widgets.record_form import RecordForm, Save
from desktop_app.ui.widgets.route_map_view import RouteMapView
from desktop_app.ui.widgets.text_fields import ChoiceField

Records = Sequence[tuple[CardText, Mapping[str, Any]]]
_GUEST = "guest:"


class TripPane(QScrollArea):
    """Shows and edits what belongs to the trip as a whole."""

    check_opened = Signal(object)
    delegate_added = Signal(str, str)
    stop_added = Signal(str)
    leg_added = Signal()

    def __init__(self, save_trip: Save, members: Search, places: Search) -> None:
        """Search members and places by the given functions."""
        super().__init__()
        self._save_trip = save_trip
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(14, 14, 14, 24)
        layout.setSpacing(4)
        self.setWidget(body)
        self.map = RouteMapView()
        self.map.setFixedHeight(300)
        layout.addWidget(self.map)
        layout.addSpacing(12)
        self.checks = ChecksPanel()
        self.checks.opened.connect(self.check_opened)
        layout.addWidget(self.checks)
        layout.addSpacing(8)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self._delegation(members), t("trips.tab_delegation", count=0))
        self.tabs.addTab(self._route(places), t("trips.tab_route"))
        self.tabs.addTab(self._basics(), t("trips.tab_basics"))
        self.tabs.addTab(self._report(), t("trips.tab_report"))
        self.tabs.currentChanged.connect(lambda _index: self._fit_tabs())
        layout.addWidget(self.tabs)
        layout.addStretch(1)

    def _page(self) -> tuple[QWidget, QVBoxLayout]:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(4)
        return page, layout

    # Delegation

    def _delegation(self, members: Search) -> QWidget:
        page, layout = self._page()
        self.delegates = RecordCards(
            _delegate_form, RecordForm.show_values, t("trips.delegates_none"), ordered=True
        )
        layout.addWidget(self.delegates)
        self.new_delegate = RecordField(
            t("trips.add_delegate"),
            members,
            t("trips.add_delegate_hint"),
            create=lambda name: f"{_GUEST}{name}",
        )
        self.new_delegate.edited.connect(self._on_new_delegate)
        layout.addWidget(self.new_delegate)
        layout.addStretch(1)
        return page

    def _on_new_delegate(self, key: str | None) -> None:
        if not key:
            return
        self.new_delegate.set_record(None, "")
        if key.startswith(_GUEST):
            self.delegate_added.emit("", key.removeprefix(_GUEST))
        else:
            self.delegate_added.emit(key, "")

    # Stops and transport

    def _route(self, places: Search) -> QWidget:
        page, layout = self._page()
        layout.addWidget(label(t("trips.stops"), "small"))
        self.stops = RecordCards(
            _stop_form, RecordForm.show_values, t("trips.stops_none"), ordered=True, title_width=110
        )
        layout.addWidget(self.stops)
        self.new_stop = RecordField(t("trips.add_stop"), places, t("trips.add_stop_hint"))
        self.new_stop.edited.connect(self._on_new_stop)
        layout.addWidget(self.new_stop)
        layout.addSpacing(10)
        layout.addWidget(label(t("trips.legs"), "small"))
        self.legs = RecordCards(_leg_form, _fill_leg, t("trips.legs_none"), title_width=110)
        layout.addWidget(self.legs)
        add = button(t("trips.add_leg"), self.leg_added.emit, "plus", "link")
        layout.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addSpacing(8)
        layout.addWidget(label(t("trips.place_source"), "small", wrap=True))
        layout.addStretch(1)
        return page

    def _on_new_stop(self, key: str | None) -> None:
        if key:
            self.new_stop.set_record(None, "")
            self.stop_added.emit(key)

    # Basics

    def _basics(self) -> QWidget:
        page, layout = self._page()
        form = self.basics = RecordForm(self._save_trip, 96, WORDS)
        form.line("title_en")
        form.day("starts_on")
        form.day("ends_on")
        form.long("purpose", t("trips.hint.purpose"))
        form.long("purpose_en")
        for column in ("goals", "goals_en"):
            form.long(column, t("trips.hint.goals"))
        form.long("must_win", t("trips.one_a_line"))
        form.long("must_win_en", t("trips.one_a_line"))
        form.line("inviter")
        form.line("approval_number")
        form.day("notice_on")
        form.money("budget_minor")
        form.money("spent_minor")
        form.line("classification")
        form.long("logistics")
        form.long("country_notes")
        form.long("emergency_numbers")
        form.day("passports_returned_on")
        form.day("reported_on")
        form.long("notes")
        layout.addWidget(form)
        layout.addStretch(1)
        return page

    def _report(self) -> QWidget:
        """Return what is written down after the return."""
        page, layout = self._page()
        form = self.report = RecordForm(self._save_trip, 96, WORDS)
        for column in ("findings", "problems", "suggestions"):
            form.long(column, t("trips.one_a_line"))
        layout.addWidget(form)
        layout.addSpacing(8)
        layout.addWidget(label(t("trips.photos"), "small"))
        self.photos = PhotoList()
        layout.addWidget(self.photos)
        self.files = TripFiles()
        layout.addWidget(self.files)
        layout.addStretch(1)
        return page

    # Showing

    def show_trip(self, trip: Mapping[str, Any]) -> None:
        """Show the trip's own fields."""
        self.basics.show_values(trip)
        self.report.show_values(trip)

    def show_delegates(self, records: Records) -> None:
        """Show the delegation."""
        self.delegates.set_records(records)
        self.tabs.setTabText(0, t("trips.tab_delegation", count=len(records)))

    def show_route(self, stops: Records, legs: Records) -> None:
        """Show stops and transfers in order."""
        self.stops.set_records(stops)
        self.legs.set_records(legs)
        self._fit_tabs()

    def _fit_tabs(self) -> None:
        """Let the tabs be as high as the page in front, not as the highest one."""
        for index in range(self.tabs.count()):
            page = self.tabs.widget(index)
            if page is None:
                continue
            front = index == self.tabs.currentIndex()
            policy = page.sizePolicy()
            kind = policy.Policy.Preferred if front else policy.Policy.Ignored
            page.setSizePolicy(policy.Policy.Preferred, kind)
        self.tabs.updateGeometry()

    def open_record(self, kind: str, record_id: str, column: str = "") -> bool:
        """Open a record's fields in its tab, the cursor in ``column``."""
        for index, (name, cards) in enumerate(
            (("delegate", self.delegates), ("stop", self.stops), ("leg", self.legs))
        ):
            if name == kind:
                self.tabs.setCurrentIndex(min(index, 1))
                card = cards.open_card(record_id)
                if card is None or card.form is None:
                    return False
                field = card.form.field_of(column)
                (field or card.head).setFocus()
                self.ensureWidgetVisible(field or card, 0, 60)
                return True
        adding = {"delegates": (0, self.new_delegate), "stops": (1, self.new_stop)}
        if column in adding:
            tab, new = adding[column]
            self.tabs.setCurrentIndex(tab)
            new.setFocus()
            self.ensureWidgetVisible(new, 0, 60)
            return True
        written = self.report.field_of(column)
        if column == "files":
            written = self.photos.attach
        self.tabs.setCurrentIndex(2 if written is None else 3)
        field = written or self.basics.field_of(column)
        if field is not None:
            field.setFocus()
            self.ensureWidgetVisible(field, 0, 60)
        return field is not None


def _delegate_form(save: Save) -> RecordForm:
    form = RecordForm(save, words=WORDS)
    form.line("name")
    form.words("role", "delegate_role", DelegateRole)
    for column in ("duty", "phone", "languages", "passport_number"):
        form.line(column)
    form.day("passport_expires_on")
    form.words("visa_state", "visa_state", VisaState)
    form.line("notes")
    return form


def _stop_form(save: Save) -> RecordForm:
    form = RecordForm(save, words=WORDS)
    form.line("city")
    form.line("city_zh")
    form.bind("country", ChoiceField.of_countries(field_name("country")))
    form.bind("zone", ZoneField(field_name("zone"), "Europe/Zurich"))
    form.day("arrives_on")
    form.day("departs_on")
    for column in ("hotel", "hotel_address", "hotel_phone", "notes"):
        form.line(column)
    return form


def _leg_form(save: Save) -> RecordForm:
    form = RecordForm(save, words=WORDS)
    form.words("kind", "leg_kind", LegKind)
    form.line("number")
    form.line("from_place")
    form.bind("departs_at", MomentField(field_name("departs_at")))
    form.bind("from_zone", ZoneField(field_name("from_zone"), "Europe/Zurich"))
    form.line("to_place")
    form.bind("arrives_at", MomentField(field_name("arrives_at")))
    form.bind("to_zone", ZoneField(field_name("to_zone"), "Europe/Zurich"))
    form.line("booking")
    form.line("notes")
    return form


def _fill_leg(form: RecordForm, record: Mapping[str, Any]) -> None:
    """Show a transfer: its moments on the clocks of their own zones."""
    form.fields["departs_at"].zone = record.get("from_zone")
    form.fields["arrives_at"].zone = record.get("to_zone")
    form.show_values(record)
