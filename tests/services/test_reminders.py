"""What somebody is reminded of, and when: meetings, follow-ups, the deadlines of trips."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from desktop_app.db.models import Attendee, Company, Delegate, FollowUp, Meeting, Member, Trip
from desktop_app.db.workspace import Workspace
from desktop_app.services.reminders import Digest, digest, reminders

ZONE = ZoneInfo("Europe/Zurich")
NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=ZONE)
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.open(tmp_path)


def _codes(workspace: Workspace, now: dt.datetime = NOW, me: str | None = None) -> list[str]:
    with workspace.look() as connection:
        return [one.code for one in reminders(connection, now, me)]


def _meeting(workspace: Workspace, starts: dt.datetime, **more: object) -> str:
    with workspace.write("plan") as session:
        company = Company(name="Uetliberg AG")
        session.add(company)
        session.flush()
        meeting = Meeting(
            company_id=company.id, status="planned", starts_at=starts.astimezone(dt.UTC),
            zone="Europe/Zurich", city="Zürich", **more,
        )  # fmt: skip
        session.add(meeting)
        session.flush()
        return meeting.id


@pytest.mark.parametrize(("minutes", "told"), [(61, False), (60, True), (5, True), (-1, False)])
def test_a_meeting_is_told_of_an_hour_before_it_begins(
    workspace: Workspace, minutes: int, told: bool
) -> None:
    _meeting(workspace, NOW + dt.timedelta(minutes=minutes))
    assert bool(_codes(workspace)) is told


def test_a_meeting_says_its_time_at_the_venue_and_in_beijing(workspace: Workspace) -> None:
    _meeting(workspace, NOW + dt.timedelta(minutes=30))
    beijing = NOW.astimezone(ZoneInfo("Asia/Shanghai"))
    with workspace.look() as connection:
        (one,) = reminders(connection, beijing, None)
    assert (one.title, one.values["time"], one.values["beijing"]) == (
        "Uetliberg AG", "10:00", "17:00",
    )  # fmt: skip


def test_only_those_who_take_part_are_told(workspace: Workspace) -> None:
    meeting = _meeting(workspace, NOW + dt.timedelta(minutes=30))
    with workspace.write("team") as session:
        there, away = Member(name="陈喆"), Member(name="王敏")
        session.add_all([there, away])
        session.flush()
        session.add(Attendee(meeting_id=meeting, member_id=there.id))
        session.flush()
        ids = there.id, away.id
    assert _codes(workspace, me=ids[0]) == ["meeting"]
    assert _codes(workspace, me=ids[1]) == []


@pytest.mark.parametrize("status", ["held", "cancelled"])
def test_a_meeting_that_is_over_or_off_is_not_told_of(workspace: Workspace, status: str) -> None:
    meeting = _meeting(workspace, NOW + dt.timedelta(minutes=30))
    with workspace.write("off") as session:
        found = session.get(Meeting, meeting)
        assert found is not None
        found.status = status
    assert _codes(workspace) == []


def _follow_up(workspace: Workspace, **fields: object) -> None:
    with workspace.write("add") as session:
        session.add(FollowUp(title="寄地块方案", status="open", **fields))


def test_follow_ups_due_and_overdue_are_told_from_nine_and_not_before(
    workspace: Workspace,
) -> None:
    _follow_up(workspace, due_on=TODAY)
    _follow_up(workspace, due_on=TODAY - 3 * DAY)
    _follow_up(workspace, due_on=TODAY + DAY)
    assert _codes(workspace) == ["follow_up", "follow_up"]
    assert _codes(workspace, NOW.replace(hour=8)) == ["follow_up"]


def test_one_put_off_waits_for_its_new_day_and_then_is_another_reminder(
    workspace: Workspace,
) -> None:
    _follow_up(workspace, due_on=TODAY - DAY, snoozed_until=TODAY + DAY)
    assert _codes(workspace) == []
    with workspace.look() as connection:
        (one,) = reminders(connection, NOW + DAY, None)
    assert one.key.endswith((TODAY + DAY).isoformat())


def _trip(workspace: Workspace, **fields: object) -> None:
    with workspace.write("trip") as session:
        trip = Trip(title="瑞士德国行", **fields)
        session.add(trip)
        session.flush()
        session.add(Delegate(trip_id=trip.id, name="单静", visa_state="applied"))


def test_before_departure_notice_and_visa_are_told_of(workspace: Workspace) -> None:
    leaves = dt.date(2026, 12, 2)
    _trip(workspace, starts_on=leaves, ends_on=leaves + 7 * DAY)
    assert _codes(workspace) == ["notice", "visa"]
    with workspace.look() as connection:
        notice = reminders(connection, NOW, None)[0]
    # Five working days before Wednesday the 2nd: the Wednesday before.
    assert notice.values["due"] == dt.date(2026, 11, 25)


def test_after_the_return_report_and_passports_are_told_of_until_they_are_done(
    workspace: Workspace,
) -> None:
    back = TODAY - 26 * DAY
    _trip(workspace, starts_on=back - 7 * DAY, ends_on=back, notice_on=back - 30 * DAY)
    assert _codes(workspace) == ["report", "passports"]
    with workspace.write("done") as session:
        trip = session.query(Trip).one()
        trip.reported_on = trip.passports_returned_on = TODAY
    assert _codes(workspace) == []


def test_nothing_of_a_cancelled_or_far_trip_is_told(workspace: Workspace) -> None:
    _trip(workspace, starts_on=TODAY + 5 * DAY, ends_on=TODAY + 9 * DAY, status="cancelled")
    _trip(workspace, starts_on=TODAY + 90 * DAY, ends_on=TODAY + 99 * DAY)
    assert _codes(workspace) == []


def test_the_morning_counts_the_day(workspace: Workspace) -> None:
    _follow_up(workspace, due_on=TODAY)
    _follow_up(workspace, due_on=TODAY - DAY)
    _meeting(workspace, NOW + dt.timedelta(hours=6))
    _meeting(workspace, NOW + DAY)
    _trip(workspace, starts_on=TODAY + 8 * DAY, ends_on=TODAY + 12 * DAY, notice_on=TODAY)
    with workspace.look() as connection:
        assert digest(connection, NOW, None) == Digest(1, 1, 1, 1)
