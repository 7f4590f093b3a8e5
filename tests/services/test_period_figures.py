"""Figures of a week or month: hand-counted stories, and a recount of a whole invented team."""

import datetime as dt
from collections import defaultdict

import pytest

from desktop_app.db.models import FollowUp, Lead, LeadStage, Meeting
from desktop_app.db.workspace import Workspace
from desktop_app.domain.formats import zone_of
from desktop_app.domain.words import STAGES
from desktop_app.services import companies, figures, follow_ups, leads, members, trips
from desktop_app.services.demo import make_demo
from desktop_app.services.period_counts import Period
from desktop_app.services.period_figures import (
    PeriodFigures,
    month_of,
    period_after,
    period_before,
    period_report,
    week_of,
)
from tests.services.conftest import TODAY

# A week long past, so that what a test writes down today lies outside it.
MONDAY = dt.date(2026, 3, 2)
WEEK = week_of(MONDAY)
SUNDAY = WEEK.last


def day(number: int) -> dt.date:
    return MONDAY + dt.timedelta(days=number)


def report(workspace: Workspace, period: Period = WEEK, today: dt.date = SUNDAY) -> PeriodFigures:
    with workspace.read() as session:
        return period_report(session, period.first, period.last, today)


def counts(found: PeriodFigures, *names: str) -> list[tuple[int, int]]:
    return [(found.counts[name].now, found.counts[name].before) for name in names]


def add_lead(workspace: Workspace, name: str, reached: dict[str, dt.date | None]) -> str:
    """Add a lead with the stages it reached, on days of its own."""
    with workspace.write("lead") as session:
        company = companies.add_company(session, name=name, country="CH")
        first = reached.get("lead", day(-60))
        lead = leads.add_lead(
            session, company, title=name, first_reported_on=first, stage=list(reached)[-1]
        )
        for row in session.query(LeadStage).where(LeadStage.lead_id == lead):
            row.deleted = True
        for stage, on in reached.items():
            session.add(LeadStage(lead_id=lead, stage=stage, reached_on=on))
    return lead


def test_weeks_run_from_monday_to_sunday_and_months_by_the_calendar() -> None:
    assert week_of(dt.date(2026, 11, 22)) == (dt.date(2026, 11, 16), dt.date(2026, 11, 22))
    assert period_before(WEEK) == (day(-7), day(-1))
    assert period_after(WEEK) == (day(7), day(13))
    march = month_of(dt.date(2026, 3, 15))
    assert period_before(march) == (dt.date(2026, 2, 1), dt.date(2026, 2, 28))
    assert period_after(month_of(dt.date(2026, 12, 5))) == (
        dt.date(2027, 1, 1),
        dt.date(2027, 1, 31),
    )


def test_leads_found_count_by_the_day_of_their_first_report(workspace: Workspace) -> None:
    for name, on in (("A", day(0)), ("B", day(6)), ("C", day(-1)), ("D", day(7))):
        add_lead(workspace, name, {"lead": on})
    gone = add_lead(workspace, "E", {"lead": day(3)})
    with workspace.write("x") as session:
        leads.delete_lead(session, gone)
    found = report(workspace)
    assert counts(found, "leads_found", "leads_advanced") == [(2, 1), (0, 0)]
    assert [lead.company for lead in found.new_leads] == ["A", "B"]
    assert found.counts["leads_found"].change == 1


def test_a_lead_advances_by_the_furthest_stage_it_had_not_reached_before(
    workspace: Workspace,
) -> None:
    add_lead(workspace, "two", {"lead": day(-9), "screened": day(1), "negotiating": day(4)})
    add_lead(workspace, "before", {"lead": day(-9), "screened": day(-2)})
    # It went back and came again: that is no advance, nor is a second row of one stage.
    add_lead(workspace, "again", {"lead": day(-99), "negotiating": day(-50), "screened": day(2)})
    add_lead(workspace, "import", {"lead": day(-99), "signed": None, "negotiating": day(3)})
    twice = add_lead(workspace, "twice", {"lead": day(-9), "screened": day(0)})
    gone = add_lead(workspace, "gone", {"lead": day(-9), "screened": day(0)})
    with workspace.write("x") as session:
        session.add(LeadStage(lead_id=twice, stage="screened", reached_on=day(5)))
        session.add(LeadStage(lead_id=twice, stage="signed", reached_on=day(5), deleted=True))
        leads.delete_lead(session, gone)
    found = report(workspace)
    assert [(lead.company, lead.before, lead.after, lead.day) for lead in found.advanced] == [
        ("two", "lead", "negotiating", day(4)),
        ("twice", "lead", "screened", day(0)),
    ]
    assert counts(found, "leads_advanced", "leads_screened") == [(2, 1), (3, 1)]


def test_imported_leads_with_stages_of_the_past_are_nobodys_work_of_this_week(
    workspace: Workspace,
) -> None:
    with workspace.write("import") as session:
        company = companies.add_company(session, name="Alt AG", country="DE")
        leads.add_lead(
            session, company, first_reported_on=TODAY - dt.timedelta(days=400), stage="signed",
            signed_on=TODAY - dt.timedelta(days=200), status="lost",
        )  # fmt: skip
    week = week_of(TODAY)
    found = report(workspace, week, TODAY)
    names = ("leads_found", "leads_advanced", "leads_screened", "leads_signed", "leads_lost")
    assert counts(found, *names) == [(0, 0)] * 5


def test_a_lead_is_lost_on_the_day_it_was_marked_so(workspace: Workspace) -> None:
    with workspace.write("x") as session:
        company = companies.add_company(session, name="Weg AG", country="DE")
        lost = leads.add_lead(session, company)
        back = leads.add_lead(session, company)
    with workspace.write("lost") as session:
        leads.set_status(session, lost, "lost", "price")
        leads.set_status(session, back, "lost", "price")
    with workspace.write("back") as session:
        leads.set_status(session, back, "active")
    found = report(workspace, week_of(TODAY), TODAY)
    assert counts(found, "leads_lost") == [(1, 0)]
    assert counts(report(workspace), "leads_lost") == [(0, 0)]


def test_meetings_count_on_their_day_at_the_venue(workspace: Workspace) -> None:
    late = dt.datetime.combine(SUNDAY, dt.time(22, 30), zone_of("Europe/Zurich"))
    early = dt.datetime.combine(MONDAY, dt.time(1), zone_of("Asia/Shanghai"))
    with workspace.write("x") as session:
        for starts, zone, status, kind in (
            (late, "Europe/Zurich", "held", "visit"),
            (early, "Asia/Shanghai", "held", "visit"),
            (early + dt.timedelta(days=1), "Asia/Shanghai", "held", "call"),
            (early - dt.timedelta(days=1), "Asia/Shanghai", "held", "call"),
            (early, "Asia/Shanghai", "cancelled", "visit"),
            (late + dt.timedelta(days=3), "Europe/Zurich", "planned", "visit"),
        ):
            trips.plan_meeting(session, None, None, starts, zone=zone, status=status, kind=kind)
        gone = trips.plan_meeting(session, None, None, early, status="held")
        session.get_one(Meeting, gone).deleted = True
    found = report(workspace)
    assert counts(found, "meetings_held") == [(3, 1)]
    assert [(kind, count.now, count.before) for kind, count in found.meetings_by_kind] == [
        ("visit", 2, 0),
        ("call", 1, 1),
    ]
    weeks = {week.monday: (week.held, week.planned) for week in found.weeks}
    assert weeks[MONDAY] == (3, 0)
    assert weeks[day(-7)] == (1, 0)
    assert weeks[day(7)] == (0, 1)
    assert len(found.weeks) == 13
    assert len(found.planned_meetings) == found.totals["planned_meetings"] == 1


def test_follow_ups_are_due_done_on_time_late_and_coming(workspace: Workspace) -> None:
    lead = add_lead(workspace, "Firma", {"lead": day(-60)})
    plans = [
        # due, done, status, side
        ("on time", day(2), day(2), "done", None),
        ("early", day(3), day(-4), "done", "ours"),
        ("late", day(1), day(5), "done", "theirs"),
        ("overdue", day(0), None, "open", "ours"),
        ("dropped", day(1), None, "dropped", None),
        ("waiting", day(1), None, "waiting", "theirs"),
        ("of old", day(-30), day(4), "done", None),
        ("coming", day(8), None, "open", None),
        ("far", day(40), None, "open", None),
    ]
    with workspace.write("x") as session:
        for title, due, done, status, side in plans:
            follow_ups.add_follow_up(
                session, title=title, due_on=due, done_on=done, status=status, side=side,
                lead_id=lead,
            )  # fmt: skip
        put_off = follow_ups.add_follow_up(session, title="put off", due_on=day(0), side="ours")
        follow_ups.snooze(session, put_off, day(20))
        gone = follow_ups.add_follow_up(session, title="gone", due_on=day(0))
        follow_ups.delete_follow_up(session, gone)
    found = report(workspace)
    names = ("follow_ups_due", "follow_ups_on_time", "follow_ups_done")
    assert counts(found, *names) == [(6, 0), (2, 0), (3, 1)]
    assert counts(found, "promises_kept_ours", "promises_kept_theirs") == [(0, 1), (1, 0)]
    assert [row.title for row in found.done] == ["on time", "of old", "late"]
    assert [row.title for row in found.late] == ["overdue"]
    assert found.overdue == 1
    assert [row.title for row in found.planned_follow_ups] == ["coming"]
    early = report(workspace, today=day(1))
    assert counts(early, "follow_ups_due") == [(4, 0)]


def test_promises_are_made_at_their_meeting_or_when_written_down(workspace: Workspace) -> None:
    lead = add_lead(workspace, "Firma", {"lead": day(-60)})
    noon = dt.datetime.combine(day(3), dt.time(12), dt.UTC)
    with workspace.write("x") as session:
        meeting = trips.plan_meeting(session, None, None, noon, status="held")
        more = {"lead_id": lead, "due_on": TODAY + dt.timedelta(days=9)}
        follow_ups.add_follow_up(session, title="a", side="ours", meeting_id=meeting, **more)
        follow_ups.add_follow_up(session, title="b", side="theirs", **more)
        follow_ups.add_follow_up(session, title="task", **more)
    with workspace.write("import") as session:
        company = companies.add_company(session, name="Neu AG", country="IT")
        old = leads.add_lead(session, company)
        follow_ups.add_follow_up(session, title="c", side="ours", lead_id=old)
    assert counts(report(workspace), "promises_made") == [(1, 0)]
    assert counts(report(workspace, week_of(TODAY), TODAY), "promises_made") == [(1, 0)]


def test_trips_begin_end_and_are_under_way_with_their_figures(workspace: Workspace) -> None:
    with workspace.write("x") as session:
        long = trips.add_trip(session, title="long", starts_on=day(-3), ends_on=day(2))
        trips.add_trip(session, title="next", starts_on=day(6), ends_on=day(12))
        trips.add_trip(session, title="off", starts_on=day(1), ends_on=day(2), status="cancelled")
        trips.add_stop(session, long, city="Zürich", country="CH", position=1)
        company = companies.add_company(session, name="Neu AG", country="CH")
        lead = leads.add_lead(session, company, first_reported_on=day(0))
        noon = dt.datetime.combine(day(0), dt.time(12), dt.UTC)
        trips.plan_meeting(session, long, company, noon, status="held", lead_id=lead)
        trips.plan_meeting(session, long, None, noon)
        session.add(LeadStage(lead_id=lead, stage="screened", reached_on=day(1)))
    found = report(workspace)
    names = ("trips_begun", "trips_ended", "trips_under_way")
    assert counts(found, *names) == [(1, 1), (1, 0), (2, 1)]
    # On its first day, the trip that ends on Wednesday has not ended.
    assert counts(report(workspace, today=day(0)), *names) == [(0, 1), (0, 0), (1, 1)]
    trip = found.trips[0]
    assert (trip.title, trip.countries, trip.held, trip.meetings) == ("long", ("CH",), 1, 2)
    assert (trip.found, trip.advanced) == (1, 1)
    assert [trip.title for trip in found.planned_trips] == ["next"]


def test_an_empty_workspace_has_figures_of_nothing(workspace: Workspace) -> None:
    found = report(workspace)
    assert all((count.now, count.before) == (0, 0) for count in found.counts.values())
    assert [step.reached for step in found.funnel] == [0] * len(STAGES)
    assert (found.overdue, found.stale, found.leads, found.chains) == (0, 0, 0, [])


@pytest.mark.parametrize("unit", [week_of, month_of])
def test_a_recount_of_all_records_in_plain_python_agrees(
    workspace: Workspace, unit: object
) -> None:
    """Recount an invented team's records one by one."""
    assert callable(unit)
    with workspace.write("demo") as session:
        make_demo(session, 250, 7, TODAY)
        for at, lead in enumerate(session.query(Lead).order_by(Lead.id)):
            lead.deleted = True if at % 11 == 0 else None
    period: Period = unit(TODAY - dt.timedelta(days=7))
    found = report(workspace, period, TODAY)
    with workspace.read() as session:
        living = {lead.id: lead for lead in session.query(Lead) if not lead.deleted}
        stages = [row for row in session.query(LeadStage) if row.lead_id in living]
        meetings = [row for row in session.query(Meeting) if row.status == "held"]
        tasks = [
            row for row in session.query(FollowUp) if row.lead_id is None or row.lead_id in living
        ]
        stale = len(figures.stale_ids(session, TODAY))
    for span, at in ((period, 0), (period_before(period), 1)):
        moves: dict[str, list[tuple[int, dt.date]]] = defaultdict(list)
        for row in stages:
            assert row.reached_on is not None
            rank = [stage.value for stage in STAGES].index(row.stage or "")
            moves[row.lead_id or ""].append((rank, row.reached_on))
        advanced = 0
        for reached in moves.values():
            now = [rank for rank, on in reached if span.holds(on)]
            before = [rank for rank, on in reached if on < span.first]
            advanced += bool(now) and max(now) > max(before, default=0)
        days = [
            row.starts_at.astimezone(zone_of(row.zone)).date() for row in meetings if row.starts_at
        ]
        due = [row for row in tasks if span.holds(row.due_on) and row.status != "dropped"]
        due = [row for row in due if row.due_on is not None and row.due_on <= TODAY]
        expected = {
            "leads_found": sum(span.holds(lead.first_reported_on) for lead in living.values()),
            "leads_advanced": advanced,
            "meetings_held": sum(span.holds(on) for on in days),
            "follow_ups_due": len(due),
            "follow_ups_on_time": sum(
                row.done_on is not None and row.due_on is not None and row.done_on <= row.due_on
                for row in due
            ),
            "follow_ups_done": sum(
                span.holds(row.done_on) for row in tasks if row.status == "done"
            ),
        }
        for name, value in expected.items():
            count = found.counts[name]
            assert (name, (count.now, count.before)[at]) == (name, value)
    assert found.leads == len(living)
    assert found.stale == stale > 0


def test_the_years_figures_end_with_the_period(workspace: Workspace) -> None:
    add_lead(workspace, "A", {"lead": day(1)})
    add_lead(workspace, "B", {"lead": day(20)})
    found = {figure.metric: figure.value for figure in report(workspace).year}
    assert found["leads_found"] == 1


def test_owners_stand_by_id_with_both_names(workspace: Workspace) -> None:
    lead = add_lead(workspace, "A", {"lead": day(1)})
    with workspace.write("x") as session:
        member = members.add_member(session, name="王敏", name_en="Wang Min")
        session.get_one(Lead, lead).owner_id = member
    found = report(workspace)
    assert found.names[found.new_leads[0].owner_id or ""] == ("王敏", "Wang Min")
