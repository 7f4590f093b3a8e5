"""What squads did, and through which channels and events leads came, against a plain recount."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import (
    Company,
    Event,
    Lead,
    LeadStage,
    Meeting,
    Member,
    Squad,
    SquadMember,
)
from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from desktop_app.domain.formats import zone_of
from desktop_app.services import channels, event_rows, squad_year, squads
from desktop_app.services.rates import usd_rates
from desktop_app.services.year_figures import year_figures
from tests.services.conftest import Team
from tests.services.plain_recount import Recount

YEAR = 2025
DAY = dt.date(YEAR, 6, 1)
ZONES = ("Asia/Shanghai", "Europe/Zurich", "America/Los_Angeles", "Pacific/Auckland", None)
# Near the ends of the year and of a month: the clock of the venue decides.
MOMENTS = st.sampled_from(
    [
        dt.datetime(YEAR, 1, 1, 3, tzinfo=dt.UTC),
        dt.datetime(YEAR - 1, 12, 31, 18, tzinfo=dt.UTC),
        dt.datetime(YEAR, 12, 31, 20, tzinfo=dt.UTC),
        dt.datetime(YEAR + 1, 1, 1, 2, tzinfo=dt.UTC),
        dt.datetime(YEAR, 4, 30, 22, tzinfo=dt.UTC),
        dt.datetime(YEAR, 9, 9, 9, tzinfo=dt.UTC),
    ]
)
DAYS = st.sampled_from(
    [dt.date(YEAR, 1, 1), dt.date(YEAR - 1, 12, 31), dt.date(YEAR, 12, 31), DAY, None]
)
PLACES = st.integers(0, 2)
MEETINGS = st.lists(
    st.fixed_dictionaries(
        {
            "starts_at": st.none() | MOMENTS,
            "zone": st.sampled_from(ZONES),
            "status": st.sampled_from(["held", "planned", "cancelled", None]),
            "kind": st.sampled_from(["visit", "call", "aftercare", None]),
            "country": st.sampled_from(["CH", "DE", "", None]),
            "squad": PLACES | st.none(),
            "company": PLACES | st.none(),
            "lead": PLACES | st.none(),
            "deleted": st.booleans(),
        }
    ),
    max_size=8,
)
EVENTS = st.lists(
    st.fixed_dictionaries(
        {
            "starts_on": DAYS,
            "kind": st.sampled_from(["expo", "matchmaking", None]),
            "country": st.sampled_from(["CH", None]),
            "squad": PLACES | st.none(),
            "deleted": st.booleans(),
        }
    ),
    max_size=4,
)
LEADS = st.lists(
    st.fixed_dictionaries(
        {
            "first_reported_on": DAYS,
            "member": PLACES | st.none(),
            "source": st.sampled_from(["expo", "squad_visit", None]),
            "event": st.integers(0, 1) | st.none(),
            "signed_on": DAYS,
            "amount_minor": st.sampled_from([None, 1, 200_000_000_00]),
            "stage": st.sampled_from(["lead", "signed", "completed"]),
            "deleted": st.booleans(),
        }
    ),
    min_size=3,
    max_size=7,
)
SQUADS = st.lists(st.booleans(), min_size=3, max_size=3)
PLACES_IN_SQUADS = st.lists(st.tuples(PLACES, PLACES, st.booleans()), max_size=5)


class UndoneError(Exception):
    """Takes back what an example wrote."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """One empty workspace for all examples."""
    opened = Workspace.open(tmp_path_factory.mktemp("squads") / "desk")
    yield opened
    opened.close()


def keep(session: Session, model: type[Any], **fields: Any) -> str:
    record = model(**fields)
    session.add(record)
    session.flush()
    return str(record.id)


def at(keys: list[str], place: int | None) -> str | None:
    return None if place is None else keys[place]


def fill(session: Session, data: dict[str, Any]) -> None:
    """Make records of what was drawn."""
    companies = [
        keep(session, Company, name=f"C{n}", country=c) for n, c in enumerate(("IT", "", None))
    ]
    members = [keep(session, Member, name=f"M{n}") for n in range(3)]
    teams = [
        keep(session, Squad, name=f"S{n}", deleted=gone or None)
        for n, gone in enumerate(data["squads"])
    ]
    for squad, member, gone in data["places"]:
        keep(session, SquadMember, squad_id=teams[squad], member_id=members[member], deleted=gone)
    events = [keep(session, Event, name=f"E{n}", deleted=bool(n)) for n in range(2)]
    for one in data["events"]:
        squad = at(teams, one["squad"])
        keep(session, Event, name="E", squad_id=squad, **_less(one, "squad"))
    leads = []
    for n, one in enumerate(data["leads"]):
        fields = _less(one, "member", "event")
        leads.append(
            keep(
                session, Lead, currency="CNY", company_id=companies[n % 3],
                first_reporter_id=at(members, one["member"]), event_id=at(events, one["event"]),
                **fields,
            )
        )  # fmt: skip
    for one in data["meetings"]:
        keep(
            session, Meeting, squad_id=at(teams, one["squad"]),
            company_id=at(companies, one["company"]), lead_id=at(leads, one["lead"]),
            **_less(one, "squad", "company", "lead"),
        )  # fmt: skip


def _less(fields: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in names}


def venue_day(meeting: Meeting) -> dt.date | None:
    if meeting.starts_at is None:
        return None
    return meeting.starts_at.astimezone(zone_of(meeting.zone)).date()


class Plain(Recount):
    """The same counts by loops over all records."""

    def done(self) -> list[tuple[str | None, int, str, str]]:
        """Squad, month, country and kind of each visit and promotion event of the year."""
        alive = {s.id for s in self.living(Squad)}
        found = []
        for one in self.living(Meeting):
            day = venue_day(one)
            if not self.has(day) or one.status != "held" or one.kind == "call":
                continue
            lead = self.projects.get(one.lead_id or "")
            company = one.company_id or (lead.company_id if lead else None)
            country = one.country or (self.countries.get(company or "") or "")
            assert day is not None
            squad = one.squad_id if one.squad_id in alive else None
            found.append((squad, day.month, country, "meetings"))
        for one in self.living(Event):
            if self.has(one.starts_on) and one.kind != "matchmaking":
                squad = one.squad_id if one.squad_id in alive else None
                found.append((squad, one.starts_on.month, one.country or "", "events"))
        return found

    def of_squad(self, squad_id: str, leads: list[Lead]) -> int:
        members = {
            p.member_id for p in self.living(SquadMember) if p.squad_id == squad_id and p.member_id
        }
        return sum(one.first_reporter_id in members for one in leads)

    def found(self) -> list[Lead]:
        return [one for one in self.living(Lead) if self.has(one.first_reported_on)]


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries({
    "meetings": MEETINGS, "events": EVENTS, "leads": LEADS, "squads": SQUADS,
    "places": PLACES_IN_SQUADS,
}))  # fmt: skip
def test_every_count_of_squads_and_channels_equals_a_plain_recount(
    shared: Workspace, data: dict[str, Any]
) -> None:
    with pytest.raises(UndoneError), shared.write("x") as session:
        fill(session, data)
        plain = Plain(session, YEAR, dict(usd_rates(session)))
        check_squads(session, plain)
        check_channels(session, plain)
        raise UndoneError


def check_squads(session: Session, plain: Plain) -> None:
    wanted = Counter(plain.done())
    rows = squads.squad_rows(session, YEAR)
    assert {r.id for r in rows} == {s.id for s in plain.living(Squad)}
    counted: Counter[tuple[str | None, int, str, str]] = Counter()
    for squad_id in (*(r.id for r in rows), None):
        for one in squad_year.done_in_year(session, YEAR, squad_id):
            counted[squad_id, one.day.month, one.country, one.kind] += 1
    assert counted == wanted
    for row in rows:
        of = [key for key in wanted.elements() if key[0] == row.id]
        assert row.visits == sum(kind == "meetings" for *_rest, kind in of)
        assert row.events == sum(kind == "events" for *_rest, kind in of)
        assert row.leads == plain.of_squad(row.id, plain.found())
        assert row.signed == plain.of_squad(row.id, plain.signed())
        for signed, number in ((False, row.leads), (True, row.signed)):
            assert len(squad_year.leads_of_squad(session, row.id, YEAR, signed)) == number
    figure = year_figures(session, YEAR, metrics=["visits_and_events"])["visits_and_events"]
    assert figure.value == sum(wanted.values())


def check_channels(session: Session, plain: Plain) -> None:
    columns = {"source": lambda one: one.source or "", "event": lambda one: one.event_id or ""}
    for by, column in columns.items():
        found, signed = (Counter(map(column, some)) for some in (plain.found(), plain.signed()))
        rows = channels.channels(session, YEAR, by)
        assert {r.code: r.found for r in rows if r.found} == found
        assert {r.code: r.signed for r in rows if r.signed} == signed
        for row in rows:
            for which, number in (("found", row.found), ("signed", row.signed)):
                behind = channels.channel_leads(session, YEAR, by, row.code, which)
                assert len(behind) == number


def test_a_visit_lies_in_the_month_of_its_venue(team: Team) -> None:
    with team.workspace.write("x") as session:
        squad = squads.add_squad(session, name="欧洲小分队")
        # The last evening of the year in Los Angeles is the first morning of the next in Beijing.
        for zone in ("America/Los_Angeles", "Asia/Shanghai"):
            keep(
                session, Meeting, squad_id=squad, status="held", zone=zone, kind="visit",
                starts_at=dt.datetime(YEAR + 1, 1, 1, 4, tzinfo=dt.UTC),
            )  # fmt: skip
        [there] = squad_year.done_in_year(session, YEAR, squad)
        [here] = squad_year.done_in_year(session, YEAR + 1, squad)
        assert (there.day, here.day) == (dt.date(YEAR, 12, 31), dt.date(YEAR + 1, 1, 1))


def test_a_new_meeting_is_of_the_one_active_squad_of_whoever_plans_it(team: Team) -> None:
    with team.workspace.write("x") as session:

        def squad_of_new(**fields: Any) -> str | None:
            key = squads.plan_own_meeting(session, team.member, company_id=team.company, **fields)
            return session.get_one(Meeting, key).squad_id

        assert squad_of_new() is None
        squad, other = (squads.add_squad(session, name=name) for name in ("甲", "乙"))
        squads.add_members(session, squad, [team.member])
        assert squad_of_new() == squad
        assert squad_of_new(squad_id=other) == other
        assert squad_of_new(squad_id=None) is None
        [place] = squads.add_members(session, other, [team.member])
        assert squads.own_squad(session, team.member) is None
        squads.update_squad(session, other, active=False)
        assert squads.own_squad(session, team.member) == squad
        squads.update_squad(session, other, active=True)
        squads.delete_place(session, place)
        assert squads.own_squad(session, team.member) == squad
        squads.delete_squads(session, [squad])
        assert squads.own_squad(session, team.member) is None
        assert squads.own_squad(session, None) is None


def test_a_member_is_in_a_squad_once_however_often_they_are_added(team: Team) -> None:
    with team.workspace.write("x") as session:
        squad = squads.add_squad(session, name="甲")
        first = squads.add_members(session, squad, [team.member, team.member])
        assert first == [first[0]] * 2 == squads.add_members(session, squad, [team.member]) * 2
        [row] = squads.squad_rows(session, YEAR)
        assert row.members == 1
        with pytest.raises(DeskError, match="unknown_record"):
            squads.add_members(session, "00" * 16, [team.member])


def test_a_deleted_event_takes_its_list_of_companies_along_and_leaves_the_rest(team: Team) -> None:
    with team.workspace.write("x") as session:
        event = event_rows.add_event(session, name="对接会", kind="matchmaking", starts_on=DAY)
        bank = keep(session, Company, name="滨江银行", kind="bank")
        lines = event_rows.add_present(session, event, [bank, team.company])
        assert event_rows.add_present(session, event, [bank]) == lines[:1]
        session.get_one(Lead, team.lead).event_id = event
        session.get_one(Lead, team.lead).first_reported_on = DAY
        session.flush()
        [row] = event_rows.event_rows(session)
        assert (row.companies, row.leads, row.signed) == (2, 1, 0)
        keep(session, LeadStage, lead_id=team.lead, stage="signed", reached_on=DAY)
        assert event_rows.event_rows(session)[0].signed == 1
        assert event_rows.event_uses(session, [event]) == {"lead": 1}
        event_rows.delete_events(session, [event])
        assert event_rows.event_rows(session) == []
        assert event_rows.event_of(session, lines[0]) == event
        [channel] = channels.channels(session, YEAR, "event")
        assert (channel.code, channel.gone, channel.found) == (event, True, 1)


def test_days_of_an_event_stay_in_their_order(team: Team) -> None:
    with team.workspace.write("x") as session:
        event = event_rows.add_event(session, name="展会", starts_on=DAY, ends_on=DAY)
        later, earlier = DAY + dt.timedelta(days=9), DAY - dt.timedelta(days=9)
        event_rows.update_event(session, event, starts_on=later)
        assert session.scalars(select(Event.ends_on)).all() == [later]
        event_rows.update_event(session, event, ends_on=earlier)
        assert session.scalars(select(Event.starts_on)).all() == [earlier]
