"""The table of the lists: filter and sort in memory, and selection by id over every refresh."""

from typing import NamedTuple

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop_app.db.search_keys import key_of
from desktop_app.ui.widgets.row_table_model import Column, RowTableModel
from desktop_app.ui.widgets.row_table_view import RowTableView


class Row(NamedTuple):
    id: str
    name: str
    amount: int | None
    key: str


ROWS = [
    Row("1", "Mühlbauer", 30, key_of("Mühlbauer")),
    Row("2", "镇江航空", None, key_of("镇江航空")),
    Row("3", "Zanchi", 10, key_of("Zanchi")),
]


def columns() -> list[Column]:
    return [
        Column("name", "Name", lambda row: row.name),
        Column(
            "amount",
            "Amount",
            lambda row: f"{row.amount or ''}",
            right=True,
            sort_key=lambda row: row.amount,
        ),
    ]


def shown(model: RowTableModel) -> list[str]:
    return [row.id for row in model.shown_rows()]


def table(qtbot: QtBot) -> tuple[RowTableView, RowTableModel]:
    model = RowTableModel(columns())
    view = RowTableView("Rows")
    view.set_row_model(model)
    model.set_rows(ROWS)
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show()
    return view, model


def test_the_model_is_sound(qtmodeltester: ModelTester) -> None:
    model = RowTableModel(columns())
    model.set_rows(ROWS)
    qtmodeltester.check(model)


def test_search_finds_pinyin_initials_and_names_without_diacritics() -> None:
    model = RowTableModel(columns())
    model.set_rows(ROWS)
    model.set_query("zj")
    assert shown(model) == ["2"]
    model.set_query("MUHL")
    assert shown(model) == ["1"]


def test_unknown_amounts_come_last_in_either_direction() -> None:
    model = RowTableModel(columns())
    model.set_rows(ROWS)
    model.sort_by("amount")
    assert shown(model) == ["3", "1", "2"]
    model.sort_by("amount", True)
    assert shown(model) == ["1", "3", "2"]


def test_the_selection_stays_with_its_record_when_rows_move(qtbot: QtBot) -> None:
    view, model = table(qtbot)
    view.select_id("3")
    current: list[str] = []
    view.current_changed.connect(current.append)
    model.set_rows([Row("9", "New", 1, "new"), *reversed(ROWS)])
    assert (view.current_id(), view.selected_ids(), current) == ("3", ["3"], [])


def test_a_record_that_goes_away_takes_the_selection_with_it(qtbot: QtBot) -> None:
    view, model = table(qtbot)
    view.select_id("3")
    current: list[str] = []
    view.current_changed.connect(current.append)
    model.set_rows(ROWS[:2])
    assert (view.selected_ids(), current) == ([], [""])


def test_widths_order_sort_and_hidden_columns_come_back(qtbot: QtBot) -> None:
    view, _model = table(qtbot)
    view.setColumnWidth(1, 133)
    view.horizontalHeader().moveSection(1, 0)
    view.sort_by("amount", True)
    view.select_id("1")
    state = view.save_state()
    other, model = table(qtbot)
    other.restore_state(state)
    assert other.columnWidth(1) == 133
    assert other.horizontalHeader().visualIndex(1) == 0
    assert model.sorted_by() == ("amount", True)
    assert other.current_id() == "1"


def test_enter_opens_the_current_row(qtbot: QtBot) -> None:
    view, _model = table(qtbot)
    view.select_id("2")
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == ["2"]


def test_a_search_without_hits_says_so(qtbot: QtBot) -> None:
    view, model = table(qtbot)
    model.set_query("nothing like it")
    assert view._overlay is not None and view._overlay.isVisible()
    model.set_query("")
    assert view._overlay is None


def test_a_fresh_row_takes_the_place_of_the_old_one_where_nothing_else_alters() -> None:
    model = RowTableModel([Column("name", "Name", lambda row: row.name)])
    model.set_rows([Row("1", "b", None, "b"), Row("2", "a", None, "a")])
    model.sort_by("name")
    assert model.update_rows({"2": Row("2", "A", None, "a")})
    assert [row.name for row in model.shown_rows()] == ["A", "b"]
    assert [row.name for row in model.all_rows()] == ["b", "A"]
    assert not model.update_rows({"2": Row("2", "z", None, "a")}), "its place would be another"
    assert not model.update_rows({"3": Row("3", "c", None, "c")}), "it is new"
    assert [row.name for row in model.shown_rows()] == ["A", "b"]
