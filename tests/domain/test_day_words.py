"""Days as people say them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.day_words import find_day

# A Monday.
TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("下周三 给 Brunner 寄地块方案", "2026-12-02"),
        ("周三前回复", "2026-11-25"),
        ("周一再打电话", "2026-11-30"),
        ("本周日之前", "2026-11-29"),
        ("这周五寄样品", "2026-11-27"),
        ("下下周二开会", "2026-12-08"),
        ("下星期天", "2026-12-06"),
        ("礼拜六", "2026-11-28"),
        ("今天下午", "2026-11-23"),
        ("明天 9 点", "2026-11-24"),
        ("后天答复", "2026-11-25"),
        ("大后天", "2026-11-26"),
        ("三天后联系", "2026-11-26"),
        ("两周后发邀请", "2026-12-07"),
        ("两个星期后", "2026-12-07"),
        ("十二天内回复", "2026-12-05"),
        ("3个月后回访", "2027-02-23"),
        ("月底前付款", "2026-11-30"),
        ("下个月底", "2026-12-31"),
        ("下月5号", "2026-12-05"),
        ("12月8日到访", "2026-12-08"),
        ("3月5号去苏黎世", "2027-03-05"),
        ("2027年1月15日签约", "2027-01-15"),
        ("截止 2026-12-31", "2026-12-31"),
        ("bis 5.3.2027", "2027-03-05"),
        ("send the site plan tomorrow", "2026-11-24"),
        ("call him the day after tomorrow", "2026-11-25"),
        ("reply by Friday", "2026-11-27"),
        ("next Wednesday send the plan", "2026-12-02"),
        ("Monday is fine", "2026-11-30"),
        ("visit in two weeks", "2026-12-07"),
        ("in 3 months", "2027-02-23"),
        ("at the end of the month", "2026-11-30"),
        ("on 5 March", "2027-03-05"),
        ("December 8th, 2026 in Zürich", "2026-12-08"),
        ("Jan 15", "2027-01-15"),
    ],
)
def test_a_day_is_understood(text: str, day: str) -> None:
    said = find_day(text, TODAY)
    assert said is not None
    assert said.day.isoformat() == day


@pytest.mark.parametrize(
    "text",
    ["", "给 Brunner 寄地块方案", "May I ask", "Sunil called", "13月40日", "31.02.2027",
     "电话 0512-8888",
     "满意度 95.5", "the monthly report", "version 2.10.3"],
)  # fmt: skip
def test_no_day_is_made_up(text: str) -> None:
    assert find_day(text, TODAY) is None


def test_the_first_day_counts_and_its_place_is_told() -> None:
    text = "请于12月8日前答复，12月20日签约"
    said = find_day(text, TODAY)
    assert said is not None
    assert text[said.start : said.end] == "12月8日"


def test_the_last_of_a_short_month() -> None:
    said = find_day("三个月后", dt.date(2026, 11, 30))
    assert said is not None
    assert said.day == dt.date(2027, 2, 28)


@given(st.text(max_size=80), st.dates(dt.date(1990, 1, 1), dt.date(2200, 1, 1)))
def test_no_text_is_too_odd(text: str, today: dt.date) -> None:
    said = find_day(text, today)
    assert said is None or 0 <= said.start < said.end <= len(text)
