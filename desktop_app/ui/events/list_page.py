"""What the pages of the view share: the choice of the page, a year, filters, refreshing."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.db.change import Changes
from desktop_app.i18n import language, t
from desktop_app.ui.record_finder import RecordFinder
from desktop_app.ui.store import Store
from desktop_app.ui.table_with_pane import PaneArea, TableWithPane
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.buttons import SegmentedControl
from desktop_app.ui.widgets.row_table_model import Column
from desktop_app.ui.widgets.text_fields import ChoiceField

PAGES = ("events", "squads", "channels")


def own_name(name: str | None, name_en: str | None) -> str:
    """Return a name in the language in use where there is one, else the other."""
    pair = (name_en, name) if language() == "en" else (name, name_en)
    return pair[0] or pair[1] or ""


def wide(width: int) -> int:
    """Return the width of a column of numbers: English heads need more."""
    return width + 22 if language() == "en" else width


def page_choice(current: str) -> SegmentedControl:
    """Return the choice of the page; each page has its own, in the same place."""
    control = SegmentedControl([(one, t(f"events.page.{one}")) for one in PAGES], t("events.pages"))
    control.set_value(current)
    return control


def set_choices(field: ChoiceField, choices: Sequence[tuple[Any, str]], every: str = "") -> None:
    """Offer other choices; what was chosen stays as long as it is there.

    Args:
        field: that offers them.
        choices: code and text.
        every: the text of no choice; empty where one has to be chosen.
    """
    value = field.value()
    field.clear()
    if every:
        field.addItem(every, None)
    for code, text in choices:
        field.addItem(text, code)
    kept = any(code == value for code, _text in choices)
    first = None if every or not choices else choices[0][0]
    field.set_value(value if kept else first)


def year_field() -> ChoiceField:
    """Return the choice of a year; this one at first."""
    field = ChoiceField(t("events.year"), [], None, inplace=False)
    field.setFixedWidth(92)
    set_years(field, [])
    field.set_value(dt.date.today().year)
    return field


def set_years(field: ChoiceField, years: Sequence[int]) -> None:
    """Offer the years that there is something of, and this one."""
    every = sorted({dt.date.today().year, *years}, reverse=True)
    chosen: Any = field.value()
    if chosen and chosen not in every:
        every.append(chosen)
    set_choices(field, [(year, str(year)) for year in every])


class ListPage(TableWithPane):
    """A list of the view, with its filters, and the selected record beside it."""

    #: Another page was chosen.
    page_chosen = Signal(str)
    page = ""
    icon = "megaphone"

    def __init__(
        self, store: Store, shell: ShellActions, columns: list[Column], pane: PaneArea
    ) -> None:
        """Build the list; its filters are added by the page."""
        self.filters: dict[str, ChoiceField] = {}
        self.finder = RecordFinder(store)
        super().__init__(store, shell, columns, pane)
        self.tools.title.hide()

    def empty_offer(self) -> tuple[str, None]:
        return ("", None)

    def first_tools(self) -> list[QWidget]:
        self.pages = page_choice(self.page)
        self.pages.chosen.connect(self._on_page)
        return [self.pages]

    def _on_page(self, page: str) -> None:
        self.pages.set_value(self.page)
        self.page_chosen.emit(page)

    def add_filter(self, name: str, text: str, width: int) -> None:
        """Add a filter that is filled at each refresh."""
        field = ChoiceField(text, [], t("events.every"), inplace=False)
        field.setFixedWidth(width)
        field.setToolTip(text)
        field.edited.connect(lambda _value: self.apply())
        self.filters[name] = field
        self.tools.add(field)

    def accepts(self, row: Any) -> bool:
        """Say whether a row passes the filters."""
        return row is not None

    def fill_filters(self, rows: Sequence[Any]) -> None:
        """Offer in the filters what the rows have."""

    def apply(self) -> None:
        """Filter by what is chosen; nothing chosen hides nothing."""
        chosen = any(field.value() is not None for field in self.filters.values())
        self.model.set_filter(self.accepts if chosen else None)
        self._on_current(self.rows.current_id())

    def clear_filters(self) -> None:
        """Hide nothing."""
        for field in self.filters.values():
            field.set_value(None)
        self.apply()

    def has(self, record_id: str) -> bool:
        """Say whether a record is in the list, shown or not."""
        return any(row.id == record_id for row in self.model.all_rows())

    def select(self, record_id: str) -> None:
        if self.model.index_of(record_id) < 0:
            self.clear_filters()
        super().select(record_id)

    def refresh(self, changes: Changes | None = None) -> None:
        if changes is not None and not changes.tables & self.concerns():
            return
        self.finder.forget(changes.tables if changes is not None else None)
        rows = self.read_rows()
        self.fill_filters(rows)
        self.model.set_rows(rows)
        self.pane.setVisible(bool(rows))
        self.apply()

    def save_state(self) -> dict[str, Any]:
        chosen = {name: field.value() for name, field in self.filters.items()}
        return super().save_state() | {"filters": chosen}

    def restore_state(self, state: dict[str, Any]) -> None:
        super().restore_state(state)
        for name, value in dict(state.get("filters") or {}).items():
            if name in self.filters and value is not None:
                self.filters[name].set_value(value)
