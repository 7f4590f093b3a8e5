"""The squad of a meeting and what the enterprise said, on a trip and without one."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.services import companies, leads, records, squads, trips
from desktop_app.ui.screenshot import settle
from desktop_app.ui.shell import MainWindow
from tests.ui.shown_window import shown_window

YEAR = dt.date.today().year


def fill(session: Any) -> dict[str, str]:
    me = records.create(session, "members", name="陈喆")
    squad = squads.add_squad(session, name="欧洲小分队")
    other = squads.add_squad(session, name="华东小分队")
    squads.add_members(session, squad, [me])
    company = companies.add_company(session, name="Mühlbach AG", country="CH")
    lead = leads.add_lead(session, company, title="液压件基地")
    starts = dt.datetime(YEAR, 1, 5, 9, tzinfo=dt.UTC)
    alone = trips.plan_meeting(
        session, company_id=company, lead_id=lead, title="回访", kind="aftercare",
        status="held", starts_at=starts, zone="Europe/Zurich",
    )  # fmt: skip
    trip = trips.add_trip(
        session, title="瑞士", starts_on=dt.date(YEAR, 3, 1), ends_on=dt.date(YEAR, 3, 5)
    )
    on_trip = trips.plan_meeting(
        session, trip, company, starts_at=dt.datetime(YEAR, 3, 2, 9, tzinfo=dt.UTC), lead_id=lead
    )
    return {
        "me": me, "squad": squad, "other": other, "lead": lead, "alone": alone, "trip": trip,
        "on_trip": on_trip,
    }  # fmt: skip


class Desk:
    """The whole window of one person."""

    def __init__(self, window: MainWindow, ids: dict[str, str]) -> None:
        self.window, self.ids = window, ids

    def meeting(self, key: str) -> dict[str, Any]:
        return self.window.store.read(trips.meeting_detail, key).fields


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with shown_window(qapp, tmp_path / "ws", "zh", (1440, 900)) as window:
        ids = window.store.write("seed", fill)
        window.be(ids["me"])
        settle()
        yield Desk(window, ids)


def test_a_meeting_without_a_trip_opens_in_the_timeline_of_its_lead(desk: Desk) -> None:
    desk.window.open_record("meetings", desk.ids["alone"])
    settle()
    timeline = desk.window.view("leads").pane.timeline  # type: ignore[attr-defined] # leads
    editor = timeline._editor
    assert editor is not None and editor.isVisible() and editor.satisfaction.isVisible()
    editor.satisfaction.setFocus()
    QTest.keyClicks(editor.satisfaction, "satisfied")
    editor.satisfaction.commit()
    assert desk.meeting(desk.ids["alone"])["satisfaction_notes"] == "satisfied"
    assert timeline._editor is editor and editor.isVisible()
    editor.form.fields["squad_id"]._take(desk.ids["other"], "华东小分队")
    assert desk.meeting(desk.ids["alone"])["squad_id"] == desk.ids["other"]
    desk.window.store.undo()
    assert desk.meeting(desk.ids["alone"])["squad_id"] is None
    assert editor.form.fields["squad_id"].text() == ""


def test_a_meeting_deleted_in_the_timeline_comes_back_with_undo(desk: Desk) -> None:
    desk.window.open_record("meetings", desk.ids["alone"])
    settle()
    timeline = desk.window.view("leads").pane.timeline  # type: ignore[attr-defined] # leads
    QTest.mouseClick(timeline._editor.delete_button, Qt.MouseButton.LeftButton)
    assert timeline._editor is None
    assert desk.ids["alone"] not in [item.record_id for item in timeline._items]
    desk.window.store.undo()
    assert desk.ids["alone"] in [item.record_id for item in timeline._items]


def test_a_day_moved_in_the_timeline_keeps_the_clock_of_the_venue(desk: Desk) -> None:
    desk.window.open_record("meetings", desk.ids["alone"])
    settle()
    editor = desk.window.view("leads").pane.timeline._editor  # type: ignore[attr-defined] # leads
    editor._save_day(dt.date(YEAR, 7, 1))
    # Ten in the morning in Zurich, in winter and in summer.
    assert desk.meeting(desk.ids["alone"])["starts_at"] == dt.datetime(YEAR, 7, 1, 8, tzinfo=dt.UTC)


def test_a_meeting_of_a_trip_goes_on_opening_its_trip(desk: Desk) -> None:
    desk.window.open_record("leads", desk.ids["lead"])
    settle()
    timeline = desk.window.view("leads").pane.timeline  # type: ignore[attr-defined] # leads
    item = next(i for i in timeline._items if i.record_id == desk.ids["on_trip"])
    timeline._on_opened(item)
    settle()
    trips_view = desk.window.view("trips")
    sheet = trips_view.sheet  # type: ignore[attr-defined] # trips
    assert sheet.isVisible() and sheet.meeting_id() == desk.ids["on_trip"]
    assert not sheet.satisfaction.isVisible()
    sheet.head.fields["squad_id"]._take(desk.ids["other"], "华东小分队")
    assert desk.meeting(desk.ids["on_trip"])["squad_id"] == desk.ids["other"]
    desk.window.store.write("kind", trips.update_meeting, desk.ids["on_trip"], kind="site_visit")
    assert not sheet.satisfaction.isHidden()


def test_a_new_meeting_of_a_lead_proposes_the_squad_of_the_person_here(desk: Desk) -> None:
    desk.window.open_record("leads", desk.ids["lead"])
    settle()
    pane = desk.window.view("leads").pane  # type: ignore[attr-defined] # leads
    pane.open_meeting("aftercare")
    assert pane.form.squad.value() == desk.ids["squad"]
    assert not pane.form.satisfaction.isHidden()
    pane.form.status.set_value("planned")
    pane.form._ask_satisfaction()
    assert pane.form.satisfaction.isHidden()
    pane.form.save()
    made = max(
        desk.window.store.read(records.list_records, "meetings"), key=lambda one: one["starts_at"]
    )
    assert (made["kind"], made["status"]) == ("aftercare", "planned")
    assert desk.meeting(made["id"])["squad_id"] == desk.ids["squad"]


def test_a_meeting_added_to_a_trip_is_of_the_squad_of_the_person_here(desk: Desk) -> None:
    desk.window.open_record("trips", desk.ids["trip"])
    settle()
    desk.window.view("trips")._add_meeting_on(dt.date(YEAR, 3, 3))  # type: ignore[attr-defined] # trips
    settle()
    sheet = desk.window.view("trips").sheet  # type: ignore[attr-defined] # trips
    assert sheet.head.fields["squad_id"].text() == "欧洲小分队"
