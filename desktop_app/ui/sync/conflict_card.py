"""One disputed field: what each wrote, and the ways to settle it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.db.change import Value
from desktop_app.i18n import t
from desktop_app.ui.store import Store
from desktop_app.ui.sync.sync_state import when
from desktop_app.ui.sync.text_marks import marked_label
from desktop_app.ui.sync.value_editors import ValueEditor, make_editor
from desktop_app.ui.sync.values import ValueWords, field_name, is_long, is_text
from desktop_app.ui.widgets.buttons import button, column, label, panel
from desktop_app.ui.widgets.pill import PillLabel

if TYPE_CHECKING:
    from desktop_app.sync.conflicts import Conflict, Side

_ACROSS = 2


class ConflictCard(QFrame):
    """Emits ``settled(table, row, column, value)`` when a person has decided."""

    settled = Signal(object, object)

    def __init__(self, conflict: "Conflict", store: Store, words: ValueWords) -> None:
        """Show the sides of a conflict beside each other."""
        super().__init__()
        self.conflict, self._store, self._words = conflict, store, words
        self._editor: ValueEditor | None = None
        self.setProperty("role", "card")
        deleted = conflict.column == "deleted"
        name = t("sync.deleted_title") if deleted else field_name(conflict.table, conflict.column)
        self._name = name
        self.setAccessibleName(name)
        layout = column(self, 16, 10)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(label(name, "heading"))
        if not deleted:
            before = label(t("sync.before", value=self._short(conflict.base)), "muted")
            before.setToolTip(self._said(conflict.base))
            head.addWidget(before)
        head.addStretch(1)
        layout.addLayout(head)
        grid = QGridLayout()
        grid.setSpacing(10)
        for place, side in enumerate(conflict.sides):
            grid.addWidget(self._side(side, place == 0), place // _ACROSS, place % _ACROSS)
        for place in range(min(len(conflict.sides), _ACROSS)):
            grid.setColumnStretch(place, 1)
        layout.addLayout(grid)
        self._more = QVBoxLayout()
        self._more.setSpacing(8)
        if is_long(conflict.table, conflict.column):
            self._offer_merged()
        elif not deleted:
            self._offer_other(layout)
        layout.addLayout(self._more)

    # --- the sides

    def _said(self, value: Value) -> str:
        of = self.conflict
        return self._words.words(of.table, of.row, of.column, value)

    def _short(self, value: Value) -> str:
        text = self._said(value).replace("\n", " ")
        return text if len(text) <= 48 else text[:47] + "…"

    def _side(self, side: "Side", stands: bool) -> QWidget:
        """Return what one side wrote, with who and when, and the button that takes it."""
        of = self.conflict
        box = panel("answer")
        inner = column(box, 12, 6)
        head = QWidget()
        head.setFixedHeight(24)
        who = QHBoxLayout(head)
        who.setContentsMargins(0, 0, 0, 0)
        who.setSpacing(8)
        by = side.by or t("sync.someone")
        text = is_text(of.table, of.column)
        shown_large = not text and of.column != "deleted"
        who.addWidget(label(by, "" if shown_large else "strong"))
        who.addWidget(label(when(side.at), "small"))
        who.addStretch(1)
        if stands and of.column != "deleted":
            who.addWidget(PillLabel(t("sync.stands"), "neutral"))
        inner.addWidget(head)
        if of.column == "deleted":
            said = t("sync.deleted_by" if side.value else "sync.edited_by")
            inner.addWidget(label(said, wrap=True))
            take = t("sync.delete" if side.value else "sync.keep")
        else:
            said, take = self._said(side.value), t("sync.take")
            base = self._said(of.base) if of.base is not None else ""
            if text:
                inner.addWidget(marked_label(base, said))
            else:
                inner.addWidget(label(said, "value", wrap=True, selectable=True))
        inner.addStretch(1)
        variant = "danger" if of.column == "deleted" and side.value else "secondary"
        one = button(take, partial(self.settle, side.value), variant=variant)
        one.setAccessibleName(t("sync.take_of", field=self._name, by=by, value=said))
        inner.addWidget(one, 0, Qt.AlignmentFlag.AlignLeft)
        return box

    def settle(self, value: Value) -> None:
        """Decide for a value."""
        self.settled.emit(self.conflict, value)

    # --- both, or a third

    def _offer_merged(self) -> None:
        """Offer the text that has what both wrote, to be taken or edited."""
        from desktop_app.sync.conflicts import merged_notes

        of = self.conflict
        merged = of.sides[0].value
        for side in of.sides[1:]:
            merged = merged_notes(_text(of.base), _text(merged), _text(side.value))
        self._more.addWidget(label(t("sync.merged"), "small"))
        self._add_editor(merged, t("sync.use_merged"))

    def _offer_other(self, layout: QVBoxLayout) -> None:
        """Offer both beside each other, for words, and a field to write another answer."""
        of = self.conflict
        line = QHBoxLayout()
        line.setSpacing(20)
        values = [str(side.value) for side in of.sides if side.value not in (None, "")]
        if is_text(of.table, of.column) and len(values) > 1:
            both = " / ".join(dict.fromkeys(values))
            keep = button(
                t("sync.both"), partial(self.settle, both), "git-merge", "plainlink", both
            )
            line.addWidget(keep)
        self._other = button(t("sync.other"), self.write_other, "pencil", "plainlink")
        line.addWidget(self._other)
        line.addStretch(1)
        layout.addLayout(line)

    def write_other(self) -> None:
        """Open the field's own editor for an answer that nobody gave yet."""
        self._other.hide()
        self._add_editor(self.conflict.sides[0].value, t("sync.save_other"))
        if self._editor is not None:
            self._editor.field.setFocus()

    def _add_editor(self, value: Value, take: str) -> None:
        of = self.conflict
        self._editor = make_editor(self._store, self._words, of.table, of.row, of.column, value)
        field = self._editor.field
        field.setAccessibleName(t("sync.other_value", field=self._name))
        go = button(take, self._take_written, variant="primary")
        self.take_written = go
        if is_long(of.table, of.column):
            self._more.addWidget(field)
            self._more.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
            return
        line = QHBoxLayout()
        line.setSpacing(8)
        field.setMinimumWidth(260)
        line.addWidget(field, 1)
        line.addWidget(go)
        line.addStretch(1)
        self._more.addLayout(line)
        pressed: Callable[..., object] | None = getattr(field, "returnPressed", None)
        if pressed is not None:
            pressed.connect(self._take_written)  # type: ignore[attr-defined]

    def _take_written(self) -> None:
        assert self._editor is not None
        try:
            value = self._editor.value()
        except ValueError:
            return
        self.settle(value)

    def being_written(self) -> bool:
        """Say whether somebody is writing an answer here, which a refresh must not take away."""
        return self._editor is not None and self._editor.field.hasFocus()


def _text(value: Value) -> str | None:
    return None if value is None else str(value)
