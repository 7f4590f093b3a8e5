"""The route map of a trip as plain shapes, which paper and screen paint alike.

Coordinates are points of the frame with y running down; colours are roles, so that a painter may
follow the theme. Only Europe is drawn: a stop elsewhere is left out (and no map of China is made).
"""

from collections.abc import Iterable, Mapping, Sequence

from desktop_app.reports.bilingual import in_line, t, word
from desktop_app.reports.map_data import (
    CREDIT,
    Point,
    Ring,
    View,
    drawn_rings,
    fit_view,
    world,
)
from desktop_app.reports.map_labels import (
    Measure,
    Rect,
)
from desktop_app.reports.map_shapes import Area, Drawing, Item, Label, Line
from desktop_app.reports.route_names import country_names, stop_labels
from desktop_app.reports.route_stops import (
    Mark,
    RouteLeg,
    RouteStop,
    mark_items,
    middle_of,
    place_marks,
)

HOME = frozenset({"CH", "DE", "IT"})
DEFAULT_PLACES: tuple[Point, ...] = ((6.0, 42.5), (15.0, 54.0))
LINE_STYLES: dict[str, tuple[float, ...]] = {
    "flight": (6.0, 3.0),
    "train": (),
    "car": (1.2, 2.6),
    "bus": (1.2, 2.6),
    "ferry": (6.0, 2.4, 1.2, 2.4),
    "walk": (0.6, 2.0),
    "": (1.6, 2.2),
}


def draw_route(
    stops: Sequence[RouteStop],
    legs: Sequence[RouteLeg],
    width: float,
    height: float,
    measure: Measure,
    lang: str = "zh",
    text_size: float = 8.0,
) -> Drawing:
    """Return the map of a route.

    Args:
        stops: the stops in order, as of ``route_stops``.
        legs: the transfers between them, as of ``route_legs``.
        width: the frame's width in points, or pixels on a screen.
        height: the frame's height.
        measure: gives the width of a text by its size and weight.
        lang: Chinese puts both names on the map, English the local one.
        text_size: the size of the stops' names; all else follows it.
    """
    places = [(stop.lon, stop.lat) for stop in stops] or list(DEFAULT_PLACES)
    unit = text_size / 8.0
    side = min(58 * unit, width / 5)
    inset = (side, min(30 * unit, height / 5), side, min(34 * unit, height / 5))
    view = fit_view(places, width, height, inset, 190 if stops else 400)
    items: list[Item] = _ground(view, width, height)
    land = [item for item in items if isinstance(item, Area)]

    frame = Rect(4 * unit, 4 * unit, width - 4 * unit, height - 4 * unit)
    furniture, taken = _furniture(stops, legs, view, frame, measure, lang, unit)
    marks, where = place_marks(stops, view, frame, measure, unit)
    routes = _routes(stops, legs, marks, where)
    lines = [
        pair for line in routes for pair in zip(line.points[:-1], line.points[1:], strict=True)
    ]
    labels, leads, unlabelled = stop_labels(marks, taken, lines, frame, measure, lang, text_size)
    busy = [*taken, *(mark.rect for mark in marks), *(label.rect for label in labels)]
    lines += [pair for lead in leads for pair in [(lead.points[0], lead.points[-1])]]
    items += country_names(land, view, busy, lines, frame, measure, lang, 6.6 * unit)
    items += routes
    items += leads
    items += mark_items(marks, measure, unit)
    items += labels
    items += furniture
    return Drawing(width, height, tuple(items), tuple(unlabelled))


def _ground(view: View, width: float, height: float) -> list[Item]:
    """Return sea, land and lakes; each land area remembers its country in its role."""
    sea = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))
    items: list[Item] = [Area((sea,), "sea")]
    degrees = view.degrees(width, height)
    for shape in sorted(world().land, key=lambda shape: shape.owner in HOME):
        rings = drawn_rings(shape, view, degrees)
        if rings:
            items.append(Area(_frozen(rings), "home" if shape.owner in HOME else "land"))
    for shape in world().lakes:
        rings = drawn_rings(shape, view, degrees)
        if rings:
            items.append(Area(_frozen(rings), "lake"))
    return items


def _frozen(rings: Iterable[Ring]) -> tuple[tuple[Point, ...], ...]:
    """Return rings that cannot change."""
    return tuple(tuple(ring) for ring in rings)


def _routes(
    stops: Sequence[RouteStop],
    legs: Sequence[RouteLeg],
    marks: Sequence[Mark],
    where: Mapping[int, Mark],
) -> list[Line]:
    """Return the lines of the transfers: flights as arcs, the rest straight."""
    lines = []
    for leg in legs:
        if not (leg.start < len(stops) and leg.end < len(stops)):
            continue
        if where[leg.start] is where[leg.end]:
            continue
        start, end = middle_of(where[leg.start].rect), middle_of(where[leg.end].rect)
        bend = 0.16 if leg.kind == "flight" else 0.0
        dash = LINE_STYLES.get(leg.kind, LINE_STYLES[""])
        lines.append(Line(_arc(start, end, bend), "route", 1.3, dash))
    return lines


def _arc(start: Point, end: Point, bend: float) -> tuple[Point, ...]:
    """Return a line between two points that swells to its left by a share of its length."""
    if not bend:
        return (start, end)
    dx, dy = end[0] - start[0], end[1] - start[1]
    top = ((start[0] + end[0]) / 2 + dy * bend * 2, (start[1] + end[1]) / 2 - dx * bend * 2)
    points = []
    for step in range(13):
        share = step / 12
        a, b, c = (1 - share) ** 2, 2 * share * (1 - share), share**2
        x = a * start[0] + b * top[0] + c * end[0]
        y = a * start[1] + b * top[1] + c * end[1]
        points.append((round(x, 2), round(y, 2)))
    return tuple(points)


def _furniture(
    stops: Sequence[RouteStop],
    legs: Sequence[RouteLeg],
    view: View,
    frame: Rect,
    measure: Measure,
    lang: str,
    unit: float,
) -> tuple[list[Item], list[Rect]]:
    """Return scale bar, key of line styles and credit at the foot, and the room they take."""
    size = 5.8 * unit
    base = frame.bottom - 2 * unit
    kilometre = view.scale
    length = next(
        (km for km in (500, 200, 100, 50, 20, 10) if km * kilometre < 0.2 * frame.right), 5
    )
    x = frame.left + 2 * unit
    end = x + length * kilometre
    items: list[Item] = [
        Line(((x, base - 3 * unit), (x, base), (end, base), (end, base - 3 * unit)), "scale", 0.7)
    ]

    def text(left: float, words: str) -> float:
        items.append(Label(left, base, words, size, "small", halo=True))
        return left + measure(words, size, False)

    right = text(end + 3 * unit, f"{length} km")
    for kind in dict.fromkeys(leg.kind for leg in legs if leg.kind and len(stops) > 1):
        dash = LINE_STYLES.get(kind, ())
        start = right + 8 * unit
        items.append(
            Line(
                ((start, base - 2 * unit), (start + 14 * unit, base - 2 * unit)), "route", 1.1, dash
            )
        )
        right = text(start + 17 * unit, in_line(word("leg_kind", kind, lang)))
    credit = in_line(t("reports.map_credit", lang, source=CREDIT))
    left = frame.right - 2 * unit - measure(credit, size, False)
    top = base - size * 1.1
    taken = [Rect(frame.left, top, right, frame.bottom)]
    if left > right + 4 * unit:
        text(left, credit)
        taken.append(Rect(left, top, frame.right, frame.bottom))
    return items, taken
