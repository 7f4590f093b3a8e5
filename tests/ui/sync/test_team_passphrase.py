"""The passphrase of the team's file: set and changed in the settings, and asked for."""

from collections.abc import Iterator

import pytest

from desktop_app.db import keys
from desktop_app.sync import team
from desktop_app.sync.rekey import change_passphrase
from desktop_app.ui.protection.passphrase_dialog import PassphraseDialog
from desktop_app.ui.screenshot import settle
from desktop_app.ui.settings_view.settings_view import SettingsView
from tests.ui.sync.conftest import Two

PHRASE, OTHER = "丰收 2026", "Zürich, 8 Uhr 12"


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(keys, "stored", lambda name: None)
    monkeypatch.setattr(keys, "remember", lambda name, phrase, keep=True: False)
    monkeypatch.delenv(keys.VARIABLE, raising=False)
    yield


def answered(two: Two, dialog: PassphraseDialog) -> None:
    """Press the button and wait until the dialog has done its work and the sync after it."""
    with two.qtbot.waitSignal(two.window.sync.runner.finished, timeout=20_000, raising=False):
        dialog.go.click()
    settle()
    assert dialog.isHidden(), dialog.said.text()
    two.sync()


def test_the_team_file_is_protected_in_the_settings_and_colleagues_wait(two: Two) -> None:
    two.window.show_view("settings")
    view = two.window.view("settings")
    assert isinstance(view, SettingsView)
    card = view.team_card.protection
    assert not keys.is_encrypted(two.file) and card.protect_button.isVisible()
    dialog = card.protect()
    dialog.new.setText(PHRASE)
    dialog.again.setText(PHRASE)
    answered(two, dialog)
    assert keys.is_encrypted(two.file) and card.change_button.isVisible()
    assert [p.key for p in team.sync(two.ben.workspace).problems] == ["share_locked"]
    assert not team.sync(two.ben.workspace, passphrase=PHRASE).problems

    dialog = card.remove()
    dialog.old.setText(PHRASE)
    answered(two, dialog)
    assert not keys.is_encrypted(two.file) and card.protect_button.isVisible()


def test_whose_passphrase_is_out_of_date_is_asked_at_the_foot(two: Two) -> None:
    change_passphrase(two.ben.workspace, PHRASE)
    two.sync()
    before = two.file.read_bytes()
    popover = two.window.sync.open_popover()
    assert "passphrase" in popover.go.text().lower()
    popover.go.click()
    settle()
    dialog = next(d for d in two.window.findChildren(PassphraseDialog) if d.isVisible())
    dialog.old.setText(OTHER)
    dialog.go.click()
    two.qtbot.waitUntil(dialog.go.isEnabled, timeout=20_000)
    assert dialog.said.text() and dialog.isVisible() and two.file.read_bytes() == before
    dialog.old.setText(PHRASE)
    answered(two, dialog)
    status = two.window.sync.runner.status
    assert status is not None and status.problem is None and status.protected
