"""What a yearly report says of attraction: projects signed, visits, channels, what came of it."""

from reportlab.platypus import Flowable, KeepTogether, Spacer

from desktop_app.domain.formats import number
from desktop_app.reports.bilingual import format_money, pick, t, word
from desktop_app.reports.charts import Row, draw_rows
from desktop_app.reports.columns import figures, prose
from desktop_app.reports.fonts import text_width
from desktop_app.reports.layout import Cell, head, ruled_table
from desktop_app.reports.styles import WIDTH
from desktop_app.reports.year_blocks import (
    HALF,
    amount_words,
    chart_block,
    columns,
    company_of,
    day_words,
    days_words,
    group,
    heads,
    months_chart,
    parts_of,
    section,
    shares_chart,
)
from desktop_app.reports.year_facts import YearFacts

_MOST_CHAINS, _MOST_CHANNELS, _MOST_EVENTS, _MOST_SQUADS = 14, 12, 8, 8


def signed(facts: YearFacts, lang: str) -> list[Flowable]:
    """Return the signed projects by chain, by country and by month, and each of them."""
    if not facts.signed:
        return []
    note = t("yearly.signed_note", lang)
    outside = word("chain", "outside", lang)
    chains = shares_chart(
        parts_of(facts, "signed_projects", "chain", lang), lang, _MOST_CHAINS, outside
    )
    countries = shares_chart(parts_of(facts, "signed_projects", "country", lang), lang)
    charts = columns(
        chart_block(t("yearly.by_chain", lang), note, chains),
        chart_block(t("yearly.by_country", lang), note, countries),
    )
    story = [
        KeepTogether(
            [*section(facts, "signed", lang), *prose(_signed_words(facts, lang)), *charts]
        ),
        Spacer(1, 4),
        *_by_month(facts, "signed_projects", lang),
        *group(t("yearly.signed_list", lang)),
    ]
    rows: list[list[Cell]] = [
        [
            str(at),
            company_of(one.company, one.company_zh, lang) or one.title,
            word("chain", one.chain, lang),
            word("country", one.country, lang),
            format_money(one.amount_minor, one.currency, lang),
            "–" if one.foreign_share_percent is None else f"{one.foreign_share_percent}%",
            day_words(one.signed_on),
        ]
        for at, one in enumerate(facts.signed, 1)
    ]
    names = heads(lang, "number", "company", "chain", "country", "amount", "foreign", "signed_on")
    rest = facts.value("signed_projects") - len(rows)
    more = t("yearly.and_more", lang, count=number(rest)) if rest > 0 else ""
    # On Chinese paper a company bears both names, and a country is short.
    shares = (0.55, 3.1, 1.7, 1.25, 1.35, 0.85, 0.8)
    if lang == "zh":
        shares = (0.55, 3.7, 1.65, 0.8, 1.3, 0.8, 0.8)
    table = ruled_table(names, rows, shares, note=more, right=(0, 4, 5, 6))
    return [*story, table, Spacer(1, 12)]


def _signed_words(facts: YearFacts, lang: str) -> str:
    """Return how many projects count, and how many of them lie in the chains."""
    return t(
        "yearly.signed_words",
        lang,
        count=number(facts.value("signed_projects")),
        chains=number(facts.figures["chain_fit_percent"].records),
        percent=facts.value("chain_fit_percent"),
    )


def _by_month(facts: YearFacts, metric: str, lang: str) -> list[Flowable]:
    """Return a figure by month."""
    chart = months_chart(facts.months[metric], lang)
    block = chart_block(t("yearly.by_month", lang), t(f"yearly.months_{metric}", lang), chart)
    return [KeepTogether(block), Spacer(1, 4)]


def visits(facts: YearFacts, lang: str) -> list[Flowable]:
    """Return visits and events by country, by squad and by month."""
    if not facts.value("visits_and_events"):
        return []
    note = t("yearly.visits_note", lang)
    countries = shares_chart(parts_of(facts, "visits_and_events", "country", lang), lang)
    squads = shares_chart(
        parts_of(facts, "visits_and_events", "squad", lang), lang, most=_MOST_SQUADS
    )
    charts = columns(
        chart_block(t("yearly.by_country", lang), note, countries),
        chart_block(t("yearly.by_squad", lang), note, squads),
    )
    return [
        KeepTogether([*section(facts, "visits", lang), *charts]),
        Spacer(1, 4),
        *_by_month(facts, "visits_and_events", lang),
        Spacer(1, 8),
    ]


def channels(facts: YearFacts, lang: str) -> list[Flowable]:
    """Return leads found and projects signed by channel and by event."""
    if not facts.channels and not facts.events:
        return []
    story = section(facts, "channels", lang)
    rows: list[list[Cell]] = [
        [
            word("source", one.code, lang) or t("yearly.not_given", lang),
            number(one.found),
            number(one.signed),
        ]
        for one in facts.channels[:_MOST_CHANNELS]
    ]
    events: list[list[Cell]] = [
        [
            pick(lang, *facts.names.get(one.code, (one.name, one.name))),
            number(one.found),
            number(one.signed),
        ]
        for one in facts.events[:_MOST_EVENTS]
    ]
    rest = len(facts.events) - len(events)
    more = t("yearly.and_more", lang, count=number(rest)) if rest > 0 else ""
    left, right = (
        [
            head(t(f"yearly.by_{code}", lang)),
            ruled_table(
                heads(lang, code, "leads_found", "signed"), found, (3.2, 1, 1), HALF,
                note=said, right=(1, 2),
            ),
        ]
        if found
        else []
        for code, found, said in (("channel", rows, ""), ("event", events, more))
    )  # fmt: skip
    return [KeepTogether([*story, *columns(left, right)]), Spacer(1, 12)]


def conversion(facts: YearFacts, lang: str) -> list[Flowable]:
    """Return how far the year's projects came, how quickly, and how long they took to build."""
    most = max(count for _stage, count in facts.funnel)
    shares = (facts.response.answered, facts.response.screened, facts.on_time)
    if not most and not facts.cohorts and not any(one.whole for one in shares):
        return []
    story = section(facts, "conversion", lang)
    found = [
        (amount_words(one.percent, "%", lang), t(f"yearly.{code}", lang, part=number(one.part),
                                                 whole=number(one.whole)))
        for code, one in zip(("answered", "screened", "on_time"), shares, strict=True)
        if one.whole
    ]  # fmt: skip
    story += [Spacer(1, 4), figures(found), Spacer(1, 6)] if found else []
    if most:
        stages = [
            Row(word("stage", stage, lang), (number(count),), count / most)
            for stage, count in facts.funnel
        ]
        chart = draw_rows(stages, (), WIDTH, text_width)
        block = chart_block(t("yearly.funnel", lang), t("yearly.funnel_note", lang), chart)
        story = [KeepTogether([*story, *block])]
    if facts.cohorts:
        rows: list[list[Cell]] = [
            [
                str(one.year),
                number(one.signed),
                _reached(one.started, one.signed),
                days_words(one.median_days_to_start),
                _reached(one.producing, one.signed),
                days_words(one.median_days_to_producing),
            ]
            for one in facts.cohorts
        ]
        names = heads(
            lang, "cohort", "signed", "started", "days_to_start", "producing", "days_to_producing"
        )
        story += [
            head(t("yearly.cohorts", lang)),
            ruled_table(
                names, rows, (1, 1, 1.4, 1.6, 1.4, 1.6), note=t("yearly.cohorts_note", lang),
                right=(1, 2, 3, 4, 5),
            ),
        ]  # fmt: skip
    return [*story, Spacer(1, 12)]


def _reached(count: int, of: int) -> str:
    """Return how many came so far, and their share."""
    return f"{number(count)} ({round(100 * count / of)}%)" if count and of else number(count)
