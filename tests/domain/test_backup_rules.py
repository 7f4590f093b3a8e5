"""Timed backups: when the next is due, and which of the old ones stay."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.backup_rules import is_due, to_keep

NOW = dt.datetime(2026, 11, 23, 15, 7, tzinfo=dt.UTC)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)


def test_the_first_is_due_at_once_and_the_next_after_half_an_hour() -> None:
    assert is_due(None, NOW)
    assert not is_due(NOW - 29 * MINUTE, NOW)
    assert is_due(NOW - 30 * MINUTE, NOW)


def test_a_clock_set_back_makes_one_due_and_loses_none() -> None:
    future = NOW + 2 * DAY
    assert is_due(future, NOW)
    assert future in to_keep([future, NOW], NOW)


def test_a_year_of_half_hours_leaves_a_few_dozen() -> None:
    moments = [NOW - n * 30 * MINUTE for n in range(365 * 48)]
    kept = to_keep(moments, NOW)
    assert 45 <= len(kept) <= 75
    assert {one for one in moments if NOW - one <= 4 * HOUR} <= kept
    for days in range(1, 14):
        assert any(one.date() == (NOW - days * DAY).date() for one in kept)
    assert {(one.year, one.month) for one in kept} == {(one.year, one.month) for one in moments}


def test_the_only_backup_stays_however_old_it_is() -> None:
    old = NOW - 4000 * DAY
    assert to_keep([old], NOW) == {old}


@given(st.lists(st.integers(0, 600 * 24 * 60), max_size=60, unique=True))
def test_thinning_twice_is_thinning_once_and_the_newest_stays(ages: list[int]) -> None:
    moments = [NOW - age * MINUTE for age in ages]
    kept = to_keep(moments, NOW)
    assert to_keep(kept, NOW) == kept
    assert not moments or max(moments) in kept
