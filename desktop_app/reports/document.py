"""A printed document: its pages, its foot with the count of pages, its metadata and cover marks."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from reportlab.lib.colors import Color
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from desktop_app.i18n import t
from desktop_app.reports.fonts import REGULAR, clean, register, text_width
from desktop_app.reports.styles import (
    ACCENT,
    BAD,
    FOOT,
    HAIRLINE,
    MARGIN,
    MUTED,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RULE,
    WIDTH,
)

NO_PADDING = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}


class _FixedTime:
    """The document's date as ReportLab asks for it, so that no clock gets into the bytes."""

    dhh = dmm = 0
    tzname = "UTC"

    def __init__(self, moment: dt.datetime) -> None:
        utc = moment.astimezone(dt.UTC)
        self.t = utc.timestamp()
        self.lt = utc.timetuple()
        self.YMDhms = tuple(self.lt)[:6]


class Document(BaseDocTemplate):
    """An A4 document with a cover, a foot on every other page, and an outline."""

    def __init__(
        self,
        file: Any,
        *,
        title: str,
        author: str,
        lang: str,
        now: dt.datetime,
        foot: tuple[str, str],
        cover: Callable[[Any], None],
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Set up the two kinds of page.

        Args:
            file: the path or the open binary file to write.
            title: the document's title, also in its metadata.
            author: who made it.
            lang: ``zh`` or ``en``.
            now: the date in the metadata.
            foot: the left and middle text of the foot.
            cover: paints what stands on the cover outside its frame.
            progress: told the number of each page begun.
        """
        register()
        super().__init__(
            file,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            title=clean(title),
            author=clean(author),
            subject=t("reports.trip_briefing", lang),
            creator="Invest Desk",
            lang="zh-CN" if lang == "zh" else "en-GB",
            displayDocTitle=True,
            invariant=1,
            initialFontName=REGULAR,
        )
        self._now = now
        self._lang = lang
        self._foot = foot
        self._progress = progress
        low = MARGIN + FOOT * 0.55
        frame = Frame(MARGIN, low, WIDTH, PAGE_HEIGHT - MARGIN - low, id="text", **NO_PADDING)
        first = Frame(MARGIN, low, WIDTH, PAGE_HEIGHT - MARGIN - low, id="cover", **NO_PADDING)
        self.addPageTemplates(
            [
                PageTemplate("cover", [first], onPage=lambda canvas, _: cover(canvas)),
                PageTemplate("text", [frame], onPage=self._paint_foot),
            ]
        )

    def _makeCanvas(self, *args: Any, **kwargs: Any) -> Any:
        parent: Any = super()
        canvas = parent._makeCanvas(*args, **kwargs)
        canvas._doc._timeStamp = _FixedTime(self._now)
        return canvas

    def handle_pageBegin(self) -> None:
        """Begin a page and tell who listens."""
        super().handle_pageBegin()
        if self._progress is not None:
            self._progress(self.page)

    def _paint_foot(self, canvas: Any, _document: Any) -> None:
        """Paint the foot; the number of pages is filled in at the end, by name of a form."""
        y = FOOT
        canvas.saveState()
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(HAIRLINE)
        canvas.line(MARGIN, y, PAGE_WIDTH - MARGIN, y)
        canvas.setFillColor(MUTED)
        canvas.setFont(REGULAR, 7.4)
        left, middle = (clean(text) for text in self._foot)
        canvas.drawString(MARGIN, y - 11, shortened(left, 7.4, WIDTH * 0.55))
        canvas.drawRightString(MARGIN + WIDTH * 0.75, y - 11, shortened(middle, 7.4, WIDTH * 0.2))
        canvas.restoreState()
        canvas.doForm(f"page-{self.page}")

    def afterPage(self) -> None:
        """Keep the number of pages for the last moment."""
        self._pages = self.page

    def finish(self, canvas: Any) -> None:
        """Write the numbers of the pages, now that their count is known."""
        for page in range(2, self._pages + 1):
            canvas.beginForm(f"page-{page}", 0, 0, PAGE_WIDTH, PAGE_HEIGHT)
            canvas.setFillColor(MUTED)
            canvas.setFont(REGULAR, 7.4)
            words = t("reports.page_of", self._lang, page=page, pages=self._pages)
            canvas.drawRightString(PAGE_WIDTH - MARGIN, FOOT - 11, words)
            canvas.endForm()

    def _endBuild(self) -> None:
        # The forms need the page count, which stands only after the last page is closed.
        self._doSave = 0
        parent: Any = super()
        parent._endBuild()
        self.finish(self.canv)
        self.canv.save()


def shortened(text: str, size: float, room: float) -> str:
    """Return the text, cut with an ellipsis where it is too long for one line."""
    used, keep = 0.0, 0
    dots = text_width("…", size)
    for index, char in enumerate(text):
        used += text_width(char, size)
        if used + dots <= room:
            keep = index + 1
        if used > room:
            return text[:keep] + "…"
    return text


def stamp(canvas: Any, text: str, right: float, y: float) -> None:
    """Paint a classification in a red frame that ends at ``right``."""
    words = clean(text)
    wide = text_width(words, 9)
    canvas.saveState()
    canvas.setStrokeColor(BAD)
    canvas.setFillColor(BAD)
    canvas.setLineWidth(0.8)
    canvas.rect(right - wide - 14, y - 6, wide + 14, 18, fill=0)
    canvas.setFont(REGULAR, 9)
    canvas.drawString(right - wide - 7, y, words)
    canvas.restoreState()


def band(canvas: Any, colour: Color = ACCENT) -> None:
    """Paint the band at the top of a cover."""
    canvas.saveState()
    canvas.setFillColor(colour)
    canvas.rect(0, PAGE_HEIGHT - 5, PAGE_WIDTH, 5, stroke=0, fill=1)
    canvas.restoreState()
