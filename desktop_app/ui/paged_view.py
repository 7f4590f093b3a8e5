"""A view of several pages in one place, of which one is shown and the others read when shown."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from desktop_app.db.change import Changes
from desktop_app.i18n import t
from desktop_app.ui.store import Store
from desktop_app.ui.view import Action, ShellActions, View


class PagedView(View):
    """Shows one of its pages; each page is a view of its own with a choice of the others.

    A page has a signal ``mode_chosen`` with the code of the page that was chosen.
    """

    #: What the text keys of the pages' names begin with: ``cases`` for ``cases.mode.meetings``.
    texts = ""

    def __init__(self, store: Store, shell: ShellActions, pages: Mapping[str, Any]) -> None:
        """Hold the pages by their codes; the first is shown. The view lays out ``stack``."""
        super().__init__(store, shell)
        self.pages = dict(pages)
        self.mode = next(iter(self.pages))
        self._stale = set(self.pages)
        self.stack = QStackedWidget()
        for page in self.pages.values():
            self.stack.addWidget(page)
            page.mode_chosen.connect(self._on_mode)

    @property
    def page(self) -> Any:
        """Return the page shown."""
        return self.pages[self.mode]

    def show_mode(self, mode: str) -> None:
        """Show a page, read again where something altered since."""
        self.mode = mode
        self.read_page(mode)
        self.stack.setCurrentWidget(self.page)

    def read_page(self, mode: str, changes: Changes | None = None) -> None:
        """Let a page read: all when something passed it by, else what the changes concern."""
        if mode in self._stale or changes is not None:
            self.pages[mode].refresh(None if mode in self._stale else changes)
        self._stale.discard(mode)

    def _on_mode(self, mode: str) -> None:
        """Show the page that was chosen with a record of it; the keyboard goes to its list."""
        self.show_mode(mode)
        rows = getattr(self.page, "rows", None)
        if rows is not None:
            if not rows.current_id():
                self.page.select_first()
            rows.setFocus()

    def refresh(self, changes: Changes | None = None) -> None:
        if changes is None:
            self._stale = set(self.pages)
        self.read_page(self.mode, changes)
        self._stale |= set(self.pages) - {self.mode}

    def selected_id(self) -> str:
        return str(self.page.selected_id())

    def select_first(self) -> None:
        self.page.select_first()

    def show_field(self, field: str) -> None:
        self.page.show_field(field)

    def focus_search(self) -> None:
        self.page.focus_search()

    def new_record(self) -> None:
        self.page.new_record()

    def delete_selected(self) -> None:
        self.page.delete_selected()

    def open_selected(self) -> None:
        self.page.open_selected()

    def actions_offered(self) -> list[Action]:
        others = [
            Action(t(f"{self.texts}.mode.{mode}"), self._to(mode), self.icon)
            for mode in self.pages
            if mode != self.mode
        ]
        return [*self.page.actions_offered(), *others]

    def _to(self, mode: str) -> Callable[[], object]:
        return partial(self.show_mode, mode)

    def save_state(self) -> dict[str, Any]:
        return {"mode": self.mode} | {mode: page.save_state() for mode, page in self.pages.items()}

    def restore_state(self, state: dict[str, Any]) -> None:
        for mode, page in self.pages.items():
            if isinstance(state.get(mode), dict):
                page.restore_state(state[mode])
        if state.get("mode") in self.pages:
            self.mode = str(state["mode"])
            self.stack.setCurrentWidget(self.page)
