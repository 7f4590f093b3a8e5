"""What a sync costs: with nothing to do, with little, and for a laptop that joins.

Laptops with some 100,000 changes each, over a folder of this machine.
"""

import datetime as dt
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import text

from desktop_app.db.log import log_cursor, read_changes
from desktop_app.db.models import Base
from desktop_app.db.seal import INSERT_CHANGE, stored_change
from desktop_app.db.workspace import Workspace
from desktop_app.services.demo import make_demo
from desktop_app.sync import team
from desktop_app.sync.laptop import Laptop
from desktop_app.sync.modes import Mode
from tests.benchmarks.measure import median_ms, report, seconds

# Makes some 100,000 changes.
LEADS = int(os.environ.get("LEADS", "12500"))


def timed(run: Callable[[], object]) -> float:
    """Return the seconds of one run."""
    return seconds(run, 1)[0]


def never() -> bool:
    """Say that nobody cancelled."""
    return False


def plain_insert(source: Workspace, folder: Path) -> float:
    """Return the seconds that the same log and records take by plain SQL, in one transaction."""
    empty = Workspace.open(folder / "plain")
    target = empty.paths.database
    empty.close()
    with source.read() as session:
        changes = [stored_change(c) for c in read_changes(log_cursor(session))]
        raw = log_cursor(session)
        records = {
            name: raw.execute(f'SELECT * FROM "{name}"').fetchall() for name in Base.metadata.tables
        }
    connection = driver.connect(str(target))
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("UPDATE installation SET silent = 1")
    connection.commit()

    def insert() -> None:
        connection.executemany(INSERT_CHANGE, changes)
        for name, rows in records.items():
            if rows:
                marks = ",".join("?" * len(rows[0]))
                connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)
        connection.commit()

    taken = timed(insert)
    connection.close()
    return taken


def edit(workspace: Workspace, count: int) -> None:
    """Alter the notes of ``count`` leads, each by a change of its own."""
    with workspace.read() as session:
        ids = session.execute(text("SELECT id FROM lead LIMIT :n"), {"n": count}).scalars().all()
    for lead_id in ids:
        with workspace.write("edit") as session:
            session.execute(
                text("UPDATE lead SET notes = :n WHERE id = :i"),
                {"n": f"{time.time_ns()}", "i": lead_id},
            )


def in_mode(mode: Mode, source: Workspace, folder: Path) -> None:
    """Measure over a shared file of one kind."""
    share = folder / f"share-{mode}"
    share.mkdir()
    a, b = (Workspace.open(folder / f"{mode}-{name}") for name in "ab")
    with source.read() as session:
        changes = read_changes(log_cursor(session))
    for one in (a, b):
        Laptop(one).apply(changes, never)
    team.connect(a, str(share / "team.db"), create=True, mode=mode)
    report(name=f"first publishing of {len(changes):,} changes, {mode} mode", value=ms(a))
    team.connect(b, str(share / "team.db"), mode=mode)
    report(name=f"first sync of one who has them all, {mode} mode", value=ms(b))
    team.sync(a)
    team.sync(b)
    idle = median_ms(seconds(lambda: team.sync(b), 20))
    report(name=f"a sync with nothing to do, {mode} mode", value=f"{idle:.1f} ms", limit="≤ 50 ms")
    edit(a, 1000)
    report(name=f"publishing 1,000 changes, {mode} mode", value=ms(a))
    taken = timed(lambda: team.sync(b))
    report(
        name=f"pulling 1,000 new changes, {mode} mode",
        value=f"{taken * 1000:.0f} ms",
        limit="≤ 1 s",
    )
    before = sizes(share)
    edit(a, 200)
    team.sync(a)
    written = sum(size for name, size in sizes(share).items() if before.get(name) != size)
    limit = {"limit": "≤ 100 kB"} if mode is Mode.FOLDER else {}
    report(name=f"200 changes, written in {mode} mode", value=f"{written / 1000:.0f} kB", **limit)
    for one in (a, b):
        one.close()


def ms(workspace: Workspace) -> str:
    """Return the time of one sync."""
    return f"{timed(lambda: team.sync(workspace)) * 1000:.0f} ms"


def sizes(folder: Path) -> dict[str, Any]:
    """Return the size of each file of a share, by name."""
    return {str(f.relative_to(folder)): f.stat().st_size for f in folder.rglob("*") if f.is_file()}


def main() -> None:
    """Measure in a throwaway folder."""
    folder = Path(tempfile.mkdtemp())
    source = Workspace.open(folder / "source")
    with source.write("demo") as session:
        make_demo(session, leads=LEADS, seed=1, today=dt.date(2026, 11, 1))
    with source.read() as session:
        changes = read_changes(log_cursor(session))
    base = plain_insert(source, folder)
    joined = Workspace.open(folder / "joined")
    merged = timed(lambda: Laptop(joined).apply(changes, never))
    joined.close()
    report(
        name=f"merging {len(changes):,} changes into an empty laptop",
        value=f"{merged:.1f} s",
        baseline=f"the same log and records by plain SQL: {base:.1f} s",
        ratio=round(merged / base, 2),
        limit="≤ 4",
    )
    for mode in (Mode.DRIVE, Mode.FOLDER):
        in_mode(mode, source, folder)
    source.close()
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
