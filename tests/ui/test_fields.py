"""Fields edited in place: committed once, only when altered, and Esc goes back."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui import fonts, theme
from desktop_app.ui.widgets.buttons import label
from desktop_app.ui.widgets.field_grid import FieldGrid
from desktop_app.ui.widgets.money_field import Amount, MoneyField
from desktop_app.ui.widgets.popup_fields import DateField, Option, RecordField, parse_day
from desktop_app.ui.widgets.search_box import SearchBox
from desktop_app.ui.widgets.text_fields import ChoiceField, IntField, LongTextField, TextField


def heard(field: object) -> list[object]:
    """Return a list that takes up all that the field will have emitted."""
    values: list[object] = []
    field.edited.connect(values.append)  # type: ignore[attr-defined]
    return values


def shown(qtbot: QtBot, *fields: QWidget) -> QWidget:
    """Show fields together, so that the focus can go from one to the other."""
    page = QWidget()
    layout = QVBoxLayout(page)
    for field in fields:
        layout.addWidget(field)
    qtbot.addWidget(page)
    vars(fields[0])["page"] = page  # or it would be gone at the end of this function
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def test_enter_commits_once_and_leaving_does_not_commit_again(qtbot: QtBot) -> None:
    field, other = TextField("Name"), TextField("City")
    field.set_value("Alt")
    shown(qtbot, field, other)
    values = heard(field)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "Neu")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    other.setFocus()
    assert values == ["Neu"]


def test_leaving_an_unaltered_field_emits_nothing(qtbot: QtBot) -> None:
    field, other = TextField("Name"), TextField("City")
    field.set_value("Alt")
    shown(qtbot, field, other)
    values = heard(field)
    field.setFocus()
    other.setFocus()
    assert values == []


def test_escape_brings_the_old_value_back(qtbot: QtBot) -> None:
    field = TextField("Name")
    field.set_value("Alt")
    shown(qtbot, field)
    values = heard(field)
    field.setFocus()
    qtbot.keyClicks(field, "xyz")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (field.text(), values) == ("Alt", [])


def test_a_refresh_does_not_overwrite_what_is_being_typed(qtbot: QtBot) -> None:
    field = TextField("Name")
    field.set_value("Alt")
    shown(qtbot, field)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "halb")
    field.set_value("von anderen")
    assert field.text() == "halb"


def test_an_emptied_field_means_nothing_is_known(qtbot: QtBot) -> None:
    field = TextField("Name")
    field.set_value("Alt")
    shown(qtbot, field)
    values = heard(field)
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert values == [None]


def test_a_long_text_commits_by_ctrl_enter_and_keeps_its_line_breaks(qtbot: QtBot) -> None:
    field = LongTextField("Notes")
    shown(qtbot, field)
    values = heard(field)
    field.setFocus()
    qtbot.keyClicks(field, "one")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClicks(field, "two")
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert values == ["one\ntwo"]


def test_a_number_reads_thousands_and_refuses_words(qtbot: QtBot) -> None:
    field = IntField("Land", unit="m²")
    shown(qtbot, field)
    values = heard(field)
    field.setFocus()
    qtbot.keyClicks(field, "40,000 m²")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    field.selectAll()
    qtbot.keyClicks(field, "many")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert values == [40000]
    assert field.property("wrong") is True


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-3-5", dt.date(2026, 3, 5)),
        ("2026年3月5日", dt.date(2026, 3, 5)),
        ("2026.3.5", dt.date(2026, 3, 5)),
        ("20260305", dt.date(2026, 3, 5)),
        ("3-5", dt.date(2026, 3, 5)),
        ("+7", dt.date(2026, 11, 29)),
        ("", None),
    ],
)
def test_days_are_understood_as_people_write_them(text: str, day: dt.date | None) -> None:
    assert parse_day(text, dt.date(2026, 11, 22)) == day


@pytest.mark.parametrize("text", ["2026-02-30", "soon", "13-40", "+x", "+999999999999"])
def test_impossible_days_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_day(text, dt.date(2026, 11, 22))


def test_a_day_chosen_in_the_calendar_is_emitted(qtbot: QtBot) -> None:
    field = DateField("Due")
    shown(qtbot, field)
    values = heard(field)
    popup = field.open_calendar()
    popup._on_clicked(popup.calendar.selectedDate())
    assert values == [dt.date.today()]


def test_money_is_typed_as_people_say_it(qtbot: QtBot) -> None:
    field = MoneyField("Investment")
    shown(qtbot, field)
    values = heard(field)
    field.line.setFocus()
    composed = QInputMethodEvent("", [])
    composed.setCommitString("3.5亿")
    QApplication.sendEvent(field.line, composed)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    field.line.selectAll()
    qtbot.keyClicks(field.line, "EUR 4.5m")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert values == [Amount(350_000_000_00, "CNY"), Amount(4_500_000_00, "EUR")]


def test_a_choice_is_emitted_and_an_unknown_code_is_shown_as_it_stands(qtbot: QtBot) -> None:
    field = ChoiceField("Stage", [("a", "A"), ("b", "B")])
    shown(qtbot, field)
    values = heard(field)
    field.set_value("of a newer version")
    assert field.currentText() == "of a newer version"
    field.setCurrentIndex(2)
    field.activated.emit(2)
    assert values == ["b"]


def test_another_record_is_found_by_typing_and_taken_by_enter(qtbot: QtBot) -> None:
    options = [Option("1", "Rheintal"), Option("2", "Zanchi")]
    field = RecordField("Company", lambda text: [o for o in options if text in o.text])
    shown(qtbot, field)
    values = heard(field)
    field.setFocus()
    qtbot.keyClicks(field, "Zan")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (values, field.text()) == (["2"], "Zanchi")


def test_a_name_that_was_not_chosen_goes_back(qtbot: QtBot) -> None:
    field = RecordField("Company", lambda _text: [])
    field.set_record("1", "Rheintal")
    shown(qtbot, field)
    values = heard(field)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "nobody")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    field.commit()
    assert (values, field.text()) == ([], "Rheintal")


def test_search_waits_for_the_input_method(qtbot: QtBot) -> None:
    box = SearchBox("Search")
    qtbot.addWidget(box)
    box.show()
    found: list[str] = []
    box.searched.connect(found.append)
    QApplication.sendEvent(box, QInputMethodEvent("zhen", []))
    QApplication.processEvents()
    assert found == []
    committed = QInputMethodEvent("", [])
    committed.setCommitString("镇江")
    QApplication.sendEvent(box, committed)
    qtbot.waitUntil(lambda: found == ["镇江"])


@pytest.mark.parametrize("inplace", [True, False])
def test_one_line_of_long_text_stands_as_a_line_does(
    qtbot: QtBot, qapp: QApplication, inplace: bool
) -> None:
    fonts.load()
    theme.apply(qapp, "light")
    qapp.setFont(fonts.font())
    grid = FieldGrid()
    qtbot.addWidget(grid)
    line, long = TextField("所在地", inplace=inplace), LongTextField("备注", inplace=inplace)
    for field in (line, long):
        grid.add(field.accessibleName(), field)
        field.set_value("瑞士·苏黎世")
    grid.show()
    qtbot.wait(20)

    text = long.viewport().mapTo(long, long.cursorRect().topLeft())

    assert line.height() == long.height()
    # A line field's own cursor rectangle reaches four pixels to the left of its text.
    line.setCursorPosition(0)
    assert text.x() == line.cursorRect().x() + 5


def test_a_word_longer_than_the_pane_does_not_widen_it(qtbot: QtBot) -> None:
    text = label("Donaudampfschifffahrtselektrizitäten" * 3, wrap=True)
    qtbot.addWidget(text)
    assert text.minimumSizeHint().width() <= 200
    assert label("kurz", wrap=True).minimumSizeHint().width() < 60


def test_a_long_text_ends_in_an_ellipsis_until_the_field_is_entered(qtbot: QtBot) -> None:
    field = TextField("name")
    qtbot.addWidget(field)
    field.set_value("赴瑞士、德国、意大利招商")
    field.resize(100, 30)
    field.show()
    assert field.elided().endswith("…")
    assert field.text() == "赴瑞士、德国、意大利招商"
    short = TextField("name")
    qtbot.addWidget(short)
    short.set_value(field.elided())
    short.resize(field.size())
    assert field.grab().toImage() == short.grab().toImage()
    field.resize(600, 30)
    assert field.elided() == field.text()


def test_an_amount_without_a_currency_claims_none_and_takes_the_one_chosen(qtbot: QtBot) -> None:
    field = MoneyField("Amount")
    shown(qtbot, field)
    values = heard(field)
    field.set_value(Amount(3_500_000_00, None))
    assert field.unit.value() is None and field.unit.currentIndex() == -1
    assert not field.line.text().endswith("元")
    field.unit.setCurrentIndex(field.unit.findData("CNY"))
    field.unit.commit()
    assert values == [Amount(3_500_000_00, "CNY")]
    assert field.unit.value() == "CNY"


def test_a_choice_that_nobody_made_is_not_told(qtbot: QtBot) -> None:
    field = ChoiceField("Status", [("planned", "Planned"), ("held", "Held")], None)
    qtbot.addWidget(field)
    told: list[object] = []
    field.edited.connect(told.append)
    field.commit()
    assert told == []
    assert field.value() is None
