"""Giving a team's shared files another passphrase, their first, or none any more.

Each file is written anew and takes the old one's place whole, the shared file first. Whoever ends
a crash's work by asking for the same again finishes what is left.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from desktop_app.db import keys
from desktop_app.db.driver import connect
from desktop_app.db.encrypt import export_to
from desktop_app.db.keys import Key
from desktop_app.db.log_tables import link
from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from desktop_app.sync import hub_file
from desktop_app.sync.file_hub import BAD, FILES
from desktop_app.sync.hub_file import DamagedError, ForeignError
from desktop_app.sync.laptop import Laptop
from desktop_app.sync.modes import Mode
from desktop_app.sync.open_hub import open_hub
from desktop_app.sync.share import DRAFT, Share


def change_passphrase(workspace: Workspace, new: str | None, old: str | None = None) -> None:
    """Protect the shared files of a laptop's team by another passphrase; None: by none.

    The colleagues are asked for it at their next sync. Their work is safe meanwhile: it waits.

    Args:
        workspace: this laptop's; what it has is in the shared file already.
        new: the passphrase from now on.
        old: the one so far; taken from the keyring when None.

    Raises:
        DeskError: ``team_not_connected``, ``server_protects_itself``, ``passphrase_empty``,
            ``share_locked`` for a wrong old one, or what the share says.
    """
    if new is not None and not new:
        raise DeskError("passphrase_empty")
    with workspace.read() as session:
        found = session.execute(select(link.c.location, link.c.mode, link.c.team)).first()
    if found is None:
        raise DeskError("team_not_connected")
    if found.mode == Mode.SERVER.value:
        raise DeskError("server_protects_itself")
    laptop = Laptop(workspace)
    old = old or keys.remembered(found.team)
    location = Path(found.location)
    with tempfile.TemporaryDirectory(
        prefix="invest-desk-", ignore_cleanup_errors=True
    ) as temporary:
        files = _Files(Share(location.parent), Path(temporary), old)
        key, begun = files.key_for(new, location.name)
        hub = open_hub(
            found.location,
            Mode(found.mode),
            found.team,
            lambda: laptop.stream,
            new if begun else old,
            lambda: False,
            laptop.memory().key,
        )
        try:
            with hub.holding():
                for name in files.names(location.name):
                    files.rewrite(name, key)
                for name in files.share.names_in(FILES):
                    files.rewrite_attachment(f"{FILES}/{name}", key)
        finally:
            hub.close()
    keys.remember(found.team, new)


class _Files:
    """The team's files in their folder, and how each is opened."""

    def __init__(self, share: Share, local: Path, old: str | None) -> None:
        self.share, self._local, self._old = share, local, old

    def names(self, first: str) -> Iterator[str]:
        """Yield what may be a file of the team's, the shared file first."""
        for name in sorted(self.share.names(), key=lambda n: (n != first, BAD in n, n)):
            if DRAFT not in name and not name.endswith((".json", ".lock")):
                yield name

    def key_for(self, new: str | None, name: str) -> tuple[Key | None, bool]:
        """Return the new key, and whether some file is under it already.

        That is so when it was cut off before; the files that are left then get the same key.
        """
        for one in [name, *(n for n in self.share.names() if n.startswith("team~"))]:
            page = self.share.head(one, keys.PAGE)
            if new is None:
                if hub_file.looks_ours(page, None):
                    return None, True
            elif keys.is_noise(page):
                key = keys.key_from(new, page[:16])
                if self._opens(one, key):
                    return key, True
        return (keys.key_from(new, keys.new_salt()) if new else None), False

    def done(self, name: str, key: Key | None) -> bool:
        """Say whether a file is under the new key already."""
        head = self.share.head(name, 100)
        return head[:16] == key.salt if key else hub_file.looks_ours(head, None)

    def rewrite(self, name: str, key: Key | None) -> None:
        """Put a file under the new key in place of the one under the old, once it was verified."""
        page = self.share.head(name, keys.PAGE)
        plain = hub_file.looks_ours(page, None)
        if self.done(name, key) or not (plain or keys.is_noise(page)):
            return
        present = None if plain else self._old_key(page)
        copy, new = self._local / "old.db", self._local / "new.db"
        new.unlink(missing_ok=True)
        if not self.share.fetch(name, copy):
            return
        try:
            before = hub_file.read_part(copy, None, present)
            connection = connect(copy, present)
            try:
                export_to(connection, new, key)
            finally:
                connection.close()
            after = hub_file.read_part(new, None, key)
        except (ForeignError, DamagedError, DeskError):
            # Somebody else's, damaged, or under a passphrase that nobody told us.
            return
        if (after.team, after.total) == (before.team, before.total):
            self.share.put(new, name)

    def rewrite_attachment(self, name: str, key: Key | None) -> None:
        """Put an attachment under the new key in place of the one under the old."""
        copy, new = self._local / "old.file", self._local / "new.file"
        if not self.share.fetch(name, copy):
            return
        page = self.share.head(name, keys.PAGE)
        if key is not None and page[:16] == key.salt:
            return
        data: bytes | None = copy.read_bytes()
        sealed = hub_file.read_blob(copy, self._old_key(page)) if keys.is_noise(page) else None
        if sealed is not None:
            data = sealed
        if data is None:
            return
        if key is not None:
            hub_file.write_blob(new, data, key)
        else:
            new.write_bytes(data)
        self.share.put(new, name)

    def _old_key(self, page: bytes) -> Key:
        """Return the key that the old passphrase makes with a file's own salt."""
        return keys.key_from(self._old or "", page[:16])

    def _opens(self, name: str, key: Key) -> bool:
        """Say whether a key opens a file."""
        copy = self._local / "try.db"
        try:
            return self.share.fetch(name, copy) and bool(hub_file.read_part(copy, None, key).team)
        except (ForeignError, DamagedError, DeskError):
            return False
