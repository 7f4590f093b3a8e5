"""The later parts of a trip report: meetings, promises, what follows, spending, annexes."""

import datetime as dt

from desktop_app.domain.money import minor_digits
from desktop_app.reports.bilingual import t
from desktop_app.reports.report_blocks import (
    Bar,
    Block,
    Cell,
    Grid,
    Head,
    Lines,
    Muted,
    Note,
    Pairs,
    Shot,
    Shots,
    Text,
)
from desktop_app.reports.report_facts import (
    ReportFacts,
    company_lines,
    company_of,
    meeting_day,
    meeting_lines,
    short,
    state_of,
)
from desktop_app.reports.wording import clock, dotted, lines_of, month_day
from desktop_app.services.meeting_reading import MeetingDetail
from desktop_app.services.trip_results import TERMS, Follow


def meetings(facts: ReportFacts, lang: str) -> list[Block]:
    """Return the meetings held: day, company, people met, outcome, next step."""
    held = [m for m in facts.meetings if m.fields["status"] == "held"]
    if not held:
        return [Muted(t("trip_report.none_held", lang))]
    names = ("day", "company", "people_met", "outcome", "next_step")
    rows = [_meeting_row(facts, meeting, lang) for meeting in held]
    # Long minutes get the room, or the table grows tall and leaves most of the page white.
    longest = max(len(str(m.fields["outcome"] or "")) for m in held)
    shares = (1.1, 1.9, 1.7, 3, 2.1) if longest < 160 else (1.1, 1.6, 1.4, 4.4, 1.6)
    return [Grid([t(f"trip_report.{n}", lang) for n in names], rows, shares)]


def _meeting_row(facts: ReportFacts, meeting: MeetingDetail, lang: str) -> list[Cell]:
    """Return what came of one meeting."""
    fields = meeting.fields
    people = [dotted([person.get("name"), person.get("title")]) for person in meeting.contacts]
    steps = [dotted([one.row.title, short(one.row.due_on)]) for one in facts.next_steps(meeting)]
    return [
        Lines(
            meeting_day(meeting),
            tuple(filter(None, (clock(fields["starts_at"], None, fields["zone"]), fields["city"]))),
        ),
        meeting_lines(meeting, lang),
        "\n".join(people),
        str(fields["outcome"] or t("trip_report.no_outcome", lang)),
        "\n".join(steps),
    ]


def promises(facts: ReportFacts, lang: str) -> list[Block]:
    """Return the promises of either side with their state."""
    blocks: list[Block] = []
    for side in ("ours", "theirs"):
        made = facts.results.promised(side)
        blocks.append(Head(t(f"trip_report.promises_{side}", lang)))
        if not made:
            blocks.append(Muted(t("trip_report.no_promises", lang)))
            continue
        names = ("promise", "company", "due", "state_today", "result")
        rows = [_promise_row(facts, one, lang) for one in made]
        header = [t(f"trip_report.{n}", lang) for n in names]
        blocks.append(Grid(header, rows, (3, 1.9, 1.15, 1.35, 2.1)))
    return blocks


def _promise_row(facts: ReportFacts, one: Follow, lang: str) -> list[Cell]:
    """Return one promise."""
    return [
        one.row.title,
        company_of(one, facts, lang),
        short(one.row.due_on),
        state_of(one, lang),
        one.row.outcome or one.row.notes,
    ]


def findings(facts: ReportFacts, lang: str) -> list[Block]:
    """Return what was found out."""
    return _own_words(facts, "findings", lang)


def suggestions(facts: ReportFacts, lang: str) -> list[Block]:
    """Return what the delegation suggests."""
    return _own_words(facts, "suggestions", lang)


def _own_words(facts: ReportFacts, column: str, lang: str) -> list[Block]:
    """Return a text that the delegation wrote."""
    text = facts.trip.trip.get(column)
    return [Text(str(text))] if text else [Muted(t("trip_report.not_written", lang))]


def problems(facts: ReportFacts, lang: str) -> list[Block]:
    """Return what a dispatch meeting must settle, each in a callout."""
    lines = lines_of(facts.trip.trip.get("problems"))
    if not lines:
        return [Muted(t("trip_report.no_problems", lang))]
    return [Note(line, "warn") for line in lines]


def follow_ups(facts: ReportFacts, lang: str) -> list[Block]:
    """Return what follows within 7, 30 and 90 days, with its state on the day of the report."""
    found = facts.results
    every = [one for term in found.follows.values() for one in term]
    if not every:
        return [Muted(t("trip_report.no_follow_ups", lang))]
    done = [one for one in every if one.state.startswith("done")]
    late = [one for one in every if one.state == "overdue"]
    blocks: list[Block] = [
        Text(
            t(
                "trip_report.follow_line", lang, today=month_day(found.today, lang),
                count=len(every), done=len(done), late=len(late),
            )
        )
    ]  # fmt: skip
    for term in (*TERMS, 0):
        rows = found.follows.get(term, [])
        if not rows and not term:
            continue
        blocks.append(Head(_term_head(term, found.back_on, lang)))
        if not rows:
            blocks.append(Muted(t("trip_report.no_follow_ups_then", lang)))
            continue
        names = ("task", "company", "owner", "due", "state_today")
        header = [t(f"trip_report.{n}", lang) for n in names]
        blocks.append(
            Grid(header, [_follow_row(facts, x, lang) for x in rows], (3.2, 2, 1, 1.15, 1.35))
        )
    return blocks


def _term_head(term: int, back: dt.date | None, lang: str) -> str:
    """Return the heading of a term, with its last day."""
    if not term:
        return t("trip_report.later", lang)
    last = back + dt.timedelta(days=term) if back else None
    if last is None:
        return t("trip_report.within", lang, days=term)
    return t("trip_report.within_by", lang, days=term, day=month_day(last, lang))


def _follow_row(facts: ReportFacts, one: Follow, lang: str) -> list[Cell]:
    """Return one follow-up."""
    return [
        Lines(one.row.title, (one.row.outcome,) if one.row.outcome else ()),
        company_of(one, facts, lang),
        facts.owner(one, lang),
        short(one.row.due_on),
        state_of(one, lang),
    ]


def spending(facts: ReportFacts, lang: str) -> list[Block]:
    """Return what was spent against the budget."""
    trip = facts.trip.trip
    budget, spent, currency = (
        trip.get("budget_minor"),
        trip.get("spent_minor"),
        trip.get("currency"),
    )
    if budget is None and spent is None:
        return [Muted(t("trip_report.no_money", lang))]
    pairs = [
        (t("trip_report.budget", lang), exact(budget, currency)),
        (t("trip_report.spent", lang), exact(spent, currency)),
    ]
    blocks: list[Block] = []
    if budget and spent is not None:
        left = budget - spent
        key = "trip_report.left" if left >= 0 else "trip_report.over"
        pairs.append((t(key, lang), exact(abs(left), currency)))
        share = spent / budget
        label = t("trip_report.share", lang, share=f"{share * 100:.1f}")
        blocks.append(Bar(share, label, "good" if left >= 0 else "bad"))
    elif spent is None:
        blocks.append(Muted(t("trip_report.not_spent", lang)))
    return [Pairs(pairs), *blocks]


def exact(minor: int | None, currency: str | None) -> str:
    """Return an amount to its last digit, as an account needs it."""
    if minor is None:
        return ""
    digits = minor_digits(currency)
    return f"{currency or ''} {minor / 10**digits:,.{digits}f}".strip()


def contacts(facts: ReportFacts, lang: str) -> list[Block]:
    """Return the people met."""
    met = facts.results.contacts
    if not met:
        return [Muted(t("trip_report.no_contacts", lang))]
    rows: list[list[Cell]] = [
        [
            Lines(str(p.get("name") or ""), tuple(filter(None, [p.get("name_zh")]))),
            company_lines(p["company"], lang),
            str(p.get("title") or ""),
            "\n".join(filter(None, [p.get("mobile"), p.get("phone")])),
            str(p.get("email") or ""),
        ]
        for p in met
    ]
    names = ("name_head", "company", "job", "phone", "email")
    return [Grid([t(f"trip_report.{n}", lang) for n in names], rows, (1.3, 1.9, 1.25, 1.75, 2.5))]


def photos(facts: ReportFacts, lang: str) -> list[Block]:
    """Return the photos with their captions."""
    found = facts.results.photos
    if not found:
        return [Muted(t("trip_report.no_photos", lang))]
    shots = []
    for number, photo in enumerate(found, 1):
        picture = facts.pictures[photo.id]
        words = photo.caption or photo.name
        shots.append(
            Shot(
                picture,
                t("trip_report.photo", lang, number=number, caption=words),
                dotted([short(photo.day), photo.meeting]),
                t(f"trip_report.photo_{picture.problem}", lang, name=photo.name)
                if picture.problem
                else "",
            )
        )
    return [Shots(shots)]
