"""Small parts that the sheets of the record share."""

from PySide6.QtWidgets import QLabel, QVBoxLayout

from desktop_app.i18n import language
from desktop_app.ui.widgets.buttons import label


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


def clear(layout: QVBoxLayout) -> None:
    """Take every widget out of a layout."""
    while item := layout.takeAt(0):
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
