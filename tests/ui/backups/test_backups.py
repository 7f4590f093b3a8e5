"""Backups in the window: made by time, kept before an import, looked into and put back."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_app import i18n, paths
from desktop_app.db.models import Company
from desktop_app.db.timed_backups import TIMED, back_up, kept_backups
from desktop_app.db.workspace import Workspace
from desktop_app.paths import WorkspacePaths
from desktop_app.settings import Settings
from desktop_app.ui.backups.backup_timer import BackupTimer, back_up_before, backup_folder
from desktop_app.ui.backups.backups_dialog import BackupsDialog
from desktop_app.ui.settings_view.settings_view import SettingsView
from desktop_app.ui.shell import MainWindow
from desktop_app.ui.store import Store
from desktop_app.ui.widgets import dialogs


def _add(workspace: Workspace, name: str) -> None:
    with workspace.write("add") as session:
        session.add(Company(name=name))


def test_a_backup_is_made_in_the_background_and_not_twice_for_the_same_data(
    tmp_path: Path, qtbot: QtBot
) -> None:
    workspace = Workspace.open(tmp_path / "ws")
    _add(workspace, "Uetliberg AG")
    holder = QObject()
    timer = BackupTimer(workspace, holder)
    with qtbot.waitSignal(timer.made):
        timer.look()
    timer.look()
    qtbot.waitUntil(lambda: not timer._running)
    found = kept_backups(workspace.paths.backups)
    assert [one.reason for one in found] == [TIMED]
    workspace.close()


def test_backups_stay_out_of_a_folder_that_a_client_syncs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    synced = tmp_path / "Nutstore" / "desk"
    folder = backup_folder(WorkspacePaths(synced))
    assert not folder.is_relative_to(tmp_path / "Nutstore")
    assert folder.is_relative_to(paths.default_workspace())
    plain = WorkspacePaths(tmp_path / "own")
    assert backup_folder(plain) == plain.backups


def test_a_step_goes_on_although_no_backup_can_be_made(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "ws")
    workspace.paths.backups.write_text("a file where the folder should be")
    back_up_before(workspace, "import")
    workspace.close()


def test_one_looks_inside_and_puts_a_backup_back(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    i18n.set_language("en")
    workspace = Workspace.open(tmp_path / "ws")
    _add(workspace, "Uetliberg AG")
    back_up(workspace, workspace.paths.backups, "before-import")
    _add(workspace, "Wrongly imported AG")
    window = MainWindow(Store(workspace), Settings(first_run_done=True, language="en"))
    qtbot.addWidget(window)
    window.show_view("settings")
    view = window.view("settings")
    assert isinstance(view, SettingsView)
    view.show_backups()
    (shown,) = view.findChildren(BackupsDialog)
    assert "1 companies" in shown.inside.text()
    assert "before an import" in shown.list.item(0).text()

    monkeypatch.setattr(dialogs, "ask", lambda *_args, **_more: True)
    shown.go.click()
    with workspace.read() as session:
        assert [one.name for one in session.query(Company)] == ["Uetliberg AG"]
    workspace.close()


def test_a_damaged_backup_says_so_and_cannot_be_put_back(tmp_path: Path, qtbot: QtBot) -> None:
    i18n.set_language("zh")
    workspace = Workspace.open(tmp_path / "ws")
    _add(workspace, "Uetliberg AG")
    kept = back_up(workspace, workspace.paths.backups)
    kept.path.write_bytes(b"torn" * 3000)
    parent = MainWindow(Store(workspace), Settings(first_run_done=True, language="zh"))
    qtbot.addWidget(parent)
    shown = BackupsDialog(parent, workspace.paths.backups, None, lambda _path: True)
    assert "不是完好的备份文件" in shown.inside.text()
    assert not shown.go.isEnabled()
    workspace.close()
