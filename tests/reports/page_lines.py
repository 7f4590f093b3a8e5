"""The printed lines of a PDF with their place, size and weight, and the links on its pages."""

import ctypes
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from desktop_app.reports.line_rules import is_han, is_latin

# A wider space than this, in parts of the letters' size, parts two columns.
_COLUMN = 0.72


class Line(NamedTuple):
    """One printed line, y running up, in points."""

    page: int
    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    # Where Chinese and Latin signs stand without any space between them.
    tight: str


class Link(NamedTuple):
    """A link: the words it stands on, and the page it leads to."""

    page: int
    words: str
    target: int


class _Sign(NamedTuple):
    text: str
    left: float
    right: float
    base: float
    size: float
    place: int


def lines(path: Path) -> list[Line]:
    """Return all lines in the order in which they were painted."""
    document = pypdfium2.PdfDocument(path)
    found = []
    for number, page in enumerate(document, 1):
        text = page.get_textpage()
        found += [_line(number, text, part) for part in _parts(list(_signs(text)))]
    document.close()
    return found


def _signs(page: Any) -> Iterator[_Sign]:
    """Yield the printed signs of a page."""
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    before = 0
    for index in range(pdfium.FPDFText_CountChars(page)):
        code = pdfium.FPDFText_GetUnicode(page, index)
        if pdfium.FPDFText_IsGenerated(page, index):
            continue
        if 0xD800 <= code < 0xDC00:
            before = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((before - 0xD800) << 10) + (code - 0xDC00)
        pdfium.FPDFText_GetLooseCharBox(page, index, box)
        pdfium.FPDFText_GetCharOrigin(page, index, x, y)
        size = pdfium.FPDFText_GetFontSize(page, index)
        yield _Sign(chr(code), x.value, box.right, y.value, size, index)


def _parts(signs: list[_Sign]) -> Iterator[list[_Sign]]:
    """Yield the signs of each line; the next column of a table is another line."""
    part: list[_Sign] = []
    for sign in signs:
        if part:
            last = part[-1]
            apart = sign.left - last.right
            level = abs(sign.base - last.base) < 0.2 * max(sign.size, last.size)
            if not level or not -0.8 * last.size < apart < _COLUMN * sign.size:
                yield part
                part = []
        part.append(sign)
    if part:
        yield part


def _line(number: int, page: Any, part: list[_Sign]) -> Line:
    """Return the line of some signs."""
    shown = [sign for sign in part if sign.text.strip()] or part
    name = ctypes.create_string_buffer(80)
    flags = ctypes.c_int()
    bold = []
    for sign in (shown[0], shown[-1]):
        pdfium.FPDFText_GetFontInfo(page, sign.place, name, 80, flags)
        bold.append(b"Bold" in name.value)
    return Line(
        number,
        "".join(sign.text for sign in part).strip(),
        shown[0].left,
        shown[-1].right,
        shown[0].base,
        max(sign.size for sign in shown),
        all(bold),
        "".join(
            sign.text + after.text
            for sign, after in itertools.pairwise(part)
            if _mixed(sign.text, after.text) and after.left - sign.right < 0.08 * sign.size
        ),
    )


def _mixed(before: str, char: str) -> bool:
    """Say whether two signs are a Chinese and a Latin one, in either order."""
    return (is_han(before) and is_latin(char)) or (is_latin(before) and is_han(char))


def links(path: Path) -> list[Link]:
    """Return all links within the document."""
    document = pypdfium2.PdfDocument(path)
    found = []
    for number, page in enumerate(document, 1):
        text = page.get_textpage()
        position, link, rect = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
        while pdfium.FPDFLink_Enumerate(page, position, link):
            aim = pdfium.FPDFLink_GetDest(document, link)
            if not aim:
                continue
            pdfium.FPDFLink_GetAnnotRect(link, rect)
            words = text.get_text_bounded(rect.left, rect.bottom, rect.right, rect.top)
            target = pdfium.FPDFDest_GetDestPageIndex(document, aim)
            found.append(Link(number, "".join(words.split()), target + 1))
    document.close()
    return found


def lowest_mark(page: Any, above: float) -> float:
    """Return how low the page's drawings and pictures reach that stand above a height."""
    lows = [item.get_bounds()[1] for item in page.get_objects(max_depth=1) if item.type != 1]
    return min((low for low in lows if low > above), default=10_000.0)
