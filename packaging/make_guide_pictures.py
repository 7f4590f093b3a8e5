"""Make the pictures of the user guide from the app itself, so that they never go stale.

Use: ``.venv/bin/python packaging/make_guide_pictures.py``; ``PICTURES`` is the list of them all.
"""

import datetime as dt
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from desktop_app import app as root
from desktop_app import settings as settings_file
from desktop_app.i18n import LANGUAGES, set_language
from desktop_app.paths import WorkspacePaths, resource
from desktop_app.ui import screenshot
from desktop_app.ui.fonts import font
from desktop_app.ui.shell import MainWindow
from make_pictures import _disagree, desk

SIZE = (1180, 720)
# Fewer colours than this show in the soft greys of a window.
COLOURS = 96
_DOT = 26
# Seconds in which the pages of a paper are surely drawn.
_DRAWN = 6


class Picture(NamedTuple):
    """One picture: how the app comes to show it, what is numbered, and its height if cut."""

    name: str
    show: Callable[[MainWindow], object]
    marks: Callable[[MainWindow], list[QWidget]] = lambda _window: []
    height: int = 0


def _shown(view: str) -> Callable[[MainWindow], object]:
    return screenshot.VIEWS[view]


def _paper(name: str) -> Callable[[MainWindow], object]:
    """Return what shows a paper, and waits for its pages to be drawn."""

    def show(window: MainWindow) -> None:
        screenshot.VIEWS[name](window)
        until = time.monotonic() + _DRAWN
        while time.monotonic() < until:
            screenshot.settle()

    return show


def _trips(window: MainWindow) -> Any:
    window.show_view("trips")
    screenshot.settle()
    return window.view("trips")


def _new_trip(window: MainWindow) -> None:
    """Fill in the panel of a new trip as the guide tells it."""
    view = _trips(window)
    view.new_record()
    panel = view.new_trip
    first = dt.date(dt.date.today().year + 1, 3, 8)
    panel.first.set_value(first)
    panel.last.set_value(first + dt.timedelta(days=5))
    panel.cities.set_value("苏黎世，慕尼黑" if root_language() == "zh" else "Zürich, München")


def _new_trip_parts(window: MainWindow) -> list[QWidget]:
    view: Any = window.view("trips")
    panel = view.new_trip
    return [panel.title, panel.first, panel.cities, panel.create_button]


def _programme_parts(window: MainWindow) -> list[QWidget]:
    view: Any = window.view("trips")
    return [view.header.meeting, view.programme, view.pane.checks, view.header.briefing]


def _meeting(window: MainWindow) -> None:
    """Open the sheet of the first meeting of the trip."""
    view = _trips(window)
    meetings = [one for one in view._screen.rows() if one.kind == "meeting"]
    view.open_meeting(meetings[0].record_id)


def _ledger(window: MainWindow) -> None:
    """Open the import of the demonstration ledger."""
    window.import_file(resource("demo", "ledger.xlsx"))
    for _turn in range(10):
        screenshot.settle()


def root_language() -> str:
    """Return the language in which pictures are being made."""
    from desktop_app.i18n import language

    return language()


def _frame(window: MainWindow) -> list[QWidget]:
    nav: Any = window.navigation
    return [nav._items["leads"], nav._items["settings"], nav.foot, window.view("desk")]


def _lead_parts(window: MainWindow) -> list[QWidget]:
    from desktop_app.ui.widgets.search_box import SearchBox

    view: Any = window.view("leads")
    from desktop_app.ui.leads.lead_pane import LeadPane
    from desktop_app.ui.leads.stage_bar import StageBar

    return [
        next(w for w in view.findChildren(kind) if w.isVisible())
        for kind in (SearchBox, LeadPane, StageBar)
    ]


PICTURES = (
    Picture("first-start", _shown("first-run-3")),
    Picture("window", _shown("desk"), _frame),
    Picture("palette", _shown("palette"), height=420),
    Picture("leads", _shown("leads"), _lead_parts),
    Picture("board", _shown("board"), height=460),
    Picture("new-trip", _new_trip, _new_trip_parts, 460),
    Picture("trip", _shown("trips"), _programme_parts),
    Picture("meeting", _meeting),
    Picture("briefing", _paper("trip-briefing")),
    Picture("follow-ups", _shown("follow-ups")),
    Picture("paper", _paper("lead-brief")),
    Picture("report", _paper("trip-report")),
    Picture("import", _ledger),
    Picture("sync", _shown("sync")),
    Picture("conflicts", _shown("conflicts")),
    Picture("cases", _shown("cases")),
    Picture("approvals", _shown("approvals")),
    Picture("year", _shown("figures")),
    Picture("settings", _shown("settings"), height=330),
    Picture("shortcuts", _shown("shortcuts")),
)


def main() -> None:
    """Write all pictures in both languages; with names or languages, only those."""
    names = set(sys.argv[1:]) - set(LANGUAGES)
    languages = [one for one in LANGUAGES if one in sys.argv[1:]] or LANGUAGES
    wanted = [one for one in PICTURES if not names or one.name in names]
    app = root.make_app()
    for language in languages:
        folder = resource("guide", "pictures", language)
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as workspace:
            desk(workspace, "--lang", language, "demo")
            _disagree(workspace)
            for one in wanted:
                settings = settings_file.load(WorkspacePaths(Path(workspace)).settings)
                settings.theme, settings.geometry, settings.views = "light", "", {}
                settings.first_run_done = one.name != "first-start"
                set_language(language)
                window = root.make_window(
                    app, WorkspacePaths(Path(workspace)), settings, quiet=True
                )
                assert window is not None
                window.resize(*SIZE)
                _take(window, one, folder / f"{one.name}.png")
                # A dialog left open would be painted into the next picture.
                for top in app.topLevelWidgets():
                    if top is not window:
                        top.close()
                window.store.workspace.close()
                window.hide()
                window.deleteLater()
                screenshot.settle()
    sizes = sum(path.stat().st_size for path in resource("guide", "pictures").rglob("*.png"))
    sys.stdout.write(json.dumps({"bytes": sizes}) + "\n")


def _take(window: MainWindow, picture: Picture, target: Path) -> None:
    """Show what a picture is of, number its parts, and write it in few colours."""
    window.show()
    screenshot.settle()
    window.sync.runner.read_status()
    picture.show(window)
    window.refresh_counts()
    screenshot.settle()
    drawn = window.grab()
    screenshot._paint_over(drawn, window)
    for number, widget in enumerate(picture.marks(window), 1):
        _number(drawn, number, widget.mapTo(window, QPoint(0, 0)))
    if picture.height:
        drawn = drawn.copy(QRect(0, 0, drawn.width(), picture.height))
    drawn.save(str(target))
    from PIL import Image

    small = Image.open(target).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(target, optimize=True)


def _number(drawn: QPixmap, number: int, corner: QPoint) -> None:
    """Paint a numbered dot at the corner of a part."""
    area = QRect(max(2, corner.x() - _DOT), max(2, corner.y() - _DOT // 2), _DOT, _DOT)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor("#FFFFFF"))
    painter.setBrush(QColor("#C2410C"))
    painter.drawEllipse(area)
    painter.setFont(font(15, True))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(number))
    painter.end()


if __name__ == "__main__":
    main()
