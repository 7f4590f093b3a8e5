"""Two laptops exchange their changes: what stands, what is disputed, what is kept."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text

from desktop_app.db import log
from desktop_app.db.change import HLC_PER_MS, Change, canonical, make_change
from desktop_app.db.check import check
from desktop_app.db.log_tables import conflict
from desktop_app.db.models import Company, Lead
from desktop_app.db.undo import undo
from desktop_app.db.workspace import Workspace


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Workspace, Workspace]]:
    anna, ben = (Workspace.open(tmp_path / name) for name in ("anna", "ben"))
    yield anna, ben
    for workspace in (anna, ben):
        assert check(workspace).problems == []
        workspace.close()


def changes(workspace: Workspace) -> list[Change]:
    with workspace.read() as session:
        return log.read_changes(log.log_cursor(session))


def exchange(*workspaces: Workspace) -> None:
    logs = [changes(w) for w in workspaces]
    for workspace in workspaces:
        for other in logs:
            workspace.merge(other)


def add(workspace: Workspace, **fields: object) -> str:
    with workspace.write("add") as session:
        company = Company(name="Brunner AG", **fields)
        session.add(company)
        session.flush()
        return company.id


def put(workspace: Workspace, row: str, seen: int | None = None, **fields: object) -> None:
    with workspace.write("edit", seen=seen) as session:
        company = session.get_one(Company, row)
        for name, value in fields.items():
            setattr(company, name, value)


def get(workspace: Workspace, row: str) -> Company:
    with workspace.read() as session:
        return session.get_one(Company, row)


def disputes(workspace: Workspace) -> set[str]:
    with workspace.read() as session:
        return set(session.scalars(select(conflict.c.col)))


def test_different_fields_of_one_record_are_both_kept(two: tuple[Workspace, Workspace]) -> None:
    anna, ben = two
    row = add(anna)
    exchange(anna, ben)
    put(anna, row, city="Zug")
    put(ben, row, website="brunner.ch")
    exchange(anna, ben)
    for workspace in two:
        assert (get(workspace, row).city, get(workspace, row).website) == ("Zug", "brunner.ch")
        assert not disputes(workspace)


def test_one_field_edited_by_both_is_disputed_on_both_until_one_decides(
    two: tuple[Workspace, Workspace],
) -> None:
    anna, ben = two
    row = add(anna, city="Bern")
    exchange(anna, ben)
    put(anna, row, city="Zug")
    put(ben, row, city="Basel")
    exchange(anna, ben)
    assert disputes(anna) == disputes(ben) == {"city"}
    assert get(anna, row).city == get(ben, row).city == "Basel"
    # Deciding for what stands already is a decision, too.
    with ben.write("decide", settle={("company", row, "city")}):
        pass
    exchange(anna, ben)
    assert disputes(anna) == disputes(ben) == set()
    assert get(anna, row).city == "Basel"


def test_what_somebody_saw_and_replaced_never_comes_back_by_a_clock(
    two: tuple[Workspace, Workspace],
) -> None:
    anna, ben = two
    row = add(anna, city="Bern")
    ahead = (int(dt.datetime(2030, 1, 1).timestamp() * 1000)) * HLC_PER_MS
    parents = [c.id for c in changes(anna)]
    fields = canonical({"city": ["Rom", parents]})
    stranger = make_change("0" * 32, ahead, "1" * 32, None, "company", row, fields)
    anna.merge([stranger])
    put(anna, row, city="Zug")
    exchange(anna, ben)
    assert get(ben, row).city == "Zug"
    assert not disputes(ben)
    # The stranger's clock moved ours by a day at most.
    other = add(anna)
    newest = next(c for c in changes(anna) if c.row == other)
    tomorrow = (dt.datetime.now(dt.UTC) + dt.timedelta(hours=25)).timestamp() * 1000
    assert newest.hlc < tomorrow * HLC_PER_MS < ahead


def test_a_record_deleted_by_one_and_edited_by_the_other_stays_marked(
    two: tuple[Workspace, Workspace],
) -> None:
    anna, ben = two
    row = add(anna, city="Bern")
    exchange(anna, ben)
    put(anna, row, deleted=True)
    put(ben, row, city="Basel")
    exchange(anna, ben)
    for workspace in two:
        assert get(workspace, row).deleted is None
        assert disputes(workspace) == {"deleted"}
    put(anna, row, deleted=True)
    exchange(anna, ben)
    for workspace in two:
        assert get(workspace, row).deleted is True
        assert not disputes(workspace)


def test_keeping_a_record_that_was_deleted_and_edited_ends_the_dispute(
    two: tuple[Workspace, Workspace],
) -> None:
    anna, ben = two
    row = add(anna)
    exchange(anna, ben)
    put(anna, row, deleted=True)
    put(ben, row, city="Basel")
    exchange(anna, ben)
    with ben.write("keep", settle={("company", row, "deleted")}):
        pass
    exchange(anna, ben)
    for workspace in two:
        assert get(workspace, row).deleted is None
        assert not disputes(workspace)


def test_an_edit_that_knew_of_the_delete_does_not_bring_the_record_back(
    two: tuple[Workspace, Workspace],
) -> None:
    anna, ben = two
    row = add(anna)
    put(anna, row, deleted=True)
    put(anna, row, city="Zug")
    exchange(anna, ben)
    for workspace in two:
        assert get(workspace, row).deleted is True
        assert not disputes(workspace)


def test_what_is_typed_while_a_sync_comes_in_stands_beside_it(
    two: tuple[Workspace, Workspace],
) -> None:
    anna, ben = two
    row = add(anna, notes="first")
    exchange(anna, ben)
    began = anna.log_position()
    put(ben, row, notes="ben's")
    exchange(anna, ben)
    put(anna, row, seen=began, notes="anna's")
    assert disputes(anna) == {"notes"}
    exchange(anna, ben)
    assert disputes(ben) == {"notes"}
    assert get(ben, row).notes == "anna's"


def test_what_this_laptop_wrote_itself_was_always_seen(two: tuple[Workspace, Workspace]) -> None:
    anna, _ben = two
    row = add(anna, notes="first")
    began = anna.log_position()
    for notes in ("second", "third"):
        put(anna, row, seen=began, notes=notes)
    assert not disputes(anna)


def test_an_edit_of_what_a_sync_deleted_meanwhile_keeps_the_record(
    two: tuple[Workspace, Workspace],
) -> None:
    anna, ben = two
    row = add(anna, notes="first")
    exchange(anna, ben)
    began = anna.log_position()
    put(ben, row, deleted=True)
    exchange(anna, ben)
    assert get(anna, row).deleted is True
    put(anna, row, seen=began, notes="anna's")
    assert get(anna, row).deleted is None
    assert disputes(anna) == {"deleted"}


def test_records_may_come_before_those_they_name(two: tuple[Workspace, Workspace]) -> None:
    anna, ben = two
    row = add(anna)
    with anna.write("lead") as session:
        session.add(Lead(title="A plant", company_id=row))
    ben.merge(changes(anna)[1:])
    assert check(ben).awaited == 1
    ben.merge(changes(anna)[:1])
    report = check(ben)
    assert (report.awaited, report.problems) == (0, [])


def test_what_a_newer_version_writes_is_kept_and_passed_on(
    two: tuple[Workspace, Workspace],
) -> None:
    anna, ben = two
    row = add(anna)
    newer = [
        make_change("0" * 32, 1, "1" * 32, None, "company", row, '{"duns":["12",[]]}', 9),
        make_change("0" * 32, 2, "1" * 32, None, "budget", "2" * 32, '{"sum":[5,[]]}', 9),
    ]
    anna.merge(newer)
    exchange(anna, ben)
    assert [c for c in changes(ben) if c.schema == 9] == newer


def test_what_another_program_wrote_is_not_overwritten_by_a_merge(
    two: tuple[Workspace, Workspace],
) -> None:
    import sqlcipher3.dbapi2 as driver

    anna, ben = two
    row = add(anna, city="Bern")
    exchange(anna, ben)
    put(ben, row, city="Basel")
    raw = driver.connect(str(anna.paths.database))
    raw.execute("UPDATE company SET city = 'Zug'")
    raw.commit()
    raw.close()
    exchange(anna, ben)
    exchange(anna, ben)
    assert disputes(anna) == disputes(ben) == {"city"}


def test_merging_finds_the_record_by_search_and_undo_leaves_it_alone(
    two: tuple[Workspace, Workspace],
) -> None:
    anna, ben = two
    row = add(anna)
    exchange(anna, ben)
    with ben.read() as session:
        found = session.execute(text("SELECT key FROM search_key")).scalar_one()
    assert "brunner" in found
    assert undo(ben) is None
    put(ben, row, city="Basel")
    undo(ben)
    exchange(anna, ben)
    assert get(anna, row).city is None
