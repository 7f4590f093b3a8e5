"""A photo of a business card as lines of text, read on this computer; an optional extra.

The models come inside the wheel of ``rapidocr`` (Apache 2.0; PP-OCR by PaddlePaddle): nothing is
sent anywhere. They are loaded when the first card is read, in about a second, and not before.
"""

import importlib.util
import logging
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from desktop_app.domain.errors import DeskError

# A card fills the picture: more points than these cost time and find no more.
_MOST_POINTS = 1800
# What is read with less certainty than this is noise of the background.
_LEAST_SURE = 0.6
# Boxes whose middles lie nearer than this share of their height stand on one line.
_SAME_LINE = 0.5


class Box(NamedTuple):
    """A piece of text where it stands in the picture, in points from its upper left."""

    text: str
    left: float
    top: float
    height: float


def is_available() -> bool:
    """Say whether the extra is installed."""
    return all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime"))


def read_card(path: Path) -> str:
    """Return the text on a photo, line by line.

    Raises:
        DeskError: ``cards_missing``, ``not_a_picture``, ``card_unreadable``.
    """
    if not is_available():
        raise DeskError("cards_missing")
    picture = _load(path)
    result = _reader()(picture)
    if result.txts is None:
        raise DeskError("card_unreadable", name=path.name)
    boxes = [
        Box(text, min(x for x, _ in points), top := min(y for _, y in points),
            max(y for _, y in points) - top)
        for text, sure, points in zip(result.txts, result.scores, result.boxes, strict=True)
        if sure >= _LEAST_SURE and text.strip()
    ]  # fmt: skip
    lines = in_lines(boxes)
    if not lines:
        raise DeskError("card_unreadable", name=path.name)
    return "\n".join(lines)


def in_lines(boxes: list[Box]) -> list[str]:
    """Return pieces of text as lines, from top to bottom and left to right.

    What stands far apart on one height, as the two columns of a card, stays on lines of its own.
    """
    lines: list[list[Box]] = []
    for box in sorted(boxes, key=lambda one: one.top + one.height / 2):
        middle = box.top + box.height / 2
        last = lines[-1] if lines else []
        near = last and abs(middle - (last[-1].top + last[-1].height / 2)) < (
            _SAME_LINE * min(box.height, last[-1].height)
        )
        if near and _follows(last[-1], box):
            last.append(box)
        else:
            lines.append([box])
    return [
        " ".join(one.text.strip() for one in sorted(line, key=lambda box: box.left))
        for line in lines
    ]


def _follows(before: Box, box: Box) -> bool:
    """Say whether two pieces on one height belong together: no wider gap than two signs."""
    first, second = sorted((before, box), key=lambda one: one.left)
    # A sign is about half as wide as the line is high.
    width = len(first.text) * first.height * 0.55
    return second.left - (first.left + width) < 2 * first.height


def _load(path: Path) -> Any:
    """Return a picture upright, small enough, as the reader takes it (blue, green, red)."""
    import numpy
    from PIL import Image, ImageOps

    try:
        with Image.open(path) as opened:
            opened.draft("RGB", (_MOST_POINTS * 2, _MOST_POINTS * 2))
            upright = ImageOps.exif_transpose(opened)
            picture = upright.convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise DeskError("not_a_picture", name=path.name) from error
    picture.thumbnail((_MOST_POINTS, _MOST_POINTS))
    return numpy.asarray(picture)[:, :, ::-1]


@lru_cache(maxsize=1)
def _reader() -> Any:
    from rapidocr import RapidOCR

    reader = RapidOCR()
    # It tells the terminal which files it loads.
    logging.getLogger("RapidOCR").setLevel(logging.WARNING)
    return reader
