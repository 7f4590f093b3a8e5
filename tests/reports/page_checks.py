"""Looks at a PDF as a reader does: no text covers another, none leaves the page's text area.

Signs are compared, not words: two texts printed over each other would be read as one word.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pdfplumber

# Marks whose ink stands in the left or in the right half of their square, so that the next or the
# last sign may be set into the other half.
_INK_LEFT = set("，。、；：！？”’）》」』】〉〕")
_INK_RIGHT = set("“‘（《「『【〈〔")
# Quotation marks take even less: they lose the empty part of the square beside Latin letters.
_QUOTES = set("“”‘’")
_QUOTE_INK = 0.4
# What two boxes may share, in parts of the smaller sign's size: rounding, italics, tight leading.
_SLACK = 0.16
_CELL = 24.0


class Sign(NamedTuple):
    """One printed sign with the box of its ink, y running down, in points."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float
    word: str


def signs(path: Path) -> list[Sign]:
    """Return all printed signs of a PDF in the order they were painted."""
    return _signs(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _signs(path: Path, _written: int) -> list[Sign]:
    """Read a file once for all that is asked of it."""
    found = []
    with pdfplumber.open(path) as document:
        for number, page in enumerate(document.pages, 1):
            words = page.extract_words(
                x_tolerance=1.5, keep_blank_chars=True, use_text_flow=True, return_chars=True
            )
            for word in words:
                found += [
                    _sign(number, char, word["text"])
                    for char in word["chars"]
                    if char["text"].strip()
                ]
    return found


def _sign(page: int, char: dict[str, Any], word: str) -> Sign:
    """Return a sign with the room that its ink takes."""
    left, right, text = float(char["x0"]), float(char["x1"]), char["text"]
    ink = (right - left) * (_QUOTE_INK if text in _QUOTES else 0.5)
    if text in _INK_LEFT:
        right = left + ink
    elif text in _INK_RIGHT:
        left = right - ink
    return Sign(page, text, left, float(char["top"]), right, float(char["bottom"]), word)


def overlaps(path: Path) -> list[tuple[int, str, str]]:
    """Return the pairs of texts that cover each other, each with its page."""
    found: dict[tuple[int, str, str], None] = {}
    for one, other in _neighbours(signs(path)):
        wide = min(one.right, other.right) - max(one.left, other.left)
        high = min(one.bottom, other.bottom) - max(one.top, other.top)
        slack = _SLACK * min(one.bottom - one.top, other.bottom - other.top)
        if wide > slack and high > slack:
            found[one.page, one.word, other.word] = None
    return list(found)


def _neighbours(found: list[Sign]) -> Iterator[tuple[Sign, Sign]]:
    """Yield each pair of signs of a page that stand in one square of a grid."""
    cells: dict[tuple[int, int, int], list[Sign]] = defaultdict(list)
    for sign in found:
        for column in range(int(sign.left // _CELL), int(sign.right // _CELL) + 1):
            for row in range(int(sign.top // _CELL), int(sign.bottom // _CELL) + 1):
                others = cells[sign.page, column, row]
                yield from ((other, sign) for other in others)
                others.append(sign)


def outside(
    path: Path, margin: float, bottom: float | None = None, top: float | None = None
) -> list[tuple[int, str]]:
    """Return the texts that come nearer to the page's edge than the margin, with their page.

    Args:
        path: the PDF.
        margin: the least distance from every edge, in points.
        bottom: that from the lower edge, where the foot stands lower than the text.
        top: that from the upper edge.
    """
    with pdfplumber.open(path) as document:
        sizes = [(float(page.width), float(page.height)) for page in document.pages]
    low, high = (margin if one is None else one for one in (bottom, top))
    found: dict[tuple[int, str], None] = {}
    for sign in signs(path):
        width, height = sizes[sign.page - 1]
        # Half a point for rounding.
        if (
            sign.left < margin - 0.5
            or sign.right > width - margin + 0.5
            or sign.top < high - 0.5
            or sign.bottom > height - low + 0.5
        ):
            found[sign.page, sign.word] = None
    return list(found)
