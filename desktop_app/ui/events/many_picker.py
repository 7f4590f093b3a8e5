"""Picks several records at once: a search, a list with ticks, and one button that adds them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from desktop_app.i18n import t
from desktop_app.ui.widgets.buttons import button, column, panel
from desktop_app.ui.widgets.popup_fields import Option
from desktop_app.ui.widgets.search_box import SearchBox

_MOST = 60
_ROLE = Qt.ItemDataRole.UserRole


class ManyPicker(QWidget):
    """A link that opens into a small list; what is ticked is handed over together."""

    #: The ids of all that was ticked.
    picked = Signal(list)

    def __init__(
        self,
        text: str,
        search: Callable[[str], Sequence[Option]],
        hint: str,
        create: Callable[[str], str] | None = None,
    ) -> None:
        """Offer what ``search`` finds.

        Args:
            text: on the link.
            search: returns the records for a text, without those that are there already.
            hint: in the search.
            create: makes a record of a name typed and returns its id.
        """
        super().__init__()
        self._search, self._create = search, create
        self._ticked: dict[str, str] = {}
        layout = column(self, 0, 4)
        self.link = button(text, self.open, "plus", "link")
        layout.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        self.frame = panel("card")
        inner = column(self.frame, 8, 6)
        self.box = SearchBox(hint, "")
        self.box.setMaximumWidth(16_777_215)
        self.box.searched.connect(lambda _text: self._offer())
        self.box.moved.connect(self._move)
        self.box.returnPressed.connect(self._on_return)
        inner.addWidget(self.box)
        self.list = QListWidget()
        self.list.setProperty("role", "plain")
        self.list.setAccessibleName(text)
        self.list.setFixedHeight(186)
        self.list.itemChanged.connect(self._on_changed)
        self.list.itemActivated.connect(self._toggle)
        inner.addWidget(self.list)
        line = QHBoxLayout()
        line.setSpacing(6)
        self.add_button = button("", self._add, variant="primary")
        self.new_button = button("", self._make, "plus", "link")
        line.addWidget(self.add_button)
        line.addWidget(button(t("common.cancel"), self.close_list, variant="link"))
        line.addStretch(1)
        inner.addLayout(line)
        inner.addWidget(self.new_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.frame)
        self.frame.hide()

    def open(self) -> None:
        """Show the list with nothing ticked."""
        self._ticked.clear()
        self.box.clear()
        self._offer()
        self.link.hide()
        self.frame.show()
        self.box.setFocus()

    def close_list(self) -> None:
        """Put the list away."""
        self.frame.hide()
        self.link.show()

    def _offer(self) -> None:
        """Show what matches; what was ticked before stays ticked, and stands first."""
        text = self.box.text().strip()
        found = [(one.id, one.text, one.detail) for one in list(self._search(text))[:_MOST]]
        known = {key for key, _text, _detail in found}
        first = [(key, name, "") for key, name in self._ticked.items() if key not in known]
        self.list.blockSignals(True)
        self.list.clear()
        for key, name, detail in first + found:
            item = QListWidgetItem(f"{name}    {detail}" if detail else name)
            item.setData(_ROLE, (key, name))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = key in self._ticked
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.list.setCurrentRow(len(first) if found else 0)
        self.new_button.setVisible(self._create is not None and bool(text))
        self.new_button.setText(t("shell.create_named", name=text))
        self.new_button.setAccessibleName(t("shell.create_named", name=text))
        self._count()

    def _on_changed(self, item: QListWidgetItem) -> None:
        key, name = item.data(_ROLE)
        if item.checkState() == Qt.CheckState.Checked:
            self._ticked[key] = name
        else:
            self._ticked.pop(key, None)
        self._count()

    def _toggle(self, item: QListWidgetItem) -> None:
        on = item.checkState() == Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def _on_return(self) -> None:
        """Tick what is current, or with nothing found make it."""
        item = self.list.currentItem()
        if item is not None:
            self._toggle(item)
        elif self.new_button.isVisible():
            self._make()

    def _move(self, step: int) -> None:
        row = self.list.currentRow() + step
        self.list.setCurrentRow(min(max(row, 0), self.list.count() - 1))

    def _count(self) -> None:
        self.add_button.setText(t("events.add_n", n=len(self._ticked)))
        self.add_button.setAccessibleName(t("events.add_n", n=len(self._ticked)))
        self.add_button.setEnabled(bool(self._ticked))

    def _make(self) -> None:
        """Make a record of the name typed and tick it."""
        name = self.box.text().strip()
        if self._create is not None and name:
            self._ticked[self._create(name)] = name
            self.box.clear()
            self._offer()

    def _add(self) -> None:
        ids = list(self._ticked)
        self.close_list()
        if ids:
            self.picked.emit(ids)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.frame.isVisible():
            self.close_list()
        else:
            super().keyPressEvent(event)
