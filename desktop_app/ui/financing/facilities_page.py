"""The list of credits and loans, and the selected one."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from desktop_app.domain.words_after import Product
from desktop_app.i18n import t, word
from desktop_app.services import approvals, financing_rows, records
from desktop_app.services.financing_rows import FacilityRow
from desktop_app.services.rates import yuan
from desktop_app.ui.financing import texts
from desktop_app.ui.financing.facility_pane import FacilityPane
from desktop_app.ui.financing.list_page import ListPage
from desktop_app.ui.record_finder import RecordFinder
from desktop_app.ui.store import Store
from desktop_app.ui.sync.conflict_marks import mark_conflicts
from desktop_app.ui.table_with_pane import for_each
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.row_table_model import Column


def _amount(key: str, column: str) -> Column:
    return Column(
        key,
        t(f"words.field.{column}"),
        lambda r: texts.money(getattr(r, column), r.currency),
        126,
        right=True,
        sort_key=lambda r: _worth(getattr(r, column), r.currency),
        role=lambda r: texts.money_role(getattr(r, column), r.currency),
    )


def _worth(minor: int | None, currency: str) -> int | None:
    return None if minor is None else yuan(minor, currency)


def _day(key: str, hidden: bool = False) -> Column:
    return Column(
        key,
        t(f"financing.field.{key}") if key == "ends_on" else t(f"words.field.{key}"),
        lambda r: texts.day(getattr(r, key)),
        96,
        hidden=hidden,
        sort_key=lambda r: getattr(r, key),
    )


def _columns() -> list[Column]:
    return [
        Column(
            "company",
            t("words.field.company"),
            lambda r: f"↳ {r.company}" if r.credit_id else r.company,
            190,
            sort_key=lambda r: r.company.casefold(),
        ),
        Column(
            "product",
            t("words.field.product"),
            lambda r: word("product", r.product),
            86 if t("words.product.credit") == "授信" else 124,
            pill=lambda r: texts.product_pill(r.product),
        ),
        _amount("granted", "granted_minor"),
        _amount("drawn", "drawn_minor"),
        Column(
            "day",
            t("financing.day"),
            lambda r: texts.day(r.drawn_on or r.granted_on) or t("financing.no_day"),
            104,
            sort_key=lambda r: r.drawn_on or r.granted_on,
            role=lambda r: "text" if r.drawn_on or r.granted_on else "warn",
        ),
        Column("bank", t("words.field.bank_id"), lambda r: r.bank, 170),
        Column("lead", t("financing.field.lead_id"), lambda r: r.lead, 200),
        Column("event", t("financing.field.event_id"), lambda r: r.event, 170),
        _day("granted_on", hidden=True),
        _day("drawn_on", hidden=True),
        _day("ends_on"),
        Column("currency", t("words.field.currency"), lambda r: r.currency, 70, hidden=True),
        Column(
            "note",
            t("financing.note"),
            lambda r: texts.not_counted(r.because),
            230,
            role=lambda _r: "muted",
        ),
    ]


class FacilitiesPage(ListPage):
    """Lists credits and loans; the selected one is edited in place."""

    name = "financing"
    icon = "banknote"
    area = "financing"
    table = "facility"
    mode = "facilities"
    exports = "facilities"

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Build the list and the pane."""
        finder = RecordFinder(store)
        pane = FacilityPane(store, shell, finder)
        super().__init__(store, shell, _columns(), pane, finder)
        self.form_pane = pane
        self.form_pane.opened.connect(self.select)
        self.add_filter("year", t("financing.filter.year"), t("financing.every_year"), 92)
        self.add_filter("product", t("words.field.product"), t("financing.every_product"), 120)
        self.add_filter("bank", t("words.field.bank_id"), t("financing.every_bank"), 128)

    def empty_offer(self) -> tuple[str, Callable[[], object] | None]:
        return ("", None)

    def read_rows(self) -> list[FacilityRow]:
        return self.store.read(financing_rows.facility_rows)

    def concerns(self) -> frozenset[str]:
        return frozenset({"facility", "company", "lead", "event", "setting"})

    def fill_filters(self, rows: Sequence[FacilityRow]) -> None:
        years = sorted({year for row in rows for year in row.years}, reverse=True)
        banks = {row.bank_id: row.bank for row in rows if row.bank_id}
        named = sorted(banks.items(), key=lambda pair: pair[1].casefold())
        without = [("", t("financing.no_bank"))] if any(not r.bank_id for r in rows) else []
        products = [(one.value, word("product", one.value)) for one in Product]
        self.offer("year", [(y, str(y)) for y in years])
        self.offer("product", products)
        self.offer("bank", [*named, *without])

    def accepts(self, one: FacilityRow) -> bool:
        year: Any = self.filters["year"].value()
        product, bank = self.filters["product"].value(), self.filters["bank"].value()
        if product is not None and one.product != product:
            return False
        if bank is not None and (one.bank_id or "") != bank:
            return False
        figure, because = self.wanted
        if because:
            return (figure, because) in one.left_out
        if figure:
            return any(f == figure and year in (None, y) for f, y in one.counts)
        return year is None or year in one.years

    def show_record(self, record_id: str) -> None:
        self.form_pane.show_facility(record_id)
        mark_conflicts(self.store, self.shell, record_id, self.editors())

    def editors(self) -> dict[str, Any]:
        return dict(self.form_pane.form.fields)

    def new_record(self) -> None:
        new_id = self.store.write(t("financing.do.add"), approvals.add_facility)
        self.select(new_id)
        self.form_pane.form.fields["company_id"].setFocus()

    def delete_records(self, ids: list[str]) -> None:
        delete = partial(_delete, "facilities")
        self.store.write(t("financing.do.delete"), for_each(delete, ids))
        self.shell.toast(t("financing.deleted", n=len(ids)), undo=True)


def _delete(kind: str, session: Any, record_id: str) -> None:
    records.delete(session, kind, record_id)
