"""The names on a route map: of stops and of countries, where there is room for them."""

import math
from collections.abc import Sequence

from desktop_app.reports.map_data import (
    Point,
    View,
    drawn_rings,
    span,
    world,
)
from desktop_app.reports.map_labels import (
    Measure,
    Placed,
    Rect,
    free_spot,
    leader,
    place_label,
)
from desktop_app.reports.map_shapes import Area, Label, Line
from desktop_app.reports.route_stops import (
    Mark,
    middle_of,
)


def stop_labels(
    marks: Sequence[Mark],
    taken: Sequence[Rect],
    lines: Sequence[tuple[Point, Point]],
    frame: Rect,
    measure: Measure,
    lang: str,
    size: float,
) -> tuple[list[Label], list[Line], list[int]]:
    """Return names that collide with nothing, their leaders, and the numbers left without one.

    Where there is no room the text gets smaller, then keeps one name; at the last the number alone
    stands on the map and the programme says the rest.
    """
    best: tuple[list[Label], list[Line], list[int]] | None = None
    for factor, short in ((1.0, False), (0.88, False), (0.88, True), (0.76, True)):
        found = _try_labels(marks, taken, lines, frame, measure, lang, (size * factor, short))
        if best is None or len(found[2]) < len(best[2]):
            best = found
        if not best[2]:
            break
    return best or ([], [], [])


def _try_labels(
    marks: Sequence[Mark],
    taken: Sequence[Rect],
    lines: Sequence[tuple[Point, Point]],
    frame: Rect,
    measure: Measure,
    lang: str,
    form: tuple[float, bool],
) -> tuple[list[Label], list[Line], list[int]]:
    """Place all names at one size; the most crowded marks choose first."""
    size, short = form
    points = [middle_of(mark.rect) for mark in marks]
    crowd = {
        index: sum(math.dist(point, other) < 60 for other in points)
        for index, point in enumerate(points)
    }
    busy = [*taken, *(mark.rect for mark in marks)]
    labels: list[Label] = []
    leads: list[Line] = []
    unlabelled: list[int] = []
    for index in sorted(crowd, key=lambda index: (-crowd[index], index)):
        mark = marks[index]
        text = _stop_text(mark, lang, short)
        wide, high = measure(text, size, False), size * 1.15
        placed = place_label(mark.rect, wide, high, busy, lines, frame) if text else None
        if placed is None:
            unlabelled += mark.numbers if text else ()
            continue
        busy.append(placed.rect)
        rect = placed.rect
        baseline = rect.top + high * 0.8
        labels.append(Label(rect.left, baseline, text, size, "label", halo=True, rect=rect))
        leads += _lead(mark, placed)
    return labels, leads, sorted(unlabelled)


def _lead(mark: Mark, placed: Placed) -> list[Line]:
    """Return the line from a mark to a label that stands off."""
    if not placed.led:
        return []
    return [Line(leader(mark.rect, placed.rect), "leader", 0.6)]


def _stop_text(mark: Mark, lang: str, short: bool) -> str:
    """Return the names of a stop as the map shows them."""
    names = [mark.name_zh, mark.name] if lang != "en" else [mark.name or mark.name_zh]
    names = list(dict.fromkeys(name for name in names if name))
    return " ".join(names[:1] if short else names)


def country_names(
    areas: Sequence[Area],
    view: View,
    busy: Sequence[Rect],
    lines: Sequence[tuple[Point, Point]],
    frame: Rect,
    measure: Measure,
    lang: str,
    size: float,
) -> list[Label]:
    """Return the names of the countries in sight, where there is room for them."""
    labels: list[Label] = []
    taken = list(busy)
    largest: dict[str, tuple[float, tuple[Point, ...]]] = {}
    degrees = view.degrees(frame.right, frame.bottom)
    for shape in world().land:
        for ring in drawn_rings(shape, view, degrees)[:1]:
            left, top, right, bottom = span(ring)
            extent = (right - left) * (bottom - top)
            if extent > largest.get(shape.owner, (0.0, ()))[0]:
                largest[shape.owner] = (extent, tuple(ring))
    for code, (_, outline) in sorted(largest.items(), key=lambda pair: -pair[1][0]):
        name = world().names[code][lang == "en"]
        if lang == "en":
            name = name.upper()
        spot = free_spot(outline, measure(name, size, False), size * 1.2, taken, lines, frame)
        if spot is not None:
            taken.append(spot)
            labels.append(
                Label(spot.left, spot.top + size * 0.95, name, size, "country", rect=spot)
            )
    return labels
