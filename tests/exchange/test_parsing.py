"""Days, sums and words in the forms that ledgers write them in."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange.ledger_read import Cell
from desktop_app.exchange.parse_dates import DayRules, Order, parse_day
from desktop_app.exchange.parse_money import Unit, find_unit, parse_money
from desktop_app.exchange.parse_text import parse_phones
from desktop_app.exchange.parse_words import parse_country, parse_source, parse_stage

RULES = DayRules(dt.date(2026, 11, 22))
WAN = find_unit("投资额（万元）")


@pytest.mark.parametrize(
    "cell",
    [
        "2026.3.5", "2026-03-05", "2026/3/5", "2026年3月5日", "2026年3月5号", "20260305", "26.3.5",
        "26年3月5日", "２０２６．３．５", "5 Mar 2026", "March 5, 2026", "5. März 2026", "3月5日",
        "2026-03-05 08:30", 20260305.0, 46086.0, "46086", dt.datetime(2026, 3, 5, 9),
    ],
)  # fmt: skip
def test_days(cell: Cell) -> None:
    day = parse_day(cell, RULES)
    assert day is not None
    assert (day.on, day.exact) == (dt.date(2026, 3, 5), True)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("04.06.2026", "dmy", dt.date(2026, 6, 4)),
        ("5.3.26", "dmy", dt.date(2026, 3, 5)),
        ("03/15/2026", "dmy", dt.date(2026, 3, 15)),
        ("03/05/2026", "mdy", dt.date(2026, 3, 5)),
    ],
)
def test_days_in_another_order(text: str, order: Order, day: dt.date) -> None:
    found = parse_day(text, DayRules(RULES.today, order))
    assert found is not None
    assert found.on == day


@pytest.mark.parametrize("text", ["2026/3", "2026年3月", "2026.3.5（电话）", "约2026年3月5日"])
def test_days_that_are_less_than_exact_say_so(text: str) -> None:
    day = parse_day(text, RULES)
    assert day is not None
    assert not day.exact


@pytest.mark.parametrize("cell", ["2026-02-30", "2026.13.5", "31.04.2026", "近期", "2026", 7.0, ""])
def test_days_that_do_not_exist(cell: Cell) -> None:
    assert parse_day(cell, RULES) is None


@pytest.mark.parametrize(
    ("cell", "minor", "currency"),
    [
        ("3.5亿元", 350_000_000_00, "CNY"),
        ("3.0 亿", 300_000_000_00, "CNY"),
        ("3亿5000万元", 350_000_000_00, "CNY"),
        ("约30000万元", 300_000_000_00, "CNY"),
        (5000.0, 50_000_000_00, "CNY"),
        ("5,000", 50_000_000_00, "CNY"),
        ("2000万美元", 20_000_000_00, "USD"),
        ("EUR 4,500,000", 4_500_000_00, "EUR"),
        ("€4.5m", 4_500_000_00, "EUR"),
        ("CHF 1'200'000", 1_200_000_00, "CHF"),
        ("USD 20 million", 20_000_000_00, "USD"),
        ("500万瑞士法郎", 5_000_000_00, "CHF"),
        ("15-20 Mio. EUR", 15_000_000_00, "EUR"),
        ("TEUR 450", 450_000_00, "EUR"),
        ("0.9亿日元", 90_000_000, "JPY"),
    ],
)
def test_sums_under_a_heading_in_ten_thousands(cell: Cell, minor: int, currency: str) -> None:
    assert WAN is not None
    money = parse_money(cell, WAN, "CNY")
    assert money is not None
    assert (money.minor, money.currency) == (minor, currency)


def test_a_bare_number_under_two_units_is_told_by_its_size() -> None:
    unit = find_unit("单位：亿元/万元")
    assert unit is not None
    small, large = parse_money(3.5, unit, "CNY"), parse_money(35000, unit, "CNY")
    assert small == large


def test_decimal_commas() -> None:
    unit = Unit(currency="EUR", decimal_comma=True)
    money = parse_money("87,1 Mio.", unit, "EUR")
    assert money is not None
    assert money.minor == 87_100_000_00


@pytest.mark.parametrize("cell", ["面议", "待定", "-5", "k.A.", dt.date(2026, 1, 1), True, None])
def test_what_is_no_sum(cell: Cell) -> None:
    assert parse_money(cell, Unit(), "CNY") is None


@given(st.one_of(st.text(max_size=60), st.floats(), st.integers(), st.datetimes()))
def test_no_cell_is_too_odd_to_be_looked_at(cell: Cell) -> None:
    parse_day(cell, RULES)
    parse_money(cell, Unit(), "CNY")
    if isinstance(cell, str):
        parse_phones(cell, "DE")
        parse_stage(cell)


def test_words_of_the_trade() -> None:
    stages = {"初步接触": "screened", "拟签约": "ready_to_sign", "考察": "site_review"}
    assert {word: parse_stage(word) for word in stages} == stages
    assert parse_stage("in Verhandlung") == "negotiating"
    assert parse_stage("未签约") is None
    sources = {"进博会": "expo", "德国工商大会上海代表处": "chamber", "朋友介绍": None}
    assert {word: parse_source(word) for word in sources} == sources
    assert {parse_country(w) for w in ("瑞士", "Schweiz", "Svizzera", "ch")} == {"CH"}
