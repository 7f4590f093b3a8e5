"""One case: its flow, its light and progress, and each of its fields edited in place."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.case_rules import MOVES, state_of
from desktop_app.domain.words_after import CaseState, Light, RaisedBy, Supervision
from desktop_app.i18n import t, word
from desktop_app.services import cases
from desktop_app.services.case_rows import CaseDetail, case_detail
from desktop_app.services.titles import record_title
from desktop_app.ui import theme
from desktop_app.ui.cases import case_texts
from desktop_app.ui.cases.case_history import CaseHistory
from desktop_app.ui.cases.flow_bar import FlowBar
from desktop_app.ui.cases.move_ask import MoveAsk
from desktop_app.ui.cases.progress_mark import ProgressMark
from desktop_app.ui.fonts import font
from desktop_app.ui.record_finder import RecordFinder
from desktop_app.ui.store import Store
from desktop_app.ui.sync.conflict_marks import mark_conflicts
from desktop_app.ui.table_with_pane import PaneArea
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.buttons import button, hairline, label, row
from desktop_app.ui.widgets.pill import PillLabel
from desktop_app.ui.widgets.record_form import RecordForm
from desktop_app.ui.widgets.record_line import RecordLine
from desktop_app.ui.widgets.text_fields import ChoiceField, LongTextField, restyle

_DAYS = ("raised_on", "assigned_on", "done_on", "confirmed_on", "closed_on")
_LABELS = {
    "title": "cases.field.title",
    "lead_id": "cases.field.project",
    "support_departments": "cases.field.support",
    "planned_percent": "cases.field.planned",
}
# What a move asks for in place: the column it is kept in.
ASKED = {CaseState.RETURNED: "state_reason", CaseState.CONFIRMED: "confirmed_by"}


class CasePane(PaneArea):
    """Shows one case and saves each field at once."""

    #: A dispatch meeting that dealt with the case was clicked.
    meeting_opened = Signal(str)

    def __init__(self, store: Store, shell: ShellActions, finder: RecordFinder) -> None:
        """Build the parts once; cases are only shown in them."""
        super().__init__()
        self._store, self._shell, self._finder = store, shell, finder
        self.case_id = ""
        self.detail: CaseDetail | None = None
        self.title = LongTextField(t("cases.field.title"), t("cases.untitled"))
        self.title.setFont(QFont(font(theme.HEADING, bold=True)))
        self.flow = FlowBar()
        self.ask = MoveAsk()
        self.said = label("", "small", wrap=True)
        self.send_back = button(
            t("cases.send_back"), partial(self._on_picked, CaseState.RETURNED), "undo-2", "link"
        )
        self.light = PillLabel()
        self.light_why = label("", "small", wrap=True)
        self.progress = ProgressMark()
        self.form = RecordForm(self._save, labels=_LABELS)
        self.form.attach("title", self.title)
        self._add_fields()
        self._dispatched = QVBoxLayout()
        self._dispatched.setSpacing(0)
        self._dispatched_title = label("", "heading")
        self.history = CaseHistory(store, partial(store.read, record_title))
        self._lay_out()
        self.flow.picked.connect(lambda code: self._on_picked(CaseState(code)))
        self.ask.answered.connect(self._on_answered)

    def _add_fields(self) -> None:
        form, finder, shell = self.form, self._finder, self._shell
        form.record("lead_id", partial(finder, "lead"), partial(shell.open_record, "leads"))
        self.category = ChoiceField(form.name_of("category"), [], "—")
        form.bind("category", self.category)
        form.record("owner_id", partial(finder, "member"))
        form.line("lead_department")
        form.line("support_departments")
        form.day("due_on")
        form.words("supervision", "supervision", Supervision, "—")
        form.number("progress_percent")
        form.number("planned_percent", t("cases.planned_hint"))
        form.add_wide(self.progress)
        form.long("details")
        form.long("outcome")
        form.words("raised_by", "raised_by", RaisedBy, "—")
        form.line("raised_by_name")
        form.record("meeting_id", self._meetings, partial(shell.open_record, "meetings"))
        for name in _DAYS:
            form.day(name)
        form.line("confirmed_by")
        form.line("state_reason")
        form.long("notes")

    def _lay_out(self) -> None:
        layout = self.body_layout
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.flow)
        layout.addWidget(self.ask)
        layout.addWidget(self.said)
        self._light_line = line = QWidget()
        inner = row(line)
        inner.addWidget(self.light, 0, Qt.AlignmentFlag.AlignTop)
        inner.addWidget(self.light_why, 1)
        inner.addWidget(self.send_back, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(line)
        layout.addWidget(hairline())
        layout.addWidget(self.form)
        layout.addWidget(self._dispatched_title)
        layout.addLayout(self._dispatched)
        layout.addWidget(self.history)
        layout.addStretch(1)

    def _meetings(self, text: str) -> list[Any]:
        from desktop_app.services.search import search_records
        from desktop_app.ui.widgets.popup_fields import Option

        hits = self._store.read(search_records, text, 12, ("meetings",))
        return [Option(hit.id, hit.title or hit.detail, hit.detail) for hit in hits]

    # --- showing

    def show_case(self, case_id: str) -> None:
        """Show a case."""
        if case_id != self.case_id:
            self.ask.close_ask()
            self.verticalScrollBar().setValue(0)
        self.case_id = case_id
        self.detail = detail = self._store.read(case_detail, case_id)
        fields = detail.fields
        self._offer_categories(detail)
        owner = {"owner_id_name": self._finder.name("member", fields["owner_id"])}
        self.form.show_values(fields | owner)
        self.flow.show_case(fields)
        state = state_of(fields["state"])
        self.send_back.setVisible(CaseState.RETURNED in MOVES[state])
        self._show_light(detail)
        self._say(state, detail)
        self._show_dispatched(detail)
        self.history.show_case(case_id)
        mark_conflicts(self._store, self._shell, case_id, self.editors())

    def editors(self) -> dict[str, Any]:
        """Return the editors by column."""
        return {**self.form.fields, "state": self.flow}

    def _offer_categories(self, detail: CaseDetail) -> None:
        """Offer the team's categories, and the case's own where it was dropped since."""
        codes = list(detail.categories)
        own = detail.fields["category"]
        if own and own not in codes:
            codes.append(own)
        offered = [self.category.itemData(n) for n in range(1, self.category.count())]
        if offered != codes:
            while self.category.count() > 1:
                self.category.removeItem(1)
            for code in codes:
                self.category.addItem(category_label(code, detail.categories), code)

    def _show_light(self, detail: CaseDetail) -> None:
        light = detail.light
        on_plan = light.light == Light.GREEN
        self.light.set_pill(
            "" if on_plan else case_texts.light_pill(light).text, case_texts.light_pill(light).kind
        )
        self.light_why.setText(case_texts.why(light))
        self._light_line.setVisible(not on_plan or not self.send_back.isHidden())
        role = "accent" if on_plan else case_texts.LIGHT_ROLES[light.light]
        self.progress.show_progress(detail.fields["progress_percent"], detail.planned, role)

    def _say(self, state: CaseState, detail: CaseDetail) -> None:
        """Say whether the case counts as solved, or why it was returned."""
        text, role = "", "small"
        if detail.solved:
            text = t("cases.counts", by=detail.fields["confirmed_by"] or t("cases.the_enterprise"))
        elif state == CaseState.DONE:
            text, role = t("cases.waits_for_enterprise"), "warn"
        elif state in (CaseState.CLOSED, CaseState.CONFIRMED):
            text, role = t("cases.closed_unconfirmed"), "warn"
        elif state == CaseState.RETURNED:
            reason = detail.fields["state_reason"]
            text = t("cases.returned_because", reason=reason) if reason else t("cases.returned")
            role = "warn"
        raised, due = detail.fields["raised_on"], detail.fields["due_on"]
        if raised and due and due < raised:
            text, role = "\n".join(filter(None, (text, t("cases.due_before_raised")))), "warn"
        restyle(self.said, "role", role)
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _show_dispatched(self, detail: CaseDetail) -> None:
        while (item := self._dispatched.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._dispatched_title.setVisible(bool(detail.dispatched))
        self._dispatched_title.setText(t("cases.at_dispatch", n=len(detail.dispatched)))
        for one in detail.dispatched:
            text = one.decision or one.title or word("record", "dispatch_meeting")
            line = RecordLine(text, case_texts.day(one.held_on))
            line.pressed.connect(partial(self.meeting_opened.emit, one.item_id))
            self._dispatched.addWidget(line)

    # --- moving

    def _on_picked(self, state: CaseState) -> None:
        """Move the case, or first ask for what the move needs."""
        column = ASKED.get(state)
        if column is None:
            self._move(state, {})
            return
        value = self.detail.fields[column] if self.detail is not None else None
        self.ask.open_ask(
            state.value,
            t(f"cases.ask.{state.value}"),
            t(f"cases.ask_hint.{state.value}"),
            value or "",
        )
        self.ensureWidgetVisible(self.ask, 0, 40)

    def _on_answered(self, state: str, text: str) -> None:
        self._move(CaseState(state), {ASKED[CaseState(state)]: text})

    def _move(self, state: CaseState, fields: dict[str, Any]) -> None:
        name = word("case_state", state.value)
        self._store.write(
            t("cases.do.move", state=name),
            cases.update_case,
            self.case_id,
            state=state.value,
            **fields,
        )
        self._shell.toast(t("cases.moved", state=name), undo=True)

    def _save(self, name: str, fields: dict[str, Any]) -> None:
        self._store.write(t("cases.do.edit", field=name), cases.update_case, self.case_id, **fields)


def category_label(code: str, known: list[str]) -> str:
    """Return the label of a category; one that the team dropped says so."""
    name = word("case_category", code)
    return name if code in known else t("cases.category_dropped", name=name)
