"""The programme of a trip briefing: at a glance and day by day, with transfers and lodging."""

import datetime as dt
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from desktop_app.reports.bilingual import half, pick, t, word
from desktop_app.reports.cjk import escape
from desktop_app.reports.layout import page_title, paragraph, plain, ruled_table
from desktop_app.reports.trip_facts import Briefing, Row, Sheet
from desktop_app.reports.wording import (
    beijing_clock,
    clock,
    dotted,
    local,
    long_day,
    short_day,
)


def glance_rows(facts: Briefing, lang: str) -> list[list[Any]]:
    """Return one row a day: date, city, morning and afternoon."""
    table = []
    for day in programme_days(facts):
        if day is None:
            continue
        events = [
            (sheet.start, f'<a href="#{sheet.key}">{escape(_name(sheet, lang))}</a>')
            for sheet in sheets_on(facts, day)
        ]
        for leg in legs_on(facts, day):
            if leg.get("to_place"):
                words = t("reports.travel_to", lang, city=leg.get("to_place"))
                moment = local(leg.get("departs_at"), leg.get("from_zone"))
                events.append((moment, escape(words, stacked=True)))
        halves: list[list[str]] = [[], []]
        for _, late, words in sorted(
            (f"{moment:%H:%M}", moment.hour >= 12, words) for moment, words in events if moment
        ):
            halves[late].append(words)
        cells = [paragraph("<br/>".join(half), "cell") for half in halves]
        if any(halves):
            table.append([short_day(day, lang), city_on(facts, day, lang), *cells])
    return table


def programme_page(facts: Briefing, lang: str) -> list[Flowable]:
    """Return the programme by day, with local and Beijing time, transfers and lodging."""
    if not facts.sheets and not facts.legs:
        return []
    story = page_title(
        t("reports.programme", lang), t("reports.programme_title", lang), "programme"
    )
    header = [
        t(f"reports.{name}", lang) for name in ("local_time", "beijing_time", "what", "place")
    ]
    first = facts.trip.get("starts_on")
    for day in programme_days(facts):
        table = _day_rows(facts, day, lang)
        if not table:
            continue
        words = t("reports.no_day", lang) if day is None else long_day(day, lang)
        notes = [city_on(facts, day, lang)] if day else []
        if first and day and day >= first:
            notes.insert(0, t("reports.day_number", lang, day=(day - first).days + 1))
        line = f'{escape(words)} <font color="#67707E">{escape(dotted(notes))}</font>'
        day_head = paragraph(line, "head")
        day_head.keepWithNext = True
        story += [CondPageBreak(90), day_head]
        rows = ruled_table(header, table, (1.35, 1.5, 3.3, 2.7))
        story.append(rows)
        hotel = _hotel_on(facts, day)
        if hotel:
            rows.keepWithNext = True
            story.append(plain(t("reports.night", lang, hotel=hotel), "night"))
        story.append(Spacer(1, 4))
    return story


def _name(sheet: Sheet, lang: str) -> str:
    """Return whom a meeting is with, and that it is cancelled where it is."""
    name = sheet.heading(lang)
    if sheet.meeting.get("status") != "cancelled":
        return name
    state = word("meeting_status", "cancelled", lang)
    return pick(lang, f"{name}（{half(state, 'zh')}）", f"{name} ({half(state, 'en').lower()})")


def _day_rows(facts: Briefing, day: dt.date | None, lang: str) -> list[list[Any]]:
    """Return the rows of one day in the order of time."""
    found: list[tuple[str, list[Any]]] = []
    for sheet in sheets_on(facts, day):
        meeting = sheet.meeting
        start, end, zone = meeting.get("starts_at"), meeting.get("ends_at"), meeting.get("zone")
        words = f'<a href="#{sheet.key}" color="#1F5FBF">{escape(_name(sheet, lang))}</a>'
        title = sheet.subtitle(lang)
        if title:
            words += f'<br/><font color="#67707E">{escape(title)}</font>'
        row = [
            clock(start, end, zone) or t("reports.no_time", lang),
            beijing_clock(start, end, zone),
            paragraph(words, "cell"),
            place_of(meeting),
        ]
        found.append((f"{sheet.start:%H:%M}" if sheet.start else "99", row))
    for leg in legs_on(facts, day):
        start, end = leg.get("departs_at"), leg.get("arrives_at")
        out = local(start, leg.get("from_zone"))
        into = local(end, leg.get("to_zone"))
        times = f"{out:%H:%M}" if out else ""
        if into and out:
            shift = (into.date() - out.date()).days
            times += f"–{into:%H:%M}" + (f" ({shift:+d})" if shift else "")
        kind = word("leg_kind", leg.get("kind"), lang)
        what = " ".join(filter(None, [kind, leg.get("number")]))
        notes = dotted([leg.get("booking"), leg.get("notes")])
        row = [times, beijing_clock(start, end, leg.get("from_zone")), way(leg), what]
        row[3] = dotted([what, notes])
        found.append((f"{out:%H:%M}" if out else "99", row))
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def place_of(meeting: Row) -> str:
    """Return where a meeting is, each part once."""
    parts: list[str] = []
    for name in ("place", "address", "city"):
        text = str(meeting.get(name) or "").strip()
        if text and not any(text in part for part in parts):
            parts.append(text)
    return ", ".join(parts)


def programme_days(facts: Briefing) -> list[dt.date | None]:
    """Return the days on which something happens, None at the end for what has no day."""
    found: set[dt.date] = set()
    undated = False
    for sheet in facts.sheets:
        if sheet.start is None:
            undated = True
        else:
            found.add(sheet.start.date())
    for leg in facts.legs:
        moment = local(leg.get("departs_at"), leg.get("from_zone"))
        if moment is not None:
            found.add(moment.date())
        else:
            undated = True
    days_found: list[dt.date | None] = [*sorted(found)]
    return [*days_found, None] if undated else days_found


def sheets_on(facts: Briefing, day: dt.date | None) -> list[Sheet]:
    """Return the meetings of a day, those without a time for None."""
    return [sheet for sheet in facts.sheets if (sheet.start.date() if sheet.start else None) == day]


def legs_on(facts: Briefing, day: dt.date | None) -> list[Row]:
    """Return the transfers that depart on a day."""
    found = []
    for leg in facts.legs:
        moment = local(leg.get("departs_at"), leg.get("from_zone"))
        if (moment.date() if moment else None) == day:
            found.append(leg)
    return found


def city_on(facts: Briefing, day: dt.date, lang: str) -> str:
    """Return the stop of a day; on a day between two, the one of the meetings' city."""
    here = [
        stop
        for stop in facts.stops
        if (stop.get("arrives_on") or dt.date.max) <= day <= (stop.get("departs_on") or dt.date.max)
    ]
    met = {sheet.meeting.get("city") for sheet in sheets_on(facts, day)}
    stops = [stop for stop in here if stop.get("city") in met] or here[-1:]
    if stops:
        stop = stops[0]
        return pick(lang, stop.get("city_zh"), stop.get("city"))
    return next((str(city) for city in met if city), "")


def _hotel_on(facts: Briefing, day: dt.date | None) -> str:
    """Return the lodging of the night after a day."""
    for stop in facts.stops:
        first, last = stop.get("arrives_on"), stop.get("departs_on")
        if day and first and last and first <= day < last and stop.get("hotel"):
            return dotted([stop["hotel"], stop.get("hotel_phone")])
    return ""


def way(leg: Row) -> str:
    """Return the two ends of a transfer."""
    return " → ".join(str(leg[name]) for name in ("from_place", "to_place") if leg.get(name))
