"""Cases and dispatch meetings over a real workspace: moved, decided, filtered, undone."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop_app import i18n
from desktop_app.db.models import Case
from desktop_app.db.workspace import Workspace
from desktop_app.domain.case_rules import MOVES
from desktop_app.domain.words_after import CaseState
from desktop_app.services import case_rows, cases, companies, leads, records
from desktop_app.settings import Settings
from desktop_app.ui.cases.cases_view import CasesView
from desktop_app.ui.screenshot import settle
from desktop_app.ui.store import Store
from desktop_app.ui.sync.conflict_marks import ConflictMark
from tests.sync.laptops import add, change_fields, laptop, meet
from tests.ui.shown_window import shown_window

TODAY = dt.date.today()
DAY = dt.timedelta(days=1)
CLICK = Qt.MouseButton.LeftButton


class FakeShell:
    """The window around the view: keeps what it was told."""

    def __init__(self) -> None:
        self.settings = Settings()
        self.me: str | None = None
        self.toasts: list[tuple[str, bool]] = []
        self.opened: list[tuple[str, str]] = []
        self.counts: list[tuple[str, int | None, bool]] = []

    def toast(self, text: str, undo: bool = False) -> None:
        self.toasts.append((text, undo))

    def open_record(self, kind: str, record_id: str, field: str = "") -> None:
        self.opened.append((kind, record_id))

    def set_count(self, view: str, count: int | None, alarm: bool = False) -> None:
        self.counts.append((view, count, alarm))


class Desk:
    """The view over four cases of two projects and a dispatch meeting."""

    def __init__(self, store: Store, shell: FakeShell, ids: dict[str, str]) -> None:
        self.store, self.shell, self.ids = store, shell, ids
        self.view = CasesView(store, shell)  # type: ignore[arg-type] # all it asks for
        self.pane = self.view.cases.case_pane
        self.meeting = self.view.meetings.meeting_pane

    def case(self, name: str) -> dict[str, Any]:
        def read(session: Any) -> dict[str, Any]:
            found = session.get(Case, self.ids[name])
            return {c.name: getattr(found, c.name) for c in Case.__table__.columns}

        return self.store.read(read)

    def shown(self) -> list[str]:
        names = {key: name for name, key in self.ids.items()}
        return [names[row.id] for row in self.view.page.model.shown_rows()]

    def choose(self, name: str, value: str | None) -> None:
        field = self.view.page.filters[name]
        field.setCurrentIndex(field.findData(value))
        field.commit()

    def open(self, name: str) -> None:
        self.view.select(self.ids[name])


def _seed(session: Any) -> dict[str, str]:
    me = records.create(session, "members", name="王敏")
    company = companies.add_company(session, name="Eins AG", name_zh="艾因斯", country="CH")
    other = companies.add_company(session, name="Zwei GmbH", country="DE")
    lead = leads.add_lead(session, company, title="液压阀项目")
    second = leads.add_lead(session, other, title="轴承项目")
    return {
        "me": me,
        "lead": lead,
        "red": cases.add_case(
            session, lead, title="土地未移交", category="land", due_on=TODAY - 120 * DAY,
            lead_department="自然资源局", owner_id=me, state="in_progress",
        ),
        "near": cases.add_case(
            session, second, title="供电未通", category="utilities", due_on=TODAY + 5 * DAY,
            lead_department="供电公司", state="assigned",
        ),
        "done": cases.add_case(
            session, second, title="招工难", category="labour", due_on=TODAY, state="done",
            lead_department="人社局",
        ),
        "odd": cases.add_case(session, lead, title="道路", category="自定义", state="closed"),
        "meeting": cases.add_dispatch_meeting(
            session, title="第一次调度会", held_on=TODAY + DAY, chair="单静"
        ),
    }  # fmt: skip


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    i18n.set_language("zh")
    workspace = Workspace.open(tmp_path / "ws")
    store = Store(workspace)
    ids = store.write("seed", _seed)
    workspace.author_id = ids["me"]
    made = Desk(store, FakeShell(), ids)
    made.shell.me = ids["me"]
    qtbot.addWidget(made.view)
    store.changed.connect(made.view.refresh)
    made.view.resize(1280, 860)
    made.view.refresh(None)
    made.view.show()
    yield made
    workspace.close()


def retype(field: Any, text: str) -> None:
    field.setFocus()
    field.selectAll()
    # QTest types no Chinese.
    field.insert(text)
    field.setModified(True)
    QTest.keyClick(field, Qt.Key.Key_Return)


def write_long(field: Any, text: str) -> None:
    field.setFocus()
    field.setPlainText(text)
    field.document().setModified(True)
    field.commit()


# --- the flow


def test_a_click_moves_a_case_and_keeps_the_day_and_undo_takes_it_back(desk: Desk) -> None:
    desk.open("red")
    QTest.mouseClick(desk.pane.flow.steps[CaseState.DONE], CLICK)
    assert (desk.case("red")["state"], desk.case("red")["done_on"]) == ("done", TODAY)
    assert desk.case("red")["progress_percent"] == 100
    assert desk.shell.toasts[-1] == ("已转为：办结", True)
    step = desk.store.undo()
    assert step is not None and step.label == "交办单转为：办结"
    assert (desk.case("red")["state"], desk.case("red")["done_on"]) == ("in_progress", None)


@pytest.mark.parametrize("state", list(CaseState))
def test_only_the_moves_of_the_flow_can_be_clicked(desk: Desk, state: CaseState) -> None:
    def put(session: Any) -> None:
        session.get(Case, desk.ids["red"]).state = state.value

    desk.store.write("put", put)
    desk.open("red")
    allowed = set(MOVES[state])
    assert set(desk.pane.flow.offered()) == allowed - {CaseState.RETURNED}
    assert desk.pane.send_back.isVisible() is (CaseState.RETURNED in allowed)
    for one, step in desk.pane.flow.steps.items():
        if one not in allowed:
            QTest.mouseClick(step, CLICK)
    assert desk.case("red")["state"] == state.value
    assert not desk.pane.ask.isVisible()


def test_a_step_of_the_flow_can_be_taken_with_the_keyboard(desk: Desk) -> None:
    desk.open("near")
    step = desk.pane.flow.steps[CaseState.IN_PROGRESS]
    step.setFocus()
    QTest.keyClick(step, Qt.Key.Key_Return)
    assert desk.case("near")["state"] == "in_progress"


def test_returning_asks_for_the_reason_in_place(desk: Desk) -> None:
    desk.open("near")
    QTest.mouseClick(desk.pane.send_back, CLICK)
    ask = desk.pane.ask
    assert ask.isVisible() and not ask.go.isEnabled()
    assert desk.case("near")["state"] == "assigned"
    ask.line.insert("不属受理范围")
    QTest.mouseClick(ask.go, CLICK)
    assert (desk.case("near")["state"], desk.case("near")["state_reason"]) == (
        "returned",
        "不属受理范围",
    )
    assert not ask.isVisible()
    desk.open("near")
    assert desk.pane.said.text() == "已退回：不属受理范围"


def test_escape_leaves_the_question_and_the_case(desk: Desk) -> None:
    desk.open("near")
    QTest.mouseClick(desk.pane.send_back, CLICK)
    QTest.keyClicks(desk.pane.ask.line, "x")
    QTest.keyClick(desk.pane.ask.line, Qt.Key.Key_Escape)
    QTest.keyClick(desk.pane.ask, Qt.Key.Key_Escape)
    assert not desk.pane.ask.isVisible()
    assert desk.case("near")["state"] == "assigned"


def test_a_case_counts_as_solved_only_when_the_enterprise_confirmed(desk: Desk) -> None:
    desk.open("done")
    assert "企业确认后才计入已解决" in desk.pane.said.text()
    QTest.mouseClick(desk.pane.flow.steps[CaseState.CONFIRMED], CLICK)
    assert desk.case("done")["state"] == "done"
    desk.pane.ask.line.insert("李经理")
    QTest.keyClick(desk.pane.ask.line, Qt.Key.Key_Return)
    found = desk.case("done")
    assert (found["state"], found["confirmed_by"], found["confirmed_on"]) == (
        "confirmed",
        "李经理",
        TODAY,
    )
    desk.open("done")
    assert desk.pane.said.text() == "计入已解决：李经理已确认。"


def test_one_closed_without_confirmation_says_that_it_does_not_count(desk: Desk) -> None:
    desk.open("odd")
    assert "不计入已解决" in desk.pane.said.text()
    retype(desk.pane.form.fields["confirmed_on"], TODAY.isoformat())
    assert desk.pane.said.text().startswith("计入已解决")


def test_a_deadline_before_the_case_was_raised_is_told_and_kept(desk: Desk) -> None:
    desk.open("red")
    raised = dt.date.fromisoformat(str(desk.case("red")["raised_on"]))
    retype(desk.pane.form.fields["due_on"], (raised - dt.timedelta(days=1)).isoformat())
    assert "截止日期早于收集日期" in desk.pane.said.text()
    assert desk.case("red")["due_on"] == raised - dt.timedelta(days=1)


# --- fields and lists


def test_a_title_edited_in_place_is_saved_and_undone(desk: Desk) -> None:
    desk.open("red")
    write_long(desk.pane.title, "一期土地未移交")
    assert desk.case("red")["title"] == "一期土地未移交"
    step = desk.store.undo()
    assert step is not None and step.label == "修改交办单：问题"
    assert desk.case("red")["title"] == "土地未移交"


def test_a_new_case_is_collected_mine_and_waits_for_its_title(desk: Desk) -> None:
    desk.view.new_record()
    new_id = desk.view.selected_id()
    detail = desk.store.read(case_rows.case_detail, new_id)
    assert (detail.fields["state"], detail.fields["owner_id"]) == ("collected", desk.ids["me"])
    assert desk.pane.title.hasFocus()


def test_a_case_for_a_project_names_it(desk: Desk) -> None:
    new_id = desk.view.new_case_for(desk.ids["lead"])
    assert desk.store.read(case_rows.case_detail, new_id).fields["lead_id"] == desk.ids["lead"]
    assert desk.view.selected_id() == new_id
    field = desk.pane.form.fields["lead_id"]
    assert "液压阀项目" in field.text()
    field.followed.emit(field.value())
    assert desk.shell.opened == [("leads", desk.ids["lead"])]


def test_filters_narrow_the_list_and_are_kept(desk: Desk) -> None:
    assert desk.shown() == ["red", "near"]
    assert desk.shell.counts[-1] == ("cases", 2, True)
    desk.choose("state", None)
    assert desk.shown() == ["red", "done", "near", "odd"]
    desk.choose("light", "red")
    assert desk.shown() == ["red"]
    desk.choose("light", None)
    desk.choose("department", "供电公司")
    assert desk.shown() == ["near"]
    desk.choose("department", None)
    desk.choose("owner", "me")
    assert desk.shown() == ["red"]
    desk.choose("owner", None)
    desk.choose("category", "自定义")
    assert desk.shown() == ["odd"]
    kept = desk.view.save_state()
    again = CasesView(desk.store, desk.shell)  # type: ignore[arg-type] # all it asks for
    again.restore_state(kept)
    again.refresh(None)
    assert [row.id for row in again.cases.model.shown_rows()] == [desk.ids["odd"]]
    assert again.cases.filters["category"].value() == "自定义"
    again.deleteLater()


def test_what_waits_for_the_enterprise_is_told_from_what_it_confirmed(desk: Desk) -> None:
    desk.choose("state", "settled")
    assert desk.shown() == ["done", "odd"]
    desk.choose("state", "solved")
    assert desk.shown() == []


@pytest.mark.parametrize(
    ("words", "found"), [("供电", ["near"]), ("zwei", ["near"]), ("tdwyj", ["red"])]
)
def test_the_search_finds_titles_companies_and_initials(
    desk: Desk, qtbot: QtBot, words: str, found: list[str]
) -> None:
    desk.view.focus_search()
    desk.view.cases._search.setText(words)
    qtbot.waitUntil(lambda: desk.shown() == found, timeout=2000)


def test_a_record_that_a_filter_hides_is_shown_when_asked_for(desk: Desk) -> None:
    desk.view.select(desk.ids["odd"])
    assert desk.view.selected_id() == desk.ids["odd"]


def test_a_dropped_category_stays_with_its_case_and_can_be_chosen_again(desk: Desk) -> None:
    desk.open("odd")
    field = desk.pane.category
    assert field.currentText() == "自定义（已不在类别表中）"
    field.setCurrentIndex(field.findData("land"))
    field.commit()
    assert desk.case("odd")["category"] == "land"
    assert desk.store.undo() is not None
    assert field.value() == "自定义"
    desk.open("red")
    assert field.findData("自定义") < 0


def test_several_cases_are_moved_where_the_flow_allows_it(desk: Desk) -> None:
    page = desk.view.cases
    ids = [desk.ids["red"], desk.ids["near"]]
    # What asks a question is asked of one case at a time.
    assert page.moves_for(ids) == [CaseState.IN_PROGRESS, CaseState.DISPATCH, CaseState.DONE]
    page.move_records(ids, CaseState.DONE)
    assert (desk.case("red")["state"], desk.case("near")["state"]) == ("done", "assigned")
    assert desk.shell.toasts[-1] == ("1 件已转为：办结；另 1 件按流程不能直接转", True)


def test_deleted_cases_come_back(desk: Desk) -> None:
    desk.open("red")
    desk.view.delete_selected()
    assert desk.shown() == ["near"]
    assert desk.shell.toasts[-1] == ("已删除 1 件交办单", True)
    desk.store.undo()
    assert desk.shown() == ["red", "near"]


def test_the_changes_of_a_case_unfold_in_words(desk: Desk) -> None:
    desk.open("near")
    desk.pane.history.link.click()
    QTest.mouseClick(desk.pane.flow.steps[CaseState.IN_PROGRESS], CLICK)
    newest = desk.pane.history.changes.shown[0]
    assert newest.title == "王敏"
    assert "交办" in newest.text and "办理" in newest.text


# --- dispatch meetings


def test_an_agenda_is_built_from_open_cases_the_red_ones_first(desk: Desk) -> None:
    desk.open("meeting")
    assert desk.view.mode == "meetings"
    desk.meeting.picker.open()
    offered = [desk.meeting.picker.list.item(n) for n in range(desk.meeting.picker.list.count())]
    assert [one.text().split()[0] for one in offered] == ["土地未移交", "供电未通"]
    for one in offered:
        one.setCheckState(Qt.CheckState.Checked)
    QTest.mouseClick(desk.meeting.picker.add_button, CLICK)
    assert desk.meeting.agenda_title.text() == "议程：2 件，已议定 0 件"
    assert desk.case("red")["state"] == "dispatch"
    desk.meeting.picker.open()
    assert desk.meeting.picker.list.count() == 0
    desk.store.undo()
    assert desk.meeting.cards.cards == {}
    assert desk.case("red")["state"] == "in_progress"


def test_a_decision_is_recorded_applied_and_undone(desk: Desk) -> None:
    (item,) = desk.store.write("put", cases.put_on_agenda, desk.ids["meeting"], [desk.ids["near"]])
    desk.view.select(item)
    form = desk.meeting.cards.cards[item].form
    assert form is not None and not form.isHidden()
    write_long(form.fields["decision"], "两周内接通")
    retype(form.fields["lead_department"], "建设局")
    assert desk.meeting.agenda_title.text() == "议程：1 件，已议定 1 件"
    assert desk.case("near")["lead_department"] == "建设局"
    step = desk.store.undo()
    assert step is not None and step.label == "记录议定：牵头部门"
    assert desk.case("near")["lead_department"] == "供电公司"
    desk.open("near")
    detail = desk.store.read(case_rows.case_detail, desk.ids["near"])
    assert [one.decision for one in detail.dispatched] == ["两周内接通"]


def test_agenda_items_change_places_and_leave(desk: Desk) -> None:
    items = desk.store.write(
        "put", cases.put_on_agenda, desk.ids["meeting"], [desk.ids["near"], desk.ids["red"]]
    )
    desk.open("meeting")
    desk.meeting.cards.moved.emit(items[1], -1)
    detail = desk.store.read(case_rows.dispatch_detail, desk.ids["meeting"])
    assert [one.fields["id"] for one in detail.items] == items[::-1]
    desk.meeting.cards.removed.emit(items[0])
    assert list(desk.meeting.cards.cards) == [items[1]]
    assert desk.shell.toasts[-1] == ("已移出议程", True)


def test_the_modes_keep_apart_and_are_kept(desk: Desk) -> None:
    desk.view.cases.mode_field.chosen.emit("meetings")
    assert desk.view.mode == "meetings" and desk.shown() == ["meeting"]
    assert desk.view.cases.mode_field.value() == "cases"
    assert desk.view.save_state()["mode"] == "meetings"
    desk.view.new_record()
    assert len(desk.view.meetings.model.shown_rows()) == 2
    desk.view.delete_selected()
    assert desk.shown() == ["meeting"]


def test_a_disputed_field_is_marked(qtbot: QtBot, tmp_path: Path) -> None:
    i18n.set_language("zh")
    here, there = laptop(tmp_path / "a", "王敏"), laptop(tmp_path / "b", "李强")
    company = add(here, "companies", name="Eins AG", country="CH")
    lead = add(here, "leads", company_id=company, title="液压阀")
    case = add(here, "cases", lead_id=lead, title="用地")
    meet(here, there)
    change_fields(here, "cases", case, lead_department="建设局")
    change_fields(there, "cases", case, lead_department="财政局")
    meet(here, there)
    store = Store(here)
    view = CasesView(store, FakeShell())  # type: ignore[arg-type] # all it asks for
    qtbot.addWidget(view)
    view.refresh(None)
    view.select(case)
    fields = view.cases.case_pane.form.fields
    marked = [name for name, field in fields.items() if field.findChildren(ConflictMark)]
    assert marked == ["lead_department"]
    here.close()
    there.close()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_window_leads_to_cases_meetings_and_agenda_items(
    qapp: QApplication, tmp_path: Path, lang: str
) -> None:
    workspace = Workspace.open(tmp_path / "ws")
    with workspace.write("seed") as session:
        ids = _seed(session)
        (item,) = cases.put_on_agenda(session, ids["meeting"], [ids["near"]])
    workspace.close()
    with shown_window(qapp, tmp_path / "ws", lang, (1280, 720)) as window:
        window.open_record("dispatch-items", item, "decision")
        view = window.view("cases")
        assert isinstance(view, CasesView)
        assert (view.mode, view.selected_id()) == ("meetings", ids["meeting"])
        form = view.meetings.meeting_pane.cards.cards[item].form
        assert form is not None and form.fields["decision"].hasFocus()
        window.open_record("cases", ids["odd"], "due_on")
        assert (view.mode, view.selected_id()) == ("cases", ids["odd"])
        assert view.cases.case_pane.form.fields["due_on"].hasFocus()
        window.open_record("dispatch-meetings", ids["meeting"], "chair")
        assert view.meetings.meeting_pane.form.fields["chair"].hasFocus()
        window.open_paper("dispatch-minutes")
        assert view.paper_shown() == "dispatch-minutes"
        settle()
        nameless = [
            type(one).__name__
            for one in view.findChildren(QWidget)
            if one.isVisible()
            and not isinstance(one, QScrollArea)
            and one.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not (one.accessibleName() or getattr(one, "text", str)())
        ]
        assert nameless == []
