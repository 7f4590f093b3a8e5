"""Finding out how a folder is shared: by a sync client, or as a drive."""

import os
from collections.abc import Mapping
from pathlib import Path

from desktop_app.sync.modes import Mode

# Folders that sync clients make, by the beginning of their names in lower case.
_NAMES = (
    "dropbox",
    "onedrive",
    "nextcloud",
    "owncloud",
    "nutstore",
    "我的坚果云",
    "坚果云",
    "icloud",
    "mobile documents",
    "google drive",
    "googledrive",
    "my drive",
    "cloudstorage",
    "seafile",
    "box sync",
    "syncthing",
)
# What they leave in the folder that they keep in step.
_MARKS = (
    ".dropbox",
    ".dropbox.cache",
    ".nextcloudsync.log",
    ".owncloudsync.log",
    ".stfolder",
    ".nutstore",
    ".seafile-ignore",
    ".tmp.drivedownload",
)
# Nextcloud's and ownCloud's own database has a name of its own in each folder.
_PATTERNS = (".sync_*.db", "._sync_*.db")
_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")


def find_mode(folder: Path, environ: Mapping[str, str] = os.environ) -> Mode:
    """Return how a folder is shared, by what sync clients are known to leave there.

    A client that is not known is found out when it refuses a replaced file, or by the person.
    """
    folder = folder.absolute()
    roots = [Path(environ[name]) for name in _VARIABLES if environ.get(name)]
    if any(folder.is_relative_to(root) for root in roots):
        return Mode.FOLDER
    for place in (folder, *folder.parents):
        if place.name.lower().startswith(_NAMES) or _marked(place):
            return Mode.FOLDER
    return Mode.DRIVE


def _marked(place: Path) -> bool:
    """Say whether a folder carries a sync client's mark; one that can't be read does not."""
    try:
        return any((place / mark).exists() for mark in _MARKS) or any(
            next(place.glob(pattern), None) is not None for pattern in _PATTERNS
        )
    except OSError:
        return False
