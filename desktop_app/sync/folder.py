"""Folder mode: a folder that a sync client keeps in step; each laptop writes files of its own.

No lock could hold there. Source: the sync design, "Folder mode". A part is rewritten only while it
is small, so that publishing a day's work writes some kilobytes and not the last two megabytes; many
small ones are combined into a large one now and then.
"""

import contextlib
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from desktop_app.db.change import Change
from desktop_app.domain.errors import DeskError
from desktop_app.sync.file_hub import BAD, GONE, FileHub, Found
from desktop_app.sync.hub import Memory, Part, Problem, Reading, Total
from desktop_app.sync.hub_file import DamagedError, ForeignError

#: Until it is so large a part is written anew with what is added, in bytes.
TAIL_BYTES = 48_000
#: No part grows larger than about this.
PART_BYTES = 2_000_000
#: So many small parts are combined into a large one; a full tail is still a small part.
SMALL_PARTS = 32
SMALL_BYTES = 2 * TAIL_BYTES

_PART = re.compile(r"team~([0-9a-f]{32})-(\d+)\.db")
# What a change takes in a file besides its own texts, about.
_OVERHEAD = 110


class FolderHub(FileHub):
    """Parts of all laptops in one folder."""

    def create(self) -> None:
        """Make this laptop's first part, so that others find the team.

        Raises:
            DeskError: ``share_exists``; or what the share says.
        """
        with self.holding():
            if any(_PART.fullmatch(name) for name in self._share.names()):
                raise DeskError("share_exists", path=str(self._share.folder))
            self._write(1, [], {})

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Hold nothing: nobody else writes this laptop's files."""
        yield

    def read(self, memory: Memory) -> Reading:
        """Read the parts that are new or grew."""
        self._remembered = memory.parts
        return super().read(memory)

    def publish(self, changes: Sequence[Change], reading: Reading) -> dict[str, Part]:
        """Add changes to this laptop's own parts."""
        parts = dict(reading.parts)
        own = self._own(parts)
        small = [n for n in own if _size(parts[own[n]]) <= SMALL_BYTES]
        if len(small) > SMALL_PARTS:
            self._combine(small[:-1], parts)
        number = max(self._own(parts), default=0)
        tail = parts.get(self._own(parts).get(number, ""))
        added = list(changes)
        if tail is not None and _size(tail) <= TAIL_BYTES:
            room = TAIL_BYTES + _OVERHEAD * 200 - _size(tail)
            first, added = _split(added, room)
            if first:
                self._extend(number, first, parts)
        while added:
            number += 1
            some, added = _split(added, PART_BYTES)
            self._write(number, some, parts)
        self._share.sweep(self._now())
        return parts

    def _own(self, parts: dict[str, Part]) -> dict[int, str]:
        """Return this laptop's parts by number."""
        found = {}
        own = self._stream()
        for name, part in parts.items():
            match = _PART.fullmatch(name)
            if match and match[1] == own and not part.stamp.startswith(GONE):
                found[int(match[2])] = name
        return dict(sorted(found.items()))

    def _name(self, number: int) -> str:
        return f"team~{self._stream()}-{number}.db"

    def _write(self, number: int, changes: Sequence[Change], parts: dict[str, Part]) -> None:
        """Write a new part."""
        local = self._fresh()
        part = self._codec.write_part(local, self._team, "part", self._stream(), changes, self._key)
        self._put(local, number, part, parts)

    def _extend(self, number: int, changes: Sequence[Change], parts: dict[str, Part]) -> None:
        """Write the next edition of a small part."""
        name = self._name(number)
        local = self._fresh()
        base = self._fetch(name, parts[name].stamp)
        part = self._codec.append_part(base, local, self._stream(), changes, self._key)
        self._put(local, number, part, parts)

    def _put(self, local: Path, number: int, part: Part, parts: dict[str, Part]) -> None:
        name = self._name(number)
        parts[name] = Part(self._share.put(local, name), part.count, part.xor)

    def _fresh(self) -> Path:
        local = self._local / "next.db"
        local.unlink(missing_ok=True)
        return local

    def _combine(self, numbers: Sequence[int], parts: dict[str, Part]) -> None:
        """Write small parts as one, and only then remove them."""
        changes: dict[str, Change] = {}
        names = []
        for number in numbers:
            name = self._name(number)
            try:
                copy = self._fetch(name, parts[name].stamp)
                contents = self._codec.read_part(copy, None, self._key)
            except (DamagedError, ForeignError):
                return
            if sum(map(_bytes, changes.values())) + _size(parts[name]) > PART_BYTES:
                break
            changes |= {c.id: c for c in contents.changes}
            names.append(name)
        self._write(max(self._own(parts)) + 1, list(changes.values()), parts)
        for name in names:
            self._share.remove(name)
            parts.pop(name)

    def _damaged(self, name: str, mark: str, found: Found) -> None:
        """Set a damaged part of our own aside, as it is written anew; another's is its owner's."""
        match = _PART.fullmatch(name)
        if match and match[1] == self._stream():
            with contextlib.suppress(DeskError):
                self._share.rename(name, f"{name}{BAD}{int(self._now())}")
                # Nothing may be added to it, even when it looks like what was read long ago.
                found.parts.pop(name, None)
                found.problems.append(Problem("share_damaged"))
                return
        super()._damaged(name, mark, found)

    def _counts(self, name: str) -> bool:
        """What stands in any file of the team's is in the hub."""
        return True

    def _missing(self, ours: dict[str, Part], found: Found) -> None:
        """Give a missing part of another laptop a day; make good what is lost.

        Raises:
            DeskError: ``share_away``: nothing of the team's is left there.
        """
        if ours and not any(found.whole) and not any(n in ours for n in found.parts):
            raise DeskError("share_away", path=str(self._share.folder))
        lost = [n for n in self._remembered if n not in found.parts and n in self._gone_or(ours)]
        by_stream: dict[str, list[str]] = {}
        for name in lost:
            match = _PART.fullmatch(name)
            by_stream.setdefault(match[1] if match else "", []).append(name)
        for stream, names in by_stream.items():
            if stream and self._combined(stream, names, ours, found):
                continue
            for name in names:
                part = self._remembered[name]
                if stream == self._stream() or self._expired(part):
                    found.lost = True
                elif part.stamp.startswith(GONE):
                    found.parts[name] = part
                else:
                    found.parts[name] = Part(f"{GONE}{self._now():.0f}", part.count, part.xor)

    def _gone_or(self, ours: dict[str, Part]) -> set[str]:
        """Return the names of parts that were read once."""
        return {n for n, p in self._remembered.items() if n in ours or p.stamp.startswith(GONE)}

    def _combined(
        self, stream: str, names: Sequence[str], ours: dict[str, Part], found: Found
    ) -> bool:
        """Say whether new parts of a laptop hold just what its missing ones held."""
        old = _sum(Total(p.count, p.xor) for p in (self._remembered[name] for name in names))
        new = [
            contents.total
            for name, contents in found.whole.items()
            if name not in ours and (match := _PART.fullmatch(name)) and match[1] == stream
        ]
        # The part that combines them, with others beside it that are as new; or several such.
        return old in new or old == _sum(new)


def _sum(totals: Iterable[Total]) -> Total:
    """Return the total of several that have nothing in common."""
    count = xor = 0
    for total in totals:
        count += total.count
        xor ^= total.xor
    return Total(count, xor)


def _size(part: Part) -> int:
    """Return the size of a part in bytes, as its stamp has it."""
    size = part.stamp.split(":")[0]
    return int(size) if size.isdigit() else PART_BYTES


def _bytes(change: Change) -> int:
    """Return about how many bytes a change takes in a file."""
    return len(change.fields.encode()) + len(change.extra) + _OVERHEAD


def _split(changes: Sequence[Change], room: int) -> tuple[list[Change], list[Change]]:
    """Return the changes that fit into some bytes, and the rest."""
    taken = 0
    for place, change in enumerate(changes):
        taken += _bytes(change)
        if taken > room and place:
            return list(changes[:place]), list(changes[place:])
    return list(changes), []
