"""Writes a trip's programme as a calendar: each meeting and transfer in the zone of its place."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.db.log import moment_of
from desktop_app.db.log_tables import change
from desktop_app.domain.formats import zone_of
from desktop_app.domain.words import MeetingStatus
from desktop_app.i18n import t, word
from desktop_app.services.meeting_reading import MeetingDetail
from desktop_app.services.trip_reading import TripDetail, trip_detail
from desktop_app.services.whole_file import write_whole

Row = Mapping[str, Any]
Progress = Callable[[int, int], None]

_PRODUCT = "-//Invest Desk//Programme//EN"
# A visit whose end nobody wrote down: long enough to keep the next hour free.
_USUAL_LENGTH = dt.timedelta(hours=1)
_TEXTS = ("talking_points", "asks", "offers", "materials", "transfer", "dress", "interpreter")


@dataclass
class CalendarDone:
    """How many entries a calendar has, and the names of what has no time and was left out."""

    count: int = 0
    left_out: list[str] = field(default_factory=list)

    def remarks(self) -> list[str]:
        """Return what was left out, in sentences."""
        return [t("export.no_time", name=name) for name in self.left_out]


@dataclass(frozen=True)
class _Stamp:
    """When a record was last altered, and how often."""

    at: dt.datetime
    times: int


@dataclass(frozen=True)
class _Maker:
    """What all entries of one calendar share."""

    lang: str
    now: dt.datetime
    stamps: Mapping[str, _Stamp]

    def event(self, record_id: str, summary: str) -> Any:
        """Return the entry of a record, with neither time nor place."""
        return _event(record_id, summary, self.stamps.get(record_id), self.now)


def export_trip(
    session: Session,
    trip_id: str,
    path: Path,
    *,
    lang: str,
    now: dt.datetime,
    progress: Progress | None = None,
) -> CalendarDone:
    """Write the programme of a trip, whole or not at all.

    Args:
        session: only read from.
        trip_id: the trip.
        path: the file to write or replace.
        lang: ``zh`` or ``en``.
        now: when the calendar is made; it has a zone.
        progress: told entries made and entries in all; may raise to stop.

    Raises:
        DeskError: ``cannot_write``, or there is no such trip.
    """
    detail = trip_detail(session, trip_id)
    ids = [m.fields["id"] for m in detail.meetings] + [leg["id"] for leg in detail.legs]
    calendar, done = _calendar(detail, _Maker(lang, now, _stamps(session, ids)), progress)
    # The zones' rules for these years only: the whole of them is ten times the programme.
    days = [event.start for event in calendar.events]
    if days:
        first, last = min(d.year for d in days), max(d.year for d in days)
        calendar.add_missing_timezones(dt.date(first, 1, 1), dt.date(last + 1, 12, 31))
    write_whole(path, calendar.to_ical())
    return done


def _calendar(
    detail: TripDetail, maker: _Maker, progress: Progress | None
) -> tuple[Any, CalendarDone]:
    """Return the calendar of a trip, and what it holds."""
    from icalendar import Calendar

    trip, lang = detail.trip, maker.lang
    names = (trip["title"], trip["title_en"])
    title = next((n for n in (names if lang == "zh" else names[::-1]) if n), "")
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title or t("export.calendar.untitled", lang))
    done = CalendarDone()
    total = len(detail.meetings) + len(detail.legs)
    for number, (add, record) in enumerate(_entries(detail), 1):
        event = add(record, maker)
        if event is None:
            done.left_out.append(_name(record, lang))
        else:
            calendar.add_component(event)
            done.count += 1
        if progress is not None:
            progress(number, total)
    return calendar, done


def _entries(detail: TripDetail) -> Iterable[tuple[Callable[..., Any], Any]]:
    """Yield the transfers and meetings of a trip, each with what makes its entry."""
    for leg in detail.legs:
        yield _leg, leg
    for meeting in detail.meetings:
        yield _meeting, meeting


def _stamps(session: Session, ids: list[str]) -> dict[str, _Stamp]:
    """Return when each record was last altered and how often, as the log has it."""
    query = (
        select(change.c.row, func.max(change.c.hlc), func.count())
        .where(change.c.row.in_([bytes.fromhex(one) for one in ids]))
        .group_by(change.c.row)
    )
    return {
        row.hex(): _Stamp(moment_of(hlc).replace(microsecond=0), times - 1)
        for row, hlc, times in session.execute(query)
    }


def _event(record_id: str, summary: str, stamp: _Stamp | None, now: dt.datetime) -> Any:
    """Return an entry that stays the same one however often the calendar is written."""
    from icalendar import Event

    event = Event()
    event.add("uid", f"{record_id}@invest-desk")
    event.add("summary", summary)
    event.add("dtstamp", now.astimezone(dt.UTC).replace(microsecond=0))
    if stamp is not None:
        event.add("last-modified", stamp.at)
        event.add("sequence", stamp.times)
    return event


def _meeting(found: MeetingDetail, maker: _Maker) -> Any:
    """Return the entry of a meeting, None for one without a time."""
    meeting, lang = found.fields, maker.lang
    start = meeting["starts_at"]
    if start is None:
        return None
    cancelled = meeting["status"] == MeetingStatus.CANCELLED
    name = _name(found, lang)
    summary = t("export.calendar.cancelled", lang, name=name) if cancelled else name
    event = maker.event(meeting["id"], summary)
    zone = zone_of(meeting["zone"])
    end = meeting["ends_at"]
    if end is None or end <= start:
        end = start + _USUAL_LENGTH
    event.add("dtstart", start.astimezone(zone))
    event.add("dtend", end.astimezone(zone))
    place = _place(meeting)
    if place:
        event.add("location", place)
    if meeting["lat_e6"] is not None and meeting["lon_e6"] is not None:
        event.add("geo", (meeting["lat_e6"] / 1e6, meeting["lon_e6"] / 1e6))
    event.add("description", _meeting_text(found, lang))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    if not cancelled:
        event.add_component(_alarm(name, dt.timedelta(hours=-1)))
    return event


def _leg(leg: Row, maker: _Maker) -> Any:
    """Return the entry of a transfer, which ends by the clock of where it arrives."""
    start, end = leg["departs_at"], leg["arrives_at"]
    if start is None:
        return None
    summary = _name(leg, maker.lang)
    event = maker.event(leg["id"], summary)
    if end is None or end <= start:
        end = start + _USUAL_LENGTH
        event.add("dtend", end.astimezone(zone_of(leg["from_zone"])))
    else:
        event.add("dtend", end.astimezone(zone_of(leg["to_zone"] or leg["from_zone"])))
    event.add("dtstart", start.astimezone(zone_of(leg["from_zone"])))
    if leg["from_place"]:
        event.add("location", leg["from_place"])
    parts = [(word("field", name, maker.lang), leg[name]) for name in ("booking", "notes")]
    text = "\n".join(_said(label, value, maker.lang) for label, value in parts if value)
    if text:
        event.add("description", text)
    event.add("status", "CONFIRMED")
    event.add_component(_alarm(summary, dt.timedelta(days=-1)))
    return event


def _alarm(text: str, before: dt.timedelta) -> Any:
    """Return a reminder some time before an entry begins."""
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", before)
    return alarm


def _place(meeting: Row) -> str:
    """Return where a meeting is, each part once."""
    parts: list[str] = []
    for name in ("place", "address", "city"):
        text = meeting[name]
        if text and not any(text in part for part in parts):
            parts.append(text)
    return ", ".join(parts)


def _meeting_text(found: MeetingDetail, lang: str) -> str:
    """Return what is read on the way in: why, with whom, what to say; never the red lines."""
    meeting = found.fields
    blocks = []
    reason = meeting["cancel_reason"]
    if meeting["status"] == MeetingStatus.CANCELLED and reason:
        blocks.append(_said(word("field", "cancel_reason", lang), reason, lang))
    company = found.company or {}
    firm = " · ".join(dict.fromkeys(n for n in (company.get("name"), company.get("name_zh")) if n))
    if firm:
        blocks.append(_said(word("field", "company", lang), firm, lang))
    for name in ("objective", "wished_outcome"):
        if meeting[name]:
            blocks.append(_said(word("field", name, lang), meeting[name], lang))
    theirs = [_person(person) for person in found.contacts]
    ours = [person["name"] or "" for person in found.members]
    for key, people in (("theirs", theirs), ("ours", ours)):
        if people:
            label = t(f"export.calendar.{key}", lang)
            blocks.append(_said(label, "\n".join(people), lang))
    for name in _TEXTS:
        if meeting[name]:
            blocks.append(_said(word("field", name, lang), meeting[name], lang))
    return "\n\n".join(blocks)


def _person(person: Row) -> str:
    """Return a person of theirs with title and number to ring."""
    names = dict.fromkeys(n for n in (person["name"], person["name_zh"]) if n)
    parts = (" ".join(names), person["title"], person["mobile"] or person["phone"])
    return " · ".join(p for p in parts if p)


def _said(label: str, text: str, lang: str) -> str:
    """Return a labelled text; one of several lines begins below its label."""
    colon = "：" if lang == "zh" else ": "
    return f"{label}{colon.rstrip()}\n{text}" if "\n" in text else f"{label}{colon}{text}"


def _name(record: Any, lang: str) -> str:
    """Return what an entry is called."""
    if isinstance(record, MeetingDetail):
        names = (record.fields["title"], record.name)
        return next((n for n in names if n), t("export.calendar.untitled", lang))
    kind = word("leg_kind", record["kind"], lang)
    places = " → ".join(p for p in (record["from_place"], record["to_place"]) if p)
    return " ".join(p for p in (kind, record["number"], places) if p)
