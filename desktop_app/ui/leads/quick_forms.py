"""The two small forms at the foot of the record: a follow-up, a meeting."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.words import MeetingKind, Side
from desktop_app.i18n import t, word
from desktop_app.ui.leads.parts import bold
from desktop_app.ui.trips.field_names import asks_satisfaction
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.field_grid import commit_all
from desktop_app.ui.widgets.popup_fields import DateField
from desktop_app.ui.widgets.text_fields import ChoiceField, LongTextField, TextField, restyle


class _Form(QWidget):
    """What both have: a title line first, Enter saves, Esc closes."""

    saved = Signal(dict)
    cancelled = Signal()

    def __init__(self, title: str, hint: str) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)
        self.title = TextField(title, hint, inplace=False)
        self.column.addWidget(bold(title))
        self.column.addWidget(self.title)
        self.title.returnPressed.connect(self.save)

    def add_line(self, *widgets: QWidget) -> None:
        """Put widgets side by side."""
        line = QHBoxLayout()
        line.setSpacing(6)
        for widget in widgets:
            line.addWidget(widget, 1)
        self.column.addLayout(line)

    def add_foot(self) -> None:
        """Add Save and Cancel."""
        line = QHBoxLayout()
        line.setSpacing(6)
        self.save_button = button(t("leads.save"), self.save, variant="primary")
        line.addWidget(self.save_button)
        line.addWidget(button(t("leads.cancel"), self.cancelled.emit, variant="link"))
        line.addStretch(1)
        self.column.addLayout(line)

    def start(self) -> None:
        """Put the cursor where typing begins."""
        self.title.setFocus()

    def values(self) -> dict[str, Any]:
        """Return the columns of the new record."""
        raise NotImplementedError

    def save(self) -> None:
        """Hand over what was entered when it is complete."""
        if not commit_all(self):
            return
        if not self.title.value():
            restyle(self.title, "wrong", True)
            self.title.setFocus()
            return
        self.saved.emit(self.values())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)


class FollowUpForm(_Form):
    """What, by when, and whose promise it is."""

    def __init__(self) -> None:
        """Propose a week from now."""
        super().__init__(t("leads.add_follow_up"), t("leads.follow_up_hint"))
        self.due = DateField(t("leads.due_on"), inplace=False)
        self.due.set_value(dt.date.today() + dt.timedelta(days=7))
        self.side = ChoiceField.of_words(
            t("leads.side"), "side", Side, t("leads.side_none"), inplace=False
        )
        self.side.set_value(None)
        self.add_line(self.due, self.side)
        self.add_foot()

    def values(self) -> dict[str, Any]:
        return {
            "title": self.title.value(),
            "due_on": self.due.value(),
            "side": self.side.value(),
        }


_CLOCK = re.compile(r"^\s*(\d{1,2})(?:\s*[:：.点时]\s*(\d{1,2})?)?\s*$")


class ClockField(TextField):
    """A time of day: 9, 9:30, 9点30."""

    def parse(self, text: str) -> str | None:
        if not text.strip():
            return None
        match = _CLOCK.match(text)
        hour, minute = (int(part or 0) for part in match.groups()) if match else (99, 0)
        if hour > 23 or minute > 59:
            raise ValueError(t("leads.not_a_time"))
        return f"{hour:02}:{minute:02}"


class MeetingForm(_Form):
    """What, when, planned or held, and what came of it."""

    def __init__(self, kind: str = "") -> None:
        """Propose a visit today; one of a kind that is named is called after it."""
        super().__init__(t("leads.add_meeting"), t("leads.meeting_hint"))
        self.kind = ChoiceField.of_words(
            t("leads.meeting_kind"), "meeting_kind", MeetingKind, None, inplace=False
        )
        self.kind.set_value(kind or MeetingKind.VISIT.value)
        if kind:
            self.title.set_value(word("meeting_kind", kind))
        self.status = ChoiceField.of_words(
            t("leads.meeting_status"), "meeting_status", ("held", "planned"), None, inplace=False
        )
        self.status.set_value("held")
        self.day = DateField(t("leads.meeting_day"), inplace=False)
        self.day.set_value(dt.date.today())
        self.clock = ClockField(t("leads.meeting_time"), "10:00", inplace=False)
        self.outcome = LongTextField(
            t("leads.outcome"), t("leads.meeting_outcome_hint"), lines=2, most=6, inplace=False
        )
        self.add_line(self.kind, self.status)
        self.add_line(self.day, self.clock)
        self.squad = ChoiceField(t("trips.field.squad_id"), [], t("leads.no_squad"), inplace=False)
        self.squad.hide()
        self.column.addWidget(self.squad)
        self.column.addWidget(self.outcome)
        self.satisfaction = LongTextField(
            t("trips.field.satisfaction_notes"), t("trips.hint.satisfaction"), lines=2, most=6,
            inplace=False,
        )  # fmt: skip
        self.column.addWidget(self.satisfaction)
        for choice in (self.kind, self.status):
            choice.edited.connect(lambda _value: self._ask_satisfaction())
        self._ask_satisfaction()
        self.add_foot()

    def offer_squads(self, squads: Sequence[tuple[str, str]], own: str | None) -> None:
        """Offer the squads by id and name, and choose one; nothing is asked where there are none.

        Args:
            squads: all of them.
            own: the one to propose.
        """
        for key, name in squads:
            self.squad.addItem(name, key)
        self.squad.set_value(own)
        self.squad.setVisible(bool(squads))

    def _ask_satisfaction(self) -> None:
        """Ask how content the enterprise is where it was visited after signing, or came to us."""
        asked = asks_satisfaction({"kind": self.kind.value()})
        self.satisfaction.setVisible(asked and self.status.value() == "held")

    def values(self) -> dict[str, Any]:
        day = self.day.value() or dt.date.today()
        hour, minute = (int(part) for part in (self.clock.value() or "10:00").split(":"))
        # As on the clock of this laptop; the venue's own zone is set on the trip.
        local = dt.datetime.combine(day, dt.time(hour, minute)).astimezone()
        found = {
            "title": self.title.value(),
            "kind": self.kind.value(),
            "status": self.status.value(),
            "starts_at": local.astimezone(dt.UTC),
        }
        if self.outcome.value():
            found["outcome" if self.status.value() == "held" else "objective"] = (
                self.outcome.value()
            )
        if not self.squad.isHidden():
            found["squad_id"] = self.squad.value()
        if not self.satisfaction.isHidden() and self.satisfaction.value():
            found["satisfaction_notes"] = self.satisfaction.value()
        return found
