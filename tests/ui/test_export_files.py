"""Exports by the buttons and menus of the real window: the file, the note, its folder, refusals."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QToolButton
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from desktop_app import app as root
from desktop_app.domain.errors import DeskError
from desktop_app.i18n import t
from desktop_app.services import records
from desktop_app.ui import background
from desktop_app.ui.companies.contacts_view import ContactsView
from desktop_app.ui.follow_ups.follow_ups_view import FollowUpsView
from desktop_app.ui.leads.leads_view import LeadsView
from desktop_app.ui.screenshot import settle
from desktop_app.ui.shell import MainWindow
from desktop_app.ui.trips.trips_view import TripsView
from desktop_app.ui.widgets.toast import Toast
from tests.demo_folder import demo_folder
from tests.ui.shown_window import shown_window

SaveTo = Callable[[Path], None]


class Opened(QObject):
    """Stands in for the system's file manager."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[QUrl] = []

    @Slot(QUrl)
    def open_url(self, url: QUrl) -> None:
        self.urls.append(url)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_folder(tmp_path_factory.mktemp("window"), leads=40)


@pytest.fixture
def window(filled: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    with shown_window(qapp, filled, "zh", (1440, 900)) as shown:
        yield shown


@pytest.fixture
def save_to(monkeypatch: pytest.MonkeyPatch) -> SaveTo:
    """Answers the question where to; what was proposed is kept in ``save_to.proposed``."""

    def answer(path: Path) -> None:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(path), ""))

    return answer


def leads_of(window: MainWindow) -> LeadsView:
    window.show_view("leads")
    view = window.view("leads")
    assert isinstance(view, LeadsView)
    return view


def choose(button: QToolButton, number: int) -> str:
    """Open a button's menu and choose its n-th action; return what it said."""
    menu = button.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    action = [a for a in menu.actions() if not a.isSeparator()][number]
    text = action.text()
    action.trigger()
    return text


def told(window: MainWindow) -> str:
    """What the note at the window's foot says."""
    notes = [n for n in window.findChildren(Toast) if n.isVisible()]
    return notes[-1].accessibleName() if notes else ""


def wait(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not background.busy(), timeout=20_000)
    settle()


def rows(path: Path) -> list[list[Any]]:
    book = CalamineWorkbook.from_path(str(path))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)[3:]


def test_the_leads_listed_the_selected_and_all_are_exported(
    window: MainWindow, qtbot: QtBot, save_to: SaveTo, tmp_path: Path
) -> None:
    view = leads_of(window)
    view.model.set_query("gmbh")
    listed = [row.company for row in view.model.shown_rows()]
    assert 0 < len(listed) < 40

    save_to(tmp_path / "listed")
    assert choose(view.export_button, 0) == f"导出列表中的 {len(listed)} 条线索…"
    wait(window, qtbot)
    # The ending that was not typed is added, and the order is the list's own.
    assert [row[1] for row in rows(tmp_path / "listed.xlsx")] == listed
    assert told(window) == f"已导出 {len(listed)} 条到“listed.xlsx”。"

    view.table.select_id(view.model.shown_rows()[1].id)
    save_to(tmp_path / "one.xlsx")
    choose(view.export_button, 1)
    wait(window, qtbot)
    assert [row[1] for row in rows(tmp_path / "one.xlsx")] == [listed[1]]

    save_to(tmp_path / "all.xlsx")
    choose(view.export_button, 2)
    wait(window, qtbot)
    assert len(rows(tmp_path / "all.xlsx")) == 40


def test_the_note_opens_the_folder(
    window: MainWindow, qtbot: QtBot, save_to: SaveTo, tmp_path: Path
) -> None:
    window.show_view("contacts")
    save_to(tmp_path / "people.vcf")
    view = window.view("contacts")
    assert isinstance(view, ContactsView)
    choose(view.export_button, 2)
    wait(window, qtbot)
    opened = Opened()
    QDesktopServices.setUrlHandler("file", opened, "open_url")  # type: ignore[arg-type] # stubs want bytes, Qt a text

    note = next(n for n in window.findChildren(Toast) if n.isVisible())
    assert note.act_button.text().strip() == "打开文件夹"
    note.act_button.click()

    QDesktopServices.unsetUrlHandler("file")
    assert [Path(url.toLocalFile()) for url in opened.urls] == [tmp_path]
    assert (tmp_path / "people.vcf").read_text("utf-8").count("BEGIN:VCARD") > 10


def test_follow_ups_are_exported_as_they_are_listed(
    window: MainWindow, qtbot: QtBot, save_to: SaveTo, tmp_path: Path
) -> None:
    window.show_view("follow-ups")
    view = window.view("follow-ups")
    assert isinstance(view, FollowUpsView)
    save_to(tmp_path / "open.xlsx")

    text = choose(view.export_button, 0)
    wait(window, qtbot)

    found = rows(tmp_path / "open.xlsx")
    assert text == f"导出列表中的 {len(found)} 项…"
    assert {row[6] for row in found} <= {"待办", "等对方"}


def test_a_trip_is_exported_from_its_menu_and_from_the_palette(
    window: MainWindow, qtbot: QtBot, save_to: SaveTo, tmp_path: Path
) -> None:
    window.show_view("trips")
    settle()
    view = window.view("trips")
    assert isinstance(view, TripsView)
    for name, ask in (
        ("menu.ics", view.header.calendar_asked.emit),
        (
            "palette.ics",
            next(a.callback for a in view.actions_offered() if a.text == "导出日程（.ics）…"),
        ),
    ):
        save_to(tmp_path / name)
        ask()
        wait(window, qtbot)
        assert Calendar.from_ical((tmp_path / name).read_bytes()).walk("VEVENT")


def test_nothing_is_written_when_no_place_is_chosen(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: ("", ""))
    view = leads_of(window)
    choose(view.export_button, 2)
    assert not background.busy()


def test_a_place_that_refuses_is_told_in_a_sentence(
    window: MainWindow,
    qtbot: QtBot,
    save_to: SaveTo,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    root.handle_errors(window, tmp_path / "log")
    view = leads_of(window)
    save_to(tmp_path / "gone" / "leads.xlsx")

    with qtbot.captureExceptions() as raised:
        choose(view.export_button, 2)
        wait(window, qtbot)
    kind, error, trace = raised[0]
    assert isinstance(error, DeskError)
    sys.excepthook(kind, error, trace)

    assert "无法写入" in told(window)
    assert "leads.xlsx" in told(window)
    assert not (tmp_path / "gone").exists()


def test_an_export_that_is_cancelled_leaves_the_old_file(
    window: MainWindow, qtbot: QtBot, save_to: SaveTo, tmp_path: Path
) -> None:
    target = tmp_path / "all.xlsx"
    target.write_bytes(b"the old one")
    view = leads_of(window)
    save_to(target)

    choose(view.export_button, 2)
    for job in list(background._running):
        job.cancel()
    wait(window, qtbot)

    assert target.read_bytes() == b"the old one"
    assert [p.name for p in tmp_path.iterdir()] == ["all.xlsx"]
    assert told(window) == "已取消，未作任何更改"


def test_a_right_click_on_leads_offers_their_export(
    window: MainWindow, qtbot: QtBot, save_to: SaveTo, tmp_path: Path
) -> None:
    view = leads_of(window)
    ids = [row.id for row in view.model.shown_rows()[:3]]
    menu = QMenu()
    view._fill_menu(menu, ids)
    action: QAction = next(a for a in menu.actions() if a.text() == "导出为 Excel 台账…")
    save_to(tmp_path / "three.xlsx")

    action.trigger()
    wait(window, qtbot)

    assert len(rows(tmp_path / "three.xlsx")) == 3


@pytest.mark.parametrize(
    ("view", "mode", "kind"),
    [
        ("cases", "cases", "cases"),
        ("approvals", "items", "approvals"),
        ("approvals", "projects", "approvals"),
        ("financing", "facilities", "facilities"),
        ("financing", "receipts", "capital-receipts"),
    ],
)
def test_the_lists_of_after_signing_export_what_they_show(
    window: MainWindow,
    qtbot: QtBot,
    save_to: SaveTo,
    tmp_path: Path,
    view: str,
    mode: str,
    kind: str,
) -> None:
    window.show_view(view)
    shown: Any = window.view(view)
    shown.show_mode(mode)
    page = getattr(shown, "page", shown) if view != "approvals" else shown
    if view == "approvals" and mode == "projects":
        shown.select(window.store.read(records.list_records, "approvals")[0]["id"])
    settle()
    wanted = page.shown_ids()
    assert wanted
    assert page.export_button.isVisible()

    save_to(tmp_path / "shown.xlsx")
    assert str(len(wanted)) in choose(page.export_button, 0)
    wait(window, qtbot)
    assert len(rows(tmp_path / "shown.xlsx")) == len(wanted)

    save_to(tmp_path / "all.xlsx")
    choose(page.export_button, 2)
    wait(window, qtbot)
    every = window.store.read(records.list_records, kind)
    assert len(rows(tmp_path / "all.xlsx")) == len(every)

    save_to(tmp_path / "palette.xlsx")
    offered = [a for a in window.view_actions() if a.text == t(f"export.menu.{kind}")]
    offered[0].callback()
    wait(window, qtbot)
    assert len(rows(tmp_path / "palette.xlsx")) == len(wanted)
