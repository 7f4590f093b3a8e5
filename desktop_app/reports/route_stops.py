"""The stops and transfers of a trip as its route map draws them, and their marks."""

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop_app.domain.trip_rules import distance_km
from desktop_app.reports.map_data import (
    Point,
    View,
)
from desktop_app.reports.map_labels import (
    Measure,
    Rect,
    around,
    spread,
)
from desktop_app.reports.map_shapes import NO_RECT, Item, Label, Line, Pill

# Where the shipped map has land: west, south, east, north.
COVERED = (-11.0, 34.0, 32.0, 61.0)


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
class Mark:
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


def place_marks(
    stops: Sequence[RouteStop], view: View, frame: Rect, measure: Measure, unit: float
) -> tuple[list[Mark], dict[int, Mark]]:
    """Return one mark for each place, parted from its neighbours, and each stop's mark."""
    marks: list[Mark] = []
    where: dict[int, Mark] = {}
    for index, stop in enumerate(stops):
        for mark in marks:
            if distance_km(mark.place[::-1], (stop.lat, stop.lon)) < 3:
                mark.numbers = (*mark.numbers, stop.number)
                break
        else:
            mark = Mark("", (stop.number,), stop.name, stop.name_zh, (stop.lon, stop.lat))
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


def middle_of(rect: Rect) -> Point:
    """Return the middle of a rectangle."""
    return (rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2


def mark_items(marks: Sequence[Mark], measure: Measure, unit: float) -> list[Item]:
    """Return the numbered marks; one that had to move points to its true place."""
    items: list[Item] = []
    for mark in marks:
        middle = middle_of(mark.rect)
        if math.dist(middle, mark.at) > mark.size[3] / 2:
            items.append(Line((mark.at, middle), "leader", 0.6))
            items.append(Pill(around(mark.at, 3 * unit, 3 * unit), "point"))
    for mark in marks:
        x, y = middle_of(mark.rect)
        size = 7 * unit
        wide = measure(mark.text, size, True)
        items.append(Pill(mark.rect, "mark"))
        items.append(Label(x - wide / 2, y + size * 0.36, mark.text, size, "mark_text", bold=True))
    return items
