"""The trip briefing (出访工作手册): all that a delegation carries."""

from collections.abc import Iterable
from pathlib import Path

from reportlab.platypus import Flowable
from sqlalchemy.orm import Session

from desktop_app.reports import briefing_back, briefing_front, briefing_programme
from desktop_app.reports.bilingual import t
from desktop_app.reports.briefing_sheets import meeting_sheet
from desktop_app.reports.fonts import missing_glyphs, register
from desktop_app.reports.paper import Gap, Order, Pages, in_order
from desktop_app.reports.trip_facts import Briefing, Row, briefing_facts
from desktop_app.services.trip_neighbours import neighbours
from desktop_app.services.trips import trip_detail

# The field that fills a gap of a meeting, where it is not named as the gap.
_COLUMNS = {"time": "starts_at", "company": "company_id"}

KIND = "trips"
SECTIONS = (
    "one_page",
    "route",
    "checks",
    "delegation",
    "programme",
    "sheets",
    "projects",
    "follow_on",
    "countries",
    "logistics",
    "contacts",
    "notes",
)


def read(session: Session, record_id: str, order: Order, _files: Path) -> Briefing:
    """Return the facts of a trip."""
    facts = briefing_facts(trip_detail(session, record_id, order.day))
    met = [str(sheet.company["id"]) for sheet in facts.sheets if sheet.company]
    facts.neighbours = neighbours(session, facts.stops, met, order.day)
    return facts


def pages(facts: Briefing, order: Order) -> Pages:
    """Return the briefing of a trip; the same facts and order give the same bytes."""
    register()
    lang = order.lang
    name = facts.title(lang) or t("reports.untitled_trip", lang)
    kind = t("reports.trip_briefing", lang)
    return Pages(
        title=f"{name} · {kind}",
        subject=kind,
        story=_story(facts, order),
        mark=briefing_front.mark_of(facts.trip, order, "internal_foot"),
        cover=lambda canvas: briefing_front.paint_briefing_cover(canvas, facts, order),
    )


def _story(facts: Briefing, order: Order) -> list[Flowable]:
    """Return the cover and all sections that are wanted and have something to say."""
    lang = order.lang
    return briefing_front.cover(facts, lang) + in_order(
        (
            ("one_page", lambda: briefing_front.one_page(facts, lang)),
            ("route", lambda: briefing_front.route_page(facts, lang)),
            ("checks", lambda: briefing_front.checks_page(facts, lang)),
            ("delegation", lambda: briefing_front.delegation_page(facts, lang)),
            ("programme", lambda: briefing_programme.programme_page(facts, lang)),
            ("sheets", lambda: _sheets(facts, order)),
            ("projects", lambda: briefing_back.projects_page(facts, lang)),
            ("follow_on", lambda: briefing_back.neighbours_page(facts, lang)),
            ("countries", lambda: briefing_back.countries_page(facts, lang)),
            ("logistics", lambda: briefing_back.logistics_page(facts, lang)),
            ("contacts", lambda: briefing_back.contacts_page(facts, lang)),
            ("notes", lambda: briefing_back.notes_pages(lang)),
        ),
        order,
    )


def _sheets(facts: Briefing, order: Order) -> list[Flowable]:
    """Return the sheets of all meetings."""
    count = len(facts.sheets)
    return [
        part
        for sheet in facts.sheets
        for part in meeting_sheet(sheet, count, order.lang, order.day)
    ]


def gaps(facts: Briefing, _order: Order) -> list[Gap]:
    """Return what the briefing of a trip lacks, the trip itself first, then by meeting."""
    trip = facts.trip
    trip_id = str(trip.get("id") or "")
    found: list[Gap] = []

    def lacks(name: str) -> None:
        column = "starts_on" if name == "dates" else name
        found.append(Gap(f"reports.gap_{name}", {}, "trips", trip_id, column))

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
                column = _COLUMNS.get(name, name)
                found.append(Gap(f"reports.gap_{name}", values, "meetings", meeting_id, column))
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
