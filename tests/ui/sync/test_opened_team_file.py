"""A team's file opened from the file manager: joined at once, or offered to the running window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import app as root
from desktop_app.ui.first_run.first_run import FirstRun
from desktop_app.ui.shell import MainWindow
from desktop_app.ui.sync.connect_dialog import ConnectDialog
from tests.ui.shown_window import shown_window


@pytest.fixture
def window(tmp_path: Path, qapp: QApplication) -> Iterator[MainWindow]:
    with shown_window(qapp, tmp_path / "ws", "en", (1280, 720)) as shown:
        yield shown


def test_the_menu_starts_with_no_file_at_all() -> None:
    assert root._command(["--join"]) is None
    assert root._window_options(["--join"]).join is None


def test_a_file_is_not_taken_for_a_command() -> None:
    assert root._command(["--join", "/share/team.db"]) is None
    assert root._window_options(["--join", "/share/team.db"]).join == "/share/team.db"


def test_a_window_without_a_team_offers_to_join(window: MainWindow, tmp_path: Path) -> None:
    root.begin(window, str(tmp_path / "team.db"))
    dialog = window.findChild(ConnectDialog)
    assert dialog is not None
    assert dialog.form.location.value() == str(tmp_path / "team.db")
    dialog.reject()


def test_a_first_start_is_ready_to_join(window: MainWindow, tmp_path: Path) -> None:
    window.settings.first_run_done = False
    root.begin(window, str(tmp_path / "team.db"))
    page = window.findChild(FirstRun)
    assert page is not None
    assert page.team_kind.value() == "join"
    assert page.form.location.value() == str(tmp_path / "team.db")
    assert not page.form.isHidden()


def test_a_second_start_hands_the_file_to_the_first(
    window: MainWindow, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    server = root.single_instance(qapp, tmp_path)
    assert server is not None
    root._raise_on_second_start(server, window)
    assert root.single_instance(qapp, tmp_path, str(tmp_path / "team.db")) is None
    qtbot.waitUntil(lambda: window.findChild(ConnectDialog) is not None)
    dialog = window.findChild(ConnectDialog)
    assert dialog is not None
    assert dialog.form.location.value() == str(tmp_path / "team.db")
    dialog.reject()
    server.deleteLater()
