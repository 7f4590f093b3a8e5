"""What both kinds of shared folder have in common: finding and reading parts, acks, attachments."""

import datetime as dt
import hashlib
import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Protocol

from desktop_app.db import keys
from desktop_app.db.keys import Key
from desktop_app.domain.errors import DeskError
from desktop_app.sync import hub_file
from desktop_app.sync.hub import Ack, Memory, Part, Problem, Reading, Total
from desktop_app.sync.hub_file import Contents, DamagedError, ForeignError
from desktop_app.sync.share import DRAFT, Share

ACKS = "team.seen"
FILES = "team.files"
BAD = ".bad-"

# A file of somebody else's is remembered by this, so that it is not looked into at each sync.
FOREIGN = "foreign:"
# A part that was there and is not: a sync client may only be slow.
GONE = "gone:"
# For so long a part of another laptop may be missing before others make it good.
GRACE_SECONDS = 24 * 3600.0

_FORMAT = 1


@dataclass
class Found:
    """The parts in the folder, as one reading finds them."""

    whole: dict[str, Contents] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    lost: bool = False


class Codec(Protocol):
    """How changes are laid out in a file; the product has one, ``hub_file``."""

    looks_ours: Callable[[bytes, Key | None], bool]
    read_part: Callable[..., Contents]
    write_part: Callable[..., Part]
    append_part: Callable[..., Part]


class FileHub:
    """A hub in a folder; ``DriveHub`` and ``FolderHub`` say how it is published."""

    def __init__(
        self,
        share: Share,
        team: str,
        stream: Callable[[], str],
        *,
        key: Key | None = None,
        codec: Codec | ModuleType = hub_file,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Stand before a folder; nothing is looked at yet.

        Args:
            share: the folder.
            team: the team's id.
            stream: says this laptop's, which alters when the workspace turns out to be a copy.
            key: of protected files, and the right one.
            codec: how files are laid out.
            now: the wall clock, in seconds.
        """
        self._share, self._team, self._stream = share, team, stream
        self._key, self._codec, self._now = key, codec, now
        self._temporary = tempfile.TemporaryDirectory(
            prefix="invest-desk-", ignore_cleanup_errors=True
        )
        self._local = Path(self._temporary.name)
        self._fetched = 0
        self._copies: dict[str, tuple[str, Path]] = {}

    def close(self) -> None:
        """Remove the local copies."""
        self._temporary.cleanup()

    def acks(self) -> list[Ack]:
        """Return what each laptop says it has seen; one that can't be read says nothing."""
        found = []
        for name in self._share.names_in(ACKS):
            if name.endswith(".json"):
                ack = self._ack_of(self._share.read_small(f"{ACKS}/{name}"))
                if ack is not None:
                    found.append(ack)
        return found

    def _ack_of(self, data: bytes | None) -> Ack | None:
        """Return the ack in a file of ours."""
        try:
            stored = json.loads(data or b"")
            if stored["team"] != self._team:
                return None
            seen = {
                stream: Total(int(n), int(xor, 16)) for stream, (n, xor) in stored["seen"].items()
            }
            return Ack(str(stored["stream"]), str(stored["nonce"]), str(stored["at"]), seen)
        except (ValueError, KeyError, TypeError, AttributeError):
            return None

    def put_ack(self, ack: Ack) -> None:
        """Publish what this laptop has seen, in a file of its own."""
        seen = {stream: [t.count, f"{t.xor:032x}"] for stream, t in ack.seen.items()}
        stored = {
            "format": _FORMAT,
            "team": self._team,
            "stream": ack.stream,
            "nonce": ack.nonce,
            "at": ack.at,
            "seen": seen,
        }
        data = json.dumps(stored, sort_keys=True).encode()
        self._share.write_small(f"{ACKS}/{ack.stream}.json", data)

    def file_names(self) -> set[str]:
        """Return the sha256 names of the attachments there."""
        return set(self._share.names_in(FILES))

    def put_file(self, path: Path) -> None:
        """Upload an attachment that is named by its sha256, once."""
        source = path
        if self._key is not None:
            source = self._local / path.name
            hub_file.write_blob(source, path.read_bytes(), self._key)
        self._share.put_new(source, f"{FILES}/{path.name}")

    def get_file(self, sha256: str, target: Path) -> bool:
        """Download an attachment, whole and verified, or say that it has not come yet."""
        copy = self._local / f"{sha256}.in"
        if not self._share.fetch(f"{FILES}/{sha256}", copy):
            return False
        if self._key is not None:
            data = hub_file.read_blob(copy, self._key)
            if data is None:
                return False
            copy.write_bytes(data)
        with copy.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                return False
        draft = target.with_name(f"{sha256}.new")
        draft.write_bytes(copy.read_bytes())
        draft.replace(target)
        return True

    # What the two kinds share when reading.

    def _is_part_name(self, name: str) -> bool:
        """Say whether a file may be looked at; whatever its name, but for what we set aside."""
        return not (DRAFT in name or BAD in name or name.endswith(".json") or ".lock" in name)

    def _stamps(self, memory: Memory) -> dict[str, str]:
        """Return the stamp of each file that may be a part, at the cost of a glance."""
        stamps = {}
        for name, glance in self._share.listing().items():
            if not self._is_part_name(name):
                continue
            known = memory.parts.get(name)
            if known is not None and known.stamp == FOREIGN + glance:
                stamps[name] = known.stamp
            else:
                stamps[name] = self._share.stamp(name)
        return stamps

    def _fetch(self, name: str, stamp: str) -> Path:
        """Return a local copy of that edition of a file.

        Raises:
            ForeignError: it is gone, or another edition by now.
        """
        held = self._copies.get(name)
        if held is not None and held[0] == stamp:
            return held[1]
        self._fetched += 1
        path = self._local / f"{self._fetched}.db"
        if not self._share.fetch(name, path):
            raise ForeignError
        self._copies[name] = (stamp, path)
        return path

    def changed(self, memory: Memory) -> bool:
        """Say, at the cost of a glance, whether anything there is other than remembered."""
        there = {name: stamp for name, stamp in self._stamps(memory).items() if stamp}
        known = {n: p.stamp for n, p in memory.parts.items() if not p.stamp.startswith(GONE)}
        return there != known or any(self._expired(p) for p in memory.parts.values())

    def read(self, memory: Memory) -> Reading:
        """Read what is new against the memory, or everything when parts did not just grow.

        Raises:
            DeskError: the folder is away, or what was there is.
        """
        stamps = {name: stamp for name, stamp in self._stamps(memory).items() if stamp}
        # What a disk lets rot shows only when it is read anew: once a day nothing is taken for
        # granted.
        found = Found(lost=memory.verified != self._today())
        for name, stamp in stamps.items():
            known = memory.parts.get(name)
            if known is not None and known.stamp == stamp:
                found.parts[name] = known
            else:
                self._open(name, stamp, known, found)
        ours = {name: part for name, part in memory.parts.items() if is_ours(part)}
        self._missing(ours, found)
        if not ours or found.lost:
            for name, stamp in stamps.items():
                held = found.whole.get(name)
                part = found.parts.get(name)
                if part is not None and is_ours(part) and (held is None or held.ids is None):
                    self._open(name, stamp, None, found)
        return self._reading(found, full=not ours or found.lost)

    def _reading(self, found: Found, *, full: bool) -> Reading:
        """Return what was found as a reading."""
        reading = Reading(parts=found.parts, problems=found.problems)
        reading.changes = list(
            {c.id: c for contents in found.whole.values() for c in contents.changes}.values()
        )
        own = [contents for name, contents in found.whole.items() if self._counts(name)]
        if full:
            reading.verified = self._today()
            reading.ids = {i for contents in own for i in contents.ids or ()}
        held = {c.id for contents in own for c in contents.changes}
        reading.strays = {c.id for c in reading.changes} - held
        return reading

    def _today(self) -> str:
        return dt.datetime.fromtimestamp(self._now(), dt.UTC).strftime("%Y-%m-%d")

    def _counts(self, name: str) -> bool:
        """Say whether what stands in a file counts as being in the hub."""
        raise NotImplementedError

    def _missing(self, ours: dict[str, Part], found: Found) -> None:
        """Judge the parts that were there and are not."""
        raise NotImplementedError

    def _expired(self, part: Part) -> bool:
        """Say whether a part is gone for so long that it has to be made good."""
        if not part.stamp.startswith(GONE):
            return False
        return self._now() - float(part.stamp.removeprefix(GONE)) > GRACE_SECONDS

    def _open(self, name: str, stamp: str, after: Part | None, found: Found) -> None:
        """Read one file, or note why it can't be used."""
        glance = ":".join(stamp.split(":")[:2])
        # One that was gone may come back as another edition than the one that was read.
        known = after if after is not None and not after.stamp.startswith(FOREIGN) else None
        try:
            if not self._codec.looks_ours(self._share.head(name, 100), self._key):
                raise ForeignError
            copy = self._fetch(name, stamp)
            contents: Contents = self._codec.read_part(copy, known, self._key)
            if known is not None and contents.total == Total(known.count, known.xor):
                # Altered, and nothing was added: what was read before is verified again.
                contents = self._codec.read_part(copy, None, self._key)
        except ForeignError:
            self._foreign(name, FOREIGN + glance, found)
            found.lost = found.lost or known is not None
            return
        except (DamagedError, DeskError) as error:
            # The key is the right one, whoever opened the hub saw to that: a page that can't be
            # read with it is damaged.
            if isinstance(error, DeskError) and error.key != "share_locked":
                raise
            self._damaged(name, FOREIGN + glance, found)
            found.lost = found.lost or known is not None
            return
        if contents.team != self._team:
            self._other_team(name, FOREIGN + glance, found)
            return
        found.whole[name] = contents
        found.parts[name] = Part(stamp, contents.total.count, contents.total.xor)
        if known is not None and contents.ids is not None:
            # Not what it was with more at the end: rolled back, or written by one who knew less.
            found.lost = True
            if contents.total.count < known.count:
                found.problems.append(Problem("hub_older"))

    def _other_team(self, name: str, mark: str, found: Found) -> None:
        """Note a file of another team, none of which is read."""
        found.parts[name] = Part(mark, 0, 0)
        found.problems.append(Problem("share_other_team"))

    def _foreign(self, name: str, mark: str, found: Found) -> None:
        """Note a file that is none of a team's, so that it is not looked into each time."""
        found.parts[name] = Part(mark, 0, 0)
        page = self._share.head(name, keys.PAGE) if name.startswith("team~") else b""
        if keys.is_noise(page) and self._key and keys.same_salt(page, self._key.salt):
            # Ours, with a damaged salt.
            self._damaged(name, mark, found)
        elif keys.is_noise(page):
            # Of a colleague who does not know yet that the passphrase was changed, or who did it.
            found.problems.append(Problem("share_locked", {"path": name}))

    @property
    def key_mark(self) -> str:
        """Return the mark of the key of protected files; empty for plain ones."""
        return self._key.mark() if self._key else ""

    def _damaged(self, name: str, mark: str, found: Found) -> None:
        """Note a file that is not sound: it is told once, and looked at again when it alters."""
        found.parts[name] = Part(mark, 0, 0)
        found.problems.append(Problem("share_damaged"))


def is_ours(part: Part) -> bool:
    """Say whether what is remembered of a file is what was read of a part."""
    return not part.stamp.startswith((FOREIGN, GONE))
