"""The very records behind a figure, and those that do not count with the reason."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QWidget

from desktop_app.domain.formats import short_date
from desktop_app.i18n import language, t
from desktop_app.services.year_rows import Listed, RecordRow
from desktop_app.ui.figures.texts import amount_of, project_of, remark_of, title_of
from desktop_app.ui.widgets.buttons import SegmentedControl, button, column, label
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.row_table_model import Column, RowTableModel
from desktop_app.ui.widgets.row_table_view import RowTableView

COUNTED, LEFT_OUT = "counted", "left_out"


def key_of(row: RecordRow) -> str:
    """Return the key of a row among records of several kinds."""
    return f"{row.kind} {row.id}"


def _columns() -> list[Column]:
    return [
        Column(
            "day", t("figures.column.day"), lambda r: short_date(r.day, None, language()), 72,
            sort_key=lambda r: r.day, role=lambda _r: "muted",
        ),
        Column("title", t("figures.column.title"), title_of, 186),
        Column("project", t("figures.column.project"), project_of, 150, role=lambda _r: "muted"),
        Column(
            "amount", t("figures.column.amount"), amount_of, 112, right=True,
            sort_key=lambda r: r.amount,
        ),
        Column("remark", t("figures.column.remark"), remark_of, 150, role=lambda _r: "warn"),
    ]  # fmt: skip


class RecordList(QWidget):
    """A table of records under the choice between those that count and those that do not."""

    #: ``counted`` or ``left_out``.
    mode_chosen = Signal(str)
    #: The part whose records are shown is to be left.
    part_left = Signal()
    #: (kind, id) of the record that shows a row.
    opened = Signal(str, str)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._lists = {COUNTED: Listed([], 0), LEFT_OUT: Listed([], 0)}
        self.mode = COUNTED
        layout = column(self, 0, 6)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(16, 8, 16, 0)
        self._modes: SegmentedControl | None = None
        self.part = button("", self.part_left.emit, "x", "link", t("figures.all_parts"))
        self.part.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.part.hide()
        self._head.addWidget(self.part)
        self._head.addStretch(1)
        layout.addLayout(self._head)
        self.model = RowTableModel(_columns(), key_of, lambda _row: "")
        self.table = RowTableView(t("figures.behind"))
        self.table.set_row_model(self.model)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        # The names share what the narrow columns leave: nothing stands outside the pane.
        for section, one in enumerate(self.model.columns):
            if one.key in ("title", "project"):
                header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
        self.table.setFrameShape(RowTableView.Shape.NoFrame)
        self.table.opened.connect(self._on_opened)
        layout.addWidget(self.table, 1)
        self.more = label("", "small")
        self.more.setContentsMargins(16, 0, 16, 8)
        layout.addWidget(self.more)

    def show_lists(
        self, counted: Listed, left_out: Listed | None, mode: str, part: str = ""
    ) -> None:
        """Show records.

        Args:
            counted: those that count.
            left_out: those that do not; None where there is no such thing.
            mode: which of the two is shown first.
            part: the one part that the counted ones are of.
        """
        self._lists = {COUNTED: counted}
        if left_out is not None:
            self._lists[LEFT_OUT] = left_out
        self.mode = mode if mode in self._lists else COUNTED
        if self._modes is not None:
            self._modes.hide()
            self._modes.deleteLater()
        self._modes = SegmentedControl(
            [
                (one, t(f"figures.{one}", n=f"{listed.total:,}"))
                for one, listed in self._lists.items()
            ],
            t("figures.behind"),
        )
        self._modes.set_value(self.mode)
        self._modes.chosen.connect(self._on_mode)
        self._head.insertWidget(0, self._modes)
        self.part.setText(part)
        self.part.setAccessibleName(f"{t('figures.all_parts')}: {part}")
        self._has_part = bool(part)
        self._show()

    def _on_mode(self, mode: str) -> None:
        self.mode = mode
        self._show()
        self.mode_chosen.emit(mode)

    def _show(self) -> None:
        listed = self._lists[self.mode]
        self.part.setVisible(self._has_part and self.mode == COUNTED)
        self.table.set_empty_state(
            EmptyState(t(f"figures.empty_{self.mode}"), icon_name="circle-check")
        )
        self.model.set_rows(listed.rows)
        amounts = any(row.amount is not None for row in listed.rows)
        remarks = any(remark_of(row) for row in listed.rows)
        for section, one in enumerate(self.model.columns):
            if one.key in ("amount", "remark"):
                self.table.setColumnHidden(
                    section, not (amounts if one.key == "amount" else remarks)
                )
        rest = listed.total - len(listed.rows)
        self.more.setText(t("figures.more", n=f"{rest:,}", shown=f"{len(listed.rows):,}"))
        self.more.setVisible(rest > 0)

    def shown_rows(self) -> list[RecordRow]:
        """Return the rows of the list shown."""
        return self._lists[self.mode].rows

    def focus_list(self) -> None:
        """Go into the list, to its first row."""
        if not self.table.current_id():
            self.table.select_row(0)
        self.table.setFocus()

    def open_current(self) -> None:
        """Open the record of the current row."""
        self._on_opened(self.table.current_id())

    def _on_opened(self, key: str) -> None:
        row = next((one for one in self.shown_rows() if key_of(one) == key), None)
        if row is not None:
            self.opened.emit(row.opens.kind, row.opens.id)
