"""The engine of a local database: made by SQLAlchemy, with capture and seal; made when needed."""

import os
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event

from desktop_app.db.capture import trigger_statements
from desktop_app.db.change import APPLICATION_ID, DATABASE_VERSION
from desktop_app.db.driver import copy_database, prepare
from desktop_app.db.keys import Key
from desktop_app.db.log_tables import log_metadata
from desktop_app.db.merge import rebuild
from desktop_app.db.models import Base
from desktop_app.db.seal import SealContext, seal
from desktop_app.paths import WorkspacePaths


def make_engine(database: Path, key: Key | None = None) -> Engine:
    """Return an engine on a local database file, with our pragmas and our own BEGIN."""
    engine = create_engine(
        f"sqlite:///{database}", module=driver, connect_args={"check_same_thread": False}
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        prepare(connection, key)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        # A writer takes its lock at once: waiting later could only end in a failed upgrade.
        immediate = connection.get_execution_options().get("desk_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def seal_at_commit(engine: Engine) -> None:
    """Seal every transaction of the engine just before it is committed, whoever wrote it."""

    @event.listens_for(engine, "commit")
    def _on_commit(connection: Connection) -> None:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        context = connection.info.get("seal_context", SealContext())
        try:
            connection.info["sealed"] = seal(raw.cursor(), context)
        except BaseException:
            # SQLAlchemy takes a failing commit hook for the end of the transaction: end it.
            raw.rollback()
            raise


def upgrade_database(paths: WorkspacePaths, version: int, key: Key | None = None) -> None:
    """Bring an older database to the shape of a version, once a copy of it is kept."""
    # Alembic takes most of a second to import: only an old file pays for it.
    from desktop_app.db.migrate import upgrade

    paths.backups.mkdir(exist_ok=True)
    copy_database(paths.database, paths.backups / f"before-version-{version}.db", key)
    engine = make_engine(paths.database, key)
    try:
        upgrade(engine)
        install_triggers(engine)
        _take_up_newer(engine)
    finally:
        engine.dispose()


def _take_up_newer(engine: Engine) -> None:
    """Write the records anew of which newer versions sent what an older one could only keep."""
    with engine.begin() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        found = raw.execute(
            "SELECT DISTINCT tbl, row FROM change WHERE schema > (SELECT coalesce(max(schema), 1) "
            "FROM change WHERE stream = (SELECT stream FROM installation))"
        ).fetchall()
        for table in {table for table, _ in found} & Base.metadata.tables.keys():
            rebuild(raw.cursor(), table, [row.hex() for name, row in found if name == table])


def install_triggers(engine: Engine) -> None:
    """(Re)make the capture triggers of every synced table."""
    with engine.begin() as connection:
        for statement in trigger_statements(Base.metadata):
            connection.exec_driver_sql(statement)


def create_database(database: Path) -> None:
    """Make a new database beside its place and move it there whole: a crash leaves no half."""
    part = database.with_name(f"{database.name}.new-{os.getpid()}")
    engine = make_engine(part)
    raw = engine.raw_connection()
    try:
        # Outside a transaction: the journal mode can't change within one.
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()
    with engine.begin() as connection:
        Base.metadata.create_all(connection, checkfirst=False)
        log_metadata.create_all(connection, checkfirst=False)
        # The mark by which Alembic knows, one day, which steps this file already has.
        connection.exec_driver_sql(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"
        )
        connection.exec_driver_sql(
            "INSERT INTO alembic_version VALUES (?)", (f"{DATABASE_VERSION:04d}",)
        )
        connection.exec_driver_sql(
            "INSERT INTO installation (id, stream, hlc, silent) VALUES (1, ?, 0, 0)",
            (os.urandom(16),),
        )
        for statement in trigger_statements(Base.metadata):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {DATABASE_VERSION}")
    engine.dispose()
    part.replace(database)
