"""The first pages of a trip briefing: cover, one page, route, checks, delegation, programme."""

import datetime as dt
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, NextPageTemplate, PageBreak, Spacer, Table

from desktop_app.domain.formats import BEIJING
from desktop_app.i18n import t, word
from desktop_app.reports.cjk import escape
from desktop_app.reports.fonts import REGULAR, clean, text_width
from desktop_app.reports.layout import (
    band,
    callout,
    head,
    numbered,
    page_title,
    paragraph,
    plain,
    ruled_table,
    shortened,
    stamp,
)
from desktop_app.reports.map_flowable import MapFlowable
from desktop_app.reports.route_map import draw_route, route_legs, route_stops
from desktop_app.reports.styles import FOOT, HAIRLINE, MARGIN, MUTED, PAGE_HEIGHT, RULE, WIDTH
from desktop_app.reports.trip_facts import Briefing, Row, Sheet, person_name
from desktop_app.reports.wording import (
    beijing_clock,
    clock,
    days,
    dotted,
    lines_of,
    local,
    long_day,
    month_day,
    plain_day,
    short_day,
)
from desktop_app.services.trips import check_source, check_text

_OPEN_STAGES = ("lead", "screened", "negotiating", "site_review", "ready_to_sign")


def paint_cover(canvas: Any, facts: Briefing, lang: str, now: dt.datetime, team: str) -> None:
    """Paint what stands at the edges of the cover."""
    right = MARGIN + WIDTH
    canvas.saveState()
    band(canvas)
    canvas.setFillColor(MUTED)
    canvas.setFont(REGULAR, 9.2)
    y = PAGE_HEIGHT - MARGIN - 8
    canvas.drawString(MARGIN, y, shortened(clean(team), 9.2, WIDTH * 0.55))
    mark = facts.trip.get("classification") or t("reports.internal", lang)
    stamp(canvas, shortened(clean(str(mark)), 9, WIDTH * 0.4), right, y)
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(HAIRLINE)
    canvas.line(MARGIN, FOOT, right, FOOT)
    canvas.setFillColor(MUTED)
    canvas.setFont(REGULAR, 7.4)
    here = now.astimezone(BEIJING)
    version = t(
        "reports.version", lang, version=f"{here:%Y%m%d.%H%M}", time=f"{here:%Y-%m-%d %H:%M}"
    )
    state = word("trip_status", facts.trip.get("status"), lang)
    canvas.drawString(MARGIN, FOOT - 11, clean(dotted([state, version])))
    number = facts.trip.get("approval_number")
    if number:
        words = clean(t("reports.approval", lang, number=number))
        canvas.drawRightString(right, FOOT - 11, shortened(words, 7.4, WIDTH * 0.4))
    canvas.restoreState()


def cover(facts: Briefing, lang: str) -> list[Flowable]:
    """Return title, dates, route map and the four figures."""
    trip = facts.trip
    story: list[Flowable] = [
        Spacer(1, 140),
        plain(t("reports.trip_briefing", lang), "kicker"),
        Spacer(1, 3),
        plain(facts.title(lang) or t("reports.untitled_trip", lang), "cover"),
        Spacer(1, 12),
        plain(days(trip.get("starts_on"), trip.get("ends_on"), lang), "dates"),
        Spacer(1, 26),
        route_map(facts, WIDTH, 268, lang),
        Spacer(1, 20),
        _figures(facts, lang),
        NextPageTemplate("text"),
        PageBreak(),
    ]
    return story


def route_map(facts: Briefing, width: float, height: float, lang: str) -> MapFlowable:
    """Return the route map of a trip."""
    stops = route_stops(facts.stops)
    legs = route_legs(stops, facts.legs)
    return MapFlowable(draw_route(stops, legs, width, height, text_width, lang))


def _figures(facts: Briefing, lang: str) -> Table:
    """Return the figures of the trip in large type."""
    countries, cities = len(facts.countries()), len(facts.cities())
    key = "reports.country_cities" if countries == 1 else "reports.countries_cities"
    leads = [lead for lead, _ in facts.leads() if lead.get("stage") in _OPEN_STAGES]
    travel = facts.day_count()
    found = [
        (
            t(key, lang, countries=countries, cities=cities),
            t("reports.days_of_travel", lang, days=travel) if travel else "",
        ),
        (
            t("reports.meeting_count", lang, count=len(facts.sheets)),
            t("reports.meetings_label", lang),
        ),
        (t("reports.lead_count", lang, count=len(leads)), t("reports.leads_label", lang)),
        (
            t("reports.delegate_count", lang, count=len(facts.delegates)),
            t("reports.delegates_label", lang),
        ),
    ]
    shares = (1.0, 1.0, 1.0, 1.0) if lang == "zh" else (1.75, 1.0, 1.0, 1.0)
    return Table(
        [
            [plain(figure, "figure") for figure, _ in found],
            [plain(label, "figure_small") for _, label in found],
        ],
        colWidths=[WIDTH * share / sum(shares) for share in shares],
        style=[
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ],
    )


def one_page(facts: Briefing, lang: str) -> list[Flowable]:
    """Return purpose, goals, programme at a glance, what must be won, and the checks in short."""
    story = page_title(t("reports.one_page", lang), t("reports.one_page_title", lang), "one-page")
    purpose = facts.text("purpose", lang)
    if purpose:
        story += [head(t("reports.purpose", lang)), plain(purpose)]
    goals = lines_of(facts.text("goals", lang))
    if goals:
        story += [head(t("reports.goals", lang)), *numbered(goals)]
    glance = _glance(facts, lang)
    if glance:
        header = [t(f"reports.{name}", lang) for name in ("date", "city", "morning", "afternoon")]
        story += [head(t("reports.at_a_glance", lang))]
        story += [ruled_table(header, glance, (1.15, 1.0, 2.2, 2.2))]
    wins = lines_of(facts.text("must_win", lang))
    if wins:
        story += [head(t("reports.must_win", lang))]
        story += [callout(_with_bold_start(win)) for win in wins]
    story += _checks_in_short(facts, lang)
    return [*story, PageBreak()]


def _with_bold_start(text: str) -> str:
    """Return the mark-up of a sentence whose part before a colon names the matter."""
    for mark in ("：", ": "):
        before, found, after = text.partition(mark)
        if found and 0 < len(before) <= 40:
            return f"<b>{escape(before)}</b> {escape(after)}"
    return escape(text)


def _checks_in_short(facts: Briefing, lang: str) -> list[Flowable]:
    """Return one callout with what the checks warn of."""
    if not facts.checks:
        return []
    warned = [check for check in facts.checks if check.level != "ok"]
    title = head(t("reports.checks_short", lang))
    if not warned:
        return [title, callout(escape(t("reports.checks_ok", lang)), "good")]
    words = escape(t("reports.checks_warn", lang, count=len(warned)))
    mark = "；" if lang == "zh" else "; "
    ends = "。.；; "
    shown = mark.join(escape(check_text(check, lang).rstrip(ends)) for check in warned[:6])
    more = "" if len(warned) <= 6 else (" …" if lang == "en" else "……")
    end = "。" if lang == "zh" else "."
    link = f' <a href="#checks" color="#1F5FBF">{escape(t("reports.checks", lang))}</a>'
    return [
        title,
        callout(f"<b>{words}</b>{' ' if lang == 'en' else ''}{shown}{more or end}{link}", "warn"),
    ]


def _glance(facts: Briefing, lang: str) -> list[list[Any]]:
    """Return one row a day: date, city, morning and afternoon."""
    table = []
    for day in programme_days(facts):
        if day is None:
            continue
        events = [
            (sheet.start, f'<a href="#{sheet.key}">{escape(_name(sheet, lang))}</a>')
            for sheet in _sheets_on(facts, day)
        ]
        for leg in _legs_on(facts, day):
            if leg.get("to_place"):
                words = t("reports.travel_to", lang, city=leg.get("to_place"))
                moment = local(leg.get("departs_at"), leg.get("from_zone"))
                events.append((moment, escape(words)))
        halves: list[list[str]] = [[], []]
        for _, late, words in sorted(
            (f"{moment:%H:%M}", moment.hour >= 12, words) for moment, words in events if moment
        ):
            halves[late].append(words)
        cells = [paragraph("<br/>".join(half), "cell") for half in halves]
        if any(halves):
            table.append([short_day(day, lang), _city_on(facts, day, lang), *cells])
    return table


def route_page(facts: Briefing, lang: str) -> list[Flowable]:
    """Return the map with the stops, their lodging and the transfers between them."""
    if not facts.stops and not facts.legs:
        return []
    story = page_title(t("reports.route", lang), t("reports.route_title", lang), "route")
    if route_stops(facts.stops):
        story += [route_map(facts, WIDTH, 318, lang), Spacer(1, 8)]
    if facts.stops:
        header = [t(f"reports.{name}", lang) for name in ("no", "city", "stay", "hotel", "phone")]
        table = [
            [
                str(number),
                _stop_name(stop, lang),
                _stay(stop, lang),
                dotted([stop.get("hotel"), stop.get("hotel_address")]),
                str(stop.get("hotel_phone") or ""),
            ]
            for number, stop in enumerate(facts.stops, 1)
        ]
        story.append(ruled_table(header, table, (0.4, 1.35, 1.2, 2.8, 1.3)))
    if facts.legs:
        header = [
            t(f"reports.{name}", lang) for name in ("departs", "arrives", "means", "way", "booking")
        ]
        table = [_leg_row(leg, lang) for leg in facts.legs]
        story += [head(t("reports.transfers", lang))]
        story += [ruled_table(header, table, (1.25, 1.25, 1.1, 2.5, 1.2))]
    return [*story, PageBreak()]


def _stop_name(stop: Row, lang: str) -> str:
    """Return a stop's names."""
    names = [stop.get("city_zh"), stop.get("city")] if lang == "zh" else [stop.get("city")]
    return " ".join(dict.fromkeys(str(name) for name in names if name)) or str(
        stop.get("city_zh") or ""
    )


def _stay(stop: Row, lang: str) -> str:
    """Return from when to when the delegation stays at a stop."""
    first, last = stop.get("arrives_on"), stop.get("departs_on")
    if first is None or last is None or first == last:
        return month_day(first or last, lang)
    if (first.year, first.month) == (last.year, last.month):
        if lang == "zh":
            return f"{first.month}月{first.day}–{last.day}日"
        return f"{first.day}–{month_day(last, lang)}"
    return f"{month_day(first, lang)}–{month_day(last, lang)}"


def _leg_row(leg: Row, lang: str) -> list[str]:
    """Return the row of one transfer."""
    out = local(leg.get("departs_at"), leg.get("from_zone"))
    into = local(leg.get("arrives_at"), leg.get("to_zone"))
    return [
        f"{month_day(out.date(), lang)} {out:%H:%M}" if out else "",
        f"{month_day(into.date(), lang)} {into:%H:%M}" if into else "",
        " ".join(filter(None, [word("leg_kind", leg.get("kind"), lang), leg.get("number")])),
        _way(leg),
        str(leg.get("booking") or ""),
    ]


def _way(leg: Row) -> str:
    """Return the two ends of a transfer."""
    return " → ".join(str(leg[name]) for name in ("from_place", "to_place") if leg.get(name))


def checks_page(facts: Briefing, lang: str) -> list[Flowable]:
    """Return every check with its rule, what was found, and where the rule comes from."""
    if not facts.checks:
        return []
    story = page_title(t("reports.checks", lang), t("reports.checks_title", lang), "checks")
    header = [t(f"reports.{name}", lang) for name in ("state", "finding", "source")]
    table: list[list[Any]] = []
    for check in sorted(facts.checks, key=lambda check: check.level == "ok"):
        good = check.level == "ok"
        colour = "#1E7F4F" if good else "#9A5B00"
        mark = "✓" if good else "⚠"
        state = escape(t("reports.ok" if good else "reports.warn", lang))
        table.append(
            [
                paragraph(f'<font color="{colour}">{mark} {state}</font>', "cell"),
                check_text(check, lang),
                check_source(check, lang),
            ]
        )
    return [*story, ruled_table(header, table, (0.75, 3.4, 3.4)), Spacer(1, 14)]


def delegation_page(facts: Briefing, lang: str) -> list[Flowable]:
    """Return the people who travel."""
    if not facts.delegates:
        return []
    story = page_title(
        t("reports.delegation", lang), t("reports.delegation_title", lang), "delegation"
    )
    names = ("name", "role", "duty", "phone", "languages", "passport", "visa")
    table = [
        [
            person_name(person, lang),
            word("delegate_role", person.get("role"), lang),
            str(person.get("duty") or ""),
            str(person.get("phone") or ""),
            str(person.get("languages") or ""),
            plain_day(person.get("passport_expires_on")),
            word("visa_state", person.get("visa_state"), lang),
        ]
        for person in facts.delegates
    ]
    header = [t(f"reports.{name}", lang) for name in names]
    return [*story, ruled_table(header, table, (1.2, 1.0, 1.7, 1.6, 1.3, 1.15, 1.0)), Spacer(1, 14)]


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
        notes = [_city_on(facts, day, lang)] if day else []
        if first and day and day >= first:
            notes.insert(0, t("reports.day_number", lang, day=(day - first).days + 1))
        line = f'{escape(words)} <font color="#67707E">{escape(dotted(notes))}</font>'
        day_head = paragraph(line, "head")
        day_head.keepWithNext = True
        story += [CondPageBreak(90), day_head]
        story.append(ruled_table(header, table, (1.35, 1.5, 3.3, 2.7)))
        hotel = _hotel_on(facts, day)
        if hotel:
            story.append(plain(t("reports.night", lang, hotel=hotel), "night"))
        story.append(Spacer(1, 4))
    return story


def _name(sheet: Sheet, lang: str) -> str:
    """Return whom a meeting is with, and that it is cancelled where it is."""
    name = sheet.heading(lang)
    if sheet.meeting.get("status") != "cancelled":
        return name
    state = word("meeting_status", "cancelled", lang)
    return f"{name}（{state}）" if lang == "zh" else f"{name} ({state.lower()})"


def _day_rows(facts: Briefing, day: dt.date | None, lang: str) -> list[list[Any]]:
    """Return the rows of one day in the order of time."""
    found: list[tuple[str, list[Any]]] = []
    for sheet in _sheets_on(facts, day):
        meeting = sheet.meeting
        start, end, zone = meeting.get("starts_at"), meeting.get("ends_at"), meeting.get("zone")
        words = f'<a href="#{sheet.key}" color="#1F5FBF">{escape(_name(sheet, lang))}</a>'
        title = meeting.get("title")
        if title and title != sheet.heading(lang):
            words += f'<br/><font color="#67707E">{escape(title)}</font>'
        row = [
            clock(start, end, zone) or t("reports.no_time", lang),
            beijing_clock(start, end, zone),
            paragraph(words, "cell"),
            place_of(meeting),
        ]
        found.append((f"{sheet.start:%H:%M}" if sheet.start else "99", row))
    for leg in _legs_on(facts, day):
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
        row = [times, beijing_clock(start, end, leg.get("from_zone")), _way(leg), what]
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


def _sheets_on(facts: Briefing, day: dt.date | None) -> list[Sheet]:
    """Return the meetings of a day, those without a time for None."""
    return [sheet for sheet in facts.sheets if (sheet.start.date() if sheet.start else None) == day]


def _legs_on(facts: Briefing, day: dt.date | None) -> list[Row]:
    """Return the transfers that depart on a day."""
    found = []
    for leg in facts.legs:
        moment = local(leg.get("departs_at"), leg.get("from_zone"))
        if (moment.date() if moment else None) == day:
            found.append(leg)
    return found


def _city_on(facts: Briefing, day: dt.date, lang: str) -> str:
    """Return the stop of a day; on a day between two, the one of the meetings' city."""
    here = [
        stop
        for stop in facts.stops
        if (stop.get("arrives_on") or dt.date.max) <= day <= (stop.get("departs_on") or dt.date.max)
    ]
    met = {sheet.meeting.get("city") for sheet in _sheets_on(facts, day)}
    stops = [stop for stop in here if stop.get("city") in met] or here[-1:]
    if stops:
        stop = stops[0]
        zh = stop.get("city_zh") if lang == "zh" else None
        return str(zh or stop.get("city") or stop.get("city_zh") or "")
    return next((str(city) for city in met if city), "")


def _hotel_on(facts: Briefing, day: dt.date | None) -> str:
    """Return the lodging of the night after a day."""
    for stop in facts.stops:
        first, last = stop.get("arrives_on"), stop.get("departs_on")
        if day and first and last and first <= day < last and stop.get("hotel"):
            return dotted([stop["hotel"], stop.get("hotel_phone")])
    return ""
