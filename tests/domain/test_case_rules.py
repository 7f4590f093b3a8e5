"""The flow and the lights of a case, the term of an approval, the limits of a signing."""

import datetime as dt
from fractions import Fraction
from itertools import pairwise

import pytest

from desktop_app.domain.approval_rules import TEMPLATES, due_on, term_of
from desktop_app.domain.case_rules import (
    MOVES,
    LightLimits,
    days_cleared,
    is_open,
    is_solved,
    light_of,
    may_move,
    months_between,
    planned_percent,
)
from desktop_app.domain.signing import counts_as_signed, signing_limits
from desktop_app.domain.words_after import CaseState, Light

DAY = dt.date(2026, 3, 2)


def test_a_case_goes_from_collected_to_closed_one_step_after_another() -> None:
    way = "collected assigned in_progress dispatch done confirmed closed".split()
    assert all(may_move(a, b) for a, b in pairwise(way))
    assert may_move("in_progress", "done"), "not every case needs a dispatch meeting"
    assert set(MOVES) == set(CaseState)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("collected", "done"),
        ("collected", "closed"),
        ("assigned", "confirmed"),
        ("done", "closed"),
        ("closed", "collected"),
        ("confirmed", "returned"),
    ],
)
def test_no_step_is_left_out(before: str, after: str) -> None:
    assert not may_move(before, after)


def test_an_enterprise_that_is_not_content_sends_a_case_back_to_work() -> None:
    for state in ("done", "confirmed", "closed"):
        assert may_move(state, "in_progress")
    assert days_cleared(CaseState.IN_PROGRESS) == ("done_on", "confirmed_on", "closed_on")
    assert days_cleared(CaseState.DONE) == ("confirmed_on", "closed_on")
    assert days_cleared(CaseState.CLOSED) == ()
    assert "assigned_on" in days_cleared(CaseState.RETURNED)


def test_only_the_enterprise_says_that_a_case_is_solved() -> None:
    assert is_solved("confirmed", DAY) and is_solved("closed", DAY)
    assert not is_solved("closed", None)
    assert not is_solved("in_progress", DAY), "it was taken up again"
    assert not is_open("done") and not is_open("returned")
    assert is_open("dispatch") and is_open(None)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (dt.date(2026, 1, 15), dt.date(2026, 2, 14), 0),
        (dt.date(2026, 1, 15), dt.date(2026, 2, 15), 1),
        (dt.date(2026, 1, 31), dt.date(2026, 2, 28), 1),
        (dt.date(2025, 11, 30), dt.date(2026, 3, 1), 3),
        (dt.date(2026, 3, 1), dt.date(2026, 1, 1), 0),
    ],
)
def test_whole_months(first: dt.date, last: dt.date, months: int) -> None:
    assert months_between(first, last) == months


def test_the_plan_is_even_unless_one_was_made() -> None:
    due = DAY + dt.timedelta(days=100)
    assert planned_percent(DAY, due, DAY + dt.timedelta(days=25)) == 25
    assert planned_percent(DAY, due, DAY + dt.timedelta(days=25), 60) == 60
    assert planned_percent(DAY, due, due) == 100
    assert planned_percent(DAY, None, due) is None
    assert planned_percent(None, due, DAY) is None


def case(behind: int, months: int = 0, state: str = "in_progress") -> dict[str, object]:
    """Return a case that stands so many points behind its plan, so long past its deadline."""
    due = dt.date(2026, 6, 15)
    return {
        "state": state,
        "due_on": due.replace(month=6 - months),
        "raised_on": dt.date(2026, 1, 1),
        "progress_percent": 100 - behind,
        "planned_percent": 100,
    }


@pytest.mark.parametrize(
    ("behind", "months", "light"),
    [
        (9, 0, Light.GREEN),
        (10, 0, Light.YELLOW),
        (30, 0, Light.YELLOW),
        (31, 0, Light.RED),
        (0, 1, Light.YELLOW),
        (0, 2, Light.YELLOW),
        (0, 3, Light.RED),
    ],
)
def test_lights_turn_at_their_limits(behind: int, months: int, light: Light) -> None:
    found = light_of(case(behind, months), dt.date(2026, 6, 15))
    assert (found.light, found.points_behind, found.months_missed) == (light, behind, months)


def test_lights_follow_the_teams_limits_and_are_off_when_the_work_is_done() -> None:
    strict = LightLimits(yellow_points=5, red_points=8)
    assert light_of(case(9), dt.date(2026, 6, 15), strict).light is Light.RED
    assert light_of(case(90, 4, "done"), dt.date(2026, 6, 15)).light is Light.GREEN
    unreported = case(90) | {"progress_percent": None}
    assert light_of(unreported, dt.date(2026, 6, 15)).light is Light.GREEN


def test_a_promised_term_is_counted_in_working_days() -> None:
    friday = dt.date(2026, 3, 6)
    assert due_on(friday, 3) == dt.date(2026, 3, 11)
    assert due_on(dt.date(2026, 9, 30), 1) == dt.date(2026, 10, 8), "after the national holidays"
    assert due_on(friday, 0) == friday
    assert due_on(None, 3) is None and due_on(friday, None) is None and due_on(friday, -1) is None


def test_an_approval_is_late_from_the_day_after_its_term() -> None:
    friday, term = dt.date(2026, 3, 6), 3
    late = [
        term_of(friday, term, None, None, "applied", friday + dt.timedelta(days=n)).late
        for n in (5, 6, 10)
    ]
    assert late == [0, 1, 3]
    in_time = term_of(friday, term, None, dt.date(2026, 3, 10), "done", dt.date(2027, 1, 1))
    assert (in_time.used, in_time.promised, in_time.late) == (2, 3, 0)
    overdue = term_of(friday, term, None, dt.date(2026, 3, 13), "done", dt.date(2027, 1, 1))
    assert overdue.late == 2
    assert term_of(friday, term, None, None, "not_needed", dt.date(2027, 1, 1)).late == 0
    assert term_of(None, term, None, None, "to_do", friday) == (None, 3, 0)
    assert term_of(None, None, friday, None, "to_do", dt.date(2026, 3, 9)).late == 1


def test_the_checklist_has_a_permit_and_an_acceptance_and_each_line_once() -> None:
    assert len({line.code for line in TEMPLATES}) == len(TEMPLATES)
    assert {"construction_permit", "joint_acceptance"} <= {line.kind for line in TEMPLATES}


@pytest.mark.parametrize("rate", [65, 999, 1_400, 11_000, 12_345])
def test_the_least_amount_that_counts_is_exact_in_every_currency(rate: int) -> None:
    rates = {"CNY": 1_400, "USD": 10_000, "EUR": rate, "JPY": rate}
    for currency, digits in (("EUR", 2), ("JPY", 0)):
        domestic, foreign = signing_limits(rates)[currency]
        dollars = Fraction(foreign, 10**digits) * rate / 10_000
        assert dollars >= 10_000_000 > dollars - Fraction(rate, 10_000 * 10**digits)
        yuan = Fraction(domestic, 10**digits) * rate / 1_400
        assert yuan >= 100_000_000 > yuan - Fraction(rate, 1_400 * 10**digits)
        assert counts_as_signed(foreign, currency, "DE", rates)
        assert not counts_as_signed(foreign - 1, currency, "DE", rates)
        assert counts_as_signed(domestic, currency, "CN", rates)
        assert not counts_as_signed(domestic - 1, currency, "CN", rates)
    assert not counts_as_signed(10**15, None, "CN", rates), "an amount without a currency"
    assert not counts_as_signed(None, "CNY", "CN", rates)
