"""No write escapes the log: ORM, bulk statements and raw SQL alike."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError

from desktop_app.db.check import check
from desktop_app.db.log import history
from desktop_app.db.log_tables import change
from desktop_app.db.models import Base, Company, Lead, new_id
from desktop_app.db.workspace import Workspace


def logged_fields(workspace: Workspace) -> list[dict[str, Any]]:
    with workspace.read() as session:
        found = session.scalars(select(change.c.fields).order_by(change.c.hlc))
        return [{c: v for c, (v, _) in json.loads(f).items()} for f in found]


def add_company(workspace: Workspace, **fields: object) -> str:
    with workspace.write("add") as session:
        company = Company(name="Rheintal Hydraulik AG", **fields)
        session.add(company)
        session.flush()
        return company.id


def test_an_object_a_bulk_statement_and_raw_sql_are_each_logged(workspace: Workspace) -> None:
    company = add_company(workspace, country="CH")
    with workspace.write("bulk") as session:
        session.execute(update(Company).values(city="Bern"))
    with workspace.write("raw") as session:
        session.execute(text("UPDATE company SET city = 'Basel', website = 'x.ch'"))
        session.execute(insert(Lead), [{"id": new_id(), "title": str(n)} for n in range(3)])
    fields = logged_fields(workspace)
    assert fields[:3] == [
        {"country": "CH", "name": "Rheintal Hydraulik AG"},
        {"city": "Bern"},
        {"city": "Basel", "website": "x.ch"},
    ]
    assert sorted(f["title"] for f in fields[3:]) == ["0", "1", "2"]
    with workspace.read() as session:
        newest = history(session, "company", company)[0]
    assert newest.fields == {"city": ("Bern", "Basel"), "website": (None, "x.ch")}
    assert check(workspace).ok


@pytest.mark.parametrize("table", sorted(Base.metadata.tables))
def test_every_column_of_every_table_is_captured(workspace: Workspace, table: str) -> None:
    row = bytes.fromhex(new_id())
    columns = [c for c in Base.metadata.tables[table].columns if c.name != "id"]
    with workspace.write("raw") as session:
        raw = session.connection()
        raw.exec_driver_sql(f'INSERT INTO "{table}" (id) VALUES (?)', (row,))
    for column in columns:
        if column.foreign_keys:
            continue
        kind = str(column.type)
        value: object = {"INTEGER": 7, "BOOLEAN": 1, "BLOB": row}.get(kind, "2026-11-18")
        with workspace.write("raw") as session:
            session.connection().exec_driver_sql(
                f'UPDATE "{table}" SET {column.name} = ? WHERE id = ?', (value, row)
            )
        assert workspace.last_changes.ids == {row.hex()}, column.name
        assert list(logged_fields(workspace)[-1]) == [column.name]
    assert check(workspace).ok


def test_an_equal_value_set_again_is_no_change(workspace: Workspace) -> None:
    add_company(workspace, country="CH", founded_year=1961)
    before = len(logged_fields(workspace))
    with workspace.write("again") as session:
        session.execute(text("UPDATE company SET country = 'CH', founded_year = 1961"))
    with workspace.write("there and back") as session:
        session.execute(text("UPDATE company SET country = 'DE'"))
        session.execute(text("UPDATE company SET country = 'CH'"))
    assert len(logged_fields(workspace)) == before


def test_rows_are_never_removed_nor_replaced_nor_renamed(workspace: Workspace) -> None:
    company = add_company(workspace)
    for statement in (
        "DELETE FROM company",
        f"INSERT OR REPLACE INTO company (id, name) VALUES (x'{company}', 'other')",
        "UPDATE company SET id = randomblob(16)",
    ):
        with pytest.raises(IntegrityError), workspace.write("no") as session:
            session.execute(text(statement))
    assert check(workspace).ok
    assert len(logged_fields(workspace)) == 1


def test_a_float_is_refused_before_it_is_written(workspace: Workspace) -> None:
    add_company(workspace)
    with pytest.raises(TypeError), workspace.write("no") as session:
        session.execute(text("UPDATE company SET employees = 1.5"))
    assert check(workspace).ok


def test_what_another_program_wrote_is_sealed_at_the_next_start(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path)
    add_company(workspace)
    workspace.close()
    foreign = driver.connect(str(tmp_path / "workspace.db"))
    foreign.execute("UPDATE company SET city = 'Zug'")
    foreign.commit()
    foreign.close()
    again = Workspace.open(tmp_path)
    assert logged_fields(again)[-1] == {"city": "Zug"}
    assert check(again).ok
    again.close()


def test_a_failed_write_leaves_nothing(workspace: Workspace) -> None:
    with pytest.raises(ZeroDivisionError), workspace.write("no") as session:
        session.add(Company(name="half"))
        session.flush()
        raise ZeroDivisionError
    assert logged_fields(workspace) == []


def test_a_day_and_a_moment_are_text_in_the_log(workspace: Workspace) -> None:
    with workspace.write("add") as session:
        session.add(Lead(first_reported_on=dt.date(2026, 3, 12), veto=False))
    assert logged_fields(workspace) == [{"first_reported_on": "2026-03-12", "veto": False}]


def test_the_check_finds_what_was_altered_behind_the_log(workspace: Workspace) -> None:
    add_company(workspace)
    with workspace.write() as session:
        session.execute(text("UPDATE installation SET silent = 1"))
        session.execute(text("UPDATE company SET name = 'forged'"))
        session.execute(text("UPDATE installation SET silent = 0"))
    report = check(workspace)
    assert [p["problem"] for p in report.problems] == ["differs"]
    with workspace.write() as session:
        session.execute(text("UPDATE change SET author = 'nobody'"))
    assert {p["problem"] for p in check(workspace).problems} == {"differs", "id_false"}
