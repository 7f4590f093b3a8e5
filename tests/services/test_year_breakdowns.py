"""A year's figures in parts: each rule, and a slow recount over invented records."""

import datetime as dt
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from desktop_app.db.models import (
    Approval,
    CapitalReceipt,
    Case,
    Company,
    Facility,
    Meeting,
    Member,
    Squad,
    SquadMember,
)
from desktop_app.db.workspace import Workspace
from desktop_app.services import rates, year_breakdowns, year_figures
from desktop_app.services.year_breakdowns import BY, breakdown, part_label, records_of_part
from desktop_app.services.year_rows import counted_rows, left_out_rows
from tests.services.plain_parts import Parts, share
from tests.services.test_year_figures import (
    DAY,
    EVERY,
    MILLION,
    YEAR,
    UndoneError,
    invent,
    keep,
    project,
    shared,
)

__all__ = ["shared"]


@pytest.fixture
def session(workspace: Workspace) -> Iterator[Session]:
    with workspace.write("x") as opened:
        yield opened


def parts(session: Session, metric: str, by: str) -> dict[str, int | None]:
    return {one.code: one.value for one in breakdown(session, YEAR, metric, by)}


def test_parts_stand_by_their_size_and_months_in_their_order(session: Session) -> None:
    for chain, days in (("marine", 1), ("medical", 3), (None, 2)):
        for month in range(days):
            project(session, "CN", dt.date(YEAR, 12 - month, 1), chain=chain)
    assert list(parts(session, "signed_projects", "chain").items()) == [
        ("medical", 3), ("", 2), ("marine", 1)
    ]  # fmt: skip
    assert list(parts(session, "signed_projects", "month")) == ["10", "11", "12"]


def test_a_project_lies_in_the_month_of_its_first_signing_and_counts_once(
    session: Session,
) -> None:
    lead = project(session, "CN", DAY, dt.date(YEAR, 9, 1))
    assert parts(session, "signed_projects", "month") == {"05": 1}
    assert [one.id for one in records_of_part(session, YEAR, "signed_projects", "month", "05")] == [
        lead
    ]
    assert records_of_part(session, YEAR, "signed_projects", "month", "09") == []


def test_an_increase_is_listed_with_what_was_added(session: Session) -> None:
    project(session, "CN", DAY, amount_minor=500 * MILLION, previous_amount_minor=400 * MILLION)
    (row,) = counted_rows(session, YEAR, "signed_projects").rows
    assert (row.amount, row.currency, row.day) == (100 * MILLION, "CNY", DAY)


def test_rounded_parts_of_money_sum_to_the_rounded_figure(session: Session) -> None:
    for bank in "ABC":
        key = keep(session, Company, name=bank)
        keep(session, Facility, product="credit", bank_id=key, granted_on=DAY, currency="CNY",
             granted_minor=50)  # fmt: skip
    figure = year_figures.year_figures(session, YEAR, metrics=("credit_granted",))
    assert figure["credit_granted"].value == 2, "1.50 CNY, half up"
    assert list(parts(session, "credit_granted", "bank").values()) == [1, 1, 0]


def test_what_is_taken_back_is_rounded_so_too(session: Session) -> None:
    common = {"received_on": DAY, "currency": "USD", "kind": "cash"}
    keep(session, CapitalReceipt, **common, amount_minor=10_50)
    keep(session, CapitalReceipt, **common | {"received_on": dt.date(YEAR, 6, 1)},
         amount_minor=-3_75)  # fmt: skip
    found = parts(session, "foreign_capital_received", "month")
    assert sum(value or 0 for value in found.values()) == 7, "6.75 USD"


def test_a_company_with_two_banks_is_one_of_each(session: Session) -> None:
    company = keep(session, Company, name="Eins AG")
    banks = [keep(session, Company, name=name) for name in ("Bank A", "Bank B")]
    for bank in banks:
        keep(session, Facility, product="credit", company_id=company, bank_id=bank,
             granted_on=DAY, granted_minor=100, currency="CNY")  # fmt: skip
    figure = year_figures.year_figures(session, YEAR, metrics=("companies_with_credit",))
    assert figure["companies_with_credit"].value == 1
    assert parts(session, "companies_with_credit", "bank") == dict.fromkeys(banks, 1)
    assert part_label(session, "bank", banks[0]) == "Bank A"


def test_a_share_is_that_of_each_part(session: Session) -> None:
    lead = project(session)
    for category, states in (("land", ("closed", "done")), ("labour", ("done",))):
        for state in states:
            keep(session, Case, lead_id=lead, raised_on=DAY, category=category, state=state,
                 confirmed_on=DAY)  # fmt: skip
    assert parts(session, "cases_solved_percent", "category") == {"land": 50, "labour": 0}


def test_a_visit_lies_in_the_month_at_its_venue(session: Session) -> None:
    late = dt.datetime(YEAR, 4, 30, 23, 0, tzinfo=dt.UTC)
    for zone in ("Asia/Shanghai", "America/New_York"):
        keep(session, Meeting, starts_at=late, zone=zone, status="held", kind="visit")
    assert parts(session, "visits_and_events", "month") == {"04": 1, "05": 1}


def test_who_is_in_two_squads_counts_for_one(session: Session) -> None:
    member = keep(session, Member, name="陈喆")
    squads = [keep(session, Squad, name=name) for name in "AB"]
    rows = {keep(session, SquadMember, squad_id=s, member_id=member): s for s in squads}
    project(session, "CN", DAY, owner_id=member)
    first = rows[min(rows)]
    assert parts(session, "signed_projects", "squad") == {first: 1}
    session.get_one(SquadMember, min(rows)).deleted = True
    assert parts(session, "signed_projects", "squad") == {rows[max(rows)]: 1}
    assert part_label(session, "owner", member) == "陈喆"


def test_departments_are_one_whatever_blanks_stand_around(session: Session) -> None:
    for name in ("建设局", " 建设局 ", None, ""):
        keep(session, Approval, state="done", done_on=DAY, department=name)
    assert parts(session, "approvals_done", "department") == {"建设局": 2, "": 2}


def test_lists_are_cut_and_say_how_many_there_are(session: Session) -> None:
    for day in range(1, 6):
        keep(session, Approval, state="done", done_on=dt.date(YEAR, 1, day))
        keep(session, Approval, state="applied", done_on=dt.date(YEAR, 1, day))
    found = counted_rows(session, YEAR, "approvals_done", most=2)
    assert found.total == 5
    assert [one.day.day for one in found.rows if one.day] == [5, 4]
    left_out = left_out_rows(session, YEAR, "approvals_done", most=3)
    assert (len(left_out.rows), left_out.total) == (3, 5)
    assert {one.because for one in left_out.rows} == {"not_done"}


def test_every_figure_can_be_parted_by_month() -> None:
    assert set(BY) == set(EVERY)
    assert all("month" in one for one in BY.values())


@settings(max_examples=40)
@given(rng=st.randoms(use_true_random=False), count=st.integers(1, 6))
def test_all_parts_equal_a_slow_recount(shared: Workspace, rng: Random, count: int) -> None:
    with pytest.raises(UndoneError), shared.write("x") as session:
        invent(session, rng, count)
        plain = Parts(session, YEAR, rates.usd_rates(session))
        figures = year_figures.year_figures(session, YEAR, metrics=tuple(EVERY))
        for metric, breakdowns in BY.items():
            for by in breakdowns:
                check(session, plain, metric, by, figures[metric])
            listed = counted_rows(session, YEAR, metric)
            behind = year_figures.records_behind(session, YEAR, metric)
            assert {(r.kind, r.id) for r in listed.rows} == {(r.kind, r.id) for r in behind.counted}
            assert {r.id for r in listed.rows if r.early} == {r.id for r in behind.early}
            left_out = left_out_rows(session, YEAR, metric)
            assert {(r.id, r.because) for r in left_out.rows} == {
                (r.id, r.because) for r in behind.left_out
            }
        raise UndoneError


def check(
    session: Session, plain: Parts, metric: str, by: str, figure: year_figures.YearFigure
) -> None:
    """Compare the parts of a figure with those of the slow recount."""
    found = breakdown(session, YEAR, metric, by)
    wanted = plain.parts(metric, by)
    one = EVERY[metric]
    of = {"chain_fit_percent": "signed_projects", "cases_solved_percent": "cases_raised"}
    whole = plain.parts(of[metric], by) if metric in of else {}
    assert {p.code for p in found} == set(whole if one.how == "share" else wanted), (metric, by)
    assert sum(p.records for p in found) == figure.records
    if one.how in ("count", "sum", "money"):
        assert sum(p.value or 0 for p in found) == figure.value
    for part in found:
        items = wanted.get(part.code, [])
        assert part.records == len(items), (metric, by, part)
        behind = records_of_part(session, YEAR, metric, by, part.code)
        assert {r.id for r in behind} == {i.record.id for i in items}
        listed = counted_rows(session, YEAR, metric, None, (by, part.code))
        assert {r.id for r in listed.rows} == {i.record.id for i in items}
        if one.how == "money":
            assert abs((part.value or 0) - plain.worth(items, one.unit)) < 1
        else:
            expected = {
                "count": len(items),
                "sum": sum(i.amount or 0 for i in items),
                "companies": len({i.company for i in items}),
                "share": share(len(items), len(whole[part.code])) if one.how == "share" else 0,
            }
            assert part.value == expected[one.how], (metric, by, part)


def test_the_breakdowns_are_those_that_are_named() -> None:
    assert year_breakdowns.BY["cases_raised"][0] == "category"
