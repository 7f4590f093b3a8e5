import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app import i18n
from desktop_app.db.log import history
from desktop_app.db.workspace import Workspace
from desktop_app.domain.words import STAGES
from desktop_app.services import (
    companies,
    follow_ups,
    lead_reading,
    lead_rows,
    leads,
    records,
    trips,
)
from desktop_app.settings import Settings
from desktop_app.ui.leads.lead_filter import LeadFilter
from desktop_app.ui.leads.leads_view import LeadsView
from desktop_app.ui.store import Store

TODAY = dt.date.today()
COMPANIES = [
    ("Mühlbach Hydraulik AG", "联博液压", "CH"),
    ("Weißach Sensorik GmbH", "魏萨传感", "DE"),
    ("Zanchi Meccanica S.p.A.", "镇江赞奇", "IT"),
]


def compose(widget: QWidget, text: str) -> None:
    """Type as an input method does: compose, then commit."""
    QApplication.sendEvent(widget, QInputMethodEvent(text[:1], []))
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


class FakeShell:
    """The window around the view: keeps what it was told."""

    def __init__(self, me: str) -> None:
        self.settings = Settings()
        self.me = me
        self.toasts: list[str] = []
        self.opened: list[tuple[str, str]] = []
        self.imports = 0

    def toast(self, text: str, undo: bool = False) -> None:
        self.toasts.append(text)

    def open_record(self, kind: str, record_id: str) -> None:
        self.opened.append((kind, record_id))

    def import_file(self, path: Path | None = None, kind: str = "leads") -> None:
        self.imports += 1

    def set_count(self, view: str, count: int | None, alarm: bool = False) -> None: ...


class Desk:
    """A view over a real workspace with three leads."""

    def __init__(self, view: LeadsView, store: Store, shell: FakeShell, ids: list[str]) -> None:
        self.view, self.store, self.shell, self.ids = view, store, shell, ids

    def row(self, lead_id: str) -> lead_rows.LeadRow:
        return self.store.read(lead_rows.lead_rows, [lead_id])[0]

    def undo(self) -> str:
        step = self.store.undo()
        assert step is not None
        return step.label

    def names(self) -> list[str]:
        return [row.company for row in self.view.model.shown_rows()]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    i18n.set_language("zh")
    workspace = Workspace.open(tmp_path / "ws")
    store = Store(workspace)

    def seed(session: Any) -> tuple[str, list[str]]:
        me = records.create(session, "members", name="王敏")
        ids = []
        for name, name_zh, country in COMPANIES:
            company = companies.add_company(session, name=name, name_zh=name_zh, country=country)
            ids.append(
                leads.add_lead(
                    session,
                    company,
                    title=name_zh,
                    source="squad_visit",
                    first_reporter_id=me,
                    first_reported_on=TODAY,
                    amount_minor=10**10,
                    currency="CNY",
                )
            )
        return me, ids

    me, ids = store.write("seed", seed)
    workspace.author_id = me
    shell = FakeShell(me)
    view = LeadsView(store, shell)  # type: ignore[arg-type] # as much of a shell as it asks for
    qtbot.addWidget(view)
    store.changed.connect(view.refresh)
    view.resize(1250, 800)
    view.restore_state({})
    view.refresh(None)
    view.show()
    yield Desk(view, store, shell, ids)
    workspace.close()


@pytest.mark.parametrize(
    ("typed", "found"),
    [("muhl", 0), ("联博", 0), ("lbyy", 0), ("weissach", 1), ("zj", 2), ("赞奇", 2)],
)
def test_typing_in_the_search_shows_the_rows_that_match(
    desk: Desk, qtbot: QtBot, typed: str, found: int
) -> None:
    desk.view.focus_search()
    compose(desk.view.search, typed)
    qtbot.waitUntil(lambda: desk.names() == [COMPANIES[found][0]])


def test_an_edited_amount_is_in_the_database_the_log_and_the_history(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.view.select(desk.ids[0])
    field = desk.view.pane.editors["amount_minor"].line
    field.setFocus()
    field.selectAll()
    compose(field, "3.5亿")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert desk.row(desk.ids[0]).amount_minor == 35 * 10**9
    newest = desk.store.read(history, "lead", desk.ids[0])[0]
    assert newest.by == "王敏"
    assert newest.fields["amount_minor"] == (10**10, 35 * 10**9)
    desk.view.pane.show_tab("history")
    assert desk.view.pane.history.shown[0].text == "投资额：1 亿元 → 3.5 亿元"
    assert desk.undo() == "修改投资额"
    assert desk.row(desk.ids[0]).amount_minor == 10**10
    assert desk.view.model.row_at(desk.view.model.index_of(desk.ids[0])).amount_minor == 10**10


def test_a_stage_asks_for_what_is_missing_and_moves_when_it_is_given(desk: Desk) -> None:
    view = desk.view
    view.select(desk.ids[0])
    assert "进入“研判”还缺" in view.pane.needs.text()
    view.pane.next_button.click()
    gate = view.pane.gate
    assert gate is not None
    gate.go.click()
    assert desk.row(desk.ids[0]).stage == "lead"
    assert not gate.note.isHidden()
    gate.editor("verdict").set_value("pursue")
    gate.editor("chain").set_value("aerospace")
    gate.editor("owner_id").set_record(desk.shell.me, "王敏")
    gate.editor("value_size").set_value(80)
    gate.go.click()
    assert desk.row(desk.ids[0]).stage == "screened"
    assert view.pane.gate is None
    assert desk.undo() == "推进到“研判”"
    assert desk.row(desk.ids[0]).stage == "lead"
    assert desk.row(desk.ids[0]).owner == ""


def test_a_gate_is_passed_with_a_reason_only_and_the_reason_is_kept(desk: Desk) -> None:
    desk.view.select(desk.ids[0])
    desk.view.pane.bar.picked.emit("negotiating")
    gate = desk.view.pane.gate
    assert gate is not None
    gate.override.click()
    gate.go.click()
    assert desk.row(desk.ids[0]).stage == "lead"
    gate.reason.setText("市领导已定")
    gate.reason.setModified(True)
    QTest.keyClick(gate.reason, Qt.Key.Key_Return)
    assert desk.row(desk.ids[0]).stage == "negotiating"
    stages = desk.store.read(lead_reading.lead_detail, desk.ids[0]).stages
    assert "市领导已定" in [one["reason"] for one in stages]


def test_a_bulk_edit_is_one_undo_step(desk: Desk) -> None:
    view = desk.view
    view.table.selectAll()
    assert view.bulk_bar.isVisible()
    menu = view.bulk_bar.menus["chain"]
    next(a for a in menu.actions() if a.text() == "航空航天").trigger()
    assert {desk.row(i).chain for i in desk.ids} == {"aerospace"}
    assert set(view.selected_ids()) == set(desk.ids)
    assert desk.undo() == "修改 3 条线索的产业链"
    assert {desk.row(i).chain for i in desk.ids} == {""}


def test_deleted_leads_come_back_by_undo(desk: Desk) -> None:
    desk.view.select(desk.ids[1])
    desk.view.delete_selected()
    assert len(desk.view.model.all_rows()) == 2
    assert desk.view.pane.lead_id != desk.ids[1]
    desk.store.undo()
    assert len(desk.view.model.all_rows()) == 3


def test_a_card_dropped_on_another_column_asks_and_moves(desk: Desk) -> None:
    view = desk.view
    view.show_board(True)
    first, second = view.board.columns[0], view.board.columns[1]
    assert len(first.list.cards().rows) == 3
    data = first.list.cards().mimeData([first.list.cards().index(0)])
    lead_id = first.list.cards().rows[0].id
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    second.list.dropEvent(event)
    dialog = view.bulk.dialog
    assert dialog is not None
    gate = view.bulk.gate
    assert gate is not None
    gate.editor("verdict").set_value("watch")
    gate.editor("chain").set_value("marine")
    gate.editor("owner_id").set_record(desk.shell.me, "王敏")
    gate.editor("value_tax").set_value(50)
    gate.go.click()
    assert desk.row(lead_id).stage == "screened"
    assert [r.id for r in second.list.cards().rows] == [lead_id]
    assert second.count.text() == "1"


def test_a_new_lead_with_a_new_company_is_one_step(desk: Desk, qtbot: QtBot) -> None:
    view = desk.view
    view.new_record()
    panel = view.new_panel
    compose(panel.company, "Uetliberg Robotics AG")
    panel.save()
    assert "国别" in panel.note.text()
    panel.country.set_value("CH")
    panel.source.set_value("expo")
    panel.save()
    assert len(view.model.all_rows()) == 4
    assert view.pane.names.name.text() == "Uetliberg Robotics AG"
    row = desk.row(view.pane.lead_id)
    assert (row.country, row.source, row.first_reported_on) == ("CH", "expo", TODAY)
    desk.store.undo()
    assert len(view.model.all_rows()) == 3
    assert len(desk.store.read(companies.company_rows)) == 3


def test_a_follow_up_is_added_and_ticked_off_in_the_record(desk: Desk, qtbot: QtBot) -> None:
    view = desk.view
    view.select(desk.ids[0])
    view.pane.add_follow_up.click()
    form: Any = view.pane.form
    compose(form.title, "送地块比选方案")
    form.side.set_value("ours")
    QTest.keyClick(form.title, Qt.Key.Key_Return)
    assert desk.row(desk.ids[0]).next_on == TODAY + dt.timedelta(days=7)
    entry = view.pane.timeline.entries[0]
    entry.tick.click()
    outcome: Any = view.pane.timeline.findChild(type(form.title), "outcome")
    compose(outcome, "已送出")
    QTest.keyClick(outcome, Qt.Key.Key_Return)
    done = desk.store.read(follow_ups.follow_up_rows, lead_id=desk.ids[0])[0]
    assert (done.status, done.outcome) == ("done", "已送出")
    assert desk.row(desk.ids[0]).next_on is None


def test_a_meeting_held_is_recorded_from_the_record(desk: Desk, qtbot: QtBot) -> None:
    desk.view.select(desk.ids[0])
    desk.view.pane.add_meeting.click()
    form: Any = desk.view.pane.form
    compose(form.title, "现场会谈")
    form.save()
    items = desk.store.read(lead_reading.lead_detail, desk.ids[0]).timeline
    assert ("meeting", "held") in [(i.kind, i.status) for i in items]


def test_a_dropped_file_is_kept_under_its_hash_and_can_be_taken_off(
    desk: Desk, tmp_path: Path
) -> None:
    source = tmp_path / "地块.txt"
    source.write_text("60 亩", "utf-8")
    pane = desk.view.pane
    desk.view.select(desk.ids[0])
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(source))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    pane.dropEvent(event)
    assert pane.detail is not None
    kept = pane.detail.files[0]
    assert kept["name"] == "地块.txt"
    files = desk.store.workspace.paths.files
    assert (files / kept["sha256"]).read_text("utf-8") == "60 亩"
    pane.files.removed.emit(kept["id"])
    assert not pane.detail.files


def test_filters_narrow_and_saved_views_bring_them_back(desk: Desk) -> None:
    view = desk.view
    view._on_filter(LeadFilter(countries=frozenset({"DE", "IT"})))
    assert len(desk.names()) == 2
    assert view.filter_button.text().strip() == "德国 +1"
    view.views.keep("德意")
    view.views.choose({"name": "全部线索", "filter": {}})
    assert len(desk.names()) == 3
    state = view.save_state()
    view.views.own = []
    view.restore_state(state)
    view.views.choose(view.views.own[0])
    assert len(desk.names()) == 2


def test_a_narrow_table_gives_up_the_chain_and_a_wide_one_brings_it_back(
    desk: Desk, qtbot: QtBot
) -> None:
    view, chain = desk.view, 2
    assert view.table.row_model.columns[chain].key == "chain"
    view._close_pane()
    view.resize(1250, 800)
    qtbot.waitUntil(lambda: not view.table.isColumnHidden(chain))
    wide = view.table.columnWidth(chain)

    view.resize(700, 800)
    qtbot.waitUntil(lambda: view.table.isColumnHidden(chain))
    kept = view.save_state()["table"]
    assert "chain" not in kept["hidden"], "the next start may be on a larger screen"
    assert kept["widths"]["chain"] == wide

    view.resize(1250, 800)
    qtbot.waitUntil(lambda: not view.table.isColumnHidden(chain))
    assert view.table.columnWidth(chain) == wide


def test_a_narrow_bar_of_many_leads_drops_the_sum_and_keeps_the_count(
    desk: Desk, qtbot: QtBot
) -> None:
    view = desk.view
    view._close_pane()
    view.resize(1250, 800)
    view.table.selectAll()
    qtbot.wait(20)
    text = view.bulk_bar.text
    assert "亿元" in text.text()
    view.bulk_bar.resize(view.bulk_bar.minimumSizeHint().width() + 4, view.bulk_bar.height())
    assert "亿元" not in text.text() and "3" in text.text()
    assert text.width() >= text.fontMetrics().horizontalAdvance(text.text())
    assert "亿元" in text.toolTip()


def test_a_chain_asked_for_by_hand_stays_though_the_table_is_narrow(
    desk: Desk, qtbot: QtBot
) -> None:
    view, chain = desk.view, 2
    view._close_pane()
    view.resize(700, 800)
    qtbot.waitUntil(lambda: view.table.isColumnHidden(chain))
    view.table.setColumnHidden(chain, False)
    view.resize(720, 800)
    qtbot.wait(20)
    assert not view.table.isColumnHidden(chain)


def test_on_a_small_screen_a_gate_beside_a_meeting_form_keeps_its_height(
    desk: Desk, qtbot: QtBot
) -> None:
    view = desk.view
    view.resize(1084, 600)
    view.select_first()
    view.pane._on_next()
    gate = view.pane.gate
    assert gate is not None
    view.pane.open_meeting()
    form = view.pane.form
    assert form is not None
    qtbot.waitUntil(lambda: form.height() >= form.minimumSizeHint().height())
    qtbot.waitUntil(lambda: gate.height() >= gate.minimumSizeHint().height() > 100)


def test_the_menu_of_views_marks_the_one_that_is_seen(desk: Desk) -> None:
    view = desk.view

    def marked() -> list[str]:
        view.views.fill()
        return [a.text() for a in view.views.menu.actions() if a.isChecked()]

    assert marked() == ["全部线索"]
    view._on_filter(LeadFilter(countries=frozenset({"DE"})))
    assert marked() == []
    view.views.keep("德国")
    assert marked() == ["德国"]


def test_a_filter_survives_json_and_ignores_what_it_does_not_know() -> None:
    value = LeadFilter(stages=frozenset({"signed"}), mine=True, amount_from=5, due="week")
    assert LeadFilter.from_json(value.to_json()) == value
    assert LeadFilter.from_json({"due": "never", "mine": "yes", "other": 1}) == LeadFilter()
    assert LeadFilter.from_json(["no"]) == LeadFilter()


def test_a_change_elsewhere_refreshes_the_rows_it_concerns_and_keeps_the_selection(
    desk: Desk,
) -> None:
    view = desk.view
    view.select(desk.ids[1])
    company = desk.row(desk.ids[0]).company_id
    assert company is not None
    desk.store.write("改名", companies.update_company, company, name="Neu AG")
    assert "Neu AG" in desk.names()
    assert view.selected_id() == desk.ids[1]
    trip: dict[str, Any] = {"starts_at": dt.datetime.now(dt.UTC), "status": "held", "title": "x"}
    desk.store.write("会谈", trips.plan_meeting, None, company, lead_id=desk.ids[0], **trip)
    row = view.model.row_at(view.model.index_of(desk.ids[0]))
    assert row.last_contact_on is not None


def test_without_leads_the_list_offers_the_next_step(desk: Desk) -> None:
    desk.view.table.selectAll()
    desk.view.delete_selected()
    empty = desk.view.table._empty
    assert empty is not None and empty.isVisible()
    empty.buttons[1].click()  # type: ignore[attr-defined] # an EmptyState
    assert desk.shell.imports == 1


def test_the_stage_bar_has_a_segment_a_stage(desk: Desk) -> None:
    desk.view.select(desk.ids[0])
    bar = desk.view.pane.bar
    assert bar.segment(len(STAGES) - 1).right() <= bar.width() + 1
    assert "第 1 步" in bar.accessibleName()
    assert bar.tip(1) == "推进到“研判”"


def test_a_gate_that_needs_a_meeting_takes_one_on_the_way(desk: Desk) -> None:
    view = desk.view
    screened: dict[str, Any] = {
        "verdict": "pursue",
        "chain": "marine",
        "owner_id": desk.shell.me,
        "value_size": 9,
    }
    desk.store.write("x", leads.update_lead, desk.ids[0], **screened)
    desk.store.write("x", leads.move_stage, desk.ids[0], "screened")
    view.show_board(True)
    view.bulk.move([desk.ids[0]], "negotiating")
    assert view.bulk.gate is not None
    view.bulk.gate.meeting_wanted.emit()
    form: Any = view.pane.form
    compose(form.title, "首次会谈")
    form.save()
    gate = view.pane.gate
    assert gate is not None
    gate.editor("follow_up_title").set_value("寄资料")
    gate.editor("follow_up_due").set_value(TODAY + dt.timedelta(days=3))
    gate.go.click()
    row = desk.row(desk.ids[0])
    assert (row.stage, row.next_on) == ("negotiating", TODAY + dt.timedelta(days=3))
