"""Lines to write on."""

from typing import Any

from reportlab.platypus import Flowable

from desktop_app.reports.bilingual import in_line
from desktop_app.reports.fonts import BOLD, clean
from desktop_app.reports.styles import HAIRLINE, RULE, TEXT
from desktop_app.reports.tags import tagged

_ABOVE = 8


class NoteLines(Flowable):
    """Lines to write on, over the rest of the page; nothing where there is room for few."""

    def __init__(self, title: str = "", step: float = 21, least: int = 2) -> None:
        super().__init__()
        self._title = title
        self._step = step
        self._least = least
        self._count = 0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Take all the room that is left."""
        # The space above is part of the height: asked for apart, it would take a full page's
        # lines to the next page.
        top = _ABOVE + (22 if self._title else 0)
        self._count = int((height - top - 4) / self._step)
        if self._count < self._least:
            self._count = 0
            return width, 0
        self.width, self.height = width, height - 1
        return width, height - 1

    @tagged("P")
    def draw(self) -> None:
        """Draw the heading and the lines."""
        if not self._count:
            return
        canvas: Any = self.canv
        y = self.height - _ABOVE
        if self._title:
            canvas.setFillColor(TEXT)
            canvas.setFont(BOLD, 10)
            canvas.drawString(0, y - 12, clean(in_line(self._title)))
            y -= 18
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(HAIRLINE)
        for line in range(1, self._count + 1):
            canvas.line(0, y - line * self._step, self.width, y - line * self._step)
