"""Everything is collected only when nobody works in the window."""

import gc
import sys
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui import quiet_memory
from desktop_app.ui.quiet_memory import QuietMemory


class Ring:
    """Refers to itself, so that only the collector frees it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    before, interval = gc.get_threshold(), sys.getswitchinterval()
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.show()
    yield shown
    gc.set_threshold(*before)
    sys.setswitchinterval(interval)


def old_rubbish() -> "weakref.ref[Ring]":
    """Return a reference to what only a full collection finds."""
    ring = Ring()
    gc.collect()
    return weakref.ref(ring)


def test_rubbish_goes_when_the_window_was_left_alone(
    window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = QuietMemory(window)
    rubbish = old_rubbish()
    memory.look()
    assert rubbish() is not None

    monkeypatch.setattr(quiet_memory, "QUIET_S", 0.0)
    memory.look()
    assert rubbish() is None


def test_a_key_counts_as_work(window: QWidget, qtbot: QtBot) -> None:
    memory = QuietMemory(window)
    memory.look()
    memory._touched = 0.0
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_A)
    assert memory._touched > 0.0
