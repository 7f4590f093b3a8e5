"""Dispatch meetings' agendas, what their decisions alter, and the rows that lists are made of."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_app.db.models import Case, DispatchItem
from desktop_app.db.undo import undo
from desktop_app.db.workspace import Workspace
from desktop_app.domain.case_rules import LightLimits
from desktop_app.domain.errors import DeskError
from desktop_app.domain.words_after import Light
from desktop_app.services import case_rows, cases, companies, dispatch, leads

TODAY = dt.date(2026, 11, 20)
DAY = dt.timedelta(days=1)


class Team:
    """A workspace with a project, three open cases of it and two dispatch meetings."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        with workspace.write("seed") as session:
            company = companies.add_company(session, name="Eins AG", name_zh="艾因斯", country="CH")
            self.lead = leads.add_lead(session, company, title="液压阀项目")
            self.cases = [
                cases.add_case(
                    session,
                    self.lead,
                    title=f"问题{n}",
                    lead_department="建设局",
                    due_on=TODAY + n * DAY,
                )
                for n in range(3)
            ]
            self.first, self.second = (
                cases.add_dispatch_meeting(session, title=f"第{n}次", held_on=TODAY + n * 7 * DAY)
                for n in (1, 2)
            )

    def do(self, verb: Any, *args: Any, **fields: Any) -> Any:
        with self.workspace.write("do") as session:
            return verb(session, *args, **fields)

    def case(self, number: int) -> dict[str, Any]:
        with self.workspace.read() as session:
            found = session.get(Case, self.cases[number])
            assert found is not None
            return {c.name: getattr(found, c.name) for c in Case.__table__.columns}

    def agenda(self, meeting: str) -> list[str]:
        with self.workspace.read() as session:
            return [item.fields["case_id"] for item in case_rows.agenda_of(session, meeting, TODAY)]


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    workspace = Workspace.open(tmp_path / "ws")
    yield Team(workspace)
    workspace.close()


def test_a_decision_gives_the_case_its_department_and_deadline_in_one_step(team: Team) -> None:
    (item,) = team.do(cases.put_on_agenda, team.first, team.cases[:1])
    new = TODAY + 30 * DAY
    team.do(
        dispatch.record_decision,
        item,
        decision="由财政局牵头",
        lead_department="财政局",
        due_on=new,
    )
    assert (team.case(0)["lead_department"], team.case(0)["due_on"]) == ("财政局", new)
    assert undo(team.workspace) is not None
    assert (team.case(0)["lead_department"], team.case(0)["due_on"]) == ("建设局", TODAY)
    with team.workspace.read() as session:
        found = session.get(DispatchItem, item)
        assert found is not None and found.decision is None


def test_what_is_taken_out_of_a_decision_is_not_taken_from_the_case(team: Team) -> None:
    (item,) = team.do(cases.put_on_agenda, team.first, team.cases[:1])
    team.do(dispatch.record_decision, item, lead_department="财政局")
    team.do(dispatch.record_decision, item, lead_department=None)
    assert team.case(0)["lead_department"] == "财政局"


def test_the_decision_of_an_earlier_meeting_does_not_undo_that_of_a_later_one(team: Team) -> None:
    (early,) = team.do(cases.put_on_agenda, team.first, team.cases[:1])
    (late,) = team.do(cases.put_on_agenda, team.second, team.cases[:1])
    team.do(dispatch.record_decision, late, lead_department="财政局")
    team.do(dispatch.record_decision, early, lead_department="供电公司", due_on=TODAY + 9 * DAY)
    # The later meeting said nothing of a deadline.
    assert team.case(0)["lead_department"] == "财政局"
    assert team.case(0)["due_on"] == TODAY + 9 * DAY


def test_a_settled_case_keeps_its_own(team: Team) -> None:
    (item,) = team.do(cases.put_on_agenda, team.first, team.cases[:1])
    for state in ("assigned", "in_progress", "done"):
        team.do(cases.move_case, team.cases[0], state)
    team.do(dispatch.record_decision, item, lead_department="财政局")
    assert team.case(0)["lead_department"] == "建设局"


def test_the_order_of_an_agenda_can_be_altered_and_its_ends_hold(team: Team) -> None:
    items = team.do(cases.put_on_agenda, team.first, team.cases)
    team.do(dispatch.move_item, items[0], 1)
    a, b, c = team.cases
    assert team.agenda(team.first) == [b, a, c]
    team.do(dispatch.move_item, items[1], -1)
    team.do(dispatch.move_item, items[2], 1)
    assert team.agenda(team.first) == [b, a, c]
    team.do(dispatch.remove_item, items[0])
    assert team.agenda(team.first) == [b, c]


def test_a_case_taken_off_undecided_goes_back_to_work(team: Team) -> None:
    for state in ("assigned", "in_progress"):
        team.do(cases.move_case, team.cases[0], state)
    (item,) = team.do(cases.put_on_agenda, team.first, team.cases[:1])
    assert team.case(0)["state"] == "dispatch"
    team.do(dispatch.remove_item, item)
    assert team.case(0)["state"] == "in_progress"


@pytest.mark.parametrize("why", ["decided", "elsewhere"])
def test_a_case_that_was_dealt_with_stays_at_dispatch(team: Team, why: str) -> None:
    for state in ("assigned", "in_progress"):
        team.do(cases.move_case, team.cases[0], state)
    (item,) = team.do(cases.put_on_agenda, team.first, team.cases[:1])
    if why == "decided":
        team.do(dispatch.record_decision, item, decision="同意")
    else:
        team.do(cases.put_on_agenda, team.second, team.cases[:1])
    team.do(dispatch.remove_item, item)
    assert team.case(0)["state"] == "dispatch"


def test_a_deleted_meeting_leaves_its_cases(team: Team) -> None:
    team.do(cases.put_on_agenda, team.first, team.cases)
    team.do(dispatch.delete_dispatch_meeting, team.first)
    with team.workspace.read() as session:
        assert [r.id for r in case_rows.dispatch_rows(session)] == [team.second]
        assert {r.id for r in case_rows.case_rows(session)} == set(team.cases)
    assert undo(team.workspace) is not None
    assert team.agenda(team.first) == team.cases


def test_a_deleted_case_leaves_the_agendas_still_to_come(team: Team) -> None:
    team.do(cases.put_on_agenda, team.first, team.cases[:2])
    team.do(dispatch.update_dispatch_meeting, team.first, status="planned")
    team.do(cases.delete_case, team.cases[0])
    assert team.agenda(team.first) == team.cases[1:2]


def test_of_several_cases_those_are_moved_that_may(team: Team) -> None:
    team.do(cases.move_case, team.cases[0], "assigned")
    assert team.do(cases.move_cases, team.cases, "in_progress") == 1
    assert [team.case(n)["state"] for n in range(3)] == ["in_progress", "collected", "collected"]


def test_rows_say_light_project_and_whether_solved(team: Team) -> None:
    team.do(cases.update_case, team.cases[1], due_on=dt.date(2026, 8, 1))
    with team.workspace.read() as session:
        first = case_rows.case_rows(session, TODAY)[0]
        meetings = case_rows.dispatch_rows(session)
    assert first.id == team.cases[1]
    assert (first.lead, first.company) == ("液压阀项目", "Eins AG")
    assert (first.light.light, first.light.months_missed) == (Light.RED, 3)
    assert (first.late, first.open, first.solved) == (True, True, False)
    assert [(r.id, r.cases) for r in meetings] == [(team.second, 0), (team.first, 0)]


def test_any_id_finds_its_list(team: Team) -> None:
    (item,) = team.do(cases.put_on_agenda, team.first, team.cases[:1])
    with team.workspace.read() as session:
        assert case_rows.place_of(session, team.cases[0]) == ("cases", team.cases[0])
        assert case_rows.place_of(session, team.first) == ("dispatch-meetings", team.first)
        assert case_rows.place_of(session, item) == ("dispatch-meetings", team.first)


def test_lights_are_the_teams_own_and_red_never_before_yellow(team: Team) -> None:
    own = LightLimits(yellow_months=2, red_months=4)
    team.do(cases.set_light_limits, own)
    with team.workspace.read() as session:
        assert cases.light_limits(session) == own
    for wrong in (LightLimits(yellow_months=4), LightLimits(yellow_points=0)):
        with pytest.raises(DeskError) as caught:
            team.do(cases.set_light_limits, wrong)
        assert caught.value.key == "bad_lights"
    team.do(cases.set_light_limits, LightLimits())
    with team.workspace.read() as session:
        assert cases.light_limits(session) == LightLimits()
