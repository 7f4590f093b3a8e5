"""A field in which somebody types while a sync comes in: nothing typed and nothing sent is lost."""

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desktop_app.services import companies, follow_ups, lead_reading, leads, trips
from desktop_app.sync.conflicts import conflicts
from desktop_app.ui.leads.leads_view import LeadsView
from desktop_app.ui.screenshot import settle
from desktop_app.ui.sync.conflict_marks import ConflictMark
from desktop_app.ui.widgets.text_fields import LongTextField, TextField
from tests.ui.sync.conftest import Two

TODAY = dt.date.today()


def notes_field(two: Two) -> LongTextField:
    """Return the field of the notes of the lead both work on, with the cursor in it."""
    view = two.window.view("leads")
    assert isinstance(view, LeadsView)
    view.select(two.lead)
    settle()
    field = view.pane.editors["notes"]
    assert isinstance(field, LongTextField)
    two.window.activateWindow()
    field.setFocus()
    two.qtbot.waitUntil(field.hasFocus)
    return field


def test_what_is_typed_stays_and_becomes_a_second_answer(two: Two) -> None:
    field = notes_field(two)
    two.qtbot.keyClicks(field, "Anna calls. ")
    two.ben.edit(two.lead, notes="Ben has sent the plan.")
    two.sync()
    assert field.toPlainText() == "Anna calls. They visit in June."
    two.qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    (found,) = two.window.store.read(conflicts)
    assert found.column == "notes"
    assert {side.value for side in found.sides} == {
        "Anna calls. They visit in June.",
        "Ben has sent the plan.",
    }
    assert {side.by for side in found.sides} == {"Anna", "Ben"}
    assert found.base == "They visit in June."
    two.meet()
    with two.ben.workspace.read() as session:
        assert {s.value for s in conflicts(session)[0].sides} == {s.value for s in found.sides}


def test_an_untouched_field_shows_what_came_in_and_the_next_edit_replaces_it(two: Two) -> None:
    field = notes_field(two)
    two.ben.edit(two.lead, notes="Ben has sent the plan.")
    two.sync()
    assert field.toPlainText() == "Ben has sent the plan."
    two.qtbot.keyClicks(field, "Done: ")
    two.qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert two.window.store.read(conflicts) == []


def test_two_edits_in_a_row_never_disagree_with_each_other(two: Two) -> None:
    field = notes_field(two)
    for word in ("one ", "two "):
        two.qtbot.keyClicks(field, word)
        two.qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert two.window.store.read(conflicts) == []
    fields = two.window.store.read(lead_reading.lead_detail, two.lead).fields
    assert "one" in str(fields["notes"]) and "two" in str(fields["notes"])


def test_what_an_input_method_composes_is_not_swept_away(two: Two) -> None:
    field = notes_field(two)
    QApplication.sendEvent(field, QInputMethodEvent("pin", []))
    two.ben.edit(two.lead, notes="Ben has sent the plan.")
    two.sync()
    done = QInputMethodEvent("", [])
    done.setCommitString("拼")
    QApplication.sendEvent(field, done)
    two.qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (found,) = two.window.store.read(conflicts)
    assert {side.value for side in found.sides} == {
        "拼They visit in June.",
        "Ben has sent the plan.",
    }


def test_an_edit_of_a_lead_that_a_colleague_deleted_meanwhile_is_kept(two: Two) -> None:
    field = notes_field(two)
    two.qtbot.keyClicks(field, "Still interested. ")
    with two.ben.workspace.write("delete") as session:
        leads.delete_lead(session, two.lead)
    two.meet()
    settle()
    field.commit()
    settle()
    (found,) = two.window.store.read(conflicts)
    assert (found.row, found.column) == (two.lead, "deleted")
    fields = two.window.store.read(lead_reading.lead_detail, two.lead).fields
    assert fields["notes"] == "Still interested. They visit in June."


def test_a_disputed_field_is_marked_and_the_mark_leads_to_the_conflict(two: Two) -> None:
    view = two.window.view("leads")
    assert isinstance(view, LeadsView)
    view.select(two.lead)
    field = view.pane.editors["competitors"]
    assert isinstance(field, TextField)
    two.ben.edit(two.lead, competitors="Wuxi")
    with two.window.store.workspace.write("edit") as session:
        leads.update_lead(session, two.lead, competitors="Hefei")
    two.meet()
    mark = field.findChild(ConflictMark)
    assert mark is not None and mark.isVisible()
    assert view.pane.editors["notes"].findChild(ConflictMark) is None
    two.qtbot.mouseClick(mark, Qt.MouseButton.LeftButton)
    assert two.window.stack.currentWidget() is two.window.view("conflicts")
    assert two.window.view("conflicts").selected_id() == two.lead


def test_the_fields_of_trips_companies_and_follow_ups_are_marked_too(two: Two) -> None:
    store, ben = two.window.store, two.ben.workspace
    with store.workspace.write("add") as session:
        trip = trips.add_trip(session, title="Spring", starts_on=TODAY, ends_on=TODAY)
        meeting = trips.plan_meeting(
            session, trip, None, dt.datetime.now(dt.UTC), title="First talk"
        )
        due = follow_ups.add_follow_up(session, title="Send the plan", due_on=TODAY)
        company = companies.add_company(session, name="Doubs Optik SA")
    two.meet()
    for workspace, word in ((ben, "Ben"), (store.workspace, "Anna")):
        with workspace.write("edit") as session:
            trips.update_trip(session, trip, logistics=word)
            trips.update_meeting(session, meeting, objective=word)
            follow_ups.update_follow_up(session, due, notes=word)
            companies.update_company(session, company, website=word)
    two.meet()
    for kind, row, column in (
        ("trips", trip, "logistics"),
        ("meetings", meeting, "objective"),
        ("follow-ups", due, "notes"),
        ("companies", company, "website"),
    ):
        two.window.open_record(kind, row)
        settle()
        view = two.window.stack.currentWidget()
        assert view is not None
        shown = [one for one in view.findChildren(ConflictMark) if not one.isHidden()]
        assert shown, kind
        shown[-1].click()
        conflicts_view = two.window.view("conflicts")
        assert conflicts_view.selected_id() == row, (kind, column)
