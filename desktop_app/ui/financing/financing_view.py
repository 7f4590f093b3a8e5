"""Financing and capital received: two lists, and their sums by year, bank and product."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_app.db.change import Changes
from desktop_app.i18n import t
from desktop_app.services.financing_sums import CAPITAL
from desktop_app.ui.financing.facilities_page import FacilitiesPage
from desktop_app.ui.financing.list_page import MODES, ListPage, Wanted
from desktop_app.ui.financing.receipts_page import ReceiptsPage
from desktop_app.ui.financing.sums_page import SumsPage
from desktop_app.ui.store import Store
from desktop_app.ui.view import Action, ShellActions, View
from desktop_app.ui.widgets.buttons import column


class FinancingView(View):
    """Shows one of its three pages; the others are read when they are shown."""

    name = "financing"
    icon = "banknote"

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Build the pages."""
        super().__init__(store, shell)
        self.facilities = FacilitiesPage(store, shell)
        self.receipts = ReceiptsPage(store, shell)
        self.sums = SumsPage(store)
        self.pages: dict[str, QWidget] = dict(
            zip(MODES, (self.facilities, self.receipts, self.sums), strict=True)
        )
        self._stale = set(MODES)
        self.mode = MODES[0]
        self._stack = QStackedWidget()
        for page in (self.facilities, self.receipts, self.sums):
            self._stack.addWidget(page)
            page.mode_chosen.connect(self.show_mode)
        for mode, one in self._lists().items():
            one.rows.current_changed.connect(partial(self._on_current, mode))
        self.sums.table.opened.connect(self._open_sum)
        self.sums.left_out_opened.connect(self._open_left_out)
        column(self).addWidget(self._stack)

    def _lists(self) -> dict[str, ListPage]:
        return {"facilities": self.facilities, "receipts": self.receipts}

    def _on_current(self, mode: str, record_id: str) -> None:
        kind = "facilities" if mode == "facilities" else "capital-receipts"
        if mode == self.mode and record_id:
            self.selected.emit(kind, record_id)

    def _list(self) -> ListPage | None:
        """Return the list shown, None while the sums are."""
        return self._lists().get(self.mode)

    def show_mode(self, mode: str) -> None:
        """Show one of the pages."""
        self.mode = mode
        self._refresh(mode, None)
        self._stack.setCurrentWidget(self.pages[mode])

    def _refresh(self, mode: str, changes: Changes | None) -> None:
        """Let a page read: all of it when something passed it by, else what the changes concern."""
        page: Any = self.pages[mode]
        if mode in self._stale or changes is not None:
            page.refresh(None if mode in self._stale else changes)
        self._stale.discard(mode)

    def refresh(self, changes: Changes | None = None) -> None:
        if changes is None:
            self._stale = set(MODES)
        self._refresh(self.mode, changes)
        self._stale |= set(MODES) - {self.mode}

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
            self._refresh(mode, None)
        mode = "receipts" if self.receipts.has(record_id) else "facilities"
        self.show_mode(mode)
        self._lists()[mode].select(record_id)

    def _with_list(self, verb: Callable[[ListPage], Any]) -> Any:
        page = self._list()
        return verb(page) if page is not None else None

    def selected_id(self) -> str:
        return self._with_list(lambda page: page.selected_id()) or ""

    def show_field(self, field: str) -> None:
        self._with_list(lambda page: page.show_field(field))

    def select_first(self) -> None:
        self._with_list(lambda page: page.select_first())

    def focus_search(self) -> None:
        if self._list() is None:
            self.show_mode("facilities")
        self._with_list(lambda page: page.focus_search())

    def new_record(self) -> None:
        if self._list() is None:
            self.show_mode("facilities")
        self._with_list(lambda page: page.new_record())

    def delete_selected(self) -> None:
        self._with_list(lambda page: page.delete_selected())

    def open_selected(self) -> None:
        self._with_list(lambda page: page.open_selected())

    def actions_offered(self) -> list[Action]:
        shown = [
            Action(t(f"financing.mode.{mode}"), partial(self.show_mode, mode), self.icon)
            for mode in MODES
            if mode != self.mode
        ]
        return [*(self._with_list(lambda page: page.actions_offered()) or []), *shown]

    def save_state(self) -> dict[str, Any]:
        pages: dict[str, Any] = {mode: self.pages[mode] for mode in MODES}
        return {"mode": self.mode} | {mode: page.save_state() for mode, page in pages.items()}

    def restore_state(self, state: dict[str, Any]) -> None:
        pages: dict[str, Any] = {mode: self.pages[mode] for mode in MODES}
        for mode, page in pages.items():
            page.restore_state(dict(state.get(mode) or {}))
        if state.get("mode") in pages:
            self.mode = state["mode"]
            self._stack.setCurrentWidget(self.pages[self.mode])
