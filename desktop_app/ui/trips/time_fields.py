"""Times as people write them, with the venue's zone beside them."""

import datetime as dt
import re
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.formats import local, zone_of
from desktop_app.i18n import t
from desktop_app.ui.widgets.popup_fields import DateField
from desktop_app.ui.widgets.text_fields import LineField

_TIME = re.compile(r"^(\d{1,2})(?:\s*[:：.时点h]\s*(\d{1,2})?|\s*(\d{2}))?\s*(分|半)?$")


def parse_time(text: str) -> dt.time | None:
    """Return the time of day that an entry means: ``9:30``, ``930``, ``9点半``, ``14h``.

    Raises:
        ValueError: there is no such time.
    """
    plain = text.strip().lower()
    if not plain:
        return None
    match = _TIME.match(plain)
    if match is not None:
        minutes = match.group(2) or match.group(3) or ("30" if match.group(4) == "半" else "0")
        if int(match.group(1)) < 24 and int(minutes) < 60:
            return dt.time(int(match.group(1)), int(minutes))
    raise ValueError(t("trips.time_wrong"))


def moment_of(day: dt.date, time: dt.time, zone: str | None) -> dt.datetime:
    """Return the UTC moment of a local day and time."""
    return dt.datetime.combine(day, time, zone_of(zone)).astimezone(dt.UTC)


class TimeField(LineField):
    """A time of day; empty is None."""

    def __init__(self, name: str, inplace: bool = True) -> None:
        """Show hours and minutes."""
        super().__init__(name, t("trips.time_hint"), inplace)
        self.setFixedWidth(66)

    def parse(self, text: str) -> dt.time | None:
        return parse_time(text)

    def words(self, value: Any) -> str:
        return "" if value is None else f"{value:%H:%M}"


class ZoneField(LineField):
    """An IANA zone such as Europe/Zurich; the city alone will do."""

    def parse(self, text: str) -> str | None:
        plain = text.strip().replace(" ", "_")
        if not plain:
            return None
        from zoneinfo import available_timezones

        folded = plain.casefold()
        for name in sorted(available_timezones()):
            if name.casefold() == folded or name.casefold().endswith(f"/{folded}"):
                return name
        raise ValueError(t("trips.zone_unknown"))


class MomentField(QWidget):
    """A local day and time that together are one UTC moment; ``zone`` says where."""

    edited = Signal(object)

    def __init__(self, name: str) -> None:
        """Show a day and a time."""
        super().__init__()
        self.zone: str | None = None
        self._value: dt.datetime | None = None
        self.day, self.time = DateField(name), TimeField(name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.day, 1)
        layout.addWidget(self.time)
        self.setFocusProxy(self.day)
        self.setAccessibleName(name)
        self.day.edited.connect(lambda _day: self._on_edited())
        self.time.edited.connect(lambda _time: self._on_edited())

    def value(self) -> dt.datetime | None:
        """Return the moment last set or committed."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show a moment on the clock of ``zone``."""
        self._value = value
        there = local(value, self.zone) if value else None
        self.day.set_value(there.date() if there else None)
        self.time.set_value(there.time() if there else None)

    def commit(self) -> bool:
        """Take what was typed."""
        return self.day.commit() and self.time.commit()

    def _on_edited(self) -> None:
        day, time = self.day.value(), self.time.value()
        moment = moment_of(day, time or dt.time(9), self.zone) if day else None
        if moment != self._value:
            self.set_value(moment)
            self.edited.emit(moment)
