"""The two columns of the page about a lead: what is at stake, and how it stands."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from reportlab.platypus import Flowable, KeepInFrame, Spacer, Table

from desktop_app.reports.bilingual import format_money, half, in_line, t, word
from desktop_app.reports.cjk import escape
from desktop_app.reports.fitting import MOST, Limits, Pen, fullest
from desktop_app.reports.layout import padding
from desktop_app.reports.lead_facts import Happening, LeadFacts
from desktop_app.reports.lead_scores import more, nothing, people, scores
from desktop_app.reports.marks import TimeLine
from desktop_app.reports.paper import Order
from desktop_app.reports.small_type import Cells, grid, marked, ruled, said, small_head
from desktop_app.reports.wording import dotted, local, plain_day
from desktop_app.services.follow_ups import FollowUpRow

_GAP = 22
_SHARE = 0.575
_RED = "#B3261E"
Block = Callable[[LeadFacts, Order, Pen, float], list[Flowable]]


def columns(facts: LeadFacts, order: Order, width: float, room: float) -> tuple[Flowable, bool]:
    """Return both columns, each as rich as there is room, and whether a text was cut."""
    left = (width - _GAP) * _SHARE
    right = width - _GAP - left
    sides, cut = [], False
    whole = _side(facts, order, _RIGHT, right, {}, MOST).wrap(right, 10_000)[1] <= room
    apart = order.lang == "both" and not whole
    for wide, blocks in (
        (left, _LEFT_APART if apart else _LEFT),
        (right, _RIGHT_APART if apart else _RIGHT),
    ):
        cuts: dict[int, bool] = {}
        side = fullest(partial(_side, facts, order, blocks, wide, cuts), room, wide)
        sides.append(side)
        cut = cut or cuts[id(side)]
    table = grid([[sides[0], "", sides[1]]], [left, _GAP, right], above=0, below=0)
    if table.wrap(width, 10_000)[1] > room:
        # Nothing is left to say in fewer words: rather a smaller type than a second page.
        return KeepInFrame(width, room, [table], mode="shrink"), cut
    return table, cut


def _side(
    facts: LeadFacts,
    order: Order,
    blocks: Sequence[tuple[str, Block]],
    width: float,
    cuts: dict[int, bool],
    limits: Limits,
) -> Table:
    """Return one column as the limits allow; ``cuts`` is told whether a text was cut."""
    pen = Pen(order.lang, limits)
    rows: Cells = []
    for code, make in blocks:
        if code not in order.left_out:
            words = _head(code, order.lang, width)
            rows.append([[words, Spacer(1, 3), *make(facts, order, pen, width)]])
    last = [("BOTTOMPADDING", (0, -1), (-1, -1), 1)]
    made = grid(rows or [[""]], [width], above=0, below=9, rules=last)
    cuts[id(made)] = pen.cut
    return made


def _head(code: str, lang: str, width: float) -> Flowable:
    """Return the heading of a block, which stands in the outline."""
    words = t(f"reports.section_{code}", lang)
    return ruled(
        small_head(escape(words), half(words, "en" if lang == "en" else "zh"), code), width
    )


def _company(facts: LeadFacts, order: Order, pen: Pen, width: float) -> list[Flowable]:
    """Return the company in short."""
    company, lang = facts.company, order.lang
    founded, employees = company.get("founded_year"), company.get("employees")
    revenue = format_money(company.get("revenue_minor"), company.get("revenue_currency"), lang)
    figures = [
        t("reports.founded", lang, year=founded) if founded else "",
        t("reports.employees", lang, count=f"{employees:,}") if employees else "",
        t("reports.revenue", lang, amount=revenue) if revenue else "",
    ]
    found: list[Flowable] = []
    if company.get("description"):
        found.append(pen.text(company["description"], width))
    if any(figures):
        found.append(pen.text(dotted(figures), width, "muted", 2))
    if company.get("china_footprint"):
        found.append(_labelled("reports.footprint", company["china_footprint"], lang, pen, width))
    where = dotted([company.get("address"), company.get("website")])
    if where:
        found.append(pen.text(where, width, "label", 2))
    return found or nothing(lang)


def _labelled(key: str, text: object, lang: str, pen: Pen, width: float) -> Table:
    """Return a label with a text beside it."""
    narrow = 100.0 if lang == "both" else 52.0 if lang == "zh" else 62.0
    return grid(
        [[said(t(key, lang), "label"), pen.text(text, width - narrow)]],
        [narrow, width - narrow],
        gap=6,
    )


def _position(facts: LeadFacts, order: Order, pen: Pen, width: float) -> list[Flowable]:
    """Return what they want, what blocks it, who competes, and what either side committed to."""
    lead = facts.fields
    found: list[Flowable] = [
        _labelled(f"reports.lead_{name}", lead[name], order.lang, pen, width)
        for name in ("notes", "blocker", "competitors", "our_commitments", "their_commitments")
        if lead.get(name)
    ]
    return found or nothing(order.lang)


def _review(facts: LeadFacts, order: Order, pen: Pen, width: float) -> list[Flowable]:
    """Return land, plant, energy, output, tax and jobs, and the opinion on them."""
    lead, lang = facts.fields, order.lang
    rows: Cells = []
    for name, unit in (("land_m2", "m2"), ("plant_m2", "m2"), ("energy_tce", "tce")):
        if lead.get(name) is not None:
            amount = t(f"reports.lead_{unit}", "zh" if lang == "zh" else "en", n=f"{lead[name]:,}")
            rows.append([t(f"reports.lead_{name}", lang), amount, ""])
    for name in ("output", "tax"):
        plan, actual = (
            format_money(lead.get(f"{kind}{name}_minor"), "CNY", "en" if lang == "en" else "zh")
            for kind in ("", "actual_")
        )
        if plan or actual:
            rows.append([t(f"reports.lead_{name}", lang), plan, actual])
    jobs, real = lead.get("jobs"), lead.get("actual_jobs")
    if jobs is not None or real is not None:
        texts = ["" if n is None else f"{n:,}" for n in (jobs, real)]
        rows.append([t("reports.lead_jobs", lang), *texts])
    found: list[Flowable] = []
    if rows:
        found.append(_review_table(rows, lang, width))
    if lead.get("review_opinion"):
        found += [Spacer(1, 2), pen.text(lead["review_opinion"], width)]
    return found or nothing(lang)


def _review_table(rows: Cells, lang: str, width: float) -> Table:
    """Return the figures, with a column for the actual ones where there are any."""
    actual = any(row[2] for row in rows)
    widths = [width * part for part in ((0.4, 0.3, 0.3) if actual else (0.5, 0.5))]
    cells: Cells = [
        [
            said(row[0], "muted"),
            *(said(text or "—", "right") for text in row[1 : 3 if actual else 2]),
        ]
        for row in rows
    ]
    if actual:
        names = ("lead_estimate", "lead_actual")
        heads = [said(t(f"reports.{name}", lang), "label_right") for name in names]
        cells.insert(0, ["", *heads])
    return grid(cells, widths, above=0.6, below=0.6)


def _open(facts: LeadFacts, order: Order, pen: Pen, width: float) -> list[Flowable]:
    """Return what is to be done, ours and theirs, with what is late in red."""
    lang = order.lang
    shown = facts.open_items[: pen.limits.entries]
    if not shown:
        return nothing(lang)
    day, side = 50.0, 62.0 if lang == "both" else 34.0
    rows = [_open_row(item, order, pen, width - day - side) for item in shown]
    table = grid(rows, [day, side, width - day - side], gap=4)
    return [table, *more(len(facts.open_items) - len(shown), lang)]


def _open_row(item: FollowUpRow, order: Order, pen: Pen, width: float) -> list[Any]:
    """Return the row of one follow-up: by when, by whom, what."""
    lang = order.lang
    late = item.due_on is not None and item.due_on < order.day
    who = t(f"reports.lead_side_{item.side or 'own'}", lang)
    words = escape(pen.words(item.title, width * 0.9, "text", min(2, pen.limits.lines)))
    if late and item.due_on is not None:
        days = t("reports.lead_late", lang, days=(order.day - item.due_on).days)
        words += (
            f' <font color="{_RED}">{escape(half(days, "en" if lang == "en" else "zh"))}</font>'
        )
    elif item.owner:
        words += f' <font color="#67707E">{escape(pen.words(item.owner, 60, "text"))}</font>'
    return [
        said(plain_day(item.due_on) or "—", "late" if late else "text"),
        said(who, "muted"),
        marked(words),
    ]


def _timeline(facts: LeadFacts, order: Order, pen: Pen, width: float) -> list[Flowable]:
    """Return the latest happenings along a line, meetings to come with an open dot."""
    lang = order.lang
    shown = facts.happenings[: pen.limits.entries]
    if not shown:
        return nothing(lang)
    day, dot = 52.0, 13.0
    room = width - day - dot
    rows: Cells = []
    for one in shown:
        moment = local(one.at, one.zone if one.kind == "meeting" else "UTC")
        rows.append(
            [
                said(plain_day(moment.date() if moment else None), "muted"),
                "",
                _happened(one, pen, room, lang),
            ]
        )
    style = padding(above=0.8, below=1.6)
    table = TimeLine(rows, colWidths=[day, dot, room], style=style)
    table.hAlign = "LEFT"
    line = table.with_dots([one.done for one in shown], day + 2)
    return [line, *more(len(facts.happenings) - len(shown), lang)]


def _happened(one: Happening, pen: Pen, width: float, lang: str) -> list[Flowable]:
    """Return what happened: its title, then in lighter type what came of it."""
    if one.kind == "stage":
        title = t("reports.lead_entered", lang, stage=word("stage", one.title, lang))
    else:
        kind = t(f"reports.lead_{one.kind}" if one.done else "reports.lead_planned", lang)
        title = dotted([in_line(kind), one.title])
    found: list[Flowable] = []
    text = dotted([one.text, one.by])
    if text == one.by and one.by:
        words = escape(pen.words(title, width - 60, "text", min(2, pen.limits.lines)))
        by = escape(pen.words(one.by, 56))
        return [marked(f'{words} <font color="#67707E">{by}</font>')]
    found.append(pen.text(title, width, "text", min(2, pen.limits.lines)))
    if text and pen.limits.lines > 1:
        found.append(pen.text(text, width, "label", min(2, pen.limits.lines - 1)))
    return found


_LEFT: tuple[tuple[str, Block], ...] = (
    ("lead_company", _company),
    ("lead_position", _position),
    ("lead_open", _open),
    ("lead_timeline", _timeline),
)
_RIGHT: tuple[tuple[str, Block], ...] = (
    ("lead_scores", scores),
    ("lead_people", people),
    ("lead_review", _review),
)
# In two languages the scores take more room: the people then stand in the wider column.
_LEFT_APART = (*_LEFT[:2], _RIGHT[1], *_LEFT[2:])
_RIGHT_APART = (_RIGHT[0], _RIGHT[2])
