"""What came in from other laptops since the person last looked, by person and record."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import Session

from desktop_app.db.change import Value
from desktop_app.db.log import author_names, moment_of
from desktop_app.db.log_tables import change, installation, link
from desktop_app.db.workspace import Workspace
from desktop_app.services.titles import kind_of, record_title

# The most records that are told at once: after a long absence nobody reads more.
MOST = 500


@dataclass(frozen=True)
class Incoming:
    """What one person did to one record: when last (UTC), and each field's old and new value."""

    by: str
    table: str
    kind: str
    row: str
    title: str
    at: dt.datetime
    created: bool
    deleted: bool
    fields: dict[str, tuple[Value, Value]]


def count(session: Session) -> int:
    """Return how many records were altered by others since the person last looked."""
    return session.scalar(select(func.count(change.c.row.distinct())).where(_new(session))) or 0


def incoming(session: Session, most: int = MOST) -> list[Incoming]:
    """Return what others did since the person last looked, the latest first."""
    newest = func.max(change.c.seq)
    recent = (
        select(change.c.row)
        .where(_new(session))
        .group_by(change.c.row)
        .order_by(newest.desc())
        .limit(most)
    )
    rows = session.execute(
        select(change, _new(session).label("is_new"))
        .where(change.c.row.in_(recent))
        .order_by(change.c.hlc, change.c.id)
    ).all()
    names = author_names(session, {r.author for r in rows if r.author})
    by_row: dict[tuple[str, bytes], list[Any]] = {}
    for r in rows:
        by_row.setdefault((r.tbl, r.row), []).append(r)
    told: list[Incoming] = []
    for (table, row), logged in by_row.items():
        title = record_title(session, table, row.hex())
        told += _of_row(table, row.hex(), title, logged, names)
    return sorted(told, key=lambda one: one.at, reverse=True)


def mark_looked(workspace: Workspace) -> None:
    """Note that the person has seen all that is here now."""
    newest = select(func.coalesce(func.max(change.c.seq), 0)).scalar_subquery()
    with workspace.write() as session:
        session.execute(update(link).values(looked=newest))


def _new(session: Session) -> ColumnElement[bool]:
    """Return the condition of a change that came from elsewhere and was not looked at."""
    looked = session.scalar(select(link.c.looked))
    stream = session.scalar(select(installation.c.stream))
    if looked is None or stream is None:
        # Without a shared file nothing comes in.
        return change.c.seq < 0
    return and_(change.c.seq > looked, change.c.stream != stream)


def _of_row(
    table: str, row: str, title: str, logged: Iterable[Any], names: dict[str, str]
) -> list[Incoming]:
    """Return what each person did to one record, from all its changes in the clock's order."""
    values: dict[tuple[str, str], tuple[int, str, Value]] = {}
    people: dict[str, dict[str, tuple[Value, Value]]] = {}
    latest: dict[str, int] = {}
    creator = None
    for place, one in enumerate(logged):
        change_id = one.id.hex()
        by = names.get(one.author or "") or one.author or ""
        for column, (value, parents) in json.loads(one.fields).items():
            seen = [values[column, p] for p in parents if (column, p) in values]
            old = max(seen, key=lambda s: s[:2])[2] if seen else None
            values[column, change_id] = (one.hlc, change_id, value)
            if one.is_new:
                fields = people.setdefault(by, {})
                fields[column] = (fields[column][0] if column in fields else old, value)
        if one.is_new:
            people.setdefault(by, {})
            latest[by] = one.hlc
            creator = by if place == 0 else creator
    return [
        Incoming(
            by,
            table,
            kind_of(table),
            row,
            title,
            moment_of(latest[by]),
            by == creator,
            bool(fields.get("deleted", (None, None))[1]),
            fields,
        )
        for by, fields in people.items()
    ]
