"""Follow-ups: groups by day, completing with a next step, putting off, promises."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.services import follow_ups, lead_rows, leads
from desktop_app.services.counts import navigation_counts
from tests.services.conftest import TODAY, Team

MONDAY = dt.date(2026, 11, 16)
days = st.dates(dt.date(2026, 10, 1), dt.date(2027, 1, 31))


@pytest.mark.parametrize(
    ("status", "due", "group"),
    [
        ("open", MONDAY - dt.timedelta(1), "overdue"),
        ("open", MONDAY, "today"),
        ("open", MONDAY + dt.timedelta(6), "this_week"),
        ("open", MONDAY + dt.timedelta(7), "later"),
        ("open", None, "later"),
        ("waiting", MONDAY - dt.timedelta(9), "waiting"),
        ("done", MONDAY, "done"),
        ("dropped", MONDAY, "done"),
    ],
)
def test_each_follow_up_stands_in_one_group(status: str, due: dt.date | None, group: str) -> None:
    assert follow_ups.group_of(status, due, None, MONDAY) == group


@given(due=days, snoozed=days, today=days)
def test_a_snoozed_one_is_never_overdue_before_its_day(
    due: dt.date, snoozed: dt.date, today: dt.date
) -> None:
    group = follow_ups.group_of("open", due, snoozed, today)
    assert (group == "overdue") == (max(due, snoozed) < today)


def test_the_navigation_counts_what_the_view_groups(team: Team) -> None:
    with team.workspace.write("x") as session:
        for due, snoozed in ((-2, None), (-1, 0), (0, None), (-3, 4), (5, None)):
            until = None if snoozed is None else TODAY + dt.timedelta(snoozed)
            follow_ups.add_follow_up(
                session, title="回电", due_on=TODAY + dt.timedelta(due), snoozed_until=until
            )
        counts = navigation_counts(session, TODAY)
        groups = [r.group for r in follow_ups.follow_up_rows(session, TODAY)]
    assert (groups.count("overdue"), groups.count("today")) == (1, 2)
    assert (counts.overdue, counts.due) == (1, 3)


def test_completing_with_a_next_step_moves_the_lead_on(team: Team) -> None:
    due, following = TODAY, TODAY + dt.timedelta(7)
    with team.workspace.write("x") as session:
        first = follow_ups.add_follow_up(
            session, title="送方案", lead_id=team.lead, due_on=due, owner_id=team.member
        )
        second = follow_ups.complete(session, first, "已送达", "约来访时间", following)
        rows = {r.id: r for r in follow_ups.follow_up_rows(session, TODAY)}
        lead = lead_rows.lead_rows(session, [team.lead], TODAY)[0]
    assert second is not None
    assert (rows[first].status, rows[first].outcome) == ("done", "已送达")
    assert (rows[second].title, rows[second].owner) == ("约来访时间", "王敏")
    assert (lead.next_on, lead.last_contact_on) == (following, TODAY)


def test_completing_the_last_one_leaves_no_next_date(team: Team) -> None:
    with team.workspace.write("x") as session:
        only = follow_ups.add_follow_up(session, title="回电", lead_id=team.lead, due_on=TODAY)
        assert follow_ups.complete(session, only) is None
        assert lead_rows.lead_rows(session, [team.lead])[0].next_on is None
        follow_ups.reopen(session, only)
        assert lead_rows.lead_rows(session, [team.lead])[0].next_on == TODAY


def test_snoozing_moves_a_task_but_a_promise_keeps_its_day(team: Team) -> None:
    later = TODAY + dt.timedelta(10)
    with team.workspace.write("x") as session:
        task = follow_ups.add_follow_up(session, title="a", lead_id=team.lead, due_on=TODAY)
        promise = follow_ups.add_follow_up(
            session, title="b", lead_id=team.lead, due_on=TODAY, side="ours"
        )
        for one in (task, promise):
            follow_ups.snooze(session, one, later)
        rows = {r.id: r for r in follow_ups.follow_up_rows(session, TODAY)}
    assert (rows[task].due_on, rows[promise].due_on) == (later, TODAY)
    assert rows[promise].group == follow_ups.group_of("open", later, None, TODAY)


def test_moving_a_follow_up_to_another_lead_sets_both_next_dates(team: Team) -> None:
    with team.workspace.write("x") as session:
        other = leads.add_lead(session, team.company, title="Two")
        one = follow_ups.add_follow_up(session, title="a", lead_id=team.lead, due_on=TODAY)
        follow_ups.update_follow_up(session, one, lead_id=other)
        found = {r.id: r.next_on for r in lead_rows.lead_rows(session)}
    assert found == {team.lead: None, other: TODAY}


def test_open_promises_with_a_company_are_found_through_its_leads(team: Team) -> None:
    with team.workspace.write("x") as session:
        ours = follow_ups.add_follow_up(session, title="a", lead_id=team.lead, side="ours")
        theirs = follow_ups.add_follow_up(
            session, title="b", company_id=team.company, side="theirs"
        )
        follow_ups.add_follow_up(session, title="no promise", lead_id=team.lead)
        kept = follow_ups.add_follow_up(session, title="c", lead_id=team.lead, side="ours")
        follow_ups.complete(session, kept)
        found = {r.id for r in follow_ups.promises_with(session, team.company)}
    assert found == {ours, theirs}
