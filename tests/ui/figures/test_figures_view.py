"""The view of a year over a real workspace: targets set in place, parts, months, records."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app import i18n
from desktop_app.db.models import Approval, Case, Company, Facility, Lead, LeadStage
from desktop_app.db.workspace import Workspace
from desktop_app.services.year_figures import year_figures
from desktop_app.settings import Settings
from desktop_app.ui.figures.charts import Chart
from desktop_app.ui.figures.figures_view import FiguresView
from desktop_app.ui.figures.record_list import LEFT_OUT
from desktop_app.ui.figures.texts import EVERY, GROUPS
from desktop_app.ui.store import Store
from tests.services.test_year_figures import MILLION, keep, project

TODAY = dt.date.today()
YEAR = TODAY.year - 1
DAY = dt.date(YEAR, 5, 4)


class FakeShell:
    """The window around the view: keeps what it was told."""

    def __init__(self) -> None:
        self.settings = Settings()
        self.me: str | None = None
        self.opened: list[tuple[str, str]] = []

    def open_record(self, kind: str, record_id: str) -> None:
        self.opened.append((kind, record_id))


class Desk:
    """The view over a year with a few records."""

    def __init__(self, store: Store, shell: FakeShell, ids: dict[str, str], qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.store, self.shell, self.ids = store, shell, ids
        self.view = FiguresView(store, shell)  # type: ignore[arg-type] # all it asks for

    def show_year(self, year: int) -> None:
        self.view.show_year(year)
        self.settle()

    def show_page(self, page: str) -> None:
        self.view.show_page(page)
        self.settle()

    def settle(self) -> None:
        """Wait until all is read that comes after the figures."""
        view = self.view
        timers = (view._details, view._trends)
        self.qtbot.waitUntil(
            lambda: not any(one.isActive() for one in timers) and not view.time.is_reading()
        )

    def titles(self) -> list[str]:
        model = self.view.pane.records.model
        return [model.columns[1].text(row) for row in model.shown_rows()]


def _seed(session: Any) -> dict[str, str]:
    first = project(session, "CN", DAY, title="甲项目", chain="marine")
    second = project(session, "DE", DAY.replace(month=9), title="乙项目", chain="medical")
    small = project(session, "CN", DAY, title="小项目", amount_minor=MILLION)
    company = session.get_one(Lead, first).company_id
    bank = keep(session, Company, name="江海银行")
    keep(session, Facility, product="credit", company_id=company, bank_id=bank, currency="CNY",
         granted_minor=19_3 * MILLION // 10, granted_on=DAY)  # fmt: skip
    early = keep(session, Approval, title="施工许可", kind="construction_permit", state="done",
                 lead_id=first, done_on=dt.date(YEAR, 1, 5))  # fmt: skip
    keep(session, LeadStage, lead_id=second, stage="started", reached_on=dt.date(YEAR, 9, 14))
    for state in ("closed", "done"):
        keep(session, Case, lead_id=first, title=state, category="land", raised_on=DAY,
             state=state, confirmed_on=DAY + dt.timedelta(days=8))  # fmt: skip
    return {"first": first, "second": second, "small": small, "early": early}


@pytest.fixture(params=["zh", "en"])
def desk(qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    i18n.set_language(request.param)
    store = Store(Workspace.open(tmp_path / "w"))
    with store.workspace.write("seed") as session:
        ids = _seed(session)
    made = Desk(store, FakeShell(), ids, qtbot)
    store.changed.connect(made.view.refresh)
    qtbot.addWidget(made.view)
    made.view.resize(1080, 660)
    made.view.show()
    made.show_year(YEAR)
    yield made
    store.workspace.close()


def press(chart: Chart, code: str) -> None:
    """Press a part of a chart."""
    place = next(n for n, one in enumerate(chart.spots) if one.code == code)
    middle = chart.area(place).center().toPoint()
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=middle)


def test_each_figure_stands_in_a_group_once(desk: Desk) -> None:
    assert sorted(name for group in GROUPS.values() for name in group) == sorted(EVERY)
    row = desk.view.list.rows["signed_projects"]
    assert row.figure is not None
    assert (row.figure.value, desk.view.list.rows["credit_granted"].figure.value) == (2, 19_300_000)  # type: ignore[union-attr] # it was read
    assert row.accessibleName()


def test_the_records_behind_a_figure_open(desk: Desk) -> None:
    desk.view.select("signed_projects")
    assert desk.titles() == ["乙项目", "甲项目"], "the latest first"
    table = desk.view.pane.records.table
    table.select_row(1)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert desk.shell.opened == [("leads", desk.ids["first"])]


def test_what_does_not_count_says_why(desk: Desk) -> None:
    desk.view.select("signed_projects")
    records = desk.view.pane.records
    records._on_mode(LEFT_OUT)
    (row,) = records.model.shown_rows()
    assert (row.id, row.because) == (desk.ids["small"], "below_limit")
    remark = next(c for c in records.model.columns if c.key == "remark")
    assert remark.text(row) == i18n.t("figures.because.below_limit")


def test_what_is_dated_before_its_signing_is_remarked(desk: Desk) -> None:
    desk.view.select("construction_permits")
    (row,) = desk.view.pane.records.model.shown_rows()
    assert (row.id, row.early) == (desk.ids["early"], True)
    remark = next(c for c in desk.view.pane.records.model.columns if c.key == "remark")
    assert remark.text(row) == i18n.t("figures.remark.before_signing")


def test_a_bar_shows_the_records_of_its_part_and_once_more_all(desk: Desk) -> None:
    desk.view.select("signed_projects")
    pane = desk.view.pane
    assert pane.by == "chain"
    press(pane.bars, "marine")
    assert desk.titles() == ["甲项目"]
    assert pane.records.part.isVisible()
    press(pane.bars, "marine")
    assert desk.titles() == ["乙项目", "甲项目"]
    assert not pane.records.part.isVisible()


def test_a_month_shows_its_records(desk: Desk) -> None:
    desk.view.select("signed_projects")
    press(desk.view.pane.months, "09")
    assert desk.titles() == ["乙项目"]
    desk.view.pane.records.part.click()
    assert len(desk.titles()) == 2


def test_another_figure_forgets_the_part(desk: Desk) -> None:
    desk.view.select("signed_projects")
    press(desk.view.pane.months, "09")
    desk.view.select("cases_raised")
    assert sorted(desk.titles()) == ["closed", "done"]
    assert desk.view.pane.by == "chain", "a breakdown that the other has too stays"
    desk.view.select("chain_fit_percent")
    assert desk.view.pane.by == "country"


@pytest.mark.parametrize(
    ("metric", "typed", "value"),
    [
        ("signed_projects", "66", 66),
        ("signed_projects", "66 个", 66),
        ("chain_fit_percent", "62%", 62),
        ("permitted_area_m2", "858,000", 858_000),
        ("credit_granted", "19.3亿", 1_930_000_000),
        ("credit_granted", "1.93bn", 1_930_000_000),
    ],
)
def test_a_target_is_typed_in_its_unit_and_can_be_undone(
    desk: Desk, metric: str, typed: str, value: int
) -> None:
    if i18n.language() == "en" and "个" in typed:
        pytest.skip("the unit has a name in Chinese alone")
    field = desk.view.list.rows[metric].target
    field.setFocus()
    field.insert(typed)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert target(desk, metric) == value
    assert desk.view.list.rows[metric].share() is not None
    desk.store.undo()
    assert target(desk, metric) is None
    assert field.text() == ""


def target(desk: Desk, metric: str) -> int | None:
    return desk.store.look(year_figures, YEAR, None, (metric,))[metric].target


@pytest.mark.parametrize("typed", ["-3", "x", "1.5"])
def test_what_is_no_target_is_marked_and_not_kept(desk: Desk, typed: str) -> None:
    field = desk.view.list.rows["signed_projects"].target
    field.setFocus()
    field.insert(typed)
    assert not field.commit()
    assert field.property("wrong")
    assert target(desk, "signed_projects") is None


def test_the_keys_go_through_the_figures_to_their_records(desk: Desk, qtbot: QtBot) -> None:
    first = desk.view.list.rows["signed_projects"]
    QTest.mouseClick(first, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert desk.view.selected_id() == "chain_fit_percent"
    QTest.keyClick(desk.view.list.rows["chain_fit_percent"], Qt.Key.Key_Up)
    assert desk.view.selected_id() == "signed_projects"
    desk.view.open_selected()
    assert desk.view.pane.records.table.current_id().startswith("leads ")


def test_the_trends_come_after_the_figures(desk: Desk, qtbot: QtBot) -> None:
    desk.view.refresh()
    rows = desk.view.list.rows
    qtbot.waitUntil(lambda: all(row._months[0] for row in rows.values()))
    assert rows["signed_projects"]._months[0][4] == 1
    qtbot.waitUntil(lambda: not desk.view._trends.isActive())


def test_the_current_year_is_counted_up_to_today_or_whole(desk: Desk) -> None:
    with desk.store.workspace.write("x") as session:
        for day in (TODAY, dt.date(TODAY.year, 12, 31)):
            keep(session, Approval, state="done", done_on=day)
    desk.show_year(TODAY.year)
    figure = desk.view.list.rows["approvals_done"].figure
    assert figure is not None
    assert figure.value == (2 if (TODAY.month, TODAY.day) == (12, 31) else 1)
    desk.view._on_span("whole")
    desk.settle()
    figure = desk.view.list.rows["approvals_done"].figure
    assert figure is not None
    assert figure.value == 2
    desk.show_year(YEAR)
    assert not desk.view.span.isVisible()


def test_an_empty_year_says_so(desk: Desk) -> None:
    desk.show_year(1999)
    assert all(not row.figure or not row.figure.value for row in desk.view.list.rows.values())
    assert desk.titles() == []
    desk.show_page("time")
    assert not desk.view.time.cohorts.isVisible()


def test_charts_over_time_open_their_records(desk: Desk) -> None:
    desk.show_page("time")
    page = desk.view.time
    assert {s.code: s.size for s in page.funnel.spots}["signed"] == 3
    press(page.cohorts, f"{YEAR} started")
    assert [row.id for row in page.records.model.shown_rows()] == [desk.ids["second"]]
    press(page.funnel, "signed")
    assert {row.id for row in page.records.model.shown_rows()} == {
        desk.ids["first"], desk.ids["second"], desk.ids["small"]
    }  # fmt: skip
    page.ask("", "")
    assert not page.side.isVisible()


def test_the_days_of_a_category_lead_to_its_cases(desk: Desk) -> None:
    desk.show_page("time")
    press(desk.view.time.categories, "land")
    assert desk.view.selected_id() == "cases_solved_percent"
    assert desk.titles() == ["closed"]
    assert desk.view.pages.currentIndex() == 0


def test_a_figure_of_another_year_is_shown_by_its_key(desk: Desk) -> None:
    desk.show_page("time")
    desk.view.select(f"{YEAR - 1}/site_surveys")
    assert (desk.view.year, desk.view.selected_id()) == (YEAR - 1, "site_surveys")
    desk.view.select("no_such_figure")
    assert desk.view.selected_id() == "site_surveys"


def test_the_view_is_the_same_at_the_next_start(desk: Desk) -> None:
    desk.view.select("approvals_done")
    desk.view.pane._on_by("department")
    again = FiguresView(desk.store, desk.shell)  # type: ignore[arg-type] # all it asks for
    again.restore_state(desk.view.save_state() | {"sizes": "nonsense"})
    again.refresh()
    assert (again.selected_id(), again.pane.by) == ("approvals_done", "department")
    again.deleteLater()
