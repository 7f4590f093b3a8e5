"""Approvals and cases late or next stand among the follow-ups, and open their records."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app import i18n
from desktop_app.db.workspace import Workspace
from desktop_app.services import approvals, cases, companies, follow_ups, leads
from desktop_app.services.due_rows import MOST, due_rows
from desktop_app.ui.follow_ups.follow_up_list import ROW, circle_of
from desktop_app.ui.follow_ups.follow_ups_view import FollowUpsView
from desktop_app.ui.store import Store
from tests.ui.approvals.conftest import FakeShell

TODAY = dt.date.today()
DAY = dt.timedelta(days=1)


class Desk:
    """The view, and the records behind it by name."""

    def __init__(self, store: Store, shell: FakeShell, ids: dict[str, str]) -> None:
        self.store, self.shell, self.ids = store, shell, ids
        self.view = FollowUpsView(store, shell)  # type: ignore[arg-type] # all it asks for

    def shown(self) -> dict[str, str]:
        """Return the group of each row shown, by name."""
        names = {key: name for name, key in self.ids.items()}
        rows = self.view._list.rows
        lines = [rows.index(n).data(ROW) for n in range(rows.rowCount())]
        return {names[row.id]: row.group for row in lines if not isinstance(row, str)}


def _seed(session: Any) -> dict[str, str]:
    company = companies.add_company(session, name="Mühlbach Hydraulik AG", country="CH")
    lead = leads.add_lead(session, company, title="液压件生产基地")

    def approval(**fields: Any) -> str:
        return approvals.add_approval(session, lead, **fields)

    def case(due: dt.date, **fields: Any) -> str:
        return cases.add_case(session, lead, title="用地", due_on=due, **fields)

    return {
        "lead": lead,
        "late": approval(template="filing", applied_on=TODAY - 40 * DAY),
        "today": approval(template="energy_review", applied_on=TODAY, due_on=TODAY),
        "planned": approval(template="land_contract", planned_on=TODAY + 10 * DAY),
        "far": approval(template="drawings_review", planned_on=TODAY + 60 * DAY),
        "done": approval(template="company_setup", applied_on=TODAY - 40 * DAY, done_on=TODAY),
        "bare": approval(template="joint_acceptance"),
        "case": case(TODAY - 3 * DAY),
        "case_far": case(TODAY + 30 * DAY),
        "task": follow_ups.add_follow_up(session, title="回电", due_on=TODAY, lead_id=lead),
    }


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    i18n.set_language("zh")
    workspace = Workspace.open(tmp_path / "ws")
    store = Store(workspace)
    made = Desk(store, FakeShell(), store.write("seed", _seed))
    qtbot.addWidget(made.view)
    store.changed.connect(made.view.refresh)
    made.view.resize(1200, 800)
    made.view.refresh(None)
    made.view.show()
    yield made
    workspace.close()


def test_what_is_late_and_what_is_next_stands_in_its_section(desk: Desk) -> None:
    later = "this_week" if TODAY + (6 - TODAY.weekday()) * DAY >= TODAY + 10 * DAY else "later"
    assert desk.shown() == {
        "late": "overdue",
        "case": "overdue",
        "today": "today",
        "task": "today",
        "planned": later,
    }
    # The number in the navigation stays that of the follow-ups.
    assert desk.shell.counts["follow-ups"] == 1


def test_enter_and_a_click_on_its_mark_open_the_record(desk: Desk) -> None:
    desk.view.select(desk.ids["late"])
    assert desk.view._due_pane.isVisible() and not desk.view._pane.isVisible()
    desk.view.open_selected()
    assert desk.shell.opened == [("approvals", desk.ids["late"])]
    shown = desk.view._list
    index = shown.rows.index(shown.rows.line_of(desk.ids["case"]))
    place = circle_of(shown.visualRect(index).toRectF()).center().toPoint()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert desk.shell.opened[-1] == ("cases", desk.ids["case"])
    QTest.mouseClick(desk.view._due_pane.open, Qt.MouseButton.LeftButton)
    assert len(desk.shell.opened) == 3
    desk.view.select(desk.ids["task"])
    assert desk.view._pane.isVisible() and not desk.view._due_pane.isVisible()


def test_an_approval_is_done_from_here_and_leaves(desk: Desk) -> None:
    desk.view.select(desk.ids["late"])
    QTest.mouseClick(desk.view._due_pane.finish, Qt.MouseButton.LeftButton)
    assert "late" not in desk.shown()
    desk.store.undo()
    assert desk.shown()["late"] == "overdue"


def test_they_are_hidden_by_the_button_and_that_is_kept(desk: Desk) -> None:
    QTest.mouseClick(desk.view.due_button, Qt.MouseButton.LeftButton)
    assert set(desk.shown()) == {"task"}
    state = desk.view.save_state()
    again = Desk(desk.store, desk.shell, desk.ids)
    again.view.restore_state(state)
    again.view.refresh(None)
    assert set(again.shown()) == {"task"}


def test_they_are_neither_deleted_nor_exported_nor_promises(desk: Desk) -> None:
    desk.view.select(desk.ids["late"])
    desk.view.delete_selected()
    assert "late" in desk.shown()
    assert desk.view._shown_ids() == [desk.ids["task"]]
    desk.view._whose.set_value("promises")
    desk.view._show()
    assert desk.shown() == {}


def test_no_more_of_a_kind_than_can_be_looked_through(desk: Desk) -> None:
    def many(session: Any) -> None:
        for n in range(MOST + 5):
            approvals.add_approval(session, desk.ids["lead"], planned_on=TODAY - n * DAY)

    desk.store.write("many", many)
    found = desk.store.look(due_rows, TODAY)
    assert sum(row.kind == "approvals" for row in found.rows) == MOST
    assert found.total == MOST + 5 + 4
    assert str(found.total) in desk.view.due_button.toolTip()
