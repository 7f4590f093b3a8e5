"""The whole window over a workspace, shown and afterwards closed with all that it holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop_app import i18n
from desktop_app.db.workspace import Workspace
from desktop_app.settings import Settings
from desktop_app.ui import theme
from desktop_app.ui.screenshot import settle
from desktop_app.ui.shell import MainWindow
from desktop_app.ui.store import Store


@contextmanager
def shown_window(
    app: QApplication, folder: Path, language: str, size: tuple[int, int]
) -> Iterator[MainWindow]:
    """Show the window in a language and a size."""
    i18n.set_language(language)
    theme.apply(app, "light")
    shown = MainWindow(
        Store(Workspace.open(folder)), Settings(first_run_done=True, language=language)
    )
    shown.resize(*size)
    shown.show()
    shown.start()
    settle()
    yield shown
    shown.close()
    shown.store.workspace.close()
    shown.deleteLater()
    settle()
