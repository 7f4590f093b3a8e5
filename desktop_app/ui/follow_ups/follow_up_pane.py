"""The pane of one follow-up: complete it with the next step, put it off, edit it in place."""

import datetime as dt
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.domain.words import FollowUpStatus, Side
from desktop_app.i18n import t, word
from desktop_app.services import follow_ups
from desktop_app.services.follow_ups import FollowUpRow
from desktop_app.ui import theme
from desktop_app.ui.follow_ups.follow_up_list import due_pill
from desktop_app.ui.fonts import font
from desktop_app.ui.record_finder import RecordFinder
from desktop_app.ui.store import Store
from desktop_app.ui.sync.conflict_marks import mark_conflicts
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.buttons import button, column, hairline, label, panel, row
from desktop_app.ui.widgets.field_grid import FieldGrid, commit_all
from desktop_app.ui.widgets.pill import PillLabel
from desktop_app.ui.widgets.popup_fields import DateField, RecordField
from desktop_app.ui.widgets.text_fields import ChoiceField, LongTextField, TextField

_MARGIN = 16


class FollowUpPane(QScrollArea):
    """Shows and edits one follow-up; every edit is saved at once."""

    #: Emitted with the follow-up's new outcome, next title and next day when it is completed.
    completed = Signal(str, str, object)
    followed = Signal(str, str)

    def __init__(self, store: Store, finder: RecordFinder, shell: ShellActions) -> None:
        """Show nothing yet."""
        super().__init__()
        self._store, self._finder, self._shell = store, finder, shell
        self._row: FollowUpRow | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = panel("pane")
        layout = column(body, _MARGIN, 12)
        self._body = body
        self.setWidget(body)
        self._add_head(layout)
        self._add_completion(layout)
        layout.addWidget(hairline())
        self._add_fields(layout)
        layout.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_company()

    def _fit_company(self) -> None:
        """Show as much of the company's name as the pane has room for."""
        room = max(self.viewport().width() - 2 * _MARGIN - 12, 120)
        metrics = self._company.fontMetrics()
        shown = metrics.elidedText(self._about, Qt.TextElideMode.ElideRight, room)
        self._company.setText(shown)
        self._company.setAccessibleName(self._about)
        self._company.setToolTip(self._about if shown != self._about else "")

    def _add_head(self, layout: QVBoxLayout) -> None:
        self._title = LongTextField(t("words.field.title"), lines=1)
        self._title.setFont(font(theme.HEADING, True))
        self._title.edited.connect(partial(self._save, "title"))
        head = QWidget()
        line = row(head)
        self._due_pill, self._side_pill = PillLabel(), PillLabel()
        line.addWidget(self._due_pill)
        line.addWidget(self._side_pill)
        line.addStretch(1)
        self._about = ""
        self._company = button("", self._follow, variant="link")
        layout.addWidget(self._title)
        layout.addWidget(head)
        layout.addWidget(self._company, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_completion(self, layout: QVBoxLayout) -> None:
        card = panel("card")
        inner = column(card, 12, 8)
        inner.addWidget(label(t("follow_ups.complete_heading"), "heading"))
        self._outcome = LongTextField(
            t("words.field.outcome"), t("follow_ups.outcome_hint"), lines=2, inplace=False
        )
        self._next_title = TextField(
            t("follow_ups.next_step"), t("follow_ups.next_hint"), inplace=False
        )
        self._next_due = DateField(
            t("follow_ups.next_due"), t("follow_ups.next_due"), inplace=False
        )
        inner.addWidget(self._outcome)
        inner.addWidget(self._next_title)
        inner.addWidget(self._next_due)
        buttons = QWidget()
        line = row(buttons)
        self._done = button(t("follow_ups.complete"), self.complete, "check", "primary")
        line.addWidget(self._done)
        for days, key in ((1, "snooze_day"), (7, "snooze_week")):
            line.addWidget(button(t(f"follow_ups.{key}"), partial(self.snooze, days)))
        line.addStretch(1)
        inner.addWidget(buttons)
        self._card = card
        layout.addWidget(card)
        self._reopen = button(t("follow_ups.reopen"), self.reopen, "undo-2")
        layout.addWidget(self._reopen, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_fields(self, layout: QVBoxLayout) -> None:
        grid = FieldGrid()
        self._fields: dict[str, Any] = {
            "due_on": DateField(t("words.field.due_on")),
            "owner_id": RecordField(
                t("words.field.owner"), lambda text: self._finder("member", text)
            ),
            "side": ChoiceField.of_words(
                t("words.field.side"), "side", Side, t("follow_ups.no_promise")
            ),
            "status": ChoiceField.of_words(
                t("words.field.status"), "follow_up_status", FollowUpStatus
            ),
            "notes": LongTextField(t("words.field.notes"), lines=2),
        }
        for name, field in self._fields.items():
            grid.add(t(f"words.field.{name}"), field)
            field.edited.connect(partial(self._save, name))
        layout.addWidget(grid)

    def show_row(self, shown: FollowUpRow | None, today: dt.date) -> None:
        """Show a follow-up; what is being typed into another is saved first."""
        changed = self._row is None or shown is None or self._row.id != shown.id
        if changed and self._row is not None:
            commit_all(self)
        self._row = shown
        self._body.setVisible(shown is not None)
        if shown is None:
            return
        self._title.set_value(shown.title)
        pill = due_pill(shown, today)
        self._due_pill.set_pill(pill.text, pill.kind)
        self._side_pill.set_pill(word("side", shown.side), "accent")
        more = shown.company_zh if shown.company_zh != shown.company else ""
        company = f"{shown.company} {more}".strip()
        self._about = company or shown.lead_title
        self._fit_company()
        self._company.setVisible(bool(self._about))
        done = shown.group == "done"
        self._card.setVisible(not done)
        self._reopen.setVisible(done)
        if changed:
            self._outcome.set_value(shown.outcome)
            self._next_title.set_value("")
            self._next_due.set_value(None)
        for name in ("due_on", "side", "status", "notes"):
            self._fields[name].set_value(getattr(shown, name))
        self._fields["owner_id"].set_record(shown.owner_id, shown.owner)
        fields = {**self._fields, "title": self._title, "outcome": self._outcome}
        mark_conflicts(self._store, self._shell, shown.id, fields)

    def _save(self, name: str, value: Any) -> None:
        if self._row is not None:
            label_text = t("follow_ups.do.edit", field=t(f"words.field.{name}"))
            self._store.write(
                label_text, follow_ups.update_follow_up, self._row.id, **{name: value}
            )

    def complete(self) -> None:
        """Complete the follow-up with what the form says."""
        outcome = self._outcome.toPlainText().strip()
        self._next_title.commit()
        self._next_due.commit()
        title = str(self._next_title.value() or "")
        self.completed.emit(outcome, title, self._next_due.value())

    def snooze(self, days: int) -> None:
        """Put the follow-up off by days from today."""
        if self._row is not None:
            until = dt.date.today() + dt.timedelta(days=days)
            self._store.write(t("follow_ups.do.snooze"), follow_ups.snooze, self._row.id, until)

    def reopen(self) -> None:
        """Make a done follow-up open again."""
        if self._row is not None:
            self._store.write(t("follow_ups.do.reopen"), follow_ups.reopen, self._row.id)

    def focus_outcome(self) -> None:
        """Put the cursor where the outcome is written."""
        self._outcome.setFocus()

    def focus_title(self) -> None:
        """Select the title, to be written over."""
        self._title.setFocus()
        self._title.selectAll()

    def _follow(self) -> None:
        if self._row is not None and self._row.lead_id:
            self.followed.emit("leads", self._row.lead_id)
        elif self._row is not None and self._row.company_id:
            self.followed.emit("companies", self._row.company_id)
