"""The route map of a trip as plain shapes, which paper and screen paint alike.

Coordinates are points of the frame with y running down; colours are roles, so that a painter may
follow the theme. Only Europe is drawn: a stop elsewhere is left out (and no map of China is made).
"""

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop_app.i18n import t, word
from desktop_app.reports.map_data import (
    CREDIT,
    Point,
    Ring,
    View,
    drawn_rings,
    fit_view,
    kilometres,
    span,
    world,
)
from desktop_app.reports.map_labels import (
    Measure,
    Placed,
    Rect,
    around,
    free_spot,
    leader,
    place_label,
    spread,
)
from desktop_app.reports.map_shapes import NO_RECT, Area, Drawing, Item, Label, Line, Pill

HOME = frozenset({"CH", "DE", "IT"})
# Where the shipped map has land: west, south, east, north.
COVERED = (-11.0, 34.0, 32.0, 61.0)
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


@dataclass(frozen=True)
class RouteStop:
    """One stop: its number on paper, its two names and its place in degrees."""

    number: int
    name: str
    name_zh: str
    lon: float
    lat: float


@dataclass(frozen=True)
class RouteLeg:
    """One transfer between two stops, by their positions in the list of stops."""

    start: int
    end: int
    kind: str


@dataclass
class _Mark:
    """Stops at one place: their numbers, names and the mark's size and place."""

    text: str
    numbers: tuple[int, ...]
    name: str
    name_zh: str
    place: Point
    at: Point = (0.0, 0.0)
    rect: Rect = NO_RECT
    size: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


def route_stops(stops: Iterable[Mapping[str, Any]]) -> list[RouteStop]:
    """Return the stops that the map can show, numbered by their order in the trip."""
    found = []
    west, south, east, north = COVERED
    for number, stop in enumerate(stops, 1):
        lat, lon = stop.get("lat_e6"), stop.get("lon_e6")
        if lat is None or lon is None:
            continue
        lat, lon = lat / 1e6, lon / 1e6
        if west <= lon <= east and south <= lat <= north:
            name, zh = stop.get("city") or "", stop.get("city_zh") or ""
            found.append(RouteStop(number, name or zh, zh, lon, lat))
    return found


def route_legs(stops: Sequence[RouteStop], legs: Iterable[Mapping[str, Any]]) -> list[RouteLeg]:
    """Return how each stop is reached from the one before, by the trip's legs where they say."""
    legs = sorted(legs, key=lambda leg: _moment(leg.get("departs_at")))
    found = []
    for index in range(1, len(stops)):
        kind = ""
        for leg in legs:
            if _names(stops[index - 1], leg.get("from_place")) and _names(
                stops[index], leg.get("to_place")
            ):
                kind = str(leg.get("kind") or "")
                break
        found.append(RouteLeg(index - 1, index, kind))
    return found


def _moment(value: Any) -> str:
    """Return a text that sorts as the moment does; unknown ones last."""
    return value.isoformat() if isinstance(value, dt.datetime) else str(value or "~")


def _names(stop: RouteStop, place: Any) -> bool:
    """Say whether a leg's end, such as ``Zürich HB``, names the city of a stop."""
    text = str(place or "").casefold()
    return any(name and name.casefold() in text for name in (stop.name, stop.name_zh))


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
    marks, where = _marks(stops, view, frame, measure, unit)
    routes = _routes(stops, legs, marks, where)
    lines = [
        pair for line in routes for pair in zip(line.points[:-1], line.points[1:], strict=True)
    ]
    labels, leads, unlabelled = _stop_labels(marks, taken, lines, frame, measure, lang, text_size)
    busy = [*taken, *(mark.rect for mark in marks), *(label.rect for label in labels)]
    lines += [pair for lead in leads for pair in [(lead.points[0], lead.points[-1])]]
    items += _country_names(land, view, busy, lines, frame, measure, lang, 6.6 * unit)
    items += routes
    items += leads
    items += _mark_items(marks, measure, unit)
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


def _marks(
    stops: Sequence[RouteStop], view: View, frame: Rect, measure: Measure, unit: float
) -> tuple[list[_Mark], dict[int, _Mark]]:
    """Return one mark for each place, parted from its neighbours, and each stop's mark."""
    marks: list[_Mark] = []
    where: dict[int, _Mark] = {}
    for index, stop in enumerate(stops):
        for mark in marks:
            if kilometres(mark.place, (stop.lon, stop.lat)) < 3:
                mark.numbers = (*mark.numbers, stop.number)
                break
        else:
            mark = _Mark("", (stop.number,), stop.name, stop.name_zh, (stop.lon, stop.lat))
            marks.append(mark)
        where[index] = mark
    for mark in marks:
        mark.text = "·".join(map(str, mark.numbers))
        mark.at = view.place(*mark.place)
        high = 12.5 * unit
        mark.size = (0, 0, max(high, measure(mark.text, 7 * unit, True) + 6 * unit), high)
    spots = spread([mark.at for mark in marks], [mark.size for mark in marks], frame, 1.5 * unit)
    for mark, spot in zip(marks, spots, strict=True):
        mark.rect = around(spot, mark.size[2], mark.size[3])
    return marks, where


def _middle(rect: Rect) -> Point:
    """Return the middle of a rectangle."""
    return (rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2


def _routes(
    stops: Sequence[RouteStop],
    legs: Sequence[RouteLeg],
    marks: Sequence[_Mark],
    where: Mapping[int, _Mark],
) -> list[Line]:
    """Return the lines of the transfers: flights as arcs, the rest straight."""
    lines = []
    for leg in legs:
        if not (leg.start < len(stops) and leg.end < len(stops)):
            continue
        if where[leg.start] is where[leg.end]:
            continue
        start, end = _middle(where[leg.start].rect), _middle(where[leg.end].rect)
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


def _stop_labels(
    marks: Sequence[_Mark],
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
    marks: Sequence[_Mark],
    taken: Sequence[Rect],
    lines: Sequence[tuple[Point, Point]],
    frame: Rect,
    measure: Measure,
    lang: str,
    form: tuple[float, bool],
) -> tuple[list[Label], list[Line], list[int]]:
    """Place all names at one size; the most crowded marks choose first."""
    size, short = form
    points = [_middle(mark.rect) for mark in marks]
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


def _lead(mark: _Mark, placed: Placed) -> list[Line]:
    """Return the line from a mark to a label that stands off."""
    if not placed.led:
        return []
    return [Line(leader(mark.rect, placed.rect), "leader", 0.6)]


def _stop_text(mark: _Mark, lang: str, short: bool) -> str:
    """Return the names of a stop as the map shows them."""
    names = [mark.name_zh, mark.name] if lang == "zh" else [mark.name or mark.name_zh]
    names = list(dict.fromkeys(name for name in names if name))
    return " ".join(names[:1] if short else names)


def _mark_items(marks: Sequence[_Mark], measure: Measure, unit: float) -> list[Item]:
    """Return the numbered marks; one that had to move points to its true place."""
    items: list[Item] = []
    for mark in marks:
        middle = _middle(mark.rect)
        if math.dist(middle, mark.at) > mark.size[3] / 2:
            items.append(Line((mark.at, middle), "leader", 0.6))
            items.append(Pill(around(mark.at, 3 * unit, 3 * unit), "point"))
    for mark in marks:
        x, y = _middle(mark.rect)
        size = 7 * unit
        wide = measure(mark.text, size, True)
        items.append(Pill(mark.rect, "mark"))
        items.append(Label(x - wide / 2, y + size * 0.36, mark.text, size, "mark_text", bold=True))
    return items


def _country_names(
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
        name = world().names[code][lang != "zh"]
        if lang != "zh":
            name = name.upper()
        spot = free_spot(outline, measure(name, size, False), size * 1.2, taken, lines, frame)
        if spot is not None:
            taken.append(spot)
            labels.append(
                Label(spot.left, spot.top + size * 0.95, name, size, "country", rect=spot)
            )
    return labels


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
        right = text(start + 17 * unit, word("leg_kind", kind, lang))
    credit = t("reports.map_credit", lang, source=CREDIT)
    left = frame.right - 2 * unit - measure(credit, size, False)
    top = base - size * 1.1
    taken = [Rect(frame.left, top, right, frame.bottom)]
    if left > right + 4 * unit:
        text(left, credit)
        taken.append(Rect(left, top, frame.right, frame.bottom))
    return items, taken
