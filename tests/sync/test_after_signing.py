"""What comes after signing goes through log, undo, sync, conflicts and backup like all else."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.db.backup import backup, restore
from desktop_app.db.check import check
from desktop_app.db.undo import redo, undo
from desktop_app.db.workspace import Workspace
from desktop_app.i18n import catalogue
from desktop_app.services import record_texts, records
from desktop_app.services.year_figures import year_figures
from desktop_app.sync.conflicts import conflicts, resolve_fields
from tests.sync.laptops import Value, add, change_fields, delete, laptop, meet, value

DAY = dt.date(2026, 3, 2)
Two = tuple[Workspace, Workspace]
#: A field to alter of each new kind, and to what.
ALTERED: dict[str, tuple[str, Value]] = {
    "cases": ("lead_department", "建设局"),
    "dispatch-meetings": ("minutes", "两周内办结"),
    "dispatch-items": ("decision", "由建设局牵头"),
    "approvals": ("area_m2", 9000),
    "approval-services": ("outcome", "已踏勘"),
    "facilities": ("drawn_minor", 5_000),
    "event-companies": ("held_talks", True),
    "capital-receipts": ("amount_minor", 7_000),
    "squads": ("area", "欧洲"),
    "squad-members": ("role", "队长"),
}


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    both = laptop(tmp_path / "a", "王敏"), laptop(tmp_path / "b", "李强")
    yield both
    for one in both:
        assert check(one).ok
        one.close()


def every(workspace: Workspace) -> dict[str, str]:
    """Add a record of each new kind and return their keys."""
    company = add(workspace, "companies", name="Eins AG", country="CH")
    lead = add(workspace, "leads", company_id=company, title="液压阀")
    event = add(workspace, "events", name="融资对接会", kind="matchmaking")
    made = {"cases": add(workspace, "cases", lead_id=lead, title="用地", raised_on=DAY)}
    made["dispatch-meetings"] = add(workspace, "dispatch-meetings", title="三月", held_on=DAY)
    of = {"dispatch_meeting_id": made["dispatch-meetings"], "case_id": made["cases"]}
    made["dispatch-items"] = add(workspace, "dispatch-items", **of)
    made["approvals"] = add(workspace, "approvals", lead_id=lead, template="filing")
    made["approval-services"] = add(
        workspace, "approval-services", approval_id=made["approvals"], kind="site_survey"
    )
    made["facilities"] = add(workspace, "facilities", lead_id=lead, granted_minor=9)
    made["event-companies"] = add(workspace, "event-companies", event_id=event, company_id=company)
    made["capital-receipts"] = add(workspace, "capital-receipts", lead_id=lead, received_on=DAY)
    made["squads"] = add(workspace, "squads", name="欧洲小分队")
    member = workspace.author_id
    made["squad-members"] = add(
        workspace, "squad-members", squad_id=made["squads"], member_id=member
    )
    assert set(made) == set(ALTERED)
    return made


def test_they_arrive_are_altered_undone_and_deleted_everywhere(two: Two) -> None:
    here, there = two
    made = every(here)
    meet(here, there)
    for kind, (column, new) in ALTERED.items():
        key = made[kind]
        before = value(here, kind, key, column)
        assert value(there, kind, key, column) == before
        change_fields(there, kind, key, **{column: new})
        assert undo(there) is not None
        assert value(there, kind, key, column) == before
        assert redo(there) is not None
        meet(here, there)
        assert value(here, kind, key, column) == new
        delete(here, kind, key)
        meet(here, there)
        assert value(there, kind, key, "deleted") is True
        assert undo(here) is not None
        meet(here, there)
        assert not value(there, kind, key, "deleted")


def test_two_answers_to_any_of_them_are_shown_and_settled(two: Two) -> None:
    here, there = two
    made = every(here)
    meet(here, there)
    texts = {"cases": "title", "approvals": "department", "squads": "name"}
    for kind, column in texts.items():
        change_fields(here, kind, made[kind], **{column: "甲"})
        change_fields(there, kind, made[kind], **{column: "乙"})
    meet(here, there)
    with here.read() as session:
        found = conflicts(session)
    assert {(one.kind, one.column) for one in found} == set(texts.items())
    assert all(one.title for one in found)
    assert all(f"words.field.{one.column}" in catalogue() for one in found)
    for kind, column in texts.items():
        table = record_texts.model_of(kind).__tablename__
        resolve_fields(here, table, made[kind], {column: "丙"}, "选定")
    meet(here, there)
    with there.read() as session:
        assert conflicts(session) == []
    assert value(there, "cases", made["cases"], "title") == "丙"


def test_two_laptops_close_the_same_case(two: Two) -> None:
    here, there = two
    case = every(here)["cases"]
    for state in ("assigned", "in_progress", "done"):
        change_fields(here, "cases", case, state=state)
    meet(here, there)
    change_fields(here, "cases", case, state="confirmed", confirmed_on=DAY)
    change_fields(here, "cases", case, state="closed")
    late = DAY + dt.timedelta(days=5)
    change_fields(there, "cases", case, state="confirmed", confirmed_on=late)
    meet(here, there)
    for one in two:
        with one.read() as session:
            # Whichever stands, the enterprise confirmed: it is solved, once.
            found = year_figures(session, DAY.year)
            assert (found["cases_raised"].value, found["cases_solved_percent"].value) == (1, 100)
            disputed = {c.column for c in conflicts(session)}
    assert {"confirmed_on", "state"} <= disputed


def test_a_disputed_state_is_settled_through_the_flow(two: Two) -> None:
    here, there = two
    case = every(here)["cases"]
    for state in ("assigned", "in_progress", "done"):
        change_fields(here, "cases", case, state=state)
    meet(here, there)
    change_fields(here, "cases", case, state="confirmed")
    change_fields(here, "cases", case, state="closed")
    change_fields(there, "cases", case, state="in_progress")
    meet(here, there)
    resolve_fields(here, "case", case, {"state": "in_progress"}, "选定")
    meet(here, there)
    days = ("done_on", "confirmed_on", "closed_on")
    assert [value(there, "cases", case, name) for name in days] == [None] * 3
    assert value(there, "cases", case, "assigned_on") == dt.date.today()
    with there.read() as session:
        assert conflicts(session) == []
        assert year_figures(session, DAY.year)["cases_solved_percent"].value == 0
    assert undo(here) is not None
    meet(here, there)


def test_a_case_settled_as_closed_keeps_the_days_of_both(two: Two) -> None:
    here, there = two
    case = every(here)["cases"]
    for state in ("assigned", "in_progress", "done"):
        change_fields(here, "cases", case, state=state)
    meet(here, there)
    change_fields(there, "cases", case, state="confirmed")
    change_fields(there, "cases", case, state="closed")
    change_fields(here, "cases", case, state="in_progress")
    meet(here, there)
    resolve_fields(here, "case", case, {"state": "closed"}, "选定")
    meet(here, there)
    for one in two:
        assert value(one, "cases", case, "closed_on") == dt.date.today()
        assert value(one, "cases", case, "state") == "closed"


def test_a_backup_brings_them_back(two: Two, tmp_path: Path) -> None:
    here, _ = two
    made = every(here)
    backup(here, tmp_path / "copy.zip")
    restore(tmp_path / "c", tmp_path / "copy.zip")
    again = Workspace.open(tmp_path / "c")
    with again.read() as session:
        for kind, key in made.items():
            assert [one["id"] for one in records.list_records(session, kind)] == [key]
    assert check(again).ok
    again.close()
