"""Leads: the first report, the gates, the next follow-up, and the rows of lists."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.db.models import FollowUp, LeadStage
from desktop_app.domain.errors import DeskError
from desktop_app.domain.scoring import VALUE_WEIGHTS, value_score
from desktop_app.i18n import t
from desktop_app.services import (
    companies,
    follow_ups,
    lead_reading,
    lead_rows,
    leads,
    team_settings,
    trips,
)
from desktop_app.services.counts import navigation_counts
from tests.services.conftest import TODAY, Team


def day(n: int) -> dt.date:
    return TODAY + dt.timedelta(days=n)


def row(team: Team) -> lead_rows.LeadRow:
    with team.workspace.read() as session:
        return lead_rows.lead_rows(session, [team.lead], TODAY)[0]


def update(team: Team, **fields: object) -> None:
    with team.workspace.write("edit") as session:
        leads.update_lead(session, team.lead, **fields)


def ready_to_screen(team: Team) -> None:
    update(team, verdict="pursue", chain="marine", value_industry=80)


def test_a_list_row_shows_the_company_the_owner_and_a_search_key(team: Team) -> None:
    found = row(team)
    assert (found.company, found.company_zh, found.country) == (
        "Mühlfeld Hydraulik AG",
        "米尔液压",
        "CH",
    )
    assert (found.owner, found.stage, found.status) == ("王敏", "lead", "active")
    for typed in ("muhlfeld", "muehlfeld", "mieryeya", "zurich", "液压阀", "yyfscx"):
        assert typed in found.key, typed


def test_the_first_report_is_never_overwritten(team: Team) -> None:
    with pytest.raises(DeskError, match="first_report_kept"):
        update(team, first_reported_on=day(-9), title="another")
    assert row(team).first_reported_on == TODAY
    assert row(team).title == "液压阀生产线", "a refused edit changes nothing at all"


def test_a_first_reporter_not_known_yet_can_be_filled_in(team: Team) -> None:
    with team.workspace.write("new") as session:
        other = leads.add_lead(session, team.company, title="Two")
        leads.update_lead(session, other, first_reporter_id=team.member)
    with team.workspace.read() as session:
        assert lead_reading.lead_detail(session, other).first_reporter == "王敏"


def test_moving_forward_names_what_is_missing_and_changes_nothing(team: Team) -> None:
    with pytest.raises(DeskError) as caught, team.workspace.write("move") as session:
        leads.move_stage(session, team.lead, "screened", on=TODAY)
    assert caught.value.values["missing"] == ["verdict", "chain", "value"]
    said = t("errors.gate_open", None, **caught.value.values)
    assert "研判结论" in said
    assert "verdict" not in said
    assert row(team).stage == "lead"


def test_a_gate_opens_once_its_fields_are_filled(team: Team) -> None:
    ready_to_screen(team)
    with team.workspace.write("move") as session:
        leads.move_stage(session, team.lead, "screened", on=TODAY)
    assert row(team).stage == "screened"


def test_a_reason_overrides_a_gate_and_is_kept(team: Team) -> None:
    with team.workspace.write("move") as session:
        leads.move_stage(session, team.lead, "screened", on=TODAY, reason="领导现场拍板")
    with team.workspace.read() as session:
        stages = lead_reading.lead_detail(session, team.lead).stages
    assert [(s["stage"], s["reason"]) for s in stages][-1] == ("screened", "领导现场拍板")


def test_negotiating_needs_a_meeting_that_was_held(team: Team) -> None:
    ready_to_screen(team)
    with team.workspace.write("x") as session:
        leads.move_stage(session, team.lead, "screened", on=TODAY)
        leads.update_lead(session, team.lead, amount_minor=1, currency="CNY", next_on=day(3))
        assert leads.missing_for(session, team.lead, "negotiating") == ["meeting_held"]
        trips.plan_meeting(session, company_id=team.company, status="held")
        assert leads.missing_for(session, team.lead, "negotiating") == []


def test_the_day_of_a_move_is_the_day_of_signing(team: Team) -> None:
    with team.workspace.write("x") as session:
        leads.move_stage(session, team.lead, "signed", on=day(-2), reason="补录")
    with team.workspace.read() as session:
        assert lead_reading.lead_detail(session, team.lead).fields["signed_on"] == day(-2)


def test_moving_back_needs_nothing(team: Team) -> None:
    with team.workspace.write("x") as session:
        leads.move_stage(session, team.lead, "signed", on=TODAY, reason="录错")
        leads.move_stage(session, team.lead, "lead", on=TODAY)
    assert row(team).stage == "lead"


def test_a_lead_taken_over_from_a_ledger_keeps_its_dates_and_invents_none(team: Team) -> None:
    with team.workspace.write("x") as session:
        old = leads.add_lead(
            session, team.company, stage="negotiating", first_reported_on=dt.date(2025, 5, 18)
        )
        signed = leads.add_lead(
            session,
            team.company,
            stage="signed",
            first_reported_on=dt.date(2025, 1, 2),
            signed_on=dt.date(2025, 9, 1),
        )
        query = session.query(LeadStage.stage, LeadStage.reached_on).order_by(LeadStage.stage)
        found = {one: query.filter(LeadStage.lead_id == one).all() for one in (old, signed)}
    assert [tuple(r) for r in found[old]] == [
        ("lead", dt.date(2025, 5, 18)),
        ("negotiating", None),
    ]
    assert [tuple(r) for r in found[signed]] == [
        ("lead", dt.date(2025, 1, 2)),
        ("signed", dt.date(2025, 9, 1)),
    ]


def test_the_next_date_makes_a_follow_up_and_later_moves_it(team: Team) -> None:
    update(team, next_on=day(3))
    update(team, next_on=day(8))
    with team.workspace.read() as session:
        (only,) = follow_ups.follow_up_rows(session, TODAY, lead_id=team.lead)
    assert (only.title, only.due_on, only.owner_id) == ("下次跟进", day(8), team.member)
    assert row(team).next_on == day(8)


def test_the_next_date_leaves_other_promises_on_their_days(team: Team) -> None:
    with team.workspace.write("x") as session:
        follow_ups.add_follow_up(session, title="回电", lead_id=team.lead, due_on=day(1))
        follow_ups.add_follow_up(
            session, title="报价", lead_id=team.lead, due_on=day(5), side="theirs"
        )
        leads.update_lead(session, team.lead, next_on=day(20))
    with team.workspace.read() as session:
        due = {r.title: r.due_on for r in follow_ups.follow_up_rows(session, TODAY)}
    assert due == {"回电": day(20), "报价": day(5)}
    assert row(team).next_on == day(5)


def test_a_lead_without_contact_for_the_teams_limit_is_stale(team: Team) -> None:
    with team.workspace.write("x") as session:
        old = leads.add_lead(session, team.company, first_reported_on=day(-31))
    with team.workspace.read() as session:
        stale = {r.id: r.stale for r in lead_rows.lead_rows(session, today=TODAY)}
    assert stale == {team.lead: False, old: True}
    with team.workspace.write("x") as session:
        follow_up = follow_ups.add_follow_up(session, title="电话", lead_id=old)
        follow_ups.complete(session, follow_up, "已联系", on=day(-2))
    with team.workspace.read() as session:
        found = lead_rows.lead_rows(session, [old], TODAY)[0]
        assert (found.stale, found.last_contact_on) == (False, day(-2))
    with team.workspace.write("x") as session:
        team_settings.put(session, "stale_days", 1)
    with team.workspace.read() as session:
        assert lead_rows.lead_rows(session, [old], TODAY)[0].stale


def test_a_deleted_lead_is_gone_with_its_follow_ups_and_a_paused_one_is_not_stale(
    team: Team,
) -> None:
    update(team, next_on=day(1))
    with team.workspace.write("x") as session:
        leads.set_status(session, team.lead, "paused", "总部重组")
        assert lead_rows.lead_rows(session, today=day(99))[0].stale is False
        leads.delete_lead(session, team.lead)
    with team.workspace.read() as session:
        assert lead_rows.lead_rows(session) == []
        assert follow_ups.follow_up_rows(session) == []
        assert navigation_counts(session, TODAY) == (0, 1, 0, 0, 0, 0)
        assert session.query(FollowUp).count() == 1, "it stays and comes back with its lead"
        with pytest.raises(DeskError, match="unknown_record"):
            lead_reading.lead_detail(session, team.lead)


def test_a_company_with_leads_is_deleted_only_on_purpose(team: Team) -> None:
    with pytest.raises(DeskError, match="company_in_use"), team.workspace.write("x") as session:
        companies.delete_company(session, team.company)
    with team.workspace.write("x") as session:
        companies.delete_company(session, team.company, force=True)
        assert companies.company_rows(session) == []
        assert [r.company for r in lead_rows.lead_rows(session)] == ["Mühlfeld Hydraulik AG"]
        assert lead_reading.lead_detail(session, team.lead).row.company == "Mühlfeld Hydraulik AG"


def test_all_that_hangs_on_a_company_is_named_before_it_goes(team: Team) -> None:
    with team.workspace.write("x") as session:
        companies.add_contact(session, company_id=team.company, name="Anna Kühn")
        gone = companies.add_contact(session, company_id=team.company, name="Bert Frei")
        companies.delete_contact(session, gone)
        noon = dt.datetime.combine(day(3), dt.time(12), dt.UTC)
        trips.plan_meeting(session, None, team.company, noon, title="来访")
    with pytest.raises(DeskError) as caught, team.workspace.write("x") as session:
        companies.delete_company(session, team.company)
    assert caught.value.values["uses"] == "1 条线索、1 位联系人、1 次会谈"
    words = {k: str(v) for k, v in caught.value.values.items()}
    assert "1 次会谈" in t(f"errors.{caught.value.key}", lang="zh", **words)


def test_the_timeline_tells_meetings_follow_ups_and_stages_latest_first(team: Team) -> None:
    noon = dt.datetime.combine(day(-3), dt.time(12), dt.UTC)
    with team.workspace.write("x") as session:
        meeting = trips.plan_meeting(
            session, None, team.company, noon, status="held", outcome="确认来访"
        )
        trips.set_attendees(session, meeting, set(), {team.member})
        follow_ups.add_follow_up(session, title="送方案", lead_id=team.lead, due_on=day(4))
        items = lead_reading.timeline(session, team.lead)
    assert [i.kind for i in items] == ["follow_up", "stage", "meeting"]
    assert (items[2].text, items[2].by) == ("确认来访", "王敏")


def test_an_unknown_stage_or_field_is_refused(team: Team) -> None:
    with pytest.raises(DeskError, match="unknown_code"):
        update(team, stage="won")
    with pytest.raises(DeskError, match="unknown_field"):
        update(team, no_such_field=1)


def test_control_characters_go_and_other_text_stays(team: Team) -> None:
    update(team, notes="a\x00b\r\nc\ud83d 🚀 שלום")
    with team.workspace.read() as session:
        assert lead_reading.lead_detail(session, team.lead).fields["notes"] == "ab\nc 🚀 שלום"


@given(
    scored=st.fixed_dictionaries({name: st.none() | st.integers(0, 100) for name in VALUE_WEIGHTS}),
    veto=st.none() | st.booleans(),
    tax=st.integers(0, 50),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_list_reckons_the_same_value_as_the_rule(
    team: Team, scored: dict[str, int | None], veto: bool | None, tax: int
) -> None:
    weights = VALUE_WEIGHTS | {"tax": tax}
    with team.workspace.write("x") as session:
        team_settings.put(session, "value_weights", weights)
        fields: dict[str, Any] = {f"value_{name}": part for name, part in scored.items()}
        leads.update_lead(session, team.lead, veto=veto, **fields)
    assert row(team).value == value_score(scored, veto, weights)
