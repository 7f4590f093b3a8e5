"""Labels at the left, fields at the right: the body of every record pane."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from desktop_app.ui.widgets.buttons import label


class FieldGrid(QWidget):
    """A grid of labelled fields."""

    def __init__(self, label_width: int = 92) -> None:
        """Give all labels one width, so that several grids line up."""
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(1)
        self._grid.setColumnMinimumWidth(0, label_width)
        self._grid.setColumnStretch(1, 1)
        self._labels: dict[int, QLabel] = {}

    def add(self, text: str, field: QWidget) -> QWidget:
        """Add a field under a label and return it."""
        line = self._grid.rowCount()
        caption = label(text, "muted", wrap=True)
        caption.setMinimumHeight(28)
        caption.setBuddy(field)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(caption, line, 0, top)
        policy = field.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        field.setSizePolicy(policy)
        self._grid.addWidget(field, line, 1, top)
        self._labels[id(field)] = caption
        return field

    def add_wide(self, widget: QWidget) -> QWidget:
        """Add a widget over both columns."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)
        return widget

    def set_shown(self, field: QWidget, shown: bool) -> None:
        """Show or hide a field together with its label."""
        field.setVisible(shown)
        if id(field) in self._labels:
            self._labels[id(field)].setVisible(shown)


def commit_all(widget: QWidget) -> bool:
    """Commit what is being typed in any field inside ``widget``; False if one means nothing."""
    result = True
    for child in widget.findChildren(QWidget):
        commit: Any = getattr(child, "commit", None)
        if callable(commit):
            result = bool(commit()) and result
    return result
