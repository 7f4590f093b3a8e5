"""Folder mode: each laptop writes files of its own, in small steps, and reads all."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.sync.folder import FolderHub
from desktop_app.sync.hub_file import read_part
from tests.sync.hubs import Desk, held, team_of
from tests.sync.test_drive import CONFLICT_COPIES


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    folder = tmp_path / "cloud"
    folder.mkdir()
    one, two = Desk(folder, kind=FolderHub), Desk(folder, "b2" * 16, kind=FolderHub)
    one.edit(10)
    two.edit(7)
    team_of(folder, FolderHub, one, two)
    yield one, two
    one.hub.close()
    two.hub.close()


@pytest.fixture
def folder(tmp_path: Path, desks: tuple[Desk, Desk]) -> Path:
    return tmp_path / "cloud"


def parts(folder: Path, stream: str) -> list[Path]:
    return sorted(folder.glob(f"team~{stream}-*.db"))


def test_each_laptop_writes_only_its_own_files(desks: tuple[Desk, Desk], folder: Path) -> None:
    one, two = desks
    one.sync()
    assert set(one.log) == set(two.log) == held(folder)
    before = {p: p.read_bytes() for p in parts(folder, two.stream)}
    assert before
    one.edit(3)
    one.sync()
    assert {p: p.read_bytes() for p in parts(folder, two.stream)} == before
    assert not list(folder.glob("*.lock"))


def test_publishing_two_hundred_changes_writes_less_than_a_hundred_kilobytes(
    desks: tuple[Desk, Desk], folder: Path
) -> None:
    one, _ = desks
    one.edit(20_000)
    one.sync()
    for _ in range(3):
        before = {p: p.stat().st_ino for p in folder.glob("*.db")}
        one.edit(200)
        one.sync()
        written = [p for p in folder.glob("*.db") if before.get(p) != p.stat().st_ino]
        assert sum(p.stat().st_size for p in written) <= 100_000
    assert held(folder) == set(one.log)
    assert max(p.stat().st_size for p in folder.glob("*.db")) < 5_000_000


def test_many_small_parts_become_few_and_nothing_is_lost(
    desks: tuple[Desk, Desk], folder: Path
) -> None:
    one, two = desks
    for _ in range(70):
        one.edit(150)
        one.sync()
    two.sync()
    assert len(parts(folder, one.stream)) < 50
    assert held(folder) == set(one.log) == set(two.log)
    assert two.sync().problems == []


@pytest.mark.parametrize("name", CONFLICT_COPIES)
def test_a_conflict_copy_of_a_part_is_read_whatever_its_name(
    name: str, desks: tuple[Desk, Desk], folder: Path
) -> None:
    one, two = desks
    own = parts(folder, one.stream)[-1]
    old = own.read_bytes()
    one.edit(3)
    one.sync()
    (folder / name).write_bytes(own.read_bytes())
    own.write_bytes(old)
    two.sync()
    assert set(one.log) == set(two.log)


@pytest.mark.parametrize("emptied", [False, True])
def test_a_part_of_ours_that_is_lost_or_emptied_is_made_good(
    emptied: bool, desks: tuple[Desk, Desk], folder: Path
) -> None:
    one, two = desks
    own = parts(folder, one.stream)[-1]
    if emptied:
        own.write_bytes(b"")
    else:
        own.unlink()
    one.sync()
    assert held(folder) == set(one.log)
    two.sync()
    assert set(one.log) == set(two.log)


def test_a_client_that_brings_back_an_old_edition_loses_nothing(
    desks: tuple[Desk, Desk], folder: Path, tmp_path: Path
) -> None:
    one, two = desks
    own = parts(folder, one.stream)[-1]
    shutil.copy(own, tmp_path / "old.db")
    one.edit(5)
    one.sync()
    shutil.copy(tmp_path / "old.db", own)
    for desk in (one, two, one):
        desk.sync()
    assert held(folder) == set(one.log) == set(two.log)
    assert all(read_part(p).total.count for p in folder.glob("team~*.db"))
