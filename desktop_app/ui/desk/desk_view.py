"""The desk: what I must do today, the next trip, stale leads, and the year against its targets."""

import datetime as dt
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop_app.db.change import Changes
from desktop_app.domain.formats import date_range, day_with_weekday, short_date
from desktop_app.i18n import language, t, word
from desktop_app.services import figures, follow_ups
from desktop_app.services.figures import DeskFigures
from desktop_app.services.lead_rows import LeadRow
from desktop_app.services.recent import RecentStep, recent_steps
from desktop_app.services.trips import TripDetail
from desktop_app.ui.desk.desk_parts import Card, DueLine, ElidedLabel, FigureCard, Funnel
from desktop_app.ui.papers import catalogue
from desktop_app.ui.papers.paper_place import PaperPlace
from desktop_app.ui.store import Store
from desktop_app.ui.sync.incoming_panel import incoming_card
from desktop_app.ui.view import Action, ShellActions, View
from desktop_app.ui.widgets.buttons import ToolRow, button, column, hairline, label, menu_button
from desktop_app.ui.widgets.empty_state import EmptyState, IconLabel
from desktop_app.ui.widgets.pill import Pill, PillLabel, stage_kind
from desktop_app.ui.widgets.route_map_view import RouteMapView

# What the cards of the desk take in one column, and the width from which on there is room for it.
_BESIDE = (450, 1180)
DUE_LINES, STALE_LINES = 9, 7


class DeskView(View):
    """The first page of the day."""

    name, icon = "desk", "layout-dashboard"

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Make the frame; ``refresh`` fills it."""
        super().__init__(store, shell)
        self._map: RouteMapView | None = None
        self._route: object = None
        whole = QWidget()
        layout = column(whole)
        self.papers = PaperPlace(
            self, whole, self._arrange, shell.open_record, self._open_weekly, _BESIDE
        )
        column(self).addWidget(self.papers.splitter)
        self._tools = ToolRow(t("shell.desk"))
        self._find = button(f"{t('shell.palette')}    Ctrl K", self._on_find, "search")
        self._papers = QMenu(self)
        for name in catalogue.offered(""):
            self._papers.addAction(catalogue.title_of(name), partial(self.open_paper, name))
        self.paper_button = menu_button(t("papers.reports"), self._papers, "chart-column")
        self._tools.add_right(self._find, self.paper_button)
        layout.addWidget(self._tools)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(t("shell.desk"))
        layout.addWidget(self._scroll, 1)

    def open_paper(self, name: str) -> None:
        self.papers.open(name)

    def _open_weekly(self) -> None:
        self.open_paper("weekly")

    def paper_shown(self) -> str:
        return self.papers.name()

    def _arrange(self) -> None:
        """Stand in one column beside a paper."""
        for widget in (self._find, self.paper_button):
            widget.setVisible(not self.papers.shown())
        self.refresh()

    def _on_find(self) -> None:
        self.shell.open_palette()

    def refresh(self, changes: Changes | None = None) -> None:
        """Read everything again: the desk sums up all tables."""
        today = dt.date.today()
        found = self.store.read(figures.desk, today, self.shell.me)
        steps = self.store.read(recent_steps)
        day = "" if self.papers.shown() else day_with_weekday(today, language())
        self._tools.set_subtitle(day)
        place = self._scroll.verticalScrollBar().value()
        page = QWidget()
        page.setProperty("role", "background")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(18, 16, 18, 18)
        layout.setSpacing(14)
        if not found.leads and not found.today and found.next_trip is None:
            layout.addWidget(self._nothing_yet())
        else:
            self._fill(layout, found, steps, today)
        self._scroll.setWidget(page)
        self._scroll.verticalScrollBar().setValue(place)

    def _nothing_yet(self) -> QWidget:
        return EmptyState(
            t("desk.empty"),
            t("desk.empty_hint"),
            t("desk.import"),
            self.shell.import_file,
            "target",
            t("desk.first_lead"),
            self._first_lead,
        )

    def _first_lead(self) -> None:
        self.shell.show_view("leads")
        self.shell.begin_new()

    def _fill(
        self, layout: QVBoxLayout, found: DeskFigures, steps: list[RecentStep], today: dt.date
    ) -> None:
        """Lay the cards out in two columns below the figures."""
        narrow = self.papers.shown()
        cards = QGridLayout()
        cards.setSpacing(14)
        for place, figure in enumerate(found.figures):
            row, at = divmod(place, 2) if narrow else (0, place)
            card = FigureCard(figure)
            card.pressed.connect(partial(self._open_figure, figure.metric))
            cards.addWidget(card, row, at)
            cards.setColumnStretch(at, 1)
        layout.addLayout(cards)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        columns = QBoxLayout(way)
        columns.setSpacing(14)
        left, right = QVBoxLayout(), QVBoxLayout()
        for side, parts in (
            (left, (self._today(found), self._stale(found.stale, found.stale_count, today))),
            (right, (self._trip(found.next_trip, today), self._funnel(found))),
        ):
            side.setSpacing(14)
            for part in parts:
                side.addWidget(part)
        if came_in := incoming_card(self):
            right.insertWidget(0, came_in)
        if steps:
            left.addWidget(self._changes(steps, today))
        left.addStretch(1)
        right.addStretch(1)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        layout.addLayout(columns, 1)

    def _open_figure(self, metric: str) -> None:
        """Show a figure of the year with its records; leads are a list of their own."""
        if metric == "leads_found":
            self.shell.show_view("leads")
        else:
            self.shell.open_record("figures", f"{dt.date.today().year}/{metric}")

    # --- today

    def _today(self, found: DeskFigures) -> QFrame:
        go = button(t("desk.all_follow_ups"), lambda: self.shell.show_view("follow-ups"),
                    variant="link")  # fmt: skip
        card = Card(t("desk.today"), str(len(found.today) or ""), go)
        for place, row in enumerate(found.today[:DUE_LINES]):
            if place:
                card.body.addWidget(hairline())
            line = DueLine(row)
            line.opened.connect(lambda key: self.shell.open_record("follow-ups", key))
            line.ticked.connect(self._complete)
            card.body.addWidget(line)
        if not found.today:
            card.body.addWidget(label(t("desk.today_none"), "muted"))
        elif len(found.today) > DUE_LINES:
            card.body.addWidget(hairline())
            more = t("desk.more", count=len(found.today) - DUE_LINES)
            card.body.addSpacing(6)
            card.body.addWidget(
                button(more, lambda: self.shell.show_view("follow-ups"), variant="link"),
                0,
                Qt.AlignmentFlag.AlignLeft,
            )
        return card

    def _complete(self, follow_up_id: str, title: str) -> None:
        self.store.write(
            t("desk.label_complete", title=title), follow_ups.complete, follow_up_id, None
        )
        self.shell.toast(t("desk.completed", title=title), undo=True)

    # --- next trip

    def _trip(self, detail: TripDetail | None, today: dt.date) -> QFrame:
        if detail is None:
            card = Card(t("desk.next_trip"))
            card.body.addWidget(label(t("desk.no_trip"), "muted"))
            card.body.addSpacing(8)
            plan = button(t("desk.plan_trip"), self._plan_trip, "plane")
            card.body.addWidget(plan, 0, Qt.AlignmentFlag.AlignLeft)
            return card
        trip = detail.trip
        starts = trip.get("starts_on")
        running = bool(starts and starts <= today)
        title = trip.get("title") if language() == "zh" else trip.get("title_en")
        go = button(t("desk.open_trip"), lambda: self.shell.open_record("trips", trip["id"]),
                    variant="link")  # fmt: skip
        card = Card(t("desk.current_trip" if running else "desk.next_trip"), "", go)
        card.body.addWidget(ElidedLabel(title or trip.get("title") or ""))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(label(date_range(starts, trip.get("ends_on"), language()), "muted"))
        if starts and starts > today:
            line.addWidget(PillLabel(t("desk.in_days", days=(starts - today).days), "accent"))
        meetings = sum(1 for m in detail.meetings if m.fields.get("status") != "cancelled")
        line.addWidget(PillLabel(t("desk.meetings", count=meetings)))
        warnings = sum(1 for check in detail.checks if check.level == "warn")
        if warnings:
            line.addWidget(PillLabel(t("desk.warnings", count=warnings), "warn"))
        line.addStretch(1)
        card.body.addLayout(line)
        card.body.addSpacing(10)
        card.body.addWidget(self._route_map(detail))
        return card

    def _route_map(self, detail: TripDetail) -> RouteMapView:
        """Return the map of a route; drawing one takes long, so the same one goes on."""
        route = (detail.stops, detail.legs)
        if self._map is None or not isValid(self._map) or self._route != route:
            self._map, self._route = RouteMapView(280, 11.0), route
            self._map.set_route(*route)
        return self._map

    def _plan_trip(self) -> None:
        self.shell.show_view("trips")
        self.shell.begin_new()

    # --- stale leads, funnel, changes

    def _stale(self, rows: list[LeadRow], count: int, today: dt.date) -> QFrame:
        card = Card(t("desk.stale"), str(count or ""))
        for place, row in enumerate(rows[:STALE_LINES]):
            if place:
                card.body.addWidget(hairline())
            card.body.addWidget(self._stale_line(row, today))
        if not rows:
            card.body.addWidget(label(t("desk.stale_none"), "muted"))
        return card

    def _stale_line(self, row: LeadRow, today: dt.date) -> QWidget:
        line = Clickable(lambda: self.shell.open_record("leads", row.id))
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 5, 0, 5)
        layout.setSpacing(8)
        first, second = row.company or row.title, row.company_zh
        if second == first:
            second = ""
        layout.addWidget(ElidedLabel(first, second), 1)
        last = t("desk.never")
        if row.last_contact_on:
            last = t("desk.last_contact", day=short_date(row.last_contact_on, today, language()))
        layout.addWidget(label(last, "small"))
        layout.addWidget(PillLabel(*Pill(word("stage", row.stage), stage_kind(row.stage))))
        return line

    def _funnel(self, found: DeskFigures) -> QFrame:
        card = Card(t("desk.funnel"), f"{sum(count for _s, count in found.funnel):,}")
        card.body.addWidget(Funnel(found.funnel))
        return card

    def _changes(self, steps: list[RecentStep], today: dt.date) -> QFrame:
        card = Card(t("desk.changes"))
        for step in steps:
            local = step.at.astimezone()
            same = local.date() == today
            when = f"{local:%H:%M}" if same else short_date(local.date(), today, language())
            line = Clickable(lambda s=step: self.shell.open_record(s.kind, s.record_id))
            layout = QHBoxLayout(line)
            layout.setContentsMargins(0, 2, 0, 2)
            layout.setSpacing(8)
            layout.addWidget(IconLabel("pencil" if not step.deleted else "trash", 14))
            layout.addWidget(ElidedLabel(change_text(step)), 1)
            layout.addWidget(label(when, "small"))
            card.body.addWidget(line)
        return card

    def actions_offered(self) -> list[Action]:
        """Return what can be begun from the desk."""
        return [
            Action(t("desk.plan_trip"), self._plan_trip, "plane"),
            Action(t("desk.first_lead"), self._first_lead, "plus"),
            *self.papers.actions(),
            Action(t("desk.import"), self.shell.import_file, "upload"),
        ]

    def new_record(self) -> None:
        """A new record on the desk is a new lead."""
        self._first_lead()


class Clickable(QFrame):
    """A line that opens something."""

    def __init__(self, callback: object) -> None:
        """Call ``callback`` on a click."""
        super().__init__()
        self._callback = callback
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: object) -> None:
        if callable(self._callback):
            self._callback()


def change_text(step: RecentStep) -> str:
    """Return one recent step in words."""
    by = step.by or t("desk.someone")
    name = step.name or word("kind", step.kind)
    if step.deleted:
        text = t("desk.change_delete", by=by, name=name)
    elif step.stage and len(step.fields) <= 3:
        text = t("desk.change_stage", by=by, name=name, stage=word("stage", step.stage))
    else:
        shown = [word("field", f.removesuffix("_id").removesuffix("_minor")) for f in step.fields]
        fields = t("desk.list_and").join(shown[:3]) + ("…" if len(shown) > 3 else "")
        text = t("desk.change_edit", by=by, name=name, fields=fields)
    if step.others > 0:
        text += t("desk.change_others", count=step.others)
    return text
