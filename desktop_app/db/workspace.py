"""The workspace: one folder with one local database; the only way to read and write it."""

import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event, insert
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from desktop_app.db.capture import trigger_statements
from desktop_app.db.change import DATABASE_VERSION, Change
from desktop_app.db.log_tables import log_metadata, touched
from desktop_app.db.merge import merge, rebuild
from desktop_app.db.models import Base
from desktop_app.db.seal import Changes, SealContext, seal
from desktop_app.domain.errors import DeskError
from desktop_app.paths import WorkspacePaths

# "IDK1": says that a file is ours, whatever its name (PRAGMA application_id).
APPLICATION_ID = 0x49444B31
_MAGIC = b"SQLite format 3\0"
_PRAGMAS = (
    "PRAGMA busy_timeout = 10000",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -32768",
)


def make_engine(database: Path) -> Engine:
    """Return an engine on a local database file, with our pragmas and our own BEGIN.

    This module alone decides the driver: one SQLite for all laptops.
    """
    engine = create_engine(
        f"sqlite:///{database}", module=driver, connect_args={"check_same_thread": False}
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(pragma)

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


def expected_error(error: BaseException) -> DeskError | None:
    """Return the typed error for a database fault that a user can put right, or None."""
    text = str(error).lower()
    for needle, key in (
        ("disk is full", "disk_full"),
        ("database is locked", "workspace_busy"),
        ("readonly database", "workspace_read_only"),
        ("unable to open", "workspace_unreachable"),
        ("malformed", "workspace_damaged"),
        ("not a database", "workspace_damaged"),
        ("disk i/o error", "disk_error"),
    ):
        if needle in text:
            return DeskError(key)
    return None


class Workspace:
    """An open workspace; ``write`` is one transaction and one undo step."""

    def __init__(self, paths: WorkspacePaths, engine: Engine) -> None:
        """Keep the engine of an already prepared database; use ``open``."""
        self.paths = paths
        self.author_id: str | None = None
        self.last_changes = Changes()
        self._engine = engine
        self._writer = engine.execution_options(desk_write=True)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the workspace in ``folder``, made or migrated when needed; seal leftovers.

        Raises:
            DeskError: the file is no workspace, of a newer version, damaged or out of reach.
        """
        paths = WorkspacePaths(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not paths.database.exists():
                _create(paths.database)
            _refuse_foreign(paths.database)
            engine = make_engine(paths.database)
            _prepare(engine, paths)
        except OSError as error:
            raise DeskError("workspace_unreachable", path=str(folder)) from error
        except DatabaseError as error:
            raise expected_error(error) or error from error
        seal_at_commit(engine)
        workspace = cls(paths, engine)
        with workspace._writer.begin():
            pass
        return workspace

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session for reading; nothing it does is kept."""
        with Session(self._engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(
        self,
        label: str | None = None,
        extra: str = "{}",
        *,
        seen: int | None = None,
        settle: Collection[tuple[str, str, str]] = (),
    ) -> Iterator[Session]:
        """Give a session for one transaction, committed at the end, rolled back on an error.

        Args:
            label: what the person did, in their language; names the undo step (None: no step).
            extra: canonical JSON carried by each change.
            seen: the ``log_position`` when the person began; a cell that a sync altered since
                then is not overwritten but becomes disputed (None: all of it was seen).
            settle: disputed cells (table, row, column) that this write decides.

        Raises:
            DeskError: disk full, file locked or read-only; nothing was changed.
        """
        try:
            with Session(self._writer, expire_on_commit=False) as session:
                info = session.connection().info
                info["seal_context"] = SealContext(
                    self.author_id, label, extra, seen, frozenset(settle)
                )
                for table, row, _ in settle:
                    session.execute(
                        insert(touched)
                        .values(tbl=table, row=bytes.fromhex(row))
                        .prefix_with("OR IGNORE")
                    )
                try:
                    yield session
                    session.commit()
                    sealed = info.get("sealed", Changes())
                    if label is not None or sealed.tables:
                        # A background job's own bookkeeping is no news to the window.
                        self.last_changes = sealed
                finally:
                    info.pop("seal_context", None)
                    info.pop("sealed", None)
        except DatabaseError as error:
            raise expected_error(error) or error from error

    def merge(self, changes: Sequence[Change]) -> Changes:
        """Add changes made elsewhere to the log and the records, in one transaction.

        Args:
            changes: verified ones, in any order; those already known alter nothing.

        Raises:
            DeskError: disk full, file locked or read-only; nothing was changed.
        """
        try:
            with self._writer.connect() as connection:
                raw = connection.connection.dbapi_connection
                assert raw is not None
                # A record may come before the one it refers to: rows are never removed, so the
                # reference holds once that one has come, too.
                raw.execute("PRAGMA foreign_keys = OFF")
                try:
                    with connection.begin():
                        return merge(raw.cursor(), changes, self.author_id)
                finally:
                    raw.execute("PRAGMA foreign_keys = ON")
        except DatabaseError as error:
            raise expected_error(error) or error from error

    def log_position(self) -> int:
        """Return the place of the newest change, in this laptop's own order.

        It alters with every write, by whichever process.
        """
        with self._engine.connect() as connection:
            return int(connection.exec_driver_sql("SELECT max(seq) FROM change").scalar() or 0)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def _refuse_foreign(database: Path) -> None:
    """Refuse a file that is no database.

    Raises:
        DeskError: the file is empty or something else.
    """
    with database.open("rb") as file:
        head = file.read(len(_MAGIC))
    if head != _MAGIC:
        raise DeskError("workspace_damaged", path=str(database))


def _prepare(engine: Engine, paths: WorkspacePaths) -> None:
    """Migrate an older file, refuse a newer or foreign one."""
    with engine.connect() as connection:
        application = connection.exec_driver_sql("PRAGMA application_id").scalar()
        version = int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)
    if application != APPLICATION_ID:
        engine.dispose()
        raise DeskError("workspace_foreign", path=str(paths.database))
    if version > DATABASE_VERSION:
        engine.dispose()
        raise DeskError("workspace_newer", path=str(paths.database))
    if version < DATABASE_VERSION:
        # Alembic takes most of a second to import: only an old file pays for it.
        from desktop_app.db.migrate import upgrade

        engine.dispose()
        paths.backups.mkdir(exist_ok=True)
        copy_database(paths.database, paths.backups / f"before-version-{DATABASE_VERSION}.db")
        upgrade(engine)
        install_triggers(engine)
        _take_up_newer(engine)


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


def copy_database(source: Path, target: Path) -> None:
    """Copy a database as one consistent snapshot, also while it is in use."""
    origin = driver.connect(str(source))
    copy = driver.connect(str(target))
    try:
        origin.backup(copy)
    finally:
        copy.close()
        origin.close()


def install_triggers(engine: Engine) -> None:
    """(Re)make the capture triggers of every synced table."""
    with engine.begin() as connection:
        for statement in trigger_statements(Base.metadata):
            connection.exec_driver_sql(statement)


def _create(database: Path) -> None:
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
