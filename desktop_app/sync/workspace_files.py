"""The attachments of a workspace, as a sync sends and fetches them."""

from pathlib import Path

from sqlalchemy import select

from desktop_app.db.models import Attachment
from desktop_app.db.workspace import Workspace


class WorkspaceFiles:
    """The bytes of attachments, each file named by its sha256."""

    def __init__(self, workspace: Workspace) -> None:
        """Stand before the workspace's folder of attachments."""
        self._workspace = workspace
        self._folder = workspace.paths.files

    def here(self) -> set[str]:
        """Return the names of those that are on this laptop."""
        return {file.name for file in self._folder.glob("*") if len(file.name) == 64}

    def awaited(self) -> set[str]:
        """Return the names that records mention and that have not come yet."""
        mentioned = select(Attachment.sha256).where(Attachment.deleted.isnot(True)).distinct()
        with self._workspace.read() as session:
            names = {name for name in session.scalars(mentioned) if name and len(name) == 64}
        return names - self.here() if names else names

    def path(self, sha256: str) -> Path:
        """Return where the bytes of one are, or belong."""
        self._folder.mkdir(exist_ok=True)
        return self._folder / sha256
