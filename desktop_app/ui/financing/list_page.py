"""What the two lists of the view share: they may show the records behind a number."""

from typing import Any, NamedTuple

from PySide6.QtWidgets import QVBoxLayout

from desktop_app.i18n import t
from desktop_app.ui.filtered_list import FilteredList
from desktop_app.ui.record_finder import RecordFinder
from desktop_app.ui.store import Store
from desktop_app.ui.table_with_pane import PaneArea
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.buttons import button, label, panel, row
from desktop_app.ui.widgets.row_table_model import Column

MODES = ("facilities", "receipts", "sums")


class Wanted(NamedTuple):
    """Which records of a figure a list shows: those that count, or those left out for a reason."""

    figure: str = ""
    because: str = ""


class ListPage(FilteredList):
    """A list of the view that can be cut down to the records behind a number."""

    texts, modes = "financing", MODES

    def __init__(
        self,
        store: Store,
        shell: ShellActions,
        columns: list[Column],
        pane: PaneArea,
        finder: RecordFinder,
    ) -> None:
        """Build the list; ``finder`` finds what the pane's fields name."""
        self.wanted = Wanted()
        super().__init__(store, shell, columns, pane, finder)
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

    def filtering(self) -> bool:
        return super().filtering() or self.wanted != Wanted()

    def apply(self) -> None:
        super().apply()
        self._show_bar()

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
        self.wanted = Wanted()
        super().clear_filters()

    def save_state(self) -> dict[str, Any]:
        return super().save_state() | {"wanted": list(self.wanted)}

    def restore_state(self, state: dict[str, Any]) -> None:
        super().restore_state(state)
        wanted = state.get("wanted")
        if isinstance(wanted, list) and len(wanted) == 2:
            self.wanted = Wanted(*map(str, wanted))
