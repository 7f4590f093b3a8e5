"""The follow-ups view over a real workspace: tick, complete, put off, filter, all of it undone."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app import i18n
from desktop_app.db.workspace import Workspace
from desktop_app.services import companies, follow_ups, lead_reading, lead_rows, leads, records
from desktop_app.services.follow_ups import FollowUpRow
from desktop_app.settings import Settings
from desktop_app.ui.follow_ups.follow_up_list import FollowUpDelegate, circle_of
from desktop_app.ui.follow_ups.follow_ups_view import FollowUpsView
from desktop_app.ui.store import Store

TODAY = dt.date.today()


def day(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


class FakeShell:
    """The window around the view: keeps what it was told."""

    def __init__(self, me: str) -> None:
        self.settings = Settings()
        self.me = me
        self.toasts: list[str] = []
        self.opened: list[tuple[str, str]] = []
        self.count: tuple[int | None, bool] = (None, False)

    def toast(self, text: str, undo: bool = False) -> None:
        self.toasts.append(text)

    def open_record(self, kind: str, record_id: str) -> None:
        self.opened.append((kind, record_id))

    def set_count(self, view: str, count: int | None, alarm: bool = False) -> None:
        self.count = (count, alarm)


class Desk:
    """A view over three follow-ups of one lead: late, a promise of today, and one far off."""

    def __init__(self, view: FollowUpsView, store: Store, shell: FakeShell, lead: str) -> None:
        self.view, self.store, self.shell, self.lead = view, store, shell, lead
        self.ids = [r.id for r in store.read(follow_ups.follow_up_rows)]

    def row(self, one: str) -> FollowUpRow:
        return self.store.read(follow_ups.follow_up_rows, ids=frozenset([one]))[0]

    def next_on(self) -> dt.date | None:
        return self.store.read(lead_rows.lead_rows, [self.lead])[0].next_on

    def shown(self) -> list[str]:
        lines = self.view._list.rows._lines
        return [line.title for line in lines if isinstance(line, FollowUpRow)]

    def tick(self, one: str) -> None:
        """Click the circle of a row."""
        rows = self.view._list
        rect = rows.visualRect(rows.rows.index(rows.rows.line_of(one)))
        centre: QPoint = circle_of(rect.toRectF()).center().toPoint()
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=centre)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    i18n.set_language("zh")
    workspace = Workspace.open(tmp_path / "ws")
    store = Store(workspace)

    def seed(session: Any) -> tuple[str, str]:
        me = records.create(session, "members", name="王敏")
        other = records.create(session, "members", name="陈喆")
        company = companies.add_company(session, name="Weißach Sensorik GmbH", name_zh="魏萨传感")
        lead = leads.add_lead(session, company, title="传感器项目")
        for title, due, side, owner in (
            ("寄资料", day(-3), None, me),
            ("答复环评路径", TODAY, "ours", other),
            ("约定来访", day(40), None, me),
        ):
            follow_ups.add_follow_up(
                session, title=title, due_on=due, side=side, owner_id=owner, lead_id=lead
            )
        return me, lead

    me, lead = store.write("seed", seed)
    shell = FakeShell(me)
    view = FollowUpsView(store, shell)  # type: ignore[arg-type] # as much as it asks for
    qtbot.addWidget(view)
    store.changed.connect(view.refresh)
    view.resize(1250, 800)
    view.restore_state({})
    view.refresh(None)
    view.show()
    yield Desk(view, store, shell, lead)
    workspace.close()


def test_a_ticked_follow_up_is_done_and_undo_brings_it_back(desk: Desk) -> None:
    late = desk.ids[0]
    assert desk.next_on() == day(-3)
    assert desk.shell.count == (2, True)
    assert isinstance(desk.view._list.itemDelegate(), FollowUpDelegate)
    desk.tick(late)
    assert (desk.row(late).status, desk.row(late).done_on) == ("done", TODAY)
    assert desk.shown() == ["答复环评路径", "约定来访"]
    assert desk.next_on() == TODAY
    assert desk.shell.count == (1, False)
    assert "寄资料" in desk.shell.toasts[-1]
    desk.store.undo()
    assert desk.row(late).status == "open"
    assert desk.shown()[0] == "寄资料"
    assert desk.next_on() == day(-3)


def test_space_ticks_the_current_row(desk: Desk) -> None:
    desk.view.select(desk.ids[1])
    QTest.keyClick(desk.view._list, Qt.Key.Key_Space)
    assert desk.row(desk.ids[1]).status == "done"


def test_completing_with_the_next_step_is_one_gesture(desk: Desk) -> None:
    late, pane = desk.ids[0], desk.view._pane
    desk.view.select(late)
    QTest.keyClicks(pane._outcome, "sent")
    QTest.keyClicks(pane._next_title, "call back")
    QTest.keyClicks(pane._next_due, "+7")
    QTest.mouseClick(pane._done, Qt.MouseButton.LeftButton)
    assert (desk.row(late).status, desk.row(late).outcome) == ("done", "sent")
    new = desk.row(desk.view.selected_id())
    assert (new.title, new.due_on, new.owner, new.lead_id) == (
        "call back",
        day(7),
        "王敏",
        desk.lead,
    )
    assert desk.next_on() == TODAY
    assert pane._outcome.toPlainText() == ""
    desk.tick(desk.ids[1])
    assert desk.next_on() == day(7)
    desk.store.undo()
    desk.store.undo()
    assert desk.row(late).status == "open"
    assert len(desk.store.read(follow_ups.follow_up_rows)) == 3


def test_a_task_put_off_moves_and_a_promise_keeps_its_day(desk: Desk) -> None:
    late, promise = desk.ids[0], desk.ids[1]
    desk.view.select(late)
    desk.view._pane.snooze(7)
    assert (desk.row(late).due_on, desk.row(late).snoozed_until) == (day(7), day(7))
    desk.view.select(promise)
    desk.view._pane.snooze(1)
    assert (desk.row(promise).due_on, desk.row(promise).snoozed_until) == (TODAY, day(1))
    desk.store.undo()
    assert desk.row(promise).snoozed_until is None


def test_the_filters_show_promises_mine_and_done(desk: Desk) -> None:
    which = desk.view._whose
    which.set_value("promises")
    which.chosen.emit("promises")
    assert desk.shown() == ["答复环评路径"]
    which.set_value("mine")
    which.chosen.emit("mine")
    assert desk.shown() == ["寄资料", "约定来访"]
    desk.tick(desk.ids[0])
    which.set_value("done")
    which.chosen.emit("done")
    assert desk.shown() == ["寄资料"]
    desk.tick(desk.ids[0])
    assert desk.row(desk.ids[0]).status == "open"
    assert not desk.shown() and desk.view._empty.isVisible()


def test_completing_many_is_one_undo_step_and_leaves_the_done_as_they_are(desk: Desk) -> None:
    yesterday = day(-1)
    desk.store.write("x", follow_ups.complete, desk.ids[2], on=yesterday)
    desk.view._bulk("complete", desk.ids)
    rows = [desk.row(one) for one in desk.ids]
    assert [r.status for r in rows] == ["done"] * 3
    assert [r.done_on for r in rows] == [TODAY, TODAY, yesterday]
    desk.store.undo()
    assert [desk.row(one).status for one in desk.ids] == ["open", "open", "done"]


def test_a_new_follow_up_is_mine_due_today_and_ready_to_be_named(desk: Desk) -> None:
    desk.view.new_record()
    made = desk.row(desk.view.selected_id())
    assert (made.owner, made.due_on) == ("王敏", TODAY)
    QTest.keyClicks(desk.view._pane._title, "send samples")
    desk.view._pane._title.commit()
    assert desk.row(made.id).title == "send samples"


def test_deleted_follow_ups_come_back_by_undo(desk: Desk) -> None:
    desk.view._list.selectAll()
    desk.view.delete_selected()
    assert desk.shown() == []
    assert desk.next_on() is None
    desk.store.undo()
    assert len(desk.shown()) == 3


def test_a_long_owner_is_cut_and_never_painted_over_the_title(desk: Desk) -> None:
    desk.view.resize(1100, 700)
    desk.view.show()
    rows = desk.view._list

    def title_part() -> QImage:
        rect = rows.visualRect(rows.rows.index(rows.rows.line_of(desk.ids[0])))
        picture: QImage = rows.viewport().grab(rect).toImage()
        return picture.copy(0, 0, picture.width() - 220, picture.height())

    before = title_part()
    me = desk.shell.me
    desk.store.write(
        "x", records.update, "members", me, name="Maria-Theresia Freifrau von und zu Hohenlohe"
    )
    assert desk.row(desk.ids[0]).owner.startswith("Maria")
    assert title_part() == before


def test_a_long_company_does_not_widen_the_pane(desk: Desk, qtbot: QtBot) -> None:
    desk.view.resize(1100, 700)
    desk.view.show()
    desk.view.select(desk.ids[0])
    body = desk.view._pane.widget()
    assert body is not None
    company = desk.store.read(lead_reading.lead_detail, desk.lead).row.company_id
    desk.store.write("x", companies.update_company, company, name="Donaudampfschifffahrt" * 9)
    qtbot.wait(20)
    # The name itself is four times as wide; without our style a button has more around it.
    assert body.minimumSizeHint().width() <= desk.view._pane.viewport().width() + 20
    assert desk.view._pane._company.toolTip().startswith("Donaudampf")
