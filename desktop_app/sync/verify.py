"""Verifying a shared file and the team's other parts in its folder; nothing there is written."""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.db.keys import Key, key_from
from desktop_app.domain.errors import DeskError
from desktop_app.sync.file_hub import BAD
from desktop_app.sync.hub_file import (
    DamagedError,
    ForeignError,
    looks_ours,
    looks_protected,
    read_part,
)
from desktop_app.sync.open_hub import NAME
from desktop_app.sync.share import DRAFT, Share

# A protected database begins with its salt.
_SALT = 16


@dataclass
class FileReport:
    """What a look at a shared file found; without problems all is well.

    Attributes:
        team: the team's id.
        parts: each sound file's name with the number of its changes.
        changes: how many different changes they hold together.
        problems: each unsound file's name with what is wrong.
    """

    team: str = ""
    parts: list[tuple[str, int]] = field(default_factory=list)
    changes: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)


def verify(location: Path, passphrase: str | None = None) -> FileReport:
    """Read every change of a shared file, and of the files beside it that are the same team's.

    Args:
        location: the file, or its folder; in folder mode only parts need to be there.
        passphrase: of a protected file.

    Raises:
        DeskError: ``share_away``, ``share_not_ours``, ``share_locked``, ``share_newer``.
    """
    if location.is_dir():
        location /= NAME
    share = Share(location.parent)
    names = [n for n in share.names() if not (DRAFT in n or BAD in n)]
    # The named file first, then the parts named after it: they say whose team is meant.
    names.sort(key=lambda n: (n != location.name, not n.startswith(location.stem), n))
    report = FileReport()
    ids: set[str] = set()
    key: Key | None = None
    with tempfile.TemporaryDirectory(
        prefix="invest-desk-", ignore_cleanup_errors=True
    ) as temporary:
        copy = Path(temporary) / "part.db"
        for name in names:
            head = share.head(name, 100)
            if key is None and name.startswith(location.stem):
                key = _key(head, passphrase)
            if not looks_ours(head, key):
                if name == location.name:
                    locked = looks_protected(head) and len(head) == 100
                    raise DeskError("share_locked" if locked else "share_not_ours", path=name)
                continue
            share.fetch(name, copy)
            try:
                contents = read_part(copy, None, key)
            except ForeignError:
                continue
            except DamagedError as error:
                if key is not None and not report.parts and "not a database" in str(error):
                    # What another passphrase makes of it.
                    raise DeskError("share_locked") from error
                report.problems.append((name, str(error)))
                continue
            report.team = report.team or contents.team
            if contents.team == report.team:
                report.parts.append((name, contents.total.count))
                ids |= contents.ids or set()
    if not report.parts and not report.problems:
        raise DeskError("share_away" if location.name not in names else "share_not_ours")
    report.changes = len(ids)
    return report


def _key(head: bytes, passphrase: str | None) -> Key | None:
    """Return the key of a file that is protected, as far as its first bytes tell."""
    if passphrase is None or not looks_protected(head):
        return None
    return key_from(passphrase, head[:_SALT])
