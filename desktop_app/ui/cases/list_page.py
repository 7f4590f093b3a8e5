"""What the two lists of the view share: the choice of the list, and filters that are kept."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.db.change import Changes
from desktop_app.i18n import t
from desktop_app.ui.record_finder import RecordFinder
from desktop_app.ui.store import Store
from desktop_app.ui.table_with_pane import PaneArea, TableWithPane
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.buttons import SegmentedControl
from desktop_app.ui.widgets.row_table_model import Column
from desktop_app.ui.widgets.text_fields import ChoiceField

MODES = ("cases", "meetings")


def set_choices(field: ChoiceField, choices: Sequence[tuple[str, str]]) -> None:
    """Offer other choices in a filter; what was chosen stays, as long as it is there."""
    value = field.value()
    while field.count() > 1:
        field.removeItem(1)
    for code, text in choices:
        field.addItem(text, code)
    field.set_value(value if any(code == value for code, _text in choices) else None)


class CasesPage(TableWithPane):
    """A list of the view, with its filters, and the selected record beside it."""

    #: The other list was chosen.
    mode_chosen = Signal(str)
    mode = ""

    def __init__(
        self,
        store: Store,
        shell: ShellActions,
        columns: list[Column],
        pane: PaneArea,
        finder: RecordFinder,
    ) -> None:
        """Build the list; ``finder`` finds what the pane's fields name."""
        self.filters: dict[str, ChoiceField] = {}
        self._waiting: dict[str, str] = {}
        super().__init__(store, shell, columns, pane)
        self.finder = finder
        self.tools.title.hide()

    def first_tools(self) -> list[QWidget]:
        self.modes = SegmentedControl(
            [(mode, t(f"cases.mode.{mode}")) for mode in MODES], t("cases.modes")
        )
        self.modes.set_value(self.mode)
        self.modes.chosen.connect(self._on_mode)
        return [self.modes]

    def _on_mode(self, mode: str) -> None:
        self.modes.set_value(self.mode)
        self.mode_chosen.emit(mode)

    def empty_offer(self) -> tuple[str, None]:
        return ("", None)

    def add_filter(
        self, name: str, every: str, choices: Sequence[tuple[str, str]] = (), width: int = 104
    ) -> ChoiceField:
        """Add a filter; ``every`` is the word for all."""
        field = ChoiceField(t(f"cases.filter.{name}"), list(choices), every, inplace=False)
        field.setFixedWidth(width)
        field.setToolTip(t(f"cases.filter.{name}"))
        field.edited.connect(lambda _value: self.apply())
        self.filters[name] = field
        self.tools.add(field)
        return field

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
        self._on_current(self.rows.current_id())

    def save_state(self) -> dict[str, Any]:
        chosen = {name: field.value() for name, field in self.filters.items()}
        return super().save_state() | {"filters": chosen}

    def restore_state(self, state: dict[str, Any]) -> None:
        super().restore_state(state)
        # What the rows have is offered only once they are read.
        known = dict(state.get("filters") or {})
        for name, value in known.items():
            if name in self.filters and (value is None or isinstance(value, str)):
                self.filters[name].set_value(None)
                if value is not None:
                    self._waiting[name] = value
