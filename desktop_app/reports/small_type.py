"""The type of small papers: one page about a lead, a card for the pocket, a sheet of contacts."""

from functools import cache
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Table

from desktop_app.reports.cjk import CjkParagraph, escape
from desktop_app.reports.fonts import BOLD
from desktop_app.reports.layout import Title, padding
from desktop_app.reports.styles import ACCENT, BAD, HAIRLINE, MUTED, RULE, TONES, styles

Cells = list[list[Any]]


@cache
def small_styles() -> dict[str, ParagraphStyle]:
    """Return the styles of small papers by name."""
    base = ParagraphStyle(
        "small_base",
        parent=styles()["body"],
        fontSize=8,
        leading=11.6,
        allowWidows=1,
        allowOrphans=1,
    )

    def made(name: str, **changes: Any) -> ParagraphStyle:
        return ParagraphStyle(f"small_{name}", parent=base, **changes)

    label = {"fontSize": 6.9, "leading": 9.8, "textColor": MUTED}
    card = {"fontSize": 7.2, "leading": 10}
    return {
        "text": base,
        "bold": made("bold", fontName=BOLD),
        "muted": made("muted", textColor=MUTED),
        "late": made("late", textColor=BAD),
        "good": made("good", textColor=TONES["good"][0]),
        "right": made("right", alignment=TA_RIGHT),
        "label": made("label", **label),
        "label_right": made("label_right", alignment=TA_RIGHT, **label),
        "name": made("name", fontName=BOLD, fontSize=20, leading=26),
        "other_name": made("other_name", fontSize=11, leading=16, textColor=MUTED),
        "project": made("project", fontSize=9.4, leading=14),
        "head": made("head", fontName=BOLD, fontSize=8.8, leading=12.6, textColor=ACCENT),
        "value": made("value", fontName=BOLD, fontSize=9.6, leading=13.6),
        "value_late": made("value_late", fontName=BOLD, fontSize=9.6, leading=13.6, textColor=BAD),
        "late_label": made("late_label", fontSize=6.9, leading=9.8, textColor=BAD),
        "needs": made("needs", fontSize=7.6, leading=11, textColor=TONES["warn"][0]),
        "figure": made("figure", fontName=BOLD, fontSize=17, leading=21),
        "card": made("card", **card),
        "card_bold": made("card_bold", fontName=BOLD, **card),
        "card_muted": made("card_muted", fontSize=6.8, leading=9.4, textColor=MUTED),
        "card_head": made("card_head", fontName=BOLD, fontSize=8.2, leading=11),
        "card_title": made("card_title", fontName=BOLD, fontSize=13, leading=18),
        "card_number": made("card_number", fontName=BOLD, fontSize=9, leading=12, textColor=BAD),
        "center": made("center", alignment=TA_CENTER, **label),
    }


def said(text: object, style: str = "text") -> CjkParagraph:
    """Return a paragraph of any text of a record in one of the small styles."""
    return CjkParagraph(escape(text), small_styles()[style])


def marked(markup: str, style: str = "text") -> CjkParagraph:
    """Return a paragraph of mark-up that was escaped before."""
    return CjkParagraph(markup, small_styles()[style])


class _Once(Title):
    """A heading that stands in the outline once, though a table repeats it on each page."""

    def draw(self) -> None:
        """Draw the words, and set the mark the first time."""
        super().draw()
        self.mark = None


def small_head(markup: str, entry: str, key: str, style: str = "head") -> Title:
    """Return a heading with its entry in the outline."""
    made = _Once(markup, small_styles()[style])
    made.mark = (entry, key, 0)
    return made


def grid(
    rows: Cells,
    widths: list[float],
    *,
    gap: float = 0,
    above: float = 1,
    below: float = 1,
    rules: list[tuple[Any, ...]] | None = None,
    **more: Any,
) -> Table:
    """Return a table without lines: texts at the top of their cells, a gap after each column."""
    table = Table(
        rows,
        colWidths=widths,
        style=[
            *padding(gap, above, below),
            ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
            *(rules or []),
        ],
        **more,
    )
    table.hAlign = "LEFT"
    return table


def ruled(top: Flowable, width: float) -> Table:
    """Return a heading above a hairline."""
    line = [("LINEBELOW", (0, 0), (-1, -1), HAIRLINE, RULE)]
    return grid([[top]], [width], above=0, below=2, rules=line)
