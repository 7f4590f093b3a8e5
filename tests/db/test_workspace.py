"""Opening, refusing, migrating, backing up, and being killed."""

import datetime as dt
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from alembic import command
from alembic.config import Config
from sqlalchemy import func, select, text

from desktop_app.db import migrate
from desktop_app.db.backup import backup, restore
from desktop_app.db.change import APPLICATION_ID, DATABASE_VERSION, Change, make_change
from desktop_app.db.check import check
from desktop_app.db.engine import make_engine
from desktop_app.db.models import (
    Approval,
    Case,
    Company,
    Facility,
    Lead,
    Meeting,
    Squad,
    Trip,
)
from desktop_app.db.seal import INSERT_CHANGE, stored_change
from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from tests.sync.laptops import logged

ROOT = Path(__file__).resolve().parents[2]


def add(workspace: Workspace, name: str) -> None:
    with workspace.write("add") as session:
        session.add(Company(name=name))


def count(workspace: Workspace) -> int:
    with workspace.read() as session:
        return session.scalar(select(func.count()).select_from(Company)) or 0


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\0" + b"x" * 500])
def test_a_file_that_is_no_workspace_is_refused_and_left_alone(
    tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "workspace.db"
    file.write_bytes(content)
    with pytest.raises(DeskError) as error:
        Workspace.open(tmp_path)
    assert error.value.key in {"workspace_damaged", "workspace_foreign"}
    assert file.read_bytes() == content


def test_a_newer_workspace_is_refused_and_left_alone(tmp_path: Path) -> None:
    Workspace.open(tmp_path).close()
    raw = driver.connect(str(tmp_path / "workspace.db"))
    raw.execute(f"PRAGMA user_version = {DATABASE_VERSION + 1}")
    raw.execute("PRAGMA journal_mode = DELETE")
    raw.close()
    before = (tmp_path / "workspace.db").read_bytes()
    with pytest.raises(DeskError) as error:
        Workspace.open(tmp_path)
    assert error.value.key == "workspace_newer"
    assert (tmp_path / "workspace.db").read_bytes() == before


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    raw = driver.connect(str(tmp_path / "workspace.db"))
    raw.execute("CREATE TABLE theirs (id)")
    raw.commit()
    raw.close()
    with pytest.raises(DeskError) as error:
        Workspace.open(tmp_path)
    assert error.value.key == "workspace_foreign"


def schema_of(database: Path) -> dict[str, object]:
    """The columns of each table and each index, but for Alembic's own."""
    raw = driver.connect(str(database))
    names = raw.execute("SELECT type, name FROM sqlite_master WHERE type IN ('table', 'index')")
    schema: dict[str, object] = {}
    for kind, name in names.fetchall():
        if "alembic" in name:
            continue
        pragma = "table_info" if kind == "table" else "index_xinfo"
        found = raw.execute(f'PRAGMA {pragma}("{name}")').fetchall()
        schema[name] = sorted(str(c[1:] if kind == "table" else c[2:]) for c in found)
        schema[f"{name} references"] = sorted(
            str(c[2:]) for c in raw.execute(f'PRAGMA foreign_key_list("{name}")')
        )
    raw.close()
    return schema


def test_the_migrations_lead_to_the_very_schema_of_a_new_file(tmp_path: Path) -> None:
    Workspace.open(tmp_path / "new").close()
    engine = make_engine(tmp_path / "migrated.db")
    migrate.upgrade(engine)
    engine.dispose()
    assert schema_of(tmp_path / "migrated.db") == schema_of(tmp_path / "new" / "workspace.db")


def test_an_older_file_is_migrated_after_a_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace.open(tmp_path / "w")
    add(workspace, "kept")
    workspace.close()
    scripts = tmp_path / "migrations"
    shutil.copytree(migrate.SCRIPTS, scripts)
    more = f"{DATABASE_VERSION + 1:04d}"
    (scripts / "versions" / f"{more}_more.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision = '{more}'\ndown_revision = '{DATABASE_VERSION:04d}'\n"
        "def upgrade() -> None:\n    op.add_column('company', sa.Column('duns', sa.String()))\n"
    )
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    monkeypatch.setattr("desktop_app.db.workspace.DATABASE_VERSION", DATABASE_VERSION + 1)
    monkeypatch.setattr(migrate.upgrade, "__defaults__", (scripts, DATABASE_VERSION + 1))
    again = Workspace.open(tmp_path / "w")
    assert count(again) == 1
    with again.write("new column") as session:
        session.execute(text("UPDATE company SET duns = '1', city = 'Zug'"))
    assert again.last_changes.ids
    again.close()
    assert (tmp_path / "w" / "backups" / f"before-version-{DATABASE_VERSION + 1}.db").exists()


def test_a_backup_comes_back_whole_and_keeps_what_it_replaces(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "w")
    add(workspace, "one")
    workspace.paths.files.mkdir()
    (workspace.paths.files / "ab").write_bytes(b"photo")
    backup(workspace, tmp_path / "b.zip")
    add(workspace, "two")
    kept = restore(tmp_path / "w", tmp_path / "b.zip")
    assert count(workspace) == 1, "an open window sees the restored data"
    assert check(workspace).ok
    workspace.close()
    assert kept is not None and kept.exists()
    restore(tmp_path / "other", tmp_path / "b.zip")
    assert (tmp_path / "other" / "files" / "ab").read_bytes() == b"photo"


def test_a_file_that_is_no_backup_changes_nothing(tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "w")
    add(workspace, "one")
    (tmp_path / "bad.zip").write_bytes(b"PK nothing")
    with pytest.raises(DeskError) as error:
        restore(tmp_path / "w", tmp_path / "bad.zip")
    assert error.value.key == "not_a_backup"
    with pytest.raises(DeskError):
        restore(tmp_path / "w", tmp_path / "absent.zip")
    assert count(workspace) == 1
    workspace.close()


def test_a_full_disk_is_told_and_leaves_the_old_state(workspace: Workspace) -> None:
    add(workspace, "one")
    with workspace.write() as session:
        pages = session.execute(text("PRAGMA page_count")).scalar()
    with pytest.raises(DeskError) as error, workspace.write("much") as session:
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
        session.add_all(Company(name="x" * 4000) for _ in range(200))
    assert error.value.key == "disk_full"
    assert count(workspace) == 1
    assert check(workspace).ok


KILLED = """
import sys
from pathlib import Path
from desktop_app.db.workspace import Workspace
from desktop_app.db.models import Company, Meeting, Trip
workspace = Workspace.open(Path(sys.argv[1]))
sys.stdout.write("ready\\n")
sys.stdout.flush()
while True:
    with workspace.write("bulk") as session:
        session.add_all(Company(name=str(n)) for n in range(50))
"""


def test_sigkill_in_the_middle_of_writes_leaves_all_or_nothing(tmp_path: Path) -> None:
    for delay in (0.0, 0.05, 0.11, 0.2):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        workspace = Workspace.open(tmp_path)
        assert count(workspace) % 50 == 0
        assert check(workspace).ok
        workspace.close()


def test_application_id_says_whose_file_it_is(tmp_path: Path) -> None:
    Workspace.open(tmp_path).close()
    raw = driver.connect(str(tmp_path / "workspace.db"))
    assert raw.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    raw.close()


def as_version(folder: Path, version: int) -> None:
    """Turn a workspace into what an older version had: its tables and columns, nothing newer."""
    engine = make_engine(folder / "old.db")
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, f"{version:04d}")
    engine.dispose()
    raw = driver.connect(str(folder / "old.db"))
    raw.execute("ATTACH ? AS newer", (str(folder / "workspace.db"),))
    tables = raw.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in tables:
        if name.startswith(("alembic", "sqlite")):
            continue
        columns = [c[1] for c in raw.execute(f'PRAGMA main.table_info("{name}")')]
        listed = ", ".join(f'"{column}"' for column in columns)
        raw.execute(f'INSERT INTO main."{name}" ({listed}) SELECT {listed} FROM newer."{name}"')
    raw.commit()
    raw.execute(f"PRAGMA user_version = {version}")
    raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    raw.close()
    (folder / "old.db").replace(folder / "workspace.db")
    for rest in ("-wal", "-shm"):
        (folder / f"workspace.db{rest}").unlink(missing_ok=True)


def keep_changes(folder: Path, changes: list[Change]) -> None:
    """Keep changes in the log of a closed workspace, as a version that knows no better does."""
    raw = driver.connect(str(folder / "workspace.db"))
    for change in changes:
        raw.execute(INSERT_CHANGE, stored_change(change))
    raw.commit()
    raw.close()


def test_a_workspace_of_version_2_keeps_its_data_and_takes_up_what_newer_laptops_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    defaults = make_change.__defaults__
    monkeypatch.setattr(make_change, "__defaults__", (1, "{}"))
    workspace = Workspace.open(tmp_path / "w")
    with workspace.write("a trip") as session:
        trip = Trip(title="赴德国", findings="先寄资料")
        session.add(trip)
        session.flush()
        key = trip.id
    monkeypatch.setattr(make_change, "__defaults__", defaults)
    fields = '{"problems":["用电增容需调度",[]]}'
    workspace.close()
    as_version(tmp_path / "w", 2)
    newer = make_change("0" * 32, 1, "1" * 32, None, "trip", key, fields)
    keep_changes(tmp_path / "w", [newer])
    again = Workspace.open(tmp_path / "w")
    with again.read() as session:
        kept = session.get(Trip, key)
        assert kept is not None
        assert (kept.title, kept.findings) == ("赴德国", "先寄资料")
        assert kept.problems == "用电增容需调度", "what a newer laptop sent was taken up"
    with again.write("a meeting") as session:
        session.add(Meeting(trip_id=key, unplanned=True, unplanned_reason="对方临时邀请"))
    with again.read() as session:
        assert session.scalars(select(Meeting.unplanned)).all() == [True]
    assert check(again).ok
    again.close()
    assert (tmp_path / "w" / "backups" / f"before-version-{DATABASE_VERSION}.db").exists()


def test_a_workspace_of_version_3_takes_up_the_cases_that_newer_laptops_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = Workspace.open(tmp_path / "newer")
    with newer.write("a project after signing") as session:
        company = Company(name="Eins AG")
        squad = Squad(name="欧洲小分队")
        session.add_all([company, squad])
        session.flush()
        lead = Lead(title="液压阀", company_id=company.id, previous_amount_minor=5)
        session.add(lead)
        session.flush()
        case = Case(title="土地平整", lead_id=lead.id, raised_on=dt.date(2026, 3, 2))
        meeting = Meeting(title="走访", lead_id=lead.id, squad_id=squad.id)
        session.add_all([case, meeting, Approval(title="环评", lead_id=lead.id, area_m2=7)])
        session.add(Facility(company_id=company.id, bank_id=company.id, granted_minor=9))
    sent = logged(newer)
    newer.close()
    defaults = make_change.__defaults__
    monkeypatch.setattr(make_change, "__defaults__", (2, "{}"))
    older = Workspace.open(tmp_path / "w")
    add(older, "kept")
    monkeypatch.setattr(make_change, "__defaults__", defaults)
    older.close()
    as_version(tmp_path / "w", 3)
    keep_changes(tmp_path / "w", sent)
    again = Workspace.open(tmp_path / "w")
    with again.read() as session:
        kept = session.scalars(select(Case)).one()
        assert (kept.title, kept.raised_on) == ("土地平整", dt.date(2026, 3, 2))
        assert session.scalars(select(Lead.previous_amount_minor)).all() == [5]
        assert session.scalars(select(Meeting.squad_id)).all() == [squad.id]
        assert session.scalars(select(Approval.area_m2)).all() == [7]
        assert session.scalars(select(Facility.granted_minor)).all() == [9]
        assert {c.name for c in session.scalars(select(Company))} == {"kept", "Eins AG"}
    assert logged(again)[-len(sent) :] == sent, "they go on to others as they came"
    assert check(again).ok
    again.close()
    assert (tmp_path / "w" / "backups" / "before-version-4.db").exists()
