"""A list among several of a view: the choice of the list, filters that are kept, refreshing."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.db.change import Changes
from desktop_app.i18n import t
from desktop_app.ui.export_files import export_button, export_records
from desktop_app.ui.record_finder import RecordFinder
from desktop_app.ui.store import Store
from desktop_app.ui.table_with_pane import PaneArea, TableWithPane
from desktop_app.ui.view import Action, ShellActions
from desktop_app.ui.widgets.buttons import SegmentedControl
from desktop_app.ui.widgets.row_table_model import Column
from desktop_app.ui.widgets.text_fields import ChoiceField


def mode_choice(texts: str, modes: Sequence[str], current: str) -> SegmentedControl:
    """Return the choice of what a view shows; each of its pages has its own, in the same place.

    Args:
        texts: the view's text keys begin with it: ``cases`` for ``cases.mode.meetings``.
        modes: the codes of what can be shown.
        current: the one shown.
    """
    control = SegmentedControl(
        [(mode, t(f"{texts}.mode.{mode}")) for mode in modes], t(f"{texts}.modes")
    )
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


class FilteredList(TableWithPane):
    """A list of the view, with its filters, and the selected record beside it."""

    #: Another mode was chosen.
    mode_chosen = Signal(str)
    #: What the view's text keys begin with, what it can show, and what this list is.
    texts = ""
    modes: tuple[str, ...] = ()
    mode = ""
    #: The kind that the list exports; empty where there is no such ledger.
    exports = ""

    def __init__(
        self,
        store: Store,
        shell: ShellActions,
        columns: list[Column],
        pane: PaneArea,
        finder: RecordFinder | None = None,
    ) -> None:
        """Build the list.

        Args:
            store: the door to the data.
            shell: the window around the view.
            columns: the table's columns.
            pane: shows one record.
            finder: finds what the pane's fields name.
        """
        self.filters: dict[str, ChoiceField] = {}
        self._every: dict[str, str] = {}
        # What was chosen last time is offered only once the rows are read.
        self._waiting: dict[str, Any] = {}
        self.finder = finder or RecordFinder(store)
        super().__init__(store, shell, columns, pane)
        self.tools.title.hide()
        # Beside five filters in English the least window has no room for more.
        self._search.setMinimumWidth(130)

    def first_tools(self) -> list[QWidget]:
        self.mode_field = mode_choice(self.texts, self.modes, self.mode)
        self.mode_field.chosen.connect(self._on_mode)
        return [self.mode_field]

    def more_tools(self) -> list[QWidget]:
        if not self.exports:
            return []
        self.export_button = export_button(
            self.exports, self.store, self.shell, self.shown_ids, self.rows.selected_ids
        )
        return [self.export_button]

    def actions_offered(self) -> list[Action]:
        found = super().actions_offered()
        if self.exports:
            export = partial(export_records, self.exports, self.store, self.shell, self.shown_ids())
            found.append(Action(t(f"export.menu.{self.exports}"), export, "download"))
        return found

    def _on_mode(self, mode: str) -> None:
        self.mode_field.set_value(self.mode)
        self.mode_chosen.emit(mode)

    def empty_offer(self) -> tuple[str, Callable[[], object] | None]:
        return ("", None)

    def add_filter(
        self,
        name: str,
        text: str,
        every: str,
        width: int = 104,
        choices: Sequence[tuple[str, str]] = (),
    ) -> ChoiceField:
        """Add a filter and return it.

        Args:
            name: what ``accepts`` knows it by.
            text: what it is called.
            every: the word for all.
            width: in pixels.
            choices: code and text; those that the rows have are filled in at each refresh.
        """
        field = ChoiceField(text, list(choices), every, inplace=False)
        field.setFixedWidth(width)
        field.setToolTip(text)
        field.edited.connect(lambda _value: self.apply())
        self.filters[name] = field
        self._every[name] = every
        self.tools.add(field)
        return field

    def offer(self, name: str, choices: Sequence[tuple[Any, str]]) -> None:
        """Offer other choices in a filter; what was chosen stays as long as it is there."""
        set_choices(self.filters[name], choices, self._every[name])

    def accepts(self, one: Any) -> bool:
        """Say whether a row passes the filters."""
        raise NotImplementedError

    def fill_filters(self, rows: Sequence[Any]) -> None:
        """Offer in the filters what the rows have."""

    def count_shown(self, rows: Sequence[Any]) -> None:
        """Tell the navigation how many there are."""

    def filtering(self) -> bool:
        """Say whether a filter may hide rows."""
        return any(field.value() is not None for field in self.filters.values())

    def apply(self) -> None:
        """Filter by what is chosen; nothing chosen hides nothing."""
        self.model.set_filter(self.accepts if self.filtering() else None)
        self._on_current(self.rows.current_id())

    def clear_filters(self) -> None:
        """Hide nothing."""
        for field in self.filters.values():
            field.set_value(None)
        self.apply()

    def has(self, record_id: str) -> bool:
        """Say whether a record is in the list, shown or not."""
        return any(one.id == record_id for one in self.model.all_rows())

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
        for name, value in self._waiting.items():
            field = self.filters[name]
            if field.findData(value) >= 0:
                field.set_value(value)
        self._waiting = {}
        self.model.set_filter(self.accepts if self.filtering() else None)
        self.model.set_rows(rows)
        self.pane.setVisible(bool(rows))
        self.count_shown(rows)
        self.apply()

    def save_state(self) -> dict[str, Any]:
        chosen = {name: field.value() for name, field in self.filters.items()}
        return super().save_state() | {"filters": chosen}

    def restore_state(self, state: dict[str, Any]) -> None:
        super().restore_state(state)
        for name, value in dict(state.get("filters") or {}).items():
            if name in self.filters and isinstance(value, str | int | None):
                self.filters[name].set_value(None)
                if value is not None:
                    self._waiting[name] = value
