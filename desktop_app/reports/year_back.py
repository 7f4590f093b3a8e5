"""The end of a yearly report: what does not count and why, how it is counted, and the records."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Spacer

from desktop_app.domain.formats import number
from desktop_app.reports.bilingual import each, format_money, half, in_line, pick, t, word
from desktop_app.reports.cjk import escape
from desktop_app.reports.layout import (
    Cell,
    paragraph,
    plain,
    ruled_table,
    small_title,
)
from desktop_app.reports.styles import WIDTH
from desktop_app.reports.wording import dotted, joined
from desktop_app.reports.year_blocks import (
    HALF,
    columns,
    company_of,
    day_words,
    heads,
    metric_word,
    section,
    value_words,
)
from desktop_app.reports.year_facts import GROUPS, LISTED, LISTS, YearFacts
from desktop_app.services.year_figures import METRICS, MORE_METRICS
from desktop_app.services.year_lists import Entry, LeftOut

# The words of what a record is, by its kind.
_CODES = {
    "meetings": "meeting_kind",
    "events": "event_kind",
    "approvals": "approval_template",
    "approval-services": "service_kind",
    "capital-receipts": "capital_kind",
    "cases": "case_category",
}


def not_counted(facts: YearFacts, lang: str) -> list[Flowable]:
    """Return the records of the year that do not count, by reason, the first of them named."""
    if not facts.left_out:
        return []
    rows = [_left_out(one, lang) for one in facts.left_out]
    return [
        *section(facts, "not_counted", lang),
        plain(t("yearly.not_counted_note", lang), "small_muted"),
        Spacer(1, 4),
        ruled_table(
            heads(lang, "reason", "figures", "how_many", "which"),
            rows,
            (2, 2.1, 0.6, 4),
            right=(2,),
        ),
        Spacer(1, 12),
    ]


def _left_out(one: LeftOut, lang: str) -> list[Cell]:
    """Return a reason with its figures, its number, and the records that are named."""
    names = [in_line(name_of(entry, lang), " ") for entry in one.entries]
    which = "；".join(names) if lang != "en" else "; ".join(names)
    rest = one.count - len(names)
    if rest:
        which += "；" if lang != "en" else "; "
        which += in_line(t("yearly.n_more", lang, count=number(rest)))
    return [
        each(lang, lambda x: _sentence(t(f"figures.because.{one.because}", x))),
        each(lang, lambda x: joined([metric_word(name, x) for name in one.metrics], x)),
        number(one.count),
        which,
    ]


def _sentence(words: str) -> str:
    """Return words that elsewhere end a sentence as ones that begin it."""
    return words[:1].upper() + words[1:]


def name_of(entry: Entry, lang: str, short: bool = False) -> str:
    """Return a record by its company and what it is, in as few words as tell it apart.

    Args:
        entry: the record.
        lang: the language.
        short: whether what its kind of list says anyway is left out, and a second name.
    """
    company = company_of(entry.company, entry.company_zh, lang)
    if short:
        company = pick(lang, entry.company_zh, entry.company)
    if entry.kind == "leads":
        # A project's title begins with its company's name.
        return company or entry.title
    concept = _CODES.get(entry.kind)
    what = word(concept, entry.code, lang) if concept else ""
    own = entry.title
    if entry.kind == "approval-services" and short:
        own = word("approval_template", entry.title, lang)
    elif entry.kind in ("approvals", "approval-services", "meetings"):
        own = what or entry.title
    elif entry.kind == "facilities":
        own = dotted(["" if short else word("product", entry.code, lang), entry.title])
    elif entry.kind == "capital-receipts":
        own = what
    return dotted([company, own]) or t("yearly.unnamed", lang)


def rules(facts: YearFacts, lang: str) -> list[Flowable]:
    """Return how each figure is counted, and the rates that amounts are converted by."""
    rows: list[list[Cell]] = [
        [metric_word(metric, lang), t(f"yearly.rule.{metric}", lang)]
        for group in GROUPS.values()
        for metric in group
    ]
    used = sorted(code for code, rate in facts.rates.items() if code != "USD" and rate > 0)
    rates = [f"1 {code} = {facts.rates[code] / 10_000:g} USD" for code in used]
    return [
        *section(facts, "rules", lang),
        ruled_table(heads(lang, "figure", "how"), rows, (1.6, 5)),
        Spacer(1, 5),
        plain(t("yearly.rates", lang, rates=" · ".join(rates)), "small_muted"),
        Spacer(1, 12),
    ]


def annex(facts: YearFacts, lang: str) -> list[Flowable]:
    """Return the records behind each figure, so many of each, and what the others come to."""
    shown = [one for one in LISTS if facts.behind[one[0]]]
    if not shown:
        return []
    story = [
        *section(facts, "annex", lang),
        plain(t("yearly.annex_note", lang, most=LISTED), "small_muted"),
    ]
    short: list[list[Flowable]] = []
    for metrics in shown:
        if _added(metrics):
            story += _list(facts, metrics, lang, WIDTH)
        else:
            short.append(_list(facts, metrics, lang, HALF))
    # What has no amounts is narrow: two lists side by side.
    for at in range(0, len(short), 2):
        story += columns(short[at], short[at + 1] if short[at + 1 :] else [Spacer(1, 1)])
    return [*story, Spacer(1, 12)]


def _added(metrics: Sequence[str]) -> list[str]:
    """Return the figures to which each record of a list adds an amount."""
    every = METRICS | MORE_METRICS
    return [one for one in metrics if every[one].how in ("sum", "money")]


def _list(facts: YearFacts, metrics: Sequence[str], lang: str, width: float) -> list[Flowable]:
    """Return the records behind figures that share them, with what they add up to."""
    entries = facts.behind[metrics[0]]
    # The line that says that one more is left out takes the room of that one.
    records = facts.figures[metrics[0]].records
    entries = entries if records <= LISTED + 1 else entries[:LISTED]
    added = _added(metrics)
    header = [*heads(lang, "day", "record"), *(metric_word(one, lang) for one in added)]
    rows: list[list[Cell]] = [
        [day_words(entry.day), name_of(entry, lang, True), *_amounts(entry, added, lang)]
        for entry in entries
    ]
    rest = records - len(entries)
    if added:
        more = t("yearly.n_more", lang, count=number(rest)) if rest else ""
        rows.append(
            [
                "",
                dotted([t("yearly.total", lang), more]),
                *(_bold(value_words(facts.figures[one], lang)) for one in added),
            ]
        )
    note = t("yearly.and_more", lang, count=number(rest)) if rest and not added else ""
    shares = (0.7 * WIDTH / width, 6 - 1.2 * len(added), *(1.5 for _ in added))
    places = tuple(range(2, 2 + len(added)))
    table = ruled_table(header, rows, shares, width, note, places)
    return [_list_head(facts, metrics, lang), table]


def _list_head(facts: YearFacts, metrics: Sequence[str], lang: str) -> Flowable:
    """Return the heading of a list: its figures, each with its value and number of records."""
    parts = []
    for metric in metrics:
        figure = facts.figures[metric]
        values = {
            "figure": metric_word(metric, lang),
            "value": value_words(figure, lang),
            "count": number(figure.records),
        }
        parts.append(t("yearly.list_head", lang, **values))
    words = each(lang, lambda one: " · ".join(half(part, one) for part in parts))
    entry = metric_word(metrics[0], lang)
    return small_title(words, entry, f"year-list-{metrics[0]}")


def _bold(words: str) -> Flowable:
    return paragraph(escape(words, stacked=True), "cell_right_bold")


def _amounts(entry: Entry, metrics: Sequence[str], lang: str) -> list[str]:
    """Return what a record adds to each figure; a dash where it adds nothing."""
    result = []
    for amount, metric in zip(entry.amounts, metrics, strict=True):
        if amount is None:
            result.append("–")
        elif (METRICS | MORE_METRICS)[metric].how == "money":
            result.append(format_money(amount[0], amount[1], lang))
        else:
            result.append(number(amount[0]))
    return result
