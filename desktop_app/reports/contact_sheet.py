"""The contact sheet (联系人名册) of a trip: whom we met and who we are, each with a QR code."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, Spacer, Table
from sqlalchemy.orm import Session

from desktop_app.db.models import Member
from desktop_app.reports.bilingual import half, halves, in_line, is_pair, t, word
from desktop_app.reports.cjk import escape
from desktop_app.reports.contact_qr import SIZE, QrCode, card_of
from desktop_app.reports.fitting import MOST, Pen
from desktop_app.reports.fonts import missing_glyphs, register
from desktop_app.reports.geometry import A4_PAGE
from desktop_app.reports.paper import Gap, Order, Pages, in_order
from desktop_app.reports.small_type import Cells, grid, ruled, said, small_head
from desktop_app.reports.styles import HAIRLINE, RULE
from desktop_app.reports.trip_facts import Briefing, Row, briefing_facts
from desktop_app.reports.wording import days, dotted
from desktop_app.services.trips import trip_detail

KIND = "trips"
SECTIONS = ("contact_theirs", "contact_ours")

_ROOM = A4_PAGE.room
_GAP = 18.0
_CARD = (_ROOM - _GAP) / 2
_TEXT = _CARD - SIZE - 6
_CODE_HEIGHT = SIZE + 10


@dataclass(frozen=True)
class Person:
    """One person of the sheet, theirs or ours, with the record that holds them."""

    kind: str
    fields: Row
    company: Row
    duty: str = ""


@dataclass(frozen=True)
class Sheet:
    """The people of a trip."""

    trip: Briefing
    theirs: list[Person]
    ours: list[Person]


def read(session: Session, record_id: str, order: Order, _files: Path) -> Sheet:
    """Return the people of a trip: theirs in the order of the meetings, and the delegation."""
    trip = briefing_facts(trip_detail(session, record_id, order.day))
    theirs: dict[str, Person] = {}
    for sheet in trip.sheets:
        for one in sheet.theirs:
            theirs.setdefault(str(one["id"]), Person("contacts", one, sheet.company))
    ours = []
    for delegate in trip.delegates:
        member = session.get(Member, delegate["member_id"]) if delegate.get("member_id") else None
        ours.append(_delegate(delegate, member, order))
    return Sheet(trip, list(theirs.values()), ours)


def _delegate(delegate: Row, member: Member | None, order: Order) -> Person:
    """Return one of us as an address book abroad holds a person: with the English name first."""
    zh = delegate.get("member_name") or ""
    latin = (member.name_en if member else None) or ""
    first, second = (latin or zh, zh) if order.lang == "en" else (zh, latin)
    fields = {
        "id": delegate.get("id"),
        "name": first,
        "name_zh": second if second != first else "",
        "mobile": delegate.get("phone"),
        "email": member.email if member else None,
        "title": (member.role if member else None) or None,
    }
    firm = half(order.team, "en" if order.lang == "en" else "zh")
    return Person("delegates", fields, {"name": firm}, str(delegate.get("role") or ""))


def pages(facts: Sheet, order: Order) -> Pages:
    """Return the pages of the sheet; the same facts and order give the same bytes."""
    register()
    lang = order.lang
    kind = t("reports.contact_sheet", lang)
    name = facts.trip.title(lang) or t("reports.untitled_trip", lang)
    own = order.classification or facts.trip.trip.get("classification")
    return Pages(
        title=f"{name} · {kind}",
        subject=kind,
        story=_story(facts, order),
        mark=str(own or t("reports.internal_foot", lang)),
    )


def _story(facts: Sheet, order: Order) -> list[Flowable]:
    """Return the title, then the cards of both sides."""
    lang = order.lang
    trip = facts.trip
    title = trip.title(lang) or t("reports.untitled_trip", lang)
    first, second = halves(title) if is_pair(title) else (title, "")
    pen = Pen(lang, MOST)
    lines: list[Flowable] = [
        said(t("reports.contact_sheet", lang), "head"),
        small_head(escape(pen.words(first, _ROOM, "name", 3)), first[:120], "sheet", "name"),
    ]
    if second:
        lines.append(pen.text(second, _ROOM, "other_name", 2))
    dates = days(trip.trip.get("starts_on"), trip.trip.get("ends_on"), lang)
    note = t("reports.contact_note", lang) if facts.theirs or facts.ours else ""
    lines += [said(text, "muted") for text in (dates, note) if text]
    return [
        *lines,
        Spacer(1, 10),
        *in_order(
            (
                ("contact_theirs", lambda: _side("contact_theirs", facts.theirs, lang)),
                ("contact_ours", lambda: _side("contact_ours", facts.ours, lang)),
            ),
            order,
        ),
    ]


def _side(code: str, people: Sequence[Person], lang: str) -> list[Flowable]:
    """Return the cards of one side in two columns, with a heading that stays with the first."""
    words = t(f"reports.section_{code}", lang)
    head = ruled(
        small_head(escape(words), half(words, "en" if lang == "en" else "zh"), code, "card_title"),
        _ROOM,
    )
    if not people:
        return [head, Spacer(1, 4), said(t("reports.contact_none", lang), "muted"), Spacer(1, 14)]
    cards = [_card(person, lang) for person in people]
    rows: Cells = [
        [cards[at], "", cards[at + 1] if at + 1 < len(cards) else ""]
        for at in range(0, len(cards), 2)
    ]
    rules = [("LINEBELOW", (0, 0), (-1, -1), HAIRLINE, RULE)]
    table = grid(rows, [_CARD, _GAP, _CARD], above=5, below=5, rules=rules)
    return [CondPageBreak(_CODE_HEIGHT + 40), head, table, Spacer(1, 14)]


def _card(person: Person, lang: str) -> Table:
    """Return one person: words at the left, the code at the right; never taller than a code."""
    fields, firm = person.fields, person.company
    pen = Pen(lang, MOST)
    names = dict.fromkeys(filter(None, [fields.get("name"), fields.get("name_zh")]))
    first, *others = names or {"—": None}
    lines: list[Flowable] = [pen.text(first, _TEXT, "value", 2)]
    firm_names = dict.fromkeys(filter(None, [firm.get("name"), firm.get("name_zh")]))
    shown = next(iter(firm_names), "") if lang == "en" else " ".join(firm_names)
    concept = "delegate_role" if person.kind == "delegates" else "decision_role"
    role = person.duty or fields.get("decision_role")
    for text, style, most in (
        (" ".join(others), "muted", 1),
        (
            dotted([fields.get("title"), in_line(word(concept, role, lang)) if role else ""]),
            "card_muted",
            2,
        ),
        (shown, "card", 2),
        (fields.get("mobile"), "card", 1),
        (fields.get("phone") if fields.get("phone") != fields.get("mobile") else "", "card", 1),
        (fields.get("email"), "card", 2),
    ):
        if text:
            lines.append(pen.text(text, _TEXT, style, most))
    return grid([[lines, QrCode(_code(person))]], [_TEXT + 6, SIZE], gap=6, above=0, below=0)


def _code(person: Person) -> str:
    """Return what the code of a person says."""
    return card_of(person.fields, person.company)[0]


def gaps(facts: Sheet, _order: Order) -> list[Gap]:
    """Return what the sheet lacks: people, phones, addresses for mail, whole codes."""
    found: list[Gap] = []
    trip_id = str(facts.trip.trip.get("id") or "")
    if not facts.theirs:
        found.append(Gap("reports.gap_contact_theirs", {}, "trips", trip_id, "meetings"))
    if not facts.ours:
        found.append(Gap("reports.gap_delegates", {}, "trips", trip_id, "delegates"))
    for person in (*facts.theirs, *facts.ours):
        fields = person.fields
        values = {"name": str(fields.get("name") or fields.get("name_zh") or "—")[:80]}
        record_id = str(fields.get("id") or "")
        phone = "phone" if person.kind == "delegates" else "mobile"
        for key, there, column in (
            ("contact_phone", fields.get("mobile") or fields.get("phone"), phone),
            ("contact_email", fields.get("email"), "email"),
            ("contact_code", not card_of(fields, person.company)[1], "name"),
        ):
            if not there:
                found.append(Gap(f"reports.gap_{key}", values, person.kind, record_id, column))
    signs = missing_glyphs(_texts(facts))
    if signs:
        found.append(Gap("reports.gap_glyphs", {"signs": " ".join(signs)}, "trips", trip_id))
    return found


def _texts(facts: Sheet) -> list[str]:
    """Return the texts of the records that the sheet prints."""
    names = ("name", "name_zh", "title", "mobile", "phone", "email")
    rows: list[Any] = [facts.trip.title("zh"), facts.trip.title("en")]
    for person in (*facts.theirs, *facts.ours):
        rows += [person.fields.get(name) for name in names]
        rows += [person.company.get(name) for name in ("name", "name_zh")]
    return [text for text in rows if isinstance(text, str)]
