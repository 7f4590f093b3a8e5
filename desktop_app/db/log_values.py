"""What a synced table's rows hold, as the log writes it and as SQLite stores it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Boolean, LargeBinary, Table

from desktop_app.db.change import (
    Value,
)
from desktop_app.db.models import Base
from desktop_app.db.types import RecordId


@dataclass(frozen=True)
class _Shape:
    """A table as the seal reads it: sorted columns, and how each is written."""

    select: str
    columns: tuple[str, ...]
    encoders: tuple[Callable[[Any], Value], ...]
    decoders: dict[str, Callable[[Value], Any]]


def _plain(value: Any) -> Value:
    """Return a stored integer or text as it is.

    Raises:
        TypeError: the column holds a float or bytes, which the log never carries.
    """
    if value is None or isinstance(value, (int, str)):
        return value
    raise TypeError(f"a synced column holds {type(value).__name__}")


def _hex(value: Any) -> Value:
    """Return stored bytes as hex digits."""
    return None if value is None else bytes(value).hex()


def _truth(value: Any) -> Value:
    """Return a stored 0 or 1 as a truth value."""
    return None if value is None else bool(value)


def as_it_is(value: Value) -> Any:
    """Return a log value that is stored as it is."""
    return value


def _bytes(value: Value) -> bytes | None:
    """Return the bytes of hex digits; nothing for what a faulty laptop wrote instead."""
    try:
        return None if value is None else bytes.fromhex(str(value))
    except ValueError:
        return None


def stored_truth(value: Value) -> int | None:
    """Return a truth value as it is stored."""
    return None if value is None else int(bool(value))


@cache
def shape_of(name: str) -> _Shape:
    """Return how rows of a synced table are read for the log."""
    table: Table = Base.metadata.tables[name]
    columns = tuple(sorted(c.name for c in table.columns if c.name != "id"))
    encoders: list[Callable[[Any], Value]] = []
    decoders: dict[str, Callable[[Value], Any]] = {}
    for column in columns:
        kind = table.columns[column].type
        decode: Callable[[Value], Any]
        if isinstance(kind, (RecordId, LargeBinary)):
            encode, decode = _hex, _bytes
        elif isinstance(kind, Boolean):
            encode, decode = _truth, stored_truth
        else:
            encode, decode = _plain, as_it_is
        encoders.append(encode)
        decoders[column] = decode
    quoted = ", ".join(f't."{c}"' for c in columns)
    select = f'SELECT t.id, {quoted} FROM touched k JOIN "{name}" t ON t.id = k.row WHERE k.tbl = ?'
    return _Shape(select, columns, tuple(encoders), decoders)


def stored_values(name: str, row: Iterable[Any]) -> dict[str, Value]:
    """Return a raw row of a synced table (columns in sorted order, no key) as log values."""
    shape = shape_of(name)
    values = zip(shape.columns, shape.encoders, row, strict=True)
    return {column: encode(value) for column, encode, value in values}


def stored_value(name: str, column: str, value: Value) -> Any:
    """Return a log value as a column of a synced table stores it."""
    return shape_of(name).decoders[column](value)


def decoders(name: str) -> dict[str, Callable[[Value], Any]]:
    """Return, for each column of a synced table, what turns a log value into a stored one."""
    return shape_of(name).decoders


def sorted_columns(name: str) -> tuple[str, ...]:
    """Return a synced table's columns, the key left out, in the log's order."""
    return shape_of(name).columns
