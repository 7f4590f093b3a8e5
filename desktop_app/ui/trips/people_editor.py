"""People at a meeting: who is there, one line each, and a field that adds the next."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.i18n import t
from desktop_app.ui.widgets.buttons import icon_button, label
from desktop_app.ui.widgets.popup_fields import Option, RecordField


class PeopleEditor(QWidget):
    """Shows people as lines; emits what is to be added, removed, opened."""

    added = Signal(str)
    removed = Signal(str)

    def __init__(
        self,
        name: str,
        search: Callable[[str], Sequence[Option]],
        create: Callable[[str], str | None] | None = None,
    ) -> None:
        """Offer people by ``search``; ``name`` is the hint of the adding field."""
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._layout.addLayout(self._lines)
        self.field = RecordField(name, search, name, create)
        self.field.edited.connect(self._on_edited)
        self._layout.addWidget(self.field)
        self._shown: list[tuple[str, str, str]] = []

    def set_people(self, people: Sequence[tuple[str, str, str]]) -> None:
        """Show (attendee id, name, detail) lines."""
        if list(people) == self._shown:
            return
        self._shown = list(people)
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for key, name, detail in people:
            self._lines.addWidget(self._line(key, name, detail))

    def _line(self, key: str, name: str, detail: str) -> QWidget:
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(6, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label(name))
        about = label(detail, "muted")
        about.setMinimumWidth(0)
        layout.addWidget(about, 1)
        layout.setAlignment(about, Qt.AlignmentFlag.AlignVCenter)
        remove = icon_button("x", f"{t('trips.remove')}: {name}", lambda: self.removed.emit(key))
        layout.addWidget(remove)
        return line

    def _on_edited(self, record_id: str | None) -> None:
        if record_id:
            self.field.set_record(None, "")
            self.added.emit(record_id)
