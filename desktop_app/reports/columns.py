"""Text in two languages side by side, numbered points, and figures in large type."""

from collections.abc import Callable, Sequence

from reportlab.platypus import Flowable, Table

from desktop_app.reports.bilingual import half, halves, is_pair
from desktop_app.reports.layout import numbered, padding, plain
from desktop_app.reports.styles import WIDTH
from desktop_app.reports.wording import lines_of

_GAP = 22
# A text shorter than this stands in one line with its English.
_SHORT = 26


def in_columns(
    text: str, make: Callable[[str], list[Flowable]], width: float = WIDTH
) -> list[Flowable]:
    """Return what ``make`` makes of a text; of one in both languages, Chinese beside English."""
    if not is_pair(text):
        return make(text)
    zh, en = halves(text)
    half = (width - _GAP) / 2
    table = Table(
        [[make(zh), "", make(en)]],
        colWidths=[half, _GAP, half],
        style=padding(),
        splitInRow=1,
    )
    table.hAlign = "LEFT"
    return [table]


def prose(text: str, style: str = "body") -> list[Flowable]:
    """Return a text as a paragraph, or as two columns where it is in both languages."""
    if is_pair(text) and len(halves(text)[1]) <= _SHORT:
        return [plain(text, style)]
    return in_columns(text, lambda one: [plain(one, style)])


def points(text: str) -> list[Flowable]:
    """Return the lines of a text as numbered points, in two columns where it is in both."""
    return in_columns(text, lambda one: numbered(lines_of(one)))


def figures(
    found: Sequence[tuple[str, str]], shares: Sequence[float] = (), width: float = WIDTH
) -> Table:
    """Return figures in large type, each with its label below.

    Args:
        found: figure and label; of a figure in both languages the Chinese is shown.
        shares: the columns' parts of the full width; the same for all by default.
        width: the full width.
    """
    parts = list(shares) or [1.0] * len(found)
    return Table(
        [
            [plain(half(figure, "zh"), "figure") for figure, _ in found],
            [plain(label, "figure_small") for _, label in found],
        ],
        colWidths=[width * part / sum(parts) for part in parts],
        style=[
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ],
        hAlign="LEFT",
    )
