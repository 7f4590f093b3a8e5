"""Conflicts: cells with more than one answer, and how a person settles them.

A conflict is not a record but a fact of the log: a cell with more than one head and differing
values. It is settled by an ordinary change whose parents are all heads. Source: the sync design,
"Merge".
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from desktop_app.db.change import Value, cells_of
from desktop_app.db.log import author_names, moment_of
from desktop_app.db.log_tables import change
from desktop_app.db.log_tables import conflict as disputed_cells
from desktop_app.db.log_values import stored_value
from desktop_app.db.models import Base, Case, FollowUp
from desktop_app.db.workspace import Workspace
from desktop_app.domain.case_rules import STATE_DAYS, days_cleared, state_of
from desktop_app.domain.errors import DeskError
from desktop_app.i18n import t
from desktop_app.services.follow_ups import keep_next_on
from desktop_app.services.places import located
from desktop_app.services.record_texts import KINDS
from desktop_app.services.titles import kind_of, record_title
from desktop_app.sync.notes import merged_notes

__all__ = [
    "Conflict",
    "Side",
    "conflicted_cells",
    "conflicts",
    "count",
    "merged_notes",
    "resolve",
    "resolve_fields",
]

# What the services look up for a city: no question of its own, but settled together with it.
_CITY = ("city", "country")
_PLACE = ("region", "lat_e6", "lon_e6")


@dataclass(frozen=True)
class Side:
    """One answer: the latest change that gave it, its value, when (UTC), and all who gave it."""

    change: str
    value: Value
    at: dt.datetime
    by: str


@dataclass(frozen=True)
class Conflict:
    """A cell with several answers; the one that stands is the first of the sides.

    Attributes:
        table: the record's table.
        row: the record's key.
        column: the cell's column; ``deleted`` when one deleted the record and another, not
            knowing, went on with it (its sides are then ``True`` and ``False``).
        kind: the record's kind as the command line has it.
        title: what the record is called.
        base: what the cell held when the sides parted, None for nothing.
        sides: the answers: the one that stands, then the others, the latest first.
    """

    table: str
    row: str
    column: str
    kind: str
    title: str
    base: Value
    sides: tuple[Side, ...]


class _Entry(NamedTuple):
    """What one change says of one cell."""

    hlc: int
    id: str
    author: str
    value: Value
    parents: frozenset[str]


def count(session: Session) -> int:
    """Return how many cells are to be settled."""
    return session.scalar(select(func.count()).select_from(_open_cells().subquery())) or 0


def _open_cells() -> Select[str, bytes, str]:
    """Return the query of the cells to be settled: a place on the map follows its city."""
    cell, city = disputed_cells.c, disputed_cells.alias().c
    with_city = exists().where(city.tbl == cell.tbl, city.row == cell.row, city.col.in_(_CITY))
    return select(cell.tbl, cell.row, cell.col).where(~(cell.col.in_(_PLACE) & with_city))


def conflicted_cells(session: Session, row: str) -> set[str]:
    """Return the columns of a record in which people disagree."""
    found = select(disputed_cells.c.col).where(disputed_cells.c.row == bytes.fromhex(row))
    return set(session.scalars(found))


def conflicts(session: Session) -> list[Conflict]:
    """Return the cells to be settled, those of one record together, the latest disputes first."""
    columns: dict[tuple[str, bytes], list[str]] = {}
    for table, row, column in session.execute(_open_cells()):
        columns.setdefault((table, row), []).append(column)
    found = [_of_row(session, *key, names) for key, names in columns.items()]
    found.sort(key=lambda group: max(one.sides[0].at for one in group), reverse=True)
    return [one for group in found for one in group]


def _of_row(session: Session, table: str, row: bytes, columns: Iterable[str]) -> list[Conflict]:
    """Return the conflicts of one record."""
    entries: dict[str, list[_Entry]] = {}
    logged = session.execute(
        select(change.c.id, change.c.hlc, change.c.author, change.c.fields).where(
            change.c.row == row, change.c.tbl == table
        )
    ).all()
    for one in logged:
        for column, (value, parents) in json.loads(one.fields).items():
            entry = _Entry(one.hlc, one.id.hex(), one.author or "", value, frozenset(parents))
            entries.setdefault(column, []).append(entry)
    names = author_names(session, {one.author for one in logged if one.author})
    title = record_title(session, table, row.hex())
    cells = cells_of((one.id.hex(), one.hlc, one.fields) for one in logged)
    return [
        Conflict(
            table,
            row.hex(),
            column,
            kind_of(table),
            title,
            _base(entries[column], heads),
            _sides(heads, names, stands),
        )
        for column in sorted(columns)
        for heads in [_answers(entries, column)]
        for stands in [bool(cells[column].value) if column == "deleted" else cells[column].value]
    ]


def _heads(entries: Iterable[_Entry]) -> list[_Entry]:
    """Return what no other change of a cell replaced."""
    entries = list(entries)
    replaced = {parent for entry in entries for parent in entry.parents}
    return [entry for entry in entries if entry.id not in replaced]


def _answers(entries: dict[str, list[_Entry]], column: str) -> list[_Entry]:
    """Return the heads of a cell; a delete is answered by the edits that did not know of it."""
    heads = _heads(entries[column])
    if column != "deleted":
        return heads
    deletes = {entry.id: entry.parents for entry in heads if entry.value}
    seen = set(deletes).union(*deletes.values())
    unseen = {
        entry.id: entry._replace(value=False)
        for name, all_entries in entries.items()
        if name != "deleted"
        for entry in _heads(all_entries)
        if entry.id not in seen and not deletes.keys() & entry.parents
    }
    return [entry._replace(value=bool(entry.value)) for entry in heads] + list(unseen.values())


def _base(entries: Iterable[_Entry], heads: Iterable[_Entry]) -> Value:
    """Return what the cell held when the sides parted: the latest that all of them had seen."""
    by_id = {entry.id: entry for entry in entries}
    common: set[str] | None = None
    for head in heads:
        seen: set[str] = set()
        ahead = [parent for parent in head.parents if parent in by_id]
        while ahead:
            one = ahead.pop()
            if one not in seen:
                seen.add(one)
                ahead += [parent for parent in by_id[one].parents if parent in by_id]
        common = seen if common is None else common & seen
    return max((by_id[one] for one in common or ()), key=lambda e: e[:2]).value if common else None


def _sides(heads: Iterable[_Entry], names: Mapping[str, str], stands: Value) -> tuple[Side, ...]:
    """Return one side for each differing value: the one that stands, then the latest first."""
    groups: dict[str, list[_Entry]] = {}
    for entry in sorted(heads, key=lambda e: e[:2], reverse=True):
        groups.setdefault(json.dumps(entry.value), []).append(entry)
    sides = []
    for group in groups.values():
        latest = group[0]
        people = dict.fromkeys(names.get(e.author) or e.author for e in group)
        by = t("common.list_separator").join(name for name in people if name)
        sides.append(Side(latest.id, latest.value, moment_of(latest.hlc), by))
    return tuple(sorted(sides, key=lambda side: side.value != stands))


def resolve(
    workspace: Workspace, table: str, row: str, column: str, value: Value, label: str
) -> None:
    """Settle one disputed cell by an ordinary change that replaces all its answers.

    Args:
        workspace: where to write.
        table: the record's table.
        row: the record's key.
        column: the disputed column; for ``deleted``, True deletes and False keeps the record.
        value: the answer as the log has values: one of the sides, or another.
        label: names the undo step.

    Raises:
        DeskError: ``no_conflict``, ``conflict_newer``.
    """
    resolve_fields(workspace, table, row, {column: value}, label)


def resolve_fields(
    workspace: Workspace, table: str, row: str, values: Mapping[str, Value], label: str
) -> None:
    """Settle several disputed cells of one record as one undo step; see ``resolve``.

    What follows from them (a place on the map, a lead's next date) follows.
    """
    with workspace.read() as session:
        disputed = conflicted_cells(session, row)
    known = Base.metadata.tables.get(table)
    for column in values:
        if column not in disputed:
            raise DeskError("no_conflict", field=column)
        if known is None or column not in known.columns:
            raise DeskError("conflict_newer", field=column)
    with workspace.read() as session:
        values = _with_days(session, table, row, _with_place(session, table, row, values))
    cells = [(table, row, column) for column in values if column in disputed]
    with workspace.write(label, settle=cells) as session:
        connection = session.connection()
        for column, value in values.items():
            stored = stored_value(table, column, value)
            connection.exec_driver_sql(
                f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?', (stored, bytes.fromhex(row))
            )
        if table == "follow_up":
            lead_id = session.scalar(select(FollowUp.lead_id).where(FollowUp.id == row))
            keep_next_on(session, lead_id)


def _with_days(
    session: Session, table: str, row: str, values: dict[str, Value]
) -> dict[str, Value]:
    """Return values with the days of a case that a chosen state sets or takes back, as in its flow.

    Days chosen in the same step stay as chosen.
    """
    if table != Case.__tablename__ or "state" not in values:
        return values
    state, case = state_of(str(values["state"] or "")), session.get(Case, row)
    follows: dict[str, Value] = {
        name: None for name in days_cleared(state) if getattr(case, name, None) is not None
    }
    own = STATE_DAYS.get(state)
    if own is not None and getattr(case, own, None) is None:
        follows[own] = dt.date.today().isoformat()
    return follows | values


def _with_place(
    session: Session, table: str, row: str, values: Mapping[str, Value]
) -> dict[str, Value]:
    """Return values with the region and the place on the map that belong to a chosen city.

    They come from the change that gave the chosen answer; for another answer from the places.
    """
    model = KINDS[kind_of(table)]
    wanted = [c for c in _PLACE if c in model.__table__.columns and c not in values]
    if not wanted or not values.keys() & set(_CITY):
        return dict(values)
    disputed = conflicted_cells(session, row)
    of_row = {one.column: one for one in _of_row(session, table, bytes.fromhex(row), disputed)}
    chosen = {
        side.change
        for column in values.keys() & set(_CITY)
        for side in of_row[column].sides
        if side.value == values[column]
    }
    record = session.get(model, row)
    city, country = (values.get(c, getattr(record, c, None)) for c in _CITY)
    known = located(str(city or ""), str(country) if country else None)
    place: dict[str, Value] = {}
    for column in wanted:
        if column in of_row:
            sides = of_row[column].sides
            given = next((s.value for s in sides if s.change in chosen), known.get(column))
            place[column] = given
        elif not chosen:
            place[column] = known.get(column)
    return place | dict(values)
