"""The sheet of one meeting in the right pane: when, where, who, what for, and what came of it."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain import formats
from desktop_app.domain.words import MeetingKind, MeetingStatus
from desktop_app.i18n import language, t, word
from desktop_app.ui import theme
from desktop_app.ui.trips.field_names import WORDS, asks_satisfaction, field_name
from desktop_app.ui.trips.people_editor import PeopleEditor
from desktop_app.ui.trips.photo_list import PhotoList
from desktop_app.ui.trips.time_fields import TimeField, ZoneField, moment_of
from desktop_app.ui.trips.trip_files import TripFiles
from desktop_app.ui.widgets.buttons import SegmentedControl, button, icon_button, label
from desktop_app.ui.widgets.pill import PillLabel
from desktop_app.ui.widgets.popup_fields import DateField, Option, RecordField
from desktop_app.ui.widgets.record_form import RecordForm, Save
from desktop_app.ui.widgets.text_fields import TextField

Search = Callable[[str], Sequence[Option]]
_DEFAULT_START = dt.time(10)
_DEFAULT_LENGTH = dt.timedelta(minutes=90)


class MeetingSheet(QScrollArea):
    """Edits one meeting; every alteration goes to ``save`` at once."""

    closed = Signal()
    attendee_added = Signal(str, str)
    attendee_removed = Signal(str)
    follow_up_added = Signal(str, object)
    opened = Signal(str, str)

    def __init__(
        self,
        save: Save,
        companies: Search,
        leads: Search,
        contacts: Search,
        members: Search,
        squads: Search,
    ) -> None:
        """Search other records by the given functions."""
        super().__init__()
        self._save = save
        self._meeting: dict[str, Any] = {}
        self._searches = (companies, leads, contacts, members)
        self._squads = squads
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        self._layout = QVBoxLayout(body)
        self._layout.setContentsMargins(16, 10, 16, 24)
        self._layout.setSpacing(4)
        self.setWidget(body)
        self._build_head()
        self._build_when()
        self._build_people()
        self._build_preparation()
        self._build_after()
        self._layout.addStretch(1)

    # Building

    def _heading(self, key: str) -> None:
        self._layout.addSpacing(12)
        self._layout.addWidget(label(t(key), "heading"))
        self._layout.addSpacing(2)

    def _build_head(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(6)
        line.setContentsMargins(-8, 0, 0, 0)
        back = icon_button("chevron-left", t("trips.back_to_trip"), self.closed.emit)
        line.addWidget(back)
        self.date_line = label("", "muted")
        line.addWidget(self.date_line, 1)
        self.warning = PillLabel("", "warn")
        self.warning.hide()
        line.addWidget(self.warning)
        self._layout.addLayout(line)
        self.head = RecordForm(self._save, 76, WORDS)
        self.title = TextField(field_name("title"), t("trips.untitled_meeting"))
        self.title.setStyleSheet(f"font-size: {theme.HEADING}px; font-weight: bold; padding: 0;")
        self.title.setFixedHeight(32)
        self.head.attach("title", self.title)
        self._layout.addWidget(self.title)
        companies, leads, _contacts, _members = self._searches
        self.company = RecordField(field_name("company_id"), companies)
        self.head.bind("company_id", self.company)
        self.company.followed.connect(lambda key: self.opened.emit("companies", key))
        self.lead = RecordField(field_name("lead_id"), leads)
        self.head.bind("lead_id", self.lead)
        self.lead.followed.connect(lambda key: self.opened.emit("leads", key))
        self.head.words("kind", "meeting_kind", MeetingKind)
        self.head.record("squad_id", self._squads, lambda key: self.opened.emit("squads", key))
        self._layout.addWidget(self.head)

    def _build_when(self) -> None:
        self._heading("trips.sheet_when")
        form = self.when = RecordForm(self._save, 76, WORDS)
        self.day = DateField(field_name("day"))
        self.day.edited.connect(lambda _day: self._save_times())
        form.add(field_name("day"), self.day)
        times = QWidget()
        line = QHBoxLayout(times)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        self.start, self.end = TimeField(field_name("start")), TimeField(field_name("end"))
        self.start.edited.connect(lambda _time: self._save_times(keep_length=True))
        self.end.edited.connect(lambda _time: self._save_times())
        line.addWidget(self.start)
        line.addWidget(label("–", "muted"))
        line.addWidget(self.end)
        self.beijing = label("", "small")
        line.addSpacing(8)
        line.addWidget(self.beijing, 1)
        form.add(f"{field_name('start')} – {field_name('end')}", times)
        self.zone = ZoneField(field_name("zone"), "Europe/Zurich")
        self.zone.edited.connect(lambda _zone: self._save_times())
        form.add(field_name("zone"), self.zone)
        form.line("place")
        form.line("address")
        form.line("city")
        form.line("transfer", t("trips.hint.transfer"))
        form.line("language")
        self._layout.addWidget(form)

    def _build_people(self) -> None:
        self._heading("trips.sheet_who")
        _companies, _leads, contacts, members = self._searches
        form = self.people = RecordForm(self._save, 76, WORDS)
        self.theirs = PeopleEditor(t("trips.add_contact"), contacts)
        self.theirs.added.connect(lambda key: self.attendee_added.emit("contact_id", key))
        self.theirs.removed.connect(self.attendee_removed)
        self.ours = PeopleEditor(t("trips.add_member"), members)
        self.ours.added.connect(lambda key: self.attendee_added.emit("member_id", key))
        self.ours.removed.connect(self.attendee_removed)
        form.add(t("trips.theirs"), self.theirs)
        form.add(t("trips.ours"), self.ours)
        form.line("interpreter")
        form.line("note_taker")
        self._layout.addWidget(form)

    def _build_preparation(self) -> None:
        self._heading("trips.sheet_prepare")
        form = self.preparation = RecordForm(self._save, 76, WORDS)
        form.long("objective", t("trips.hint.objective"))
        form.long("wished_outcome")
        points = form.long("talking_points", t("trips.points_left"))
        points.textChanged.connect(self._count_points)
        self.points_note = label("", "warn", wrap=True)
        self.points_note.hide()
        form.add_wide(self.points_note)
        for column in ("asks", "offers", "red_lines", "questions"):
            form.long(column, t("trips.one_a_line"))
        form.long("materials", t("trips.hint.materials"))
        form.line("dress")
        self._layout.addWidget(form)

    def _build_after(self) -> None:
        self._heading("trips.sheet_after")
        form = self.after = RecordForm(self._save, 76, WORDS)
        states = [(str(s), word("meeting_status", str(s))) for s in MeetingStatus]
        self.status = SegmentedControl(states, field_name("status"))
        self.status.chosen.connect(lambda s: self._save(field_name("status"), {"status": s}))
        self._layout.addWidget(self.status)
        self._layout.addSpacing(4)
        form.long("outcome")
        self.satisfaction = form.long("satisfaction_notes", t("trips.hint.satisfaction"))
        self.cancel_reason = form.line("cancel_reason")
        self.unplanned = QCheckBox(field_name("unplanned"))
        self.unplanned.clicked.connect(
            lambda on: self._save(field_name("unplanned"), {"unplanned": on})
        )
        form.add_wide(self.unplanned)
        self.unplanned_reason = form.long("unplanned_reason")
        form.long("notes")
        self._layout.addWidget(form)
        self._heading("trips.photos")
        self.photos = PhotoList()
        self._layout.addWidget(self.photos)
        self.files = TripFiles()
        self._layout.addWidget(self.files)
        self._heading("trips.sheet_follow_ups")
        self.follow_ups = QVBoxLayout()
        self.follow_ups.setSpacing(0)
        self._layout.addLayout(self.follow_ups)
        line = QHBoxLayout()
        line.setSpacing(4)
        self.follow_up_title = QLineEdit()
        self.follow_up_title.setAccessibleName(t("trips.add_follow_up"))
        self.follow_up_title.setPlaceholderText(t("trips.add_follow_up"))
        self.follow_up_due = DateField(t("trips.hint.due"), t("trips.hint.due"))
        self.follow_up_due.setFixedWidth(132)
        self.follow_up_title.returnPressed.connect(self._add_follow_up)
        line.addWidget(self.follow_up_title, 1)
        line.addWidget(self.follow_up_due)
        add = icon_button("plus", t("trips.undo_add_follow_up"), self._add_follow_up)
        line.addWidget(add)
        self._layout.addLayout(line)

    # Showing

    def show_meeting(
        self,
        meeting: Mapping[str, Any],
        attendees: Sequence[Mapping[str, Any]],
        follow_ups: Sequence[tuple[str, str]],
        warning: str = "",
    ) -> None:
        """Show a meeting; another one than before starts at the top.

        Args:
            meeting: its columns, with ``company`` and ``lead`` as names.
            attendees: people with id, contact_id, member_id, name and detail.
            follow_ups: (id, text) of what follows from it.
            warning: the first of its warnings.
        """
        if meeting.get("id") != self._meeting.get("id"):
            self.verticalScrollBar().setValue(0)
        self._meeting = dict(meeting)
        for form in (self.head, self.when, self.people, self.preparation, self.after):
            form.show_values(meeting)
        self.company.set_record(meeting.get("company_id"), str(meeting.get("company") or ""))
        self.lead.set_record(meeting.get("lead_id"), str(meeting.get("lead") or ""))
        self._show_times(meeting)
        self.status.set_value(str(meeting.get("status") or "planned"))
        self.after.set_shown(self.satisfaction, asks_satisfaction(meeting))
        self.after.set_shown(self.cancel_reason, meeting.get("status") == "cancelled")
        self.unplanned.setChecked(bool(meeting.get("unplanned")))
        self.after.set_shown(self.unplanned_reason, bool(meeting.get("unplanned")))
        self.warning.set_pill(warning, "warn")
        for editor, column in ((self.theirs, "contact_id"), (self.ours, "member_id")):
            editor.set_people(
                [
                    (str(a["id"]), str(a.get("name") or ""), str(a.get("detail") or ""))
                    for a in attendees
                    if a.get(column)
                ]
            )
        self._show_follow_ups(follow_ups)
        self._count_points()

    def meeting_id(self) -> str:
        """Return the id of the meeting shown."""
        return str(self._meeting.get("id") or "")

    def _show_times(self, meeting: Mapping[str, Any]) -> None:
        start, end, zone = meeting.get("starts_at"), meeting.get("ends_at"), meeting.get("zone")
        local = formats.local(start, zone) if start else None
        self.day.set_value(local.date() if local else None)
        self.start.set_value(local.time() if local else None)
        self.end.set_value(formats.local(end, zone).time() if end else None)
        self.zone.set_value(zone)
        text = formats.day_with_weekday(local.date(), language()) if local else t("trips.no_time")
        self.date_line.setText(text)
        beijing = formats.clock_range(start, end, None)
        shifted = formats.beijing_offset(start, zone) if start else 0
        shown = t("trips.beijing", time=beijing) if shifted else ""
        self.beijing.setText(shown)

    def _show_follow_ups(self, follow_ups: Sequence[tuple[str, str]]) -> None:
        while (item := self.follow_ups.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for key, text in follow_ups:
            one = button(text, partial(self.opened.emit, "follow-ups", key), "circle-check", "link")
            self.follow_ups.addWidget(one, 0, Qt.AlignmentFlag.AlignLeft)

    def _count_points(self) -> None:
        """Warn of more talking points than anybody keeps in mind."""
        text = self.preparation.fields["talking_points"].toPlainText()
        count = sum(1 for line in text.splitlines() if line.strip())
        self.points_note.setText(t("trips.points_many", count=count))
        self.points_note.setVisible(count > 6)

    def focus_field(self, column: str) -> None:
        """Put the cursor into a field, as a warning asks for."""
        places: dict[str, QWidget] = {
            "contact": self.theirs.field,
            "starts_at": self.start,
            "title": self.title,
            "files": self.photos.attach,
            "unplanned": self.unplanned,
            "status": self.status,
        }
        for form in (self.head, self.when, self.people, self.preparation, self.after):
            found = form.field_of(column)
            if found is not None:
                places.setdefault(column, found)
        if column in places:
            places[column].setFocus()
            self.ensureWidgetVisible(places[column], 0, 80)

    # Saving

    def _save_times(self, keep_length: bool = False) -> None:
        """Save day, times and zone as two moments; a moved start takes the end along."""
        day, start = self.day.value(), self.start.value()
        zone = self.zone.value() or self._meeting.get("zone")
        if day is None:
            self._save(field_name("day"), {"starts_at": None, "ends_at": None, "zone": zone})
            return
        begins = moment_of(day, start or _DEFAULT_START, zone)
        end = self.end.value()
        old_start, old_end = self._meeting.get("starts_at"), self._meeting.get("ends_at")
        if keep_length and old_start and old_end:
            ends = begins + (old_end - old_start)
        elif end is not None:
            ends = moment_of(day, end, zone)
            if ends <= begins:
                # An end before its start is the next day's: a dinner past midnight.
                ends += dt.timedelta(days=1)
        else:
            ends = begins + _DEFAULT_LENGTH
        self._save(field_name("start"), {"starts_at": begins, "ends_at": ends, "zone": zone})

    def _add_follow_up(self) -> None:
        title = self.follow_up_title.text().strip()
        if not title:
            self.follow_up_title.setFocus()
            return
        self.follow_up_due.commit()
        due = self.follow_up_due.value()
        self.follow_up_title.clear()
        self.follow_up_due.set_value(None)
        self.follow_up_added.emit(title, due)
