"""The pane of one approval: edited in place, with its term, its remarks and its services."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.words_after import ApprovalKind, ApprovalState
from desktop_app.i18n import t
from desktop_app.services import approval_rows, records
from desktop_app.ui.approvals import texts
from desktop_app.ui.approvals.services_list import ServicesList
from desktop_app.ui.record_finder import RecordFinder
from desktop_app.ui.store import Store
from desktop_app.ui.sync.conflict_marks import mark_conflicts
from desktop_app.ui.table_with_pane import PaneArea
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.buttons import button, hairline, label, row
from desktop_app.ui.widgets.pill import PillLabel
from desktop_app.ui.widgets.record_form import RecordForm

_LABELS = {
    "lead_id": "approvals.project",
    "due_on": "approvals.field.due_on",
    "done_on": "approvals.field.done_on",
    "promised_days": "approvals.field.promised_days",
}
_PERMIT = ("area_m2", "cost_minor")
_ACCEPTANCE = ("buildings", "area_m2")


class ApprovalPane(PaneArea):
    """An approval, edited in place; each field saves itself."""

    def __init__(
        self,
        store: Store,
        shell: ShellActions,
        finder: RecordFinder,
        mark: Callable[[str, list[str]], object],
    ) -> None:
        """Make the editors once; ``mark`` does ``applied``, ``done`` or ``not_needed`` to ids."""
        super().__init__()
        self._store, self._shell, self._finder, self._mark = store, shell, finder, mark
        self.record: dict[str, Any] = {}
        self.title = label("", "title", wrap=True)
        self.state = PillLabel()
        self.term = label("", "muted", wrap=True)
        self.early = label("", "warn", wrap=True)
        self._missing = QVBoxLayout()
        self._missing.setSpacing(2)
        self.form = self._make_form()
        self.services = ServicesList(store, shell, finder)
        layout = self.body_layout
        layout.addWidget(self.title)
        layout.addWidget(self._head())
        layout.addWidget(self._verbs())
        layout.addWidget(self.early)
        layout.addLayout(self._missing)
        layout.addWidget(hairline())
        layout.addWidget(self.form)
        layout.addWidget(hairline())
        layout.addWidget(self.services)
        layout.addStretch(1)

    def _head(self) -> QWidget:
        holder = QWidget()
        line = row(holder, 0, 10)
        line.addWidget(self.state)
        line.addWidget(self.term, 1)
        return holder

    def _verbs(self) -> QWidget:
        holder = QWidget()
        line = row(holder)
        self.verbs = {
            verb: button(t(f"approvals.{verb}"), partial(self._do, verb), icon)
            for verb, icon in (("applied", "arrow-right"), ("done", "check"), ("not_needed", ""))
        }
        for one in self.verbs.values():
            line.addWidget(one)
        line.addStretch(1)
        return holder

    def _do(self, verb: str) -> None:
        self._mark(verb, [self.record["id"]])

    def _make_form(self) -> RecordForm:
        form = RecordForm(self._save, 104, labels=_LABELS)
        form.record(
            "lead_id",
            lambda text: self._finder("lead", text),
            partial(self._shell.open_record, "leads"),
        )
        form.line("title")
        form.words("kind", "approval_kind", ApprovalKind, None)
        form.line("department")
        form.words("state", "approval_state", ApprovalState, None)
        form.day("planned_on")
        form.day("applied_on")
        form.number("promised_days")
        form.day("due_on")
        form.day("done_on")
        form.line("document_number")
        form.number("buildings")
        form.number("area_m2")
        form.money("cost_minor")
        form.record("owner_id", lambda text: self._finder("member", text))
        form.long("notes")
        return form

    def show_approval(self, approval_id: str) -> None:
        """Show an approval."""
        record = self._store.read(approval_rows.approval_detail, approval_id)
        found = self._store.look(approval_rows.approval_rows, ids=[approval_id])
        self.record = record
        today = dt.date.today()
        one = found[0] if found else None
        self.title.setText(one.title if one else record["title"] or t("words.record.approval"))
        pill = texts.state_pill(record["state"] or ApprovalState.TO_DO.value)
        self.state.set_pill(pill.text, pill.kind)
        late = one is not None and one.term(today).late > 0
        self.term.setText(texts.standing(one, today) if one else "")
        self.term.setProperty("role", "bad" if late and one and one.is_open else "muted")
        self.term.style().polish(self.term)
        self._show_verbs(record)
        self._show_remarks(record)
        self.form.show_values(record)
        shown = {
            ApprovalKind.CONSTRUCTION_PERMIT: _PERMIT,
            ApprovalKind.JOINT_ACCEPTANCE: _ACCEPTANCE,
        }.get(record["kind"], ())
        for column in ("buildings", "area_m2", "cost_minor"):
            # What was once filled in stays to be seen, whatever the kind is now.
            known = record[column] is not None
            self.form.set_shown(self.form.fields[column], column in shown or known)
        self.services.show_services(record)
        mark_conflicts(self._store, self._shell, approval_id, self.form.fields)

    def _show_verbs(self, record: dict[str, Any]) -> None:
        state = record["state"] or ApprovalState.TO_DO.value
        self.verbs["applied"].setVisible(state == ApprovalState.TO_DO)
        waits = state in (ApprovalState.TO_DO, ApprovalState.APPLIED)
        self.verbs["done"].setVisible(waits)
        self.verbs["not_needed"].setVisible(state == ApprovalState.TO_DO)

    def _show_remarks(self, record: dict[str, Any]) -> None:
        """Say what lies before the signing, and in which figure it does not count, and why."""
        names = t("common.list_separator").join(
            self.form.name_of(one) for one in record["before_signing"]
        )
        self.early.setText(
            t("approvals.before_signing", fields=names, day=record["signed_on"]) if names else ""
        )
        self.early.setVisible(bool(names))
        while (item := self._missing.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for column in record["missing"]:
            text = t(f"approvals.missing.{_reason(record, column)}")
            remark = button(text, partial(self.show_field, column), "triangle-alert", "link")
            self._missing.addWidget(remark, 0, Qt.AlignmentFlag.AlignLeft)

    def remarks(self) -> list[str]:
        """Return what is said of figures that it does not count in."""
        items = (self._missing.itemAt(n) for n in range(self._missing.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget.accessibleName() for widget in widgets if widget is not None]

    def show_field(self, column: str) -> None:
        """Put the cursor into the field of a column."""
        field = self.form.field_of(column)
        if field is not None:
            field.setFocus()
            self.ensureWidgetVisible(field, 0, 80)

    def _save(self, name: str, fields: dict[str, Any]) -> None:
        if "lead_id" in fields and not fields["lead_id"]:
            # An approval is of a project: an emptied field goes back to what it was.
            self.show_approval(self.record["id"])
            return
        undo_label = t("approvals.do.edit", field=name)
        self._store.write(undo_label, records.update, "approvals", self.record["id"], **fields)


def _reason(record: dict[str, Any], column: str) -> str:
    """Return the text that says why a figure leaves it out."""
    if column == "area_m2":
        accepted = record["kind"] == ApprovalKind.JOINT_ACCEPTANCE
        return "accepted_area" if accepted else "permitted_area"
    if column == "cost_minor" and (record["cost_minor"] or 0) > 0:
        return "currency"
    return {"cost_minor": "cost", "buildings": "buildings", "done_on": "day"}[column]
