"""Charts of bars below each other, as plain shapes that paper and screen paint alike.

A chart is measured before it is drawn: words that are too long end in an ellipsis, and no text
covers another or leaves the frame. What a bar says stands beside it as a number too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.domain.formats import number
from desktop_app.reports.chart_shapes import (
    EMPTY_HEIGHT,
    SIZE,
    Bar,
    Chart,
    Item,
    nothing_yet,
    put_text,
    text_height,
    widest,
)
from desktop_app.reports.map_labels import Measure, Rect
from desktop_app.reports.map_shapes import Line

_GAP = 9.0
_THICK = 7.0
# Bars keep at least this part of the width, labels so much before any number is cut.
_BAR_PART = 0.14
_LABEL_PART = 0.4


@dataclass(frozen=True)
class Row:
    """One bar with its words.

    Attributes:
        label: what it stands for.
        texts: the numbers at its right, one a column.
        share: how much of the bar's room it fills, from 0 to 1.
        tick: where a mark stands across it, from 0 to 1; None for none.
        role: the bar's colour.
        track: whether the room that the bar does not fill is tinted.
    """

    label: str
    texts: tuple[str, ...]
    share: float
    tick: float | None = None
    role: str = "bar"
    track: bool = False


@dataclass(frozen=True)
class Goal:
    """A figure against its target; None where nothing is counted, or no target is set."""

    label: str
    value: int | None
    target: int | None
    percent: bool = False


def draw_rows(
    rows: Sequence[Row], heads: Sequence[str], width: float, measure: Measure, size: float = SIZE
) -> Chart:
    """Return bars below each other, labels at their left and columns of numbers at their right.

    Args:
        rows: the bars.
        heads: the heads of the columns of numbers; empty for none.
        width: the frame's width.
        measure: gives the width of a text by its size and weight.
        size: the letters' size.
    """
    small = size * 0.86
    columns = list(zip(*(row.texts for row in rows), strict=True))
    wides = [
        max([widest(text, size, measure) for text in column] + [0.0])
        if not heads
        else max([*(widest(text, size, measure) for text in column), widest(h, small, measure)])
        for column, h in zip(columns, heads or [""] * len(columns), strict=True)
    ]
    label = max(widest(row.label, size, measure) for row in rows)
    room = width * (1 - _BAR_PART) - _GAP * (len(wides) + 1)
    rest = room - min(label, width * _LABEL_PART)
    if sum(wides) > rest:
        wides = [wide * rest / sum(wides) for wide in wides]
    left = min(label, room - sum(wides)) + _GAP
    right = width - sum(wides) - _GAP * len(wides)
    step = text_height([t for row in rows for t in (row.label, *row.texts)], size) + size * 0.62
    items: list[Item] = []
    y = 0.0
    if any(heads):
        high = text_height(list(heads), small)
        items += _numbers(heads, width, wides, high / 2, measure, small, "muted")
        y = high + 2
    for row in rows:
        middle = y + step / 2
        items += put_text(row.label, 0, middle, left - _GAP, measure, size=size)
        items += _bar(row, left, right, middle, size)
        items += _numbers(row.texts, width, wides, middle, measure, size, "label")
        y += step
    return Chart(width, y, tuple(items))


def _numbers(
    texts: Sequence[str],
    width: float,
    wides: Sequence[float],
    middle: float,
    measure: Measure,
    size: float,
    role: str,
) -> list[Item]:
    """Return the texts of a row's columns, each at the right of its column."""
    items: list[Item] = []
    x = width - sum(wides) - _GAP * (len(wides) - 1)
    for at, (text, wide) in enumerate(zip(texts, wides, strict=True)):
        x += wide
        shade = "muted" if at and role == "label" else role
        # A hair of room, so that rounding cuts no text that was measured to fit.
        items += put_text(
            text, x, middle, wide + 0.01, measure, size=size, role=shade, align="right"
        )
        x += _GAP
    return items


def _bar(row: Row, left: float, right: float, middle: float, size: float) -> list[Item]:
    """Return a row's bar with its track and its tick."""
    half = _THICK * size / SIZE / 2
    items: list[Item] = []
    wide = right - left
    if row.track:
        items.append(Bar(Rect(left, middle - half, right, middle + half), "track"))
    filled = min(max(row.share, 0.0), 1.0) * wide
    if filled > 0:
        # What is there at all is seen, however small its share is.
        end = left + max(filled, 1.2)
        items.append(Bar(Rect(left, middle - half, end, middle + half), row.role))
    if row.tick is not None:
        x = left + min(max(row.tick, 0.0), 1.0) * wide
        points = ((x, middle - half - 2), (x, middle + half + 2))
        items.append(Line(points, "tick", 1.2))
    return items


def draw_funnel(
    stages: Sequence[tuple[str, int, float | None]],
    heads: tuple[str, str],
    nothing: str,
    width: float,
    measure: Measure,
    size: float = SIZE,
) -> Chart:
    """Return how many stand in each stage, with the share that came on from the one before.

    Args:
        stages: label, count and share of 0 to 1 of each stage, None where it has none.
        heads: the heads of count and share.
        nothing: the words where no stage has any.
        width: the frame's width.
        measure: gives the width of a text by its size and weight.
        size: the letters' size.
    """
    most = max((count for _, count, _ in stages), default=0)
    if not most:
        return nothing_yet(width, EMPTY_HEIGHT, nothing, measure)
    rows = [
        Row(label, (number(count), _percent(share)), count / most) for label, count, share in stages
    ]
    return draw_rows(rows, heads, width, measure, size)


def draw_goals(
    goals: Sequence[Goal],
    heads: tuple[str, str, str],
    nothing: str,
    width: float,
    measure: Measure,
    size: float = SIZE,
) -> Chart:
    """Return figures against their targets; each bar's room ends at the greater of the two.

    Args:
        goals: the figures; those that have neither value nor target are left out.
        heads: the heads of figure, target and share.
        nothing: the words where there is none.
        width: the frame's width.
        measure: gives the width of a text by its size and weight.
        size: the letters' size.
    """
    shown = [goal for goal in goals if goal.value is not None or goal.target]
    if not any(goal.value or goal.target for goal in shown):
        return nothing_yet(width, EMPTY_HEIGHT, nothing, measure)
    return draw_rows([_goal_row(goal) for goal in shown], heads, width, measure, size)


def _goal_row(goal: Goal) -> Row:
    """Return the bar of a figure: its tick at the target, the part beyond it in another shade."""
    value, target = goal.value or 0, goal.target or 0
    sign = "%" if goal.percent else ""
    texts = (
        "–" if goal.value is None else number(value) + sign,
        number(target) + sign if target else "–",
        _percent(value / target) if target and goal.value is not None else "–",
    )
    if not target:
        share = value / 100 if goal.percent else float(value > 0)
        return Row(goal.label, texts, share, None, "soft", True)
    whole = max(value, target)
    met = value >= target
    return Row(goal.label, texts, value / whole, target / whole, "over" if met else "bar", True)


def draw_shares(
    parts: Sequence[tuple[str, int]],
    other: str,
    nothing: str,
    width: float,
    measure: Measure,
    size: float = SIZE,
    most: int = 8,
    last: str = "",
) -> Chart:
    """Return the parts of a whole, the greatest first, with count and percentage.

    Args:
        parts: label and count of each part.
        other: the label of what is left once ``most`` parts are shown.
        nothing: the words where there is none.
        width: the frame's width.
        measure: gives the width of a text by its size and weight.
        size: the letters' size.
        most: how many bars there may be.
        last: the label of a part that stands at the end whatever its size, in a softer shade.
    """
    whole = sum(count for _, count in parts)
    if not whole:
        return nothing_yet(width, EMPTY_HEIGHT, nothing, measure)
    ranked = sorted((p for p in parts if p[1] and p[0] != last), key=lambda part: -part[1])
    end = [part for part in parts if part[1] and part[0] == last]
    room = most - len(end)
    if len(ranked) > room:
        rest = sum(count for _, count in ranked[room - 1 :])
        ranked, end = ranked[: room - 1], [(other, rest), *end]
    greatest = max(count for _, count in [*ranked, *end])
    rows = [
        Row(label, (number(count), _percent(count / whole)), count / greatest, None, role)
        for part, role in ((ranked, "bar"), (end, "soft"))
        for label, count in part
    ]
    return draw_rows(rows, (), width, measure, size)


def _percent(share: float | None) -> str:
    """Return a share in whole percent; one that is not nothing is never shown as nothing."""
    if share is None:
        return "–"
    return "<1%" if 0 < share < 0.005 else f"{number(round(100 * share))}%"
