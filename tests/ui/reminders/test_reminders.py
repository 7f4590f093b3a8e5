"""Reminders in the window: told once, put off, quiet at night, and after a week asleep."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_app import i18n
from desktop_app.db.models import FollowUp, Meeting
from desktop_app.db.workspace import Workspace
from desktop_app.services.reminders import Digest, Reminder
from desktop_app.settings import Settings
from desktop_app.ui.reminders.memory import is_quiet, note_told, put_off, to_tell
from desktop_app.ui.reminders.reminder_clock import ReminderClock
from desktop_app.ui.reminders.reminder_list import ReminderList
from desktop_app.ui.reminders.tray import Tray, count_icon
from desktop_app.ui.shell import MainWindow
from desktop_app.ui.store import Store

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
ONE = Reminder("follow_up:1:2026-11-23", "follow_up", "follow-ups", "1", NOW, "寄方案", {"days": 0})


@pytest.mark.parametrize(
    ("now", "first", "last", "quiet"),
    [
        ("20:00", "19:00", "08:00", True),
        ("07:59", "19:00", "08:00", True),
        ("08:00", "19:00", "08:00", False),
        ("12:30", "12:00", "13:00", True),
        ("13:00", "12:00", "13:00", False),
        ("03:00", "08:00", "08:00", False),
        ("03:00", "late", "08:00", False),
    ],
)
def test_quiet_hours(now: str, first: str, last: str, quiet: bool) -> None:
    assert is_quiet(dt.time.fromisoformat(now), first, last) is quiet


def test_a_reminder_is_told_once_even_when_the_clock_is_set_back() -> None:
    settings = Settings()
    assert to_tell(settings, [ONE], NOW) == [ONE]
    note_told(settings, [ONE], NOW)
    assert to_tell(settings, [ONE], NOW + HOUR) == []
    assert to_tell(settings, [ONE], NOW - 48 * HOUR) == []


def test_what_was_put_off_comes_again_at_its_time_and_once() -> None:
    settings = Settings()
    note_told(settings, [ONE], NOW)
    put_off(settings, ONE, NOW + HOUR)
    assert to_tell(settings, [ONE], NOW + HOUR / 2) == []
    assert to_tell(settings, [ONE], NOW + HOUR) == [ONE]
    note_told(settings, [ONE], NOW + HOUR)
    assert to_tell(settings, [ONE], NOW + 2 * HOUR) == []


def test_what_was_told_long_ago_is_forgotten_and_torn_memory_does_no_harm() -> None:
    settings = Settings(told={"old": "2020-01-01", "torn": {"until": "never"}, "odd": 7})
    note_told(settings, [ONE], NOW)
    assert set(settings.told) == {"torn", ONE.key}
    torn = ONE._replace(key="torn")
    assert to_tell(settings, [torn], NOW) == [torn]


class Watch:
    """A clock that stands where a test puts it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[tuple[MainWindow, ReminderClock, Watch]]:
    i18n.set_language("zh")
    workspace = Workspace.open(tmp_path)
    with workspace.write("data") as session:
        session.add(FollowUp(title="寄地块方案", status="open", due_on=NOW.date()))
    settings = Settings(first_run_done=True, language="zh")
    window = MainWindow(Store(workspace), settings)
    qtbot.addWidget(window)
    watch = Watch()
    clock = ReminderClock(window.store, settings, window.save_settings, window, watch)
    window.reminders = clock
    yield window, clock, watch
    workspace.close()


def _look(clock: ReminderClock, qtbot: QtBot) -> list[Any]:
    said: list[Any] = []
    clock.told.connect(said.append)
    clock.morning_came.connect(said.append)
    with qtbot.waitSignal(clock.counted):
        clock.look()
    clock.told.disconnect(said.append)
    clock.morning_came.disconnect(said.append)
    return said


def test_the_day_begins_with_an_overview_and_then_tells_what_is_new(
    desk: tuple[MainWindow, ReminderClock, Watch], qtbot: QtBot
) -> None:
    window, clock, watch = desk
    assert _look(clock, qtbot) == [Digest(1, 0, 0, 0)]
    assert _look(clock, qtbot) == []
    with window.store.workspace.write("plan") as session:
        session.add(Meeting(title="会谈", status="planned", starts_at=NOW + 2 * HOUR))
    watch.now += HOUR
    ((told,),) = _look(clock, qtbot)
    assert told.code == "meeting"


def test_at_night_nothing_is_told_and_in_the_morning_it_comes(
    desk: tuple[MainWindow, ReminderClock, Watch], qtbot: QtBot
) -> None:
    _window, clock, watch = desk
    watch.now = NOW.replace(hour=22)
    assert _look(clock, qtbot) == []
    watch.now += dt.timedelta(hours=11)
    assert _look(clock, qtbot) == [Digest(0, 1, 0, 0)]


def test_a_laptop_asleep_for_a_week_tells_what_matters_now(
    desk: tuple[MainWindow, ReminderClock, Watch], qtbot: QtBot
) -> None:
    window, clock, watch = desk
    _look(clock, qtbot)
    with window.store.workspace.write("plan") as session:
        session.add(Meeting(title="已过", status="planned", starts_at=NOW + 2 * HOUR))
    watch.now += dt.timedelta(days=7)
    assert _look(clock, qtbot) == [Digest(0, 1, 0, 0)]


def test_the_list_opens_a_record_and_puts_one_off(
    desk: tuple[MainWindow, ReminderClock, Watch], qtbot: QtBot
) -> None:
    window, clock, watch = desk
    _look(clock, qtbot)
    shown = ReminderList(window, clock)
    buttons = {one.text(): one for one in shown.findChildren(QPushButton)}
    buttons["1 小时后提醒"].click()
    watch.now += HOUR / 2
    assert _look(clock, qtbot) == []
    watch.now += HOUR
    ((told,),) = _look(clock, qtbot)
    assert told.title == "寄地块方案"
    buttons["打开"].click()
    assert window.view("follow-ups").selected_id() == told.id


def test_without_a_tray_a_note_in_the_window_says_it(
    desk: tuple[MainWindow, ReminderClock, Watch], qtbot: QtBot
) -> None:
    window, clock, _watch = desk
    tray = Tray(window, clock, window.show_reminders)
    assert tray.icon is None
    _look(clock, qtbot)
    assert window._toast is not None
    assert "到期跟进 1 项" in window._toast.accessibleName()


def test_the_icon_carries_the_count(qtbot: QtBot) -> None:
    assert count_icon(3).pixmap(64).toImage() != count_icon(0).pixmap(64).toImage()
    assert count_icon(150).pixmap(64).toImage() == count_icon(99).pixmap(64).toImage()


def test_a_reminder_waits_until_what_was_just_done_has_been_told(
    desk: tuple[MainWindow, ReminderClock, Watch], qtbot: QtBot
) -> None:
    window, clock, _watch = desk
    window.show()
    Tray(window, clock, window.show_reminders)
    window.toast("已删除")
    _look(clock, qtbot)
    done = window._toast
    assert done is not None
    assert done.accessibleName() == "已删除"
    done.close()
    qtbot.waitUntil(lambda: window._toast is not done, timeout=8_000)
    assert window._toast is not None
    assert "到期跟进" in window._toast.accessibleName()
