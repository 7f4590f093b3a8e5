"""The change: its canonical bytes, its id, and what a row's changes say of each cell.

The format is for ever (golden files in the tests): canonical JSON is UTF-8, keys sorted, no
white space, non-ASCII as is. Source: the sync design, "Change" and "Merge".
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple, TypeAlias

Value: TypeAlias = str | int | bool | None

# The number of the data's shape; a change carries the one it was made under.
SCHEMA = 1

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


def canonical(value: object) -> str:
    """Return the canonical JSON text of a value.

    Raises:
        ValueError: the value holds a float that is no number.
    """
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


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
        f'["{stream}",{hlc},"{tx}",{canonical(author)},{canonical(table)},"{row}",'
        f"{fields},{schema},{extra}]"
    )
    # A lone surrogate from a broken file must not stop an edit: it is kept by escaping.
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return Change(digest, stream, hlc, tx, author, table, row, fields, schema, extra)


@dataclass(frozen=True)
class Cell:
    """One cell as the log has it: the winning value and the ids of all heads."""

    value: Value
    heads: tuple[str, ...]


def cells_of(changes: Iterable[tuple[str, int, str]]) -> dict[str, Cell]:
    """Return each cell's winner and heads from a row's changes, given as (id, hlc, fields).

    Heads are the cell's changes that no other change of the cell has as a parent; the winner is
    the head with the greatest (hlc, id).
    """
    entries: dict[str, list[tuple[int, str, Value]]] = {}
    replaced: dict[str, set[str]] = {}
    for change_id, hlc, fields in changes:
        for column, (value, parents) in json.loads(fields).items():
            entries.setdefault(column, []).append((hlc, change_id, value))
            replaced.setdefault(column, set()).update(parents)
    cells = {}
    for column, all_entries in entries.items():
        heads = [e for e in all_entries if e[1] not in replaced[column]]
        winner = max(heads, key=lambda e: (e[0], e[1]))
        cells[column] = Cell(winner[2], tuple(sorted(e[1] for e in heads)))
    return cells
