"""Contacts: the table, and one person edited in place."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.i18n import t, word
from desktop_app.services import companies
from desktop_app.services.companies import ContactRow
from desktop_app.ui.companies.fields import contact_form
from desktop_app.ui.export_files import export_button, export_records
from desktop_app.ui.record_finder import RecordFinder
from desktop_app.ui.store import Store
from desktop_app.ui.sync.conflict_marks import mark_conflicts
from desktop_app.ui.table_with_pane import PaneArea, TableWithPane, for_each
from desktop_app.ui.view import Action, ShellActions
from desktop_app.ui.widgets.buttons import hairline, label
from desktop_app.ui.widgets.record_form import RecordForm
from desktop_app.ui.widgets.row_table_model import Column


def _columns() -> list[Column]:
    return [
        Column(
            "name",
            t("contacts.name"),
            lambda r: r.name or r.name_zh,
            150,
            detail=lambda r: r.name_zh if r.name else "",
        ),
        Column("title", t("words.field.title_contact"), lambda r: r.title, 130),
        Column(
            "company",
            t("words.field.company"),
            lambda r: r.company,
            210,
            detail=lambda r: r.company_zh if r.company_zh != r.company else "",
        ),
        Column(
            "country",
            t("words.field.country"),
            lambda r: word("country", r.country),
            110,
            hidden=True,
        ),
        Column("email", t("words.field.email"), lambda r: r.email, 170),
        Column("phone", t("words.field.phone"), lambda r: r.mobile or r.phone, 140),
        Column(
            "role",
            t("words.field.decision_role"),
            lambda r: word("decision_role", r.decision_role),
            100,
            hidden=True,
        ),
        Column("languages", t("words.field.languages"), lambda r: r.languages, 120, hidden=True),
    ]


class ContactsView(TableWithPane):
    """Lists contacts; the selected one is edited in place."""

    name = "contacts"
    icon = "contact"
    area = "contacts"
    table = "contact"

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Build the table and the pane."""
        pane = PaneArea()
        super().__init__(store, shell, _columns(), pane)
        self._finder = RecordFinder(store)
        self._title = label("", "title", wrap=True)
        self._second = label("", "muted", wrap=True)
        belongs = RecordForm(self._save)
        self._company = belongs.record(
            "company_id",
            partial(self._finder, "company"),
            partial(shell.open_record, "companies"),
            self._finder.add_company,
        )
        self._form = contact_form(self._save)
        layout = pane.body_layout
        layout.addWidget(self._title)
        layout.addWidget(self._second)
        layout.addWidget(hairline())
        layout.addWidget(belongs)
        layout.addWidget(self._form)
        layout.addStretch(1)

    def empty_offer(self) -> tuple[str, Callable[[], object]]:
        return (t("companies.import"), partial(self.shell.import_file, None, "contacts"))

    def more_tools(self) -> list[QWidget]:
        self.export_button = export_button(
            "contacts", self.store, self.shell, self.shown_ids, self.rows.selected_ids
        )
        return [self.export_button]

    def actions_offered(self) -> list[Action]:
        export = partial(export_records, "contacts", self.store, self.shell, self.shown_ids())
        return [*super().actions_offered(), Action(t("export.menu.contacts"), export, "download")]

    def read_rows(self) -> list[ContactRow]:
        self._finder.forget()
        return self.store.read(companies.contact_rows)

    def concerns(self) -> frozenset[str]:
        return frozenset({"company", "contact", "lead"})

    def show_record(self, record_id: str) -> None:
        detail = self.store.read(companies.contact_detail, record_id)
        fields, company = detail.fields, detail.company
        self._title.setText(fields["name"] or fields["name_zh"] or "")
        self._second.setText(fields["title"] or "")
        self._company.set_record(fields["company_id"], company.get("name") or "")
        self._form.show_values(fields)
        mark_conflicts(self.store, self.shell, record_id, self.editors())

    def editors(self) -> dict[str, Any]:
        return {**self._form.fields, "company_id": self._company}

    def _save(self, field: str, fields: dict[str, Any]) -> None:
        undo_label = t("contacts.do.edit", field=field)
        self.store.write(undo_label, companies.update_contact, self._shown, **fields)

    def new_record(self) -> None:
        new_id = self.store.write(
            t("contacts.do.add"), companies.add_contact, name=t("contacts.new_name")
        )
        self.select(new_id)
        editor = self._form.fields["name"]
        editor.setFocus()
        editor.selectAll()

    def delete_records(self, ids: list[str]) -> None:
        self.store.write(t("contacts.do.delete"), for_each(companies.delete_contact, ids))
        self.shell.toast(t("contacts.deleted", n=len(ids)), undo=True)
