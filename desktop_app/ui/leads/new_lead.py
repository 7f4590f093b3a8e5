"""A new lead in five answers: which company, where, from whom, reported by whom, when."""

import datetime as dt
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop_app.domain.words import Source
from desktop_app.i18n import t
from desktop_app.services import companies, leads
from desktop_app.ui.leads.edit import Edit
from desktop_app.ui.leads.parts import label_width
from desktop_app.ui.widgets.buttons import button, icon_button, label
from desktop_app.ui.widgets.field_grid import FieldGrid, commit_all
from desktop_app.ui.widgets.popup_fields import DateField, RecordField
from desktop_app.ui.widgets.text_fields import ChoiceField, TextField, restyle


class NewLeadPanel(QFrame):
    """Stands where the record stands; the record of the new lead takes its place."""

    #: The id of the lead that was made.
    made = Signal(str)
    closed = Signal()

    def __init__(self, edit: Edit) -> None:
        """Make the fields."""
        super().__init__()
        self.edit = edit
        self._new_company = ""
        self.setProperty("role", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(t("leads.new"))
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 14, 16)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(label(t("leads.new"), "heading"))
        head.addStretch(1)
        head.addWidget(icon_button("x", t("leads.close_pane"), self.closed.emit))
        column.addLayout(head)
        self.hint = label(t("leads.new_hint"), "muted", wrap=True)
        column.addWidget(self.hint)
        grid = FieldGrid(label_width())
        grid.layout().setVerticalSpacing(6)  # type: ignore[union-attr] # it has a grid
        self.company = RecordField(
            t("leads.col.company"),
            lambda text: edit.find("company", text),
            t("leads.company_hint"),
            create=self._on_new_company,
            inplace=False,
        )
        self.company.edited.connect(self._on_company)
        self.country = ChoiceField.of_countries(t("leads.col.country"), inplace=False)
        self.source = ChoiceField.of_words(t("leads.source"), "source", Source, inplace=False)
        self.detail = TextField(t("leads.source_detail"), t("leads.source_hint"), inplace=False)
        self.reporter = RecordField(
            t("leads.first_reporter"), lambda text: edit.find("member", text), inplace=False
        )
        self.day = DateField(t("leads.first_reported_on"), inplace=False)
        for field in (
            self.company,
            self.country,
            self.source,
            self.detail,
            self.reporter,
            self.day,
        ):
            grid.add(field.accessibleName(), field)
        column.addWidget(grid)
        self.note = label("", "bad", wrap=True)
        column.addWidget(self.note)
        foot = QHBoxLayout()
        self.save_button = button(t("leads.new_save"), self.save, variant="primary")
        foot.addWidget(self.save_button)
        foot.addWidget(button(t("leads.cancel"), self.closed.emit, variant="link"))
        foot.addStretch(1)
        column.addLayout(foot)
        column.addStretch(1)

    def start(self, company_id: str = "") -> None:
        """Begin anew; ``company_id`` is already chosen when it is known."""
        self._new_company = ""
        self.company.clear()
        self.company.set_record(None, "")
        for field in (self.country, self.source, self.detail):
            field.set_value(None)
        me = self.edit.shell.me
        self.reporter.set_record(me, self.edit.find.name("member", me))
        self.day.set_value(dt.date.today())
        self.note.setText("")
        self.note.hide()
        if company_id:
            self.company.set_record(company_id, self.edit.find.name("company", company_id))
            self._on_company(company_id)
        self.company.setFocus()

    def _on_new_company(self, name: str) -> str:
        """Remember a company to be made: it is written together with the lead."""
        self._new_company = name
        return "new"

    def _on_company(self, company_id: str | None) -> None:
        """Take over the country of a company that is already known."""
        if not company_id or company_id == "new":
            return
        self._new_company = ""
        found = self.edit.store.read(companies.company_rows, frozenset({company_id}))
        if found and found[0].country:
            self.country.set_value(found[0].country)

    def save(self) -> None:
        """Make the lead when what its first stage needs is there."""
        typed = self.company.text().strip()
        if not self.company.value() and typed:
            # A name typed and left without a choice is a new company, not nothing.
            self.company.set_record("new", typed)
            self._new_company = typed
            self.company.setModified(False)
        if not commit_all(self):
            return
        missing = [
            field.accessibleName()
            for field in (self.company, self.country, self.source, self.reporter, self.day)
            if not field.value()
        ]
        restyle(self.company, "wrong", not self.company.value())
        if missing:
            names = t("leads.list_comma").join(missing)
            self.note.setText(t("leads.new_missing", fields=names))
            self.note.show()
            return
        label_text = t("leads.do.add", name=self.company.text())
        result = self.edit.write(label_text, self._make)
        if result:
            self.made.emit(result)

    def _make(self, session: Any) -> str:
        """Make the lead, and its company when that is new, in one transaction."""
        company_id = self.company.value()
        if company_id == "new":
            company_id = companies.add_company(
                session, name=self._new_company, country=self.country.value(), kind="investor"
            )
        elif self.country.value():
            known = companies.company_rows(session, frozenset({company_id}))
            if known and not known[0].country:
                companies.update_company(session, company_id, country=self.country.value())
        return leads.add_lead(
            session,
            company_id,
            title=self.company.text(),
            source=self.source.value(),
            source_detail=self.detail.value(),
            first_reporter_id=self.reporter.value(),
            first_reported_on=self.day.value(),
            owner_id=self.reporter.value(),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if control or self.save_button.hasFocus():
                self.save()
        else:
            super().keyPressEvent(event)
