"""The list of follow-ups: group headings, and rows with a circle to tick."""

import datetime as dt
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.domain.formats import short_date
from desktop_app.i18n import language, t, word
from desktop_app.services.follow_ups import GROUPS, FollowUpRow
from desktop_app.ui import theme
from desktop_app.ui.fonts import font
from desktop_app.ui.icons import paint_icon
from desktop_app.ui.widgets.pill import Pill, paint_pill, pill_width

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft
_HEADING_SIZE = QSize(200, 40)
_ROW_SIZE = QSize(200, theme.ROW_HEIGHT + 4)
_CIRCLE = 18
_OWNER = 80
_MARGIN = 18
ROW = Qt.ItemDataRole.UserRole
#: What records that are no follow-ups are marked with.
KIND_ICONS = {"approvals": "stamp", "cases": "message-square-warning"}
_KIND_WORDS = {"approvals": "approval", "cases": "case"}


def due_pill(row: FollowUpRow, today: dt.date) -> Pill:
    """Return how a row's date reads: overdue in red, today and tomorrow named."""
    if row.group == "done":
        return Pill(short_date(row.done_on, today, language()), "good")
    if row.due_on is None:
        return Pill("")
    if row.group == "overdue":
        return Pill(t("follow_ups.overdue_days", n=row.overdue_days), "bad")
    if row.due_on == today:
        return Pill(t("common.today"), "warn")
    if row.due_on == today + dt.timedelta(days=1):
        return Pill(t("common.tomorrow"), "accent")
    return Pill(short_date(row.due_on, today, language()))


def _name(line: "str | FollowUpRow") -> str:
    """Return what a line is known by: a heading by its group, a row by its id."""
    return line if isinstance(line, str) else line.id


class FollowUpListModel(QAbstractListModel):
    """Follow-ups under the headings of their groups; a heading's data is its group."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        super().__init__()
        self._lines: list[str | FollowUpRow] = []
        self.counts: dict[str, int] = {}
        self.today = dt.date.today()

    def set_rows(self, rows: list[FollowUpRow], today: dt.date) -> None:
        """Show rows, grouped in the order of the groups; done ones latest first."""
        grouped: dict[str, list[FollowUpRow]] = {group: [] for group in GROUPS}
        for row in rows:
            grouped[row.group].append(row)
        grouped["done"].sort(key=lambda r: r.done_on or dt.date.min, reverse=True)
        counts = {group: len(members) for group, members in grouped.items()}
        lines: list[str | FollowUpRow] = []
        for group, members in grouped.items():
            if members:
                lines += [group, *members]
        same_places = [_name(line) for line in lines] == [_name(line) for line in self._lines]
        if same_places and lines:
            # Laying out each line anew takes the time; what stands where it stood needs none.
            if (lines, today) != (self._lines, self.today):
                self._lines, self.counts, self.today = lines, counts, today
                self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self._lines, self.counts, self.today = lines, counts, today
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self._lines[index.row()]
        if role == ROW:
            return line
        if role == Qt.ItemDataRole.SizeHintRole:
            return _HEADING_SIZE if isinstance(line, str) else _ROW_SIZE
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(line, str):
                return f"{word('follow_up_group', line)} {self.counts[line]}"
            pill = due_pill(line, self.today).text
            kind = word("record", _KIND_WORDS[line.kind]) if line.kind else ""
            return "，".join(x for x in (kind, line.title, line.company, line.owner, pill) if x)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self._lines[index.row()], str):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def line_of(self, row_id: str) -> int:
        """Return the line a follow-up stands in, -1 when it is not shown."""
        for line, row in enumerate(self._lines):
            if not isinstance(row, str) and row.id == row_id:
                return line
        return -1

    def first_line(self) -> int:
        """Return the line of the first follow-up, -1 when there is none."""
        return 1 if len(self._lines) > 1 else -1


class FollowUpDelegate(QStyledItemDelegate):
    """Paints headings and rows; a click on the circle ticks the row."""

    ticked = Signal(str)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(ROW)
        painter.save()
        rect = QRectF(option.rect)
        if isinstance(line, str):
            self._paint_heading(painter, rect, line, index)
        else:
            self._paint_row(painter, option, rect, line, index)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRectF, group: str, index: Index) -> None:
        model = index.model()
        assert isinstance(model, FollowUpListModel)
        painter.setFont(font(theme.TEXT, True))
        painter.setPen(theme.color("bad" if group == "overdue" else "text"))
        space = rect.adjusted(_MARGIN, 12, -_MARGIN, 0)
        text = word("follow_up_group", group)
        painter.drawText(space, _LEFT | _MIDDLE, text)
        x = QFontMetricsF(font(theme.TEXT, True)).horizontalAdvance(text) + 8
        painter.setFont(font(theme.SMALL))
        painter.setPen(theme.color("muted"))
        painter.drawText(space.adjusted(x, 0, 0, 0), _LEFT | _MIDDLE, str(model.counts[group]))

    def _paint_row(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        rect: QRectF,
        row: FollowUpRow,
        index: Index,
    ) -> None:
        model = index.model()
        assert isinstance(model, FollowUpListModel)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, theme.color("accent_soft"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("background"))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if row.kind:
            box = circle_of(rect).adjusted(1, 1, -1, -1)
            role = "bad" if row.group == "overdue" else "muted"
            paint_icon(painter, KIND_ICONS[row.kind], box, role)
        else:
            self._paint_circle(painter, rect, row.group == "done")
        space = rect.adjusted(_MARGIN + _CIRCLE + 12, 0, -_MARGIN, 0)
        pill = due_pill(row, model.today)
        if pill.text:
            paint_pill(painter, space, pill, True, selected)
        # Dates stand in a column of one width, so that the owners line up.
        space.setRight(space.right() - max(92.0, pill_width(pill.text)) - 8)
        painter.setFont(font(theme.TEXT))
        painter.setPen(theme.color("muted"))
        metrics = QFontMetricsF(font(theme.TEXT))
        owner = metrics.elidedText(row.owner, Qt.TextElideMode.ElideRight, _OWNER - 8)
        painter.drawText(space, Qt.AlignmentFlag.AlignRight | _MIDDLE, owner)
        space.setRight(space.right() - _OWNER)
        if row.side:
            mark = Pill(word("side", row.side), "accent" if row.side == "ours" else "neutral")
            paint_pill(painter, space, mark, True, selected)
            space.setRight(space.right() - pill_width(mark.text) - 8)
        self._paint_texts(painter, space, row)

    def _paint_texts(self, painter: QPainter, space: QRectF, row: FollowUpRow) -> None:
        face = font(theme.TEXT)
        metrics = QFontMetricsF(face)
        painter.setFont(face)
        painter.setPen(theme.color("muted" if row.group == "done" else "text"))
        title = metrics.elidedText(
            row.title.replace("\n", " "), Qt.TextElideMode.ElideRight, space.width()
        )
        painter.drawText(space, _LEFT | _MIDDLE, title)
        space.setLeft(space.left() + metrics.horizontalAdvance(title) + 10)
        if space.width() > 40 and row.company:
            painter.setFont(font(theme.SMALL))
            painter.setPen(theme.color("muted"))
            more = row.company_zh if row.company_zh != row.company else ""
            company = f"{row.company}  {more}".strip()
            small = QFontMetricsF(font(theme.SMALL))
            text = small.elidedText(company, Qt.TextElideMode.ElideRight, space.width())
            painter.drawText(space, _LEFT | _MIDDLE, text)

    def _paint_circle(self, painter: QPainter, rect: QRectF, done: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = circle_of(rect)
        painter.setPen(QPen(theme.color("good" if done else "muted"), 1.5))
        painter.setBrush(theme.color("good_soft") if done else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box)
        if done:
            x, y = box.center().x(), box.center().y()
            painter.setPen(QPen(theme.color("good"), 1.8))
            painter.drawLine(QPointF(x - 4, y), QPointF(x - 1, y + 3))
            painter.drawLine(QPointF(x - 1, y + 3), QPointF(x + 4, y - 3))

    def editorEvent(
        self, event: QEvent, model: Any, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        row = index.data(ROW)
        if (
            event.type() == QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and not isinstance(row, str)
            and circle_of(QRectF(option.rect)).adjusted(-6, -6, 6, 6).contains(event.position())
        ):
            self.ticked.emit(row.id)
            return True
        return super().editorEvent(event, model, option, index)


def circle_of(rect: QRectF) -> QRectF:
    """Return where the circle of a row stands."""
    return QRectF(rect.left() + _MARGIN, rect.center().y() - _CIRCLE / 2, _CIRCLE, _CIRCLE)


class FollowUpList(QListView):
    """The list itself; keys: Space or Enter ticks or opens through the callbacks given."""

    current_changed = Signal(str)
    ticked = Signal(str)

    def __init__(self, name: str) -> None:
        """Show an empty list under an accessible name."""
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.rows = FollowUpListModel()
        delegate = FollowUpDelegate(self)
        delegate.ticked.connect(self.ticked)
        self.setModel(self.rows)
        self.setItemDelegate(delegate)
        self.selectionModel().currentChanged.connect(lambda *_: self._on_current())

    def _on_current(self) -> None:
        self.current_changed.emit(self.current_id())

    def current_id(self) -> str:
        """Return the id of the current follow-up, empty on a heading."""
        row = self.currentIndex().data(ROW)
        return row.id if isinstance(row, FollowUpRow) else ""

    def selected_ids(self) -> list[str]:
        """Return the ids of all selected follow-ups."""
        found = [index.data(ROW) for index in self.selectedIndexes()]
        return [row.id for row in found if isinstance(row, FollowUpRow)]

    def set_rows(self, rows: list[FollowUpRow], today: dt.date) -> None:
        """Show rows and keep the current one, or the line it stood in."""
        kept, line = self.current_id(), self.currentIndex().row()
        scrolled = self.verticalScrollBar().value()
        self.rows.set_rows(rows, today)
        found = self.rows.line_of(kept) if kept else -1
        if found < 0 and kept:
            found = min(line, self.rows.rowCount() - 1)
        if found >= 0:
            self.setCurrentIndex(self.rows.index(found))
        self.verticalScrollBar().setValue(scrolled)

    def select_id(self, row_id: str) -> bool:
        """Select a follow-up; return whether it is shown."""
        line = self.rows.line_of(row_id)
        if line >= 0:
            self.setCurrentIndex(self.rows.index(line))
            self.scrollTo(self.rows.index(line))
        return line >= 0

    def move_current(self, step: int) -> None:
        """Move the selection up or down, over headings."""
        line = self.currentIndex().row() + step
        while 0 <= line < self.rows.rowCount():
            if isinstance(self.rows.index(line).data(ROW), FollowUpRow):
                self.setCurrentIndex(self.rows.index(line))
                return
            line += step

    def keyPressEvent(self, event: Any) -> None:
        if event.key() == Qt.Key.Key_Space and self.current_id():
            self.ticked.emit(self.current_id())
            return
        super().keyPressEvent(event)
