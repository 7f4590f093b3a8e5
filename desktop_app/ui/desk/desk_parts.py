"""The parts of the desk: figures with bars, the list of today, the funnel."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.i18n import t, word
from desktop_app.services.figures import Figure
from desktop_app.services.follow_ups import FollowUpRow
from desktop_app.ui import theme
from desktop_app.ui.fonts import font
from desktop_app.ui.widgets.buttons import column, label
from desktop_app.ui.widgets.pill import Pill, PillLabel
from desktop_app.ui.widgets.press_card import PressCard


class Bar(QWidget):
    """A thin bar: how much of a target is reached."""

    def __init__(self, share: float) -> None:
        """Fill a share of 0 to 1."""
        super().__init__()
        self._share = max(0.0, min(share, 1.0))
        self.setFixedHeight(6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        painter.setBrush(theme.color("second" if theme.name() == "light" else "line"))
        painter.drawRoundedRect(whole, 3, 3)
        if self._share > 0:
            whole.setWidth(max(whole.width() * self._share, 6))
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(whole, 3, 3)
        painter.end()


class FigureCard(PressCard):
    """One figure of the year: its name, its value against the target, a bar."""

    def __init__(self, figure: Figure) -> None:
        """Show a figure."""
        super().__init__()
        percent = "%" if figure.metric.endswith("percent") else ""
        unit = t(f"desk.unit.{figure.metric}")
        name = t(f"desk.metric.{figure.metric}")
        value = "—" if figure.value is None else f"{figure.value:,}{percent}"
        target = t("desk.no_target")
        if figure.target is not None:
            target = f"/ {figure.target:,}{percent} {unit}".rstrip()
        layout = column(self, 16, 4)
        layout.addWidget(label(name, "muted"))
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(label(value, "figure"))
        line.addWidget(label(target, "small"), 1, Qt.AlignmentFlag.AlignBottom)
        layout.addLayout(line)
        layout.addSpacing(4)
        share = (figure.value or 0) / figure.target if figure.target else 0.0
        layout.addWidget(Bar(share))
        self.setAccessibleName(f"{name}: {value} {target}")


class Tick(QAbstractButton):
    """An empty circle that is ticked to complete something."""

    def __init__(self, name: str) -> None:
        """``name`` says what is completed."""
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(24, 24)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(24, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        near = self.underMouse() or self.hasFocus()
        painter.setPen(QPen(theme.color("accent" if near else "muted"), 1.5))
        painter.setBrush(theme.color("accent_soft" if near else "surface"))
        painter.drawEllipse(QRectF(4, 4, 16, 16))
        if near:
            painter.drawPolyline([QRectF(8, 12, 0, 0).topLeft(), QRectF(11, 15, 0, 0).topLeft(),
                                  QRectF(16, 9, 0, 0).topLeft()])  # fmt: skip
        painter.end()


class DueLine(QFrame):
    """One follow-up of today: tick, title, for whom, when."""

    opened = Signal(str)
    ticked = Signal(str, str)

    def __init__(self, row: FollowUpRow) -> None:
        """Show a follow-up."""
        super().__init__()
        self._id = row.id
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 5, 0, 5)
        layout.setSpacing(8)
        self.tick = Tick(t("desk.complete", title=row.title))
        self.tick.clicked.connect(lambda: self.ticked.emit(row.id, row.title))
        layout.addWidget(self.tick)
        title = ElidedLabel(row.title, _about(row))
        layout.addWidget(title, 1)
        if row.owner:
            owner = label(row.owner, "muted")
            room = owner.fontMetrics().averageCharWidth() * 16
            owner.setText(
                owner.fontMetrics().elidedText(row.owner, Qt.TextElideMode.ElideRight, room)
            )
            owner.setToolTip(row.owner)
            layout.addWidget(owner)
        late = row.overdue_days > 0
        text = t("desk.overdue", days=row.overdue_days) if late else t("desk.due_today")
        layout.addWidget(PillLabel(*Pill(text, "bad" if late else "warn")))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self._id)


def _about(row: FollowUpRow) -> str:
    """Return whose promise a follow-up is, and about which company."""
    parts = [t(f"desk.{row.side}")] if row.side in ("ours", "theirs") else []
    name = row.company or row.company_zh or row.lead_title
    return " · ".join([*parts, name] if name else parts)


class ElidedLabel(QWidget):
    """A text and a muted second one in a line; what does not fit is cut with an ellipsis."""

    def __init__(self, text: str, detail: str = "", role: str = "text") -> None:
        """Show both texts."""
        super().__init__()
        self._text, self._detail, self._role = text.replace("\n", " "), detail, role
        self.setAccessibleName(f"{text} {detail}".strip())
        self.setToolTip(f"{text}\n{detail}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        space = QRectF(self.rect())
        metrics = QFontMetricsF(font())
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        cut = Qt.TextElideMode.ElideRight
        text = metrics.elidedText(self._text, cut, space.width())
        painter.setFont(font())
        painter.setPen(theme.color(self._role))
        painter.drawText(space, left, text)
        space.setLeft(space.left() + metrics.horizontalAdvance(text) + 10)
        if self._detail and space.width() > 40:
            painter.setPen(theme.color("muted"))
            painter.drawText(space, left, metrics.elidedText(self._detail, cut, space.width()))
        painter.end()


class Funnel(QWidget):
    """How many active leads stand in each stage, as bars."""

    LINE = 25

    def __init__(self, stages: Sequence[tuple[str, int]]) -> None:
        """Show the counts in their order."""
        super().__init__()
        self._stages = [(word("stage", code), count) for code, count in stages]
        self.setFixedHeight(self.LINE * len(self._stages))
        said = ", ".join(f"{name} {count}" for name, count in self._stages)
        self.setAccessibleName(f"{t('desk.funnel')}: {said}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font())
        metrics = QFontMetricsF(font())
        names = max((metrics.horizontalAdvance(n) for n, _count in self._stages), default=0) + 16
        most = max((count for _name, count in self._stages), default=0) or 1
        room = self.width() - names - 48
        for place, (name, count) in enumerate(self._stages):
            line = QRectF(0, place * self.LINE, self.width(), self.LINE)
            painter.setPen(theme.color("muted"))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, name)
            painter.setPen(theme.color("text" if count else "disabled"))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(line, right, f"{count:,}")
            if count:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color("accent"))
                painter.setOpacity(0.55 + 0.45 * place / max(len(self._stages) - 1, 1))
                width = max(room * count / most, 4)
                painter.drawRoundedRect(QRectF(names, line.y() + 6, width, 13), 3, 3)
                painter.setOpacity(1)
        painter.end()


class Card(QFrame):
    """A framed part with a heading; ``body`` takes its content."""

    def __init__(self, title: str, detail: str = "", tool: QWidget | None = None) -> None:
        """Head a part; ``tool`` stands at the right of the heading."""
        super().__init__()
        self.setProperty("role", "card")
        layout = column(self, 16, 0)
        layout.setContentsMargins(16, 12, 16, 14)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(title, "heading"))
        head.addWidget(label(detail, "small"))
        head.addStretch(1)
        if tool is not None:
            head.addWidget(tool)
        layout.addLayout(head)
        layout.addSpacing(8)
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        layout.addLayout(self.body)
