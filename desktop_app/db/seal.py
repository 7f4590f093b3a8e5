"""The seal: just before commit, touched rows become changes in the same transaction."""

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from desktop_app.db.change import (
    HLC_PER_MS,
    Cell,
    Change,
    Changes,
    Value,
    canonical,
    cells_of,
    disputed,
    make_change,
)
from desktop_app.db.log_values import shape_of, stored_truth, stored_values
from desktop_app.db.search_keys import SEARCHABLE, record_key

# How far ahead of the wall clock another laptop's clock may move ours.
MOST_AHEAD = 24 * 3600 * 1000 * HLC_PER_MS


INSERT_CHANGE = (
    "INSERT INTO change (id, stream, hlc, tx, author, tbl, row, fields, schema, extra) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def clock_now() -> int:
    """Return the wall clock as a log clock value."""
    return time.time_ns() // 1_000_000 * HLC_PER_MS


@dataclass(frozen=True)
class SealContext:
    """Who writes, what the person calls it, and what the person had seen.

    Attributes:
        author: the member's id.
        label: names the undo step; without one there is none.
        extra: canonical JSON carried by each change.
        seen: the log position the person looked at; what came in later from elsewhere was not
            seen, so an edit of the same cell stands beside it instead of replacing it.
        settle: (table, row, column) of disputed cells that this write decides, also when the
            value that stands is the one chosen.
    """

    author: str | None = None
    label: str | None = None
    extra: str = "{}"
    seen: int | None = None
    settle: frozenset[tuple[str, str, str]] = frozenset()


def _json(value: Value) -> str:
    """Return canonical JSON of one cell value, faster than the general encoder."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _new_fields(values: dict[str, Value]) -> str:
    """Return the fields of a new row: every set column, without parents."""
    cells = (f"{encode_basestring(c)}:[{_json(v)},[]]" for c, v in values.items() if v is not None)
    return "{" + ",".join(cells) + "}"


def _altered_fields(
    values: dict[str, Value],
    cells: dict[str, Cell],
    seen: dict[str, Cell],
    settle: frozenset[str],
) -> dict[str, list[object]]:
    """Return the fields that differ from what the log says, each with its parents.

    A delete has the heads of all the row's cells as parents: it says "I saw all of this". An edit
    of a deleted row has the delete as a parent: it says "I knew it was deleted".
    """
    fields: dict[str, list[object]] = {}
    deleted = seen.get("deleted")
    for column, value in values.items():
        cell = cells.get(column)
        if value == (cell.value if cell else None) and column not in settle:
            continue
        before = seen.get(column)
        parents = set(before.heads) if before else set()
        if column == "deleted" and value:
            parents = {head for c in seen.values() for head in c.heads}
        elif column != "deleted" and deleted is not None and deleted.value:
            parents.update(deleted.heads)
        fields[column] = [value, sorted(parents)]
    return fields


class _Logged(NamedTuple):
    """A change of a touched row that the log already has."""

    id: str
    hlc: int
    fields: str
    seen: bool


def _logged(cursor: Any, name: str, seen: int | None) -> dict[bytes, list[_Logged]]:
    """Return the changes the log already has of the touched rows of one table, by row.

    Args:
        cursor: inside the transaction.
        name: the table.
        seen: up to where the log was seen (None: all of it); what this laptop wrote always was.
    """
    cursor.execute(
        "SELECT c.row, c.id, c.hlc, c.fields, "
        "?1 IS NULL OR c.seq <= ?1 OR c.stream = (SELECT stream FROM installation) "
        "FROM touched k JOIN change c ON c.row = k.row WHERE k.tbl = ?2 AND c.tbl = k.tbl",
        (seen, name),
    )
    logged: dict[bytes, list[_Logged]] = {}
    for row, change_id, hlc, fields, was_seen in cursor:
        one = _Logged(bytes(change_id).hex(), hlc, fields, bool(was_seen))
        logged.setdefault(row, []).append(one)
    return logged


class _Found(NamedTuple):
    """A touched row: what to log of it (empty: nothing), its values, and what was logged."""

    row: bytes
    fields: str
    values: dict[str, Value]
    logged: list[_Logged]
    cells: dict[str, Cell]


def _found(cursor: Any, name: str, context: SealContext) -> Iterator[_Found]:
    """Yield each touched row of one table."""
    logged = _logged(cursor, name, context.seen)
    settle: dict[str, set[str]] = {}
    for table, row_id, column in context.settle:
        if table == name:
            settle.setdefault(row_id, set()).add(column)
    cursor.execute(shape_of(name).select, (name,))
    for row, *raw in cursor.fetchall():
        values = stored_values(name, raw)
        known = logged.get(row)
        if known is None:
            yield _Found(row, _new_fields(values), values, [], {})
            continue
        cells = seen = cells_of(k[:3] for k in known)
        if context.seen is not None:
            seen = cells_of(k[:3] for k in known if k.seen)
        altered = _altered_fields(values, cells, seen, frozenset(settle.get(row.hex(), ())))
        # An undo that sets a never-set cell back to nothing is still a change; an equal one is not.
        yield _Found(row, canonical(altered) if altered else "", values, known, cells)


def _keep_disputes(cursor: Any, name: str, found: _Found, made: Change) -> None:
    """Note in which cells of a row people disagree, once a change was added to it."""
    cells = cells_of([*(k[:3] for k in found.logged), (made.id, made.hlc, made.fields)])
    note_disputes(cursor, name, found.row, disputed(cells))
    deleted = cells.get("deleted")
    value = deleted.value if deleted else None
    if value != found.values["deleted"]:
        # Edited by one who had not seen that it was deleted meanwhile: the row stays.
        cursor.execute(
            f'UPDATE "{name}" SET deleted = ? WHERE id = ?', (stored_truth(value), found.row)
        )


def stored_change(change: Change) -> tuple[Any, ...]:
    """Return a change as ``INSERT_CHANGE`` takes it."""
    of = bytes.fromhex
    return (
        of(change.id),
        of(change.stream),
        change.hlc,
        of(change.tx),
        change.author,
        change.table,
        of(change.row),
        change.fields,
        change.schema,
        change.extra,
    )


def note_disputes(cursor: Any, name: str, row: bytes, columns: Iterable[str]) -> None:
    """Write which cells of a row are disputed in place of what was noted of it."""
    cursor.execute("DELETE FROM conflict WHERE tbl = ? AND row = ?", (name, row))
    cursor.executemany(
        "INSERT INTO conflict (tbl, row, col) VALUES (?, ?, ?)", [(name, row, c) for c in columns]
    )


def seal(cursor: Any, context: SealContext) -> Changes:
    """Turn what the transaction touched into changes, and keep the search keys in step.

    Args:
        cursor: a DB-API cursor inside the transaction about to be committed.
        context: who writes, and under which label.
    """
    cursor.execute("SELECT DISTINCT tbl FROM touched")
    names = sorted(name for (name,) in cursor.fetchall())
    if not names:
        return Changes()
    cursor.execute("SELECT stream, hlc FROM installation")
    stream_bytes, clock = cursor.fetchone()
    stream, tx_bytes = bytes(stream_bytes).hex(), os.urandom(16)
    tx, now = tx_bytes.hex(), clock_now()
    ids: set[str] = set()
    tables: set[str] = set()
    rows: list[tuple[Any, ...]] = []
    keys: list[tuple[bytes, str]] = []
    for name in names:
        for found in _found(cursor, name, context):
            row, fields, values = found.row, found.fields, found.values
            if not fields:
                continue
            hlc = clock = max(clock + 1, now)
            if found.logged:
                # After all that is known of the row; another's clock far ahead stays the other's.
                hlc = max(clock, max(k.hlc for k in found.logged) + 1)
                clock = max(clock, min(hlc, now + MOST_AHEAD))
            made = make_change(
                stream, hlc, tx, context.author, name, row.hex(), fields, extra=context.extra
            )
            rows.append(stored_change(made))
            unsettled = any(cell.disputed for cell in found.cells.values())
            if found.logged and (context.seen is not None or unsettled):
                _keep_disputes(cursor, name, found, made)
            ids.add(made.row)
            tables.add(name)
            if name in SEARCHABLE:
                keys.append((row, record_key(name, values)))
    cursor.execute("DELETE FROM touched")
    if not rows:
        return Changes()
    cursor.executemany(INSERT_CHANGE, rows)
    cursor.executemany("INSERT OR REPLACE INTO search_key (row, key) VALUES (?, ?)", keys)
    cursor.execute("UPDATE installation SET hlc = ?", (clock,))
    if context.label is not None:
        cursor.execute("DELETE FROM journal WHERE undone = 1")
        cursor.execute(
            "INSERT INTO journal (tx, label, undone) VALUES (?, ?, 0)", (tx_bytes, context.label)
        )
    return Changes(frozenset(tables), frozenset(ids), tx)
