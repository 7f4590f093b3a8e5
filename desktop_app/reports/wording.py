"""Dates, times and short phrases as paper words them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from desktop_app.domain import formats
from desktop_app.domain.formats import BEIJING, zone_of
from desktop_app.reports.bilingual import BOTH, each, pair, pick

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def weekday(day: dt.date, lang: str) -> str:
    """Return the day of the week."""
    return each(lang, lambda one: formats.weekday(day, one))


def long_date(day: dt.date | None, lang: str) -> str:
    """Return a day as ``2026年11月16日`` or ``16 Nov 2026``."""
    return each(lang, lambda one: formats.long_date(day, one))


def long_day(day: dt.date | None, lang: str) -> str:
    """Return a day as ``2026年11月16日（周一）`` or ``Mon 16 Nov 2026``."""
    if day is None:
        return ""
    if lang == BOTH:
        return pair(long_day(day, "zh"), long_day(day, "en"))
    if lang == "zh":
        return f"{day.year}年{day.month}月{day.day}日（{weekday(day, lang)}）"
    return f"{weekday(day, lang)} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_day(day: dt.date | None, lang: str) -> str:
    """Return a day of the trip as ``11月16日 周一`` or ``Mon 16 Nov``."""
    if day is None:
        return ""
    if lang == BOTH:
        return pair(short_day(day, "zh"), short_day(day, "en"))
    if lang == "zh":
        return f"{day.month}月{day.day}日 {weekday(day, lang)}"
    return f"{weekday(day, lang)} {day.day} {_MONTHS[day.month - 1]}"


def plain_day(day: dt.date | None) -> str:
    """Return a day as ``2026-11-16``."""
    return "" if day is None else day.isoformat()


def month_day(day: dt.date | None, lang: str) -> str:
    """Return a day without its weekday: ``11月24日`` or ``24 Nov``."""
    if day is None:
        return ""
    if lang == BOTH:
        return pair(month_day(day, "zh"), month_day(day, "en"))
    return f"{day.month}月{day.day}日" if lang == "zh" else f"{day.day} {_MONTHS[day.month - 1]}"


def days(first: dt.date | None, last: dt.date | None, lang: str) -> str:
    """Return a span of days."""
    if lang == BOTH:
        return pair(days(first, last, "zh"), days(first, last, "en"))
    words = [long_day(day, lang) for day in dict.fromkeys((first, last)) if day]
    return ("至" if lang == "zh" else " – ").join(words)


def local(moment: dt.datetime | None, zone: Any) -> dt.datetime | None:
    """Return a moment by the clock of a zone."""
    return None if moment is None else moment.astimezone(zone_of(zone))


def clock(start: dt.datetime | None, end: dt.datetime | None = None, zone: Any = None) -> str:
    """Return ``14:30–16:00`` by the clock of a zone; a later day is marked ``+1``."""
    if start is None:
        return ""
    tz = zone_of(zone)
    first = start.astimezone(tz)
    text = f"{first:%H:%M}"
    if end is not None:
        last = end.astimezone(tz)
        later = (last.date() - first.date()).days
        text += f"–{last:%H:%M}" + (f" (+{later})" if later else "")
    return text


def beijing_clock(start: dt.datetime | None, end: dt.datetime | None, zone: Any) -> str:
    """Return the same time in Beijing, marked where it is another day there."""
    if start is None:
        return ""
    here = start.astimezone(zone_of(zone)).date()
    there = start.astimezone(BEIJING)
    shift = (there.date() - here).days
    text = f"{there:%H:%M}" + (f" ({shift:+d})" if shift else "")
    if end is not None:
        last = end.astimezone(BEIJING)
        later = (last.date() - here).days
        text += f"–{last:%H:%M}" + (f" ({later:+d})" if later and later != shift else "")
    return text


def joined(parts: Iterable[Any], lang: str) -> str:
    """Return the texts that are there as a list within a sentence."""
    return sign(lang, "、", ", ").join(str(part) for part in parts if part)


def sign(lang: str, zh: str, en: str) -> str:
    """Return a mark between words as the language has it."""
    return pick(lang, zh, en)


def dotted(parts: Iterable[Any]) -> str:
    """Return the texts that are there with middle dots between them."""
    return " · ".join(str(part) for part in parts if part)


def lines_of(text: Any) -> list[str]:
    """Return the points of a text, one a line, without marks of their own before them."""
    found = []
    for raw in str(text or "").splitlines():
        line = raw.strip()
        head = line.lstrip("0123456789")
        if head != line and head[:1] in (".", "、", ")", "）", "．"):
            # ``1. 用地`` is numbered anew; ``3.5亿`` is not a number of a list.
            line = head[1:] if not head[1:2].isdigit() else line
        line = line.lstrip("-•·*–— ").strip() if line[:1] in "-•·*–—" else line.strip()
        if line:
            found.append(line)
    return found
