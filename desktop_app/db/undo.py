"""Undo and redo: the inverse of a transaction, as a new change of its own.

A field that somebody has altered since is left alone: undo takes back one's own work only.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from desktop_app.db.change import Value, canonical
from desktop_app.db.log_tables import change, journal
from desktop_app.db.log_values import stored_value
from desktop_app.db.models import Base
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


def is_undone(session: Session, tx: str) -> bool:
    """Return whether a step stands undone, also when it can't be redone any more."""
    stands = select(journal.c.seq).where(journal.c.tx == bytes.fromhex(tx), journal.c.undone == 0)
    return session.execute(stands).first() is None


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
        kept = _apply(session, _sides(session, top.tx), forward=bool(undone))
        session.execute(update(journal).where(journal.c.seq == top.seq).values(undone=1 - undone))
    return Step(top.label, kept)


def _sides(
    session: Session, tx: bytes
) -> Iterator[tuple[Table, bytes, dict[str, Value], dict[str, Value]]]:
    """Yield (table, row, values before, values after) for each record of a transaction."""
    made = change.alias()
    found = session.execute(
        select(change.c.row, change.c.id, change.c.hlc, change.c.fields)
        .join(made, (made.c.row == change.c.row) & (made.c.hlc > change.c.hlc))
        .where(made.c.tx == tx)
    )
    earlier: dict[bytes, list[tuple[str, int, str]]] = {}
    for row, change_id, hlc, fields in found:
        earlier.setdefault(row, []).append((change_id.hex(), hlc, fields))
    for one in session.execute(select(change).where(change.c.tx == tx)).all():
        table = Base.metadata.tables[one.tbl]
        after = {column: value for column, (value, _) in json.loads(one.fields).items()}
        if one.row in earlier:
            yield table, one.row, _before(one.fields, earlier[one.row]), after
        else:
            # A record that was made: taking it back deletes it, doing it again brings it back.
            yield table, one.row, {"deleted": True}, {"deleted": after.get("deleted")}


def _before(fields: str, earlier: list[tuple[str, int, str]]) -> dict[str, Value]:
    """Return what each altered cell held: the winner of the parents that were seen."""
    cells: dict[tuple[str, str], tuple[int, Value]] = {}
    for change_id, hlc, text in earlier:
        for column, (value, _) in json.loads(text).items():
            cells[column, change_id] = (hlc, value)
    before: dict[str, Value] = {}
    for column, (_, parents) in json.loads(fields).items():
        seen = [(cells[column, p], p) for p in parents if (column, p) in cells]
        newest = max(seen, key=lambda s: (s[0][0], s[1]), default=None)
        before[column] = newest[0][1] if newest else None
    return before


def _apply(
    session: Session,
    sides: Iterator[tuple[Table, bytes, dict[str, Value], dict[str, Value]]],
    forward: bool,
) -> int:
    """Set one side where the other still stands; return how many cells it does not."""
    updates: dict[tuple[str, str], list[tuple[Any, bytes, Any]]] = {}
    for table, row, before, after in sides:
        source, target = (before, after) if forward else (after, before)
        for column, value in target.items():
            if column in table.columns:
                new = stored_value(table.name, column, value)
                now = stored_value(table.name, column, source.get(column))
                updates.setdefault((table.name, column), []).append((new, row, now))
    kept = 0
    connection = session.connection()
    for (name, column), cells in updates.items():
        statement = f'UPDATE "{name}" SET "{column}" = ? WHERE id = ? AND "{column}" IS ?'
        kept += len(cells) - connection.exec_driver_sql(statement, cells).rowcount
    return kept
