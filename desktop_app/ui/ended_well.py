"""Knows whether the window of last time was closed, and says what was kept when it was not."""

import contextlib
import datetime as dt
import json
import logging
from pathlib import Path
from typing import NamedTuple

from desktop_app.db.workspace import Workspace
from desktop_app.i18n import t

logger = logging.getLogger(__name__)
_NAME = "running.json"


class Kept(NamedTuple):
    """What a window that was never closed left behind: its changes, and the latest one's moment."""

    changes: int
    latest: dt.datetime | None


class EndMark:
    """A small file that is there while a window is open; one left over tells of a crash."""

    def __init__(self, workspace: Workspace) -> None:
        """Belong to a workspace; one window at a time has it open."""
        self._workspace = workspace
        self._path: Path = workspace.paths.folder / _NAME

    def begin(self) -> Kept | None:
        """Set the mark; return what the last window kept when it was not closed."""
        kept = self._left_over()
        text = json.dumps({"position": self._workspace.log_position()})
        with contextlib.suppress(OSError):
            self._path.write_text(text, "utf-8")
        return kept

    def end(self) -> None:
        """Take the mark away: the window was closed."""
        with contextlib.suppress(OSError):
            self._path.unlink()

    def _left_over(self) -> Kept | None:
        """Return what is in the log since a mark that was left, None without one."""
        try:
            position = int(json.loads(self._path.read_text("utf-8"))["position"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            # A mark torn by the crash itself.
            logger.warning("Unreadable mark: %s", error)
            position = self._workspace.log_position()
        from desktop_app.db.log import changes_since

        with self._workspace.look() as connection:
            return Kept(*changes_since(connection, position))


def kept_text(kept: Kept) -> str:
    """Return what is said at the start after a crash."""
    if not kept.changes or kept.latest is None:
        return t("shell.ended_badly_nothing")
    moment = f"{kept.latest.astimezone():%Y-%m-%d %H:%M}"
    return t("shell.ended_badly", n=kept.changes, moment=moment)
