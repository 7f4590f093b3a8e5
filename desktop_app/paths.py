"""Where things are: the shipped resources and the folders of a workspace."""

import sys
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
#: A file of this name beside the bundled program makes it portable: it keeps its data beside it.
PORTABLE_MARK = "portable.txt"


def resource(*parts: str) -> Path:
    """Return the path of a shipped resource."""
    return _ROOT.joinpath("resources", *parts)


def shipped(*parts: str) -> Path:
    """Return the path of what only a bundle holds, or of what stands beside the sources."""
    return _ROOT.joinpath(*parts)


def program_folder() -> Path | None:
    """Return the folder that a person sees the bundled program in; None when run from source."""
    if not getattr(sys, "frozen", False):
        return None
    folder = Path(sys.executable).resolve().parent
    # On macOS the program is deep inside what a person sees as one thing.
    inside = folder.name == "MacOS" and folder.parent.parent.suffix == ".app"
    return folder.parents[2] if inside else folder


def portable_workspace() -> Path | None:
    """Return the data folder beside a portable program; None when the program is not portable."""
    folder = program_folder()
    if folder is None or not (folder / PORTABLE_MARK).is_file():
        return None
    return folder / "data"


def default_workspace() -> Path:
    """Return the data folder beside a portable program, else this user's for the app."""
    portable = portable_workspace()
    if portable is not None:
        return portable
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
