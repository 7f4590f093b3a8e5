"""The plain driver: how a database file is opened, and what is read without SQLAlchemy.

SQLAlchemy takes longer to import than the whole first window to be painted, so what the window
shows first is read here. This module alone decides the driver: one SQLite for all laptops.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import sqlcipher3.dbapi2 as driver

from desktop_app.db.keys import Key
from desktop_app.domain.errors import DeskError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

# What a reading verb takes: a session, or the plain connection that the first window has.
Source: TypeAlias = "Session | driver.Connection"

PRAGMAS = (
    "PRAGMA busy_timeout = 10000",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -32768",
)


def prepare(connection: Any, key: Key | None = None) -> None:
    """Give a new connection the key, if any, and our pragmas, and leave BEGIN to us."""
    connection.isolation_level = None
    if key is not None:
        unlock(connection, key)
    for pragma in PRAGMAS:
        connection.execute(pragma)


def unlock(connection: Any, key: Key) -> None:
    """Give a new connection its key, before anything reads the file, and see that it fits.

    Raises:
        DeskError: ``passphrase_wrong``.
    """
    # What SQLCipher notes on the terminal of a wrong key is said by the error.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(key.pragma())
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.DatabaseError as error:
        # Its word for a first page that this key does not open.
        if "not a database" in str(error):
            raise DeskError("passphrase_wrong") from error
        raise


def connect(database: Path, key: Key | None = None) -> Any:
    """Return a plain connection to a local database; its user sees to it that one thread uses it.

    Raises:
        DeskError: ``passphrase_wrong``.
        sqlcipher3.dbapi2.DatabaseError: the file can't be opened or is no database.
    """
    connection = driver.connect(str(database), check_same_thread=False)
    try:
        prepare(connection, key)
    except BaseException:
        connection.close()
        raise
    return connection


def plain(source: Source) -> Any:
    """Return the driver's connection of a source, with what its session still held back written."""
    if isinstance(source, driver.Connection):
        return source
    source.flush()
    raw = source.connection().connection.dbapi_connection
    assert raw is not None
    return raw


def copy_database(source: Path, target: Path, key: Key | None = None) -> None:
    """Copy a database as one consistent snapshot, also while it is in use.

    Args:
        source: the database.
        target: where the copy goes; one that is there already is replaced in one transaction.
        key: of a protected source; the copy is protected by the same, and so must a target be.
    """
    origin = driver.connect(str(source))
    copy = driver.connect(str(target))
    try:
        if key is not None:
            unlock(origin, key)
            unlock(copy, key)
        origin.backup(copy)
    finally:
        copy.close()
        origin.close()
