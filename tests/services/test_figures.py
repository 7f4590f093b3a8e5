"""What the desk shows, against the whole lists it is a part of; and what currencies are worth."""

import datetime as dt

import pytest

from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from desktop_app.domain.signing import counts_as_signed
from desktop_app.domain.words import STAGES
from desktop_app.services import figures, follow_ups, lead_rows, rates, team_settings
from desktop_app.services.demo import make_demo
from tests.services.conftest import TODAY, Team


def test_the_desk_shows_the_first_of_the_same_leads_and_follow_ups_as_the_lists(
    workspace: Workspace,
) -> None:
    with workspace.write("demo") as session:
        make_demo(session, 120, 3, TODAY)
        rows = follow_ups.follow_up_rows(session, TODAY)
        later = next(r.id for r in rows if r.group == "overdue")
        follow_ups.snooze(session, later, TODAY + dt.timedelta(days=3))
    with workspace.read() as session:
        desk = figures.desk(session, TODAY)
        listed = lead_rows.lead_rows(session, today=TODAY)
        due = follow_ups.follow_up_rows(session, TODAY)
    stale = sorted(
        (r for r in listed if r.stale), key=lambda r: (-STAGES.index(r.stage), r.company, r.id)
    )
    assert len(stale) > 20
    assert desk.stale_count == len(stale)
    assert desk.stale == stale[:20]
    assert desk.leads == 120
    assert {r.id for r in desk.today} == {r.id for r in due if r.group in ("overdue", "today")}
    assert later not in {r.id for r in desk.today}


def test_one_set_of_rates_serves_figures_and_sums(team: Team) -> None:
    with team.workspace.read() as session:
        before = rates.usd_rates(session)
    assert rates.yuan(10_000, "CNY", before) == 10_000
    assert round(rates.yuan(100, "EUR", before) / 100, 2) == 7.86
    assert rates.yuan(1_000_000, "JPY", before) == 4_642_857
    with team.workspace.write("x") as session:
        rates.set_usd_rates(session, before | {"EUR": 14_000})
        after = rates.usd_rates(session)
        assert team_settings.get(session, "usd_rates") == {"EUR": 14_000}
    assert rates.yuan(100, "EUR", after) == 1000
    assert counts_as_signed(8_000_000_00, "EUR", "DE", after)
    assert not counts_as_signed(8_000_000_00, "EUR", "DE", before)
    with pytest.raises(DeskError, match="bad_rate"), team.workspace.write("x") as session:
        rates.set_usd_rates(session, {"EUR": 0})
