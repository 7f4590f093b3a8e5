"""A laptop with the version before cases and approvals shares a team with one that has them."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
MIGRATION = "*0004_after_signing*"


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """The code as it was before what comes after signing."""
    if shutil.which("git") is None:
        pytest.skip("there is no git here to take the older version from")
    log = ["git", "log", "--diff-filter=A", "--format=%H", "--", MIGRATION]
    found = subprocess.run(log, cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode or not found.stdout.split():
        pytest.skip("no git history here to take the older version from")
    packed, code = tmp_path / "older.tar", tmp_path / "older"
    # Of a shallow clone git knows no commit before its first.
    archive = ["git", "archive", "-o", str(packed), f"{found.stdout.split()[-1]}^"]
    if subprocess.run(archive, cwd=ROOT, capture_output=True, check=False).returncode:
        pytest.skip("the git history here does not reach back to the older version")
    with tarfile.open(packed) as opened:
        opened.extractall(code, filter="data")
    return code


def run(code: Path, workspace: Path, *words: str) -> Any:
    """Run a command of a version in a process of its own and return what it printed."""
    command = [sys.executable, "-m", "desktop_app", "--workspace", str(workspace), "--json", *words]
    environment = {**os.environ, "PYTHONPATH": str(code), "PYTHONSAFEPATH": "1"}
    done = subprocess.run(
        command, cwd=code, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    text = done.stdout.strip()
    # A new record is told by its id alone.
    return text if words[0] == "add" else json.loads(text or "null")


@pytest.mark.parametrize("mode", ["drive", "folder"])
def test_what_an_older_laptop_does_not_know_it_keeps(
    older: Path, tmp_path: Path, mode: str
) -> None:
    old, new, team = tmp_path / "old", tmp_path / "new", str(tmp_path / "team.desk")
    company = run(ROOT, new, "add", "companies", "name=Eins AG")
    lead = run(ROOT, new, "add", "leads", f"company={company}", "title=阀")
    case = run(ROOT, new, "add", "cases", f"lead={lead}", "title=用地")
    run(ROOT, new, "connect", team, "--create", "--mode", mode, "--as", "王敏")

    run(older, old, "connect", team, "--mode", mode, "--as", "李强")
    assert [one["id"] for one in run(older, old, "list", "leads")] == [lead]
    run(older, old, "set", "leads", lead, "title=液压阀")
    run(older, old, "sync")
    run(ROOT, new, "sync")
    assert run(ROOT, new, "show", "leads", lead)["title"] == "液压阀"
    run(ROOT, new, "set", "cases", case, "title=用地指标")
    run(ROOT, new, "sync")
    run(older, old, "sync")

    # The same laptop with today's version finds what it kept, without syncing again.
    assert run(ROOT, old, "show", "cases", case)["title"] == "用地指标"
    run(ROOT, old, "check")
    run(ROOT, new, "check")
