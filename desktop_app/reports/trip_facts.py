"""What a trip briefing prints, gathered from the detail of a trip."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from desktop_app.domain.trip_rules import Check
from desktop_app.reports.bilingual import pick
from desktop_app.reports.wording import local
from desktop_app.services.follow_ups import FollowUpRow
from desktop_app.services.trip_neighbours import Neighbour
from desktop_app.services.trips import MeetingDetail, TripDetail

Row = Mapping[str, Any]
EMPTY: Row = {}


@dataclasses.dataclass
class Sheet:
    """All facts of one meeting."""

    number: int
    meeting: Row
    company: Row
    lead: Row
    value: int | None
    readiness: str
    ours: Sequence[Row]
    theirs: Sequence[Row]
    promises: Sequence[FollowUpRow]
    history: Sequence[Row]
    travellers: Sequence[Row] = ()

    @property
    def key(self) -> str:
        """Return the key that links to this sheet."""
        return f"meeting-{self.number}"

    @property
    def start(self) -> dt.datetime | None:
        """Return when it begins, by the clock of the venue."""
        return local(self.meeting.get("starts_at"), self.meeting.get("zone"))

    def heading(self, lang: str) -> str:
        """Return the company's name, or the meeting's title where it has no company."""
        names = (self.company.get("name"), self.meeting.get("title"), self.company.get("name_zh"))
        if lang != "en" and not self.company.get("name"):
            names = (self.company.get("name_zh"), self.meeting.get("title"), None)
        return str(next((name for name in names if name), ""))

    def subtitle(self, lang: str) -> str:
        """Return the meeting's title where it says more than whom it is with."""
        title = str(self.meeting.get("title") or "")
        names = (self.heading(lang), self.company.get("name_zh"))
        return "" if any(name and name in title for name in names) else title


@dataclasses.dataclass
class Briefing:
    """All facts of a trip, in the order of paper."""

    trip: Row
    stops: Sequence[Row]
    legs: Sequence[Row]
    delegates: Sequence[Row]
    sheets: list[Sheet]
    checks: list[Check]
    neighbours: list[Neighbour] = dataclasses.field(default_factory=list)

    def title(self, lang: str) -> str:
        """Return the trip's title in a language, or in the other one."""
        return self.text("title", lang)

    def text(self, field: str, lang: str) -> str:
        """Return a text that a trip may hold in both languages."""
        other = self.trip.get(f"{field}_en")
        own = self.trip.get(field)
        return pick(lang, own, other)

    def countries(self) -> list[str]:
        """Return the countries of the stops and meetings outside China, in order."""
        codes = [stop.get("country") for stop in self.stops]
        codes += [sheet.meeting.get("country") for sheet in self.sheets]
        return list(dict.fromkeys(code for code in codes if code and code != "CN"))

    def cities(self) -> list[str]:
        """Return the cities of the stops outside China, each once, in order."""
        return list(
            dict.fromkeys(
                str(stop.get("city") or stop.get("city_zh"))
                for stop in self.stops
                if stop.get("country") != "CN" and (stop.get("city") or stop.get("city_zh"))
            )
        )

    def day_count(self) -> int:
        """Return the days of the trip, the first and the last one counted."""
        first, last = self.trip.get("starts_on"), self.trip.get("ends_on")
        return (last - first).days + 1 if first and last else 0

    def leads(self) -> list[tuple[Row, list[Sheet]]]:
        """Return each lead of the trip once, with the meetings that concern it."""
        found: dict[str, tuple[Row, list[Sheet]]] = {}
        for sheet in self.sheets:
            if sheet.lead:
                key = str(sheet.lead.get("id"))
                found.setdefault(key, (sheet.lead, []))[1].append(sheet)
        return list(found.values())


def person_name(person: Row, lang: str) -> str:
    """Return the name of a member or delegate in a language, or in the other one."""
    zh = person.get("member_name") or person.get("name")
    en = person.get("member_name_en") or person.get("name_en")
    return pick(lang, zh, en)


def briefing_facts(detail: TripDetail) -> Briefing:
    """Return the facts of a trip's detail; meetings in the order of time, undated ones last."""
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    meetings = sorted(detail.meetings, key=lambda found: found.fields["starts_at"] or far)
    places = {person["member_id"]: at for at, person in enumerate(detail.delegates)}
    sheets = [
        _sheet(number, found, places, detail.delegates) for number, found in enumerate(meetings, 1)
    ]
    return Briefing(
        detail.trip, detail.stops, detail.legs, detail.delegates, sheets, list(detail.checks)
    )


def _sheet(
    number: int, found: MeetingDetail, places: Mapping[str, int], travellers: Sequence[Row]
) -> Sheet:
    """Return the facts of one meeting; ours in the delegation's order."""
    return Sheet(
        number,
        found.fields,
        found.company or EMPTY,
        found.lead_fields,
        found.lead.value if found.lead else None,
        found.lead.readiness if found.lead else "",
        sorted(found.members, key=lambda person: places.get(person["id"], len(places))),
        found.contacts,
        found.promises,
        found.history,
        travellers,
    )
