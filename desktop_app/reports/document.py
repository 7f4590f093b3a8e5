"""A printed document: its pages, its foot with the count of pages, its metadata and cover marks."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from desktop_app.reports.bilingual import half, in_line, t
from desktop_app.reports.fonts import REGULAR, clean, register, text_width
from desktop_app.reports.geometry import Geometry
from desktop_app.reports.paper import Order, Pages
from desktop_app.reports.spaced_text import draw_line
from desktop_app.reports.styles import (
    ACCENT,
    BAD,
    HAIRLINE,
    MUTED,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RULE,
)
from desktop_app.reports.tags import Tags, end_page, stored_page, write_tree

NO_PADDING: Any = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}


class _FixedTime:
    """The document's date as ReportLab asks for it, so that no clock gets into the bytes."""

    dhh = dmm = 0
    tzname = "UTC"

    def __init__(self, moment: dt.datetime) -> None:
        utc = moment.astimezone(dt.UTC)
        self.t = utc.timestamp()
        self.lt = utc.timetuple()
        self.YMDhms = tuple(self.lt)[:6]


class _Canvas(Canvas):
    """A canvas that leaves out links to sections that are not in the paper."""

    aims: frozenset[str] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tags = Tags()

    def showPage(self) -> None:
        """Store the page, and where its tags are."""
        end_page(self)
        super().showPage()
        stored_page(self)

    def linkRect(self, contents: Any, destinationname: Any, *args: Any, **kwargs: Any) -> Any:
        """Link a rectangle to a heading, where there is that heading."""
        if destinationname in self.aims:
            parent: Any = super()
            parent.linkRect(contents, destinationname, *args, **kwargs)


def _aims(parts: Any) -> set[str]:
    """Return the keys of all headings in a story, in tables and in what is kept together too."""
    found: set[str] = set()
    for part in parts:
        found |= _aims(getattr(part, "_content", ()))
        mark = getattr(part, "mark", None)
        if mark is not None:
            found.add(mark[1])
        for row in getattr(part, "_cellvalues", ()):
            for cell in row:
                found |= _aims(cell if isinstance(cell, list | tuple) else [cell])
    return found


class Document(BaseDocTemplate):
    """A paper with a foot on every page but the cover, and an outline."""

    def __init__(
        self,
        file: Any,
        pages: Pages,
        order: Order,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Set up the kinds of page.

        Args:
            file: the path or the open binary file to write.
            pages: what is printed.
            order: its language, moment and team.
            progress: told the number of each page begun; may raise to stop.
        """
        register()
        page = pages.geometry
        super().__init__(
            file,
            pagesize=(page.width, page.height),
            title=clean(in_line(pages.title, " · ")),
            author=clean(in_line(order.team, " · ")),
            subject=clean(in_line(pages.subject, " · ")),
            creator="Invest Desk",
            lang="en-GB" if order.lang == "en" else "zh-CN",
            displayDocTitle=True,
            invariant=1,
            initialFontName=REGULAR,
        )
        self._now = order.now
        self._lang = order.lang
        self._page = page
        self._cover = pages.cover
        self._foot = (pages.foot or pages.title, pages.mark)
        self._progress = progress
        # The story is used up while it is set.
        self._aims = frozenset(_aims(pages.story))
        templates = [PageTemplate("text", [_frame(page)], onPage=self._paint_foot)]
        if pages.cover is not None:
            templates.insert(0, PageTemplate("cover", [_frame(page)], onPage=self._paint_cover))
        self.addPageTemplates(templates)

    def _paint_cover(self, canvas: Any, _document: Any) -> None:
        """Paint the edges of the cover."""
        if self._cover is not None:
            self._cover(canvas)

    def _makeCanvas(self, *args: Any, **kwargs: Any) -> Any:
        parent: Any = super()
        kwargs["canvasmaker"] = _Canvas
        canvas = parent._makeCanvas(*args, **kwargs)
        canvas.aims = self._aims
        canvas._doc._timeStamp = _FixedTime(self._now)
        return canvas

    def handle_pageBegin(self) -> None:
        """Begin a page and tell who listens."""
        super().handle_pageBegin()
        if self._progress is not None:
            self._progress(self.page)

    def _paint_foot(self, canvas: Any, _document: Any) -> None:
        """Paint the foot; the number of pages is filled in at the end, by name of a form."""
        page, size = self._page, _foot_size(self._page)
        canvas.saveState()
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(HAIRLINE)
        canvas.line(page.margin, page.foot, page.width - page.margin, page.foot)
        canvas.setFillColor(MUTED)
        canvas.setFont(REGULAR, size)
        # There is room for one language.
        left, middle = (clean(half(text, "zh")) for text in self._foot)
        room = page.room
        y = page.foot - 1.5 * size
        draw_line(canvas, page.margin, y, shortened(left, size, room * 0.52))
        shown = shortened(middle, size, room * 0.22)
        draw_line(canvas, page.margin + room * 0.77, y, shown, right=True)
        canvas.restoreState()
        canvas.doForm(f"page-{self.page}")

    def afterPage(self) -> None:
        """Keep the number of pages for the last moment."""
        self._pages = self.page

    def finish(self, canvas: Any) -> None:
        """Write the numbers of the pages, now that their count is known."""
        page, size = self._page, _foot_size(self._page)
        for number in range(1 if self._cover is None else 2, self._pages + 1):
            canvas.beginForm(f"page-{number}", 0, 0, page.width, page.height)
            canvas.setFillColor(MUTED)
            canvas.setFont(REGULAR, size)
            lang = "zh" if self._lang == "zh" else "en"
            words = t("reports.page_of", lang, page=number, pages=self._pages)
            canvas.drawRightString(page.width - page.margin, page.foot - 1.5 * size, words)
            canvas.endForm()

    def _endBuild(self) -> None:
        # The forms need the page count, which stands only after the last page is closed.
        self._doSave = 0
        parent: Any = super()
        parent._endBuild()
        self.finish(self.canv)
        write_tree(self.canv)
        self.canv.save()


def _frame(page: Geometry) -> Frame:
    """Return the room for text above the foot."""
    low = page.margin + page.foot * 0.55
    return Frame(page.margin, low, page.room, page.height - page.margin - low, **NO_PADDING)


def _foot_size(page: Geometry) -> float:
    """Return the size of the foot's letters."""
    return 7.4 if page.width > 400 else 5.6


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
    draw_line(canvas, right - wide - 7, y, words)
    canvas.restoreState()


def band(canvas: Any, colour: Color = ACCENT) -> None:
    """Paint the band at the top of a cover."""
    canvas.saveState()
    canvas.setFillColor(colour)
    canvas.rect(0, PAGE_HEIGHT - 5, PAGE_WIDTH, 5, stroke=0, fill=1)
    canvas.restoreState()
