"""The passphrase of this laptop's data: asked for at the start, set, changed and taken off."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import i18n
from desktop_app.app import make_window
from desktop_app.db import encrypt, keys
from desktop_app.db.workspace import Workspace
from desktop_app.paths import WorkspacePaths
from desktop_app.services import members
from desktop_app.services.ahead import Ahead
from desktop_app.settings import Settings
from desktop_app.ui.protection.passphrase_dialog import PassphraseDialog
from desktop_app.ui.protection.unlock import UnlockDialog
from desktop_app.ui.screenshot import settle
from desktop_app.ui.settings_view.settings_view import SettingsView
from desktop_app.ui.shell import MainWindow

PHRASE = "西湖边的第三棵柳树"


@pytest.fixture(autouse=True)
def keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """A keyring in memory, empty at first."""
    kept: dict[str, str] = {}

    def remember(name: str, phrase: str | None, *, keep: bool = True) -> bool:
        kept.pop(name, None)
        if phrase is not None and keep:
            kept[name] = phrase
        return keep

    monkeypatch.setattr(keys, "stored", kept.get)
    monkeypatch.setattr(keys, "remember", remember)
    monkeypatch.setattr(keys, "keyring_works", lambda: True)
    monkeypatch.delenv(keys.VARIABLE, raising=False)
    i18n.set_language("en")
    yield kept
    i18n.set_language("zh")


def made(folder: Path) -> WorkspacePaths:
    """Make a workspace with one member."""
    workspace = Workspace.open(folder)
    with workspace.write("start") as session:
        members.add_member(session, name="Anna")
    workspace.close()
    return WorkspacePaths(folder)


def names(workspace: Workspace) -> set[str]:
    with workspace.read() as session:
        return {row.name for row in members.member_rows(session)}


def when_asked(answer: Callable[[UnlockDialog], object]) -> None:
    """Let a person answer the dialog that the start is about to open."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, UnlockDialog):
            answer(dialog)
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)


def closed(window: MainWindow) -> None:
    window.sync.may_close = lambda: True  # type: ignore[method-assign] # no wait in a test
    window.close()
    settle()
    window.store.workspace.close()


def test_the_start_asks_for_the_passphrase_until_it_is_right(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication, keyring: dict[str, str]
) -> None:
    paths = made(tmp_path / "desk")
    encrypt.protect(paths.folder, PHRASE)
    before = paths.database.read_bytes()
    assert Ahead(paths).take(0) is None
    said: list[str] = []

    def second(dialog: UnlockDialog) -> None:
        if dialog.said.isHidden() or not dialog.go.isEnabled():
            QTimer.singleShot(20, lambda: second(dialog))
            return
        said.append(dialog.said.text())
        assert paths.database.read_bytes() == before
        dialog.old.setText(PHRASE)
        dialog.go.click()

    def first(dialog: UnlockDialog) -> None:
        dialog.go.click()
        said.append(dialog.said.text())
        dialog.old.setText("another")
        dialog.go.click()
        assert not dialog.go.isEnabled()
        second(dialog)

    when_asked(first)
    window = make_window(qapp, paths, Settings(first_run_done=True, language="en"))
    assert window is not None
    assert names(window.store.workspace) == {"Anna"}
    assert [text.split(".")[0] for text in said] == [
        "A passphrase can't be empty",
        "The passphrase is wrong; nothing was touched",
    ]
    assert list(keyring.values()) == [PHRASE]
    closed(window)
    # From now on the keyring gives it.
    again = Workspace.open(paths.folder)
    assert names(again) == {"Anna"}
    again.close()


def test_whoever_cancels_is_not_bothered_further(
    tmp_path: Path, qapp: QApplication, keyring: dict[str, str]
) -> None:
    paths = made(tmp_path / "desk")
    encrypt.protect(paths.folder, PHRASE)
    before = paths.database.read_bytes()
    when_asked(lambda dialog: dialog.cancel.click())
    assert make_window(qapp, paths, Settings(first_run_done=True)) is None
    assert paths.database.read_bytes() == before and not keyring


def test_the_window_goes_on_while_its_data_is_protected_and_taken_off_again(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication, keyring: dict[str, str]
) -> None:
    paths = made(tmp_path / "desk")
    window = make_window(qapp, paths, Settings(first_run_done=True, language="en"))
    assert window is not None
    window.show()
    window.show_view("settings")
    view = window.view("settings")
    assert isinstance(view, SettingsView)
    card = view.protection_card

    def answer(dialog: PassphraseDialog, old: str, new: str) -> None:
        dialog.old.setText(old)
        dialog.new.setText(new)
        dialog.again.setText(new)
        with qtbot.waitSignal(dialog.accepted, timeout=20_000, raising=False):
            dialog.go.click()
        settle()
        assert dialog.isHidden(), dialog.said.text()

    dialog = card.protect()
    dialog.new.setText(PHRASE)
    dialog.go.click()
    assert "differ" in dialog.said.text()
    dialog.keep.setChecked(False)
    answer(dialog, "", PHRASE)
    assert keys.is_encrypted(paths.database) and card.change_button.isVisible()
    assert not keyring and not card.protect_button.isVisible()
    window.store.write("add", members.add_member, name="Ben")
    assert names(window.store.workspace) == {"Anna", "Ben"}

    dialog = card.remove()
    dialog.old.setText("another")
    dialog.go.click()
    qtbot.waitUntil(lambda: "wrong" in dialog.said.text(), timeout=30_000)
    assert keys.is_encrypted(paths.database)
    answer(dialog, PHRASE, "")
    assert not keys.is_encrypted(paths.database) and card.protect_button.isVisible()
    assert names(window.store.workspace) == {"Anna", "Ben"}
    window.look_for_others()
    closed(window)
