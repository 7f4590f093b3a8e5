"""The days of a pocket card: what happens when and where, whom to call, where to sleep."""

import datetime as dt
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, Spacer, Table

from desktop_app.reports.bilingual import half, in_line, pick, t, word
from desktop_app.reports.briefing_programme import (
    city_on,
    legs_on,
    place_of,
    programme_days,
    sheets_on,
    way,
)
from desktop_app.reports.cjk import escape
from desktop_app.reports.geometry import A6_PAGE
from desktop_app.reports.pocket_front import ROOM, block_head
from desktop_app.reports.small_type import Cells, grid, marked, ruled, said, small_head
from desktop_app.reports.styles import HAIRLINE, RULE, TONES
from desktop_app.reports.trip_facts import Briefing, Row, Sheet
from desktop_app.reports.wording import clock, dotted, local, month_day, short_day

_TIME = 50.0
# What a page holds; a taller day begins on a page of its own and runs on.
_PAGE = A6_PAGE.height - 2 * A6_PAGE.margin - A6_PAGE.foot * 0.55 - 2
_GROUND = TONES["accent"][1]


def day_blocks(facts: Briefing, lang: str) -> list[Flowable]:
    """Return all days, each whole on a page where it fits."""
    story: list[Flowable] = []
    for day in _days(facts):
        rows = _rows(facts, day, lang)
        night = _night(facts, day)
        if not rows and night is None:
            continue
        table = _day_table(facts, day, rows, night, lang)
        height = table.wrap(ROOM, 10_000)[1]
        parts: Any = table
        if max(parts._rowHeights[1:]) + 20 <= _PAGE:
            # Rows part only where one is taller than a page: the head would come twice.
            table.splitInRow = 0
        story.append(
            CondPageBreak(min(height + 7, _PAGE)) if height <= _PAGE else CondPageBreak(120)
        )
        story += [Spacer(1, 7), table]
    # The front keeps to itself: the days begin on a page that can be handed round.
    return [CondPageBreak(_PAGE), *story] if story else []


def _days(facts: Briefing) -> list[dt.date | None]:
    """Return the days on which something happens or a night is spent, undated things last."""
    found = programme_days(facts)
    first, last = facts.trip.get("starts_on"), facts.trip.get("ends_on")
    known = {day for day in found if day}
    if first and last and first <= last:
        every = (first + dt.timedelta(days=n) for n in range(min((last - first).days + 1, 90)))
        known |= {day for day in every if _night(facts, day) is not None}
    return [*sorted(known), *([None] if None in found else [])]


def _day_table(
    facts: Briefing, day: dt.date | None, rows: Cells, night: Row | None, lang: str
) -> Table:
    """Return one day: its head on a tinted ground, its rows, and the night's hotel."""
    words = t("reports.no_day", lang) if day is None else short_day(day, lang)
    city = city_on(facts, day, lang) if day else ""
    first = facts.trip.get("starts_on")
    count = (day - first).days + 1 if first and day and day >= first else 0
    number = t("reports.day_number", lang, day=count) if count else ""
    markup = escape(in_line(words))
    if city:
        markup += f' <font color="#67707E">{escape(in_line(city))}</font>'
    entry = f"{in_line(words)} {in_line(city)}".strip()
    head = small_head(markup, entry, f"day-{day or 'open'}", "card_head")
    lines: Cells = [[head, "", said(half(number, "en" if lang == "en" else "zh"), "label_right")]]
    lines += [[*row, ""] for row in rows]
    if night is not None:
        lines.append(
            [
                said(half(t("reports.hotel", lang), "en" if lang == "en" else "zh"), "card_muted"),
                _hotel(night),
                "",
            ]
        )
    last = len(lines) - 1
    rules = [
        ("BACKGROUND", (0, 0), (-1, 0), _GROUND),
        ("SPAN", (0, 0), (1, 0)),
        ("LEFTPADDING", (0, 0), (0, 0), 4),
        ("RIGHTPADDING", (-1, 0), (-1, 0), 4),
        ("TOPPADDING", (0, 0), (-1, 0), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, 0), 2.5),
        *(("SPAN", (1, row), (2, row)) for row in range(1, last + 1)),
        ("LINEBELOW", (0, 1), (-1, -1), HAIRLINE, RULE),
    ]
    return grid(
        lines,
        [_TIME, ROOM - _TIME - 44, 44],
        above=2.4,
        below=2.4,
        rules=rules,
        repeatRows=1,
        splitInRow=1,
    )


def _rows(facts: Briefing, day: dt.date | None, lang: str) -> Cells:
    """Return what happens on a day, in the order of time."""
    found: list[tuple[str, list[Any]]] = []
    for sheet in sheets_on(facts, day):
        meeting = sheet.meeting
        if meeting.get("status") == "cancelled":
            continue
        when = clock(meeting.get("starts_at"), meeting.get("ends_at"), meeting.get("zone"))
        row = [said(when or t("reports.no_time", lang), "card_bold"), _meeting(sheet, lang)]
        found.append((f"{sheet.start:%H:%M}" if sheet.start else "99", row))
    for leg in legs_on(facts, day):
        out = local(leg.get("departs_at"), leg.get("from_zone"))
        row = [said(_leg_times(leg), "card_bold"), _leg(leg, lang)]
        found.append((f"{out:%H:%M}" if out else "99", row))
    return [row for _, row in sorted(found, key=lambda one: one[0])]


def _meeting(sheet: Sheet, lang: str) -> list[Flowable]:
    """Return whom a meeting is with, where, and whom to call there."""
    meeting = sheet.meeting
    name = sheet.heading(lang)
    zh = str(sheet.company.get("name_zh") or "")
    markup = f"<b>{escape(name)}</b>"
    if zh and zh != name and lang != "en":
        markup += f' <font color="#67707E">{escape(zh)}</font>'
    lines: list[Flowable] = [marked(markup, "card")]
    title = sheet.subtitle(lang)
    if title:
        lines.append(said(title, "card_muted"))
    # The firm's own name as the place says nothing new.
    known = meeting.get("place") in (name, zh)
    place = place_of({**meeting, "place": ""} if known else meeting)
    if place:
        lines.append(said(place, "card"))
    for person in _callable(sheet):
        called = person.get("mobile") or person.get("phone")
        who = person.get("name") or person.get("name_zh") or ""
        lines.append(said(f"{t('reports.pocket_tel', 'zh')} {called} {who}".strip(), "card"))
    if meeting.get("transfer"):
        lines.append(said(meeting["transfer"], "card_muted"))
    return lines


def _callable(sheet: Sheet) -> list[Row]:
    """Return the first two of their people who have a phone, or the company where none has."""
    found = [person for person in sheet.theirs if person.get("mobile") or person.get("phone")]
    if not found and sheet.company.get("phone"):
        return [{"phone": sheet.company["phone"]}]
    return found[:2]


def _leg_times(leg: Row) -> str:
    """Return when a transfer leaves and comes in, each by the clock of its place."""
    out = local(leg.get("departs_at"), leg.get("from_zone"))
    into = local(leg.get("arrives_at"), leg.get("to_zone"))
    if out is None:
        return ""
    if into is None:
        return f"{out:%H:%M}"
    shift = (into.date() - out.date()).days
    return f"{out:%H:%M}–{into:%H:%M}" + (f" ({shift:+d})" if shift else "")


def _leg(leg: Row, lang: str) -> list[Flowable]:
    """Return from where to where a transfer goes, and by what."""
    what = " ".join(filter(None, [word("leg_kind", leg.get("kind"), lang), leg.get("number")]))
    return [
        said(way(leg) or what, "card"),
        said(dotted([in_line(what), leg.get("booking"), leg.get("notes")]), "card_muted"),
    ]


def _night(facts: Briefing, day: dt.date | None) -> Row | None:
    """Return the stop in whose hotel the night after a day is spent."""
    for stop in facts.stops:
        first, last = stop.get("arrives_on"), stop.get("departs_on")
        if day and first and last and first <= day < last and stop.get("hotel"):
            return stop
    return None


def _hotel(stop: Row, apart: bool = False) -> list[Flowable]:
    """Return a hotel with its address and phone, the phone in a line of its own if wanted."""
    phone = (
        f"{t('reports.pocket_tel', 'zh')} {stop['hotel_phone']}" if stop.get("hotel_phone") else ""
    )
    lines = [stop.get("hotel_address"), phone]
    rest = lines if apart else [dotted(lines)]
    return [said(stop.get("hotel"), "card_bold"), *(said(line, "card") for line in rest if line)]


def hotel_block(facts: Briefing, lang: str) -> list[Flowable]:
    """Return all hotels on one list."""
    rows: Cells = []
    for stop in facts.stops:
        if stop.get("hotel"):
            one = "en" if lang == "en" else "zh"
            stay = [month_day(stop.get(name), one) for name in ("arrives_on", "departs_on")]
            city = pick(lang, stop.get("city_zh"), stop.get("city"))
            place = [
                said(in_line(city), "card_bold"),
                said("–".join(filter(None, stay)), "card_muted"),
            ]
            rows.append([place, _hotel(stop, apart=True)])
    return _list("pocket_hotels", rows, lang)


def leg_block(facts: Briefing, lang: str) -> list[Flowable]:
    """Return all transfers on one list."""
    rows: Cells = []
    for leg in facts.legs:
        out = local(leg.get("departs_at"), leg.get("from_zone"))
        day = short_day(out.date() if out else None, "en" if lang == "en" else "zh")
        when = [said(day, "card_bold"), said(_leg_times(leg), "card_muted")]
        rows.append([when, _leg(leg, lang)])
    return _list("pocket_legs", rows, lang)


def _list(code: str, rows: Cells, lang: str) -> list[Flowable]:
    """Return a list with its heading, which stays with the first rows."""
    if not rows:
        return []
    rules = [("LINEBELOW", (0, 0), (-1, -1), HAIRLINE, RULE)]
    table = grid(rows, [76, ROOM - 76], gap=4, above=2.4, below=2.4, rules=rules, splitInRow=1)
    height = table.wrap(ROOM, 10_000)[1] + 30
    room = height if height <= _PAGE else 90
    return [CondPageBreak(room), Spacer(1, 8), ruled(block_head(code, lang), ROOM), table]
