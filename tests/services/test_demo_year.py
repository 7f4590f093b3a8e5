"""The year on record, counted again from single records."""

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop_app.db.check import check
from desktop_app.db.models import Base
from desktop_app.db.undo import undo
from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from desktop_app.services.demo_year import make_year
from desktop_app.services.year_figures import METRICS, records_behind, year_figures

# PRODUCT, "The year on record"; where it says "370+" or "> 140M" one number was chosen.
ON_RECORD = {
    "signed_projects": 66,
    "chain_fit_percent": 62,
    "visits_and_events": 372,
    "dispatch_meetings": 24,
    "cases_raised": 150,
    "cases_solved_percent": 100,
    "companies_with_credit": 42,
    "credit_granted": 1_930_000_000,
    "companies_with_park_guarantee": 30,
    "park_guarantee_loans": 142_000_000,
    "approvals_done": 828,
    "site_surveys": 119,
    "expert_reviews": 49,
    "onsite_services": 53,
    "approval_problems_solved": 132,
    "construction_permits": 81,
    "permitted_area_m2": 858_000,
    "permitted_cost": 1_990_000_000,
    "accepted_buildings": 190,
    "accepted_area_m2": 1_229_000,
}


def made(folder: Path, year: int = 2022, seed: int = 1) -> Workspace:
    workspace = Workspace.open(folder)
    with workspace.write("year") as session:
        make_year(session, year, seed)
    return workspace


@pytest.mark.parametrize(("year", "seed"), [(2022, 1), (2024, 5)])
def test_the_year_on_record_is_counted_exactly(tmp_path: Path, year: int, seed: int) -> None:
    workspace = made(tmp_path, year, seed)
    with workspace.read() as session:
        found = year_figures(session, year)
        assert list(found) == list(METRICS)
        assert {name: found[name].value for name in ON_RECORD} == ON_RECORD
        assert (found["foreign_capital_received"].value or 0) > 0
        assert all(one.target is not None for one in found.values())
        reasons = {
            one.because for name in METRICS for one in records_behind(session, year, name).left_out
        }
        assert {"below_limit", "signed_before", "not_held", "not_promotion"} <= reasons
        # Nothing leaks into the years around it but projects first signed the year before.
        rest = [n for n in ON_RECORD if n not in ("signed_projects", "chain_fit_percent")]
        for other in (year - 1, year + 1):
            around = year_figures(session, other)
            assert not any(around[name].value for name in rest)
    assert check(workspace).ok
    workspace.close()


def test_the_same_seed_gives_the_same_records_and_they_load_once(tmp_path: Path) -> None:
    prints = []
    for n, seed in enumerate((1, 1, 2)):
        workspace = made(tmp_path / str(n), seed=seed)
        digest = hashlib.sha256()
        with workspace.read() as session:
            for table in Base.metadata.sorted_tables:
                for row in session.execute(select(*table.columns).order_by(table.c.id)):
                    digest.update(repr(tuple(row)).encode())
        prints.append(digest.hexdigest())
        if n == 0:
            with pytest.raises(DeskError, match="demo_there"), workspace.write("x") as session:
                make_year(session, 2022)
            assert undo(workspace) is not None
            with workspace.write("again") as session:
                make_year(session, 2022)
                found = year_figures(session, 2022)
                assert {name: found[name].value for name in ON_RECORD} == ON_RECORD
        workspace.close()
    assert prints[0] == prints[1] != prints[2]
