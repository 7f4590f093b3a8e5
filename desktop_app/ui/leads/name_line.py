"""The head of a record: the name whole, and beside or under it the second name and the state."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.widgets.buttons import label
from desktop_app.ui.widgets.pill import PillLabel

_GAP = 8


class NameLine(QWidget):
    """One line where there is room, else two."""

    def __init__(self, *buttons: QWidget) -> None:
        """Put ``buttons`` at the right end."""
        super().__init__()
        self.name = label("", "heading")
        self.second = label("", "muted")
        self.state = PillLabel()
        self._buttons = buttons
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._upper, self._lower = QHBoxLayout(), QHBoxLayout()
        for line in (self._upper, self._lower):
            line.setSpacing(_GAP)
            column.addLayout(line)
        self._upper.addWidget(self.name, 1)
        for one in buttons:
            self._upper.addWidget(one)
        self._lower.addWidget(self.second)
        self._lower.addWidget(self.state)
        self._lower.addStretch(1)
        self._two_lines = True

    def set_names(self, name: str, second: str) -> None:
        """Show a record's names."""
        self.name.setText(name)
        self.name.setToolTip(name)
        self.second.setText(second)
        self.second.setVisible(bool(second))
        self._place()

    def set_state(self, text: str, kind: str = "neutral") -> None:
        """Show what is unusual, or nothing."""
        self.state.set_pill(text, kind)
        self._place()

    def _place(self) -> None:
        """Choose between one line and two by the room there is."""
        parts = [w for w in (self.second, self.state) if not w.isHidden()]
        wanted = self.name.fontMetrics().horizontalAdvance(self.name.text())
        aside = sum(part.sizeHint().width() + _GAP for part in parts)
        room = self.width() - sum(b.sizeHint().width() + _GAP for b in self._buttons)
        two_lines = wanted + aside + 4 > room
        self.name.setWordWrap(wanted > room)
        if two_lines == self._two_lines:
            return
        self._two_lines = two_lines
        for place, part in enumerate((self.second, self.state)):
            (self._upper if two_lines else self._lower).removeWidget(part)
            if two_lines:
                self._lower.insertWidget(place, part)
            else:
                self._upper.insertWidget(1 + place, part)
        self._upper.setStretchFactor(self.name, 1 if two_lines else 0)
        if two_lines:
            self._upper.takeAt(self._upper.count() - len(self._buttons) - 1)
        else:
            self._upper.insertStretch(3, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
