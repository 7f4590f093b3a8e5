"""The demonstration team: the same from the same seed, and sound in every part."""

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import func, select

from desktop_app.db.models import (
    Approval,
    Case,
    Company,
    Lead,
    LeadStage,
    Meeting,
    Member,
    Target,
    Trip,
)
from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from desktop_app.domain.words import STAGES
from desktop_app.domain.words_after import CaseState
from desktop_app.services import follow_ups, lead_rows, trips
from desktop_app.services.demo import make_demo
from desktop_app.services.demo_trips import departure_after
from desktop_app.services.trip_results import trip_results
from desktop_app.services.year_figures import year_figures

TODAY = dt.date(2026, 11, 20)


def _made(folder: Path, count: int = 300, seed: int = 1) -> Workspace:
    workspace = Workspace.open(folder)
    with workspace.write("demo") as session:
        make_demo(session, count, seed, TODAY)
    return workspace


def test_a_demonstration_is_a_whole_team_with_its_year(tmp_path: Path) -> None:
    workspace = _made(tmp_path)
    with workspace.read() as session:
        assert session.scalar(select(func.count()).select_from(Lead)) == 300
        names = list(session.scalars(select(Company.name)))
        assert len(set(names)) == len(names)
        assert {"单静", "陈喆"} <= set(session.scalars(select(Member.name)))
        assert set(session.scalars(select(Lead.stage))) == {s.value for s in STAGES}
        assert len(list(session.scalars(select(Target)))) >= 4
        groups = {r.group for r in follow_ups.follow_up_rows(session, TODAY)}
        assert groups == {"overdue", "today", "this_week", "later", "waiting", "done"}
        late = select(func.count()).select_from(LeadStage).where(LeadStage.reached_on > TODAY)
        assert session.scalar(late) == 0
        held = select(func.max(Meeting.starts_at)).where(Meeting.status == "held")
        newest = session.scalar(held)
        assert newest is not None
        assert newest.date() <= TODAY
        for row in lead_rows.lead_rows(session):
            assert row.next_on is None or row.status == "active"
    workspace.close()


def test_the_full_trip_warns_of_one_passport_and_one_transfer_only(tmp_path: Path) -> None:
    workspace = _made(tmp_path, 20)
    with workspace.read() as session:
        coming = select(Trip.id).where(Trip.starts_on > TODAY)
        trip = trips.trip_detail(session, session.scalars(coming).one(), TODAY)
    workspace.close()
    assert [c.rule for c in trip.checks if c.level == "warn"] == ["passport", "transfer"]
    assert len(trip.meetings) == 12
    assert len(trip.delegates) == 5
    assert [s["country"] for s in trip.stops] == ["CH", "DE", "DE", "IT", "IT"]


def test_the_same_seed_and_day_give_the_same_records(tmp_path: Path) -> None:
    rows = []
    for n, seed in enumerate((7, 7, 8)):
        workspace = _made(tmp_path / str(n), 30, seed)
        with workspace.read() as session:
            rows.append(
                sorted((r.id, r.title) for r in session.execute(select(Lead.id, Lead.title)))
            )
        workspace.close()
    assert rows[0] == rows[1]
    assert rows[0] != rows[2]


def test_loading_the_same_demonstration_twice_is_refused(tmp_path: Path) -> None:
    workspace = _made(tmp_path, 12)
    with pytest.raises(DeskError, match="demo_there"), workspace.write("again") as session:
        make_demo(session, 12, 1, TODAY)
    workspace.close()


@pytest.mark.parametrize("month", range(1, 13))
def test_a_trip_leaves_on_a_monday_weeks_ahead(month: int) -> None:
    today = dt.date(2026, month, 14)
    starts = departure_after(today)
    assert starts.weekday() == 0
    assert starts >= today + dt.timedelta(days=35)


@pytest.mark.parametrize("month", [1, 5, 11])
def test_the_reported_trip_has_results_of_every_kind(tmp_path: Path, month: int) -> None:
    today = dt.date(2026, month, 23)
    workspace = Workspace.open(tmp_path)
    with workspace.write("demo") as session:
        make_demo(session, 12, 1, today)
    with workspace.read() as session:
        trip = session.scalars(select(Trip.id).where(Trip.status == "reported")).one()
        found = trip_results(session, trip, today)
        late = select(func.count()).select_from(LeadStage).where(LeadStage.reached_on > today)
        assert session.scalar(late) == 0
    workspace.close()
    assert [len(x) for x in (found.planned, found.held, found.cancelled, found.added)] == [
        9, 10, 1, 2,
    ]  # fmt: skip
    assert all(m.fields["outcome"] and m.contacts for m in found.held)
    assert all(m.fields["cancel_reason"] for m in found.cancelled)
    assert all(m.fields["unplanned_reason"] for m in found.added)
    assert len(found.new_leads) == len(found.intents) == 2
    assert sum(move.advanced for move in found.moves) >= 3
    assert {m.fields["status"] for m in found.visits} == {"held", "planned"}
    assert found.promised("ours") and found.promised("theirs")
    assert all(len({one.state for one in found.follows[term]}) > 1 for term in (7, 30, 90))
    assert all(found.detail.trip[name] for name in ("inviter", "findings", "problems"))


def test_the_team_looks_after_what_it_signed(tmp_path: Path) -> None:
    workspace = _made(tmp_path)
    with workspace.read() as session:
        states = set(session.scalars(select(Case.state)))
        figures = year_figures(session, TODAY.year)
        early = [
            (approval.applied_on, approval.done_on)
            for approval in session.scalars(select(Approval))
            if approval.done_on and not (approval.applied_on or TODAY) <= approval.done_on <= TODAY
        ]
    workspace.close()
    assert states == {state.value for state in CaseState}
    assert all(one.value for one in figures.values())
    assert early == []
