"""Financing and capital received: rows, what counts, and sums equal to the year's figures."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from desktop_app.db.models import CapitalReceipt, Company, Facility, Lead
from desktop_app.db.workspace import Workspace
from desktop_app.services import rates, year_figures
from desktop_app.services.capital_rows import receipt_detail, receipt_rows
from desktop_app.services.financing_rows import (
    bank_ids,
    credits_of,
    facility_detail,
    facility_rows,
)
from desktop_app.services.financing_sums import CAPITAL, Cell, FinancingSums, financing_sums
from tests.services.plain_recount import Recount
from tests.services.test_year_figures import UndoneError, keep

DAY = dt.date(2022, 5, 4)
MILLION = 100_000_000
FIGURES = (
    "companies_with_credit",
    "credit_granted",
    "loans_drawn",
    "companies_with_park_guarantee",
    "park_guarantee_loans",
)


@pytest.fixture
def session(workspace: Workspace) -> Iterator[Session]:
    with workspace.write("x") as opened:
        yield opened


@pytest.fixture
def company(session: Session) -> str:
    return keep(session, Company, name="Ahrbach Antriebe AG", country="DE")


@pytest.fixture
def bank(session: Session) -> str:
    return keep(session, Company, name="江海银行", kind="bank")


def credit(session: Session, company: str, **fields: Any) -> str:
    values = {"granted_minor": 10 * MILLION, "currency": "CNY", "granted_on": DAY, **fields}
    return keep(session, Facility, company_id=company, product="credit", **values)


def loan(session: Session, company: str, **fields: Any) -> str:
    values = {"drawn_minor": 2 * MILLION, "currency": "CNY", "drawn_on": DAY, **fields}
    return keep(session, Facility, company_id=company, product="loan", **values)


def total(sums: FinancingSums, figure: str, year: int = 2022) -> int | None:
    cell = sums.totals.get((figure, year))
    return cell.value if cell else None


def test_a_credit_with_two_loans_counts_what_was_drawn_once(session: Session, company: str) -> None:
    own = credit(session, company, drawn_minor=4 * MILLION, drawn_on=DAY)
    assert total(financing_sums(session), "loans_drawn") == 4_000_000
    loans = [loan(session, company, credit_id=own) for _ in range(2)]
    sums = financing_sums(session)
    assert total(sums, "credit_granted") == 10_000_000
    assert sums.totals["loans_drawn", 2022] == Cell(4_000_000, 2)
    rows = {row.id: row for row in facility_rows(session)}
    assert rows[own].counts == (("companies_with_credit", 2022), ("credit_granted", 2022))
    assert rows[own].because == "in_loans"
    assert all(rows[one].counts == (("loans_drawn", 2022),) for one in loans)


def test_a_company_with_two_credits_of_two_banks_counts_once_in_the_year(
    session: Session, company: str, bank: str
) -> None:
    other = keep(session, Company, name="惠民银行", kind="bank")
    for one in (bank, other):
        credit(session, company, bank_id=one)
    sums = financing_sums(session)
    assert sums.totals["companies_with_credit", 2022] == Cell(1, 2)
    assert sums.cells["companies_with_credit", bank, 2022] == Cell(1, 1)
    assert sums.cells["companies_with_credit", other, 2022] == Cell(1, 1)
    assert total(sums, "credit_granted") == 20_000_000
    assert set(sums.names) == {bank, other} == set(bank_ids(session))


def test_what_has_no_known_currency_or_day_is_left_out_and_told(
    session: Session, company: str
) -> None:
    told = {
        credit(session, company, currency=None): "no_currency",
        credit(session, company, currency="XAU"): "unknown_currency",
        credit(session, company, granted_on=None): "no_day",
        credit(session, company, granted_minor=None): "no_amount",
    }
    rows = {row.id: row.because for row in facility_rows(session)}
    assert rows == told
    assert {one: facility_detail(session, one)["because"] for one in told} == told
    sums = financing_sums(session)
    assert total(sums, "credit_granted") is None
    # A company has its credit even where nobody noted the currency.
    assert total(sums, "companies_with_credit") == 1
    assert {(one.figure, one.because, one.records) for one in sums.left_out} == {
        ("credit_granted", because, 1) for because in told.values()
    }


def test_sums_are_in_yuan_by_the_teams_rates_and_parted_by_bank_or_product(
    session: Session, company: str, bank: str
) -> None:
    rates.set_usd_rates(session, {"EUR": 14_000, "CNY": 2_000})
    credit(session, company, bank_id=bank, granted_minor=1 * MILLION, currency="EUR")
    credit(session, company, granted_minor=3 * MILLION)
    keep(
        session,
        Facility,
        company_id=company,
        product="park_guarantee",
        granted_minor=5 * MILLION,
        drawn_minor=4 * MILLION,
        currency="CNY",
        granted_on=dt.date(2021, 12, 30),
        drawn_on=DAY,
    )
    sums = financing_sums(session)
    assert total(sums, "credit_granted") == 10_000_000
    assert sums.cells["credit_granted", bank, 2022] == Cell(7_000_000, 1)
    # Who names no bank stands last.
    assert sums.parts["credit_granted"] == [bank, ""]
    assert sums.years == [2022]
    parted = financing_sums(session, "product")
    assert parted.parts["park_guarantee_loans"] == ["park_guarantee"]
    assert total(parted, "park_guarantee_loans") == 4_000_000


def test_loans_stand_beneath_their_credit_however_they_point(
    session: Session, company: str
) -> None:
    old = credit(session, company, granted_on=dt.date(2020, 1, 1))
    new = credit(session, company, granted_on=dt.date(2024, 1, 1))
    drawn = loan(session, company, credit_id=old, drawn_on=dt.date(2025, 1, 1))
    alone = loan(session, company, drawn_on=dt.date(2023, 1, 1))
    itself = loan(session, company)
    session.get_one(Facility, itself).credit_id = itself
    session.flush()
    assert [row.id for row in facility_rows(session)] == [new, alone, old, drawn, itself]


def test_a_loan_may_draw_on_the_credits_of_its_company_only(
    session: Session, company: str, bank: str
) -> None:
    lead = keep(session, Lead, company_id=company, title="液压阀生产线")
    own = credit(session, company, bank_id=bank)
    through_lead = keep(session, Facility, lead_id=lead, product="credit")
    credit(session, keep(session, Company, name="Zweite AG"))
    drawn = loan(session, company, credit_id=own)
    assert {one["id"] for one in credits_of(session, drawn)} == {own, through_lead}
    assert credits_of(session, drawn)[0]["bank"] == "江海银行"
    assert credits_of(session, own) != credits_of(session, drawn)
    nameless = keep(session, Facility, product="loan")
    assert credits_of(session, nameless) == []
    detail = facility_detail(session, own)
    assert [one["id"] for one in detail["loans"]] == [drawn]
    assert (detail["company_id_name"], detail["bank_id_name"]) == (
        "Ahrbach Antriebe AG",
        "江海银行",
    )


def test_capital_runs_up_for_each_project_within_a_year_and_skips_what_does_not_count(
    session: Session, company: str
) -> None:
    lead = keep(session, Lead, company_id=company, title="液压阀生产线", signed_on=DAY)

    def receive(day: dt.date | None, **fields: Any) -> str:
        values = {"amount_minor": MILLION, "currency": "USD", "kind": "cash", **fields}
        return keep(session, CapitalReceipt, lead_id=lead, received_on=day, **values)

    before = receive(dt.date(2022, 1, 1))
    first = receive(dt.date(2022, 6, 1), amount_minor=5 * MILLION, currency="CNY")
    ours = receive(dt.date(2022, 6, 2), kind="domestic", currency="CNY")
    bare = receive(dt.date(2022, 6, 3), currency=None)
    second = receive(dt.date(2022, 7, 1))
    next_year = receive(dt.date(2023, 1, 1))
    undated = receive(None)
    rows = receipt_rows(session)
    assert [r.id for r in rows] == [undated, next_year, second, bare, ours, first, before]
    running = {r.id: r.running for r in rows}
    assert running == {
        undated: None,
        next_year: 1_000_000,
        second: 2_700_000,
        bare: None,
        ours: None,
        first: 1_700_000,
        before: 1_000_000,
    }
    because = {r.id: r.because for r in rows if r.because}
    assert because == {undated: "no_day", bare: "no_currency", ours: "domestic"}
    assert [r.id for r in rows if r.early] == [before]
    assert receipt_detail(session, ours)["because"] == "domestic"
    assert total(financing_sums(session), CAPITAL) == 2_700_000


def test_nothing_of_a_deleted_project_counts(session: Session, company: str) -> None:
    lead = keep(session, Lead, company_id=company, deleted=True)
    credit(session, company, lead_id=lead)
    sums = financing_sums(session)
    assert sums.totals == {}
    assert [(one.because, one.records) for one in sums.left_out] == [("project_deleted", 1)]


def _invent(session: Session, seed: int) -> None:
    """Add random companies, projects, credits, loans and receipts, many of them faulty."""
    chance = Random(seed)
    days = [None] + [dt.date(year, month, 1) for year in (2021, 2022, 2023) for month in (1, 12)]
    companies = [keep(session, Company, name=f"Firma {n}") for n in range(4)]
    leads = [
        keep(session, Lead, company_id=one, deleted=chance.choice([None, None, True]))
        for one in companies
    ]

    def money() -> dict[str, Any]:
        currency = chance.choice(["CNY", "CNY", "EUR", "JPY", "XAU", None, ""])
        return {"currency": currency}

    def amount() -> int | None:
        return chance.choice([None, 0, 1, chance.randrange(10**12)])

    made: list[str] = []
    for _ in range(chance.randrange(25)):
        fields = {
            "company_id": chance.choice([*companies, None]),
            "lead_id": chance.choice([*leads, None]),
            "bank_id": chance.choice([*companies, None]),
            "product": chance.choice(["credit", "loan", "park_guarantee", None]),
            "credit_id": chance.choice([*made, None]),
            "granted_minor": amount(),
            "drawn_minor": amount(),
            "granted_on": chance.choice(days),
            "drawn_on": chance.choice(days),
            "deleted": chance.choice([None, None, None, True]),
        }
        made.append(keep(session, Facility, **fields, **money()))
    for _ in range(chance.randrange(10)):
        fields = {
            "lead_id": chance.choice([*leads, None]),
            "amount_minor": amount(),
            "received_on": chance.choice(days),
            "kind": chance.choice(["cash", "domestic", None]),
        }
        keep(session, CapitalReceipt, **fields, **money())


@given(seed=st.integers(0, 2**32))
@settings(max_examples=60)
def test_the_sums_of_each_year_are_its_figures_and_what_a_plain_loop_counts(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    workspace = Workspace.open(_once(tmp_path_factory))
    try:
        with workspace.write("x") as session:
            _invent(session, seed)
            _compare(session)
            raise UndoneError
    except UndoneError:
        pass
    finally:
        workspace.close()


_FOLDER: list[Path] = []


def _once(factory: pytest.TempPathFactory) -> Path:
    if not _FOLDER:
        _FOLDER.append(factory.mktemp("sums") / "desk")
    return _FOLDER[0]


def _compare(session: Session) -> None:
    sums = {by: financing_sums(session, by) for by in ("bank", "product")}
    rows = facility_rows(session)
    worth = rates.usd_rates(session)
    for year in (2020, 2021, 2022, 2023):
        figures = year_figures.year_figures(session, year, metrics=(*FIGURES, CAPITAL))
        plain = Recount(session, year, worth).financing()
        for name in FIGURES:
            for by, found in sums.items():
                cell = found.totals.get((name, year), Cell(0, 0))
                assert (cell.value, cell.records) == (figures[name].value, figures[name].records)
                assert cell.value == plain[name]
                parts = [c for (f, _p, y), c in found.cells.items() if (f, y) == (name, year)]
                assert sum(c.records for c in parts) == cell.records
                # The list behind a number is as long as the number says, whichever is opened.
                for (figure, part, of_year), one in found.cells.items():
                    if (figure, of_year) == (name, year):
                        own = [r for r in rows if _part(r, by) == part and (name, year) in r.counts]
                        assert len(own) == one.records
        received = sums["bank"].totals.get((CAPITAL, year), Cell(0, 0))
        assert (received.value, received.records) == (
            figures[CAPITAL].value,
            figures[CAPITAL].records,
        )


def _part(row: Any, by: str) -> str:
    return str((row.bank_id if by == "bank" else row.product) or "")
