"""The lists of a periodic report: leads, trips, follow-ups, and what comes next."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from desktop_app.domain.formats import clock_range, local
from desktop_app.reports.bilingual import each, format_money, half, pick, t, word
from desktop_app.reports.layout import Cell, head, page_title, plain, ruled_table
from desktop_app.reports.period_front import days_of
from desktop_app.reports.wording import dotted, joined, month_day
from desktop_app.services.follow_ups import FollowUpRow
from desktop_app.services.period_counts import Period
from desktop_app.services.period_figures import PeriodFigures
from desktop_app.services.period_lists import PeriodMeeting, PeriodTrip

# How many rows of a list are printed; how many more there are is said below.
MOST_LISTED = {"weekly": 12, "monthly": 25}


def venue_day(meeting: PeriodMeeting) -> dt.date:
    """Return the day of a meeting at its venue."""
    return local(meeting.starts_at, meeting.zone).date()


def company_of(name: str, name_zh: str, title: str, lang: str) -> str:
    """Return a company by its names: on Chinese paper both, as the local one is on its door."""
    if not name and not name_zh:
        return title
    if lang == "zh" and name and name_zh and name != name_zh:
        return f"{name_zh} {name}"
    return pick(lang, name_zh, name)


def _who(facts: PeriodFigures, member_id: str | None, lang: str) -> str:
    """Return the name of a member."""
    zh, en = facts.names.get(member_id or "", ("", ""))
    return pick(lang, zh, en)


def listed(
    header: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    shares: Sequence[float],
    total: int,
    most: int,
    lang: str,
) -> list[Flowable]:
    """Return the first rows of a list, and how many more there are."""
    # The line that says that one more is left out takes the room of that one.
    most += total == most + 1
    rest = total - min(len(rows), most)
    note = t("period.and_more", lang, count=rest) if rest > 0 else ""
    return [ruled_table(header, rows[:most], shares, note=note)]


def heads(lang: str, *names: str) -> list[str]:
    """Return the heads of columns."""
    return [t(f"period.{name}", lang) for name in names]


def section(code: str, period: Period, lang: str, empty: bool, words: str = "") -> list[Flowable]:
    """Return the heading of a section; with words of its own, the days it speaks of above it."""
    shown = words or t(f"reports.section_{code}", lang)
    _room, above, title = page_title(days_of(period, lang), shown, f"period-{code}")
    # The days of the report itself stand once, below its title. What follows may run on over the
    # page's end, so the heading asks for the room of a few lines instead of for all of it.
    lines = [above, title] if words else [title]
    for line in lines:
        line.keepWithNext = False
    return [CondPageBreak(56 if empty else 96), *lines]


def group(words: str) -> list[Flowable]:
    """Return the heading of one list of a section, with room for its first lines."""
    made = head(words)
    made.keepWithNext = False
    return [CondPageBreak(72), made]


def new_leads(facts: PeriodFigures, unit: str, lang: str) -> list[Flowable]:
    """Return the leads first reported in the period."""
    story = section("new_leads", facts.period, lang, not facts.new_leads)
    if not facts.new_leads:
        return [*story, plain(t("period.no_new_leads", lang), "muted"), Spacer(1, 8)]
    rows: list[list[Cell]] = [
        [
            company_of(lead.company, lead.company_zh, lead.title, lang),
            word("country", lead.country, lang),
            word("chain", lead.chain, lang),
            dotted([word("source", lead.source, lang), lead.source_detail]),
            _who(facts, lead.reporter_id, lang),
            format_money(lead.amount_minor, lead.currency, lang),
            month_day(lead.reported_on, lang),
        ]
        for lead in facts.new_leads
    ]
    columns = heads(
        lang, "company", "country", "chain", "source", "reporter", "amount", "reported_on"
    )
    shares = (2.2, 1.05, 1.4, 1.2, 0.95, 1.3, 0.9)
    total = facts.totals["new_leads"]
    return [*story, *listed(columns, rows, shares, total, MOST_LISTED[unit], lang), Spacer(1, 10)]


def advanced_leads(facts: PeriodFigures, unit: str, lang: str) -> list[Flowable]:
    """Return the leads that reached a further stage."""
    story = section("advanced_leads", facts.period, lang, not facts.advanced)
    if not facts.advanced:
        return [*story, plain(t("period.no_advanced", lang), "muted"), Spacer(1, 8)]
    rows: list[list[Cell]] = []
    for lead in facts.advanced:
        rows.append(
            [
                company_of(lead.company, lead.company_zh, lead.title, lang),
                _move(lead.before, lead.after, lang),
                _who(facts, lead.owner_id, lang),
                format_money(lead.amount_minor, lead.currency, lang),
                month_day(lead.day, lang),
            ]
        )
    columns = heads(lang, "company", "stages", "owner", "amount", "date")
    total = facts.totals["advanced"]
    shares = (2.9, 2.3, 1.0, 1.4, 0.9)
    return [*story, *listed(columns, rows, shares, total, MOST_LISTED[unit], lang), Spacer(1, 10)]


def _move(before: str, after: str, lang: str) -> str:
    """Return from which stage to which."""
    first, last = (word("stage", code, lang) for code in (before, after))
    return each(lang, lambda one: f"{half(first, one)} → {half(last, one)}")


def trips(facts: PeriodFigures, lang: str) -> list[Flowable]:
    """Return the trips of the period with their figures."""
    story = section("trips", facts.period, lang, not facts.trips)
    if not facts.trips:
        return [*story, plain(t("period.no_trips", lang), "muted"), Spacer(1, 8)]
    return [*story, _trip_table(facts.trips, lang), Spacer(1, 10)]


def _countries(codes: Sequence[str], lang: str) -> str:
    """Return countries in one language."""
    return joined([word("country", code, lang) for code in codes], lang)


def _trip_table(found: Sequence[PeriodTrip], lang: str) -> Flowable:
    """Return trips as a table."""
    rows: list[list[Cell]] = []
    for trip in found:
        span = Period(trip.starts_on or dt.date.min, trip.ends_on or dt.date.min)
        rows.append(
            [
                pick(lang, trip.title, trip.title_en) or t("reports.untitled_trip", lang),
                days_of(span, lang),
                each(lang, partial(_countries, trip.countries)),
                str(trip.people),
                f"{trip.held}/{trip.meetings}",
                f"{trip.found}/{trip.advanced}",
                word("trip_status", trip.status, lang),
            ]
        )
    columns = heads(
        lang, "trip", "days", "country", "people", "trip_meetings", "trip_leads", "state"
    )
    return ruled_table(columns, rows, (2.5, 1.7, 1.3, 0.6, 1.05, 1.0, 0.85))


def follow_ups(facts: PeriodFigures, unit: str, lang: str) -> list[Flowable]:
    """Return the follow-ups done in the period, and those overdue."""
    empty = not facts.done and not facts.late
    story = section("follow_ups", facts.period, lang, empty)
    if empty:
        return [*story, plain(t("period.no_follow_ups", lang), "muted"), Spacer(1, 8)]
    most = MOST_LISTED[unit] * 3 // 5
    for key, rows, day in (
        ("done", facts.done, "done_on"),
        ("late", facts.late, "due_on"),
    ):
        if rows:
            words = "follow_ups_done" if key == "done" else "follow_ups_late"
            story += group(t(f"period.{words}", lang))
            story += _follow_up_table(facts, rows, key, day, facts.totals[key], most, lang)
    return [*story, Spacer(1, 10)]


def _follow_up_table(
    facts: PeriodFigures,
    found: Sequence[FollowUpRow],
    key: str,
    day: str,
    total: int,
    most: int,
    lang: str,
) -> list[Flowable]:
    """Return follow-ups as a table; what was done with its outcome, what is late by how much."""
    rows: list[list[Cell]] = []
    for one in found[: most + 1]:
        what = one.title or t("period.unnamed", lang)
        side = word("side", one.side, lang)
        when = month_day(one.done_on if key == "done" else one.due_on, lang)
        late = ""
        if key == "late" and one.due_on is not None:
            count = (facts.today - one.due_on).days
            late = t("period.late_day" if count == 1 else "period.late_days", lang, count=count)
        rows.append(
            [
                dotted([what, one.outcome]) if key == "done" else what,
                pick(lang, one.company_zh, one.company) or one.lead_title,
                late or side,
                _who(facts, one.owner_id, lang),
                when,
            ]
        )
    columns = [*heads(lang, "matter", "company"), "", *heads(lang, "owner", day)]
    return listed(columns, rows, (2.9, 2.5, 1.25, 0.95, 0.95), total, most, lang)


def ahead(facts: PeriodFigures, unit: str, lang: str) -> list[Flowable]:
    """Return what comes in the next period: meetings, trips, follow-ups due."""
    empty = not (facts.planned_meetings or facts.planned_trips or facts.planned_follow_ups)
    story = section("ahead", facts.ahead, lang, empty, t(f"period.{unit}_ahead", lang))
    if empty:
        return [*story, plain(t("period.no_plan", lang), "muted")]
    most = MOST_LISTED[unit] * 3 // 5
    if facts.planned_meetings:
        rows: list[list[Cell]] = [_meeting_row(one, lang) for one in facts.planned_meetings]
        columns = heads(lang, "date", "time", "meeting", "place", "plan_kind")
        total = facts.totals["planned_meetings"]
        story += group(t("period.plan_meetings", lang))
        story += listed(columns, rows, (0.9, 1.1, 3.4, 1.6, 1.2), total, most, lang)
    if facts.planned_trips:
        story += group(t("period.plan_trips", lang))
        story.append(_trip_table(facts.planned_trips, lang))
    if facts.planned_follow_ups:
        story += group(t("period.plan_follow_ups", lang))
        total = facts.totals["planned_follow_ups"]
        story += _follow_up_table(
            facts, facts.planned_follow_ups, "ahead", "due_on", total, most, lang
        )
    return story


def _meeting_row(meeting: PeriodMeeting, lang: str) -> list[Cell]:
    """Return a planned meeting with its local time."""
    place = dotted([meeting.city, word("country", meeting.country, lang)])
    return [
        month_day(venue_day(meeting), lang),
        clock_range(meeting.starts_at, None, meeting.zone),
        company_of(meeting.company, meeting.company_zh, meeting.title, lang),
        place,
        word("meeting_kind", meeting.kind, lang),
    ]
