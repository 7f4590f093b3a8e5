"""A lead that is already known is found under other spellings; different leads stay apart."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.db.models import Company, Lead
from desktop_app.exchange.company_names import read_name
from desktop_app.exchange.ledger_import import (
    Cancelled,
    apply_import,
    open_ledger,
    plan_import,
)
from tests.exchange.conftest import TODAY, ImportFile
from tests.exchange.ledgers import write_sheets

HEADINGS = ["企业名称", "中文名", "国别", "城市", "投资额(万元)", "首谈人", "首次接触", "备注"]
FIRST = ["Weißach Präzision GmbH", "魏萨精密", "德国", "Ulm", 5000, "王敏", "2026.3.5", "要地"]


def ledger(path: Path, *rows: list[Any]) -> Path:
    return write_sheets(path, {"台账": [HEADINGS, *rows]})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Weißach Fasteners SA", "WEISSACH FASTENERS SA"),
        ("Präzisa Robotics GmbH", "PRAEZISA ROBOTICS G.m.b.H."),
        ("Präzisa Robotics", "Prazisa Robotics GmbH"),
        ("Łukor Medical S.r.l.", "LUKOR MEDICAL SRL"),
        ("Kühn Hydraulik GmbH & Co. KG", "Kuehn  Hydraulik GmbH & Co KG"),
        ("苏州恒泰复合材料有限公司", "苏州恒泰复合材料有限责任公司"),
    ],
)
def test_spellings_of_one_name_are_the_same(one: str, other: str) -> None:
    first, second = read_name(one), read_name(other)
    assert set(first.keys) & set(second.keys)
    assert first.same_form(second)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rheintal Medical AG", "Rheintal Medical GmbH"),
        ("Rheintal Medical AG", "Rheintal Medical Holding AG"),
        ("Uetliberg Robotics SA", "Uetliberg Robotics SAS"),
        ("Bauer AG", "Baur AG"),
    ],
)
def test_neighbouring_names_are_not(one: str, other: str) -> None:
    first, second = read_name(one), read_name(other)
    assert not (set(first.keys) & set(second.keys) and first.same_form(second))


def test_a_repeated_row_fills_gaps_and_appends_notes_but_overwrites_nothing(
    tmp_path: Path, session: Session, import_file: ImportFile
) -> None:
    first = [*FIRST[:3], "", *FIRST[4:]]
    import_file(ledger(tmp_path / "a.xlsx", first))
    again = ["WEISSACH PRAEZISION GMBH", "", "德国", "Ulm", 8000, "李洋", "2026.5.1", "要电"]

    result = import_file(ledger(tmp_path / "b.xlsx", again))

    assert (result.created, result.merged) == (0, 1)
    lead = session.scalars(select(Lead)).one()
    assert lead.first_reporter is not None
    assert lead.company is not None
    assert lead.first_reporter.name == "王敏"
    assert lead.first_reported_on == dt.date(2026, 3, 5)
    assert lead.amount_minor == 50_000_000_00
    assert lead.company.city == "Ulm"
    notes = (lead.notes or "").split("\n")
    assert notes[:2] == ["要地", "要电"]
    assert {"投资额(万元)：8000", "首次接触：2026.5.1", "首谈人：李洋"} <= set(notes)


@pytest.mark.parametrize(
    ("duplicates", "leads", "counts"),
    [("merge", 1, (1, 1, 0)), ("skip", 1, (1, 0, 1)), ("new", 2, (2, 0, 0))],
)
def test_the_user_decides_what_becomes_of_a_duplicate(
    tmp_path: Path,
    session: Session,
    import_file: ImportFile,
    duplicates: str,
    leads: int,
    counts: tuple[int, int, int],
) -> None:
    again = ["WEISSACH PRÄZISION", *FIRST[1:]]

    result = import_file(ledger(tmp_path / "a.xlsx", FIRST, again), duplicates=duplicates)

    assert (result.created, result.merged, result.skipped) == counts
    assert session.scalar(select(func.count(Lead.id))) == leads
    assert session.scalar(select(func.count(Company.id))) == 1


def test_two_projects_of_one_name_that_agree_in_nothing_else_stay_two(
    tmp_path: Path, import_file: ImportFile
) -> None:
    other = [FIRST[0], "威莎精工", "德国", "Jena", 90000, "李洋", "2025.11.2", ""]

    path = ledger(tmp_path / "a.xlsx", FIRST, other)

    assert import_file(path).created == 2
    assert import_file(path).merged == 2


def test_another_legal_form_is_only_pointed_out(tmp_path: Path, session: Session) -> None:
    other = ["Weißach Präzision AG", "", "瑞士", "Chur", 90000, "李洋", "2025.11.2", ""]
    path = ledger(tmp_path / "a.xlsx", FIRST, other)

    plan = plan_import(session, open_ledger(path, TODAY), today=TODAY)

    assert [row.action for row in plan.rows] == ["new", "new"]
    assert plan.rows[1].possible == ["Weißach Präzision GmbH"]


def test_a_mistyped_name_is_found_when_the_rest_agrees(
    tmp_path: Path, import_file: ImportFile
) -> None:
    typo = ["Weißach Präzison GmbH", *FIRST[1:]]

    assert import_file(ledger(tmp_path / "a.xlsx", FIRST, typo)).merged == 1


def test_planning_writes_nothing_and_cancelling_leaves_nothing(
    tmp_path: Path, session: Session
) -> None:
    rows = [[f"Firma {i} GmbH", "", "德国", "Ulm", i, "王敏", "2026.3.5", ""] for i in range(600)]
    tables = open_ledger(ledger(tmp_path / "a.xlsx", *rows), TODAY)
    plan = plan_import(session, tables, today=TODAY)
    assert session.scalar(select(func.count(Lead.id))) == 0
    asked: Callable[[], bool] = iter([False] * 400 + [True] * 9999).__next__

    with pytest.raises(Cancelled), session.begin_nested():
        apply_import(session, plan, cancelled=asked)

    assert session.scalar(select(func.count(Lead.id))) == 0
    with pytest.raises(Cancelled):
        plan_import(session, tables, today=TODAY, cancelled=lambda: True)
