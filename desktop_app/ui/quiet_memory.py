"""Keeps the collector of unreachable objects from stopping the window while somebody works.

A full collection looks at every object there is: over 100 ms with a long list of leads, whichever
thread it falls into. Left to itself Python begins one in the midst of a sync. Here it waits until
nobody has touched the window for a while; the quick collections of young objects stay as they are.
"""

import gc
import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop_app.ui import background

#: So long nobody touched the window before everything is collected.
QUIET_S = 300.0
_LOOK_MS = 10_000
# A thread that computes gives way to the window after so long; Python's own 5 ms add up, since a
# turn of the event loop asks several times.
_GIVE_WAY_S = 0.001
_NEVER = 1_000_000
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
    }
)


class QuietMemory(QObject):
    """Collects everything when a window was left alone, and at no other time."""

    def __init__(self, window: QWidget) -> None:
        """Take over from Python's own timing, until the process ends."""
        super().__init__(window)
        self._window = window
        self._touched, self._collected = time.monotonic(), 0.0
        young, middle, _old = gc.get_threshold()
        gc.set_threshold(young, middle, _NEVER)
        sys.setswitchinterval(_GIVE_WAY_S)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_LOOK_MS)

    def look(self) -> None:
        """Collect once when nobody has touched the window for long enough."""
        handle = self._window.windowHandle()
        if handle is not None:
            # Only what the system sends to the window itself passes here; twice does no harm.
            handle.installEventFilter(self)
        quiet = time.monotonic() - self._touched >= QUIET_S
        if quiet and self._touched > self._collected and not background.busy():
            gc.collect()
            self._collected = time.monotonic()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._touched = time.monotonic()
        return False
