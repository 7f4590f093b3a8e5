"""Short lists of records in a pane: one line each, opened in place to edit every field."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.i18n import t
from desktop_app.ui.widgets.buttons import icon_button, label
from desktop_app.ui.widgets.elided_label import ElidedLabel
from desktop_app.ui.widgets.pill import PillLabel
from desktop_app.ui.widgets.record_form import RecordForm, Save


class CardText(NamedTuple):
    """What the line of a record says."""

    id: str
    title: str
    detail: str = ""
    warning: str = ""


class _Head(QFrame):
    """The line of a card: a click or Enter opens and closes it."""

    pressed = Signal()
    hovered = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.hovered.emit(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(False)
        super().leaveEvent(event)


class RecordCard(QWidget):
    """One record as a line, with its form below when it is open."""

    def __init__(self, owner: "RecordCards", key: str) -> None:
        """Belong to a list, which knows how to make a form."""
        super().__init__()
        self.key, self._owner = key, owner
        self.form: RecordForm | None = None
        self._record: Mapping[str, Any] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self.head = _Head()
        line = QHBoxLayout(self.head)
        line.setContentsMargins(0, 3, 0, 3)
        line.setSpacing(8)
        self.title = label("")
        self.title.setMinimumWidth(owner.title_width)
        self.detail = ElidedLabel()
        self.warning = PillLabel("", "warn")
        line.addWidget(self.title)
        line.addWidget(self.detail, 1)
        line.addWidget(self.warning)
        self.tools = QWidget()
        tools = QHBoxLayout(self.tools)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(0)
        if owner.ordered:
            up = icon_button("arrow-up", t("common.move_up"), lambda: owner.moved.emit(key, -1))
            down = icon_button(
                "arrow-down", t("common.move_down"), lambda: owner.moved.emit(key, 1)
            )
            tools.addWidget(up)
            tools.addWidget(down)
        tools.addWidget(icon_button("trash", t("common.delete"), lambda: owner.removed.emit(key)))
        self.tools.hide()
        line.addWidget(self.tools)
        self._layout.addWidget(self.head)
        self.head.pressed.connect(self.toggle)
        self.head.hovered.connect(self._on_hovered)

    def show_record(self, text: CardText, record: Mapping[str, Any]) -> None:
        """Show the record's line and, when open, its fields."""
        self._record = record
        self.title.setText(text.title)
        self.detail.setText(text.detail)
        self.detail.setToolTip(text.detail)
        self.warning.set_pill(text.warning, "warn")
        self.head.setAccessibleName(" ".join(filter(None, text[1:])))
        if self.form is not None:
            self._owner.fill(self.form, record)

    def _on_hovered(self, over: bool) -> None:
        self.tools.setVisible(over or self.is_open())

    def is_open(self) -> bool:
        """Say whether the fields are shown."""
        return self.form is not None and not self.form.isHidden()

    def toggle(self) -> None:
        """Open or close the fields."""
        self.set_open(not self.is_open())

    def set_open(self, opened: bool) -> None:
        """Show or hide the fields; they are made when first needed."""
        if opened and self.form is None:
            self.form = self._owner.make_form(
                lambda name, fields: self._owner.edited.emit(self.key, name, fields)
            )
            self._layout.addWidget(self.form)
            self._owner.fill(self.form, self._record)
        if self.form is not None:
            self.form.setVisible(opened)
        self.tools.setVisible(opened)


class RecordCards(QWidget):
    """A list of cards; it keeps which are open while the records alter."""

    edited = Signal(str, str, object)
    removed = Signal(str)
    moved = Signal(str, int)

    def __init__(
        self,
        make_form: Callable[[Save], RecordForm],
        fill: Callable[[RecordForm, Mapping[str, Any]], object],
        empty: str,
        ordered: bool = False,
        title_width: int = 84,
    ) -> None:
        """Make forms by ``make_form``; ``empty`` is said when there is no record."""
        super().__init__()
        self.make_form, self.fill = make_form, fill
        self.ordered, self.title_width = ordered, title_width
        self.cards: dict[str, RecordCard] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._empty: QLabel = label(empty, "muted", wrap=True)
        self._layout.addWidget(self._empty)

    def set_records(self, records: Sequence[tuple[CardText, Mapping[str, Any]]]) -> None:
        """Show records in order, each with the text of its line."""
        keys = [text.id for text, _record in records]
        for key in [k for k in self.cards if k not in keys]:
            gone = self.cards.pop(key)
            self._layout.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for position, (text, record) in enumerate(records):
            card = self.cards.get(text.id)
            if card is None:
                card = self.cards[text.id] = RecordCard(self, text.id)
            if self._layout.indexOf(card) != position + 1:
                self._layout.removeWidget(card)
                self._layout.insertWidget(position + 1, card)
            card.show_record(text, record)
        self._empty.setVisible(not records)

    def open_card(self, key: str) -> RecordCard | None:
        """Open one record's fields and return its card."""
        card = self.cards.get(key)
        if card is not None:
            card.set_open(True)
        return card
