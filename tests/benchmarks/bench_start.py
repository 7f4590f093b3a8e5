"""Process start to a painted window with 10,000 leads, against a bare PySide6 window."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from desktop_app.db.workspace import Workspace
from desktop_app.paths import WorkspacePaths
from desktop_app.services.demo import make_demo
from desktop_app.settings import Settings, save
from tests.benchmarks.measure import report

# Both end in the event loop's first turn after their rows were painted.
BARE = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QTableWidget, QTableWidgetItem
class Window(QTableWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: os._exit(0))
app = QApplication(sys.argv)
window = Window(30, 8)
for row in range(30):
    for column in range(8):
        window.setItem(row, column, QTableWidgetItem("Rheintal Hydraulik AG"))
window.resize(1440, 900)
window.show()
app.exec()
"""

OURS = """
import os, sys
from desktop_app import app as root
first = root.begin
def begin(window):
    from PySide6.QtCore import QEvent, QObject, QTimer
    class Painted(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint and len(model.all_rows()) == 10_000:
                QTimer.singleShot(0, lambda: os._exit(0))
            return False
    window.painted = Painted()
    model = window.view("leads").model
    window.view("leads").table.viewport().installEventFilter(window.painted)
    first(window)
root.begin = begin
root.main(["--workspace", sys.argv[1]])
"""

EVERYTHING = """
import alembic.command, babel.dates, holidays, phonenumbers, pypinyin, python_calamine
import rapidfuzz, reportlab.platypus, PySide6.QtPdf, PySide6.QtPdfWidgets
"""


def walls(commands: list[list[str]], compiled: Path, runs: int = 9) -> list[float]:
    """Return the median seconds of whole runs of each command, by turns, after one to warm up.

    Args:
        commands: what to run.
        compiled: where Python keeps its compiled modules, as an installed app has them.
        runs: how often.
    """
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(compiled)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    times: list[list[float]] = [[] for _ in commands]
    for _ in range(runs + 1):
        for command, seconds in zip(commands, times, strict=True):
            start = time.perf_counter()
            subprocess.run(command, check=True, env=environment)
            seconds.append(time.perf_counter() - start)
    return [statistics.median(seconds[1:]) for seconds in times]


def main() -> None:
    """Measure whole processes: each ends by itself once its first rows are painted."""
    folder = Path(tempfile.mkdtemp())
    workspace = Workspace.open(folder)
    with workspace.write("demo") as session:
        make_demo(session, leads=10_000)
    workspace.close()
    settings = Settings(first_run_done=True, language="zh", theme="light", view="leads")
    save(settings, WorkspacePaths(folder).settings)
    bare, start, everything = walls(
        [
            [sys.executable, "-c", BARE],
            [sys.executable, "-c", OURS, str(folder)],
            [sys.executable, "-c", EVERYTHING],
        ],
        folder / "compiled",
    )
    report(
        name="start to a painted window, 10,000 leads",
        value=f"{start * 1000:.0f} ms",
        baseline=f"a bare PySide6 window with a table: {bare * 1000:.0f} ms",
        ratio=round(start / bare, 2),
        limit="≤ 2.5",
    )
    report(
        name="the same start",
        value=f"{start * 1000:.0f} ms",
        baseline=f"with all libraries imported at start: {(start + everything) * 1000:.0f} ms",
        ratio=round(start / (start + everything), 2),
        limit="< 1",
    )
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
