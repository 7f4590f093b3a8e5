"""The projects at the left, and the timeline of the one chosen."""

import datetime as dt
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QSplitter, QStackedWidget, QWidget

from desktop_app.i18n import t, word
from desktop_app.services import approval_rows
from desktop_app.services.approval_rows import ApprovalRow, ProjectRow
from desktop_app.services.approvals import templates
from desktop_app.ui import theme
from desktop_app.ui.approvals.gantt import Gantt
from desktop_app.ui.approvals.project_list import ProjectList
from desktop_app.ui.fonts import font
from desktop_app.ui.store import Store
from desktop_app.ui.widgets.buttons import button, column, icon_button, label, panel, row
from desktop_app.ui.widgets.elided_label import ElidedLabel
from desktop_app.ui.widgets.empty_state import EmptyState


class Legend(QWidget):
    """What the bars of the timeline mean."""

    def __init__(self) -> None:
        """Name plan, work, done, late and the end of the term."""
        super().__init__()
        self.setFixedHeight(28)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._marks = [
            (code, t(f"approvals.legend.{code}"))
            for code in ("planned", "running", "done", "late", "promised", "today")
        ]
        self.setAccessibleName(t("common.list_separator").join(text for _c, text in self._marks))

    def sizeHint(self) -> QSize:
        return QSize(300, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face = font(theme.SMALL)
        metrics = QFontMetricsF(face)
        x, middle = 14.0, self.height() / 2
        for code, text in self._marks:
            width = metrics.horizontalAdvance(text)
            if x + 20 + width > self.width():
                break
            _paint_mark(painter, code, QRectF(x, middle - 6, 14, 12))
            painter.setFont(face)
            painter.setPen(theme.color("muted"))
            box = QRectF(x + 19, 0, width + 2, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
            x += 19 + width + 14
        painter.end()


def _paint_mark(painter: QPainter, code: str, box: QRectF) -> None:
    if code in ("promised", "today"):
        painter.setPen(QPen(theme.color("text" if code == "promised" else "accent"), 1.6))
        x = box.center().x()
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        return
    if code == "planned":
        painter.setPen(QPen(theme.color("muted"), 1.0))
        painter.setBrush(theme.color("second"))
        painter.drawRoundedRect(box, 3, 3)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color({"running": "accent", "done": "good", "late": "bad"}[code]))
    painter.drawRoundedRect(box.adjusted(0, 2, 0, -2), 2, 2)


class _Name(ElidedLabel):
    """The name of the project shown, as a heading."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        face = font(theme.HEADING, True)
        painter.setFont(face)
        painter.setPen(theme.color("text"))
        dots = Qt.TextElideMode.ElideRight
        shown = QFontMetricsF(face).elidedText(self.text(), dots, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()


class ProjectPage(QSplitter):
    """Projects, and the chosen one's timeline; the current approval is told by the timeline."""

    start_asked = Signal(str)
    add_asked = Signal(str)
    move_asked = Signal(int)
    project_opened = Signal(str)

    def __init__(self, store: Store) -> None:
        """Build list, head, timeline and legend."""
        super().__init__(Qt.Orientation.Horizontal)
        self._store = store
        self._known: list[ApprovalRow] = []
        self._lines: set[str] = set()
        self.projects = ProjectList()
        self.projects.set_empty_state(
            EmptyState(t("approvals.empty"), t("approvals.empty_hint"), icon_name="stamp")
        )
        self.gantt = Gantt()
        self._shown = ""
        self._wanted = ("", "")
        self._stack = QStackedWidget()
        self._not_started = EmptyState(
            t("approvals.no_checklist"),
            t("approvals.no_checklist_hint"),
            t("approvals.start"),
            lambda: self.start_asked.emit(self._shown),
            "stamp",
            t("approvals.new"),
            lambda: self.add_asked.emit(self._shown),
        )
        self._nothing = QWidget()
        for widget in (self.gantt, self._not_started, self._nothing):
            self._stack.addWidget(widget)
        right = panel("surface")
        right.setMinimumWidth(360)
        layout = column(right)
        layout.addWidget(self._head())
        layout.addWidget(self._stack, 1)
        self.legend = Legend()
        layout.addWidget(self.legend)
        self.addWidget(self.projects)
        self.addWidget(right)
        self.setStretchFactor(1, 1)
        self.setSizes([230, 520])
        self.setChildrenCollapsible(False)
        self.projects.current_changed.connect(self._on_project)

    def _head(self) -> QWidget:
        self._bar = panel("surface")
        self._bar.setFixedHeight(48)
        line = row(self._bar, 0, 6)
        line.setContentsMargins(14, 0, 8, 0)
        self.name = _Name()
        self.said = label("", "small")
        self.start = button(
            t("approvals.complete_list"), lambda: self.start_asked.emit(self._shown), "list-checks"
        )
        self.start.setToolTip(t("approvals.complete_list_tip"))
        up = icon_button("arrow-up", t("common.move_up"), lambda: self.move_asked.emit(-1))
        down = icon_button("arrow-down", t("common.move_down"), lambda: self.move_asked.emit(1))
        follow = icon_button(
            "external-link",
            t("approvals.open_project"),
            lambda: self.project_opened.emit(self._shown),
        )
        self.movers = (up, down)
        line.addWidget(self.name, 1)
        for widget in (self.said, self.start, up, down, follow):
            line.addWidget(widget)
        return self._bar

    def project_id(self) -> str:
        """Return the project shown, empty without one."""
        return self._shown

    def show_projects(self, rows: list[ProjectRow], today: dt.date) -> None:
        """Show the projects, and read the chosen one's approvals again."""
        self._lines = {line.code for line in self._store.look(templates)}
        self.projects.projects.set_rows(rows)
        (project, approval), self._wanted = self._wanted, ("", "")
        if not self.projects.current_id() and not self.projects.select_id(project):
            self.projects.select_row(0)
        self._read(today)
        if approval:
            self.gantt.select_id(approval)

    def _on_project(self, _lead_id: str) -> None:
        self._read(dt.date.today())

    def _read(self, today: dt.date) -> None:
        lead_id = self.projects.current_id()
        keep, self._shown = lead_id == self._shown, lead_id
        rows = self._store.look(approval_rows.approval_rows, lead_id=lead_id) if lead_id else []
        self._known = rows
        self.gantt.set_rows(rows, today, keep)
        self._stack.setCurrentIndex(0 if rows else 1 if lead_id else 2)
        self.legend.setVisible(bool(rows))
        self._show_head(lead_id, rows, today)
        if rows and not self.gantt.current_id():
            self.gantt.select_row(_first_open(rows))
        else:
            self.gantt.current_changed.emit(self.gantt.current_id())

    def _show_head(self, lead_id: str, rows: list[ApprovalRow], today: dt.date) -> None:
        place = self.projects.projects.index_of(lead_id)
        self._bar.setVisible(place >= 0)
        if place < 0:
            return
        project: ProjectRow = self.projects.projects.row_at(place)
        self.name.setText(project.project)
        self.name.setToolTip(
            " · ".join(filter(None, (project.project, project.company, _stage(project))))
        )
        late = sum(one.is_open and one.is_late(today) for one in rows)
        said = t("approvals.progress", done=project.done, total=project.total) if rows else ""
        self.said.setText(
            said + (t("common.comma") + t("approvals.late_count", n=late) if late else "")
        )
        missing = self._lines - {one.template for one in rows}
        self.start.setVisible(bool(rows) and bool(missing))
        for one in self.movers:
            one.setVisible(len(rows) > 1)

    def select(self, lead_id: str, approval_id: str) -> bool:
        """Show a project and make one of its approvals current; False when it is not listed."""
        if not self.projects.select_id(lead_id):
            return False
        return self.gantt.select_id(approval_id)

    def save_state(self) -> dict[str, Any]:
        """Return what is to be the same at the next start."""
        sizes = self.sizes()
        kept = {"sizes": sizes} if min(sizes) > 0 else {}
        return {"project": self._shown, "approval": self.gantt.current_id(), **kept}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take up a saved state: the project is chosen once they are read."""
        sizes = state.get("sizes")
        if isinstance(sizes, list) and len(sizes) == 2:
            self.setSizes([int(one) for one in sizes])
        self._wanted = (str(state.get("project") or ""), str(state.get("approval") or ""))


def _first_open(rows: list[ApprovalRow]) -> int:
    """Return the place of the first approval that something is waited for, else the last."""
    return next((n for n, one in enumerate(rows) if one.is_open), len(rows) - 1)


def _stage(project: ProjectRow) -> str:
    return word("stage", project.stage)
