"""Undo and redo: the inverse of a transaction, as a new change of its own.

A field that somebody has altered since is left alone: undo takes back one's own work only.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Table, select, update
from sqlalchemy.orm import Session

from desktop_app.db.change import Value, canonical
from desktop_app.db.log_tables import change, journal
from desktop_app.db.models import Base
from desktop_app.db.types import RecordId
from desktop_app.db.workspace import Workspace


@dataclass(frozen=True)
class Step:
    """What was undone or redone: its label, and how many fields others had altered since."""

    label: str
    kept: int


def undo(workspace: Workspace) -> Step | None:
    """Take back the latest labelled transaction; None when there is nothing to undo."""
    return _step(workspace, undone=0)


def redo(workspace: Workspace) -> Step | None:
    """Do the transaction again that was undone last; None when there is nothing to redo."""
    return _step(workspace, undone=1)


def next_labels(session: Session) -> tuple[str | None, str | None]:
    """Return what undo and redo would act on, None where there is nothing."""
    tops = [session.execute(_top(undone)).first() for undone in (0, 1)]
    return (tops[0].label if tops[0] else None, tops[1].label if tops[1] else None)


def _top(undone: int) -> Any:
    """Return the query of the journal row that undo (0) or redo (1) acts on."""
    newest = journal.c.seq.desc() if undone == 0 else journal.c.seq.asc()
    return select(journal).where(journal.c.undone == undone).order_by(newest).limit(1)


def _step(workspace: Workspace, undone: int) -> Step | None:
    """Apply one side of the top transaction, and mark it."""
    with workspace.read() as session:
        top = session.execute(_top(undone)).first()
    if top is None:
        return None
    extra = canonical({"redo" if undone else "undo": top.tx.hex()})
    with workspace.write(extra=extra) as session:
        kept = 0
        for table, row, before, after in _sides(session, top.tx):
            source, target = (before, after) if undone else (after, before)
            kept += _apply(session, table, row, source, target)
        session.execute(update(journal).where(journal.c.seq == top.seq).values(undone=1 - undone))
    return Step(top.label, kept)


def _sides(
    session: Session, tx: bytes
) -> Iterator[tuple[Table, str, dict[str, Value], dict[str, Value]]]:
    """Yield (table, row, values before, values after) for each record of a transaction."""
    found = session.execute(select(change).where(change.c.tx == tx)).all()
    for one in found:
        table = Base.metadata.tables[one.tbl]
        earlier = session.execute(
            select(change.c.id, change.c.hlc, change.c.fields).where(
                change.c.row == one.row, change.c.hlc < one.hlc
            )
        ).all()
        fields = json.loads(one.fields)
        if not earlier:
            # A record that was made: taking it back deletes it, doing it again brings it back.
            yield (
                table,
                one.row.hex(),
                {"deleted": True},
                {"deleted": fields.get("deleted", [None])[0]},
            )
            continue
        cells: dict[tuple[str, str], tuple[int, Value]] = {}
        for change_id, hlc, text in earlier:
            for column, (value, _) in json.loads(text).items():
                cells[column, change_id.hex()] = (hlc, value)
        before: dict[str, Value] = {}
        after: dict[str, Value] = {}
        for column, (value, parents) in fields.items():
            seen = [(cells[column, p], p) for p in parents if (column, p) in cells]
            newest = max(seen, key=lambda s: (s[0][0], s[1]), default=None)
            before[column] = newest[0][1] if newest else None
            after[column] = value
        yield table, one.row.hex(), before, after


def _stored(table: Table, column: str, value: Value) -> Any:
    """Return a log value as the database stores it."""
    kind = table.columns[column].type
    if value is None:
        return None
    if isinstance(kind, RecordId):
        return bytes.fromhex(str(value))
    return int(value) if isinstance(kind, Boolean) else value


def _apply(
    session: Session, table: Table, row: str, source: dict[str, Value], target: dict[str, Value]
) -> int:
    """Set the target values where the source values still stand; return how many do not."""
    columns = [c for c in target if c in table.columns]
    if not columns:
        return 0
    names = ", ".join(f'"{c}"' for c in columns)
    key = bytes.fromhex(row)
    connection = session.connection()
    current = connection.exec_driver_sql(
        f'SELECT {names} FROM "{table.name}" WHERE id = ?', (key,)
    ).one()
    kept = 0
    values = []
    sets = []
    for column, now in zip(columns, current, strict=True):
        if now != _stored(table, column, source[column]):
            kept += 1
            continue
        sets.append(f'"{column}" = ?')
        values.append(_stored(table, column, target[column]))
    if sets:
        connection.exec_driver_sql(
            f'UPDATE "{table.name}" SET {", ".join(sets)} WHERE id = ?', (*values, key)
        )
    return kept
