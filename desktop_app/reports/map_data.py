"""The shipped map of Europe, its projection, and the cutting of its shapes to a frame.

Made from Natural Earth and, for lakes, GSHHG by ``packaging/build_map.py``.
"""

import gzip
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from desktop_app.paths import resource

Point = tuple[float, float]
Ring = list[Point]
Box = tuple[float, float, float, float]

CREDIT = "Natural Earth, GSHHG"
_SCALE = 10_000


@dataclass(frozen=True)
class Shape:
    """One polygon of a country or a lake: its rings in degrees and what they span."""

    owner: str
    rings: tuple[Ring, ...]
    box: Box


@dataclass(frozen=True)
class World:
    """All shapes of the shipped map, and the countries' Chinese and English names."""

    land: tuple[Shape, ...]
    lakes: tuple[Shape, ...]
    names: dict[str, tuple[str, str]]


@cache
def world() -> World:
    """Return the shipped map, read once in a process."""
    with gzip.open(resource("map", "europe.json.gz"), "rt", encoding="utf-8") as file:
        data = json.load(file)
    land = [
        _shape(code, rings)
        for code, country in sorted(data["countries"].items())
        for rings in country["polygons"]
    ]
    names = {code: (found["zh"], found["en"]) for code, found in data["countries"].items()}
    return World(tuple(land), tuple(_shape("", lake["rings"]) for lake in data["lakes"]), names)


def _shape(owner: str, rings: Iterable[Sequence[int]]) -> Shape:
    """Return a shape of rings given as longitude, latitude, longitude … in 1/10,000 degrees."""
    turned = tuple(
        [(x / _SCALE, y / _SCALE) for x, y in zip(ring[::2], ring[1::2], strict=True)]
        for ring in rings
    )
    return Shape(owner, turned, span(turned[0]))


def span(points: Iterable[Point]) -> Box:
    """Return the least box around some points: left, low, right, high."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


@dataclass(frozen=True)
class Conic:
    """Lambert's conformal conic on a sphere: true angles, little stretch over a few countries."""

    n: float
    f: float
    rho0: float
    lon0: float

    @classmethod
    def around(cls, box: Box) -> "Conic":
        """Return the projection with its standard parallels a sixth inside a box of degrees."""
        west, south, east, north = box
        inset = max((north - south) / 6, 0.1)
        phi1, phi2 = math.radians(south + inset), math.radians(north - inset)
        if abs(phi2 - phi1) < 1e-4:
            n = math.sin(phi1)
        else:
            n = math.log(math.cos(phi1) / math.cos(phi2)) / math.log(
                math.tan(math.pi / 4 + phi2 / 2) / math.tan(math.pi / 4 + phi1 / 2)
            )
        f = math.cos(phi1) * math.tan(math.pi / 4 + phi1 / 2) ** n / n
        middle = math.radians((south + north) / 2)
        rho0 = f / math.tan(math.pi / 4 + middle / 2) ** n
        return cls(n, f, rho0, (west + east) / 2)

    def project(self, lon: float, lat: float) -> Point:
        """Return a place on the plane, in kilometres east and south of the middle."""
        rho = self.f / math.tan(math.pi / 4 + math.radians(lat) / 2) ** self.n
        theta = self.n * math.radians(lon - self.lon0)
        return 6371 * rho * math.sin(theta), -6371 * (self.rho0 - rho * math.cos(theta))

    def locate(self, x: float, y: float) -> Point:
        """Return the degrees of a point of the plane."""
        east, north = x / 6371, self.rho0 + y / 6371
        rho = math.copysign(math.hypot(east, north), self.n)
        theta = math.atan2(east, north)
        lat = 2 * math.atan((self.f / rho) ** (1 / self.n)) - math.pi / 2
        return self.lon0 + math.degrees(theta / self.n), math.degrees(lat)


@dataclass(frozen=True)
class View:
    """How degrees become points of a frame, whose y runs down."""

    conic: Conic
    scale: float
    left: float
    top: float

    def place(self, lon: float, lat: float) -> Point:
        """Return where a place lies in the frame."""
        x, y = self.conic.project(lon, lat)
        return self.left + x * self.scale, self.top + y * self.scale

    def degrees(self, width: float, height: float) -> Box:
        """Return the box of degrees that the whole frame needs."""
        edge = [
            self.conic.locate((x * width / 8 - self.left) / self.scale, (y - self.top) / self.scale)
            for x in range(9)
            for y in (0.0, height / 2, height)
        ]
        west, south, east, north = span(edge)
        return west - 0.3, south - 0.3, east + 0.3, north + 0.3


def fit_view(
    places: Sequence[Point], width: float, height: float, inset: Box, least_km: float
) -> View:
    """Return the view that shows all places with room around them.

    Args:
        places: degrees (longitude, latitude), at least one.
        width: the frame's width, in points as its height.
        height: the frame's height.
        inset: points kept free at the left, top, right and bottom.
        least_km: the least width of country to show, so that one city is not a blank.
    """
    conic = Conic.around(span(places))
    left, low, right, high = span([conic.project(*place) for place in places])
    room_x = max(width - inset[0] - inset[2], 20)
    room_y = max(height - inset[1] - inset[3], 20)
    wide = max(right - left, least_km)
    tall = max(high - low, least_km * room_y / room_x)
    scale = min(room_x / wide, room_y / tall)
    middle_x, middle_y = (left + right) / 2, (low + high) / 2
    return View(
        conic,
        scale,
        inset[0] + room_x / 2 - middle_x * scale,
        inset[1] + room_y / 2 - middle_y * scale,
    )


def clip_ring(ring: Ring, box: Box) -> Ring:
    """Return the part of a closed ring inside a box, by Sutherland and Hodgman."""
    west, south, east, north = box
    for axis, bound, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        ring = _clip_side(ring, axis, bound, sign)
        if not ring:
            break
    return ring


def _clip_side(ring: Ring, axis: int, bound: float, sign: int) -> Ring:
    """Return the part of a ring on one side of a line."""
    out: Ring = []
    before = ring[-1]
    before_in = (before[axis] - bound) * sign >= 0
    for point in ring:
        inside = (point[axis] - bound) * sign >= 0
        if inside != before_in:
            share = (bound - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            out.append((bound, other) if axis == 0 else (other, bound))
        if inside:
            out.append(point)
        before, before_in = point, inside
    return out


def drawn_rings(shape: Shape, view: View, degrees: Box) -> list[Ring]:
    """Return a shape's rings in the frame's points, without points too near to be seen."""
    west, south, east, north = degrees
    left, low, right, high = shape.box
    if left > east or right < west or low > north or high < south:
        return []
    whole = left >= west and right <= east and low >= south and high <= north
    rings = []
    for ring in shape.rings:
        cut = ring if whole else clip_ring(ring, degrees)
        thinned: Ring = []
        last_x = last_y = math.inf
        for lon, lat in cut:
            x, y = view.place(lon, lat)
            if abs(x - last_x) + abs(y - last_y) >= 0.4:
                thinned.append((round(x, 2), round(y, 2)))
                last_x, last_y = x, y
        if len(thinned) > 2:
            rings.append(thinned)
    return rings
