"""The services of an approval: surveys, reviews, on-site services, problems solved."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop_app.domain.words_after import ServiceKind
from desktop_app.i18n import t, word
from desktop_app.services import approvals, records
from desktop_app.ui.approvals import texts
from desktop_app.ui.record_finder import RecordFinder
from desktop_app.ui.store import Store
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.buttons import label, menu_button
from desktop_app.ui.widgets.record_cards import CardText, RecordCards
from desktop_app.ui.widgets.record_form import RecordForm, Save


class ServicesList(QWidget):
    """Lists what was done for an approval; each line opens in place."""

    def __init__(self, store: Store, shell: ShellActions, finder: RecordFinder) -> None:
        """Show nothing yet."""
        super().__init__()
        self._store, self._shell, self._finder = store, shell, finder
        self._approval: Mapping[str, Any] = {}
        self._title = label("", "heading")
        self.cards = RecordCards(
            self._make_form, RecordForm.show_values, t("approvals.no_services"), title_width=76
        )
        self.cards.edited.connect(self._on_edited)
        self.cards.removed.connect(self._on_removed)
        menu = QMenu(self)
        for kind in ServiceKind:
            menu.addAction(word("service_kind", kind.value), partial(self.add, kind.value))
        self.add_button = menu_button(t("approvals.add_service"), menu, "plus", "link")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addWidget(self.cards)
        layout.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def _make_form(self, save: Save) -> RecordForm:
        form = RecordForm(save, 80)
        form.words("kind", "service_kind", ServiceKind, None)
        form.day("served_on")
        form.line("department")
        form.record("member_id", lambda text: self._finder("member", text))
        form.long("outcome")
        form.long("notes")
        return form

    def show_services(self, approval: Mapping[str, Any]) -> None:
        """Show the services of an approval."""
        self._approval = approval
        found = approval["services"]
        self._title.setText(f"{t('approvals.services')}  {len(found) or ''}".strip())
        self.cards.set_records([(_line(one), one) for one in found])

    def add(self, kind: str) -> None:
        """Add a service of a kind, of today and this member, and open it."""
        new_id = self._store.write(
            t("approvals.do.add_service"),
            approvals.add_service,
            approval_id=self._approval["id"],
            kind=kind,
            department=self._approval["department"],
            member_id=self._shell.me or self._approval["owner_id"],
        )
        card = self.cards.open_card(new_id)
        if card is not None and card.form is not None:
            card.form.fields["outcome"].setFocus()

    def _on_edited(self, key: str, name: str, fields: object) -> None:
        assert isinstance(fields, dict)
        undo_label = t("approvals.do.edit_service", field=name)
        self._store.write(undo_label, records.update, "approval-services", key, **fields)

    def _on_removed(self, key: str) -> None:
        label_text = t("approvals.do.delete_service")
        self._store.write(label_text, records.delete, "approval-services", key)
        self._shell.toast(t("approvals.service_deleted"), undo=True)


def _line(one: Mapping[str, Any]) -> CardText:
    said = (texts.day(one["served_on"]), one["outcome"] or one["department"], one["member_id_name"])
    return CardText(
        one["id"],
        word("service_kind", one["kind"]),
        " · ".join(part for part in said if part),
        "" if one["served_on"] else t("approvals.service_no_day"),
    )
