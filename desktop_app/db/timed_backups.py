"""Backups made while people work: whole copies of the database beside it, thinned as they age.

Attachments are not copied: each is named by its content and never deleted.
"""

import contextlib
import datetime as dt
import re
import shutil
from pathlib import Path
from typing import NamedTuple

import sqlcipher3.dbapi2 as driver

from desktop_app.db.driver import copy_database, unlock
from desktop_app.db.keys import Key
from desktop_app.db.log import moment_of
from desktop_app.db.workspace import Workspace, expected_error
from desktop_app.domain.backup_rules import is_due, to_keep
from desktop_app.domain.errors import DeskError

TIMED = "timed"
# Of the copies made before a risky step the newest stay.
_STEPS_KEPT = 12
_NAME = re.compile(r"(\d{8}T\d{6}Z)-([a-z0-9-]+)\.db")
_LIVING = "FROM {} WHERE deleted IS NOT 1"
_FORMAT = "%Y%m%dT%H%M%SZ"
# A copy must leave this much of the disk free, or it does more harm than good.
_SPARE = 200_000_000


class Kept(NamedTuple):
    """One backup: where it is, when it was made (UTC), why (a code), its size in bytes."""

    path: Path
    made_at: dt.datetime
    reason: str
    size: int


class Inside(NamedTuple):
    """What is in a backup: how many records, and when the newest change was made (UTC)."""

    leads: int
    companies: int
    trips: int
    follow_ups: int
    changed_at: dt.datetime | None


def kept_backups(folder: Path) -> list[Kept]:
    """Return the backups in a folder, the newest first."""
    found = []
    for path in folder.glob("*.db"):
        match = _NAME.fullmatch(path.name)
        if match is None:
            continue
        with contextlib.suppress(OSError, ValueError):
            moment = dt.datetime.strptime(match[1], _FORMAT).replace(tzinfo=dt.UTC)
            found.append(Kept(path, moment, match[2], path.stat().st_size))
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def back_up(
    workspace: Workspace, folder: Path, reason: str = TIMED, now: dt.datetime | None = None
) -> Kept:
    """Copy the database into a folder while it is in use, then thin what is there.

    Args:
        workspace: whose database.
        folder: of the backups.
        reason: ``timed``, or what is about to be done: ``before-import``.
        now: the moment, in UTC.

    Raises:
        DeskError: ``disk_full``, or the folder can't be written to.
    """
    now = (now or dt.datetime.now(dt.UTC)).replace(microsecond=0)
    path = folder / f"{now.strftime(_FORMAT)}-{reason}.db"
    part = path.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        size = workspace.paths.database.stat().st_size
        if shutil.disk_usage(folder).free < size + _SPARE:
            raise DeskError("disk_full")
        part.unlink(missing_ok=True)
        copy_database(workspace.paths.database, part, workspace.key)
        part.replace(path)
    except (OSError, driver.Error) as error:
        with contextlib.suppress(OSError):
            part.unlink()
        known = expected_error(error) if isinstance(error, driver.Error) else None
        raise known or DeskError("cannot_write", path=str(path)) from error
    thin(folder, now)
    return Kept(path, now, reason, path.stat().st_size)


def back_up_if_due(
    workspace: Workspace, folder: Path, last_position: int | None, now: dt.datetime | None = None
) -> int | None:
    """Make a timed backup when it is time and something was altered since the last one.

    Args:
        workspace: whose database.
        folder: of the backups.
        last_position: the place in the log at the last timed backup; None when not known.
        now: the moment, in UTC.

    Returns:
        the place in the log of a backup that was made; None when none was needed.
    """
    now = now or dt.datetime.now(dt.UTC)
    position = workspace.log_position()
    if position in (0, last_position):
        return None
    latest = next((one.made_at for one in kept_backups(folder) if one.reason == TIMED), None)
    if not is_due(latest, now):
        return None
    back_up(workspace, folder, TIMED, now)
    return position


def thin(folder: Path, now: dt.datetime) -> list[Path]:
    """Delete the backups that are no longer needed and return them; one in use is left."""
    found = kept_backups(folder)
    timed = to_keep((one.made_at for one in found if one.reason == TIMED), now)
    steps = [one.path for one in found if one.reason != TIMED][:_STEPS_KEPT]
    gone = []
    for one in found:
        if one.made_at in timed if one.reason == TIMED else one.path in steps:
            continue
        with contextlib.suppress(OSError):
            one.path.unlink()
            gone.append(one.path)
    return gone


def look_inside(path: Path, key: Key | None = None) -> Inside:
    """Return what is in a backup, without altering it.

    Raises:
        DeskError: ``not_a_backup``, ``passphrase_wrong``.
    """
    try:
        # Immutable: looking leaves no files beside it, on a folder that can only be read too.
        connection = driver.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)
        try:
            if key is not None:
                unlock(connection, key)
            leads, companies, trips, follow_ups = (
                connection.execute(f"SELECT count(*) {_LIVING.format(table)}").fetchone()[0]
                for table in ("lead", "company", "trip", "follow_up")
            )
            newest = connection.execute("SELECT max(hlc) FROM change").fetchone()[0]
        finally:
            connection.close()
    except driver.Error as error:
        raise DeskError("not_a_backup", path=str(path)) from error
    moment = moment_of(newest) if newest else None
    return Inside(leads, companies, trips, follow_ups, moment)
