"""Settling what people disagree on: either, both, a third answer, keep or delete."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desktop_app.services import lead_reading, lead_rows, leads
from desktop_app.sync import team
from desktop_app.sync.conflicts import conflicts
from desktop_app.ui.screenshot import settle
from desktop_app.ui.sync.conflict_card import ConflictCard
from desktop_app.ui.sync.conflicts_view import ConflictsView
from tests.ui.sync.conftest import Two


def disagree(two: Two, column: str, anna: object, ben: object) -> ConflictsView:
    """Let both write into one field unseen, and open the view."""
    two.ben.edit(two.lead, **{column: ben})
    with two.window.store.workspace.write("edit") as session:
        leads.update_lead(session, two.lead, **{column: anna})
    two.meet()
    two.window.show_view("conflicts")
    view = two.window.view("conflicts")
    assert isinstance(view, ConflictsView)
    view.select(two.lead)
    settle()
    return view


def card(view: ConflictsView) -> ConflictCard:
    """Return the only card shown."""
    (one,) = view.cards
    return one


def press(two: Two, view: ConflictsView, text: str, by: str = "") -> None:
    """Press the button of that word, of that person's side."""
    found = [
        one
        for one in card(view).findChildren(QPushButton)
        if one.text().strip() == text and by in one.accessibleName()
    ]
    two.qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)
    settle()


def value(two: Two, column: str) -> object:
    """Return the settled value on Anna's laptop, once Ben's has the same."""
    assert two.window.store.read(conflicts) == []
    two.meet()
    with two.ben.workspace.read() as session:
        assert conflicts(session) == []
    mine = two.window.store.read(lead_reading.lead_detail, two.lead).fields[column]
    assert two.ben.lead(two.lead)[column] == mine
    return mine


@pytest.mark.parametrize("by", ["Anna", "Ben"])
def test_either_answer_can_be_taken(two: Two, by: str) -> None:
    view = disagree(two, "amount_minor", 380_000_000, 450_000_000)
    press(two, view, "Take this one", "3.8" if by == "Anna" else "4.5")
    assert value(two, "amount_minor") == (380_000_000 if by == "Anna" else 450_000_000)


def test_two_short_texts_can_both_stay(two: Two) -> None:
    view = disagree(two, "competitors", "Hefei", "Wuxi")
    press(two, view, "Keep both")
    assert set(str(value(two, "competitors")).split(" / ")) == {"Hefei", "Wuxi"}


def test_notes_are_offered_with_what_both_wrote_and_may_be_edited(two: Two) -> None:
    view = disagree(two, "notes", "They visit in June. Gas is the question.", "They visit in July.")
    editor = card(view)._editor
    assert editor is not None
    offered = editor.field.toPlainText()
    assert "July" in offered and "Gas is the question" in offered
    editor.field.setFocus()
    two.qtbot.keyClicks(editor.field, "Agreed. ")
    press(two, view, "Take the merged text")
    assert value(two, "notes") == f"Agreed. {offered}"


def test_a_third_answer_is_written_in_the_fields_own_editor(two: Two) -> None:
    view = disagree(two, "chain", "marine", "new_it")
    card(view).write_other()
    editor = card(view)._editor
    assert editor is not None
    editor.field.setCurrentIndex(editor.field.findData("medical"))
    press(two, view, "Use it")
    assert value(two, "chain") == "medical"


def test_settling_is_a_step_that_can_be_undone(two: Two) -> None:
    view = disagree(two, "competitors", "Hefei", "Wuxi")
    press(two, view, "Take this one", "Wuxi")
    assert two.window.store.read(conflicts) == []
    two.window.undo()
    fields = two.window.store.read(lead_reading.lead_detail, two.lead).fields
    assert fields["competitors"] in ("Hefei", "Wuxi")


@pytest.mark.parametrize(("verb", "kept"), [("Keep it", True), ("Delete it", False)])
def test_a_record_deleted_while_another_worked_on_it_is_kept_or_deleted(
    two: Two, verb: str, kept: bool
) -> None:
    with two.ben.workspace.write("delete") as session:
        leads.delete_lead(session, two.lead)
    with two.window.store.workspace.write("edit") as session:
        leads.update_lead(session, two.lead, competitors="Hefei")
    two.meet()
    two.window.show_view("conflicts")
    view = two.window.view("conflicts")
    assert isinstance(view, ConflictsView)
    press(two, view, verb)
    assert two.window.store.read(conflicts) == []
    assert bool(two.window.store.read(lead_rows.lead_rows)) is kept


def test_the_badge_is_there_only_while_there_are_conflicts(two: Two) -> None:
    item = two.window.navigation._items["conflicts"]
    assert item.isHidden()
    view = disagree(two, "competitors", "Hefei", "Wuxi")
    assert not item.isHidden() and item.accessibleName() == "Conflicts, 1"
    press(two, view, "Take this one", "Wuxi")
    two.window.sync.runner.read_status()
    settle()
    assert item.isHidden()
    assert view._none.isVisible()


def test_an_answer_that_came_in_meanwhile_is_looked_at_before_anything_is_settled(
    two: Two,
) -> None:
    view = disagree(two, "competitors", "Hefei", "Wuxi")
    shown = card(view)
    # Another process of this laptop, such as the command line, takes up what Ben decided.
    two.ben.edit(two.lead, competitors="Ningbo")
    team.sync(two.window.store.workspace)
    shown.settle("Hefei")
    assert two.window._toast is not None
    assert "look again" in two.window._toast.accessibleName()
    assert value(two, "competitors") == "Ningbo"


def test_a_mark_of_a_field_deep_in_the_list_is_scrolled_to(two: Two) -> None:
    disagree(two, "competitors", "Hefei", "Wuxi")
    view = disagree(two, "notes", "one", "two")
    two.window.sync.open_conflict(two.lead, "notes")
    assert {c.conflict.column for c in view.cards} == {"competitors", "notes"}
