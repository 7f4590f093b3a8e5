"""The team's checklist in the settings: lines named, altered, dropped while in use, put back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app import i18n
from desktop_app.db.workspace import Workspace
from desktop_app.domain.approval_rules import TEMPLATES
from desktop_app.domain.errors import DeskError
from desktop_app.services import approval_rows, approvals, checklist, companies, leads
from desktop_app.ui.settings_view.checklist_card import ChecklistCard
from desktop_app.ui.store import Store


class Desk:
    """The card over a workspace, and what it said in passing."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.said: list[tuple[str, bool]] = []
        self.card = ChecklistCard(store, lambda text, undo: self.said.append((text, undo)))

    def codes(self) -> list[str]:
        return [line.code for line in self.store.look(approvals.templates)]

    def lead(self) -> str:
        company = self.store.write("c", companies.add_company, name="Mühlbach AG")
        return self.store.write("l", leads.add_lead, company, title="液压件")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    i18n.set_language("en")
    workspace = Workspace.open(tmp_path / "ws")
    made = Desk(Store(workspace))
    qtbot.addWidget(made.card)
    made.card.show()
    made.card.read()
    yield made
    workspace.close()


def add(desk: Desk, name: str) -> None:
    desk.card.new.setFocus()
    QTest.keyClicks(desk.card.new, name)
    QTest.keyClick(desk.card.new, Qt.Key.Key_Return)


def test_a_line_of_the_teams_own_is_called_by_its_text(desk: Desk) -> None:
    add(desk, "Civil defence")
    assert desk.codes()[-1] == "Civil defence"
    card = desk.card.cards.cards["Civil defence"]
    assert card.is_open() and card.title.text() == "Civil defence"
    lead = desk.lead()
    desk.store.write("s", approvals.start_checklist, lead)
    row = desk.store.look(approval_rows.approval_rows, lead_id=lead)[-1]
    assert (row.title, row.template, row.kind) == ("Civil defence", "Civil defence", "other")
    # A new name goes along to what was made from it, so that it is not listed twice.
    desk.card.cards.edited.emit("Civil defence", "Name", {"name": "Air defence"})
    row = desk.store.look(approval_rows.approval_rows, lead_id=lead)[-1]
    assert (row.title, row.template) == ("Air defence", "Air defence")
    assert desk.store.write("s", approvals.start_checklist, lead) == []


def test_a_usual_line_keeps_its_name_and_takes_other_days(desk: Desk) -> None:
    card = desk.card.cards.open_card("filing")
    assert card is not None and card.form is not None
    assert not card.form.fields["name"].isVisible()
    desk.card.cards.edited.emit("filing", "Days", {"days": 5, "department": "行政审批局"})
    line = desk.store.look(approvals.templates)[1]
    assert (line.days, line.department, line.kind) == (5, "行政审批局", "filing")
    assert "5 working days" in card.detail.text()
    assert desk.card.usual.isVisible()
    QTest.mouseClick(desk.card.usual, Qt.MouseButton.LeftButton)
    assert tuple(desk.store.look(approvals.templates)) == TEMPLATES
    assert not desk.card.usual.isVisible() and desk.said[-1][1]


def test_a_line_dropped_while_in_use_leaves_its_approvals(desk: Desk) -> None:
    lead = desk.lead()
    desk.store.write("s", approvals.start_checklist, lead)
    desk.card.read()
    desk.card.cards.removed.emit("filing")
    assert "filing" not in desk.codes()
    assert desk.said[-1][1] and "stay (1)" in desk.said[-1][0]
    rows = desk.store.look(approval_rows.approval_rows, lead_id=lead)
    assert [row.title for row in rows][1] == "Project filing"
    # Its name brings the usual line back, in either language.
    add(desk, "project filing")
    assert desk.codes()[-1] == "filing" and "Project filing" not in desk.codes()


def test_lines_move_and_the_last_one_stays(desk: Desk) -> None:
    desk.card.cards.moved.emit("filing", -1)
    assert desk.codes()[:2] == ["filing", "company_setup"]
    desk.card.cards.moved.emit("filing", -1)
    assert desk.codes()[0] == "filing"
    desk.store.write("one", approvals.set_templates, TEMPLATES[:1])
    desk.card.read()
    desk.card.cards.removed.emit("company_setup")
    assert desk.codes() == ["company_setup"] and not desk.said[-1][1]


def test_a_name_twice_and_odd_days_are_refused_and_nothing_is_lost(desk: Desk) -> None:
    for verb, args, fields, code in (
        (checklist.add_line, ("Project filing",), {}, "line_twice"),
        (checklist.alter_line, ("filing",), {"days": -1}, "bad_promised_days"),
        (checklist.alter_line, ("filing",), {"days": 2001}, "bad_promised_days"),
    ):
        with pytest.raises(DeskError) as refused:
            desk.store.write("x", verb, *args, **fields)
        assert refused.value.args[0] == code
    assert tuple(desk.store.look(approvals.templates)) == TEMPLATES
