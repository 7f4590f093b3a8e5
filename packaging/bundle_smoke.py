"""Tries a bundled program out: `bundle_smoke.py PROGRAM`; also runs where only it is installed.

Only the standard library, and for any Python from 3.9: clean systems have no newer one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

AWKWARD = "招商 工作台 (试用)"


def run(program: Path, *words: str | Path, env: dict[str, str] | None = None) -> str:
    """Runs the program; returns what it printed, and ends with its message if it refused."""
    command = [str(program), *map(str, words)]
    done = subprocess.run(
        command,
        capture_output=True,
        env={**os.environ, "PYTHONUTF8": "1", **(env or {})},
        check=False,
        timeout=300,
    )
    out, said = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{said}{out}")
    return out


def whole(path: Path, least: int, start: bytes) -> None:
    """Sees that a file was made and is what it should be."""
    data = path.read_bytes() if path.is_file() else b""
    if len(data) < least or not data.startswith(start):
        sys.exit(f"{path.name} was not made as it should be ({len(data)} bytes).")


def views_of(program: Path, workspace: Path) -> list[str]:
    """Returns the views that pictures can be taken of, as the program names them."""
    command = [str(program), "--workspace", str(workspace), "screenshot", "?", "none.png"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=300)
    said = done.stderr.decode("utf-8", "replace").splitlines()
    [line] = [line for line in said if line.startswith("?: ")]
    return line[3:].split(", ")


def try_records(program: Path, folder: Path) -> str:
    """Makes the demonstration team and prints its papers; returns the trip."""
    one = ("--workspace", folder / "one")
    run(program, *one, "demo")
    trips = json.loads(run(program, *one, "list", "trips"))
    trip = str(max(trips, key=lambda row: str(row["starts_on"] or ""))["id"])
    for lang in ("zh", "en"):
        paper = folder / f"briefing-{lang}.pdf"
        run(program, *one, "pdf", "trip-briefing", trip, paper, "--lang", lang)
        whole(paper, 50_000, b"%PDF")
    report = folder / "report.docx"
    run(program, *one, "docx", "trip-report", trip, report)
    whole(report, 5_000, b"PK")
    for what, name in (("leads", "leads.xlsx"), ("contacts", "contacts.vcf")):
        run(program, *one, "export", what, folder / name)
        whole(folder / name, 5_000, b"PK" if name.endswith("xlsx") else b"BEGIN")
    run(program, *one, "export", "trip", trip, folder / "trip.ics")
    whole(folder / "trip.ics", 1_000, b"BEGIN")
    run(program, "--workspace", folder / "read", "import", folder / "leads.xlsx")
    run(program, *one, "check")
    return trip


def try_sync(program: Path, folder: Path, trip: str) -> None:
    """Lets two laptops share a protected file."""
    secret = {"INVEST_DESK_PASSPHRASE": "correct horse 电池"}
    one, two = ("--workspace", folder / "one"), ("--workspace", folder / "two")
    shared = folder / "share"
    shared.mkdir()
    run(program, *one, "connect", shared / "team.db", "--create", env=secret)
    run(program, *one, "sync", env=secret)
    run(program, *two, "connect", shared / "team.db", env=secret)
    run(program, *two, "sync", env=secret)
    theirs = json.loads(run(program, *two, "list", "trips", env=secret))
    if trip not in {row["id"] for row in theirs}:
        sys.exit("The trip did not come to the second laptop.")
    whole(shared / "team.db", 50_000, b"")


def try_views(program: Path, folder: Path) -> int:
    """Takes a picture of every view; returns how many."""
    workspace = folder / "one"
    views = views_of(program, workspace)
    for number, view in enumerate(views):
        lang, theme = ("zh", "light") if number % 2 else ("en", "dark")
        picture = folder / f"{view}.png"
        words = ("--lang", lang, "--workspace", workspace, "screenshot", view, picture)
        run(program, *words, "--theme", theme)
        whole(picture, 5_000, b"\x89PNG")
    errors = (
        (workspace / "invest-desk.log").read_text("utf-8")
        if (workspace / "invest-desk.log").is_file()
        else ""
    )
    if "Traceback" in errors:
        sys.exit(f"The program's log tells of errors:\n{errors}")
    return len(views)


def try_portable(program: Path, folder: Path) -> None:
    """Runs a copy made portable from a folder with Chinese and spaces in its name."""
    place = folder / AWKWARD
    shutil.copytree(program.parent, place, symlinks=True)
    (place / "portable.txt").touch()
    run(place / program.name, "add", "companies", "name=联博")
    if not (place / "data" / "workspace.db").is_file():
        sys.exit("The portable program did not keep its data beside it.")
    shutil.rmtree(place / "data")
    # In the way of the folder: refused as a read-only stick refuses, also for root.
    (place / "data").touch()
    done = subprocess.run(
        [str(place / program.name), "list", "companies"],
        capture_output=True,
        check=False,
        timeout=300,
    )
    said = done.stderr.decode("utf-8", "replace")
    if done.returncode != 1 or "portable.txt" not in said or "Traceback" in said:
        sys.exit(f"The portable program did not say why it cannot write:\n{said}")
    shutil.rmtree(place)


def main() -> int:
    """Tries all of it."""
    program = Path(sys.argv[1]).resolve()
    installed = "--installed" in sys.argv
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="smoke-") as name:
        folder = Path(name)
        version = run(program, "--version").strip()
        trip = try_records(program, folder)
        try_sync(program, folder, trip)
        views = try_views(program, folder)
        if not installed:
            try_portable(program, folder)
    seconds = time.monotonic() - started
    print(f"Version {version} runs: papers, exchange, sync, {views} views; {seconds:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
