"""This laptop's side of a sync: the log and the records of one workspace."""

import json
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import select, update

from desktop_app.db.change import Change, Changes
from desktop_app.db.log import log_cursor, read_changes
from desktop_app.db.log_tables import installation, link
from desktop_app.db.merge import known_ids
from desktop_app.db.workspace import Workspace
from desktop_app.sync.derived import keep_derived
from desktop_app.sync.hub import Cancelled, Memory, Total

# A batch holds the write lock for some hundredths of a second: the window's own edits, which wait
# for it, are not felt to wait. What was done at once is merged at once up to the greater number; an
# imported ledger has tens of thousands of changes, and may be seen to come in.
_BATCH = 400
_MOST = 1000
_BREATH_S = 0.002


class Laptop:
    """The log of an open workspace that is connected to a team's hub."""

    def __init__(self, workspace: Workspace) -> None:
        """Stand before a workspace."""
        self._workspace = workspace

    @property
    def stream(self) -> str:
        """Return this installation's stream."""
        with self._workspace.read() as session:
            stream: bytes = session.execute(select(installation.c.stream)).scalar_one()
        return stream.hex()

    def position(self) -> int:
        """Return the place of the newest change in this laptop's own order."""
        return self._workspace.log_position()

    def since(self, position: int, upto: int) -> list[Change]:
        """Return the changes that came after a place, up to another, oldest first."""
        where = "WHERE seq > ? AND seq <= ?"
        with self._workspace.read() as session:
            return read_changes(log_cursor(session), where, (position, upto))

    def known(self, ids: Iterable[str]) -> set[str]:
        """Return those of ``ids`` that the log has."""
        with self._workspace.read() as session:
            return known_ids(log_cursor(session), list(ids))

    def missing_from(self, ids: set[str], upto: int) -> list[Change]:
        """Return the changes up to a place that are not among ``ids``, oldest first."""
        with self._workspace.read() as session:
            cursor = log_cursor(session)
            cursor.execute("SELECT seq, id FROM change WHERE seq <= ? ORDER BY seq", (upto,))
            absent = [seq for seq, change_id in cursor.fetchall() if change_id.hex() not in ids]
            return [c for some in _runs(absent) for c in read_changes(cursor, *some)]

    def apply(self, changes: Sequence[Change], cancelled: Cancelled) -> Changes:
        """Merge changes in batches that keep what one person did at once together."""
        tables: set[str] = set()
        ids: set[str] = set()
        for batch in _batches(changes):
            if cancelled():
                break
            merged = self._workspace.merge(batch)
            tables |= merged.tables
            ids |= merged.ids
            time.sleep(_BREATH_S)
        derived = keep_derived(self._workspace, Changes(frozenset(tables), frozenset(ids)))
        return Changes(frozenset(tables | derived.tables), frozenset(ids | derived.ids))

    def memory(self) -> Memory:
        """Return what is remembered of the hub."""
        return Memory.from_json(self._stored()["hub"])

    def remember(self, memory: Memory) -> None:
        """Keep what is remembered of the hub."""
        stored = self._stored()
        stored["hub"] = memory.to_json()
        self._store(stored)

    def seen(self) -> dict[str, Total]:
        """Return the total of the known changes by stream, counting only what is new."""
        stored = self._stored()
        upto = stored.get("upto", 0)
        totals = {stream: Total(*pair) for stream, pair in stored.get("totals", {}).items()}
        with self._workspace.read() as session:
            cursor = log_cursor(session)
            cursor.execute(
                "SELECT stream, id, seq FROM change WHERE seq > ? ORDER BY stream, seq", (upto,)
            )
            found = cursor.fetchall()
        for stream, group in groupby(found, key=lambda row: row[0]):
            known = totals.get(stream.hex(), Total())
            totals[stream.hex()] = known.add(change_id.hex() for _, change_id, _ in group)
        if found:
            stored["upto"] = max(seq for _, _, seq in found)
            stored["totals"] = {s: [t.count, t.xor] for s, t in totals.items()}
            self._store(stored)
        return totals

    def new_stream(self) -> None:
        """Take a new stream: this workspace is a copy of one that goes on elsewhere."""
        with self._workspace.write() as session:
            session.execute(update(installation).values(stream=os.urandom(16)))

    def _stored(self) -> dict[str, Any]:
        with self._workspace.read() as session:
            text = session.execute(select(link.c.memory)).scalar_one()
        stored: dict[str, Any] = json.loads(text)
        return stored

    def _store(self, stored: dict[str, Any]) -> None:
        with self._workspace.write() as session:
            session.execute(update(link).values(memory=json.dumps(stored)))


def _runs(places: Sequence[int]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the WHERE clause and values of each run of places without a gap, in order."""
    start = 0
    for at in range(1, len(places) + 1):
        if at == len(places) or places[at] != places[at - 1] + 1:
            yield "WHERE seq BETWEEN ? AND ?", (places[start], places[at - 1])
            start = at


def _batches(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """Yield the changes in batches, one transaction's together where it is not too long."""
    batch: list[Change] = []
    for _, group in groupby(changes, key=lambda c: c.tx):
        for change in group:
            batch.append(change)
            if len(batch) >= _MOST:
                yield batch
                batch = []
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
