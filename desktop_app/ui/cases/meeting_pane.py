"""One dispatch meeting: its agenda of cases with what was decided of each, and its minutes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont

from desktop_app.db.search_keys import fold
from desktop_app.domain.words import MeetingStatus
from desktop_app.domain.words_after import Light
from desktop_app.i18n import t, word
from desktop_app.services import case_rows, cases, dispatch
from desktop_app.services.case_rows import AgendaItem, CaseRow, DispatchDetail
from desktop_app.ui import theme
from desktop_app.ui.cases import case_texts
from desktop_app.ui.events.many_picker import ManyPicker
from desktop_app.ui.fonts import font
from desktop_app.ui.store import Store
from desktop_app.ui.sync.conflict_marks import mark_conflicts
from desktop_app.ui.table_with_pane import PaneArea
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.buttons import button, hairline, label
from desktop_app.ui.widgets.popup_fields import Option
from desktop_app.ui.widgets.record_cards import CardText, RecordCards
from desktop_app.ui.widgets.record_form import RecordForm, Save
from desktop_app.ui.widgets.text_fields import LongTextField

_RANK = {Light.RED: 0, Light.YELLOW: 1, Light.GREEN: 2}
_MOST = 60
_DECIDED = ("decision", "lead_department", "due_on")


class MeetingPane(PaneArea):
    """Shows one dispatch meeting and saves each field at once."""

    #: The paper of the minutes is wanted.
    paper_asked = Signal()

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Build the parts once; meetings are only shown in them."""
        super().__init__()
        self._store, self._shell = store, shell
        self.meeting_id = ""
        self.detail: DispatchDetail | None = None
        self._open: list[CaseRow] | None = None
        self.title = LongTextField(t("cases.field.title"), t("cases.meeting_untitled"))
        self.title.setFont(QFont(font(theme.HEADING, bold=True)))
        self.form = RecordForm(self._save)
        self.form.attach("title", self.title)
        self.form.day("held_on")
        self.form.words("status", "meeting_status", MeetingStatus, None)
        for name in ("place", "chair"):
            self.form.line(name)
        self.form.long("departments")
        self.agenda_title = label("", "heading")
        self.cards = RecordCards(
            self._make_card_form,
            self._fill_card,
            t("cases.agenda_empty"),
            ordered=True,
            title_width=0,
        )
        self.cards.edited.connect(self._on_decided)
        self.cards.removed.connect(self._on_removed)
        self.cards.moved.connect(self._on_moved)
        self.picker = ManyPicker(t("cases.add_to_agenda"), self._offered, t("cases.search_hint"))
        self.picker.picked.connect(self._on_picked)
        self.rest = RecordForm(self._save)
        self.rest.long("agenda")
        self.rest.long("minutes", lines=3)
        self.rest.long("notes")
        self.paper = button(t("papers.dispatch-minutes"), self.paper_asked.emit, "file-text")
        self._lay_out()

    def _lay_out(self) -> None:
        layout = self.body_layout
        layout.setSpacing(8)
        left = Qt.AlignmentFlag.AlignLeft
        layout.addWidget(self.title)
        layout.addWidget(self.paper, 0, left)
        layout.addWidget(self.form)
        layout.addWidget(hairline())
        for part in (self.agenda_title, self.cards, self.picker, hairline(), self.rest):
            layout.addWidget(part)
        layout.addStretch(1)

    # --- showing

    def show_meeting(self, meeting_id: str) -> None:
        """Show a dispatch meeting."""
        if meeting_id != self.meeting_id:
            self.picker.close_list()
            self.verticalScrollBar().setValue(0)
        self.meeting_id, self._open = meeting_id, None
        self.detail = detail = self._store.read(case_rows.dispatch_detail, meeting_id)
        self.form.show_values(detail.fields)
        self.rest.show_values(detail.fields)
        count = len(detail.items)
        decided = sum(bool(item.fields["decision"]) for item in detail.items)
        text = t("cases.agenda_counted", n=count, decided=decided) if count else t("cases.agenda")
        self.agenda_title.setText(text)
        self.cards.set_records(
            [(_card_text(n, item), _record(item)) for n, item in enumerate(detail.items, 1)]
        )
        mark_conflicts(self._store, self._shell, meeting_id, self.editors())

    def editors(self) -> dict[str, Any]:
        """Return the editors by column."""
        return {**self.form.fields, **self.rest.fields}

    def open_item(self, item_id: str, field: str = "") -> None:
        """Open what was decided of one case, the cursor in a field."""
        card = self.cards.open_card(item_id)
        if card is None:
            return
        # A card just made has its place only once the layout has run.
        QTimer.singleShot(0, card, lambda: self.ensureWidgetVisible(card, 0, 80))
        editor = card.form.field_of(field or "decision") if card.form is not None else None
        if editor is not None:
            editor.setFocus()

    # --- the agenda

    def _make_card_form(self, save: Save) -> RecordForm:
        form = RecordForm(save)
        form.record(
            "case_id", self._no_other, partial(self._shell.open_record, "cases")
        ).setReadOnly(True)
        form.long("decision", lines=2)
        form.line("lead_department")
        form.day("due_on")
        return form

    def _fill_card(self, form: RecordForm, record: Mapping[str, Any]) -> None:
        form.show_values(record)
        mark_conflicts(self._store, self._shell, record["id"], form.fields)

    def _no_other(self, _text: str) -> Sequence[Option]:
        """Offer no other case: a point of the agenda stays about its own."""
        return ()

    def _offered(self, text: str) -> Sequence[Option]:
        """Return the open cases not on the agenda: red lights first, then the nearest deadline."""
        if self._open is None:
            there = {item.fields["case_id"] for item in self.detail.items} if self.detail else set()
            rows = self._store.look(case_rows.case_rows)
            self._open = [r for r in rows if r.open and r.id not in there]
            self._open.sort(key=lambda r: (_RANK[r.light.light], r.due_on or dt.date.max))
        words = fold(text).split()
        found = (r for r in self._open if all(one in r.key for one in words))
        return [_option(r) for r in islice(found, _MOST)]

    def _on_picked(self, ids: list[str]) -> None:
        self._store.write(
            t("cases.do.put_on_agenda", n=len(ids)), cases.put_on_agenda, self.meeting_id, ids
        )
        self._shell.toast(t("cases.put_on_agenda", n=len(ids)), undo=True)

    def _on_decided(self, item_id: str, name: str, fields: dict[str, Any]) -> None:
        self._store.write(
            t("cases.do.decide", field=name), dispatch.record_decision, item_id, **fields
        )

    def _on_removed(self, item_id: str) -> None:
        self._store.write(t("cases.do.take_off"), dispatch.remove_item, item_id)
        self._shell.toast(t("cases.taken_off"), undo=True)

    def _on_moved(self, item_id: str, step: int) -> None:
        self._store.write(t("cases.do.reorder"), dispatch.move_item, item_id, step)

    # --- saving

    def _save(self, name: str, fields: dict[str, Any]) -> None:
        self._store.write(
            t("cases.do.edit_meeting", field=name),
            dispatch.update_dispatch_meeting,
            self.meeting_id,
            **fields,
        )


def _option(r: CaseRow) -> Option:
    parts = (r.company or r.lead, case_texts.day(r.due_on), case_texts.light_word(r.light))
    return Option(r.id, r.title or t("cases.untitled"), " · ".join(filter(None, parts)))


def _card_text(number: int, item: AgendaItem) -> CardText:
    """Return what the line of a case on the agenda says."""
    fields = item.fields
    name = fields["title"] or t("cases.untitled")
    project = fields["company"] or fields["lead"] or ""
    said = fields["decision"] or ""
    detail = " · ".join(filter(None, (name, project, said)))
    light = "" if item.light.light == Light.GREEN else word("light", item.light.light.value)
    return CardText(fields["id"], str(number), detail, light)


def _record(item: AgendaItem) -> Mapping[str, Any]:
    found = {name: item.fields[name] for name in ("id", "case_id", *_DECIDED)}
    return found | {"case_id_name": item.fields["title"] or t("cases.untitled")}
