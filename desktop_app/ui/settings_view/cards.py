"""Cards of settings: a heading, and lines with words at the left and a field at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui import theme
from desktop_app.ui.widgets.buttons import column, label, panel


def card(title: str, hint: str = "") -> tuple[QFrame, QVBoxLayout]:
    """Return a framed group of settings."""
    frame = panel("card")
    body = column(frame, 18, 6)
    body.addWidget(label(title, "heading"))
    if hint:
        body.addWidget(label(hint, "small", wrap=True))
    body.addSpacing(6)
    return frame, body


def add_line(
    body: QVBoxLayout, text: str, field: QWidget, hint: str = "", muted: bool = False
) -> None:
    """Add a setting: its words at the left, its field at the right."""
    line = QHBoxLayout()
    line.setSpacing(12)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(label(text, "muted" if muted else "", wrap=True))
    if hint:
        words.addWidget(label(hint, "small", wrap=True))
    line.addLayout(words, 1)
    line.addWidget(field, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    holder = QWidget()
    holder.setLayout(line)
    line.setContentsMargins(0, 2, 0, 2)
    holder.setMinimumHeight(theme.ROW_HEIGHT + 4)
    body.addWidget(holder)
