"""The head of a yearly report: its cover, and the year at a glance."""

import datetime as dt
from typing import Any

from reportlab.platypus import Flowable, KeepTogether, NextPageTemplate, PageBreak, Spacer, Table

from desktop_app.domain.formats import date_range, number
from desktop_app.reports.bilingual import each, half, t
from desktop_app.reports.chart_flowable import ChartFlowable
from desktop_app.reports.cjk import escape
from desktop_app.reports.columns import figures
from desktop_app.reports.cover import cover_title, paint_cover
from desktop_app.reports.layout import callout, padding, paragraph, plain, ruled_table
from desktop_app.reports.marks import Bar
from desktop_app.reports.paper import Order
from desktop_app.reports.styles import ACCENT, TONES
from desktop_app.reports.wording import joined
from desktop_app.reports.year_blocks import (
    amount_words,
    heads,
    metric_word,
    months_chart,
    section,
    value_words,
)
from desktop_app.reports.year_facts import GROUPS, LISTED_IN, LISTS, YearFacts
from desktop_app.services.year_figures import YearFigure

# What a reader looks for first.
_COVER = (
    ("signed_projects", "chain_fit_percent", "foreign_capital_received", "visits_and_events"),
    ("cases_solved_percent", "approvals_done", "permitted_area_m2", "credit_granted"),
)
_SHARES = (2.65, 1.4, 1.25, 1.45, 1.35, 1.25, 0.7)
_BAR = 34
# So many figures behind their targets are named.
_MOST_NAMED = 8
# A change beyond this, in percent, says that there was next to nothing before.
_MOST_CHANGE = 999


def title_of(facts: YearFacts, lang: str) -> str:
    """Return the title of the report."""
    return t("yearly.title", lang, year=facts.year)


def days_of(facts: YearFacts, lang: str) -> str:
    """Return the days counted, and that there are more to come where there are."""
    first = dt.date(facts.year, 1, 1)
    days = each(lang, lambda one: date_range(first, facts.until, one))
    if facts.is_over:
        return days
    return t("yearly.to_date", lang, days=days, percent=_share_of_year(facts))


def _share_of_year(facts: YearFacts) -> int:
    """Return how much of the year is over, in whole percent."""
    first, after = dt.date(facts.year, 1, 1), dt.date(facts.year + 1, 1, 1)
    return round(100 * ((facts.until - first).days + 1) / (after - first).days)


def cover(facts: YearFacts, lang: str) -> list[Flowable]:
    """Return title, days and the figures that a reader looks for first."""
    kind, title = t("yearly.name", lang), title_of(facts, lang)
    story: list[Flowable] = [Spacer(1, 170), *cover_title(kind, title, days_of(facts, lang))]
    story.append(Spacer(1, 54))
    for row in _COVER:
        found = [(value_words(facts.figures[one], lang), metric_word(one, lang)) for one in row]
        story += [figures(found), Spacer(1, 22)]
    if facts.value("signed_projects"):
        chart = months_chart(facts.months["signed_projects"], lang)
        story += [Spacer(1, 24), plain(t("yearly.months_signed_projects", lang), "small_muted")]
        story += [Spacer(1, 4), ChartFlowable(chart)]
    return [*story, NextPageTemplate("text"), PageBreak()]


def paint(canvas: Any, order: Order, mark: str) -> None:
    """Paint what stands at the edges of the cover."""
    paint_cover(canvas, order, mark)


def glance(facts: YearFacts, order: Order) -> list[Flowable]:
    """Return every figure against its target and the year before, by what it is about."""
    lang = order.lang
    note = "yearly.glance_note" if facts.is_over else "yearly.glance_note_to_date"
    above = [*_targets(facts, lang), plain(t(note, lang), "small_muted"), Spacer(1, 3)]
    story = [*section(facts, "glance", lang), *above]
    for code, metrics in GROUPS.items():
        story += [KeepTogether([_group(facts, code, metrics, order)]), Spacer(1, 3)]
    return [*story, Spacer(1, 9)]


def _targets(facts: YearFacts, lang: str) -> list[Flowable]:
    """Return how many targets are reached, and which are not: of a year under way, those behind."""
    aimed = [one for one in facts.figures.values() if one.target]
    if not aimed:
        return []
    below = [one for one in aimed if (one.value or 0) < (one.target or 0)]
    met = t("yearly.targets_met", lang, met=len(aimed) - len(below), all=len(aimed))
    parts = [escape(met)]
    passed = _share_of_year(facts)
    behind = [one for one in below if facts.is_over or _is_behind(one, passed)]
    if behind:
        names = [metric_word(one.metric, lang) for one in behind[:_MOST_NAMED]]
        if behind[_MOST_NAMED:]:
            names.append(t("yearly.n_more", lang, count=len(behind) - _MOST_NAMED))
        listed = each(lang, lambda one: joined([half(name, one) for name in names], one))
        key = "yearly.targets_missed" if facts.is_over else "yearly.targets_behind"
        parts.append(escape(t(key, lang, names=listed, percent=passed)))
    return [callout("<br/>".join(parts), "accent" if below else "good")]


def _is_behind(figure: YearFigure, passed: int) -> bool:
    """Say whether a figure is behind its target by the part of the year that is over.

    A share of something is not one that grows with the year.
    """
    value, target = figure.value or 0, figure.target or 0
    return value < target if figure.unit == "%" else 100 * value < passed * target


def _group(facts: YearFacts, code: str, metrics: tuple[str, ...], order: Order) -> Table:
    """Return the figures of one kind of work."""
    lang = order.lang
    names = ("value", "target", "share", "before", "change", "records")
    header = [t(f"yearly.group_{code}", lang), *heads(lang, *names)]
    rows = [_row(facts, metric, order) for metric in metrics]
    table = ruled_table(header, rows, _SHARES, right=(1, 2, 4, 5, 6))
    # The group's name is what the eye looks for among the heads of its columns.
    cells: Any = table
    cells._cellvalues[0][0] = paragraph(escape(header[0]), "group")
    return table


def _row(facts: YearFacts, metric: str, order: Order) -> list[Any]:
    """Return a figure with its target, the year before, and how many records it has."""
    lang, figure, before = order.lang, facts.figures[metric], facts.before[metric]
    target = amount_words(figure.target, figure.unit, lang) if figure.target else "–"
    records = number(figure.records)
    aim = next((one[0] for one in LISTS if metric in one), "")
    key = f"year-{LISTED_IN[metric]}" if metric in LISTED_IN else f"year-list-{aim}"
    gone = LISTED_IN.get(metric, "annex") in order.left_out
    linked = figure.records and not gone
    return [
        metric_word(metric, lang),
        paragraph(escape(value_words(figure, lang), stacked=True), "cell_right_bold"),
        target,
        _share(figure, lang),
        value_words(before, lang) if before.records else "–",
        change_words(figure, before, lang),
        paragraph(f'<a href="#{key}" color="#1F5FBF">{records}</a>', "cell_right")
        if linked
        else records,
    ]


def _share(figure: YearFigure, lang: str) -> Any:
    """Return the share of a target reached, as a bar and a number."""
    if not figure.target or figure.value is None:
        return ""
    share = figure.value / figure.target
    colour = TONES["good"][0] if share >= 1 else ACCENT
    words = t("yearly.percent", lang, percent=number(int(100 * share)))
    table = Table(
        [[Bar(share, _BAR, room=12.6, colour=colour), plain(words, "cell")]],
        colWidths=[_BAR + 6, None],
        style=padding(),
        hAlign="LEFT",
    )
    return [table]


def change_words(figure: YearFigure, before: YearFigure, lang: str) -> str:
    """Return how a figure changed against the year before: a triangle and a number."""
    if not before.value or figure.value is None:
        return ""
    change = figure.value - before.value
    if figure.unit == "%":
        text = t("yearly.points", lang, count=number(abs(change)))
    else:
        percent = round(100 * abs(change) / before.value)
        shown = number(percent) if percent <= _MOST_CHANGE else f">{_MOST_CHANGE}"
        # What altered at all is not shown as nothing.
        shown = shown if percent else "<1"
        text = t("yearly.percent", lang, percent=shown)
    if not change:
        return t("yearly.same", lang)
    return each(lang, lambda one: f"{'▲' if change > 0 else '▼'} {half(text, one)}")
