"""Small drawings among words: a line of stages, a bar of a share, dots on a line of time."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from reportlab.lib.colors import Color, HexColor, white
from reportlab.platypus import Flowable, Table

from desktop_app.reports.bilingual import halves, is_pair
from desktop_app.reports.document import shortened
from desktop_app.reports.fonts import BOLD, REGULAR, clean, text_width
from desktop_app.reports.styles import ACCENT, MUTED, RULE, TEXT, TONES
from desktop_app.reports.tags import tagged

_GROUND = HexColor("#E9EDF2")
_GIVEN_UP = HexColor("#98A1AD")


class Step(NamedTuple):
    """One stage of a line: its name, the day it was reached, and where it lies."""

    name: str
    day: str
    state: str


class StageLine(Flowable):
    """Stages along a line: those reached filled, the present one larger, those to come open.

    A step's state is ``reached``, ``now`` or ``to_come``.
    """

    def __init__(self, steps: Sequence[Step], width: float, tone: str = "accent") -> None:
        super().__init__()
        self._steps = list(steps)
        self._both = any(is_pair(step.name) for step in steps)
        self._colour = _GIVEN_UP if tone == "none" else TONES[tone][0]
        self.width, self.height = width, 42.0 if self._both else 34.0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Take the width that was given."""
        return self.width, self.height

    @tagged("P")
    def draw(self) -> None:
        """Draw the line, then the stages with their names and days."""
        canvas: Any = self.canv
        pitch = self.width / len(self._steps)
        middles = [(index + 0.5) * pitch for index in range(len(self._steps))]
        y = self.height - 7
        now = next((i for i, step in enumerate(self._steps) if step.state == "now"), 0)
        canvas.saveState()
        canvas.setLineWidth(2)
        canvas.setStrokeColor(RULE)
        canvas.line(middles[now], y, middles[-1], y)
        canvas.setStrokeColor(self._colour)
        canvas.line(middles[0], y, middles[now], y)
        for middle, step in zip(middles, self._steps, strict=True):
            self._dot(canvas, middle, y, step.state)
            self._words(canvas, middle, y - 15, pitch - 2, step)
        canvas.restoreState()

    def _dot(self, canvas: Any, x: float, y: float, state: str) -> None:
        """Draw the mark of a stage."""
        if state == "to_come":
            canvas.setStrokeColor(RULE)
            canvas.setFillColor(white)
            canvas.setLineWidth(1.2)
            canvas.circle(x, y, 3, stroke=1, fill=1)
            return
        canvas.setFillColor(self._colour)
        canvas.circle(x, y, 5.6 if state == "now" else 3.4, stroke=0, fill=1)
        if state == "now":
            canvas.setFillColor(white)
            canvas.circle(x, y, 2.2, stroke=0, fill=1)

    def _words(self, canvas: Any, x: float, y: float, room: float, step: Step) -> None:
        """Write a stage's name and day below its mark."""
        now = step.state == "now"
        zh, en = halves(step.name)
        lines = [(zh, 7.0, BOLD if now else REGULAR, TEXT if step.state != "to_come" else MUTED)]
        if self._both:
            lines.append((en, 5.8, REGULAR, MUTED))
        lines.append((step.day, 5.9, REGULAR, self._colour if now else MUTED))
        for text, size, font, colour in lines:
            canvas.setFillColor(colour)
            wide = text_width(clean(text), size, font == BOLD)
            fitted = max(min(size, size * room / wide), 5.2) if wide else size
            canvas.setFont(font, fitted)
            canvas.drawCentredString(x, y, shortened(clean(text), fitted, room + 1))
            y -= 9 if size > 6 else 8


class Bar(Flowable):
    """A share of 0 to 1 as a bar on a grey ground."""

    def __init__(
        self, share: float, width: float, thick: float = 4, room: float = 10, colour: Color = ACCENT
    ) -> None:
        super().__init__()
        self._share = min(max(share, 0.0), 1.0)
        self._thick = thick
        self._colour = colour
        self.width, self.height = width, room

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Take the room that was given."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the ground, then the share."""
        canvas: Any = self.canv
        y = (self.height - self._thick) / 2
        canvas.saveState()
        canvas.setFillColor(_GROUND)
        canvas.rect(0, y, self.width, self._thick, stroke=0, fill=1)
        canvas.setFillColor(self._colour)
        canvas.rect(0, y, self.width * self._share, self._thick, stroke=0, fill=1)
        canvas.restoreState()


class TimeLine(Table):
    """Rows of a day and what happened then, with a line down between them and a dot a row."""

    _dots: Sequence[bool] = ()
    _at: float = 0

    def with_dots(self, dots: Sequence[bool], at: float) -> "TimeLine":
        """Set which dots are filled, and how far from the left they stand."""
        self._dots, self._at = dots, at
        return self

    @tagged("P")
    def draw(self) -> None:
        """Draw the line and its dots, then the rows."""
        canvas: Any = self.canv
        parts: Any = self
        tops = [parts._height - sum(parts._rowHeights[:row]) for row in range(len(self._dots))]
        canvas.saveState()
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(1)
        if tops:
            canvas.line(self._at, tops[0] - 7, self._at, tops[-1] - 7)
        canvas.setLineWidth(1.2)
        for top, filled in zip(tops, self._dots, strict=True):
            canvas.setStrokeColor(ACCENT)
            canvas.setFillColor(ACCENT if filled else white)
            canvas.circle(self._at, top - 7, 2.4, stroke=1, fill=1)
        canvas.restoreState()
        super().draw()
