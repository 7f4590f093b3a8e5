"""The sheets of a trip briefing: one page for each meeting."""

import datetime as dt
from typing import Any

from reportlab.platypus import Flowable, PageBreak, Spacer, Table

from desktop_app.reports.bilingual import format_money, t, word
from desktop_app.reports.briefing_programme import place_of
from desktop_app.reports.cjk import escape
from desktop_app.reports.fonts import REGULAR, clean, text_width
from desktop_app.reports.layout import (
    callout,
    facts,
    head,
    numbered,
    padding,
    paragraph,
    plain,
    side_by_side,
    title,
)
from desktop_app.reports.note_lines import NoteLines
from desktop_app.reports.styles import HAIRLINE, RULE, WIDTH
from desktop_app.reports.trip_facts import Row, Sheet, person_name
from desktop_app.reports.wording import (
    beijing_clock,
    clock,
    dotted,
    joined,
    lines_of,
    local,
    long_date,
    month_day,
    short_day,
    sign,
)

# Where a person's name stands, in either language.
_NAMES = ("name", "name_en", "member_name", "member_name_en")
_GAP = 22
_HALF = (WIDTH - _GAP) / 2
# What is longer does not go into a narrow column: it would not leave a page.
_LONG = 320
# The room of the labels in points.
_LABELS = {"zh": 54, "en": 72, "both": 86}


def meeting_sheet(sheet: Sheet, count: int, lang: str, today: dt.date) -> list[Flowable]:
    """Return the page of one meeting, the rest of it filled with lines to write on."""
    story: list[Flowable] = [PageBreak(), *_heading(sheet, count, lang)]
    left, right, rest = _basics(sheet, lang)
    story += side_by_side(
        facts(left, _HALF, _LABELS[lang]),
        facts(right, _HALF, _LABELS[lang]),
    )
    for name, text in rest:
        story += [head(name), plain(text)]
    meeting = sheet.meeting
    if meeting.get("objective"):
        words = escape(t("reports.objective", lang))
        story += [Spacer(1, 4), paragraph(f"<b>{words}</b>  {escape(meeting['objective'])}")]
    if meeting.get("wished_outcome"):
        words = t("reports.wished_outcome", lang)
        story.append(callout(f"<b>{escape(words)}</b>  {escape(meeting['wished_outcome'])}"))
    story += side_by_side(
        [*_company(sheet, lang), *_with_us(sheet, lang)],
        [*_people(sheet, lang), *_promises(sheet, lang, today), *_history(sheet, lang)],
    )
    story += _points("talking_points", meeting, lang)
    story += side_by_side(
        _callout_of("offers", meeting.get("offers"), "good", lang),
        _callout_of("red_lines", meeting.get("red_lines"), "warn", lang),
    )
    story += side_by_side(_points("asks", meeting, lang), _points("questions", meeting, lang))
    for name in ("outcome", "notes"):
        story += _block(name, meeting.get(name), lang)
    return [*story, NoteLines(t("reports.note_lines", lang))]


def _heading(sheet: Sheet, count: int, lang: str) -> list[Flowable]:
    """Return number and day, the company's names, and both clocks at the right."""
    meeting, company = sheet.meeting, sheet.company
    day = short_day(sheet.start.date(), lang) if sheet.start else t("reports.no_time", lang)
    number = t("reports.meeting_of", lang, number=sheet.number, count=count, day=day)
    name = sheet.heading(lang)
    words = escape(name)
    if lang != "en" and company.get("name_zh") and company["name_zh"] != name:
        local_name = escape(company["name_zh"])
        wide = text_width(name, 15, True) + text_width(clean(company["name_zh"]), 11)
        words += " " if wide < WIDTH - 150 else "<br/>"
        words += f'<font name="{REGULAR}" size="11" color="#67707E">{local_name}</font>'
    start, end, zone = meeting.get("starts_at"), meeting.get("ends_at"), meeting.get("zone")
    left: list[Flowable] = [plain(number, "kicker"), title(words, name, sheet.key, 1)]
    subtitle = sheet.subtitle(lang)
    if subtitle and len(subtitle) < _LONG:
        left.append(plain(subtitle, "muted"))
    right: list[Flowable] = []
    if start is not None:
        beijing = t("reports.beijing", lang, time=beijing_clock(start, end, zone))
        right = [plain(clock(start, end, zone), "time"), plain(beijing, "time_small")]
    if len(words) > _LONG or not right:
        return [*left, *right, Spacer(1, 4)]
    table = Table(
        [[left, right]],
        colWidths=[WIDTH - 138, 138],
        style=padding(below=4),
    )
    return [table, Spacer(1, 4)]


def _basics(sheet: Sheet, lang: str) -> tuple[Any, Any, list[tuple[str, str]]]:
    """Return the facts of the two columns, and those too long for a column."""
    meeting = sheet.meeting
    ours = [person_name(person, lang) for person in sheet.ours]
    for key, name in (
        ("interpreter", meeting.get("interpreter")),
        ("note_taker", meeting.get("note_taker")),
    ):
        if name:
            # The meeting keeps one name; one of ours is named as the paper's language does.
            known = (*sheet.travellers, *sheet.ours)
            names = {p.get(k): person_name(p, lang) for p in known for k in _NAMES}
            shown = names.get(name, name)
            ours = [other for other in ours if other != shown]
            ours.append(t(f"reports.{key}", lang, name=shown))
    left = [
        ("place", place_of(meeting)),
        ("arrival", str(meeting.get("transfer") or "")),
        ("dress", str(meeting.get("dress") or "")),
        ("kind", word("meeting_kind", meeting.get("kind"), lang)),
    ]
    right = [
        ("attendees", joined(ours, lang)),
        ("languages", str(meeting.get("language") or "")),
        ("materials", joined(lines_of(meeting.get("materials")), lang)),
    ]
    if meeting.get("status") not in (None, "", "planned"):
        right.append(("status", word("meeting_status", meeting.get("status"), lang)))
    named = [[(t(f"reports.{key}", lang), text) for key, text in side] for side in (left, right)]
    rest = [pair for side in named for pair in side if len(pair[1]) > _LONG]
    short = [[pair for pair in side if len(pair[1]) <= _LONG] for side in named]
    return short[0], short[1], rest


def _block(name: str, text: Any, lang: str) -> list[Flowable]:
    """Return a heading and its text, nothing where there is no text."""
    return [head(t(f"reports.{name}", lang)), plain(text)] if text else []


def _points(name: str, meeting: Row, lang: str) -> list[Flowable]:
    """Return a heading and numbered points, nothing where there are none."""
    points = lines_of(meeting.get(name))
    return [head(t(f"reports.{name}", lang)), *numbered(points)] if points else []


def _callout_of(name: str, text: Any, tone: str, lang: str) -> list[Flowable]:
    """Return a callout whose first words name it."""
    points = lines_of(text)
    if not points:
        return []
    mark = sign(lang, "；", "; ")
    words = escape(mark.join(point.rstrip("；;") for point in points))
    return [callout(f"<b>{escape(t(f'reports.{name}', lang))}</b>  {words}", tone)]


def _company(sheet: Sheet, lang: str) -> list[Flowable]:
    """Return what the company is and what it has in China."""
    company = sheet.company
    if not company:
        return []
    chain = sheet.lead.get("chain") or company.get("chain")
    known = [
        word("chain", chain, lang) if chain else "",
        t("reports.founded", lang, year=company["founded_year"])
        if company.get("founded_year")
        else "",
        t("reports.employees", lang, count=f"{company['employees']:,}")
        if company.get("employees")
        else "",
        t(
            "reports.revenue",
            lang,
            amount=format_money(company["revenue_minor"], company.get("revenue_currency"), lang),
        )
        if company.get("revenue_minor")
        else "",
        str(company.get("website") or ""),
    ]
    mark = sign(lang, "，", ", ")
    texts = [company.get("description"), mark.join(part for part in known if part)]
    found: list[Flowable] = [plain(text) for text in texts if text]
    if company.get("china_footprint"):
        words = t("reports.footprint", lang)
        found.append(paragraph(f"<b>{escape(words)}</b>  {escape(company['china_footprint'])}"))
    return [head(t("reports.company", lang)), *found] if found else []


def _with_us(sheet: Sheet, lang: str) -> list[Flowable]:
    """Return how the project stands."""
    lead = sheet.lead
    if not lead:
        return []
    first = dotted(
        [
            word("stage", lead.get("stage"), lang),
            t("reports.value", lang, value=sheet.value) if sheet.value is not None else "",
            t("reports.readiness", lang, grade=sheet.readiness) if sheet.readiness else "",
        ]
    )
    amount = format_money(lead.get("amount_minor"), lead.get("currency"), lang)
    texts = [
        lead.get("title"),
        first,
        t("reports.amount", lang, amount=amount) if amount else "",
        t("reports.competitors", lang, places=lead["competitors"])
        if lead.get("competitors")
        else "",
        t("reports.blocker", lang, text=lead["blocker"]) if lead.get("blocker") else "",
    ]
    return [head(t("reports.with_us", lang)), *[plain(text) for text in texts if text]]


def _people(sheet: Sheet, lang: str) -> list[Flowable]:
    """Return whom the delegation meets."""
    rows = []
    for person in sheet.theirs:
        notes = [
            str(person.get("title") or ""),
            word("decision_role", person.get("decision_role"), lang),
            str(person.get("languages") or ""),
            str(person.get("notes") or "")[:200],
        ]
        mark = sign(lang, "；", "; ")
        name = escape(person.get("name") or person.get("name_zh"))
        if lang != "en" and person.get("name_zh") and person.get("name"):
            own = escape(person["name_zh"])
            name += f'<br/><font name="{REGULAR}" color="#67707E">{own}</font>'
        rows.append(
            [
                paragraph(name, "cell_bold"),
                plain(mark.join(note for note in notes if note), "cell"),
            ]
        )
    if not rows:
        return []
    table = Table(
        rows,
        colWidths=[_HALF * 0.36, _HALF * 0.64],
        style=[
            *padding(right=6, above=3, below=3),
            ("LINEBELOW", (0, 0), (-1, -1), HAIRLINE, RULE),
        ],
    )
    table.hAlign = "LEFT"
    return [head(t("reports.their_people", lang)), table]


def _promises(sheet: Sheet, lang: str, today: dt.date) -> list[Flowable]:
    """Return the open promises of both sides, with what is overdue."""
    found: list[Flowable] = []
    for promise in sheet.promises:
        due = promise.due_on
        words = promise.title
        side = promise.side
        if side:
            words = t(f"reports.side_{side}", lang) + words
        if due and due < today:
            late = (today - due).days
            key = "reports.overdue" if late > 1 else "reports.overdue_one"
            words += t(key, lang, day=month_day(due, lang), days=late)
        elif due:
            words += t("reports.due", lang, day=month_day(due, lang))
        found.append(plain(words))
    return [head(t("reports.promises", lang)), *found] if found else []


def _history(sheet: Sheet, lang: str) -> list[Flowable]:
    """Return the latest meetings that were held with them."""
    found: list[Flowable] = []
    for item in sheet.history[:3]:
        text = str(item.get("outcome") or item.get("notes") or "")
        moment = local(item.get("starts_at"), item.get("zone"))
        day = long_date(moment.date() if moment else None, lang)
        words = " ".join(part for part in (day, str(item.get("title") or "")) if part)
        mark = sign(lang, "：", ": ")
        found.append(plain(mark.join(part for part in (words, text[:160]) if part)))
    return [head(t("reports.history", lang)), *found] if found else []
