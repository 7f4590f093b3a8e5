"""What a yearly report says of money: financing by bank and product, foreign capital received."""

from reportlab.platypus import Flowable, KeepTogether, Spacer

from desktop_app.domain.formats import number
from desktop_app.reports.bilingual import format_money, pick, t
from desktop_app.reports.cjk import escape
from desktop_app.reports.layout import Cell, head, paragraph, ruled_table
from desktop_app.reports.styles import WIDTH
from desktop_app.reports.year_after import large
from desktop_app.reports.year_blocks import (
    HALF,
    chart_block,
    heads,
    metric_word,
    months_chart,
    parts_of,
    section,
    value_words,
)
from desktop_app.reports.year_facts import YearFacts

_MOST_BANKS, _MOST_COUNTRIES = 15, 12
_FINANCING = (
    "companies_with_credit", "credit_granted", "loans_drawn", "companies_with_park_guarantee",
    "park_guarantee_loans",
)  # fmt: skip
_PRODUCTS = ("credit_granted", "loans_drawn", "park_guarantee_loans")


def financing(facts: YearFacts, lang: str) -> list[Flowable]:
    """Return credit granted and loans drawn by bank and product."""
    banks = _banks(facts)
    if not banks:
        return []
    rows: list[list[Cell]] = [
        [
            pick(lang, *names) or t("yearly.no_bank", lang),
            *(_yuan(value, lang) for value in values),
        ]
        for names, values in banks[:_MOST_BANKS]
    ]
    rest = [values for _names, values in banks[_MOST_BANKS:]]
    if rest:
        sums = (sum(column) for column in zip(*rest, strict=True))
        words = t("yearly.other_banks", lang, count=len(rest))
        rows.append([words, *(_yuan(value, lang) for value in sums)])
    total: list[Cell] = [paragraph(escape(t("yearly.total", lang), stacked=True), "cell_bold")]
    for metric in _PRODUCTS:
        shown = value_words(facts.figures[metric], lang)
        total.append(paragraph(escape(shown, stacked=True), "cell_right_bold"))
    names = [*heads(lang, "bank"), *(metric_word(one, lang) for one in _PRODUCTS)]
    table = ruled_table(names, [*rows, total], (2.6, 1.2, 1.2, 1.2), right=(1, 2, 3))
    above = [*section(facts, "financing", lang), *large(facts, _FINANCING, lang)]
    return [KeepTogether([*above, head(t("yearly.by_bank", lang)), table]), Spacer(1, 12)]


def _banks(facts: YearFacts) -> list[tuple[tuple[str, str], list[int]]]:
    """Return the names of the banks with what each gave by product, the most first."""
    names: dict[str, tuple[str, str]] = {}
    sums: dict[str, list[int]] = {}
    for at, metric in enumerate(_PRODUCTS):
        for part in facts.parts[metric, "bank"]:
            names[part.code] = (part.zh, part.en)
            sums.setdefault(part.code, [0] * len(_PRODUCTS))[at] = part.value
    ranked = sorted(sums, key=lambda code: (-sum(sums[code]), code))
    return [(names[code], sums[code]) for code in ranked]


def _yuan(value: int, lang: str) -> str:
    """Return a sum in CNY; a dash for none."""
    return format_money(value * 100, "CNY", lang) if value else "–"


def capital(facts: YearFacts, lang: str) -> list[Flowable]:
    """Return the foreign capital received by country and by month."""
    metric = "foreign_capital_received"
    if not facts.figures[metric].records:
        return []
    values = [value or 0 for value in facts.months[metric]]
    note = t("yearly.capital_note", lang)
    by_month = months_chart(values, lang, WIDTH, [_short(one, lang) for one in values])
    rows: list[list[Cell]] = [
        [label, number(records), format_money(value * 100, "USD", lang)]
        for label, value, records in parts_of(facts, metric, "country", lang)[:_MOST_COUNTRIES]
    ]
    table = ruled_table(
        heads(lang, "country", "receipts", "amount_usd"), rows, (2, 1, 1.6), HALF, right=(1, 2)
    )
    charts = chart_block(t("yearly.by_month", lang), note, by_month)
    above = [*section(facts, "capital", lang), *large(facts, (metric,), lang)]
    story = [*above, *charts, head(t("yearly.by_country", lang)), table]
    return [KeepTogether(story), Spacer(1, 12)]


def _short(value: int, lang: str) -> str:
    """Return a sum in USD as it fits above a narrow column."""
    if not value:
        return ""
    return f"{value / 1_000_000:,.1f}m" if lang == "en" else f"{value / 10_000:,.0f}万"
