"""What a trip report prints, and the words that several of its parts share."""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from desktop_app.reports.bilingual import pick, t, word
from desktop_app.reports.photos import Picture, load_picture
from desktop_app.reports.report_blocks import Lines, State
from desktop_app.reports.trip_facts import Briefing, Row, briefing_facts
from desktop_app.services.meeting_reading import MeetingDetail
from desktop_app.services.members import MemberRow, member_rows
from desktop_app.services.trip_results import Follow, TripResults, trip_results

TONES = {
    "done_on_time": "good",
    "done_late": "warn",
    "open": "accent",
    "waiting": "accent",
    "overdue": "bad",
    "dropped": "none",
}


@dataclass
class ReportFacts:
    """All facts of a trip report."""

    results: TripResults
    trip: Briefing
    pictures: dict[str, Picture] = field(default_factory=dict)
    members: dict[str, MemberRow] = field(default_factory=dict)

    def owner(self, one: Follow, lang: str) -> str:
        """Return who is to see to a follow-up."""
        member = self.members.get(one.row.owner_id or "")
        return pick(lang, member.name, member.name_en) if member else one.row.owner

    @property
    def meetings(self) -> list[MeetingDetail]:
        """Return the meetings in the order of time, undated ones last."""
        far = dt.datetime.max.replace(tzinfo=dt.UTC)
        return sorted(self.results.detail.meetings, key=lambda m: m.fields["starts_at"] or far)

    def next_steps(self, meeting: MeetingDetail) -> list[Follow]:
        """Return what follows from a meeting."""
        every = [one for term in self.results.follows.values() for one in term]
        return [one for one in every if one.row.meeting_id == meeting.fields["id"]]


def report_facts(session: Session, trip_id: str, today: dt.date, files: Path) -> ReportFacts:
    """Return the facts of a trip's report, with its photos ready to print."""
    results = trip_results(session, trip_id, today)
    pictures = {photo.id: load_picture(files, photo.sha256) for photo in results.photos}
    team = {row.id: row for row in member_rows(session)}
    return ReportFacts(results, briefing_facts(results.detail), pictures, team)


def company_lines(company: Row, lang: str, other: str = "") -> Lines:
    """Return a company's names: the reader's own language first."""
    name, zh = str(company.get("name") or ""), str(company.get("name_zh") or "")
    if lang == "en" or not zh or zh == name:
        return Lines(name or zh or other)
    return Lines(zh, (name,) if name else ())


def meeting_lines(meeting: MeetingDetail, lang: str) -> Lines:
    """Return with whom a meeting was."""
    return company_lines(meeting.company or {}, lang, str(meeting.fields["title"] or ""))


def meeting_day(meeting: MeetingDetail) -> str:
    """Return the day of a meeting at its venue."""
    return short(meeting.day)


def short(day: dt.date | None) -> str:
    """Return a day as tables want it, the same in all languages."""
    return "" if day is None else day.isoformat()


def state_of(one: Follow, lang: str) -> State:
    """Return the state of a follow-up."""
    return State(t(f"trip_report.state_{one.state}", lang), TONES[one.state])


def stage_word(stage: str | None, lang: str) -> str:
    """Return the name of a stage; of none, that there was none yet."""
    return word("stage", stage, lang) if stage else t("trip_report.not_yet", lang)


def lead_lines(lead: Row, company: Row, lang: str) -> Lines:
    """Return a lead by its company and its own title."""
    named = company_lines(company, lang)
    title = str(lead.get("title") or "")
    return Lines(named.first or title, tuple(x for x in (*named.rest, title) if x != named.first))


def company_of(one: Follow, facts: ReportFacts, lang: str) -> str:
    """Return the company that a follow-up is with: its own, else that of its meeting."""
    name, zh = one.row.company, one.row.company_zh
    if not name and not zh:
        found = (m.company for m in facts.meetings if m.fields["id"] == one.row.meeting_id)
        company = next((company for company in found if company), {})
        name, zh = str(company.get("name") or ""), str(company.get("name_zh") or "")
    return (name or zh) if lang == "en" else (zh or name)


def trip_title(facts: ReportFacts, lang: str) -> str:
    """Return the trip's title."""
    trip = facts.trip.trip
    return pick(lang, trip.get("title"), trip.get("title_en")) or t("reports.untitled_trip", lang)
