"""A hub's file: an SQLite database with changes, and a manifest of what it must hold.

The tables and names are for ever: laptops of every version read them. ``seq`` is the order in
which changes were added; a new edition of a file begins with the rows of the one before, by which
a reader knows that it only grew. Source: the sync design, "Exchange".
"""

import datetime as dt
import json
import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from desktop_app.db.change import APPLICATION_ID, Change, make_change
from desktop_app.db.driver import unlock
from desktop_app.db.keys import Key
from desktop_app.domain.errors import DeskError
from desktop_app.sync.hub import Part, Total

FORMAT = 1

_MAGIC = b"SQLite format 3\0"
_HEX_ID = re.compile("[0-9a-f]{32}")
_TABLES = (
    "CREATE TABLE hub (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID",
    "CREATE TABLE change (seq INTEGER PRIMARY KEY, id BLOB, stream BLOB, hlc INTEGER, tx BLOB, "
    "author TEXT, tbl TEXT, row BLOB, fields TEXT, schema INTEGER, extra TEXT)",
)
_INSERT = (
    "INSERT INTO change (id, stream, hlc, tx, author, tbl, row, fields, schema, extra) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class DamagedError(Exception):
    """A file that says of itself what is not true; nothing of it may be used."""


class ForeignError(Exception):
    """A file that is no hub file of ours, or no longer there."""


@dataclass
class Contents:
    """What a hub file holds.

    Attributes:
        team: the team's id.
        generation: how often the file was published.
        total: count and xor of all its changes.
        changes: the verified changes after those already read, or all when it did not just grow.
        ids: the ids of all its changes; None unless it was read in full.
    """

    team: str
    generation: int
    total: Total
    changes: list[Change] = field(default_factory=list)
    ids: set[str] | None = None


def looks_ours(head: bytes, key: Key | None) -> bool:
    """Say by the first hundred bytes of a file whether it may be a hub file of this team."""
    if key is not None and head[:16] == key.salt:
        return True
    ours = APPLICATION_ID.to_bytes(4, "big")
    return head[:16] == _MAGIC and head[68:72] == ours


def looks_protected(head: bytes) -> bool:
    """Say by the first bytes whether a file may be a protected database."""
    return len(head) >= 16 and head[:16] != _MAGIC


def write_part(
    path: Path,
    team: str,
    kind: str,
    stream: str,
    changes: Sequence[Change],
    key: Key | None = None,
) -> Part:
    """Write a new hub file on local disk.

    Args:
        path: where; nothing is there yet.
        team: the team's id.
        kind: ``team`` for the one file of all, ``part`` for one of a laptop's own.
        stream: the writer's.
        changes: in the order to keep.
        key: protects the file; None for a plain one.
    """
    connection = _connect(path, key)
    try:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("BEGIN")
        for statement in _TABLES:
            connection.execute(statement)
        meta = {"format": str(FORMAT), "team": team, "kind": kind, "generation": "0"}
        meta |= {"count": "0", "xor": f"{0:032x}"}
        connection.executemany("INSERT INTO hub VALUES (?, ?)", meta.items())
        return _add(connection, stream, changes)
    finally:
        connection.close()


def append_part(
    source: Path, path: Path, stream: str, changes: Sequence[Change], key: Key | None = None
) -> Part:
    """Write the next edition of a hub file on local disk: the one before, and further changes.

    Raises:
        DeskError: ``share_damaged`` when the one before is not as sound as it was when it was
            read; ``disk_full`` of this laptop's own.
    """
    shutil.copyfile(source, path)
    try:
        connection = _connect(path, key)
        try:
            connection.execute("BEGIN")
            return _add(connection, stream, changes)
        finally:
            connection.close()
    except (driver.DatabaseError, ValueError, KeyError, TypeError) as error:
        if isinstance(error, driver.OperationalError) and "full" in str(error):
            raise DeskError("disk_full") from error
        raise DeskError("share_damaged") from error


def read_part(path: Path, after: Part | None = None, key: Key | None = None) -> Contents:
    """Read a hub file on local disk and verify it: pages, manifest, and each change's id.

    Args:
        path: a copy on local disk that nobody else writes.
        after: what was read of it before; only what came since is returned when it just grew.
        key: of a protected file.

    Raises:
        ForeignError: it is no hub file.
        DamagedError: it is one, and not sound.
        DeskError: ``share_newer`` or ``share_locked``.
    """
    with path.open("rb") as file:
        head = file.read(100)
    if not looks_ours(head, key):
        raise ForeignError
    try:
        connection = _connect(path, key if head[:16] != _MAGIC else None)
    except (driver.Error, ValueError) as error:
        # What SQLite says of a torn schema may itself be no text.
        raise DamagedError(str(error)) from error
    except DeskError as error:
        # Another passphrase, or a first page that is damaged: whoever asks may know which.
        raise DeskError("share_locked", path=path.name) from error
    try:
        return _read(connection, after)
    except (driver.Error, ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        # SQLite reads a torn page as whatever its bytes may mean.
        raise DamagedError(str(error)) from error
    finally:
        connection.close()


def write_blob(path: Path, data: bytes, key: Key) -> None:
    """Write an attachment as a protected database with one value."""
    path.unlink(missing_ok=True)
    connection = _connect(path, key)
    try:
        connection.execute("CREATE TABLE file (data BLOB)")
        connection.execute("INSERT INTO file VALUES (?)", (data,))
    finally:
        connection.close()


def read_blob(path: Path, key: Key) -> bytes | None:
    """Return the attachment in a protected database, or None when it can't be read."""
    try:
        connection = _connect(path, key)
        try:
            return bytes(connection.execute("SELECT data FROM file").fetchone()[0])
        finally:
            connection.close()
    except (driver.Error, TypeError, DeskError):
        return None


def _connect(path: Path, key: Key | None) -> Any:
    """Open a file of our own; no other process sees it."""
    connection = driver.connect(str(path), isolation_level=None)
    try:
        if key is not None:
            unlock(connection, key)
        connection.execute("PRAGMA journal_mode = DELETE")
        # It is copied to the share, and read again there, before anybody relies on it.
        connection.execute("PRAGMA synchronous = OFF")
    except BaseException:
        connection.close()
        raise
    return connection


def _add(connection: Any, stream: str, changes: Sequence[Change]) -> Part:
    """Add changes within the transaction, bring the manifest in step, commit, and check."""
    meta = dict(connection.execute("SELECT name, value FROM hub").fetchall())
    of = bytes.fromhex
    connection.executemany(
        _INSERT,
        (
            (
                of(c.id),
                of(c.stream),
                c.hlc,
                of(c.tx),
                c.author,
                c.table,
                of(c.row),
                c.fields,
                c.schema,
                c.extra,
            )
            for c in changes
        ),
    )
    total = Total(int(meta["count"]), int(meta["xor"], 16)).add(c.id for c in changes)
    generation = int(meta["generation"]) + 1
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    meta = {"stream": stream, "generation": str(generation), "made_at": now}
    meta |= {"count": str(total.count), "xor": f"{total.xor:032x}"}
    connection.executemany("INSERT OR REPLACE INTO hub VALUES (?, ?)", meta.items())
    # It stands among the first bytes, which so differ with each edition.
    connection.execute(f"PRAGMA user_version = {generation & 0x7FFFFFFF}")
    connection.execute("COMMIT")
    if connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
        raise DeskError("share_damaged")
    return Part("", total.count, total.xor)


def _read(connection: Any, after: Part | None) -> Contents:
    """Read a hub by an open connection."""
    names = {n for (n,) in connection.execute("SELECT name FROM sqlite_master").fetchall()}
    if not {"hub", "change"} <= names:
        # A laptop's own database carries our mark, too.
        raise (ForeignError if "installation" in names else DamagedError("no tables"))
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise DamagedError("mark")
    meta = dict(connection.execute("SELECT name, value FROM hub").fetchall())
    if int(meta["format"]) > FORMAT:
        raise DeskError("share_newer")
    if connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
        raise DamagedError("pages")
    if not _HEX_ID.fullmatch(meta["team"]):
        raise DamagedError("team")
    ids = [i for (i,) in connection.execute("SELECT id FROM change ORDER BY seq").fetchall()]
    stated = Total(int(meta["count"]), int(meta["xor"], 16))
    if _total(ids) != stated or len(set(ids)) != len(ids):
        raise DamagedError("manifest")
    contents = Contents(meta["team"], int(meta["generation"]), stated)
    skip = 0
    if after is not None and _total(ids[: after.count]) == Total(after.count, after.xor):
        skip = after.count
    else:
        contents.ids = {i.hex() for i in ids}
    rows = connection.execute(
        "SELECT id, stream, hlc, tx, author, tbl, row, fields, schema, extra FROM change "
        "ORDER BY seq LIMIT -1 OFFSET ?",
        (skip,),
    ).fetchall()
    contents.changes = [_verified(row) for row in rows]
    return contents


def _total(ids: Iterable[bytes]) -> Total:
    """Return count and xor of raw ids."""
    count = xor = 0
    for one in ids:
        count += 1
        xor ^= int.from_bytes(one, "big")
    return Total(count, xor)


def _verified(row: tuple[Any, ...]) -> Change:
    """Return a change whose id is that of its content, and whose fields can be merged.

    Raises:
        DamagedError: it is not.
    """
    change_id, stream, hlc, tx, author, table, key, fields, schema, extra = row
    change = make_change(
        stream.hex(), hlc, tx.hex(), author, table, key.hex(), fields, schema, extra
    )
    if change.id != change_id.hex():
        raise DamagedError("id")
    if len(change.row) != 32 or not isinstance(hlc, int):
        raise DamagedError("row")
    for value, parents in json.loads(fields).values():
        if isinstance(value, float | list | dict) or not all(map(_HEX_ID.fullmatch, parents)):
            raise DamagedError("fields")
        if isinstance(value, str):
            # Half a character, which no file could hold; it raises ValueError.
            value.encode()
    return change
