"""Making words fit a page: texts cut to some lines, columns made as rich as there is room."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from reportlab.platypus import Flowable

from desktop_app.reports.bilingual import in_line
from desktop_app.reports.cjk import CjkParagraph
from desktop_app.reports.fonts import clean
from desktop_app.reports.small_type import said, small_styles

Made = TypeVar("Made", bound=Flowable)


class Limits(NamedTuple):
    """How much a page says: lines of a text, entries of a list."""

    lines: int
    entries: int


#: The richest page, and the shortest one.
MOST, LEAST = Limits(14, 14), Limits(1, 1)


def cut_to(text: object, lines: int, width: float, style: str = "text") -> tuple[object, bool]:
    """Return a text that takes so many lines at most, and whether it was cut.

    Args:
        text: any text of a record; its line breaks count.
        lines: the most lines.
        width: of a line.
        style: one of the small styles.
    """
    words = clean(in_line(str(text or ""))).strip()
    room = _room(lines, style)
    # No sign is narrower than a point and a half.
    bound = int(lines * width / 1.5)
    whole = said(words[:bound] if len(words) > bound else text, style)
    if _height(whole, width) <= room and len(words) <= bound:
        return text, False
    parts: Any = whole
    size = sum(_signs(line) + 1 for line in parts.blPara.lines[:lines])
    while size and _height(said(_cut(words, size), style), width) > room:
        size -= 1
    return _cut(words, size), True


class Pen:
    """Writes texts in a language, and remembers whether one had to be cut."""

    def __init__(self, lang: str, limits: Limits) -> None:
        self.lang = lang
        self.limits = limits
        self.cut = False

    def text(self, text: object, width: float, style: str = "text", lines: int = 0) -> CjkParagraph:
        """Return a text in so many lines, by default as many as the page allows to a text."""
        shown, cut = cut_to(text, lines or self.limits.lines, width, style)
        self.cut = self.cut or cut
        return said(shown, style)

    def words(self, text: object, width: float, style: str = "text", lines: int = 1) -> str:
        """Return a text that takes so many lines."""
        shown, cut = cut_to(text, lines, width, style)
        self.cut = self.cut or cut
        return str(shown or "")


def _signs(line: Any) -> int:
    """Return how many signs a broken line holds."""
    return sum(len(getattr(word, "text", "")) for word in line.words)


def fullest(make: Callable[[Limits], Made], room: float, width: float) -> Made:
    """Return the richest of what ``make`` makes that stays within a height; else the shortest."""

    def fits(made: Made) -> bool:
        return made.wrap(width, 10_000)[1] <= room

    made = make(MOST)
    if fits(made):
        return made
    limits, found = LEAST, make(LEAST)
    growing = ["entries", "lines"] if fits(found) else []
    # Entries and lines by turns, each as long as there is room for one more.
    while growing:
        name = growing.pop(0)
        more = limits._replace(**{name: getattr(limits, name) + 1})
        made = make(more)
        if fits(made):
            limits, found = more, made
            if getattr(more, name) < getattr(MOST, name):
                growing.append(name)
    return found


def _cut(words: str, size: int) -> str:
    """Return the beginning of a text with an ellipsis."""
    return words[:size].rstrip(" \n，。、；：,.;:") + "…"


def _height(made: CjkParagraph, width: float) -> float:
    """Return how tall a paragraph stands."""
    return float(made.wrap(width, 10_000)[1])


def _room(lines: int, style: str) -> float:
    """Return how tall so many lines stand."""
    return lines * small_styles()[style].leading + 0.1
