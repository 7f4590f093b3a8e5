"""The pane of an approval or a case among the follow-ups: what it is, and the way to it."""

import datetime as dt

from PySide6.QtCore import Qt, Signal

from desktop_app.i18n import t, word
from desktop_app.services.follow_ups import FollowUpRow
from desktop_app.ui.follow_ups.follow_up_list import KIND_ICONS, due_pill
from desktop_app.ui.table_with_pane import PaneArea
from desktop_app.ui.widgets.buttons import button, label
from desktop_app.ui.widgets.empty_state import IconLabel
from desktop_app.ui.widgets.pill import PillLabel

_RECORDS = {"approvals": "approval", "cases": "case"}


class DuePane(PaneArea):
    """Says what is due, and opens its record; it is edited there and nowhere else."""

    #: The kind and id of the record to open.
    opened = Signal(str, str)
    #: An approval was done today.
    done = Signal(str)

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._row: FollowUpRow | None = None
        self._icon = IconLabel("stamp", 20)
        self._title = label("", "title", wrap=True)
        self._about = label("", "muted", wrap=True)
        self._due = PillLabel()
        self.open = button("", self._on_open, "external-link", "primary")
        self.finish = button(t("follow_ups.approval_done"), self._on_done, "check")
        layout = self.body_layout
        left = Qt.AlignmentFlag.AlignLeft
        layout.addWidget(self._icon, 0, left)
        layout.addWidget(self._title)
        layout.addWidget(self._about)
        for widget in (self._due, self.open, self.finish):
            layout.addWidget(widget, 0, left)
        layout.addWidget(label(t("follow_ups.record_hint"), "small", wrap=True))
        layout.addStretch(1)

    def show_row(self, row: FollowUpRow, today: dt.date) -> None:
        """Show an approval or a case."""
        self._row = row
        record = word("record", _RECORDS[row.kind])
        self._icon.set_icon(KIND_ICONS[row.kind], "accent")
        self._title.setText(row.title)
        self._about.setText(" · ".join(filter(None, (record, row.company, row.owner))))
        pill = due_pill(row, today)
        self._due.set_pill(pill.text, pill.kind)
        self.open.setText(t("follow_ups.open_record", record=record))
        self.open.setAccessibleName(t("follow_ups.open_record", record=record))
        self.finish.setVisible(row.kind == "approvals")

    def _on_open(self) -> None:
        if self._row is not None:
            self.opened.emit(self._row.kind, self._row.id)

    def _on_done(self) -> None:
        if self._row is not None:
            self.done.emit(self._row.id)
