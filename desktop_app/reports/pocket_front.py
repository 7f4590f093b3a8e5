"""The front of a pocket card: the trip, the numbers for an emergency, and our own phones."""

from reportlab.platypus import Flowable, Spacer

from desktop_app.i18n import catalogue
from desktop_app.reports.bilingual import half, halves, is_pair, t, word
from desktop_app.reports.cjk import escape
from desktop_app.reports.geometry import A6_PAGE
from desktop_app.reports.small_type import Cells, grid, ruled, said, small_head
from desktop_app.reports.styles import HAIRLINE, RULE, TONES
from desktop_app.reports.trip_facts import Briefing, person_name
from desktop_app.reports.wording import days, lines_of

ROOM = A6_PAGE.room
_BAR, _GROUND = TONES["bad"]


def block_head(code: str, lang: str) -> Flowable:
    """Return the heading of a part of the card, which stands in the outline."""
    words = t(f"reports.section_{code}", lang)
    made = small_head(escape(words), half(words, "en" if lang == "en" else "zh"), code, "card_head")
    made.keepWithNext = True
    return made


def front(facts: Briefing, lang: str) -> list[Flowable]:
    """Return the kind of paper, the trip's title and its days."""
    title = facts.title(lang) or t("reports.untitled_trip", lang)
    lines: list[Flowable] = [said(t("reports.pocket_card", lang), "head")]
    first, second = halves(title) if is_pair(title) else (title, "")
    lines.append(small_head(escape(first), first[:120], "card", "card_title"))
    if second:
        lines.append(said(second, "muted"))
    dates = days(facts.trip.get("starts_on"), facts.trip.get("ends_on"), lang)
    if dates:
        lines.append(said(dates, "card"))
    return lines


def numbers_block(facts: Briefing, lang: str) -> list[Flowable]:
    """Return the numbers for an emergency on a red ground, the trip's own last."""
    rows: Cells = [
        [said("112", "card_number"), said(t("reports.pocket_112", lang), "card")],
        [said("+86-10-12308", "card_number"), said(t("reports.pocket_12308", lang), "card")],
    ]
    for code in facts.countries():
        if f"reports.emergency_{code}" in catalogue():
            country = word("country", code, lang)
            rows.append(
                [said(country, "card_bold"), said(t(f"reports.emergency_{code}", lang), "card")]
            )
    ground = [
        ("BACKGROUND", (0, 0), (-1, -1), _GROUND),
        ("LINEBEFORE", (0, 0), (0, -1), 2.5, _BAR),
        ("LEFTPADDING", (0, 0), (0, -1), 8),
    ]
    rules = [*ground, ("TOPPADDING", (0, 0), (-1, 0), 4), ("BOTTOMPADDING", (0, -1), (-1, -1), 4)]
    table = grid(rows, [82, ROOM - 82], gap=4, rules=rules)
    found: list[Flowable] = [Spacer(1, 7), block_head("pocket_numbers", lang), Spacer(1, 2), table]
    own: Cells = [[said(line, "card")] for line in lines_of(facts.trip.get("emergency_numbers"))]
    if own:
        found.append(grid(own, [ROOM], below=1.5, rules=ground, splitInRow=1))
    return found


def phones_block(facts: Briefing, lang: str) -> list[Flowable]:
    """Return who travels, with their phones."""
    rows: Cells = [
        [
            said(person_name(person, lang), "card_bold"),
            said(word("delegate_role", person.get("role"), lang), "card_muted"),
            said(person.get("phone") or "—", "card"),
        ]
        for person in facts.delegates
    ]
    if not rows:
        return []
    rules = [("LINEBELOW", (0, 0), (-1, -1), HAIRLINE, RULE)]
    shares = (0.36, 0.3, 0.34) if lang == "both" else (0.28, 0.32, 0.4)
    table = grid(rows, [ROOM * part for part in shares], gap=4, above=1.6, below=1.6, rules=rules)
    return [Spacer(1, 8), ruled(block_head("pocket_phones", lang), ROOM), table]
