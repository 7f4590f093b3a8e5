"""Trips: the programme by day, meetings that know their place, checks, and figures."""

import datetime as dt

from desktop_app.db.models import Meeting, Stop
from desktop_app.domain.signing import counts_as_signed
from desktop_app.services import (
    companies,
    figures,
    follow_ups,
    leads,
    places,
    rates,
    team_settings,
    trips,
)
from tests.services.conftest import TODAY, Team

MONDAY = dt.date(2026, 11, 16)


def at(day: int, hour: int) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, tzinfo=dt.UTC)


def plan(team: Team) -> tuple[str, str]:
    """Plan a trip of two stops with one meeting at the first."""
    with team.workspace.write("plan") as session:
        trip = trips.add_trip(
            session, title="瑞士 意大利", starts_on=MONDAY, ends_on=dt.date(2026, 11, 20)
        )
        trips.add_stop(session, trip, city="Zürich", arrives_on=MONDAY)
        trips.add_stop(session, trip, city="米兰", arrives_on=dt.date(2026, 11, 19))
        trips.add_delegate(session, trip, member_id=team.member, role="head")
        trips.add_leg(
            session,
            trip,
            kind="train",
            departs_at=at(19, 7),
            from_zone="Europe/Zurich",
        )
        meeting = trips.plan_meeting(session, trip, team.company, at(18, 8))
    return trip, meeting


def test_a_programme_has_each_day_with_its_stop_meetings_and_transfers(team: Team) -> None:
    trip, meeting = plan(team)
    with team.workspace.read() as session:
        detail = trips.trip_detail(session, trip, TODAY)
    assert [d.day.day for d in detail.days] == [16, 17, 18, 19, 20]
    assert [d.country for d in detail.days] == ["CH", "CH", "CH", "IT", "IT"]
    assert [m.fields["id"] for m in detail.days[2].meetings] == [meeting]
    assert len(detail.days[3].legs) == 1
    assert detail.countries == ("CH", "IT")
    assert detail.delegates[0]["member_name"] == "王敏"


def test_a_stop_knows_its_city_in_any_language(team: Team) -> None:
    trip, _ = plan(team)
    with team.workspace.read() as session:
        zurich, milan = trips.trip_detail(session, trip).stops
    assert (zurich["city_zh"], zurich["zone"]) == ("苏黎世", "Europe/Zurich")
    assert (milan["country"], milan["region"]) == ("IT", "MI")
    assert milan["lat_e6"] is not None


def test_a_planned_meeting_takes_place_lead_and_zone_from_its_company(team: Team) -> None:
    _, meeting = plan(team)
    with team.workspace.read() as session:
        detail = trips.meeting_detail(session, meeting)
    assert detail.lead is not None
    assert detail.lead.id == team.lead
    assert (detail.fields["zone"], detail.fields["city"]) == ("Europe/Zurich", "Zürich")
    assert detail.fields["ends_at"] == at(18, 8) + dt.timedelta(minutes=90)
    assert detail.day == dt.date(2026, 11, 18)


def test_a_moved_meeting_keeps_its_length_and_a_new_city_moves_it_on_the_map(team: Team) -> None:
    _, meeting = plan(team)
    with team.workspace.write("x") as session:
        trips.update_meeting(session, meeting, starts_at=at(19, 10), city="Forlì", country="IT")
        fields = trips.meeting_detail(session, meeting).fields
    assert fields["ends_at"] == at(19, 10) + dt.timedelta(minutes=90)
    forli = places.find_place("Forlì", "IT")
    assert forli is not None
    assert (fields["lat_e6"], fields["region"]) == (forli.lat_e6, forli.region)


def test_cancelled_meetings_are_not_checked(team: Team) -> None:
    trip, meeting = plan(team)
    with team.workspace.write("x") as session:
        rules = {c.key for c in trips.trip_detail(session, trip).checks}
        trips.update_meeting(session, meeting, status="cancelled")
        after = {c.key for c in trips.trip_detail(session, trip).checks}
    assert "no_contact" in rules
    assert "no_contact" not in after


def test_the_teams_own_limits_hold_and_unknown_ones_are_left_aside(team: Team) -> None:
    trip, _ = plan(team)
    with team.workspace.write("x") as session:
        team_settings.put(session, "trip_limits", {"countries": 1, "of_a_later_version": 3})
        found = trips.trip_detail(session, trip).checks
    assert found[0].level == "warn"
    assert "countries_over" in {c.key for c in found}
    for one in found:
        assert trips.check_text(one, "en")
        assert trips.check_source(one, "zh")


def test_who_attends_is_exactly_who_was_set(team: Team) -> None:
    _, meeting = plan(team)
    with team.workspace.write("x") as session:
        contact = companies.add_contact(session, name="Ü. Keller", company_id=team.company)
        trips.set_attendees(session, meeting, {contact}, {team.member})
        trips.set_attendees(session, meeting, {contact}, set())
        detail = trips.meeting_detail(session, meeting)
    assert [c["name"] for c in detail.contacts] == ["Ü. Keller"]
    assert detail.members == []


def test_a_sheet_brings_open_promises_and_what_was_said_before(team: Team) -> None:
    _, meeting = plan(team)
    with team.workspace.write("x") as session:
        trips.plan_meeting(session, None, team.company, at(2, 8), status="held", outcome="愿意来访")
        follow_ups.add_follow_up(session, title="送方案", lead_id=team.lead, side="ours")
        detail = trips.meeting_detail(session, meeting)
    assert [h["outcome"] for h in detail.history] == ["愿意来访"]
    assert [p.title for p in detail.promises] == ["送方案"]


def test_stops_are_put_in_order(team: Team) -> None:
    trip, _ = plan(team)
    with team.workspace.write("x") as session:
        first, second = [s["id"] for s in trips.trip_detail(session, trip).stops]
        trips.reorder_stops(session, trip, [second, first])
        assert [s["id"] for s in trips.trip_detail(session, trip).stops] == [second, first]
        trips.delete_stop(session, second)
        assert session.query(Stop).count() == 2, "rows are never removed"
        assert [s["id"] for s in trips.trip_detail(session, trip).stops] == [first]


def test_a_signed_project_counts_once_in_the_year_of_its_first_signing(team: Team) -> None:
    this, last = dt.date(2026, 3, 1), dt.date(2025, 3, 1)
    with team.workspace.write("x") as session:
        large = {"amount_minor": 2_000_000_000, "currency": "EUR", "chain": "marine"}
        for signed_on in (this, last):
            lead = leads.add_lead(
                session,
                team.company,
                stage="signed",
                first_reported_on=last,
                signed_on=signed_on,
                **large,
            )
        leads.move_stage(session, lead, "lead")
        leads.move_stage(session, lead, "signed", on=this, reason="重签")
        found = {f.metric: f.value for f in figures.year_figures(session, 2026)}
    assert found["signed_projects"] == 1
    assert found["chain_fit_percent"] == 100


def test_what_counts_as_signed_depends_on_where_the_investor_is() -> None:
    def counts(yuan: int, country: str) -> bool:
        return counts_as_signed(yuan * 100, "CNY", country, rates.USD_RATES)

    assert counts(100_000_000, "CN")
    assert not counts(99_999_999, "CN")
    assert counts(75_000_000, "CH"), "more than 10M USD"
    assert not counts(60_000_000, "CH")


def test_the_desk_shows_what_is_due_the_next_trip_and_the_funnel(team: Team) -> None:
    with team.workspace.write("x") as session:
        trips.add_trip(session, title="下一次", starts_on=TODAY, ends_on=TODAY + dt.timedelta(3))
        cancelled = trips.add_trip(session, title="取消了", starts_on=TODAY, ends_on=TODAY)
        trips.update_trip(session, cancelled, status="cancelled")
        follow_ups.add_follow_up(session, title="回电", lead_id=team.lead, due_on=TODAY)
        shown = figures.desk(session, TODAY)
    assert [r.title for r in shown.today] == ["回电"]
    assert shown.next_trip is not None
    assert shown.next_trip.trip["title"] == "下一次"
    assert dict(shown.funnel)["lead"] == 1


def test_places_are_found_by_any_name_and_carry_their_own_holidays() -> None:
    for typed in ("Zürich", "苏黎世", "zurich", " ZÜRICH ", "苏黎世 Zürich"):
        found = places.find_place(typed)
        assert found is not None
        assert (found.name, found.country) == ("Zürich", "CH")
    assert places.find_place("no such town") is None
    assert places.find_place("") is None
    assert places.suggest("münch")[0].name == "München"
    assert places.suggest("") == []
    assert places.zone_at("no such town", "GB") == "Europe/London"
    assert places.zone_at(None, None) is None


def test_a_meeting_added_under_way_is_outside_the_plan(team: Team) -> None:
    days = {"before": 1, "first": 5, "back a week": 15, "long over": 16}
    with team.workspace.write("plan") as session:
        trip = trips.add_trip(session, starts_on=dt.date(2026, 10, 5), ends_on=dt.date(2026, 10, 8))
        undated = trips.add_trip(session, title="日期待定")
        made = {
            name: trips.plan_meeting(session, trip, team.company, today=dt.date(2026, 10, day))
            for name, day in days.items()
        }
        told = trips.plan_meeting(
            session, trip, team.company, today=dt.date(2026, 10, 6), unplanned=False
        )
        free = trips.plan_meeting(session, undated, team.company, today=dt.date(2026, 10, 6))
        added = {n: session.get_one(Meeting, key).unplanned for n, key in made.items()}
        assert added == {"before": None, "first": True, "back a week": True, "long over": None}
        assert session.get_one(Meeting, told).unplanned is False
        assert session.get_one(Meeting, free).unplanned is None
