"""Columns by week or month, and small trend lines, as shapes that paper and screen paint alike."""

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
from desktop_app.reports.map_shapes import Label, Line, Pill


@dataclass(frozen=True)
class Column:
    """What was done and what is planned in a week; ``marked`` is the week spoken of.

    ``shown`` stands above the column instead of the plain number.
    """

    label: str
    done: int
    planned: int = 0
    marked: bool = False
    shown: str = ""

    @property
    def words(self) -> str:
        """Return what stands above the column."""
        return self.shown or number(self.done + self.planned)


def draw_weeks(
    columns: Sequence[Column],
    key: tuple[str, str] | None,
    nothing: str,
    width: float,
    height: float,
    measure: Measure,
    size: float = SIZE,
) -> Chart:
    """Return a column for each week: what was done filled, what is planned outlined above it.

    Args:
        columns: the weeks in order.
        key: the words for done and planned; None where nothing is planned.
        nothing: the words where no week has any.
        width: the frame's width.
        height: the frame's height.
        measure: gives the width of a text by its size and weight.
        size: the letters' size.
    """
    most = max((column.done + column.planned for column in columns), default=0)
    if not most:
        return nothing_yet(width, EMPTY_HEIGHT, nothing, measure)
    small = size * 0.86
    items = _key(key, width, measure, small) if key else []
    head = text_height(list(key), small) + 4 if key else 0.0
    foot = text_height([column.label for column in columns], small) + 3
    base, top = height - foot, head + small * 1.5
    step = width / len(columns)
    half = min(step * 0.3, 9.0)
    every = _every(columns, step, small, measure)
    wide = max(widest(c.words, small, measure, True) for c in columns)
    for at, column in enumerate(columns):
        x = step * (at + 0.5)
        middle = base - (base - top) * column.done / most
        high = base - (base - top) * (column.done + column.planned) / most
        if column.done:
            items.append(Bar(Rect(x - half, middle, x + half, base), "bar"))
        if column.planned:
            items.append(Bar(Rect(x - half + 0.35, high, x + half - 0.35, middle - 0.35), "plan"))
        total = column.done + column.planned
        # Numbers wider than their column would run into each other.
        if total and (wide <= step - 2 or column.marked or total == most):
            items += _held_in(
                column.words, x, high - small * 0.75, width, measure, small, column.marked
            )
        if column.marked or (len(columns) - 1 - at) % every == 0:
            items += _held_in(
                column.label, x, base + 1.5 + foot / 2, width, measure, small, column.marked
            )
    items.append(Line(((0, base), (width, base)), "axis", 0.5))
    return Chart(width, height, _apart(items))


def _held_in(
    text: str, x: float, middle: float, width: float, measure: Measure, size: float, marked: bool
) -> list[Item]:
    """Return a text below or above a column, moved so far that it stays in the frame."""
    half = widest(text, size, measure, marked) / 2
    x = max(min(x, width - half), min(half, width / 2))
    return put_text(
        text, x, middle, width, measure, size=size, bold=marked, align="middle",
        role="label" if marked else "muted",
    )  # fmt: skip


def _apart(items: list[Item]) -> tuple[Item, ...]:
    """Return the shapes without those texts that would cover a bar or another; bold ones stay."""
    taken: list[Rect] = []
    bars = [item.rect for item in items if isinstance(item, Bar)]
    dropped = set()
    for item in sorted(items, key=lambda one: not (isinstance(one, Label) and one.bold)):
        if isinstance(item, Label):
            beside = any(item.rect.hits(other, 1) for other in taken)
            if beside or any(item.rect.hits(bar) for bar in bars):
                dropped.add(id(item))
            else:
                taken.append(item.rect)
    return tuple(item for item in items if id(item) not in dropped)


def _every(columns: Sequence[Column], step: float, size: float, measure: Measure) -> int:
    """Return each how manieth week has its label, so that labels stay apart."""
    wide = max(widest(column.label, size, measure, column.marked) for column in columns) + 4
    return max(1, -int(-wide // step))


def _key(key: tuple[str, str], width: float, measure: Measure, size: float) -> list[Item]:
    """Return what filled and outlined columns stand for, at the top right."""
    items: list[Item] = []
    middle = text_height(list(key), size) / 2
    x = width
    for words, role in ((key[1], "plan"), (key[0], "bar")):
        wide = min(widest(words, size, measure), width / 2 - 24)
        x -= wide
        items += put_text(words, x, middle, wide + 0.01, measure, size=size, role="muted")
        items.append(Bar(Rect(x - 11, middle - 3, x - 4, middle + 3), role))
        x -= 24
    return items


def draw_trend(values: Sequence[int], width: float, height: float) -> Chart:
    """Return a small line through the values with a dot at the last one; flat where all are one."""
    if len(values) < 2:
        return Chart(width, height, ())
    low, high = min(values), max(values)
    edge = 2.5
    step = (width - 2 * edge) / (len(values) - 1)
    points = tuple(
        (
            round(edge + step * at, 2),
            round(height - edge - (height - 2 * edge) * (value - low) / ((high - low) or 1), 2),
        )
        for at, value in enumerate(values)
    )
    x, y = points[-1]
    dot = Pill(Rect(x - 1.8, y - 1.8, x + 1.8, y + 1.8), "dot")
    return Chart(width, height, (Line(points, "trend", 0.9), dot))
