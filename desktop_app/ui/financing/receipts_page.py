"""The ledger of capital received, line by line, with what each project received in a year."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from desktop_app.domain.words_after import CapitalKind
from desktop_app.i18n import t, word
from desktop_app.services import approvals, capital_rows, records
from desktop_app.services.capital_rows import ReceiptRow
from desktop_app.services.rates import yuan
from desktop_app.ui.financing import texts
from desktop_app.ui.financing.fields import LABELS
from desktop_app.ui.financing.list_page import ListPage
from desktop_app.ui.record_finder import RecordFinder
from desktop_app.ui.store import Store
from desktop_app.ui.sync.conflict_marks import mark_conflicts
from desktop_app.ui.table_with_pane import PaneArea, for_each
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.buttons import hairline, label
from desktop_app.ui.widgets.pill import Pill
from desktop_app.ui.widgets.record_form import RecordForm
from desktop_app.ui.widgets.row_table_model import Column


def _kind_pill(row: ReceiptRow) -> Pill | None:
    if not row.kind:
        return None
    return Pill(word("capital_kind", row.kind), "neutral" if row.kind == "domestic" else "accent")


def _running(row: ReceiptRow) -> str:
    return "" if row.running is None else texts.whole_money(row.running, "USD")


def _note(row: ReceiptRow) -> str:
    early = t("figures.remark.before_signing") if row.early else ""
    return texts.not_counted(row.because) or early


def _columns() -> list[Column]:
    return [
        Column(
            "day",
            t("words.field.received_on"),
            lambda r: texts.day(r.received_on) or t("financing.no_day"),
            104,
            sort_key=lambda r: r.received_on,
            role=lambda r: "text" if r.received_on else "warn",
        ),
        Column("lead", t("financing.field.lead_id"), lambda r: r.lead or r.company, 190),
        Column(
            "amount",
            t("financing.field.amount_minor"),
            lambda r: texts.money(r.amount_minor, r.currency),
            124,
            right=True,
            sort_key=lambda r: (
                None if r.amount_minor is None else yuan(r.amount_minor, r.currency)
            ),
            role=lambda r: texts.money_role(r.amount_minor, r.currency),
        ),
        Column("running", t("financing.running"), _running, 140, right=True,
               sort_key=lambda r: r.running, role=lambda _r: "muted"),
        Column("kind", t("financing.field.kind"), lambda r: word("capital_kind", r.kind), 128,
               pill=_kind_pill),
        Column("company", t("words.field.company"), lambda r: r.company, 200),
        Column("currency", t("words.field.currency"), lambda r: r.currency, 70, hidden=True),
        Column("note", t("financing.note"), _note, 220, role=lambda _r: "muted"),
    ]  # fmt: skip


class ReceiptPane(PaneArea):
    """One line of the ledger, edited in place."""

    def __init__(self, store: Store, shell: ShellActions, finder: RecordFinder) -> None:
        """Make the editors once."""
        super().__init__()
        self._store = store
        self._id = ""
        self._title = label("", "title", wrap=True)
        self._second = label("", "muted", wrap=True)
        self.reason = label("", "small", wrap=True)
        form = self.form = RecordForm(self._save, labels=LABELS)
        form.day("received_on")
        form.record("lead_id", partial(finder, "lead"), partial(shell.open_record, "leads"))
        form.record(
            "company_id",
            partial(finder, "company"),
            partial(shell.open_record, "companies"),
            finder.add_company,
        )
        form.money("amount_minor")
        form.words("kind", "capital_kind", CapitalKind)
        form.long("notes")
        layout = self.body_layout
        for widget in (self._title, self._second, self.reason, hairline(), form):
            layout.addWidget(widget)
        layout.addStretch(1)

    def show_receipt(self, receipt_id: str) -> None:
        """Show a line of the ledger."""
        self._id = receipt_id
        record = self._store.read(capital_rows.receipt_detail, receipt_id)
        amount = texts.money(record["amount_minor"], record["currency"])
        self._title.setText(amount or t("financing.no_amount"))
        named = (
            record["lead_id_name"] or record["company_id_name"],
            texts.day(record["received_on"]),
        )
        self._second.setText(" · ".join(filter(None, named)))
        early = t("financing.early") if record["early"] else ""
        reason = texts.not_counted(record["because"]) or early
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))
        self.form.show_values(record)

    def _save(self, name: str, fields: dict[str, Any]) -> None:
        undo_label = t("financing.do.edit_receipt", field=name)
        self._store.write(undo_label, records.update, "capital-receipts", self._id, **fields)


class ReceiptsPage(ListPage):
    """Lists capital received; the selected line is edited in place."""

    name = "financing"
    icon = "circle-dollar-sign"
    area = "receipts"
    table = "capital_receipt"
    mode = "receipts"
    exports = "capital-receipts"

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Build the ledger and the pane."""
        finder = RecordFinder(store)
        pane = ReceiptPane(store, shell, finder)
        super().__init__(store, shell, _columns(), pane, finder)
        self.form_pane = pane
        self.add_filter("year", t("financing.filter.year"), t("financing.every_year"), 92)
        self.add_filter("kind", t("financing.field.kind"), t("financing.every_kind"), 138)

    def empty_offer(self) -> tuple[str, Callable[[], object] | None]:
        return ("", None)

    def read_rows(self) -> list[ReceiptRow]:
        return self.store.read(capital_rows.receipt_rows)

    def concerns(self) -> frozenset[str]:
        return frozenset({"capital_receipt", "company", "lead", "lead_stage", "setting"})

    def fill_filters(self, rows: Sequence[ReceiptRow]) -> None:
        years = sorted({r.received_on.year for r in rows if r.received_on}, reverse=True)
        kinds = [(one.value, word("capital_kind", one.value)) for one in CapitalKind]
        self.offer("year", [(y, str(y)) for y in years])
        self.offer("kind", kinds)

    def accepts(self, one: ReceiptRow) -> bool:
        year: Any = self.filters["year"].value()
        kind = self.filters["kind"].value()
        if year is not None and (one.received_on is None or one.received_on.year != year):
            return False
        if kind is not None and one.kind != kind:
            return False
        figure, because = self.wanted
        if because:
            return one.because == because
        return not (figure and one.because)

    def show_record(self, record_id: str) -> None:
        self.form_pane.show_receipt(record_id)
        mark_conflicts(self.store, self.shell, record_id, self.editors())

    def editors(self) -> dict[str, Any]:
        return dict(self.form_pane.form.fields)

    def new_record(self) -> None:
        new_id = self.store.write(t("receipts.do.add"), approvals.add_receipt)
        self.select(new_id)
        self.form_pane.form.fields["received_on"].setFocus()

    def delete_records(self, ids: list[str]) -> None:
        def delete(session: Any, record_id: str) -> None:
            records.delete(session, "capital-receipts", record_id)

        self.store.write(t("receipts.do.delete"), for_each(delete, ids))
        self.shell.toast(t("receipts.deleted", n=len(ids)), undo=True)
