"""What the app says after it was killed: what it kept."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from desktop_app import i18n
from desktop_app.db.models import Company
from desktop_app.db.workspace import Workspace
from desktop_app.ui.ended_well import EndMark, kept_text


def test_a_window_that_was_closed_leaves_nothing_to_say(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path)
    mark = EndMark(workspace)
    assert mark.begin() is None
    mark.end()
    assert EndMark(workspace).begin() is None
    workspace.close()


def test_after_a_crash_it_says_how_many_changes_are_there(tmp_path: Path) -> None:
    i18n.set_language("en")
    workspace = Workspace.open(tmp_path)
    EndMark(workspace).begin()
    for name in ("Uetliberg AG", "Limmat GmbH"):
        with workspace.write("add") as session:
            session.add(Company(name=name))
    kept = EndMark(workspace).begin()
    assert kept is not None
    assert kept.changes == 2
    assert "All 2 changes" in kept_text(kept)
    workspace.close()


def test_a_torn_mark_is_a_crash_without_changes_to_tell_of(tmp_path: Path) -> None:
    i18n.set_language("zh")
    workspace = Workspace.open(tmp_path)
    (tmp_path / "running.json").write_bytes(b"{")
    kept = EndMark(workspace).begin()
    assert kept is not None
    assert "数据完好" in kept_text(kept)
    workspace.close()


def test_a_killed_window_leaves_its_mark(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "desktop_app", "--workspace", str(tmp_path), "--demo-if-empty"]
    window = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    mark = tmp_path / "running.json"
    for _turn in range(200):
        if mark.exists():
            break
        time.sleep(0.1)
    window.send_signal(signal.SIGKILL)
    window.wait()
    workspace = Workspace.open(tmp_path)
    assert EndMark(workspace).begin() is not None
    workspace.close()
