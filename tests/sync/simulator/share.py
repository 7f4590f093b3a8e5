"""A shared folder in memory: crashes and faults between any two steps, and what sync clients do."""

from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from desktop_app.domain.errors import DeskError
from desktop_app.sync.share import DRAFT


class Crashed(BaseException):
    """The laptop lost its power: no handler of the program runs into it."""


class File(NamedTuple):
    """A file's bytes, and the moment it was written."""

    data: bytes
    mtime: int


#: The files of a laptop's own disk, which the codec and the share read and write by path.
LOCAL: dict[Path, bytes] = {}


class View:
    """The folder as one laptop sees it; on a drive all see the same one."""

    def __init__(self, name: str) -> None:
        """Begin empty."""
        self.name = name
        self.files: dict[str, File] = {}
        self.base: dict[str, tuple[int, File | None]] = {}


class MemoryShare:
    """One laptop's access to the folder during one sync, with what goes wrong in it."""

    def __init__(self, view: View, tick: Callable[[], int]) -> None:
        """Stand before a folder.

        Args:
            view: the folder.
            tick: gives the moment for the next file that is written.
        """
        self.view = view
        self.folder = Path(view.name)
        self.tick = tick
        self.steps = 0
        self.crash_at: int | None = None
        self.away_at: int | None = None
        self.read_only = False
        self.full = False
        self.between: dict[int, Callable[[], None]] = {}

    def step(self, _name: str) -> None:
        """Pass one point between two steps: here others work, shares vanish and power fails."""
        self.steps += 1
        other = self.between.pop(self.steps, None)
        if other is not None:
            other()
        if self.crash_at == self.steps:
            raise Crashed

    def _reach(self, name: str) -> None:
        self.step(name)
        if self.away_at is not None and self.steps >= self.away_at:
            raise DeskError("share_away", path=self.view.name)

    def _write(self, name: str, data: bytes) -> None:
        if self.read_only:
            raise DeskError("share_read_only", path=name)
        if self.full:
            raise DeskError("share_full", path=name)
        self.view.files[name] = File(data, self.tick())

    def _data(self, name: str) -> bytes | None:
        self._reach(name)
        file = self.view.files.get(name)
        return None if file is None else file.data

    def names(self) -> list[str]:
        """Return the names of the folder's files."""
        self._reach("names")
        return sorted(name for name in self.view.files if "/" not in name)

    def listing(self) -> dict[str, str]:
        """Return the names of the folder's files, each with its size and time."""
        self._reach("listing")
        found = sorted(self.view.files.items())
        return {n: f"{len(f.data)}:{f.mtime}" for n, f in found if "/" not in n}

    def names_in(self, folder: str) -> list[str]:
        """Return the names of the files in a folder below."""
        self._reach(folder)
        within = f"{folder}/"
        return sorted(n.removeprefix(within) for n in self.view.files if n.startswith(within))

    def stamp(self, name: str) -> str:
        """Return what tells that a file was altered."""
        return "" if self._data(name) is None else self._stamp(name)

    def _stamp(self, name: str) -> str:
        data, mtime = self.view.files[name]
        head = blake2b(data[:4096], digest_size=8).hexdigest()
        return f"{len(data)}:{mtime}:{head}"

    def head(self, name: str, size: int) -> bytes:
        """Return the first bytes of a file."""
        return (self._data(name) or b"")[:size]

    def fetch(self, name: str, target: Path) -> bool:
        """Copy a file to the laptop's own disk."""
        data = self._data(name)
        if data is None:
            return False
        LOCAL[target] = data
        return True

    def put(self, source: Path, name: str, before: Callable[[], None] = lambda: None) -> str:
        """Write a draft first, which a crash leaves behind, then replace by it."""
        self._reach(name)
        draft = f"{name}{DRAFT}{self.tick()}"
        data = LOCAL[source]
        try:
            self._write(draft, data[: len(data) // 2])
            self._reach(name)
            self._write(draft, data)
            before()
            self._reach(name)
        except DeskError:
            self.view.files.pop(draft, None)
            raise
        del self.view.files[draft]
        self._write(name, data)
        stamp = self._stamp(name)
        self.step(name)
        return stamp

    def put_new(self, source: Path, name: str) -> None:
        """Put a file there once."""
        if self._data(name) is None:
            self.put(source, name)

    def keep_previous(self, name: str, previous: str) -> None:
        """Keep the present edition of a file under another name."""
        data = self._data(name)
        if data is not None:
            self._write(previous, data)
        self.step(name)

    def create_new(self, name: str, data: bytes) -> bool:
        """Make a file that nobody else has made."""
        self._reach(name)
        if name in self.view.files:
            return False
        self._write(name, data)
        self.step(name)
        return True

    def read_small(self, name: str) -> bytes | None:
        """Return a small file's bytes."""
        return self._data(name)

    def write_small(self, name: str, data: bytes) -> None:
        """Replace a small file."""
        self._reach(name)
        self._write(name, data)
        self.step(name)

    def rename(self, name: str, new: str) -> bool:
        """Give a file another name."""
        data = self._data(name)
        if data is None:
            return False
        self._write(new, data)
        del self.view.files[name]
        self.step(name)
        return True

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        self._reach(name)
        if self.read_only:
            raise DeskError("share_read_only", path=name)
        self.view.files.pop(name, None)
        self.step(name)

    def sweep(self, _now: float) -> None:
        """Leave drafts where they are: whoever reads must not mind them."""
        self._reach("sweep")


class Cloud:
    """What carries a synced folder from laptop to laptop: later, in any order, with copies."""

    def __init__(self) -> None:
        """Begin empty."""
        self.files: dict[str, tuple[int, File | None]] = {}
        self.versions = 0
        self.copies = 0

    def meet(self, view: View, names: Iterable[str]) -> None:
        """Bring some files of a laptop's folder and the cloud to the same state."""
        for name in names:
            here = view.files.get(name)
            base_version, base = view.base.get(name, (0, None))
            version, there = self.files.get(name, (0, None))
            if here != base and version != base_version and here != there:
                if here is not None and there is not None:
                    self.copies += 1
                    stem, _, end = name.rpartition(".")
                    copy = f"{stem} ({view.name} 的冲突副本 {self.copies}).{end}"
                    view.files[copy] = here
                    self._upload(view, copy)
                if there is not None:
                    view.files[name] = there
                    view.base[name] = (version, there)
                    continue
                self._upload(view, name)
            elif here != base:
                self._upload(view, name)
            elif version != base_version:
                if there is None:
                    view.files.pop(name, None)
                else:
                    view.files[name] = there
                view.base[name] = (version, there)

    def _upload(self, view: View, name: str) -> None:
        self.versions += 1
        self.files[name] = view.base[name] = (self.versions, view.files.get(name))

    def names(self, view: View) -> list[str]:
        """Return all names that either side has or had."""
        return sorted(view.files.keys() | view.base.keys() | self.files.keys())
