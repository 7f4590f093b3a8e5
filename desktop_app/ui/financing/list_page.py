"""What the two lists of the view share: the choice of the list, filters, and refreshing."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.db.change import Changes
from desktop_app.i18n import t
from desktop_app.ui.record_finder import RecordFinder
from desktop_app.ui.store import Store
from desktop_app.ui.table_with_pane import PaneArea, TableWithPane
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.buttons import SegmentedControl, button, label, panel, row
from desktop_app.ui.widgets.row_table_model import Column
from desktop_app.ui.widgets.text_fields import ChoiceField

MODES = ("facilities", "receipts", "sums")


def modes(current: str) -> SegmentedControl:
    """Return the choice of what the view shows; each page has its own, in the same place."""
    control = SegmentedControl(
        [(mode, t(f"financing.mode.{mode}")) for mode in MODES], t("financing.modes")
    )
    control.set_value(current)
    return control


class Wanted(NamedTuple):
    """Which records of a figure a list shows: those that count, or those left out for a reason."""

    figure: str = ""
    because: str = ""


def set_choices(field: ChoiceField, choices: Sequence[tuple[Any, str]], every: str) -> None:
    """Offer other choices in a filter; what was chosen stays, as long as it is there."""
    value = field.value()
    field.clear()
    field.addItem(every, None)
    for code, text in choices:
        field.addItem(text, code)
    field.set_value(value if any(code == value for code, _text in choices) else None)


class ListPage(TableWithPane):
    """A list of the view, with its filters, and the selected record beside it."""

    #: Another mode was chosen.
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
        super().__init__(store, shell, columns, pane)
        self.wanted = Wanted()
        self.filters: dict[str, ChoiceField] = {}
        self.finder = finder
        self.tools.title.hide()
        self._add_bar()

    def _add_bar(self) -> None:
        """Add the line that says of which number the records shown are."""
        self.bar = panel("surface")
        line = row(self.bar, 0, 12)
        line.setContentsMargins(18, 6, 18, 6)
        self.behind = label("", "muted")
        show_all = button(t("financing.show_all"), self.clear_filters, "x", "link")
        line.addWidget(self.behind)
        line.addWidget(show_all)
        line.addStretch(1)
        self.bar.hide()
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, self.bar)

    def first_tools(self) -> list[QWidget]:
        self.modes = modes(self.mode)
        self.modes.chosen.connect(self._on_mode)
        return [self.modes]

    def _on_mode(self, mode: str) -> None:
        self.modes.set_value(self.mode)
        self.mode_chosen.emit(mode)

    def add_filter(self, name: str, text: str, width: int) -> None:
        """Add a filter that is filled at each refresh."""
        field = ChoiceField(text, [], t("financing.every"), inplace=False)
        field.setFixedWidth(width)
        field.setToolTip(text)
        field.edited.connect(lambda _value: self.apply())
        self.filters[name] = field
        self.tools.add(field)

    def accepts(self, one: Any) -> bool:
        """Say whether a row passes the filters."""
        raise NotImplementedError

    def fill_filters(self, rows: Sequence[Any]) -> None:
        """Offer in the filters what the rows have."""
        raise NotImplementedError

    def apply(self) -> None:
        """Filter by what is chosen; nothing chosen hides nothing."""
        chosen = any(field.value() is not None for field in self.filters.values())
        accepts: Callable[[Any], bool] | None = (
            self.accepts if chosen or self.wanted != Wanted() else None
        )
        self.model.set_filter(accepts)
        self._show_bar()
        self._on_current(self.rows.current_id())

    def _show_bar(self) -> None:
        figure, because = self.wanted
        if figure:
            name, count = t(f"words.metric.{figure}"), self.model.rowCount()
            text = t("financing.behind", figure=name, n=count)
            if because:
                why = t(f"figures.because.{because}")
                text = t("financing.behind_left_out", figure=name, because=why, n=count)
            self.behind.setText(text)
        self.bar.setVisible(bool(figure))

    def show_wanted(self, wanted: Wanted, **chosen: Any) -> None:
        """Show the records behind a number: of a figure, and of the filters given."""
        self.wanted = wanted
        self._search.clear()
        self.model.set_query("")
        for name, field in self.filters.items():
            field.set_value(chosen.get(name))
        self.apply()
        self.rows.select_row(0)

    def clear_filters(self) -> None:
        """Hide nothing."""
        self.wanted = Wanted()
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
        self.model.set_rows(rows)
        self.apply()
        self.pane.setVisible(bool(rows))

    def save_state(self) -> dict[str, Any]:
        chosen = {name: field.value() for name, field in self.filters.items()}
        return super().save_state() | {"filters": chosen, "wanted": list(self.wanted)}

    def restore_state(self, state: dict[str, Any]) -> None:
        super().restore_state(state)
        for name, value in dict(state.get("filters") or {}).items():
            if name in self.filters and value is not None:
                self.filters[name].set_value(value)
        wanted = state.get("wanted")
        if isinstance(wanted, list) and len(wanted) == 2:
            self.wanted = Wanted(*map(str, wanted))
