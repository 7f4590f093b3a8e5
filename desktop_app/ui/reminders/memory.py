"""What this laptop has told already, what was put off, and when it is to be quiet."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from desktop_app.services.reminders import Reminder
from desktop_app.settings import Settings

# What was told is forgotten when it can no longer come up.
_KEPT_DAYS = 200


def is_quiet(now: dt.time, first: str, last: str) -> bool:
    """Say whether a time lies in the quiet hours; they may go over midnight, or be none.

    Args:
        now: the time of this laptop.
        first: ``19:00``, from when on it is quiet.
        last: ``08:00``, until when.
    """
    try:
        begin, end = dt.time.fromisoformat(first), dt.time.fromisoformat(last)
    except ValueError:
        return False
    if begin == end:
        return False
    if begin < end:
        return begin <= now < end
    return now >= begin or now < end


def to_tell(settings: Settings, found: Sequence[Reminder], now: dt.datetime) -> list[Reminder]:
    """Return what is to be told now: not told before, or put off until now.

    A clock that was set back tells nothing twice, and what was put off comes when its time does.
    """
    told: dict[str, Any] = settings.told
    result = []
    for one in found:
        said = told.get(one.key)
        if said is None or (isinstance(said, dict) and _moment(said.get("until"), now) <= now):
            result.append(one)
    return result


def note_told(settings: Settings, found: Sequence[Reminder], now: dt.datetime) -> None:
    """Remember that these were told, and forget what was told long ago."""
    oldest = (now - dt.timedelta(days=_KEPT_DAYS)).date().isoformat()
    kept = {
        key: said
        for key, said in settings.told.items()
        if isinstance(said, dict) or (isinstance(said, str) and said >= oldest)
    }
    settings.told = kept | {one.key: now.date().isoformat() for one in found}


def put_off(settings: Settings, reminder: Reminder, until: dt.datetime) -> None:
    """Tell a reminder again at a moment."""
    settings.told = settings.told | {reminder.key: {"until": until.isoformat()}}


def _moment(text: object, now: dt.datetime) -> dt.datetime:
    """Return the moment of a text; one that cannot be read has come."""
    try:
        moment = dt.datetime.fromisoformat(str(text))
    except ValueError:
        return now
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=now.tzinfo)
