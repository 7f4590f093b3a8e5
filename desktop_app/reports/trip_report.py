"""The trip report (出访报告): what a trip was to do, what it did, and what follows from it."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from reportlab.platypus import Flowable, NextPageTemplate, PageBreak, Spacer
from sqlalchemy.orm import Session

from desktop_app.reports import report_after, report_plan
from desktop_app.reports.bilingual import t, word
from desktop_app.reports.briefing_front import mark_of, route_map
from desktop_app.reports.columns import figures
from desktop_app.reports.cover import cover_title, paint_cover
from desktop_app.reports.fonts import missing_glyphs, register
from desktop_app.reports.paper import Gap, Order, Pages
from desktop_app.reports.report_blocks import Block, Section
from desktop_app.reports.report_facts import ReportFacts, report_facts, trip_title
from desktop_app.reports.report_layout import section_flowables
from desktop_app.reports.route_stops import route_stops
from desktop_app.reports.styles import WIDTH
from desktop_app.reports.wording import days

_PARTS: dict[str, Callable[[ReportFacts, str], list[Block]]] = {
    "basics": report_plan.basics,
    "plan": report_plan.plan,
    "results": report_plan.results,
    "meetings": report_after.meetings,
    "promises": report_after.promises,
    "findings": report_after.findings,
    "problems": report_after.problems,
    "follow_ups": report_after.follow_ups,
    "spending": report_after.spending,
    "suggestions": report_after.suggestions,
    "contacts": report_after.contacts,
    "photos": report_after.photos,
}

KIND = "trips"
SECTIONS = tuple(_PARTS)


def read(session: Session, record_id: str, order: Order, files: Path) -> ReportFacts:
    """Return the facts of a trip's report."""
    return report_facts(session, record_id, order.day, files)


def pages(facts: ReportFacts, order: Order) -> Pages:
    """Return the report of a trip; the same facts and order give the same bytes."""
    register()
    kind = t("trip_report.name", order.lang)
    story = _cover(facts, order.lang)
    for section in sections(facts, order):
        story += section_flowables(section)
    return Pages(
        title=f"{trip_title(facts, order.lang)} · {kind}",
        subject=kind,
        story=story,
        mark=mark_of(facts.trip.trip, order, "internal_foot"),
        cover=lambda canvas: _paint(canvas, facts, order),
    )


def sections(facts: ReportFacts, order: Order) -> list[Section]:
    """Return the parts that are wanted, in the order of the outline."""
    lang = order.lang
    return [
        Section(
            code,
            t(f"reports.section_{code}", lang),
            t(f"trip_report.{code}_title", lang),
            make(facts, lang),
        )
        for code, make in _PARTS.items()
        if code not in order.left_out
    ]


def cover_figures(facts: ReportFacts, lang: str) -> list[tuple[str, str]]:
    """Return the figures of the cover."""
    found = facts.results
    return [
        (str(len(rows)), t(f"trip_report.count_{name}", lang))
        for name, rows in (
            ("held", found.held),
            ("new_leads", found.new_leads),
            ("advanced", [move for move in found.moves if move.advanced]),
            ("promises", found.promises),
        )
    ]


def _cover(facts: ReportFacts, lang: str) -> list[Flowable]:
    """Return title, days, route map and four figures."""
    trip = facts.trip.trip
    first, last = trip.get("starts_on"), trip.get("ends_on")
    title = cover_title(
        t("trip_report.name", lang), trip_title(facts, lang), days(first, last, lang)
    )
    story: list[Flowable] = [Spacer(1, 140), *title, Spacer(1, 26)]
    if route_stops(facts.trip.stops):
        story += [route_map(facts.trip, WIDTH, 268, lang), Spacer(1, 20)]
    return [*story, figures(cover_figures(facts, lang)), NextPageTemplate("text"), PageBreak()]


def _paint(canvas: Any, facts: ReportFacts, order: Order) -> None:
    """Paint what stands at the edges of the cover."""
    number = facts.trip.trip.get("approval_number")
    paint_cover(
        canvas,
        order,
        mark_of(facts.trip.trip, order, "internal"),
        word("trip_status", facts.trip.trip.get("status"), order.lang),
        t("reports.approval", order.lang, number=number) if number else "",
    )


def gaps(facts: ReportFacts, _order: Order) -> list[Gap]:
    """Return what the report would lack, the trip itself first, then by meeting and photo."""
    trip = facts.trip.trip
    trip_id = str(trip["id"])
    found = [
        Gap(f"trip_report.gap_{column}", {}, "trips", trip_id, column)
        for column in ("starts_on", "inviter", "findings", "suggestions", "spent_minor")
        if trip.get(column) in (None, "")
    ]
    if not facts.trip.delegates:
        found.append(Gap("reports.gap_delegates", {}, "trips", trip_id, "delegates"))
    for meeting in facts.meetings:
        fields = meeting.fields
        status = fields["status"] or "planned"
        lacks = [
            ("outcome", status == "held" and not fields["outcome"]),
            ("status", status == "planned"),
            ("cancel_reason", status == "cancelled" and not fields["cancel_reason"]),
            ("unplanned_reason", fields["unplanned"] and not fields["unplanned_reason"]),
        ]
        values = {"name": meeting.name}
        found += [
            Gap(f"trip_report.gap_{column}", values, "meetings", fields["id"], column)
            for column, lacking in lacks
            if lacking
        ]
    for photo in facts.results.photos:
        problem = facts.pictures[photo.id].problem
        kind, key = ("meetings", photo.meeting_id) if photo.meeting_id else ("trips", trip_id)
        values = {"name": photo.name}
        if problem:
            found.append(Gap(f"trip_report.gap_photo_{problem}", values, kind, key, "files"))
        elif not photo.caption:
            found.append(Gap("trip_report.gap_caption", values, kind, key, "files"))
    signs = missing_glyphs(_texts(facts))
    if signs:
        found.append(Gap("reports.gap_glyphs", {"signs": " ".join(signs)}, "trips", trip_id))
    return found


def _texts(facts: ReportFacts) -> Iterable[str]:
    """Return every text of the records that may be printed."""
    found = facts.results
    rows = [facts.trip.trip, *facts.trip.stops, *facts.trip.delegates, *found.contacts]
    for meeting in (*facts.meetings, *found.visits):
        rows += [meeting.fields, meeting.company or {}, *meeting.contacts]
    for move in found.moves:
        rows += [move.lead, move.company]
    rows += [one.row._asdict() for term in found.follows.values() for one in term]
    rows += [photo._asdict() for photo in found.photos]
    for row in rows:
        yield from (
            value for name, value in row.items() if isinstance(value, str) and name != "key"
        )
