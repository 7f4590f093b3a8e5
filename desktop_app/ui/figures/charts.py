"""The charts of a year: bars of parts, columns of months, a small trend. Painted, no widgets."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app.ui import theme
from desktop_app.ui.fonts import font

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CUT = Qt.TextElideMode.ElideRight


class Spot(NamedTuple):
    """One thing of a chart that can be chosen: its code, what it says, how large it is."""

    code: str
    name: str
    text: str
    size: float


class Chart(QWidget):
    """A chart whose parts can be chosen with the mouse or the keys."""

    #: The code of the part chosen.
    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        """``name`` is what a screen reader calls it."""
        super().__init__()
        self._name = name
        self.spots: list[Spot] = []
        self.current = ""
        self._near = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_spots(self, spots: Sequence[Spot], current: str = "") -> None:
        """Show parts; ``current`` is the one chosen."""
        self.spots, self.current, self._near = list(spots), current, -1
        said = ", ".join(f"{one.name} {one.text}" for one in self.spots)
        self.setAccessibleName(f"{self._name}: {said}")
        self.updateGeometry()
        self.update()

    def area(self, place: int) -> QRectF:
        """Return where a part is."""
        raise NotImplementedError

    def place_at(self, point: QPointF) -> int:
        """Return which part is at a point, or -1."""
        return next((n for n in range(len(self.spots)) if self.area(n).contains(point)), -1)

    def _marked(self, place: int) -> bool:
        return place == self._near or self.spots[place].code == self.current

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        near = self.place_at(event.position())
        if near != self._near:
            self._near = near
            shape = Qt.CursorShape.PointingHandCursor if near >= 0 else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            if near >= 0:
                one = self.spots[near]
                QToolTip.showText(event.globalPosition().toPoint(), f"{one.name}  {one.text}", self)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._near = -1
        self.update()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self._near = place
            self.chosen.emit(self.spots[place].code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1,
        }  # fmt: skip
        if event.key() in steps and self.spots:
            near = self._near + steps[Qt.Key(event.key())]
            self._near = min(max(near, 0), len(self.spots) - 1)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Space) and self._near >= 0:
            self.chosen.emit(self.spots[self._near].code)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._near < 0 and self.spots and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._near = 0
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._near = -1
        self.update()


class PartBars(Chart):
    """A figure in parts: one bar below the other."""

    LINE = 24

    def sizeHint(self) -> QSize:
        return QSize(240, max(self.LINE * len(self.spots), self.LINE))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def area(self, place: int) -> QRectF:
        return QRectF(0, place * self.LINE, self.width(), self.LINE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font())
        metrics = QFontMetricsF(font())
        widest = max((metrics.horizontalAdvance(s.name) for s in self.spots), default=0)
        names = min(widest, self.width() * 0.36) + 12
        values = max((metrics.horizontalAdvance(s.text) for s in self.spots), default=0) + 12
        most = max((abs(s.size) for s in self.spots), default=0) or 1
        room = max(self.width() - names - values - 8, 20)
        for place, one in enumerate(self.spots):
            area = self.area(place)
            if self._marked(place):
                painter.setPen(Qt.PenStyle.NoPen)
                chosen = one.code == self.current
                painter.setBrush(theme.color("accent_soft" if chosen else "second"))
                painter.drawRoundedRect(area, 4, 4)
            painter.setPen(theme.color("text" if one.code else "muted"))
            line = area.adjusted(6, 0, -6, 0)
            painter.drawText(line, _LEFT, metrics.elidedText(one.name, _CUT, names - 12))
            painter.drawText(line, _RIGHT, one.text)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent" if one.code else "strong_line"))
            width = max(room * abs(one.size) / most, 2.0 if one.size else 0.0)
            painter.drawRoundedRect(QRectF(names + 6, area.y() + 8, width, 8), 3, 3)
        painter.end()


class MonthColumns(Chart):
    """A figure month by month, the year before as a line behind."""

    HEIGHT, _FOOT, _HEAD = 116, 20, 16

    def __init__(self, name: str) -> None:
        """Start without months."""
        super().__init__(name)
        self._before: list[int | None] = []

    def set_months(
        self,
        values: Sequence[int | None],
        before: Sequence[int | None],
        month: Callable[[int], str],
        text: Callable[[int | None], str],
        current: str = "",
    ) -> None:
        """Show twelve values and those of the year before."""
        self._before = list(before)
        self.set_spots(
            [
                Spot(f"{n:02}", month(n), text(value), float("nan") if value is None else value)
                for n, value in enumerate(values, 1)
            ],
            current,
        )

    def sizeHint(self) -> QSize:
        return QSize(240, self.HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.HEIGHT)

    def area(self, place: int) -> QRectF:
        width = self.width() / 12
        return QRectF(place * width, 0, width, self.HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(theme.SMALL))
        known = [s.size for s in self.spots if s.size == s.size]
        most = max([*known, *(v for v in self._before if v is not None), 0]) or 1
        floor, room = self.HEIGHT - self._FOOT, self.HEIGHT - self._FOOT - self._HEAD
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        for place, one in enumerate(self.spots):
            area = self.area(place)
            painter.setPen(Qt.PenStyle.NoPen)
            if self._marked(place):
                chosen = one.code == self.current
                painter.setBrush(theme.color("accent_soft" if chosen else "second"))
                painter.drawRoundedRect(area.adjusted(1, 0, -1, 0), 4, 4)
            if one.size == one.size and one.size > 0:
                height = max(room * one.size / most, 2.0)
                width = min(area.width() - 8, 26)
                left = area.center().x() - width / 2
                painter.setBrush(theme.color("accent"))
                painter.drawRoundedRect(QRectF(left, floor - height, width, height), 2, 2)
            painter.setPen(theme.color("muted"))
            painter.drawText(QRectF(area.x(), floor, area.width(), self._FOOT), middle, one.name)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(QPointF(0, floor + 0.5), QPointF(self.width(), floor + 0.5))
        points = [
            QPointF(self.area(n).center().x(), floor - room * max(value, 0) / most)
            for n, value in enumerate(self._before)
            if value is not None
        ]
        if any(self._before):
            painter.setPen(QPen(theme.color("warn"), 1.5, Qt.PenStyle.DashLine))
            painter.drawPolyline(points)
        painter.end()


def paint_trend(
    painter: QPainter, area: QRectF, values: Sequence[int | None], before: Sequence[int | None]
) -> None:
    """Paint twelve months as a small line, those of the year before behind it."""
    every = [v for v in (*values, *before) if v is not None]
    most = max(every, default=0)
    if most <= 0:
        return
    for months, role, width in ((before, "strong_line", 1.2), (values, "accent", 1.8)):
        points = [
            QPointF(
                area.x() + area.width() * n / 11,
                area.bottom() - area.height() * max(value, 0) / most,
            )
            for n, value in enumerate(months)
            if value is not None
        ]
        if not any(months):
            continue
        path = QPainterPath(points[0])
        for point in points[1:]:
            path.lineTo(point)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color(role), width))
        painter.drawPath(path)
        if role == "accent":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(role))
            painter.drawEllipse(points[-1], 2.2, 2.2)
