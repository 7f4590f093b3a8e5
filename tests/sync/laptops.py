"""Two laptops of one team, and their changes carried across by hand."""

import datetime as dt
import time
from pathlib import Path

from sqlalchemy import select

from desktop_app.db.change import Change
from desktop_app.db.log_tables import change
from desktop_app.db.workspace import Workspace
from desktop_app.services import members, record_texts, records

Value = str | int | bool | dt.date | None


def logged(workspace: Workspace) -> list[Change]:
    """Return every change that a laptop knows."""
    with workspace.read() as session:
        rows = session.execute(select(change).order_by(change.c.seq)).all()
    return [
        Change(
            r.id.hex(),
            r.stream.hex(),
            r.hlc,
            r.tx.hex(),
            r.author,
            r.tbl,
            r.row.hex(),
            r.fields,
            r.schema,
            r.extra,
        )
        for r in rows
    ]


def meet(*workspaces: Workspace) -> None:
    """Give each laptop what the others know."""
    known = [logged(one) for one in workspaces]
    for one in workspaces:
        for changes in known:
            one.merge(changes)


def person(workspace: Workspace, name: str) -> None:
    """Let a member of that name work on a laptop."""
    with workspace.write("member") as session:
        member = members.find_or_add(session, name)
    workspace.author_id = member


def add(workspace: Workspace, kind: str, /, **fields: Value) -> str:
    """Add a record from column values and return its key."""
    with workspace.write("add") as session:
        return records.create(session, kind, **fields)


def change_fields(workspace: Workspace, kind: str, row: str, /, **fields: Value) -> None:
    """Set columns of a record, at another moment than the edit before."""
    time.sleep(0.002)
    with workspace.write("set") as session:
        records.update(session, kind, row, **fields)


def delete(workspace: Workspace, kind: str, row: str) -> None:
    """Delete a record."""
    with workspace.write("delete") as session:
        records.delete(session, kind, row)


def value(workspace: Workspace, kind: str, row: str, column: str) -> object:
    """Return what a cell holds on a laptop."""
    with workspace.read() as session:
        found: object = getattr(session.get(record_texts.model_of(kind), row), column)
        return found


def laptop(folder: Path, name: str) -> Workspace:
    """Return a new laptop on which a member of that name works."""
    workspace = Workspace.open(folder)
    person(workspace, name)
    return workspace
