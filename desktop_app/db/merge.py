"""Merging changes made elsewhere: into the log, and their outcome into the records.

Merging twice, or in any order, gives the same rows. Source: the sync design, "Merge".
"""

from collections.abc import Iterable, Iterator, Sequence
from json import loads
from typing import Any, NamedTuple

from desktop_app.db.change import Change, Changes, Value, cells_of, disputed
from desktop_app.db.log_values import as_it_is, decoders, sorted_columns
from desktop_app.db.models import Base
from desktop_app.db.seal import (
    INSERT_CHANGE,
    MOST_AHEAD,
    SealContext,
    clock_now,
    note_disputes,
    seal,
    stored_change,
)
from desktop_app.db.search_keys import SEARCHABLE, record_key

# SQLite takes more parameters to a statement, but not faster.
_AT_ONCE = 500


def merge(cursor: Any, changes: Sequence[Change], author: str | None = None) -> Changes:
    """Add the unknown ones of ``changes`` to the log, and write each touched cell's winner.

    Args:
        cursor: a DB-API cursor inside a write transaction, foreign keys not enforced.
        changes: verified ones, in any order.
        author: who works on this laptop: what other programs wrote is sealed as theirs first.

    Returns:
        The tables and records that were touched, of those this version knows.
    """
    seal(cursor, SealContext(author))
    known = known_ids(cursor, [c.id for c in changes])
    new = list({c.id: c for c in changes if c.id not in known}.values())
    if not new:
        return Changes()
    _leave_stream_of_copy(cursor, new)
    fresh = _rows_without_log(cursor, new)
    cursor.executemany(INSERT_CHANGE, [stored_change(c) for c in new])
    by_table: dict[str, dict[str, list[Change]]] = {}
    for change in new:
        by_table.setdefault(change.table, {}).setdefault(change.row, []).append(change)
    cursor.execute("UPDATE installation SET silent = 1")
    ids: set[str] = set()
    tables: set[str] = set()
    for name, rows in by_table.items():
        if name not in Base.metadata.tables:
            # Of a newer version: kept and passed on as it is.
            continue
        whole = {row for row in rows if row in fresh}
        rest = [row for row in rows if row not in whole]
        made = {row: _row_of([(c.id, c.hlc, c.fields) for c in rows[row]]) for row in whole}
        _write_rows(cursor, name, made | _logged_rows(cursor, name, rest))
        tables.add(name)
        ids.update(rows)
    cursor.execute("UPDATE installation SET silent = 0")
    most = min(max(c.hlc for c in new), clock_now() + MOST_AHEAD)
    cursor.execute("UPDATE installation SET hlc = max(hlc, ?)", (most,))
    return Changes(frozenset(tables), frozenset(ids))


def _leave_stream_of_copy(cursor: Any, new: Iterable[Change]) -> None:
    """Take a new stream when changes of our own come in that we do not know.

    A copy of this workspace goes on elsewhere, or this one is a backup. What an open form has not
    seen is told by the stream: the copy's edits must not pass for this person's own.
    """
    cursor.execute("SELECT stream FROM installation")
    stream = cursor.fetchone()[0].hex()
    if any(change.stream == stream for change in new):
        cursor.execute("UPDATE installation SET stream = randomblob(16)")


def rebuild(cursor: Any, name: str, rows: Sequence[str]) -> None:
    """Write rows of a table anew from the log, as after an upgrade that knows more columns."""
    cursor.execute("UPDATE installation SET silent = 1")
    _write_rows(cursor, name, _logged_rows(cursor, name, rows))
    cursor.execute("UPDATE installation SET silent = 0")


def known_ids(cursor: Any, ids: Sequence[str]) -> set[str]:
    """Return those of ``ids`` whose changes the log has."""
    return {found.hex() for (found,) in _among(cursor, "SELECT id FROM change WHERE id", ids)}


def _among(cursor: Any, select: str, keys: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Yield what ``select … IN (keys)`` finds, some hundreds of keys at a time."""
    for start in range(0, len(keys), _AT_ONCE):
        some = [bytes.fromhex(key) for key in keys[start : start + _AT_ONCE]]
        marks = ",".join("?" * len(some))
        cursor.execute(f"{select} IN ({marks})", some)
        yield from cursor.fetchall()


def _rows_without_log(cursor: Any, new: Iterable[Change]) -> set[str]:
    """Return the rows of which the log has no change yet."""
    rows = list({c.row for c in new})
    logged = {row.hex() for (row,) in _among(cursor, "SELECT row FROM change WHERE row", rows)}
    return set(rows) - logged


class _Row(NamedTuple):
    """A record as the log has it: the value of each cell, and the disputed columns."""

    values: dict[str, Value]
    disputed: list[str]


def _row_of(changes: Sequence[tuple[str, int, str]]) -> _Row:
    """Return the record that its changes, given as (id, hlc, fields), make."""
    if len(changes) == 1:
        # A new record, as most are: no other change can have replaced anything.
        fields = loads(changes[0][2])
        return _Row({column: cell[0] for column, cell in fields.items()}, [])
    cells = cells_of(changes)
    return _Row({column: cell.value for column, cell in cells.items()}, disputed(cells))


def _logged_rows(cursor: Any, name: str, rows: Sequence[str]) -> dict[str, _Row]:
    """Return records of a table by key, from the whole log."""
    logged: dict[str, list[tuple[str, int, str]]] = {}
    select = "SELECT row, id, hlc, fields, tbl FROM change WHERE row"
    for row, change_id, hlc, fields, table in _among(cursor, select, rows):
        if table == name:
            logged.setdefault(row.hex(), []).append((change_id.hex(), hlc, fields))
    return {row: _row_of(changes) for row, changes in logged.items()}


def _write_rows(cursor: Any, name: str, rows: dict[str, _Row]) -> None:
    """Write whole records, their search keys and what is disputed in them."""
    if not rows:
        return
    columns = sorted_columns(name)
    records: list[tuple[Any, ...]] = []
    keys: list[tuple[bytes, str]] = []
    special = [(place, c, decode) for place, (c, decode) in enumerate(decoders(name).items(), 1)]
    special = [one for one in special if one[2] is not as_it_is]
    for row_id, (values, _) in rows.items():
        row = bytes.fromhex(row_id)
        record = [row, *map(values.get, columns)]
        for place, column, decode in special:
            if column in values:
                record[place] = decode(values[column])
        records.append(tuple(record))
        if name in SEARCHABLE:
            keys.append((row, record_key(name, values)))
    names = ", ".join(f'"{c}"' for c in columns)
    marks = ", ".join("?" * len(columns))
    updates = ", ".join(f'"{c}" = excluded."{c}"' for c in columns)
    cursor.executemany(
        f'INSERT INTO "{name}" (id, {names}) VALUES (?, {marks}) '
        f"ON CONFLICT (id) DO UPDATE SET {updates}",
        records,
    )
    cursor.executemany("INSERT OR REPLACE INTO search_key (row, key) VALUES (?, ?)", keys)
    cursor.execute("SELECT DISTINCT row FROM conflict WHERE tbl = ?", (name,))
    noted = {row.hex() for (row,) in cursor.fetchall()}
    for row_id, row_of in rows.items():
        if row_of.disputed or row_id in noted:
            note_disputes(cursor, name, bytes.fromhex(row_id), row_of.disputed)
