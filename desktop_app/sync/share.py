"""File operations on a shared folder: the only place that touches the team's drive.

A file is copied to local disk before anything opens it, and put there under a name of its own
before it takes another's place: no reader ever sees half a file. Source: the sync design,
"Exchange".
"""

import contextlib
import errno
import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.domain.errors import DeskError
from desktop_app.sync.hub import Cancelled

#: A name that is on its way, or was left behind by one who crashed.
DRAFT = ".tmp-"

_HEAD = 4096
_CHUNK = 1 << 20
# Windows: access denied, sharing violation, lock violation: somebody reads the target just now.
_WINDOWS_BUSY = (5, 32, 33)
_RETRY_SECONDS = 10.0
_DRAFT_SECONDS = 24 * 3600.0

_KEYS = {
    errno.EROFS: "share_read_only",
    errno.EACCES: "share_read_only",
    errno.EPERM: "share_read_only",
    errno.ENOSPC: "share_full",
    errno.EDQUOT: "share_full",
    errno.EFBIG: "share_full",
}


class ReplaceRefusedError(DeskError):
    """The place takes new files but does not let one take another's place."""


class CancelledError(DeskError):
    """The person, or the end of the program, asked to stop."""


class Share:
    """One folder on a share."""

    def __init__(self, folder: Path, cancelled: Cancelled = lambda: False) -> None:
        """Stand before a folder; nothing is looked at yet."""
        self.folder = folder
        self._cancelled = cancelled

    def names(self) -> list[str]:
        """Return the names of the files there, sorted.

        Raises:
            DeskError: the folder is not reachable.
        """
        with self._told():
            return sorted(e.name for e in os.scandir(self.folder) if e.is_file())

    def listing(self) -> dict[str, str]:
        """Return size and time of each file there, by name, at the cost of one look.

        Raises:
            DeskError: the folder is not reachable.
        """
        found = {}
        with self._told():
            self._look()
            for entry in os.scandir(self.folder):
                with contextlib.suppress(FileNotFoundError):
                    if entry.is_file():
                        stat = entry.stat()
                        found[entry.name] = f"{stat.st_size}:{stat.st_mtime_ns}"
        return dict(sorted(found.items()))

    def stamp(self, name: str) -> str:
        """Return what tells one edition of a file from another: size, time and first bytes.

        Empty for a file that is not there (any more).

        Raises:
            DeskError: the folder is not reachable.
        """
        with self._told():
            self._look()
            try:
                with (self.folder / name).open("rb") as file:
                    stat = os.fstat(file.fileno())
                    head = file.read(_HEAD)
            except FileNotFoundError:
                self._require()
                return ""
            digest = hashlib.blake2b(head, digest_size=8).hexdigest()
            return f"{stat.st_size}:{stat.st_mtime_ns}:{digest}"

    def head(self, name: str, size: int) -> bytes:
        """Return the first bytes of a file; none of one that is not there."""
        with self._told():
            try:
                with (self.folder / name).open("rb") as file:
                    return file.read(size)
            except FileNotFoundError:
                return b""

    def fetch(self, name: str, target: Path) -> bool:
        """Copy a file to local disk; say whether it was there."""
        with self._told():
            try:
                source = (self.folder / name).open("rb")
            except FileNotFoundError:
                self._require()
                return False
            with source, target.open("wb") as file:
                self._copy(source, file)
            return True

    def put(self, source: Path, name: str, before: Callable[[], None] = lambda: None) -> str:
        """Put a local file in place of one on the share, whole or not at all.

        It is written under a draft's name, flushed, read again and compared; when ``before`` then
        still finds all well, it takes the other's place.

        Returns:
            Its stamp, taken before anybody else could put another edition in its place.

        Raises:
            DeskError: read-only, full, away; the old file stands.
        """
        draft = f"{name}{DRAFT}{os.urandom(4).hex()}"
        with self._told():
            try:
                with source.open("rb") as file, (self.folder / draft).open("xb") as target:
                    written = self._copy(file, target)
                    target.flush()
                    os.fsync(target.fileno())
                with (self.folder / draft).open("rb") as again:
                    if self._digest(again) != written:
                        raise OSError(errno.EIO, "written and read differ")
                stamp = self.stamp(draft)
                before()
                self._take_place(draft, name)
            except BaseException:
                with contextlib.suppress(OSError):
                    (self.folder / draft).unlink()
                raise
            self._flush_folder()
        return stamp

    def put_new(self, source: Path, name: str) -> None:
        """Put a file there once; one that is there already stays."""
        with self._told():
            (self.folder / name).parent.mkdir(exist_ok=True)
            there = (self.folder / name).exists()
        if not there:
            self.put(source, name)

    def keep_previous(self, name: str, previous: str) -> None:
        """Keep the present edition of a file under another name, by a link or a copy."""
        draft = self.folder / f"{previous}{DRAFT}{os.urandom(4).hex()}"
        with self._told():
            try:
                try:
                    os.link(self.folder / name, draft)
                except (OSError, NotImplementedError):
                    shutil.copyfile(self.folder / name, draft)
                self._take_place(draft.name, previous)
            except FileNotFoundError:
                return
            finally:
                with contextlib.suppress(OSError):
                    draft.unlink()

    def create_new(self, name: str, data: bytes) -> bool:
        """Make a file that nobody else has made; say whether it was so (O_EXCL)."""
        with self._told():
            try:
                file = (self.folder / name).open("xb")
            except FileExistsError:
                return False
            try:
                with file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
            except OSError:
                # A full disk takes the name and not the bytes: others would wait for nobody.
                with contextlib.suppress(OSError):
                    (self.folder / name).unlink()
                raise
            return True

    def read_small(self, name: str) -> bytes | None:
        """Return the bytes of a small file, or None when it is not there."""
        with self._told():
            try:
                return (self.folder / name).read_bytes()
            except FileNotFoundError:
                return None

    def write_small(self, name: str, data: bytes) -> None:
        """Write a small file by replacing it."""
        path = self.folder / name
        draft = f"{name}{DRAFT}{os.urandom(4).hex()}"
        with self._told():
            path.parent.mkdir(exist_ok=True)
            try:
                (self.folder / draft).write_bytes(data)
                self._replace(draft, name)
            finally:
                with contextlib.suppress(OSError):
                    (self.folder / draft).unlink()

    def rename(self, name: str, new: str) -> bool:
        """Give a file another name; say whether it was still there."""
        with self._told():
            try:
                self._replace(name, new)
            except FileNotFoundError:
                return False
            return True

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        with self._told():
            (self.folder / name).unlink(missing_ok=True)

    def names_in(self, folder: str) -> list[str]:
        """Return the names of the files in a folder below; none when there is no such folder."""
        with self._told():
            self._look()
            try:
                return sorted(e.name for e in os.scandir(self.folder / folder) if e.is_file())
            except FileNotFoundError:
                return []

    def sweep(self, now: float) -> None:
        """Remove drafts that somebody who crashed left behind more than a day ago.

        Also those in the folders below; what can't be removed now is removed another time.
        """
        with contextlib.suppress(OSError):
            entries = list(os.scandir(self.folder))
            for below in [e.path for e in entries if e.is_dir()]:
                entries += os.scandir(below)
            for entry in entries:
                # Another laptop's own draft may go at any moment.
                with contextlib.suppress(OSError):
                    if DRAFT in entry.name and now - entry.stat().st_mtime > _DRAFT_SECONDS:
                        Path(entry.path).unlink()

    def _take_place(self, draft: str, name: str) -> None:
        """Let a draft take a file's place.

        Raises:
            ReplaceRefusedError: new files are taken, as the draft was; only replacing is not.
        """
        try:
            self._replace(draft, name)
        except PermissionError as error:
            raise ReplaceRefusedError("share_read_only", path=str(self.folder)) from error

    def _replace(self, name: str, new: str) -> None:
        """Let a file take another's place; on Windows wait for those who read it just now.

        Raises:
            ReplaceRefusedError: it was refused for as long as we wait.
            CancelledError: we were asked to stop meanwhile.
            OSError: anything else.
        """
        until = time.monotonic() + _RETRY_SECONDS
        pause = 0.02
        while True:
            try:
                (self.folder / name).replace(self.folder / new)
            except OSError as error:
                if getattr(error, "winerror", None) not in _WINDOWS_BUSY:
                    raise
                self._look()
                if time.monotonic() > until:
                    raise ReplaceRefusedError("share_busy") from error
                time.sleep(pause)
                pause = min(0.5, pause * 2)
            else:
                return

    def _copy(self, source: object, target: object) -> bytes:
        """Copy between open files; return the digest of what was copied."""
        digest = hashlib.blake2b()
        while data := source.read(_CHUNK):  # type: ignore[attr-defined]
            self._look()
            digest.update(data)
            target.write(data)  # type: ignore[attr-defined]
        return digest.digest()

    def _digest(self, file: object) -> bytes:
        """Return the digest of an open file."""
        digest = hashlib.blake2b()
        while data := file.read(_CHUNK):  # type: ignore[attr-defined]
            self._look()
            digest.update(data)
        return digest.digest()

    def _look(self) -> None:
        """Stop when asked to."""
        if self._cancelled():
            raise CancelledError("share_busy")

    def _flush_folder(self) -> None:
        """Have the folder's entry on disk, where the system can do that."""
        if os.name == "nt":
            return
        with contextlib.suppress(OSError):
            handle = os.open(self.folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def _require(self) -> None:
        """Tell a missing folder from a missing file."""
        if not self.folder.is_dir():
            raise DeskError("share_away", path=str(self.folder))

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the system says into what the person is told."""
        try:
            yield
        except DeskError:
            raise
        except OSError as error:
            key = _KEYS.get(error.errno or 0, "share_away")
            raise DeskError(key, path=str(self.folder)) from error
