"""What happened with a lead and what is to come, newest first; follow-ups are ticked off here."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.formats import local
from desktop_app.i18n import t, word
from desktop_app.services.lead_reading import TimelineItem
from desktop_app.ui import theme
from desktop_app.ui.leads import lead_texts
from desktop_app.ui.leads.parts import bold, clear
from desktop_app.ui.widgets.buttons import button, icon_button, label
from desktop_app.ui.widgets.pill import Pill, PillLabel
from desktop_app.ui.widgets.text_fields import TextField

if TYPE_CHECKING:
    from desktop_app.ui.leads.meeting_editor import MeetingEditor

#: More than this is shown only when asked for.
FIRST = 30


class TimelineEntry(QFrame):
    """One moment: a dot on the line, or a circle to tick for an open follow-up."""

    opened = Signal()
    ticked = Signal()

    def __init__(self, item: TimelineItem, today: dt.date, last: bool) -> None:
        """Word one item."""
        super().__init__()
        self._last = last
        self._open = item.kind == "follow_up" and _is_ahead(item)
        self._dot = "accent" if item.kind in ("meeting", "stage") or self._open else "muted"
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 3, 0, 9)
        layout.setSpacing(1)
        head = QHBoxLayout()
        head.setSpacing(8)
        words = word("stage", item.title) if item.kind == "stage" else item.title
        title = bold(words or t(f"leads.timeline.{item.kind}"), wrap=True)
        head.addWidget(title, 1)
        pill = _pill(item, today)
        if pill is not None:
            head.addWidget(PillLabel(*pill), 0, Qt.AlignmentFlag.AlignTop)
        else:
            when = label(_when(item, today), "small")
            head.addWidget(when, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        if item.text:
            layout.addWidget(label(_short(item.text), wrap=True))
        foot = " · ".join(filter(None, (t(f"leads.timeline.{item.kind}"), item.by)))
        if foot:
            layout.addWidget(label(foot, "small", wrap=True))
        self.setAccessibleName(" ".join(filter(None, (item.title, item.text))))
        if self._open:
            self.tick = icon_button("circle", t("leads.complete"), self.ticked.emit)
            self.tick.setParent(self)
            self.tick.setFixedSize(22, 22)
            self.tick.setStyleSheet("min-width: 0; min-height: 0;")
            self.tick.move(-3, 2)
        if item.kind in ("meeting", "follow_up") and item.record_id:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._last:
            painter.setPen(QPen(theme.color("line"), 2))
            painter.drawLine(8, 24, 8, self.height())
        if not self._open:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(self._dot))
            painter.drawEllipse(QRectF(4, 9, 8, 8))
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.opened.emit()


class TimelineTab(QWidget):
    """All entries of a lead."""

    #: (kind of record, id)
    opened = Signal(str, str)
    #: (follow-up id, outcome)
    completed = Signal(str, str)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._items: Sequence[TimelineItem] = ()
        self._today = dt.date.today()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 4, 0, 0)
        self._layout.setSpacing(0)
        self.entries: list[TimelineEntry] = []
        #: Makes what edits a meeting where it stands; None for one that is edited elsewhere.
        self.editor_of: Callable[[str], MeetingEditor | None] = lambda _id: None
        self._editor: MeetingEditor | None = None

    def set_items(self, items: Sequence[TimelineItem], today: dt.date) -> None:
        """Show a lead's timeline, newest first."""
        # What is still to be done stands first, earliest due on top; then what happened.
        ahead = [item for item in items if _is_ahead(item)]
        ahead.sort(key=lambda item: (item.due_on or item.at.date(), item.at))
        self._items = ahead + [item for item in items if not _is_ahead(item)]
        self._today = today
        self._show(max(FIRST, self._place_of_editor() + 1))

    def _show(self, count: int) -> None:
        # What is being typed into the editor of a meeting stays.
        editor, place = self._editor, self._place_of_editor()
        if editor is not None:
            self._layout.removeWidget(editor)
        clear(self._layout)
        self.entries = []
        if editor is not None and place < 0:
            self._close_editor()
        if not self._items:
            self._layout.addWidget(label(t("leads.timeline.empty"), "muted", wrap=True))
            return
        shown = self._items[:count]
        for number, item in enumerate(shown):
            entry = TimelineEntry(item, self._today, number == len(shown) - 1)
            entry.opened.connect(lambda i=item: self._on_opened(i))
            entry.ticked.connect(lambda i=item, e=entry: self._ask_outcome(i, e))
            self._layout.addWidget(entry)
            self.entries.append(entry)
            if editor is not None and number == place:
                self._layout.addWidget(editor)
                editor.reload()
        rest = len(self._items) - len(shown)
        if rest:
            more = button(
                t("leads.show_more", count=rest),
                lambda: self._show(len(self._items)),
                variant="link",
            )
            self._layout.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _place_of_editor(self) -> int:
        """Return where the meeting that is being edited stands, -1 without one."""
        wanted = self._editor.meeting_id if self._editor is not None else None
        return next((n for n, item in enumerate(self._items) if item.record_id == wanted), -1)

    def open_meeting(self, meeting_id: str) -> "MeetingEditor | None":
        """Edit a meeting where it stands; None where it is not here, or edited elsewhere."""
        self._close_editor()
        self._editor = self.editor_of(meeting_id)
        if self._editor is not None:
            self._show(max(len(self.entries), self._place_of_editor() + 1))
        return self._editor

    def _close_editor(self) -> None:
        if self._editor is not None:
            self._editor.hide()
            self._editor.deleteLater()
            self._editor = None

    def _on_opened(self, item: TimelineItem) -> None:
        if item.kind == "meeting":
            if self._editor is not None and self._editor.meeting_id == item.record_id:
                self._close_editor()
                return
            if self.open_meeting(item.record_id) is not None:
                return
        kinds = {"meeting": "meetings", "follow_up": "follow-ups"}
        if item.kind in kinds and item.record_id:
            self.opened.emit(kinds[item.kind], item.record_id)

    def _ask_outcome(self, item: TimelineItem, entry: TimelineEntry) -> None:
        """Ask in one line how it went; Enter completes."""
        entry.tick.setEnabled(False)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(24, 0, 0, 8)
        row.setSpacing(6)
        field = TextField(t("leads.outcome"), t("leads.outcome_hint"), inplace=False)
        field.setObjectName("outcome")
        row.addWidget(field, 1)

        def done() -> None:
            self.completed.emit(item.record_id or "", field.text().strip())

        field.returnPressed.connect(done)
        row.addWidget(button(t("leads.complete"), done, variant="primary"))
        self._layout.insertWidget(self._layout.indexOf(entry) + 1, line)
        field.setFocus()


def _is_ahead(item: TimelineItem) -> bool:
    """Say whether an item is still to be done or to take place."""
    if item.kind == "follow_up":
        return item.status in ("open", "waiting")
    return item.kind == "meeting" and item.status == "planned"


def _short(text: str) -> str:
    return text if len(text) <= 400 else text[:399] + "…"


def _when(item: TimelineItem, today: dt.date) -> str:
    """Return the day, and for a meeting the time on the clock of its venue."""
    at = local(item.at, item.zone) if item.kind == "meeting" else item.at
    text = lead_texts.short_day(at.date(), today)
    if item.kind != "meeting":
        return text
    key = "leads.local_time" if item.zone and item.zone != "Asia/Shanghai" else "leads.time"
    return t(key, day=text, time=f"{at:%H:%M}")


def _pill(item: TimelineItem, today: dt.date) -> Pill | None:
    """Return what stands out: when a follow-up is due, that a meeting is planned or cancelled."""
    if item.kind == "follow_up" and item.status in ("open", "waiting"):
        if item.due_on is None:
            return None
        if item.due_on < today:
            return Pill(t("leads.overdue_days", days=(today - item.due_on).days), "bad")
        kind = "warn" if (item.due_on - today).days <= lead_texts.SOON_DAYS else "neutral"
        return Pill(t("leads.due", day=lead_texts.short_day(item.due_on, today)), kind)
    if item.kind == "meeting" and item.status == "planned":
        return Pill(t("leads.planned", day=_when(item, today)), "accent")
    if item.kind == "meeting" and item.status == "cancelled":
        return Pill(t("leads.cancelled"), "neutral")
    return None
