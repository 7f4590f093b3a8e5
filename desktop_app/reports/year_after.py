"""What a yearly report says of the work after signing: cases, approvals, construction."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, KeepTogether, Spacer

from desktop_app.domain.formats import number
from desktop_app.reports.bilingual import t, word
from desktop_app.reports.columns import figures
from desktop_app.reports.layout import Cell, head, plain, ruled_table
from desktop_app.reports.year_blocks import (
    HALF,
    chart_block,
    columns,
    day_words,
    days_words,
    group,
    heads,
    metric_word,
    months_chart,
    section,
    value_words,
)
from desktop_app.reports.year_facts import YearFacts
from desktop_app.services.year_tables import CaseCount

_MOST_DEPARTMENTS = 14


def large(facts: YearFacts, metrics: Sequence[str], lang: str) -> list[Flowable]:
    """Return some figures in large type with their labels."""
    found = [(value_words(facts.figures[one], lang), metric_word(one, lang)) for one in metrics]
    return [Spacer(1, 4), figures(found), Spacer(1, 6)]


def cases(facts: YearFacts, lang: str) -> list[Flowable]:
    """Return the cases by category and by department, and the dispatch meetings held."""
    if not facts.case_categories and not facts.dispatches:
        return []
    metrics = ("cases_raised", "cases_solved_percent", "dispatch_meetings")
    tables = columns(
        _case_table(facts.case_categories, "category", lang),
        _case_table(facts.case_departments, "department", lang),
    )
    above = [*section(facts, "cases", lang), *large(facts, metrics, lang)]
    story: list[Flowable] = [KeepTogether([*above, *tables])]
    if facts.dispatches:
        story += _dispatches(facts, lang)
    return [*story, Spacer(1, 12)]


def _case_table(rows: Sequence[CaseCount], head_of: str, lang: str) -> list[Flowable]:
    """Return cases under some heads: raised, solved, median days until the enterprise confirmed."""
    if not rows:
        return []
    shown: list[list[Cell]] = [
        [
            word("case_category", one.code, lang) or t("yearly.not_given", lang),
            number(one.raised),
            number(one.solved),
            days_words(one.median_days),
        ]
        for one in rows[:_MOST_DEPARTMENTS]
    ]
    rest = len(rows) - len(shown)
    more = t("yearly.and_more", lang, count=rest) if rest else ""
    names = heads(lang, head_of, "raised", "solved", "median_days")
    table = ruled_table(names, shown, (2.4, 1, 1, 1.4), HALF, note=more, right=(1, 2, 3))
    return [head(t(f"yearly.by_{head_of}", lang)), table]


def _dispatches(facts: YearFacts, lang: str) -> list[Flowable]:
    """Return the dispatch meetings held, in two columns where there are many."""
    half = -(-len(facts.dispatches) // 2) if len(facts.dispatches) > 4 else len(facts.dispatches)
    tables: list[list[Flowable]] = []
    for part in (facts.dispatches[:half], facts.dispatches[half:]):
        rows: list[list[Cell]] = [
            [day_words(one.held_on), one.title, one.chair, number(one.cases)] for one in part
        ]
        names = heads(lang, "day", "dispatch", "chair", "cases")
        tables.append([ruled_table(names, rows, (0.9, 2.6, 1, 0.8), HALF, right=(3,))]
                      if rows else [])  # fmt: skip
    rest = facts.value("dispatch_meetings") - len(facts.dispatches)
    more = [plain(t("yearly.and_more", lang, count=rest), "small_muted")] if rest > 0 else []
    return [*group(t("yearly.dispatches", lang)), *columns(tables[0], tables[1]), *more]


def approvals(facts: YearFacts, lang: str) -> list[Flowable]:
    """Return the approvals done by kind against their terms, and the services beside them."""
    services = ("site_surveys", "expert_reviews", "onsite_services", "approval_problems_solved")
    if not facts.approvals and not any(facts.value(one) for one in services):
        return []
    story = [
        *section(facts, "approvals", lang),
        *large(facts, ("approvals_done", *services), lang),
    ]
    if not facts.approvals:
        return [*story, Spacer(1, 12)]
    rows: list[list[Cell]] = [
        [
            word("approval_kind", one.kind, lang) or t("yearly.not_given", lang),
            number(one.done),
            number(one.in_term) if one.with_term else "–",
            t("yearly.percent", lang, percent=100 * one.in_term // one.with_term)
            if one.with_term
            else "–",
            days_words(one.median_days),
        ]
        for one in facts.approvals
    ]
    names = heads(lang, "kind", "done", "in_term", "in_term_share", "working_days")
    chart = months_chart(facts.months["approvals_done"], lang)
    note = t("yearly.months_approvals_done", lang)
    term = t("yearly.term_note", lang)
    table = ruled_table(names, rows, (2.4, 1, 1.2, 1.2, 1.6), note=term, right=(1, 2, 3, 4))
    return [
        KeepTogether([*story, head(t("yearly.by_kind", lang)), table]),
        KeepTogether(chart_block(t("yearly.by_month", lang), note, chart)),
        Spacer(1, 12),
    ]


def construction(facts: YearFacts, lang: str) -> list[Flowable]:
    """Return construction permits and joint acceptances with what they cover."""
    permits = ("construction_permits", "permitted_area_m2", "permitted_cost")
    accepted = ("accepted_buildings", "accepted_area_m2")
    if not any(facts.figures[one].records for one in permits + accepted):
        return []
    charts: list[list[Flowable]] = []
    for metric in ("construction_permits", "accepted_buildings"):
        made = months_chart(facts.months[metric], lang, HALF)
        charts.append(
            chart_block(metric_word(metric, lang), t("yearly.months_short", lang), made)
            if facts.value(metric)
            else []
        )
    above = [*section(facts, "construction", lang), *large(facts, permits + accepted, lang)]
    return [KeepTogether([*above, *columns(charts[0], charts[1])]), Spacer(1, 12)]
