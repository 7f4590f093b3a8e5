"""The sums of financing by year and bank or product, and what is not counted in them."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from desktop_app.db.change import Changes
from desktop_app.i18n import t
from desktop_app.services.financing_sums import FinancingSums, financing_sums
from desktop_app.ui.filtered_list import mode_choice
from desktop_app.ui.financing.list_page import MODES
from desktop_app.ui.financing.sums_table import SumsTable
from desktop_app.ui.store import Store
from desktop_app.ui.view import ShellActions, View
from desktop_app.ui.widgets.buttons import SegmentedControl, ToolRow, column, hairline, label, panel
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.record_line import RecordLine

_MOST_LINES = 5
_CONCERNS = frozenset({"facility", "capital_receipt", "company", "lead", "setting"})


class SumsPage(View):
    """A matrix of all years, each number a way to its records."""

    mode_chosen = Signal(str)
    #: (figure, reason): the records that do not count are to be shown.
    left_out_opened = Signal(str, str)

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Build the page; it reads at the first refresh."""
        super().__init__(store, shell)
        self.tools = ToolRow()
        self.tools.title.hide()
        self.mode_field = mode_choice("financing", MODES, "sums")
        self.mode_field.chosen.connect(self._on_mode)
        self.by = SegmentedControl(
            [(one, t(f"financing.by.{one}")) for one in ("bank", "product")], t("financing.parts")
        )
        self.by.set_value("bank")
        self.by.chosen.connect(lambda _by: self.refresh())
        self.tools.add(self.mode_field, self.by, label(t("financing.sums_hint"), "muted"))
        self.table = SumsTable()
        self.empty = EmptyState(
            t("financing.no_sums"), t("financing.no_sums_hint"), icon_name="chart-column"
        )
        self.left_out = panel("surface")
        # However much is not counted, the sums keep most of the page.
        self._rest = QScrollArea()
        self._rest.setWidgetResizable(True)
        self._rest.setFrameShape(QFrame.Shape.NoFrame)
        self._rest.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rest.setWidget(self.left_out)
        self._left_out = QVBoxLayout(self.left_out)
        self._left_out.setContentsMargins(18, 10, 18, 12)
        self._left_out.setSpacing(0)
        layout = column(self)
        layout.addWidget(self.tools)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.empty, 1)
        layout.addWidget(hairline())
        layout.addWidget(self._rest)

    def _on_mode(self, mode: str) -> None:
        self.mode_field.set_value("sums")
        self.mode_chosen.emit(mode)

    def refresh(self, changes: Changes | None = None) -> None:
        """Sum again what the changes concern."""
        if changes is not None and not changes.tables & _CONCERNS:
            return
        by = self.by.value() or "bank"
        sums = self.store.read(financing_sums, by)
        self.table.set_sums(sums, by)
        self.table.setVisible(bool(sums.totals))
        self.empty.setVisible(not sums.totals)
        self._show_left_out(sums)

    def _show_left_out(self, sums: FinancingSums) -> None:
        while (item := self._left_out.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._rest.setVisible(bool(sums.left_out))
        self._rest.setFixedHeight(min(len(sums.left_out), _MOST_LINES) * 30 + 50)
        if sums.left_out:
            self._left_out.addWidget(label(t("financing.left_out"), "heading"))
        for one in sums.left_out:
            text = t(
                "financing.left_out_line",
                figure=t(f"words.metric.{one.figure}"),
                because=t(f"figures.because.{one.because}"),
            )
            line = RecordLine(text, t("financing.records", n=one.records))
            line.pressed.connect(partial(self.left_out_opened.emit, one.figure, one.because))
            self._left_out.addWidget(line)
        self._left_out.addStretch(1)

    def save_state(self) -> dict[str, Any]:
        """Return by what the sums are parted."""
        return {"by": self.by.value()}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Part the sums as before."""
        self.by.set_value(str(state.get("by", "")))
