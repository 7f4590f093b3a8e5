"""Folder mode: each laptop writes files of its own, in small steps, and reads all."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.sync.folder import FolderHub
from desktop_app.sync.hub import Problem
from desktop_app.sync.hub_file import read_part
from tests.sync.hubs import Desk, held, some_changes, team_of
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


def rot(path: Path, place: str, *, unnoticed: bool) -> None:
    """Damage a text or a page of a part; it may look untouched by its first bytes and time."""
    data, moment = bytearray(path.read_bytes()), path.stat().st_mtime_ns
    if place == "text":
        at = data.rfind("西湖".encode())
        assert at > 4096
        data[at : at + 6] = "东湖".encode()
    else:
        data[12288:16384] = bytes(4096)
    path.write_bytes(data)
    if unnoticed:
        os.utime(path, ns=(moment, moment))


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


@pytest.mark.parametrize("unnoticed", [False, True])
@pytest.mark.parametrize("place", ["text", "page"])
def test_a_part_of_ours_that_rots_is_made_good_by_us_and_left_alone_by_others(
    place: str, unnoticed: bool, desks: tuple[Desk, Desk], folder: Path
) -> None:
    one, two = desks
    one.edit(200)
    for desk in (one, two):
        desk.sync()
    own = parts(folder, one.stream)[-1]
    rot(own, place, unnoticed=unnoticed)
    assert two.sync().problems == ([] if unnoticed else [Problem("share_damaged")])
    assert own.exists()
    one.edit(1)
    if unnoticed:
        # Its size and time say that it is the very file: only a reading in full tells.
        memory = one.memory()
        memory.verified = "2026-01-01"
        one.remember(memory)
    assert Problem("share_damaged") in one.sync().problems
    assert held(folder) >= set(one.log)
    assert two.sync().problems == []
    assert set(one.log) == set(two.log)
    assert one.sync().problems == []
    assert len(list(folder.glob("*.bad-*"))) == 1


def test_rot_is_found_by_whoever_adds_to_it_and_nothing_is_built_on_it(
    desks: tuple[Desk, Desk], folder: Path
) -> None:
    one, two = desks
    one.edit(100)
    one.sync()
    rot(parts(folder, one.stream)[-1], "page", unnoticed=True)
    one.edit(1)
    assert [p.key for p in one.sync().problems] == ["share_damaged"]
    two.sync()
    assert set(one.log) == set(two.log) == held(folder)


def test_a_part_of_another_that_is_missing_is_given_a_day(
    desks: tuple[Desk, Desk], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = desks
    for desk in (one, two, one):
        desk.sync()
    for part in parts(folder, one.stream):
        part.unlink()
    began = two.hub._now()
    for hours in (0, 1, 23):
        monkeypatch.setattr(two.hub, "_now", lambda h=hours: began + h * 3600)
        # The day's reading in full would make it good: that of this day was done.
        memory = two.memory()
        memory.verified = two.hub._today()
        two.remember(memory)
        assert two.sync().pushed == 0, hours
    monkeypatch.setattr(two.hub, "_now", lambda: began + 25 * 3600)
    assert two.sync().pushed == 10
    assert held(folder) == set(one.log)


def test_others_do_not_read_everything_again_after_parts_were_combined(
    desks: tuple[Desk, Desk], folder: Path
) -> None:
    one, two = desks
    before: set[str] = set()
    combined = False
    for _ in range(70):
        one.edit(150)
        one.sync()
        small = {p.name for p in parts(folder, one.stream)}
        if before - small:
            combined = True
            reading = two.hub.read(two.memory())
            assert reading.ids is None
        before = small
        two.sync()
    assert combined
    assert set(one.log) == set(two.log)


def test_copies_of_a_laptop_do_not_write_their_parts_for_ever(
    desks: tuple[Desk, Desk], folder: Path
) -> None:
    one, two = desks
    copy = Desk(folder, one.stream, kind=FolderHub)
    copy.log = dict(one.log)
    copy.remember(one.memory())
    for desk, first in ((one, 1000), (copy, 2000)):
        desk.log |= {c.id: c for c in some_changes(3, one.stream, first)}
    for desk in (one, copy, two) * 4:
        desk.sync()
    assert set(one.log) == set(copy.log) == set(two.log) == held(folder)
    before = {p: (p.stat().st_ino, p.stat().st_mtime_ns) for p in folder.rglob("*")}
    for desk in (one, copy, two) * 3:
        assert desk.sync().pushed == 0
    assert {p: (p.stat().st_ino, p.stat().st_mtime_ns) for p in folder.rglob("*")} == before
    assert len({one.stream, copy.stream, two.stream}) == 3
    copy.hub.close()


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
