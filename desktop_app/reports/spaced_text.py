"""Text drawn with the spaces between its signs that Chinese rules ask for."""

import itertools
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.textobject import PDFTextObject

from desktop_app.reports.fonts import widths
from desktop_app.reports.line_rules import gap, has_han

# Its parts have no public names, and so no types.
_TextObject: Any = PDFTextObject


class SpacedText(_TextObject):  # type: ignore[misc]  # its parts are private to ReportLab
    """A text object that shifts by the gap between two signs instead of writing a space.

    Text copied from the page therefore is the text of the record.
    """

    def __init__(self, canvas: Any, x: float, y: float, chinese: bool) -> None:
        super().__init__(canvas, x, y)
        self._chinese = chinese
        self._before = ""
        self._curSubset = -1

    def _textOut(self, text: Any, ends_line: int = 0) -> None:
        code = self._code
        start = 0
        before = self._before
        for index, char in enumerate(text):
            space = gap(before, char, self._chinese)
            if space:
                if index > start:
                    code.append(self._formatText(text[start:index]))
                    start = index
                code.append(f"{self._font_choice()}[{round(-1000 * space)}] TJ")
            before = char
        super()._textOut(text[start:], ends_line)
        self._before = "" if ends_line else before

    def _font_choice(self) -> str:
        """Return the operators that choose the font, if this text has none yet."""
        if self._curSubset != -1:
            return ""
        self._curSubset = 0
        font: Any = pdfmetrics.getFont(self._fontname)
        name = font.getSubsetInternalName(0, self._canvas._doc)
        return f"{name} {self._fontsize:g} Tf {self._leading or 0:g} TL "


def draw_line(canvas: Any, x: float, y: float, text: str, right: bool = False) -> None:
    """Draw one line of cleaned text in the canvas's font; ``x`` is its left end, or its right."""
    chinese = has_han(text)
    if right:
        table, size = widths(canvas._fontname), canvas._fontsize
        spaces = sum(gap(before, char, chinese) for before, char in itertools.pairwise(text))
        x -= size * (sum(table.get(ord(char), 1.0) for char in text) + spaces)
    words = SpacedText(canvas, x, y, chinese)
    words.setFont(canvas._fontname, canvas._fontsize)
    words._textOut(text)
    canvas.drawText(words)
