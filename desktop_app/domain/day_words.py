"""Days as people say them, in Chinese and English: 下周三, 月底, tomorrow, 5 March."""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from typing import NamedTuple

_DAY = dt.timedelta(days=1)
_ZH_DAYS = "一二三四五六日天"
_EN_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EN_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ZH_NUMBERS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_EN_NUMBERS = {
    w: n for n, w in enumerate("one two three four five six seven eight nine ten".split(), 1)
} | {"a": 1, "an": 1, "twelve": 12}
_N = r"(\d{1,3}|[一二两三四五六七八九十]{1,3})"
_EN_N = r"(\d{1,3}|" + "|".join(_EN_NUMBERS) + ")"
_WEEKDAY = r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"


class Said(NamedTuple):
    """A day found in a text, and where it stands there."""

    day: dt.date
    start: int
    end: int


def find_day(text: str, today: dt.date) -> Said | None:
    """Return the first day that a text speaks of; one without a year is the next to come.

    「下周三」 and "next Wednesday" are the Wednesday of the week after this one; 「周三」 and
    "Wednesday" alone the next to come.
    """
    found: list[Said] = []
    for pattern, meaning in _PATTERNS:
        for match in pattern.finditer(text):
            try:
                day = meaning(match, today)
            except (ValueError, OverflowError):
                continue
            found.append(Said(day, match.start(), match.end()))
            break
    # What says more wins where two begin at the same place: 下周三 over 周三.
    return min(found, key=lambda one: (one.start, -one.end), default=None)


def _number(text: str) -> int:
    """Return a number of digits or of words."""
    if text.isdigit():
        return int(text)
    if text.lower() in _EN_NUMBERS:
        return _EN_NUMBERS[text.lower()]
    tens, ten, ones = text.partition("十")
    if not ten:
        return _ZH_NUMBERS[text]
    return 10 * (_ZH_NUMBERS[tens] if tens else 1) + (_ZH_NUMBERS[ones] if ones else 0)


def _months_on(day: dt.date, months: int) -> dt.date:
    """Return a day so many months on, the last of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _month_end(day: dt.date, months: int = 0) -> dt.date:
    later = _months_on(day.replace(day=1), months)
    return later.replace(day=calendar.monthrange(later.year, later.month)[1])


def _in_week(today: dt.date, weeks: int, weekday: int) -> dt.date:
    """Return a day of the week that is so many weeks on, weeks beginning on Monday."""
    return today + (7 * weeks - today.weekday() + weekday) * _DAY


def _next(today: dt.date, weekday: int) -> dt.date:
    return today + ((weekday - today.weekday() - 1) % 7 + 1) * _DAY


def _to_come(today: dt.date, month: int, day: int) -> dt.date:
    """Return the next such day of the year, today included."""
    this = dt.date(today.year, month, day)
    return this if this >= today else dt.date(today.year + 1, month, day)


def _zh_weekday(sign: str) -> int:
    return min(_ZH_DAYS.index(sign), 6)


def _zh_week(match: re.Match[str], today: dt.date) -> dt.date:
    weekday = _zh_weekday(match[2])
    if not match[1]:
        return _next(today, weekday)
    return _in_week(today, match[1].count("下"), weekday)


def _zh_month_day(match: re.Match[str], today: dt.date) -> dt.date:
    months, day = match[1].count("下"), int(match[2])
    return _months_on(today.replace(day=1), months).replace(day=day)


def _units(match: re.Match[str], today: dt.date) -> dt.date:
    count, unit = _number(match[1]), match[2].lower()
    if unit in ("个月", "month"):
        return _months_on(today, count)
    return today + count * (1 if unit in ("天", "日", "day") else 7) * _DAY


def _words(offsets: dict[str, int]) -> Callable[[re.Match[str], dt.date], dt.date]:
    return lambda match, today: today + offsets[match[0].lower()] * _DAY


_ZH = {"今天": 0, "今日": 0, "今晚": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3}
_EN = {"today": 0, "tonight": 0, "tomorrow": 1, "the day after tomorrow": 2,
       "day after tomorrow": 2}  # fmt: skip


def _pattern(
    text: str, meaning: Callable[[re.Match[str], dt.date], dt.date]
) -> tuple[re.Pattern[str], Callable[[re.Match[str], dt.date], dt.date]]:
    return re.compile(text, re.IGNORECASE), meaning


_PATTERNS = (
    _pattern(r"(?<!\d)(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?:日|号|(?!\d))",
             lambda m, _today: dt.date(int(m[1]), int(m[2]), int(m[3]))),
    _pattern(r"(?<!\d)(\d{1,2})月(\d{1,2})[日号]?(?!\d)",
             lambda m, today: _to_come(today, int(m[1]), int(m[2]))),
    _pattern(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)",
             lambda m, _today: dt.date(int(m[3]), int(m[2]), int(m[1]))),
    _pattern(r"大后天|今天|今日|今晚|明天|明日|后天", _words(_ZH)),
    _pattern(r"(下下|下|本|这)?个?(?:周|星期|礼拜)([一二三四五六日天])", _zh_week),
    _pattern(r"(下下|下|本|这)个?月\s?(\d{1,2})[日号]", _zh_month_day),
    _pattern(r"(下下|下)?个?月底", lambda m, today: _month_end(today, (m[1] or "").count("下"))),
    _pattern(_N + r"\s?(天|日|周|个?星期|个?礼拜|个月)(?:之?后|以后|内)", _units),
    _pattern(r"\b(?:(?:the )?day after tomorrow|tomorrow|today|tonight)\b", _words(_EN)),
    _pattern(rf"\bnext\s+{_WEEKDAY}\b",
             lambda m, today: _in_week(today, 1, _EN_DAYS.index(m[1].lower()))),
    _pattern(rf"\b(?:on|by|this|until|till)\s+{_WEEKDAY}\b",
             lambda m, today: _next(today, _EN_DAYS.index(m[1].lower()))),
    _pattern(r"\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
             lambda m, today: _next(today, _EN_DAYS.index(m[1].lower()[:3]))),
    _pattern(rf"\bin\s+{_EN_N}\s+(day|week|month)s?\b", _units),
    _pattern(r"\bnext week\b", lambda _m, today: _in_week(today, 1, 0)),
    _pattern(r"\bnext month\b", lambda _m, today: _months_on(today.replace(day=1), 1)),
    _pattern(r"\b(?:the )?end of (?:the |this )?month\b", lambda _m, today: _month_end(today)),
    _pattern(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\.?\s+{_MONTH}(?:,?\s+(\d{{4}}))?(?!\w)",
             lambda m, today: _english(today, m[2], m[1], m[3])),
    _pattern(rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(\d{{4}}))?(?!\w)",
             lambda m, today: _english(today, m[1], m[2], m[3])),
)  # fmt: skip


def _english(today: dt.date, month: str, day: str, year: str | None) -> dt.date:
    number = _EN_MONTHS.index(month.lower()[:3]) + 1
    if year is None:
        return _to_come(today, number, int(day))
    return dt.date(int(year), number, int(day))
