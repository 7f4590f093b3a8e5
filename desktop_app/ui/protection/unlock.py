"""Opening a protected workspace whose passphrase nobody has told this laptop."""

from pathlib import Path

from desktop_app.db import keys
from desktop_app.db.workspace import Workspace
from desktop_app.paths import WorkspacePaths
from desktop_app.ui.protection.passphrase_dialog import PassphraseDialog, Typed


class UnlockDialog(PassphraseDialog):
    """Asks until the workspace opens or the person gives up; ``workspace`` is what opened."""

    def __init__(self, folder: Path) -> None:
        """Ask for the passphrase of the workspace in a folder."""
        super().__init__(None, "unlock", self._open, self._take, old=True, keep=True)
        self._folder = folder
        self.workspace: Workspace | None = None

    def _open(self, typed: Typed) -> Workspace:
        database = WorkspacePaths(self._folder).database
        key = keys.key_from(typed.old, keys.salt_of(database))
        workspace = Workspace.open(self._folder, key)
        keys.remember(str(self._folder.resolve()), typed.old, keep=typed.keep)
        return workspace

    def _take(self, workspace: Workspace) -> None:
        self.workspace = workspace


def ask_and_open(folder: Path) -> Workspace | None:
    """Return the workspace, opened by what the person typed; None when they gave up."""
    dialog = UnlockDialog(folder)
    dialog.exec()
    return dialog.workspace
