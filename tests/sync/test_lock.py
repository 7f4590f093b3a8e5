"""The lock beside the shared file: one at a time, and a dead one's is seen through."""

import json
from pathlib import Path

import pytest

from desktop_app.domain.errors import DeskError
from desktop_app.sync.lock import STALE_SECONDS, HubLock
from desktop_app.sync.share import Share
from tests.sync.hubs import Clock

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


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"beat": "soon", "pid": "x"}'])
def test_a_lock_file_that_says_nothing_goes_stale_like_any_other(text: str, tmp_path: Path) -> None:
    clock = Clock()
    (tmp_path / _NAME).write_text(text)
    mine = lock(tmp_path, clock, "a")
    with pytest.raises(DeskError):
        mine.acquire()
    mine.acquire(wait=STALE_SECONDS + 5)
    mine.require()
