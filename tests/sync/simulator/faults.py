"""Everything that goes wrong, and one whole run of it."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from unittest.mock import patch

from desktop_app.sync import folder
from desktop_app.sync.share import DRAFT
from tests.sync.simulator import codec
from tests.sync.simulator.share import File, MemoryShare
from tests.sync.simulator.world import HOUR, YEAR, Station, World

OPERATIONS = 200

#: How much of what happens, happens to the shared folder.
OF_FOLDER = 0.06


class Faults:
    """What can happen to a team besides its work."""

    def __init__(self, world: World) -> None:
        """Threaten a world."""
        self.world = world
        self.rng = world.rng

    @contextmanager
    def _may_lose(self, name: str = "") -> Iterator[None]:
        """Excuse what existed nowhere else than in what the fault destroys."""
        before = self.world.held()
        yield
        if name and self.world.synced_folder:
            self.world.doomed.add(name)
        self.world.lost |= before - self.world.held()

    def _files(self) -> dict[str, File]:
        """Return the folder in which something happens to files."""
        world = self.world
        return self.rng.choice(world.stations).view.files

    def _part(self, files: dict[str, File]) -> str | None:
        """Return one of the shared files."""
        names = [n for n in sorted(files) if n.endswith(".db") and DRAFT not in n]
        return self.rng.choice(names) if names else None

    # The shared folder.

    def keep_edition(self) -> None:
        """Let somebody copy the shared files to a stick."""
        self.world.editions.append(dict(self._files()))

    def roll_back(self) -> None:
        """Let somebody put an old copy over a shared file."""
        if not self.world.editions:
            return
        old, files = self.rng.choice(self.world.editions), self._files()
        name = self._part(old)
        if name is None:
            return
        with self._may_lose(name):
            same_time = self.rng.random() < 0.5
            mtime = old[name].mtime if same_time else self.world.tick()
            files[name] = File(old[name].data, mtime)
        self.world.note("roll_back", name)

    def remove(self) -> None:
        """Let somebody delete a shared file."""
        files = self._files()
        name = self._part(files)
        if name is not None:
            with self._may_lose(name):
                del files[name]
            self.world.note("remove", name)

    def damage(self) -> None:
        """Leave a shared file empty, cut short, or with other bytes."""
        files = self._files()
        name = self._part(files)
        if name is None:
            return
        data = files[name].data
        at = self.rng.randrange(len(data)) if data else 0
        damaged = self.rng.choice([b"", data[:at], data[:at] + b"\xff" + data[at + 1 :]])
        with self._may_lose(name):
            files[name] = File(damaged, self.world.tick())
        self.world.note("damage", f"{name} {len(damaged)} of {len(data)}")

    def copy(self) -> None:
        """Let a sync client make a conflict copy, of this or an earlier edition."""
        files = self._files()
        source = self.rng.choice([files, *self.world.editions])
        name = self._part(source)
        if name is not None:
            stem = name.removesuffix(".db")
            files[f"{stem} (冲突副本 {self.world.ticks}).db"] = source[name]
            self.world.note("conflict_copy", name)

    # Laptops.

    def clone(self) -> None:
        """Let somebody go on in a copied workspace folder, while the original goes on too."""
        world = self.world
        if len(world.stations) >= 9:
            return
        source = self.rng.choice(world.stations)
        copy = world.join()
        log = source.log.copy()
        log.version = source.log.version
        log.wall = copy.log.wall
        copy.log = log
        world.note("clone", f"{source.name} -> {copy.name}")

    def back_up(self, station: Station) -> None:
        """Let somebody back a laptop up."""
        station.backups.append(station.log.copy())

    def restore(self, station: Station) -> None:
        """Let somebody restore a laptop from a backup."""
        if not station.backups:
            return
        with self._may_lose():
            wall, station.form = station.log.wall, None
            station.log = self.rng.choice(station.backups).copy()
            station.log.wall = wall
        self.world.note("restore", station.name)

    def retire(self, station: Station) -> None:
        """Let a laptop fall into a lake."""
        if len(self.world.stations) <= 2:
            return
        self.world.note("retire", station.name)
        with self._may_lose():
            self.world.stations.remove(station)

    def upgrade(self, station: Station) -> None:
        """Let a laptop have the newer version."""
        if station.log.version == 1:
            station.log.version = 2
            self.world.note("upgrade", station.name)

    def set_clock(self, station: Station) -> None:
        """Set a laptop's clock wrong, or right."""
        station.off = self.rng.choice([0, YEAR, -YEAR, 30 * HOUR, -2 * HOUR])
        self.world.note("clock", f"{station.name} {station.off // HOUR} h")

    # A sync.

    def troubled_sync(self, station: Station) -> None:
        """Let a sync meet a fault of the share, or lose its power between two steps."""
        share = MemoryShare(station.view, self.world.tick)
        step = self.rng.randint(1, 40)
        kind = self.rng.choice(["crash", "crash", "away", "read_only", "full", "meet", "break"])
        others = [s for s in self.world.stations if s is not station]
        self.arm(share, kind, step, self.rng.choice(others))
        self.world.sync(station, share, f"sync_{kind}", f"@{step}")

    def arm(self, share: MemoryShare, kind: str, step: int, other: Station) -> None:
        """Have a fault happen at one step of a sync."""
        if kind == "crash":
            share.crash_at = step
        elif kind == "away":
            share.away_at = step
        elif kind in ("read_only", "full"):
            setattr(share, kind, True)
        else:
            share.between[step] = partial(self._other_sync, other, breaking=kind == "break")

    def _other_sync(self, other: Station, *, breaking: bool) -> None:
        """Let another laptop sync, which may wrongly break the lock."""
        if breaking:
            for name in [n for n in other.view.files if n.endswith(".lock")]:
                del other.view.files[name]
        self.world.sync(other, why="meanwhile")


class _NoFolder:
    """What stands for a temporary folder: the simulator's files are in memory."""

    made = 0

    def __init__(self, **_options: object) -> None:
        _NoFolder.made += 1
        self.name = f"/nowhere/{_NoFolder.made}"

    def cleanup(self) -> None:
        """Remove nothing."""


@contextmanager
def in_memory() -> Iterator[None]:
    """Keep the hubs off the disk, and their parts so small that many are made and combined."""
    with (
        patch.object(tempfile, "TemporaryDirectory", _NoFolder),
        patch.object(folder, "TAIL_BYTES", 900),
        patch.object(folder, "SMALL_PARTS", 3),
        patch.object(folder, "PART_BYTES", 6000),
        patch.object(folder, "_OVERHEAD", 5),
    ):
        yield
    codec.forget()


def run(seed: int, operations: int = OPERATIONS) -> World:
    """Let a team work for a while, and check that all ends well.

    Raises:
        AssertionError: it does not; names the seed and what was done.
    """
    with in_memory():
        return _run(seed, operations)


def _run(seed: int, operations: int) -> World:
    """Run in memory."""
    world = World(seed)
    faults = Faults(world)
    of_station: dict[Callable[[Station], object], int] = {
        world.create: 12,
        world.edit: 40,
        lambda s: world.edit(s, hot=True): 14,
        world.delete: 6,
        world.undo: 8,
        world.form: 14,
        world.resolve: 8,
        world.sync: 50,
        world.carry: 10,
        lambda s: world.carry(s, 0.5): 30,
        world.recreate: 6,
        faults.troubled_sync: 12,
        faults.back_up: 2,
        faults.restore: 1,
        faults.retire: 1,
        faults.upgrade: 1,
        faults.set_clock: 2,
    }
    of_folder: dict[Callable[[], object], int] = {
        faults.keep_edition: 4,
        faults.roll_back: 2,
        faults.remove: 1,
        faults.damage: 2,
        faults.copy: 2,
        faults.clone: 1,
    }
    station_weights, folder_weights = list(of_station.values()), list(of_folder.values())
    try:
        for _ in range(operations):
            world.now += world.rng.choice([1, 1_000, 60_000, 20 * 60_000, 3 * HOUR])
            if world.rng.random() < OF_FOLDER:
                world.rng.choices(list(of_folder), folder_weights)[0]()
            else:
                verb = world.rng.choices(list(of_station), station_weights)[0]
                verb(world.rng.choice(world.stations))
        world.settle_down()
        world.check()
    except Exception as error:
        kind = "folder" if world.synced_folder else "drive"
        done = "\n".join(f"{n:4} {o}" for n, o in enumerate(world.operations))
        raise AssertionError(f"seed {seed} ({kind}): {error}\n{done}") from error
    return world
