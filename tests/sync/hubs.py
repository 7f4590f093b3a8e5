"""Real hub files in a real folder, and a laptop's log in memory that syncs with them."""

import errno
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from desktop_app.db.change import HLC_PER_MS, Change, Changes, canonical, make_change
from desktop_app.domain.errors import DeskError
from desktop_app.sync.drive import DriveHub
from desktop_app.sync.folder import FolderHub
from desktop_app.sync.hub import Memory, Total
from desktop_app.sync.hub_file import DamagedError, ForeignError, read_part
from desktop_app.sync.lock import HubLock
from desktop_app.sync.run import Outcome, sync_once
from desktop_app.sync.share import Share

#: Drive mode or folder mode.
Kind = type[DriveHub] | type[FolderHub]

TEAM = "7e" * 16
NOW = 1_795_400_000.0
AT = "2026-11-23T02:00:00+00:00"


def some_changes(count: int, stream: str = "a1" * 16, first: int = 0) -> list[Change]:
    """Return changes as an edit makes them, each of its own."""
    return [
        make_change(
            stream,
            (1_795_000_000_000 + number) * HLC_PER_MS,
            f"{number:032x}",
            None,
            "company",
            f"{number:032x}",
            canonical({"name": [f"西湖精密 Müller {number}", []], "city": ["杭州", ["cd" * 16]]}),
        )
        for number in range(first, first + count)
    ]


class Clock:
    """A clock that only a wait moves."""

    def __init__(self) -> None:
        """Begin somewhere."""
        self.seconds = 1000.0

    def now(self) -> float:
        """Return the moment."""
        return self.seconds

    def sleep(self, seconds: float) -> None:
        """Let time pass at once."""
        self.seconds += seconds


class Desk:
    """A laptop: its log, and what it remembers of its hub."""

    def __init__(
        self,
        folder: Path,
        stream: str = "a1" * 16,
        *,
        kind: Kind = DriveHub,
        clock: Clock | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        """Stand before a shared folder; ``clock`` is the lock's, the real one when not given."""
        self.stream = stream
        self.log: dict[str, Change] = {}
        self._memory = Memory(TEAM)
        options: dict[str, Any] = {}
        if kind is DriveHub and clock is not None:
            options["make_lock"] = lambda share, name: HubLock(
                share, name, clock=clock.now, sleep=clock.sleep, heartbeat=False
            )
        share = Share(folder, cancelled)
        self.hub = kind(share, TEAM, lambda: self.stream, now=lambda: NOW, **options)

    def edit(self, count: int) -> None:
        """Make some changes."""
        made = some_changes(count, self.stream, len(self.log))
        self.log |= {c.id: c for c in made}

    def sync(self) -> Outcome:
        """Sync once."""
        outcome = Outcome()
        sync_once(self, self.hub, outcome, cancelled=lambda: False, now=AT)
        return outcome

    def settle(self) -> None:
        """Sync until nothing waits, as a laptop does every few minutes."""
        for _ in range(20):
            try:
                problems = self.sync().problems
            except DeskError:
                continue
            if not any(p.key in ("share_busy", "share_read_only") for p in problems):
                return
        raise AssertionError("it never came through")

    def position(self) -> int:
        return len(self.log)

    def since(self, position: int, upto: int) -> list[Change]:
        return list(self.log.values())[position:upto]

    def known(self, ids: Iterable[str]) -> set[str]:
        return set(ids) & set(self.log)

    def missing_from(self, ids: set[str], upto: int) -> list[Change]:
        return [c for c in self.since(0, upto) if c.id not in ids]

    def apply(self, changes: Sequence[Change], cancelled: Callable[[], bool]) -> Changes:
        self.log |= {c.id: c for c in changes}
        return Changes()

    def memory(self) -> Memory:
        return Memory.from_json(self._memory.to_json())

    def remember(self, memory: Memory) -> None:
        self._memory = Memory.from_json(memory.to_json())

    def seen(self) -> dict[str, Total]:
        streams = {c.stream for c in self.log.values()}
        return {
            s: Total().add(c.id for c in self.log.values() if c.stream == s)
            for s in sorted(streams)
        }

    def new_stream(self) -> None:
        self.stream = os.urandom(16).hex()


def team_of(folder: Path, kind: Kind, *desks: Desk) -> None:
    """Make the shared file and let everybody sync."""
    desks[0].hub.create()
    for desk in [*desks, *desks]:
        desk.sync()


def held(folder: Path) -> set[str]:
    """Return the ids that the parts in a folder hold, as a stranger reads them."""
    found: set[str] = set()
    for path in sorted(folder.glob("team*.db")):
        # A part that was emptied holds nothing; another one has been written for it.
        if path.name != "team.prev.db" and path.stat().st_size:
            found |= read_part(path).ids or set()
    return found


def is_refused(path: Path) -> bool:
    """Say whether a file is refused as not sound."""
    try:
        return read_part(path).team != TEAM
    except (DamagedError, ForeignError, DeskError):
        return True


def sql(path: Path, statement: str, *values: object) -> None:
    """Meddle with a hub file by hand."""
    connection = driver.connect(str(path))
    connection.execute(statement, values)
    connection.commit()
    connection.close()


class Steps:
    """Counts each operation on a folder, and lets something happen right before one of them."""

    _EVENTS = frozenset({"open", "os.rename", "os.link", "os.remove", "os.scandir", "os.mkdir"})
    _current: "Steps | None" = None
    _hooked = False

    def __init__(self, folder: Path, at: int, strike: Callable[[str], None], last: int = 0) -> None:
        """Strike at one step, or at each from it up to ``last``."""
        self._folder, self._at, self._strike = str(folder), at, strike
        self._last = last or at
        self.count = 0
        self._fsync = os.fsync

    def __enter__(self) -> "Steps":
        """Begin to count."""
        if not Steps._hooked:
            # A hook stays for good; outside of ``with`` it does nothing.
            sys.addaudithook(Steps._heard)
            Steps._hooked = True
        os.fsync = self._flush  # type: ignore[assignment]
        Steps._current = self
        return self

    def __exit__(self, *error: object) -> None:
        """Stop counting."""
        Steps._current = None
        os.fsync = self._fsync

    @staticmethod
    def _heard(event: str, values: tuple[object, ...]) -> None:
        steps = Steps._current
        if steps is None or event not in Steps._EVENTS:
            return
        place = values[0]
        if isinstance(place, str | os.PathLike) and str(place).startswith(steps._folder):
            steps.step(event)

    def _flush(self, handle: int) -> None:
        self.step("fsync")
        self._fsync(handle)

    def step(self, event: str) -> None:
        """Come to the next step."""
        self.count += 1
        if self._at <= self.count <= self._last:
            self._strike(event)

    def chunk(self) -> bool:
        """Be looked at between two chunks of a copy; nobody cancels."""
        self.step("write")
        return False


def chunk_of_current() -> bool:
    """Count a copied chunk, while anybody counts."""
    if Steps._current is not None:
        Steps._current.step("write")
    return False


def failing(code: int) -> Callable[[str], None]:
    """Return what lets a step fail."""

    def strike(event: str) -> None:
        raise OSError(code, os.strerror(code))

    return strike


ERRORS = (errno.EIO, errno.ENOSPC, errno.EACCES)
KINDS: tuple[Kind, ...] = (DriveHub, FolderHub)
