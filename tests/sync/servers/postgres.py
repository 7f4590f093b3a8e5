"""A real PostgreSQL server of a test's own, from the system's package, on a free loopback port."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

OWNER = "desk"


def programs() -> Path | None:
    """Return the folder of the newest server's programs, or None where none is installed."""
    # Debian keeps them off the PATH, one folder a version.
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: p.parts[-3])
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def _unprivileged() -> str | None:
    """Return whom to run the server as: it refuses root."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), None)


def free_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Postgres:
    """A server in a folder of its own."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self._folder = folder
        self._user = _unprivileged()
        self.password = secrets.token_urlsafe(12) + "@/口"
        self.port = free_port()

    def run(self, program: str, *words: str | Path) -> None:
        """Run one of the server's programs as its owner."""
        command = [str(self._programs / program), *(str(w) for w in words)]
        log = self._folder / f"{program}.log"
        with log.open("ab") as output:
            done = subprocess.run(
                command,
                user=self._user,
                extra_groups=[] if self._user else None,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self._folder,
                env={**os.environ, "PGPASSWORD": self.password, "LC_ALL": "C"},
                check=False,
            )
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{log.read_text('utf-8', 'replace')}")

    def make(self) -> None:
        """Make the server's data folder and start it."""
        secret = self._folder / "password"
        secret.write_text(self.password, "utf-8")
        if self._user:
            shutil.chown(self._folder, self._user)
            shutil.chown(secret, self._user)
        options = ("--no-locale", "-E", "UTF8", "-A", "scram-sha-256", "--no-sync")
        self.run("initdb", "-D", self.data, "-U", OWNER, f"--pwfile={secret}", *options)
        self.start()

    @property
    def data(self) -> Path:
        return self._folder / "data"

    def start(self) -> None:
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c fsync=off "
            f"-c unix_socket_directories={self._folder} -c max_connections=40"
        )
        self.run(
            "pg_ctl",
            "-D",
            self.data,
            "-l",
            self._folder / "server.log",
            "-w",
            "-o",
            options,
            "start",
        )

    def stop(self, mode: str = "immediate") -> None:
        self.run("pg_ctl", "-D", self.data, "-w", "-m", mode, "stop")

    def dump(self, database: str) -> Path:
        """Save a database as it is."""
        target = self._folder / f"{database}.dump"
        self.run("pg_dump", *self._client, "-Fc", "-f", target, database)
        return target

    def restore(self, database: str, dump: Path) -> None:
        """Put a saved database in place of what stands there."""
        self.run("pg_restore", *self._client, "--clean", "-d", database, dump)

    @property
    def _client(self) -> tuple[str, ...]:
        return ("-h", "127.0.0.1", "-p", str(self.port), "-U", OWNER)

    def sql(self, database: str, *statements: str) -> list[tuple[object, ...]]:
        """Run statements by hand, each committed; return the rows of the last."""
        rows: list[tuple[object, ...]] = []
        with psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user=OWNER,
            password=self.password,
            dbname=database,
            autocommit=True,
        ) as connection:
            for statement in statements:
                done = connection.execute(sql.SQL(statement))
                rows = done.fetchall() if done.description else []
        return rows

    def address(self, database: str, user: str = OWNER, password: str | None = None) -> str:
        """Return the address that a laptop connects to."""
        from sqlalchemy import URL

        secret = self.password if password is None else password
        url = URL.create("postgresql+psycopg", user, secret, "127.0.0.1", self.port, database)
        return url.render_as_string(hide_password=False)


@contextmanager
def running() -> Iterator[Postgres]:
    """Give a running server; skips the test where none is installed."""
    found = programs()
    if found is None:
        pytest.skip("no PostgreSQL server here: install the package postgresql")
    # Not pytest's folder: the server's own user can't go through that.
    folder = Path(tempfile.mkdtemp(prefix="desk-pg-"))
    server = Postgres(found, folder)
    try:
        server.make()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
