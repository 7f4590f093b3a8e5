"""The small interface between one run of a sync, the laptop's log and the team's hub."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Protocol, Self

from desktop_app.db.change import Change, Changes

#: Says whether the person, or the end of the program, asked to stop.
Cancelled = Callable[[], bool]


@dataclass(frozen=True)
class Total:
    """A set of changes in two numbers: how many, and the xor of their ids as 128-bit integers."""

    count: int = 0
    xor: int = 0

    def add(self, ids: Iterable[str]) -> "Total":
        """Return the total with further ids, none of which it has yet."""
        count, xor = self.count, self.xor
        for change_id in ids:
            count += 1
            xor ^= int(change_id, 16)
        return Total(count, xor)


@dataclass(frozen=True)
class Part:
    """What was read of one file of a hub (of a server: of its table)."""

    stamp: str
    count: int
    xor: int


@dataclass
class Memory:
    """What this laptop remembers of its hub between two runs; losing it costs time only.

    Attributes:
        team: the team's id.
        compared: the log position up to which the hub held everything when last compared.
        parts: what was read of each part, by name.
        nonce: what this laptop wrote into its acknowledgement, the last two times: another there
            says that this workspace was copied and goes on elsewhere.
        seen_by: how many other laptops have all of this one's work.
        laptops: how many other laptops there are.
        verified: the UTC day on which the hub was last read and verified in full.
        key: the mark of the key of protected files; empty for a plain hub.
    """

    team: str
    compared: int = 0
    parts: dict[str, Part] = field(default_factory=dict)
    nonce: str = ""
    seen_by: int = 0
    laptops: int = 0
    key: str = ""
    verified: str = ""

    def to_json(self) -> str:
        """Return the memory as text."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the memory from its text."""
        stored = json.loads(text)
        parts = {name: Part(**part) for name, part in stored.pop("parts").items()}
        return cls(parts=parts, **stored)


@dataclass(frozen=True)
class Ack:
    """What one laptop has seen of each stream, published for the others."""

    stream: str
    nonce: str
    at: str
    seen: Mapping[str, Total]


@dataclass(frozen=True)
class Problem:
    """Something to tell the person after a run; worded by ``errors.<key>``."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass
class Reading:
    """What a hub gave.

    Attributes:
        changes: verified changes; only those new against the memory, or all when ``ids`` is set.
        ids: every id the hub holds, when it was read in full; None when each part only grew.
        strays: those of ``changes`` that stand only in other files than the hub's own, such as a
            sync client's conflict copy: to be merged, and to be published.
        repair: the hub has to be written anew, even with nothing to add.
        verified: the UTC day, when everything was read and verified.
        parts: what to remember of each part once the changes are applied.
        problems: what was set aside or refused meanwhile.
    """

    changes: list[Change] = field(default_factory=list)
    ids: set[str] | None = None
    strays: set[str] = field(default_factory=set)
    repair: bool = False
    verified: str = ""
    parts: dict[str, Part] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class Hub(Protocol):
    """Where a team's logs meet: a file, a folder of files, or a server.

    Every method may raise ``DeskError`` with ``share_away``, ``share_read_only``, ``share_full``
    or ``share_busy``: nothing is lost, the work waits on the laptop.
    """

    def changed(self, memory: Memory) -> bool:
        """Say, at the cost of a glance, whether anything there is other than remembered."""

    def holding(self) -> AbstractContextManager[None]:
        """Keep others from publishing meanwhile, where the hub needs it."""

    def read(self, memory: Memory) -> Reading:
        """Read what is new against the memory, or everything when parts did not just grow."""

    def publish(self, changes: Sequence[Change], reading: Reading) -> dict[str, Part]:
        """Add changes, while holding; return what to remember of each part."""

    def acks(self) -> list[Ack]:
        """Return what each laptop says it has seen."""

    def put_ack(self, ack: Ack) -> None:
        """Publish what this laptop has seen."""

    def file_names(self) -> set[str]:
        """Return the sha256 names of the attachments there."""

    def put_file(self, path: Path) -> None:
        """Upload an attachment that is named by its sha256, once."""

    def get_file(self, sha256: str, target: Path) -> bool:
        """Download an attachment, whole and verified, or say that it has not come yet."""

    def close(self) -> object:
        """Give up what is held open or copied for this run."""


class Files(Protocol):
    """The attachments' bytes on this laptop, each named by its sha256."""

    def here(self) -> set[str]:
        """Return the names of those that are on this laptop."""

    def awaited(self) -> set[str]:
        """Return the names that records mention and that have not come yet."""

    def path(self, sha256: str) -> Path:
        """Return where the bytes of one are, or belong."""


class Log(Protocol):
    """The changes that this laptop knows."""

    @property
    def stream(self) -> str:
        """Return this installation's stream."""

    def position(self) -> int:
        """Return the place of the newest change in this laptop's own order."""

    def since(self, position: int, upto: int) -> list[Change]:
        """Return the changes that came after a place, up to another, oldest first."""

    def known(self, ids: Iterable[str]) -> set[str]:
        """Return those of ``ids`` that the log has."""

    def missing_from(self, ids: set[str], upto: int) -> list[Change]:
        """Return the changes up to a place that are not among ``ids``, oldest first."""

    def apply(self, changes: Sequence[Change], cancelled: Cancelled) -> Changes:
        """Merge changes, known or not, into the log and the records; say what they touched."""

    def memory(self) -> Memory:
        """Return what is remembered of the hub."""

    def remember(self, memory: Memory) -> None:
        """Keep what is remembered of the hub."""

    def seen(self) -> dict[str, Total]:
        """Return the total of the known changes by stream."""

    def new_stream(self) -> None:
        """Take a new stream: this workspace is a copy of one that goes on elsewhere."""
