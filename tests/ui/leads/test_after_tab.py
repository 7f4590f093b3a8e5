"""The project's page of what comes after signing, over a real workspace and the real window."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from desktop_app.domain.approval_rules import TEMPLATES
from desktop_app.domain.formats import local
from desktop_app.services import approvals, cases, companies, leads, records
from desktop_app.services.project_after import ProjectAfter, project_after
from desktop_app.ui.leads.after_tab import AfterTab
from desktop_app.ui.leads.lead_pane import LeadPane
from desktop_app.ui.screenshot import settle
from desktop_app.ui.shell import MainWindow
from desktop_app.ui.widgets.record_line import RecordLine
from tests.ui.shown_window import shown_window

MILLION = 100_000_000


class Desk:
    """The window at the page of one project."""

    def __init__(self, window: MainWindow, lead: str) -> None:
        self.window, self.lead = window, lead
        window.show_view("leads")
        window.view("leads").select(lead)
        settle()
        view: Any = window.view("leads")
        self.pane: LeadPane = view.pane
        self.pane.show_tab("after")
        settle()
        self.opened: list[tuple[str, str]] = []
        self.tab.opened.connect(lambda kind, one: self.opened.append((kind, one)))

    @property
    def tab(self) -> AfterTab:
        return self.pane.after

    def read(self) -> ProjectAfter:
        return self.window.store.read(project_after, self.lead)

    def lines(self) -> list[RecordLine]:
        return [one for one in self.tab.findChildren(RecordLine) if one.isVisible()]

    def press(self, verb: str) -> None:
        found = [one for one in self.tab.findChildren(QToolButton) if one.isVisible()]
        next(one for one in found if one.objectName() == f"add_{verb}").click()
        settle()


def _seed(session: Any) -> str:
    company = companies.add_company(session, name="Mühlbach Hydraulik AG", country="CH")
    lead = leads.add_lead(session, company, title="液压件生产基地")
    leads.move_stage(session, lead, "signed", dt.date(2026, 3, 1), "因故")
    return lead


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    with shown_window(qapp, tmp_path / "ws", "zh", (1280, 1400)) as window:
        yield Desk(window, window.store.write("seed", _seed))


def test_a_project_not_signed_yet_has_a_quiet_page_with_the_same_ways_to_begin(
    desk: Desk,
) -> None:
    company = desk.pane.detail.row.company_id if desk.pane.detail else None
    assert company is not None
    young = desk.window.store.write("x", leads.add_lead, company, title="新项目")
    desk.window.view("leads").select(young)
    settle()
    assert desk.tab.hint.isVisible() and not desk.tab.days
    assert desk.lines() == []


def test_each_line_opens_its_record(desk: Desk) -> None:
    def fill(session: Any) -> dict[str, str]:
        return {
            "cases": cases.add_case(session, desk.lead, title="用地手续"),
            "approvals": approvals.add_approval(session, desk.lead, template="filing"),
            "facilities": approvals.add_facility(session, lead_id=desk.lead),
            "capital-receipts": approvals.add_receipt(session, lead_id=desk.lead),
        }

    made = desk.window.store.write("fill", fill)
    settle()
    desk.tab.opened.disconnect(desk.window.open_record)
    for line in desk.lines():
        QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert dict(desk.opened) == made
    texts = [line.text for line in desk.lines()]
    assert texts[:2] == ["用地手续", "项目备案"]


def test_financing_and_capital_added_here_belong_to_the_project_and_are_opened(
    desk: Desk,
) -> None:
    desk.press("facility")
    made = desk.read().facilities[0].id
    view: Any = desk.window.view("financing")
    assert view.isVisible() and view.mode == "facilities" and view.selected_id() == made
    desk.window.show_view("leads")
    settle()
    desk.press("receipt")
    assert view.mode == "receipts" and view.selected_id() == desk.read().receipts[0].id
    detail = desk.window.store.read(records.get, "facilities", made)
    assert detail["company"] == "Mühlbach Hydraulik AG" or detail["company"]


def test_the_checklist_is_started_once_and_can_be_taken_back(desk: Desk) -> None:
    desk.press("checklist")
    count = len(desk.read().approvals)
    assert count == len(TEMPLATES)
    # Five are enough at first; the rest is asked for.
    assert len(desk.lines()) == 5
    assert not [b for b in desk.tab.findChildren(QToolButton, "add_checklist") if b.isVisible()]
    desk.window.undo()
    assert desk.read().approvals == []


def test_a_stage_day_is_edited_in_place_and_undone(desk: Desk) -> None:
    field = desk.tab.days["signed"]
    assert field.value() == dt.date(2026, 3, 1)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "2026-02-10")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()
    assert dict(desk.read().stages)["signed"] == dt.date(2026, 2, 10)
    assert desk.tab.days["signed"].value() == dt.date(2026, 2, 10)
    desk.window.undo()
    settle()
    assert desk.tab.days["signed"].value() == dt.date(2026, 3, 1)
    assert "lead" not in desk.tab.days


def test_an_aftercare_visit_is_noted_with_what_the_enterprise_said(desk: Desk) -> None:
    desk.press("visit")
    form: Any = desk.pane.form
    assert form.kind.value() == "aftercare" and form.title.value() == "安商走访"
    form.save()
    settle()
    visit = desk.read().visits[0]
    card = desk.tab.visits.open_card(visit["id"])
    assert card is not None and card.form is not None
    said: Any = card.form.fields["satisfaction_notes"]
    said.setPlainText("对代办服务满意。")
    said.document().setModified(True)
    said.commit()
    day: Any = card.form.fields["day"]
    day.setFocus()
    day.selectAll()
    QTest.keyClicks(day, "2026-05-06")
    QTest.keyClick(day, Qt.Key.Key_Return)
    settle()
    kept = desk.read().visits[0]
    assert kept["satisfaction_notes"] == "对代办服务满意。"
    before, after = (local(one["starts_at"], one["zone"]) for one in (visit, kept))
    assert (after.date(), after.time()) == (dt.date(2026, 5, 6), before.time())
    desk.tab.visits.removed.emit(visit["id"])
    assert desk.read().visits == []
    desk.window.undo()
    assert len(desk.read().visits) == 1


def test_an_increase_shows_what_was_invested_before_in_the_currency_of_the_whole(
    desk: Desk,
) -> None:
    editor: Any = desk.pane.editors["previous_amount_minor"]
    assert not editor.isVisible()
    money: dict[str, Any] = {"amount_minor": 50 * MILLION, "currency": "USD"}
    desk.window.store.write("x", leads.update_lead, desk.lead, source="expansion", **money)
    settle()
    assert editor.isVisible() and not editor.unit.isVisible()

    def retype(text: str) -> None:
        editor.line.setFocus()
        editor.line.selectAll()
        QTest.keyClicks(editor.line, text)
        QTest.keyClick(editor.line, Qt.Key.Key_Return)
        settle()

    retype("20m")
    fields = desk.window.store.read(records.get, "leads", desk.lead)
    assert (fields["previous_amount"], fields["currency"]) == ("20000000", "USD")
    # Another currency is refused in words, and what stood there comes back.
    retype("20m EUR")
    fields = desk.window.store.read(records.get, "leads", desk.lead)
    assert (fields["previous_amount"], fields["currency"]) == ("20000000", "USD")
    assert editor.value().minor == 20 * MILLION


def test_a_project_with_records_after_signing_is_asked_about_before_it_is_deleted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answer = [False]

    def confirm(title: str, text: str, yes: str, danger: bool = False) -> bool:
        asked.append(text)
        return answer[0]

    monkeypatch.setattr(desk.window, "confirm", confirm)
    desk.window.store.write("x", cases.add_case, desk.lead, title="用地手续")
    view: Any = desk.window.view("leads")
    view.delete_selected()
    assert "还有 1 件交办单" in asked[0]
    assert desk.window.store.read(records.get, "leads", desk.lead)["id"] == desk.lead
    answer[0] = True
    view.delete_selected()
    assert desk.window.store.read(records.list_records, "leads", {}) == []
    desk.window.undo()
    assert len(desk.window.store.read(records.list_records, "leads", {})) == 1
