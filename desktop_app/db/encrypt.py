"""Protecting a local database by a passphrase, taking that off again, and changing it.

Always by a whole new file beside the old one, verified, and one atomic replace: a crash at any
step leaves the old or the new one. Source: SQLCipher's manual, ``sqlcipher_export``.
"""

import os
import time
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from desktop_app.db import keys
from desktop_app.db.driver import connect
from desktop_app.db.keys import Key, key_from, new_salt
from desktop_app.db.workspace import expected_error, key_of
from desktop_app.domain.errors import DeskError
from desktop_app.paths import WorkspacePaths

# What has to be the same in the new file and is not part of any table.
_MARKS = ("application_id", "user_version")
# Windows refuses to replace a file that another program, such as a virus scanner, looks at.
_REPLACE_SECONDS = 10.0


def protect(folder: Path, passphrase: str, old: str | None = None) -> Key:
    """Protect the workspace in ``folder`` by a passphrase, or by another one than so far.

    Backups made until now, the attachments in ``files`` and the settings stay as they are.

    Args:
        folder: the workspace's; nobody has it open.
        passphrase: the new one.
        old: the one until now; taken from the environment or the keyring when None.

    Raises:
        DeskError: ``passphrase_empty``, ``passphrase_needed`` or ``passphrase_wrong``;
            ``workspace_busy`` while it is open somewhere; disk full. Nothing was changed.
    """
    if not passphrase:
        raise DeskError("passphrase_empty")
    paths = WorkspacePaths(folder)
    key = key_from(passphrase, new_salt())
    _rewrite(paths.database, _present_key(paths, old), key)
    return key


def unprotect(folder: Path, passphrase: str | None = None) -> None:
    """Take the passphrase off the workspace in ``folder``.

    Raises:
        DeskError: as ``protect``.
    """
    paths = WorkspacePaths(folder)
    key = _present_key(paths, passphrase)
    if key is not None:
        _rewrite(paths.database, key, None)


def _present_key(paths: WorkspacePaths, passphrase: str | None) -> Key | None:
    """Return the key by which the database opens now."""
    if not paths.database.exists():
        raise DeskError("workspace_unreachable", path=str(paths.folder))
    if passphrase is not None and keys.is_encrypted(paths.database):
        return key_from(passphrase, keys.salt_of(paths.database))
    return key_of(paths)


def _rewrite(database: Path, old: Key | None, new: Key | None) -> None:
    """Put a copy under another key in a database's place.

    Raises:
        DeskError: nothing was changed.
    """
    part = database.with_name(f"{database.name}.part")
    try:
        for tail in ("", "-journal", "-wal", "-shm"):
            # Of an attempt that a crash ended.
            part.with_name(part.name + tail).unlink(missing_ok=True)
        connection = connect(database, old)
        try:
            _hold(connection)
            _export(connection, part, new)
            _verify(connection, part, new)
        except BaseException:
            connection.close()
            part.unlink(missing_ok=True)
            raise
        _put_in_place(connection, part, database)
    except OSError as error:
        raise DeskError("cannot_write", path=str(database)) from error
    except driver.Error as error:
        raise expected_error(error) or error from error


def put_file_in_place(new: Path, database: Path) -> None:
    """Replace a plain database that nobody has open by another file.

    Raises:
        DeskError: ``workspace_busy``.
        OSError: the file can't be replaced.
    """
    connection = connect(database)
    try:
        _hold(connection)
    except BaseException:
        connection.close()
        raise
    _put_in_place(connection, new, database)


def _hold(connection: Any) -> None:
    """Keep everybody else out, and have all of the database in its one file.

    Raises:
        DeskError: ``workspace_busy``: somebody has it open.
    """
    connection.execute("PRAGMA busy_timeout = 2000")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    if mode != "delete":
        raise DeskError("workspace_busy")
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")


def _export(connection: Any, part: Path, key: Key | None) -> None:
    """Write all of a database to a new file under another key, and see that the disk has it."""
    export_to(connection, part, key)
    written = connect(part, key)
    try:
        written.execute("PRAGMA synchronous = FULL")
        # Noted in the file's head; its last user takes the log away again.
        written.execute("PRAGMA journal_mode = WAL")
    finally:
        written.close()
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def export_to(connection: Any, part: Path, key: Key | None) -> None:
    """Write all of a database to a new file under another key."""
    connection.execute(f"ATTACH ? AS part KEY {key.attach() if key else repr('')}", (str(part),))
    connection.execute("SELECT sqlcipher_export('part')")
    for mark in _MARKS:
        (value,) = connection.execute(f"PRAGMA main.{mark}").fetchone()
        connection.execute(f"PRAGMA part.{mark} = {value}")
    connection.execute("DETACH part")


def _verify(connection: Any, part: Path, key: Key | None) -> None:
    """See that the new file is whole and holds what the old one holds.

    Raises:
        DeskError: ``disk_error``: it does not.
    """
    written = connect(part, key)
    try:
        if written.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise DeskError("disk_error")
        for question in _questions(connection):
            if connection.execute(question).fetchall() != written.execute(question).fetchall():
                raise DeskError("disk_error")
    finally:
        written.close()


def _questions(connection: Any) -> list[str]:
    """Return what is asked of the old and the new file, and must be answered alike."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return [
        *(f"PRAGMA {mark}" for mark in _MARKS),
        "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name",
        *(f'SELECT count(*) FROM "{name}"' for (name,) in tables),
    ]


def _put_in_place(connection: Any, part: Path, database: Path) -> None:
    """Replace the database by the new file, and give it free again."""
    if os.name == "nt":
        # There an open file can't be replaced.
        connection.close()
    try:
        _replace(part, database)
        _fsync_folder(database.parent)
    finally:
        connection.close()


def _replace(part: Path, database: Path) -> None:
    """Replace a file, trying again while Windows says that somebody looks at it."""
    until = time.monotonic() + _REPLACE_SECONDS
    while True:
        try:
            part.replace(database)
        except PermissionError as error:
            if getattr(error, "winerror", None) not in (5, 32, 33) or time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def _fsync_folder(folder: Path) -> None:
    """See that the disk has the new name, where a system lets a folder be asked that."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
