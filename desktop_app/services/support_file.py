"""A file that a user can send when something went wrong: versions and counts, no names, no data."""

import datetime as dt
import importlib.metadata
import platform
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from desktop_app import __version__
from desktop_app.db.change import DATABASE_VERSION
from desktop_app.db.driver import Source, plain
from desktop_app.services.record_texts import KINDS
from desktop_app.services.whole_file import write_whole

_PACKAGES = ("PySide6_Essentials", "SQLAlchemy", "sqlcipher3", "reportlab")
_LOG_LINES = 400
_FIRST = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d+ (\w+) (\S+) ")
_PLACE = re.compile(r'\s+File "(.*)", line (\d+), in (\S+)')
_FAULT = re.compile(r"([A-Za-z_][\w.]*(?:Error|Exception|Warning|Interrupt|Exit))\b")


def log_without_data(lines: Iterable[str]) -> Iterator[str]:
    """Yield a log's lines with all that may name somebody left out.

    Of a message its time, level and source stay; of a traceback the places in code and the class
    of the error. What was said in words is dropped: it may hold a name or a path.
    """
    for line in lines:
        if first := _FIRST.match(line):
            yield f"{first[1]} {first[2]} {first[3]}"
        elif place := _PLACE.match(line):
            yield f"  {_short(place[1])}:{place[2]} {place[3]}"
        elif fault := _FAULT.match(line):
            yield f"  {fault[1]}"


def _short(path: str) -> str:
    """Return a source path from the package on: what stands before it may be a user's name."""
    parts = re.split(r"[\\/]", path)
    for root in ("desktop_app", "site-packages"):
        if root in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return parts[-1]


def support_lines(source: Source, folder: Path, more: dict[str, Any]) -> list[str]:
    """Return the lines of the file.

    Args:
        source: to count by.
        folder: the workspace's.
        more: what the window knows, of plain values: language, scale, screens.
    """
    read = plain(source)
    lines = [
        f"Invest Desk {__version__}, database {DATABASE_VERSION}",
        f"Python {platform.python_version()}, SQLite "
        + read.execute("SELECT sqlite_version()").fetchone()[0],
        f"{platform.system()} {platform.release()} {platform.machine()}",
        *(f"{name} {_version(name)}" for name in _PACKAGES),
        f"packed: {getattr(sys, 'frozen', False)}",
        *(f"{name}: {value}" for name, value in more.items()),
        "",
    ]
    for kind, model in KINDS.items():
        table = model.__tablename__
        count, gone = read.execute(
            f'SELECT count(*), sum(deleted IS 1) FROM "{table}"'  # the word case needs quotes
        ).fetchone()
        lines.append(f"{kind}: {count} ({gone or 0} deleted)")
    changes = read.execute("SELECT count(*), count(DISTINCT stream) FROM change").fetchone()
    team = read.execute("SELECT mode, last_state FROM link").fetchone()
    database = folder / "workspace.db"
    lines += [
        f"changes: {changes[0]} of {changes[1]} laptops",
        f"sync: {' '.join(str(part) for part in team) if team else 'none'}",
        f"database: {database.stat().st_size if database.exists() else 0} bytes",
        f"free on its disk: {shutil.disk_usage(folder).free} bytes",
        f"attachments: {sum(1 for _ in (folder / 'files').glob('*'))}",
        "",
    ]
    return lines


def write_support_file(
    source: Source, folder: Path, path: Path, more: dict[str, Any] | None = None
) -> None:
    """Write the file, whole or not at all.

    Raises:
        DeskError: ``cannot_write``.
    """
    lines = support_lines(source, folder, more or {})
    lines.append(f"made {dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC; log, newest last:")
    try:
        with (folder / "invest-desk.log").open(encoding="utf-8", errors="replace") as log:
            lines += list(log_without_data(log))[-_LOG_LINES:]
    except OSError:
        lines.append("no log")
    write_whole(path, ("\n".join(lines) + "\n").encode())


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "?"
