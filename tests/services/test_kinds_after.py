"""What hangs on a deleted record goes with it, and values that make no sense are told."""

import datetime as dt
from collections.abc import Callable

import pytest

from desktop_app.db.undo import undo
from desktop_app.domain.errors import DeskError
from desktop_app.services import records, year_figures
from tests.services.conftest import TODAY, Team
from tests.services.test_records import add, change, show

DAY = TODAY.isoformat()


def delete(team: Team, kind: str, record_id: str) -> None:
    with team.workspace.write("delete") as session:
        records.delete(session, kind, record_id)


def listed(team: Team, kind: str) -> list[str]:
    with team.workspace.read() as session:
        return [one["id"] for one in records.list_records(session, kind)]


def value(team: Team, metric: str) -> int | None:
    with team.workspace.read() as session:
        found = year_figures.year_figures(session, TODAY.year, metrics=(metric,))
    return found[metric].value


def because(team: Team, metric: str) -> list[str]:
    with team.workspace.read() as session:
        found = year_figures.records_behind(session, TODAY.year, metric)
    return [one.because for one in found.left_out]


def an_approval(team: Team) -> tuple[str, str]:
    parent = add(team, "approvals", lead=team.lead, title="环评批复")
    return parent, add(team, "approval-services", approval=parent, kind="site_survey")


def a_meeting(team: Team) -> tuple[str, str]:
    parent = add(team, "dispatch-meetings", title="三月调度会", held_on=DAY)
    case = add(team, "cases", lead=team.lead, title="用地")
    return parent, add(team, "dispatch-items", dispatch_meeting=parent, case=case)


def an_event(team: Team) -> tuple[str, str]:
    parent = add(team, "events", name="推介会", starts_on=DAY)
    return parent, add(team, "event-companies", event=parent, company=team.company)


def a_squad(team: Team) -> tuple[str, str]:
    parent = add(team, "squads", name="欧洲小分队")
    return parent, add(team, "squad-members", squad=parent, member="王敏")


@pytest.mark.parametrize(
    ("make", "kind", "part"),
    [
        (an_approval, "approvals", "approval-services"),
        (a_meeting, "dispatch-meetings", "dispatch-items"),
        (an_event, "events", "event-companies"),
        (a_squad, "squads", "squad-members"),
    ],
)
def test_parts_go_with_what_they_are_parts_of_and_come_back_with_it(
    team: Team, make: Callable[[Team], tuple[str, str]], kind: str, part: str
) -> None:
    parent, child = make(team)
    other, kept = make(team)
    delete(team, kind, parent)
    assert listed(team, kind) == [other]
    assert listed(team, part) == [kept]
    undo(team.workspace)
    assert set(listed(team, kind)) == {parent, other}
    assert set(listed(team, part)) == {child, kept}
    delete(team, part, child)
    assert set(listed(team, kind)) == {parent, other}, "the whole stays without its part"


def test_services_of_a_deleted_approval_are_not_counted(team: Team) -> None:
    parent, _ = an_approval(team)
    assert value(team, "site_surveys") == 1
    delete(team, "approvals", parent)
    assert value(team, "site_surveys") == 0


def test_a_case_leaves_only_the_agendas_to_come(team: Team) -> None:
    case = add(team, "cases", lead=team.lead, title="用地")
    held = add(team, "dispatch-meetings", title="已开", held_on=DAY)
    planned = add(team, "dispatch-meetings", title="将开")
    past = add(team, "dispatch-items", dispatch_meeting=held, case=case, decision="办")
    add(team, "dispatch-items", dispatch_meeting=planned, case=case)
    delete(team, "cases", case)
    assert listed(team, "cases") == []
    assert listed(team, "dispatch-items") == [past], "what was decided stays in the minutes"


@pytest.mark.parametrize(
    ("kind", "values", "key"),
    [
        ("cases", {"raised_on": "2026-03-05", "due_on": "2026-03-04"}, "bad_span"),
        ("cases", {"due_on": "20222-03-04"}, "bad_date"),
        ("cases", {"progress_percent": "-1"}, "bad_percent"),
        ("cases", {"planned_percent": "100.5"}, "bad_number"),
        ("approvals", {"area_m2": "-1"}, "negative"),
        ("approvals", {"cost": "-0.01", "currency": "CNY"}, "negative"),
        ("approvals", {"promised_days": "-3"}, "negative"),
        ("facilities", {"granted": "-5", "currency": "CNY"}, "negative"),
        ("facilities", {"granted_on": "2026-03-05", "ends_on": "2026-03-04"}, "bad_span"),
        ("capital-receipts", {"amount": "1e99"}, "bad_number"),
    ],
)
def test_values_that_make_no_sense_are_refused(
    team: Team, kind: str, values: dict[str, str], key: str
) -> None:
    with pytest.raises(DeskError, match=key):
        add(team, kind, lead=team.lead, **values)
    assert listed(team, kind) == []
    known = add(team, kind, lead=team.lead)
    before = show(team, kind, known)
    with pytest.raises(DeskError, match=key):
        change(team, kind, known, **values)
    assert show(team, kind, known) == before


def test_days_out_of_order_from_elsewhere_do_not_bar_other_edits(team: Team) -> None:
    case = add(team, "cases", lead=team.lead, raised_on="2026-03-05")
    with team.workspace.write("as an import or a colleague left it") as session:
        record = records.find_even_deleted(session, "cases", case)
        record.due_on = dt.date(2026, 3, 1)  # type: ignore[attr-defined]
    change(team, "cases", case, title="用地")
    with pytest.raises(DeskError, match="bad_span"):
        change(team, "cases", case, due_on="2026-03-02")
    change(team, "cases", case, due_on="2026-03-06")
    assert show(team, "cases", case)["title"] == "用地"


def test_a_service_is_of_an_approval_or_of_a_project(team: Team) -> None:
    with pytest.raises(DeskError, match="field_needed"):
        add(team, "approval-services", kind="site_survey")
    add(team, "approval-services", kind="site_survey", lead=team.lead)
    assert value(team, "site_surveys") == 1


@pytest.mark.parametrize(
    ("kind", "values", "metric", "told"),
    [
        ("facilities", {"granted": "5", "granted_on": DAY}, "credit_granted", "no_currency"),
        (
            "facilities",
            {"granted": "5", "granted_on": DAY, "currency": "XAU"},
            "credit_granted",
            "unknown_currency",
        ),
        ("capital-receipts", {"amount": "5", "received_on": DAY}, "foreign_capital_received",
         "no_currency"),
        ("approvals", {"template": "construction_permit", "done_on": DAY}, "permitted_area_m2",
         "no_area"),
        ("approvals", {"template": "construction_permit", "done_on": DAY, "cost": "9"},
         "permitted_cost", "no_currency"),
    ],
)  # fmt: skip
def test_what_lacks_something_is_kept_and_told_as_not_counted(
    team: Team, kind: str, values: dict[str, str], metric: str, told: str
) -> None:
    made = add(team, kind, lead=team.lead, **values)
    assert value(team, metric) == 0
    assert because(team, metric) == [told]
    assert listed(team, kind) == [made]
