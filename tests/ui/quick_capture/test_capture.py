"""Quick capture in the window: guessed, corrected, kept, taken back."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app import i18n
from desktop_app.db.models import Company, Contact, FollowUp, Lead
from desktop_app.db.workspace import Workspace
from desktop_app.settings import Settings
from desktop_app.ui.quick_capture.capture_dialog import CaptureDialog
from desktop_app.ui.shell import MainWindow
from desktop_app.ui.store import Store


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    i18n.set_language("zh")
    workspace = Workspace.open(tmp_path)
    with workspace.write("data") as session:
        for name in ("Brunner Präzision AG", "Limmat Sensor GmbH"):
            company = Company(name=name)
            session.add(company)
            session.flush()
            session.add(Lead(company_id=company.id, title="中国工厂", status="active"))
    shown = MainWindow(Store(workspace), Settings(first_run_done=True, language="zh"))
    qtbot.addWidget(shown)
    yield shown
    workspace.close()


def _write(window: MainWindow, text: str) -> CaptureDialog:
    shown = CaptureDialog(window)
    shown.text.setPlainText(text)
    shown.read()
    return shown


def test_a_line_becomes_a_follow_up_and_can_be_taken_back(window: MainWindow) -> None:
    shown = _write(window, "明天 给 Brunner 寄地块方案")
    assert shown.kind.value() == "follow_up"
    assert "Brunner" in shown.lead.text()
    shown.keep()
    assert not shown.isVisible()
    with window.store.workspace.read() as session:
        kept = session.query(FollowUp).one()
        assert (kept.title, kept.due_on) == (
            "给 Brunner 寄地块方案", dt.date.today() + dt.timedelta(days=1),
        )  # fmt: skip
    window.undo()
    with window.store.workspace.read() as session:
        assert all(one.deleted for one in session.query(FollowUp))


def test_what_a_person_corrected_is_not_guessed_again(window: MainWindow) -> None:
    shown = _write(window, "Brunner 想看地块")
    assert shown.kind.value() == "note"
    limmat = shown._leads("Limmat")[0]
    shown.lead.set_record(limmat.id, limmat.text)
    shown.lead.edited.emit(limmat.id)
    shown.kind.chosen.emit("follow_up")
    shown.kind.set_value("follow_up")
    shown.text.setPlainText("Brunner 想看地块，明天")
    shown.read()
    assert shown.lead.value() == limmat.id
    shown.keep()
    with window.store.workspace.read() as session:
        kept = session.query(FollowUp).one()
        assert kept.lead_id == limmat.id


def test_a_signature_becomes_a_contact_of_its_company(window: MainWindow) -> None:
    shown = _write(
        window, "Urs Brunner\nCEO\nBrunner Präzision AG\n+41 44 123 45 67\nurs@brunner.example"
    )
    assert shown.kind.value() == "contact"
    shown.keep()
    with window.store.workspace.read() as session:
        contact = session.query(Contact).one()
        company = session.get(Company, contact.company_id)
        assert company is not None
        assert (contact.name, company.name) == ("Urs Brunner", "Brunner Präzision AG")
        assert session.query(Company).count() == 2


def test_what_is_missing_is_said_in_the_dialog_and_nothing_is_lost(window: MainWindow) -> None:
    shown = _write(window, "想看地块")
    shown.keep()
    assert "请选择这条备注属于哪条线索" in shown.problem.text()
    assert shown.text.toPlainText() == "想看地块"


def test_the_palette_offers_it(window: MainWindow) -> None:
    from desktop_app.ui.common_actions import common_actions

    (action,) = [one for one in common_actions(window) if one.shortcut == "Ctrl+Shift+N"]
    action.callback()
    assert window.findChildren(CaptureDialog)


def test_a_photo_that_cannot_be_read_is_told_and_the_text_stays(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    shown = _write(window, "王敏")
    photo = tmp_path / "card.jpg"
    photo.write_bytes(b"no picture")
    shown.read_card(photo)
    qtbot.waitUntil(lambda: bool(shown.problem.text()), timeout=20_000)
    assert "名片" in shown.problem.text() or "card.jpg" in shown.problem.text()
    assert shown.text.toPlainText() == "王敏"
    assert shown.card.isEnabled()
