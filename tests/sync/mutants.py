"""Rules of the merge and the exchange broken on purpose, one at a time, before a test run.

As a plug-in (``pytest -p tests.sync.mutants`` with ``SYNC_MUTANT`` set) it alters one line of one
module as that is imported; ``python -m tests.sync.mutants`` breaks every rule in turn and says
which tests noticed.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, ModuleType
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
SIMULATOR = "tests/sync/test_simulator.py"
SCENARIOS = "tests/sync/test_scenarios.py"


class Mutant(NamedTuple):
    """One line of one module, and what stands there instead."""

    module: str
    old: str
    new: str
    tests: tuple[str, ...] = (SIMULATOR, "--seeds=50", "-k=all_laptops")


def _scenario(words: str) -> tuple[str, ...]:
    return (SCENARIOS, f"-k={words}")


CHANGE, SEAL = "desktop_app.db.change", "desktop_app.db.seal"
MERGE, RUN = "desktop_app.db.merge", "desktop_app.sync.run"
FILE_HUB, DRIVE = "desktop_app.sync.file_hub", "desktop_app.sync.drive"
UNKNOWN = "new = list({c.id: c for c in changes if c.id not in known}.values())"
MISSING = "missing = log.missing_from(reading.ids, position)"

MUTANTS = {
    "the smallest answer wins": Mutant(CHANGE, "winner = max(at_head)", "winner = min(at_head)"),
    "heads ignore parents": Mutant(
        CHANGE, "return [e for e in entered if e.id not in replaced]", "return entered"
    ),
    "the clock beats what was seen": Mutant(
        CHANGE,
        "return [e for e in entered if e.id not in replaced]",
        "return [max(entered)]",
    ),
    "a delete always wins": Mutant(
        CHANGE, "deleted.value and _edited_unseen(heads)", "deleted.value and False"
    ),
    "answers that differ are no conflict": Mutant(
        CHANGE, "any(e.value != winner.value for e in at_head)", "False"
    ),
    "an edit replaces what its maker had not seen": Mutant(
        SEAL, "before = seen.get(column)", "before = cells.get(column)"
    ),
    "an edit replaces only one of the answers": Mutant(
        SEAL, "set(before.heads) if before", "set(before.heads[:1]) if before"
    ),
    "a delete names only the mark's parents": Mutant(
        SEAL, "parents = {head for c in seen.values() for head in c.heads}", "pass"
    ),
    "what a clock far ahead wrote is refused": Mutant(
        MERGE,
        UNKNOWN,
        UNKNOWN.replace("not in known", "not in known and c.hlc < clock_now() + MOST_AHEAD"),
        _scenario("year_ahead"),
    ),
    "a copy's work passes for one's own": Mutant(
        MERGE,
        "if any(change.stream == stream for change in new):",
        "if False:",
        _scenario("copys_edits"),
    ),
    "the id is not hashed again": Mutant(
        "desktop_app.sync.hub_file",
        "if change.id != change_id.hex():",
        "if False:",
        _scenario("forged"),
    ),
    "what the hub lacks counts as deleted": Mutant(RUN, MISSING, "missing = []"),
    "each laptop pushes its own work only": Mutant(
        RUN, MISSING, f"{MISSING}; missing = [c for c in missing if c.stream == log.stream]"
    ),
    "what was pushed once is never pushed again": Mutant(
        RUN, MISSING, "missing = log.since(memory.compared, position)"
    ),
    "parts count as read though nothing was compared": Mutant(
        RUN, "    parts = reading.parts", "    parts = memory.parts = reading.parts"
    ),
    "the memory is trusted blindly": Mutant(FILE_HUB, "if not ours or found.lost:", "if not ours:"),
    "what conflict copies hold is left there": Mutant(
        FILE_HUB,
        "reading.strays = {c.id for c in reading.changes} - held",
        "pass",
        _scenario("conflict_copy"),
    ),
    "the file of who came next is remembered as one's own": Mutant(
        DRIVE,
        "parts[self._name] = Part(put, part.count, part.xor)",
        "parts[self._name] = Part(self._share.stamp(self._name), part.count, part.xor)",
        (SIMULATOR, "-k=between_any_two_steps"),
    ),
}


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads a module with one line altered, past the compiled one."""

    mutant: Mutant

    def get_code(self, fullname: str) -> CodeType:
        """Return the altered code."""
        path = self.get_filename(fullname)
        text = Path(path).read_text("utf-8")
        if self.mutant.old not in text:
            raise LookupError(f"{fullname} has no line {self.mutant.old!r}")
        return compile(text.replace(self.mutant.old, self.mutant.new), path, "exec")


class _Finder(importlib.abc.MetaPathFinder):
    """Finds the one module that is altered."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return how to load it."""
        if fullname != self.mutant.module:
            return None
        file = ROOT.joinpath(*fullname.split(".")).with_suffix(".py")
        loader = _Loader(fullname, str(file))
        loader.mutant = self.mutant
        return importlib.util.spec_from_file_location(fullname, file, loader=loader)


def noticed(name: str) -> bool:
    """Break one rule and say whether a test fails.

    Raises:
        RuntimeError: the tests could not run at all.
    """
    options = ("-p", "tests.sync.mutants", "-p", "no:cacheprovider", "-q", "-x", "--no-header")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *MUTANTS[name].tests],
        cwd=ROOT,
        env={**os.environ, "SYNC_MUTANT": name},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stdout + done.stderr)
    return done.returncode == 1


if os.environ.get("SYNC_MUTANT"):
    sys.meta_path.insert(0, _Finder(MUTANTS[os.environ["SYNC_MUTANT"]]))

if __name__ == "__main__":
    for one in MUTANTS:
        sys.stdout.write(f"{'noticed' if noticed(one) else 'MISSED '}  {one}\n")
        sys.stdout.flush()
