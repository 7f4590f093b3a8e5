"""Cards of people as QR codes, drawn as squares that stay sharp at any size."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import groupby
from typing import Any

from reportlab.lib.colors import black
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from desktop_app.domain.card_text import card_text
from desktop_app.reports.tags import tagged

#: How wide a code stands, its quiet border included.
SIZE = 30 * mm
# Squares a side: at that many, one is 0.36 mm, which phones still read from paper.
_MOST = 77
_BORDER = 4
# What is left out of a card that is too long, one after the other.
_LESS = ("title", "phone", "company", "mobile", "email")
# A name of more bytes than this is cut: it stands on the card twice.
_NAME = 90

Row = Mapping[str, Any]


class QrCode(Flowable):
    """The QR code of a text with correction level M."""

    def __init__(self, text: str, size: float = SIZE) -> None:
        super().__init__()
        self._rows = squares(text)
        self.alt = "vCard"
        self.width = self.height = size

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Take the size that was given."""
        return self.width, self.height

    @tagged("Figure")
    def draw(self) -> None:
        """Draw each run of dark squares in a row as one rectangle, all in one path."""
        canvas: Any = self.canv
        step = self.width / (len(self._rows) + 2 * _BORDER)
        path = canvas.beginPath()
        for number, row in enumerate(self._rows):
            y = self.height - (number + 1 + _BORDER) * step
            at = 0
            for dark, run in groupby(row):
                size = len(list(run))
                if dark:
                    path.rect((at + _BORDER) * step, y, size * step, step)
                at += size
        canvas.saveState()
        canvas.setFillColor(black)
        canvas.drawPath(path, stroke=0, fill=1)
        canvas.restoreState()


def card_of(person: Row, company: Row | None) -> tuple[str, bool]:
    """Return a person's card as short as a code that phones read needs, and if it was shortened."""
    text = card_text(person, company)
    if side(text) <= _MOST:
        return text, False
    less = dict(person)
    for name in ("name", "name_zh"):
        if less.get(name):
            less[name] = str(less[name]).encode()[:_NAME].decode(errors="ignore")
    firm = company
    for name in ("", *_LESS):
        if name == "company":
            firm = None
        elif name:
            less[name] = None
        text = card_text(less, firm)
        if side(text) <= _MOST:
            break
    return text, True


def side(text: str) -> int:
    """Return how many squares the code of a text has on a side; many for one too long for any."""
    if len(text.encode()) > 1500:
        return 10_000
    code = _coder(text)
    return int(code.calculate_version()) * 4 + 17


@lru_cache(512)
def squares(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of a code, a truth value for each dark square."""
    code = _coder(text)
    code.version = code.calculate_version()
    # One mask for all: to weigh all eight takes five times as long, and every reader knows them.
    code.makeImpl(False, 0)
    return tuple(tuple(map(bool, row)) for row in code.modules)


def _coder(text: str) -> Any:
    """Return ReportLab's coder with a text in UTF-8."""
    from reportlab.graphics.barcode import qrencoder

    coder: Any = qrencoder
    code = coder.QRCode(None, coder.QRErrorCorrectLevel.M)
    code.addData(coder.QR8bitByte(text))
    return code
