"""Two laptops share a file on a real Samba server; skipped where there can be none."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desktop_app.db.check import check
from desktop_app.db.workspace import Workspace
from desktop_app.sync import team
from desktop_app.sync.lock import HubLock
from desktop_app.sync.modes import Mode
from desktop_app.sync.share import DRAFT, Share
from desktop_app.sync.team import State
from tests.sync.laptops import add, change_fields, laptop, logged, value
from tests.sync.servers import samba
from tests.sync.servers.samba import Samba


@pytest.fixture(scope="module")
def server() -> Iterator[Samba]:
    with samba.running() as started:
        yield started


@pytest.fixture(scope="module")
def mounts(server: Samba) -> list[Path]:
    """The share as each of two laptops sees it, by a mount of its own."""
    return [server.mount(name) for name in ("laptop-a", "laptop-b")]


@pytest.fixture
def folders(server: Samba, mounts: list[Path], request: pytest.FixtureRequest) -> list[Path]:
    """A new folder on the share for each test, as both laptops see it."""
    name = request.node.name[:40]
    (server.shared / name).mkdir()
    return [mount / name for mount in mounts]


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[list[Workspace]]:
    opened = [laptop(tmp_path / name, name) for name in ("王", "李")]
    yield opened
    for workspace in opened:
        workspace.close()


def connect(laptops: list[Workspace], folders: list[Path]) -> None:
    for workspace, folder in zip(laptops, folders, strict=True):
        location = str(folder / "team.db")
        team.connect(workspace, location, create=workspace is laptops[0], mode=Mode.DRIVE)
        assert team.sync(workspace).state is State.IN_SHARED_FILE


def all_equal(laptops: list[Workspace]) -> None:
    for workspace in [*laptops, *laptops]:
        assert team.sync(workspace).state is State.IN_SHARED_FILE
    assert {c.id for c in logged(laptops[0])} == {c.id for c in logged(laptops[1])}
    for workspace in laptops:
        assert check(workspace).ok
    assert all(team.status(w).seen_by >= 1 for w in laptops)


def test_the_share_does_what_publishing_needs(folders: list[Path]) -> None:
    mine, theirs = (Share(folder) for folder in folders)
    assert mine.create_new("lock", b"mine")
    assert not theirs.create_new("lock", b"theirs")
    assert theirs.read_small("lock") == b"mine"
    for edition in (b"first", b"second and longer", b"3"):
        mine.write_small("file", edition)
        assert theirs.read_small("file") == edition
    mine.remove("lock")
    assert theirs.create_new("lock", b"theirs")


def test_what_one_lays_down_on_the_server_the_other_finds(
    laptops: list[Workspace], folders: list[Path]
) -> None:
    company = add(laptops[0], "companies", name="Bühler AG 布勒")
    connect(laptops, folders)
    assert value(laptops[1], "companies", company, "name") == "Bühler AG 布勒"
    change_fields(laptops[1], "companies", company, notes="来自李")
    change_fields(laptops[0], "companies", company, city="Uzwil")
    all_equal(laptops)
    for workspace in laptops:
        assert value(workspace, "companies", company, "notes") == "来自李"
        assert value(workspace, "companies", company, "city") == "Uzwil"
    names = [path.name for path in folders[0].iterdir()]
    assert not [n for n in names if DRAFT in n or n.endswith(".lock")]


def test_two_who_publish_at_once_over_the_server_lose_nothing(
    laptops: list[Workspace], folders: list[Path]
) -> None:
    connect(laptops, folders)

    def work(index: int) -> None:
        for turn in range(5):
            add(laptops[index], "companies", name=f"{index}-{turn}")
            # On a machine with too much to do the mount may not answer in time: the work waits.
            may_be = (State.IN_SHARED_FILE, State.BUSY, State.OFFLINE)
            assert team.sync(laptops[index]).state in may_be

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    all_equal(laptops)
    with laptops[0].look() as connection:
        assert connection.execute("SELECT count(*) FROM company").fetchone() == (10,)


def test_a_lock_on_the_server_keeps_the_other_out(folders: list[Path]) -> None:
    mine, theirs = (HubLock(Share(folder), "team.db.lock") for folder in folders)
    mine.acquire()
    assert (folders[1] / "team.db.lock").exists()
    assert not Share(folders[1]).create_new("team.db.lock", b"")
    mine.release()
    theirs.acquire()
    theirs.release()
    assert not (folders[0] / "team.db.lock").exists()


def test_a_server_that_is_switched_off_keeps_nobody_from_working(
    server: Samba, laptops: list[Workspace], folders: list[Path]
) -> None:
    connect(laptops, folders)
    server.stop()
    add(laptops[0], "companies", name="in the factory without a network")
    result = team.sync(laptops[0])
    assert (result.state, [p.key for p in result.problems]) == (State.OFFLINE, ["share_away"])
    assert team.status(laptops[0]).waiting >= 1

    server.start()
    again = [server.mount(f"again-{n}") / folders[0].name for n in range(2)]
    for workspace, folder in zip(laptops, again, strict=True):
        # Another drive letter, as after a restart.
        team.disconnect(workspace)
        team.connect(workspace, str(folder / "team.db"), mode=Mode.DRIVE)
    all_equal(laptops)
