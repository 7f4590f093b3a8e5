"""One figure at a closer look: its parts, its months, and the records it was counted from."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout

from desktop_app.i18n import t
from desktop_app.services.year_breakdowns import BY, Part, breakdown, part_label
from desktop_app.services.year_figures import YearFigure
from desktop_app.services.year_labels import NAMED_BY_RECORDS, part_word
from desktop_app.services.year_rows import Listed, counted_rows, left_out_rows
from desktop_app.ui.figures.charts import MonthColumns, PartBars, Spot
from desktop_app.ui.figures.record_list import COUNTED, RecordList
from desktop_app.ui.figures.texts import (
    month_text,
    name_of,
    records_text,
    value_text,
)
from desktop_app.ui.store import Store
from desktop_app.ui.widgets.buttons import SegmentedControl, button, column, label, panel

# So many parts are shown before somebody asks for all.
_FIRST_PARTS = 5


def _labels(session: Any, by: str, codes: Sequence[str]) -> dict[str, str]:
    """Return the names of the squads, members or banks of some codes."""
    return {code: part_label(session, by, code) for code in codes}


class DetailPane(QFrame):
    """Reads what belongs to the figure chosen, and nothing before it is chosen."""

    #: (kind, id) of a record to be opened.
    record_opened = Signal(str, str)

    def __init__(self, store: Store) -> None:
        """Build an empty pane."""
        super().__init__()
        self._store = store
        self.setProperty("role", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(400)
        self.figure_name, self.year = "", 0
        self.until: dt.date | None = None
        self.by, self._part, self._all_parts = "", ("", ""), False
        self._parts: list[Part] = []
        self._names: dict[str, str] = {}
        self.records = RecordList()
        self.records.part_left.connect(lambda: self.choose("", ""))
        self.records.opened.connect(self.record_opened)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self._make_top())
        splitter.addWidget(self.records)
        splitter.setStretchFactor(0, 0)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([436, 284])
        splitter.setChildrenCollapsible(False)
        column(self).addWidget(splitter)

    def _make_top(self) -> QScrollArea:
        """Make the part above the list."""
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(t("figures.parts"))
        scroll.setMinimumHeight(200)
        body = panel("surface")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(16, 14, 16, 8)
        layout.setSpacing(6)
        head = QHBoxLayout()
        self._name = label("", "heading", wrap=True)
        self._value = label("", "title")
        head.addWidget(self._name, 1)
        head.addWidget(self._value, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        self._about = label("", "small", wrap=True)
        layout.addWidget(self._about)
        layout.addSpacing(6)
        self._choices: SegmentedControl | None = None
        self._choices_at = QHBoxLayout()
        self._choices_at.addStretch(1)
        layout.addLayout(self._choices_at)
        self.bars = PartBars(t("figures.parts"))
        self.bars.chosen.connect(lambda code: self.choose(self.by, code))
        layout.addWidget(self.bars)
        self.all_parts = button("", self._show_all_parts, variant="link")
        layout.addWidget(self.all_parts, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addSpacing(4)
        self._months_head = label("", "small")
        layout.addWidget(self._months_head)
        self.months = MonthColumns(t("figures.by_month"))
        self.months.chosen.connect(lambda code: self.choose("month", code))
        layout.addWidget(self.months)
        layout.addStretch(1)
        scroll.setWidget(body)
        return scroll

    def show_figure(
        self,
        year: int,
        until: dt.date | None,
        figure: YearFigure,
        months: tuple[Sequence[int | None], Sequence[int | None]],
    ) -> None:
        """Show a figure; the part chosen stays chosen while it is the same figure."""
        if (figure.metric, year) != (self.figure_name, self.year):
            self._part, self._all_parts = ("", ""), False
            self.records.mode = COUNTED
            offered = [one for one in BY[figure.metric] if one != "month"]
            self.by = self.by if self.by in offered else next(iter(offered), "")
        self.figure_name, self.year, self.until = figure.metric, year, until
        self._name.setText(name_of(self.figure_name))
        self._value.setText(value_text(self.figure_name, figure.value))
        about = [records_text(self.figure_name, figure.records, figure.whole)]
        if until is not None:
            about.append(t("figures.until", day=until.isoformat()))
        self._about.setText(" · ".join(about))
        self._offer_choices()
        self._read_parts()
        self._show_months(months)
        self._read_records()

    def _show_months(self, months: tuple[Sequence[int | None], Sequence[int | None]]) -> None:
        values, before = months
        head = t("figures.by_month_of", year=self.year)
        if any(before):
            head = t("figures.by_month_beside", year=self.year, before=self.year - 1)
        self._months_head.setText(head)
        current = self._part[1] if self._part[0] == "month" else ""
        self.months.set_months(
            values, before, month_text, lambda value: value_text(self.figure_name, value), current
        )

    def _offer_choices(self) -> None:
        """Offer the breakdowns that the figure has; the months stand below anyway."""
        if self._choices is not None:
            self._choices.hide()
            self._choices.deleteLater()
            self._choices = None
        offered = [one for one in BY[self.figure_name] if one != "month"]
        if offered:
            self._choices = SegmentedControl(
                [(one, t(f"figures.by.{one}")) for one in offered], t("figures.parts")
            )
            self._choices.set_value(self.by)
            self._choices.chosen.connect(self._on_by)
            self._choices_at.insertWidget(0, self._choices)

    def _on_by(self, by: str) -> None:
        self.by, self._all_parts = by, False
        if self._part[0] not in ("", "month"):
            self._part = ("", "")
            self._read_records()
        self._read_parts()

    def _read_parts(self) -> None:
        self._parts, self._names = [], {}
        if self.by:
            self._parts = self._store.look(
                breakdown, self.year, self.figure_name, self.by, self.until
            )
        if self.by in NAMED_BY_RECORDS:
            codes = [one.code for one in self._parts if one.code]
            self._names = self._store.read(_labels, self.by, codes)
        self._show_parts()

    def _show_parts(self) -> None:
        first = self._parts if self._all_parts else self._parts[:_FIRST_PARTS]
        spots = [
            Spot(p.code, self._part_name(self.by, p.code), value_text(self.figure_name, p.value),
                 p.value or 0)
            for p in first
        ]  # fmt: skip
        # A part without a name still can be chosen; "" alone would mean none.
        self.bars.set_spots(spots, self._part[1] if self._part[0] == self.by else "\0")
        self.bars.setVisible(bool(spots))
        rest = len(self._parts) - len(first)
        self.all_parts.setText(t("figures.more_parts", n=rest))
        self.all_parts.setVisible(rest > 0)

    def _part_name(self, by: str, code: str) -> str:
        return self._names.get(code) or part_word(self.figure_name, by, code)

    def _show_all_parts(self) -> None:
        self._all_parts = True
        self._show_parts()

    def choose(self, by: str, code: str) -> None:
        """Show the records of one part; the same once more, or none, shows all again."""
        self._part = ("", "") if (by, code) == self._part else (by, code)
        if by not in ("", "month", self.by):
            self.by, self._all_parts = by, False
            self._offer_choices()
            self._read_parts()
        else:
            self._show_parts()
        self.months.set_spots(self.months.spots, code if self._part[0] == "month" else "")
        self.records.mode = COUNTED
        self._read_records()

    def _read_records(self) -> None:
        part = self._part if self._part[0] else None
        counted: Listed = self._store.look(
            counted_rows, self.year, self.figure_name, self.until, part
        )
        left_out: Listed = self._store.look(left_out_rows, self.year, self.figure_name, self.until)
        name = ""
        if part is not None:
            text = (
                self._part_name(*part) if part[0] == self.by else part_word(self.figure_name, *part)
            )
            name = f"{t(f'figures.by.{part[0]}')}: {text}" if part[0] != "month" else text
        self.records.show_lists(counted, left_out, self.records.mode, name)
