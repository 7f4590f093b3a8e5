"""The lock beside the shared file: one at a time, and a dead one's is seen through."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desktop_app.domain.errors import DeskError
from desktop_app.sync.drive import DriveHub
from desktop_app.sync.lock import STALE_SECONDS, HubLock
from desktop_app.sync.share import Share
from tests.sync.hubs import Clock, Desk, Steps, held, team_of

_NAME = "team.db.lock"


def lock(folder: Path, clock: Clock, host: str, *, alive: bool = True) -> HubLock:
    return HubLock(
        Share(folder),
        _NAME,
        clock=clock.now,
        sleep=clock.sleep,
        alive=lambda pid: alive,
        host=host,
        heartbeat=False,
    )


def test_of_two_only_one_has_the_lock(tmp_path: Path) -> None:
    clock = Clock()
    mine, theirs = lock(tmp_path, clock, "a"), lock(tmp_path, clock, "b")
    mine.acquire()
    with pytest.raises(DeskError) as caught:
        theirs.acquire()
    assert caught.value.key == "share_busy"
    mine.release()
    theirs.acquire()
    theirs.require()


def test_a_lock_without_a_new_beat_for_two_minutes_is_broken_and_its_holder_gives_way(
    tmp_path: Path,
) -> None:
    clock = Clock()
    mine, theirs = lock(tmp_path, clock, "a"), lock(tmp_path, clock, "b")
    mine.acquire()
    theirs.acquire(wait=STALE_SECONDS + 5)
    with pytest.raises(DeskError) as caught:
        mine.require()
    assert caught.value.key == "share_busy"
    mine.release()
    theirs.require()


def test_a_lock_that_shows_beats_is_respected_however_long(tmp_path: Path) -> None:
    clock = Clock()
    lock(tmp_path, clock, "a").acquire()
    theirs = lock(tmp_path, clock, "b")
    for beat in range(1, 30):
        with pytest.raises(DeskError):
            theirs.acquire(wait=20)
        held = json.loads((tmp_path / _NAME).read_bytes())
        (tmp_path / _NAME).write_text(json.dumps(held | {"beat": beat}))


def test_the_lock_of_a_process_of_this_computer_that_is_gone_is_broken_at_once(
    tmp_path: Path,
) -> None:
    clock = Clock()
    lock(tmp_path, clock, "a").acquire()
    began = clock.now()
    lock(tmp_path, clock, "a", alive=False).acquire()
    assert clock.now() == began
    assert [p.name for p in tmp_path.iterdir()] == [_NAME]


def test_a_lock_that_we_could_not_remove_ourselves_is_seen_through_at_once(tmp_path: Path) -> None:
    clock = Clock()
    mine = lock(tmp_path, clock, "a")
    mine.acquire()
    left = (tmp_path / _NAME).read_bytes()
    mine.release()
    (tmp_path / _NAME).write_bytes(left)
    began = clock.now()
    again = lock(tmp_path, clock, "a")
    again.acquire()
    assert clock.now() == began
    # But one that this process really holds is respected, in whatever thread.
    with pytest.raises(DeskError):
        lock(tmp_path, clock, "a").acquire()
    again.require()


def test_of_many_who_break_a_dead_lock_at_once_only_one_has_it(tmp_path: Path) -> None:
    for _ in range(20):
        dead = {"nonce": "dead", "host": "a", "pid": 1, "beat": 0}
        (tmp_path / _NAME).write_text(json.dumps(dead))
        ready = threading.Barrier(4)

        def take(ready: threading.Barrier = ready) -> bool:
            one = HubLock(
                Share(tmp_path),
                _NAME,
                alive=lambda pid: pid != 1,
                host="a",
                heartbeat=False,
            )
            ready.wait()
            try:
                one.acquire(wait=0.05)
                time.sleep(0.1)
                one.require()
            except DeskError:
                return False
            return True

        with ThreadPoolExecutor(4) as pool:
            won = [one.result() for one in [pool.submit(take) for _ in range(4)]]
        assert sum(won) == 1
        assert [p.name for p in tmp_path.iterdir()] == [_NAME]


def test_a_lock_lost_before_the_replace_is_noticed_and_nothing_is_replaced(tmp_path: Path) -> None:
    one = Desk(tmp_path)
    one.edit(3)
    team_of(tmp_path, DriveHub, one)
    one.edit(2)
    before = (tmp_path / "team.db").read_bytes()

    def steal(event: str) -> None:
        if (tmp_path / _NAME).exists():
            current, Steps._current = Steps._current, None
            (tmp_path / _NAME).write_text(json.dumps({"nonce": "theirs", "beat": 1}))
            Steps._current = current

    with Steps(tmp_path, 1, steal, last=500):
        told = {p.key for p in one.sync().problems}
    assert told == {"share_busy"}
    assert (tmp_path / "team.db").read_bytes() == before
    assert json.loads((tmp_path / _NAME).read_bytes())["nonce"] == "theirs"
    (tmp_path / _NAME).unlink()
    one.settle()
    assert held(tmp_path) == set(one.log)
    one.hub.close()


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"beat": "soon", "pid": "x"}'])
def test_a_lock_file_that_says_nothing_goes_stale_like_any_other(text: str, tmp_path: Path) -> None:
    clock = Clock()
    (tmp_path / _NAME).write_text(text)
    mine = lock(tmp_path, clock, "a")
    with pytest.raises(DeskError):
        mine.acquire()
    mine.acquire(wait=STALE_SECONDS + 5)
    mine.require()
