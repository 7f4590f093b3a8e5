"""Giving this laptop's own data another passphrase, its first or none, while the window stands."""

import time

from desktop_app.db import encrypt, keys
from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from desktop_app.sync.team import one_at_a_time

# A sync under way, or a thread that reads, is soon through.
_PATIENCE_SECONDS = 10.0


def change_own_passphrase(
    workspace: Workspace, new: str | None, old: str | None = None, *, keep: bool = True
) -> None:
    """Protect an open workspace by another passphrase; it goes on with the new file.

    Args:
        workspace: this laptop's.
        new: the passphrase from now on; None takes it off.
        old: the one so far, for a protected workspace.
        keep: whether the system's keyring is to keep the new one.

    Raises:
        DeskError: as ``encrypt.protect``; ``sync_running``. Nothing was changed.
    """
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            with one_at_a_time(workspace.paths.folder), workspace.put_away():
                workspace.key = _rewrite(workspace, new, old)
            break
        except DeskError as error:
            if error.key not in ("workspace_busy", "sync_running") or time.monotonic() > until:
                raise
        time.sleep(0.1)
    keys.remember(str(workspace.paths.folder.resolve()), new, keep=keep)


def _rewrite(workspace: Workspace, new: str | None, old: str | None) -> keys.Key | None:
    folder = workspace.paths.folder
    if new is None:
        encrypt.unprotect(folder, old)
        return None
    return encrypt.protect(folder, new, old)
