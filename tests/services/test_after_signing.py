"""Cases, approvals and financing as people enter them: the flow, the terms, and what follows."""

import datetime as dt

import pytest

from desktop_app.db.models import Approval, Case, DispatchItem, Facility, Squad
from desktop_app.domain.approval_rules import TEMPLATES
from desktop_app.domain.errors import DeskError
from desktop_app.services import approvals, cases, record_texts, records, team_settings
from desktop_app.services.search import search_records
from desktop_app.services.titles import record_title
from tests.services.conftest import TODAY, Team
from tests.services.test_records import add, change, show


def test_a_case_goes_through_its_flow_and_keeps_its_days(team: Team) -> None:
    case = add(team, "cases", lead=team.lead, title="供电增容", category="水电气路")
    found = show(team, "cases", case)
    assert (found["state"], found["category"]) == ("collected", "utilities")
    assert found["raised_on"] == TODAY.isoformat()
    with pytest.raises(DeskError, match="case_flow") as refused:
        change(team, "cases", case, state="销号")
    assert "交办" in str(refused.value.values["choices"])
    for state in ("assigned", "in_progress", "done"):
        change(team, "cases", case, state=state)
    found = show(team, "cases", case)
    assert (found["assigned_on"], found["done_on"]) == (TODAY.isoformat(),) * 2
    assert found["progress_percent"] == 100
    day = (TODAY + dt.timedelta(days=3)).isoformat()
    change(team, "cases", case, state="企业确认", confirmed_on=day, confirmed_by="Keller")
    assert show(team, "cases", case)["confirmed_on"] == day
    # The enterprise is not content after all.
    change(team, "cases", case, state="in_progress")
    found = show(team, "cases", case)
    assert (found["done_on"], found["confirmed_on"]) == (None, None)
    assert found["assigned_on"] == TODAY.isoformat()


def test_a_category_removed_while_in_use_is_kept_by_its_cases(team: Team) -> None:
    case = add(team, "cases", lead=team.lead, title="古墓", category="archaeology")
    with team.workspace.write("settings") as session:
        cases.set_categories(session, ["land", "外籍专家", " ", "land"])
        assert cases.categories(session) == ["land", "外籍专家"]
    with pytest.raises(DeskError, match="unknown_code"):
        add(team, "cases", lead=team.lead, category="archaeology")
    assert show(team, "cases", add(team, "cases", lead=team.lead, category="外籍专家"))
    change(team, "cases", case, notes="仍在办理")
    assert show(team, "cases", case)["category"] == "archaeology"


def test_what_makes_no_sense_of_a_case_is_refused(team: Team) -> None:
    for values, key in (
        ({"title": "no project"}, "field_needed"),
        ({"lead": team.lead, "progress_percent": "101"}, "bad_percent"),
        ({"lead": team.lead, "state": "won"}, "unknown_code"),
        ({"lead": team.lead, "raised_on": "2026-03-02", "confirmed_on": "2026-03-01"}, "bad_span"),
    ):
        with pytest.raises(DeskError, match=key):
            add(team, "cases", **values)
    with team.workspace.write("settings") as session:
        team_settings.put(
            session, "case_lights", {"red_points": 40, "unheard_of": 1, "red_months": "x"}
        )
        assert cases.light_limits(session).red_points == 40
        assert cases.light_limits(session).red_months == 3


def test_an_agenda_is_made_of_open_cases_and_takes_each_once(team: Team) -> None:
    late, early, solved = (
        add(team, "cases", lead=team.lead, title=title, due_on=due)
        for title, due in (("b", "2026-05-01"), ("a", "2026-04-01"), ("c", "2026-01-01"))
    )
    for state in ("assigned", "in_progress"):
        change(team, "cases", late, state=state)
        change(team, "cases", solved, state=state)
    change(team, "cases", solved, state="done")
    with team.workspace.write("agenda") as session:
        assert cases.open_cases(session) == [early, late]
        meeting = records.create(session, "dispatch-meetings", title="三月调度会", held_on=TODAY)
        planned = records.create(session, "dispatch-meetings", title="以后")
        first = cases.put_on_agenda(session, meeting, [early, late, early])
        assert len(first) == 2
        assert cases.put_on_agenda(session, meeting, [late]) == []
        items = [session.get_one(DispatchItem, one) for one in first]
        assert [item.position for item in items] == [0, 1]
        assert session.get_one(Case, late).state == "dispatch"
        assert session.get_one(Case, early).state == "collected", "nobody works on it yet"
        assert records.get(session, "dispatch-meetings", meeting)["status"] == "held"
        assert records.get(session, "dispatch-meetings", planned)["status"] == "planned"
        # The command line's way to the same item.
        again = records.create(
            session, "dispatch-items", dispatch_meeting_id=meeting, case_id=late, decision="办"
        )
        assert again == first[1]


def test_an_approval_follows_its_line_of_the_checklist(team: Team) -> None:
    approval = add(
        team, "approvals", lead=team.lead, template="施工许可证".replace("施", "建筑工程施"),
        applied_on="2026-03-06",
    )  # fmt: skip
    found = show(team, "approvals", approval)
    assert (found["kind"], found["department"]) == ("construction_permit", "建设局")
    assert (found["state"], found["due_on"]) == ("applied", "2026-03-11")
    change(team, "approvals", approval, promised_days="5")
    assert show(team, "approvals", approval)["due_on"] == "2026-03-13"
    change(team, "approvals", approval, done_on="2026-03-10", area_m2="9000")
    assert show(team, "approvals", approval)["state"] == "done"
    with pytest.raises(DeskError, match="bad_span"):
        change(team, "approvals", approval, done_on="2026-03-01")
    service = add(team, "approval-services", approval=approval, kind="现场踏勘")
    assert show(team, "approval-services", service)["lead"] == team.lead
    with team.workspace.write("checklist") as session:
        made = approvals.start_checklist(session, team.lead)
        assert len(made) == len(TEMPLATES) - 1, "one line is there already"
        assert approvals.start_checklist(session, team.lead) == []
        assert session.get_one(Approval, made[0]).title == "企业设立登记"


def test_the_checklist_is_the_teams_own(team: Team) -> None:
    own = [TEMPLATES[0]._replace(code="fire", days=9), TEMPLATES[1]]
    with team.workspace.write("settings") as session:
        approvals.set_templates(session, own)
        assert approvals.templates(session) == own
        assert len(approvals.start_checklist(session, team.lead)) == 2
        approvals.set_templates(session, TEMPLATES)
        assert team_settings.get(session, "approval_templates") is None


def test_financing_and_capital_are_of_their_projects_company(team: Team) -> None:
    facility = add(team, "facilities", lead=team.lead, granted="1200000.50", currency="CNY")
    found = show(team, "facilities", facility)
    assert (found["company"], found["product"]) == (team.company, "credit")
    assert found["granted"] == "1200000.50"
    receipt = add(team, "capital-receipts", lead=team.lead, amount="5", currency="USD")
    assert show(team, "capital-receipts", receipt)["company"] == team.company
    with team.workspace.read() as session:
        assert session.get_one(Facility, facility).granted_minor == 120_000_050
        title = record_title(session, "facility", facility)
    assert title.startswith("Mühlfeld Hydraulik AG")
    assert title.endswith("授信")


def test_records_after_signing_are_found_and_named(team: Team) -> None:
    add(team, "cases", lead=team.lead, title="土地平整")
    add(team, "approvals", lead=team.lead, title="环评批复", document_number="苏环审12")
    add(team, "squads", name="欧洲小分队")
    add(team, "dispatch-meetings", title="七月调度会")
    with team.workspace.read() as session:
        for text, kind in (
            ("tdpz", "cases"),
            ("苏环审", "approvals"),
            ("ozxfd", "squads"),
            ("七月", "dispatch-meetings"),
        ):
            assert kind in {hit.kind for hit in search_records(session, text)}, text


@pytest.mark.parametrize("kind", sorted(set(record_texts.KINDS) - {"settings"}))
def test_an_empty_record_of_any_kind_has_a_title(team: Team, kind: str) -> None:
    model = record_texts.model_of(kind)
    with team.workspace.write("bare") as session:
        record = model()
        session.add(record)
        session.flush()
        assert isinstance(record_title(session, model.__tablename__, record.id), str)


def test_squads_tie_members_once(team: Team) -> None:
    squad = add(team, "squads", name="欧洲小分队", leader="王敏")
    ties = {add(team, "squad-members", squad=squad, member="王敏") for _ in range(2)}
    assert len(ties) == 1
    with team.workspace.read() as session:
        assert session.get_one(Squad, squad).leader_id == team.member
    assert show(team, "squads", squad)["leader"] == "王敏"
