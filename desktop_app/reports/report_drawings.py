"""The small drawings of a report: words on a ground, a stage's arrow, a bar, a photo."""

import io
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

from desktop_app.reports.bilingual import halves, in_line
from desktop_app.reports.cjk import escape
from desktop_app.reports.document import shortened
from desktop_app.reports.fonts import BOLD, REGULAR, clean, text_width
from desktop_app.reports.layout import paragraph
from desktop_app.reports.photos import ROOM
from desktop_app.reports.report_blocks import Bar, Move, Shot, State
from desktop_app.reports.styles import HAIRLINE, MUTED, RULE, TEXT, TONES
from desktop_app.reports.tags import tagged

_NONE = (MUTED, HexColor("#F0F2F5"))


def _tone(name: str) -> tuple[Any, Any]:
    """Return bar and ground of a tone."""
    return TONES.get(name, _NONE)


def _pill(canvas: Any, text: str, left: float, base: float, room: float, tone: str) -> float:
    """Draw a word on a rounded ground and return how wide it is."""
    colour, ground = _tone(tone)
    words = shortened(clean(text), 8, room - 10)
    wide = text_width(words, 8) + 10
    canvas.saveState()
    canvas.setFillColor(ground)
    canvas.roundRect(left, base - 4, wide, 14, 3.5, stroke=0, fill=1)
    canvas.setFillColor(colour)
    canvas.setFont(REGULAR, 8)
    canvas.drawString(left + 5, base, words)
    canvas.restoreState()
    return wide


def _below(canvas: Any, text: str, left: float, base: float, room: float) -> None:
    """Draw the English below a word."""
    canvas.saveState()
    canvas.setFillColor(MUTED)
    canvas.setFont(REGULAR, 7)
    canvas.drawString(left, base, shortened(clean(text), 7, room))
    canvas.restoreState()


class Pill(Flowable):
    """A short word on a tinted ground, its English below it."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self._zh, self._en = halves(state.text)
        self._tone = state.tone
        self._two = self._zh != self._en

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take the width of the column."""
        self.width, self.height = width, 26 if self._two else 14
        return self.width, self.height

    @tagged("P")
    def draw(self) -> None:
        """Draw ground and words."""
        canvas: Any = self.canv
        _pill(canvas, self._zh, 0, self.height - 10, self.width, self._tone)
        if self._two:
            _below(canvas, self._en, 5, 2, self.width - 5)


class StageArrow(Flowable):
    """A stage, an arrow, and the stage reached."""

    def __init__(self, move: Move) -> None:
        super().__init__()
        self._before, self._after = halves(move.before), halves(move.after)
        self._advanced = move.advanced
        self._two = self._after[0] != self._after[1]

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take the width of the column."""
        self.width, self.height = width, 26 if self._two else 14
        return self.width, self.height

    @tagged("P")
    def draw(self) -> None:
        """Draw both stages in their columns and the arrow between them."""
        canvas: Any = self.canv
        base, goal = self.height - 10, self.width * 0.54
        room = goal - 30
        wide = _pill(canvas, self._before[0], 0, base, room, "none")
        tone = "good" if self._advanced else "none"
        _pill(canvas, self._after[0], goal, base, self.width - goal, tone)
        if self._two:
            _below(canvas, self._before[1], 5, 2, room)
            _below(canvas, self._after[1], goal + 5, 2, self.width - goal - 5)
        canvas.saveState()
        colour = _tone(tone)[0] if self._advanced else RULE
        canvas.setStrokeColor(colour)
        canvas.setFillColor(colour)
        canvas.setLineWidth(1)
        y, tip = base + 3, goal - 7
        canvas.line(wide + 7, y, tip - 4, y)
        path = canvas.beginPath()
        path.moveTo(tip, y)
        path.lineTo(tip - 6, y + 3)
        path.lineTo(tip - 6, y - 3)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)
        canvas.restoreState()


class BarDrawing(Flowable):
    """How much of the budget was used: a bar against the whole, with its words."""

    def __init__(self, bar: Bar) -> None:
        super().__init__()
        self._bar = bar

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take the full width."""
        self.width, self.height = width, 26
        return width, 26

    @tagged("P")
    def draw(self) -> None:
        """Draw the budget, what was spent of it, and a mark where it ends."""
        canvas: Any = self.canv
        # What goes beyond the budget is shown beside it, to half as much again.
        whole = self.width if self._bar.share <= 1 else self.width / min(self._bar.share, 1.5)
        used = min(whole * self._bar.share, self.width)
        canvas.saveState()
        canvas.setFillColor(_NONE[1])
        canvas.rect(0, 16, whole, 9, stroke=0, fill=1)
        canvas.setFillColor(_tone(self._bar.tone)[0])
        canvas.rect(0, 16, used, 9, stroke=0, fill=1)
        canvas.setStrokeColor(TEXT)
        canvas.setLineWidth(0.8)
        edge = min(whole, self.width - 0.4)
        canvas.line(edge, 14, edge, 27)
        canvas.setFillColor(TEXT)
        canvas.setFont(BOLD, 8.6)
        canvas.drawString(0, 3, shortened(clean(in_line(self._bar.label)), 8.6, self.width))
        canvas.restoreState()


class Photo(Flowable):
    """A picture, or a marked place that says why there is none."""

    def __init__(self, shot: Shot) -> None:
        super().__init__()
        self._shot = shot
        self.hAlign = "LEFT"
        self.alt = in_line(shot.caption)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Take the room of the picture."""
        picture = self._shot.picture
        self.width = ROOM[0] if picture.problem else picture.width
        self.height = 96 if picture.problem else picture.height
        return self.width, self.height

    @tagged("Figure")
    def draw(self) -> None:
        """Draw the picture, or the frame with the words."""
        canvas: Any = self.canv
        picture = self._shot.picture
        if not picture.problem:
            reader = ImageReader(io.BytesIO(picture.data))
            canvas.drawImage(reader, 0, 0, picture.width, picture.height)
            return
        canvas.saveState()
        colour, ground = TONES["warn"]
        canvas.setFillColor(ground)
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(HAIRLINE)
        canvas.setDash(3, 2)
        canvas.rect(0, 0, self.width, self.height, stroke=1, fill=1)
        canvas.restoreState()
        words = paragraph(f'<font color="#9A5B00">{escape(self._shot.problem)}</font>', "small")
        _, high = words.wrap(self.width - 24, self.height)
        words.drawOn(canvas, 12, (self.height - high) / 2)
