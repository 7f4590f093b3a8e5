"""How long the window stands still at most while a sync runs behind it."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QObject, QTimer

from desktop_app import app as root
from desktop_app import i18n
from desktop_app.db.workspace import Workspace
from desktop_app.paths import WorkspacePaths
from desktop_app.services.demo import make_demo
from desktop_app.settings import Settings
from desktop_app.sync import team
from desktop_app.ui.shell import MainWindow
from tests.benchmarks.bench_sync import edit
from tests.benchmarks.measure import report

# Makes some 100,000 changes.
LEADS = int(os.environ.get("LEADS", "12500"))


class Watchdog(QObject):
    """Notes the longest time between two turns of the event loop."""

    def __init__(self) -> None:
        """Begin to watch."""
        super().__init__()
        self.longest, self.at = 0.0, time.perf_counter()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(1)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self.at)
        self.at = now

    def stop(self) -> float:
        """Return the longest standstill in milliseconds."""
        self._timer.stop()
        return self.longest * 1000


def frozen(window: MainWindow, act: Callable[[], object]) -> tuple[float, float]:
    """Return the longest standstill during a sync and what follows it, and how long it took."""
    qt = root.make_app()
    ended: list[object] = []
    window.sync.runner.finished.connect(ended.append)
    watchdog, start = Watchdog(), time.perf_counter()
    act()
    while not ended:
        qt.processEvents()
    taken = time.perf_counter() - start
    # What follows: views that read again, the counts, the state at the foot.
    until = time.perf_counter() + 1.5
    while time.perf_counter() < until:
        qt.processEvents()
    window.sync.runner.finished.disconnect(ended.append)
    return watchdog.stop(), taken


def show(folder: Path, view: str) -> MainWindow:
    """Return a window on a view, at rest."""
    settings = Settings(first_run_done=True, language="zh", view=view)
    window = root.make_window(root.make_app(), WorkspacePaths(folder), settings)
    assert window is not None
    window.show()
    window.show_view(view)
    for _ in range(100):
        root.make_app().processEvents()
    return window


def main() -> None:
    """Let a colleague work on the same leads, and sync behind an open window."""
    i18n.set_language("zh")
    folder = Path(tempfile.mkdtemp())
    (folder / "share").mkdir()
    file = str(folder / "share" / "team.db")
    other = Workspace.open(folder / "other")
    with other.write("demo") as session:
        make_demo(session, leads=LEADS)
    team.connect(other, file, create=True)
    team.sync(other)
    empty = Workspace.open(folder / "mine")
    team.connect(empty, file)
    empty.close()
    window = show(folder / "mine", "leads")
    sync = window.sync.runner.sync_now
    for name, count in (
        ("taking up 100,000 changes", 0),
        ("with nothing to do", 0),
        ("taking up 1,000 changes", 1000),
        ("taking up one change", 1),
    ):
        edit(other, count)
        team.sync(other)
        longest, taken = frozen(window, sync)
        report(
            name=f"longest standstill of the leads view, {name}",
            value=f"{longest:.0f} ms in {taken:.2f} s",
            limit="≤ 50 ms",
        )
    for view in ("desk", "follow-ups", "companies", "trips", "incoming"):
        window.show_view(view)
        for _ in range(100):
            root.make_app().processEvents()
        edit(other, 1000)
        team.sync(other)
        longest, taken = frozen(window, sync)
        report(
            name=f"longest standstill of {view}, taking up 1,000 changes",
            value=f"{longest:.0f} ms in {taken:.2f} s",
            limit="≤ 50 ms",
        )
    edit(window.store.workspace, 1000)
    longest, taken = frozen(window, sync)
    report(
        name="longest standstill while 1,000 changes go out",
        value=f"{longest:.0f} ms in {taken:.2f} s",
        limit="≤ 50 ms",
    )
    window.sync.stop()
    window.store.workspace.close()
    other.close()
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
