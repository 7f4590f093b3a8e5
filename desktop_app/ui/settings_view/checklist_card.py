"""The team's checklist of approvals: its lines, their order, and the days promised."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop_app.domain.approval_rules import TEMPLATES, Template
from desktop_app.domain.words_after import ApprovalKind
from desktop_app.i18n import t, word
from desktop_app.services import approvals, checklist
from desktop_app.ui.settings_view.cards import card
from desktop_app.ui.store import Store
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.record_cards import CardText, RecordCards
from desktop_app.ui.widgets.record_form import RecordForm, Save
from desktop_app.ui.widgets.text_fields import TextField

_LABELS = {"days": "approvals.field.promised_days"}


class ChecklistCard(QFrame):
    """One line for each step, opened in place; what is altered holds for new approvals."""

    def __init__(self, store: Store, toast: Callable[[str, bool], object]) -> None:
        """Make the list; ``read`` fills it in.

        Args:
            store: the door to the data.
            toast: says in passing what was done, and whether it can be taken back.
        """
        super().__init__()
        self._store, self._toast = store, toast
        frame, body = card(t("approvals.set_checklist"), t("approvals.set_checklist_hint"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.lines: list[Template] = []
        self.used: dict[str, int] = {}
        self.cards = RecordCards(
            self._make_form, self._fill, t("approvals.set_none"), ordered=True, title_width=160
        )
        self.cards.edited.connect(self._on_edited)
        self.cards.removed.connect(self._on_removed)
        self.cards.moved.connect(self._on_moved)
        body.addWidget(self.cards)
        self.new = TextField(t("approvals.set_add"), t("approvals.set_add_hint"), inplace=False)
        self.new.setMaximumWidth(300)
        self.new.edited.connect(self._on_add)
        body.addWidget(self.new)
        self.usual = button(t("approvals.set_usual"), self._on_usual, "undo-2", "link")
        body.addWidget(self.usual, 0, Qt.AlignmentFlag.AlignLeft)

    def _make_form(self, save: Save) -> RecordForm:
        form = RecordForm(save, labels=_LABELS)
        form.line("name")
        form.words("kind", "approval_kind", ApprovalKind, None)
        form.line("department")
        form.number("days")
        return form

    def _fill(self, form: RecordForm, record: Mapping[str, Any]) -> None:
        form.show_values(record)
        # The usual lines are named in both languages by the app.
        form.set_shown(form.fields["name"], record["code"] not in checklist.USUAL)

    def read(self) -> None:
        """Show the team's checklist as it is now."""
        self.lines = self._store.look(approvals.templates)
        self.used = self._store.look(checklist.lines_in_use)
        self.cards.set_records([(_text(line), _record(line)) for line in self.lines])
        self.usual.setVisible(tuple(self.lines) != TEMPLATES)

    def _write(self, verb: Callable[..., Any], *args: Any, **fields: Any) -> Any:
        try:
            return self._store.write(t("approvals.do.checklist"), verb, *args, **fields)
        finally:
            # What was refused goes back to what holds.
            self.read()

    def _on_add(self, name: str | None) -> None:
        self.new.set_value(None)
        self.new.setText("")
        if name:
            self.cards.open_card(self._write(checklist.add_line, name))

    def _on_edited(self, code: str, _name: str, fields: object) -> None:
        assert isinstance(fields, dict)
        new = self._write(checklist.alter_line, code, **fields)
        if new != code:
            self.cards.open_card(new)

    def _on_moved(self, code: str, step: int) -> None:
        self._write(checklist.move_line, code, step)

    def _on_removed(self, code: str) -> None:
        if len(self.lines) == 1:
            self._toast(t("approvals.set_keep_one"), False)
            return
        used = self.used.get(code, 0)
        self._write(checklist.remove_line, code)
        key = "approvals.set_removed_used" if used else "approvals.set_removed"
        self._toast(t(key, name=word("approval_template", code), n=used), True)

    def _on_usual(self) -> None:
        self._write(approvals.set_templates, TEMPLATES)
        self._toast(t("approvals.set_usual_done"), True)


def _text(line: Template) -> CardText:
    # What came from another laptop may lack days.
    days: int | None = line.days
    said = (line.department, t("approvals.set_days", n=days) if days is not None else "")
    name = word("approval_template", line.code)
    return CardText(line.code, name, " · ".join(part for part in said if part))


def _record(line: Template) -> dict[str, Any]:
    return line._asdict() | {"name": word("approval_template", line.code)}
