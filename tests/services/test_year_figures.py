"""Each counting rule of a year's figures, and a slow recount over invented records."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from desktop_app.db.models import (
    Approval,
    ApprovalService,
    CapitalReceipt,
    Case,
    Company,
    DispatchMeeting,
    Event,
    Facility,
    FollowUp,
    Lead,
    LeadStage,
    Meeting,
    Member,
    Squad,
    SquadMember,
    Target,
)
from desktop_app.db.workspace import Workspace
from desktop_app.i18n import catalogue
from desktop_app.services import rates, year_figures
from desktop_app.services.year_figures import METRICS, MORE_METRICS, records_behind
from tests.services.plain_recount import SERVICES, Recount

YEAR = 2022
DAY = dt.date(YEAR, 5, 4)
MILLION = 100_000_000
EVERY = METRICS | MORE_METRICS


class UndoneError(Exception):
    """Thrown to leave a workspace as it was."""


@pytest.fixture
def session(workspace: Workspace) -> Iterator[Session]:
    with workspace.write("x") as opened:
        yield opened


def value(session: Session, metric: str, year: int = YEAR) -> int | None:
    return year_figures.year_figures(session, year, metrics=(metric,))[metric].value


def reasons(session: Session, metric: str, year: int = YEAR) -> dict[str, str]:
    return {one.id: one.because for one in records_behind(session, year, metric).left_out}


def keep(session: Session, model: type[Any], **fields: Any) -> str:
    record = model(**fields)
    session.add(record)
    session.flush()
    return str(record.id)


def project(session: Session, country: str = "CN", *signed: dt.date | None, **fields: Any) -> str:
    """Add a project of 300M CNY with the days on which it was signed."""
    company = keep(session, Company, name="Eins AG", country=country)
    values = {"amount_minor": 300 * MILLION, "currency": "CNY", "stage": "signed", **fields}
    lead = keep(session, Lead, company_id=company, **values)
    for day in signed:
        keep(session, LeadStage, lead_id=lead, stage="signed", reached_on=day)
    return lead


def test_a_project_counts_once_in_the_year_of_its_first_signing(session: Session) -> None:
    before = dt.date(YEAR - 1, 12, 31)
    again = project(session, "CN", DAY, before)
    twice = project(session, "CN", DAY, DAY)
    assert value(session, "signed_projects") == 1
    assert reasons(session, "signed_projects") == {again: "signed_before"}
    assert [one.id for one in records_behind(session, YEAR, "signed_projects").counted] == [twice]
    assert value(session, "signed_projects", YEAR - 1) == 1
    # The day entered with the project tells of an earlier signing too.
    session.get_one(Lead, twice).signed_on = before
    assert value(session, "signed_projects") == 0
    assert value(session, "signed_projects", YEAR - 1) == 2


def test_the_limit_is_that_of_the_investors_country(session: Session) -> None:
    project(session, "CN", DAY, amount_minor=100 * MILLION)
    small = project(session, "CN", DAY, amount_minor=100 * MILLION - 1)
    project(session, "DE", DAY, amount_minor=10 * MILLION, currency="USD")
    smaller = project(session, "DE", DAY, amount_minor=10 * MILLION - 1, currency="USD")
    assert value(session, "signed_projects") == 2
    assert reasons(session, "signed_projects") == {small: "below_limit", smaller: "below_limit"}


def test_an_increase_counts_only_what_was_added(session: Session) -> None:
    project(session, "CN", DAY, amount_minor=500 * MILLION, previous_amount_minor=400 * MILLION)
    less = project(
        session, "CN", DAY, amount_minor=500 * MILLION, previous_amount_minor=401 * MILLION
    )
    assert value(session, "signed_projects") == 1
    assert reasons(session, "signed_projects") == {less: "below_limit"}


def test_what_lacks_an_amount_a_currency_or_a_day_is_told(session: Session) -> None:
    told = {
        project(session, "CN", DAY, amount_minor=None): "no_amount",
        project(session, "CN", DAY, currency=None): "no_currency",
        project(session, "CN", DAY, currency="XAU"): "unknown_currency",
        project(session, "CN", None): "no_day",
    }
    assert value(session, "signed_projects") == 0
    assert reasons(session, "signed_projects") == told
    # One who stands far behind signing is no signed project, whatever its day says.
    project(session, "CN", signed_on=DAY, stage="negotiating")
    assert reasons(session, "signed_projects") == told


def test_chain_fit_is_a_share_of_the_signed_projects(session: Session) -> None:
    project(session, "CN", DAY, chain="marine")
    project(session, "CN", DAY, chain="medical")
    outside = [project(session, "CN", DAY, chain=chain) for chain in ("outside", None)]
    project(session, "CN", DAY, chain="marine", amount_minor=1)
    found = year_figures.year_figures(session, YEAR)["chain_fit_percent"]
    assert (found.value, found.records, found.whole) == (50, 2, 4)
    told = reasons(session, "chain_fit_percent")
    assert [told[one] for one in outside] == ["outside_chains", "outside_chains"]
    assert value(session, "chain_fit_percent", YEAR + 5) is None


def test_a_case_is_solved_when_its_enterprise_confirmed(session: Session) -> None:
    lead = project(session)
    common = {"lead_id": lead, "raised_on": DAY}
    keep(session, Case, **common, state="closed", confirmed_on=DAY)
    closed = keep(session, Case, **common, state="closed")
    reopened = keep(session, Case, **common, state="in_progress", confirmed_on=DAY)
    undated = keep(session, Case, lead_id=lead, state="closed", confirmed_on=DAY)
    assert (value(session, "cases_raised"), value(session, "cases_solved_percent")) == (3, 33)
    assert reasons(session, "cases_solved_percent") == {
        closed: "not_confirmed",
        reopened: "not_confirmed",
        undated: "no_day",
    }
    session.get_one(Lead, lead).deleted = True
    assert value(session, "cases_raised") == 0
    assert set(reasons(session, "cases_raised").values()) == {"project_deleted", "no_day"}


def test_credit_and_the_loans_drawn_on_it_are_not_counted_twice(session: Session) -> None:
    lead = project(session)
    company = session.get_one(Lead, lead).company_id
    credit = {"product": "credit", "currency": "CNY", "granted_on": DAY}
    one = keep(session, Facility, **credit, company_id=company, granted_minor=900, drawn_minor=700)
    keep(session, Facility, **credit, lead_id=lead, granted_minor=100, drawn_minor=100)
    loan = {"product": "loan", "currency": "CNY", "drawn_on": DAY, "company_id": company}
    loans = [keep(session, Facility, **loan, credit_id=one, drawn_minor=n) for n in (300, 400)]
    nobody = keep(session, Facility, **credit, granted_minor=0)
    assert value(session, "companies_with_credit") == 1, "by its project it is the same company"
    assert value(session, "credit_granted") == 10
    assert value(session, "loans_drawn") == 8
    assert reasons(session, "loans_drawn") == {one: "in_loans"}
    assert reasons(session, "companies_with_credit") == {nobody: "no_amount"}
    for key in loans:
        session.get_one(Facility, key).deleted = True
    session.flush()
    assert value(session, "loans_drawn") == 8, "what the credit says of itself stands again"
    assert reasons(session, "loans_drawn") == {}
    assert value(session, "companies_with_park_guarantee") == 0


def test_the_park_guarantee_is_counted_on_its_own_by_what_was_drawn(session: Session) -> None:
    park = {"product": "park_guarantee", "currency": "CNY", "granted_on": DAY}
    company = keep(session, Company, name="Zwei AG")
    keep(session, Facility, **park, company_id=company, granted_minor=900, drawn_minor=500)
    keep(session, Facility, **park, company_id=company, granted_minor=200)
    adrift = keep(session, Facility, **park, granted_minor=100)
    assert value(session, "park_guarantee_loans") == 8
    assert value(session, "companies_with_park_guarantee") == 1
    assert reasons(session, "companies_with_park_guarantee") == {adrift: "no_company"}
    assert value(session, "credit_granted") == 0


def test_a_permit_without_area_counts_as_a_permit(session: Session) -> None:
    done = {"kind": "construction_permit", "state": "done", "done_on": DAY}
    keep(session, Approval, **done, area_m2=900, cost_minor=500_00, currency="CNY")
    bare = keep(session, Approval, **done, cost_minor=500_00)
    open_one = keep(session, Approval, kind="construction_permit", state="applied", done_on=DAY)
    assert value(session, "construction_permits") == value(session, "approvals_done") == 2
    assert (value(session, "permitted_area_m2"), value(session, "permitted_cost")) == (900, 500)
    assert reasons(session, "permitted_area_m2") == {bare: "no_area", open_one: "not_done"}
    assert reasons(session, "permitted_cost") == {bare: "no_currency", open_one: "not_done"}


def test_capital_received_is_converted_by_the_teams_rates(session: Session) -> None:
    for currency in ("USD", "EUR"):
        keep(session, CapitalReceipt, received_on=DAY, amount_minor=1000_00, currency=currency)
    home = keep(session, CapitalReceipt, received_on=DAY, amount_minor=1, kind="domestic")
    assert value(session, "foreign_capital_received") == 2100
    assert reasons(session, "foreign_capital_received") == {home: "domestic"}
    rates.set_usd_rates(session, rates.usd_rates(session) | {"EUR": 12_345})
    assert value(session, "foreign_capital_received") == 2235, "1000 + 1234.50, rounded once"


def test_what_is_dated_before_its_signing_counts_and_is_told(session: Session) -> None:
    lead = project(session, "CN", DAY)
    common = {"lead_id": lead, "amount_minor": 1000_00, "currency": "USD"}
    before = keep(session, CapitalReceipt, **common, received_on=DAY - dt.timedelta(days=1))
    keep(session, CapitalReceipt, **common, received_on=DAY)
    done = {"kind": "construction_permit", "state": "done", "lead_id": lead}
    permit = keep(session, Approval, **done, done_on=DAY - dt.timedelta(days=30))
    assert value(session, "foreign_capital_received") == 2000
    early = records_behind(session, YEAR, "foreign_capital_received").early
    assert [one.id for one in early] == [before]
    assert [x.id for x in records_behind(session, YEAR, "construction_permits").early] == [permit]
    # A signing that is not known makes nothing early.
    keep(session, CapitalReceipt, **common | {"lead_id": project(session)}, received_on=DAY)
    assert len(records_behind(session, YEAR, "foreign_capital_received").early) == 1


def test_a_visit_lies_in_the_year_of_its_venue(session: Session) -> None:
    def visit(moment: dt.datetime, zone: str, **more: Any) -> None:
        keep(session, Meeting, starts_at=moment, zone=zone, **{"status": "held", **more})

    midnight = dt.datetime(YEAR, 1, 1, 0, 30, tzinfo=dt.UTC)
    visit(midnight, "Asia/Shanghai")
    visit(midnight - dt.timedelta(hours=2), "Asia/Shanghai")
    visit(midnight, "America/New_York")
    visit(midnight, "Asia/Shanghai", kind="call")
    visit(midnight, "Asia/Shanghai", status="planned")
    assert value(session, "visits_and_events") == 2
    assert value(session, "visits_and_events", YEAR - 1) == 1
    assert sorted(reasons(session, "visits_and_events").values()) == ["not_held", "not_in_person"]


def test_targets_stand_beside_their_figures(session: Session) -> None:
    keep(session, Target, year=YEAR, metric="cases_raised", value=120)
    found = year_figures.year_figures(session, YEAR)
    assert (found["cases_raised"].target, found["site_surveys"].target) == (120, None)


def test_every_figure_and_reason_is_worded() -> None:
    texts = catalogue()
    folder = Path(year_figures.__file__).parent
    names = ("year_sources.py", "year_trend_lists.py")
    source = "".join((folder / name).read_text("utf-8") for name in names)
    for metric in EVERY:
        assert f"words.metric.{metric}" in texts
    codes = {key.rpartition(".")[2] for key in texts if key.startswith("figures.because.")}
    assert {code for code in codes if f"'{code}'" in source or f'"{code}"' in source} | {
        "no_day"
    } == codes


DAYS = [dt.date(YEAR, 1, 1), dt.date(YEAR, 7, 1), dt.date(YEAR, 12, 31), dt.date(YEAR - 1, 12, 31),
        dt.date(YEAR + 1, 1, 1), None]  # fmt: skip


def invent(session: Session, rng: Random, count: int) -> None:
    """Add records of all kinds with whatever people enter or leave out."""

    def one(*choices: Any) -> Any:
        return rng.choice(choices)

    def money() -> dict[str, Any]:
        return {"currency": one("CNY", "USD", "EUR", "JPY", "XAU", "", None)}

    def amount() -> int | None:
        return one(None, 0, -5, rng.randrange(3000), rng.randrange(400) * MILLION)  # type: ignore[no-any-return]

    companies = [
        keep(session, Company, country=one("CN", "DE", "", None), chain=one("medical", None))
        for _ in range(count // 2 + 1)
    ]
    squads = [None, keep(session, Squad, name="A"), keep(session, Squad, name="B")]
    members = [None, *(keep(session, Member, name=name) for name in "甲乙丙")]
    for _ in range(4):
        keep(session, SquadMember, squad_id=one(*squads), member_id=one(*members),
             deleted=one(None, None, True))  # fmt: skip
    leads: list[Any] = [None]
    for _ in range(count):
        lead = keep(
            session, Lead, company_id=one(None, *companies), amount_minor=amount(), **money(),
            previous_amount_minor=one(None, None, MILLION), chain=one("marine", "outside", None),
            signed_on=one(None, None, *DAYS), stage=one("negotiating", "signed", "started", None),
            deleted=one(None, False, None, True), source=one("expo", "", None),
            owner_id=one(*members), first_reported_on=one(*DAYS), responded_on=one(*DAYS),
            started_on=one(None, *DAYS), producing_on=one(None, *DAYS),
        )  # fmt: skip
        leads.append(lead)
        for _ in range(rng.randrange(3)):
            keep(session, LeadStage, lead_id=lead,
                 stage=one("signed", "lead", "screened", "started", "producing"),
                 reached_on=one(*DAYS), deleted=one(None, None, True))  # fmt: skip
    approvals: list[Any] = [None]
    credits: list[Any] = [None]
    for _ in range(count):
        gone = {"deleted": one(None, None, None, True)}
        of = {"lead_id": one(*leads), **gone}
        hours = dt.timedelta(hours=rng.randrange(-20, 20))
        near = dt.datetime(one(YEAR, YEAR + 1), 1, 1, tzinfo=dt.UTC) + hours
        keep(session, Meeting, **gone, starts_at=one(None, near), kind=one("visit", "call", None),
             status=one("held", "planned", None), lead_id=one(*leads), squad_id=one(*squads),
             company_id=one(None, *companies), country=one("IT", "", None),
             zone=one("Asia/Shanghai", "America/New_York", "no/where", None))  # fmt: skip
        keep(session, Event, **gone, starts_on=one(*DAYS), kind=one("expo", "matchmaking", None),
             squad_id=one(*squads), country=one("CH", None))  # fmt: skip
        keep(session, DispatchMeeting, **gone, held_on=one(*DAYS), status=one("held", "planned"))
        department = {"department": one("建设局", " 建设局 ", "", None)}
        keep(session, FollowUp, **of, due_on=one(*DAYS), done_on=one(*DAYS),
             status=one("done", "open", "dropped", None))  # fmt: skip
        keep(session, Case, **of, raised_on=one(*DAYS), confirmed_on=one(None, DAY),
             category=one("land", "", None), owner_id=one(*members),
             lead_department=department["department"],
             state=one("closed", "confirmed", "done", None))  # fmt: skip
        approvals.append(
            keep(session, Approval, **of, **money(), **department,
                 owner_id=one(*members), done_on=one(*DAYS),
                 state=one("done", "done", "applied", None), cost_minor=amount(),
                 kind=one("construction_permit", "joint_acceptance", "land", None),
                 area_m2=one(None, 0, -3, 700), buildings=one(None, 0, 3))
        )  # fmt: skip
        keep(session, ApprovalService, **of, **department, member_id=one(*members),
             approval_id=one(*approvals), served_on=one(*DAYS),
             kind=one(*SERVICES.values(), None))  # fmt: skip
        credits.append(
            keep(session, Facility, **of, **money(), company_id=one(None, *companies),
                 bank_id=one(None, *companies), granted_minor=amount(),
                 product=one("credit", "loan", "park_guarantee", None),
                 drawn_minor=amount(), granted_on=one(*DAYS), drawn_on=one(*DAYS),
                 credit_id=one(*credits))
        )  # fmt: skip
        keep(session, CapitalReceipt, **of, **money(), company_id=one(None, *companies),
             received_on=one(*DAYS),
             amount_minor=amount(), kind=one("cash", "domestic", None))  # fmt: skip


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    opened = Workspace.open(tmp_path_factory.mktemp("recount"))
    yield opened
    opened.close()


@settings(max_examples=60)
@given(rng=st.randoms(use_true_random=False), count=st.integers(1, 8))
def test_every_figure_equals_a_slow_recount(shared: Workspace, rng: Random, count: int) -> None:
    with pytest.raises(UndoneError), shared.write("x") as session:
        invent(session, rng, count)
        found = year_figures.year_figures(session, YEAR, metrics=tuple(EVERY))
        plain = Recount(session, YEAR, rates.usd_rates(session)).figures()
        assert {name: one.value for name, one in found.items()} == plain
        for name, one in found.items():
            behind = records_behind(session, YEAR, name)
            assert len(behind.counted) == len(set(behind.counted)) == one.records
            assert not {r.id for r in behind.counted} & {r.id for r in behind.left_out}
        raise UndoneError
