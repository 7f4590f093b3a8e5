"""A small panel to plan a trip: title, dates and cities, and the programme is there."""

import datetime as dt
import re
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.i18n import t
from desktop_app.ui.trips.programme import MOST_DAYS
from desktop_app.ui.widgets.buttons import button, label, panel
from desktop_app.ui.widgets.field_grid import FieldGrid, commit_all
from desktop_app.ui.widgets.popup_fields import DateField
from desktop_app.ui.widgets.text_fields import TextField

_COMMAS = re.compile(r"\s*[,，、;；/\n→–]\s*")


class NewTrip(NamedTuple):
    """What a new trip starts with."""

    title: str
    starts_on: dt.date
    ends_on: dt.date
    cities: tuple[str, ...]


class NewTripPanel(QWidget):
    """Asks for the few things a programme needs; ``created`` carries a ``NewTrip``."""

    created = Signal(object)
    cancelled = Signal()

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        around = QVBoxLayout(self)
        around.setContentsMargins(18, 14, 18, 14)
        card = panel("card")
        around.addWidget(card)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        layout.addWidget(label(t("trips.plan_trip"), "heading"))
        grid = FieldGrid(72)
        self.title = TextField(t("trips.trip_title"), t("trips.new_title_hint"), inplace=False)
        self.first = DateField(t("trips.new_first"), inplace=False)
        self.last = DateField(t("trips.new_last"), inplace=False)
        self.cities = TextField(t("trips.new_stops"), t("trips.new_stops_hint"), inplace=False)
        # From the last field Enter goes on, as its button does.
        self.cities.returnPressed.connect(self.submit)
        grid.add(t("trips.field.title"), self.title)
        days = QFrame()
        line = QHBoxLayout(days)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.first)
        line.addWidget(label("–", "muted"))
        line.addWidget(self.last)
        grid.add(t("trips.new_dates"), days)
        grid.add(t("trips.new_stops"), self.cities)
        grid.layout().setVerticalSpacing(8)  # type: ignore[union-attr]  # it is a grid layout
        layout.addWidget(grid)
        layout.addWidget(label(t("trips.new_explain"), "small", wrap=True))
        self.problem = label("", "bad", wrap=True)
        self.problem.hide()
        layout.addWidget(self.problem)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(t("trips.cancel"), self.cancelled.emit))
        self.create_button = button(t("trips.new_create"), self.submit, variant="primary")
        foot.addWidget(self.create_button)
        layout.addLayout(foot)

    def start(self) -> None:
        """Begin anew, the cursor in the first field."""
        for field in (self.title, self.first, self.last, self.cities):
            field.set_value(None)
            field.clear()
        self.problem.hide()
        self.title.setFocus()

    def _refuse(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()

    def submit(self) -> None:
        """Hand on what was entered, or say what is still needed."""
        if not commit_all(self):
            return
        first = self.first.value()
        last = self.last.value() or first
        if first is None or last is None:
            self._refuse(t("trips.new_need_dates"))
            self.first.setFocus()
        elif last < first:
            self._refuse(t("trips.new_dates_wrong"))
            self.last.setFocus()
        elif (last - first).days >= MOST_DAYS:
            self._refuse(t("trips.new_too_long"))
            self.last.setFocus()
        else:
            self.problem.hide()
            named = (self.cities.value() or "").strip()
            cities = tuple(city for city in _COMMAS.split(named) if city)
            self.created.emit(NewTrip(self.title.value() or "", first, last, cities))

    def show_problem(self, text: str) -> None:
        """Say what could not be understood."""
        self._refuse(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)


def share_days(first: dt.date, last: dt.date, count: int) -> list[tuple[dt.date, dt.date]]:
    """Share the days of a trip among its stops: each leaves on the day the next arrives."""
    days = (last - first).days
    cuts = [first + dt.timedelta(days=round(days * n / count)) for n in range(count + 1)]
    return list(pairwise(cuts))
