"""Backups made while people work: whole, thinned, looked into, and put back."""

import datetime as dt
import sqlite3
from pathlib import Path

import pytest

from desktop_app.db import timed_backups
from desktop_app.db.backup import restore
from desktop_app.db.encrypt import protect
from desktop_app.db.models import Company
from desktop_app.db.timed_backups import (
    TIMED,
    back_up,
    back_up_if_due,
    kept_backups,
    look_inside,
)
from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError

NOW = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)


def _add(workspace: Workspace, name: str) -> None:
    with workspace.write("add") as session:
        session.add(Company(name=name))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    opened = Workspace.open(tmp_path / "ws")
    _add(opened, "Uetliberg AG")
    return opened


def test_a_copy_is_whole_while_a_write_is_under_way(workspace: Workspace, tmp_path: Path) -> None:
    with workspace.write("half") as session:
        session.add(Company(name="Half"))
        session.flush()
        kept = back_up(workspace, tmp_path / "kept", "before-import", NOW)
    assert kept.reason == "before-import"
    assert look_inside(kept.path).companies == 1
    assert list((tmp_path / "kept").iterdir()) == [kept.path]


def test_nothing_is_copied_until_half_an_hour_has_passed_and_something_altered(
    workspace: Workspace, tmp_path: Path
) -> None:
    folder, half = tmp_path / "kept", dt.timedelta(minutes=30)
    first = back_up_if_due(workspace, folder, None, NOW)
    assert first == workspace.log_position()
    _add(workspace, "Later AG")
    assert back_up_if_due(workspace, folder, first, NOW + half / 2) is None
    second = back_up_if_due(workspace, folder, first, NOW + half)
    assert second == workspace.log_position()
    assert back_up_if_due(workspace, folder, second, NOW + 4 * half) is None
    assert [one.reason for one in kept_backups(folder)] == [TIMED, TIMED]


def test_looking_inside_says_what_is_there_and_leaves_the_file_as_it_was(
    workspace: Workspace, tmp_path: Path
) -> None:
    kept = back_up(workspace, tmp_path / "kept", now=NOW)
    before = kept.path.read_bytes()
    inside = look_inside(kept.path)
    assert (inside.leads, inside.companies, inside.trips) == (0, 1, 0)
    assert inside.changed_at is not None
    assert abs(inside.changed_at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=5)
    assert kept.path.read_bytes() == before
    assert list((tmp_path / "kept").iterdir()) == [kept.path]


def test_a_timed_backup_is_put_back_and_what_was_there_is_kept(
    workspace: Workspace, tmp_path: Path
) -> None:
    kept = back_up(workspace, tmp_path / "kept", now=NOW)
    _add(workspace, "After AG")
    before = restore(workspace.paths.folder, kept.path)
    assert before is not None
    with workspace.read() as session:
        assert [c.name for c in session.query(Company)] == ["Uetliberg AG"]
    assert look_inside(before).companies == 2


@pytest.mark.parametrize("content", [b"", b"no database at all" * 400])
def test_a_file_that_is_no_backup_is_refused_and_nothing_alters(
    workspace: Workspace, tmp_path: Path, content: bytes
) -> None:
    bad = tmp_path / "20261123T080000Z-timed.db"
    bad.write_bytes(content)
    for verb in (look_inside, lambda path: restore(workspace.paths.folder, path)):
        with pytest.raises(DeskError, match="not_a_backup"):
            verb(bad)
    with workspace.read() as session:
        assert session.query(Company).count() == 1


def test_a_torn_backup_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    kept = back_up(workspace, tmp_path / "kept", now=NOW)
    kept.path.write_bytes(kept.path.read_bytes()[:9000])
    with pytest.raises(DeskError, match="not_a_backup"):
        restore(workspace.paths.folder, kept.path)


def test_a_protected_workspace_is_copied_under_its_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INVEST_DESK_PASSPHRASE", "Zürichsee 2026")
    plain = Workspace.open(tmp_path / "ws")
    _add(plain, "Uetliberg AG")
    plain.close()
    protect(tmp_path / "ws", "Zürichsee 2026")
    locked = Workspace.open(tmp_path / "ws")
    kept = back_up(locked, tmp_path / "kept", now=NOW)
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(kept.path).execute("SELECT count(*) FROM company").fetchone()
    assert look_inside(kept.path, locked.key).companies == 1
    with pytest.raises(DeskError):
        look_inside(kept.path)


def test_a_folder_that_cannot_be_written_is_told(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file where the folder should be")
    with pytest.raises(DeskError, match="cannot_write"):
        back_up(workspace, tmp_path / "kept", now=NOW)


def test_a_disk_with_no_room_to_spare_is_told_before_anything_is_written(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timed_backups, "_SPARE", 10**18)
    with pytest.raises(DeskError, match="disk_full"):
        back_up(workspace, tmp_path / "kept", now=NOW)
    assert kept_backups(tmp_path / "kept") == []


def test_copies_before_risky_steps_are_thinned_by_number(
    workspace: Workspace, tmp_path: Path
) -> None:
    for n in range(15):
        back_up(workspace, tmp_path / "kept", "before-import", NOW + dt.timedelta(minutes=n))
    found = kept_backups(tmp_path / "kept")
    assert len(found) == 12
    assert found[0].made_at == NOW + dt.timedelta(minutes=14)
