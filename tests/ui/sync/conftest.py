"""Two laptops of one team over a real shared file: one with a window, one without."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import i18n
from desktop_app.db.workspace import Workspace
from desktop_app.services import companies, lead_reading, leads, members
from desktop_app.settings import Settings
from desktop_app.sync import team
from desktop_app.sync.modes import Mode
from desktop_app.ui import theme
from desktop_app.ui.screenshot import settle
from desktop_app.ui.shell import MainWindow
from desktop_app.ui.store import Store


@dataclass
class Colleague:
    """A laptop without a window."""

    workspace: Workspace
    member: str

    def edit(self, lead: str, **fields: object) -> None:
        """Edit a lead there, and sync it out."""
        with self.workspace.write("edit") as session:
            leads.update_lead(session, lead, **fields)
        assert not team.sync(self.workspace).problems

    def lead(self, lead: str) -> dict[str, object]:
        """Return a lead as it is there."""
        with self.workspace.read() as session:
            return lead_reading.lead_detail(session, lead).fields


@dataclass
class Two:
    """The window of Anna, the laptop of Ben, their team's file, and the lead both work on."""

    window: MainWindow
    ben: Colleague
    anna: str
    lead: str
    file: Path
    qtbot: QtBot

    def sync(self) -> None:
        """Let Anna's window sync, as its timers do, and wait for it."""
        runner = self.window.sync.runner
        with self.qtbot.waitSignal(runner.finished, timeout=20_000):
            runner.sync_now()
        settle()

    def meet(self) -> None:
        """Let both have all of each other's work."""
        self.sync()
        assert not team.sync(self.ben.workspace).problems
        self.sync()


def connected_window(workspace: Workspace, me: str) -> MainWindow:
    """Return a window that is shown but does not yet sync by itself."""
    window = MainWindow(
        Store(workspace), Settings(first_run_done=True, language="en", me=me, view="leads")
    )
    workspace.author_id = me
    window.resize(QSize(1280, 800))
    window.show()
    return window


@pytest.fixture
def two(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Two]:
    i18n.set_language("en")
    theme.apply(qapp, "light")
    mine, other = Workspace.open(tmp_path / "anna"), Workspace.open(tmp_path / "ben")
    with mine.write("start") as session:
        anna = members.add_member(session, name="Anna")
        ben = members.add_member(session, name="Ben")
        company = companies.add_company(session, name="Aare Turbinen AG", country="CH")
        lead = leads.add_lead(session, company, notes="They visit in June.", competitors="Suzhou")
    other.author_id = ben
    file = tmp_path / "share" / "team.db"
    file.parent.mkdir()
    team.connect(mine, str(file), create=True, mode=Mode.DRIVE)
    team.sync(mine)
    team.connect(other, str(file))
    team.sync(other)
    window = connected_window(mine, anna)
    window.show_view("leads")
    settle()
    result = Two(window, Colleague(other, ben), anna, lead, file, qtbot)
    result.meet()
    yield result
    window.sync.may_close = lambda: True  # type: ignore[method-assign] # no wait in a test
    window.close()
    settle()
    mine.close()
    other.close()
    window.deleteLater()
    settle()
    i18n.set_language("zh")
