"""Backups: one file with the database and the attachments; restoring looks inside first."""

import contextlib
import shutil
import tempfile
import time
import zipfile
import zlib
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from desktop_app.db.change import APPLICATION_ID, DATABASE_VERSION
from desktop_app.db.driver import copy_database
from desktop_app.db.workspace import Workspace, expected_error
from desktop_app.domain.errors import DeskError
from desktop_app.paths import WorkspacePaths

_DATABASE = "workspace.db"


def backup(workspace: Workspace, target: Path) -> None:
    """Write a whole backup to ``target`` (a zip), replacing it only when it is complete.

    Raises:
        DeskError: the place can't be written to, or the disk is full.
    """
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=workspace.paths.folder) as folder:
            copy = Path(folder) / _DATABASE
            copy_database(workspace.paths.database, copy)
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                archive.write(copy, _DATABASE)
                for file in sorted(workspace.paths.files.glob("*")):
                    archive.write(file, f"files/{file.name}")
        part.replace(target)
    except (OSError, driver.Error) as error:
        with contextlib.suppress(OSError):
            part.unlink()
        raise DeskError("cannot_write", path=str(target)) from error


def restore(folder: Path, source: Path) -> Path | None:
    """Put a backup in place of the workspace in ``folder``; return where the old one was kept.

    The database is replaced in one transaction, so a crash leaves the old or the new one, and a
    window that is open reads the new one.

    Raises:
        DeskError: the backup is not there, not a backup, damaged, or of a newer version.
    """
    paths = WorkspacePaths(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as temporary:
            inside = Path(temporary)
            _unpack(source, inside)
            _look_inside(inside / _DATABASE, source)
            kept = _keep_present(paths)
            copy_database(inside / _DATABASE, paths.database)
            paths.files.mkdir(exist_ok=True)
            for file in sorted((inside / "files").glob("*")):
                # Files are named by their content: one already there is the same one.
                if not (paths.files / file.name).exists():
                    shutil.move(file, paths.files / file.name)
    except OSError as error:
        raise DeskError("cannot_read", path=str(source)) from error
    except driver.Error as error:
        raise expected_error(error) or error from error
    return kept


def _keep_present(paths: WorkspacePaths) -> Path | None:
    """Back up the present database before it is replaced."""
    if not paths.database.exists():
        return None
    paths.backups.mkdir(exist_ok=True)
    kept = paths.backups / f"before-restore-{time.strftime('%Y%m%d-%H%M%S')}.db"
    try:
        copy_database(paths.database, kept)
    except driver.Error as error:
        if getattr(expected_error(error), "key", None) != "workspace_damaged":
            raise
        # What can't be read is kept as it is, and must not stand in the way of its cure.
        kept.unlink(missing_ok=True)
        for tail in ("", "-wal", "-shm"):
            part = paths.database.with_name(paths.database.name + tail)
            if part.exists():
                part.replace(kept.with_name(kept.name + tail))
    return kept


def _unpack(source: Path, folder: Path) -> None:
    """Unpack a backup into ``folder``, only the names a backup has."""
    try:
        with zipfile.ZipFile(source) as archive:
            for name in archive.namelist():
                if name == _DATABASE or (name.startswith("files/") and name.count("/") == 1):
                    archive.extract(name, folder)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise DeskError("not_a_backup", path=str(source)) from error
    if not (folder / _DATABASE).exists():
        raise DeskError("not_a_backup", path=str(source))


def _look_inside(database: Path, source: Path) -> None:
    """Refuse a database that is damaged, not ours, or of a newer version."""
    connection = driver.connect(str(database))
    try:
        whole = connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    except driver.DatabaseError as error:
        raise DeskError("not_a_backup", path=str(source)) from error
    finally:
        connection.close()
    if not (whole and ours):
        raise DeskError("not_a_backup", path=str(source))
    if version > DATABASE_VERSION:
        raise DeskError("workspace_newer", path=str(source))
