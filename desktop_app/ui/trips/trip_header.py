"""The head of a trip: its title, dates, state, and what can be done with it."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu

from desktop_app.domain.words import TripStatus
from desktop_app.i18n import language, t, word
from desktop_app.ui import theme
from desktop_app.ui.fonts import font
from desktop_app.ui.papers import catalogue
from desktop_app.ui.trips.trip_list import TripLine
from desktop_app.ui.widgets.buttons import SegmentedControl, button, icon_button, label
from desktop_app.ui.widgets.elided_label import ElidedLabel
from desktop_app.ui.widgets.text_fields import ChoiceField, TextField


class TripHeader(QFrame):
    """One row over programme and pane; emits what is asked for."""

    title_edited = Signal(str, object)
    status_edited = Signal(object)
    trip_chosen = Signal(str)
    new_trip_asked = Signal()
    delete_asked = Signal()
    meeting_asked = Signal()
    briefing_asked = Signal()
    calendar_asked = Signal()
    paper_asked = Signal(str)
    beside_chosen = Signal(str)

    def __init__(self) -> None:
        """Start without a trip."""
        super().__init__()
        self.setProperty("role", "tools")
        self.setFixedHeight(60)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(9, 0, 16, 0)
        layout.setSpacing(8)
        self._lines: list[TripLine] = []
        self.heading = label(t("trips.title"), "title")
        self.heading.setContentsMargins(9, 0, 0, 0)
        layout.addWidget(self.heading)
        self.title = TextField(t("trips.trip_title"), t("trips.untitled"))
        self.title.setFont(font(theme.TITLE, True))
        self.title.setStyleSheet(f"font-size: {theme.TITLE}px; font-weight: bold;")
        self.title.setFixedHeight(36)
        self.title.textChanged.connect(lambda _text: self._fit_title())
        self.title.edited.connect(self._on_title)
        layout.addWidget(self.title)
        self.chooser = icon_button("chevron-down", t("trips.choose_trip"), self.choose_trip)
        layout.addWidget(self.chooser)
        self.status = ChoiceField.of_words(t("trips.status"), "trip_status", TripStatus, None)
        self.status.setFixedWidth(104)
        self.status.edited.connect(self.status_edited)
        layout.addWidget(self.status)
        self.subtitle = ElidedLabel()
        layout.addWidget(self.subtitle, 1)
        self.new_trip = button(t("trips.new_trip"), self.new_trip_asked.emit, "plus")
        self.meeting = button(t("trips.add_meeting_short"), self.meeting_asked.emit, "plus")
        self.meeting.setToolTip(t("trips.add_meeting"))
        self.briefing = button(
            t("trips.briefing"), self.briefing_asked.emit, "file-text", "primary"
        )
        self.papers = icon_button("chevron-down", t("papers.other"), self._open_papers, "secondary")
        self.more = icon_button("ellipsis", t("trips.more"), self._open_more, "secondary")
        parts = [(code, t(f"papers.beside_{code}")) for code in ("programme", "details")]
        self.beside = SegmentedControl(parts, t("papers.beside"))
        self.beside.chosen.connect(self.beside_chosen)
        self._doing = (self.meeting, self.more, self.briefing, self.papers)
        self._is_beside = False
        self._subtitle = ""
        for widget in (self.new_trip, self.meeting, self.more, self.briefing, self.papers):
            layout.addWidget(widget)
        layout.addWidget(self.beside)
        self._column = "title"
        self._room = 420
        self.show_trip(None, "")

    def show_trip(self, trip: Mapping[str, Any] | None, subtitle: str) -> None:
        """Show a trip, or the name of the view when there is none."""
        there = trip is not None
        self._there = there
        self.title.setVisible(there)
        self._show_doing()
        self.new_trip.setVisible(not there)
        self.heading.setVisible(not there)
        self._subtitle = subtitle
        self.subtitle.setText("" if self._is_beside else subtitle)
        if trip is not None:
            # In English the English title is shown and edited, where there is one.
            english = language() == "en" and trip.get("title_en")
            self._column = "title_en" if english else "title"
            self.title.set_value(trip.get(self._column))
            self.status.set_value(trip.get("status"))
        self._fit_title()

    def set_beside(self, part: str) -> None:
        """Stand over a column beside a paper: say which part it is; empty for the whole view."""
        self._is_beside = bool(part)
        size = theme.HEADING if part else theme.TITLE
        self.title.setStyleSheet(f"font-size: {size}px; font-weight: bold;")
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.setStretchFactor(self.title, 1000 if part else 0)
        self.beside.set_value(part)
        self._show_doing()
        self._measure()

    def _show_doing(self) -> None:
        """Show what can be done; beside a paper there is room for the title only."""
        for widget in (*self._doing, self.status):
            widget.setVisible(self._there and not self._is_beside)
        self.subtitle.setText("" if self._is_beside else self._subtitle)
        self.beside.setVisible(self._is_beside)

    def set_trips(self, lines: Sequence[TripLine], list_shown: bool) -> None:
        """Offer the trips in the drop-down where the list has no room."""
        self._lines = list(lines)
        self.chooser.setVisible(not list_shown and bool(lines))

    def title_column(self) -> str:
        """Return which of the two titles is shown and edited."""
        return self._column

    def _on_title(self, text: object) -> None:
        self.title_edited.emit(self._column, text)

    def _fit_title(self) -> None:
        text = self.title.text() or self.title.placeholderText()
        wanted = round(QFontMetricsF(font(theme.TITLE, True)).horizontalAdvance(text)) + 30
        if self._is_beside:
            # The column may be made narrower still: the title gives way, not the column.
            self.title.setMinimumWidth(90)
            self.title.setMaximumWidth(max(90, wanted))
        else:
            self.title.setFixedWidth(max(90, min(wanted, self._room)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        """Give the title what the rest of the row leaves."""
        self._room = max(140, min(520, self.width() - 670))
        self._fit_title()

    def choose_trip(self) -> None:
        """Open the drop-down of trips."""
        menu = self.trip_menu()
        menu.exec(self.chooser.mapToGlobal(self.chooser.rect().bottomLeft()))
        menu.deleteLater()

    def trip_menu(self) -> QMenu:
        """Return the trips as a menu, grouped as in the list."""
        menu = QMenu(self)
        for line in self._lines:
            if not line.id:
                menu.addSection(line.title)
                continue
            text = "    ".join(filter(None, (line.title, line.dates)))
            menu.addAction(text, partial(self.trip_chosen.emit, line.id))
        menu.addSeparator()
        menu.addAction(t("trips.new_trip"), self.new_trip_asked.emit)
        return menu

    def paper_menu(self) -> QMenu:
        """Return the papers of a trip as a menu."""
        menu = QMenu(self)
        for name in catalogue.offered("trips"):
            menu.addAction(catalogue.title_of(name), partial(self.paper_asked.emit, name))
        return menu

    def _open_papers(self) -> None:
        menu = self.paper_menu()
        menu.exec(self.papers.mapToGlobal(self.papers.rect().bottomLeft()))
        menu.deleteLater()

    def _open_more(self) -> None:
        menu = QMenu(self)
        menu.addAction(t("trips.new_trip"), self.new_trip_asked.emit)
        states = menu.addMenu(t("trips.status"))
        for state in TripStatus:
            states.addAction(
                word("trip_status", str(state)), partial(self.status_edited.emit, str(state))
            )
        menu.addAction(t("export.menu.trip"), self.calendar_asked.emit)
        menu.addSeparator()
        menu.addAction(t("trips.delete_trip"), self.delete_asked.emit)
        menu.exec(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        menu.deleteLater()
