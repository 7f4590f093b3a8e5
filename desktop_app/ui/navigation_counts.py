"""Counts behind the window what waits in each view, for the navigation."""

import datetime as dt
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from desktop_app.ui import background
from desktop_app.ui.store import Store

if TYPE_CHECKING:
    from desktop_app.services.counts import NavigationCounts

logger = logging.getLogger(__name__)


class Counter(QObject):
    """Counts once at a time; what is asked for meanwhile is counted once more, afterwards."""

    def __init__(
        self, store: Store, show: "Callable[[NavigationCounts], None]", parent: QObject
    ) -> None:
        """Stand by; ``show`` is told the counts in the window's thread."""
        super().__init__(parent)
        self._store, self._show = store, show
        self._running = self._again = False

    def count_soon(self) -> None:
        """Count in another thread: 100 ms at a hundred thousand leads."""
        from desktop_app.services.counts import navigation_counts

        if self._running:
            self._again = True
            return
        self._running, self._again = True, False
        workspace, today = self._store.workspace, dt.date.today()

        def work(_job: background.Job) -> "NavigationCounts":
            with workspace.look_aside() as connection:
                return navigation_counts(connection, today)

        background.run(work, self._on_counted, self._on_not_counted)

    def count_now(self) -> None:
        """Count while the caller waits."""
        from desktop_app.services.counts import navigation_counts

        self._show(self._store.look(navigation_counts, dt.date.today()))

    def _on_counted(self, counts: "NavigationCounts") -> None:
        self._running = False
        if not isValid(self):
            return
        if self._again:
            self.count_soon()
        else:
            self._show(counts)

    def _on_not_counted(self, error: Exception) -> None:
        """The old numbers stay; the next write counts again."""
        self._running = False
        logger.warning("Not counted: %s", error)
