"""The user guide: opened by F1 where it fits, true to the screen, read by keyboard."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import i18n
from desktop_app.i18n import LANGUAGES, catalogue
from desktop_app.paths import resource
from desktop_app.ui.guide import pages
from desktop_app.ui.guide.guide_view import APP, GuideView
from desktop_app.ui.screenshot import settle
from desktop_app.ui.shell import MainWindow
from desktop_app.ui.shortcuts import ShortcutSheet
from desktop_app.ui.views import ICONS, VIEW_OF_KIND
from tests.demo_folder import demo_folder
from tests.ui.shown_window import shown_window

PICTURES = re.compile(r"!\[[^\]]+\]\(([\w-]+)\.png\)")
LINKS = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]+)\)")
NAMES = re.compile(r"\*\*(.+?)\*\*")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_folder(tmp_path_factory.mktemp("guide"), leads=20)


@pytest.fixture
def window(filled: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    with shown_window(qapp, filled, "en", (1280, 720)) as shown:
        yield shown
    i18n.set_language("zh")


def guide_of(window: MainWindow) -> GuideView:
    view = window.view("guide")
    assert isinstance(view, GuideView)
    return view


def all_texts() -> list[tuple[str, str, str]]:
    return [(lang, name, pages.text_of(name, lang)) for lang in LANGUAGES for name in pages.PAGES]


def test_there_are_twelve_pages_and_no_other_file_in_both_languages() -> None:
    assert len(pages.PAGES) == 12
    for lang in LANGUAGES:
        wanted = [pages.file_of(name, lang) for name in pages.PAGES]
        assert sorted(resource("guide", lang).glob("*")) == sorted(wanted)
        assert all(path.read_text("utf-8").startswith("# ") for path in wanted)
    assert {view for views in pages.PAGES.values() for view in views} >= set(ICONS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_name_in_bold_stands_on_the_screen(lang: str) -> None:
    place = LANGUAGES.index(lang)
    shown = {texts[place].strip() for texts in catalogue().values()}
    missing = [
        (name, bold)
        for of, name, text in all_texts()
        for bold in NAMES.findall(text)
        if of == lang and bold not in shown
    ]
    assert missing == []


def test_pictures_are_there_and_none_is_unused() -> None:
    for lang in LANGUAGES:
        used = {p for of, _name, text in all_texts() if of == lang for p in PICTURES.findall(text)}
        files = resource("guide", "pictures", lang).glob("*")
        assert {path.name for path in files} == {f"{name}.png" for name in used}
    sizes = [path.stat().st_size for path in resource("guide", "pictures").rglob("*.png")]
    assert sum(sizes) <= 3_000_000


def test_both_languages_have_the_same_pictures_and_links() -> None:
    for name in pages.PAGES:
        zh, en = (pages.text_of(name, lang) for lang in LANGUAGES)
        assert PICTURES.findall(zh) == PICTURES.findall(en), name
        assert LINKS.findall(zh) == LINKS.findall(en), name
        assert [line.partition(" ")[0] for line in zh.splitlines() if line.startswith("#")] == [
            line.partition(" ")[0] for line in en.splitlines() if line.startswith("#")
        ], name


def test_every_link_leads_somewhere() -> None:
    for _lang, name, text in all_texts():
        for link in LINKS.findall(text):
            url = QUrl(link)
            if url.scheme() != APP:
                assert link in pages.PAGES, (name, link)
            elif url.path() not in ("shortcuts", "palette"):
                assert url.path().removeprefix("view/") in ICONS, (name, link)


def test_f1_opens_the_page_of_the_view_and_goes_back(window: MainWindow, qtbot: QtBot) -> None:
    for view in ("trips", "leads", "figures", "desk"):
        window.show_view(view)
        qtbot.keyClick(window, Qt.Key.Key_F1)

        assert window.stack.currentWidget() is guide_of(window)
        assert guide_of(window).selected_id() == pages.page_of(view)

        qtbot.keyClick(window, Qt.Key.Key_F1)
        assert window.stack.currentWidget() is window.view(view)
    assert set(VIEW_OF_KIND.values()) <= {v for views in pages.PAGES.values() for v in views}


def test_the_pages_are_read_by_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    window.show_view("desk")
    qtbot.keyClick(window, Qt.Key.Key_F1)
    guide = guide_of(window)

    qtbot.keyClick(guide.list, Qt.Key.Key_Down)
    assert guide.selected_id() == "leads"
    assert guide.text.toPlainText().startswith(pages.title_of("leads"))

    qtbot.keyClick(guide.list, Qt.Key.Key_End)
    assert guide.selected_id() == "every-day"
    assert not guide.next.isEnabled()

    qtbot.keyClick(guide.text, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert guide.selected_id() == "year"

    qtbot.keyClick(guide.text, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.view("desk")


def test_the_search_keeps_the_pages_that_have_the_words(window: MainWindow, qtbot: QtBot) -> None:
    window.show_view("trips")
    window.open_guide()
    guide = guide_of(window)

    window._with_view("focus_search")
    qtbot.keyClicks(guide.search, "passphrase")
    qtbot.waitUntil(lambda: guide.list.count() == 1)
    assert guide.selected_id() == "sharing"
    assert guide.text.extraSelections()

    guide.search.setText("no such words in it")
    qtbot.waitUntil(lambda: not guide._names()[0])
    guide.step(1)
    guide.search.clear()
    qtbot.waitUntil(lambda: guide.list.count() == 12)


def test_links_open_pages_views_and_the_keys(window: MainWindow) -> None:
    window.show_view("desk")
    window.open_guide()
    guide = guide_of(window)

    guide.follow(QUrl("papers"))
    assert guide.selected_id() == "papers"

    guide.follow(QUrl("invest-desk:shortcuts"))
    sheets = [w for w in QApplication.topLevelWidgets() if isinstance(w, ShortcutSheet)]
    assert len(sheets) == 1
    sheets[0].close()

    guide.follow(QUrl("invest-desk:view/trips"))
    assert window.stack.currentWidget() is window.view("trips")


def test_another_language_keeps_the_page(window: MainWindow) -> None:
    window.show_view("leads")
    window.open_guide()
    guide_of(window).select("sharing")

    window.set_language("zh")
    settle()

    guide = guide_of(window)
    assert window.stack.currentWidget() is guide
    assert guide.text.toPlainText().startswith(pages.title_of("sharing", "zh"))
    guide.closed.emit()
    assert window.stack.currentWidget() is window.view("leads")


def test_pictures_are_as_wide_as_the_column(window: MainWindow) -> None:
    window.show_view("trips")
    window.open_guide()
    text = guide_of(window).text
    kind = QTextDocument.ResourceType.ImageResource.value

    picture = text.loadResource(kind, QUrl("trip.png"))

    assert 0 < picture.deviceIndependentSize().width() <= text.viewport().width()
    assert text.horizontalScrollBar().maximum() == 0


def test_keys_are_listed_from_any_view(window: MainWindow, qtbot: QtBot) -> None:
    window.show_view("conflicts")

    qtbot.keyClick(window, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)

    sheets = [w for w in QApplication.topLevelWidgets() if isinstance(w, ShortcutSheet)]
    assert len(sheets) == 1
    sheets[0].close()
