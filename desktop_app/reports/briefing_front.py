"""The first pages of a trip briefing: cover, one page, route, checks, delegation, programme."""

import functools
from typing import Any

from reportlab.platypus import Flowable, NextPageTemplate, PageBreak, Spacer, Table

from desktop_app.domain.trip_rules import Check
from desktop_app.reports.bilingual import each, halves, pick, t, word
from desktop_app.reports.briefing_programme import glance_rows, way
from desktop_app.reports.cjk import escape
from desktop_app.reports.columns import figures, in_columns, points, prose
from desktop_app.reports.cover import cover_title, paint_cover
from desktop_app.reports.fonts import text_width
from desktop_app.reports.layout import (
    callout,
    head,
    page_title,
    paragraph,
    ruled_table,
)
from desktop_app.reports.map_flowable import MapFlowable
from desktop_app.reports.paper import Order
from desktop_app.reports.route_map import draw_route
from desktop_app.reports.route_stops import route_legs, route_stops
from desktop_app.reports.styles import WIDTH
from desktop_app.reports.trip_facts import Briefing, Row, person_name
from desktop_app.reports.wording import (
    days,
    dotted,
    lines_of,
    local,
    month_day,
    plain_day,
    sign,
)
from desktop_app.services.trips import check_source, check_text

_OPEN_STAGES = ("lead", "screened", "negotiating", "site_review", "ready_to_sign")


def mark_of(trip: Row, order: Order, key: str) -> str:
    """Return the classification: what was asked for, the trip's own, or the usual words."""
    own = str(order.classification or trip.get("classification") or "")
    usual = [t(f"reports.{key}", "both") for key in ("internal", "internal_foot")]
    if own in halves(usual[0]) + halves(usual[1]):
        # The usual words of one language stand for those of the other.
        own = ""
    return own or t(f"reports.{key}", order.lang)


def paint_briefing_cover(canvas: Any, facts: Briefing, order: Order) -> None:
    """Paint what stands at the edges of the cover."""
    lang = order.lang
    number = facts.trip.get("approval_number")
    paint_cover(
        canvas,
        order,
        mark_of(facts.trip, order, "internal"),
        word("trip_status", facts.trip.get("status"), lang),
        t("reports.approval", lang, number=number) if number else "",
    )


def cover(facts: Briefing, lang: str) -> list[Flowable]:
    """Return title, dates, route map and the four figures."""
    trip = facts.trip
    story: list[Flowable] = [
        Spacer(1, 140),
        *cover_title(
            t("reports.trip_briefing", lang),
            facts.title(lang) or t("reports.untitled_trip", lang),
            days(trip.get("starts_on"), trip.get("ends_on"), lang),
        ),
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
    return figures(found, shares)


def one_page(facts: Briefing, lang: str) -> list[Flowable]:
    """Return purpose, goals, programme at a glance, what must be won, and the checks in short."""
    story = page_title(t("reports.one_page", lang), t("reports.one_page_title", lang), "one-page")
    purpose = facts.text("purpose", lang)
    if purpose:
        story += [head(t("reports.purpose", lang)), *prose(purpose)]
    goals = facts.text("goals", lang)
    if goals:
        story += [head(t("reports.goals", lang)), *points(goals)]
    glance = glance_rows(facts, lang)
    if glance:
        header = [t(f"reports.{name}", lang) for name in ("date", "city", "morning", "afternoon")]
        story += [head(t("reports.at_a_glance", lang))]
        story += [ruled_table(header, glance, (1.15, 1.0, 2.2, 2.2))]
    wins = facts.text("must_win", lang)
    if wins:
        story += [head(t("reports.must_win", lang))]
        story += in_columns(
            wins, lambda text: [callout(_with_bold_start(win)) for win in lines_of(text)]
        )
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
    words = each(lang, lambda one: _warnings(warned, one))
    return [title, *in_columns(words, lambda text: [callout(text, "warn")])]


def _warnings(warned: list[Check], lang: str) -> str:
    """Return the mark-up of what the checks warn of, in one language."""
    words = escape(t("reports.checks_warn", lang, count=len(warned)))
    ends = "。.；; "
    shown = sign(lang, "；", "; ").join(
        escape(check_text(check, lang).rstrip(ends)) for check in warned[:6]
    )
    more = sign(lang, "。", ".") if len(warned) <= 6 else sign(lang, "……", " …")
    link = f' <a href="#checks" color="#1F5FBF">{escape(t("reports.checks", lang))}</a>'
    return f"<b>{words}</b>{sign(lang, '', ' ')}{shown}{more}{link}"


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
    return [*story, Spacer(1, 14)]


def _stop_name(stop: Row, lang: str) -> str:
    """Return a stop's names."""
    names = [stop.get("city")] if lang == "en" else [stop.get("city_zh"), stop.get("city")]
    return " ".join(dict.fromkeys(str(name) for name in names if name)) or str(
        stop.get("city_zh") or ""
    )


def _stay(stop: Row, lang: str) -> str:
    """Return from when to when the delegation stays at a stop."""
    first, last = stop.get("arrives_on"), stop.get("departs_on")
    if first is None or last is None or first == last:
        return month_day(first or last, lang)
    if (first.year, first.month) == (last.year, last.month):
        zh = f"{first.month}月{first.day}–{last.day}日"
        return pick(lang, zh, f"{first.day}–{month_day(last, 'en')}")
    return f"{month_day(first, lang)}–{month_day(last, lang)}"


def _leg_row(leg: Row, lang: str) -> list[str]:
    """Return the row of one transfer."""
    out = local(leg.get("departs_at"), leg.get("from_zone"))
    into = local(leg.get("arrives_at"), leg.get("to_zone"))
    return [
        f"{month_day(out.date(), lang)} {out:%H:%M}" if out else "",
        f"{month_day(into.date(), lang)} {into:%H:%M}" if into else "",
        " ".join(filter(None, [word("leg_kind", leg.get("kind"), lang), leg.get("number")])),
        way(leg),
        str(leg.get("booking") or ""),
    ]


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
                each(lang, functools.partial(check_text, check)),
                each(lang, functools.partial(check_source, check)),
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
