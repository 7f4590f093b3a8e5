"""Planning a trip by the window's own widgets, looked up again in the database."""

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.domain.words import MeetingStatus
from desktop_app.services import companies, follow_ups, leads, places, trips
from desktop_app.services.places import Place
from desktop_app.ui.store import Store
from desktop_app.ui.trips import trip_writing
from desktop_app.ui.trips.new_trip_panel import share_days
from desktop_app.ui.trips.time_fields import parse_time
from desktop_app.ui.trips.trips_view import TripsView
from tests.ui.trips.conftest import FIRST, Shell, at


def type_into(qtbot: Any, field: Any, text: str) -> None:
    """Replace a field's text as a person does, and leave it by Enter."""
    field.setFocus()
    field.selectAll()
    # As an input method does it: keys alone can't write Chinese.
    composed = QInputMethodEvent()
    composed.setCommitString(text)
    QApplication.sendEvent(field, composed)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def write_long(qtbot: Any, field: Any, text: str) -> None:
    """Replace a long text and commit it by Ctrl+Enter."""
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def meeting(store: Store, trip_id: str, meeting_id: str) -> trips.MeetingDetail:
    detail = store.read(trips.trip_detail, trip_id)
    return next(m for m in detail.meetings if m.fields["id"] == meeting_id)


def warnings(view: TripsView) -> str:
    return "\n".join(c.text for c in view.pane.checks.warnings())


def test_without_trips_the_view_offers_to_plan_one(
    qtbot: Any, empty_view: TripsView, store: Store
) -> None:
    assert empty_view.no_trips.isVisible()
    qtbot.mouseClick(empty_view.no_trips.buttons[0], Qt.MouseButton.LeftButton)
    panel = empty_view.new_trip
    assert panel.isVisible()
    type_into(qtbot, panel.first, "2026-12-02")
    type_into(qtbot, panel.last, "2026-12-08")
    type_into(qtbot, panel.cities, "苏黎世，München, Mailand")

    [row] = store.read(trips.trip_rows)
    detail = store.read(trips.trip_detail, row.id)
    assert row.countries == ("CH", "DE", "IT")
    assert [s["zone"] for s in detail.stops] == ["Europe/Zurich", "Europe/Berlin", "Europe/Rome"]
    assert detail.stops[0]["arrives_on"] == FIRST
    assert detail.stops[-1]["departs_on"] == dt.date(2026, 12, 8)
    assert empty_view.programme.isVisible()
    assert len({p.row.head.day for p in empty_view.programme.rows_model.rows}) == 7


def test_a_misspelt_city_makes_no_trip_and_is_mended_where_it_stands(
    qtbot: Any, empty_view: TripsView, store: Store
) -> None:
    empty_view.new_record()
    panel = empty_view.new_trip
    type_into(qtbot, panel.first, "2026-12-02")
    type_into(qtbot, panel.last, "2026-12-01")
    panel.submit()
    assert "早于" in panel.problem.text()
    type_into(qtbot, panel.last, "2026-12-04")
    type_into(qtbot, panel.cities, "Zürich, Xqzzberg")
    panel.submit()
    assert "Xqzzberg" in panel.problem.text()
    assert store.read(trips.trip_rows) == []


def test_a_meeting_planned_on_a_day_is_stored_with_its_moment_in_utc(
    qtbot: Any, view: TripsView, store: Store, ids: dict[str, str]
) -> None:
    day = FIRST + dt.timedelta(days=1)
    row = next(n for n, p in enumerate(view.programme.rows_model.rows) if p.row.head.day == day)
    rect = view.programme.visualRect(view.programme.rows_model.index(row))
    QTest.mouseMove(view.programme.viewport(), rect.topLeft() + QPoint(30, 20))
    view.programme._offer_add(rect.topLeft() + QPoint(30, 20))
    qtbot.mouseClick(view.programme.add_button, Qt.MouseButton.LeftButton)

    sheet = view.sheet
    assert view.right.currentWidget() is sheet
    sheet.company.setFocus()
    qtbot.keyClicks(sheet.company, "kuhnf")
    qtbot.keyClick(sheet.company, Qt.Key.Key_Return)
    type_into(qtbot, sheet.start, "15:30")
    type_into(qtbot, sheet.end, "17")

    fields = meeting(store, ids["trip"], sheet.meeting_id()).fields
    assert fields["company_id"] == ids["Kühnfeld Antriebe SE/company"]
    assert fields["title"] == "Kühnfeld Antriebe SE"
    assert fields["city"] == "München"
    assert fields["zone"] == "Europe/Zurich"
    assert fields["starts_at"] == dt.datetime(2026, 12, 3, 14, 30, tzinfo=dt.UTC)
    assert fields["ends_at"] == dt.datetime(2026, 12, 3, 16, 0, tzinfo=dt.UTC)
    line = view.programme.rows_model.rows[view.programme.rows_model.row_of(fields["id"])].row
    assert line.time == "15:30–17:00"
    assert line.right == "北京 22:30"


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_company_with_a_single_lead_brings_it_into_the_sheet(
    store: Store, ids: dict[str, str], count: int
) -> None:
    company = ids["Kühnfeld Antriebe SE/company"]
    found = [store.write("lead", leads.add_lead, company, source="outreach") for _ in range(count)]
    one = ids["Rheintal Hydraulik AG"]
    store.write("edit", trip_writing.edit_meeting, one, company_id=company)
    expected = found[0] if count == 1 else None
    assert meeting(store, ids["trip"], one).fields["lead_id"] == expected


def test_a_moved_start_takes_the_end_along(
    qtbot: Any, view: TripsView, store: Store, ids: dict[str, str]
) -> None:
    view.open_meeting(ids["Rheintal Hydraulik AG"])
    type_into(qtbot, view.sheet.start, "9点半")
    fields = meeting(store, ids["trip"], ids["Rheintal Hydraulik AG"]).fields
    assert (fields["starts_at"], fields["ends_at"]) == (at(0, 9, 30), at(0, 11, 0))


def test_a_stop_added_by_name_has_zone_and_coordinates_and_is_on_the_map(
    qtbot: Any, view: TripsView, store: Store, ids: dict[str, str]
) -> None:
    view.pane.tabs.setCurrentIndex(1)
    field = view.pane.new_stop
    field.setFocus()
    qtbot.keyClicks(field, "Bologn")
    qtbot.keyClick(field, Qt.Key.Key_Return)

    stops = store.read(trips.trip_detail, ids["trip"]).stops
    place = places.find_place("Bologna")
    assert isinstance(place, Place)
    assert stops[-1]["city"] == "Bologna"
    assert stops[-1]["zone"] == "Europe/Rome"
    assert (stops[-1]["lat_e6"], stops[-1]["lon_e6"]) == (place.lat_e6, place.lon_e6)
    assert stops[-1]["departs_on"] == FIRST + dt.timedelta(days=6)
    assert stops[-2]["departs_on"] == stops[-1]["arrives_on"]
    assert len(view.pane.map._stops) == 4
    assert len(view.pane.stops.cards) == 4


def test_an_objective_written_into_the_sheet_ends_the_warning(
    qtbot: Any, view: TripsView, store: Store, ids: dict[str, str]
) -> None:
    meeting_id = ids["Weißach Sensorik GmbH"]
    row = view.programme.rows_model.rows[view.programme.rows_model.row_of(meeting_id)].row
    assert [p.text for p in row.pills] == ["无目标"]
    [check] = [c for c in view.pane.checks.warnings() if c.column == "objective"]
    view.pane.check_opened.emit(check)
    objective = view.sheet.preparation.fields["objective"]
    assert view.sheet.meeting_id() == meeting_id
    write_long(qtbot, objective, "Produktion ab 2028 in China")

    assert meeting(store, ids["trip"], meeting_id).fields["objective"].endswith("in China")
    assert not [c for c in view.pane.checks.warnings() if c.column == "objective"]
    row = view.programme.rows_model.rows[view.programme.rows_model.row_of(meeting_id)].row
    assert row.pills == ()
    assert view.right.currentWidget() is view.sheet
    store.undo()
    assert objective.toPlainText() == ""


def test_each_field_is_one_undo_step_named_for_people(
    qtbot: Any, view: TripsView, store: Store, ids: dict[str, str]
) -> None:
    type_into(qtbot, view.header.title, "冬季出访")
    assert store.read(trips.trip_detail, ids["trip"]).trip["title"] == "冬季出访"
    step = store.undo()
    assert step is not None
    assert step.label == "修改出访：名称"
    assert view.header.title.text() == "瑞士 · 德国 · 意大利"


def test_a_meeting_moved_to_another_day_keeps_its_local_time(
    view: TripsView, store: Store, ids: dict[str, str], shell: Shell
) -> None:
    meeting_id = ids["Häberling Medical SA"]
    view.programme.move_asked.emit(meeting_id, FIRST + dt.timedelta(days=1))
    moved = meeting(store, ids["trip"], meeting_id).fields
    assert (moved["starts_at"], moved["ends_at"]) == (at(1, 9, 0), at(1, 11, 30))
    assert shell.toasts


def test_people_are_added_and_taken_out(
    qtbot: Any, view: TripsView, store: Store, ids: dict[str, str]
) -> None:
    meeting_id = ids["Zanchi Meccanica S.p.A."]
    view.open_meeting(meeting_id)
    field = view.sheet.ours.field
    field.setFocus()
    qtbot.keyClicks(field, "wangmin")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert {m["name"] for m in meeting(store, ids["trip"], meeting_id).members} == {"单静", "王敏"}
    view.sheet.attendee_removed.emit(ids["单静"])
    assert {m["name"] for m in meeting(store, ids["trip"], meeting_id).members} == {"王敏"}


def test_after_the_meeting_outcome_state_and_follow_up_are_kept(
    qtbot: Any, view: TripsView, store: Store, ids: dict[str, str]
) -> None:
    meeting_id = ids["Kühnfeld Antriebe SE"]
    view.open_meeting(meeting_id)
    view.sheet.status.chosen.emit("held")
    write_long(qtbot, view.sheet.after.fields["outcome"], "Besuch im Mai")
    qtbot.keyClicks(view.sheet.follow_up_title, "send offer")
    view.sheet.follow_up_due.set_value(dt.date(2026, 12, 20))
    qtbot.keyClick(view.sheet.follow_up_title, Qt.Key.Key_Return)

    fields = meeting(store, ids["trip"], meeting_id).fields
    assert (fields["status"], fields["outcome"]) == (MeetingStatus.HELD, "Besuch im Mai")
    [row] = store.read(follow_ups.follow_up_rows)
    assert (row.title, row.due_on, row.meeting_id) == (
        "send offer", dt.date(2026, 12, 20), meeting_id,
    )  # fmt: skip
    assert view.sheet.follow_ups.count() == 1


def test_deleting_a_meeting_can_be_undone(
    view: TripsView, store: Store, ids: dict[str, str], shell: Shell
) -> None:
    view.open_meeting(ids["Zanchi Meccanica S.p.A."])
    view.delete_selected()
    assert view.programme.rows_model.row_of(ids["Zanchi Meccanica S.p.A."]) == -1
    assert view.right.currentWidget() is view.pane
    store.undo()
    assert view.programme.rows_model.row_of(ids["Zanchi Meccanica S.p.A."]) >= 0


def test_the_delegation_takes_members_and_guests(
    qtbot: Any, view: TripsView, store: Store, ids: dict[str, str]
) -> None:
    field = view.pane.new_delegate
    field.setFocus()
    qtbot.keyClicks(field, "Frau Meier")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    people = store.read(trips.trip_detail, ids["trip"]).delegates
    assert [p["member_name"] for p in people][-1] == "Frau Meier"
    assert "Frau Meier" in warnings(view)


def test_the_next_transfer_joins_the_stops_that_have_none_yet(
    view: TripsView, store: Store, ids: dict[str, str]
) -> None:
    view.pane.leg_added.emit()
    leg = next(
        g for g in store.read(trips.trip_detail, ids["trip"]).legs if g["to_place"] == "Milano"
    )
    assert (leg["from_place"], leg["from_zone"]) == ("München", "Europe/Berlin")
    card = view.pane.legs.cards[leg["id"]]
    assert card.is_open()
    assert card.form is not None
    card.form.fields["to_zone"].edited.emit("Europe/London")
    assert store.read(trips.trip_detail, ids["trip"]).legs[-1]["to_zone"] == "Europe/London"


def test_forty_meetings_and_a_trip_without_anything_are_shown(
    qtbot: Any, view: TripsView, store: Store, ids: dict[str, str]
) -> None:
    def fill(session: Any) -> None:
        for n in range(40):
            trips.plan_meeting(session, ids["trip"], starts_at=at(n % 7, 8 + n // 7, 5))

    store.write("fill", fill)
    kinds = [p.row.kind for p in view.programme.rows_model.rows]
    assert kinds.count("meeting") == 46
    bare = store.write("bare", trips.add_trip)
    view.show_trip(bare)
    assert view.no_days.isVisible()
    assert view.header.title.text() == ""


def test_other_writes_leave_what_is_being_typed(
    qtbot: Any, view: TripsView, store: Store, ids: dict[str, str]
) -> None:
    view.open_meeting(ids["Häberling Medical SA"])
    objective = view.sheet.preparation.fields["objective"]
    objective.setFocus()
    qtbot.keyClicks(objective, "half a sen")
    company = ids["Häberling Medical SA/company"]
    store.write("other", companies.update_company, company, website="https://example.org")
    assert "half a sen" in objective.toPlainText()


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("9:30", dt.time(9, 30)),
        ("930", dt.time(9, 30)),
        ("14h", dt.time(14)),
        ("9点半", dt.time(9, 30)),
        ("16：05", dt.time(16, 5)),
        ("", None),
    ],
)
def test_times_are_read_as_people_write_them(text: str, time: dt.time | None) -> None:
    assert parse_time(text) == time


@pytest.mark.parametrize("text", ["25:00", "9:75", "abc", "-3"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="时间"):
        parse_time(text)


def test_days_are_shared_among_the_stops_without_gaps() -> None:
    spans = share_days(FIRST, FIRST + dt.timedelta(days=6), 3)
    assert [(b - a).days for a, b in spans] == [2, 2, 2]
    assert share_days(FIRST, FIRST, 2) == [(FIRST, FIRST), (FIRST, FIRST)]


def test_a_meeting_is_dragged_to_another_day_and_a_file_is_left_to_the_window(
    view: TripsView, store: Store, ids: dict[str, str]
) -> None:
    rows = view.programme.rows_model
    source = rows.row_of(ids["Häberling Medical SA"])
    assert rows.flags(rows.index(source)) & Qt.ItemFlag.ItemIsDragEnabled
    target = next(n for n, p in enumerate(rows.rows) if p.row.head.day.day == 3)
    where = QPointF(view.programme.visualRect(rows.index(target)).center())
    data = rows.mimeData([rows.index(source)])
    args = (Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton)
    drop = QDropEvent(where, *args, Qt.KeyboardModifier.NoModifier)
    view.programme.dropEvent(drop)
    moved = meeting(store, ids["trip"], ids["Häberling Medical SA"]).fields
    assert moved["starts_at"] == at(1, 9, 0)
    files = QMimeData()
    files.setText("file:///tmp/x.xlsx")
    other = QDropEvent(
        where, Qt.DropAction.CopyAction, files, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    view.programme.dropEvent(other)
    assert not other.isAccepted()
