"""The signed projects: each with how far its approvals are, what is late and what is next."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from desktop_app.i18n import t, word
from desktop_app.services.approval_rows import ProjectRow
from desktop_app.ui import theme
from desktop_app.ui.approvals import texts
from desktop_app.ui.fonts import font
from desktop_app.ui.widgets.pill import Pill, paint_pill, pill_width
from desktop_app.ui.widgets.row_delegate import RowDelegate, fitted
from desktop_app.ui.widgets.row_table_model import Column, RowTableModel
from desktop_app.ui.widgets.row_table_view import RowTableView

_HEIGHT = 54
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_BAR = 40.0


def progress(row: ProjectRow) -> str:
    """Return how far a project is: ``6/10``."""
    return f"{row.done}/{row.total}" if row.total else ""


def says(row: ProjectRow) -> str:
    """Return all that is said of a project, for its tool tip and a screen reader."""
    parts = [row.project, row.company if row.company != row.project else ""]
    parts.append(word("stage", row.stage))
    parts.append(
        t("approvals.progress", done=row.done, total=row.total)
        if row.total
        else t("approvals.not_started")
    )
    if row.late:
        parts.append(t("approvals.late_count", n=row.late))
    if row.next_on is not None:
        parts.append(t("approvals.next_on", day=texts.day(row.next_on)))
    return " · ".join(part for part in parts if part)


class _Delegate(RowDelegate):
    """Paints a project in two lines."""

    def _paint_cell(
        self,
        painter: QPainter,
        rect: QRectF,
        model: RowTableModel,
        row: ProjectRow,
        section: int,
        selected: bool,
    ) -> None:
        upper = QRectF(rect.left() + 14, rect.top() + 6, rect.width() - 26, 22)
        lower = QRectF(upper.left(), upper.bottom(), upper.width(), 18)
        if row.late:
            pill = Pill(t("approvals.late_count", n=row.late), "bad")
            paint_pill(painter, upper, pill, True, selected)
            upper.setRight(upper.right() - pill_width(pill.text) - 8)
        painter.setFont(font(theme.TEXT))
        painter.setPen(theme.color("text"))
        shown, _width = fitted(row.project, int(upper.width()), theme.TEXT, False)
        painter.drawText(upper, _LEFT, shown)
        painter.setFont(font(theme.SMALL))
        painter.setPen(theme.color("muted"))
        if not row.total:
            painter.drawText(lower, _LEFT, t("approvals.not_started"))
            return
        self._paint_progress(painter, lower, row)

    def _paint_progress(self, painter: QPainter, space: QRectF, row: ProjectRow) -> None:
        metrics = QFontMetricsF(font(theme.SMALL))
        bar = QRectF(space.left(), space.center().y() - 2, _BAR, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("line"))
        painter.drawRoundedRect(bar, 2, 2)
        if row.done:
            bar.setWidth(max(4.0, _BAR * row.done / row.total))
            painter.setBrush(theme.color("good"))
            painter.drawRoundedRect(bar, 2, 2)
        painter.setPen(theme.color("muted"))
        painter.drawText(space.adjusted(_BAR + 8, 0, 0, 0), _LEFT, progress(row))
        left = _BAR + 8 + metrics.horizontalAdvance(progress(row)) + 10
        said = t("approvals.next_on", day=texts.day(row.next_on)) if row.next_on else ""
        if row.done >= row.total:
            said = t("approvals.all_done")
        room = space.adjusted(left, 0, 0, 0)
        painter.drawText(room, _RIGHT, metrics.elidedText(said, _ELIDE, room.width()))


_ELIDE = Qt.TextElideMode.ElideRight


class ProjectList(RowTableView):
    """The list of projects: one column, two lines a row."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__(t("approvals.projects"), _HEIGHT)
        self.projects = RowTableModel([Column("project", t("approvals.project"), says)])
        self.set_row_model(self.projects)
        self.horizontalHeader().hide()
        self.setItemDelegate(_Delegate(self))
        self.setSelectionMode(RowTableView.SelectionMode.SingleSelection)
        self.setMinimumWidth(190)
