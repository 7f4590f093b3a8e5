"""What comes after signing: stage days, cases, approvals, financing, capital, aftercare visits."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop_app.domain.formats import local
from desktop_app.domain.money import format_money
from desktop_app.domain.words import MeetingStatus, Stage
from desktop_app.domain.words_after import Light
from desktop_app.i18n import language, t, word
from desktop_app.services.project_after import (
    ApprovalLine,
    CaseLine,
    MoneyLine,
    ProjectAfter,
)
from desktop_app.ui.leads import lead_texts
from desktop_app.ui.leads.parts import bold, clear
from desktop_app.ui.widgets.buttons import button, hairline, icon_button, label, row
from desktop_app.ui.widgets.pill import Pill
from desktop_app.ui.widgets.popup_fields import DateField
from desktop_app.ui.widgets.record_cards import CardText, RecordCards
from desktop_app.ui.widgets.record_form import RecordForm, Save
from desktop_app.ui.widgets.record_line import RecordLine

#: More lines of a kind than this are shown only when asked for.
FIRST = 5
_LIGHTS = {Light.RED: "bad", Light.YELLOW: "warn"}


class AfterTab(QWidget):
    """The sections; each line opens its record, each plus makes one of this project."""

    #: (kind of record, id)
    opened = Signal(str, str)
    #: What is to be made: case, approval, checklist, facility, receipt or visit.
    added = Signal(str)
    #: (stage, day)
    stage_dated = Signal(str, object)
    #: (meeting id, field's name, columns)
    visit_edited = Signal(str, str, object)
    visit_removed = Signal(str)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._today = dt.date.today()
        self._all: set[str] = set()
        self._after: ProjectAfter | None = None
        self.days: dict[str, DateField] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 8, 0, 0)
        self._layout.setSpacing(2)
        self.hint = label(t("after.before_signing"), "muted", wrap=True)
        self._layout.addWidget(self.hint)
        self._sections = QVBoxLayout()
        self._sections.setSpacing(2)
        self._layout.addLayout(self._sections)
        self._visits_head = QVBoxLayout()
        self._layout.addLayout(self._visits_head)
        self.visits = RecordCards(_visit_form, RecordForm.show_values, t("after.no_visits"), False)
        self.visits.edited.connect(self.visit_edited.emit)
        self.visits.removed.connect(self.visit_removed.emit)
        self._layout.addWidget(self.visits)
        self._layout.addStretch(1)

    def show_after(self, after: ProjectAfter, today: dt.date, anew: bool) -> None:
        """Show a project; ``anew`` when another one was shown before."""
        self._after, self._today = after, today
        if anew:
            self._all.clear()
        if any(field.hasFocus() and field.isModified() for field in self.days.values()):
            # What is being typed stays; the rest waits for the moment it is left.
            return
        clear(self._sections)
        self.days = {}
        self.hint.setVisible(not after.signed)
        if after.signed:
            self._add_stages(after)
        self._add_section("cases", _cases_note(after), self._case_lines(after), ("case",))
        self._add_section(
            "approvals",
            _approvals_note(after),
            self._approval_lines(after),
            ("approval",) if after.approvals else ("checklist", "approval"),
        )
        self._add_section(
            "facilities", "", self._money_lines("facilities", after.facilities), ("facility",)
        )
        self._add_section(
            "receipts",
            _received_note(after),
            self._money_lines("capital-receipts", after.receipts),
            ("receipt",),
        )
        clear(self._visits_head)
        self._head(self._visits_head, "visits", "", ("visit",))
        self.visits.set_records([(_visit_text(one, today), _visit(one)) for one in after.visits])

    def _add_stages(self, after: ProjectAfter) -> None:
        """Add the stages reached, each day edited in place; in Chinese two a line."""
        self._sections.addWidget(bold(t("after.stages")))
        block = QWidget()
        grid = QGridLayout(block)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(1)
        # English names leave no room for a second day beside the first.
        half = (len(after.stages) + 1) // 2 if language() == "zh" else len(after.stages)
        for number, (stage, day) in enumerate(after.stages):
            side, line = divmod(number, half)
            name = word("stage", stage)
            caption = label(name, "muted")
            grid.addWidget(caption, line, side * 2)
            if stage == Stage.LEAD and day is not None:
                # The first report is never overwritten.
                first = label(day.isoformat())
                first.setContentsMargins(9, 5, 0, 5)
                grid.addWidget(first, line, side * 2 + 1)
                continue
            field = DateField(t("after.stage_day", stage=name))
            field.set_value(day)
            field.edited.connect(partial(self.stage_dated.emit, stage))
            caption.setBuddy(field)
            grid.addWidget(field, line, side * 2 + 1)
            grid.setColumnStretch(side * 2 + 1, 1)
            self.days[stage] = field
        self._sections.addWidget(block)

    def _head(self, place: QVBoxLayout, name: str, note: str, verbs: Sequence[str]) -> None:
        """Add a section's name, what it adds up to, and what can be made."""
        place.addSpacing(8)
        place.addWidget(hairline())
        head = QWidget()
        line = row(head, 0, 8)
        line.setContentsMargins(0, 4, 0, 0)
        line.addWidget(bold(t(f"after.{name}")))
        line.addWidget(label(note, "small"), 1)
        for verb in verbs:
            text = t(f"after.add.{verb}")
            make = partial(self.added.emit, verb)
            icon = "list-checks" if verb == "checklist" else "plus"
            plus = icon_button(icon, text, make)
            plus.setObjectName(f"add_{verb}")
            line.addWidget(plus)
        place.addWidget(head)

    def _add_section(
        self, name: str, note: str, lines: Sequence[RecordLine], verbs: Sequence[str]
    ) -> None:
        self._head(self._sections, name, note, verbs)
        shown = lines if name in self._all else lines[:FIRST]
        for line in shown:
            self._sections.addWidget(line)
        rest = len(lines) - len(shown)
        if rest:
            more = button(
                t("leads.show_more", count=rest), partial(self._show_all, name), variant="link"
            )
            self._sections.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        if not lines:
            self._sections.addWidget(label(t(f"after.no_{name}"), "muted", wrap=True))

    def _show_all(self, name: str) -> None:
        self._all.add(name)
        if self._after is not None:
            self.show_after(self._after, self._today, False)

    def _line(self, kind: str, record_id: str, text: str, note: str, pill: Pill) -> RecordLine:
        line = RecordLine(text, note, pill)
        line.pressed.connect(partial(self.opened.emit, kind, record_id))
        return line

    def _case_lines(self, after: ProjectAfter) -> list[RecordLine]:
        return [
            self._line("cases", one.id, _case_name(one), self._due(one.due_on), _case_pill(one))
            for one in after.cases
        ]

    def _approval_lines(self, after: ProjectAfter) -> list[RecordLine]:
        return [
            self._line(
                "approvals",
                one.id,
                one.title or word("approval_template", one.template) or t("after.nameless"),
                self._due(one.done_on or one.due_on),
                _approval_pill(one),
            )
            for one in after.approvals
        ]

    def _money_lines(self, kind: str, lines: Sequence[MoneyLine]) -> list[RecordLine]:
        concept = "product" if kind == "facilities" else "capital_kind"
        made = []
        for one in lines:
            amount = format_money(one.amount_minor, one.currency, language())
            text = " · ".join(filter(None, (amount or t("financing.no_amount"), one.bank)))
            pill = Pill(word(concept, one.what) or "—")
            if one.because and one.because not in ("domestic", "in_loans"):
                pill = Pill(t("after.not_counted"), "warn")
            line = self._line(kind, one.id, text, self._due(one.day), pill)
            if one.because:
                why = t(f"figures.because.{one.because}")
                line.setToolTip(t("financing.not_counted", because=why))
            made.append(line)
        return made

    def _due(self, day: dt.date | None) -> str:
        return lead_texts.short_day(day, self._today) if day is not None else ""


def _case_name(one: CaseLine) -> str:
    return one.title or word("case_category", one.category) or t("after.nameless")


def _case_pill(one: CaseLine) -> Pill:
    kind = _LIGHTS.get(one.light, "accent" if one.open else "good")
    return Pill(word("case_state", one.state or "collected"), kind)


def _approval_pill(one: ApprovalLine) -> Pill:
    if one.late:
        return Pill(t("after.late", n=one.late), "bad")
    kinds = {"done": "good", "applied": "accent", "refused": "bad"}
    return Pill(word("approval_state", one.state), kinds.get(one.state, "neutral"))


def _cases_note(after: ProjectAfter) -> str:
    if not after.cases:
        return ""
    opened = sum(one.open for one in after.cases)
    return t("after.cases_note", open=opened, closed=len(after.cases) - opened)


def _approvals_note(after: ProjectAfter) -> str:
    """Say how many are done and late; what is next stands first among the lines."""
    if not after.approvals:
        return ""
    done = t("after.approvals_note", done=after.approvals_done, all=after.approvals_needed)
    late = sum(bool(one.late) for one in after.approvals)
    return t("after.with_late", done=done, n=late) if late else done


def _received_note(after: ProjectAfter) -> str:
    """Say what was received against the foreign share that is planned."""
    if not after.receipts and after.planned is None:
        return ""
    received = format_money(after.received * 100, "USD", language())
    if not after.planned:
        return t("after.received", received=received)
    planned = format_money(after.planned * 100, "USD", language())
    share = (200 * after.received + after.planned) // (2 * after.planned)
    return t("after.received_of", received=received, planned=planned, share=share)


def _visit_form(save: Save) -> RecordForm:
    """Return the fields of an aftercare visit; its day is kept as a moment."""
    form = RecordForm(save, labels={"day": "after.visit_day"})
    form.day("day")
    form.words("status", "meeting_status", MeetingStatus, None)
    form.long("satisfaction_notes")
    form.long("outcome")
    return form


def _visit(meeting: Mapping[str, Any]) -> dict[str, Any]:
    starts = meeting["starts_at"]
    day = local(starts, meeting["zone"]).date() if starts else None
    return {**meeting, "day": day}


def _visit_text(meeting: Mapping[str, Any], today: dt.date) -> CardText:
    day = _visit(meeting)["day"]
    said = meeting["satisfaction_notes"] or meeting["outcome"] or meeting["title"] or ""
    planned = meeting["status"] == MeetingStatus.PLANNED
    mark = word("meeting_status", meeting["status"]) if planned else ""
    when = lead_texts.short_day(day, today) if day is not None else "—"
    return CardText(meeting["id"], when, said.replace("\n", " "), mark)
