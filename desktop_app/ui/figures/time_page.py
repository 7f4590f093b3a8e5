"""How projects go on over the years, how leads move in the year, and how quickly we serve."""

import datetime as dt
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop_app.i18n import t, word
from desktop_app.services.year_rows import Listed
from desktop_app.services.year_trend import (
    CaseDays,
    Cohort,
    Share,
    case_days,
    cohorts,
    follow_ups_on_time,
    quick_response,
    stage_funnel,
)
from desktop_app.services.year_trend_lists import (
    cohort_rows,
    follow_up_rows,
    response_rows,
    stage_rows,
)
from desktop_app.ui import background
from desktop_app.ui.desk.desk_parts import Bar, Card
from desktop_app.ui.figures.charts import PartBars, Spot
from desktop_app.ui.figures.record_list import COUNTED, RecordList
from desktop_app.ui.figures.time_charts import CohortChart, FunnelChart
from desktop_app.ui.store import Store
from desktop_app.ui.widgets.buttons import column, icon_button, label, panel
from desktop_app.ui.widgets.press_card import PressCard

_YEARS = 6


class ShareCard(PressCard):
    """A share in percent, of how many, and that of the year before."""

    def __init__(self, name: str, now: Share, before: Share) -> None:
        """Show a share."""
        super().__init__()
        layout = column(self, 16, 4)
        text = "—" if now.percent is None else f"{now.percent}%"
        counts = t("figures.part_of", part=f"{now.part:,}", whole=f"{now.whole:,}")
        earlier = ""
        if before.percent is not None:
            earlier = t("figures.year_before", value=f"{before.percent}%")
        layout.addWidget(label(name, "muted", wrap=True))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(label(text, "figure"))
        line.addWidget(label(counts, "small"), 1, Qt.AlignmentFlag.AlignBottom)
        layout.addLayout(line)
        layout.addWidget(Bar((now.percent or 0) / 100))
        layout.addWidget(label(earlier or t("figures.no_year_before"), "small"))
        self.setAccessibleName(f"{name}: {text}, {counts} {earlier}".strip())


class DaysCard(PressCard):
    """How many days half of the cases took, and that of the year before."""

    def __init__(self, now: CaseDays, before: CaseDays) -> None:
        """Show the median of all cases."""
        super().__init__()
        layout = column(self, 16, 4)
        name = t("figures.case_days")
        text = "—" if now.median_days is None else t("figures.days", n=f"{now.median_days:,}")
        counts = t("figures.solved_cases", n=f"{now.solved:,}")
        earlier = t("figures.no_year_before")
        if before.median_days is not None:
            days = t("figures.days", n=f"{before.median_days:,}")
            earlier = t("figures.year_before", value=days)
        layout.addWidget(label(name, "muted", wrap=True))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(label(text, "figure"))
        line.addWidget(label(counts, "small"), 1, Qt.AlignmentFlag.AlignBottom)
        layout.addLayout(line)
        layout.addStretch(1)
        layout.addWidget(label(earlier, "small"))
        self.setAccessibleName(f"{name}: {text}, {counts}, {earlier}")


class TimePage(QSplitter):
    """Charts and cards; whatever is chosen of them opens its records at the right."""

    #: The code of a case category, empty for all: its solved cases are to be shown.
    cases_asked = Signal(str)
    #: (kind, id) of a record to be opened.
    record_opened = Signal(str, str)

    def __init__(self, store: Store) -> None:
        """Build an empty page."""
        super().__init__(Qt.Orientation.Horizontal)
        self._store = store
        self.year = 0
        self.until: dt.date | None = None
        self._asked: tuple[str, str] = ("", "")
        self._facts: _Facts | None = None
        self._reading = False
        self.cohorts, self.funnel = CohortChart(), FunnelChart()
        self.cohorts.chosen.connect(partial(self.ask, "cohort"))
        self.funnel.chosen.connect(partial(self.ask, "stage"))
        self.categories = PartBars(t("figures.case_days_by"))
        self.categories.chosen.connect(self.cases_asked)
        self.addWidget(self._make_charts())
        self.addWidget(self._make_list())
        self.setStretchFactor(0, 1)
        self.setSizes([640, 440])
        self.setChildrenCollapsible(False)

    def _make_charts(self) -> QScrollArea:
        """Make the cards and charts at the left."""
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(t("figures.page.time"))
        page = panel("background")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(18, 16, 18, 18)
        layout.setSpacing(14)
        self._cards = QGridLayout()
        self._cards.setSpacing(14)
        layout.addLayout(self._cards)
        self._charts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._charts.setSpacing(14)
        self._no_cohort = label(t("figures.no_cohorts"), "muted", wrap=True)
        steps = Card(t("figures.funnel"), t("figures.funnel_hint"))
        steps.body.addWidget(self.funnel)
        signed = Card(t("figures.cohorts"), t("figures.cohorts_hint"))
        signed.body.addWidget(self._no_cohort)
        signed.body.addWidget(self.cohorts)
        for card in (steps, signed):
            card.body.addStretch(1)
            self._charts.addWidget(card, 1)
        layout.addLayout(self._charts)
        days = Card(t("figures.case_days_by"))
        days.body.addWidget(self.categories)
        self._no_case = label(t("figures.no_case_days"), "muted", wrap=True)
        days.body.addWidget(self._no_case)
        layout.addWidget(days)
        layout.addStretch(1)
        scroll.setWidget(page)
        return scroll

    def _make_list(self) -> QWidget:
        """Make the list at the right, there while something is chosen."""
        self.side = panel("pane")
        self.side.setMinimumWidth(360)
        layout = column(self.side)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 8, 0)
        self._list_title = label("", "heading", wrap=True)
        head.addWidget(self._list_title, 1)
        close = icon_button("x", t("figures.close_list"), lambda: self.ask("", ""))
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        self.records = RecordList()
        self.records.opened.connect(self.record_opened)
        layout.addWidget(self.records, 1)
        self.side.hide()
        return self.side

    def show_year(self, year: int, until: dt.date | None) -> None:
        """Read what belongs to a year in another thread, then show it all at once."""
        self.year, self.until = year, until
        if not self._reading:
            self._read()

    def is_reading(self) -> bool:
        """Say whether cards and charts are still to come."""
        return self._reading

    def _read(self) -> None:
        self._reading = True
        workspace, year, until = self._store.workspace, self.year, self.until

        def work(_job: background.Job) -> _Facts:
            with workspace.look_aside() as connection:
                return _facts(connection, year, until)

        background.run(work, self._on_read, self._on_not_read)

    def _on_read(self, facts: "_Facts") -> None:
        self._reading = False
        if not isValid(self):
            return
        if (facts.year, facts.until) != (self.year, self.until):
            # Another year was chosen meanwhile.
            self._read()
            return
        self._facts = facts
        self._show_cards()
        self.funnel.set_stages(facts.stages)
        self.cohorts.set_cohorts(facts.cohorts)
        self.cohorts.setVisible(bool(facts.cohorts))
        self._no_cohort.setVisible(not facts.cohorts)
        self._read_list()

    def _on_not_read(self, error: Exception) -> None:
        self._reading = False
        raise error

    def _show_cards(self) -> None:
        """Show how quickly the team was, beside the same days of the year before."""
        facts = self._facts
        if facts is None:
            return
        while (item := self._cards.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for place, (what, pair) in enumerate(facts.shares.items()):
            card = ShareCard(t(f"figures.{what}"), *pair)
            card.pressed.connect(partial(self.ask, "share", what))
            self._place_card(card, place)
        cases = DaysCard(facts.days[0], facts.days_before)
        cases.pressed.connect(partial(self.cases_asked.emit, ""))
        self._place_card(cases, len(facts.shares))
        self._show_categories([one for one in facts.days[1:] if one.median_days is not None])

    def _place_card(self, card: QWidget, place: int) -> None:
        across = 4 if self.side.isHidden() else 2
        self._cards.addWidget(card, *divmod(place, across))

    def _show_categories(self, known: list[CaseDays]) -> None:
        self.categories.set_spots(
            [
                Spot(
                    one.category or "",
                    word("case_category", one.category) or t("figures.none.category"),
                    f"{t('figures.days', n=one.median_days)} · "
                    f"{t('figures.solved_cases', n=one.solved)}",
                    one.median_days or 0,
                )
                for one in known
            ],
            "\0",
        )
        self.categories.setVisible(bool(known))
        self._no_case.setVisible(not known)

    # --- the records behind a number

    def ask(self, what: str, code: str) -> None:
        """Show the records of a bar or a card; of nothing, close the list."""
        self._asked = (what, code)
        self.records.mode = COUNTED
        self.funnel.set_spots(self.funnel.spots, code if what == "stage" else "")
        self.cohorts.set_spots(self.cohorts.spots, code if what == "cohort" else "")
        narrow = bool(what)
        if self.side.isHidden() == narrow:
            self.side.setVisible(narrow)
            way = QBoxLayout.Direction
            self._charts.setDirection(way.TopToBottom if narrow else way.LeftToRight)
            self._show_cards()
        self._read_list()

    def _read_list(self) -> None:
        what, code = self._asked
        if not what:
            return
        others: Listed | None = None
        if what == "stage":
            title = t("figures.list_stage", stage=word("stage", code), year=self.year)
            found = self._store.look(stage_rows, self.year, code, self.until)
        elif what == "cohort":
            year, step = code.split()
            title = t("figures.list_cohort", year=year, step=t(f"figures.step.{step}"))
            found = self._store.look(cohort_rows, _last_day(self.year, self.until), int(year), step)
        else:
            title = t(f"figures.{code}")
            asked: tuple[Any, ...] = (response_rows, self.year, code, self.until)
            if code == "on_time":
                asked = (follow_up_rows, self.year, self.until)
            found, others = self._store.look(*asked)
        self._list_title.setText(title)
        self.records.show_lists(found, others, self.records.mode)


class _Facts(NamedTuple):
    """All that the page shows of a year but its lists."""

    year: int
    until: dt.date | None
    shares: dict[str, tuple[Share, Share]]
    days: list[CaseDays]
    days_before: CaseDays
    stages: list[tuple[str, int]]
    cohorts: list[Cohort]


def _facts(connection: Any, year: int, until: dt.date | None) -> _Facts:
    """Read them, each share beside that of the same days of the year before."""
    before = _year_before(until)
    now, then = (
        quick_response(connection, year, until),
        quick_response(connection, year - 1, before),
    )
    due = follow_ups_on_time(connection, year, until)
    due_before = follow_ups_on_time(connection, year - 1, before)
    return _Facts(
        year,
        until,
        {
            "answered": (now.answered, then.answered),
            "screened": (now.screened, then.screened),
            "on_time": (due, due_before),
        },
        case_days(connection, year, until),
        case_days(connection, year - 1, before)[0],
        stage_funnel(connection, year, until),
        cohorts(connection, _last_day(year, until))[-_YEARS:],
    )


def _last_day(year: int, until: dt.date | None) -> dt.date:
    return until or dt.date(year, 12, 31)


def _year_before(until: dt.date | None) -> dt.date | None:
    """Return the same day of the year before; None for the whole year."""
    if until is None:
        return None
    last = until.day if (until.month, until.day) != (2, 29) else 28
    return until.replace(year=until.year - 1, day=last)
