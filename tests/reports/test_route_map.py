"""The route map: every name in the frame, none over another, whatever the route."""

import random
from itertools import combinations

import pytest

from desktop_app.reports.fonts import text_width
from desktop_app.reports.map_data import Conic, clip_ring
from desktop_app.reports.map_shapes import Area, Drawing, Label, Line
from desktop_app.reports.route_map import draw_route
from desktop_app.reports.route_stops import RouteLeg, RouteStop, route_legs, route_stops

CITIES = (
    ("Zürich", "苏黎世", 8.5417, 47.3769),
    ("Winterthur", "温特图尔", 8.7241, 47.4988),
    ("St. Gallen", "圣加仑", 9.3767, 47.4245),
    ("Rorschach", "罗尔沙赫", 9.4902, 47.4780),
    ("Biberach", "比伯拉赫", 9.7870, 48.0980),
    ("Ulm", "乌尔姆", 9.9876, 48.4011),
    ("München", "慕尼黑", 11.5750, 48.1370),
    ("Stuttgart", "斯图加特", 9.1829, 48.7758),
    ("Frankfurt am Main", "法兰克福", 8.6821, 50.1109),
    ("Hamburg", "汉堡", 9.9937, 53.5511),
    ("Milano", "米兰", 9.1900, 45.4642),
    ("Bergamo", "贝加莫", 9.6700, 45.6983),
    ("Torino", "都灵", 7.6869, 45.0703),
    ("Bologna", "博洛尼亚", 11.3426, 44.4949),
    ("Forlì", "弗利", 12.0407, 44.2227),
    ("Roma", "罗马", 12.4964, 41.9028),
    ("Basel", "巴塞尔", 7.5886, 47.5596),
    ("Genève", "日内瓦", 6.1432, 46.2044),
    ("Lindau", "林道", 9.6830, 47.5460),
    ("Bregenz", "布雷根茨", 9.7471, 47.5031),
)
KINDS = ("flight", "train", "car", "bus", "ferry", "walk", "")


def route(seed: int, count: int) -> tuple[list[RouteStop], list[RouteLeg]]:
    rng = random.Random(seed)
    chosen = [rng.choice(CITIES) for _ in range(count)]
    stops = [RouteStop(i, name, zh, lon, lat) for i, (name, zh, lon, lat) in enumerate(chosen, 1)]
    return stops, [RouteLeg(i, i + 1, rng.choice(KINDS)) for i in range(count - 1)]


def check(drawing: Drawing) -> None:
    """Fail if a label or mark collides with another or leaves the frame."""
    rects = [label.rect for label in drawing.labels()] + [mark.rect for mark in drawing.marks()]
    rects += [
        item.rect for item in drawing.items if isinstance(item, Label) and item.role == "country"
    ]
    for one, two in combinations(rects, 2):
        assert not one.hits(two)
    for rect in rects:
        assert rect.left >= 0
        assert rect.top >= 0
        assert rect.right <= drawing.width
        assert rect.bottom <= drawing.height


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(499.0, 268.0), (300.0, 420.0), (260.0, 180.0)])
def test_names_and_marks_never_collide(size: tuple[float, float], lang: str) -> None:
    for seed in range(12):
        stops, legs = route(seed, 2 + seed % 9)
        drawing = draw_route(stops, legs, *size, text_width, lang)
        check(drawing)
        shown = {text for label in drawing.labels() for text in [label.text]}
        assert shown, "no stop has its name"


def test_a_roomy_map_names_every_stop() -> None:
    for seed in range(12):
        stops, legs = route(seed, 6)
        assert draw_route(stops, legs, 499, 318, text_width).unlabelled == ()


def test_neighbours_half_an_hour_apart_keep_marks_of_their_own() -> None:
    stops = [
        RouteStop(1, "Lindau", "林道", 9.6830, 47.5460),
        RouteStop(2, "Bregenz", "布雷根茨", 9.7471, 47.5031),
        RouteStop(3, "Hamburg", "汉堡", 9.9937, 53.5511),
    ]
    drawing = draw_route(stops, [RouteLeg(0, 1, "car")], 499, 268, text_width)
    check(drawing)
    assert len(drawing.marks()) == 3
    assert any(isinstance(item, Line) and item.role == "leader" for item in drawing.items)


def test_a_city_visited_twice_has_one_mark_with_both_numbers() -> None:
    stops = [
        RouteStop(1, "Zürich", "苏黎世", 8.54, 47.37),
        RouteStop(2, "Milano", "米兰", 9.19, 45.46),
        RouteStop(3, "Zürich", "苏黎世", 8.54, 47.37),
    ]
    drawing = draw_route(stops, [], 499, 268, text_width)
    assert len(drawing.marks()) == 2
    assert "1·3" in [item.text for item in drawing.items if isinstance(item, Label)]


def test_home_countries_stand_out_and_lakes_and_neighbours_are_there() -> None:
    stops, legs = route(1, 4)
    roles = {
        item.role
        for item in draw_route(stops, legs, 499, 268, text_width).items
        if isinstance(item, Area)
    }
    assert roles == {"sea", "land", "home", "lake"}


def test_stops_outside_europe_or_without_a_place_are_left_out() -> None:
    rows: list[dict[str, object]] = [
        {"city": "上海", "lat_e6": 31_230_000, "lon_e6": 121_470_000},
        {"city": "Zürich", "city_zh": "苏黎世", "lat_e6": 47_376_900, "lon_e6": 8_541_700},
        {"city": "Uzwil", "lat_e6": None, "lon_e6": None},
    ]
    assert [(stop.number, stop.name) for stop in route_stops(rows)] == [(2, "Zürich")]


def test_an_empty_route_is_a_map_of_the_three_countries() -> None:
    drawing = draw_route([], [], 499, 268, text_width)
    assert not drawing.marks()
    assert any(isinstance(item, Area) and item.role == "home" for item in drawing.items)


def test_the_means_of_a_leg_is_found_by_the_names_of_its_ends() -> None:
    stops = [
        RouteStop(1, "Zürich", "苏黎世", 8.54, 47.37),
        RouteStop(2, "München", "慕尼黑", 11.57, 48.13),
    ]
    legs = [
        {"kind": "flight", "from_place": "上海", "to_place": "Zürich"},
        {"kind": "train", "from_place": "Zürich HB", "to_place": "慕尼黑中央站"},
    ]
    assert route_legs(stops, legs) == [RouteLeg(0, 1, "train")]
    assert route_legs(stops, []) == [RouteLeg(0, 1, "")]


def test_the_projection_finds_its_way_back() -> None:
    conic = Conic.around((6.0, 43.0, 14.0, 54.0))
    for _, _, lon, lat in CITIES:
        back = conic.locate(*conic.project(lon, lat))
        assert back == pytest.approx((lon, lat), abs=1e-9)


def test_a_ring_is_cut_at_the_frame() -> None:
    square = [(-5.0, -5.0), (5.0, -5.0), (5.0, 5.0), (-5.0, 5.0)]
    cut = clip_ring(square, (0.0, 0.0, 10.0, 10.0))
    assert {x for x, _ in cut} == {0.0, 5.0}
    assert clip_ring(square, (6.0, 6.0, 9.0, 9.0)) == []
