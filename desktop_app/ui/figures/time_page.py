"""How projects go on over the years, how leads move in the year, and how quickly we serve."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.i18n import t, word
from desktop_app.services.year_trend import (
    CaseDays,
    Share,
    case_days,
    cohorts,
    follow_ups_on_time,
    quick_response,
    stage_funnel,
)
from desktop_app.ui.desk.desk_parts import Bar, Card
from desktop_app.ui.figures.charts import PartBars, Spot
from desktop_app.ui.figures.time_charts import CohortChart, FunnelChart
from desktop_app.ui.store import Store
from desktop_app.ui.widgets.buttons import column, label, panel

_YEARS = 6


class ShareCard(QFrame):
    """A share in percent, of how many, and that of the year before."""

    def __init__(self, name: str, now: Share, before: Share) -> None:
        """Show a share."""
        super().__init__()
        self.setProperty("role", "card")
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


class DaysCard(QFrame):
    """How many days half of the cases took, and that of the year before."""

    def __init__(self, now: CaseDays, before: CaseDays) -> None:
        """Show the median of all cases."""
        super().__init__()
        self.setProperty("role", "card")
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


class TimePage(QScrollArea):
    """Reads when it is shown."""

    #: The code of a case category: its solved cases are to be shown.
    category_chosen = Signal(str)

    def __init__(self, store: Store) -> None:
        """Build an empty page."""
        super().__init__()
        self._store = store
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(t("figures.page.time"))
        self.cohorts, self.funnel = CohortChart(), FunnelChart()
        self.categories = PartBars(t("figures.case_days_by"))
        self.categories.chosen.connect(self.category_chosen)
        page = panel("background")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(18, 16, 18, 18)
        layout.setSpacing(14)
        self._cards = QHBoxLayout()
        self._cards.setSpacing(14)
        layout.addLayout(self._cards)
        grid = QGridLayout()
        grid.setSpacing(14)
        self._no_cohort = label(t("figures.no_cohorts"), "muted", wrap=True)
        steps = Card(t("figures.funnel"), t("figures.funnel_hint"))
        steps.body.addWidget(self.funnel)
        signed = Card(t("figures.cohorts"), t("figures.cohorts_hint"))
        signed.body.addWidget(self._no_cohort)
        signed.body.addWidget(self.cohorts)
        for place, card in enumerate((steps, signed)):
            card.body.addStretch(1)
            grid.addWidget(card, 0, place)
            grid.setColumnStretch(place, 1)
        days = Card(t("figures.case_days_by"))
        days.body.addWidget(self.categories)
        self._no_case = label(t("figures.no_case_days"), "muted", wrap=True)
        days.body.addWidget(self._no_case)
        grid.addWidget(days, 1, 0, 1, 2)
        layout.addLayout(grid)
        layout.addStretch(1)
        self.setWidget(page)

    def show_year(self, year: int, until: dt.date | None) -> None:
        """Read and show what belongs to a year."""
        look = self._store.look
        self.funnel.set_stages(look(stage_funnel, year, until))
        found = look(cohorts, until or dt.date(year, 12, 31))[-_YEARS:]
        self.cohorts.set_cohorts(found)
        self.cohorts.setVisible(bool(found))
        self._no_cohort.setVisible(not found)
        before = _year_before(until)
        now, then = look(quick_response, year, until), look(quick_response, year - 1, before)
        due = look(follow_ups_on_time, year, until), look(follow_ups_on_time, year - 1, before)
        days = look(case_days, year, until)
        cards = [
            ShareCard(t("figures.answered"), now.answered, then.answered),
            ShareCard(t("figures.screened"), now.screened, then.screened),
            ShareCard(t("figures.on_time"), *due),
            DaysCard(days[0], look(case_days, year - 1, before)[0]),
        ]
        self._show_cards(cards)
        known = [one for one in days[1:] if one.median_days is not None]
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

    def _show_cards(self, cards: Sequence[QWidget]) -> None:
        while (item := self._cards.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for card in cards:
            self._cards.addWidget(card, 1)


def _year_before(until: dt.date | None) -> dt.date | None:
    """Return the same day of the year before; None for the whole year."""
    if until is None:
        return None
    last = until.day if (until.month, until.day) != (2, 29) else 28
    return until.replace(year=until.year - 1, day=last)
