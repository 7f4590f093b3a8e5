"""The lock beside the shared file: one laptop at a time replaces it.

It only spares work: a lock wrongly broken costs an update that heals, never data.
Source: the sync design, "Drive mode".
"""

import json
import os
import platform
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.domain.errors import DeskError
from desktop_app.sync.share import Share

STALE_SECONDS = 120.0
BEAT_SECONDS = 20.0
WAIT_SECONDS = 10.0


@dataclass(frozen=True)
class Watched:
    """A lock of another laptop as it was first seen: its last beat, and when by our clock."""

    nonce: str
    beat: int
    since: float


#: What was seen of locks, by the folder: a laptop that comes back later need not wait anew.
_watched: dict[str, Watched] = {}
#: The locks that this process holds. One of its own that is not among them is left over from a
#: moment at which the share was away and it could not be removed.
_held: set[str] = set()


def this_host() -> str:
    """Return what tells this computer from others."""
    return f"{platform.node()}-{uuid.getnode():x}"


def is_alive(pid: int) -> bool:
    """Say whether a process of this computer runs; in doubt it does."""
    if os.name == "nt":
        import ctypes

        # os.kill would end the process on Windows.
        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, pid)  # type: ignore[attr-defined]
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)  # type: ignore[attr-defined]
        return bool(handle)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


class HubLock:
    """The lock file of one shared file."""

    def __init__(
        self,
        share: Share,
        name: str,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        alive: Callable[[int], bool] = is_alive,
        host: str | None = None,
        heartbeat: bool = True,
    ) -> None:
        """Stand before a lock that is not ours yet."""
        self._share, self._name = share, name
        self._clock, self._sleep, self._alive = clock, sleep, alive
        self._host = host or this_host()
        self._heartbeat = heartbeat
        self._nonce = ""
        self._beat = 0
        self._done = threading.Event()

    def acquire(self, wait: float = WAIT_SECONDS) -> None:
        """Take the lock, waiting for others a while.

        Raises:
            DeskError: ``share_busy``, or what the share says.
        """
        nonce = os.urandom(8).hex()
        _held.add(nonce)
        try:
            self._take(nonce, self._clock() + wait)
        except BaseException:
            _held.discard(nonce)
            raise
        _watched.pop(str(self._share.folder), None)
        self._nonce, self._beat = nonce, 0
        self._done = threading.Event()
        if self._heartbeat:
            threading.Thread(target=self._beat_on, args=(self._done,), daemon=True).start()

    def _take(self, nonce: str, until: float) -> None:
        """Make the lock file, once nobody else's stands there.

        Raises:
            DeskError: ``share_busy``, or what the share says.
        """
        while not self._share.create_new(self._name, self._text(nonce, 0)):
            if self._stale():
                self._break()
                continue
            if self._clock() >= until:
                raise DeskError("share_busy")
            self._sleep(0.1)

    def require(self) -> None:
        """Make sure that nobody has broken our lock.

        Raises:
            DeskError: ``share_busy``: somebody has; the work waits for the next time.
        """
        if self._read().get("nonce") != self._nonce:
            raise DeskError("share_busy")

    def release(self) -> None:
        """Give the lock up; somebody else's is left alone."""
        self._done.set()
        nonce, self._nonce = self._nonce, ""
        _held.discard(nonce)
        if nonce and self._read().get("nonce") == nonce:
            self._share.remove(self._name)

    def _text(self, nonce: str, beat: int) -> bytes:
        holder = {"nonce": nonce, "host": self._host, "pid": os.getpid(), "beat": beat}
        return json.dumps(holder).encode()

    def _read(self) -> dict[str, object]:
        """Return who holds the lock; nothing when nobody does or it is being written."""
        try:
            found = json.loads(self._share.read_small(self._name) or b"{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def _stale(self) -> bool:
        """Say whether the holder is gone, or gave no sign for two minutes of our own clock."""
        found = self._read()
        pid = found.get("pid")
        if found.get("host") == self._host and isinstance(pid, int):
            left = pid == os.getpid() and found.get("nonce") not in _held
            if left or not self._alive(pid):
                return True
        beat = found.get("beat")
        place = str(self._share.folder)
        seen = _watched.get(place)
        now = self._clock()
        mark = (str(found.get("nonce", "")), beat if isinstance(beat, int) else -1)
        # One that is being made is empty for a moment: it, too, is given its two minutes.
        if seen is None or mark != (seen.nonce, seen.beat) or now < seen.since:
            _watched[place] = Watched(*mark, now)
            return False
        return now - seen.since >= STALE_SECONDS

    def _break(self) -> None:
        """Set a stale lock aside, so that of two who break it only one succeeds."""
        judged = self._read().get("nonce")
        aside = f"{self._name}.stale-{os.urandom(4).hex()}"
        if not self._share.rename(self._name, aside):
            return
        try:
            found = json.loads(self._share.read_small(aside) or b"{}").get("nonce")
        except (ValueError, AttributeError):
            found = None
        if found != judged and found is not None:
            # Somebody else broke it first and holds it now: give it back.
            self._share.rename(aside, self._name)
        else:
            self._share.remove(aside)

    def _beat_on(self, done: threading.Event) -> None:
        """Show every few seconds that we are still at work."""
        while not done.wait(BEAT_SECONDS):
            self._beat += 1
            try:
                if self._read().get("nonce") == self._nonce:
                    self._share.write_small(self._name, self._text(self._nonce, self._beat))
            except DeskError:
                # The share is away; the work itself finds out.
                continue
