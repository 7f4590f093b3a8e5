"""The composition root: only here are workspace, settings, store and window put together."""

import argparse
import gc
import logging
import os
import sys
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from desktop_app import settings as settings_file
from desktop_app.i18n import LANGUAGES, set_language
from desktop_app.paths import WorkspacePaths, default_workspace
from desktop_app.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication

    from desktop_app.db.workspace import Workspace
    from desktop_app.services.ahead import Ahead
    from desktop_app.ui.shell import MainWindow

logger = logging.getLogger("desktop_app")
REFUSED, WRONG_USAGE = 1, 2
END_MS = 2_000
# The first view is there before anything is said over it.
_TELL_MS = 1_500
_WINDOW_OPTIONS = ("--workspace", "--lang", "--join")
_JOIN = "join "


def main(argv: list[str]) -> int:
    """Open the window, make a picture of one, or hand over to the command line."""
    command = _command(argv)
    if command is None:
        return open_window(_window_options(argv))
    from desktop_app.cli import main as cli

    return cli.main(argv, screenshot=lambda _options: screenshot(argv))


def _command(argv: list[str]) -> str | None:
    """Return the first word that is no option or value of one; None asks for the window."""
    skip = False
    for word in argv:
        if skip:
            skip = False
        elif word in ("-h", "--help", "--version"):
            return word
        elif word in _WINDOW_OPTIONS:
            skip = True
        elif not word.startswith("-"):
            return word
    return None


def _window_options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="invest-desk")
    parser.add_argument("--workspace", type=Path, default=None)
    parser.add_argument("--lang", choices=LANGUAGES, default=None)
    parser.add_argument("--demo-if-empty", action="store_true")
    # What the desktop calls with the team's file that was opened, or with nothing.
    parser.add_argument("--join", nargs="?", default=None)
    return parser.parse_args(argv)


def choose_language(asked: str | None, settings: Settings) -> None:
    """Speak the language asked for, set, or that of the system."""
    if asked is None and settings.language not in LANGUAGES:
        from PySide6.QtCore import QLocale

        asked = "zh" if QLocale.system().name().startswith("zh") else "en"
    set_language(asked or settings.language)


def open_window(options: argparse.Namespace) -> int:
    """Open the window of a workspace and stay until it is closed."""
    # What is made until the first view stands lives as long as the window: looking through it
    # for garbage meanwhile is a fifth of the start.
    gc.disable()
    paths = WorkspacePaths(options.workspace or default_workspace())
    settings = settings_file.load(paths.settings)
    ahead = None
    if settings.first_run_done and settings.view == "leads":
        from desktop_app.services.ahead import Ahead

        ahead = Ahead(paths)
    if settings.scale != 1.0:
        # Qt reads it when the application object is made.
        os.environ.setdefault("QT_SCALE_FACTOR", f"{settings.scale:g}")
    app = make_app()
    choose_language(options.lang, settings)
    server = single_instance(app, paths.folder, options.join)
    if server is None:
        return 0
    log = start_log(paths.folder)
    window = make_window(app, paths, settings, ahead=ahead)
    if window is None:
        return REFUSED
    from desktop_app.ui.ended_well import EndMark, kept_text

    if options.demo_if_empty:
        _demo_if_empty(window)
    server.setProperty("window", True)
    _raise_on_second_start(server, window)
    handle_errors(window, log)
    mark = EndMark(window.store.workspace)
    kept = mark.begin()
    window.show()
    from PySide6.QtCore import QTimer

    # The frame is painted first; the first view reads its rows after that.
    QTimer.singleShot(0, window, lambda: begin(window, options.join or ""))
    if kept is not None:
        QTimer.singleShot(_TELL_MS, window, lambda: window.toast(kept_text(kept)))
    code = app.exec()
    mark.end()
    window.store.workspace.close()
    if window.sync.hangs:
        _leave_hanging(window, code)
    return code


def _leave_hanging(window: "MainWindow", code: int) -> None:
    """End although a thread waits for a share that does not answer, which nobody can interrupt.

    Nothing is lost by it: the workspace is whole at any moment, and the shared file too.
    """
    from PySide6.QtCore import QThreadPool

    ended = QThreadPool.globalInstance().waitForDone(END_MS)
    if not ended or not window.sync.runner.watch_ended():
        logging.shutdown()
        os._exit(code)


def screenshot(argv: list[str]) -> int:
    """Write a picture of one view to a file, without a display: ``screenshot VIEW OUT.png``."""
    parser = argparse.ArgumentParser(prog="invest-desk")
    parser.add_argument("--workspace", type=Path, default=default_workspace())
    parser.add_argument("--lang", choices=LANGUAGES, default=None)
    parser.add_argument("command", choices=["screenshot"])
    parser.add_argument("view")
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", default="1440x900", metavar="WxH")
    parser.add_argument("--theme", choices=["light", "dark"], default="light")
    parser.add_argument("--scale", type=float, default=1.0)
    options = parser.parse_args(argv)
    try:
        width, height = (int(part) for part in options.size.lower().split("x"))
    except ValueError:
        parser.error("--size WxH")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = f"{options.scale:g}"
    from PySide6.QtCore import QLoggingCategory

    # The offscreen platform warns of what it cannot do; a picture needs none of it.
    QLoggingCategory.setFilterRules("qt.qpa.*=false")
    app = make_app()
    settings = settings_file.load(WorkspacePaths(options.workspace).settings)
    choose_language(options.lang, settings)
    settings.theme, settings.geometry, settings.views = options.theme, "", {}
    window = make_window(app, WorkspacePaths(options.workspace), settings, quiet=True)
    if window is None:
        return REFUSED
    from desktop_app.ui.screenshot import take

    window.resize(width, height)
    try:
        done = take(window, options.view, options.out)
    finally:
        window.store.workspace.close()
    if not done:
        from desktop_app.ui.screenshot import VIEWS

        sys.stderr.write(f"{options.view}: {', '.join(VIEWS)}\n")
        return WRONG_USAGE
    return 0


def make_app() -> "QApplication":
    """Return the application object with our font."""
    from PySide6.QtWidgets import QApplication

    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication([])
    app.setApplicationName("Invest Desk")
    app.setDesktopFileName("invest-desk")
    from desktop_app.ui.fonts import font
    from desktop_app.ui.icons import icon

    app.setFont(font())
    app.setWindowIcon(icon("handshake", "accent"))
    return app


def make_window(
    app: "QApplication",
    paths: WorkspacePaths,
    settings: Settings,
    *,
    quiet: bool = False,
    ahead: "Ahead | None" = None,
) -> "MainWindow | None":
    """Open the workspace and return its window, not yet shown; None when it was refused."""
    from desktop_app.domain.errors import DeskError
    from desktop_app.i18n import language, t
    from desktop_app.ui import theme
    from desktop_app.ui.qt_texts import speak
    from desktop_app.ui.quiet_memory import QuietMemory
    from desktop_app.ui.shell import MainWindow
    from desktop_app.ui.store import Store

    theme.apply(app, settings.theme or theme.preferred(app))
    speak(language())
    try:
        workspace = _open_workspace(paths.folder, ask=not quiet)
    except DeskError as error:
        from desktop_app.ui.error_texts import sentence
        from desktop_app.ui.widgets.dialogs import tell

        if quiet:
            sys.stderr.write(f"{sentence(error)}\n")
        else:
            logger.error("Workspace refused: %s", error)
            tell(None, t("shell.refused_title"), sentence(error))
        return None
    if workspace is None:
        return None
    workspace.author_id = settings.me
    window = MainWindow(Store(workspace, ahead), settings)
    QuietMemory(window)
    return window


def _open_workspace(folder: Path, *, ask: bool) -> "Workspace | None":
    """Open a workspace, by a passphrase that is asked for where needed; None when not given.

    Raises:
        DeskError: it can't be opened.
    """
    from desktop_app.db.workspace import Workspace
    from desktop_app.domain.errors import DeskError

    try:
        return Workspace.open(folder)
    except DeskError as error:
        if not ask or error.key not in ("passphrase_needed", "passphrase_wrong"):
            raise
    from desktop_app.ui.protection.unlock import ask_and_open

    return ask_and_open(folder)


def _demo_if_empty(window: "MainWindow") -> None:
    """Fill a workspace that nobody has worked in with the demonstration team."""
    import datetime as dt

    from desktop_app.services.counts import navigation_counts
    from desktop_app.services.demo import make_demo

    if window.settings.first_run_done:
        return
    with window.store.workspace.read() as session:
        empty = not navigation_counts(session, dt.date.today()).leads
    if empty:
        with window.store.workspace.write() as session:
            make_demo(session)
    window.navigation.set_team(window.team_name())
    window.become_someone()
    window.settings.first_run_done = True
    window.save_settings()


def begin(window: "MainWindow", join: str = "") -> None:
    """Show the first view, or the three steps of a first start; ``join`` is a team's file."""
    if not window.settings.first_run_done:
        window.start_first_run(join=join)
    else:
        window.start()
        if join:
            window.sync.open_team_file(join)
    gc.freeze()
    gc.enable()
    from PySide6.QtCore import QTimer

    # By the time a person has looked at the rows, what writing and the other views take is there.
    QTimer.singleShot(100, window, window.store.workspace.make_ready)


# --- one window per workspace


def single_instance(app: "QApplication", folder: Path, join: str | None = None) -> "QObject | None":
    """Return the server that later starts speak to; None when a first start was there already."""
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

    name = "invest-desk-" + blake2b(str(folder.resolve()).encode(), digest_size=8).hexdigest()
    socket = QLocalSocket()
    socket.connectToServer(name)
    if socket.waitForConnected(300):
        # Absolute: the first start stands in another folder.
        said = f"{_JOIN}{Path(join).absolute()}" if join else "raise"
        socket.write(f"{said}\n".encode())
        socket.waitForBytesWritten(300)
        socket.disconnectFromServer()
        return None
    # A server file left by a killed process would refuse the name for ever.
    QLocalServer.removeServer(name)
    server = QLocalServer(app)
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    server.listen(name)
    return server


def _raise_on_second_start(server: "QObject", window: "MainWindow") -> None:
    """Bring the window to the front when the app is started again."""
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

    from desktop_app.ui.shell import raise_window

    assert isinstance(server, QLocalServer)

    def on_connection() -> None:
        while server.hasPendingConnections():
            socket = server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda socket=socket: heard(socket))
            raise_window(window)

    def heard(socket: QLocalSocket) -> None:
        while socket.canReadLine():
            said = bytes(socket.readLine().data()).decode("utf-8", "replace").rstrip("\n")
            if said.startswith(_JOIN) and window.settings.first_run_done:
                window.sync.open_team_file(said.removeprefix(_JOIN))

    server.newConnection.connect(on_connection)


# --- errors that nobody expected


def start_log(folder: Path) -> Path:
    """Write what goes wrong into a file of the workspace, kept small; return its path."""
    path = folder / "invest-desk.log"
    handler = _LogFile(path)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)
    return path


class _LogFile(logging.Handler):
    """A file that is opened when there is something to write: most starts have nothing."""

    def __init__(self, path: Path) -> None:
        """Write to ``path``, or to the terminal where that can't be written."""
        super().__init__()
        self._path = path
        self._handler: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._handler is None:
            from logging.handlers import RotatingFileHandler

            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._handler = RotatingFileHandler(
                    self._path, maxBytes=1_000_000, backupCount=2, encoding="utf-8"
                )
            except OSError:
                self._handler = logging.StreamHandler()
            self._handler.setFormatter(self.formatter)
        self._handler.emit(record)


def handle_errors(window: "MainWindow", log: Path) -> None:
    """Let every error that reaches nobody be logged and worded; the window lives on."""
    from desktop_app.domain.errors import DeskError

    busy = False

    def handle(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        nonlocal busy
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if isinstance(error, DeskError):
            logger.info("Refused: %s", error)
        else:
            logger.error("Unexpected", exc_info=(kind, error, trace))
        if busy:
            # An error while one is being shown must not pile up dialogs.
            return
        busy = True
        try:
            window.show_error(error, log)
        finally:
            busy = False

    sys.excepthook = handle
