"""Papers in the window: made beside their data, completed, exported and attached, by clicks."""

import datetime as dt
import errno
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app import i18n
from desktop_app import settings as settings_file
from desktop_app.db.workspace import Workspace
from desktop_app.reports.papers import PAPERS
from desktop_app.services import attachments, companies, leads, trips
from desktop_app.services.lead_reading import files_of
from desktop_app.settings import Settings
from desktop_app.ui import fonts, theme
from desktop_app.ui.papers import catalogue
from desktop_app.ui.papers.paper_options import section_name
from desktop_app.ui.papers.paper_preview import PaperPreview
from desktop_app.ui.screenshot import settle
from desktop_app.ui.shell import MainWindow
from desktop_app.ui.store import Store
from desktop_app.ui.trips.trips_view import TripsView
from tests.demo_folder import demo_folder


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_folder(tmp_path_factory.mktemp("papers"), leads=30)


@pytest.fixture
def window(filled: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    i18n.set_language("zh")
    if qapp.font().family() != fonts.FAMILY:
        fonts.load()
        qapp.setFont(fonts.font())
    theme.apply(qapp, "light")
    home = tmp_path / "work"
    shutil.copytree(filled, home)
    shown = MainWindow(Store(Workspace.open(home)), Settings(first_run_done=True, language="zh"))
    shown.resize(1440, 900)
    shown.show()
    shown.start()
    # Keys and the cursor are looked at: the window has to be the active one.
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    settle()
    yield shown
    shown.close()
    shown.store.workspace.close()
    shown.deleteLater()
    settle()


def trips_view(window: MainWindow) -> TripsView:
    view = window.view("trips")
    assert isinstance(view, TripsView)
    return view


def preview_of(window: MainWindow, name: str) -> PaperPreview:
    place: Any = window.view(catalogue.view_of(name))
    preview = place.papers.preview
    assert isinstance(preview, PaperPreview)
    return preview


def made(qtbot: QtBot, preview: PaperPreview) -> PaperPreview:
    qtbot.waitUntil(lambda: not preview.busy(), timeout=60_000)
    return preview


def open_paper(qtbot: QtBot, window: MainWindow, name: str) -> PaperPreview:
    window.open_paper(name)
    return made(qtbot, preview_of(window, name))


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def toast(window: MainWindow) -> str:
    note = window._toast
    assert note is not None
    return note.findChildren(QLabel)[0].text()


def choose(monkeypatch: pytest.MonkeyPatch, target: Path) -> None:
    """Answer the system's dialog, which no test can click."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))


def text_of(preview: PaperPreview) -> str:
    pages = range(preview.view.pdf.pageCount())
    return "".join(preview.view.pdf.getAllText(page).text() for page in pages)


def write_into(widget: Any, text: str) -> None:
    widget.setFocus()
    widget.selectAll()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def test_every_paper_there_is_is_offered_and_every_section_has_its_words() -> None:
    assert sorted(catalogue.offered()) == sorted(PAPERS)
    for name, paper in PAPERS.items():
        assert catalogue.kind_of(name) == paper.KIND
        for code in paper.SECTIONS:
            assert f"reports.section_{code}" in i18n.catalogue(), code
            assert section_name(code)


def test_a_briefing_stands_beside_the_programme_and_follows_what_is_altered(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.show_view("trips")
    view = trips_view(window)
    click(qtbot, view.header.briefing)
    preview = made(qtbot, preview_of(window, "trip-briefing"))
    assert preview.view.page_count() > 5
    assert view.programme.isVisible()
    assert not view.right.isVisible()
    assert view.programme.mapTo(view, QPoint(0, 0)).x() < preview.mapTo(view, QPoint(0, 0)).x()
    click(qtbot, preview.wide)
    assert not view.programme.isVisible()
    click(qtbot, preview.wide)
    assert view.programme.isVisible()

    window.store.write("new", trips.update_trip, view._trip_id, title="改过的名字")
    qtbot.waitUntil(lambda: "改过的名字" in text_of(preview), timeout=30_000)
    preview.view.setFocus()
    qtbot.keyClick(preview.view, Qt.Key.Key_Escape)
    assert view.papers.preview is None
    assert view.right.isVisible()
    assert not list(window.store.workspace.paths.folder.glob("preview-*"))


def test_language_sections_and_mark_are_chosen_and_kept(qtbot: QtBot, window: MainWindow) -> None:
    preview = open_paper(qtbot, window, "trip-briefing")
    trip_id = preview.record_id
    pages = preview.view.page_count()
    click(qtbot, preview.language._buttons["both"])
    made(qtbot, preview)
    text = text_of(preview)
    assert "出访工作手册" in text
    assert "Trip briefing" in text
    click(qtbot, preview.language._buttons["en"])
    made(qtbot, preview)
    assert preview.save_name.startswith("Trip briefing - ")

    box = preview.options.boxes["sheets"]
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(14, box.height() // 2))
    made(qtbot, preview)
    assert preview.view.page_count() < pages
    line = preview.options.mark.lineEdit()
    assert line is not None
    write_into(line, "工作秘密 只限团组")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    made(qtbot, preview)
    assert "工作秘密只限团组" in re.sub(r"\s", "", text_of(preview))
    kept = window.store.read(trips.trip_detail, trip_id).trip["classification"]
    assert kept == "工作秘密 只限团组"
    step = window.store.undo()
    assert step is not None

    preview.closed.emit()
    again = open_paper(qtbot, window, "trip-briefing")
    assert again.language.value() == "en"
    assert not again.options.boxes["sheets"].isChecked()
    click(qtbot, again.options.all)
    made(qtbot, again)
    stored = settings_file.load(window.store.workspace.paths.settings).views["papers"]
    assert stored["trip-briefing"] == {"lang": "en", "left_out": []}


def test_the_last_section_cannot_be_left_out(qtbot: QtBot, window: MainWindow) -> None:
    preview = open_paper(qtbot, window, "trip-briefing")
    for box in preview.options.boxes.values():
        box.click()
    assert len(preview.options.boxes) - len(preview.options.left_out()) == 1
    made(qtbot, preview)
    assert preview.view.page_count() >= 1


def test_an_export_is_attached_once_with_its_time_and_can_be_undone(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    preview = open_paper(qtbot, window, "trip-briefing")
    choose(monkeypatch, tmp_path / "给领导")
    click(qtbot, preview._save)
    out = tmp_path / "给领导.pdf"
    assert out.read_bytes().startswith(b"%PDF")
    assert "附到" in toast(window)
    files = window.store.read(files_of, "trip", preview.record_id)
    [one] = [f for f in files if f["name"] == out.name]
    assert re.fullmatch(r"数据时间 \d{4}-\d\d-\d\d \d\d:\d\d", one["caption"])
    kept = window.store.workspace.paths.files / one["sha256"]
    assert kept.read_bytes() == out.read_bytes()
    assert preview._folder.isVisible()

    choose(monkeypatch, tmp_path / "again.pdf")
    click(qtbot, preview._save)
    assert len(window.store.read(files_of, "trip", preview.record_id)) == len(files)

    view = trips_view(window)
    click(qtbot, view.header.beside._buttons["details"])
    view.pane.tabs.setCurrentIndex(3)
    shown = view.pane.files
    assert shown.isVisible()
    assert one["caption"] in [found.text() for found in shown.findChildren(QLabel)]
    window.undo()
    assert len(window.store.read(files_of, "trip", preview.record_id)) == len(files) - 1


def test_a_place_that_takes_no_file_is_said_in_a_sentence_and_the_preview_stays(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    preview = open_paper(qtbot, window, "trip-briefing")
    choose(monkeypatch, tmp_path / "gone" / "x.pdf")
    click(qtbot, preview._save)
    assert "没能写入“x.pdf”" in toast(window)
    # A folder in the file's place refuses as a file that is open elsewhere does.
    blocked = tmp_path / "blocked.pdf"
    blocked.mkdir()
    choose(monkeypatch, blocked)
    click(qtbot, preview._save)
    assert "没能写入“blocked.pdf”" in toast(window)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    old = tmp_path / "old.pdf"
    old.write_bytes(b"before")
    choose(monkeypatch, old)
    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        click(qtbot, preview._save)
    assert "没能写入“old.pdf”" in toast(window)
    assert old.read_bytes() == b"before"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["blocked.pdf", "old.pdf", "work"]
    assert preview.view.page_count() > 5
    assert window.store.read(files_of, "trip", preview.record_id) == []


def test_a_cancelled_paper_leaves_nothing_and_is_made_again_by_a_click(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.open_paper("trip-briefing")
    preview = preview_of(window, "trip-briefing")
    stop = preview._busy.findChildren(QWidget)[-1]
    click(qtbot, stop)
    settle()
    assert preview.view.page_count() == 0
    assert not preview._save.isEnabled()
    assert not list(window.store.workspace.paths.folder.glob("preview-*/*.pdf"))
    click(qtbot, preview._problem.buttons[0])
    made(qtbot, preview)
    assert preview.view.page_count() > 5


def test_a_paper_that_fails_is_said_and_the_window_goes_on(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        KIND, SECTIONS = "trips", ("one_page",)

        def read(self, *_args: object) -> None:
            raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setitem(PAPERS, "trip-briefing", Broken())
        preview = open_paper(qtbot, window, "trip-briefing")
        assert "意外问题" in preview._problem.hint.text()
        assert preview._problem.isVisible()
    click(qtbot, preview._problem.buttons[0])
    made(qtbot, preview)
    assert preview.view.page_count() > 5
    window.show_view("leads")
    assert window.view("leads").isVisible()


def test_a_gap_leads_to_its_field_and_mended_it_goes(qtbot: QtBot, window: MainWindow) -> None:
    view = trips_view(window)
    window.show_view("trips")
    detail = window.store.read(trips.trip_detail, view._trip_id)
    key = detail.meetings[0].fields["id"]
    window.store.write("empty", trips.update_meeting, key, objective=None)
    preview = open_paper(qtbot, window, "trip-briefing")
    [line] = [x for x in preview.gaps.lines if x.check.record_id == key]
    click(qtbot, line)
    assert view.sheet.meeting_id() == key
    field: Any = view.sheet.preparation.fields["objective"]
    assert QApplication.focusWidget() is field
    assert preview.isVisible()
    qtbot.keyClicks(field, "sign in May")
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not preview.busy() and not preview.gaps.warnings(), timeout=30_000)
    assert "sign in May" in text_of(preview)


def every_gap(window: MainWindow, name: str, record_id: str) -> list[Any]:
    from desktop_app.reports.paper import Order

    paper = PAPERS[name]
    order = Order("zh", dt.datetime.now(dt.UTC))
    workspace = window.store.workspace
    with workspace.read() as session:
        facts = paper.read(session, record_id, order, workspace.paths.files)
    return paper.gaps(facts, order)


def bare_trip(session: Any, picture: Any) -> str:
    """Make a trip that lacks everything that a paper may want."""
    trip: str = trips.add_trip(session, title="空")
    now = dt.datetime(2026, 12, 3, 9, tzinfo=dt.UTC)
    trips.add_stop(session, trip, city="Nowhere")
    trips.plan_meeting(session, trip, title="no time")
    for status in ("held", "cancelled"):
        meeting = trips.plan_meeting(session, trip, None, now, title=status)
        trips.update_meeting(session, meeting, status=status, unplanned=True)
        attachments.add_attachment(session, "meeting", meeting, picture)
    attachments.add_attachment(session, "trip", trip, picture)
    return trip


def test_every_kind_of_gap_of_a_trip_lands_on_a_field(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"no picture at all")
    picture = attachments.keep_file(window.store.workspace.paths.files, photo)
    trip = window.store.write("bare", bare_trip, picture)
    window.show_view("trips")
    view = trips_view(window)
    view.show_trip(trip)
    seen = set()
    for name in catalogue.offered("trips"):
        for gap in every_gap(window, name, trip):
            seen.add((gap.kind, gap.column))
            view.programme.setFocus()
            before = QApplication.focusWidget()
            view.lead_to(gap.kind, gap.record_id, gap.column)
            now = QApplication.focusWidget()
            assert now is not None, gap
            if gap.column == "meetings":
                assert now is view.programme
            elif gap.column or gap.kind == "stops":
                assert now is not before, gap
            if gap.kind == "meetings":
                assert view.sheet.meeting_id() == gap.record_id, gap
                assert view.sheet.isAncestorOf(now), gap
    assert {kind for kind, _column in seen} >= {"trips", "stops", "meetings"}


def test_every_gap_of_a_lead_lands_on_a_field_or_its_tab(qtbot: QtBot, window: MainWindow) -> None:
    def bare(session: Any) -> str:
        company = companies.add_company(session, name="Bare AG", country="CH")
        companies.add_contact(session, name="Nobody Reachable", company_id=company)
        lead: str = leads.add_lead(session, company, source="outreach")
        return lead

    lead = window.store.write("bare", bare)
    window.show_view("leads")
    view: Any = window.view("leads")
    view.select(lead)
    preview = open_paper(qtbot, window, "lead-brief")
    assert view.pane.isVisible()
    assert not view.table.isVisible()
    gaps = every_gap(window, "lead-brief", lead)
    assert {gap.kind for gap in gaps} >= {"leads"}
    for gap in gaps:
        window.show_view("leads")
        view.papers.lead_to(gap.kind, gap.record_id, gap.column)
        now = QApplication.focusWidget()
        assert now is not None, gap
        if gap.kind == "leads" and gap.column:
            assert view.pane.isAncestorOf(now), gap
        elif gap.kind == "contacts":
            contacts: Any = window.view("contacts")
            assert contacts.selected_id() == gap.record_id
            assert contacts.pane.isAncestorOf(now), gap
    window.show_view("leads")
    made(qtbot, preview)


def test_the_brief_follows_the_lead_that_is_selected_and_is_attached_to_it(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window.show_view("leads")
    view: Any = window.view("leads")
    rows = view.model.shown_rows()
    view.select(rows[0].id)
    [brief] = view.pane.foot_buttons.findChildren(QToolButton)
    click(qtbot, brief)
    preview = made(qtbot, preview_of(window, "lead-brief"))
    window.open_record("leads", rows[1].id)
    made(qtbot, preview)
    assert preview.record_id == rows[1].id
    choose(monkeypatch, tmp_path / "brief.pdf")
    click(qtbot, preview._save)
    [kept] = window.store.read(files_of, "lead", rows[1].id)
    assert kept["name"] == "brief.pdf"
    view.pane.show_tab("files")
    assert kept["caption"] in [found.text() for found in view.pane.files.findChildren(QLabel)]
    preview.closed.emit()
    assert view.table.isVisible()


def test_a_meeting_without_a_trip_is_shown_with_its_lead(window: MainWindow) -> None:
    window.show_view("leads")
    view: Any = window.view("leads")
    lead = view.model.shown_rows()[0].id
    meeting = window.store.write("add", trips.plan_meeting, None, None, None, lead_id=lead)
    window.open_record("meetings", meeting, "outcome")
    assert view.isVisible()
    assert view.selected_id() == lead


def test_the_weekly_report_goes_from_week_to_week(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window.show_view("desk")
    desk: Any = window.view("desk")
    desk._papers.actions()[0].trigger()
    preview = made(qtbot, preview_of(window, "weekly"))
    assert preview.view.page_count() >= 1
    assert desk._scroll.isVisible()
    now = preview.save_name
    assert not preview.period.after.isEnabled()
    click(qtbot, preview.period.before)
    made(qtbot, preview)
    assert preview.save_name != now
    click(qtbot, preview.period.after)
    made(qtbot, preview)
    assert preview.save_name == now
    choose(monkeypatch, tmp_path / "week.pdf")
    click(qtbot, preview._save)
    assert toast(window) == "已保存：week.pdf"
    preview.papers.actions()[1].trigger()
    made(qtbot, preview)
    assert preview.name == "monthly"
    assert "月" in preview.period.shown.text()


def test_the_yearly_report_goes_from_year_to_year_and_leads_to_its_targets(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.show_view("desk")
    desk: Any = window.view("desk")
    desk._papers.actions()[2].trigger()
    preview = made(qtbot, preview_of(window, "yearly"))
    year = dt.date.today().year
    assert preview.period.shown.text() == f"{year} 年"
    assert not preview.period.after.isEnabled()
    assert preview.save_name == f"{year}年度招商成果报告.pdf"
    click(qtbot, preview.period.before)
    made(qtbot, preview)
    assert preview.period.day() == dt.date(year - 1, 12, 31)
    assert preview.save_name == f"{year - 1}年度招商成果报告.pdf"
    preview.record_asked.emit("figures", f"{year - 1}/site_surveys", "")
    figures: Any = window.view("figures")
    assert figures.isVisible()
    assert (figures.year, figures.selected_id()) == (year - 1, "site_surveys")


def test_a_narrow_window_shows_the_pages_alone(qtbot: QtBot, window: MainWindow) -> None:
    window.setMinimumSize(600, 400)
    window.resize(1000, 720)
    settle()
    preview = open_paper(qtbot, window, "trip-briefing")
    view = trips_view(window)
    assert not view.programme.isVisible()
    assert not preview.wide.isEnabled()
    window.resize(1400, 800)
    qtbot.waitUntil(view.programme.isVisible)


def test_a_paper_outlives_a_change_of_language_and_theme(qtbot: QtBot, window: MainWindow) -> None:
    open_paper(qtbot, window, "trip-briefing")
    window.switch_language()
    settle()
    preview = made(qtbot, preview_of(window, "trip-briefing"))
    assert preview.chooser.text().strip() == "Trip briefing"
    window.toggle_theme()
    settle()
    made(qtbot, preview_of(window, "trip-briefing"))
    assert len(list(window.store.workspace.paths.folder.glob("preview-*"))) <= 1


def test_the_palette_has_every_paper_and_ctrl_p_opens_the_first(
    qtbot: QtBot, window: MainWindow
) -> None:
    texts = [action.text for action in window.all_actions()]
    for name in catalogue.offered():
        assert texts.count(f"文件：{catalogue.title_of(name)}") == 1
    window.show_view("trips")
    qtbot.keyClick(trips_view(window).programme, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert preview_of(window, "trip-briefing").name == "trip-briefing"
    made(qtbot, preview_of(window, "trip-briefing"))


def test_the_trip_report_is_saved_for_a_word_processor(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    preview = open_paper(qtbot, window, "trip-report")
    target = tmp_path / "report.docx"
    choose(monkeypatch, target)
    click(qtbot, preview.word)
    qtbot.waitUntil(target.exists, timeout=30_000)
    settle()
    assert target.read_bytes().startswith(b"PK")
    names = [f["name"] for f in window.store.read(files_of, "trip", preview.record_id)]
    assert names == ["report.docx"]
    choose(monkeypatch, tmp_path / "gone" / "report.docx")
    click(qtbot, preview.word)
    qtbot.waitUntil(lambda: "没能写入" in toast(window), timeout=30_000)
