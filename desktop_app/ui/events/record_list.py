"""A short list of records in a pane, each opening its own; long ones are shown in part."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.i18n import t, word
from desktop_app.services.event_rows import LeadLine
from desktop_app.ui.widgets.buttons import button, column, label
from desktop_app.ui.widgets.pill import Pill, stage_kind
from desktop_app.ui.widgets.record_line import RecordLine

_STEP = 100


class Entry(NamedTuple):
    """One line: which record it opens and what it says."""

    kind: str
    id: str
    text: str
    note: str = ""
    pill: Pill | None = None


def clear(layout: QVBoxLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class RecordList(QWidget):
    """Lines under a heading; those beyond the first are shown when asked for."""

    def __init__(self, opened: Callable[[str, str], object], empty: str, first: int = 8) -> None:
        """Open records by ``opened(kind, id)``; ``empty`` is said when there are none."""
        super().__init__()
        self._opened, self._empty, self._first = opened, empty, first
        self._entries: list[Entry] = []
        self.lines: list[RecordLine] = []
        layout = column(self, 0, 2)
        self.heading = label("", "heading", wrap=True)
        layout.addWidget(self.heading)
        self._body = QVBoxLayout()
        self._body.setSpacing(0)
        layout.addLayout(self._body)

    def set_entries(self, heading: str, entries: Sequence[Entry]) -> None:
        """Show other records; the same ones stay as far as they were opened up."""
        shown = max(len(self.lines), self._first) if list(entries) == self._entries else self._first
        self.heading.setText(heading)
        self.heading.setVisible(bool(heading))
        self._entries = list(entries)
        self._show(shown)

    def _show(self, count: int) -> None:
        clear(self._body)
        self.lines = []
        if not self._entries:
            self._body.addWidget(label(self._empty, "muted", wrap=True))
            return
        for one in self._entries[:count]:
            line = RecordLine(one.text, one.note, one.pill)
            line.pressed.connect(lambda e=one: self._opened(e.kind, e.id))
            self._body.addWidget(line)
            self.lines.append(line)
        rest = len(self._entries) - count
        if rest > 0:
            more = button(
                t("events.show_more", n=rest), lambda: self._show(count + _STEP), variant="link"
            )
            self._body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)


def lead_entries(leads: Sequence[LeadLine]) -> list[Entry]:
    """Return leads as lines: the company, what it plans, the stage."""
    return [
        Entry(
            "leads",
            one.id,
            one.company or one.title or t("words.record.lead"),
            one.title if one.company else "",
            Pill(word("stage", one.stage), stage_kind(one.stage)) if one.stage else None,
        )
        for one in leads
    ]
