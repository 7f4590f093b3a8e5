"""Creating and joining a team's file: in the first run and in the settings."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import i18n
from desktop_app.db.workspace import Workspace
from desktop_app.services import lead_reading, lead_rows, leads, members
from desktop_app.services.demo import make_demo
from desktop_app.settings import Settings
from desktop_app.sync import team
from desktop_app.ui import theme
from desktop_app.ui.first_run.first_run import FirstRun
from desktop_app.ui.screenshot import settle
from desktop_app.ui.settings_view.settings_view import SettingsView
from desktop_app.ui.shell import MainWindow
from desktop_app.ui.store import Store
from desktop_app.ui.sync.connect_dialog import ConnectDialog, WhoDialog
from tests.ui.sync.conftest import Two


def new_window(folder: Path, settings: Settings) -> MainWindow:
    """Return a window on an empty workspace."""
    window = MainWindow(Store(Workspace.open(folder)), settings)
    window.show()
    return window


def end(window: MainWindow) -> None:
    """Close a window without waiting for a share."""
    window.sync.may_close = lambda: True  # type: ignore[method-assign]
    window.close()
    settle()
    window.store.workspace.close()


def first_run(window: MainWindow, kind: str, name: str) -> FirstRun:
    """Answer the first step, and choose a way in the second."""
    window.start_first_run()
    page = window.stack.currentWidget()
    assert isinstance(page, FirstRun)
    page.name.setText(name)
    page.name.setModified(True)
    page.next.click()
    page.team_kind.set_value(kind)
    page.team_kind.chosen.emit(kind)
    return page


def test_the_first_run_can_join_a_team_and_ask_who_i_am(two: Two, tmp_path: Path) -> None:
    window = new_window(tmp_path / "carl", Settings())
    page = first_run(window, "join", "Carl")
    page.form.location.setText(str(two.file.parent))
    page.form.location.setModified(True)
    with two.qtbot.waitSignal(page.form.connected, timeout=20_000):
        page.next.click()
    assert page.who.isVisible() and page.who.list.count() == 2
    assert not page.choices["demo"].isVisible()
    page.next.click()
    settle()
    names = {row.name for row in window.store.read(members.member_rows)}
    assert names == {"Anna", "Ben", "Carl"}
    assert window.me == window.store.workspace.author_id is not None
    assert window.store.read(lead_rows.lead_rows)[0].id == two.lead
    end(window)


def test_whoever_is_in_the_team_already_is_found_by_name(two: Two, tmp_path: Path) -> None:
    window = new_window(tmp_path / "second", Settings())
    page = first_run(window, "join", "Anna")
    page.form.location.setText(str(two.file))
    page.form.location.setModified(True)
    with two.qtbot.waitSignal(page.form.connected, timeout=20_000):
        page.next.click()
    page.next.click()
    settle()
    assert window.me == two.anna
    end(window)


def test_the_first_run_can_create_a_team_file(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    i18n.set_language("en")
    theme.apply(qapp, "light")
    (tmp_path / "share").mkdir()
    window = new_window(tmp_path / "own", Settings())
    page = first_run(window, "create", "Anna")
    page.team.setText("Binjiang")
    page.team.setModified(True)
    page.form.location.setText(str(tmp_path / "share"))
    page.form.location.setModified(True)
    with qtbot.waitSignal(page.form.connected, timeout=20_000):
        page.next.click()
    page.choices["empty"].click()
    page.next.click()
    settle()
    qtbot.waitUntil((tmp_path / "share" / "team.db").exists, timeout=20_000)
    assert window.team_name() == "Binjiang" and window.me
    end(window)
    i18n.set_language("zh")


def test_a_wrong_place_is_said_beside_the_field_and_nothing_is_connected(
    two: Two, tmp_path: Path
) -> None:
    window = new_window(tmp_path / "carl", Settings())
    page = first_run(window, "join", "Carl")
    page.next.click()
    assert page.form.said.text() == "Please choose a file or a folder first."
    page.form.location.setText(str(tmp_path / "nowhere" / "team.db"))
    page.form.location.setModified(True)
    page.next.click()
    two.qtbot.waitUntil(page.form.isEnabled, timeout=20_000)
    settle()
    assert page.form.said.isVisible() and len(page.form.said.text()) > 20
    assert team.status(window.store.workspace).location is None
    end(window)


def test_the_settings_connect_ask_who_i_am_and_disconnect(two: Two, tmp_path: Path) -> None:
    window = new_window(tmp_path / "carl", Settings(first_run_done=True, language="en"))
    window.show_view("settings")
    settle()
    view = window.view("settings")
    assert isinstance(view, SettingsView)
    two.qtbot.mouseClick(view.team_card.connect_button, Qt.MouseButton.LeftButton)
    (dialog,) = window.findChildren(ConnectDialog)
    dialog.form.location.setText(str(two.file))
    dialog.form.location.setModified(True)
    with two.qtbot.waitSignal(dialog.form.connected, timeout=20_000):
        two.qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    settle()
    (who,) = window.findChildren(WhoDialog)
    who.who.new.setText("Carl")
    who.who.new.setModified(True)
    two.qtbot.mouseClick(who.go, Qt.MouseButton.LeftButton)
    settle()
    assert window.me is not None
    assert view.team_card.sync_button.isVisible()
    assert view.team_card.mode.value() == "drive"
    window.confirm = lambda *_args, **_more: True  # type: ignore[method-assign]
    two.qtbot.mouseClick(view.team_card.disconnect_button, Qt.MouseButton.LeftButton)
    settle()
    assert view.team_card.connect_button.isVisible()
    assert window.store.read(lead_rows.lead_rows)[0].id == two.lead
    end(window)


def test_joining_with_sample_data_warns_that_it_would_go_to_the_team(
    two: Two, tmp_path: Path
) -> None:
    window = new_window(tmp_path / "demo", Settings(first_run_done=True, language="en"))
    with window.store.workspace.write("demo") as session:
        make_demo(session, leads=5)
    asked: list[str] = []
    window.confirm = lambda title, *_more, **_named: bool(asked.append(title))  # type: ignore[method-assign, func-returns-value]
    window.sync.connect_team()
    assert asked and "sample data" in asked[0]
    assert not window.findChildren(ConnectDialog)
    end(window)


def test_the_mode_can_be_changed_and_both_still_meet(two: Two) -> None:
    two.window.show_view("settings")
    settle()
    view = two.window.view("settings")
    assert isinstance(view, SettingsView)
    view.team_card.mode.chosen.emit("folder")
    settle()
    two.ben.edit(two.lead, competitors="Wuxi")
    two.sync()
    fields = two.window.store.read(lead_reading.lead_detail, two.lead).fields
    assert fields["competitors"] == "Wuxi"
    two.window.store.write("edit", leads.update_lead, two.lead, blocker="No gas")
    two.meet()
    assert two.ben.lead(two.lead)["blocker"] == "No gas"


def test_a_protected_file_asks_for_its_passphrase_when_joined(two: Two, tmp_path: Path) -> None:
    owner = Workspace.open(tmp_path / "owner")
    place = tmp_path / "locked"
    place.mkdir()
    team.connect(owner, str(place), create=True, passphrase="丰收 2026")
    team.sync(owner, passphrase="丰收 2026")
    window = new_window(tmp_path / "carl", Settings(first_run_done=True, language="en"))
    window.sync.connect_team()
    (dialog,) = window.findChildren(ConnectDialog)
    form = dialog.form
    form.location.setText(str(place / "team.db"))
    form.location.setModified(True)
    assert not form.passphrase.isVisible()
    form.go()
    two.qtbot.waitUntil(form.passphrase.isVisible, timeout=20_000)
    assert "passphrase" in form.said.text().lower()
    form.passphrase.setText("丰收 2026")
    form.passphrase.setModified(True)
    with two.qtbot.waitSignal(form.connected, timeout=20_000):
        form.go()
    settle()
    assert window.sync.runner.passphrase == "丰收 2026"
    status = team.status(window.store.workspace)
    assert status.location is not None and status.problem is None
    owner.close()
    end(window)
