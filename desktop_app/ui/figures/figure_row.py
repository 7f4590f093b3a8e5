"""One figure of the year as a row: name, value, trend, target in place, share of the target."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.i18n import t
from desktop_app.services.year_figures import YearFigure, percent
from desktop_app.ui import theme
from desktop_app.ui.figures.charts import paint_trend
from desktop_app.ui.figures.target_field import TargetField
from desktop_app.ui.figures.texts import name_of, records_text, value_text
from desktop_app.ui.fonts import font

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CUT = Qt.TextElideMode.ElideRight
_PAD, _GAP = 10, 12
_VALUE, _TARGET, _BAR, _PERCENT, _TREND = 98, 92, 52, 46, 68
# Below these widths of a row first the trend, then the bar, then the share has no room.
_WITH_TREND, _WITH_BAR, _WITH_SHARE = 520, 440, 390


class Places:
    """Where the columns of a row stand, for a width."""

    def __init__(self, width: float) -> None:
        """Share the width out from the right."""
        right = width - _PAD
        # Beside a paper the target stays: the paper may ask for it.
        self.percent = (right - _PERCENT, float(_PERCENT)) if width >= _WITH_SHARE else (right, 0.0)
        right = self.percent[0] - (6 if self.percent[1] else 0)
        self.bar = (right - _BAR, float(_BAR)) if width >= _WITH_BAR else (right, 0.0)
        right = self.bar[0] - (_GAP if self.bar[1] else 0)
        self.target = (right - _TARGET, float(_TARGET))
        right -= _TARGET + 6
        self.value = (right - _VALUE, float(_VALUE))
        right -= _VALUE + 4
        self.trend = (right - _TREND, float(_TREND)) if width >= _WITH_TREND else (right, 0.0)
        right = self.trend[0] - (_GAP if self.trend[1] else 0)
        self.name = (float(_PAD), right - _PAD)


class FigureRow(QWidget):
    """Paints a figure; only its target is a widget of its own."""

    HEIGHT = 44
    #: The figure's name, when it is pressed or reached by the keys.
    chosen = Signal(str)
    #: Enter or a double click: to the records.
    opened = Signal(str)
    #: -1 or 1: to the row above or below.
    stepped = Signal(int)
    #: The figure's name and what its target is to be.
    target_edited = Signal(str, object)

    def __init__(self, metric: str) -> None:
        """Make the row of a figure; ``set_figure`` fills it."""
        super().__init__()
        self.figure_name = metric
        self.figure: YearFigure | None = None
        self._months: tuple[Sequence[int | None], Sequence[int | None]] = ((), ())
        self._selected = False
        self._near = False
        self.target = TargetField(metric)
        self.target.setParent(self)
        self.target.edited.connect(lambda value: self.target_edited.emit(metric, value))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.target.setCursor(Qt.CursorShape.IBeamCursor)
        self.setFixedHeight(self.HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(300)

    def set_figure(self, figure: YearFigure) -> None:
        """Show a figure."""
        self.figure = figure
        self.target.set_value(figure.target)
        value = value_text(self.figure_name, figure.value)
        records = records_text(self.figure_name, figure.records, figure.whole)
        parts = [name_of(self.figure_name), value, records]
        if figure.target is not None:
            target = value_text(self.figure_name, figure.target)
            parts.append(t("figures.of_target", target=target, share=self._share_text()))
        self.setAccessibleName(", ".join(parts))
        self.setToolTip("  ".join(parts))
        self.update()

    def set_months(self, values: Sequence[int | None], before: Sequence[int | None]) -> None:
        """Show the trend of the year and of the one before."""
        self._months = (values, before)
        self.update()

    def set_selected(self, selected: bool) -> None:
        """Mark the row as the one whose records stand beside."""
        self._selected = selected
        self.update()

    def share(self) -> int | None:
        """Return how much of the target is reached, in percent."""
        one = self.figure
        if one is None or not one.target or one.value is None:
            return None
        return percent(one.value, one.target)

    def _share_text(self) -> str:
        share = self.share()
        if share is None:
            return ""
        return f"{share:,}%" if share < 10_000 else "> 9,999%"

    def sizeHint(self) -> QSize:
        return QSize(600, self.HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        if self.figure is not None:
            places = Places(self.width())
            self._paint_texts(painter, places, self.figure)
            if places.trend[1] and self._months[0]:
                area = QRectF(places.trend[0], 12, places.trend[1], self.HEIGHT - 24)
                paint_trend(painter, area, *self._months)
            self._paint_share(painter, places)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        if self._selected or self._near or self.hasFocus():
            role = "accent_soft" if self._selected else "second" if self._near else "surface"
            painter.setBrush(theme.color(role))
            focus = QPen(theme.color("accent"), 1)
            painter.setPen(focus if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 1.5, -0.5, -1.5), 6, 6)

    def _paint_texts(self, painter: QPainter, places: Places, one: YearFigure) -> None:
        left, width = places.name
        metrics = QFontMetricsF(font())
        painter.setFont(font())
        painter.setPen(theme.color("text"))
        name = metrics.elidedText(name_of(self.figure_name), _CUT, width)
        painter.drawText(QRectF(left, 5, width, 18), _LEFT, name)
        painter.setFont(font(theme.SMALL))
        painter.setPen(theme.color("muted"))
        records = records_text(self.figure_name, one.records, one.whole)
        small = QFontMetricsF(font(theme.SMALL))
        painter.drawText(QRectF(left, 22, width, 17), _LEFT, small.elidedText(records, _CUT, width))
        painter.setFont(font(theme.HEADING, bold=True))
        painter.setPen(theme.color("text" if one.value else "muted"))
        area = QRectF(places.value[0], 0, places.value[1], self.HEIGHT)
        painter.drawText(area, _RIGHT, value_text(self.figure_name, one.value))

    def _paint_share(self, painter: QPainter, places: Places) -> None:
        share = self.share()
        if share is None or not places.percent[1]:
            return
        painter.setFont(font(theme.SMALL))
        reached = share >= 100
        painter.setPen(theme.color("good" if reached else "muted"))
        area = QRectF(places.percent[0], 0, places.percent[1], self.HEIGHT)
        painter.drawText(area, _RIGHT, self._share_text())
        if not places.bar[1]:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        bar = QRectF(places.bar[0], self.HEIGHT / 2 - 3, places.bar[1], 6)
        painter.setBrush(theme.color("line"))
        painter.drawRoundedRect(bar, 3, 3)
        if share > 0:
            bar.setWidth(max(bar.width() * min(share, 100) / 100, 6))
            painter.setBrush(theme.color("good" if reached else "accent"))
            painter.drawRoundedRect(bar, 3, 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        left, width = Places(self.width()).target
        self.target.setGeometry(int(left), 7, int(width), self.HEIGHT - 14)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._near = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._near = False
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.chosen.emit(self.figure_name)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit(self.figure_name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Space:
            self.chosen.emit(self.figure_name)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.figure_name)
        else:
            super().keyPressEvent(event)


class ColumnHeads(QWidget):
    """What the columns of the rows below are."""

    def __init__(self) -> None:
        """Stand above the rows."""
        super().__init__()
        self.setFixedHeight(24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font(theme.SMALL))
        painter.setPen(theme.color("muted"))
        places = Places(self.width())
        heads = {"value": places.value, "target": places.target, "share": places.percent}
        for key, (left, width) in heads.items():
            if not width:
                continue
            room = QRectF(left - 60, 0, width + 60 - (6 if key == "target" else 0), 24)
            painter.drawText(room, _RIGHT, t(f"figures.head.{key}"))
        if places.trend[1]:
            painter.drawText(QPointF(places.trend[0], 16), t("figures.head.trend"))
        painter.end()
