"""The record at the right: who, how far, what is missing, what happened; edited in place."""

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.words import STAGES, Source, Status
from desktop_app.i18n import language, t, word
from desktop_app.services import lead_reading, leads
from desktop_app.services.lead_reading import LeadDetail
from desktop_app.ui.leads import lead_texts, pane_verbs
from desktop_app.ui.leads.contacts_tab import ContactsTab
from desktop_app.ui.leads.details_tab import DetailsTab
from desktop_app.ui.leads.edit import Edit
from desktop_app.ui.leads.files_tab import FilesTab
from desktop_app.ui.leads.gate_panel import GatePanel
from desktop_app.ui.leads.history_tab import HistoryTab
from desktop_app.ui.leads.lead_fields import FIELDS, field_label, make_editor
from desktop_app.ui.leads.name_line import NameLine
from desktop_app.ui.leads.parts import label_width
from desktop_app.ui.leads.quick_forms import FollowUpForm, MeetingForm
from desktop_app.ui.leads.stage_bar import StageBar
from desktop_app.ui.leads.timeline_tab import TimelineTab
from desktop_app.ui.papers import catalogue
from desktop_app.ui.sync.conflict_marks import mark_conflicts
from desktop_app.ui.widgets.buttons import button, hairline, icon_button, label, panel
from desktop_app.ui.widgets.field_grid import FieldGrid

if TYPE_CHECKING:
    from desktop_app.ui.leads.after_tab import AfterTab

TABS = ("timeline", "details", "after", "contacts", "files", "history")
_FACTS = (
    "status_reason",
    "lost_to",
    "amount_minor",
    "previous_amount_minor",
    "chain",
    "owner_id",
    "competitors",
    "blocker",
    "notes",
)


class LeadPane(QFrame):
    """One lead. It reads what the open tab shows, and no more."""

    closed = Signal()
    delete_asked = Signal(str)
    paper_asked = Signal(str)

    def __init__(self, edit: Edit) -> None:
        """Make all editors once."""
        super().__init__()
        self.edit = edit
        self.lead_id = self._after_shown = ""
        self.detail: LeadDetail | None = None
        self.gate: GatePanel | None = None
        self.form: QWidget | None = None
        self.setProperty("role", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(340)
        self.setAcceptDrops(True)
        self.setAccessibleName(t("leads.pane"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._make_head())
        inner = QWidget()
        self._body = QVBoxLayout(inner)
        self._body.setContentsMargins(18, 4, 14, 16)
        self._body.setSpacing(4)
        # It scrolls with the record: on a small screen it is higher than what is left.
        self.gate_place = QVBoxLayout()
        self.gate_place.setContentsMargins(0, 2, 4, 6)
        self._body.addLayout(self.gate_place)
        self._body.addWidget(self._make_facts())
        self._make_tabs()
        self._body.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inner)
        self.body_scroll = scroll
        outer.addWidget(scroll, 1)
        outer.addWidget(hairline())
        outer.addWidget(self._make_foot())

    # --- making

    def _make_head(self) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(18, 14, 14, 6)
        column.setSpacing(2)
        self.menu_button = icon_button("ellipsis", t("leads.more"), self._open_menu)
        close = icon_button("x", t("leads.close_pane"), self.closed.emit)
        self.names = NameLine(self.menu_button, close)
        column.addWidget(self.names)
        self.bar = StageBar()
        self.bar.picked.connect(self.move_on)
        column.addWidget(self.bar)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.needs = label("", "small", wrap=True)
        self.next_button = button(t("leads.move_on"), self._on_next, variant="link")
        foot.addWidget(self.needs, 1)
        foot.addWidget(self.next_button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(foot)
        return head

    def _make_facts(self) -> QWidget:
        self.facts = FieldGrid(label_width())
        self.editors: dict[str, Any] = {}
        self.place = label("", wrap=True, selectable=True)
        self.place.setContentsMargins(9, 5, 0, 5)
        self.facts.add(t("leads.place"), self.place)
        for column in _FACTS:
            field = FIELDS[column]
            editor: Any = make_editor(field, self.edit.find)
            editor.edited.connect(lambda value, c=column: self._on_edited(c, value))
            self.facts.add(field.label, editor)
            self.editors[column] = editor
            if column == "chain":
                self.source = label("", wrap=True, selectable=True)
                self.source.setContentsMargins(9, 5, 0, 5)
                self.facts.add(t("leads.source"), self.source)
            if column == "competitors":
                self.facts.add(t("leads.scores"), self._make_scores())
        return self.facts

    def _make_scores(self) -> QWidget:
        """The two scores, which lead to their parts, and why readiness is what it is."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(4)
        self.scores = button("", lambda: self.show_tab("details"), variant="link")
        self.scores.setToolTip(t("leads.scores_tip"))
        self.why = label("", "muted", wrap=True)
        self.why.setContentsMargins(0, 5, 0, 5)
        row.addWidget(self.scores, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.why, 1)
        return line

    def _make_tabs(self) -> None:
        self.tab_bar = QTabBar()
        self.tab_bar.setExpanding(False)
        self.tab_bar.setProperty("dense", language() == "en")
        self.tab_bar.setAccessibleName(t("leads.tabs"))
        for name in TABS:
            self.tab_bar.addTab(t(f"leads.tab.{name}"))
        self._body.addSpacing(6)
        self._body.addWidget(self.tab_bar)
        self._body.addWidget(hairline())
        self.timeline, self.contacts = TimelineTab(), ContactsTab()
        self.files = FilesTab()
        name_of = self.edit.find.name
        self._details_place, self._after_place = QWidget(), QWidget()
        self.history = HistoryTab(name_of)
        self.pages: list[QWidget] = [
            self.timeline,
            self._details_place,
            self._after_place,
            self.contacts,
            self.files,
            self.history,
        ]
        for number, page in enumerate(self.pages):
            page.setVisible(number == 0)
            self._body.addWidget(page)
        self.tab_bar.currentChanged.connect(self._on_tab)
        self.timeline.opened.connect(self.edit.shell.open_record)
        self.timeline.editor_of = lambda i: pane_verbs.meeting_editor(self, i)
        self.timeline.completed.connect(lambda i, text: pane_verbs.complete(self, i, text))
        self.contacts.opened.connect(lambda i: self.edit.shell.open_record("contacts", i))
        self.contacts.added.connect(lambda values: pane_verbs.add_contact(self, values))
        self.files.attach_wanted.connect(lambda: pane_verbs.choose_and_attach(self))
        self.files.opened.connect(lambda i: pane_verbs.open_file(self, i))
        self.files.removed.connect(lambda i: pane_verbs.remove_file(self, i))

    @cached_property
    def details(self) -> DetailsTab:
        """The many fields of the second tab, made when it is first opened."""
        tab = DetailsTab(self.edit.find, self.edit.find.name)
        tab.edited.connect(self._on_edited)
        self._put_page(self._details_place, tab)
        return tab

    @cached_property
    def after(self) -> "AfterTab":
        """What comes after signing, made when it is first opened."""
        from desktop_app.ui.leads import after_verbs
        from desktop_app.ui.leads.after_tab import AfterTab

        tab = AfterTab()
        after_verbs.connect(self, tab)
        self._put_page(self._after_place, tab)
        return tab

    def _put_page(self, place: QWidget, page: QWidget) -> None:
        """Put a page made late where its place was kept."""
        self.pages[self.pages.index(place)] = page
        self._body.replaceWidget(place, page)
        place.hide()
        page.hide()

    def _make_foot(self) -> QWidget:
        foot = panel("surface")
        column = QVBoxLayout(foot)
        column.setContentsMargins(18, 10, 14, 10)
        column.setSpacing(8)
        self.form_place = QVBoxLayout()
        column.addLayout(self.form_place)
        self.foot_buttons = QWidget()
        line = QHBoxLayout(self.foot_buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.add_follow_up = button(t("leads.add_follow_up"), self.open_follow_up, "plus")
        self.add_meeting = button(t("leads.add_meeting"), self.open_meeting, "calendar-plus")
        line.addWidget(self.add_follow_up)
        line.addWidget(self.add_meeting)
        line.addStretch(1)
        for name in catalogue.offered("leads"):
            paper = icon_button(
                "file-text",
                catalogue.title_of(name),
                lambda n=name: self.paper_asked.emit(n),  # type: ignore[misc]
                "secondary",
            )
            line.addWidget(paper)
        column.addWidget(self.foot_buttons)
        return foot

    # --- showing

    def show_lead(self, lead_id: str) -> None:
        """Show a lead; what is being typed in the one before is saved first."""
        if lead_id != self.lead_id:
            self.commit_typed()
            self._close_gate()
            self.close_form()
            self.body_scroll.verticalScrollBar().setValue(0)
        self.lead_id = lead_id
        self.reload()

    def commit_typed(self) -> None:
        """Save what is being typed; only the field with the cursor can hold such a thing."""
        field = QApplication.focusWidget()
        commit = getattr(field, "commit", None)
        if field is not None and self.isAncestorOf(field) and callable(commit):
            commit()

    def reload(self) -> None:
        """Read the lead again."""
        if not self.lead_id:
            return
        detail: LeadDetail = self.edit.store.read(lead_reading.lead_detail, self.lead_id)
        self.detail = detail
        row, columns = detail.row, detail.fields
        self.names.set_names(*lead_texts.names(row))
        self._show_state()
        dates = {s: lead_texts.day(on) for s, on in pane_verbs.stage_days(detail).items()}
        gone = row.status in ("lost", "ended", "handed_over")
        self.bar.set_stage(row.stage or "lead", dates, gone)
        self._show_needs()
        for column, editor in self.editors.items():
            field = FIELDS[column]
            if field.kind == "member":
                name = self.edit.find.name("member", columns.get(column))
                editor.set_record(columns.get(column), name)
            else:
                editor.set_value(field.value(columns))
        self.source.setText(" · ".join(filter(None, (word("source", row.source), self.first()))))
        given_up = row.status != "active"
        self.facts.set_shown(self.editors["status_reason"], given_up)
        increase = row.source == Source.EXPANSION or columns["previous_amount_minor"] is not None
        self.facts.set_shown(self.editors["previous_amount_minor"], increase)
        self.facts.set_shown(self.editors["lost_to"], row.status == "lost")
        where = (word("country", row.country), row.city)
        self.place.setText(" · ".join(filter(None, where)) or "—")
        value = "—" if row.value is None else str(row.value)
        self.scores.setText(f"{value} / {row.readiness or '—'}")
        self.why.setText(t("leads.list_comma").join(pane_verbs.readiness_why(detail)))
        counts = {"contacts": len(detail.contacts), "files": len(detail.files)}
        for number, name in enumerate(TABS):
            count = counts.get(name)
            text = t(f"leads.tab.{name}")
            self.tab_bar.setTabText(number, f"{text} {count}" if count else text)
        mark_conflicts(self.edit.store, self.edit.shell, self.lead_id, self.editors)
        self._fill_tab()
        if self.gate is not None:
            missing = self.edit.store.read(leads.missing_for, self.lead_id, self.gate.stage)
            self.gate.set_missing(missing)

    def first(self) -> str:
        """Return who reported the lead first, and when."""
        assert self.detail is not None
        columns = self.detail.fields
        who = self.detail.first_reporter
        on = lead_texts.day(columns.get("first_reported_on"))
        if not who and not on:
            return ""
        return t("leads.first_by", name=who, date=on).replace("  ", " ").strip()

    def _show_state(self) -> None:
        """Say beside the name what is unusual about the lead."""
        assert self.detail is not None
        row = self.detail.row
        if row.status not in (None, "", "active"):
            kind = "bad" if row.status == "lost" else "neutral"
            self.names.set_state(word("status", row.status), kind)
        elif row.stale:
            self.names.set_state(t("leads.stale"), "warn")
        else:
            self.names.set_state("")

    def _show_needs(self) -> None:
        """Word what the next stage still needs."""
        assert self.detail is not None
        stage = self.detail.row.stage or "lead"
        following = self.detail.next_stage
        self.next_button.setVisible(bool(following))
        if not following:
            self.needs.setText(word("stage", stage))
            return
        missing = self.detail.missing
        names = t("leads.list_comma").join(dict.fromkeys(field_label(m) for m in missing))
        key = "leads.needs" if missing else "leads.needs_nothing"
        values = {"stage": word("stage", stage), "next": word("stage", following)}
        self.needs.setText(t(key, fields=names, **values))
        self.next_button.setText(t("leads.move_on"))

    def focus_field(self, column: str) -> None:
        """Put the cursor into a field, as a paper that lacks it asks for."""
        if column == "next_on":
            # The next step is a follow-up that is still to be made.
            self.open_follow_up()
            return
        editor = self.editors.get(column)
        if editor is None:
            editor = self.details.editors.get(column)
            if editor is not None:
                self.show_tab("details")
        if editor is None:
            # No field of its own: people, or what a meeting or follow-up would bring.
            self.show_tab(column if column in TABS else "timeline")
            editor = self.tab_bar
        editor.setFocus()
        self.body_scroll.ensureWidgetVisible(editor, 0, 80)

    def show_tab(self, name: str) -> None:
        """Show a tab by its name."""
        self.tab_bar.setCurrentIndex(TABS.index(name))

    def _on_tab(self, index: int) -> None:
        self._fill_tab()
        for number, page in enumerate(self.pages):
            page.setVisible(number == index)

    def _fill_tab(self) -> None:
        """Fill the open tab; the others wait until they are opened."""
        detail = self.detail
        if detail is None:
            return
        today = dt.date.today()
        match TABS[self.tab_bar.currentIndex()]:
            case "timeline":
                items = [item for item in detail.timeline if item.kind != "change"]
                self.timeline.set_items(items, today)
            case "details":
                total = pane_verbs.value_words(detail)
                why = pane_verbs.readiness_why(detail)
                self.details.show_lead(detail.fields, self.first(), total, why)
                editors = self.details.editors
                mark_conflicts(self.edit.store, self.edit.shell, self.lead_id, editors)
            case "after":
                from desktop_app.services.project_after import project_after

                after = self.edit.store.read(project_after, self.lead_id)
                self.after.show_after(after, today, self._after_shown != self.lead_id)
                self._after_shown = self.lead_id
            case "contacts":
                self.contacts.set_contacts(detail.contacts)
            case "files":
                self.files.set_files(detail.files)
            case _:
                from desktop_app.db.log import history

                entries = self.edit.store.read(history, "lead", self.lead_id)
                self.history.set_history(entries, detail.row.currency)

    # --- doing

    def _on_edited(self, column: str, value: Any) -> None:
        if not self.lead_id:
            return
        if column in FIELDS:
            done = self.edit.field(self.lead_id, column, value)
        else:
            label_text = t("leads.do.edit", field=field_label(column))
            fields = {column: value}
            result = self.edit.write(label_text, leads.update_lead, self.lead_id, **fields)
            done = result is not False
        if not done:
            self.reload()

    def _on_next(self) -> None:
        if self.detail is not None:
            self.move_on(self.detail.next_stage or "")

    def move_on(self, stage: str) -> None:
        """Move to a stage at once, or show what is missing on the way."""
        if not stage or self.detail is None:
            return
        self._close_gate()
        missing = self.edit.store.read(leads.missing_for, self.lead_id, stage)
        if not missing:
            pane_verbs.move(self.edit, [self.lead_id], stage, {}, dt.date.today(), "")
            return
        gate = GatePanel(stage, missing, self.detail.fields, self.edit.find, dt.date.today())
        gate.confirmed.connect(self._on_confirmed)
        gate.cancelled.connect(self._close_gate)
        gate.meeting_wanted.connect(self.open_meeting)
        self.gate = gate
        self.gate_place.addWidget(gate)
        self.body_scroll.verticalScrollBar().setValue(0)
        self.needs.hide()
        self.next_button.hide()

    def _on_confirmed(self, filled: dict[str, Any], day: Any, reason: str) -> None:
        gate = self.gate
        if gate is None:
            return
        left = pane_verbs.move(self.edit, [self.lead_id], gate.stage, filled, day, reason)
        if left:
            gate.set_still_missing(left)
        else:
            self._close_gate()

    def _close_gate(self) -> None:
        if self.gate is not None:
            self.gate.hide()
            self.gate.deleteLater()
            self.gate = None
        self.needs.show()
        self.next_button.setVisible(self.detail is not None and bool(self.detail.next_stage))

    def open_follow_up(self) -> None:
        """Ask for a follow-up at the foot of the pane."""
        form = FollowUpForm()
        form.saved.connect(lambda values: pane_verbs.add_follow_up(self, values))
        self._open_form(form)

    def open_meeting(self, kind: str = "") -> None:
        """Ask for a meeting, planned or held, at the foot of the pane."""
        form = MeetingForm(kind)
        pane_verbs.offer_squads(self, form)
        form.saved.connect(lambda values: pane_verbs.add_meeting(self, values))
        self._open_form(form)

    def _open_form(self, form: FollowUpForm | MeetingForm) -> None:
        self.close_form()
        form.cancelled.connect(self.close_form)
        self.form = form
        self.form_place.addWidget(form)
        self.foot_buttons.hide()
        form.start()

    def close_form(self) -> None:
        """Close the form at the foot."""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        self.foot_buttons.show()

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.exec(self.menu_button.mapToGlobal(QPoint(0, self.menu_button.height() + 2)))
        menu.deleteLater()

    def menu(self) -> QMenu:
        """Return what else can be done with the lead."""
        menu = QMenu(self)
        if self.detail is None:
            return menu
        row = self.detail.row
        shell = self.edit.shell
        if row.company_id:
            company = row.company_id
            menu.addAction(t("leads.open_company")).triggered.connect(
                lambda: shell.open_record("companies", company)
            )
        states = menu.addMenu(t("leads.set_status"))
        for status in Status:
            action = states.addAction(word("status", status.value))
            action.setCheckable(True)
            action.setChecked((row.status or "active") == status.value)
            action.triggered.connect(
                lambda _on=False, s=status.value: pane_verbs.set_status(self.edit, self.lead_id, s)
            )
        stages = menu.addMenu(t("leads.set_stage"))
        for stage in STAGES:
            action = stages.addAction(word("stage", stage.value))
            action.setEnabled(stage.value != row.stage)
            action.triggered.connect(lambda _on=False, s=stage.value: self.move_on(s))
        menu.addSeparator()
        menu.addAction(t("leads.delete")).triggered.connect(
            lambda: self.delete_asked.emit(self.lead_id)
        )
        return menu

    # --- files dropped on the record

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.lead_id and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        from pathlib import Path

        paths = [Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()]
        if pane_verbs.attach(self, [p for p in paths if p.is_file()]):
            event.acceptProposedAction()
