"""A team of laptops at the mercy of a seed: whatever goes wrong, all end equal, nothing is lost.

``pytest tests/sync/test_simulator.py --seeds 10000`` makes more runs than the usual ones, and
``--seed 4711`` repeats the one that failed, whose operations it lists.
"""

from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from desktop_app.domain.errors import DeskError
from desktop_app.sync.lock import HubLock
from desktop_app.sync.share import Share
from tests.sync.simulator.faults import Faults, in_memory, run
from tests.sync.simulator.real import RealTeam
from tests.sync.simulator.share import File, MemoryShare, View
from tests.sync.simulator.world import World

BLOCK = 50

# What must happen in every block of runs, or they would prove little.
FAULTS = (
    "clock crashed clone conflict_copy damage hub_older meanwhile remove restore retire "
    "roll_back share_away share_busy share_damaged share_full share_read_only sync_break"
).split()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seeds" in metafunc.fixturenames:
        one: int | None = metafunc.config.getoption("--seed")
        count: int = metafunc.config.getoption("--seeds")
        blocks = [range(n, min(n + BLOCK, count)) for n in range(0, count, BLOCK)]
        if one is not None:
            blocks = [range(one, one + 1)]
        metafunc.parametrize("seeds", blocks, ids=lambda r: f"{r.start}-{r.stop - 1}")


def test_all_laptops_end_equal_and_no_saved_value_is_gone(seeds: range) -> None:
    happened: Counter[str] = Counter()
    for seed in seeds:
        happened.update(run(seed).counts)
    if len(seeds) == BLOCK:
        assert not [fault for fault in FAULTS if not happened[fault]]


@pytest.mark.parametrize("fault", ["crash", "break", "meet", "away"])
@pytest.mark.parametrize("mode", [0, 1], ids=["drive", "folder"])
def test_a_fault_between_any_two_steps_of_a_sync_costs_nothing(mode: int, fault: str) -> None:
    for step in range(1, 60):
        with in_memory():
            world = World(mode)
            first, second, *_ = world.stations
            for station in (first, second, first):
                world.create(station)
                world.sync(station)
                world.carry(station)
            world.create(first)
            world.create(second)
            share = MemoryShare(first.view, world.tick)
            Faults(world).arm(share, fault, step, second)
            world.sync(first, share)
            world.create(first)
            world.sync(first)
            world.settle_down()
            world.check()


def test_a_lock_that_is_just_being_written_is_not_taken_for_a_stale_one() -> None:
    view = View("somewhere")
    view.files["team.db.lock"] = File(b"", 1)
    moment = [10_000.0]
    lock = HubLock(
        cast(Share, MemoryShare(view, lambda: 2)),
        "team.db.lock",
        clock=lambda: moment[0],
        sleep=lambda s: moment.__setitem__(0, moment[0] + s),
        heartbeat=False,
    )
    with pytest.raises(DeskError, match="share_busy"):
        lock.acquire()
    moment[0] += 130
    lock.acquire()


def test_a_run_can_be_repeated() -> None:
    first, second = run(7), run(7)
    assert first.operations == second.operations
    assert first.saved == second.saved


@pytest.mark.parametrize("seed", range(16))
def test_real_workspaces_end_equal_and_sound(seed: int, tmp_path: Path) -> None:
    with closing(RealTeam(seed, tmp_path)) as made:
        for _ in range(40):
            made.step()
        made.check()
