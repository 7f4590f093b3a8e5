"""Whatever fails or dies at whatever step of a publish: the hub stays whole, and heals."""

import errno
import os
import shutil
import signal
from pathlib import Path

import pytest

from desktop_app.domain.errors import DeskError
from desktop_app.sync import share
from tests.sync.hubs import (
    ERRORS,
    KINDS,
    Clock,
    Desk,
    Kind,
    Steps,
    chunk_of_current,
    failing,
    held,
    team_of,
)

_MOST_STEPS = 200
_KEYS = {"share_away", "share_read_only", "share_full", "share_busy"}


class Scene:
    """One laptop about to publish five changes into a hub that holds thirty."""

    def __init__(self, folder: Path, kind: Kind) -> None:
        folder.mkdir()
        self.folder, self.kind, self.clock = folder, kind, Clock()
        self.desk = Desk(folder, kind=kind, clock=self.clock, cancelled=chunk_of_current)
        self.desk.edit(30)
        team_of(folder, kind, self.desk)
        self.old = set(self.desk.log)
        self.desk.edit(5)
        self.new = set(self.desk.log)

    def is_whole(self) -> bool:
        """Say whether the hub is the old one or the new one, and nothing between."""
        return held(self.folder) in (self.old, self.new)


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small files, too, are copied in several chunks."""
    monkeypatch.setattr(share, "_CHUNK", 8192)


@pytest.mark.parametrize("gone_for_good", [False, True])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("code", ERRORS, ids=lambda code: errno.errorcode[code])
def test_a_file_operation_that_fails_leaves_the_old_hub_or_the_new_one(
    code: int, kind: Kind, gone_for_good: bool, tmp_path: Path
) -> None:
    for number in range(1, _MOST_STEPS):
        scene = Scene(tmp_path / f"{number}", kind)
        last = _MOST_STEPS if gone_for_good else number
        told = set()
        with Steps(scene.folder, number, failing(code), last) as steps:
            try:
                told = {p.key for p in scene.desk.sync().problems}
            except DeskError as error:
                told = {error.key}
        assert told <= _KEYS, number
        assert scene.is_whole(), number
        scene.desk.settle()
        assert held(scene.folder) == scene.new, number
        scene.desk.hub.close()
        shutil.rmtree(scene.folder)
        if steps.count < number:
            assert number > 12
            return
    raise AssertionError("a publish has no end")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("kind", KINDS)
def test_a_process_killed_at_any_step_leaves_a_hub_that_others_read_and_publish_in(
    kind: Kind, tmp_path: Path
) -> None:
    for number in range(1, _MOST_STEPS):
        scene = Scene(tmp_path / f"{number}", kind)
        child = os.fork()
        if not child:
            _die_at(scene, number)
        _, status = os.waitpid(child, 0)
        assert scene.is_whole(), number
        # The lock that the dead one may have left is seen through at once: no clock is waited for.
        other = Desk(scene.folder, "b2" * 16, kind=kind)
        other.edit(3)
        other.sync()
        assert not any(scene.folder.glob("*.lock")), number
        scene.desk.sync()
        other.sync()
        assert held(scene.folder) == set(scene.desk.log) == set(other.log), number
        for desk in (scene.desk, other):
            desk.hub.close()
        shutil.rmtree(scene.folder)
        if not os.WIFSIGNALED(status):
            assert os.WEXITSTATUS(status) == 0
            assert number > 12
            return
    raise AssertionError("a publish has no end")


def _die_at(scene: Scene, number: int) -> None:
    """Sync in a child process that ends right before a step."""
    try:
        with Steps(scene.folder, number, lambda event: os.kill(os.getpid(), signal.SIGKILL)):
            scene.desk.sync()
        os._exit(0)
    except BaseException:
        os._exit(1)
