"""Small parts that the sheets of the record share."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout

from desktop_app.i18n import language
from desktop_app.ui.widgets.buttons import label
from desktop_app.ui.widgets.text_fields import TextField


def label_width(more: int = 0) -> int:
    """Return how wide the labels of a record are: English words need more room."""
    return (84 if language() == "zh" else 108) + more


def bold(text: str = "", wrap: bool = False) -> QLabel:
    """Return a label in bold."""
    result = label(text, wrap=wrap)
    face = result.font()
    face.setBold(True)
    result.setFont(face)
    return result


class FormLine(TextField):
    """A line of a small form: Enter takes it and hands over the form (``returnPressed``)."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.returnPressed.emit()


def clear(layout: QVBoxLayout) -> None:
    """Take every widget out of a layout."""
    while item := layout.takeAt(0):
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
