"""Bars stand at the right days, and what is late is a bar of its own."""

import datetime as dt

from desktop_app.domain.approval_rules import due_on
from desktop_app.services.approval_rows import ApprovalRow
from desktop_app.ui.approvals.geometry import (
    LEAST_PER_DAY,
    MOST_PER_DAY,
    Bars,
    Span,
    bars_of,
    scale_of,
    ticks,
)

MONDAY = dt.date(2026, 6, 1)
DAY = dt.timedelta(days=1)


def approval(
    promised: int | None = 5,
    planned: dt.date | None = None,
    applied: dt.date | None = None,
    done: dt.date | None = None,
    state: str = "",
) -> ApprovalRow:
    state = state or ("done" if done else "applied" if applied else "to_do")
    due = due_on(applied, promised)
    return ApprovalRow(
        "a", "l", "项目", "", "备案", "filing", "filing", "", state, promised, planned, applied,
        due, done, "", "", 0, "",
    )  # fmt: skip


def test_what_is_planned_spans_the_promised_working_days() -> None:
    bars = bars_of(approval(planned=MONDAY), MONDAY - 30 * DAY)
    assert bars == Bars(Span(MONDAY, dt.date(2026, 6, 8)), None, None, None)
    bars = bars_of(approval(None, planned=MONDAY), MONDAY)
    assert bars.planned == Span(MONDAY, MONDAY)


def test_what_runs_in_time_ends_today_and_what_is_done_at_its_day() -> None:
    running = bars_of(approval(applied=MONDAY), MONDAY + 2 * DAY)
    assert running.actual == Span(MONDAY, MONDAY + 2 * DAY) and running.late is None
    assert running.promised_on == dt.date(2026, 6, 8)
    done = bars_of(approval(applied=MONDAY, done=MONDAY + DAY), MONDAY + 200 * DAY)
    assert done.actual == Span(MONDAY, MONDAY + DAY) and done.late is None


def test_the_days_beyond_the_term_are_late() -> None:
    due = dt.date(2026, 6, 8)
    bars = bars_of(approval(applied=MONDAY), due)
    assert bars.late is None
    bars = bars_of(approval(applied=MONDAY), due + DAY)
    assert (bars.actual, bars.late) == (Span(MONDAY, due), Span(due + DAY, due + DAY))
    bars = bars_of(approval(applied=MONDAY, done=due + 9 * DAY), due + 90 * DAY)
    assert bars.late == Span(due + DAY, due + 9 * DAY)


def test_odd_days_still_make_bars() -> None:
    nothing = bars_of(approval(), MONDAY)
    assert list(nothing.days()) == []
    only_done = bars_of(approval(done=MONDAY), MONDAY)
    assert only_done.actual == Span(MONDAY, MONDAY)
    ahead = bars_of(approval(applied=MONDAY + 10 * DAY), MONDAY)
    assert ahead.actual == Span(MONDAY + 10 * DAY, MONDAY + 10 * DAY)
    before = bars_of(approval(applied=MONDAY, done=MONDAY - 5 * DAY), MONDAY)
    assert before.actual == Span(MONDAY, MONDAY)
    refused = bars_of(approval(applied=MONDAY, state="refused"), MONDAY + 99 * DAY)
    assert (refused.actual, refused.late) == (None, None)


def test_a_scale_holds_every_day_and_fits_the_room_where_it_can_be_read() -> None:
    bars = [bars_of(approval(planned=MONDAY, applied=MONDAY + 30 * DAY), MONDAY + 60 * DAY)]
    scale = scale_of(bars, MONDAY + 60 * DAY, 900)
    assert abs(scale.width - 900) < 1
    left, width = scale.spread(Span(MONDAY, MONDAY + 9 * DAY))
    assert left == scale.x(MONDAY) > 0 and abs(width - 10 * scale.per_day) < 0.001
    assert scale.day_at(scale.x(MONDAY) + 1) == MONDAY
    tight = scale_of([Bars(Span(MONDAY, MONDAY + 2000 * DAY), None, None, None)], MONDAY, 500)
    assert tight.per_day == LEAST_PER_DAY and tight.width > 500
    wide = scale_of([], MONDAY, 5000)
    assert wide.per_day == MOST_PER_DAY


def test_a_slip_in_a_year_costs_no_time_and_breaks_nothing() -> None:
    slips = [dt.date(1, 1, 1), dt.date(9999, 12, 31)]
    bars = [bars_of(approval(planned=day), MONDAY) for day in slips[:1]]
    bars.append(Bars(Span(slips[1], slips[1]), None, None, None))
    scale = scale_of(bars, MONDAY, 500)
    assert scale.first == slips[0] and scale.last == slips[1]
    shown = ticks(scale, 34, (MONDAY, MONDAY + 400 * DAY))
    assert 3 < len(shown) < 20


def test_months_are_named_as_closely_as_there_is_room() -> None:
    bars = [Bars(Span(MONDAY, MONDAY + 700 * DAY), None, None, None)]
    close = ticks(scale_of(bars, MONDAY, 4000), 34)
    far = ticks(scale_of(bars, MONDAY, 400), 34)
    assert [tick.day.day for tick in close] == [1] * len(close)
    assert len(close) > 20 and [t.month for t in close[:3]] == [6, 7, 8]
    assert len(far) < len(close)
    assert [tick.day.year for tick in close if tick.year] == [2027, 2028]
