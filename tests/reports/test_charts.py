"""Charts: no text covers another or leaves the frame, and every bar says what its number says."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from desktop_app.reports.bilingual import pair
from desktop_app.reports.chart_flowable import ChartFlowable
from desktop_app.reports.chart_shapes import Chart
from desktop_app.reports.charts import Goal, draw_funnel, draw_goals, draw_shares
from desktop_app.reports.fonts import register, text_width
from desktop_app.reports.map_labels import Rect
from desktop_app.reports.map_shapes import Line
from desktop_app.reports.week_chart import Column, draw_trend, draw_weeks
from tests.reports.page_checks import outside, overlaps

HALF = 238.0
LONG = "一个名字特别长的产业链，长到一行里无论如何也放不下 with an English tail that goes on"
WORDS = st.one_of(
    st.sampled_from(
        ["在谈", "Site review", LONG, "W" * 300, "ffi 0,0", pair("考察评审", "Site review")]
    ),
    st.text(max_size=30),
)
NUMBERS = st.one_of(st.integers(0, 40), st.sampled_from([0, 1, 999_999, 10**12, 10**30]))


def funnel(*stages: tuple[str, int, float | None]) -> Chart:
    return draw_funnel(stages, ("现有", "转化率"), "尚无数据", HALF, text_width)


def goals(*found: Goal) -> Chart:
    return draw_goals(found, ("实绩", "目标", "完成"), "尚无数据", HALF, text_width)


def shares(*parts: tuple[str, int], most: int = 8) -> Chart:
    return draw_shares(parts, "其余", "尚无数据", HALF, text_width, most=most, last="链外")


def weeks(*columns: Column, width: float = HALF) -> Chart:
    return draw_weeks(columns, ("已举行", "已安排"), "尚无数据", width, 120, text_width)


def texts(chart: Chart) -> list[str]:
    return [label.text for label in chart.labels()]


def lengths(chart: Chart, role: str) -> list[float]:
    return [bar.rect.right - bar.rect.left for bar in chart.bars(role)]


def assert_clear(chart: Chart) -> None:
    """Assert that all stands in the frame and that no text covers another or a bar."""
    frame = Rect(-0.1, -0.1, chart.width + 0.1, chart.height + 0.1)
    labels = chart.labels()
    for at, label in enumerate(labels):
        assert label.rect.within(frame), label
        wide = text_width(label.text, label.size, label.bold)
        assert label.rect.right - label.rect.left == pytest.approx(wide)
        for other in labels[:at]:
            assert not label.rect.hits(other.rect), (label, other)
    for item in chart.items:
        if isinstance(item, Line):
            assert all(-0.1 <= x <= chart.width + 0.1 for x, _ in item.points)
            assert all(-0.1 <= y <= chart.height + 0.1 for _, y in item.points)
        elif item not in labels:
            assert item.rect.within(frame), item
            assert not any(label.rect.hits(item.rect) for label in labels), item


@given(st.lists(st.tuples(WORDS, NUMBERS, st.none() | st.floats(0, 3)), max_size=11))
def test_a_funnel_of_any_words_and_numbers_stays_clear(
    stages: list[tuple[str, int, float | None]],
) -> None:
    assert_clear(funnel(*stages))


@given(st.lists(st.builds(Goal, WORDS, st.none() | NUMBERS, st.none() | NUMBERS, st.booleans())))
def test_any_figures_against_any_targets_stay_clear(found: list[Goal]) -> None:
    assert_clear(goals(*found))


@given(st.lists(st.tuples(WORDS, NUMBERS), max_size=20))
def test_any_parts_of_a_whole_stay_clear(parts: list[tuple[str, int]]) -> None:
    assert_clear(shares(*parts))


@given(
    st.lists(st.builds(Column, WORDS, NUMBERS, NUMBERS, st.booleans()), max_size=20),
    st.floats(90, 480),
)
def test_any_weeks_stay_clear(columns: list[Column], width: float) -> None:
    assert_clear(weeks(*columns, width=width))


def test_where_nothing_is_there_a_quiet_line_says_so() -> None:
    for chart in (
        funnel(),
        funnel(("线索", 0, None), ("研判", 0, None)),
        goals(Goal("签约", None, None)),
        shares(("航空航天", 0)),
        weeks(Column("11-16", 0)),
    ):
        assert texts(chart) == ["尚无数据"]
        assert len(chart.items) == 1


def test_bars_are_as_long_as_their_numbers_are_great() -> None:
    chart = funnel(("线索", 40, None), ("研判", 10, 0.25), ("在谈", 0, 0.0))
    first, second = lengths(chart, "bar")
    assert second == pytest.approx(first / 4)
    assert " ".join(texts(chart)) == "现有 转化率 线索 40 – 研判 10 25% 在谈 0 0%"


def test_a_target_that_is_passed_has_its_mark_within_the_bar() -> None:
    chart = goals(Goal("签约", 48, 32), Goal("线索", 150, 300), Goal("占比", 62, 62, True))
    over = lengths(chart, "over")
    track = lengths(chart, "track")
    assert over == pytest.approx([track[0], track[2]])
    assert lengths(chart, "bar") == pytest.approx([track[1] / 2])
    left = chart.bars("track")[0].rect.left
    ticks = [item.points[0][0] - left for item in chart.items if isinstance(item, Line)]
    assert ticks == pytest.approx([track[0] * 32 / 48, track[1], track[2]])
    assert {"150%", "50%", "100%", "62%"} <= set(texts(chart))


def test_a_figure_without_a_target_or_not_yet_counted_is_said_with_a_dash() -> None:
    chart = goals(Goal("活动", 12, None), Goal("到资", None, 150), Goal("无", None, None))
    assert texts(chart).count("–") == 4
    assert "无" not in texts(chart)
    assert lengths(chart, "bar") == []


def test_small_parts_are_grouped_and_what_is_outside_stands_last() -> None:
    parts = [(f"链{n}", 20 - n) for n in range(10)]
    chart = shares(("链外", 60), *parts, most=6)
    names = [text for text in texts(chart) if "链" in text or text == "其余"]
    assert names == ["链0", "链1", "链2", "链3", "其余", "链外"]
    whole = 60 + sum(count for _, count in parts)
    rest = sum(count for _, count in parts[4:])
    assert f"{round(100 * rest / whole)}%" in texts(chart)
    assert len(chart.bars("soft")) == 2


def test_one_part_fills_the_whole() -> None:
    chart = shares(("航空航天", 7))
    assert texts(chart) == ["航空航天", "7", "100%"]
    assert lengths(chart, "bar")[0] > 100


def test_weeks_show_held_below_planned_and_the_week_spoken_of_in_bold() -> None:
    chart = weeks(Column("11-02", 4), Column("11-09", 2, 2, True), Column("11-16", 0, 3))
    held, planned = chart.bars("bar"), chart.bars("plan")
    assert len(held) == 3  # with the key
    assert len(planned) == 3
    bold = [label.text for label in chart.labels() if label.bold]
    assert bold == ["4", "11-09"]
    below = max(bar.rect.bottom for bar in held)
    columns = sorted((bar.rect for bar in held if bar.rect.bottom == below), key=lambda r: r.left)
    assert columns[0].bottom - columns[0].top == pytest.approx(
        2 * (columns[1].bottom - columns[1].top)
    )


def test_the_last_week_has_its_label_when_not_all_have_room() -> None:
    chart = weeks(*(Column(f"Mon {n} Nov", n + 1) for n in range(13)), width=180)
    labels = [text for text in texts(chart) if text.startswith("Mon")]
    assert labels[-1] == "Mon 12 Nov"
    assert 1 < len(labels) < 13


def test_both_languages_stand_below_each_other() -> None:
    chart = funnel((pair("考察评审", "Site review"), 3, 0.5))
    zh = next(label for label in chart.labels() if label.text == "考察评审")
    en = next(label for label in chart.labels() if label.text == "Site review")
    assert en.x == zh.x
    assert en.y > zh.y
    assert (zh.role, en.role) == ("label", "muted")
    assert_clear(chart)


def test_a_trend_ends_in_a_dot_and_needs_two_values() -> None:
    chart = draw_trend([3, 5, 2, 8], 60, 14)
    line = next(item for item in chart.items if isinstance(item, Line))
    assert line.points[3][1] < line.points[1][1] < line.points[0][1] < line.points[2][1]
    assert_clear(chart)
    assert draw_trend([3], 60, 14).items == ()
    assert_clear(draw_trend([0, 0, 0], 60, 14))


def test_charts_on_paper_cover_nothing_and_stay_on_the_page(tmp_path: Path) -> None:
    register()
    path = tmp_path / "charts.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    y = A4[1] - 60
    for chart in (
        funnel((LONG, 40, None), ("在谈", 10**12, 0.25), (pair("签约", "Signed"), 3, 0.004)),
        goals(Goal("签约", 48, 32), Goal(LONG, 10**15, 300), Goal("占比", 62, 60, True)),
        shares(("航空航天", 7), (LONG, 3), ("链外", 2)),
        weeks(*(Column(f"11-{n:02}", n, 13 - n, n == 11) for n in range(1, 14))),
        draw_trend([3, 5, 2], 60, 14),
    ):
        y -= chart.height + 20
        ChartFlowable(chart).drawOn(canvas, 60, y)
    canvas.save()
    assert overlaps(path) == []
    assert outside(path, 59) == []
