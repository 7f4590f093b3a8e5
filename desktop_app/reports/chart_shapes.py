"""The shapes a chart is made of, and how its words are fitted; any painter draws them in order.

Coordinates are points of the frame with y running down; colours are roles, so that a painter may
follow the theme. A text in both languages takes two lines, the English below and smaller.
"""

from dataclasses import dataclass

from desktop_app.reports.bilingual import halves, is_pair
from desktop_app.reports.fonts import clean
from desktop_app.reports.map_labels import Measure, Rect
from desktop_app.reports.map_shapes import Label, Line, Pill

SIZE = 8.0
# The height of a chart that has nothing to show.
EMPTY_HEIGHT = 24.0
# The English of a pair is set at this part of the size, so much of the size below the Chinese.
_SECOND = 0.82
_BELOW = 1.12


@dataclass(frozen=True)
class Bar:
    """An upright rectangle; ``role`` is track, bar, soft, over or plan; a plan is only outlined."""

    rect: Rect
    role: str


Item = Bar | Line | Label | Pill


@dataclass(frozen=True)
class Chart:
    """All shapes of a chart in the order of painting, none outside its frame."""

    width: float
    height: float
    items: tuple[Item, ...]

    def labels(self) -> list[Label]:
        """Return the texts of the chart."""
        return [item for item in self.items if isinstance(item, Label)]

    def bars(self, role: str) -> list[Bar]:
        """Return the bars of a role."""
        return [item for item in self.items if isinstance(item, Bar) and item.role == role]


def fitted(text: str, size: float, room: float, measure: Measure, bold: bool = False) -> str:
    """Return one line of text, cut with an ellipsis where it is wider than its room."""
    words = " ".join(clean(text).split())
    if measure(words, size, bold) <= room:
        return words
    while words and measure(words + "…", size, bold) > room:
        words = words[:-1]
    return words.rstrip() + "…" if words else ""


def text_lines(text: str, size: float) -> list[tuple[str, float, bool]]:
    """Return the lines of a text: its words, their size, and whether they are the second one."""
    if not is_pair(text):
        return [(text, size, False)]
    zh, en = halves(text)
    return [(zh, size, False), (en, size * _SECOND, True)]


def text_height(texts: list[str], size: float) -> float:
    """Return how tall texts side by side stand: one line, or two where one is a pair."""
    paired = any(is_pair(text) for text in texts)
    return size * 1.25 + (size * _BELOW if paired else 0)


def widest(text: str, size: float, measure: Measure, bold: bool = False) -> float:
    """Return the width of a text, of the wider line where it has two."""
    return max(
        measure(" ".join(clean(words).split()), own, bold and not second)
        for words, own, second in text_lines(text, size)
    )


def put_text(
    text: str,
    x: float,
    middle: float,
    room: float,
    measure: Measure,
    *,
    size: float = SIZE,
    role: str = "label",
    bold: bool = False,
    align: str = "left",
) -> list[Item]:
    """Return the lines of a text around the height ``middle``.

    Args:
        text: one text, or a pair.
        x: its left end, its right end or its middle, by ``align``.
        middle: the height around which the lines stand.
        room: how wide it may be; what is wider is cut with an ellipsis.
        measure: gives the width of a text by its size and weight.
        size: the letters' size.
        role: the colour's role; the second line is muted.
        bold: whether the first line is bold.
        align: ``left``, ``right`` or ``middle``.
    """
    lines = text_lines(text, size)
    y = middle + size * 0.36 - (size * _BELOW / 2 if len(lines) > 1 else 0)
    items: list[Item] = []
    for words, own, second in lines:
        heavy = bold and not second
        shown = fitted(words, own, room, measure, heavy)
        wide = measure(shown, own, heavy)
        left = x - {"left": 0.0, "right": wide, "middle": wide / 2}[align]
        box = Rect(left, y - own * 0.86, left + wide, y + own * 0.24)
        if shown:
            items.append(Label(left, y, shown, own, "muted" if second else role, heavy, rect=box))
        y += size * _BELOW
    return items


def nothing_yet(width: float, height: float, words: str, measure: Measure) -> Chart:
    """Return the quiet line that stands where there is nothing to draw."""
    return Chart(width, height, tuple(put_text(words, 0, height / 2, width, measure, role="muted")))
