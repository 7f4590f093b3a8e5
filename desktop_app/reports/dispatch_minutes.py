"""The minutes of a dispatch meeting (调度会纪要): its agenda, what was decided of each case."""

from functools import partial
from pathlib import Path
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer, Table
from sqlalchemy.orm import Session

from desktop_app.domain.words_after import Light
from desktop_app.reports.bilingual import in_line, pick, t, word
from desktop_app.reports.cjk import escape
from desktop_app.reports.fonts import missing_glyphs, register
from desktop_app.reports.layout import (
    callout,
    head,
    padding,
    page_title,
    paragraph,
    plain,
    ruled_table,
)
from desktop_app.reports.layout import (
    facts as fact_table,
)
from desktop_app.reports.minutes_facts import MinutesFacts, minutes_facts
from desktop_app.reports.paper import Gap, Order, Pages, in_order
from desktop_app.reports.styles import HAIRLINE, TEXT, WIDTH
from desktop_app.reports.wording import dotted, lines_of, long_day, plain_day
from desktop_app.services.case_rows import AgendaItem

KIND = "dispatch-meetings"
SECTIONS = ("dispatch_agenda", "dispatch_decisions", "dispatch_minutes", "dispatch_signatures")

_LABEL = 84
_TONES = {Light.RED: "#B3261E", Light.YELLOW: "#B86E00"}


def read(session: Session, record_id: str, order: Order, _files: Path) -> MinutesFacts:
    """Return the facts of a dispatch meeting, its lights as on the order's day."""
    return minutes_facts(session, record_id, order.day)


def pages(facts: MinutesFacts, order: Order) -> Pages:
    """Return the pages of the minutes; the same facts and order give the same bytes."""
    register()
    lang = order.lang
    kind = t("minutes.name", lang)
    name = facts.fields["title"] or t("minutes.untitled", lang)
    return Pages(
        title=f"{name[:200]} · {kind}",
        subject=kind,
        story=_story(facts, order),
        mark=order.classification or t("reports.internal_foot", lang),
    )


def _story(facts: MinutesFacts, order: Order) -> list[Flowable]:
    """Return the head, then the sections that are wanted."""
    lang = order.lang
    parts = in_order(
        (
            ("dispatch_agenda", partial(_agenda, facts, lang)),
            ("dispatch_decisions", partial(_decisions, facts, lang)),
            ("dispatch_minutes", partial(_minutes, facts, lang)),
            ("dispatch_signatures", partial(_signatures, lang)),
        ),
        order,
    )
    return [*_head(facts, order), *parts]


def _head(facts: MinutesFacts, order: Order) -> list[Flowable]:
    """Return the meeting's name, and when, where and with whom it was."""
    lang, fields = order.lang, facts.fields
    kicker = dotted([in_line(order.team, " · "), in_line(t("minutes.name", lang), " · ")])
    name = fields["title"] or t("minutes.untitled", lang)
    status = "" if facts.held else word("meeting_status", fields["status"], lang)
    counted = t(
        "minutes.counted",
        lang,
        count=len(facts.items),
        decided=sum(bool(item.fields["decision"]) for item in facts.items),
    )
    pairs = [
        (_field("held_on", lang), dotted([in_line(long_day(fields["held_on"], lang)),
                                          in_line(status)])),
        (_field("place", lang), fields["place"] or ""),
        (_field("chair", lang), fields["chair"] or ""),
        (_field("departments", lang), fields["departments"] or ""),
        (_field("agenda", lang), in_line(counted, " · ") if facts.items else ""),
    ]  # fmt: skip
    return [*page_title(kicker, name, "minutes"), *fact_table(pairs, WIDTH, _LABEL)]


def _field(name: str, lang: str) -> str:
    return in_line(word("field", name, lang))


def _agenda(facts: MinutesFacts, lang: str) -> list[Flowable]:
    """Return the table of the cases, each with its project, light and deadline."""
    title = head(in_line(t("minutes.agenda", lang)))
    if not facts.items:
        return [title, plain(t("minutes.no_items", lang), "muted")]
    extra = [plain(line) for line in lines_of(facts.fields["agenda"])]
    header = ["", *(in_line(t(f"minutes.col_{name}", lang)) for name in _COLUMNS)]
    rows: list[list[Any]] = [
        [
            str(number),
            item.fields["title"] or in_line(t("minutes.untitled_case", lang)),
            _project(item, lang),
            _light(item, lang),
            plain_day(item.fields["due_on"] or item.fields["case_due_on"]),
        ]
        for number, item in enumerate(facts.items, 1)
    ]
    return [title, *extra, ruled_table(header, rows, (4, 32, 34, 18, 14))]


_COLUMNS = ("case", "project", "light", "deadline")


def _project(item: AgendaItem, lang: str) -> str:
    """Return a case's company and project, each once."""
    fields = item.fields
    zh, en = fields["company_zh"] or fields["company"], fields["company"] or fields["company_zh"]
    company = pick("zh" if lang == "both" else lang, zh, en)
    project = fields["lead"] or ""
    return dotted(dict.fromkeys([company, project]))


def _light(item: AgendaItem, lang: str) -> Flowable:
    """Return a light as a word in its colour, and why."""
    light = item.light
    words = escape(in_line(word("light", light.light.value, lang)))
    colour = _TONES.get(light.light)
    if colour is None:
        return paragraph(words, "cell_muted")
    parts = []
    if light.months_missed:
        parts.append(t("minutes.months", lang, count=light.months_missed))
    if light.points_behind:
        parts.append(t("minutes.points", lang, count=light.points_behind))
    why = escape(in_line(dotted(parts)))
    small = f'<br/><font size="7.4" color="#67707E">{why}</font>' if why else ""
    return paragraph(f'<font color="{colour}">● {words}</font>{small}', "cell")


def _decisions(facts: MinutesFacts, lang: str) -> list[Flowable]:
    """Return for each case what the matter is and what was decided."""
    story: list[Flowable] = []
    for number, item in enumerate(facts.items, 1):
        story += _one(number, item, facts, lang)
    if not story:
        return []
    title = head(in_line(t("minutes.decisions", lang)))
    return [CondPageBreak(130), Spacer(1, 4), title, *story]


def _one(number: int, item: AgendaItem, facts: MinutesFacts, lang: str) -> list[Flowable]:
    """Return one case: its name, the matter, the decision, who is to do it until when."""
    fields = item.fields
    name = fields["title"] or in_line(t("minutes.untitled_case", lang))
    project = plain(_project(item, lang), "small_muted")
    project.keepWithNext = True
    story: list[Flowable] = [head(f"{number}. {name}"), project]
    if fields["details"]:
        story.append(plain(fields["details"]))
    decision = fields["decision"]
    if decision:
        label = escape(in_line(word("field", "decision", lang)))
        text = "<br/>".join(escape(line) for line in str(decision).splitlines())
        story.append(callout(f"<b>{label}</b><br/>{text}"))
    else:
        key = "minutes.undecided" if facts.held else "minutes.to_decide"
        story.append(callout(escape(in_line(t(key, lang))), "warn" if facts.held else "accent"))
    department = fields["lead_department"] or fields["case_department"] or "—"
    due = plain_day(fields["due_on"] or fields["case_due_on"]) or "—"
    left = fact_table([(_field("lead_department", lang), department)], WIDTH / 2, _LABEL)
    right = fact_table([(_field("due_on", lang), due)], WIDTH / 2, _LABEL)
    story.append(Table([[left, right]], colWidths=[WIDTH / 2] * 2, style=padding()))
    return story


def _minutes(facts: MinutesFacts, lang: str) -> list[Flowable]:
    """Return the free text of the minutes."""
    lines = str(facts.fields["minutes"] or "").splitlines()
    texts = [plain(line) for line in lines if line.strip()]
    return [head(in_line(t("minutes.minutes", lang))), *texts] if texts else []


def _signatures(lang: str) -> list[Flowable]:
    """Return lines to sign on."""
    names = [in_line(t(f"minutes.sign_{who}", lang)) for who in ("chair", "keeper", "day")]
    gap, wide = 20.0, (WIDTH - 40) / 3
    labels: list[Any] = ["", "", "", "", ""]
    labels[::2] = [plain(name, "small_muted") for name in names]
    table = Table(
        [[""] * 5, labels],
        colWidths=[wide, gap, wide, gap, wide],
        rowHeights=[30, None],
        style=[
            *padding(above=2),
            *(("LINEABOVE", (at, 1), (at, 1), HAIRLINE, TEXT) for at in (0, 2, 4)),
        ],
    )
    table.hAlign = "LEFT"
    return [KeepTogether([Spacer(1, 22), table])]


def gaps(facts: MinutesFacts, _order: Order) -> list[Gap]:
    """Return what the minutes lack, from their head down."""
    meeting, found = str(facts.fields["id"]), []

    def lacks(name: str, column: str) -> None:
        found.append(Gap(f"minutes.gap_{name}", {}, KIND, meeting, column))

    for column in ("held_on", "chair", "departments"):
        if not facts.fields[column]:
            lacks(column, column)
    if not facts.items:
        lacks("agenda", "agenda")
    for number, item in enumerate(facts.items, 1):
        found += _item_gaps(number, item, facts)
    signs = missing_glyphs(facts.texts())
    if signs:
        found.append(Gap("reports.gap_glyphs", {"signs": " ".join(signs)}, KIND, meeting, "title"))
    return found


def _item_gaps(number: int, item: AgendaItem, facts: MinutesFacts) -> list[Gap]:
    """Return what a case on the agenda lacks; before the meeting nothing can be decided."""
    if not facts.held:
        return []
    fields = item.fields
    name = str(fields["title"] or f"{number}")
    there = {
        "decision": fields["decision"],
        "lead_department": fields["lead_department"] or fields["case_department"],
        "due_on": fields["due_on"] or fields["case_due_on"],
    }
    return [
        Gap(f"minutes.gap_{column}", {"case": name}, "dispatch-items", str(fields["id"]), column)
        for column, value in there.items()
        if not value
    ]
