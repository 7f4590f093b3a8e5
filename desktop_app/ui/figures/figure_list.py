"""The figures of a year by group, one below the other, one of them chosen."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.i18n import t
from desktop_app.services.year_figures import YearFigure
from desktop_app.ui.figures.figure_row import ColumnHeads, FigureRow
from desktop_app.ui.figures.texts import GROUPS
from desktop_app.ui.widgets.buttons import column, hairline, label, panel


class FigureList(QScrollArea):
    """Scrolls up and down through the groups."""

    chosen = Signal(str)
    opened = Signal(str)
    target_edited = Signal(str, object)

    def __init__(self) -> None:
        """Make all rows; ``set_figures`` fills them."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(t("shell.figures"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = panel("background")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(18, 12, 14, 18)
        layout.setSpacing(14)
        self.rows: dict[str, FigureRow] = {}
        for group, metrics in GROUPS.items():
            layout.addWidget(self._card(group, metrics))
        layout.addStretch(1)
        self.setWidget(page)

    def _card(self, group: str, metrics: tuple[str, ...]) -> QWidget:
        card = panel("card")
        body = column(card)
        body.setContentsMargins(6, 8, 6, 6)
        head = QWidget()
        line = column(head)
        heads = ColumnHeads()
        title = label(t(f"figures.group.{group}"), "heading")
        title.setParent(heads)
        title.move(10, 2)
        line.addWidget(heads)
        body.addWidget(head)
        body.addSpacing(2)
        for place, metric in enumerate(metrics):
            if place:
                body.addWidget(hairline())
            row = self.rows[metric] = FigureRow(metric)
            row.chosen.connect(self.choose)
            row.opened.connect(self.opened)
            row.stepped.connect(self.step)
            row.target_edited.connect(self.target_edited)
            body.addWidget(row)
        return card

    def set_figures(self, figures: Mapping[str, YearFigure]) -> None:
        """Show the figures of a year."""
        for metric, row in self.rows.items():
            row.set_figure(figures[metric])

    def choose(self, metric: str) -> None:
        """Choose a figure and say so."""
        self.mark(metric)
        self.chosen.emit(metric)

    def mark(self, metric: str) -> None:
        """Mark a figure as the one chosen, and show it."""
        for name, row in self.rows.items():
            row.set_selected(name == metric)
        if metric in self.rows:
            self.ensureWidgetVisible(self.rows[metric], 0, 60)

    def step(self, by: int) -> None:
        """Go to the figure above (-1) or below (1) the one that has the focus."""
        names = list(self.rows)
        place = next((n for n, name in enumerate(names) if self.rows[name].hasFocus()), 0)
        name = names[min(max(place + by, 0), len(names) - 1)]
        self.rows[name].setFocus(Qt.FocusReason.TabFocusReason)
        self.choose(name)
