"""The map of a trip's route on screen: the same shapes as on paper, in the theme's colours."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.i18n import language, t
from desktop_app.ui import theme
from desktop_app.ui.fonts import font

if TYPE_CHECKING:
    from desktop_app.reports.map_shapes import Area, Drawing, Label, Line, Pill

# Sea, land, and what stands on them, for (light, dark); the rest are roles of the theme.
_MAP = {
    "sea": ("#DFE9F3", "#171C24"),
    "lake": ("#CFE0F0", "#131820"),
    "land": ("#F3F4F1", "#242A33"),
    "home": ("#FFFFFF", "#2E3641"),
    "border": ("#BFC6CF", "#434C59"),
}


def map_color(role: str) -> QColor:
    """Return the colour of a part of the map in the theme in use."""
    if role in _MAP:
        return QColor(_MAP[role][theme.name() == "dark"])
    roles = {
        "route": "accent",
        "mark": "accent",
        "mark_text": "on_accent",
        "leader": "muted",
        "scale": "muted",
        "point": "surface",
        "label": "text",
    }
    return theme.color(roles.get(role, "muted"))


class RouteMapView(QWidget):
    """Shows stops and how one gets from each to the next; laid out anew for each size."""

    def __init__(self, height: int = 300, text_size: float = 12.0) -> None:
        """Show Europe until there are stops."""
        super().__init__()
        self._stops: list[Mapping[str, Any]] = []
        self._legs: list[Mapping[str, Any]] = []
        self._text_size = text_size
        self._height = height
        self._drawing: Drawing | None = None
        self._picture: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(height)
        self.setAccessibleName(t("shell.route_map"))

    def set_route(
        self, stops: Iterable[Mapping[str, Any]], legs: Iterable[Mapping[str, Any]] = ()
    ) -> None:
        """Show stops (with ``lat_e6``, ``lon_e6``, ``city``, ``city_zh``) and transfers."""
        route = list(stops), list(legs)
        if route == (self._stops, self._legs):
            return
        self._stops, self._legs = route
        names = [str(s.get("city_zh") or s.get("city") or "") for s in self._stops]
        self.setAccessibleDescription(" – ".join(names))
        self._drawing = self._picture = None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, self._height)

    def _shapes(self) -> "Drawing":
        """Return the shapes for the present size."""
        from desktop_app.reports.route_map import draw_route
        from desktop_app.reports.route_stops import route_legs, route_stops

        size = (float(self.width()), float(self.height()))
        if self._drawing is None or (self._drawing.width, self._drawing.height) != size:
            stops = route_stops(self._stops)
            legs = route_legs(stops, self._legs)
            self._drawing = draw_route(stops, legs, *size, _measure, language(), self._text_size)
        return self._drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._painted())
        painter.end()

    def _painted(self) -> QPixmap:
        """Return the map as painted once for the present size: the many shapes take long."""
        ratio = self.devicePixelRatioF()
        picture = self._picture
        size = self.size() * ratio
        if picture is not None and (picture.size(), picture.devicePixelRatio()) == (size, ratio):
            return picture
        picture = QPixmap(size)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()), theme.RADIUS, theme.RADIUS)
        painter.setClipPath(frame)
        paint_drawing(painter, self._shapes())
        painter.end()
        self._picture = picture
        return picture


def _measure(text: str, size: float, bold: bool) -> float:
    """Return the width of a text on screen."""
    return QFontMetricsF(font(round(size), bold)).horizontalAdvance(text)


def paint_drawing(painter: QPainter, drawing: "Drawing") -> None:
    """Paint the shapes of a map in their order."""
    from desktop_app.reports.map_shapes import Area, Label, Line

    for item in drawing.items:
        if isinstance(item, Area):
            _paint_area(painter, item)
        elif isinstance(item, Line):
            _paint_line(painter, item)
        elif isinstance(item, Label):
            _paint_label(painter, item)
        else:
            _paint_pill(painter, item)


def _paint_area(painter: QPainter, area: "Area") -> None:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for ring in area.rings:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in ring]))
        path.closeSubpath()
    painter.setBrush(map_color(area.role))
    painter.setPen(Qt.PenStyle.NoPen if area.role == "sea" else QPen(map_color("border"), 0.8))
    painter.drawPath(path)


def _paint_line(painter: QPainter, line: "Line") -> None:
    pen = QPen(map_color(line.role), line.width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    if line.dash:
        # Qt counts dashes in widths of the pen.
        pen.setDashPattern([max(part / line.width, 0.1) for part in line.dash])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in line.points]))


def _paint_pill(painter: QPainter, pill: "Pill") -> None:
    rect = QRectF(
        QPointF(min(pill.rect.left, pill.rect.right), min(pill.rect.top, pill.rect.bottom)),
        QPointF(max(pill.rect.left, pill.rect.right), max(pill.rect.top, pill.rect.bottom)),
    )
    painter.setPen(QPen(map_color("home"), 1.2))
    painter.setBrush(map_color(pill.role))
    radius = rect.height() / 2
    painter.drawRoundedRect(rect, radius, radius)


def _paint_label(painter: QPainter, text: "Label") -> None:
    face = font(round(text.size), text.bold)
    where = QPointF(text.x, text.y)
    if text.halo:
        path = QPainterPath()
        path.addText(where, face, text.text)
        halo = QPen(map_color("home"), 3)
        halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, halo)
    painter.setFont(face)
    painter.setPen(map_color(text.role))
    painter.drawText(where, text.text)
