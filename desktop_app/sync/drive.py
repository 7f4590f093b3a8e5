"""Drive mode: one file on an office drive or a stick, replaced whole under a lock.

Source: the sync design, "Drive mode".
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from desktop_app.db import keys
from desktop_app.db.change import Change
from desktop_app.domain.errors import DeskError
from desktop_app.sync.file_hub import BAD, FileHub, Found
from desktop_app.sync.hub import Memory, Part, Problem, Reading
from desktop_app.sync.hub_file import DamagedError, ForeignError
from desktop_app.sync.lock import HubLock
from desktop_app.sync.share import Share


class DriveHub(FileHub):
    """The team's one file, with its lock beside it and its previous edition kept."""

    def __init__(
        self,
        share: Share,
        team: str,
        stream: Callable[[], str],
        *,
        name: str = "team.db",
        make_lock: Callable[[Share, str], HubLock] = HubLock,
        **options: Any,
    ) -> None:
        """Stand before a file called ``name``; see ``FileHub`` for the options."""
        super().__init__(share, team, stream, **options)
        self._name = name
        self._previous = f"{name.removesuffix('.db')}.prev.db"
        self._lock = make_lock(share, f"{name}.lock")
        self._held = False
        self._broken = False

    def create(self) -> None:
        """Make the file, with nothing in it yet.

        Raises:
            DeskError: ``share_exists``; or what the share says.
        """
        with self.holding():
            if self._share.stamp(self._name):
                raise DeskError("share_exists", path=str(self._share.folder / self._name))
            self._put_new([])

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Hold the lock."""
        self._lock.acquire()
        self._held = True
        try:
            yield
        finally:
            self._held = False
            self._lock.release()

    def read(self, memory: Memory) -> Reading:
        """Read the file, and what sync clients or people put beside it."""
        self._broken = False
        reading = super().read(memory)
        reading.repair = self._broken
        return reading

    def publish(self, changes: Sequence[Change], reading: Reading) -> dict[str, Part]:
        """Write the next edition and let it take the file's place.

        Raises:
            DeskError: ``share_busy`` when somebody broke our lock; or what the share says.
        """
        parts = dict(reading.parts)
        if self._broken:
            stamp = self._share.stamp(self._name)
            moment = dt.datetime.fromtimestamp(self._now(), dt.UTC)
            self._share.keep_previous(self._name, f"{self._name}{BAD}{moment:%Y%m%dT%H%M%S}")
            parts[self._name] = self._put_new(changes, stamp)
            self._broken = False
            return parts
        stamp = parts[self._name].stamp
        local = self._local / "next.db"
        local.unlink(missing_ok=True)
        base = self._fetch(self._name, stamp)
        part = self._codec.append_part(base, local, self._stream(), changes, self._key)
        self._share.keep_previous(self._name, self._previous)
        put = self._share.put(local, self._name, before=lambda: self._unmoved(stamp))
        parts[self._name] = Part(put, part.count, part.xor)
        self._share.sweep(self._now())
        return parts

    def _put_new(self, changes: Sequence[Change], stamp: str = "") -> Part:
        """Write a file from nothing."""
        local = self._local / "new.db"
        local.unlink(missing_ok=True)
        part = self._codec.write_part(local, self._team, "team", self._stream(), changes, self._key)
        put = self._share.put(local, self._name, before=lambda: self._unmoved(stamp))
        return Part(put, part.count, part.xor)

    def _unmoved(self, stamp: str) -> None:
        """Make sure, right before replacing, that we still hold the lock and nobody was there.

        Raises:
            DeskError: ``share_busy``.
        """
        self._lock.require()
        if self._share.stamp(self._name) != stamp:
            raise DeskError("share_busy")

    def _is_part_name(self, name: str) -> bool:
        """Leave the previous edition out: it holds nothing more than the file does."""
        return name != self._previous and super()._is_part_name(name)

    def _counts(self, name: str) -> bool:
        """Only the one file is the hub; a conflict copy's changes are to be published in it."""
        return name == self._name

    def _missing(self, ours: dict[str, Part], found: Found) -> None:
        """A missing file is a share that is not reachable; a conflict copy may well go.

        Raises:
            DeskError: ``share_away``.
        """
        if self._name not in found.parts:
            raise DeskError("share_away", path=str(self._share.folder / self._name))

    def _other_team(self, name: str, mark: str, found: Found) -> None:
        """Leave alone what another team put in the place of the one file.

        Raises:
            DeskError: ``share_other_team``.
        """
        if name == self._name:
            raise DeskError("share_other_team", path=str(self._share.folder / name))
        super()._other_team(name, mark, found)

    def _foreign(self, name: str, mark: str, found: Found) -> None:
        """Take what stands in the one file's place, empty or something else, for its damage."""
        if name != self._name:
            super()._foreign(name, mark, found)
        elif keys.is_noise(page := self._share.head(name, keys.PAGE)) and not (
            self._key is not None and keys.same_salt(page, self._key.salt)
        ):
            # Its passphrase was changed just now: it is not for us to replace.
            raise DeskError("share_locked", path=name)
        elif self._share.stamp(name):
            self._damaged(name, mark, found)

    def _damaged(self, name: str, mark: str, found: Found) -> None:
        """Make good the file from its previous edition; set a damaged copy aside."""
        if name != self._name:
            if self._held:
                self._share.rename(name, f"{name}{BAD}{int(self._now())}")
            super()._damaged(name, mark, found)
            return
        self._broken = found.lost = True
        found.parts[name] = Part(mark, 0, 0)
        found.problems.append(Problem("share_damaged"))
        stamp = self._share.stamp(self._previous)
        if not stamp:
            return
        try:
            copy = self._fetch(self._previous, stamp)
            contents = self._codec.read_part(copy, None, self._key)
        except (DamagedError, ForeignError):
            return
        if contents.team == self._team:
            found.whole[self._previous] = contents
