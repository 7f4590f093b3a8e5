"""A file of any kind under a key: a protected database with nothing but its bytes."""

import hashlib
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from desktop_app.db.driver import unlock
from desktop_app.db.keys import Key

# A part is what any laptop can hold in memory.
_PART = 1 << 20


def seal_file(source: Path, target: Path, key: Key) -> None:
    """Write the bytes of a file to a new one under a key."""
    connection = driver.connect(str(target))
    try:
        unlock(connection, key)
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("CREATE TABLE part (number INTEGER PRIMARY KEY, data BLOB NOT NULL)")
        with source.open("rb") as file:
            number = 0
            while data := file.read(_PART):
                connection.execute("INSERT INTO part VALUES (?, ?)", (number, data))
                number += 1
        connection.commit()
    finally:
        connection.close()


def unseal_file(source: Path, target: Path, key: Key) -> str:
    """Write the bytes that are under a key to a plain file; return their sha256.

    Raises:
        DeskError: ``passphrase_wrong``.
        sqlcipher3.dbapi2.DatabaseError: the file is damaged.
    """
    digest = hashlib.sha256()
    connection = driver.connect(str(source))
    try:
        unlock(connection, key)
        with target.open("wb") as file:
            for (data,) in connection.execute("SELECT data FROM part ORDER BY number"):
                digest.update(data)
                file.write(data)
    finally:
        connection.close()
    return digest.hexdigest()
