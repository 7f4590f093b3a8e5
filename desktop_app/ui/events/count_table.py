"""A small table of counts in a pane; every number opens the records behind it."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop_app.i18n import t
from desktop_app.ui.widgets.buttons import button, label

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
# What a button has beside its text.
_PADDING = 6


class Counts(NamedTuple):
    """One line: what it is of, and how many by column."""

    code: str
    text: str
    numbers: tuple[int, ...]


class CountTable(QWidget):
    """Lines of a name and some numbers, each number a button."""

    #: (code of the line, place of the column)
    chosen = Signal(str, int)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)

    def set_lines(self, heads: Sequence[str], lines: Sequence[Counts]) -> None:
        """Show other counts under the heads of their columns."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, head in enumerate(heads):
            text = label(head, "small")
            self._grid.addWidget(
                _inset(text) if place else text, 0, place, _RIGHT if place else _LEFT
            )
        for row, line in enumerate(lines, 1):
            self._grid.addWidget(label(line.text), row, 0, _LEFT)
            for place, count in enumerate(line.numbers):
                self._grid.addWidget(
                    self._number(line, place, count, heads[place + 1]), row, place + 1, _RIGHT
                )

    def _number(self, line: Counts, place: int, count: int, head: str) -> QWidget:
        if not count:
            return _inset(label("–", "muted"))
        one = button(
            f"{count:,}", lambda: self.chosen.emit(line.code, place), variant="link",
            tip=t("events.open_behind"),
        )  # fmt: skip
        one.setAccessibleName(f"{line.text} {head}: {count}")
        return one


def _inset(text: QLabel) -> QLabel:
    """Let a text end where the number of a button does."""
    text.setContentsMargins(0, 0, _PADDING, 0)
    return text
