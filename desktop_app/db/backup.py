"""Backups: one file with the database and the attachments; restoring looks inside first.

A backup keeps the protection of its source: of a protected workspace, the database goes in as it
is and each attachment under the same key.
"""

import contextlib
import shutil
import tempfile
import time
import zipfile
import zlib
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from desktop_app.db.change import APPLICATION_ID, DATABASE_VERSION
from desktop_app.db.driver import copy_database, unlock
from desktop_app.db.encrypt import put_file_in_place
from desktop_app.db.keys import Key, is_encrypted, key_from, remembered, salt_of
from desktop_app.db.sealed_file import seal_file, unseal_file
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
            copy_database(workspace.paths.database, copy, workspace.key)
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                archive.write(copy, _DATABASE)
                for file in sorted(workspace.paths.files.glob("*")):
                    archive.write(_as_kept(file, Path(folder), workspace.key), f"files/{file.name}")
        part.replace(target)
    except (OSError, driver.Error) as error:
        with contextlib.suppress(OSError):
            part.unlink()
        raise DeskError("cannot_write", path=str(target)) from error


def _as_kept(file: Path, folder: Path, key: Key | None) -> Path:
    """Return an attachment as the backup keeps it: itself, or under the key."""
    if key is None:
        return file
    sealed = folder / "attachment"
    sealed.unlink(missing_ok=True)
    seal_file(file, sealed, key)
    return sealed


def restore(folder: Path, source: Path, passphrase: str | None = None) -> Path | None:
    """Put a backup in place of the workspace in ``folder``; return where the old one was kept.

    The database is replaced in one transaction, so a crash leaves the old or the new one, and a
    window that is open reads the new one. When the protection alters with it the file itself is
    replaced, and nobody may have it open.

    Args:
        folder: the workspace's.
        source: the backup.
        passphrase: of a protected backup; taken from the environment or the keyring when None.

    Raises:
        DeskError: the backup is not there, not a backup, damaged, or of a newer version;
            ``passphrase_needed`` or ``passphrase_wrong``; nothing was changed.
    """
    paths = WorkspacePaths(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as temporary:
            inside = Path(temporary)
            _unpack(source, inside)
            key = _key_of_backup(inside / _DATABASE, folder, passphrase)
            _look_inside(inside / _DATABASE, source, key)
            _unseal(inside / "files", key)
            kept = _put_in_place(inside / _DATABASE, paths, key)
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


def _key_of_backup(database: Path, folder: Path, passphrase: str | None) -> Key | None:
    """Return the key that opens the database of a backup.

    Raises:
        DeskError: ``passphrase_needed``.
    """
    if not is_encrypted(database):
        return None
    passphrase = passphrase or remembered(str(folder.resolve()))
    if not passphrase:
        raise DeskError("passphrase_needed")
    return key_from(passphrase, salt_of(database))


def _unseal(files: Path, key: Key | None) -> None:
    """Take the key off the attachments of a protected backup; leave out what is damaged."""
    if key is None:
        return
    for file in sorted(files.glob("*")):
        plain = file.with_name(f"{file.name}.plain")
        with contextlib.suppress(driver.DatabaseError, DeskError):
            if unseal_file(file, plain, key) == file.name:
                plain.replace(file)
                continue
        file.unlink()
        plain.unlink(missing_ok=True)


def _put_in_place(new: Path, paths: WorkspacePaths, key: Key | None) -> Path | None:
    """Put a database in the present one's place; return where that was kept, if there was one."""
    if not paths.database.exists():
        new.replace(paths.database)
        return None
    paths.backups.mkdir(exist_ok=True)
    kept = paths.backups / f"before-restore-{time.strftime('%Y%m%d-%H%M%S')}.db"
    protected = is_encrypted(paths.database)
    try:
        if protected == (key is not None):
            # Under the same key, or neither has one: in one transaction, also while it is open.
            copy_database(paths.database, kept, key)
            copy_database(new, paths.database, key)
            return kept
        if not protected:
            copy_database(paths.database, kept)
            put_file_in_place(new, paths.database)
            return kept
    except DeskError as error:
        if error.key != "passphrase_wrong":
            raise
    except driver.Error as error:
        if getattr(expected_error(error), "key", None) != "workspace_damaged":
            raise
    # What can't be read is kept as it is, and must not stand in the way of its cure.
    kept.unlink(missing_ok=True)
    for tail in ("", "-wal", "-shm"):
        part = paths.database.with_name(paths.database.name + tail)
        if part.exists():
            part.replace(kept.with_name(kept.name + tail))
    new.replace(paths.database)
    return kept


def _unpack(source: Path, folder: Path) -> None:
    """Unpack a backup into ``folder``, only the names a backup has.

    One made while people worked is the database alone; its attachments are still here.
    """
    if source.suffix == ".db":
        shutil.copyfile(source, folder / _DATABASE)
        return
    try:
        with zipfile.ZipFile(source) as archive:
            for name in archive.namelist():
                if name == _DATABASE or (name.startswith("files/") and name.count("/") == 1):
                    archive.extract(name, folder)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise DeskError("not_a_backup", path=str(source)) from error
    if not (folder / _DATABASE).exists():
        raise DeskError("not_a_backup", path=str(source))


def _look_inside(database: Path, source: Path, key: Key | None) -> None:
    """Refuse a database that is damaged, not ours, or of a newer version."""
    connection = driver.connect(str(database))
    try:
        if key is not None:
            unlock(connection, key)
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
