"""Paints the timeline of a project: its rows with their bars, and the axis of months above."""

import datetime as dt

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from desktop_app.i18n import language, t
from desktop_app.services.approval_rows import ApprovalRow
from desktop_app.ui import theme
from desktop_app.ui.approvals import texts
from desktop_app.ui.approvals.geometry import Bars, Scale, Span, ticks
from desktop_app.ui.fonts import font
from desktop_app.ui.widgets.row_delegate import fitted

AXIS_HEIGHT = 44
ROW_HEIGHT = 38
_PLAN, _WORK = 18.0, 10.0
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_PAD = 14
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def month_name(month: int) -> str:
    """Return a month as the axis names it."""
    return f"{month}月" if language() == "zh" else _MONTHS[month - 1]


def paint_label(
    painter: QPainter, rect: QRectF, row: ApprovalRow, today: dt.date, selected: bool
) -> None:
    """Paint the left part of a row: what it is, and how it stands."""
    late = texts.late_text(row, today) if row.is_open else ""
    note = late or texts.term_text(row, today)
    if row.state in ("refused", "not_needed"):
        note = texts.state_pill(row.state).text
    space = rect.adjusted(_PAD, 0, -8, 0)
    small = QFontMetricsF(font(theme.SMALL))
    painter.setFont(font(theme.SMALL))
    painter.setPen(theme.color("bad" if late else "muted"))
    painter.drawText(space, _RIGHT, note)
    space.setRight(space.right() - small.horizontalAdvance(note) - 8)
    painter.setFont(font(theme.TEXT, selected))
    painter.setPen(theme.color("text" if row.state != "not_needed" else "muted"))
    shown, _width = fitted(row.title, int(space.width()), theme.TEXT, selected)
    painter.drawText(space, _LEFT, shown)


def paint_grid(painter: QPainter, rect: QRectF, scale: Scale, offset: float) -> None:
    """Paint the lines of the months through a row."""
    for tick in ticks(scale, 34, _between(scale, rect, offset)):
        x = round(rect.left() + scale.x(tick.day) - offset) + 0.5
        painter.setPen(theme.color("strong_line" if tick.year else "line"))
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))


def paint_today(painter: QPainter, rect: QRectF, scale: Scale, offset: float) -> None:
    """Paint the line of today."""
    x = rect.left() + scale.x(dt.date.today()) - offset
    painter.setPen(QPen(theme.color("accent"), 1.5))
    painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))


def paint_bars(
    painter: QPainter, rect: QRectF, row: ApprovalRow, bars: Bars, scale: Scale, offset: float
) -> None:
    """Paint what was planned as an outline under what happened."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    middle = rect.center().y()

    def box(span: Span, height: float) -> QRectF:
        left, width = scale.spread(span)
        return QRectF(rect.left() + left - offset, middle - height / 2, width, height)

    if bars.planned is not None:
        painter.setPen(QPen(theme.color("muted"), 1.0))
        painter.setBrush(QColor(theme.color("second")))
        painter.drawRoundedRect(box(bars.planned, _PLAN), 4, 4)
    painter.setPen(Qt.PenStyle.NoPen)
    if bars.actual is not None:
        kind = "good" if row.done_on is not None else "accent"
        painter.setBrush(theme.color(kind if row.is_open or row.done_on else "muted"))
        painter.drawRoundedRect(box(bars.actual, _WORK), 3, 3)
    if bars.late is not None:
        painter.setBrush(theme.color("bad" if row.is_open else "warn"))
        painter.drawRoundedRect(box(bars.late, _WORK), 3, 3)
    if bars.promised_on is not None and (bars.actual is not None or bars.late is not None):
        x = box(Span(bars.promised_on, bars.promised_on), 1).left() + scale.per_day
        painter.setPen(QPen(theme.color("text"), 1.6))
        painter.drawLine(QPointF(x, middle - 11), QPointF(x, middle + 11))
    if not any(True for _day in bars.days()):
        painter.setFont(font(theme.SMALL))
        painter.setPen(theme.color("muted"))
        note = t("approvals.no_dates") if row.is_open else texts.state_pill(row.state).text
        painter.drawText(rect.adjusted(10, 0, 0, 0), _LEFT, note)


def paint_axis(painter: QPainter, rect: QRectF, scale: Scale, offset: float) -> None:
    """Paint years over months, and where today is."""
    painter.setFont(font(theme.SMALL))
    metrics = QFontMetricsF(font(theme.SMALL))
    half = rect.top() + rect.height() / 2
    shown = ticks(scale, 34, _between(scale, rect, offset))
    for tick in shown:
        x = rect.left() + scale.x(tick.day) - offset
        painter.setPen(theme.color("muted"))
        painter.drawText(QPointF(x + 4, rect.bottom() - 8), month_name(tick.month))
        painter.setPen(theme.color("strong_line" if tick.year else "line"))
        top = rect.top() + 4 if tick.year else half + 2
        painter.drawLine(QPointF(round(x) + 0.5, top), QPointF(round(x) + 0.5, rect.bottom()))
    painter.setFont(font(theme.SMALL, True))
    painter.setPen(theme.color("text"))
    years = [tick for tick in shown if tick.year]
    # The year in which the room begins is named at its edge, unless the next one is near.
    edge = scale.day_at(max(0.0, offset))
    near = years and scale.x(years[0].day) - offset < metrics.horizontalAdvance("2026年") + 16
    if not near:
        painter.drawText(QPointF(rect.left() + 4, half - 4), _year(edge.year))
    for tick in years:
        x = rect.left() + scale.x(tick.day) - offset
        painter.drawText(QPointF(x + 4, half - 4), _year(tick.day.year))
    x = rect.left() + scale.x(dt.date.today()) - offset
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent"))
    painter.drawEllipse(QPointF(x, rect.bottom() - 1), 3, 3)


def _year(year: int) -> str:
    return f"{year}年" if language() == "zh" else str(year)


def _between(scale: Scale, rect: QRectF, offset: float) -> tuple[dt.date, dt.date]:
    """Return the days that a room shows, so that a slip in a date costs no time."""
    step = dt.timedelta(days=40)
    first, last = scale.day_at(max(0.0, offset)), scale.day_at(offset + rect.width())
    return max(first, dt.date.min + step) - step, min(last, dt.date.max - step) + step
