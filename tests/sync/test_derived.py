"""What follows from other records is reckoned after a merge, not disputed."""

import datetime as dt
from pathlib import Path

import pytest

from desktop_app.db.change import Changes
from desktop_app.db.check import check
from desktop_app.db.workspace import Workspace
from desktop_app.sync.conflicts import conflicts, resolve
from desktop_app.sync.derived import keep_derived
from tests.sync.laptops import add, change_fields, laptop, logged, meet, value

MAY, JUNE, JULY = (dt.date(2027, month, 1) for month in (5, 6, 7))


def carry(*workspaces: Workspace) -> None:
    """Merge as a sync does, until nothing is new."""
    for _ in range(3):
        known = [logged(one) for one in workspaces]
        for one in workspaces:
            for changes in known:
                keep_derived(one, one.merge(changes))


def test_two_follow_ups_added_at_once_give_the_earlier_date_and_no_conflict(tmp_path: Path) -> None:
    a, b = laptop(tmp_path / "a", "王敏"), laptop(tmp_path / "b", "李强")
    company = add(a, "companies", name="Eins AG")
    lead = add(a, "leads", company_id=company, next_on=JULY)
    meet(a, b)
    add(b, "follow-ups", title="zu dritt", lead_id=lead, due_on=MAY)
    add(a, "follow-ups", title="电话", lead_id=lead, due_on=JUNE)
    carry(a, b)
    for one in (a, b):
        assert value(one, "leads", lead, "next_on") == MAY
        with one.read() as session:
            assert conflicts(session) == []
        assert check(one).ok
    before = len(logged(a))
    carry(a, b)
    assert len(logged(a)) == len(logged(b)) == before
    a.close()
    b.close()


def test_a_date_without_a_follow_up_stays_disputed(tmp_path: Path) -> None:
    a, b = laptop(tmp_path / "a", "王敏"), laptop(tmp_path / "b", "李强")
    company = add(a, "companies", name="Eins AG")
    add(a, "leads", company_id=company)
    meet(a, b)
    for one, day in ((a, MAY), (b, JUNE)):
        # As an import writes it.
        with one.write("import") as session:
            session.connection().exec_driver_sql("UPDATE lead SET next_on = ?", (str(day),))
    carry(a, b)
    with a.read() as session:
        (one_conflict,) = conflicts(session)
    assert {side.value for side in one_conflict.sides} == {"2027-06-01", "2027-05-01"}
    a.close()
    b.close()


@pytest.mark.parametrize("day", [MAY, JUNE])
def test_settling_when_a_follow_up_is_due_settles_what_comes_next(
    tmp_path: Path, day: dt.date
) -> None:
    a, b = laptop(tmp_path / "a", "王敏"), laptop(tmp_path / "b", "李强")
    company = add(a, "companies", name="Eins AG")
    lead = add(a, "leads", company_id=company)
    meet(a, b)
    follow_up = add(a, "follow-ups", title="电话", lead_id=lead, due_on=JULY)
    meet(a, b)
    change_fields(a, "follow-ups", follow_up, due_on=MAY)
    change_fields(b, "follow-ups", follow_up, due_on=JUNE)
    carry(a, b)
    with a.read() as session:
        assert [c.column for c in conflicts(session)] == ["due_on"]
    resolve(a, "follow_up", follow_up, "due_on", day.isoformat(), "settle")
    assert value(a, "leads", lead, "next_on") == day
    carry(a, b)
    assert value(b, "leads", lead, "next_on") == day
    assert keep_derived(a, Changes()) == Changes()
    a.close()
    b.close()
