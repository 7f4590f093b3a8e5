"""The board: a column a stage, cards to drag between them."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QEvent,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.words import STAGES
from desktop_app.i18n import t, word
from desktop_app.services.lead_rows import LeadRow
from desktop_app.ui import theme
from desktop_app.ui.leads.card_delegate import ROW_ROLE, CardDelegate
from desktop_app.ui.leads.parts import bold
from desktop_app.ui.widgets.buttons import label

MIME = "application/x-invest-desk-leads"
COLUMN_WIDTH = 252
Index = QModelIndex | QPersistentModelIndex


class CardModel(QAbstractListModel):
    """The leads of one stage."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.rows: Sequence[LeadRow] = ()

    def set_rows(self, rows: Sequence[LeadRow]) -> None:
        """Show other leads."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.company or row.company_zh or row.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        ids = ",".join(self.rows[index.row()].id for index in indexes)
        data.setData(MIME, QByteArray(ids.encode()))
        return data


class CardList(QListView):
    """One column's cards; takes cards dropped from other columns."""

    dropped = Signal(list)
    #: Whether cards are held over this list.
    lit = Signal(bool)
    sideways = Signal(int)
    opened = Signal()

    def __init__(self, delegate: CardDelegate, name: str) -> None:
        """Make an empty list; ``name`` is said by screen readers."""
        super().__init__()
        self.setModel(CardModel())
        self.setItemDelegate(delegate)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        # Thousands of cards are laid out as they come into sight.
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(200)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def cards(self) -> CardModel:
        """Return the model of the cards."""
        model = self.model()
        assert isinstance(model, CardModel)
        return model

    def _takes(self, event: QDragEnterEvent | QDragMoveEvent | QDropEvent) -> bool:
        return event.mimeData().hasFormat(MIME) and event.source() is not self

    def _light(self, on: bool) -> None:
        self.lit.emit(on)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._takes(event):
            self._light(True)
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self._takes(event):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._light(False)
        if not self._takes(event):
            event.ignore()
            return
        # The rows move when the stage has moved in the database; the view itself removes none.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        ids = bytes(event.mimeData().data(MIME).data()).decode()
        self.dropped.emit([one for one in ids.split(",") if one])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.sideways.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class BoardColumn(QFrame):
    """A stage: its name, how many leads, what they add up to, and the cards."""

    def __init__(self, stage: str, delegate: CardDelegate) -> None:
        """Make an empty column of one stage."""
        super().__init__()
        self.stage = stage
        self._lit = False
        self.setFixedWidth(COLUMN_WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 8, 6, 6)
        layout.setSpacing(6)
        head = QHBoxLayout()
        head.setContentsMargins(6, 0, 6, 0)
        head.setSpacing(8)
        self.title = bold(word("stage", stage))
        self.count = label("0", "small")
        self.total = label("", "small")
        head.addWidget(self.title)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.total)
        layout.addLayout(head)
        self.list = CardList(delegate, word("stage", stage))
        self.list.lit.connect(self._light)
        # The lane shows through between the cards.
        self.list.setStyleSheet("background: transparent;")
        layout.addWidget(self.list, 1)

    def _light(self, on: bool) -> None:
        self._lit = on
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("accent" if self._lit else "second"))
        painter.setBrush(theme.color("accent_soft" if self._lit else "second"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()

    def set_rows(self, rows: Sequence[LeadRow], total: str) -> None:
        """Show the leads of this stage and their sum."""
        self.list.cards().set_rows(rows)
        self.count.setText(str(len(rows)))
        self.total.setText(total)


class LeadBoard(QScrollArea):
    """All columns side by side."""

    #: (ids, stage) of cards dropped on another column.
    moved = Signal(list, str)
    selection_changed = Signal(list)
    opened = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, total_of: Callable[[Iterable[LeadRow]], str]) -> None:
        """Make the empty board; ``total_of`` words the sum of a column."""
        super().__init__()
        self._total_of = total_of
        self._silent = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setProperty("role", "background")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QHBoxLayout(inner)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        delegate = CardDelegate(self)
        self.columns: list[BoardColumn] = []
        for stage in STAGES:
            one = BoardColumn(stage.value, delegate)
            one.list.dropped.connect(lambda ids, code=stage.value: self.moved.emit(ids, code))
            one.list.selectionModel().selectionChanged.connect(
                lambda *_args, c=one: self._on_selection(c)
            )
            one.list.sideways.connect(lambda step, c=one: self._on_sideways(c, step))
            one.list.opened.connect(self.opened)
            one.list.doubleClicked.connect(lambda _index: self.opened.emit())
            one.list.customContextMenuRequested.connect(
                lambda point, c=one: self.menu_asked.emit(c.list.viewport().mapToGlobal(point))
            )
            layout.addWidget(one)
            self.columns.append(one)
        layout.addStretch(1)
        self.setWidget(inner)
        self.setAccessibleName(t("leads.board"))

    def set_rows(self, rows: Iterable[LeadRow], selected: Sequence[str]) -> None:
        """Show the leads, each in the column of its stage, and keep the selection."""
        by_stage: dict[str, list[LeadRow]] = {stage.value: [] for stage in STAGES}
        for row in rows:
            by_stage.get(row.stage or "lead", by_stage["lead"]).append(row)
        self._silent = True
        for one in self.columns:
            found = by_stage[one.stage]
            place = one.list.verticalScrollBar().value()
            one.set_rows(found, self._total_of(found))
            one.list.verticalScrollBar().setValue(place)
        self._silent = False
        self.select(selected)

    def select(self, ids: Sequence[str]) -> None:
        """Select cards without telling, and bring the first into sight."""
        wanted = set(ids)
        self._silent = True
        for column in self.columns:
            chosen = column.list.selectionModel()
            chosen.clearSelection()
            if not wanted:
                continue
            for number, row in enumerate(column.list.cards().rows):
                if row.id not in wanted:
                    continue
                index = column.list.cards().index(number)
                chosen.setCurrentIndex(index, chosen.SelectionFlag.Select)
                if row.id == ids[0]:
                    column.list.scrollTo(index)
                    self.ensureWidgetVisible(column, 12, 0)
        self._silent = False

    def selected_ids(self) -> list[str]:
        """Return the ids of the selected cards, column by column."""
        return [
            column.list.cards().rows[index.row()].id
            for column in self.columns
            for index in sorted(column.list.selectedIndexes(), key=lambda i: i.row())
        ]

    def _on_selection(self, column: BoardColumn) -> None:
        if self._silent:
            return
        # A selection lives in one column: a card drags alone or with those beside it.
        if column.list.selectedIndexes():
            self._silent = True
            for other in self.columns:
                if other is not column:
                    other.list.clearSelection()
            self._silent = False
        self.selection_changed.emit(self.selected_ids())

    def _on_sideways(self, column: BoardColumn, step: int) -> None:
        """Go to the next column that has cards."""
        at = self.columns.index(column) + step
        while 0 <= at < len(self.columns):
            target = self.columns[at].list
            if target.cards().rows:
                line = max(0, column.list.currentIndex().row())
                line = min(line, len(target.cards().rows) - 1)
                target.setFocus()
                target.setCurrentIndex(target.cards().index(line))
                self.ensureWidgetVisible(self.columns[at], 12, 0)
                return
            at += step

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()
