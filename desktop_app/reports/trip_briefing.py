"""The trip briefing (出访工作手册): all that a delegation carries, in Chinese or in English."""

import datetime as dt
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from reportlab.platypus import Flowable

from desktop_app.domain.formats import BEIJING
from desktop_app.i18n import t
from desktop_app.reports import briefing_back, briefing_front, briefing_programme
from desktop_app.reports.briefing_sheets import meeting_sheet
from desktop_app.reports.document import Document
from desktop_app.reports.fonts import missing_glyphs, register
from desktop_app.reports.trip_facts import Briefing, Row, briefing_facts
from desktop_app.services.trips import TripDetail
from desktop_app.services.whole_file import write_whole


@dataclass(frozen=True)
class Gap:
    """Something a briefing lacks; ``t(key, **values)`` words it, the record is where to add it."""

    key: str
    values: dict[str, str]
    kind: str
    record_id: str

    def sentence(self, lang: str | None = None) -> str:
        """Return the gap as a sentence."""
        return t(self.key, lang, **self.values)


def write_trip_briefing(
    detail: TripDetail,
    path: Path,
    *,
    lang: str,
    now: dt.datetime,
    team_name: str,
    progress: Callable[[int], None] | None = None,
) -> list[Gap]:
    """Write the briefing of a trip whole or not at all, and return what it lacks.

    The same detail, language and moment give the same bytes.

    Args:
        detail: the trip as ``services.trips.trip_detail`` returns it.
        path: the PDF to write or replace.
        lang: ``zh`` or ``en``.
        now: the moment printed as the data's time; it has a zone.
        team_name: who made the document.
        progress: told the number of each page begun; may raise to stop.

    Raises:
        DeskError: ``cannot_write``, when the disk is full or the place may not be written.
    """
    facts = briefing_facts(detail)
    buffer = io.BytesIO()
    name = facts.title(lang) or t("reports.untitled_trip", lang)
    mark = str(facts.trip.get("classification") or t("reports.internal_foot", lang))
    document = Document(
        buffer,
        title=f"{name} · {t('reports.trip_briefing', lang)}",
        author=team_name,
        lang=lang,
        now=now,
        foot=(f"{name} · {t('reports.trip_briefing', lang)}", mark),
        cover=lambda canvas: briefing_front.paint_cover(canvas, facts, lang, now, team_name),
        progress=progress,
    )
    document.build(_story(facts, lang, now))
    write_whole(path, buffer.getvalue())
    return briefing_gaps(detail)


def briefing_story(detail: TripDetail, *, lang: str, now: dt.datetime) -> list[Flowable]:
    """Return the briefing as flowables, as ``write_trip_briefing`` sets them."""
    register()
    return _story(briefing_facts(detail), lang, now)


def _story(facts: Briefing, lang: str, now: dt.datetime) -> list[Flowable]:
    """Return all sections that have something to say."""
    today = now.astimezone(BEIJING).date()
    story = briefing_front.cover(facts, lang)
    story += briefing_front.one_page(facts, lang)
    story += briefing_front.route_page(facts, lang)
    story += briefing_front.checks_page(facts, lang)
    story += briefing_front.delegation_page(facts, lang)
    story += briefing_programme.programme_page(facts, lang)
    for sheet in facts.sheets:
        story += meeting_sheet(sheet, len(facts.sheets), lang, today)
    story += briefing_back.projects_page(facts, lang)
    story += briefing_back.countries_page(facts, lang)
    story += briefing_back.logistics_page(facts, lang)
    story += briefing_back.contacts_page(facts, lang)
    story += briefing_back.notes_pages(lang)
    return story


def briefing_gaps(detail: TripDetail) -> list[Gap]:
    """Return what the briefing of a trip lacks, the trip itself first, then by meeting."""
    facts = briefing_facts(detail)
    trip = facts.trip
    trip_id = str(trip.get("id") or "")
    found: list[Gap] = []

    def lacks(name: str) -> None:
        found.append(Gap(f"reports.gap_{name}", {}, "trips", trip_id))

    if not trip.get("starts_on") or not trip.get("ends_on"):
        lacks("dates")
    for name in ("purpose", "goals"):
        if not facts.text(name, "zh"):
            lacks(name)
    for name, rows in (
        ("stops", facts.stops),
        ("delegates", facts.delegates),
        ("meetings", facts.sheets),
    ):
        if not rows:
            lacks(name)
    for stop in facts.stops:
        if stop.get("lat_e6") is None or stop.get("lon_e6") is None:
            stop_name = str(stop.get("city_zh") or stop.get("city") or "")
            found.append(
                Gap("reports.gap_place", {"name": stop_name}, "stops", str(stop.get("id") or ""))
            )
    for sheet in facts.sheets:
        meeting = sheet.meeting
        if meeting.get("status") == "cancelled":
            continue
        for name, there in (
            ("time", meeting.get("starts_at")),
            ("company", sheet.company),
            ("address", meeting.get("address") or meeting.get("place")),
            ("objective", meeting.get("objective")),
            ("contact", sheet.theirs),
        ):
            if not there:
                values = {"name": sheet.heading("zh")}
                meeting_id = str(meeting.get("id") or "")
                found.append(Gap(f"reports.gap_{name}", values, "meetings", meeting_id))
    signs = missing_glyphs(_texts(facts))
    if signs:
        found.append(Gap("reports.gap_glyphs", {"signs": " ".join(signs)}, "trips", trip_id))
    return found


def _texts(facts: Briefing) -> Iterable[str]:
    """Return every text of the records that may be printed."""
    rows: list[Row] = [facts.trip, *facts.stops, *facts.legs, *facts.delegates]
    for sheet in facts.sheets:
        rows += [sheet.meeting, sheet.company, sheet.lead, *sheet.theirs, *sheet.ours]
        yield from (promise.title for promise in sheet.promises)
    for row in rows:
        for value in row.values():
            if isinstance(value, str):
                yield value
