"""A year by month as columns; each opens what is behind it."""

import calendar
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_app.i18n import language, t
from desktop_app.ui import theme
from desktop_app.ui.fonts import font

_TOP, _FOOT, _HEIGHT = 18, 20, 116
_CENTRE = Qt.AlignmentFlag.AlignCenter


def month_name(month: int) -> str:
    """Return ``3月`` or ``Mar``."""
    return f"{month}月" if language() == "zh" else calendar.month_abbr[month]


class MonthChart(QWidget):
    """Visits with promotion events above them, for each month of a year."""

    #: A month was clicked, 1 to 12.
    chosen = Signal(int)

    def __init__(self) -> None:
        """Start with nothing."""
        super().__init__()
        self._counts: list[tuple[int, int]] = [(0, 0)] * 12
        self._current, self._over = 0, 0
        self.setFixedHeight(_HEIGHT)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_counts(self, counts: Sequence[tuple[int, int]], name: str) -> None:
        """Show (visits, events) of each month; ``name`` says what is counted."""
        self._counts = list(counts)
        said = [self._said(m) for m in range(1, 13) if sum(self._counts[m - 1])]
        self.setAccessibleName(f"{name}: {'; '.join(said) or t('events.nothing_done')}")
        self.update()

    def set_current(self, month: int) -> None:
        """Mark a month; 0 for none."""
        self._current = month
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, _HEIGHT)

    def _said(self, month: int) -> str:
        visits, events = self._counts[month - 1]
        return t("events.month_said", month=month_name(month), visits=visits, events=events)

    def _column(self, month: int) -> QRectF:
        width = self.width() / 12
        return QRectF((month - 1) * width, 0, width, self.height())

    def _month_at(self, point: QPointF) -> int:
        return min(max(int(point.x() * 12 / max(self.width(), 1)), 0), 11) + 1

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max((sum(one) for one in self._counts), default=0) or 1
        for month in range(1, 13):
            self._paint_month(painter, month, most)
        painter.setPen(theme.color("line"))
        base = self.height() - _FOOT + 0.5
        painter.drawLine(QPointF(0, base), QPointF(self.width(), base))
        painter.end()

    def _paint_month(self, painter: QPainter, month: int, most: int) -> None:
        area = self._column(month)
        visits, events = self._counts[month - 1]
        marked = month == self._current
        if marked or month == self._over or (self.hasFocus() and not self._current and month == 1):
            painter.setPen(theme.color("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft" if marked else "second"))
            painter.drawRoundedRect(area.adjusted(1.5, 0.5, -1.5, -0.5), 5, 5)
        base = self.height() - _FOOT
        room = base - _TOP
        painter.setPen(Qt.PenStyle.NoPen)
        bar = min(area.width() * 0.46, 18)
        left = area.center().x() - bar / 2
        low = max(room * visits / most, 2) if visits else 0
        high = max(room * events / most, 2) if events else 0
        painter.setBrush(theme.color("accent"))
        painter.drawRect(QRectF(left, base - low, bar, low))
        painter.setBrush(theme.color("good"))
        painter.drawRect(QRectF(left, base - low - high - (1 if low and high else 0), bar, high))
        painter.setFont(font(theme.SMALL))
        painter.setPen(theme.color("text" if visits + events else "disabled"))
        if visits + events:
            top = QRectF(area.x(), base - low - high - 18, area.width(), 16)
            painter.drawText(top, _CENTRE, str(visits + events))
        painter.setPen(theme.color("accent" if marked else "muted"))
        foot = QRectF(area.x(), base + 2, area.width(), _FOOT - 2)
        text = month_name(month)
        if painter.fontMetrics().horizontalAdvance(text) > area.width():
            text = str(month)
        painter.drawText(foot, _CENTRE, text)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(
                event.globalPos(), self._said(self._month_at(event.pos().toPointF())), self
            )
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._over = self._month_at(event.position())
        has = bool(sum(self._counts[self._over - 1]))
        self.setCursor(Qt.CursorShape.PointingHandCursor if has else Qt.CursorShape.ArrowCursor)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over = 0
        self.update()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self._month_at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.chosen.emit(min(max(self._current + step, 1), 12))
