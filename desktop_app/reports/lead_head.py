"""The head of the page about a lead: names, stages, and the facts that everybody asks for."""

from reportlab.platypus import Flowable, Spacer

from desktop_app.domain.formats import BEIJING
from desktop_app.domain.words import STAGES
from desktop_app.reports.bilingual import (
    format_money,
    half,
    halves,
    in_line,
    is_pair,
    pick,
    t,
    word,
)
from desktop_app.reports.cjk import escape
from desktop_app.reports.fitting import Pen
from desktop_app.reports.lead_facts import LeadFacts
from desktop_app.reports.marks import StageLine, Step
from desktop_app.reports.paper import Order
from desktop_app.reports.small_type import Cells, grid, marked, said, small_head
from desktop_app.reports.styles import HAIRLINE, RULE
from desktop_app.reports.wording import dotted, long_date, month_day, plain_day

_GIVEN_UP = ("lost", "ended", "handed_over")
_SIGNED = [stage.value for stage in STAGES].index("signed")


def head_of(facts: LeadFacts, order: Order, pen: Pen, width: float) -> list[Flowable]:
    """Return the kind of paper, the company's names, and the project's with its state."""
    lang, row = order.lang, facts.row
    kind = t("reports.lead_brief", lang)
    team = half(order.team, "en" if lang == "en" else "zh")
    moment = f"{order.now.astimezone(BEIJING):%Y-%m-%d %H:%M}"
    right = dotted([team, t("reports.lead_data_time", "en" if lang == "en" else "zh", time=moment)])
    left = pen.words(kind, width * 0.5, "head")
    lines: list[Flowable] = [
        grid(
            [[said(left, "head"), said(pen.words(right, width * 0.5, "label"), "label_right")]],
            [width * 0.5, width * 0.5],
            above=0,
            below=4,
        )
    ]
    first, second = facts.names(lang)
    first = first or row.title or t("reports.lead_unnamed", lang)
    shown = escape(pen.words(first, width, "name", 2))
    lines.append(small_head(shown, half(first, "zh")[:120], "lead", "name"))
    if second:
        lines.append(pen.text(second, width, "other_name", 1))
    if row.title and row.title != first:
        lines.append(pen.text(row.title, width, "project", 2))
    state = _state(facts, lang)
    if state:
        lines.append(pen.text(state, width, "late", 2))
    return [*lines, Spacer(1, 9)]


def _state(facts: LeadFacts, lang: str) -> str:
    """Return what is out of the ordinary: paused, lost and to where, ruled out."""
    row, lead = facts.row, facts.fields
    found = []
    if row.status != "active":
        found.append(word("status", row.status, lang))
        if lead.get("lost_to"):
            found.append(t("reports.lead_lost_to", lang, place=lead["lost_to"]))
        found.append(str(lead.get("status_reason") or ""))
    if lead.get("veto"):
        found += [word("field", "veto", lang), str(lead.get("veto_reason") or "")]
    return dotted(found)


def stage_line(facts: LeadFacts, order: Order, width: float) -> StageLine:
    """Return the stages with the days on which they were reached."""
    stages = [stage.value for stage in STAGES]
    now = len(facts.reached) - 1
    steps = [
        Step(
            word("stage", stage, order.lang),
            plain_day(facts.reached.get(stage)),
            "now" if at == now else "reached" if at < now else "to_come",
        )
        for at, stage in enumerate(stages)
    ]
    given_up = facts.row.status in _GIVEN_UP
    return StageLine(steps, width, "none" if given_up else "good" if now >= _SIGNED else "accent")


def top_facts(facts: LeadFacts, order: Order, pen: Pen, width: float) -> list[Flowable]:
    """Return the eight facts in two rows of four, and what the next stage still needs."""
    found = _facts(facts, order)
    widths = [width * part for part in (0.25, 0.25, 0.25, 0.25)]
    room = widths[0] - 10
    rows: Cells = []
    for start in (0, 4):
        line = found[start : start + 4]
        rows.append([said(label, "label") for label, *_ in line])
        rows.append([_values(fact, pen, room) for fact in line])
    rules = [
        ("LINEABOVE", (0, 0), (-1, 0), HAIRLINE, RULE),
        ("LINEABOVE", (0, 2), (-1, 2), HAIRLINE, RULE),
        ("LINEBELOW", (0, 3), (-1, 3), HAIRLINE, RULE),
        ("TOPPADDING", (0, 0), (-1, 0), 5),
        ("TOPPADDING", (0, 2), (-1, 2), 5),
        ("BOTTOMPADDING", (0, 1), (-1, 1), 5),
        ("BOTTOMPADDING", (0, 3), (-1, 3), 5),
    ]
    table = grid(rows, widths, gap=10, above=0, below=0, rules=rules)
    return [table, *_needs(facts, order, pen, width), Spacer(1, 8)]


def _values(fact: tuple[str, str, str, str, str], pen: Pen, room: float) -> list[Flowable]:
    """Return a value in large type, its English and a note in small type below it."""
    _, value, style, note, note_style = fact
    zh, en = halves(value) if is_pair(value) else (value, "")
    found: list[Flowable] = [pen.text(zh or "—", room, style, 1)]
    if en:
        found.append(pen.text(en, room, "label", 1))
    if note:
        found.append(pen.text(in_line(note, " / "), room, note_style, 2))
    return found


def _facts(facts: LeadFacts, order: Order) -> list[tuple[str, str, str, str, str]]:
    """Return the facts: label, value and its style, note and its style."""
    lang, row, lead = order.lang, facts.row, facts.fields
    share = lead.get("foreign_share_percent")
    foreign = "" if share is None else t("reports.lead_foreign", lang, percent=share)
    following = next((item for item in facts.open_items if item.due_on == row.next_on), None)
    next_note = following.title if following and row.next_on else ""
    late = t("reports.lead_late", lang, days=row.overdue_days) if row.overdue_days else ""
    contact = t("reports.lead_stale", lang) if row.stale else ""
    responded = lead.get("responded_on")
    answered = t("reports.lead_answered", lang, day=month_day(responded, lang)) if responded else ""
    country = word("country", row.country or None, lang)
    amount = format_money(row.amount_minor, row.currency or "CNY", lang)
    value, muted = "value", "label"
    return [
        (t("reports.lead_amount", lang), amount, value, foreign, muted),
        (t("reports.lead_place", lang), country, value, row.city, muted),
        (t("reports.lead_chain", lang), word("chain", row.chain or None, lang), value, "", muted),
        (
            t("reports.lead_source", lang),
            word("source", row.source or None, lang),
            value,
            facts.source,
            muted,
        ),
        (
            t("reports.lead_next", lang),
            long_date(row.next_on, lang),
            "value_late" if late else value,
            dotted([late, next_note]),
            muted,
        ),
        (t("reports.lead_owner", lang), row.owner, value, "", muted),
        (
            t("reports.lead_first", lang),
            long_date(row.first_reported_on, lang),
            value,
            dotted([facts.reporter, answered]),
            muted,
        ),
        (
            t("reports.lead_contact", lang),
            long_date(row.last_contact_on, lang),
            value,
            contact,
            "late_label",
        ),
    ]


def _needs(facts: LeadFacts, order: Order, pen: Pen, width: float) -> list[Flowable]:
    """Return what the next stage still needs, if anything, of a lead that goes on."""
    lang = order.lang
    if not facts.missing or facts.row.status in _GIVEN_UP:
        return []
    names = [word("field", name, lang) for name in facts.missing]
    words = t(
        "reports.lead_needs",
        lang,
        stage=word("stage", facts.next_stage, lang),
        fields=pick(
            lang,
            "、".join(half(name, "zh") for name in names),
            ", ".join(half(name, "en") for name in names),
        ),
    )
    return [Spacer(1, 5), marked(escape(words), "needs")]
