"""The two fonts of every printed page, and what they cannot draw.

ReportLab knows no fallback font and draws an absent glyph as nothing, so text is cleaned before it
is set: what cannot be drawn becomes a visible box and is reported.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from desktop_app.paths import resource

REGULAR = "InvestDeskSans"
BOLD = "InvestDeskSans-Bold"
BOX = "□"

_FILES = {REGULAR: "InvestDeskSans-Regular.ttf", BOLD: "InvestDeskSans-Bold.ttf"}
# They draw nothing by themselves: joiners, directions, variation and emoji skin selectors.
_SILENT = {"Cf", "Cc", "Cs", "Mn", "Me"}


@cache
def register() -> None:
    """Make the two fonts known to ReportLab, once in a process."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(resource("fonts", file))))
    pdfmetrics.registerFontFamily(
        REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD
    )


@cache
def widths(font: str) -> dict[int, float]:
    """Return the advance of every code point that a font has, in em."""
    from reportlab.pdfbase import pdfmetrics

    register()
    made: Any = pdfmetrics.getFont(font)
    face = made.face
    return {code: face.charWidths[code] / 1000 for code in face.charToGlyph}


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of one line of cleaned text in points."""
    table = widths(BOLD if bold else REGULAR)
    return size * sum(table.get(ord(char), 1.0) for char in text)


def clean(text: str) -> str:
    """Return text that can be drawn: composed, without controls, boxes for absent glyphs.

    Line breaks stay as ``\\n``, tabs become spaces, an emoji sequence becomes one box.
    """
    if text.isascii() and text.isprintable():
        return text
    table = widths(REGULAR)
    out: list[str] = []
    joined = False
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    for char in composed:
        if char in "\n\u2028\u2029":
            out.append("\n")
        elif char == "\t" or unicodedata.category(char) == "Zs":
            out.append("\u00a0" if char == "\u00a0" else " ")
        elif _silent(char):
            joined = joined or char == "\u200d"
            continue
        elif ord(char) in table:
            out.append(char)
        elif not (joined and out and out[-1] == BOX):
            out.append(BOX)
        joined = False
    return "".join(out)


def missing_glyphs(texts: Iterable[str | None]) -> list[str]:
    """Return the characters of some texts that the fonts lack, each once, in code order."""
    table = widths(REGULAR)
    found: set[str] = set()
    for text in texts:
        if text and not text.isascii():
            composed = unicodedata.normalize("NFC", text)
            found.update(char for char in composed if ord(char) not in table)
    return sorted(
        char for char in found if not _silent(char) and unicodedata.category(char)[0] != "Z"
    )


def _silent(char: str) -> bool:
    """Say whether a character draws nothing of its own."""
    return unicodedata.category(char) in _SILENT or 0x1F3FB <= ord(char) <= 0x1F3FF
