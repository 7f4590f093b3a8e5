"""What a squad did in a year: by month, by country, and the records behind each number."""

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.i18n import t, word
from desktop_app.services.squad_year import Done
from desktop_app.ui.events.count_table import Counts, CountTable
from desktop_app.ui.events.month_chart import MonthChart, month_name
from desktop_app.ui.events.record_list import Entry, RecordList
from desktop_app.ui.widgets.buttons import SegmentedControl, button, column, label
from desktop_app.ui.widgets.pill import Pill

_KINDS = ("meetings", "events")
_ALL = ""


class DonePart(QWidget):
    """A chart of months, a table of counts and the list of what is chosen in them."""

    #: The records behind a number are listed: the list is to be seen.
    listed = Signal()

    def __init__(self, opened: Callable[[str, str], object]) -> None:
        """Open records by ``opened(kind, id)``."""
        super().__init__()
        self._done: list[Done] = []
        self._year = 0
        self._chosen: tuple[str, str, str] = ("", "", "")
        layout = column(self, 0, 6)
        self.heading = label("", "heading", wrap=True)
        layout.addWidget(self.heading)
        self.by = SegmentedControl(
            [(one, t(f"events.by.{one}")) for one in ("month", "country")], t("events.by")
        )
        self.by.set_value("month")
        self.by.chosen.connect(lambda _by: self._show_table())
        self.chart = MonthChart()
        self.chart.chosen.connect(lambda month: self.choose("month", str(month)))
        layout.addWidget(self.chart)
        self.legend = label(t("events.legend"), "small", wrap=True)
        layout.addWidget(self.legend)
        layout.addSpacing(4)
        layout.addWidget(self.by, 0, Qt.AlignmentFlag.AlignLeft)
        self.table = CountTable()
        self.table.chosen.connect(
            lambda code, place: self.choose(self.by.value() if code else "", code, _KINDS[place])
        )
        layout.addWidget(self.table)
        self.list = RecordList(opened, t("events.nothing_done"))
        layout.addWidget(self.list)
        self.all_button = button(t("events.show_all"), lambda: self.choose("", ""), "x", "link")
        layout.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_done(self, year: int, done: Sequence[Done], another: bool) -> None:
        """Show a year's visits and events; what is chosen stays unless they are of another."""
        self._year, self._done = year, list(done)
        if another:
            self._chosen = ("", "", "")
        visits = sum(one.kind == "meetings" for one in done)
        events = len(done) - visits
        self.heading.setText(t("events.done_in", year=year, visits=visits, events=events))
        counts = Counter((one.day.month, one.kind) for one in done)
        months = [(counts[m, "meetings"], counts[m, "events"]) for m in range(1, 13)]
        self.chart.set_counts(months, self.heading.text())
        self._show_table()
        self._show_list()

    def choose(self, by: str, code: str, kind: str = "") -> None:
        """Show what is behind a number: of a month or country, of one kind or both."""
        self._chosen = (by, code, kind)
        self._show_list()
        self.listed.emit()

    def _show_table(self) -> None:
        """Show the counts by month or by country, and what they add up to."""
        by_month = self.by.value() == "month"
        counts: Counter[tuple[str, str]] = Counter()
        for one in self._done:
            code = str(one.day.month) if by_month else one.country or "?"
            counts[code, one.kind] += 1
        codes = {code for code, _kind in counts}
        if by_month:
            ordered = sorted(codes, key=int)
        else:
            ordered = sorted(codes, key=lambda c: (-sum(counts[c, k] for k in _KINDS), c))
        name = _month if by_month else _country
        lines = [
            Counts(code, name(code), tuple(counts[code, kind] for kind in _KINDS))
            for code in ordered
        ]
        if len(lines) > 1:
            total = tuple(sum(line.numbers[place] for line in lines) for place in (0, 1))
            lines.append(Counts(_ALL, t("events.total"), total))
        first = t("events.month") if by_month else t("words.field.country")
        self.table.set_lines((first, t("events.visits"), t("events.promotions")), lines)
        self.table.setVisible(bool(lines))

    def behind(self) -> list[Done]:
        """Return the records behind what is chosen."""
        by, code, kind = self._chosen
        return [
            one
            for one in self._done
            if (not kind or one.kind == kind)
            and (by != "month" or one.day.month == int(code))
            and (by != "country" or (one.country or "?") == code)
        ]

    def _show_list(self) -> None:
        by, code, kind = self._chosen
        self.chart.set_current(int(code) if by == "month" else 0)
        shown = self.behind()
        names = {"month": _month, "country": _country}
        said = [
            names[by](code) if by else "",
            t("events.visits") if kind == "meetings" else "",
            t("events.promotions") if kind == "events" else "",
        ]
        what = " · ".join(filter(None, said)) or t("events.latest")
        self.list.set_entries(f"{what}  {len(shown)}", [_entry(one) for one in shown])
        self.all_button.setVisible(bool(by or kind))


def _month(code: str) -> str:
    return month_name(int(code))


def _country(code: str) -> str:
    return word("country", code) if code != "?" else t("events.no_country")


def _entry(one: Done) -> Entry:
    concept = "meeting_kind" if one.kind == "meetings" else "event_kind"
    pill = Pill(word(concept, one.code), "accent" if one.kind == "meetings" else "good")
    text = one.title or one.company or word(concept, one.code)
    company = one.company if one.company != text else ""
    note = " · ".join(filter(None, (f"{one.day:%m-%d}", company)))
    return Entry(one.kind, one.id, text, note, pill if one.code else None)
