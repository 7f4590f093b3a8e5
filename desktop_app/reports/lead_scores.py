"""The scores of a lead with what they come from, and the people who decide."""

from reportlab.platypus import Flowable, Spacer, Table

from desktop_app.reports.bilingual import in_line, t, word
from desktop_app.reports.fitting import Pen
from desktop_app.reports.lead_facts import LeadFacts, Row
from desktop_app.reports.marks import Bar
from desktop_app.reports.paper import Order
from desktop_app.reports.small_type import Cells, grid, said
from desktop_app.reports.styles import MUTED, TONES
from desktop_app.reports.wording import dotted


def scores(facts: LeadFacts, order: Order, pen: Pen, width: float) -> list[Flowable]:
    """Return the value with its parts and weights, and the readiness with its points."""
    lang, row = order.lang, facts.row
    number = "—" if row.value is None else str(row.value)
    beside = [
        said(t("reports.lead_value", lang), "label"),
        Bar((row.value or 0) / 100, width - 34, 7),
    ]
    found: list[Flowable] = [
        grid([[said(number, "figure"), beside]], [34, width - 34], above=0, below=3)
    ]
    if any(score is not None for _, score, _ in facts.parts):
        found.append(_parts(facts, lang, width))
    total = sum(points for _, points in facts.points)
    words = t("reports.lead_readiness", lang, points=total)
    grade = grid(
        [[said(row.readiness or "—", "figure"), said(words, "label")]],
        [34, width - 34],
        rules=[("VALIGN", (0, 0), (-1, -1), "MIDDLE")],
    )
    return [*found, Spacer(1, 4), grade, _points(facts, lang, width)]


def _parts(facts: LeadFacts, lang: str, width: float) -> Table:
    """Return the parts of the value: bar, score and weight."""
    name = 92.0 if lang == "both" else 52.0
    bar = width - name - 46
    rows: Cells = [
        [
            said(word("field", f"value_{part}", lang), "label"),
            Bar(
                (score or 0) / 100,
                bar - 6,
                3.4,
                9.8,
                MUTED if score is None else TONES["accent"][0],
            ),
            said("—" if score is None else score, "label_right"),
            said(f"×{weight}", "label_right"),
        ]
        for part, score, weight in facts.parts
    ]
    return grid(rows, [name, bar, 22, 24], above=0, below=0)


def _points(facts: LeadFacts, lang: str, width: float) -> Table:
    """Return where the points of the readiness come from, and their sum."""
    rows: Cells = []
    for name, points in facts.points:
        value = facts.fields.get(name)
        if name == "time_scale":
            words = word("time_scale", value, lang) if value else "—"
        else:
            there = facts.row.next_on is not None if name == "next_on" else bool(value)
            words = t("reports.lead_yes" if there else "reports.lead_no", lang)
        rows.append(
            [
                said(word("field", name, lang), "label"),
                said(words, "label"),
                said(f"+{points}", "label_right"),
            ]
        )
    widths = [
        width * part for part in ((0.54, 0.36, 0.1) if lang == "both" else (0.46, 0.42, 0.12))
    ]
    return grid(rows, widths, above=0, below=0)


def people(facts: LeadFacts, order: Order, pen: Pen, width: float) -> list[Flowable]:
    """Return their people with what they decide and how to reach them."""
    lang = order.lang
    shown = facts.people[: pen.limits.entries]
    if not shown:
        return nothing(lang)
    found: list[Flowable] = []
    for person in shown:
        found += [*_person(person, pen, width, lang), Spacer(1, 3)]
    return [*found, *more(len(facts.people) - len(shown), lang)]


def _person(person: Row, pen: Pen, width: float, lang: str) -> list[Flowable]:
    """Return one person in two or three lines."""
    names = dict.fromkeys(filter(None, [person.get("name"), person.get("name_zh")]))
    role = person.get("decision_role")
    lines: list[Flowable] = [pen.text(" ".join(names) or "—", width, "bold", 1)]
    duty = dotted([person.get("title"), in_line(word("decision_role", role, lang)) if role else ""])
    reach = dotted([person.get("mobile") or person.get("phone"), person.get("email")])
    for text in (duty, reach):
        if text:
            lines.append(pen.text(text, width, "label", min(2, pen.limits.lines)))
    return lines


def nothing(lang: str) -> list[Flowable]:
    """Return the words for a block that has nothing to say."""
    return [said(t("reports.lead_nothing", lang), "muted")]


def more(count: int, lang: str) -> list[Flowable]:
    """Return how many entries of a list are not shown."""
    return [said(t("reports.lead_more", lang, count=count), "label")] if count > 0 else []
