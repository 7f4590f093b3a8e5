"""One meeting of a lead edited where it stands in the timeline, also without a trip."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from desktop_app.domain.formats import local, zone_of
from desktop_app.domain.words import MeetingKind, MeetingStatus
from desktop_app.i18n import t
from desktop_app.services import trips
from desktop_app.ui.leads.edit import Edit
from desktop_app.ui.sync.conflict_marks import mark_conflicts
from desktop_app.ui.trips.field_names import WORDS, asks_satisfaction, field_name
from desktop_app.ui.widgets.buttons import button, column, panel
from desktop_app.ui.widgets.popup_fields import DateField
from desktop_app.ui.widgets.record_form import RecordForm

# Milliseconds in which the pane has its height; pixels shown of what stands above.
_LAID_OUT, _ABOVE = 400, 70


class MeetingEditor(QWidget):
    """The few fields of a meeting that matter afterwards; each saves itself at once."""

    def __init__(self, edit: Edit, meeting_id: str) -> None:
        """Show a meeting."""
        super().__init__()
        self.edit, self.meeting_id = edit, meeting_id
        self._meeting: Mapping[str, Any] = {}
        outer = column(self)
        outer.setContentsMargins(24, 0, 0, 10)
        frame = panel("card")
        outer.addWidget(frame)
        layout = column(frame, 10, 4)
        self.form = form = RecordForm(self._save, 76, WORDS)
        form.line("title")
        form.words("kind", "meeting_kind", MeetingKind, None)
        form.words("status", "meeting_status", MeetingStatus, None)
        self.day = DateField(field_name("day"))
        self.day.edited.connect(self._save_day)
        form.add(field_name("day"), self.day)
        form.record(
            "squad_id",
            lambda text: edit.find("squad", text),
            lambda one: edit.shell.open_record("squads", one),
        )
        form.long("outcome")
        self.satisfaction = form.long("satisfaction_notes", t("trips.hint.satisfaction"))
        form.long("notes")
        layout.addWidget(form)
        line = QHBoxLayout()
        self.delete_button = button(t("common.delete"), self._delete, "trash", "link")
        line.addWidget(self.delete_button)
        line.addStretch(1)
        layout.addLayout(line)
        self.reload()

    def reload(self) -> None:
        """Show the meeting as it is now."""
        self._meeting = self.edit.store.read(trips.meeting_detail, self.meeting_id).fields
        self.form.show_values(self._meeting)
        starts, zone = self._meeting["starts_at"], self._meeting["zone"]
        self.day.set_value(local(starts, zone).date() if starts else None)
        self.form.set_shown(self.satisfaction, asks_satisfaction(self._meeting))
        marked = {**self.form.fields, "starts_at": self.day}
        mark_conflicts(self.edit.store, self.edit.shell, self.meeting_id, marked)

    def come_into_sight(self, area: QScrollArea) -> None:
        """Scroll to the fields, again while what stands above them still finds its height."""
        self._area = area
        area.verticalScrollBar().rangeChanged.connect(self._scroll_here)
        QTimer.singleShot(0, self, self._scroll_here)
        QTimer.singleShot(_LAID_OUT, self, self._stay)

    def _scroll_here(self) -> None:
        body = self._area.widget()
        if body is not None and body.isAncestorOf(self):
            top = self.mapTo(body, QPoint(0, 0)).y()
            self._area.verticalScrollBar().setValue(max(top - _ABOVE, 0))

    def _stay(self) -> None:
        self._area.verticalScrollBar().rangeChanged.disconnect(self._scroll_here)

    def _save(self, name: str, fields: dict[str, Any]) -> None:
        label = t("trips.undo_edit_meeting", field=name)
        self.edit.write(label, trips.update_meeting, self.meeting_id, **fields)

    def _save_day(self, day: dt.date | None) -> None:
        """Save another day at the same time on the clock of the venue."""
        starts, zone = self._meeting["starts_at"], self._meeting["zone"]
        moment = None
        if day is not None:
            clock = local(starts, zone).time() if starts else dt.time(10)
            moment = dt.datetime.combine(day, clock, zone_of(zone)).astimezone(dt.UTC)
        self._save(field_name("day"), {"starts_at": moment})

    def _delete(self) -> None:
        label = t("trips.undo_delete_meeting")
        if self.edit.write(label, trips.delete_meeting, self.meeting_id) is not False:
            title = self._meeting["title"] or ""
            self.edit.shell.toast(t("trips.deleted_meeting", title=title), undo=True)
