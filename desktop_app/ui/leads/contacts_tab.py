"""The people known at a lead's company; a new one is added in one line."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.i18n import t, word
from desktop_app.ui.leads.parts import clear
from desktop_app.ui.widgets.buttons import button, hairline, label
from desktop_app.ui.widgets.field_grid import commit_all
from desktop_app.ui.widgets.pill import PillLabel
from desktop_app.ui.widgets.text_fields import TextField


def _get(row: Any, name: str) -> str:
    """Return a text of a row that is a named tuple, an object or a mapping."""
    value = row.get(name) if isinstance(row, dict) else getattr(row, name, None)
    return str(value) if value else ""


class ContactsTab(QWidget):
    """One block a contact: name, what they do and decide, how to reach them."""

    opened = Signal(str)
    #: The columns of a new contact.
    added = Signal(dict)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 8, 0, 0)
        self._layout.setSpacing(8)
        self._form: QWidget | None = None

    def set_contacts(self, contacts: Sequence[Any]) -> None:
        """Show the contacts of the company."""
        clear(self._layout)
        self._form = None
        for number, contact in enumerate(contacts):
            if number:
                self._layout.addWidget(hairline())
            self._layout.addWidget(self._block(contact))
        if not contacts:
            self._layout.addWidget(label(t("leads.contacts.empty"), "muted", wrap=True))
        add = button(t("leads.contacts.add"), self.show_form, "plus", "link")
        self._layout.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)

    def _block(self, contact: Any) -> QWidget:
        block = QFrame()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        name = _get(contact, "name") or _get(contact, "name_zh")
        record_id = _get(contact, "id")
        head.addWidget(button(name, lambda: self.opened.emit(record_id), variant="link"))
        second = _get(contact, "name_zh")
        if second and second != name:
            head.addWidget(label(second, "small"))
        head.addStretch(1)
        role = _get(contact, "decision_role")
        if role:
            kind = "accent" if role == "decision_maker" else "neutral"
            head.addWidget(PillLabel(word("decision_role", role), kind))
        column.addLayout(head)
        for names in (("title",), ("email",), ("phone", "mobile", "wechat")):
            text = " · ".join(filter(None, (_get(contact, one) for one in names)))
            if text:
                line = label(text, "small", wrap=True, selectable=True)
                line.setContentsMargins(5, 0, 0, 0)
                column.addWidget(line)
        return block

    def show_form(self) -> None:
        """Ask for the little that a new contact needs."""
        if self._form is not None:
            return
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        fields = {
            name: TextField(word("field", name), word("field", name), inplace=False)
            for name in ("name", "title", "email", "mobile")
        }
        for field in fields.values():
            column.addWidget(field)

        def save() -> None:
            commit_all(form)
            values = {name: field.value() for name, field in fields.items() if field.value()}
            if values.get("name"):
                self.added.emit(values)
            else:
                fields["name"].setFocus()

        for field in fields.values():
            field.returnPressed.connect(save)
        foot = QHBoxLayout()
        foot.addWidget(button(t("leads.contacts.save"), save, variant="primary"))
        foot.addWidget(button(t("leads.cancel"), self._close_form, variant="link"))
        foot.addStretch(1)
        column.addLayout(foot)
        self._form = form
        self._layout.addWidget(form)
        fields["name"].setFocus()

    def _close_form(self) -> None:
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None
