"""The mark on a field in which people disagree; a click on it leads to the conflict."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QToolButton, QWidget

from desktop_app.i18n import t
from desktop_app.ui.icons import icon
from desktop_app.ui.store import Store
from desktop_app.ui.widgets.text_fields import restyle

if TYPE_CHECKING:
    from desktop_app.ui.view import ShellActions

_SIZE = 20


class ConflictMark(QToolButton):
    """A small button at the right end of a field, whatever kind of field it is."""

    def __init__(self, field: QWidget) -> None:
        """Stand on a field and follow its size."""
        super().__init__(field)
        self._field = field
        self.setProperty("variant", "mark")
        self.setIcon(icon("split", "warn"))
        self.setIconSize(QSize(14, 14))
        self.setFixedSize(_SIZE, _SIZE)
        self.setToolTip(t("sync.field_mark"))
        self.setAccessibleName(t("sync.field_mark"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        field.installEventFilter(self)
        self._place()

    def _place(self) -> None:
        """Leave room for what a field has at its own right end."""
        taken = 4
        if isinstance(self._field, QComboBox) or (
            isinstance(self._field, QLineEdit) and self._field.actions()
        ):
            taken = 26
        top = min(4, (self._field.height() - _SIZE) // 2) if self._field.height() < 60 else 4
        self.move(self._field.width() - _SIZE - taken, max(top, 2))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)


def mark_conflicts(
    store: Store,
    shell: "ShellActions",
    row: str,
    editors: Mapping[str, Any],
    columns: Mapping[str, str] | None = None,
) -> None:
    """Mark those of a record's fields in which people disagree, and no others.

    Args:
        store: to read through.
        shell: the window, which opens the conflict.
        row: the record's id.
        editors: the fields by their column.
        columns: the column of a field that is not called after it.
    """
    from desktop_app.sync.conflicts import conflicted_cells

    disputed = store.read(conflicted_cells, row) if row else set()
    for name, editor in editors.items():
        of = (columns or {}).get(name, name)
        _set_mark(editor, of in disputed, partial(_open, shell, row, of))


def _open(shell: "ShellActions", row: str, column: str) -> None:
    shell.sync.open_conflict(row, column)


def _set_mark(editor: QWidget, marked: bool, go: Callable[[], object]) -> None:
    """Put a mark on a field, lead it elsewhere, or take it away."""
    field = editor.focusProxy() or editor
    found = field.findChild(ConflictMark, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if not marked:
        if found is not None:
            found.hide()
            restyle(field, "disputed", False)
        return
    mark = found if found is not None else ConflictMark(field)
    if found is not None:
        mark.clicked.disconnect()
    mark.clicked.connect(lambda _on=False: go())
    mark.show()
    mark.raise_()
    restyle(field, "disputed", True)
