"""Paints a lead as a card of the board."""

import datetime as dt

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.i18n import word
from desktop_app.services.lead_rows import LeadRow
from desktop_app.ui import theme
from desktop_app.ui.fonts import font
from desktop_app.ui.leads import lead_texts
from desktop_app.ui.widgets.pill import paint_pill, pill_width

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
CARD_HEIGHT = 92
_GAP = 6
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ELIDE = Qt.TextElideMode.ElideRight


class CardDelegate(QStyledItemDelegate):
    """Three lines a card: who, what and how much, whose and what is next."""

    def __init__(self, parent: QObject) -> None:
        """Paint for the views that are children of ``parent``."""
        super().__init__(parent)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(100, CARD_HEIGHT + _GAP)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: LeadRow = index.data(ROW_ROLE)
        state = option.state
        whole = QRectF(option.rect)
        box = whole.adjusted(1.5, 0.5, -1.5, -_GAP - 0.5)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = "accent" if selected else "strong_line" if hovered else "line"
        painter.setPen(QPen(theme.color(edge), 1))
        painter.setBrush(theme.color("accent_soft" if selected else "surface"))
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        self._paint_text(painter, box.adjusted(11, 8, -11, -8), row)
        painter.restore()

    def _paint_text(self, painter: QPainter, box: QRectF, row: LeadRow) -> None:
        line = box.height() / 3
        first = QRectF(box.left(), box.top(), box.width(), line)
        second, third = first.translated(0, line), first.translated(0, line * 2)
        name, name_zh = lead_texts.names(row)
        used = _text(painter, first, name, bold=True)
        if first.width() - used > 32:
            _text(painter, first.adjusted(used + 6, 0, 0, 0), name_zh, "muted", small=True)
        amount = lead_texts.short_money(row.amount_minor, row.currency)
        width = _text(painter, second, amount, right=True) if amount else 0.0
        about = " · ".join(filter(None, (row.country, word("chain", row.chain))))
        room = second.adjusted(0, 0, -width - (8 if width else 0), 0)
        _text(painter, room, about, "muted", small=True)
        today = dt.date.today()
        pill = lead_texts.next_pill(row, today)
        if pill is not None:
            paint_pill(painter, third, pill, right=True)
            width = pill_width(pill.text)
        else:
            due = lead_texts.short_day(row.next_on, today)
            width = _text(painter, third, due, "muted", small=True, right=True)
        whose = " · ".join(filter(None, (row.owner, row.readiness)))
        _text(painter, third.adjusted(0, 0, -width - 8, 0), whose, "muted", small=True)


def _text(
    painter: QPainter,
    box: QRectF,
    text: str,
    role: str = "text",
    *,
    bold: bool = False,
    small: bool = False,
    right: bool = False,
) -> float:
    """Paint one line, shortened to its box; return how wide it became."""
    if not text:
        return 0.0
    face = font(theme.SMALL if small else theme.TEXT, bold)
    metrics = QFontMetricsF(face)
    shown = metrics.elidedText(text, _ELIDE, box.width())
    painter.setFont(face)
    painter.setPen(theme.color(role))
    painter.drawText(box, _RIGHT if right else _LEFT, shown)
    return metrics.horizontalAdvance(shown)
