"""The first parts of a trip report: basics, plan against actual, results."""

from desktop_app.reports.bilingual import format_money, pick, t, word
from desktop_app.reports.report_blocks import (
    Block,
    Cell,
    Figures,
    Grid,
    Head,
    Lines,
    Move,
    Moves,
    Muted,
    Pairs,
    State,
    Text,
)
from desktop_app.reports.report_facts import (
    ReportFacts,
    lead_lines,
    meeting_day,
    meeting_lines,
    short,
    stage_word,
)
from desktop_app.reports.trip_facts import person_name
from desktop_app.reports.wording import days, dotted, joined, long_day
from desktop_app.services.meeting_reading import MeetingDetail
from desktop_app.services.trip_results import LeadMove

_STATUS_TONES = {"held": "good", "cancelled": "bad", "planned": "warn"}


def basics(facts: ReportFacts, lang: str) -> list[Block]:
    """Return who invited, who went, and when China was left and entered."""
    found, trip = facts.results, facts.trip.trip
    count = facts.trip.day_count()
    places = joined((word("country", code, lang) for code in facts.trip.countries()), lang)
    names = [
        pick(lang, stop.get("city_zh") or stop.get("city"), stop.get("city"))
        for stop in facts.trip.stops
        if stop.get("country") != "CN"
    ]
    pairs = [
        (t("trip_report.inviter", lang), str(trip.get("inviter") or "")),
        (t("trip_report.purpose", lang), facts.trip.text("purpose", lang)),
        (t("trip_report.period", lang), days(trip.get("starts_on"), trip.get("ends_on"), lang)),
        (t("trip_report.left_on", lang), long_day(found.left_on, lang)),
        (t("trip_report.back_on", lang), long_day(found.back_on, lang)),
        (
            t("trip_report.days", lang),
            t("trip_report.day_count", lang, days=count) if count else "",
        ),
        (t("trip_report.places", lang), dotted([places, joined(dict.fromkeys(names), lang)])),
        (t("trip_report.approval", lang), str(trip.get("approval_number") or "")),
        (t("trip_report.notice", lang), long_day(trip.get("notice_on"), lang)),
        (t("trip_report.passports", lang), long_day(trip.get("passports_returned_on"), lang)),
        (t("trip_report.reported", lang), long_day(trip.get("reported_on"), lang)),
    ]
    blocks: list[Block] = [Pairs(pairs)]
    if facts.trip.delegates:
        blocks += [
            Head(t("trip_report.members", lang)),
            Grid(
                [t(f"trip_report.{n}", lang) for n in ("name_head", "role", "duty", "languages")],
                [
                    [
                        person_name(person, lang),
                        word("delegate_role", person.get("role"), lang),
                        str(person.get("duty") or ""),
                        str(person.get("languages") or ""),
                    ]
                    for person in facts.trip.delegates
                ],
                (1.2, 1.2, 2.6, 1.6),
            ),
        ]
    return blocks


def plan(facts: ReportFacts, lang: str) -> list[Block]:
    """Return the goals, and each meeting as planned and as it came."""
    found = facts.results
    blocks: list[Block] = []
    goals = facts.trip.text("goals", lang)
    if goals:
        blocks += [Head(t("trip_report.goals", lang)), Text(goals)]
    counts = (
        ("planned", found.planned),
        ("held", found.held),
        ("cancelled", found.cancelled),
        ("added", found.added),
    )
    figures = [(str(len(rows)), t(f"trip_report.count_{name}", lang)) for name, rows in counts]
    if found.unsettled:
        figures.append((str(len(found.unsettled)), t("trip_report.count_unsettled", lang)))
    as_planned = [m for m in found.held if not m.fields["unplanned"]]
    line = t(
        "trip_report.plan_line", lang, planned=len(found.planned), held=len(found.held),
        kept=len(as_planned), cancelled=len(found.cancelled), added=len(found.added),
    )  # fmt: skip
    blocks += [Head(t("trip_report.meetings_head", lang)), Figures(figures), Text(line)]
    if facts.meetings:
        header = [t(f"trip_report.{n}", lang) for n in ("day", "company", "plan", "actual", "why")]
        rows = [_plan_row(m, lang) for m in facts.meetings]
        blocks.append(Grid(header, rows, (1.05, 2.5, 1.1, 1.2, 2.9)))
    else:
        blocks.append(Muted(t("trip_report.no_meetings", lang)))
    return blocks


def _plan_row(meeting: MeetingDetail, lang: str) -> list[Cell]:
    """Return a meeting as planned, as it came, and why it differs."""
    fields = meeting.fields
    status = fields["status"] or "planned"
    added = bool(fields["unplanned"])
    reasons = [fields["unplanned_reason"] if added else None]
    reasons.append(fields["cancel_reason"] if status == "cancelled" else None)
    return [
        meeting_day(meeting),
        meeting_lines(meeting, lang),
        t("trip_report.outside_plan" if added else "trip_report.in_plan", lang),
        State(t(f"trip_report.came_{status}", lang), _STATUS_TONES.get(status, "none")),
        "\n".join(str(reason) for reason in reasons if reason),
    ]


def results(facts: ReportFacts, lang: str) -> list[Block]:
    """Return new leads, stages before and after, intents and return visits."""
    found = facts.results
    advanced = [move for move in found.moves if move.advanced]
    blocks: list[Block] = [
        Figures(
            [
                (str(len(rows)), t(f"trip_report.count_{name}", lang))
                for name, rows in (
                    ("new_leads", found.new_leads),
                    ("advanced", advanced),
                    ("intents", found.intents),
                    ("visits", found.visits),
                )
            ]
        )
    ]
    if found.moves:
        header = tuple(t(f"trip_report.{n}", lang) for n in ("project", "stage_move", "reached"))
        moves = [_move(move, lang) for move in found.moves]
        blocks += [Head(t("trip_report.stages_head", lang))]
        blocks += [Moves((header[0], header[1], header[2]), moves)]
    blocks += [Head(t("trip_report.new_leads_head", lang)), _new_leads(found.new_leads, lang)]
    blocks += [Head(t("trip_report.intents_head", lang)), _intents(found.intents, lang)]
    blocks += [Head(t("trip_report.visits_head", lang)), _visits(found.visits, lang)]
    return blocks


def _move(move: LeadMove, lang: str) -> Move:
    """Return a lead's way; a new one came from nowhere."""
    went = move.advanced or move.new
    return Move(
        lead_lines(move.lead, move.company, lang),
        t("trip_report.new", lang) if move.new else stage_word(move.before, lang),
        _stage_now(move, lang),
        short(move.reached_on) if went else t("trip_report.unmoved", lang),
        went,
    )


def _stage_now(move: LeadMove, lang: str) -> str:
    """Return the stage reached, and that the lead is no longer worked on where it is not."""
    status = move.lead["status"]
    idle = word("status", status, lang) if status and status != "active" else ""
    return dotted([stage_word(move.after, lang), idle])


def _new_leads(moves: list[LeadMove], lang: str) -> Block:
    """Return the leads that the trip found."""
    if not moves:
        return Muted(t("trip_report.no_new_leads", lang))
    names = ("project", "chain", "amount", "first_reported")
    rows: list[list[Cell]] = [
        [
            lead_lines(move.lead, move.company, lang),
            word("chain", move.lead["chain"], lang) if move.lead["chain"] else "",
            format_money(move.lead["amount_minor"], move.lead["currency"], lang),
            short(move.lead["first_reported_on"]),
        ]
        for move in moves
    ]
    return Grid([t(f"trip_report.{n}", lang) for n in names], rows, (3.2, 2, 1.6, 1.4))


def _intents(moves: list[LeadMove], lang: str) -> Block:
    """Return the leads whose other side committed itself."""
    if not moves:
        return Muted(t("trip_report.no_intents", lang))
    names = ("project", "amount", "commitments", "signing")
    rows: list[list[Cell]] = [
        [
            lead_lines(move.lead, move.company, lang),
            format_money(move.lead["amount_minor"], move.lead["currency"], lang),
            str(move.lead["their_commitments"] or ""),
            short(move.lead["signed_on"] or move.lead["planned_signing_on"]),
        ]
        for move in moves
    ]
    return Grid([t(f"trip_report.{n}", lang) for n in names], rows, (2.4, 1.4, 3, 1.4))


def _visits(visits: list[MeetingDetail], lang: str) -> Block:
    """Return the visits to China that followed."""
    if not visits:
        return Muted(t("trip_report.no_visits", lang))
    rows: list[list[Cell]] = [
        [
            meeting_day(meeting),
            meeting_lines(meeting, lang),
            Lines(str(meeting.fields["title"] or "")),
            word("meeting_status", meeting.fields["status"], lang),
        ]
        for meeting in visits
    ]
    names = ("day", "company", "occasion", "status")
    return Grid([t(f"trip_report.{n}", lang) for n in names], rows, (1.1, 2.6, 3.2, 1.2))
