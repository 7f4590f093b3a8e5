"""Writing a file whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path

from desktop_app.domain.errors import DeskError


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place, then put it there in one step; the old one stays till then.

    Raises:
        DeskError: ``cannot_write``, when the disk is full, the place may not be written, or another
            program holds the file open.
    """
    temporary = ""
    if path.exists() and not path.is_file():
        # A folder, or a device that a replace would take the place of.
        raise DeskError("cannot_write", path=str(path))
    try:
        handle, temporary = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(_mode(path))
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        raise DeskError("cannot_write", path=str(path)) from error


def _mode(path: Path) -> int:
    """Return who may read a file: as the one that is there, else as any new file of this person."""
    if path.is_file():
        return path.stat().st_mode & 0o777
    # The mask can be read only by setting it.
    mask = os.umask(0o022)
    os.umask(mask)
    return 0o666 & ~mask
