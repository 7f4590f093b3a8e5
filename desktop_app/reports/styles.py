"""The look of a printed page: A4, one accent, hairlines, text of 9.2 on 15 points."""

from functools import cache
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle

from desktop_app.reports.fonts import BOLD, REGULAR
from desktop_app.reports.geometry import A4_PAGE

PAGE_WIDTH, PAGE_HEIGHT = A4_PAGE.width, A4_PAGE.height
MARGIN, FOOT, WIDTH = A4_PAGE.margin, A4_PAGE.foot, A4_PAGE.room
HAIRLINE = 0.5

ACCENT = HexColor("#1F5FBF")
TEXT = HexColor("#1B2430")
MUTED = HexColor("#67707E")
RULE = HexColor("#D5DAE1")
BAD = HexColor("#B3261E")
# The bar and the ground of a callout.
TONES = {
    "accent": (ACCENT, HexColor("#EFF4FD")),
    "good": (HexColor("#1E7F4F"), HexColor("#E9F6EE")),
    "warn": (HexColor("#B86E00"), HexColor("#FDF3E1")),
    "bad": (BAD, HexColor("#FBE9E7")),
}


@cache
def styles() -> dict[str, ParagraphStyle]:
    """Return the paragraph styles by name."""
    body = ParagraphStyle(
        "body",
        fontName=REGULAR,
        fontSize=9.2,
        leading=15,
        textColor=TEXT,
        wordWrap="CJK",
        # A split paragraph leaves at least two lines on either page.
        allowWidows=0,
        allowOrphans=0,
    )

    def made(name: str, **changes: Any) -> ParagraphStyle:
        return ParagraphStyle(name, parent=body, **changes)

    small = made("small", fontSize=8, leading=12)
    return {
        "body": body,
        "bold": made("bold", fontName=BOLD),
        "right": made("right", alignment=TA_RIGHT),
        "muted": made("muted", textColor=MUTED),
        "small": small,
        "small_muted": made("small_muted", fontSize=8, leading=12, textColor=MUTED),
        "night": made("night", fontSize=8, leading=12, textColor=MUTED, spaceBefore=4),
        "kicker": made(
            "kicker", fontName=BOLD, fontSize=7.6, leading=11, textColor=ACCENT, spaceAfter=1
        ),
        "cover": made("cover", fontName=BOLD, fontSize=25, leading=34),
        "cover_small": made("cover_small", fontSize=14, leading=21, textColor=MUTED, spaceBefore=3),
        "dates": made("dates", fontSize=11.5, leading=18),
        "title": made("title", fontName=BOLD, fontSize=15, leading=22, spaceAfter=4),
        "time": made("time", fontName=BOLD, fontSize=12.5, leading=18, alignment=TA_RIGHT),
        "time_small": made(
            "time_small", fontSize=9.2, leading=14, textColor=MUTED, alignment=TA_RIGHT
        ),
        "head": made("head", fontName=BOLD, fontSize=10, leading=15, spaceBefore=9, spaceAfter=3),
        "point": made("point", leftIndent=15, bulletIndent=2),
        "cell": made("cell", fontSize=8.6, leading=12.6, allowWidows=1, allowOrphans=1),
        "cell_bold": made("cell_bold", fontName=BOLD, fontSize=8.6, leading=12.6),
        "cell_muted": made("cell_muted", fontSize=8.6, leading=12.6, textColor=MUTED),
        "cell_right": made("cell_right", fontSize=8.6, leading=12.6, alignment=TA_RIGHT),
        "cell_right_bold": made(
            "cell_right_bold", fontName=BOLD, fontSize=8.6, leading=12.6, alignment=TA_RIGHT
        ),
        "group": made("group", fontName=BOLD, fontSize=8.6, leading=11.5, textColor=ACCENT),
        "table_head": made("table_head", fontSize=7.8, leading=11.5, textColor=MUTED),
        "head_right": made(
            "head_right", fontSize=7.8, leading=11.5, textColor=MUTED, alignment=TA_RIGHT
        ),
        "figure": made("figure", fontName=BOLD, fontSize=15, leading=21),
        "figure_small": made("figure_small", fontSize=8.6, leading=13, textColor=MUTED),
    }
