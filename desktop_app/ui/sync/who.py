"""Which member of the team sits at this laptop: one of the list, or somebody new."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop_app.i18n import t
from desktop_app.services import members
from desktop_app.ui.store import Store
from desktop_app.ui.widgets.buttons import column, label
from desktop_app.ui.widgets.text_fields import TextField

_ROW, _ROWS = 34, 6


class WhoAmI(QWidget):
    """The members to choose from, and a field for who is not among them."""

    def __init__(self, store: Store) -> None:
        """Show nobody yet: ``show_members`` reads them."""
        super().__init__()
        self._store = store
        layout = column(self, 0, 6)
        self.list = QListWidget()
        self.list.setProperty("role", "plain")
        self.list.setAccessibleName(t("sync.who_title"))
        self.list.itemSelectionChanged.connect(self._on_chosen)
        layout.addWidget(self.list)
        layout.addSpacing(4)
        layout.addWidget(label(t("sync.who_new"), "muted"))
        self.new = TextField(t("sync.who_new"), t("shell.first_name_hint"), inplace=False)
        self.new.textEdited.connect(lambda _text: self.list.clearSelection())
        layout.addWidget(self.new)

    def show_members(self, me: str | None, name: str = "") -> None:
        """List the members; one of the given name, or the present one, is chosen already."""
        self.list.clear()
        chosen = None
        for row in self._store.read(members.member_rows):
            detail = row.role or row.squad
            item = QListWidgetItem(f"{row.name}    {detail}" if detail else row.name)
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            self.list.addItem(item)
            if row.id == me or (chosen is None and name and row.name == name):
                chosen = item
        self.list.setVisible(self.list.count() > 0)
        self.list.setFixedHeight(min(self.list.count(), _ROWS) * _ROW + 4)
        if chosen is not None:
            self.list.setCurrentItem(chosen)
        elif name:
            self.new.set_value(name)

    def _on_chosen(self) -> None:
        if self.list.selectedItems():
            self.new.set_value(None)

    def answered(self) -> bool:
        """Say whether anybody is chosen or named."""
        self.new.commit()
        return bool(self.list.selectedItems() or self.new.value())

    def take(self) -> str | None:
        """Return the member's id; somebody new is added first."""
        self.new.commit()
        name = self.new.value()
        if name:
            add: Any = members.find_or_add
            return str(self._store.write(t("sync.label_me", name=name), add, name))
        chosen = self.list.selectedItems()
        return str(chosen[0].data(Qt.ItemDataRole.UserRole)) if chosen else None
