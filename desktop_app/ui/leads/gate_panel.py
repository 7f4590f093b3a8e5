"""What the next stage still needs, filled in on the spot; or a reason to go on without it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.i18n import t, word
from desktop_app.ui.leads.lead_fields import FIELDS, Finder, field_label, make_editor
from desktop_app.ui.leads.parts import bold, label_width
from desktop_app.ui.widgets.buttons import button, label
from desktop_app.ui.widgets.field_grid import FieldGrid, commit_all
from desktop_app.ui.widgets.popup_fields import DateField
from desktop_app.ui.widgets.text_fields import TextField

#: The parts of the value score that weigh most: enough for a first score.
_VALUE = tuple(f"value_{part}" for part in ("size", "intensity", "tax", "investor", "land"))
#: What a gate calls by one name and the record keeps in other columns.
_COLUMNS: dict[str, tuple[str, ...]] = {"currency": ("amount_minor",), "value": _VALUE}
#: Days that the move itself usually gives.
_TODAY = ("signed_on", "started_on", "completed_on", "producing_on", "first_reported_on")
#: What only another record can give.
FOLLOW_UP = ("next_on",)
MEETING = ("meeting_held",)


def columns_of(name: str) -> tuple[str, ...]:
    """Return the columns of a lead that fill what a gate calls ``name``; empty: none does."""
    if name in _COLUMNS:
        return _COLUMNS[name]
    return (name,) if name in FIELDS else ()


class GatePanel(QWidget):
    """The missing fields of one move, a date, and the two ways on."""

    #: (fields filled in, day, reason) once the person goes on; the reason is "" without override.
    confirmed = Signal(dict, object, str)
    cancelled = Signal()
    #: The person wants to plan or record the meeting that is missing.
    meeting_wanted = Signal()

    def __init__(
        self,
        stage: str,
        missing: Sequence[str],
        columns: dict[str, Any],
        find: Finder,
        today: dt.date,
    ) -> None:
        """Offer editors for what is missing to enter ``stage``."""
        super().__init__()
        self.stage = stage
        self._editors: dict[str, Any] = {}
        self._meeting_line: QWidget | None = None
        self.setProperty("role", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        head = t("leads.gate.title", stage=word("stage", stage))
        self.heading = bold(head, wrap=True)
        layout.addWidget(self.heading)
        grid = FieldGrid(label_width(12))
        grid.layout().setVerticalSpacing(6)  # type: ignore[union-attr] # it has a grid
        shown: set[str] = set()
        for name in missing:
            if name in FOLLOW_UP:
                self._add_follow_up(grid)
                continue
            wanted = columns_of(name)
            if not wanted:
                line = self._other(name)
                layout.addWidget(line)
                if name in MEETING:
                    self._meeting_line = line
            for column in wanted:
                if column not in shown:
                    shown.add(column)
                    self._add(grid, column, columns, find, today)
        self.day = DateField(t("leads.gate.day"), inplace=False)
        self.day.set_value(today)
        grid.add(t("leads.gate.day"), self.day)
        layout.addWidget(grid)
        self.reason = TextField(t("leads.gate.reason"), t("leads.gate.reason_hint"), inplace=False)
        self.reason.hide()
        self.reason.returnPressed.connect(self._on_go)
        layout.addWidget(self.reason)
        self.note = label("", "bad", wrap=True)
        self.note.hide()
        layout.addWidget(self.note)
        layout.addLayout(self._foot())

    def _add(
        self, grid: FieldGrid, column: str, columns: dict[str, Any], find: Finder, today: dt.date
    ) -> None:
        field = FIELDS[column]
        editor: Any = make_editor(field, find, inplace=False)
        value = field.value(columns)
        editor.set_value(today if value is None and column in _TODAY else value)
        self._editors[column] = editor
        grid.add(field.label, editor)

    def _add_follow_up(self, grid: FieldGrid) -> None:
        """Ask for the next step and its date: together they are a follow-up."""
        title = TextField(t("leads.gate.follow_up"), t("leads.gate.follow_up_hint"), inplace=False)
        due = DateField(t("leads.gate.follow_up_due"), inplace=False)
        self._editors["follow_up_title"], self._editors["follow_up_due"] = title, due
        grid.add(t("leads.gate.follow_up"), title)
        grid.add(t("leads.gate.follow_up_due"), due)

    def _other(self, name: str) -> QWidget:
        """Say what has to be given elsewhere; for a meeting, the way there."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        key = "leads.gate.meeting" if name in MEETING else "leads.gate.other"
        text: QLabel = label(t(key, field=field_label(name)), "warn", wrap=True)
        row.addWidget(text, 1)
        if name in MEETING:
            row.addWidget(button(t("leads.add_meeting"), self.meeting_wanted.emit, variant="link"))
        return line

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        go = t("leads.gate.go", stage=word("stage", self.stage))
        self.go = button(go, self._on_go, variant="primary")
        self.override = button(t("leads.gate.override"), self._on_override, variant="link")
        foot.addWidget(self.go)
        foot.addWidget(self.override)
        foot.addStretch(1)
        foot.addWidget(button(t("leads.cancel"), self.cancelled.emit, variant="link"))
        return foot

    def editor(self, column: str) -> Any:
        """Return the editor of a column."""
        return self._editors[column]

    def set_still_missing(self, missing: Sequence[str]) -> None:
        """Say what is missing even now; the panel stays open."""
        names = t("leads.list_comma").join(dict.fromkeys(field_label(name) for name in missing))
        self.note.setText(t("leads.gate.still", fields=names))
        self.note.show()

    def set_missing(self, missing: Sequence[str]) -> None:
        """Take note of what was given elsewhere meanwhile: a meeting was held."""
        if self._meeting_line is not None:
            self._meeting_line.setVisible(any(name in MEETING for name in missing))

    def filled(self) -> dict[str, Any]:
        """Return what was filled in, by column; the follow-up as two entries of its own."""
        found: dict[str, Any] = {}
        for column, editor in self._editors.items():
            value = editor.value()
            if column.startswith("follow_up_"):
                if value:
                    found[column] = value
            elif value is not None and value != FIELDS[column].value({}):
                found.update(FIELDS[column].values(value))
        return found

    def _on_go(self) -> None:
        if not self.reason.isHidden() and commit_all(self) and not self._reason_text():
            self.note.setText(t("leads.gate.reason_needed"))
            self.note.show()
            self.reason.setFocus()
            return
        if commit_all(self):
            self.confirmed.emit(self.filled(), self.day.value(), self._reason_text())

    def _on_override(self) -> None:
        """Ask for the reason; it is kept in the history."""
        self.reason.show()
        self.override.hide()
        self.go.setText(t("leads.gate.go_anyway"))
        self.reason.setFocus()

    def _reason_text(self) -> str:
        if self.reason.isHidden():
            return ""
        return (self.reason.value() or "").strip()
