"""A chart on paper."""

from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from desktop_app.reports.chart_shapes import Bar, Chart, Item
from desktop_app.reports.fonts import BOLD, REGULAR
from desktop_app.reports.map_flowable import draw_points
from desktop_app.reports.map_shapes import Label, Line
from desktop_app.reports.tags import tagged

COLOURS = {
    "track": "#EFF1F4",
    "bar": "#1F5FBF",
    "soft": "#A9B4C4",
    "over": "#1E7F4F",
    "plan": "#1F5FBF",
    "tick": "#1B2430",
    "axis": "#D5DAE1",
    "trend": "#67707E",
    "dot": "#1F5FBF",
    "label": "#1B2430",
    "muted": "#67707E",
}


class ChartFlowable(Flowable):
    """A drawing of a chart."""

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self.chart = chart
        self.width = chart.width
        self.height = chart.height
        self.hAlign = "LEFT"
        self.alt = ", ".join(item.text for item in chart.items if isinstance(item, Label))

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Take the chart's own room."""
        return self.width, self.height

    @tagged("Figure")
    def draw(self) -> None:
        """Paint all shapes."""
        canvas: Any = self.canv
        canvas.saveState()
        canvas.setLineJoin(1)
        for item in self.chart.items:
            self._paint(canvas, item)
        canvas.restoreState()

    def _paint(self, canvas: Any, item: Item) -> None:
        colour = HexColor(COLOURS[item.role])
        canvas.setFillColor(colour)
        canvas.setStrokeColor(colour)
        if isinstance(item, Label):
            canvas.setFont(BOLD if item.bold else REGULAR, item.size)
            canvas.drawString(item.x, self.height - item.y, item.text)
        elif isinstance(item, Line):
            canvas.setLineWidth(item.width)
            draw_points(canvas, item.points, self.height)
        else:
            rect = item.rect
            wide, high = rect.right - rect.left, rect.bottom - rect.top
            place = (rect.left, self.height - rect.bottom, wide, high)
            if not isinstance(item, Bar):
                canvas.roundRect(*place, high / 2, stroke=0, fill=1)
            elif item.role == "plan":
                canvas.setLineWidth(0.7)
                canvas.rect(*place, stroke=1, fill=0)
            else:
                canvas.rect(*place, stroke=0, fill=1)
