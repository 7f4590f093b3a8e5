"""The change: its canonical bytes, its id, and what a row's changes say of each cell.

The format is for ever (golden files in the tests): canonical JSON is UTF-8, keys sorted, no
white space, non-ASCII as is. Source: the sync design, "Change" and "Merge".
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple, TypeAlias

Value: TypeAlias = str | int | bool | None

# The number of the data's shape; a change carries the one it was made under.
SCHEMA = 3

# The number of the local file's shape (its user_version), which also counts what is never shared.
DATABASE_VERSION = 4

# "IDK1": says that a file is ours, whatever its name (PRAGMA application_id).
APPLICATION_ID = 0x49444B31

# A clock value is milliseconds since 1970 times 65536, plus a counter within the millisecond.
HLC_PER_MS = 1 << 16


class Change(NamedTuple):
    """What one person did to one record in one transaction; ``fields`` is canonical JSON."""

    id: str
    stream: str
    hlc: int
    tx: str
    author: str | None
    table: str
    row: str
    fields: str
    schema: int
    extra: str


@dataclass(frozen=True)
class Changes:
    """What a transaction touched: the tables, and the records by key."""

    tables: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    tx: str | None = None


def canonical(value: object) -> str:
    """Return the canonical JSON text of a value.

    Raises:
        ValueError: the value holds a float that is no number.
    """
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


@lru_cache(maxsize=1024, typed=True)
def _name(name: str | None) -> str:
    """Return the canonical text of an author or a table: few names, in very many changes."""
    return canonical(name)


def make_change(
    stream: str,
    hlc: int,
    tx: str,
    author: str | None,
    table: str,
    row: str,
    fields: str,
    schema: int = SCHEMA,
    extra: str = "{}",
) -> Change:
    """Return the change with its id: blake2b-128 over the canonical bytes of everything else."""
    text = (
        f'["{stream}",{hlc},"{tx}",{_name(author)},{_name(table)},"{row}",'
        f"{fields},{schema},{extra}]"
    )
    # A lone surrogate from a broken file must not stop an edit: it is kept by escaping.
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return Change(digest, stream, hlc, tx, author, table, row, fields, schema, extra)


class Cell(NamedTuple):
    """One cell as the log has it: the winning value, the ids of all heads, and whether they differ.

    A row that one deleted while another edited it, neither having seen the other's work, stays:
    its ``deleted`` reads as nothing and is disputed.
    """

    value: Value
    heads: tuple[str, ...]
    disputed: bool = False


class _Entry(NamedTuple):
    """What one change says of one cell."""

    hlc: int
    id: str
    value: Value
    parents: list[str]


def cells_of(changes: Iterable[tuple[str, int, str]]) -> dict[str, Cell]:
    """Return each cell's winner and heads from a row's changes, given as (id, hlc, fields).

    Heads are the cell's changes that no other change of the cell has as a parent; the winner is
    the head with the greatest (hlc, id). Source: the sync design, "Merge".
    """
    entries: dict[str, list[_Entry]] = {}
    for change_id, hlc, fields in changes:
        for column, (value, parents) in json.loads(fields).items():
            entries.setdefault(column, []).append(_Entry(hlc, change_id, value, parents))
    heads: dict[str, list[_Entry]] = {}
    cells = {}
    for column, entered in entries.items():
        if len(entered) == 1:
            # Most cells were never altered.
            heads[column] = entered
            cells[column] = Cell(entered[0].value, (entered[0].id,))
            continue
        at_head = heads[column] = _heads(entered)
        winner = max(at_head)
        differ = any(e.value != winner.value for e in at_head)
        cells[column] = Cell(winner.value, tuple(sorted(e.id for e in at_head)), differ)
    deleted = cells.get("deleted")
    if deleted is not None and deleted.value and _edited_unseen(heads):
        cells["deleted"] = Cell(None, deleted.heads, disputed=True)
    return cells


def _heads(entered: list[_Entry]) -> list[_Entry]:
    """Return the entries of a cell that no other one replaced."""
    replaced = {parent for e in entered for parent in e.parents}
    return [e for e in entered if e.id not in replaced]


def _edited_unseen(heads: dict[str, list[_Entry]]) -> bool:
    """Say whether a deleted row was edited by one who knew of no delete, and whom no deleter saw.

    A delete has the heads of all the row's cells as parents; an edit of a row known to be deleted
    has the delete as one.
    """
    deletes = {e.id: e.parents for e in heads["deleted"] if e.value}
    seen = set(deletes).union(*deletes.values())
    return any(
        e.id not in seen and not deletes.keys() & set(e.parents)
        for column, at_head in heads.items()
        if column != "deleted"
        for e in at_head
    )


def disputed(cells: dict[str, Cell]) -> list[str]:
    """Return the columns of a row in which people disagree; none in a row that is deleted.

    Whoever deleted it had seen every answer.
    """
    deleted = cells.get("deleted")
    if deleted is not None and deleted.value and not deleted.disputed:
        return []
    return [column for column, cell in cells.items() if cell.disputed]
