"""The lead brief (项目一页纸): all about a lead on one page."""

from collections.abc import Iterable
from pathlib import Path

from reportlab.platypus import Flowable, Spacer
from sqlalchemy.orm import Session

from desktop_app.i18n import word
from desktop_app.reports.bilingual import in_line, pair, t
from desktop_app.reports.fitting import MOST, Pen
from desktop_app.reports.fonts import missing_glyphs, register
from desktop_app.reports.geometry import A4_PAGE
from desktop_app.reports.lead_columns import columns
from desktop_app.reports.lead_facts import LeadFacts, lead_facts
from desktop_app.reports.lead_head import head_of, stage_line, top_facts
from desktop_app.reports.note_lines import NoteLines
from desktop_app.reports.paper import Gap, Order, Pages
from desktop_app.reports.small_type import said

KIND = "leads"
SECTIONS = (
    "lead_scores",
    "lead_company",
    "lead_people",
    "lead_position",
    "lead_review",
    "lead_open",
    "lead_timeline",
)
# The height that the frame has, and that of the line that tells of texts cut short.
_ROOM = A4_PAGE.height - 2 * A4_PAGE.margin - A4_PAGE.foot * 0.55 - 2
_CUT_LINE = 16


def read(session: Session, record_id: str, order: Order, _files: Path) -> LeadFacts:
    """Return the facts of a lead."""
    return lead_facts(session, record_id, order.day, order.lang)


def pages(facts: LeadFacts, order: Order) -> Pages:
    """Return the page of a lead; the same facts and order give the same bytes."""
    register()
    lang = order.lang
    kind = t("reports.lead_brief", lang)
    names = facts.names(lang)
    name = pair(*facts.names("zh")) if lang == "both" else names[0]
    name = name or facts.row.title or t("reports.lead_unnamed", lang)
    return Pages(
        title=f"{name[:200]} · {kind}",
        subject=kind,
        story=_story(facts, order),
        mark=order.classification or t("reports.internal_foot", lang),
    )


def _story(facts: LeadFacts, order: Order) -> list[Flowable]:
    """Return what stands on the page: head, stages, facts, then two columns."""
    width = A4_PAGE.room
    pen = Pen(order.lang, MOST)
    top = head_of(facts, order, pen, width)
    top += [stage_line(facts, order, width), Spacer(1, 8), *top_facts(facts, order, pen, width)]
    used = sum(part.wrap(width, 10_000)[1] for part in top)
    room = _ROOM - used
    body, cut = columns(facts, order, width, room)
    if cut or pen.cut:
        body, cut = columns(facts, order, width, room - _CUT_LINE)
    story: list[Flowable] = [*top, body]
    if cut or pen.cut:
        words = in_line(t("reports.lead_cut", order.lang), " / ")
        story += [Spacer(1, 4), said(words, "label")]
    elif body.wrap(width, 10_000)[1] < room - 90:
        story += [Spacer(1, 4), NoteLines(t("reports.note_lines", order.lang), least=3)]
    return story


def gaps(facts: LeadFacts, _order: Order) -> list[Gap]:
    """Return what the page of a lead lacks, from its head down."""
    row = facts.row
    found: list[Gap] = []

    def lacks(name: str, column: str, kind: str = "leads", record_id: str = row.id) -> None:
        found.append(Gap(f"reports.gap_lead_{name}", {}, kind, record_id, column))

    for name, there, column in (
        ("amount", row.amount_minor is not None, "amount_minor"),
        ("owner", row.owner, "owner_id"),
        ("next", row.next_on, "next_on"),
        ("value", row.value is not None, "value_industry"),
        ("time_scale", facts.fields.get("time_scale"), "time_scale"),
    ):
        if not there:
            lacks(name, column)
    if row.company_id:
        for name, there, column in (
            ("place", row.country and row.city, "city"),
            ("description", facts.company.get("description"), "description"),
            ("people", facts.people, ""),
        ):
            if not there:
                lacks(name, column, "companies", row.company_id)
    else:
        lacks("company", "company_id")
    for person in facts.people:
        if not (person.get("phone") or person.get("mobile") or person.get("email")):
            name = str(person.get("name") or person.get("name_zh") or "")
            values = {"name": name}
            found.append(
                Gap("reports.gap_reach", values, "contacts", str(person.get("id") or ""), "phone")
            )
    told = {gap.column for gap in found} | {"value", "country"}
    for column in facts.missing:
        if column not in told:
            # A gap is read on the screen: its words are in the language in use.
            values = {"stage": word("stage", facts.next_stage), "field": word("field", column)}
            found.append(Gap("reports.gap_lead_gate", values, "leads", row.id, column))
    signs = missing_glyphs(_texts(facts))
    if signs:
        found.append(Gap("reports.gap_glyphs", {"signs": " ".join(signs)}, "leads", row.id))
    return found


def _texts(facts: LeadFacts) -> Iterable[str]:
    """Return every text of the records that may be printed."""
    for row in (facts.fields, facts.company, *facts.people):
        yield from (value for value in row.values() if isinstance(value, str))
    for item in facts.open_items:
        yield item.title
    for one in facts.happenings:
        yield from (one.title, one.text)
