"""Which week, month or year a report is about: the one before, the next, or by the calendar."""

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.formats import date_range
from desktop_app.i18n import language, t
from desktop_app.ui.widgets.buttons import button, icon_button, row
from desktop_app.ui.widgets.popup_fields import CalendarPopup


class PeriodPicker(QWidget):
    """Steps through weeks, months or years up to the current one."""

    chosen = Signal(object)

    def __init__(self) -> None:
        """Start with this week."""
        super().__init__()
        self._unit = "weekly"
        self._day = dt.date.today()
        layout = row(self, spacing=2)
        self.before = icon_button("chevron-left", t("papers.period_before"), lambda: self.step(-1))
        self.shown = button("", self.open_calendar, variant="link", tip=t("papers.period_choose"))
        self.after = icon_button("chevron-right", t("papers.period_after"), lambda: self.step(1))
        for widget in (self.before, self.shown, self.after):
            layout.addWidget(widget)

    def set_period(self, unit: str, day: dt.date) -> None:
        """Show the ``weekly``, ``monthly`` or ``yearly`` period of a day."""
        self._unit, self._day = unit, day
        first, last = self.span()
        if unit == "monthly":
            text = t("papers.month", year=first.year, month=first.month)
        elif unit == "yearly":
            text = t("papers.year", year=first.year)
        else:
            text = date_range(first, last, language())
        self.shown.setText(text)
        self.shown.setAccessibleName(f"{t('papers.period')}: {text}")
        self.after.setEnabled(last < dt.date.today())

    def day(self) -> dt.date:
        """Return the day of the period that its report is made for: the last one that is over."""
        return min(self.span()[1], dt.date.today())

    def span(self) -> tuple[dt.date, dt.date]:
        """Return the first and last day of the period."""
        day = self._day
        if self._unit == "yearly":
            return dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
        if self._unit == "monthly":
            first = day.replace(day=1)
            following = (first + dt.timedelta(days=32)).replace(day=1)
            return first, following - dt.timedelta(days=1)
        first = day - dt.timedelta(days=day.weekday())
        return first, first + dt.timedelta(days=6)

    def step(self, by: int) -> None:
        """Go a period back (-1) or on (+1)."""
        first, last = self.span()
        self._take(first - dt.timedelta(days=1) if by < 0 else last + dt.timedelta(days=1))

    def open_calendar(self) -> CalendarPopup:
        """Choose a day of the period wanted."""
        return CalendarPopup(self.shown, self._day, self._take)

    def _take(self, day: dt.date | None) -> None:
        self.set_period(self._unit, min(day or dt.date.today(), dt.date.today()))
        self.chosen.emit(self.day())
