"""The palette (Ctrl+K): every action and every record, found by typing."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from desktop_app.db.search_keys import fold, key_of
from desktop_app.i18n import t
from desktop_app.services.search import search_records
from desktop_app.ui import theme
from desktop_app.ui.fonts import font
from desktop_app.ui.icons import paint_icon
from desktop_app.ui.view import Action
from desktop_app.ui.views import ICONS, VIEW_OF_KIND
from desktop_app.ui.widgets.buttons import hairline, label

if TYPE_CHECKING:
    from desktop_app.ui.shell import MainWindow

WIDTH, ROWS, LINE = 640, 11, 36
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Line(NamedTuple):
    """One thing to do or to open."""

    text: str
    detail: str
    icon: str
    keys: str
    run: Callable[[], object]


class _Lines(QAbstractListModel):
    """The lines that match."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []

    def set_lines(self, lines: list[Line]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role == Qt.ItemDataRole.DisplayRole:
            line = self.lines[index.row()]
            return f"{line.text} {line.detail}".strip()
        return None


class _Delegate(QStyledItemDelegate):
    """Paints a line: icon, text, detail, keys."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, _Lines)
        line = model.lines[index.row()]
        area = QRectF(option.rect).adjusted(6, 1, -6, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(area, theme.RADIUS, theme.RADIUS)
        middle = area.center().y()
        paint_icon(painter, line.icon or "chevron-right", QRectF(area.x() + 10, middle - 8, 16, 16))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        space = area.adjusted(38, 0, -12, 0)
        small = QFontMetricsF(font(theme.SMALL))
        if line.keys:
            painter.setFont(font(theme.SMALL))
            painter.setPen(theme.color("muted"))
            painter.drawText(space, right, line.keys)
            space.setRight(space.right() - small.horizontalAdvance(line.keys) - 16)
        metrics = QFontMetricsF(font())
        painter.setFont(font())
        painter.setPen(theme.color("text"))
        text = metrics.elidedText(line.text, Qt.TextElideMode.ElideRight, space.width())
        painter.drawText(space, left, text)
        space.setLeft(space.left() + metrics.horizontalAdvance(text) + 10)
        if line.detail and space.width() > 30:
            painter.setFont(font(theme.SMALL))
            painter.setPen(theme.color("muted"))
            detail = small.elidedText(line.detail, Qt.TextElideMode.ElideRight, space.width())
            painter.drawText(space, left, detail)
        painter.restore()


class Palette(QFrame):
    """A field over the window with the best hits below it; Enter takes the first."""

    def __init__(self, window: "MainWindow", actions: Sequence[Action]) -> None:
        """Offer these actions, and every record once something is typed."""
        super().__init__(window, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "popup")
        self.setAccessibleName(t("shell.palette"))
        self._window = window
        self._actions = [(key_of(action.text), action) for action in actions]
        self.field = QLineEdit()
        self.field.setPlaceholderText(t("shell.palette_hint"))
        self.field.setAccessibleName(t("shell.palette"))
        self.field.setFont(font(theme.HEADING))
        self.field.setStyleSheet("QLineEdit { border: 0; min-height: 44px; padding: 0 16px; }")
        self.field.installEventFilter(self)
        self._model = _Lines()
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(t("shell.palette"))
        self.list.entered.connect(self.list.setCurrentIndex)
        self.list.clicked.connect(lambda _index: self._take())
        self._none = label(t("shell.palette_none"), "muted")
        self._none.setContentsMargins(16, 10, 16, 14)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 6)
        layout.setSpacing(0)
        layout.addWidget(self.field)
        layout.addWidget(hairline())
        layout.addSpacing(5)
        layout.addWidget(self.list)
        layout.addWidget(self._none)
        self.setFixedWidth(WIDTH)
        self.list.setFixedHeight(ROWS * LINE)
        # Keys that come in one burst make one search.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.search)
        self.field.textChanged.connect(lambda _text: self._timer.start(0))
        self.search()

    def show_over(self) -> None:
        """Open over the upper part of the window."""
        corner = self._window.mapToGlobal(QPoint((self._window.width() - WIDTH) // 2, 96))
        self.move(corner)
        self.show()
        self.field.setFocus()

    def search(self) -> None:
        """Show what matches the text typed so far."""
        text = self.field.text().strip()
        words = fold(text).split()
        lines = [
            Line(a.text, "", a.icon, a.shortcut, a.callback)
            for key, a in self._actions
            if all(word in key for word in words)
        ]
        if words:
            # A name typed is more often a record than an action.
            lines = lines[:3] + self._records(text) + lines[3:]
        self._model.set_lines(lines)
        self.list.setVisible(bool(lines))
        self._none.setVisible(not lines)
        self.list.setCurrentIndex(self._model.index(0))

    def _records(self, text: str) -> list[Line]:
        """Return the records that match."""
        window = self._window
        lines = []
        for hit in window.store.read(search_records, text):
            view = VIEW_OF_KIND.get(hit.kind, "desk")
            lines.append(
                Line(
                    hit.title,
                    hit.detail,
                    "handshake" if hit.kind == "meetings" else ICONS[view],
                    t(f"shell.{view}") if hit.kind != "meetings" else "",
                    lambda h=hit: window.open_record(h.kind, h.id),  # type: ignore[misc]
                )
            )
        return lines

    def _take(self) -> None:
        """Do what the chosen line says, after the palette has gone."""
        index = self.list.currentIndex()
        if index.isValid():
            line = self._model.lines[index.row()]
            self.close()
            QTimer.singleShot(0, self._window, line.run)

    def eventFilter(self, watched: Any, event: Any) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress
        if watched is self.field and pressed and self._key(event.key()):
            return True
        return super().eventFilter(watched, event)

    def _key(self, key: int) -> bool:
        """Use the keys that choose; the field keeps all others."""
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            count = self._model.rowCount()
            step = 1 if key == Qt.Key.Key_Down else -1
            if count:
                row = (self.list.currentIndex().row() + step) % count
                self.list.setCurrentIndex(self._model.index(row))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._timer.isActive():
                self._timer.stop()
                self.search()
            self._take()
            return True
        return False
