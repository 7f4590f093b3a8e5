"""Money in minor units, and money and dates as each language writes them."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain import formats
from desktop_app.domain.money import CURRENCIES, decimal_text, format_money, to_decimal, to_minor

UTC = dt.UTC


@given(st.integers(-(10**17), 10**17), st.sampled_from(CURRENCIES))
def test_minor_units_survive_the_way_to_decimal_text_and_back(minor: int, currency: str) -> None:
    text = decimal_text(minor, currency)
    assert text is not None
    assert to_minor(Decimal(text), currency) == minor
    assert to_decimal(minor, currency) == Decimal(text)


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (30_000_000_000, "CNY", "300000000"),
        (450_000_050, "EUR", "4500000.50"),
        (1_200, "JPY", "1200"),
        (0, "USD", "0"),
        (None, "USD", None),
    ],
)
def test_decimal_text_is_plain(minor: int | None, currency: str, text: str | None) -> None:
    assert decimal_text(minor, currency) == text


@pytest.mark.parametrize(
    ("amount", "currency", "zh", "en"),
    [
        (350_000_000, "CNY", "3.5 亿元", "¥350m"),
        (80_000_000, "CNY", "8,000 万元", "¥80m"),
        (45_000_000, "EUR", "4,500 万欧元", "€45m"),
        (20_000_000, "USD", "2,000 万美元", "$20m"),
        (1_930_000_000, "CNY", "19.3 亿元", "¥1.93bn"),
        (950, "CHF", "950 瑞士法郎", "CHF 950"),
        (-5_000_000, "CNY", "-500 万元", "¥-5m"),
    ],
)
def test_money_is_written_as_people_write_it(amount: int, currency: str, zh: str, en: str) -> None:
    minor = to_minor(Decimal(amount), currency)
    assert (format_money(minor, currency, "zh"), format_money(minor, currency, "en")) == (zh, en)


def test_dates_are_written_in_each_language() -> None:
    day, last = dt.date(2026, 9, 5), dt.date(2026, 10, 2)
    assert formats.long_date(day, "zh") == "2026年9月5日"
    assert formats.long_date(day, "en") == "5 Sep 2026"
    assert formats.date_range(day, last, "zh") == "2026年9月5日至10月2日"
    assert formats.date_range(day, last, "en") == "5 Sep – 2 Oct 2026".replace(" – ", "–")
    assert formats.date_range(day, dt.date(2027, 1, 3), "zh") == "2026年9月5日至2027年1月3日"
    assert formats.date_range(day, None, "zh") == "2026年9月5日"
    assert formats.date_range(None, None, "en") == ""
    assert formats.day_with_weekday(day, "zh") == "9月5日（周六）"


def test_beijing_is_seven_hours_ahead_of_zurich_in_winter_and_six_in_summer() -> None:
    winter = dt.datetime(2026, 11, 18, 9, tzinfo=UTC)
    summer = dt.datetime(2026, 7, 18, 9, tzinfo=UTC)
    assert formats.beijing_offset(winter, "Europe/Zurich") == 7
    assert formats.beijing_offset(summer, "Europe/Zurich") == 6
    assert formats.clock(winter, "Europe/Zurich") == "10:00"
    assert formats.clock(winter, "no/such zone") == formats.clock(winter, None) == "17:00"
