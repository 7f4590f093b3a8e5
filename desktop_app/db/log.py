"""Reading the log: who changed what, when, from what to what."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.change import HLC_PER_MS, Change, Value
from desktop_app.db.driver import Source, plain
from desktop_app.db.log_tables import change
from desktop_app.db.models import Member


@dataclass(frozen=True)
class HistoryEntry:
    """One change of a record: when (UTC), by whom, and each field's old and new value."""

    at: dt.datetime
    by: str
    fields: dict[str, tuple[Value, Value]]
    tx: str
    created: bool
    table: str
    row: str


def moment_of(hlc: int) -> dt.datetime:
    """Return the wall-clock moment of a log clock value, in UTC."""
    return dt.datetime.fromtimestamp(hlc // HLC_PER_MS / 1000, dt.UTC)


def history(session: Session, table: str, row: str) -> list[HistoryEntry]:
    """Return a record's changes, newest first.

    The old value is what the person saw: the winner of the cell's heads at that moment.
    """
    found = session.execute(
        select(change.c.id, change.c.hlc, change.c.tx, change.c.author, change.c.fields)
        .where(change.c.row == bytes.fromhex(row), change.c.tbl == table)
        .order_by(change.c.hlc, change.c.id)
    ).all()
    names = author_names(session, {r.author for r in found if r.author})
    seen: dict[str, dict[str, tuple[int, Value]]] = {}
    entries = []
    for index, r in enumerate(found):
        change_id = r.id.hex()
        fields: dict[str, tuple[Value, Value]] = {}
        for column, (value, parents) in json.loads(r.fields).items():
            cell = seen.setdefault(column, {})
            before = [(cell[p][0], p) for p in parents if p in cell]
            old = cell[max(before)[1]][1] if before else None
            cell[change_id] = (r.hlc, value)
            fields[column] = (old, value)
        by = names.get(r.author or "", r.author or "")
        entries.append(
            HistoryEntry(moment_of(r.hlc), by, fields, r.tx.hex(), index == 0, table, row)
        )
    return entries[::-1]


def author_names(session: Session, authors: set[str]) -> dict[str, str]:
    """Return the names of those authors that are members of the team, by id."""
    ids = [a for a in authors if len(a) == 32 and all(c in "0123456789abcdef" for c in a)]
    if not ids:
        return {}
    found = session.execute(select(Member.id, Member.name).where(Member.id.in_(ids)))
    return {member_id: name or "" for member_id, name in found}


@dataclass(frozen=True)
class RecentChange:
    """One change of any record, for "who changed what lately"."""

    at: dt.datetime
    by: str
    table: str
    row: str
    fields: dict[str, Value]
    tx: str


def recent_changes(session: Session, limit: int = 50) -> list[RecentChange]:
    """Return the latest changes of all records, newest first."""
    found = session.execute(
        select(
            change.c.hlc, change.c.author, change.c.tbl, change.c.row, change.c.fields, change.c.tx
        )
        .order_by(change.c.hlc.desc())
        .limit(limit)
    ).all()
    names = author_names(session, {r.author for r in found if r.author})
    return [
        RecentChange(
            moment_of(r.hlc),
            names.get(r.author or "", r.author or ""),
            r.tbl,
            r.row.hex(),
            {column: value for column, (value, _) in json.loads(r.fields).items()},
            r.tx.hex(),
        )
        for r in found
    ]


def read_changes(cursor: Any, where: str = "", values: tuple[Any, ...] = ()) -> list[Change]:
    """Return whole changes in this laptop's own order, by a DB-API cursor and a WHERE clause."""
    cursor.execute(
        f"SELECT id, stream, hlc, tx, author, tbl, row, fields, schema, extra FROM change "
        f"{where} ORDER BY seq",
        values,
    )
    return [
        Change(i.hex(), s.hex(), hlc, tx.hex(), author, table, row.hex(), fields, schema, extra)
        for i, s, hlc, tx, author, table, row, fields, schema, extra in cursor.fetchall()
    ]


def log_cursor(session: Session) -> Any:
    """Return a DB-API cursor on a session's connection."""
    raw = session.connection().connection.dbapi_connection
    assert raw is not None
    return raw.cursor()


def changes_since(source: Source, position: int) -> tuple[int, dt.datetime | None]:
    """Return how many changes this laptop's log took up after a place, and when the last was made.

    Args:
        source: to read by.
        position: a place in the log, as ``Workspace.log_position`` gave it.
    """
    count, newest = (
        plain(source)
        .execute("SELECT count(*), max(hlc) FROM change WHERE seq > ?", (position,))
        .fetchone()
    )
    return count, moment_of(newest) if newest else None
