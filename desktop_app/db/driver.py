"""The plain driver: how a database file is opened, and what is read without SQLAlchemy.

SQLAlchemy takes longer to import than the whole first window to be painted, so what the window
shows first is read here. This module alone decides the driver: one SQLite for all laptops.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import sqlcipher3.dbapi2 as driver

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


def prepare(connection: Any) -> None:
    """Give a new connection our pragmas, and leave BEGIN to us."""
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma)


def connect(database: Path) -> Any:
    """Return a plain connection to a local database; its user sees to it that one thread uses it.

    Raises:
        sqlcipher3.dbapi2.DatabaseError: the file can't be opened or is no database.
    """
    connection = driver.connect(str(database), check_same_thread=False)
    try:
        prepare(connection)
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


def copy_database(source: Path, target: Path) -> None:
    """Copy a database as one consistent snapshot, also while it is in use."""
    origin = driver.connect(str(source))
    copy = driver.connect(str(target))
    try:
        origin.backup(copy)
    finally:
        copy.close()
        origin.close()
