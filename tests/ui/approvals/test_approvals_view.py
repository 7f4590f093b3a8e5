"""Approvals over a real workspace: by project on a timeline, all in a table, edited in place."""

import datetime as dt
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop_app.domain.approval_rules import TEMPLATES
from desktop_app.services import approval_rows, approvals, records
from desktop_app.services.year_figures import year_figures
from desktop_app.ui.approvals.item_filter import SHOWN
from desktop_app.ui.widgets.text_fields import ChoiceField
from tests.ui.approvals.conftest import DAY, TODAY, Desk


def retype(field: Any, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def choose(field: ChoiceField, value: Any) -> None:
    field.setCurrentIndex(field.findData(value))
    field.commit()


def shown(desk: Desk) -> set[str]:
    return {row.template for row in desk.view.model.shown_rows()}


def test_signed_projects_are_listed_with_what_is_late_and_what_is_next(desk: Desk) -> None:
    rows = desk.store.look(approval_rows.project_rows, TODAY)
    assert [row.id for row in rows] == [desk.ids["plant"], desk.ids["bare"]]
    plant = rows[0]
    assert (plant.done, plant.total, plant.late) == (1, len(TEMPLATES), 1)
    assert plant.next_on == TODAY + 5 * DAY
    assert (rows[1].total, rows[1].next_on) == (0, None)
    assert desk.shell.counts["approvals"] == 1


def test_the_timeline_has_a_row_for_each_approval_and_the_keys_move_the_pane(desk: Desk) -> None:
    gantt, pane = desk.view.page.gantt, desk.view.form_pane
    assert [row.template for row in gantt.model.rows] == [line.code for line in TEMPLATES]
    gantt.list.setFocus()
    gantt.select_row(0)
    assert pane.record["template"] == "company_setup"
    QTest.keyClick(gantt.list, Qt.Key.Key_Down)
    assert pane.record["template"] == "filing" == desk.rows()[1].template
    name = gantt.model.data(gantt.model.index(1), Qt.ItemDataRole.AccessibleTextRole)
    assert "项目备案" in name and "超期" in name
    tip = gantt.model.data(gantt.model.index(1), Qt.ItemDataRole.ToolTipRole)
    assert (TODAY - 40 * DAY).isoformat() in tip and "承诺 3" in tip
    assert pane.term.text() in tip


def test_a_project_without_a_checklist_is_given_it_once(desk: Desk) -> None:
    page = desk.view.page
    page.projects.select_id(desk.ids["bare"])
    start = next(b for b in page.findChildren(QPushButton) if b.text().strip() == "启动清单")
    assert start.isVisible()
    QTest.mouseClick(start, Qt.MouseButton.LeftButton)
    first = [row.id for row in desk.rows("bare")]
    assert [row.template for row in desk.rows("bare")] == [line.code for line in TEMPLATES]
    assert desk.shell.toasts[-1] == ("已列入 10 项", True)
    desk.view.start_checklist(desk.ids["bare"])
    assert [row.id for row in desk.rows("bare")] == first
    assert not page.start.isVisible()
    desk.view.delete_records(first[:2])
    assert page.start.isVisible()
    QTest.mouseClick(page.start, Qt.MouseButton.LeftButton)
    assert [row.template for row in desk.rows("bare")] == [line.code for line in TEMPLATES]


def test_done_today_sets_state_and_day_and_moves_the_counts(desk: Desk) -> None:
    desk.view.select(desk.line("filing"))
    verbs = desk.view.form_pane.verbs
    assert verbs["done"].isVisible() and not verbs["applied"].isVisible()
    QTest.mouseClick(verbs["done"], Qt.MouseButton.LeftButton)
    found = desk.detail(desk.line("filing"))
    assert (found["state"], found["done_on"]) == ("done", TODAY)
    plant = desk.store.look(approval_rows.project_rows, TODAY)[0]
    assert (plant.done, plant.late) == (2, 0)
    assert desk.shell.counts["approvals"] is None
    assert not verbs["done"].isVisible()
    desk.store.undo()
    assert desk.detail(desk.line("filing"))["state"] == "applied"
    assert desk.shell.counts["approvals"] == 1


def test_a_day_taken_out_takes_its_state_with_it(desk: Desk) -> None:
    line = desk.line("company_setup")
    desk.view.select(line)
    fields = desk.view.form_pane.form.fields
    retype(fields["done_on"], "")
    assert desk.detail(line)["state"] == "applied"
    retype(fields["applied_on"], "")
    assert desk.detail(line)["state"] == "to_do" and desk.detail(line)["due_on"] is None
    choose(fields["state"], "done")
    assert desk.detail(line)["done_on"] == TODAY
    choose(fields["state"], "applied")
    assert desk.detail(line)["done_on"] is None


def test_many_are_marked_in_one_step(desk: Desk) -> None:
    ids = [desk.line("drawings_review"), desk.line("joint_acceptance")]
    desk.view.mark("not_needed", ids)
    assert {desk.detail(one)["state"] for one in ids} == {"not_needed"}
    plant = desk.store.look(approval_rows.project_rows, TODAY)[0]
    assert plant.total == len(TEMPLATES) - 2
    desk.store.undo()
    assert {desk.detail(one)["state"] for one in ids} == {"to_do"}


def test_the_order_of_a_checklist_can_be_altered(desk: Desk) -> None:
    desk.view.select(desk.line("filing"))
    desk.view.move_current(-1)
    assert [row.template for row in desk.rows()][:2] == ["filing", "company_setup"]
    assert desk.view.selected_id() == desk.line("filing")
    before = desk.store.workspace.log_position()
    desk.view.move_current(-1)
    assert desk.store.workspace.log_position() == before


def test_the_filters_show_what_is_late_running_soon_done(desk: Desk) -> None:
    desk.view.show_mode("items")
    field = desk.view.filters["shown"]
    found = {}
    for code in SHOWN:
        choose(field, code)
        found[code] = shown(desk)
    every = {line.code for line in TEMPLATES}
    assert found["all"] == every
    assert found["open"] == every - {"company_setup"}
    assert found["late"] == {"filing"}
    assert found["running"] == {"filing", "energy_review"}
    assert found["done"] == {"company_setup"}
    assert "environment_review" in found["soon"] and "filing" not in found["soon"]
    choose(field, "open")
    choose(desk.view.filters["kind"], "planning")
    assert shown(desk) == {"land_planning_permit", "works_planning_permit"}
    choose(desk.view.filters["kind"], None)
    choose(desk.view.filters["department"], "生态环境局")
    assert shown(desk) == {"environment_review"}
    choose(desk.view.filters["department"], None)
    choose(field, "all")
    desk.shell.me = desk.ids["me"]
    choose(desk.view.filters["owner"], "mine")
    assert shown(desk) == {"company_setup"}


def test_the_search_finds_by_title_department_and_project(desk: Desk) -> None:
    desk.view.show_mode("items")
    for text, found in (("huanjing", "environment_review"), ("生态", "environment_review")):
        desk.view.model.set_query(text)
        assert found in shown(desk)
    desk.view.model.set_query("muhlbach")
    assert len(shown(desk)) == len(TEMPLATES) - 1
    desk.view.model.set_query("no such thing")
    assert shown(desk) == set()


def test_a_row_altered_stays_selected_and_leaves_its_filter(desk: Desk) -> None:
    desk.view.show_mode("items")
    desk.view.select(desk.line("filing"))
    retype(desk.view.form_pane.form.fields["document_number"], "FGB 2026-12")
    assert desk.view.selected_id() == desk.line("filing")
    desk.view.mark("done", [desk.line("filing")])
    assert "filing" not in shown(desk)
    desk.view.select(desk.line("filing"))
    assert desk.view.selected_id() == desk.line("filing")


def test_both_modes_keep_the_approval_that_was_current(desk: Desk) -> None:
    desk.view.select(desk.line("energy_review"))
    desk.view.show_mode("items")
    assert desk.view.selected_id() == desk.line("energy_review")
    desk.view.select(desk.line("filing"))
    desk.view.show_mode("projects")
    assert desk.view.selected_id() == desk.line("filing")
    assert desk.view.form_pane.record["id"] == desk.line("filing")


def test_a_permit_without_area_says_in_which_figure_it_does_not_count(desk: Desk) -> None:
    line = desk.line("construction_permit")
    desk.view.select(line)
    pane = desk.view.form_pane
    assert pane.form.fields["area_m2"].isVisible() and not pane.form.fields["buildings"].isVisible()
    assert pane.remarks() == []
    desk.view.mark("done", [line])
    assert pane.remarks() == [
        "未填建筑面积，不计入许可面积",
        "未填工程造价，不计入许可造价",
    ]
    retype(pane.form.fields["area_m2"], "12000")
    assert pane.remarks() == ["未填工程造价，不计入许可造价"]
    figures = desk.store.look(year_figures, TODAY.year)
    assert figures["permitted_area_m2"].value == 12_000
    remark = next(b for b in pane.findChildren(QPushButton) if "工程造价" in b.accessibleName())
    QTest.mouseClick(remark, Qt.MouseButton.LeftButton)
    assert pane.form.fields["cost_minor"].line.hasFocus()


def test_an_acceptance_without_buildings_says_so(desk: Desk) -> None:
    line = desk.line("joint_acceptance")
    desk.view.select(line)
    desk.view.mark("done", [line])
    said = desk.view.form_pane.remarks()
    assert said == ["未填幢数，不计入验收幢数", "未填建筑面积，不计入验收面积"]
    retype(desk.view.form_pane.form.fields["buildings"], "3")
    assert desk.view.form_pane.remarks() == said[1:]


def test_days_before_the_signing_are_remarked(desk: Desk) -> None:
    desk.view.select(desk.line("filing"))
    pane = desk.view.form_pane
    assert not pane.early.isVisible()
    retype(pane.form.fields["applied_on"], (TODAY - 200 * DAY).isoformat())
    assert pane.early.isVisible() and "受理日期" in pane.early.text()


def test_a_service_added_counts_in_the_figures_of_its_year(desk: Desk) -> None:
    line = desk.line("environment_review")
    desk.view.select(line)
    desk.view.form_pane.services.add("site_survey")
    assert desk.store.look(year_figures, TODAY.year)["site_surveys"].value == 1
    (service,) = desk.detail(line)["services"]
    assert (service["lead_id"], service["department"]) == (desk.ids["plant"], "生态环境局")
    card = desk.view.form_pane.services.cards.cards[service["id"]]
    assert card.is_open() and card.form is not None
    choose(card.form.fields["kind"], "problem_solved")
    figures = desk.store.look(year_figures, TODAY.year)
    assert not figures["site_surveys"].value
    assert figures["approval_problems_solved"].value == 1
    # The record of a service opens its approval.
    desk.view.select(desk.line("filing"))
    desk.view.select(service["id"])
    assert desk.view.selected_id() == line
    desk.view.form_pane.services.cards.removed.emit(service["id"])
    assert desk.detail(line)["services"] == []
    assert desk.shell.toasts[-1][1]


def test_a_new_approval_stands_last_and_waits_for_its_title(desk: Desk) -> None:
    desk.view.select(desk.line("filing"))
    desk.view.new_record()
    made = desk.view.selected_id()
    assert desk.rows()[-1].id == made
    retype(desk.view.form_pane.form.fields["title"], "Civil defence")
    assert desk.rows()[-1].title == "Civil defence"
    assert desk.detail(made)["lead_id"] == desk.ids["plant"]


def test_what_was_deleted_comes_back_by_undo(desk: Desk) -> None:
    line = desk.line("filing")
    desk.view.select(line)
    desk.view.delete_selected()
    assert line not in {row.id for row in desk.rows()}
    assert desk.view.selected_id() not in ("", line)
    desk.store.undo()
    assert line in {row.id for row in desk.rows()}


def test_mode_filters_and_project_are_kept(desk: Desk) -> None:
    desk.view.page.projects.select_id(desk.ids["bare"])
    desk.view.show_mode("items")
    choose(desk.view.filters["shown"], "late")
    state = desk.view.save_state()
    again = type(desk)(desk.store, desk.shell, desk.ids).view
    again.restore_state(state)
    again.refresh(None)
    assert again.mode == "items" and {r.template for r in again.model.shown_rows()} == {"filing"}
    again.show_mode("projects")
    assert again.page.project_id() == desk.ids["bare"]


def test_an_approval_of_a_line_that_was_dropped_keeps_its_name(desk: Desk) -> None:
    kept = [line for line in TEMPLATES if line.code != "filing"]
    desk.store.write("drop", approvals.set_templates, kept)
    assert desk.rows()[1].title == "项目备案"
    assert desk.detail(desk.line("filing"))["promised_days"] == 3


@pytest.mark.parametrize("mode", ["projects", "items"])
def test_a_team_without_projects_is_told_what_comes_here(desk: Desk, mode: str) -> None:
    def clear(session: Any) -> None:
        for row in approval_rows.approval_rows(session):
            records.delete(session, "approvals", row.id)
        for name in ("plant", "bare"):
            records.delete(session, "leads", desk.ids[name])

    desk.store.write("clear", clear)
    desk.view.show_mode(mode)
    assert desk.view.selected_id() == ""
    assert not desk.view.pane.body.isVisible()
    desk.view.new_record()
    assert desk.shell.toasts[-1][0].startswith("还没有签约项目")


def test_a_due_day_that_was_given_stays_the_term(desk: Desk) -> None:
    line = desk.line("energy_review")
    day = TODAY + dt.timedelta(days=3)
    desk.store.write("due", approvals.update_approval, line, due_on=day)
    row = next(row for row in desk.rows() if row.id == line)
    assert row.due_on == day and not row.is_late(TODAY) and row.is_late(day + DAY)
