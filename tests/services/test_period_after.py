"""What a period says of the work after signing: stories counted by hand, and a plain recount."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

import pytest
from sqlalchemy import select

from desktop_app.db.models import (
    Approval,
    ApprovalService,
    CapitalReceipt,
    Case,
    DispatchItem,
    DispatchMeeting,
    Facility,
    Lead,
)
from desktop_app.db.workspace import Workspace
from desktop_app.domain.case_rules import LightLimits, light_of
from desktop_app.domain.words_after import ApprovalState, Light
from desktop_app.services import approvals, cases, leads
from desktop_app.services.demo_year import make_year
from desktop_app.services.period_after import PeriodAfter, period_after_signing
from desktop_app.services.period_counts import Period
from desktop_app.services.period_figures import month_of, period_after, period_before, week_of
from desktop_app.services.rates import converted, usd_rates
from tests.services.conftest import Team

MONDAY = dt.date(2026, 3, 2)
WEEK = week_of(MONDAY)
_OF_LIGHT = ("state", "due_on", "assigned_on", "raised_on", "progress_percent", "planned_percent")
Kind = TypeVar("Kind", Case, Approval, ApprovalService, Facility, CapitalReceipt)


def day(number: int) -> dt.date:
    return MONDAY + dt.timedelta(days=number)


def report(
    workspace: Workspace, period: Period = WEEK, today: dt.date | None = None
) -> PeriodAfter:
    around = (period_before(period), period_after(period))
    with workspace.read() as session:
        return period_after_signing(session, period, *around, today or period.last)


def test_cases_count_as_raised_and_as_solved_each_on_its_own_day(team: Team) -> None:
    with team.workspace.write("x") as session:
        for raised, confirmed, state in (
            (0, None, "collected"),
            (6, None, "done"),
            (-7, 0, "confirmed"),
            (-60, 6, "closed"),
            (1, 2, "in_progress"),  # the enterprise was not content after all
            (7, 8, "confirmed"),
            (-1, -1, "confirmed"),
        ):
            cases.add_case(
                session, team.lead, state=state, raised_on=day(raised),
                confirmed_on=None if confirmed is None else day(confirmed),
            )  # fmt: skip
        gone = leads.add_lead(session, team.company)
        cases.add_case(session, gone, raised_on=day(0), confirmed_on=day(1), state="confirmed")
        leads.delete_lead(session, gone)
    counts = report(team.workspace).counts
    # The year so far: from January to the end of the week.
    assert counts["cases_raised"] == (3, 2, 6)
    assert counts["cases_solved"] == (2, 1, 3)


def test_open_cases_stand_by_their_light_and_the_red_ones_are_named(team: Team) -> None:
    with team.workspace.write("x") as session:

        def add(title: str, due: int | None, state: str = "in_progress") -> None:
            cases.add_case(
                session, team.lead, title=title, state=state, raised_on=day(-150),
                due_on=None if due is None else day(due),
                # Of a case without reported progress only the deadline tells.
                progress_percent=None,
            )  # fmt: skip

        add("late by a quarter", -100)
        add("late by a year", -365)
        add("late by a month", -40)
        add("in time", 30)
        add("without a day", None)
        add("done", -100, "done")
        add("back", -100, "returned")
    found = report(team.workspace)
    assert found.lights == {Light.RED: 2, Light.YELLOW: 1, Light.GREEN: 2}
    assert [one.title for one in found.red] == ["late by a year", "late by a quarter"]
    assert (found.red[0].months_missed, found.red[0].company_zh) == (12, "米尔液压")
    with team.workspace.write("x") as session:
        cases.set_light_limits(session, LightLimits(red_months=1))
    assert report(team.workspace).lights[Light.RED] == 3


def test_approvals_are_late_by_their_term_and_come_by_term_or_plan(team: Team) -> None:
    with team.workspace.write("x") as session:

        def add(
            title: str, due: int | None, planned: int | None, applied: bool, state: str
        ) -> None:
            key = approvals.add_approval(session, team.lead, title=title, state=state)
            record = session.get_one(Approval, key)
            record.due_on = None if due is None else day(due)
            record.planned_on = None if planned is None else day(planned)
            record.applied_on = day(-50) if applied else None

        add("late", 5, None, True, "applied")
        add("today", 6, None, True, "applied")
        add("next", 9, 7, True, "applied")
        add("planned", None, 13, False, "to_do")
        add("planned before", None, -5, False, "to_do")
        add("far", 14, None, True, "applied")
        add("done", 1, None, True, "done")
        add("refused", 1, None, True, "refused")
        # Once it is applied for, the plan of applying is past.
        add("waits without a term", None, 8, True, "applied")
    found = report(team.workspace)
    assert [one.title for one in found.late] == ["late"]
    assert [(one.title, one.day) for one in found.coming] == [
        ("today", day(6)),
        ("next", day(9)),
        ("planned", day(13)),
    ]
    assert (found.late_count, found.coming_count) == (1, 3)


def test_dispatch_meetings_held_are_named_with_their_cases(team: Team) -> None:
    with team.workspace.write("x") as session:
        for title, on, status in (("a", 0, "held"), ("b", 6, "held"), ("c", 1, "planned"),
                                  ("d", 7, "held"), ("e", -1, "held")):  # fmt: skip
            meeting = DispatchMeeting(title=title, held_on=day(on), status=status)
            session.add(meeting)
            session.flush()
            if title == "b":
                kept, gone = (cases.add_case(session, team.lead) for _ in range(2))
                for case in (kept, kept, gone):
                    session.add(DispatchItem(dispatch_meeting_id=meeting.id, case_id=case))
                session.get_one(Case, gone).deleted = True
    found = report(team.workspace)
    assert [(one.title, one.cases) for one in found.dispatches] == [("a", 0), ("b", 1)]
    assert found.counts["dispatch_meetings"] == (2, 1, 3)


def test_the_week_of_new_year_counts_its_days_of_both_years(team: Team) -> None:
    week = week_of(dt.date(2027, 1, 1))
    with team.workspace.write("x") as session:
        for on in (week.first, week.last, dt.date(2026, 12, 27)):
            approvals.add_receipt(
                session, lead_id=team.lead, received_on=on, amount_minor=100_00, currency="USD"
            )
    # Of the year so far only the days of the new one.
    assert report(team.workspace, week).counts["foreign_capital_received"] == (200, 100, 100)


@pytest.mark.parametrize("unit", [week_of, month_of])
def test_a_recount_of_all_records_in_plain_python_agrees(
    workspace: Workspace, unit: Callable[[dt.date], Period]
) -> None:
    with workspace.write("a year") as session:
        make_year(session, 2022)
        leads.delete_lead(session, session.scalars(select(Lead.id).order_by(Lead.id)).all()[5])
        every = session.scalars(select(Approval).order_by(Approval.id)).all()
        for at, one in enumerate(every):
            # Some are still under way, with terms before and after the day of the report.
            if at % 9 == 0 and one.done_on is not None:
                one.due_on, one.done_on, one.state = one.done_on, None, "applied"
        for at, case in enumerate(session.scalars(select(Case).order_by(Case.id))):
            if at % 4 == 0:
                case.state, case.confirmed_on, case.progress_percent = "in_progress", None, at % 90
    period = unit(dt.date(2022, 9, 14))
    found = report(workspace, period)
    spans = (period, period_before(period), Period(dt.date(2022, 1, 1), period.last))
    with workspace.read() as session:
        gone = set(session.scalars(select(Lead.id).where(Lead.deleted.is_(True))))
        rates = usd_rates(session)

        def living(model: type[Kind]) -> list[Kind]:
            return [row for row in session.scalars(select(model)) if row.lead_id not in gone]

        for at, span in enumerate(spans):
            expected: Counter[str] = Counter()
            money: dict[str, Counter[str]] = {}
            for case in living(Case):
                expected["cases_raised"] += span.holds(case.raised_on)
                solved = case.state in ("confirmed", "closed")
                expected["cases_solved"] += solved and span.holds(case.confirmed_on)
            for one in living(Approval):
                if one.state == ApprovalState.DONE and span.holds(one.done_on):
                    expected["approvals_done"] += 1
                    expected["accepted_buildings"] += one.buildings or 0
                    if one.kind == "construction_permit":
                        expected["construction_permits"] += 1
                        expected["permitted_area_m2"] += one.area_m2 or 0
            for service in living(ApprovalService):
                if service.kind == "site_survey":
                    expected["site_surveys"] += span.holds(service.served_on)
            for facility in living(Facility):
                if facility.product == "credit" and span.holds(facility.granted_on):
                    sums = money.setdefault("credit_granted", Counter())
                    sums[facility.currency or ""] += facility.granted_minor or 0
            for receipt in living(CapitalReceipt):
                if span.holds(receipt.received_on):
                    sums = money.setdefault("foreign_capital_received", Counter())
                    sums[receipt.currency or ""] += receipt.amount_minor or 0
            for name, sums in money.items():
                unit_of = "USD" if name == "foreign_capital_received" else "CNY"
                expected[name] = converted(sums, unit_of, rates)
            for name, value in expected.items():
                assert (name, found.counts[name][at]) == (name, value)
        waiting = [a for a in living(Approval) if a.state == "applied"]
        late = {a.id for a in waiting if a.due_on is not None and a.due_on < period.last}
        lights = Counter(
            light_of({name: getattr(case, name) for name in _OF_LIGHT},
                     period.last).light
            for case in living(Case)
            if case.state == "in_progress"
        )  # fmt: skip
    assert found.late_count == len(late) > 0
    assert {one.id for one in found.late} <= late
    assert found.lights == lights
    assert len(found.red) == lights[Light.RED]


def test_an_empty_workspace_has_nothing_to_say(workspace: Workspace) -> None:
    found = report(workspace)
    assert all(count == (0, 0, 0) for count in found.counts.values())
    assert not found.any(*found.counts)
    assert (found.red, found.dispatches, found.late, found.coming) == ([], [], [], [])
