"""The import over a real workspace and the ledger that is shipped: plan, correct, import, undo."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop_app import i18n
from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from desktop_app.exchange.export_ledger import export_follow_ups, export_leads
from desktop_app.i18n import t
from desktop_app.paths import resource
from desktop_app.services import companies, lead_rows, leads, records
from desktop_app.settings import Settings
from desktop_app.ui import background
from desktop_app.ui.import_wizard.import_view import ImportView
from desktop_app.ui.store import Store
from desktop_app.ui.widgets.text_fields import ChoiceField
from tests.exchange.ledgers import write_sheets

LEDGER = resource("demo", "ledger.xlsx")
WAIT = 20_000


class FakeShell:
    """The window around the view: runs jobs as it does, and keeps what went wrong."""

    def __init__(self) -> None:
        self.settings = Settings()
        self.me: str | None = None
        self.toasts: list[str] = []
        self.errors: list[Exception] = []
        self.jobs: list[background.Job] = []
        self.cancels = False

    def toast(self, text: str, undo: bool = False) -> None:
        self.toasts.append(text)

    def run_job(
        self, title: str, function: Callable[..., Any], on_done: Callable[[Any], None]
    ) -> None:
        self.jobs.append(background.run(function, on_done, self.errors.append))
        if self.cancels:
            self.jobs[-1].cancel()


class Desk:
    """The import view of an empty workspace."""

    def __init__(self, view: ImportView, store: Store, shell: FakeShell, qtbot: QtBot) -> None:
        self.view, self.store, self.shell, self.qtbot = view, store, shell, qtbot

    def plan(self, path: Path = LEDGER) -> None:
        self.view.start(path)
        self.qtbot.waitUntil(lambda: self.view._path == path, timeout=WAIT)
        self.planned()

    def planned(self) -> None:
        self.qtbot.waitUntil(lambda: self.view._plan is not None, timeout=WAIT)

    def failed(self) -> Exception:
        self.qtbot.waitUntil(lambda: bool(self.shell.errors), timeout=WAIT)
        return self.shell.errors.pop()

    def run(self) -> None:
        self.view.run_import()
        self.qtbot.waitUntil(lambda: self.page() == 2, timeout=WAIT)

    def page(self) -> int:
        return self.view._pages.currentIndex()

    def actions(self) -> set[str]:
        return {row.action for row in self.view._preview_model.all_rows()}

    def leads(self) -> int:
        return len(self.store.read(lead_rows.lead_rows))

    def choice(self, heading: str) -> ChoiceField:
        found = self.view._mapping.findChildren(ChoiceField)
        return next(f for f in found if f.accessibleName() == heading)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    i18n.set_language("zh")
    workspace = Workspace.open(tmp_path / "ws")
    store, shell = Store(workspace), FakeShell()
    view = ImportView(store, shell)  # type: ignore[arg-type] # as much of a shell as it asks for
    qtbot.addWidget(view)
    view.resize(1250, 860)
    view.show()
    yield Desk(view, store, shell, qtbot)
    workspace.close()


def test_a_ledger_is_shown_corrected_imported_and_undone_as_one_step(desk: Desk) -> None:
    view = desk.view
    desk.plan()
    assert desk.page() == 1
    fields = [f.value() for f in view._mapping.findChildren(ChoiceField)]
    assert "company" in fields and "stage" in fields
    rows = view._preview_model.all_rows()
    assert len(rows) > 30 and any(row.amount for row in rows)
    assert desk.leads() == 0
    column = next(
        c for c, name in view._tables[0][1].columns.items() if name in ("amount", "amount_minor")
    )
    heading = view._tables[0][1].labels[column]
    chosen = desk.choice(heading)
    chosen.set_value(None)
    chosen.edited.emit(None)
    desk.planned()
    assert column not in view._tables[0][1].columns
    assert not any(row.amount for row in view._preview_model.all_rows())
    desk.run()
    assert desk.leads() > 0
    assert desk.shell.toasts[-1] in view._result_title.text()
    desk.store.undo()
    assert desk.leads() == 0
    assert not desk.store.read(companies.company_rows)
    assert view._result_title.text() == "这次导入已撤销"
    desk.store.redo()
    assert desk.shell.toasts[-1] in view._result_title.text()
    desk.store.undo()
    desk.store.write("x", companies.add_company, name="Uetliberg Robotics AG")
    assert view._result_title.text() == "这次导入已撤销"


def test_what_becomes_of_duplicates_is_chosen_for_all_of_them(desk: Desk) -> None:
    desk.plan()
    desk.run()
    first = desk.leads()
    desk.plan()
    assert "merge" in desk.actions()
    for code, there in (("skip", True), ("merge", True)):
        desk.view._duplicates.set_value(code)
        desk.view._duplicates.chosen.emit(code)
        assert (code in desk.actions()) is there
    desk.run()
    assert desk.leads() == first


def test_the_choice_for_duplicates_holds_for_the_next_file(desk: Desk) -> None:
    desk.view._duplicates.set_value("skip")
    desk.plan()
    assert "merge" not in desk.actions()


def test_a_cancelled_plan_can_be_asked_for_again(desk: Desk) -> None:
    desk.plan()
    desk.shell.cancels = True
    desk.view._replan()
    assert isinstance(desk.failed(), background.Cancelled)
    assert desk.view._plan is None and not desk.view._go.isEnabled()
    desk.shell.cancels = False
    desk.view._duplicates.chosen.emit("merge")
    desk.planned()
    assert desk.view._go.isEnabled()


def test_a_cancelled_import_changes_nothing_and_can_be_started_again(desk: Desk) -> None:
    desk.plan()
    desk.shell.cancels = True
    desk.view.run_import()
    assert isinstance(desk.failed(), background.Cancelled)
    assert desk.leads() == 0
    assert desk.page() == 1
    desk.qtbot.waitUntil(desk.view._go.isEnabled)


def test_a_second_file_started_meanwhile_is_the_one_that_is_shown(
    desk: Desk, tmp_path: Path
) -> None:
    second = tmp_path / "second.csv"
    second.write_text("企业名称,国别,阶段\nUetliberg Robotics AG,瑞士,在谈\n", "utf-8")
    desk.view.start(LEDGER)
    desk.plan(second)
    desk.qtbot.wait(1500)
    assert [r.company for r in desk.view._preview_model.all_rows()] == ["Uetliberg Robotics AG"]
    assert desk.view._path == second
    assert not desk.shell.errors


def test_a_broken_file_is_one_sentence_and_leaves_the_plan_as_it_was(
    desk: Desk, tmp_path: Path
) -> None:
    broken = tmp_path / "台账.xlsx"
    broken.write_bytes(LEDGER.read_bytes()[:2000])
    desk.plan()
    rows = len(desk.view._preview_model.all_rows())
    desk.view.start(broken)
    error = desk.failed()
    assert isinstance(error, DeskError)
    sentence = t(f"errors.{error.key}", None, **error.values)
    assert "台账.xlsx" in sentence and "\n" not in sentence
    assert desk.view._path == LEDGER
    assert len(desk.view._preview_model.all_rows()) == rows
    assert desk.leads() == 0


def test_our_own_ledgers_are_read_without_a_mapping_and_show_their_rows(
    desk: Desk, tmp_path: Path
) -> None:
    desk.plan()
    desk.run()
    now = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    with desk.store.workspace.read() as session:
        export_leads(session, tmp_path / "leads.xlsx", lang="zh", now=now)
        export_follow_ups(session, tmp_path / "follow-ups.xlsx", lang="en", now=now)

    for name in ("leads.xlsx", "follow-ups.xlsx"):
        desk.plan(tmp_path / name)

        assert desk.actions() == {"merge"}
        assert desk.view._mapping.findChildren(ChoiceField) == []
        assert desk.view._preview_model.all_rows()[0].company
    before = desk.leads()
    desk.run()
    assert desk.leads() == before


def kinds_of(desk: Desk) -> ChoiceField:
    (found,) = [f for f in desk.view.findChildren(ChoiceField) if f.accessibleName() == "表中内容"]
    return found


def choose_kind(desk: Desk, kind: str) -> None:
    field = kinds_of(desk)
    field.set_value(kind)
    field.edited.emit(kind)


CASES: list[list[Any]] = [
    ["项目名称", "企业名称", "存在问题", "问题类别", "牵头单位", "办结时限"],
    ["液压阀项目", "Häberling AG", "围墙外还有3户未搬迁", "用地", "自规局", "2026-03-05"],
    ["液压阀项目", "Häberling AG", "临时用电容量不足", "水电气路", "供电公司", "2026-12-01"],
]


@pytest.fixture
def project(desk: Desk) -> str:
    company = desk.store.write("x", companies.add_company, name="Häberling AG")
    found: str = desk.store.write("x", leads.add_lead, company, title="液压阀项目")
    return found


def test_the_kind_is_guessed_and_cases_come_in_as_one_step(
    desk: Desk, project: str, tmp_path: Path
) -> None:
    desk.plan(write_sheets(tmp_path / "问题台账.xlsx", {"问题": CASES}))
    assert kinds_of(desk).isVisible()
    assert kinds_of(desk).value() == "cases"
    assert desk.actions() == {"new"}

    desk.run()
    found = desk.store.read(records.list_records, "cases")
    assert [one["lead"] for one in found] == [project] * 2
    desk.store.undo()
    assert desk.store.read(records.list_records, "cases") == []
    assert desk.leads() == 1, "the project itself was there before"
    desk.store.redo()
    assert len(desk.store.read(records.list_records, "cases")) == 2


def test_a_kind_guessed_wrongly_is_corrected_by_hand(
    desk: Desk, project: str, tmp_path: Path
) -> None:
    rows = [["项目名称", "要办的事", "备注"], ["液压阀项目", "围墙外还有3户未搬迁", "急"]]
    desk.plan(write_sheets(tmp_path / "清单.xlsx", {"清单": rows}))
    assert kinds_of(desk).value() == "leads"

    choose_kind(desk, "cases")
    desk.planned()
    column = desk.choice("要办的事")
    column.set_value("title")
    column.edited.emit("title")
    desk.planned()
    assert not desk.view._plan.problems if desk.view._plan else False
    desk.run()
    (case,) = desk.store.read(records.list_records, "cases")
    assert (case["title"], case["lead"], case["notes"]) == ("围墙外还有3户未搬迁", project, "急")
    assert desk.leads() == 1


def test_what_cannot_be_read_as_the_kind_chosen_stays_as_it_was(desk: Desk, tmp_path: Path) -> None:
    rows = [["姓名", "电话", "邮箱"], ["Anna Keller", "+41 44 123 45 67", "anna@haeberling.ch"]]
    desk.plan(write_sheets(tmp_path / "联系人.xlsx", {"人": rows}))
    assert kinds_of(desk).value() == "contacts"
    choose_kind(desk, "approvals")
    assert kinds_of(desk).value() == "contacts"
    assert "审批事项" in desk.shell.toasts[-1]
    assert desk.view._tables[0][1].kind == "contacts"
