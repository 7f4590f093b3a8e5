"""Fields edited in place: each emits ``edited(value)`` once, on commit, only when it altered."""

from typing import Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionFrame,
    QStylePainter,
)

from desktop_app.i18n import catalogue, t, word
from desktop_app.ui.typing_mark import TypingMark


def restyle(widget: Any, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and paint accordingly."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def leaves_undo(event: QEvent, modified: bool) -> bool:
    """Say whether an undo or redo key is the window's: nothing is being typed here."""
    keys = QKeySequence.StandardKey
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and not modified
        and isinstance(event, QKeyEvent)
        and (event.matches(keys.Undo) or event.matches(keys.Redo))
    )


class LineField(QLineEdit):
    """The common ways of a one-line field; a subclass says how its value reads and parses."""

    edited = Signal(object)

    def __init__(self, name: str, hint: str = "", inplace: bool = True) -> None:
        """``name`` is the field's label, for screen readers; ``hint`` shows while it is empty."""
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setProperty("inplace", inplace)
        self._value: Any = None
        self.typed = TypingMark()
        self._composing = False
        self.setCursorPosition(0)
        self.textEdited.connect(self._on_typed)

    def _on_typed(self, _text: str) -> None:
        self.typed.begin()
        restyle(self, "wrong", False)

    def parse(self, text: str) -> Any:
        """Return the value that a text means.

        Raises:
            ValueError: it means none; the argument is the sentence that says so.
        """
        return text.strip() or None

    def words(self, value: Any) -> str:
        """Return how a value reads in the field."""
        return "" if value is None else str(value)

    def value(self) -> Any:
        """Return the value last set or committed."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show a value, unless the person is in the middle of altering the field."""
        editing = self.hasFocus() and (self.isModified() or self._composing)
        self._value = value
        if not editing:
            self._show()

    def _show(self) -> None:
        text = self.words(self._value)
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)
        elif not self.hasFocus():
            self.setCursorPosition(0)
        self.setModified(False)
        self.typed.forget()
        restyle(self, "wrong", False)
        self.setToolTip(text if len(text) > 24 else "")

    def commit(self) -> bool:
        """Take what was typed; return False and mark the field when it means nothing."""
        if not self.isModified():
            return True
        try:
            value = self.parse(self.text())
        except ValueError as error:
            restyle(self, "wrong", True)
            self.setToolTip(str(error))
            return False
        altered = value != self._value
        self._value = value
        with self.typed.committing():
            self._show()
            if altered:
                self.edited.emit(value)
        return True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        # What an input method composes is typed already, though no letter stands yet.
        self._composing = bool(event.preeditString())
        if self._composing:
            self.typed.begin()
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.commit():
                self.selectAll()
                self.returnPressed.emit()
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self._show()
        else:
            super().keyPressEvent(event)

    def elided(self) -> str:
        """Return the text as it stands while nobody types: cut with an ellipsis if need be."""
        room = self._text_room().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def _text_room(self) -> QRect:
        """Return where the text is painted."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inner = (
            self.style()
            .subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
            .marginsRemoved(self.textMargins())
        )
        # Qt keeps two dots free at either side of the text.
        return inner.adjusted(2, 0, -2, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.text() if self.hasFocus() else self.elided()
        if shown == self.text():
            super().paintEvent(event)
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option)
        self.style().drawItemText(
            painter,
            self._text_room(),
            int(self.alignment() | Qt.AlignmentFlag.AlignVCenter),
            self.palette(),
            self.isEnabled(),
            shown,
            QPalette.ColorRole.Text,
        )

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    def event(self, event: QEvent) -> bool:
        # An unaltered field leaves Ctrl+Z to the window: it takes the saved edit back.
        if leaves_undo(event, self.isModified()):
            event.ignore()
            return False
        return super().event(event)


class TextField(LineField):
    """One line of text; empty is None."""


class IntField(LineField):
    """A whole number with thousands separators; ``unit`` is shown after it."""

    def __init__(self, name: str, hint: str = "", unit: str = "", inplace: bool = True) -> None:
        """Show ``unit`` (such as m²) after the number."""
        super().__init__(name, hint, inplace)
        self._unit = unit

    def parse(self, text: str) -> int | None:
        plain = text.replace(self._unit, "") if self._unit else text
        for mark in " ,'’，\u00a0\u202f":
            plain = plain.replace(mark, "")
        if not plain:
            return None
        try:
            number = int(plain)
        except ValueError:
            raise ValueError(t("shell.not_a_number")) from None
        if abs(number) >= 2**63:
            raise ValueError(t("shell.not_a_number"))
        return number

    def words(self, value: Any) -> str:
        if value is None:
            return ""
        return f"{value:,} {self._unit}".strip()


class LongTextField(QPlainTextEdit):
    """Text of several lines that grows with what is in it; Ctrl+Enter commits too."""

    edited = Signal(object)

    def __init__(
        self, name: str, hint: str = "", lines: int = 1, most: int = 14, inplace: bool = True
    ) -> None:
        """Be at least ``lines`` high and scroll beyond ``most``."""
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setProperty("inplace", inplace)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._value: str | None = None
        self.typed = TypingMark()
        self._composing = False
        self._lines, self._most = lines, most
        # What stands around the lines: border, padding and the margin of the document. With it
        # the first line stands where that of a one-line field does.
        self._frame = 9 if inplace else 13
        self.document().setDocumentMargin(3)
        self.textChanged.connect(self._fit)
        self.document().modificationChanged.connect(self._on_modified)
        # The first width is known only when the layout has run.
        QTimer.singleShot(0, self, self._fit)

    def _on_modified(self, modified: bool) -> None:
        if modified:
            self.typed.begin()

    def value(self) -> str | None:
        """Return the value last set or committed."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show a value, unless the person is in the middle of altering the field."""
        editing = self.hasFocus() and (self.document().isModified() or self._composing)
        self._value = value
        if not editing:
            self._show()

    def _show(self) -> None:
        text = self._value or ""
        if text != self.toPlainText():
            self.setPlainText(text)
        self.document().setModified(False)
        self.typed.forget()

    def commit(self) -> bool:
        """Take what was typed."""
        if self.document().isModified():
            value = self.toPlainText().strip() or None
            self.document().setModified(False)
            altered = value != self._value
            self._value = value
            with self.typed.committing():
                if altered:
                    self.edited.emit(value)
        return True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        if self._composing:
            self.typed.begin()
        super().inputMethodEvent(event)

    def _fit(self) -> None:
        """Be as high as the text, within limits."""
        whole = int(self.document().size().height())
        lines = max(self._lines, min(whole, self._most))
        height = lines * self.fontMetrics().lineSpacing() + self._frame
        bars = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            bars.ScrollBarAsNeeded if whole > self._most else bars.ScrollBarAlwaysOff
        )
        if height != self.height():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(160, self._lines * self.fontMetrics().lineSpacing() + self._frame)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.commit()
        elif event.key() == Qt.Key.Key_Escape and self.document().isModified():
            self._show()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    def event(self, event: QEvent) -> bool:
        if leaves_undo(event, self.document().isModified()):
            event.ignore()
            return False
        return super().event(event)


class ChoiceField(QComboBox):
    """One of a few codes, shown by their words; the wheel scrolls the pane, not the choice."""

    edited = Signal(object)

    def __init__(
        self,
        name: str,
        choices: "list[tuple[str, str]]",
        empty: str | None = "",
        inplace: bool = True,
    ) -> None:
        """Offer (code, label) pairs; ``empty`` is the label of no choice, None forbids it."""
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("inplace", inplace)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setMaxVisibleItems(16)
        if empty is not None:
            self.addItem(empty or "—", None)
        for code, text in choices:
            self.addItem(text, code)
        self._value: str | None = None
        # Qt chooses the first by itself, which nobody chose and nobody may save.
        self.setCurrentIndex(self.findData(None))
        self.typed = TypingMark()
        self.activated.connect(lambda _index: self.commit())

    @classmethod
    def of_words(
        cls, name: str, concept: str, codes: Any, empty: str | None = "", inplace: bool = True
    ) -> "ChoiceField":
        """Offer the codes of an enum by their words: ``of_words(…, "source", Source)``."""
        return cls(name, [(str(c), word(concept, str(c))) for c in codes], empty, inplace)

    @classmethod
    def of_countries(cls, name: str, inplace: bool = True) -> "ChoiceField":
        """Offer the countries that have a word, those of the team's trips first."""
        start = "words.country."
        codes = [key[len(start) :] for key in catalogue() if key.startswith(start)]
        first = ["CH", "DE", "IT", "AT", "FR", "LI", "NL", "BE", "GB", "CN"]
        near = [c for c in first if c in codes]
        rest = sorted((c for c in codes if c not in first), key=lambda c: word("country", c))
        return cls(name, [(c, word("country", c)) for c in near + rest], "", inplace)

    def value(self) -> str | None:
        """Return the code last set or chosen."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Choose a code; one that is not offered is shown as it stands."""
        self._value = value
        index = self.findData(value)
        if index < 0 and value:
            self.addItem(str(value), value)
            index = self.count() - 1
        self.setCurrentIndex(index)

    def commit(self) -> bool:
        """Take the choice."""
        value = self.currentData()
        with self.typed.committing():
            if value != self._value:
                self._value = value
                self.edited.emit(value)
        return True

    def showPopup(self) -> None:
        # What is chosen now answers what is shown now.
        self.typed.begin()
        super().showPopup()

    def hidePopup(self) -> None:
        super().hidePopup()
        # The choice, if there is one, is told after the list has gone.
        QTimer.singleShot(0, self, self.typed.forget)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class BoolField(QCheckBox):
    """Yes or no; never said counts as no."""

    edited = Signal(object)

    def __init__(self, name: str, text: str = "") -> None:
        """``text`` stands beside the box."""
        super().__init__(text)
        self.setAccessibleName(name)
        # Qt may leave out the default argument of clicked: emit alone would then fail.
        self.clicked.connect(lambda on=False: self.edited.emit(on))

    def value(self) -> bool:
        """Return whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: Any) -> None:
        """Tick or clear without emitting."""
        self.setChecked(bool(value))

    def commit(self) -> bool:
        """Nothing waits in a check box."""
        return True
