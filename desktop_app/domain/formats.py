"""Dates, times and numbers as each language writes them, without a heavy library."""

import datetime as dt
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
_WEEKDAYS_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


def long_date(day: dt.date | None, lang: str = "zh") -> str:
    """Return ``2026年9月5日`` or ``5 Sep 2026``; nothing for None."""
    if day is None:
        return ""
    if lang == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"


def short_date(day: dt.date | None, today: dt.date | None = None, lang: str = "zh") -> str:
    """Return ``09-05``, with the year when it is not this year's; ``5 Sep`` in English."""
    if day is None:
        return ""
    other_year = today is not None and day.year != today.year
    if lang == "zh":
        return day.isoformat() if other_year else f"{day:%m-%d}"
    text = f"{day.day} {_MONTHS_EN[day.month - 1]}"
    return f"{text} {day.year}" if other_year else text


def weekday(day: dt.date, lang: str = "zh") -> str:
    """Return ``周三`` or ``Wed``."""
    return (_WEEKDAYS_ZH if lang == "zh" else _WEEKDAYS_EN)[day.weekday()]


def day_with_weekday(day: dt.date, lang: str = "zh") -> str:
    """Return ``11月18日（周三）`` or ``Wed 18 Nov``."""
    if lang == "zh":
        return f"{day.month}月{day.day}日（{weekday(day, lang)}）"
    return f"{weekday(day, lang)} {day.day} {_MONTHS_EN[day.month - 1]}"


def date_range(first: dt.date | None, last: dt.date | None, lang: str = "zh") -> str:
    """Return ``2026年11月16日至25日`` or ``16–25 Nov 2026``, naming what differs."""
    if first is None or last is None or first == last:
        return long_date(first or last, lang)
    if lang == "zh":
        end = f"{last.day}日"
        if last.month != first.month or last.year != first.year:
            end = f"{last.month}月{end}"
        if last.year != first.year:
            end = f"{last.year}年{end}"
        return f"{long_date(first)}至{end}"
    start = str(first.day)
    if last.month != first.month or last.year != first.year:
        start += f" {_MONTHS_EN[first.month - 1]}"
    if last.year != first.year:
        start += f" {first.year}"
    return f"{start}–{long_date(last, lang)}"


def zone_of(name: str | None) -> ZoneInfo:
    """Return the zone of an IANA name; Beijing's when there is none or it is unknown."""
    try:
        return ZoneInfo(name) if name else BEIJING
    except (KeyError, ValueError, OSError):
        return BEIJING


def local(moment: dt.datetime, zone: str | None) -> dt.datetime:
    """Return the moment on the clock of a place."""
    return moment.astimezone(zone_of(zone))


def clock(moment: dt.datetime, zone: str | None = None) -> str:
    """Return ``09:30`` on the clock of a place."""
    return f"{local(moment, zone):%H:%M}"


def clock_range(start: dt.datetime | None, end: dt.datetime | None, zone: str | None = None) -> str:
    """Return ``09:30–11:00`` on the clock of a place; the start alone without an end."""
    if start is None:
        return ""
    return clock(start, zone) if end is None else f"{clock(start, zone)}–{clock(end, zone)}"


def beijing_offset(moment: dt.datetime, zone: str | None) -> int:
    """Return how many hours Beijing's clock is ahead of the place's at that moment."""
    there = local(moment, zone).utcoffset() or dt.timedelta()
    beijing = moment.astimezone(BEIJING).utcoffset() or dt.timedelta()
    return round((beijing - there).total_seconds() / 3600)


def number(value: int | None) -> str:
    """Return a whole number with thousands separated."""
    return "" if value is None else f"{value:,}"
