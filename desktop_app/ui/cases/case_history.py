"""Who altered a case, when, from what to what; read when it is unfolded."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.db.log import history
from desktop_app.i18n import t, word
from desktop_app.ui.leads.history_tab import HistoryTab
from desktop_app.ui.store import Store
from desktop_app.ui.widgets.buttons import button, column

_CONCEPTS = {
    "state": "case_state",
    "category": "case_category",
    "supervision": "supervision",
    "raised_by": "raised_by",
}


class _Changes(HistoryTab):
    """The changes, with the words of cases."""

    def words(self, column: str, value: Any, currency: str | None) -> str:
        if column in _CONCEPTS and value:
            return word(_CONCEPTS[column], str(value))
        return super().words(column, value, currency)


class CaseHistory(QWidget):
    """A link that unfolds into the changes of a case, newest first."""

    def __init__(self, store: Store, name_of: Callable[[str, str], str]) -> None:
        """``name_of(kind, id)`` names a member, project or meeting."""
        super().__init__()
        self._store = store
        self._case_id = ""
        layout = column(self, 0, 4)
        self.link = button(t("cases.history"), self._on_link, "rotate-ccw-clock", "link")
        self.changes = _Changes(name_of)
        self.changes.hide()
        layout.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.changes)

    def show_case(self, case_id: str) -> None:
        """Be about a case; its changes are read only while they are unfolded."""
        self._case_id = case_id
        if not self.changes.isHidden():
            self._read()

    def _on_link(self) -> None:
        opened = self.changes.isHidden()
        if opened:
            self._read()
        self.changes.setVisible(opened)

    def _read(self) -> None:
        self.changes.set_history(self._store.read(history, "case", self._case_id), None)
