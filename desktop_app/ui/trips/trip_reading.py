"""What the trips view shows of a trip, worded for the screen."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop_app.domain import formats
from desktop_app.i18n import language, t, word
from desktop_app.services import follow_ups, trips
from desktop_app.ui.trips.checks_panel import CheckLine
from desktop_app.ui.trips.programme import duration, leg_title, place_name, programme_rows
from desktop_app.ui.trips.programme_model import ProgrammeRow
from desktop_app.ui.trips.trip_list import TripLine
from desktop_app.ui.widgets.pill import Pill
from desktop_app.ui.widgets.record_cards import CardText

Row = Mapping[str, Any]
Records = list[tuple[CardText, Row]]

# Which field mends a warning, by the check's key.
_COLUMNS = {
    "no_contact": "contact",
    "no_address": "address",
    "no_objective": "objective",
    "overlap": "starts_at",
    "transfer_short": "starts_at",
    "holiday_there": "starts_at",
    "sunday_there": "starts_at",
    "notice_missing": "notice_on",
    "notice_short": "notice_on",
    "report_late": "reported_on",
    "passport_return_late": "passports_returned_on",
    "days_unknown": "starts_on",
    "days_over": "ends_on",
    "passport_unknown": "passport_expires_on",
    "passport_short": "passport_expires_on",
    "visa_to_apply": "visa_state",
    "visa_refused": "visa_state",
}
_PILLS = {
    "no_objective": "objective",
    "no_address": "address",
    "no_contact": "contact",
    "overlap": "overlap",
    "transfer_short": "transfer",
    "holiday_there": "holiday",
    "sunday_there": "holiday",
}
_STATUS_PILLS = {"approved": "accent", "travelling": "accent", "reported": "good"}


@dataclass
class TripScreen:
    """One trip, ready to be shown."""

    detail: trips.TripDetail
    follow_ups: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    pills: dict[str, tuple[Pill, ...]] = field(default_factory=dict)

    @property
    def trip(self) -> dict[str, Any]:
        """Return the trip's columns."""
        return self.detail.trip

    def meeting(self, meeting_id: str) -> trips.MeetingDetail | None:
        """Return one of the trip's meetings."""
        return next((m for m in self.detail.meetings if m.fields["id"] == meeting_id), None)

    def rows(self) -> list[ProgrammeRow]:
        """Return the lines of the programme."""
        holidays = {}
        for day in self.detail.days:
            if day.holiday is not None:
                names = (day.holiday.name_zh, day.holiday.name)
                holidays[day.day] = names[0] if language() == "zh" else names[1]
        meetings = [meeting_fields(m) for m in self.detail.meetings]
        detail = self.detail
        return programme_rows(
            detail.trip, detail.stops, detail.legs, meetings, self.pills, holidays
        )

    def checks(self) -> list[CheckLine]:
        """Return the checks in words, warnings first."""
        kinds = {d["id"]: "delegate" for d in self.detail.delegates}
        kinds |= {m.fields["id"]: "meeting" for m in self.detail.meetings}
        lines = []
        for check in self.detail.checks:
            key = check.record_ids[0] if check.record_ids else ""
            warns = check.level == "warn"
            line = CheckLine(
                warns,
                trips.check_text(check),
                trips.check_source(check) if warns else "",
                kinds.get(key, "trip"),
                key,
                _COLUMNS.get(check.key, ""),
            )
            lines.append(line)
        return lines

    def delegates(self) -> Records:
        """Return the delegation, each with its line."""
        warned = {
            key: check.rule
            for check in self.detail.checks
            if check.level == "warn" and check.rule in ("passport", "visa")
            for key in check.record_ids
        }
        result: Records = []
        for person in self.detail.delegates:
            parts = [word("delegate_role", person["role"]), person["duty"], person["languages"]]
            rule = warned.get(person["id"])
            name = person["member_name_en" if language() == "en" else "member_name"]
            text = CardText(
                person["id"],
                str(name or t("trips.field.name")),
                " · ".join(str(p) for p in parts if p),
                t(f"trips.pill.{rule}") if rule else "",
            )
            result.append((text, {**person, "name": person["member_name"]}))
        return result

    def stops(self) -> Records:
        """Return the stops in order, each with its line."""
        result: Records = []
        for number, stop in enumerate(self.detail.stops, 1):
            days = " – ".join(
                formats.short_date(d, None, language())
                for d in (stop["arrives_on"], stop["departs_on"])
                if d
            )
            parts = [days, word("country", stop["country"]), stop["hotel"]]
            title = f"{number}  {place_name(stop)}"
            detail = " · ".join(str(p) for p in parts if p)
            result.append((CardText(stop["id"], title, detail), stop))
        return result

    def legs(self) -> Records:
        """Return the transfers in order, each with its line."""
        result: Records = []
        for leg in self.detail.legs:
            leaves, arrives = leg["departs_at"], leg["arrives_at"]
            when = ""
            if leaves:
                there = formats.local(leaves, leg["from_zone"])
                when = f"{formats.short_date(there.date(), None, language())} {there:%H:%M}"
            length = duration(arrives - leaves) if leaves and arrives else ""
            number = leg["number"] or word("leg_kind", leg["kind"])
            parts = " · ".join(filter(None, (when, number, length)))
            result.append((CardText(leg["id"], leg_title(leg), parts), leg))
        return result

    def subtitle(self) -> str:
        """Return the trip's dates and size in one line."""
        trip = self.trip
        dates = formats.date_range(trip["starts_on"], trip["ends_on"], language())
        count = 0
        if trip["starts_on"] and trip["ends_on"]:
            count = (trip["ends_on"] - trip["starts_on"]).days + 1
        size = t(
            "trips.counts",
            days=count,
            stops=len(self.detail.stops),
            meetings=len(self.detail.meetings),
        )
        return f"{dates}  ·  {size}" if dates else ""


def meeting_fields(meeting: trips.MeetingDetail) -> dict[str, Any]:
    """Return a meeting's columns with its company and lead by name."""
    company = meeting.company or {}
    names = (company.get("name"), company.get("name_zh"))
    return {
        **meeting.fields,
        "company": names[0] or names[1] or "",
        "lead": meeting.lead.title if meeting.lead else "",
        "country": meeting.fields["country"] or company.get("country"),
    }


def attendees_of(meeting: trips.MeetingDetail) -> list[dict[str, Any]]:
    """Return the people at a meeting, theirs first."""
    people = []
    for contact in meeting.contacts:
        detail = " · ".join(str(p) for p in (contact["title"], contact["languages"]) if p)
        people.append(
            {
                "id": contact["id"],
                "contact_id": contact["id"],
                "name": contact["name"] or contact["name_zh"],
                "detail": detail,
            }
        )
    for member in meeting.members:
        people.append(
            {
                "id": member["id"],
                "member_id": member["id"],
                "name": member["name"],
                "detail": member["role"] or "",
            }
        )
    return people


def read_trip(session: Any, trip_id: str) -> TripScreen:
    """Read a trip with all that its screen shows."""
    detail = trips.trip_detail(session, trip_id)
    screen = TripScreen(detail)
    meeting_ids = {m.fields["id"] for m in detail.meetings}
    for row in follow_ups.follow_up_rows(session):
        if row.meeting_id in meeting_ids:
            due = formats.short_date(row.due_on, None, language())
            text = t("trips.follow_up_due", title=row.title, due=due) if due else row.title
            screen.follow_ups.setdefault(row.meeting_id or "", []).append((row.id, text))
    screen.pills = _pills(detail.checks)
    return screen


def _pills(checks: Iterable[Any]) -> dict[str, tuple[Pill, ...]]:
    """Return the warnings of each meeting as pills; a long transfer marks the later one."""
    found: dict[str, dict[str, Pill]] = {}
    for check in checks:
        name = _PILLS.get(check.key)
        if name is None or check.level != "warn":
            continue
        ids = check.record_ids[:1] if check.key == "transfer_short" else check.record_ids
        for key in ids:
            found.setdefault(key, {})[name] = Pill(t(f"trips.pill.{name}"), "warn")
    return {key: tuple(pills.values()) for key, pills in found.items()}


def trip_lines(rows: Sequence[trips.TripRow], today: dt.date) -> list[TripLine]:
    """Return the list of trips: those to come nearest first, then the past latest first."""
    undated = [r for r in rows if r.starts_on is None]
    coming = [r for r in rows if r.starts_on and (r.ends_on or r.starts_on) >= today]
    past = [r for r in rows if r.starts_on and (r.ends_on or r.starts_on) < today]
    coming.sort(key=lambda r: r.starts_on or today)
    past.sort(key=lambda r: r.starts_on or today, reverse=True)
    lines: list[TripLine] = []
    for key, group in (("upcoming", coming), ("undated", undated), ("past", past)):
        if group:
            lines.append(TripLine("", t(f"trips.{key}")))
            lines += [_line(row) for row in group]
    return lines


def _line(row: trips.TripRow) -> TripLine:
    """Return a trip's place in the list."""
    names = (row.title, row.title_en) if language() == "zh" else (row.title_en, row.title)
    return TripLine(
        row.id,
        names[0] or names[1] or t("trips.untitled"),
        formats.date_range(row.starts_on, row.ends_on, language()),
        t("trips.comma").join(word("country", c) for c in row.countries),
        word("trip_status", row.status),
        _STATUS_PILLS.get(row.status, "neutral"),
        row.starts_on,
    )
