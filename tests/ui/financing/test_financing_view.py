"""Financing over a real workspace: edited in place, filtered, summed, opened from each number."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app import i18n
from desktop_app.db.workspace import Workspace
from desktop_app.services import companies, leads, records
from desktop_app.services.capital_rows import receipt_detail
from desktop_app.services.financing_rows import facility_detail
from desktop_app.settings import Settings
from desktop_app.ui.financing.financing_view import FinancingView
from desktop_app.ui.financing.list_page import ListPage
from desktop_app.ui.store import Store
from desktop_app.ui.widgets.record_line import RecordLine

MILLION = 100_000_000


class FakeShell:
    """The window around the view: keeps what it was told."""

    def __init__(self) -> None:
        self.settings = Settings()
        self.me: str | None = None
        self.toasts: list[tuple[str, bool]] = []
        self.opened: list[tuple[str, str]] = []

    def toast(self, text: str, undo: bool = False) -> None:
        self.toasts.append((text, undo))

    def open_record(self, kind: str, record_id: str) -> None:
        self.opened.append((kind, record_id))


class Desk:
    """The view over one company with a credit, its two loans, one loan without a currency."""

    def __init__(self, store: Store, shell: FakeShell, ids: dict[str, str]) -> None:
        self.store, self.shell, self.ids = store, shell, ids
        self.view = FinancingView(store, shell)  # type: ignore[arg-type] # all it asks for

    def facility(self, one: str) -> dict[str, Any]:
        return self.store.read(facility_detail, self.ids.get(one, one))

    def receipt(self, one: str) -> dict[str, Any]:
        return self.store.read(receipt_detail, self.ids[one])

    def shown(self, page: ListPage) -> set[str]:
        names = {key: name for name, key in self.ids.items()}
        return {names[row.id] for row in page.model.shown_rows()}


def _seed(session: Any) -> dict[str, str]:
    company = companies.add_company(session, name="Mühlbach Hydraulik AG", country="CH")
    bank = companies.add_company(session, name="江海银行", kind="bank")
    lead = leads.add_lead(session, company, title="液压件生产基地")

    def facility(product: str, year: int, **fields: Any) -> str:
        day = {"granted_on" if product == "credit" else "drawn_on": dt.date(year, 3, 1)}
        values = {"lead_id": lead, "bank_id": bank, "currency": "CNY", "product": product}
        return records.create(session, "facilities", **(values | day | fields))

    def receipt(year: int, **fields: Any) -> str:
        values = {"lead_id": lead, "currency": "USD", "amount_minor": MILLION, "kind": "cash"}
        day = dt.date(year, 4, 1)
        return records.create(session, "capital-receipts", received_on=day, **(values | fields))

    credit = facility("credit", 2022, granted_minor=10 * MILLION, drawn_minor=4 * MILLION)
    return {
        "company": company,
        "bank": bank,
        "lead": lead,
        "credit": credit,
        "loan": facility("loan", 2022, drawn_minor=MILLION, credit_id=credit),
        "late": facility("loan", 2023, drawn_minor=3 * MILLION, credit_id=credit),
        "bare": facility("loan", 2023, drawn_minor=7 * MILLION, currency=None, bank_id=None),
        "received": receipt(2022),
        "more": receipt(2022, amount_minor=2 * MILLION),
        "ours": receipt(2023, kind="domestic"),
    }


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    i18n.set_language("zh")
    workspace = Workspace.open(tmp_path / "ws")
    store = Store(workspace)
    made = Desk(store, FakeShell(), store.write("seed", _seed))
    qtbot.addWidget(made.view)
    store.changed.connect(made.view.refresh)
    made.view.resize(1250, 860)
    made.view.restore_state({})
    made.view.refresh(None)
    made.view.show()
    yield made
    workspace.close()


def retype(field: Any, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def click_sum(desk: Desk, figure: str, part: str | None, year: int) -> None:
    table = desk.view.sums.table
    model = table.sums_model
    assert model.sums is not None
    line = next(n for n, one in enumerate(model.lines) if (one.figure, one.part) == (figure, part))
    index = model.index(line, model.sums.years.index(year) + 1)
    table.scrollTo(index)
    place = table.visualRect(index).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))


def test_loans_stand_beneath_their_credit_and_in_its_pane(desk: Desk, qtbot: QtBot) -> None:
    page = desk.view.facilities
    order = [row.id for row in page.model.shown_rows()]
    names = ("bare", "credit", "late", "loan")
    assert order == [desk.ids[one] for one in names]
    desk.view.select(desk.ids["credit"])
    qtbot.wait(1)  # new lines are shown from the event loop
    lines = [w for w in page.pane.findChildren(RecordLine) if w.isVisible()]
    assert [line.text for line in lines] == ["100 万元", "300 万元"]
    QTest.mouseClick(lines[0], Qt.MouseButton.LeftButton)
    assert desk.view.selected_id() == desk.ids["loan"]


def test_an_amount_edited_in_place_is_saved_and_undone_and_the_other_keeps_its_currency(
    desk: Desk,
) -> None:
    desk.view.select(desk.ids["credit"])
    fields = desk.view.facilities.form_pane.form.fields
    retype(fields["granted_minor"].line, "20m")
    assert desk.facility("credit")["granted_minor"] == 20 * MILLION
    retype(fields["drawn_minor"].line, "")
    assert desk.facility("credit")["drawn_minor"] is None
    assert desk.facility("credit")["currency"] == "CNY"
    step = desk.store.undo()
    assert step is not None and step.label == "修改融资：放款金额"
    assert desk.facility("credit")["drawn_minor"] == 4 * MILLION
    retype(fields["drawn_minor"].line, "")
    retype(fields["granted_minor"].line, "")
    assert desk.facility("credit")["currency"] is None


def test_a_change_to_yen_leaves_the_numbers_of_both_amounts(desk: Desk) -> None:
    desk.view.select(desk.ids["credit"])
    unit = desk.view.facilities.form_pane.form.fields["granted_minor"].unit
    unit.setCurrentIndex(unit.findData("JPY"))
    unit.commit()
    found = desk.facility("credit")
    assert (found["granted_minor"], found["drawn_minor"]) == (10_000_000, 4_000_000)
    assert found["currency"] == "JPY"


def test_an_amount_without_a_currency_says_why_it_does_not_count_until_it_has_one(
    desk: Desk,
) -> None:
    desk.view.select(desk.ids["bare"])
    pane = desk.view.facilities.form_pane
    assert pane.reason.isVisible() and pane.reason.text() == "未计入：金额没有币种"
    unit = pane.form.fields["drawn_minor"].unit
    unit.setCurrentIndex(unit.findData("CNY"))
    unit.commit()
    assert not pane.reason.isVisible()
    assert desk.facility("bare")["currency"] == "CNY"


def test_a_bank_that_is_not_there_is_made_as_a_bank(desk: Desk) -> None:
    desk.view.select(desk.ids["bare"])
    field = desk.view.facilities.form_pane.form.fields["bank_id"]
    field.setFocus()
    QTest.keyClicks(field, "Nordbank")
    QTest.keyClick(field, Qt.Key.Key_Return)
    made = desk.facility("bare")["bank_id"]
    assert desk.store.read(companies.company_detail, made).fields["kind"] == "bank"
    assert desk.view.facilities.model.row_at(0).bank == "Nordbank"


def test_the_filters_show_a_year_a_product_and_a_bank(desk: Desk) -> None:
    page = desk.view.facilities

    def choose(name: str, value: Any) -> set[str]:
        field = page.filters[name]
        field.setCurrentIndex(field.findData(value))
        field.commit()
        return desk.shown(page)

    assert choose("year", 2023) == {"late", "bare"}
    assert choose("product", "credit") == set()
    assert choose("year", None) == {"credit"}
    assert choose("product", None) == {"credit", "loan", "late", "bare"}
    assert choose("bank", "") == {"bare"}
    # A record that a filter hides is shown all the same when it is asked for.
    desk.view.select(desk.ids["late"])
    assert desk.view.selected_id() == desk.ids["late"]
    assert desk.shown(page) == {"credit", "loan", "late", "bare"}


def test_each_number_of_the_sums_opens_the_records_it_is_made_of(desk: Desk) -> None:
    page = desk.view.facilities
    desk.view.show_mode("sums")
    click_sum(desk, "loans_drawn", None, 2022)
    assert desk.view.mode == "facilities" and desk.shown(page) == {"loan"}
    assert page.bar.isVisible() and "放款金额" in page.behind.text()
    desk.view.show_mode("sums")
    click_sum(desk, "credit_granted", desk.ids["bank"], 2022)
    assert desk.shown(page) == {"credit"}
    page.clear_filters()
    assert desk.shown(page) == {"credit", "loan", "late", "bare"}
    assert not page.bar.isVisible()
    desk.view.show_mode("sums")
    click_sum(desk, "foreign_capital_received", None, 2022)
    assert desk.view.mode == "receipts"
    assert desk.shown(desk.view.receipts) == {"received", "more"}


def test_the_keyboard_opens_a_number_too(desk: Desk) -> None:
    desk.view.show_mode("sums")
    table = desk.view.sums.table
    table.setFocus()
    table.setCurrentIndex(table.sums_model.index(0, 2))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert desk.view.mode == "facilities"
    assert desk.shown(desk.view.facilities) == {"credit"}


def test_what_is_not_counted_is_told_under_the_sums_and_opens_its_records(desk: Desk) -> None:
    desk.view.show_mode("sums")
    lines = desk.view.sums.left_out.findChildren(RecordLine)
    found = {line.text: line for line in lines}
    assert set(found) == {
        "放款金额：金额没有币种",
        "放款金额：已按其项下贷款逐笔计入",
        "到位外资：是内资",
    }
    QTest.mouseClick(found["放款金额：金额没有币种"], Qt.MouseButton.LeftButton)
    assert desk.shown(desk.view.facilities) == {"bare"}


def test_sums_follow_what_is_written_while_another_page_is_shown(desk: Desk) -> None:
    desk.view.show_mode("sums")
    desk.view.show_mode("facilities")
    desk.view.select(desk.ids["late"])
    retype(desk.view.facilities.form_pane.form.fields["drawn_minor"].line, "5m")
    desk.view.show_mode("sums")
    sums = desk.view.sums.table.sums_model.sums
    assert sums is not None and sums.totals["loans_drawn", 2023].value == 5_000_000


def test_new_financing_is_empty_shown_and_waits_for_its_company(desk: Desk) -> None:
    desk.view.new_record()
    made = desk.view.selected_id()
    assert made not in desk.ids.values()
    field = desk.view.facilities.form_pane.form.fields["company_id"]
    assert field.hasFocus()
    QTest.keyClicks(field, "hydraulik")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert desk.facility(made)["company_id"] == desk.ids["company"]
    assert desk.facility(made)["product"] == "credit"


def test_a_loan_added_under_a_credit_draws_on_it(desk: Desk) -> None:
    desk.view.select(desk.ids["credit"])
    desk.view.facilities.form_pane.add_loan.click()
    made = desk.facility(desk.view.selected_id())
    assert made["credit_id"] == desk.ids["credit"] and made["product"] == "loan"
    assert made["bank_id"] == desk.ids["bank"] and made["currency"] == "CNY"


def test_deleted_financing_comes_back_by_undo(desk: Desk) -> None:
    desk.view.select(desk.ids["credit"])
    desk.view.delete_selected()
    assert desk.shown(desk.view.facilities) == {"loan", "late", "bare"}
    assert desk.shell.toasts == [("已删除 1 笔融资", True)]
    desk.store.undo()
    assert desk.shown(desk.view.facilities) == {"credit", "loan", "late", "bare"}


def test_the_ledger_runs_up_and_says_what_does_not_count(desk: Desk) -> None:
    desk.view.select(desk.ids["more"])
    page = desk.view.receipts
    assert desk.view.mode == "receipts"
    texts = {}
    for place in range(page.model.rowCount()):
        cells = {c.key: c.text(page.model.row_at(place)) for c in page.model.columns}
        texts[page.model.row_at(place).id] = (cells["amount"], cells["running"], cells["note"])
    assert texts[desk.ids["ours"]] == ("100 万美元", "", "未计入：是内资")
    assert {texts[desk.ids[one]][1] for one in ("received", "more")} == {
        "300 万美元",
        min(texts[desk.ids[one]][1] for one in ("received", "more")),
    }
    retype(page.form_pane.form.fields["received_on"], "2024-02-03")
    assert desk.receipt("more")["received_on"] == dt.date(2024, 2, 3)
    assert page.selected_id() == desk.ids["more"]
    desk.view.delete_selected()
    assert desk.shown(page) == {"received", "ours"}
    desk.store.undo()
    assert desk.shown(page) == {"received", "more", "ours"}


def test_the_page_the_filters_and_the_number_asked_for_are_kept(desk: Desk, qtbot: QtBot) -> None:
    desk.view.show_mode("sums")
    click_sum(desk, "loans_drawn", None, 2023)
    kept = desk.view.save_state()
    again = FinancingView(desk.store, desk.shell)  # type: ignore[arg-type] # all it asks for
    qtbot.addWidget(again)
    again.restore_state(kept)
    again.refresh(None)
    assert desk.shown(again.facilities) == {"late"}


def test_an_empty_view_offers_the_first_record_and_no_sums(qtbot: QtBot, tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "empty")
    store = Store(workspace)
    view = FinancingView(store, FakeShell())  # type: ignore[arg-type] # all it asks for
    qtbot.addWidget(view)
    store.changed.connect(view.refresh)
    view.refresh(None)
    view.show()
    view.show_mode("sums")
    empty: QWidget = view.sums.empty
    assert empty.isVisible() and not view.sums.left_out.isVisible()
    view.new_record()
    assert view.mode == "facilities" and view.selected_id()
    workspace.close()
