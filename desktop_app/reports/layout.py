"""The building blocks of a page: titles, callouts, tables, lines to write on."""

from collections.abc import Sequence
from typing import Any, cast

from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    Spacer,
    Table,
)

from desktop_app.reports.bilingual import halves, in_line, is_pair
from desktop_app.reports.cjk import CjkParagraph, escape
from desktop_app.reports.document import shortened
from desktop_app.reports.fonts import REGULAR, clean, text_width
from desktop_app.reports.styles import (
    HAIRLINE,
    RULE,
    TONES,
    WIDTH,
    styles,
)
from desktop_app.reports.tags import table_part

_PADDING = 7
# The styles of lines that must not stand alone at the foot of a page.
HEADINGS = frozenset({"kicker", "title", "head"})
# About half a page, in points.
_TALL = 330
Cell = str | Flowable | list[Flowable]


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
    words = clean(in_line(entry)).replace("\n", " ")
    made.mark = (shortened(words, 9, 400), key, level)
    made.keepWithNext = True
    return made


def page_title(kicker: str, words: str, key: str, level: int = 0) -> list[Flowable]:
    """Return the heading of a section: a small line above a large one."""
    above = plain(kicker, "kicker")
    above.keepWithNext = True
    return [CondPageBreak(140), above, title(_large(words), words, key, level)]


def _large(words: str) -> str:
    """Return the mark-up of a large heading, its English smaller, and below where need be."""
    if not is_pair(words):
        return escape(words)
    zh, en = halves(words)
    wide = text_width(clean(zh), 15, True) + text_width(clean(en), 11)
    between = " " if wide < WIDTH - 30 else "<br/>"
    small = f'<font name="{REGULAR}" size="11" color="#67707E">{escape(en)}</font>'
    return escape(zh) + between + small


def head(text: str) -> CjkParagraph:
    """Return a heading within a section; it stays with what follows."""
    made = plain(text, "head")
    made.keepWithNext = True
    return made


def small_title(text: str, entry: str, key: str) -> Title:
    """Return a heading within a section that stands in the outline below it."""
    made = Title(escape(text), styles()["head"])
    made.mark = (shortened(clean(in_line(entry)), 9, 400), key, 1)
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


def padding(right: float = 0, above: float = 0, below: float = 0) -> list[tuple[Any, ...]]:
    """Return the rules of a table whose cells begin at the top left, with room at other sides."""
    return [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), right),
        ("TOPPADDING", (0, 0), (-1, -1), above),
        ("BOTTOMPADDING", (0, 0), (-1, -1), below),
    ]


def ruled_table(
    header: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    shares: Sequence[float],
    width: float = WIDTH,
    note: str = "",
    right: Sequence[int] = (),
) -> Table:
    """Return a table with hairlines under its rows and a head repeated on each page.

    Args:
        header: the column heads; empty for none.
        rows: texts of records, or flowables.
        shares: the columns' parts of the full width.
        width: the full width.
        note: a line below the rows; it never stands alone on a page.
        right: the columns whose texts end at their right, as numbers do.
    """
    total = sum(shares)
    sides = ["_right" if at in right else "" for at in range(len(shares))]
    lines: list[list[Any]] = [
        [_cell(cell, f"cell{side}") for cell, side in zip(row, sides, strict=False)] for row in rows
    ]
    if header:
        heads = ["head_right" if side else "table_head" for side in sides]
        lines.insert(0, [_cell(text, style) for text, style in zip(header, heads, strict=True)])
    rules = [
        *padding(right=8, above=4, below=4),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("LINEBELOW", (0, 0), (-1, -2 if note else -1), HAIRLINE, RULE),
    ]
    if note:
        lines.append([plain(note, "small_muted"), *[""] * (len(shares) - 1)])
        rules += [("SPAN", (0, -1), (-1, -1)), ("NOSPLIT", (0, -2), (-1, -1))]
    table = Table(
        lines,
        colWidths=[width * share / total for share in shares],
        repeatRows=1 if header else 0,
        style=rules,
        splitInRow=1 if _tall(rows, [width * share / total for share in shares]) else 0,
    )
    if header:
        marked: Any = table
        marked._renderCB = table_part
    table.hAlign = "LEFT"
    return table


def _tall(rows: Sequence[Sequence[Cell]], widths: Sequence[float]) -> bool:
    """Say whether a cell may be too tall to stand below its heading on one page.

    Then a row must be able to split. A sign takes a square of the text's size, on its leading.
    """
    size, leading = 8.6, 12.6
    return any(
        _length(cell) * size / wide * leading > _TALL
        for row in rows
        for cell, wide in zip(row, widths, strict=False)
    )


def _length(cell: Cell) -> int:
    """Return how many signs a cell holds."""
    if isinstance(cell, str):
        return len(cell)
    parts = cell if isinstance(cell, list) else [cell]
    frags = [frag for part in parts for frag in getattr(part, "frags", [])]
    return sum(len(getattr(frag, "text", "")) for frag in frags)


def _cell(cell: Cell, style: str) -> Any:
    """Return what a table holds for a cell."""
    return paragraph(escape(cell, stacked=True), style) if isinstance(cell, str) else cell


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
        style=padding(right=6, above=1, below=1),
        splitInRow=1,
    )
    table.hAlign = "LEFT"
    return [table]


def side_by_side(
    left: list[Flowable], right: list[Flowable], gap: float = 22, most: float = _TALL
) -> list[Flowable]:
    """Return two columns, or one after the other where one is empty or taller than ``most``."""
    if not left or not right:
        return left + right
    half = (WIDTH - gap) / 2
    if max(_height(left, half), _height(right, half)) > most:
        return left + right
    before = max(left[0].getSpaceBefore(), right[0].getSpaceBefore())
    table = Table(
        [[left, "", right]],
        colWidths=[half, gap, half],
        style=padding(),
    )
    table.hAlign = "LEFT"
    return [Spacer(1, before), table]


def _height(flowables: list[Flowable], width: float) -> float:
    """Return how tall some flowables stand in a column."""
    return sum(
        flowable.wrap(width, 10_000)[1] + flowable.getSpaceBefore() for flowable in flowables
    )
