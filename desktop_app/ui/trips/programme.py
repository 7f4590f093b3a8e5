"""From a trip's records to the lines of its programme."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtGui import QFontMetricsF

from desktop_app.domain import formats
from desktop_app.i18n import language, t, word
from desktop_app.ui import theme
from desktop_app.ui.fonts import font
from desktop_app.ui.trips.programme_delegate import day_width
from desktop_app.ui.trips.programme_model import DayHead, ProgrammeRow
from desktop_app.ui.widgets.pill import Pill

Row = Mapping[str, Any]
LEG_ICONS = {
    "flight": "plane",
    "train": "train-front",
    "car": "car",
    "bus": "bus",
    "ferry": "ship",
    "walk": "footprints",
}
# A programme beyond this is a slip of the pen in a date, not a trip.
MOST_DAYS = 60


def day_of(moment: dt.datetime | None, zone: str | None) -> dt.date | None:
    """Return the local day of a moment."""
    return formats.local(moment, zone).date() if moment else None


def days_of(trip: Row, meetings: Iterable[Row], legs: Iterable[Row]) -> list[dt.date]:
    """Return the days to show: all of the trip, and others that something is planned on."""
    first, last = trip.get("starts_on"), trip.get("ends_on")
    days: set[dt.date] = set()
    if first is not None:
        count = min(((last or first) - first).days, MOST_DAYS - 1)
        days.update(first + dt.timedelta(days=n) for n in range(count + 1))
    days.update(d for m in meetings if (d := day_of(m.get("starts_at"), m.get("zone"))))
    days.update(d for g in legs if (d := day_of(g.get("departs_at"), g.get("from_zone"))))
    return sorted(days)


def stop_on(day: dt.date, stops: Iterable[Row]) -> Row | None:
    """Return where the night after ``day`` is spent: the last stop that covers it."""
    found = None
    for stop in stops:
        arrives, departs = stop.get("arrives_on"), stop.get("departs_on")
        if arrives and departs and arrives <= day < departs:
            found = stop
    return found


def country_on(day: dt.date, stops: Iterable[Row], meetings: Iterable[Row]) -> str:
    """Return the country of a day: that of its first meeting, else of its stop."""
    for meeting in meetings:
        if meeting.get("country"):
            return str(meeting["country"])
    found = ""
    for stop in stops:
        arrives, departs = stop.get("arrives_on"), stop.get("departs_on")
        if arrives and arrives <= day <= (departs or arrives):
            found = str(stop.get("country") or "")
            if departs and day < departs:
                break
    return found


def place_name(record: Row) -> str:
    """Return a city's name in the language in use."""
    names = (record.get("city_zh"), record.get("city"))
    first, second = names if language() == "zh" else names[::-1]
    return str(first or second or "")


def beijing(start: dt.datetime, zone: str | None) -> tuple[str, str]:
    """Return Beijing's time of a moment for the line's end, and the sentence behind it."""
    ahead = formats.beijing_offset(start, zone)
    if not ahead:
        return "", t("trips.beijing_same")
    there, here = formats.local(start, zone), start.astimezone(formats.BEIJING)
    time = f"{here:%H:%M}"
    if here.date() > there.date():
        time = t("trips.next_day", time=time)
    elif here.date() < there.date():
        time = t("trips.previous_day", time=time)
    tip = "trips.beijing_tip" if ahead > 0 else "trips.beijing_tip_behind"
    return t("trips.beijing", time=time), t(tip, time=time, hours=abs(ahead))


def duration(length: dt.timedelta) -> str:
    """Return a length of time in words."""
    minutes = round(length.total_seconds() / 60)
    hours, minutes = divmod(minutes, 60)
    if hours and minutes:
        return t("trips.duration_hm", hours=hours, minutes=minutes)
    return t("trips.duration_h", hours=hours) if hours else t("trips.duration_m", minutes=minutes)


def meeting_name(meeting: Row) -> str:
    """Return what a meeting is called: its title, or its company when the title says no more."""
    title, company = str(meeting.get("title") or ""), str(meeting.get("company") or "")
    if company and re.split(r"：|: ", title, maxsplit=1)[-1].strip() == company:
        return company
    return title or company or t("trips.untitled_meeting")


def meeting_row(head: DayHead, meeting: Row, pills: tuple[Pill, ...]) -> ProgrammeRow:
    """Return the line of a meeting."""
    start, zone = meeting.get("starts_at"), meeting.get("zone")
    right, tip = beijing(start, zone) if start else ("", "")
    name = meeting_name(meeting)
    place = str(meeting.get("place") or "")
    if place in (name, meeting.get("company")):
        place = ""
    city = str(meeting.get("city") or "")
    # The city leads; a place that already says it needs no second time.
    parts = [city] if city and city.casefold() not in place.casefold() else []
    parts += [part for part in (place, str(meeting.get("transfer") or "")) if part]
    status = meeting.get("status")
    if status == "held":
        pills = (Pill(t("trips.pill.held"), "good"),)
    elif status == "cancelled":
        pills = (Pill(t("trips.pill.cancelled"), "neutral"),)
    time = formats.clock_range(start, meeting.get("ends_at"), zone) or t("trips.no_time")
    spoken = [head.number, head.weekday, time, name, *parts, right, *(p.text for p in pills)]
    return ProgrammeRow(
        "meeting",
        str(meeting["id"]),
        head,
        time,
        name,
        " · ".join(parts),
        right,
        tip,
        pills,
        struck=status == "cancelled",
        spoken=" ".join(filter(None, spoken)),
    )


def leg_title(leg: Row) -> str:
    """Return from where to where a transfer goes."""
    ends = (str(leg.get("from_place") or "…"), str(leg.get("to_place") or "…"))
    return t("trips.leg_way", start=ends[0], end=ends[1])


def leg_row(head: DayHead, leg: Row) -> ProgrammeRow:
    """Return the line of a transfer, each end on its own clock."""
    leaves, arrives = leg.get("departs_at"), leg.get("arrives_at")
    parts = [word("leg_kind", leg.get("kind")), str(leg.get("number") or "")]
    time = formats.clock(leaves, leg.get("from_zone")) if leaves else t("trips.no_time")
    if leaves and arrives:
        parts.append(duration(arrives - leaves))
        time += f"–{formats.clock(arrives, leg.get('to_zone'))}"
        later = day_of(arrives, leg.get("to_zone"))
        shift = (later - head.day).days if later else 0
        time += f" +{shift}" if shift > 0 else ""
    title = leg_title(leg)
    second = " · ".join(filter(None, parts))
    icon = LEG_ICONS.get(str(leg.get("kind")), "arrow-right")
    return ProgrammeRow(
        "leg",
        str(leg["id"]),
        head,
        time,
        title,
        second,
        icon=icon,
        spoken=f"{title} {time} {second}",
    )


def stay_row(head: DayHead, stop: Row) -> ProgrammeRow:
    """Return the line of a night."""
    city, hotel = place_name(stop), str(stop.get("hotel") or "")
    key = "trips.night_at" if hotel else "trips.night_in"
    text = t(key, city=city, hotel=hotel)
    return ProgrammeRow("stay", str(stop["id"]), head, title=text, icon="hotel", spoken=text)


def programme_rows(
    trip: Row,
    stops: Sequence[Row],
    legs: Sequence[Row],
    meetings: Sequence[Row],
    pills: Mapping[str, tuple[Pill, ...]],
    holidays: Mapping[dt.date, str],
) -> list[ProgrammeRow]:
    """Return all lines of a trip, day by day and in the order of their times.

    Args:
        trip: the trip's columns; the others are those of its records.
        stops: where the nights are spent.
        legs: the transfers.
        meetings: with ``company`` as a name.
        pills: the warnings of each meeting, by its id.
        holidays: what is to be known of a day at the venue, by the day.
    """
    rows: list[ProgrammeRow] = []
    days = days_of(trip, meetings, legs)
    for day in days:
        todays = [m for m in meetings if day_of(m.get("starts_at"), m.get("zone")) == day]
        todays.sort(key=lambda m: m["starts_at"])
        moves = [g for g in legs if day_of(g.get("departs_at"), g.get("from_zone")) == day]
        head = _head(day, country_on(day, stops, todays), holidays.get(day, ""))
        lines = [
            (m["starts_at"], meeting_row(head, m, pills.get(str(m["id"]), ()))) for m in todays
        ]
        lines += [(g["departs_at"], leg_row(head, g)) for g in moves]
        lines.sort(key=lambda line: line[0])
        shown = [row for _at, row in lines]
        night = stop_on(day, stops)
        if night is not None:
            shown.append(stay_row(head, night))
        if not lines:
            ends = {trip.get("starts_on"): "_first", trip.get("ends_on"): "_last"}
            text = t(f"trips.free_day{ends.get(day, '')}")
            shown.insert(0, ProgrammeRow("free", "", head, title=text, spoken=text))
        rows += shown
    unplaced = [m for m in meetings if not m.get("starts_at")]
    if unplaced and days:
        last = rows[-1].head
        rows += [meeting_row(last, m, pills.get(str(m["id"]), ())) for m in unplaced]
    return rows


def wrapped(text: str, most: int = 2) -> tuple[str, ...]:
    """Return a holiday's name in lines that fit the day's column; what is too long is cut."""
    # What stands in brackets explains the name: the tool tip has it in full.
    rest = (
        text.split("（", maxsplit=1)[0].split(" (", maxsplit=1)[0].split(";", maxsplit=1)[0].strip()
    )
    width = day_width() - 8
    metrics = QFontMetricsF(font(theme.SMALL))
    lines: list[str] = []
    while rest and len(lines) < most:
        end = len(rest)
        while end > 1 and metrics.horizontalAdvance(rest[:end]) > width:
            end -= 1
        if end < len(rest) and rest[:end].isascii() and " " in rest[:end]:
            end = rest.rindex(" ", 0, end)
        last = len(lines) == most - 1
        lines.append(rest.strip() if last else rest[:end].strip())
        rest = "" if last else rest[end:]
    return tuple(lines)


def _head(day: dt.date, country: str, holiday: str) -> DayHead:
    """Return the day's column: number, weekday and country, and what closes the venue."""
    number = f"{day.day}"
    weekday = formats.weekday(day, language())
    if country:
        name = word("country", country)
        weekday = t("trips.day_head", weekday=weekday, country=name)
    mark = holiday
    if not mark and day.weekday() == 6:
        mark = t("trips.sunday") if language() == "en" else t("trips.sunday_rest")
    tip = " · ".join(filter(None, (formats.day_with_weekday(day, language()), mark)))
    return DayHead(day, number, weekday, wrapped(mark), tip)
