"""A trip's programme as a calendar, read again as a phone does."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from desktop_app.exchange.export_calendar import CalendarDone, export_trip
from desktop_app.services import companies, members, records, trips

NOW = dt.datetime(2026, 11, 23, 4, 0, tzinfo=dt.UTC)
START = dt.datetime(2026, 12, 2, 8, 30, tzinfo=dt.UTC)
LONG = "带着项目一页纸；问清楚“什么时候定”，不谈电价。\n" * 12


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(tmp_path / "workspace")
    yield opened
    opened.close()


@pytest.fixture
def ids(workspace: Workspace) -> dict[str, str]:
    made: dict[str, str] = {}
    with workspace.write("make") as session:
        trip = made["trip"] = trips.add_trip(
            session, title="瑞士出访", starts_on=START.date(), ends_on=START.date()
        )
        company = companies.add_company(session, name="Häberling, Söhne; AG", name_zh="联博液压")
        made["meeting"] = trips.plan_meeting(
            session,
            trip_id=trip,
            company_id=company,
            title="第一次拜访",
            starts_at=START,
            ends_at=START + dt.timedelta(minutes=90),
            zone="Europe/Zurich",
            place="Werk 2",
            address="Industriestrasse 12, Zürich",
            city="Zürich",
            objective="落实投资额；约定回访",
            talking_points=LONG,
            red_lines="不让地价",
        )
        person = companies.add_contact(
            session, company_id=company, name="Anna Meier", title="CEO", mobile="+41791234567"
        )
        member = members.add_member(session, name="张伟")
        for who in ({"contact_id": person}, {"member_id": member}):
            records.create(session, "attendees", meeting_id=made["meeting"], **who)
        made["cancelled"] = trips.plan_meeting(
            session,
            trip_id=trip,
            title="取消的会",
            starts_at=START + dt.timedelta(hours=4),
            zone="Europe/Rome",
            status="cancelled",
            cancel_reason="对方出差",
        )
        trips.plan_meeting(session, trip_id=trip, title="时间未定的会")
        made["leg"] = trips.add_leg(
            session,
            trip,
            kind="flight",
            number="LX188",
            from_place="上海浦东",
            to_place="Zürich",
            departs_at=START - dt.timedelta(hours=20),
            from_zone="Asia/Shanghai",
            arrives_at=START - dt.timedelta(hours=6),
            to_zone="Europe/Zurich",
            booking="K3XZ",
        )
    return made


def written(workspace: Workspace, trip: str, path: Path, lang: str = "zh") -> CalendarDone:
    with workspace.read() as session:
        return export_trip(session, trip, path, lang=lang, now=NOW)


def events(path: Path) -> dict[str, Any]:
    calendar = Calendar.from_ical(path.read_bytes())
    return {str(e["uid"]).partition("@")[0]: e for e in calendar.walk("VEVENT")}


def test_a_phone_reads_each_entry_at_its_moment_in_its_zone(
    workspace: Workspace, ids: dict[str, str], tmp_path: Path
) -> None:
    done = written(workspace, ids["trip"], tmp_path / "t.ics")

    assert (done.count, done.left_out) == (3, ["时间未定的会"])
    found = events(tmp_path / "t.ics")
    meeting, leg = found[ids["meeting"]], found[ids["leg"]]
    assert meeting.decoded("dtstart") == START
    assert meeting.decoded("dtend") - meeting.decoded("dtstart") == dt.timedelta(minutes=90)
    assert meeting["dtstart"].params["TZID"] == "Europe/Zurich"
    assert meeting.decoded("dtstart").hour == 9
    assert leg.decoded("dtstart") == START - dt.timedelta(hours=20)
    assert leg.decoded("dtend") == START - dt.timedelta(hours=6)
    assert leg["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert leg["dtend"].params["TZID"] == "Europe/Zurich"
    calendar = Calendar.from_ical((tmp_path / "t.ics").read_bytes())
    assert str(calendar["method"]) == "PUBLISH"
    zones = {str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")}
    assert zones == {"Europe/Zurich", "Europe/Rome", "Asia/Shanghai"}


def test_an_entry_says_where_why_and_with_whom_and_reminds(
    workspace: Workspace, ids: dict[str, str], tmp_path: Path
) -> None:
    written(workspace, ids["trip"], tmp_path / "t.ics")

    found = events(tmp_path / "t.ics")
    meeting = found[ids["meeting"]]
    assert str(meeting["summary"]) == "第一次拜访"
    assert str(meeting["location"]) == "Werk 2, Industriestrasse 12, Zürich"
    text = str(meeting["description"])
    for part in ("Häberling, Söhne; AG · 联博液压", "落实投资额；约定回访", LONG.strip()):
        assert part in text
    assert "Anna Meier · CEO · +41791234567" in text
    assert "我方人员：张伟" in text
    # What must not be said does not lie open on a telephone.
    assert "不让地价" not in text
    (alarm,) = meeting.walk("VALARM")
    assert alarm.decoded("trigger") == dt.timedelta(hours=-1)
    (alarm,) = found[ids["leg"]].walk("VALARM")
    assert alarm.decoded("trigger") == dt.timedelta(days=-1)
    assert str(found[ids["leg"]]["summary"]) == "飞机 LX188 上海浦东 → Zürich"


def test_a_cancelled_meeting_says_so_and_does_not_ring(
    workspace: Workspace, ids: dict[str, str], tmp_path: Path
) -> None:
    written(workspace, ids["trip"], tmp_path / "t.ics", "en")

    event = events(tmp_path / "t.ics")[ids["cancelled"]]

    assert str(event["status"]) == "CANCELLED"
    assert str(event["summary"]) == "Cancelled: 取消的会"
    assert "对方出差" in str(event["description"])
    assert event.walk("VALARM") == []


def test_an_altered_meeting_is_the_same_entry_with_a_higher_sequence(
    workspace: Workspace, ids: dict[str, str], tmp_path: Path
) -> None:
    written(workspace, ids["trip"], tmp_path / "t.ics")
    before = events(tmp_path / "t.ics")[ids["meeting"]]
    with workspace.write("move") as session:
        trips.update_meeting(session, ids["meeting"], starts_at=START + dt.timedelta(hours=1))

    written(workspace, ids["trip"], tmp_path / "t.ics")

    after = events(tmp_path / "t.ics")[ids["meeting"]]
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after.decoded("last-modified") >= before.decoded("last-modified")


def test_lines_are_folded_at_75_octets_and_end_as_the_format_says(
    workspace: Workspace, ids: dict[str, str], tmp_path: Path
) -> None:
    written(workspace, ids["trip"], tmp_path / "t.ics")

    data = (tmp_path / "t.ics").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    for line in data.split(b"\r\n"):
        # No character is cut in two.
        line.decode("utf-8")


def test_a_trip_without_anything_is_an_empty_calendar(workspace: Workspace, tmp_path: Path) -> None:
    with workspace.write("make") as session:
        trip = trips.add_trip(session, title="空")

    assert written(workspace, trip, tmp_path / "t.ics").count == 0
    assert events(tmp_path / "t.ics") == {}


def test_what_cannot_be_written_is_refused(
    workspace: Workspace, ids: dict[str, str], tmp_path: Path
) -> None:
    with pytest.raises(DeskError, match="cannot_write"):
        written(workspace, ids["trip"], tmp_path / "gone" / "t.ics")
    with pytest.raises(DeskError, match="unknown_record"):
        written(workspace, "0" * 32, tmp_path / "t.ics")
    assert not (tmp_path / "t.ics").exists()
