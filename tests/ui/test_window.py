"""The window as a whole: views, language, theme, undo, palette, errors, one window a workspace."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_app import app as root
from desktop_app import i18n
from desktop_app import settings as settings_file
from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from desktop_app.services import follow_ups
from desktop_app.settings import Settings
from desktop_app.ui.palette import Palette
from desktop_app.ui.qt_texts import speak
from desktop_app.ui.screenshot import settle
from desktop_app.ui.shell import MainWindow
from desktop_app.ui.store import Store
from desktop_app.ui.views import ICONS
from tests.demo_folder import demo_folder
from tests.ui.shown_window import shown_window


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_folder(tmp_path_factory.mktemp("window"), leads=40)


@pytest.fixture
def window(filled: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    with shown_window(qapp, filled, "en", (1280, 800)) as shown:
        yield shown
    i18n.set_language("zh")


def test_every_view_opens_in_both_languages_and_themes(window: MainWindow) -> None:
    for language in ("en", "zh"):
        window.set_language(language)
        for name in ICONS:
            window.show_view(name)
            window.toggle_theme()
            settle()
            assert window.stack.currentWidget() is window.view(name)


def test_view_theme_and_language_are_kept_at_once(window: MainWindow, qtbot: QtBot) -> None:
    def kept() -> tuple[str, str, str]:
        now = settings_file.load(window.store.workspace.paths.settings)
        return now.view, now.theme, now.language

    window.show_view("trips")
    window.set_theme("dark")
    window.set_language("zh")

    # No closing: what a killed process has kept is what stands in the file now.
    qtbot.waitUntil(lambda: kept() == ("trips", "dark", "zh"), timeout=3_000)


def test_the_window_is_no_larger_than_the_screen(window: MainWindow) -> None:
    free = window.screen().availableGeometry().size()
    window.resize(free.width() + 200, free.height() + 200)

    window.fit_screen()

    assert window.frameGeometry().width() <= free.width()
    assert window.height() <= free.height() - 30, "the title bar needs its place too"


def test_the_navigation_counts_companies_before_their_view_was_open(window: MainWindow) -> None:
    window.refresh_counts()
    count, _alarm = window._counts["companies"]
    assert count
    window.show_view("companies")
    assert window._counts["companies"][0] == count


def test_a_switch_of_language_keeps_the_view_and_its_selection(window: MainWindow) -> None:
    window.show_view("leads")
    settle()
    window.view("leads").select_first()
    chosen = window.view("leads").selected_id()
    window.set_language("zh")
    settle()
    assert window.windowTitle() == "招商工作台"
    assert chosen and window.view("leads").selected_id() == chosen


def test_the_file_dialog_speaks_chinese_throughout(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    i18n.set_language("zh")
    speak("zh")
    dialog = QFileDialog(None, "选择文件", str(tmp_path), "Excel (*.xlsx)")
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.show()
    texts = {label.objectName(): label.text() for label in dialog.findChildren(QLabel)}
    assert texts["lookInLabel"] == "查找范围(&I)："
    assert texts["fileTypeLabel"] == "文件类型(&T)："
    assert QCoreApplication.translate("QAbstractFileIconProvider", "Folder") == "文件夹"
    speak("en")


def test_every_control_has_an_accessible_name(window: MainWindow) -> None:
    nameless = []
    for name in ICONS:
        window.show_view(name)
        settle()
        window.view(name).select_first()
        settle()
        for child in window.findChildren(QWidget):
            if not child.isVisible() or not isinstance(
                child, QAbstractButton | QLineEdit | QComboBox
            ):
                continue
            if isinstance(child.parent(), QAbstractSpinBox):
                continue
            face = QAccessible.queryAccessibleInterface(child)
            if not face.text(QAccessible.Text.Name):
                nameless.append((name, child.metaObject().className(), str(child.parent())))
    assert nameless == []


def test_a_ticked_follow_up_is_done_and_undo_brings_it_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    from desktop_app.ui.desk.desk_parts import DueLine

    window.show_view("desk")
    settle()
    before = window.store.read(follow_ups.follow_up_rows)
    line = window.findChildren(DueLine)[0]
    qtbot.mouseClick(line.tick, Qt.MouseButton.LeftButton)
    settle()
    during = window.store.read(follow_ups.follow_up_rows)
    window.undo()
    settle()
    after = window.store.read(follow_ups.follow_up_rows)
    assert sum(row.group == "done" for row in during) == 1 + sum(r.group == "done" for r in before)
    assert after == before


def test_the_palette_finds_views_and_records_by_initials(window: MainWindow, qtbot: QtBot) -> None:
    palette = Palette(window, window.all_actions())
    palette.show_over()
    palette.field.setText("settings")
    palette.search()
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.settings.view == "settings")


def test_what_another_process_writes_is_read_again(window: MainWindow, filled: Path) -> None:
    from desktop_app.services import lead_rows, leads

    window.show_view("leads")
    settle()
    other = Workspace.open(filled)
    row = window.store.read(lead_rows.lead_rows)[0]
    with other.write("elsewhere") as session:
        leads.update_lead(session, row.id, notes="from the command line")
    other.close()
    before = window._version
    window.look_for_others()
    assert window._version > before


def test_a_refusal_is_worded_and_anything_else_is_logged(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        "desktop_app.ui.widgets.dialogs.tell", lambda _p, _title, text: told.append(text)
    )
    monkeypatch.setattr(window, "toast", lambda text, undo=False: told.append(text))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    root.handle_errors(window, tmp_path / "log")
    for error in (DeskError("disk_full"), ZeroDivisionError("bug")):
        sys.excepthook(type(error), error, None)
    assert "disk" in told[0].lower()
    assert str(tmp_path / "log") in told[1]


def test_a_second_start_finds_the_first(tmp_path: Path, qapp: QApplication) -> None:
    server = root.single_instance(qapp, tmp_path)
    assert server is not None
    assert root.single_instance(qapp, tmp_path) is None
    assert root.single_instance(qapp, tmp_path / "another") is not None
    server.deleteLater()


def test_the_first_run_names_the_person_and_the_team(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    i18n.set_language("en")
    window = MainWindow(Store(Workspace.open(tmp_path)), Settings())
    window.show()
    window.start_first_run()
    settle()
    page = window.stack.currentWidget()
    from desktop_app.ui.first_run.first_run import FirstRun

    assert isinstance(page, FirstRun)
    # By keyboard alone: the cursor stands where each step is answered, and Enter goes on.
    for words in ("Wang Min", "Binjiang"):
        field = page.focusWidget()
        assert isinstance(field, QLineEdit)
        qtbot.keyClicks(field, words)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    page.choices["empty"].click()
    page.next.click()
    settle()
    assert window.team_name() == "Binjiang"
    assert window.me and window.settings.first_run_done
    window.close()
    window.store.workspace.close()
    i18n.set_language("zh")
