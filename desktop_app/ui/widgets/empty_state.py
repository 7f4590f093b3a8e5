"""What a list shows when there is nothing in it: why, and what to do next."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.ui.icons import paint_icon
from desktop_app.ui.widgets.buttons import button, label


class IconLabel(QWidget):
    """An icon that follows the theme."""

    def __init__(self, icon_name: str, size: int = 16, role: str = "muted") -> None:
        """Show an icon in a size and the colour of a role."""
        super().__init__()
        self._name, self._role = icon_name, role
        self.setFixedSize(QSize(size, size))

    def set_icon(self, icon_name: str, role: str = "muted") -> None:
        """Show another icon."""
        self._name, self._role = icon_name, role
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_icon(painter, self._name, QRectF(self.rect()), self._role)
        painter.end()


class EmptyState(QWidget):
    """An icon, a sentence, a hint, and up to two buttons in the middle of a free surface."""

    def __init__(
        self,
        title: str,
        hint: str = "",
        action: str = "",
        callback: Callable[[], object] | None = None,
        icon_name: str = "",
        second: str = "",
        second_callback: Callable[[], object] | None = None,
    ) -> None:
        """Say why it is empty; ``action`` is the verb of the button that changes that."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        if icon_name:
            layout.addWidget(IconLabel(icon_name, 32), 0, middle)
        self.title = label(title, "heading", wrap=True)
        self.title.setAlignment(middle)
        layout.addWidget(self.title)
        self.hint = label(hint, "muted", wrap=True)
        self.hint.setAlignment(middle)
        layout.addWidget(self.hint)
        # Not before it has its place: shown alone it would be a window for a moment.
        self.hint.setVisible(bool(hint))
        self.buttons: list[QPushButton] = []
        for text, slot, variant in (
            (action, callback, "primary"),
            (second, second_callback, "secondary"),
        ):
            if text and slot is not None:
                self.add_button(text, slot, variant)
        layout.addStretch(3)

    def add_button(
        self, text: str, callback: Callable[[], object], variant: str = "primary"
    ) -> None:
        """Add a button below those that are there."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        one = button(text, callback, variant=variant)
        place = layout.indexOf(self.buttons[-1] if self.buttons else self.hint) + 1
        layout.insertSpacing(place, 4)
        layout.insertWidget(place + 1, one, 0, Qt.AlignmentFlag.AlignHCenter)
        self.buttons.append(one)
