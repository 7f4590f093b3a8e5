"""What happens to a team, told as its people would tell it; over real workspaces and files."""

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from desktop_app.db import seal
from desktop_app.db.change import HLC_PER_MS
from desktop_app.db.check import check
from desktop_app.db.undo import undo
from desktop_app.db.workspace import Workspace
from desktop_app.services import records
from desktop_app.sync import conflicts, team
from desktop_app.sync.conflicts import Conflict
from desktop_app.sync.modes import Mode
from desktop_app.sync.team import State, SyncResult
from tests.sync.laptops import Value, add, change_fields, delete, logged, person, value

YEAR = 365 * 24 * 3600 * 1000 * HLC_PER_MS


class Office:
    """A shared folder, and the laptops of those who meet there."""

    def __init__(self, folder: Path, mode: Mode) -> None:
        self.folder = folder
        self.mode = mode
        self.share = folder / "共享 盘"
        self.share.mkdir()
        self.laptops: list[Workspace] = []

    def open(self, name: str) -> Workspace:
        """Open a laptop's workspace, as after a start of the app."""
        workspace = Workspace.open(self.folder / name)
        self.laptops.append(workspace)
        return workspace

    def close(self, workspace: Workspace) -> Path:
        """Close the app on a laptop; return its folder."""
        self.laptops.remove(workspace)
        workspace.close()
        return workspace.paths.folder

    def laptop(self, name: str, *, join: bool = True) -> Workspace:
        """Give a person a laptop that knows the shared folder."""
        workspace = self.open(name)
        person(workspace, name)
        if join:
            first = not any(self.share.iterdir())
            team.connect(workspace, str(self.share), create=first, mode=self.mode)
            sync(workspace)
        return workspace

    def meet(self) -> None:
        """Let all sync until all know all."""
        for _ in range(3):
            for workspace in self.laptops:
                sync(workspace)

    def files(self) -> list[Path]:
        """Return the team's shared files."""
        return [f for f in sorted(self.share.glob("team*.db")) if ".prev" not in f.name]


def sync(workspace: Workspace) -> SyncResult:
    result = team.sync(workspace)
    told = {p.key for p in result.problems} - {"hub_older", "share_damaged", "clock_far_off"}
    assert not told, result.problems
    return result


def found(workspace: Workspace) -> list[Conflict]:
    with workspace.read() as session:
        return conflicts.conflicts(session)


def edit_seen(workspace: Workspace, row: str, seen: int, **fields: Value) -> None:
    """Save a form that was opened when the log was at ``seen``."""
    with workspace.write("form", seen=seen) as session:
        records.update(session, "companies", row, **fields)


@pytest.fixture(params=[Mode.DRIVE, Mode.FOLDER], ids=["drive", "folder"])
def office(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Office]:
    """Return an office whose laptops are all sound, and equal, in the end."""
    made = Office(tmp_path, request.param)
    yield made
    made.meet()
    ids = [{c.id for c in logged(one)} for one in made.laptops]
    for one, known in zip(made.laptops, ids, strict=True):
        assert check(one).problems == []
        assert known == ids[0]
        assert found(one) == found(made.laptops[0])
        one.close()


Two = tuple[Workspace, Workspace, str]


@pytest.fixture
def two(office: Office) -> Two:
    """Return the laptops of 王敏 and 李强, and a company that both know."""
    a, b = office.laptop("王敏"), office.laptop("李强")
    row = add(a, "companies", name="Eins AG", city="Bern")
    office.meet()
    return a, b, row


def test_two_people_change_different_fields_of_one_record(office: Office, two: Two) -> None:
    a, b, row = two
    change_fields(a, "companies", row, city="Basel")
    change_fields(b, "companies", row, phone="031")
    office.meet()
    for one in (a, b):
        assert value(one, "companies", row, "city") == "Basel"
        assert value(one, "companies", row, "phone") == "031"
        assert found(one) == []


def test_two_people_change_the_same_field_and_one_of_them_settles_it(
    office: Office, two: Two
) -> None:
    a, b, row = two
    change_fields(a, "companies", row, city="Basel")
    change_fields(b, "companies", row, city="Zug")
    office.meet()
    (one,) = found(a)
    assert {s.value for s in one.sides} == {"Basel", "Zug"}
    assert value(a, "companies", row, "city") == value(b, "companies", row, "city") == "Zug"
    conflicts.resolve(a, "company", row, "city", "Basel", "settle")
    office.meet()
    assert found(b) == []
    assert value(b, "companies", row, "city") == "Basel"


def test_one_deletes_while_another_edits(office: Office, two: Two) -> None:
    a, b, row = two
    delete(a, "companies", row)
    change_fields(b, "companies", row, city="Zug")
    office.meet()
    for one in (a, b):
        assert not value(one, "companies", row, "deleted")
        assert value(one, "companies", row, "city") == "Zug"
        assert [c.column for c in found(one)] == ["deleted"]


def test_deleted_by_mistake_and_brought_back(office: Office, two: Two) -> None:
    a, b, row = two
    delete(a, "companies", row)
    office.meet()
    assert value(b, "companies", row, "deleted")
    undo(a)
    office.meet()
    assert not value(b, "companies", row, "deleted")
    assert value(b, "companies", row, "city") == "Bern"
    assert found(b) == []


def test_a_laptop_comes_back_after_three_months(office: Office, two: Two) -> None:
    a, b, row = two
    change_fields(b, "companies", row, city="Zug", phone="041")
    mine = add(b, "companies", name="Drei AG")
    for n in range(30):
        change_fields(a, "companies", row, city=f"Stadt {n}")
        sync(a)
    theirs = add(a, "companies", name="Zwei AG")
    office.meet()
    for one in (a, b):
        assert value(one, "companies", row, "phone") == "041"
        assert {s.value for s in found(one)[0].sides} == {"Stadt 29", "Zug"}
        assert value(one, "companies", mine, "name") == "Drei AG"
        assert value(one, "companies", theirs, "name") == "Zwei AG"


def test_the_shared_file_is_overwritten_by_an_old_copy_from_a_stick(
    office: Office, two: Two
) -> None:
    a, b, row = two
    stick = {f.name: f.read_bytes() for f in office.files()}
    change_fields(a, "companies", row, city="Basel")
    change_fields(b, "companies", row, phone="031")
    office.meet()
    for name, data in stick.items():
        (office.share / name).write_bytes(data)
    assert value(a, "companies", row, "phone") == "031"
    office.meet()
    third = office.laptop("Anna")
    assert value(third, "companies", row, "city") == "Basel"
    assert value(third, "companies", row, "phone") == "031"


@pytest.mark.parametrize("left", [b"", b"SQLite format 3\0", b"PK\x03\x04" * 1000])
def test_the_shared_file_is_ruined_and_made_good(office: Office, two: Two, left: bytes) -> None:
    a, _, row = two
    change_fields(a, "companies", row, city="Basel")
    office.meet()
    for file in office.files():
        file.write_bytes(left)
    office.meet()
    third = office.laptop("Anna")
    assert value(third, "companies", row, "city") == "Basel"


def test_what_somebody_forged_in_the_shared_file_is_never_taken_in(
    office: Office, two: Two
) -> None:
    a, _, row = two
    change_fields(a, "companies", row, city="Basel")
    office.meet()
    for file in office.files():
        raw = driver.connect(str(file))
        raw.execute("UPDATE change SET fields = replace(fields, 'Basel', 'Forge')")
        raw.execute("UPDATE hub SET value = value + 1 WHERE name = 'generation'")
        raw.commit()
        raw.close()
    office.meet()
    third = office.laptop("Anna")
    assert all("Forge" not in c.fields for one in office.laptops for c in logged(one))
    assert value(third, "companies", row, "city") == "Basel"


def test_somebody_restores_last_weeks_backup(office: Office, two: Two) -> None:
    a, b, row = two
    folder = office.close(a)
    shutil.copytree(folder, office.folder / "backup")
    a = office.open("王敏")
    change_fields(a, "companies", row, city="Basel")
    sync(a)
    change_fields(b, "companies", row, phone="031")
    sync(b)
    office.close(a)
    shutil.rmtree(folder)
    shutil.copytree(office.folder / "backup", folder)
    a = office.open("王敏")
    assert value(a, "companies", row, "city") == "Bern"
    change_fields(a, "companies", row, email="a@example.org")
    office.meet()
    for one in (a, b):
        assert value(one, "companies", row, "city") == "Basel"
        assert value(one, "companies", row, "email") == "a@example.org"
        assert found(one) == []


def test_a_copied_laptop_and_the_first_one_both_go_on(office: Office, two: Two) -> None:
    a, b, row = two
    folder = office.close(a)
    shutil.copytree(folder, office.folder / "copy")
    a, copy = office.open("王敏"), office.open("copy")
    for n in range(3):
        change_fields(a, "companies", row, city=f"A{n}")
        change_fields(copy, "companies", row, phone=f"C{n}")
        add(copy, "companies", name=f"Kopie {n}")
        sync(a)
        sync(copy)
    office.meet()
    assert value(b, "companies", row, "city") == "A2"
    assert value(b, "companies", row, "phone") == "C2"
    assert found(b) == []
    assert len({c.stream for c in logged(b)}) >= 3


def test_a_form_left_open_does_not_take_the_copys_edits_for_its_own(
    office: Office, two: Two
) -> None:
    a, _, row = two
    folder = office.close(a)
    shutil.copytree(folder, office.folder / "copy")
    a, copy = office.open("王敏"), office.open("copy")
    change_fields(a, "companies", row, phone="031")
    sync(a)
    seen = a.log_position()
    change_fields(copy, "companies", row, city="Zug")
    sync(copy)
    sync(a)
    edit_seen(a, row, seen, city="Basel")
    assert {s.value for s in found(a)[0].sides} == {"Basel", "Zug"}


def test_a_clock_that_is_a_year_ahead_decides_nothing_that_was_seen(
    office: Office, two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b, row = two
    now: Callable[[], int] = seal.clock_now
    with monkeypatch.context() as patch:
        patch.setattr(seal, "clock_now", lambda: now() + YEAR)
        change_fields(a, "companies", row, city="Zukunft")
    sync(a)
    assert "clock_far_off" in {p.key for p in sync(b).problems}
    assert value(b, "companies", row, "city") == "Zukunft"
    change_fields(b, "companies", row, city="Heute")
    office.meet()
    for one in (a, b):
        assert value(one, "companies", row, "city") == "Heute"
        assert found(one) == []
    # The wrong clock is not catching: what b writes next carries its own time.
    later = add(b, "companies", name="Zwei AG")
    made = next(c for c in logged(b) if c.row == later)
    assert made.hlc < now() + YEAR // 2


def test_a_form_left_open_during_a_sync_overwrites_nothing_unseen(office: Office, two: Two) -> None:
    a, b, row = two
    seen = a.log_position()
    change_fields(b, "companies", row, city="Zug", phone="041")
    sync(b)
    sync(a)
    edit_seen(a, row, seen, city="Basel", email="a@example.org")
    office.meet()
    for one in (a, b):
        assert [c.column for c in found(one)] == ["city"]
        assert {s.value for s in found(one)[0].sides} == {"Basel", "Zug"}
        assert value(one, "companies", row, "phone") == "041"


def test_one_joins_who_has_records_already(office: Office, two: Two) -> None:
    a, b, row = two
    third = office.laptop("Anna", join=False)
    own = add(third, "companies", name="Drei AG")
    team.connect(third, str(office.share), mode=office.mode)
    assert team.status(third).state is State.SAVED_HERE
    sync(third)
    assert team.status(third).state is State.IN_SHARED_FILE
    office.meet()
    assert value(third, "companies", row, "name") == "Eins AG"
    for one in (a, b):
        assert value(one, "companies", own, "name") == "Drei AG"


def test_a_missing_shared_file_removes_nothing_and_waits(office: Office, two: Two) -> None:
    a, _, row = two
    kept = {f: f.read_bytes() for f in office.files()}
    for file in kept:
        file.unlink()
    change_fields(a, "companies", row, city="Basel")
    result = team.sync(a)
    assert result.state is State.OFFLINE
    assert value(a, "companies", row, "city") == "Basel"
    for file, data in kept.items():
        file.write_bytes(data)
    office.meet()
    assert team.status(a).state is State.IN_SHARED_FILE


def test_times_are_told_in_utc(two: Two) -> None:
    at = team.status(two[0]).last_sync_at
    assert at is not None
    assert at.tzinfo is dt.UTC


def test_what_only_a_conflict_copy_holds_gets_into_the_shared_file(
    office: Office, two: Two
) -> None:
    a, b, _ = two
    before = {f.name: (f.read_bytes(), f.stat().st_mtime_ns) for f in office.files()}
    row = add(a, "companies", name="Zwei AG")
    sync(a)
    after = {f.name: f.read_bytes() for f in office.files()}
    office.close(a)
    copies = []
    for name, data in after.items():
        (office.share / name).unlink()
        if name in before:
            # To the other laptop it is the very file that it knows.
            old, moment = before[name]
            (office.share / name).write_bytes(old)
            os.utime(office.share / name, ns=(moment, moment))
        copies.append(office.share / f"{name.removesuffix('.db')} (冲突副本).db")
        copies[-1].write_bytes(data)
    sync(b)
    assert value(b, "companies", row, "name") == "Zwei AG"
    if office.mode is Mode.DRIVE:
        for copy in copies:
            copy.unlink()
    third = office.laptop("Anna")
    assert value(third, "companies", row, "name") == "Zwei AG"
