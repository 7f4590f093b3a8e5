"""A real Samba server of a test's own on loopback, mounted twice by FUSE as two laptops would."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

# smbnetfs knows no other port.
_PORT = 445
_SECONDS = 20.0

_SMB_CONF = """[global]
    interfaces = lo
    bind interfaces only = yes
    server role = standalone server
    map to guest = Bad User
    guest account = root
    disable netbios = yes
    smb ports = {port}
    load printers = no
    printing = bsd
    printcap name = /dev/null
    log file = {folder}/smbd.log
    lock directory = {folder}/state
    state directory = {folder}/state
    cache directory = {folder}/state
    private dir = {folder}/state
    pid directory = {folder}/state
    ncalrpc dir = {folder}/state/ncalrpc
    oplocks = no
    level2 oplocks = no
[team]
    path = {folder}/shared
    guest ok = yes
    read only = no
    force user = root
"""


def missing() -> str | None:
    """Return, in words, what this machine lacks, or None."""
    if not shutil.which("smbd") or not shutil.which("smbnetfs"):
        return "no Samba here: install the packages samba and smbnetfs"
    if not Path("/dev/fuse").exists():
        return "no /dev/fuse here, so no share can be mounted"
    if sys.platform == "win32" or os.geteuid() != 0:
        return "Samba's port 445 is open to root only"
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", _PORT))
        except OSError:
            return "another Samba server has port 445 here"
    return None


def _wait_for(what: str, done: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    """Wait until something holds; skips where it never does on this machine."""
    until = time.monotonic() + _SECONDS
    while not done():
        if process.poll() is not None or time.monotonic() > until:
            pytest.skip(f"{what} does not come up on this machine")
        time.sleep(0.1)


def _listens() -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", _PORT)) == 0


class Samba:
    """A running server with one share, and the mounts of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shared = folder / "shared"
        self._server: subprocess.Popen[bytes] | None = None
        self._mounts: list[tuple[Path, subprocess.Popen[bytes]]] = []

    def start(self) -> None:
        """Start the server and wait until it answers."""
        (self.folder / "state" / "ncalrpc").mkdir(parents=True, exist_ok=True)
        self.shared.mkdir(exist_ok=True)
        config = self.folder / "smb.conf"
        config.write_text(_SMB_CONF.format(port=_PORT, folder=self.folder), "utf-8")
        self._server = subprocess.Popen(
            ["smbd", "--foreground", "--no-process-group", "-s", str(config)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # When it ends it ends its whole process group, and that must not be ours.
            start_new_session=True,
        )
        _wait_for("the Samba server", _listens, self._server)

    def stop(self) -> None:
        """Stop the server, as when the office's is switched off."""
        if self._server is not None:
            children = Path(f"/proc/{self._server.pid}/task/{self._server.pid}/children")
            for pid in children.read_text("utf-8").split() if children.exists() else ():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(pid), 15)
            self._server.terminate()
            self._server.wait(10)
            self._server = None

    def mount(self, name: str) -> Path:
        """Mount the share as one laptop does; return its folder."""
        home = self.folder / name
        (home / ".smb").mkdir(parents=True)
        settings = home / ".smb" / "smbnetfs.conf"
        settings.write_text(
            'show_$_shares "true"\nsmb_tree_scan_period 300\nauto_reload_config "false"\n'
            'fast_rename "true"\nsmb_timeout 10\nsmbnetfs_debug 0\n',
            "utf-8",
        )
        settings.chmod(0o600)
        (home / ".smb" / "smb.conf").write_text(
            "[global]\n client min protocol = SMB2\n name resolve order = host bcast\n", "utf-8"
        )
        point = home / "net"
        point.mkdir()
        options = f"config={settings},direct_io,attr_timeout=0,entry_timeout=0,negative_timeout=0"
        process = subprocess.Popen(
            ["smbnetfs", "-f", "-o", options, str(point)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(home)},
        )
        self._mounts.append((point, process))
        share = point / "127.0.0.1" / "team"
        _wait_for("the mounted share", share.is_dir, process)
        return share

    def close(self) -> None:
        """Unmount, stop and leave nothing running."""
        for point, process in self._mounts:
            subprocess.run(["umount", "-l", str(point)], capture_output=True, check=False)
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
        self.stop()


@contextmanager
def running() -> Iterator[Samba]:
    """Give a running server; skips the test where there can be none."""
    with _alone():
        lacks = missing()
        if lacks:
            pytest.skip(lacks)
        folder = Path(tempfile.mkdtemp(prefix="desk-smb-"))
        server = Samba(folder)
        try:
            server.start()
            yield server
        finally:
            server.close()
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other process of the tests has its server on the one port."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    with (Path(tempfile.gettempdir()) / "desk-smb.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
