"""Gives the room that is left in a table to its first column, until that is sized by hand."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication

from desktop_app.ui.widgets.row_table_view import RowTableView

LEAST, MOST = 180, 640


class ColumnFitter(QObject):
    """Watches the width of a table."""

    def __init__(self, table: RowTableView) -> None:
        """Fit from the first time that the table has a width."""
        super().__init__(table)
        self._table = table
        self.by_hand = False
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
        shown = [s for s in range(1, header.count()) if not header.isSectionHidden(s)]
        if not shown:
            return
        last = max(shown, key=header.visualIndex)
        # The last one stretches: what it needs is its own first width.
        others = sum(header.sectionSize(s) for s in shown if s != last) + columns[last].width
        room = self._table.viewport().width() - others
        self._table.setColumnWidth(0, max(LEAST, min(MOST, room)))
