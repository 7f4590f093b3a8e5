"""Five laptops as real processes, killed at any moment, end equal and have lost nothing.

This is what the whole sync is for: each value that a process had committed is at the end what
stands, was replaced by somebody who had seen it, or is listed as one of a conflict's answers.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from desktop_app.db.check import check
from desktop_app.db.log_values import sorted_columns
from desktop_app.db.models import Base
from desktop_app.db.workspace import Workspace
from desktop_app.sync import conflicts, team
from desktop_app.sync.modes import Mode
from tests.sync.laptops import add, logged

ROOT = Path(__file__).resolve().parents[2]
LAPTOPS = "abcde"
# So many edits have to be made, or the test has shown nothing.
ENOUGH = 50

pytestmark = pytest.mark.skipif(os.name == "nt", reason="SIGKILL")

#: How long it runs, in seconds; the minutes are for --long.
TIMES = [8, pytest.param(240, marks=pytest.mark.long)]


class Team:
    """Five workspaces, the processes that work in them, and what they noted."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.random = random.Random(seed)
        self.kills = 0
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    @contextmanager
    def open(self) -> Iterator[dict[str, Workspace]]:
        """Open every laptop's workspace for a while."""
        with ExitStack() as stack:
            yield {
                name: stack.enter_context(closing(Workspace.open(self.folder / "laptops" / name)))
                for name in LAPTOPS
            }

    def join(self, locations: dict[str, Path], mode: Mode, made: Callable[[], None]) -> None:
        """Let the first laptop make the shared file, and the others join; all know some records."""
        with self.open() as workspaces:
            for n in range(4):
                add(workspaces["a"], "companies", name=f"Gemeinsam {n} AG")
            for name, one in workspaces.items():
                team.connect(one, str(locations[name]), create=name == "a", mode=mode)
                assert team.sync(one).state is team.State.IN_SHARED_FILE
                if name == "a":
                    made()

    def notes(self, name: str) -> Path:
        """Return the file in which a laptop notes what it committed."""
        return self.folder / f"notes-{name}"

    def start(self, name: str) -> None:
        """Let somebody work at a laptop."""
        words = [str(self.folder / "laptops" / name), str(self.notes(name))]
        with (self.folder / f"errors-{name}").open("ab") as errors:
            self._processes[name] = subprocess.Popen(
                [sys.executable, "-m", "tests.sync.worker", *words, str(self.random.random())[2:]],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"},
                stderr=errors,
            )

    def noted(self) -> list[str]:
        """Return what the laptops noted, without a line at which one was killed."""
        files = [self.notes(name) for name in LAPTOPS if self.notes(name).exists()]
        lines = (line for file in files for line in file.read_text("utf-8").splitlines(True))
        return [line for line in lines if line.endswith("\n")]

    def kill(self, name: str) -> None:
        """Take a laptop's power away."""
        process = self._processes.pop(name)
        process.kill()
        process.wait()
        self.kills += 1

    def run(self, seconds: float, between: Callable[[], None]) -> None:
        """Let all work, and kill one after another at random; on a slow machine for longer."""
        begun = time.monotonic()
        for name in LAPTOPS:
            self.start(name)
        while (lasted := time.monotonic() - begun) < 5 * seconds:
            if lasted > seconds and self.kills > len(LAPTOPS) and len(self.noted()) > ENOUGH:
                break
            time.sleep(self.random.uniform(0.1, 0.6))
            between()
            if self.random.random() < 0.25:
                name = self.random.choice(LAPTOPS)
                # Whoever has not begun to work yet has nothing to lose.
                if self._processes[name].poll() is None and not self.notes(name).exists():
                    continue
                self.kill(name)
                self.start(name)
        self.stop()

    def stop(self) -> None:
        """Kill all."""
        for name in list(self._processes):
            self.kill(name)

    def faults(self) -> str:
        """Return what the processes said before they died of themselves."""
        return "".join(p.read_text("utf-8") for p in sorted(self.folder.glob("errors-*")))


@pytest.fixture
def five(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Team]:
    """Return a team whose processes end with the test."""
    made = Team(tmp_path, seed=time.time_ns())
    yield made
    made.stop()


def settle_down(workspaces: list[Workspace], between: Callable[[], None]) -> None:
    """Sync every laptop until nobody has anything new."""
    # One who is killed between making the lock and signing it leaves a lock of nobody's: it counts
    # as stale after two minutes only.
    patience = time.monotonic() + 150
    for _ in range(12):
        moved = 0
        for one in workspaces:
            between()
            result = team.sync(one)
            while result.state is team.State.BUSY and time.monotonic() < patience:
                result = team.sync(one)
            assert result.state is team.State.IN_SHARED_FILE, result.problems
            moved += result.pulled + result.pushed
        if not moved:
            return
    raise AssertionError("the laptops never settle down")


def rows(workspace: Workspace) -> dict[str, list[Any]]:
    """Return all that the records' tables hold, in one order."""
    with workspace.read() as session:
        connection = session.connection()
        found = {}
        for name in sorted(Base.metadata.tables):
            columns = ", ".join(f'"{c}"' for c in ("id", *sorted_columns(name)))
            text = f'SELECT {columns} FROM "{name}" ORDER BY id'
            found[name] = [tuple(r) for r in connection.exec_driver_sql(text)]
        disputed = connection.exec_driver_sql("SELECT * FROM conflict ORDER BY 1, 2, 3")
        return found | {"conflict": [tuple(r) for r in disputed]}


def assert_nothing_lost(workspace: Workspace, noted: list[str]) -> None:
    """Find each noted value: it stands, was replaced knowingly, or is an answer of a conflict."""
    made: dict[tuple[str, str], Any] = {}
    replaced: set[tuple[str, str]] = set()
    for change in logged(workspace):
        fields = json.loads(change.fields)
        made[change.tx, change.row] = (change.id, fields)
        replaced |= {(change.row, p) for _, parents in fields.values() for p in parents}
    with workspace.read() as session:
        answers = {
            (c.table, c.row, c.column, side.value)
            for c in conflicts.conflicts(session)
            for side in c.sides
        }
        standing = {
            (table.name, row.id): row
            for table in Base.metadata.sorted_tables
            for row in session.execute(table.select())
        }
    for line in noted:
        table, row, tx, fields = json.loads(line)
        change_id, logged_fields = made[tx, row]
        for column, value in fields.items():
            if column not in logged_fields:
                # The number that stood there already.
                assert isinstance(value, int)
                continue
            assert logged_fields[column][0] == value, (table, row, column)
            assert (
                getattr(standing[table, row], column) == value
                or (row, change_id) in replaced
                or (table, row, column, value) in answers
            ), f"{value!r} is lost: {table} {row} {column}"


def assert_all_is_well(five: Team, workspaces: list[Workspace]) -> None:
    """Compare the laptops with one another and with what was noted."""
    faults = five.faults()
    assert not faults, faults[-3000:]
    first, *others = workspaces
    expected, known = rows(first), {c.id for c in logged(first)}
    for other in others:
        assert {c.id for c in logged(other)} == known
        assert rows(other) == expected
    for one in workspaces:
        report = check(one)
        assert report.ok, report.problems
    assert_nothing_lost(first, five.noted())
    assert five.kills > len(LAPTOPS)
    assert len(five.noted()) > ENOUGH


@pytest.mark.parametrize("seconds", TIMES)
def test_five_killed_processes_sync_through_one_file(five: Team, seconds: int) -> None:
    share = five.folder / "办公室 share" / "team.db"
    share.parent.mkdir()
    five.join(dict.fromkeys(LAPTOPS, share), Mode.DRIVE, lambda: None)
    five.run(seconds, lambda: None)
    with five.open() as workspaces:
        settle_down(list(workspaces.values()), lambda: None)
        assert_all_is_well(five, list(workspaces.values()))


@pytest.mark.parametrize("seconds", TIMES)
def test_five_killed_processes_sync_through_folders_copied_by_hand(
    five: Team, seconds: int
) -> None:
    folders = {name: five.folder / f"文件夹 {name}" for name in LAPTOPS}

    def copy(source: Path, target: Path) -> None:
        """Copy what is newer, as a person does with a stick: now whole, now slowly."""
        for file in (p for p in source.rglob("*") if p.is_file()):
            other = target / file.relative_to(source)
            try:
                if other.exists() and other.stat().st_mtime_ns >= file.stat().st_mtime_ns:
                    continue
                other.parent.mkdir(parents=True, exist_ok=True)
                if five.random.random() < 0.1:
                    shutil.copy2(file, other)
                else:
                    part = other.with_name(f"{other.name}.copying")
                    shutil.copy2(file, part)
                    part.replace(other)
            except FileNotFoundError:
                # Its owner has just put another in its place.
                continue

    def copy_some() -> None:
        source, target = five.random.sample(LAPTOPS, 2)
        copy(folders[source], folders[target])

    def copy_all() -> None:
        for source in LAPTOPS:
            for target in LAPTOPS:
                copy(folders[source], folders[target])

    for folder in folders.values():
        folder.mkdir()
    five.join({name: folders[name] / "team.db" for name in LAPTOPS}, Mode.FOLDER, copy_all)
    five.run(seconds, copy_some)
    with five.open() as workspaces:
        settle_down(list(workspaces.values()), copy_all)
        assert_all_is_well(five, list(workspaces.values()))
