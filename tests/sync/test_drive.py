"""Drive mode: one file for all, replaced whole, whatever lies beside it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain.errors import DeskError
from desktop_app.sync.drive import DriveHub
from desktop_app.sync.hub_file import read_part, write_part
from tests.sync.hubs import NOW, TEAM, Desk, held, some_changes, sql, team_of

#: As Dropbox, OneDrive, Nextcloud, Syncthing, 坚果云, a file manager and a person name them.
CONFLICT_COPIES = (
    "team (Anna's conflicted copy 2026-11-23).db",
    "team-LAPTOP-ABC.db",
    "team (conflicted copy 2026-11-23 101500).db",
    "team.sync-conflict-20261123-101500-ABCDEFG.db",
    "team(LAPTOP-ABC的冲突副本 2026-11-23).db",
    "team (2).db",
    "Kopie von team.db",
    "给王总看",
)


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    folder = tmp_path / "drive"
    folder.mkdir()
    one, two = Desk(folder), Desk(folder, "b2" * 16)
    one.edit(10)
    two.edit(7)
    team_of(folder, DriveHub, one, two)
    yield one, two
    one.hub.close()
    two.hub.close()


@pytest.fixture
def folder(tmp_path: Path, desks: tuple[Desk, Desk]) -> Path:
    return tmp_path / "drive"


def test_two_laptops_end_with_the_same_and_leave_nothing_lying_about(
    desks: tuple[Desk, Desk], folder: Path
) -> None:
    one, two = desks
    one.sync()
    assert set(one.log) == set(two.log) == held(folder)
    assert len(one.log) == 17
    assert {p.name for p in folder.iterdir()} == {"team.db", "team.prev.db", "team.seen"}


def test_a_sync_with_nothing_to_do_writes_nothing(desks: tuple[Desk, Desk], folder: Path) -> None:
    for desk in desks * 2:
        desk.sync()
    before = {p: (p.stat().st_mtime_ns, p.stat().st_ino) for p in folder.rglob("*")}
    assert desks[0].sync().pushed == 0
    assert {p: (p.stat().st_mtime_ns, p.stat().st_ino) for p in folder.rglob("*")} == before


@pytest.mark.parametrize("name", CONFLICT_COPIES)
def test_a_conflict_copy_is_read_whatever_its_name_and_then_left_alone(
    name: str, desks: tuple[Desk, Desk], folder: Path
) -> None:
    one, two = desks
    only_there = some_changes(3, "d4" * 16)
    write_part(folder / name, TEAM, "team", "d4" * 16, only_there)
    one.sync()
    two.sync()
    assert {c.id for c in only_there} <= set(one.log) & set(two.log)
    assert {c.id for c in only_there} <= (read_part(folder / "team.db").ids or set())
    assert (folder / name).exists()
    assert not one.hub.changed(one.memory())


def test_a_file_of_another_team_is_told_and_not_taken(
    desks: tuple[Desk, Desk], folder: Path
) -> None:
    write_part(folder / "theirs.db", "99" * 16, "team", "d4" * 16, some_changes(3, "d4" * 16))
    assert [p.key for p in desks[0].sync().problems] == ["share_other_team"]
    assert len(desks[0].log) == 17
    assert desks[0].sync().problems == []


def test_a_file_that_was_rolled_back_is_told_and_healed(
    desks: tuple[Desk, Desk], folder: Path
) -> None:
    one, _ = desks
    shutil.copy(folder / "team.db", folder.parent / "old.db")
    one.edit(4)
    one.sync()
    shutil.copy(folder.parent / "old.db", folder / "team.db")
    assert "hub_older" in {p.key for p in one.sync().problems}
    assert held(folder) == set(one.log)


def test_a_damaged_file_is_kept_aside_and_made_good(desks: tuple[Desk, Desk], folder: Path) -> None:
    one, two = desks
    one.edit(2)
    sql(folder / "team.db", "DELETE FROM change WHERE seq = 5")
    assert [p.key for p in one.sync().problems] == ["share_damaged"]
    two.sync()
    assert held(folder) == set(one.log) == set(two.log)
    assert len(one.log) == 19
    assert len([p for p in folder.iterdir() if p.name.startswith("team.db.bad-2026")]) == 1


def test_a_missing_file_is_a_share_that_is_away_and_made_again_only_on_a_word(
    desks: tuple[Desk, Desk], folder: Path
) -> None:
    one, two = desks
    (folder / "team.db").unlink()
    one.edit(1)
    with pytest.raises(DeskError) as caught:
        one.sync()
    assert caught.value.key == "share_away"
    assert not (folder / "team.db").exists()
    one.hub.create()
    for desk in (one, two, one):
        desk.sync()
    assert held(folder) == set(one.log) == set(two.log)
    with pytest.raises(DeskError) as caught:
        one.hub.create()
    assert caught.value.key == "share_exists"


def test_drafts_of_those_who_crashed_go_after_a_day(desks: tuple[Desk, Desk], folder: Path) -> None:
    import os

    old, fresh = folder / "team.db.tmp-0a", folder / "team.db.tmp-0b"
    for path, age in ((old, 25), (fresh, 1)):
        path.write_bytes(b"half a file")
        os.utime(path, (NOW - age * 3600,) * 2)
    desks[0].edit(1)
    desks[0].sync()
    assert (old.exists(), fresh.exists()) == (False, True)
