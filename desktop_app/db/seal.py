"""The seal: just before commit, touched rows become changes in the same transaction."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from json.encoder import encode_basestring
from typing import Any

from sqlalchemy import Boolean, LargeBinary, Table

from desktop_app.db.change import HLC_PER_MS, Cell, Value, canonical, cells_of, make_change
from desktop_app.db.models import Base
from desktop_app.db.search_keys import SEARCHABLE, key_of
from desktop_app.db.types import RecordId


@dataclass(frozen=True)
class SealContext:
    """Who writes, and what the person calls it; without a label there is no undo step."""

    author: str | None = None
    label: str | None = None
    extra: str = "{}"


@dataclass(frozen=True)
class Changes:
    """What a transaction touched: the tables, and the records by key."""

    tables: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    tx: str | None = None


@dataclass(frozen=True)
class _Shape:
    """A table as the seal reads it: sorted columns, and how each is written."""

    select: str
    columns: tuple[str, ...]
    encoders: tuple[Callable[[Any], Value], ...]


def _plain(value: Any) -> Value:
    """Return a stored integer or text as it is.

    Raises:
        TypeError: the column holds a float or bytes, which the log never carries.
    """
    if value is None or isinstance(value, (int, str)):
        return value
    raise TypeError(f"a synced column holds {type(value).__name__}")


def _hex(value: Any) -> Value:
    """Return stored bytes as hex digits."""
    return None if value is None else bytes(value).hex()


def _truth(value: Any) -> Value:
    """Return a stored 0 or 1 as a truth value."""
    return None if value is None else bool(value)


@cache
def _shape(name: str) -> _Shape:
    """Return how rows of a synced table are read for the log."""
    table: Table = Base.metadata.tables[name]
    columns = tuple(sorted(c.name for c in table.columns if c.name != "id"))
    encoders: list[Callable[[Any], Value]] = []
    for column in columns:
        kind = table.columns[column].type
        if isinstance(kind, (RecordId, LargeBinary)):
            encoders.append(_hex)
        else:
            encoders.append(_truth if isinstance(kind, Boolean) else _plain)
    quoted = ", ".join(f't."{c}"' for c in columns)
    select = f'SELECT t.id, {quoted} FROM touched k JOIN "{name}" t ON t.id = k.row WHERE k.tbl = ?'
    return _Shape(select, columns, tuple(encoders))


def stored_values(name: str, row: Iterable[Any]) -> dict[str, Value]:
    """Return a raw row of a synced table (columns in sorted order, no key) as log values."""
    shape = _shape(name)
    values = zip(shape.columns, shape.encoders, row, strict=True)
    return {column: encode(value) for column, encode, value in values}


def sorted_columns(name: str) -> tuple[str, ...]:
    """Return a synced table's columns, the key left out, in the log's order."""
    return _shape(name).columns


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


def _altered_fields(values: dict[str, Value], cells: dict[str, Cell]) -> dict[str, list[object]]:
    """Return the fields that differ from what the log says, each with its parents.

    A delete has the heads of all the row's cells as parents: it says "I saw all of this".
    """
    fields: dict[str, list[object]] = {}
    for column, value in values.items():
        cell = cells.get(column)
        if value == (cell.value if cell else None):
            continue
        parents = cell.heads if cell else ()
        if column == "deleted" and value:
            parents = tuple(sorted({head for c in cells.values() for head in c.heads}))
        fields[column] = [value, list(parents)]
    return fields


def _logged(cursor: Any, name: str) -> dict[bytes, list[tuple[str, int, str]]]:
    """Return the changes the log already has of the touched rows of one table, by row."""
    cursor.execute(
        "SELECT c.row, c.id, c.hlc, c.fields FROM touched k JOIN change c ON c.row = k.row "
        "WHERE k.tbl = ? AND c.tbl = k.tbl",
        (name,),
    )
    logged: dict[bytes, list[tuple[str, int, str]]] = {}
    for row, change_id, hlc, fields in cursor:
        logged.setdefault(row, []).append((bytes(change_id).hex(), hlc, fields))
    return logged


def _row_fields(cursor: Any, name: str) -> Iterator[tuple[bytes, str, int, dict[str, Value]]]:
    """Yield (row, fields, greatest clock of its changes, values) for each touched row."""
    logged = _logged(cursor, name)
    cursor.execute(_shape(name).select, (name,))
    for row, *raw in cursor.fetchall():
        values = stored_values(name, raw)
        known = logged.get(row)
        if known is None:
            yield row, _new_fields(values), 0, values
            continue
        altered = _altered_fields(values, cells_of(known))
        # An undo that sets a never-set cell back to nothing is still a change; an equal one is not.
        yield row, canonical(altered) if altered else "", max(k[1] for k in known), values


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
    tx, now = tx_bytes.hex(), time.time_ns() // 1_000_000 * HLC_PER_MS
    ids: set[str] = set()
    tables: set[str] = set()
    rows: list[tuple[Any, ...]] = []
    keys: list[tuple[bytes, str]] = []
    for name in names:
        searchable = SEARCHABLE.get(name)
        for row, fields, seen, values in _row_fields(cursor, name):
            if not fields:
                continue
            clock = max(clock + 1, now, seen + 1)
            made = make_change(
                stream, clock, tx, context.author, name, row.hex(), fields, extra=context.extra
            )
            rows.append(
                (
                    bytes.fromhex(made.id),
                    stream_bytes,
                    clock,
                    tx_bytes,
                    made.author,
                    name,
                    row,
                    fields,
                    made.schema,
                    made.extra,
                )
            )
            ids.add(made.row)
            tables.add(name)
            if searchable:
                texts = (values[c] for c in searchable)
                keys.append((row, key_of(*(str(v) if v else None for v in texts))))
    cursor.execute("DELETE FROM touched")
    if not rows:
        return Changes()
    cursor.executemany(
        "INSERT INTO change (id, stream, hlc, tx, author, tbl, row, fields, schema, extra) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    cursor.executemany("INSERT OR REPLACE INTO search_key (row, key) VALUES (?, ?)", keys)
    cursor.execute("UPDATE installation SET hlc = ?", (clock,))
    if context.label is not None:
        cursor.execute("DELETE FROM journal WHERE undone = 1")
        cursor.execute(
            "INSERT INTO journal (tx, label, undone) VALUES (?, ?, 0)", (tx_bytes, context.label)
        )
    return Changes(frozenset(tables), frozenset(ids), tx)
