"""Pictures of the window's views, made without a display."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QPoint, QRect, QThreadPool
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop_app.domain.errors import DeskError
from desktop_app.ui import theme
from desktop_app.ui.papers import catalogue
from desktop_app.ui.shell import MainWindow
from desktop_app.ui.views import ICONS


def _view(name: str) -> Callable[[MainWindow], object]:
    """Return what shows a view with its first record selected."""

    def show(window: MainWindow) -> None:
        window.show_view(name)
        settle()
        window.view(name).select_first()

    return show


def _paper(name: str) -> Callable[[MainWindow], object]:
    """Return what shows a paper beside the first record of its view."""

    def show(window: MainWindow) -> None:
        view = catalogue.view_of(name)
        window.show_view(view)
        settle()
        window.view(view).select_first()
        settle()
        window.open_paper(name)
        # The pages are drawn by a thread of Qt's own, which nothing tells the end of.
        for _turn in range(20):
            settle()

    return show


def _board(window: MainWindow) -> None:
    """Show the leads as a board."""
    window.settings.views["leads"] = {"board": True}
    window.show_view("leads")


def _first_run(window: MainWindow, step: int = 0) -> None:
    """Show a step of the first start."""
    window.start_first_run(step)


def _shortcuts(window: MainWindow) -> None:
    window.show_view("leads")
    window.open_shortcuts()


def _about(window: MainWindow) -> None:
    window.show_view("settings")
    window.open_about()


def _guide(window: MainWindow) -> None:
    window.show_view("trips")
    window.open_guide()


def _palette(window: MainWindow) -> None:
    window.show_view("desk")
    window.open_palette()


def _sync(window: MainWindow) -> None:
    """Show the state of the shared file, in full, over the desk."""
    window.show_view("desk")
    window.sync.runner.read_status()
    settle()
    window.sync.open_popover()


def _connect(window: MainWindow) -> None:
    """Show the question which team file to connect."""
    from desktop_app.ui.sync.connect_dialog import ConnectDialog

    window.show_view("settings")
    ConnectDialog(window, window.store, lambda _result: None).open()


VIEWS: dict[str, Callable[[MainWindow], object]] = {
    **{name: _view(name) for name in ICONS},
    **{name: _paper(name) for name in catalogue.offered()},
    "board": _board,
    "lead": _view("leads"),
    "trip": _view("trips"),
    "first-run": _first_run,
    "first-run-2": lambda window: _first_run(window, 1),
    "first-run-3": lambda window: _first_run(window, 2),
    "palette": _palette,
    "sync": _sync,
    "connect": _connect,
    "conflicts": _view("conflicts"),
    "incoming": _view("incoming"),
    "shortcuts": _shortcuts,
    "about": _about,
    "guide": _guide,
}


def settle() -> None:
    """Let everything that is queued happen: layouts, timers at zero, background reading."""
    flags = QEventLoop.ProcessEventsFlag.AllEvents
    for _round in range(6):
        QThreadPool.globalInstance().waitForDone(20_000)
        QApplication.processEvents(flags, 60)


def take(window: MainWindow, view: str, out: Path) -> bool:
    """Write a picture of a view to ``out``; return False when there is no such view.

    Raises:
        DeskError: the file cannot be written.
    """
    if view not in VIEWS:
        return False
    window.show()
    settle()
    window.sync.runner.read_status()
    VIEWS[view](window)
    window.refresh_counts()
    settle()
    picture = window.grab()
    _paint_over(picture, window)
    out.parent.mkdir(parents=True, exist_ok=True)
    if not picture.save(str(out)):
        raise DeskError("cannot_write", path=str(out))
    return True


def _paint_over(picture: "object", window: MainWindow) -> None:
    """Paint dialogs and pop-ups that stand over the window into its picture."""
    from PySide6.QtGui import QPixmap

    assert isinstance(picture, QPixmap)
    tops = [w for w in QApplication.topLevelWidgets() if w is not window and w.isVisible()]
    painter = QPainter(picture)
    for top in tops:
        place = _place(top, window)
        painter.drawPixmap(place, top.grab())
        if isinstance(top, QDialog):
            # The frame that a window manager would draw.
            painter.setPen(theme.color("strong_line"))
            painter.drawRect(QRect(place, top.size()))
    painter.end()


def _place(top: QWidget, window: MainWindow) -> QPoint:
    """Return where a pop-up stands in the window; dialogs stand in its middle."""
    if isinstance(top, QDialog):
        free = window.size() - top.size()
        return QPoint(free.width() // 2, free.height() // 3)
    return window.mapFromGlobal(top.pos())
