"""The route map on paper."""

from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from desktop_app.reports.fonts import BOLD, REGULAR, clean, text_width
from desktop_app.reports.map_data import Point
from desktop_app.reports.map_shapes import Area, Drawing, Item, Label, Line, Pill
from desktop_app.reports.tags import tagged

COLOURS = {
    "sea": "#E6EDF5",
    "land": "#F3F4F6",
    "home": "#FFFFFF",
    "lake": "#D5E3F1",
    "border": "#B9C1CC",
    "route": "#1F5FBF",
    "leader": "#67707E",
    "scale": "#67707E",
    "mark": "#1F5FBF",
    "point": "#1F5FBF",
    "mark_text": "#FFFFFF",
    "label": "#1B2430",
    "country": "#8A94A3",
    "small": "#67707E",
    "halo": "#FFFFFF",
    "frame": "#E3E6EB",
}


def draw_points(canvas: Any, points: Sequence[Point], height: float) -> None:
    """Stroke an open line through points whose y runs down from ``height``."""
    path = canvas.beginPath()
    path.moveTo(points[0][0], height - points[0][1])
    for x, y in points[1:]:
        path.lineTo(x, height - y)
    canvas.drawPath(path, stroke=1, fill=0)


class MapFlowable(Flowable):
    """A drawing of a route in a frame with round corners."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__()
        self.drawing = drawing
        self.width = drawing.width
        self.height = drawing.height
        # Who cannot see it is told the names on it.
        names = [item.text for item in drawing.items if isinstance(item, Label)]
        self.alt = ", ".join(dict.fromkeys(names))

    @tagged("Figure")
    def draw(self) -> None:
        """Paint all shapes, cut to the frame."""
        canvas: Any = self.canv
        canvas.saveState()
        frame = canvas.beginPath()
        frame.roundRect(0, 0, self.width, self.height, 4)
        canvas.clipPath(frame, stroke=0, fill=0)
        canvas.setLineJoin(1)
        canvas.setLineCap(1)
        for item in self.drawing.items:
            self._paint(canvas, item)
        canvas.restoreState()
        canvas.saveState()
        canvas.setStrokeColor(HexColor(COLOURS["frame"]))
        canvas.setLineWidth(0.5)
        canvas.roundRect(0, 0, self.width, self.height, 4)
        canvas.restoreState()

    def _paint(self, canvas: Any, item: Item) -> None:
        if isinstance(item, Area):
            self._area(canvas, item)
        elif isinstance(item, Line):
            self._line(canvas, item)
        elif isinstance(item, Pill):
            self._pill(canvas, item)
        else:
            self._label(canvas, item)

    def _area(self, canvas: Any, area: Area) -> None:
        path = canvas.beginPath()
        for ring in area.rings:
            path.moveTo(ring[0][0], self.height - ring[0][1])
            for x, y in ring[1:]:
                path.lineTo(x, self.height - y)
            path.close()
        canvas.setFillColor(HexColor(COLOURS[area.role]))
        canvas.setStrokeColor(HexColor(COLOURS["border"]))
        canvas.setLineWidth(0.4)
        canvas.setDash()
        edged = area.role in ("land", "home")
        canvas.drawPath(path, stroke=1 if edged else 0, fill=1, fillMode=0)

    def _line(self, canvas: Any, line: Line) -> None:
        canvas.setStrokeColor(HexColor(COLOURS[line.role]))
        canvas.setLineWidth(line.width)
        # A round cap lengthens each dash by the line's width, so a dotted line needs a flat one.
        canvas.setLineCap(0 if line.dash else 1)
        canvas.setDash(list(line.dash))
        draw_points(canvas, line.points, self.height)

    def _pill(self, canvas: Any, pill: Pill) -> None:
        rect = pill.rect
        canvas.setFillColor(HexColor(COLOURS[pill.role]))
        canvas.setStrokeColor(HexColor(COLOURS["halo"]))
        canvas.setLineWidth(0.8)
        canvas.setDash()
        high = rect.bottom - rect.top
        canvas.roundRect(
            rect.left, self.height - rect.bottom, rect.right - rect.left, high, high / 2, fill=1
        )

    def _label(self, canvas: Any, label: Label) -> None:
        size = label.size
        if label.halo:
            # A veil under the words, not an outline: outlined text would be copied twice.
            wide = text_width(label.text, size, label.bold)
            canvas.saveState()
            canvas.setFillColor(HexColor(COLOURS["halo"]))
            canvas.setFillAlpha(0.72)
            top = self.height - label.y - size * 0.26
            canvas.roundRect(label.x - 1.2, top, wide + 2.4, size * 1.22, 1.5, stroke=0, fill=1)
            canvas.restoreState()
        canvas.setFillColor(HexColor(COLOURS[label.role]))
        canvas.setFont(BOLD if label.bold else REGULAR, size)
        canvas.drawString(label.x, self.height - label.y, clean(label.text))
