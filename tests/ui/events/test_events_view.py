"""Events, squads and channels over a real workspace: edited, picked, counted, opened, undone."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_app import i18n
from desktop_app.db.workspace import Workspace
from desktop_app.services import companies, event_rows, leads, records, squads, trips
from desktop_app.settings import Settings
from desktop_app.ui.events.events_view import EventsView
from desktop_app.ui.store import Store

YEAR = dt.date.today().year


class FakeShell:
    """The window around the view: keeps what it was told, answers as it is set."""

    def __init__(self) -> None:
        self.settings = Settings()
        self.me: str | None = None
        self.answer = False
        self.asked: list[str] = []
        self.toasts: list[str] = []
        self.opened: list[tuple[str, str]] = []

    def toast(self, text: str, undo: bool = False) -> None:
        self.toasts.append(text)

    def open_record(self, kind: str, record_id: str) -> None:
        self.opened.append((kind, record_id))

    def confirm(self, title: str, text: str, yes: str, danger: bool = False) -> bool:
        self.asked.append(text)
        return self.answer

    def show_view(self, name: str) -> None: ...

    def set_count(self, view: str, count: int | None, alarm: bool = False) -> None: ...


def fill(session: Any) -> dict[str, str]:
    """Add an event with a lead and a credit, a squad with a visit and an event of its own."""
    made: dict[str, str] = {}
    made["member"] = records.create(session, "members", name="陈喆")
    made["other"] = records.create(session, "members", name="赵婷")
    made["squad"] = squads.add_squad(session, name="欧洲小分队", area="瑞士")
    squads.add_members(session, made["squad"], [made["member"]])
    made["company"] = companies.add_company(session, name="Mühlbach AG", country="CH")
    made["bank"] = companies.add_company(session, name="滨江银行", kind="bank")
    made["event"] = event_rows.add_event(
        session, name="融资对接会", kind="matchmaking", starts_on=dt.date(YEAR, 3, 2)
    )
    made["expo"] = event_rows.add_event(
        session, name="汉诺威工业博览会", kind="expo", starts_on=dt.date(YEAR, 4, 20),
        ends_on=dt.date(YEAR, 4, 24), country="DE", squad_id=made["squad"],
    )  # fmt: skip
    made["lead"] = leads.add_lead(
        session, made["company"], title="液压件基地", event_id=made["event"], source="expo",
        first_reporter_id=made["member"], first_reported_on=dt.date(YEAR, 3, 5),
    )  # fmt: skip
    made["credit"] = records.create(
        session, "facilities", event_id=made["event"], bank_id=made["bank"],
        lead_id=made["lead"], granted_minor=30_000_000_00, currency="CNY",
        granted_on=dt.date(YEAR, 3, 2),
    )  # fmt: skip
    made["visit"] = trips.plan_meeting(
        session, company_id=made["company"], squad_id=made["squad"], status="held",
        starts_at=dt.datetime(YEAR, 4, 21, 8, tzinfo=dt.UTC), zone="Europe/Zurich",
    )  # fmt: skip
    made["free"] = trips.plan_meeting(
        session, company_id=made["company"], status="held",
        starts_at=dt.datetime(YEAR, 5, 2, 8, tzinfo=dt.UTC),
    )  # fmt: skip
    return made


class Desk:
    """The view over a filled workspace."""

    def __init__(self, store: Store, shell: FakeShell, ids: dict[str, str]) -> None:
        self.store, self.shell, self.ids = store, shell, ids
        self.view = EventsView(store, shell)  # type: ignore[arg-type] # all it asks for


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    i18n.set_language("zh")
    workspace = Workspace.open(tmp_path / "ws")
    yield Store(workspace)
    workspace.close()


def shown(qtbot: QtBot, store: Store, ids: dict[str, str]) -> Desk:
    made = Desk(store, FakeShell(), ids)
    qtbot.addWidget(made.view)
    store.changed.connect(made.view.refresh)
    made.view.resize(1280, 860)
    made.view.restore_state({})
    made.view.refresh(None)
    made.view.show()
    return made


@pytest.fixture
def desk(qtbot: QtBot, store: Store) -> Desk:
    return shown(qtbot, store, store.write("seed", fill))


def retype(field: Any, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def click(widget: Any) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_an_event_shows_its_leads_and_its_money_and_each_line_opens_its_record(desk: Desk) -> None:
    desk.view.select(desk.ids["event"])
    pane = desk.view.events.event_pane
    assert pane.leads.heading.text() == "来自本活动的线索 1 · 已签约 0"
    assert "授信 3,000 万元（1 笔）" in pane.facilities.heading.text()
    click(pane.leads.lines[0])
    click(pane.facilities.lines[0])
    assert desk.shell.opened == [
        ("leads", desk.ids["lead"]),
        ("facilities", desk.ids["credit"]),
    ]


def test_a_field_of_an_event_is_saved_at_once_and_undone(desk: Desk) -> None:
    desk.view.select(desk.ids["expo"])
    retype(desk.view.events.event_pane.form.fields["city"], "Hannover")
    row = next(r for r in desk.view.events.model.all_rows() if r.id == desk.ids["expo"])
    assert row.city == "Hannover"
    step = desk.store.undo()
    assert step is not None and step.label == "修改活动：城市"
    assert desk.view.events.event_pane.form.fields["city"].text() == ""


def test_several_companies_are_picked_at_once_and_a_new_one_is_made(desk: Desk) -> None:
    desk.view.select(desk.ids["event"])
    picker = desk.view.events.event_pane.picker
    click(picker.link)
    for row in range(picker.list.count()):
        picker.list.item(row).setCheckState(Qt.CheckState.Checked)
    QTest.keyClicks(picker.box, "Uetliberg AG")
    QTest.qWait(20)
    click(picker.new_button)
    click(picker.add_button)
    present = desk.store.read(event_rows.event_detail, desk.ids["event"]).present
    roles = {one["company_id_name"]: one["present_as"] for one in present}
    assert roles == {"Mühlbach AG": "company", "滨江银行": "bank", "Uetliberg AG": "company"}
    assert desk.shell.toasts == ["已登记 3 家到场企业"]
    desk.store.undo()
    assert not desk.store.read(event_rows.event_detail, desk.ids["event"]).present
    click(picker.link)
    names = {picker.list.item(row).text() for row in range(picker.list.count())}
    assert any("Uetliberg AG" in name for name in names)


def test_who_was_present_is_opened_by_its_id_and_taken_off_again(desk: Desk) -> None:
    [line] = desk.store.write(
        "add", event_rows.add_present, desk.ids["event"], [desk.ids["company"]]
    )
    desk.view.show_mode("squads")
    desk.view.select(line)
    card = desk.view.events.event_pane.cards.cards[line]
    assert desk.view.selected_id() == desk.ids["event"] and card.is_open()
    assert card.form is not None
    card.form.fields["held_talks"].click()
    detail = desk.store.read(event_rows.event_detail, desk.ids["event"])
    assert detail.present[0]["held_talks"] is True
    desk.view.events.event_pane.cards.removed.emit(line)
    assert not desk.view.events.event_pane.cards.cards


def test_an_event_that_leads_name_is_deleted_only_when_the_answer_is_yes(desk: Desk) -> None:
    desk.view.select(desk.ids["event"])
    desk.view.delete_selected()
    assert "“融资对接会”还有 1 条线索、1 笔融资。" in desk.shell.asked[0]
    assert desk.view.events.has(desk.ids["event"])
    desk.shell.answer = True
    desk.view.delete_selected()
    assert not desk.view.events.has(desk.ids["event"])
    desk.store.undo()
    assert desk.view.events.has(desk.ids["event"])


def test_the_filters_leave_what_was_asked_for_and_an_opened_record_lifts_them(desk: Desk) -> None:
    page = desk.view.events
    page.filters["kind"].set_value("expo")
    page.apply()
    assert [r.id for r in page.model.shown_rows()] == [desk.ids["expo"]]
    desk.view.select(desk.ids["event"])
    assert desk.view.selected_id() == desk.ids["event"]


def test_each_number_of_a_squad_opens_the_list_of_what_is_behind_it(desk: Desk) -> None:
    desk.view.select(desk.ids["squad"])
    part = desk.view.squads.squad_pane.done
    assert part.heading.text() == f"{YEAR} 年拜访 1 · 推介 1"
    numbers = {b.accessibleName(): b for b in part.table.findChildren(QPushButton)}
    click(numbers["4月 推介活动: 1"])
    assert [one.id for one in part.behind()] == [desk.ids["expo"]]
    click(part.list.lines[0])
    assert desk.shell.opened == [("events", desk.ids["expo"])]
    QTest.mouseClick(
        part.chart, Qt.MouseButton.LeftButton, pos=QPoint(int(part.chart.width() * 3.5 / 12), 40)
    )
    assert {one.id for one in part.behind()} == {desk.ids["expo"], desk.ids["visit"]}
    part.by._buttons["country"].click()
    numbers = {b.accessibleName(): b for b in part.table.findChildren(QPushButton)}
    click(numbers["瑞士 拜访: 1"])
    assert [one.id for one in part.behind()] == [desk.ids["visit"]]


def test_what_no_squad_is_named_for_is_shown_to_be_assigned(desk: Desk) -> None:
    desk.view.show_mode("squads")
    page = desk.view.squads
    assert page.unassigned.text().strip() == "1 次未指定小分队"
    click(page.unassigned)
    assert [one.id for one in page.squad_pane.done.behind()] == [desk.ids["free"]]
    desk.store.write("assign", trips.update_meeting, desk.ids["free"], squad_id=desk.ids["squad"])
    assert not page.unassigned.isVisible()
    row = page.model.row_at(page.model.index_of(desk.ids["squad"]))
    assert (row.visits, row.events, row.leads) == (2, 1, 1)


def test_members_join_and_leave_a_squad(desk: Desk) -> None:
    desk.view.select(desk.ids["squad"])
    pane = desk.view.squads.squad_pane
    click(pane.picker.link)
    assert [pane.picker.list.item(0).text()] == ["赵婷"] and pane.picker.list.count() == 1
    pane.picker.list.item(0).setCheckState(Qt.CheckState.Checked)
    click(pane.picker.add_button)
    assert len(pane.cards.cards) == 2
    desk.store.undo()
    assert len(pane.cards.cards) == 1


def test_a_squad_with_visits_is_asked_about_and_its_visits_wait_for_another(desk: Desk) -> None:
    desk.view.select(desk.ids["squad"])
    desk.shell.answer = True
    desk.view.delete_selected()
    assert "1 次会谈、1 场活动" in desk.shell.asked[0]
    assert desk.view.squads.unassigned.text().strip() == "3 次未指定小分队"
    desk.store.undo()
    assert desk.view.squads.has(desk.ids["squad"])


def test_a_number_of_a_channel_opens_its_leads(desk: Desk) -> None:
    desk.view.show_mode("channels")
    page = desk.view.channels
    page.year.set_value(YEAR)
    page.refresh()
    assert page.title.text() == "展会"
    click(page.leads.lines[0])
    assert desk.shell.opened == [("leads", desk.ids["lead"])]
    page.by._buttons["event"].click()
    assert page.title.text() == "融资对接会"
    desk.store.write("delete", event_rows.delete_events, [desk.ids["event"]])
    row = page.model.row_at(0)
    assert (row.name, row.detail, row.found) == ("融资对接会", "已删除", 1)


def test_an_empty_team_is_offered_what_comes_first(qtbot: QtBot, store: Store) -> None:
    desk = shown(qtbot, store, {})
    for page in ("events", "squads"):
        desk.view.show_mode(page)
        assert not desk.view.page.pane.isVisible()
        offer = next(
            b for b in desk.view.page.rows.findChildren(QPushButton) if b.isVisible() and b.text()
        )
        click(offer)
        assert len(desk.view.page.model.all_rows()) == 1
    desk.view.show_mode("channels")
    assert not desk.view.channels.pane.isVisible()


def test_a_page_that_is_chosen_shows_its_first_record(desk: Desk) -> None:
    desk.view.events.mode_field._buttons["squads"].click()
    assert desk.view.selected_id() == desk.ids["squad"]
    assert desk.view.squads.squad_pane.title.text() == "欧洲小分队"
