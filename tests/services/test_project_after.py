"""What came after a project's signing: read in one go, its days set wherever they are kept."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

from desktop_app.db.models import (
    Approval,
    CapitalReceipt,
    Case,
    Company,
    EventCompany,
    Facility,
    Lead,
    LeadStage,
    Meeting,
)
from desktop_app.domain.errors import DeskError
from desktop_app.domain.words_after import Light
from desktop_app.services import companies, leads, year_figures
from desktop_app.services.project_after import (
    project_after,
    set_stage_day,
    uses_of_leads,
    uses_of_leads_text,
)
from tests.services.conftest import Team
from tests.services.test_year_figures import keep

TODAY = dt.date(2026, 11, 23)
MILLION = 100_000_000


@pytest.fixture
def session(team: Team) -> Iterator[Session]:
    with team.workspace.write("x") as opened:
        yield opened


def days(session: Session, lead: str) -> dict[str, dt.date | None]:
    return dict(project_after(session, lead, TODAY).stages)


def test_before_signing_there_is_nothing(session: Session, team: Team) -> None:
    after = project_after(session, team.lead, TODAY)
    assert not after.signed and after.bare
    assert [stage for stage, _day in after.stages] == ["lead"]
    assert (after.received, after.planned) == (0, None)


def test_open_cases_and_late_approvals_stand_first(session: Session, team: Team) -> None:
    def case(title: str, **fields: Any) -> None:
        keep(session, Case, lead_id=team.lead, title=title, **fields)

    case("closed", state="closed", due_on=dt.date(2026, 1, 1))
    case("open", state="in_progress", due_on=dt.date(2027, 1, 1))
    case("red", state="in_progress", due_on=dt.date(2026, 8, 1))
    keep(session, Case, lead_id=team.lead, title="gone", deleted=True)

    def approval(title: str, **fields: Any) -> None:
        keep(session, Approval, lead_id=team.lead, title=title, **fields)

    approval("done late", state="done", due_on=dt.date(2026, 1, 1), done_on=dt.date(2026, 2, 1))
    approval("next", state="to_do", planned_on=dt.date(2026, 12, 1))
    approval("waived", state="not_needed")
    approval("late", state="applied", due_on=dt.date(2026, 11, 19))
    approval("undated", state="to_do")
    after = project_after(session, team.lead, TODAY)
    assert [one.title for one in after.cases] == ["red", "open", "closed"]
    assert [one.light for one in after.cases] == [Light.RED, Light.GREEN, Light.GREEN]
    assert [one.open for one in after.cases] == [True, True, False]
    assert [one.title for one in after.approvals[:3]] == ["late", "next", "undated"]
    assert [one.late for one in after.approvals] == [2, 0, 0, 0, 0]
    assert (after.approvals_done, after.approvals_needed) == (1, 4)


def test_capital_received_stands_against_the_foreign_share_of_what_was_added(
    session: Session, team: Team
) -> None:
    lead = session.get_one(Lead, team.lead)
    lead.amount_minor, lead.currency = 50 * MILLION, "USD"
    lead.foreign_share_percent = 60
    assert project_after(session, team.lead).planned == 30_000_000
    lead.previous_amount_minor = 20 * MILLION
    for fields in (
        {"amount_minor": 2 * MILLION, "currency": "USD"},
        {"amount_minor": 9 * MILLION, "currency": None},
        {"amount_minor": 9 * MILLION, "currency": "CNY", "kind": "domestic"},
    ):
        day = dt.date(2026, 5, 1)
        keep(session, CapitalReceipt, lead_id=team.lead, received_on=day, **fields)
    after = project_after(session, team.lead)
    assert (after.received, after.planned) == (2_000_000, 18_000_000)
    assert sorted(one.because for one in after.receipts) == ["", "domestic", "no_currency"]


def test_financing_shows_what_was_drawn_else_what_was_granted(session: Session, team: Team) -> None:
    def facility(product: str, year: int, **fields: Any) -> str:
        values = {"lead_id": team.lead, "currency": "CNY", "product": product, **fields}
        return keep(session, Facility, granted_on=dt.date(year, 1, 1), **values)

    old = facility("credit", 2024, granted_minor=5 * MILLION, bank_id=team.company)
    new = facility("park_guarantee", 2025, granted_minor=3 * MILLION, drawn_minor=2 * MILLION)
    found = project_after(session, team.lead).facilities
    assert [(one.id, one.amount_minor) for one in found] == [(new, 2 * MILLION), (old, 5 * MILLION)]
    assert found[1].bank == "Mühlfeld Hydraulik AG"


def test_only_aftercare_meetings_are_visits(session: Session, team: Team) -> None:
    moment = dt.datetime(2026, 5, 1, 2, tzinfo=dt.UTC)
    keep(session, Meeting, lead_id=team.lead, kind="visit", starts_at=moment)
    visit = keep(session, Meeting, lead_id=team.lead, kind="aftercare", starts_at=moment)
    assert [one["id"] for one in project_after(session, team.lead).visits] == [visit]


def test_a_stage_day_is_set_wherever_it_is_kept_and_moves_the_project_to_its_year(
    session: Session, team: Team
) -> None:
    leads.update_lead(session, team.lead, amount_minor=900 * MILLION, currency="CNY")
    leads.move_stage(session, team.lead, "signed", dt.date(2026, 3, 1), "因故")
    keep(session, LeadStage, lead_id=team.lead, stage="signed", reached_on=dt.date(2025, 1, 1))
    assert days(session, team.lead)["signed"] == dt.date(2025, 1, 1)
    set_stage_day(session, team.lead, "signed", dt.date(2026, 2, 1))
    assert days(session, team.lead)["signed"] == dt.date(2026, 2, 1)
    assert session.get_one(Lead, team.lead).signed_on == dt.date(2026, 2, 1)
    for year, count in ((2025, 0), (2026, 1)):
        figures = year_figures.year_figures(session, year, metrics=("signed_projects",))
        assert figures["signed_projects"].value == count
    # A stage passed without a record of it gets one.
    assert days(session, team.lead)["screened"] is None
    set_stage_day(session, team.lead, "screened", dt.date(2026, 1, 1))
    assert days(session, team.lead)["screened"] == dt.date(2026, 1, 1)


def test_the_day_of_the_first_hint_stays(session: Session, team: Team) -> None:
    with pytest.raises(DeskError, match="first_report_kept"):
        set_stage_day(session, team.lead, "lead", dt.date(2020, 1, 1))


def test_what_hangs_on_projects_is_told_before_they_are_deleted(
    session: Session, team: Team
) -> None:
    assert uses_of_leads(session, [team.lead]) == {}
    for model in (Case, Case, Approval, Facility, CapitalReceipt):
        keep(session, model, lead_id=team.lead)
    keep(session, Case, lead_id=team.lead, deleted=True)
    uses = uses_of_leads(session, [team.lead])
    assert uses == {"cases": 2, "approvals": 1, "facilities": 1, "receipts": 1}
    assert uses_of_leads_text(uses) == "2 件交办单、1 项审批、1 笔融资、1 笔到资"


def test_a_company_with_financing_or_capital_is_asked_about_before_it_is_deleted(
    session: Session, team: Team
) -> None:
    bank = companies.add_company(session, name="江海银行", kind="bank")
    client = companies.add_company(session, name="Ahrbach AG")
    keep(session, Facility, company_id=client, bank_id=bank)
    keep(session, Facility, company_id=client, deleted=True)
    keep(session, CapitalReceipt, company_id=client)
    keep(session, EventCompany, company_id=client)
    with pytest.raises(DeskError, match="company_in_use") as refused:
        companies.delete_company(session, bank)
    assert refused.value.values["uses"] == "1 笔由其发放的融资"
    found = companies.uses_of(session, [client])
    assert found == {"facilities": 1, "receipts": 1, "events": 1}
    assert companies.uses_text(found) == "1 笔融资、1 笔到资、1 次活动参会记录"
    companies.delete_company(session, bank, force=True)
    assert session.get_one(Company, bank).deleted


def test_the_investment_before_an_increase_is_in_the_currency_of_the_whole(
    session: Session, team: Team
) -> None:
    leads.set_previous_amount(session, team.lead, 20 * MILLION, "EUR")
    lead = session.get_one(Lead, team.lead)
    assert (lead.previous_amount_minor, lead.currency) == (20 * MILLION, "EUR")
    leads.update_lead(session, team.lead, amount_minor=50 * MILLION, currency="USD")
    with pytest.raises(DeskError, match="other_currency"):
        leads.set_previous_amount(session, team.lead, 20 * MILLION, "EUR")
    leads.set_previous_amount(session, team.lead, 30 * MILLION, "USD")
    assert lead.previous_amount_minor == 30 * MILLION
    leads.set_previous_amount(session, team.lead, None, None)
    emptied = session.get_one(Lead, team.lead)
    assert emptied.previous_amount_minor is None
    assert emptied.currency == "USD"
