"""The window and the team's file: by itself, at the foot, what came in, and before it closes."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from desktop_app.db.workspace import Workspace
from desktop_app.services import lead_reading, leads
from desktop_app.settings import Settings
from desktop_app.sync import team
from desktop_app.ui.screenshot import settle
from desktop_app.ui.shell import MainWindow
from desktop_app.ui.store import Store
from desktop_app.ui.sync import quitting, sync_runner
from desktop_app.ui.sync.incoming_panel import IncomingLine, IncomingView
from desktop_app.ui.sync.popover import SyncPopover
from desktop_app.ui.sync.quitting import LastSync
from tests.ui.sync.conftest import Two


def shown_lead(two: Two) -> dict[str, object]:
    """Return the lead as Anna's laptop has it."""
    return two.window.store.read(lead_reading.lead_detail, two.lead).fields


def shown_lines(view: IncomingView) -> list[IncomingLine]:
    """Return the lines of what came in, without those of an older reading."""
    page = view._scroll.widget()
    return page.findChildren(IncomingLine) if page is not None else []


def edit(two: Two, **fields: Any) -> None:
    """Let Anna edit the lead through the window's store."""
    two.window.store.write("edit", leads.update_lead, two.lead, **fields)


def test_it_syncs_on_start_and_some_seconds_after_an_edit(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    two.ben.edit(two.lead, competitors="Wuxi")
    two.window.sync.runner._edited.setInterval(50)
    with two.qtbot.waitSignal(two.window.sync.runner.finished, timeout=20_000):
        two.window.sync.start()
    assert shown_lead(two)["competitors"] == "Wuxi"
    with two.qtbot.waitSignal(two.window.sync.runner.finished, timeout=20_000):
        edit(two, blocker="No gas")
    team.sync(two.ben.workspace)
    assert two.ben.lead(two.lead)["blocker"] == "No gas"


def test_it_syncs_when_the_shared_file_changes(two: Two) -> None:
    runner = two.window.sync.runner
    with two.qtbot.waitSignal(runner.finished, timeout=20_000):
        runner.start()
    two.qtbot.waitUntil(lambda: not runner.running)
    two.qtbot.wait(300)
    two.ben.edit(two.lead, competitors="Wuxi")
    two.qtbot.waitUntil(lambda: shown_lead(two)["competitors"] == "Wuxi", timeout=20_000)


def test_a_sync_asked_for_while_one_runs_follows_it(two: Two) -> None:
    runner = two.window.sync.runner
    ends: list[object] = []
    runner.finished.connect(ends.append)
    runner.sync_now()
    assert runner.running
    edit(two, blocker="No gas")
    runner.sync_now()
    two.qtbot.waitUntil(lambda: len(ends) == 2, timeout=20_000)
    assert two.file.exists() and not runner.unsent()


def test_the_foot_says_saved_then_in_the_file_then_seen(two: Two) -> None:
    foot, runner = two.window.navigation.foot, two.window.sync.runner
    edit(two, blocker="No gas")
    runner.read_status()
    settle()
    assert foot.text_shown() == "Saved here"
    assert "1 change waiting" in foot.accessibleName()
    two.sync()
    assert foot.text_shown() == "In the shared file"
    team.sync(two.ben.workspace)
    two.sync()
    assert foot.text_shown() == "Seen by 1 laptop"


def test_without_the_share_work_waits_and_the_popover_says_what_helps(two: Two) -> None:
    away = two.file.parent.rename(two.file.parent.with_name("away"))
    edit(two, blocker="No gas")
    two.sync()
    assert two.window.navigation.foot.text_shown() == "Offline"
    popover = two.window.sync.open_popover()
    assert isinstance(popover, SyncPopover)
    said = " ".join(one.text() for one in popover.findChildren(QLabel))
    assert "can't be reached" in said and "Check the network" in said and "1 change" in said
    away.rename(two.file.parent)
    with two.qtbot.waitSignal(two.window.sync.runner.finished, timeout=20_000):
        two.qtbot.mouseClick(popover.go, Qt.MouseButton.LeftButton)
    settle()
    assert two.window.navigation.foot.text_shown() == "In the shared file"


def test_f5_syncs_and_says_what_came_of_it(two: Two) -> None:
    two.window.sync.runner.read_status()
    settle()
    two.ben.edit(two.lead, competitors="Wuxi")
    two.window.activateWindow()
    two.qtbot.waitUntil(two.window.isActiveWindow)
    with two.qtbot.waitSignal(two.window.sync.runner.finished, timeout=20_000):
        two.qtbot.keyClick(two.window, Qt.Key.Key_F5)
    assert two.window._toast is not None
    assert "came in" in two.window._toast.accessibleName()


def test_what_came_in_is_listed_by_person_and_opens_and_is_marked_as_seen(two: Two) -> None:
    two.ben.edit(two.lead, competitors="Wuxi")
    two.sync()
    window = two.window
    window.show_view("incoming")
    view = window.view("incoming")
    assert isinstance(view, IncomingView)
    settle()
    lines = view.findChildren(IncomingLine)
    mine = [line for line in lines if "Suzhou → Wuxi" in line.accessibleName()]
    assert len(mine) == 1 and "Aare Turbinen" in mine[0].accessibleName()
    two.qtbot.mouseClick(view.seen, Qt.MouseButton.LeftButton)
    settle()
    assert not shown_lines(view)
    assert window.sync.runner.status is not None and window.sync.runner.status.incoming == 0
    two.ben.edit(two.lead, competitors="Hefei")
    two.sync()
    line = shown_lines(view)[0]
    two.qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert window.settings.view == "leads" and window.view("leads").selected_id() == two.lead


def test_my_own_work_is_never_listed_as_come_in(two: Two) -> None:
    two.window.sync.mark_looked()
    edit(two, competitors="Wuxi")
    two.meet()
    assert two.window.sync.runner.status is not None
    assert two.window.sync.runner.status.incoming == 0


def test_the_window_waits_for_the_last_edit_and_closes(two: Two) -> None:
    two.window.sync.runner.read_status()
    settle()
    edit(two, blocker="No gas")
    two.window.sync.runner.read_status()
    settle()
    two.window.close()
    two.qtbot.waitUntil(two.window.isHidden, timeout=20_000)
    team.sync(two.ben.workspace)
    assert two.ben.lead(two.lead)["blocker"] == "No gas"


def test_the_wait_before_closing_can_be_skipped(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quitting, "_NOT_AT_ONCE_MS", 0)
    runner = two.window.sync.runner
    # A share that does not answer: the run never ends.
    monkeypatch.setattr(runner, "sync_now", lambda: None)
    monkeypatch.setattr(runner, "unsent", lambda: True)
    two.window.close()
    two.qtbot.waitUntil(lambda: bool(two.window.findChildren(LastSync)))
    (dialog,) = two.window.findChildren(LastSync)
    two.qtbot.waitUntil(dialog.isVisible)
    assert not two.window.isHidden()
    two.qtbot.mouseClick(dialog.skip, Qt.MouseButton.LeftButton)
    two.qtbot.waitUntil(two.window.isHidden)


def test_a_share_that_never_answers_does_not_keep_the_window_open_for_ever(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quitting, "MOST_MS", 50)
    runner = two.window.sync.runner
    monkeypatch.setattr(runner, "sync_now", lambda: None)
    monkeypatch.setattr(runner, "unsent", lambda: True)
    two.window.close()
    two.qtbot.waitUntil(two.window.isHidden)


def test_alone_nothing_looks_for_a_share_and_the_foot_offers_to_connect(
    tmp_path: Path, two: Two
) -> None:
    workspace = Workspace.open(tmp_path / "alone")
    window = MainWindow(Store(workspace), Settings(first_run_done=True))
    window.show()
    with two.qtbot.waitSignal(window.sync.runner.finished, timeout=20_000):
        window.sync.start()
    assert window.navigation.foot.text_shown() == "Saved here"
    popover = window.sync.open_popover()
    two.qtbot.mouseClick(popover.go, Qt.MouseButton.LeftButton)
    assert window.settings.view == "settings"
    window.close()
    assert window.isHidden()
    workspace.close()


def test_two_workspaces_may_be_copies_of_one_folder(two: Two, tmp_path: Path) -> None:
    """A home folder copied to a second laptop: both go on, and nothing is lost."""
    two.sync()
    shutil.copytree(tmp_path / "anna", tmp_path / "copy")
    copied = Workspace.open(tmp_path / "copy")
    with copied.write("edit") as session:
        leads.update_lead(session, two.lead, blocker="from the copy")
    assert not team.sync(copied).problems
    edit(two, competitors="from the window")
    two.sync()
    fields = shown_lead(two)
    assert (fields["blocker"], fields["competitors"]) == ("from the copy", "from the window")
    copied.close()


def test_the_timers_are_as_promised() -> None:
    assert sync_runner.AFTER_EDIT_MS == 5_000
    assert sync_runner.EVERY_MS == 60_000
    assert quitting.MOST_MS == 10_000


def test_the_desk_shows_what_came_in(two: Two) -> None:
    two.ben.edit(two.lead, competitors="Wuxi")
    two.sync()
    two.window.show_view("desk")
    settle()
    desk = two.window.view("desk")
    assert [line for line in desk.findChildren(IncomingLine) if "Wuxi" in line.accessibleName()]
    (more,) = [b for b in desk.findChildren(QPushButton) if b.text() == "See all"]
    two.qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert two.window.settings.view == "incoming"
