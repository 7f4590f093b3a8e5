"""The last pages of a trip briefing: projects, countries, logistics, contacts, note pages."""

import datetime as dt
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Spacer

from desktop_app.domain.holiday_calendar import holiday_on
from desktop_app.i18n import catalogue
from desktop_app.reports.bilingual import format_money, pick, t, word
from desktop_app.reports.cjk import escape
from desktop_app.reports.columns import points
from desktop_app.reports.layout import (
    head,
    page_title,
    paragraph,
    plain,
    ruled_table,
)
from desktop_app.reports.note_lines import NoteLines
from desktop_app.reports.trip_facts import Briefing, Row, Sheet, person_name
from desktop_app.reports.wording import dotted, month_day, short_day, sign
from desktop_app.services.trip_neighbours import Neighbour


def projects_page(facts: Briefing, lang: str) -> list[Flowable]:
    """Return the projects of the trip: stage, blocker, and what the visit must move."""
    leads = facts.leads()
    if not leads:
        return []
    story: list[Flowable] = [
        PageBreak(),
        *page_title(t("reports.projects", lang), t("reports.projects_title", lang), "projects"),
    ]
    header = [
        t(f"reports.{name}", lang) for name in ("project", "stage", "blocker_head", "to_move")
    ]
    table = [_project_row(lead, sheets, lang) for lead, sheets in leads]
    return [*story, ruled_table(header, table, (2.4, 1.6, 2.1, 2.9)), Spacer(1, 14)]


def _project_row(lead: Row, sheets: list[Sheet], lang: str) -> list[Any]:
    """Return the row of one project."""
    sheet = sheets[0]
    company = sheet.heading(lang)
    name = f'<a href="#{sheet.key}" color="#1F5FBF">{escape(company)}</a>'
    lead_title = lead.get("title")
    if lead_title and lead_title != company:
        name += f"<br/>{escape(str(lead_title)[:200])}"
    amount = format_money(lead.get("amount_minor"), lead.get("currency"), lang)
    if amount:
        name += f'<br/><font color="#67707E">{escape(amount)}</font>'
    scores = dotted(
        [
            t("reports.value", lang, value=sheet.value) if sheet.value is not None else "",
            t("reports.readiness", lang, grade=sheet.readiness) if sheet.readiness else "",
        ]
    )
    stage = escape(word("stage", lead.get("stage"), lang))
    if scores:
        stage += f'<br/><font color="#67707E">{escape(scores)}</font>'
    moves = [
        str(item.meeting.get("wished_outcome") or item.meeting.get("objective") or "")
        for item in sheets
    ]
    return [
        paragraph(name, "cell"),
        paragraph(stage, "cell"),
        str(lead.get("blocker") or ""),
        "\n".join(move for move in moves if move),
    ]


def neighbours_page(facts: Briefing, lang: str) -> list[Flowable]:
    """Return firms near the route that are not on the programme: for a gap, or the next trip."""
    if not facts.neighbours:
        return []
    story = page_title(
        t("reports.follow_on", lang), t("reports.follow_on_title", lang), "follow-on"
    )
    names = ("company", "near", "stage", "owner", "next_step")
    header = [t(f"reports.{name}", lang) for name in names]
    table = [_neighbour_row(one, lang) for one in facts.neighbours]
    return [*story, ruled_table(header, table, (2.6, 1.7, 1.9, 0.9, 1.1)), Spacer(1, 14)]


def _neighbour_row(one: Neighbour, lang: str) -> list[Any]:
    """Return the row of one firm near the route."""
    lead = one.lead
    chain = word("chain", lead.chain, lang)
    city = pick(lang, one.stop_zh, one.stop)
    amount = format_money(lead.amount_minor, lead.currency, lang)
    return [
        "\n".join(filter(None, [lead.company, lead.company_zh if lang != "en" else ""])),
        t("reports.km_from", lang, km=one.km, city=city) if one.km > 1 else city,
        "\n".join(filter(None, [word("stage", lead.stage, lang), amount or chain])),
        lead.owner,
        month_day(lead.next_on, lang),
    ]


def countries_page(facts: Briefing, lang: str) -> list[Flowable]:
    """Return holidays during the trip, manners of each country, and the trip's own notes."""
    known = [code for code in facts.countries() if f"reports.{code}_etiquette" in catalogue()]
    own = facts.trip.get("country_notes")
    if not known and not own:
        return []
    story = page_title(
        t("reports.countries", lang), t("reports.countries_title", lang), "countries"
    )
    for code in known:
        story += [CondPageBreak(120), head(word("country", code, lang))]
        found = holidays_in_trip(facts, code, lang)
        if found:
            named = [f"{short_day(day, lang)} {name}" for day, name in found]
            words = sign(lang, "；", "; ").join(named)
            label = escape(t("reports.holidays_in_trip", lang))
            story.append(paragraph(f"<b>{label}</b>  {escape(words)}"))
        else:
            story.append(plain(t("reports.no_holidays", lang), "muted"))
        story += points(t(f"reports.{code}_etiquette", lang))
    if own:
        story += [head(t("reports.trip_notes", lang)), plain(own)]
    return [*story, Spacer(1, 14)]


def holidays_in_trip(facts: Briefing, country: str, lang: str) -> list[tuple[dt.date, str]]:
    """Return the public holidays of a country's visited regions during the trip."""
    first, last = facts.trip.get("starts_on"), facts.trip.get("ends_on")
    if not first or not last:
        return []
    regions = {stop.get("region") for stop in facts.stops if stop.get("country") == country}
    found: dict[dt.date, str] = {}
    for step in range(min((last - first).days + 1, 60)):
        day = first + dt.timedelta(days=step)
        for region in sorted(region for region in regions if region) or [None]:
            holiday = holiday_on(day, country, region)
            if holiday is not None:
                found[day] = pick(lang, holiday.name_zh, holiday.name)
    return sorted(found.items())


def logistics_page(facts: Briefing, lang: str) -> list[Flowable]:
    """Return logistics and the numbers for an emergency."""
    story = page_title(
        t("reports.logistics", lang), t("reports.logistics_title", lang), "logistics"
    )
    if facts.trip.get("logistics"):
        story.append(plain(facts.trip["logistics"]))
    story.append(head(t("reports.emergency", lang)))
    rows: list[list[Any]] = [
        [paragraph("<b>112</b>", "cell"), t("reports.emergency_112", lang)],
        [paragraph("<b>+86-10-12308</b>", "cell"), t("reports.emergency_12308", lang)],
    ]
    for code in facts.countries():
        if f"reports.emergency_{code}" in catalogue():
            rows.append([word("country", code, lang), t(f"reports.emergency_{code}", lang)])
    story.append(ruled_table((), rows, (1.4, 5)))
    if facts.trip.get("emergency_numbers"):
        story += [Spacer(1, 4), plain(facts.trip["emergency_numbers"])]
    return [*story, Spacer(1, 14)]


def contacts_page(facts: Briefing, lang: str) -> list[Flowable]:
    """Return whom to call: the delegation, and their people by company."""
    theirs: list[list[Any]] = []
    seen: set[str] = set()
    for sheet in facts.sheets:
        for person in sheet.theirs:
            key = str(person.get("id") or person.get("name"))
            if key in seen:
                continue
            seen.add(key)
            theirs.append(
                [
                    "\n".join(filter(None, [person.get("name"), person.get("name_zh")])),
                    sheet.heading(lang),
                    str(person.get("title") or ""),
                    "\n".join(filter(None, [person.get("mobile"), person.get("phone")])),
                    str(person.get("email") or ""),
                ]
            )
    ours = [
        [
            person_name(person, lang),
            word("delegate_role", person.get("role"), lang),
            str(person.get("phone") or ""),
            str(person.get("languages") or ""),
        ]
        for person in facts.delegates
    ]
    if not theirs and not ours:
        return []
    story = page_title(t("reports.contacts", lang), t("reports.contacts_title", lang), "contacts")
    if ours:
        header = [t(f"reports.{name}", lang) for name in ("name", "role", "phone", "languages")]
        story += [head(t("reports.contacts_ours", lang))]
        story += [ruled_table(header, ours, (1.4, 1.2, 2, 2.4))]
    if theirs:
        names = ("name", "company", "title_role", "phone", "email")
        header = [t(f"reports.{name}", lang) for name in names]
        story += [CondPageBreak(120), plain(t("reports.contacts_theirs", lang), "head")]
        story += [ruled_table(header, theirs, (1.2, 1.75, 1.2, 1.5, 2.65))]
    return story


def notes_pages(lang: str, count: int = 2) -> list[Flowable]:
    """Return blank pages with lines."""
    story: list[Flowable] = []
    words = t("reports.blank_notes", lang)
    for number in range(count):
        story.append(PageBreak())
        if number == 0:
            story += page_title(words, words, "notes")
        story.append(NoteLines())
    return story
