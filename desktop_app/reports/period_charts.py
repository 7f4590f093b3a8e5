"""The charts of a periodic report: stages, targets, chains, and meetings by week."""

import datetime as dt
from functools import partial

from reportlab.platypus import Flowable, KeepTogether, Spacer

from desktop_app.reports.bilingual import BOTH, each, in_line, t, word
from desktop_app.reports.chart_flowable import ChartFlowable
from desktop_app.reports.chart_shapes import Chart
from desktop_app.reports.charts import Goal, draw_funnel, draw_goals, draw_shares
from desktop_app.reports.fonts import text_width
from desktop_app.reports.layout import head, plain, side_by_side
from desktop_app.reports.period_front import GAP, HALF, year_note
from desktop_app.reports.week_chart import Column, draw_weeks
from desktop_app.reports.wording import month_day
from desktop_app.services.period_figures import PeriodFigures, Step, week_of


def charts(facts: PeriodFigures, lang: str) -> list[Flowable]:
    """Return the four charts, two in a row."""
    day = min(facts.period.last, facts.today)
    year = t("period.year", lang, year=day.year)
    notes = [t(f"period.{name}_note", lang) for name in ("funnel", "chains", "weeks")]
    return [
        KeepTogether(
            side_by_side(
                _block(t("period.funnel", lang), notes[0], _funnel(facts, lang)),
                _block(year, year_note(day, lang), _goals(facts, lang)),
                GAP,
            )
        ),
        Spacer(1, 4),
        KeepTogether(
            side_by_side(
                _block(t("period.chains", lang), notes[1], _chains(facts, lang)),
                _block(t("period.weeks", lang), notes[2], _weeks(facts, lang)),
                GAP,
            )
        ),
        Spacer(1, 12),
    ]


def _block(title: str, note: str, chart: Chart) -> list[Flowable]:
    """Return a chart under its heading and what it counts."""
    return [head(title), plain(note, "table_head"), Spacer(1, 3), ChartFlowable(chart)]


def _funnel(facts: PeriodFigures, lang: str) -> Chart:
    """Return the stages; the first has nothing before it."""
    befores: list[Step | None] = [None, *facts.funnel[:-1]]
    stages = [
        (
            # In one line, so that eleven stages leave room for the other charts.
            in_line(word("stage", step.stage, lang)),
            step.now,
            step.reached / before.reached if before is not None and before.reached else None,
        )
        for step, before in zip(facts.funnel, befores, strict=True)
    ]
    heads = (t("period.now", lang), t("period.came_on", lang))
    return draw_funnel(stages, heads, t("period.nothing", lang), HALF, text_width)


def _goals(facts: PeriodFigures, lang: str) -> Chart:
    """Return the year's figures against their targets."""
    goals = [
        Goal(word("metric", one.metric, lang), one.value, one.target, "percent" in one.metric)
        for one in facts.year
    ]
    heads = (t("period.figure", lang), t("period.target", lang), t("period.share", lang))
    return draw_goals(goals, heads, t("period.nothing", lang), HALF, text_width)


def _chains(facts: PeriodFigures, lang: str) -> Chart:
    """Return the active leads by chain; those outside the chains last."""
    missing = t("period.no_chain", lang)
    parts = [(word("chain", code, lang) or missing, count) for code, count in facts.chains]
    return draw_shares(
        parts,
        t("period.other_chains", lang),
        t("period.nothing", lang),
        HALF,
        text_width,
        most=7 if lang == BOTH else 10,
        last=word("chain", "outside", lang),
    )


def _monday(day: dt.date, lang: str) -> str:
    """Return the day below a week's column, short."""
    return f"{day:%m-%d}" if lang == "zh" else month_day(day, lang)


def _weeks(facts: PeriodFigures, lang: str) -> Chart:
    """Return the meetings by week; the week or weeks of the period in bold."""
    marked = {week_of(facts.period.last).first} if len(facts.weeks) else set()
    columns = [
        Column(
            each(lang, partial(_monday, week.monday)),
            week.held,
            week.planned,
            week.monday in marked,
        )
        for week in facts.weeks
    ]
    key = (t("period.held", lang), t("period.planned", lang))
    return draw_weeks(columns, key, t("period.nothing", lang), HALF, 128, text_width)
