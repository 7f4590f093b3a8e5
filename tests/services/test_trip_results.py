"""What came of a trip: told by scenarios from single records."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from desktop_app.db.models import Lead, LeadStage
from desktop_app.services import attachments, companies, follow_ups, leads, trips
from desktop_app.services.attachments import KeptFile
from desktop_app.services.trip_photos import set_caption
from desktop_app.services.trip_results import TripResults, trip_results
from tests.services.conftest import Team

LEFT, BACK = dt.date(2026, 6, 1), dt.date(2026, 6, 8)
REPORT = dt.date(2026, 7, 1)


def at(day: dt.date, hour: int = 8) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), dt.UTC)


@pytest.fixture
def trip(team: Team) -> str:
    with team.workspace.write("trip") as session:
        return trips.add_trip(session, title="赴瑞士", starts_on=LEFT, ends_on=BACK)


def visit(team: Team, trip: str, company: str | None = None, **fields: Any) -> str:
    """Plan a meeting of the trip; it was held unless said otherwise."""
    with team.workspace.write("visit") as session:
        given: dict[str, Any] = {"status": "held", "today": LEFT - dt.timedelta(days=9), **fields}
        return trips.plan_meeting(
            session, trip, company or team.company, at(LEFT + dt.timedelta(days=1)), **given
        )


def reached(team: Team, lead: str, *stages: tuple[str, dt.date]) -> None:
    """Make a lead's stages exactly these."""
    with team.workspace.write("stages") as session:
        for old in session.scalars(select(LeadStage).where(LeadStage.lead_id == lead)):
            old.deleted = True
        for stage, day in stages:
            session.add(LeadStage(lead_id=lead, stage=stage, reached_on=day))
        # The first report is never overwritten by a service: this lead came in earlier.
        session.get_one(Lead, lead).first_reported_on = stages[0][1]


def results(team: Team, trip: str, today: dt.date = REPORT) -> TripResults:
    with team.workspace.read() as session:
        return trip_results(session, trip, today)


def test_meetings_are_told_by_what_became_of_them(team: Team, trip: str) -> None:
    held = visit(team, trip)
    cancelled = visit(team, trip, status="cancelled", cancel_reason="对方董事长生病")
    added = visit(team, trip, unplanned=True, unplanned_reason="商会临时安排")
    open_still = visit(team, trip, status="planned")
    found = results(team, trip)
    assert {m.fields["id"] for m in found.held} == {held, added}
    assert [m.fields["id"] for m in found.cancelled] == [cancelled]
    assert [m.fields["id"] for m in found.added] == [added]
    assert [m.fields["id"] for m in found.unsettled] == [open_still]
    assert {m.fields["id"] for m in found.planned} == {held, cancelled, open_still}


def test_entry_and_exit_come_from_the_flights_else_from_the_trip(team: Team, trip: str) -> None:
    assert (results(team, trip).left_on, results(team, trip).back_on) == (LEFT, BACK)
    china, there = "Asia/Shanghai", "Europe/Zurich"
    with team.workspace.write("flights") as session:
        for start, hours, origin, goal in (
            # 00:30 in Shanghai on 2 June is still 1 June by UTC.
            (dt.datetime(2026, 6, 1, 16, 30, tzinfo=dt.UTC), 12, china, there),
            (dt.datetime(2026, 6, 7, 20, 0, tzinfo=dt.UTC), 12, there, china),
            (dt.datetime(2026, 6, 4, 9, 0, tzinfo=dt.UTC), 1, there, there),
        ):
            trips.add_leg(
                session, trip, kind="flight", departs_at=start, from_zone=origin,
                arrives_at=start + dt.timedelta(hours=hours), to_zone=goal,
            )  # fmt: skip
    found = results(team, trip)
    assert (found.left_on, found.back_on) == (dt.date(2026, 6, 2), dt.date(2026, 6, 8))


def test_a_lead_is_told_by_its_stage_before_and_the_highest_since(team: Team, trip: str) -> None:
    visit(team, trip)
    reached(
        team,
        team.lead,
        ("lead", LEFT - dt.timedelta(days=90)),
        ("screened", LEFT - dt.timedelta(days=30)),
        ("negotiating", BACK),
        ("site_review", REPORT + dt.timedelta(days=1)),
    )
    (move,) = results(team, trip).moves
    assert (move.before, move.after, move.reached_on) == ("screened", "negotiating", BACK)
    assert move.advanced and not move.new
    later = results(team, trip, REPORT + dt.timedelta(days=9)).moves[0]
    assert later.after == "site_review"


def test_a_lead_without_a_noted_first_stage_was_a_lead_before(team: Team, trip: str) -> None:
    visit(team, trip)
    reached(team, team.lead, ("lead", LEFT - dt.timedelta(days=9)), ("screened", BACK))
    with team.workspace.write("imported") as session:
        first = select(LeadStage).where(LeadStage.stage == "lead", LeadStage.deleted.isnot(True))
        for stage in session.scalars(first):
            stage.deleted = True
    (move,) = results(team, trip).moves
    assert (move.before, move.after, move.new) == ("lead", "screened", False)


def test_a_stage_reached_on_the_day_of_departure_is_of_the_trip(team: Team, trip: str) -> None:
    visit(team, trip)
    reached(team, team.lead, ("lead", LEFT - dt.timedelta(days=9)), ("screened", LEFT))
    assert results(team, trip).moves[0].before == "lead"


@pytest.mark.parametrize(("after", "new"), [(-9, False), (0, True), (15, True), (16, False)])
def test_a_lead_is_new_within_fifteen_days_of_the_return(
    team: Team, trip: str, after: int, new: bool
) -> None:
    visit(team, trip)
    day = BACK + dt.timedelta(days=after)
    reached(team, team.lead, ("lead", day))
    found = results(team, trip)
    assert [m.lead["id"] for m in found.new_leads] == ([team.lead] if new else [])


def test_a_lead_found_with_a_company_met_counts_and_one_elsewhere_does_not(
    team: Team, trip: str
) -> None:
    visit(team, trip, lead_id=None)
    with team.workspace.write("elsewhere") as session:
        other = companies.add_company(session, name="Fern AG", country="DE")
        leads.add_lead(session, other, first_reported_on=BACK)
    assert results(team, trip).moves == []
    with team.workspace.write("found") as session:
        found = leads.add_lead(session, team.company, title="二期", first_reported_on=BACK)
    assert [m.lead["id"] for m in results(team, trip).new_leads] == [found]


def test_an_intent_needs_the_stage_and_their_commitments(team: Team, trip: str) -> None:
    visit(team, trip)
    reached(team, team.lead, ("lead", LEFT - dt.timedelta(days=60)), ("ready_to_sign", BACK))
    assert results(team, trip).intents == []
    with team.workspace.write("commitments") as session:
        leads.update_lead(session, team.lead, their_commitments="三个月内到资")
    assert [m.lead["id"] for m in results(team, trip).intents] == [team.lead]


def test_return_visits_are_meetings_in_china_after_the_return(team: Team, trip: str) -> None:
    visit(team, trip)
    with team.workspace.write("visits") as session:
        for days, country, status in (
            (20, "CN", "planned"),
            (-20, "CN", "held"),
            (20, "CH", "planned"),
            (25, "CN", "cancelled"),
            (30, "CH", "site_visit"),
        ):
            name = "kind" if status == "site_visit" else "status"
            fields: dict[str, Any] = {name: status}
            trips.plan_meeting(
                session, None, team.company, at(BACK + dt.timedelta(days=days)),
                country=country, title=f"{country}{days}{status}",
                **fields,
            )  # fmt: skip
    assert [m.fields["title"] for m in results(team, trip).visits] == [
        "CN20planned",
        "CH30site_visit",
    ]


def test_what_follows_stands_under_its_term_with_its_state_today(team: Team, trip: str) -> None:
    meeting = visit(team, trip)
    with team.workspace.write("follow-ups") as session:
        for title, days, fields in (
            ("按时", 7, {"status": "done", "done_on": BACK + dt.timedelta(days=7)}),
            ("逾期完成", 6, {"status": "done", "done_on": BACK + dt.timedelta(days=9)}),
            ("逾期", 8, {}),
            ("未到期", 30, {}),
            ("等对方", 31, {"status": "waiting"}),
            ("不做了", 90, {"status": "dropped"}),
            ("以后", 91, {}),
        ):
            due = BACK + dt.timedelta(days=days)
            follow_ups.add_follow_up(session, title=title, due_on=due, meeting_id=meeting, **fields)
        follow_ups.add_follow_up(session, title="没有日期", trip_id=trip)
    found = results(team, trip)
    told = {
        term: {f.row.title: f.state for f in follows} for term, follows in found.follows.items()
    }
    assert told == {
        7: {"按时": "done_on_time", "逾期完成": "done_late"},
        30: {"逾期": "overdue", "未到期": "open"},
        90: {"等对方": "waiting", "不做了": "dropped"},
        0: {"以后": "open", "没有日期": "open"},
    }


def test_promises_of_both_sides_are_those_of_the_trip_and_of_companies_met(
    team: Team, trip: str
) -> None:
    meeting = visit(team, trip)
    soon, before = BACK + dt.timedelta(days=5), LEFT - dt.timedelta(days=5)
    with team.workspace.write("promises") as session:
        follow_ups.add_follow_up(session, title="我方", side="ours", meeting_id=meeting)
        follow_ups.add_follow_up(session, title="对方", side="theirs", trip_id=trip)
        for title, due in (("与企业", soon), ("更早的", before)):
            follow_ups.add_follow_up(
                session, title=title, side="theirs", company_id=team.company, due_on=due
            )
        follow_ups.add_follow_up(session, title="一般跟进", meeting_id=meeting)
    found = results(team, trip)
    assert {f.row.title for f in found.promised("ours")} == {"我方"}
    assert {f.row.title for f in found.promised("theirs")} == {"对方", "与企业"}


def test_people_met_are_told_once_and_only_of_meetings_held(team: Team, trip: str) -> None:
    with team.workspace.write("people") as session:
        met = companies.add_contact(session, company_id=team.company, name="Urs Frei")
        missed = companies.add_contact(session, company_id=team.company, name="Eva Not")
    for status, person in (("held", met), ("held", met), ("cancelled", missed)):
        meeting = visit(team, trip, status=status)
        with team.workspace.write("attend") as session:
            trips.set_attendees(session, meeting, {person}, set())
    (one,) = results(team, trip).contacts
    assert (one["name"], one["company"]["name"]) == ("Urs Frei", "Mühlfeld Hydraulik AG")


def test_photos_are_the_pictures_of_the_trip_and_its_meetings(team: Team, trip: str) -> None:
    meeting = visit(team, trip)
    with team.workspace.write("files") as session:
        for table, key, name, kind in (
            ("trip", trip, "合影.jpg", "image/jpeg"),
            ("meeting", meeting, "车间.png", "image/png"),
            ("meeting", meeting, "纪要.pdf", "application/pdf"),
            ("lead", team.lead, "别处.jpg", "image/jpeg"),
        ):
            kept = KeptFile(name, kind, 10, "ab" * 32)
            one = attachments.add_attachment(session, table, key, kept)
            set_caption(session, one, f" {name}说明 ")
    found = results(team, trip).photos
    assert [(p.name, p.caption, p.meeting_id) for p in found] == [
        ("车间.png", "车间.png说明", meeting),
        ("合影.jpg", "合影.jpg说明", ""),
    ]


def test_an_empty_trip_has_no_results(team: Team) -> None:
    with team.workspace.write("trip") as session:
        trip = trips.add_trip(session)
    found = results(team, trip)
    assert (found.left_on, found.back_on, found.moves, found.promises) == (None, None, [], [])
