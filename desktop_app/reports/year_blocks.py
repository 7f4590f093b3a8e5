"""What the sections of a yearly report share: headings, figures as text, charts, names."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from desktop_app.domain.formats import number
from desktop_app.reports.bilingual import each, format_money, pick, t, word
from desktop_app.reports.chart_flowable import ChartFlowable
from desktop_app.reports.chart_shapes import Chart
from desktop_app.reports.charts import draw_shares
from desktop_app.reports.fonts import text_width
from desktop_app.reports.layout import head, page_title, plain, side_by_side
from desktop_app.reports.styles import WIDTH
from desktop_app.reports.week_chart import Column, draw_weeks
from desktop_app.reports.year_facts import YearFacts
from desktop_app.services.year_figures import YearFigure

GAP = 22
HALF = (WIDTH - GAP) / 2
# Below a section's heading there is room for so much.
_COLUMN = 640
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def section(facts: YearFacts, code: str, lang: str) -> list[Flowable]:
    """Return the heading of a section."""
    year = t("yearly.year", lang, year=facts.year)
    return page_title(year, t(f"reports.section_{code}", lang), f"year-{code}")


def amount_words(value: int | None, unit: str, lang: str) -> str:
    """Return a value in the unit of its figure; a dash for none."""
    if value is None:
        return "–"
    if unit in ("CNY", "USD"):
        return format_money(value * 100, unit, lang)
    return number(value) + ("%" if unit == "%" else "")


def value_words(figure: YearFigure, lang: str) -> str:
    """Return a figure's value as text."""
    return amount_words(figure.value, figure.unit, lang)


def metric_word(metric: str, lang: str) -> str:
    """Return what a figure is called."""
    return word("metric", metric, lang)


def company_of(company: str, company_zh: str, lang: str) -> str:
    """Return a company by its names: on Chinese paper both, as the local one is on its door."""
    if lang == "zh" and company and company_zh and company != company_zh:
        return f"{company_zh} {company}"
    return pick(lang, company_zh, company)


def group(words: str) -> list[Flowable]:
    """Return the heading of a list that may run on over pages, with room for its first lines."""
    made = head(words)
    made.keepWithNext = False
    return [CondPageBreak(72), made]


def columns(left: list[Flowable], right: list[Flowable]) -> list[Flowable]:
    """Return two columns as tall as they fit on a page of their own."""
    return side_by_side(left, right, GAP, _COLUMN)


def heads(lang: str, *names: str) -> list[str]:
    """Return the heads of columns."""
    return [t(f"yearly.{name}", lang) for name in names]


def chart_block(title: str, note: str, chart: Chart) -> list[Flowable]:
    """Return a chart under its heading and what it counts."""
    return [head(title), plain(note, "table_head"), Spacer(1, 3), ChartFlowable(chart)]


def shares_chart(
    parts: Sequence[tuple[str, int, int]], lang: str, most: int = 9, last: str = ""
) -> Chart:
    """Return the parts of a figure as bars, the greatest first."""
    other, nothing = t("yearly.others", lang), t("yearly.nothing", lang)
    shown = [(label, value) for label, value, _records in parts]
    return draw_shares(shown, other, nothing, HALF, text_width, most=most, last=last)


def _month(number_: int, lang: str) -> str:
    return f"{number_}月" if lang == "zh" else _MONTHS[number_ - 1]


def months_chart(
    values: Sequence[int | None],
    lang: str,
    width: float = WIDTH,
    shown: Sequence[str] = (),
    height: float = 92,
) -> Chart:
    """Return a column for each month; one that is still to come has none."""
    columns = [
        Column(each(lang, partial(_month, at + 1)), value or 0, shown=shown[at] if shown else "")
        for at, value in enumerate(values)
    ]
    return draw_weeks(columns, None, t("yearly.nothing", lang), width, height, text_width)


def day_words(day: dt.date | None) -> str:
    """Return a day of the year as a table shows it, the same in both languages."""
    return "" if day is None else f"{day:%m-%d}"


def parts_of(facts: YearFacts, metric: str, by: str, lang: str) -> list[tuple[str, int, int]]:
    """Return the parts of a figure with their labels: label, value, records."""
    missing = t("yearly.not_given", lang)
    return [
        (pick(lang, one.zh, one.en) or missing, one.value, one.records)
        for one in facts.parts.get((metric, by), ())
    ]


def days_words(days: int | None) -> str:
    """Return a number of days; a dash for none."""
    return "–" if days is None else number(days)
