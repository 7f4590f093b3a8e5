"""Protects a copy of a workspace again and again, each time killed one line further on.

Called by test_encryption: FOLDER OLD NEW, where a passphrase of "" stands for none. Prints how
many lines there were and in how many cases the old and the new file stood afterwards.
"""

import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from types import FrameType
from typing import Any

from desktop_app.db import encrypt
from desktop_app.db.driver import connect
from desktop_app.db.keys import Key, is_encrypted, key_from, salt_of


def rewrite_and_die(database: Path, old: Key | None, new: Key | None, line: int) -> None:
    """Rewrite the database in this process, which dies before it gets to that line."""
    left = line

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal left
        if frame.f_code.co_filename != encrypt.__file__:
            return None
        if event == "line":
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)
    encrypt._rewrite(database, old, new)
    os._exit(0)


def content(database: Path, key: Key | None) -> tuple[str, int]:
    """Return whether the file is whole, and how many changes it has."""
    connection = connect(database, key)
    try:
        whole: str = connection.execute("PRAGMA quick_check").fetchone()[0]
        number: int = connection.execute("SELECT count(*) FROM change").fetchone()[0]
        return whole, number
    finally:
        connection.close()


def main(folder: Path, old_phrase: str, new_phrase: str) -> None:
    """Try every line."""
    source = folder / "workspace.db"
    old = key_from(old_phrase, salt_of(source)) if old_phrase else None
    new = key_from(new_phrase, os.urandom(16)) if new_phrase else None
    expected = content(source, old)
    outcomes = {"old": 0, "new": 0}
    line, died = 0, True
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        database = Path(temporary) / "workspace.db"
        while died:
            for stale in Path(temporary).iterdir():
                if not stale.name.endswith(".part"):
                    stale.unlink()
            shutil.copyfile(source, database)
            child = os.fork()
            if child == 0:
                rewrite_and_die(database, old, new, line)
            _, status = os.waitpid(child, 0)
            died = os.WIFSIGNALED(status)
            if not died and os.waitstatus_to_exitcode(status):
                raise RuntimeError("the rewriting itself failed")
            salt = salt_of(database) if is_encrypted(database) else None
            is_new = salt == (new.salt if new else None)
            found = content(database, new if is_new else old)
            if found != expected:
                raise RuntimeError(f"killed at line {line}: {found} instead of {expected}")
            outcomes["new" if is_new else "old"] += 1
            line += 1
    sys.stdout.write(f"{line} {outcomes['old']} {outcomes['new']}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
