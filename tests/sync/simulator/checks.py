"""What must be true after a run, found without the merge's own help.

The simulator notes of every save what its maker had seen. From that alone it follows which values
must still be there: those that nobody who had seen them replaced. Of those, one stands and the
others are listed as conflicts.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from desktop_app.db.change import Cell, Change, Value, make_change

Row = tuple[str, str]


@dataclass(frozen=True)
class Save:
    """One value that somebody saved, and what of the record that person had seen."""

    change: Change
    column: str
    value: Value
    seen: frozenset[str]


class BrokenError(AssertionError):
    """The promise does not hold."""


def saves_of(change: Change, seen: Iterable[str]) -> Iterator[Save]:
    """Yield what a change saved, cell by cell."""
    had_seen = frozenset(seen)
    for column, (value, parents) in json.loads(change.fields).items():
        if not had_seen.issuperset(parents):
            raise BrokenError(f"{change.id[:6]} says it replaced what its maker never saw")
        yield Save(change, column, value, had_seen)


def check_log(log: Mapping[str, Change], saved: Mapping[str, Change], lost: set[str]) -> None:
    """Say whether a log holds every change ever saved, byte for byte, and nothing else."""
    absent = saved.keys() - log.keys() - lost
    if absent:
        raise BrokenError(f"{len(absent)} changes are gone: {sorted(i[:6] for i in absent)[:5]}")
    if log.keys() - saved.keys():
        raise BrokenError("there are changes that nobody made")
    for change_id, change in log.items():
        if change != saved[change_id] or make_change(*change[1:]).id != change_id:
            raise BrokenError(f"{change_id[:6]} is not what was saved")


def check_row(row: Row, saves: list[Save], cells: Mapping[str, Cell], *, whole: bool) -> None:
    """Say whether a record shows every value that nobody who had seen it replaced.

    Args:
        row: the record.
        saves: all that was saved of it and is not lost.
        cells: what the laptops make of it.
        whole: whether nothing at all of it was lost.
    """
    by_column: dict[str, list[Save]] = {}
    for save in saves:
        by_column.setdefault(save.column, []).append(save)
    if by_column.keys() != cells.keys():
        raise BrokenError(f"{row}: fields {sorted(cells)} instead of {sorted(by_column)}")
    standing = {c: _standing(all_of_it) for c, all_of_it in by_column.items()}
    for column, remaining in standing.items():
        cell = cells[column]
        ids = {s.change.id for s in remaining}
        if not ids <= set(cell.heads) or (whole and ids != set(cell.heads)):
            raise BrokenError(f"{row} {column}: {len(ids)} answers, {len(cell.heads)} heads")
        if not whole:
            continue
        winner = max(remaining, key=lambda s: (s.change.hlc, s.change.id))
        differ = any(s.value != winner.value for s in remaining)
        if column != "deleted" and (cell.value, cell.disputed) != (winner.value, differ):
            raise BrokenError(f"{row} {column}: {cell} instead of {winner.value!r}, {differ}")
    _check_deleted(row, standing, cells, whole=whole)


def _standing(saves: list[Save]) -> list[Save]:
    """Return the saves of one cell that nobody who had seen them replaced."""
    replaced = frozenset[str]().union(*(s.seen for s in saves))
    return [s for s in saves if s.change.id not in replaced]


def _check_deleted(
    row: Row, standing: Mapping[str, list[Save]], cells: Mapping[str, Cell], *, whole: bool
) -> None:
    """Say whether a record is hidden only if those who deleted it had seen all that was saved."""
    cell = cells.get("deleted")
    if cell is None:
        return
    marks = standing["deleted"]
    deletes = [s for s in marks if s.value]
    of_deletes = {d.change.id for d in deletes}
    had_seen = of_deletes.union(*(d.seen for d in deletes))
    edits = [(c, s) for c, saves in standing.items() if c != "deleted" for s in saves]
    if not cell.value:
        if deletes and not cell.disputed:
            raise BrokenError(f"{row}: a delete is neither done nor listed")
        if whole and len(deletes) == len(marks) and had_seen >= {s.change.id for _, s in edits}:
            raise BrokenError(f"{row}: shown though those who deleted it had seen all")
        return
    for column, save in edits:
        if save.change.id not in had_seen and not of_deletes & save.seen:
            raise BrokenError(f"{row} {column}: a delete that missed it hides {save.value!r}")
