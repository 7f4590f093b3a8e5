"""Looks every minute, in another thread, whether somebody is to be reminded of something."""

import datetime as dt
import logging
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.services.reminders import Digest, Reminder, digest, reminders
from desktop_app.settings import Settings
from desktop_app.ui import background
from desktop_app.ui.reminders import memory
from desktop_app.ui.store import Store

logger = logging.getLogger(__name__)
_LOOK_MS = 60_000
HOUR = dt.timedelta(hours=1)


class Found(NamedTuple):
    """What one look found."""

    now: dt.datetime
    all: list[Reminder]
    morning: Digest


def _laptop_time() -> dt.datetime:
    return dt.datetime.now().astimezone()


class ReminderClock(QObject):
    """Tells what is new; after a week asleep it tells what matters now, each thing once."""

    #: Carries the list of ``Reminder`` to be told now, and ``Digest`` once on each day.
    told = Signal(object)
    morning_came = Signal(object)
    #: Carries how much is due or overdue today.
    counted = Signal(int)

    def __init__(
        self,
        store: Store,
        settings: Settings,
        save: Callable[[], object],
        parent: QObject,
        clock: Callable[[], dt.datetime] = _laptop_time,
    ) -> None:
        """Begin to look.

        Args:
            store: to read through.
            settings: of this laptop; what was told is kept there.
            save: writes the settings.
            parent: the window.
            clock: returns the time with the zone of this laptop.
        """
        super().__init__(parent)
        self._store, self._settings, self._save, self._clock = store, settings, save, clock
        self._running = False
        self._quiet_until: dt.datetime | None = None
        #: All that is to be reminded of at the last look, told or not.
        self.current: list[Reminder] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_LOOK_MS)

    def look(self) -> None:
        """Look now, in the background."""
        workspace = self._store.workspace
        if self._running or workspace.away or not self._settings.reminders:
            return
        self._running = True
        now, me = self._clock(), self._settings.me

        def work(_job: background.Job) -> Found:
            with workspace.look_aside() as connection:
                return Found(now, reminders(connection, now, me), digest(connection, now, me))

        background.run(work, self._on_found, self._on_failed)

    def be_quiet(self, span: dt.timedelta = HOUR) -> None:
        """Tell nothing for a while; it comes afterwards."""
        self._quiet_until = self._clock() + span

    def put_off(self, reminder: Reminder, until: dt.datetime) -> None:
        """Tell a reminder again later."""
        memory.put_off(self._settings, reminder, until)
        self._save()

    def tomorrow_morning(self) -> dt.datetime:
        """Return nine o'clock of tomorrow on this laptop's clock."""
        day = self._clock() + dt.timedelta(days=1)
        return day.replace(hour=9, minute=0, second=0, microsecond=0)

    def now(self) -> dt.datetime:
        """Return the laptop's time."""
        return self._clock()

    def _on_found(self, found: Found) -> None:
        self._running = False
        self.current = found.all
        self.counted.emit(found.morning.due + found.morning.overdue)
        settings = self._settings
        quiet = self._quiet_until is not None and found.now < self._quiet_until
        if quiet or memory.is_quiet(found.now.time(), settings.quiet_from, settings.quiet_to):
            return
        new = memory.to_tell(settings, found.all, found.now)
        today = found.now.date().isoformat()
        morning = settings.morning_on != today
        if not new and not morning:
            return
        memory.note_told(settings, new, found.now)
        settings.morning_on = today
        self._save()
        if morning and any(found.morning):
            self.morning_came.emit(found.morning)
            # The overview has told of the follow-ups already; what is urgent is told singly.
            new = [one for one in new if one.code == "meeting"]
        if new:
            self.told.emit(new)

    def _on_failed(self, error: Exception) -> None:
        self._running = False
        logger.warning("No reminders: %s", error)
