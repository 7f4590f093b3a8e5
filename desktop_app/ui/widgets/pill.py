"""Status as a coloured word: painted in tables, shown as a label elsewhere."""

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.ui import theme
from desktop_app.ui.fonts import font

_COLORS = {
    "neutral": ("muted", "second"),
    "accent": ("accent", "accent_soft"),
    "good": ("good", "good_soft"),
    "warn": ("warn", "warn_soft"),
    "bad": ("bad", "bad_soft"),
}
_STAGES = {
    "lead": "neutral",
    "screened": "neutral",
    "negotiating": "accent",
    "site_review": "accent",
    "ready_to_sign": "accent",
}
HEIGHT = 20


class Pill(NamedTuple):
    """A word and its colour: neutral, accent, good, warn or bad."""

    text: str
    kind: str = "neutral"


def stage_kind(stage: str | None) -> str:
    """Return the colour of a stage: grey before talks, blue in talks, green from signing on."""
    return _STAGES.get(stage or "lead", "good")


def pill_width(text: str) -> float:
    """Return how wide a pill with this text is, in pixels."""
    return QFontMetricsF(font(theme.SMALL)).horizontalAdvance(text) + 16


def paint_pill(
    painter: QPainter, rect: QRectF, pill: Pill, right: bool = False, selected: bool = False
) -> QRectF:
    """Paint a pill at the left (or right) of ``rect``, centred in height; return where it is."""
    foreground, background = _COLORS.get(pill.kind, _COLORS["neutral"])
    if selected and background == "accent_soft":
        # A selected row has that colour itself.
        background = "surface"
    width = min(pill_width(pill.text), rect.width())
    x = rect.right() - width if right else rect.left()
    box = QRectF(x, rect.center().y() - HEIGHT / 2, width, HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.color(background)))
    painter.drawRoundedRect(box, HEIGHT / 2, HEIGHT / 2)
    painter.setPen(QColor(theme.color(foreground)))
    painter.setFont(font(theme.SMALL))
    metrics = QFontMetricsF(font(theme.SMALL))
    text = metrics.elidedText(pill.text, Qt.TextElideMode.ElideRight, width - 14)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
    return box


class PillLabel(QWidget):
    """A pill among other widgets."""

    def __init__(self, text: str = "", kind: str = "neutral") -> None:
        """Show a word in a colour."""
        super().__init__()
        self._pill = Pill(text, kind)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_pill(self, text: str, kind: str = "neutral") -> None:
        """Show another word; an empty one hides the pill."""
        self._pill = Pill(text, kind)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(pill_width(self._pill.text)) + 1, HEIGHT + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_pill(painter, QRectF(self.rect()), self._pill)
        painter.end()
