"""The yearly report (年度成果报告): every figure of a year, what it is made of, and its records."""

from collections.abc import Iterable
from pathlib import Path

from reportlab.platypus import Flowable, Spacer
from sqlalchemy.orm import Session

from desktop_app.reports import year_after, year_attraction, year_back, year_front, year_money
from desktop_app.reports.bilingual import t
from desktop_app.reports.fonts import missing_glyphs, register
from desktop_app.reports.paper import Gap, Order, Pages, in_order
from desktop_app.reports.room import with_room
from desktop_app.reports.year_facts import YearFacts, year_facts
from desktop_app.services.year_figures import METRICS

KIND = ""
SECTIONS = (
    "glance", "signed", "visits", "channels", "conversion", "cases", "approvals", "construction",
    "financing", "capital", "not_counted", "rules", "annex",
)  # fmt: skip
# What somebody can fill in, by the reason that a record does not count for; the others are facts.
_TO_FILL = {
    "no_amount": "",
    "no_currency": "currency",
    "unknown_currency": "currency",
    "no_area": "area_m2",
    "no_buildings": "buildings",
    "no_company": "company_id",
    "no_day": "",
}


def read(session: Session, _record_id: str, order: Order, _files: Path) -> YearFacts:
    """Return the facts of the year of the order's day, up to that day."""
    return year_facts(session, order.day)


def pages(facts: YearFacts, order: Order) -> Pages:
    """Return the pages; the same facts and order give the same bytes."""
    register()
    lang = order.lang
    mark = order.classification or t("reports.internal", lang)
    return Pages(
        title=year_front.title_of(facts, lang),
        subject=t("yearly.name", lang),
        story=_story(facts, order),
        mark=order.classification or t("reports.internal_foot", lang),
        cover=lambda canvas: year_front.paint(canvas, order, mark),
    )


def _story(facts: YearFacts, order: Order) -> list[Flowable]:
    """Return the cover and the sections that are wanted; those without any record stay away."""
    lang = order.lang
    sections = in_order(
        (
            ("glance", lambda: year_front.glance(facts, order)),
            ("signed", lambda: year_attraction.signed(facts, lang)),
            ("visits", lambda: year_attraction.visits(facts, lang)),
            ("channels", lambda: year_attraction.channels(facts, lang)),
            ("conversion", lambda: year_attraction.conversion(facts, lang)),
            ("cases", lambda: year_after.cases(facts, lang)),
            ("approvals", lambda: year_after.approvals(facts, lang)),
            ("construction", lambda: year_after.construction(facts, lang)),
            ("financing", lambda: year_money.financing(facts, lang)),
            ("capital", lambda: year_money.capital(facts, lang)),
            ("not_counted", lambda: year_back.not_counted(facts, lang)),
            ("rules", lambda: year_back.rules(facts, lang)),
            ("annex", lambda: year_back.annex(facts, lang)),
        ),
        order,
    )
    # The room below the last section may not begin a page of its own.
    while sections and isinstance(sections[-1], Spacer):
        sections.pop()
    return with_room([*year_front.cover(facts, lang), *sections])


def gaps(facts: YearFacts, _order: Order) -> list[Gap]:
    """Return what the report lacks: targets, what keeps records from counting, glyphs."""
    found: list[Gap] = []
    aimless = [metric for metric in METRICS if not facts.figures[metric].target]
    if aimless:
        values = {"count": str(len(aimless)), "year": str(facts.year)}
        place = f"{facts.year}/{aimless[0]}"
        found.append(Gap("yearly.gap_targets", values, "figures", place))
    known = set()
    for one in facts.left_out:
        for entry in one.entries:
            if one.because in _TO_FILL and (one.because, entry.id) not in known:
                known.add((one.because, entry.id))
                values = {"name": year_back.name_of(entry, "zh")}
                key = f"yearly.gap_{one.because}"
                found.append(Gap(key, values, entry.kind, entry.id, _TO_FILL[one.because]))
    signs = missing_glyphs(_texts(facts))
    if signs:
        found.append(Gap("reports.gap_glyphs", {"signs": " ".join(signs)}, "", ""))
    return found


def _texts(facts: YearFacts) -> Iterable[str]:
    """Return every text of the records that may be printed."""
    rows: list[tuple[object, ...]] = [*facts.signed, *facts.dispatches]
    rows += [entry for entries in facts.behind.values() for entry in entries]
    rows += [entry for one in facts.left_out for entry in one.entries]
    rows += [part for parts in facts.parts.values() for part in parts]
    rows += [facts.names.get(one.code, (one.name,)) for one in facts.events]
    rows += [(one.code,) for one in (*facts.case_categories, *facts.case_departments)]
    for row in rows:
        yield from (value for value in row if isinstance(value, str))
