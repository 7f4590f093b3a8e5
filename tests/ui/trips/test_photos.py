"""Photos and what a report tells, entered in the trips view."""

from pathlib import Path
from typing import Any

from PIL import Image
from PySide6.QtCore import Qt

from desktop_app.db.models import Meeting, Trip
from desktop_app.services import trip_photos
from desktop_app.services.lead_reading import files_of
from desktop_app.ui.trips.trips_view import TripsView


def test_a_photo_is_attached_captioned_and_taken_off(
    qtbot: Any, view: TripsView, ids: dict[str, str], shell: Any, tmp_path: Path
) -> None:
    picture = tmp_path / "合影.jpg"
    Image.new("RGB", (60, 40)).save(picture)
    shell.save_to = picture
    qtbot.mouseClick(view.pane.photos.attach, Qt.MouseButton.LeftButton)
    (key,) = view.pane.photos.captions
    field = view.pane.photos.captions[key]
    field.setFocus()
    qtbot.keyClicks(field, "with the forum")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    (kept,) = view.store.read(trip_photos.pictures_of, "trip", ids["trip"])
    assert (kept["name"], kept["caption"]) == ("合影.jpg", "with the forum")
    assert (view.store.workspace.paths.files / kept["sha256"]).is_file()
    view.pane.photos.removed.emit(key)
    assert view.pane.photos.captions == {}


def test_a_meeting_is_marked_as_added_with_its_reason(
    qtbot: Any, view: TripsView, ids: dict[str, str]
) -> None:
    meeting = ids["Rheintal Hydraulik AG"]
    view.open_meeting(meeting)
    assert view.sheet.unplanned_reason.isHidden()
    view.sheet.unplanned.click()
    assert not view.sheet.unplanned_reason.isHidden()
    view.sheet.unplanned_reason.setFocus()
    qtbot.keyClicks(view.sheet.unplanned_reason, "invited on the spot")
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(view.sheet.unplanned_reason, Qt.Key.Key_Return, control)
    with view.store.workspace.read() as session:
        found = session.get_one(Meeting, meeting)
        assert (found.unplanned, found.unplanned_reason) == (True, "invited on the spot")


def test_what_a_report_lacks_is_found_in_its_tab(
    qtbot: Any, view: TripsView, ids: dict[str, str]
) -> None:
    assert view.pane.open_record("trip", ids["trip"], "problems")
    assert view.pane.tabs.currentIndex() == 3
    field = view.pane.report.fields["problems"]
    qtbot.keyClicks(field, "power line")
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with view.store.workspace.read() as session:
        assert session.get_one(Trip, ids["trip"]).problems == "power line"
    assert view.pane.open_record("trip", ids["trip"], "files")
    assert view.pane.open_record("trip", ids["trip"], "inviter")
    assert view.pane.tabs.currentIndex() == 2


def test_a_file_dropped_goes_to_the_meeting_that_is_open_else_to_the_trip(
    view: TripsView, ids: dict[str, str], tmp_path: Path
) -> None:
    photo, paper, table = (tmp_path / name for name in ("线路.png", "brochure.pdf", "ledger.xlsx"))
    for path in (photo, paper, table):
        path.write_bytes(b"content of " + path.name.encode())
    assert view.drop_file(photo)
    assert len(view.store.read(trip_photos.pictures_of, "trip", ids["trip"])) == 1
    meeting = ids["Häberling Medical SA"]
    view._show_sheet(meeting)
    assert view.drop_file(photo)
    assert view.drop_file(paper)
    kept = view.store.read(files_of, "meeting", meeting)
    assert sorted(one["name"] for one in kept) == ["brochure.pdf", "线路.png"]
    assert list(view.sheet.photos.captions)
    assert not view.sheet.files.isHidden()
    assert not view.drop_file(table), "a ledger is imported, as everywhere"
