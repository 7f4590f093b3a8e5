"""The checks of a trip: warnings first, each with its rule and source; what passed, quietly."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.i18n import t
from desktop_app.ui import theme
from desktop_app.ui.widgets.buttons import button, label
from desktop_app.ui.widgets.empty_state import IconLabel
from desktop_app.ui.widgets.pill import PillLabel

_SHOWN = 5


class CheckLine(NamedTuple):
    """One check in words: whether it warns, the sentence, its rule and source, its record."""

    warns: bool
    text: str
    source: str = ""
    kind: str = ""
    record_id: str = ""
    column: str = ""


class _Line(QWidget):
    """One check; it can be opened when it concerns a record."""

    pressed = Signal()

    def __init__(self, check: CheckLine, says_source: bool = True) -> None:
        super().__init__()
        self._opens = bool(check.record_id or check.kind)
        self.check = check
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 3, 0, 3)
        layout.setSpacing(8)
        mark = IconLabel(
            "triangle-alert" if check.warns else "circle-check",
            15,
            "warn" if check.warns else "good",
        )
        box = QVBoxLayout()
        box.setContentsMargins(0, 2, 0, 0)
        box.addWidget(mark)
        box.addStretch(1)
        layout.addLayout(box)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.text = label(check.text, "" if check.warns else "muted", wrap=True)
        words.addWidget(self.text)
        if check.source and says_source:
            words.addWidget(label(check.source, "small", wrap=True))
        layout.addLayout(words, 1)
        self.setAccessibleName(f"{check.text} {check.source}")
        if self._opens:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setToolTip(t("trips.check_open"))

    def _underline(self, on: bool) -> None:
        if self._opens:
            self.text.setStyleSheet(f"color: {theme.color('accent').name()};" if on else "")

    def enterEvent(self, event: QEnterEvent) -> None:
        self._underline(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._underline(False)
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._opens and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._opens and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)


class ChecksPanel(QWidget):
    """A heading with the number of warnings, and a line for each check."""

    opened = Signal(object)

    def __init__(self, title: str = "") -> None:
        """Start without checks."""
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.title = label(title or t("trips.checks"), "heading")
        head.addWidget(self.title)
        self.count = PillLabel("", "warn")
        self.count.hide()
        head.addWidget(self.count)
        head.addStretch(1)
        outer.addLayout(head)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        outer.addLayout(self._lines)
        self.more = button("", self._on_more, variant="link")
        outer.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._quiet = QVBoxLayout()
        outer.addLayout(self._quiet)
        self._checks: list[CheckLine] = []
        self._all = False
        self.lines: list[_Line] = []

    def set_checks(self, checks: Sequence[CheckLine], none: str = "") -> None:
        """Show checks; ``none`` is said when there are none at all."""
        if list(checks) == self._checks and self.lines:
            return
        self._checks = list(checks)
        warnings = [c for c in checks if c.warns]
        if warnings:
            key = "trips.checks_warn" if len(warnings) > 1 else "trips.checks_warn_one"
            self.count.set_pill(t(key, count=len(warnings)), "warn")
        else:
            self.count.set_pill(t("trips.checks_ok") if checks else "", "good")
        self._rebuild(none)

    def warnings(self) -> list[CheckLine]:
        """Return the checks that warn."""
        return [c for c in self._checks if c.warns]

    def _rebuild(self, none: str = "") -> None:
        for layout in (self._lines, self._quiet):
            while (item := layout.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
        warnings = self.warnings()
        passed = [c for c in self._checks if not c.warns]
        shown = warnings if self._all else warnings[:_SHOWN]
        # A source that the line above names already is not said again.
        above = ["", *(check.source for check in shown)]
        self.lines = [
            _Line(check, check.source != source)
            for check, source in zip(shown, above, strict=False)
        ]
        for line in self.lines:
            line.pressed.connect(lambda c=line.check: self.opened.emit(c))
            self._lines.addWidget(line)
        if passed:
            # What is in order needs no attention: one muted line for all of it.
            self._quiet.addWidget(_Line(CheckLine(False, " · ".join(c.text for c in passed))))
        elif not self._checks and none:
            self._quiet.addWidget(label(none, "muted", wrap=True))
        hidden = len(warnings) - _SHOWN
        self.more.setVisible(hidden > 0)
        self.more.setText(
            t("trips.less_fields") if self._all else t("trips.checks_more", count=hidden)
        )

    def _on_more(self) -> None:
        self._all = not self._all
        self._rebuild()
