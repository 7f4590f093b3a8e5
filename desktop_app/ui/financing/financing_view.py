"""Financing and capital received: two lists, and their sums by year, bank and product."""

from functools import partial

from desktop_app.services.financing_sums import CAPITAL
from desktop_app.ui.financing.facilities_page import FacilitiesPage
from desktop_app.ui.financing.list_page import MODES, ListPage, Wanted
from desktop_app.ui.financing.receipts_page import ReceiptsPage
from desktop_app.ui.financing.sums_page import SumsPage
from desktop_app.ui.paged_view import PagedView
from desktop_app.ui.store import Store
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.buttons import column


class FinancingView(PagedView):
    """Shows one of its three pages."""

    name = "financing"
    icon = "banknote"
    texts = "financing"

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Build the pages."""
        self.facilities = FacilitiesPage(store, shell)
        self.receipts = ReceiptsPage(store, shell)
        self.sums = SumsPage(store, shell)
        pages = (self.facilities, self.receipts, self.sums)
        super().__init__(store, shell, dict(zip(MODES, pages, strict=True)))
        for mode, one in self._lists().items():
            one.rows.current_changed.connect(partial(self._on_current, mode))
        self.sums.table.opened.connect(self._open_sum)
        self.sums.left_out_opened.connect(self._open_left_out)
        column(self).addWidget(self.stack)

    def _lists(self) -> dict[str, ListPage]:
        return {"facilities": self.facilities, "receipts": self.receipts}

    def _on_current(self, mode: str, record_id: str) -> None:
        kind = "facilities" if mode == "facilities" else "capital-receipts"
        if mode == self.mode and record_id:
            self.selected.emit(kind, record_id)

    def _open_sum(self, figure: str, part: str | None, year: int) -> None:
        """Show the records behind a sum."""
        if figure == CAPITAL:
            self.show_mode("receipts")
            self.receipts.show_wanted(Wanted(figure), year=year)
            return
        by = self.sums.by.value()
        self.show_mode("facilities")
        chosen = {by: part} if part is not None else {}
        self.facilities.show_wanted(Wanted(figure), year=year, **chosen)

    def _open_left_out(self, figure: str, because: str) -> None:
        mode = "receipts" if figure == CAPITAL else "facilities"
        self.show_mode(mode)
        self._lists()[mode].show_wanted(Wanted(figure, because))

    def select(self, record_id: str) -> None:
        for mode in self._lists():
            self.read_page(mode)
        mode = "receipts" if self.receipts.has(record_id) else "facilities"
        self.show_mode(mode)
        self.page.select(record_id)

    def _to_list(self) -> None:
        """Leave the sums, which have nothing to search or to add to."""
        if self.mode == "sums":
            self.show_mode("facilities")

    def focus_search(self) -> None:
        self._to_list()
        super().focus_search()

    def new_record(self) -> None:
        self._to_list()
        super().new_record()
