"""Gives the room that is left in a table to its first column, until that is sized by hand.

Where there is too little for all, as beside the record on a small screen, one column that the
record shows anyway makes room for those further right.
"""

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication

from desktop_app.ui.widgets.row_table_view import RowTableView

LEAST, MOST = 180, 640
#: The column that goes while the table is narrow.
SPARE = "chain"


class ColumnFitter(QObject):
    """Watches the width of a table."""

    def __init__(self, table: RowTableView) -> None:
        """Fit from the first time that the table has a width."""
        super().__init__(table)
        self._table = table
        self.by_hand = False
        # The width of the spare column while it makes room; 0 while it is shown or hidden by hand.
        self._spared = 0
        self._wanted = False
        table.viewport().installEventFilter(self)
        table.horizontalHeader().sectionResized.connect(self._on_resized)

    def _on_resized(self, section: int, _old: int, _new: int) -> None:
        held = QApplication.mouseButtons() & Qt.MouseButton.LeftButton
        if section == 0 and held and self._table.horizontalHeader().underMouse():
            self.by_hand = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.by_hand:
            self.fit()
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """Set the first column to what the others leave."""
        header = self._table.horizontalHeader()
        model = self._table.model()
        columns = getattr(model, "columns", [])
        self._make_room(columns)
        shown = [s for s in range(1, header.count()) if not header.isSectionHidden(s)]
        if not shown:
            return
        last = max(shown, key=header.visualIndex)
        # The last one stretches: what it needs is its own first width.
        others = sum(header.sectionSize(s) for s in shown if s != last) + columns[last].width
        room = self._table.viewport().width() - others
        self._table.setColumnWidth(0, max(LEAST, min(MOST, room)))

    def _make_room(self, columns: list[Any]) -> None:
        """Hide the spare column where the others need its place, and bring it back."""
        table, header = self._table, self._table.horizontalHeader()
        spare = next((s for s, c in enumerate(columns) if c.key == SPARE), -1)
        if spare < 0 or self._wanted:
            return
        if self._spared and not header.isSectionHidden(spare):
            # Asked for in the column chooser: it stays from now on.
            self._spared, self._wanted = 0, True
            return
        if header.isSectionHidden(spare) and not self._spared:
            return
        own = self._spared or header.sectionSize(spare)
        shown = [s for s in range(1, header.count()) if not header.isSectionHidden(s)]
        others = [s for s in shown if s != spare]
        if not others:
            return
        last = max(others, key=header.visualIndex)
        need = LEAST + own + columns[last].width
        need += sum(header.sectionSize(s) for s in others if s != last)
        narrow = need > table.viewport().width()
        if narrow != bool(self._spared):
            self._spared = own if narrow else 0
            table.setColumnHidden(spare, narrow)
            if not narrow:
                table.setColumnWidth(spare, own)

    def kept(self, state: dict[str, Any]) -> dict[str, Any]:
        """Return a table's state to be kept: what makes room now is not hidden for good."""
        if not self._spared:
            return state
        hidden = [key for key in state["hidden"] if key != SPARE]
        return {**state, "hidden": hidden, "widths": {**state["widths"], SPARE: self._spared}}
