"""The building blocks of a document: page frames, titles, callouts, tables, lines to write on."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, cast

from reportlab.lib.colors import Color
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    PageTemplate,
    Spacer,
    Table,
)

from desktop_app.i18n import t
from desktop_app.reports.cjk import CjkParagraph, escape
from desktop_app.reports.fonts import BOLD, REGULAR, clean, register, text_width
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
    TEXT,
    TONES,
    WIDTH,
    styles,
)

_PADDING = 7
Cell = str | Flowable | list[Flowable]
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


def paragraph(markup: str, style: str = "body", **keywords: Any) -> CjkParagraph:
    """Return a paragraph of mark-up that was escaped before."""
    return CjkParagraph(markup, styles()[style], **keywords)


def plain(text: object, style: str = "body") -> CjkParagraph:
    """Return a paragraph of any text of a record, drawn exactly as it is."""
    return CjkParagraph(escape(text), styles()[style])


class Title(CjkParagraph):
    """A heading that stands in the outline and can be the aim of links."""

    mark: tuple[str, str, int] | None = None

    def draw(self) -> None:
        """Draw the words and set the mark."""
        if self.mark is not None:
            entry, key, level = self.mark
            canvas: Any = self.canv
            canvas.bookmarkHorizontal(key, 0, self.height + 24)
            canvas.addOutlineEntry(entry, key, level, closed=level == 0)
        super().draw()

    def split(self, width: float, height: float) -> Any:
        """Return the parts of a title longer than a page; the first one bears the mark."""
        parts = super().split(width, height)
        if parts:
            cast("Title", parts[0]).mark = self.mark
        return parts


def title(markup: str, entry: str, key: str, level: int = 0) -> Title:
    """Return a heading of mark-up, with its entry in the outline and its key for links."""
    made = Title(markup, styles()["title"])
    made.mark = (shortened(clean(entry).replace("\n", " "), 9, 400), key, level)
    made.keepWithNext = True
    return made


def page_title(kicker: str, words: str, key: str, level: int = 0) -> list[Flowable]:
    """Return the heading of a section: a small line above a large one."""
    above = plain(kicker, "kicker")
    above.keepWithNext = True
    return [CondPageBreak(140), above, title(escape(words), words, key, level)]


def head(text: str) -> CjkParagraph:
    """Return a heading within a section; it stays with what follows."""
    made = plain(text, "head")
    made.keepWithNext = True
    return made


def numbered(texts: Sequence[str], style: str = "point") -> list[Flowable]:
    """Return numbered points."""
    return [
        CjkParagraph(escape(text), styles()[style], bulletText=f"{number}.")
        for number, text in enumerate(texts, 1)
    ]


class Callout(CjkParagraph):
    """A paragraph on a tinted ground with a bar at its left; it may split over pages."""

    def wrap(self, width: float, height: float) -> Any:
        """Take the words' room and that of the ground above and below them."""
        wide, high = super().wrap(width, height - 2 * _PADDING)
        return wide, high + 2 * _PADDING

    def split(self, width: float, height: float) -> Any:
        """Split where the words and the ground around them fit."""
        return super().split(width, height - 2 * _PADDING)

    def draw(self) -> None:
        """Draw ground and bar, then the words."""
        canvas: Any = self.canv
        high = self.height + 2 * _PADDING
        canvas.saveState()
        canvas.setFillColor(self.style.borderColor)
        canvas.rect(0, 0, self.width, high, stroke=0, fill=1)
        canvas.setFillColor(self.style.bulletColor)
        canvas.rect(0, 0, 2.5, high, stroke=0, fill=1)
        canvas.restoreState()
        canvas.translate(0, _PADDING)
        super().draw()


def callout(markup: str, tone: str = "accent") -> Callout:
    """Return a callout of mark-up in one of the four tones."""
    return Callout(markup, _callout_style(tone))


def _callout_style(tone: str) -> Any:
    """Return the paragraph style of a callout; bar and ground ride on unused colours."""
    name = f"callout_{tone}"
    known = styles()
    if name not in known:
        bar, ground = TONES[tone]
        made_by: Any = type(known["body"])
        made = made_by(
            name,
            parent=known["body"],
            leftIndent=11,
            rightIndent=10,
            # ReportLab draws neither of these: the callout does.
            borderColor=ground,
            borderWidth=0,
            bulletColor=bar,
            spaceBefore=6,
            spaceAfter=8,
        )
        known[name] = made
    return known[name]


def ruled_table(
    header: Sequence[str], rows: Sequence[Sequence[Cell]], shares: Sequence[float]
) -> Table:
    """Return a table with hairlines under its rows and a head repeated on each page.

    Args:
        header: the column heads; empty for none.
        rows: texts of records, or flowables.
        shares: the columns' parts of the full width.
    """
    total = sum(shares)
    lines: list[list[Any]] = [[_cell(cell, "cell") for cell in row] for row in rows]
    if header:
        lines.insert(0, [plain(text, "table_head") for text in header])
    rules: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 8),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ("LINEBELOW", (0, 0), (-1, -1), HAIRLINE, RULE),
    ]
    table = Table(
        lines,
        colWidths=[WIDTH * share / total for share in shares],
        repeatRows=1 if header else 0,
        style=rules,
        splitInRow=1 if _long(rows) else 0,
    )
    table.hAlign = "LEFT"
    return table


def _long(rows: Sequence[Sequence[Cell]]) -> bool:
    """Say whether a cell may be longer than a page, so that a row must be able to split."""
    return any(_length(cell) > 700 for row in rows for cell in row)


def _length(cell: Cell) -> int:
    """Return how many signs a cell holds."""
    if isinstance(cell, str):
        return len(cell)
    parts = cell if isinstance(cell, list) else [cell]
    frags = [frag for part in parts for frag in getattr(part, "frags", [])]
    return sum(len(getattr(frag, "text", "")) for frag in frags)


def _cell(cell: Cell, style: str) -> Any:
    """Return what a table holds for a cell."""
    return plain(cell, style) if isinstance(cell, str) else cell


def facts(pairs: Sequence[tuple[str, str]], width: float, label: float = 62) -> list[Flowable]:
    """Return labels with their values, two columns; a pair without a value is left out.

    Args:
        pairs: label and value, both as records hold them.
        width: the width of both columns together.
        label: the width of the labels.
    """
    rows = [[plain(name, "muted"), plain(value)] for name, value in pairs if value]
    if not rows:
        return []
    table = Table(
        rows,
        colWidths=[label, width - label],
        style=[
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 6),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ],
        splitInRow=1,
    )
    table.hAlign = "LEFT"
    return [table]


def side_by_side(left: list[Flowable], right: list[Flowable], gap: float = 22) -> list[Flowable]:
    """Return two columns, or one after the other where one is empty or too tall to keep whole."""
    if not left or not right:
        return left + right
    half = (WIDTH - gap) / 2
    if max(_height(left, half), _height(right, half)) > 330:
        return left + right
    before = max(left[0].getSpaceBefore(), right[0].getSpaceBefore())
    table = Table(
        [[left, "", right]],
        colWidths=[half, gap, half],
        style=[
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ],
    )
    table.hAlign = "LEFT"
    return [Spacer(1, before), table]


def _height(flowables: list[Flowable], width: float) -> float:
    """Return how tall some flowables stand in a column."""
    return sum(
        flowable.wrap(width, 10_000)[1] + flowable.getSpaceBefore() for flowable in flowables
    )


class NoteLines(Flowable):
    """Lines to write on, over the rest of the page; nothing where there is room for few."""

    def __init__(self, title: str = "", step: float = 21, least: int = 3) -> None:
        super().__init__()
        self._title = title
        self._step = step
        self._least = least
        self._count = 0
        self.spaceBefore = 8

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Take all the room that is left."""
        top = 22 if self._title else 0
        self._count = int((height - top - 4) / self._step)
        if self._count < self._least:
            self._count = 0
            return width, 0
        self.width, self.height = width, height - 1
        return width, height - 1

    def draw(self) -> None:
        """Draw the heading and the lines."""
        if not self._count:
            return
        canvas: Any = self.canv
        y = self.height
        if self._title:
            canvas.setFillColor(TEXT)
            canvas.setFont(BOLD, 10)
            canvas.drawString(0, y - 12, clean(self._title))
            y -= 18
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(HAIRLINE)
        for line in range(1, self._count + 1):
            canvas.line(0, y - line * self._step, self.width, y - line * self._step)


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


def room(points: float) -> Spacer:
    """Return empty room."""
    return Spacer(1, points)
