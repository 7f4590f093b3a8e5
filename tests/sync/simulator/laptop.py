"""A laptop of the simulator: the log in memory, over the very rules of seal and merge."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import Self

from desktop_app.db.change import Cell, Change, Changes, Value, canonical, cells_of, make_change
from desktop_app.db.seal import MOST_AHEAD, _altered_fields, _new_fields
from desktop_app.sync.hub import Cancelled, Memory, Total

Row = tuple[str, str]

# What each version of the app knows. Changes to the schema only add.
KNOWN: Mapping[int, Mapping[str, tuple[str, ...]]] = {
    1: {"lead": ("amount", "notes", "stage", "title")},
    2: {"lead": ("amount", "grade", "notes", "stage", "title"), "gift": ("title", "to")},
}


class MemoryLog:
    """The changes that one simulated laptop knows, in the order in which it came to know them."""

    def __init__(self, rng: Random, team: str, wall: Callable[[], int], version: int) -> None:
        """Begin empty.

        Args:
            rng: gives streams, transactions and row keys.
            team: the team's id.
            wall: this laptop's wall clock as a log clock value, right or wrong.
            version: which schema it knows.
        """
        self.rng = rng
        self.wall = wall
        self.version = version
        self.stream = rng.randbytes(16).hex()
        self.changes: dict[str, Change] = {}
        self.order: list[Change] = []
        self.mine: set[str] = set()
        self.clock = 0
        self.step: Callable[[str], None] = lambda name: None
        self._rows: dict[Row, list[int]] = {}
        self._memory = Memory(team).to_json()

    def copy(self) -> Self:
        """Return what a copied folder or a backup holds: all of it, stream and memory too."""
        copied = type(self)(self.rng, "", self.wall, self.version)
        copied.stream = self.stream
        copied.changes = dict(self.changes)
        copied.order = list(self.order)
        copied.mine = set(self.mine)
        copied.clock = self.clock
        copied._rows = {row: list(places) for row, places in self._rows.items()}
        copied._memory = self._memory
        return copied

    # What a person sees and does.

    def rows(self) -> list[Row]:
        """Return the records that this version shows or could show, deleted ones too."""
        return [row for row in self._rows if row[0] in KNOWN[self.version]]

    def cells(self, row: Row, seen: int | None = None) -> dict[str, Cell]:
        """Return a record's cells as the log has them, or as the seal takes them to be seen."""
        known = [
            change
            for at, change in self._of(row)
            if seen is None or at <= seen or change.stream == self.stream
        ]
        return cells_of((c.id, c.hlc, c.fields) for c in known)

    def known_of(self, row: Row, seen: int | None = None) -> set[str]:
        """Return the ids of a record's changes that the person here has seen, or made, by then."""
        own = {c.id for _, c in self._of(row) if c.stream == self.stream} & self.mine
        return own | {c.id for at, c in self._of(row) if seen is None or at <= seen}

    def _of(self, row: Row) -> Iterator[tuple[int, Change]]:
        return ((at, self.order[at - 1]) for at in self._rows.get(row, ()))

    def save(
        self,
        row: Row,
        values: dict[str, Value],
        *,
        seen: int | None = None,
        settle: Collection[str] = (),
    ) -> Change | None:
        """Save fields of a record as the seal does; return the change, or None when none is made.

        Args:
            row: the record, new or known.
            values: the fields the person altered.
            seen: the place in the log when the person began.
            settle: disputed fields that are decided.
        """
        table, key = row
        now = self.wall()
        hlc = self.clock = max(self.clock + 1, now)
        if row not in self._rows:
            fields = _new_fields(dict(sorted(values.items())))
        else:
            cells = self.cells(row)
            at_start = cells if seen is None else self.cells(row, seen)
            altered = _altered_fields(values, cells, at_start, frozenset(settle))
            if not altered:
                return None
            fields = canonical(altered)
            hlc = max(self.clock, max(c.hlc for _, c in self._of(row)) + 1)
            self.clock = max(self.clock, min(hlc, now + MOST_AHEAD))
        tx = self.rng.randbytes(16).hex()
        change = make_change(self.stream, hlc, tx, None, table, key, fields, schema=self.version)
        self._add(change)
        self.mine.add(change.id)
        return change

    def _add(self, change: Change) -> None:
        self.changes[change.id] = change
        self.order.append(change)
        self._rows.setdefault((change.table, change.row), []).append(len(self.order))

    # What a sync sees and does.

    def position(self) -> int:
        """Return the place of the newest change."""
        return len(self.order)

    def since(self, position: int, upto: int) -> list[Change]:
        """Return the changes that came after a place, up to another."""
        return self.order[position:upto]

    def ids(self) -> set[str]:
        """Return the ids of all known changes."""
        return set(self.changes)

    def known(self, ids: Iterable[str]) -> set[str]:
        """Return those of ``ids`` that the log has."""
        return {i for i in ids if i in self.changes}

    def missing_from(self, ids: set[str], upto: int) -> list[Change]:
        """Return the changes up to a place that are not among ``ids``."""
        return [c for c in self.order[:upto] if c.id not in ids]

    def apply(self, changes: Sequence[Change], cancelled: Cancelled) -> Changes:
        """Merge changes, as one transaction: a crash comes before or after it."""
        self.step("apply")
        new = [c for c in changes if c.id not in self.changes]
        if any(c.stream == self.stream for c in new):
            self.stream = self.rng.randbytes(16).hex()
        for change in new:
            if change.id not in self.changes:
                self._add(change)
        if new:
            most = min(max(c.hlc for c in new), self.wall() + MOST_AHEAD)
            self.clock = max(self.clock, most)
        self.step("applied")
        return Changes(frozenset(c.table for c in new), frozenset(c.row for c in new))

    def memory(self) -> Memory:
        """Return what is remembered of the hub."""
        return Memory.from_json(self._memory)

    def remember(self, memory: Memory) -> None:
        """Keep what is remembered of the hub."""
        self.step("remember")
        self._memory = memory.to_json()
        self.step("remembered")

    def seen(self) -> dict[str, Total]:
        """Return the total of the known changes by stream."""
        by_stream: dict[str, list[str]] = {}
        for change in self.order:
            by_stream.setdefault(change.stream, []).append(change.id)
        return {stream: Total().add(ids) for stream, ids in by_stream.items()}

    def new_stream(self) -> None:
        """Take a new stream."""
        self.step("new_stream")
        self.stream = self.rng.randbytes(16).hex()
