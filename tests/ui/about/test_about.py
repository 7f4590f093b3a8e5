"""About tells the version, and of each part that is shipped its licence."""

import json
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import __version__, paths
from desktop_app.i18n import set_language
from desktop_app.ui.about.about_window import AboutWindow
from desktop_app.ui.about.parts import parts
from desktop_app.ui.common_actions import common_actions
from desktop_app.ui.settings_view.settings_view import SettingsView
from desktop_app.ui.shell import MainWindow
from tests.ui.shown_window import shown_window


@pytest.fixture(params=["zh", "en"])
def window(
    request: pytest.FixtureRequest, tmp_path: Path, qapp: QApplication
) -> Iterator[MainWindow]:
    with shown_window(qapp, tmp_path / "ws", request.param, (1280, 720)) as shown:
        yield shown


@pytest.fixture
def about(qtbot: QtBot) -> AboutWindow:
    set_language("en")
    shown = AboutWindow(None)
    qtbot.addWidget(shown)
    shown.show()
    return shown


def choose(about: AboutWindow, name: str) -> None:
    names = [about.list.item(row).text() for row in range(about.list.count())]
    about.list.setCurrentRow(names.index(name))


def test_it_opens_from_the_settings_and_from_the_palette(window: MainWindow, qtbot: QtBot) -> None:
    window.show_view("settings")
    settings = window.view("settings")
    assert isinstance(settings, SettingsView)
    settings.about_button.click()
    opened = window.findChild(AboutWindow)
    assert opened is not None
    assert __version__ in opened.version.text()
    opened.accept()
    qtbot.waitUntil(lambda: window.findChild(AboutWindow) is None)

    [action] = [one for one in common_actions(window) if one.callback == window.open_about]
    action.callback()
    assert window.findChild(AboutWindow) is not None


def test_it_is_no_larger_than_the_window_it_stands_over(window: MainWindow) -> None:
    window.resize(960, 600)
    opened = AboutWindow(window)
    assert opened.width() <= window.width()
    assert opened.height() <= window.height()
    opened.deleteLater()


@pytest.mark.parametrize(
    ("name", "licence", "words"),
    [
        ("Invest Desk", "MIT", "Permission is hereby granted"),
        ("Qt and PySide6", "LGPL-3.0", "GNU LESSER GENERAL PUBLIC LICENSE"),
        ("Font Invest Desk Sans", "OFL-1.1", "SIL OPEN FONT LICENSE"),
        ("Icons Lucide", "ISC", "ISC License"),
        ("Lakes GSHHG", "LGPL-3.0", "GNU GENERAL PUBLIC LICENSE"),
        ("SQLAlchemy", "MIT", "Permission is hereby granted"),
    ],
)
def test_each_part_shows_its_licence_in_full(
    about: AboutWindow, name: str, licence: str, words: str
) -> None:
    choose(about, name)
    assert about.licence.text() == licence
    assert words.casefold() in about.text.toPlainText().casefold()


def test_data_without_a_text_is_credited(about: AboutWindow) -> None:
    choose(about, "Places GeoNames")
    assert about.licence.text() == "CC BY 4.0"
    assert "geonames.org" in about.note.text()
    assert not about.text.isEnabled()
    choose(about, "Map Natural Earth")
    assert about.licence.text() == "Public domain"


def test_from_source_it_names_what_is_installed() -> None:
    named = {part.name: part.version for part in parts()}
    assert named["reportlab"] == metadata.version("reportlab")
    assert not any(name.casefold().startswith(("pyside6", "shiboken")) for name in named)


def test_in_a_bundle_it_names_what_was_gathered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "licences"
    folder.mkdir()
    (folder / "libfoo-copyright.txt").write_text("Do as you like.\n", encoding="utf-8")
    row = {"name": "libfoo1", "version": "1.2", "licence": "", "kind": "library"}
    gathered = [row | {"texts": ["libfoo-copyright.txt", "lost.txt"]}]
    (folder / "licences.json").write_text(json.dumps(gathered), encoding="utf-8")
    monkeypatch.setattr(paths, "_ROOT", tmp_path)
    last = parts()[-1]
    assert (last.name, last.version) == ("libfoo1", "1.2")
    assert last.text() == "Do as you like."
    assert "SQLAlchemy" not in {part.name for part in parts()}


def test_the_list_can_be_copied(about: AboutWindow) -> None:
    about.copy_button.click()
    copied = QApplication.clipboard().text().splitlines()
    assert copied[0] == f"Invest Desk {__version__}"
    assert "Places GeoNames · CC BY 4.0" in copied
