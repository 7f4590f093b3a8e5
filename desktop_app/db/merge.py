"""Merging changes made elsewhere: into the log, and their outcome into the records.

Merging twice, or in any order, gives the same rows. Source: the sync design, "Merge".
"""

from collections.abc import Iterable, Iterator, Sequence
from json import loads
from typing import Any

from desktop_app.db.change import Cell, Change, cells_of, disputed
from desktop_app.db.models import Base
from desktop_app.db.seal import (
    INSERT_CHANGE,
    MOST_AHEAD,
    Changes,
    SealContext,
    clock_now,
    decoders,
    note_disputes,
    seal,
    sorted_columns,
    stored_change,
)
from desktop_app.db.search_keys import SEARCHABLE, key_of

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
        _write_rows(cursor, name, {row: _cells(rows[row]) for row in whole})
        _write_rows(cursor, name, dict(_logged_cells(cursor, name, rest)))
        tables.add(name)
        ids.update(rows)
    cursor.execute("UPDATE installation SET silent = 0")
    most = min(max(c.hlc for c in new), clock_now() + MOST_AHEAD)
    cursor.execute("UPDATE installation SET hlc = max(hlc, ?)", (most,))
    return Changes(frozenset(tables), frozenset(ids))


def rebuild(cursor: Any, name: str, rows: Sequence[str]) -> None:
    """Write rows of a table anew from the log, as after an upgrade that knows more columns."""
    cursor.execute("UPDATE installation SET silent = 1")
    _write_rows(cursor, name, dict(_logged_cells(cursor, name, rows)))
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


def _cells(changes: Sequence[Change]) -> dict[str, Cell]:
    """Return the cells of a row of which these are all the changes."""
    if len(changes) == 1:
        # A new record, as most are: no other change can have replaced anything.
        one = changes[0]
        return {c: Cell(value, (one.id,)) for c, (value, _) in loads(one.fields).items()}
    return cells_of((c.id, c.hlc, c.fields) for c in changes)


def _logged_cells(
    cursor: Any, name: str, rows: Sequence[str]
) -> Iterator[tuple[str, dict[str, Cell]]]:
    """Yield each row with its cells, from the whole log."""
    logged: dict[str, list[tuple[str, int, str]]] = {}
    select = "SELECT row, id, hlc, fields, tbl FROM change WHERE row"
    for row, change_id, hlc, fields, table in _among(cursor, select, rows):
        if table == name:
            logged.setdefault(row.hex(), []).append((change_id.hex(), hlc, fields))
    for row_id, changes in logged.items():
        yield row_id, cells_of(changes)


def _write_rows(cursor: Any, name: str, rows: dict[str, dict[str, Cell]]) -> None:
    """Write the winners of whole rows, their search keys and what is disputed in them."""
    if not rows:
        return
    columns = sorted_columns(name)
    decode = decoders(name)
    nothing = Cell(None, ())
    records: list[tuple[Any, ...]] = []
    keys: list[tuple[bytes, str]] = []
    searchable = SEARCHABLE.get(name)
    for row_id, cells in rows.items():
        row = bytes.fromhex(row_id)
        records.append((row, *(decode[c](cells.get(c, nothing).value) for c in columns)))
        if searchable:
            texts = (cells.get(c, nothing).value for c in searchable)
            keys.append((row, key_of(*(str(t) if t else None for t in texts))))
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
    for row_id, cells in rows.items():
        columns_in_dispute = disputed(cells)
        if columns_in_dispute or row_id in noted:
            note_disputes(cursor, name, bytes.fromhex(row_id), columns_in_dispute)
