"""What stands beside the pages: what they still lack, the classification, the sections."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.i18n import t
from desktop_app.ui.trips.checks_panel import CheckLine, ChecksPanel
from desktop_app.ui.widgets.buttons import button, label

_MARKS = ("internal", "restricted", "secret", "confidential")


class MarkField(QComboBox):
    """A classification: one of the usual ones, or any words."""

    edited = Signal(str)

    def __init__(self) -> None:
        """Start without a mark of its own: the usual words are printed then."""
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName(t("papers.mark"))
        self.addItems([t(f"papers.mark_{code}") for code in _MARKS])
        self._value = ""
        line = self.lineEdit()
        assert line is not None
        line.setPlaceholderText(t("papers.mark_usual"))
        line.setMaxLength(60)
        line.setAccessibleName(t("papers.mark"))
        line.editingFinished.connect(self._commit)
        self.activated.connect(lambda _index: self._commit())
        self.set_value("")

    def set_value(self, text: str) -> None:
        """Show a mark; one that is being typed stays."""
        if self.currentText().strip() != self._value and self.hasFocus():
            return
        self._value = text
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findText(text))
            self.setEditText(text)

    def value(self) -> str:
        """Return the mark, empty for the usual one."""
        return self._value

    def _commit(self) -> None:
        text = self.currentText().strip()
        if text != self._value:
            self._value = text
            self.edited.emit(text)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The wheel scrolls the pane; it alters nothing by the way.
        event.ignore()


class PaperOptions(QScrollArea):
    """A narrow pane at the right of the pages."""

    gap_opened = Signal(str, str, str)
    mark_edited = Signal(str)
    sections_edited = Signal(object)

    def __init__(self) -> None:
        """Start empty: a paper says what it has once it is made."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(220)
        body = QWidget()
        self._layout = QVBoxLayout(body)
        self._layout.setContentsMargins(16, 14, 16, 16)
        self._layout.setSpacing(4)
        self.gaps = ChecksPanel(t("trips.gaps"))
        self.gaps.opened.connect(
            lambda gap: self.gap_opened.emit(gap.kind, gap.record_id, gap.column)
        )
        self._layout.addWidget(self.gaps)
        self._hint = label(t("trips.gaps_hint"), "small", wrap=True)
        self._hint.hide()
        self._layout.addWidget(self._hint)
        self._layout.addSpacing(16)
        self._layout.addWidget(label(t("papers.mark"), "heading"))
        self.mark = MarkField()
        self.mark.edited.connect(self.mark_edited)
        self._layout.addWidget(self.mark)
        self._layout.addSpacing(16)
        self.sections_title = label(t("papers.sections"), "heading")
        self._layout.addWidget(self.sections_title)
        self.boxes: dict[str, QCheckBox] = {}
        self._boxes = QVBoxLayout()
        self._boxes.setSpacing(0)
        self._layout.addLayout(self._boxes)
        self.all = button(t("papers.all_sections"), self._take_all, variant="link")
        self._layout.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        self._layout.addStretch(1)
        self.setWidget(body)
        self.set_sections((), ())

    def set_gaps(self, gaps: Sequence[Any]) -> None:
        """Show what the paper lacks, in the window's language."""
        lines = [
            CheckLine(True, gap.sentence(), "", gap.kind, gap.record_id, gap.column) for gap in gaps
        ]
        self.gaps.set_checks(lines, t("trips.gaps_none"))
        self._hint.setVisible(bool(lines))

    def set_sections(self, sections: Sequence[str], left_out: Iterable[str]) -> None:
        """Offer the sections, those left out unchecked."""
        if list(self.boxes) != list(sections):
            for box in self.boxes.values():
                self._boxes.removeWidget(box)
                box.deleteLater()
            self.boxes = {code: self._box(code) for code in sections}
        for code, box in self.boxes.items():
            with QSignalBlocker(box):
                box.setChecked(code not in set(left_out))
        self._show_state()

    def _box(self, code: str) -> QCheckBox:
        box = QCheckBox(section_name(code))
        box.setAccessibleName(f"{t('papers.sections')}: {box.text()}")
        box.toggled.connect(lambda _on: self._on_toggled())
        self._boxes.addWidget(box)
        return box

    def left_out(self) -> frozenset[str]:
        """Return the codes of the sections that are not wanted."""
        return frozenset(code for code, box in self.boxes.items() if not box.isChecked())

    def _on_toggled(self) -> None:
        self._show_state()
        self.sections_edited.emit(self.left_out())

    def _show_state(self) -> None:
        self.sections_title.setVisible(len(self.boxes) > 1)
        self.all.setVisible(bool(self.left_out()))
        for box in self.boxes.values():
            box.setVisible(len(self.boxes) > 1)
            # A paper without any section is no paper: the last one stays.
            box.setEnabled(not (box.isChecked() and len(self.boxes) - len(self.left_out()) == 1))

    def _take_all(self) -> None:
        for box in self.boxes.values():
            with QSignalBlocker(box):
                box.setChecked(True)
        self._on_toggled()


def section_name(code: str) -> str:
    """Return what a section is called; one without words is shown by its code."""
    try:
        return t(f"reports.section_{code}")
    except KeyError:
        return code.replace("_", " ")
