"""What this laptop remembers for one workspace: a small JSON file beside the database."""

import json
import logging
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)


@dataclass
class Settings:
    """The settings of one person on one laptop; none of them is shared with the team."""

    theme: str = ""  # "light", "dark" or empty: as the system
    language: str = ""  # "zh", "en" or empty: as the system
    scale: float = 1.0  # takes effect at the next start
    compact_rows: bool = False
    me: str | None = None  # member id
    first_run_done: bool = False
    view: str = "desk"
    geometry: str = ""  # Qt's own bytes, as base64
    reminders: bool = True
    quiet_from: str = "19:00"
    quiet_to: str = "08:00"
    morning_on: str = ""  # the day whose overview was shown
    told: dict[str, Any] = field(default_factory=dict)  # reminder key -> the day, or until when
    views: dict[str, Any] = field(default_factory=dict)  # view name -> its saved state


def load(path: Path) -> Settings:
    """Return the settings in ``path``; a broken file is put aside and the defaults are used."""
    try:
        stored = json.loads(path.read_text("utf-8"))
        if not isinstance(stored, dict):
            raise ValueError("settings are not an object")
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except (OSError, ValueError) as error:
        logger.warning("Settings unreadable, defaults used: %s", error)
        _put_aside(path)
        return Settings()
    defaults = Settings()
    known = {
        f.name: stored[f.name]
        for f in fields(Settings)
        if f.name in stored and _fits(stored[f.name], getattr(defaults, f.name))
    }
    return Settings(**known)


def _fits(value: object, default: object) -> bool:
    """Say whether a stored value is of the kind that the setting has."""
    if default is None:
        return value is None or isinstance(value, str)
    if isinstance(default, float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, type(default))


def _put_aside(path: Path) -> None:
    """Keep an unreadable file under another name, so that nothing is lost."""
    try:
        path.replace(path.with_suffix(".broken.json"))
    except OSError as error:
        logger.warning("Unreadable settings could not be put aside: %s", error)


def save(settings: Settings, path: Path) -> None:
    """Write the settings in one step: a crash leaves the old file or the new one.

    Raises:
        OSError: the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(settings), file, ensure_ascii=False, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
