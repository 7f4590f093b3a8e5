"""Where things are: the shipped resources and the folders of a workspace."""

from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent


def resource(*parts: str) -> Path:
    """Return the path of a shipped resource."""
    return _ROOT.joinpath("resources", *parts)


def default_workspace() -> Path:
    """Return this user's data folder for the app."""
    import platformdirs

    return Path(platformdirs.user_data_dir("InvestDesk", appauthor=False))


@dataclass(frozen=True)
class WorkspacePaths:
    """The files of one workspace folder."""

    folder: Path

    @property
    def database(self) -> Path:
        """Return the local database file."""
        return self.folder / "workspace.db"

    @property
    def files(self) -> Path:
        """Return the folder of attachments, each named by its sha256."""
        return self.folder / "files"

    @property
    def backups(self) -> Path:
        """Return the folder of backups."""
        return self.folder / "backups"

    @property
    def settings(self) -> Path:
        """Return the settings file of this laptop."""
        return self.folder / "settings.json"
