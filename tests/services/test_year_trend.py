"""A year over time: by month, by signing year, by stage, and how quickly the team was."""

import datetime as dt
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from desktop_app.db.models import Approval, Case, FollowUp, Lead, LeadStage, Target
from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from desktop_app.services import rates, year_figures
from desktop_app.services.year_targets import set_target
from desktop_app.services.year_trend import (
    Cohort,
    by_month,
    case_days,
    cohorts,
    follow_ups_on_time,
    last_years,
    quick_response,
    stage_funnel,
)
from desktop_app.services.year_trend_lists import (
    cohort_rows,
    follow_up_rows,
    response_rows,
    stage_rows,
)
from tests.services.plain_parts import Parts
from tests.services.test_year_figures import (
    DAY,
    EVERY,
    YEAR,
    UndoneError,
    invent,
    keep,
    project,
    shared,
)

__all__ = ["shared"]


@pytest.fixture
def session(workspace: Workspace) -> Iterator[Session]:
    with workspace.write("x") as opened:
        yield opened


def stage(session: Session, lead: str, name: str, day: dt.date | None) -> str:
    return keep(session, LeadStage, lead_id=lead, stage=name, reached_on=day)


def test_months_to_come_are_none_and_months_without_records_nothing(session: Session) -> None:
    keep(session, Approval, state="done", done_on=dt.date(YEAR, 2, 3))
    keep(session, Approval, state="done", done_on=dt.date(YEAR, 4, 30))
    until = dt.date(YEAR, 4, 29)
    assert by_month(session, YEAR, "approvals_done", until) == [0, 1, 0, 0] + [None] * 8
    assert by_month(session, YEAR, "approvals_done")[3:5] == [1, 0]
    assert by_month(session, YEAR + 1, "approvals_done", until) == [None] * 12
    assert by_month(session, YEAR, "cases_solved_percent") == [None] * 12, "a share of nothing"


def test_the_last_years_end_with_the_one_asked_for(session: Session) -> None:
    for year in (YEAR - 2, YEAR, YEAR, YEAR + 1):
        keep(session, Approval, state="done", done_on=dt.date(year, 5, 5))
    assert last_years(session, YEAR, "approvals_done", 3) == [
        (YEAR - 2, 1), (YEAR - 1, 0), (YEAR, 2)
    ]  # fmt: skip
    early = dt.date(YEAR, 5, 4)
    assert last_years(session, YEAR, "approvals_done", 1, early) == [(YEAR, 0)]


def test_a_project_is_of_the_year_of_its_first_signing_alone(session: Session) -> None:
    lead = project(session, "CN", DAY, dt.date(YEAR - 1, 12, 1), amount_minor=None)
    stage(session, lead, "started", dt.date(YEAR, 1, 10))
    stage(session, lead, "producing", dt.date(YEAR + 1, 1, 10))
    wanted = Cohort(YEAR - 1, 1, 1, 0, 40, None)
    assert cohorts(session, dt.date(YEAR, 12, 31)) == [wanted]
    assert cohorts(session, dt.date(YEAR + 1, 12, 31)) == [
        wanted._replace(producing=1, median_days_to_producing=365)
    ]
    assert cohorts(session, dt.date(YEAR - 1, 12, 31)) == [
        wanted._replace(started=0, median_days_to_start=None)
    ]


def test_a_step_before_the_one_it_follows_tells_no_time(session: Session) -> None:
    for start in (DAY - dt.timedelta(days=9), DAY + dt.timedelta(days=10), None):
        lead = project(session, "CN", DAY)
        stage(session, lead, "started", start)
    (found,) = cohorts(session, dt.date(YEAR, 12, 31))
    assert (found.signed, found.started, found.median_days_to_start) == (3, 3, 10)


def test_who_is_further_on_was_there_too(session: Session) -> None:
    project(session, "CN", DAY, stage="completed")
    project(session, "CN", DAY, stage="registered", started_on=DAY)
    (found,) = cohorts(session, dt.date(YEAR, 12, 31))
    assert (found.signed, found.started, found.producing) == (2, 1, 0)


def test_a_lead_reaches_a_stage_once_on_its_first_day(session: Session) -> None:
    lead = keep(session, Lead, stage="negotiating", first_reported_on=DAY)
    stage(session, lead, "lead", DAY)
    for day in (dt.date(YEAR - 1, 12, 31), DAY):
        stage(session, lead, "screened", day)
    stage(session, lead, "negotiating", dt.date(YEAR, 12, 31))
    gone = keep(session, Lead, stage="screened", deleted=True)
    stage(session, gone, "screened", DAY)
    assert dict(stage_funnel(session, YEAR)) | {"lead": 1, "negotiating": 1} == dict(
        stage_funnel(session, YEAR)
    )
    assert sum(count for _stage, count in stage_funnel(session, YEAR)) == 2
    assert dict(stage_funnel(session, YEAR - 1))["screened"] == 1
    assert dict(stage_funnel(session, YEAR, DAY))["negotiating"] == 0


def test_an_answer_on_the_next_day_is_quick(session: Session) -> None:
    for answered, screened in ((0, 3), (1, 4), (2, None), (None, 0)):
        lead = keep(
            session, Lead, first_reported_on=DAY,
            responded_on=None if answered is None else DAY + dt.timedelta(days=answered),
        )  # fmt: skip
        if screened is not None:
            stage(session, lead, "screened", DAY + dt.timedelta(days=screened))
    found = quick_response(session, YEAR)
    assert (found.answered, found.screened) == ((2, 4), (2, 4))
    assert found.answered.percent == 50
    assert quick_response(session, YEAR + 1).answered.percent is None


def test_a_follow_up_is_on_time_up_to_its_day(session: Session) -> None:
    day = dt.timedelta(days=1)
    for status, done in (("done", DAY), ("done", DAY + day), ("open", None), ("dropped", DAY)):
        keep(session, FollowUp, due_on=DAY, status=status, done_on=done)
    assert follow_ups_on_time(session, YEAR) == (1, 3)
    assert follow_ups_on_time(session, YEAR, DAY - day) == (0, 0)


def test_half_of_the_cases_took_the_median_or_less(session: Session) -> None:
    for days, category in ((4, "land"), (7, "land"), (20, "labour"), (None, "labour")):
        confirmed = DAY + dt.timedelta(days=days) if days else None
        keep(session, Case, raised_on=DAY, confirmed_on=confirmed, category=category,
             state="closed")  # fmt: skip
    found = {one.category: (one.solved, one.median_days) for one in case_days(session, YEAR)}
    assert found == {None: (3, 7), "land": (2, 6), "labour": (1, 20)}
    assert case_days(session, YEAR + 1) == [(None, 0, None)]


def test_a_target_is_set_altered_and_taken_away(session: Session) -> None:
    def target() -> int | None:
        return year_figures.year_figures(session, YEAR, metrics=("site_surveys",))[
            "site_surveys"
        ].target

    set_target(session, YEAR, "site_surveys", None)
    assert target() is None
    for value in (119, 0, None):
        set_target(session, YEAR, "site_surveys", value)
        assert target() == value
    # Two laptops each set one: the next to set it leaves a single one.
    for value in (5, 6):
        keep(session, Target, year=YEAR, metric="site_surveys", value=value)
    set_target(session, YEAR, "site_surveys", 7)
    assert target() == 7
    set_target(session, YEAR, "site_surveys", None)
    assert target() is None
    with pytest.raises(DeskError):
        set_target(session, YEAR, "site_surveys", -1)


@settings(max_examples=40)
@given(rng=st.randoms(use_true_random=False), count=st.integers(1, 6))
def test_all_trends_equal_a_slow_recount(shared: Workspace, rng: Random, count: int) -> None:
    with pytest.raises(UndoneError), shared.write("x") as session:
        invent(session, rng, count)
        plain = Parts(session, YEAR, rates.usd_rates(session))
        for until in (dt.date(YEAR - 1, 12, 31), DAY, dt.date(YEAR + 1, 12, 31)):
            assert [tuple(one) for one in cohorts(session, until)] == plain.cohorts(until)
        assert stage_funnel(session, YEAR) == plain.funnel()
        found = quick_response(session, YEAR)
        assert (found.answered.whole, found.answered.part, found.screened.part) == plain.response()
        assert follow_ups_on_time(session, YEAR) == plain.on_time()
        days = {one.category: (one.solved, one.median_days) for one in case_days(session, YEAR)}
        assert days == {None: (0, None)} | plain.case_days()
        for metric in EVERY:
            months = by_month(session, YEAR, metric)
            parts = plain.parts(metric, "month")
            if EVERY[metric].how == "count":
                assert months == [len(parts.get(f"{m:02}", [])) for m in range(1, 13)]
        lists(session)
        raise UndoneError


def lists(session: Session) -> None:
    """See that each number over time has as many records behind it."""
    until = dt.date(YEAR + 1, 12, 31)
    for one in cohorts(session, until):
        for step in ("signed", "started", "producing"):
            listed = cohort_rows(session, until, one.year, step)
            assert len({row.id for row in listed.rows}) == listed.total == getattr(one, step)
    for name, count in stage_funnel(session, YEAR):
        listed = stage_rows(session, YEAR, name)
        assert len({row.id for row in listed.rows}) == listed.total == count
    found = quick_response(session, YEAR)
    due = follow_ups_on_time(session, YEAR)
    for whole, (counted, others) in (
        (found.answered, response_rows(session, YEAR, "answered")),
        (found.screened, response_rows(session, YEAR, "screened")),
        (due, follow_up_rows(session, YEAR)),
    ):
        assert (counted.total, counted.total + others.total) == whole
        assert not {row.id for row in counted.rows} & {row.id for row in others.rows}
        assert all(row.because for row in others.rows)
