"""Opening the hub of a location: a file, a folder of files, or a server."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from desktop_app.db import keys
from desktop_app.db.driver import connect
from desktop_app.db.keys import Key
from desktop_app.domain.errors import DeskError
from desktop_app.sync import hub_file
from desktop_app.sync.detect import find_mode
from desktop_app.sync.drive import DriveHub
from desktop_app.sync.folder import FolderHub
from desktop_app.sync.hub import Cancelled, Hub
from desktop_app.sync.hub_file import DamagedError, ForeignError
from desktop_app.sync.modes import Mode
from desktop_app.sync.share import DRAFT, Share

NAME = "team.db"


@dataclass(frozen=True)
class Place:
    """A hub that was found or made: the team, where, and how it is shared."""

    team: str
    location: str
    mode: Mode
    key: str = ""


def create_hub(
    location: str,
    mode: Mode | None,
    passphrase: str | None,
    stream: Callable[[], str],
    team: str | None = None,
) -> Place:
    """Make a shared file, or the tables on a server, for a team.

    Args:
        location: a file, a folder or a server's address.
        mode: how it is shared; found out when None.
        passphrase: protects the file.
        stream: this laptop's.
        team: its id; a new one when None.

    Raises:
        DeskError: ``share_exists`` when a team is there already; or what the place says.
    """
    team = team or os.urandom(16).hex()
    if _is_server(location):
        from desktop_app.sync import server, server_link

        server.create(location, team)
        return Place(team, server_link.keep_password(location), Mode.SERVER)
    path = file_of(location)
    try:
        path.parent.mkdir(parents=False, exist_ok=True)
    except OSError as error:
        raise DeskError("share_away", path=str(path.parent)) from error
    share = Share(path.parent)
    found = mode or find_mode(path.parent)
    if _team_in(share, path.name, None, anywhere=found is Mode.FOLDER) is not None:
        raise DeskError("share_exists", path=str(path))
    key = keys.key_from(passphrase, keys.new_salt()) if passphrase else None
    hub = _file_hub(share, path.name, found, team, stream, key)
    try:
        hub.create()
    finally:
        hub.close()
    if passphrase:
        keys.remember(team, passphrase)
    return Place(team, str(path), found, key.mark() if key else "")


def find_hub(location: str, mode: Mode | None, passphrase: str | None) -> Place:
    """Find the team of a shared file or server.

    Raises:
        DeskError: ``share_away``, ``share_not_ours``, ``share_locked``, ``share_newer``.
    """
    if _is_server(location):
        from desktop_app.sync import server, server_link

        team = server.team_on(location)
        if team is None:
            raise DeskError("share_not_ours", path=server_link.shown(location))
        return Place(team, server_link.keep_password(location), Mode.SERVER)
    path = file_of(location)
    share = Share(path.parent)
    share.names()
    found = mode or find_mode(path.parent)
    team = _team_in(share, path.name, passphrase, anywhere=True)
    if team is None:
        there = share.stamp(path.name)
        raise DeskError("share_not_ours" if there else "share_away", path=str(path))
    if found is Mode.DRIVE and not share.stamp(path.name):
        # Parts of laptops and no file: it is shared as a folder.
        found = Mode.FOLDER
    key = _key_of(share, path.name, team, passphrase, "")
    if key is not None and passphrase:
        keys.remember(team, passphrase)
    return Place(team, str(path), found, key.mark() if key else "")


def open_hub(
    location: str,
    mode: Mode,
    team: str,
    stream: Callable[[], str],
    passphrase: str | None,
    cancelled: Cancelled,
    key_mark: str = "",
) -> Hub:
    """Return the hub of a connected team; nothing is looked at yet, but the key of its files.

    Args:
        location: where it is.
        mode: how it is shared.
        team: its id.
        stream: this laptop's.
        passphrase: of protected files; taken from the keyring when None.
        cancelled: looked at between two steps.
        key_mark: of the key that the files had so far.

    Raises:
        DeskError: ``share_locked``.
    """
    if mode is Mode.SERVER:
        from desktop_app.sync.server import ServerHub

        return ServerHub(location, team)
    path = Path(location)
    share = Share(path.parent, cancelled)
    key = _key_of(share, path.name, team, passphrase, key_mark)
    return _file_hub(share, path.name, mode, team, stream, key)


def _file_hub(
    share: Share, name: str, mode: Mode, team: str, stream: Callable[[], str], key: Key | None
) -> DriveHub | FolderHub:
    if mode is Mode.DRIVE:
        return DriveHub(share, team, stream, name=name, key=key)
    return FolderHub(share, team, stream, key=key)


def _is_server(location: str) -> bool:
    """Say whether a location is a server's address and not a file's path."""
    return "://" in location


def file_of(location: str) -> Path:
    """Return the shared file that is meant; of a folder, the one with the usual name."""
    path = Path(location).expanduser().absolute()
    return path / NAME if path.is_dir() else path


def _candidates(share: Share, name: str, *, anywhere: bool) -> list[str]:
    """Return the files that may say which team it is: the file itself, then the parts."""
    there = share.names()
    parts = [n for n in there if n.startswith("team~") and n.endswith(".db") and DRAFT not in n]
    return [n for n in [name, *(parts if anywhere else [])] if n in there]


def _team_in(share: Share, name: str, passphrase: str | None, *, anywhere: bool) -> str | None:
    """Return the team of a shared file, or of the parts beside it; None when there is none.

    Raises:
        DeskError: ``share_locked``, ``share_newer``, ``share_damaged``.
    """
    damaged, locked = False, ""
    for candidate in _candidates(share, name, anywhere=anywhere):
        page = share.head(candidate, keys.PAGE)
        protected = keys.is_noise(page)
        if protected and passphrase is None:
            # Or something else that stands in a part's place: another part may tell.
            locked = locked or candidate
            continue
        key = keys.key_from(passphrase, page[:16]) if protected and passphrase else None
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            copy = Path(folder) / "copy.db"
            if not share.fetch(candidate, copy):
                continue
            try:
                return hub_file.read_part(copy, None, key).team
            except ForeignError:
                continue
            except DamagedError as error:
                if protected:
                    raise DeskError("share_locked", path=candidate) from error
                damaged = True
    if locked:
        raise DeskError("share_locked", path=locked)
    if damaged:
        raise DeskError("share_damaged")
    return None


def _key_of(share: Share, name: str, team: str, passphrase: str | None, mark: str) -> Key | None:
    """Return the key of a team's files, known to be right, or None when they are plain.

    Args:
        share: their folder.
        name: the shared file's.
        team: the team's id.
        passphrase: taken from the keyring when None.
        mark: of the key that was right so far: by it a file whose first page is damaged is made
            good, and as protected as it was.

    Raises:
        DeskError: ``share_locked``: no passphrase is known, or a wrong one.
    """
    pages = [share.head(n, keys.PAGE) for n in _candidates(share, name, anywhere=True)]
    salts = [page[:16] for page in pages if keys.is_noise(page)]
    if salts or mark:
        passphrase = passphrase or keys.remembered(team)
    if passphrase:
        for page in filter(keys.is_noise, pages):
            key = keys.key_from(passphrase, page[:16])
            if key.mark() == mark or _opens(page, key):
                return key
    if any(hub_file.looks_ours(page, None) for page in pages) or not (salts or mark):
        return None
    known = bytes.fromhex(mark.partition(":")[0])
    if passphrase and all(keys.same_salt(salt, known) for salt in salts):
        key = keys.key_from(passphrase, known)
        if key.mark() == mark:
            return key
    raise DeskError("share_locked", path=name)


def _opens(page: bytes, key: Key) -> bool:
    """Say whether a key opens the first page of a protected file."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "page.db"
        copy.write_bytes(page)
        try:
            connect(copy, key).close()
        except DeskError:
            return False
        except driver.DatabaseError:
            # The rest of the file is missing, of course.
            return True
    return True
