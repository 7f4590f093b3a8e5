"""The year: its figures against their targets, and for each the records it was counted from."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QWidget

from desktop_app.db.change import Changes
from desktop_app.i18n import t
from desktop_app.services.year_figures import YearFigure, year_figures
from desktop_app.services.year_targets import set_target
from desktop_app.services.year_trend import by_month
from desktop_app.ui.figures.detail_pane import DetailPane
from desktop_app.ui.figures.figure_list import FigureList
from desktop_app.ui.figures.texts import EVERY, name_of
from desktop_app.ui.figures.time_page import TimePage
from desktop_app.ui.papers import catalogue
from desktop_app.ui.papers.paper_place import PaperPlace
from desktop_app.ui.store import Store
from desktop_app.ui.view import Action, ShellActions, View
from desktop_app.ui.widgets.buttons import (
    SegmentedControl,
    ToolRow,
    button,
    column,
    icon_button,
    menu_button,
)

Months = tuple[Sequence[int | None], Sequence[int | None]]
PAPER = "yearly"
_YEARS_OFFERED = 10


class FiguresView(View):
    """Figures at the left, the one chosen at the right; cohorts and funnel on a second page."""

    name, icon = "figures", "trophy"

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Make the frame; ``refresh`` fills it."""
        super().__init__(store, shell)
        self.year, self.to_date = dt.date.today().year, True
        self.figure_name = next(iter(EVERY))
        self._figures: dict[str, YearFigure] = {}
        self._months: dict[str, Months] = {}
        whole = QWidget()
        layout = column(whole)
        self.papers = PaperPlace(self, whole, self._arrange, shell.open_record, self._on_paper)
        column(self).addWidget(self.papers.splitter)
        layout.addWidget(self._make_tools())
        self.list = FigureList()
        self.pane = DetailPane(store)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        for part in (self.list, self.pane):
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([620, 460])
        self.splitter.setChildrenCollapsible(False)
        self.time = TimePage(store)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.splitter)
        self.pages.addWidget(self.time)
        layout.addWidget(self.pages, 1)
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda _name: self.pane.records.focus_list())
        self.list.target_edited.connect(self._set_target)
        self.pane.record_opened.connect(shell.open_record)
        self.time.cases_asked.connect(self._open_cases)
        self.time.record_opened.connect(shell.open_record)
        self._details = QTimer(self)
        self._details.setSingleShot(True)
        self._details.setInterval(0)
        self._details.timeout.connect(self._show_figure)
        # The trends come after the figures, one with each turn of the window.
        self._trends = QTimer(self)
        self._trends.setInterval(0)
        self._trends.timeout.connect(self._read_trend)

    def _make_tools(self) -> ToolRow:
        """Make the row above: which year, which page, the paper."""
        self.tools = ToolRow(t("shell.figures"))
        self.before = icon_button("chevron-left", t("figures.year_back"), lambda: self._step(-1))
        self.after = icon_button("chevron-right", t("figures.year_on"), lambda: self._step(1))
        self._years = QMenu(self)
        self._years.aboutToShow.connect(self._fill_years)
        self.year_button = menu_button("", self._years)
        self.span = SegmentedControl(
            [("to_date", t("figures.to_date")), ("whole", t("figures.whole_year"))],
            t("figures.span"),
        )
        self.span.chosen.connect(self._on_span)
        self.page = SegmentedControl(
            [(one, t(f"figures.page.{one}")) for one in ("figures", "time")], t("shell.figures")
        )
        self.page.set_value("figures")
        self.page.chosen.connect(self.show_page)
        self.tools.add(self.before, self.year_button, self.after, self.span)
        self.paper_button = button(t("figures.paper"), self._on_paper, "file-text")
        self.paper_button.setVisible(PAPER in catalogue.offered())
        self.tools.add_right(self.page, self.paper_button)
        return self.tools

    # --- the year

    def until(self) -> dt.date | None:
        """Return the last day counted, where it is not the year's."""
        today = dt.date.today()
        return today if self.to_date and self.year == today.year else None

    def show_year(self, year: int) -> None:
        """Show another year."""
        self.year = year
        self.refresh()

    def _step(self, by: int) -> None:
        self.show_year(self.year + by)

    def _fill_years(self) -> None:
        self._years.clear()
        today = dt.date.today().year
        years = {self.year, *range(today - _YEARS_OFFERED + 1, today + 2)}
        for year in sorted(years, reverse=True):
            action = self._years.addAction(str(year), partial(self.show_year, year))
            action.setCheckable(True)
            action.setChecked(year == self.year)

    def _on_span(self, span: str) -> None:
        self.to_date = span == "to_date"
        self.refresh()

    def _show_year(self) -> None:
        self.year_button.setText(str(self.year))
        self.year_button.setAccessibleName(t("figures.year", year=self.year))
        self.span.setVisible(self.year == dt.date.today().year)
        self.span.set_value("to_date" if self.to_date else "whole")
        self.before.setEnabled(self.year > 1990)
        self.after.setEnabled(self.year < dt.date.today().year + 1)

    # --- figures

    def refresh(self, changes: Changes | None = None) -> None:
        """Count again; the trends follow when the figures stand."""
        self._show_year()
        if self.page.value() == "time":
            self.time.show_year(self.year, self.until())
            return
        if changes is None or changes.tables - {"target"}:
            self._months = {}
        found = self.store.look(year_figures, self.year, self.until(), tuple(EVERY))
        self._figures = found
        self.list.set_figures(found)
        self.list.mark(self.figure_name)
        # What belongs to the one figure chosen comes once all figures are painted.
        self._details.start()

    def _show_figure(self) -> None:
        self._details.stop()
        self._trends.start()
        self.list.mark(self.figure_name)
        self.pane.show_figure(
            self.year,
            self.until(),
            self._figures[self.figure_name],
            self._months_of(self.figure_name),
        )

    def _months_of(self, name: str) -> Months:
        """Return a figure by month in the year and in the one before."""
        if name not in self._months:
            now = self.store.look(by_month, self.year, name, self.until())
            before = self.store.look(by_month, self.year - 1, name)
            self._months[name] = (now, before)
            self.list.rows[name].set_months(now, before)
        return self._months[name]

    def _read_trend(self) -> None:
        """Read the trend of one more figure."""
        name = next((one for one in self.list.rows if one not in self._months), "")
        if name and self.isVisible():
            self._months_of(name)
        else:
            self._trends.stop()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._figures:
            self._trends.start()

    def _choose(self, name: str) -> None:
        if name != self.figure_name:
            self.figure_name = name
            self._show_figure()
            self.selected.emit("figures", name)

    def _set_target(self, name: str, value: int | None) -> None:
        title = t("figures.label_target", figure=name_of(name), year=self.year)
        self.store.write(title, set_target, self.year, name, value)

    def _open_cases(self, category: str) -> None:
        """Show the solved cases, of one category or of all."""
        self.select("cases_solved_percent")
        self._show_figure()
        if category:
            self.pane.choose("category", category)

    # --- pages and paper

    def show_page(self, page: str) -> None:
        """Show the ``figures``, or how they go on over ``time``."""
        self.page.set_value(page)
        self.pages.setCurrentIndex(("figures", "time").index(page))
        self.refresh()

    def _on_paper(self) -> None:
        self.open_paper(PAPER)

    def open_paper(self, name: str) -> None:
        if name not in catalogue.offered():
            return
        self.papers.open(name)
        preview = self.papers.preview
        if preview is not None and name == PAPER and preview.period.day().year != self.year:
            preview.period.set_period(name, dt.date(self.year, 12, 31))
            preview.make()

    def paper_shown(self) -> str:
        return self.papers.name()

    def _arrange(self) -> None:
        """Leave the figures alone beside a paper."""
        beside = self.papers.shown()
        self.pane.setVisible(not beside)
        for widget in (self.page, self.paper_button, self.span):
            widget.setVisible(not beside)
        if not beside:
            self._show_year()
            self.paper_button.setVisible(PAPER in catalogue.offered())

    # --- what the shell asks

    def select(self, record_id: str) -> None:
        """Show a figure by its name, of another year as ``2022/signed_projects``."""
        year, _slash, name = record_id.rpartition("/")
        if name not in EVERY:
            return
        self.figure_name = name
        if self.page.value() != "figures" or (year and int(year) != self.year):
            self.year = int(year) if year else self.year
            self.show_page("figures")
        elif self._figures:
            self._show_figure()

    def selected_id(self) -> str:
        return self.figure_name

    def open_selected(self) -> None:
        if self.pane.records.table.hasFocus():
            self.pane.records.open_current()
        else:
            self.pane.records.focus_list()

    def actions_offered(self) -> list[Action]:
        offered = [
            Action(t("figures.year_back"), lambda: self._step(-1), "chevron-left"),
            Action(t("figures.year_on"), lambda: self._step(1), "chevron-right"),
            *(
                Action(t(f"figures.page.{one}"), partial(self.show_page, one), "chart-line")
                for one in ("figures", "time")
            ),
        ]
        return [*offered, *self.papers.actions()]

    def save_state(self) -> dict[str, Any]:
        return {
            "figure": self.figure_name,
            "by": self.pane.by,
            "page": self.page.value(),
            "sizes": self.splitter.sizes(),
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        if state.get("figure") in EVERY:
            self.figure_name = str(state["figure"])
        self.pane.by = str(state.get("by", ""))
        if state.get("page") in ("figures", "time"):
            self.page.set_value(state["page"])
            self.pages.setCurrentIndex(("figures", "time").index(state["page"]))
        sizes = state.get("sizes")
        if isinstance(sizes, list) and len(sizes) == 2 and all(sizes):
            self.splitter.setSizes([int(one) for one in sizes])
