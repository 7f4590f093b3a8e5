"""The workspace: one folder with one local database; the only way to read and write it."""

import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast

import sqlcipher3.dbapi2 as driver

from desktop_app.db.change import APPLICATION_ID, DATABASE_VERSION, Change, Changes
from desktop_app.db.driver import connect
from desktop_app.db.keys import MAGIC, Key, is_encrypted, key_from, remembered, salt_of
from desktop_app.domain.errors import DeskError
from desktop_app.paths import WorkspacePaths, portable_workspace

# SQLAlchemy takes longer to import than the first window to be painted: it comes when the first
# session is asked for.
if TYPE_CHECKING:
    from sqlalchemy import Engine, QueuePool
    from sqlalchemy.orm import Session


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

    def __init__(self, paths: WorkspacePaths, connection: Any, key: Key | None = None) -> None:
        """Keep the plain connection to an already prepared database; use ``open``."""
        self.paths = paths
        self.key = key
        self.author_id: str | None = None
        self.last_changes = Changes()
        #: Whether the file is being replaced; who looks by a timer does so later.
        self.away = False
        self._plain: Any = connection
        self._plain_lock = threading.RLock()
        self._made: Engine | None = None
        self._making = threading.Lock()

    @classmethod
    def open(cls, folder: Path, key: Key | None = None) -> Self:
        """Open the workspace in ``folder``, made or migrated when needed; seal leftovers.

        Args:
            folder: the workspace's.
            key: of a protected one; made from the environment's or the keyring's passphrase when
                None.

        Raises:
            DeskError: ``passphrase_needed``, ``passphrase_wrong``; or the file is no workspace,
                of a newer version, damaged or out of reach. Nothing was touched.
        """
        paths = WorkspacePaths(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not paths.database.exists():
                from desktop_app.db.engine import create_database

                create_database(paths.database)
            _refuse_foreign(paths.database)
            key = key_of(paths, key)
            connection = _checked(paths, key)
            leftovers = connection.execute("SELECT 1 FROM touched LIMIT 1").fetchone()
        except OSError as error:
            if folder == portable_workspace():
                raise DeskError("portable_read_only", path=str(folder.parent)) from error
            raise DeskError("workspace_unreachable", path=str(folder)) from error
        except driver.DatabaseError as error:
            raise expected_error(error) or error from error
        workspace = cls(paths, connection, key)
        if leftovers:
            with workspace._writer.begin():
                pass
        return workspace

    @property
    def _engine(self) -> "Engine":
        """The engine, made by whoever is the first to need it."""
        with self._making:
            if self._made is None:
                from desktop_app.db.engine import make_engine, seal_at_commit

                self._made = make_engine(self.paths.database, self.key)
                seal_at_commit(self._made)
            return self._made

    def make_ready(self) -> None:
        """Make the engine in the background, so that the first session does not wait for it."""
        threading.Thread(target=self._import_all, daemon=True).start()

    def _import_all(self) -> None:
        import sqlalchemy.orm  # noqa: F401 - what a session takes

        _ = self._engine

    @property
    def _writer(self) -> "Engine":
        return self._engine.execution_options(desk_write=True)

    @contextmanager
    def look(self) -> Iterator[Any]:
        """Give a plain connection for reading, one state of the data; no SQLAlchemy is needed.

        Raises:
            DeskError: file locked or damaged.
        """
        with self._plain_lock:
            if self._plain is None:
                # A timer of a window may still look after the workspace was closed.
                self._plain = connect(self.paths.database, self.key)
            if self._plain.in_transaction:
                yield self._plain
                return
            try:
                self._plain.execute("BEGIN")
                try:
                    yield self._plain
                finally:
                    self._plain.rollback()
            except driver.DatabaseError as error:
                raise expected_error(error) or error from error

    @contextmanager
    def look_aside(self) -> Iterator[Any]:
        """Give a plain connection of its own to another thread: nobody waits for it.

        Raises:
            DeskError: file locked or damaged.
        """
        connection = connect(self.paths.database, self.key)
        try:
            connection.execute("BEGIN")
            yield connection
        except driver.DatabaseError as error:
            raise expected_error(error) or error from error
        finally:
            connection.close()

    @contextmanager
    def read(self) -> Iterator["Session"]:
        """Give a session for reading; nothing it does is kept."""
        from sqlalchemy.orm import Session

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
    ) -> Iterator["Session"]:
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
        from sqlalchemy.exc import DatabaseError
        from sqlalchemy.orm import Session

        from desktop_app.db.seal import SealContext

        try:
            with Session(self._writer, expire_on_commit=False) as session:
                info = session.connection().info
                info["seal_context"] = SealContext(
                    self.author_id, label, extra, seen, frozenset(settle)
                )
                for table, row, _ in settle:
                    session.connection().exec_driver_sql(
                        "INSERT OR IGNORE INTO touched (tbl, row) VALUES (?, ?)",
                        (table, bytes.fromhex(row)),
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
        from sqlalchemy.exc import DatabaseError

        from desktop_app.db.merge import merge

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
        with self.look() as connection:
            return int(connection.execute("SELECT max(seq) FROM change").fetchone()[0] or 0)

    @contextmanager
    def put_away(self) -> Iterator[None]:
        """Have nothing open meanwhile: the file itself is replaced, perhaps under another key.

        Whoever wants to read or write waits; ``key`` says by what it is opened again.

        Raises:
            DeskError: ``workspace_busy``: a thread reads or writes at this moment.
        """
        self.away = True
        try:
            with self._making, self._plain_lock:
                if self._made is not None:
                    # One in use would stay open in a pool that nobody empties any more.
                    if cast("QueuePool", self._made.pool).checkedout():
                        raise DeskError("workspace_busy")
                    self._made.dispose()
                    self._made = None
                if self._plain is not None:
                    self._plain.close()
                    self._plain = None
                yield
        finally:
            self.away = False

    def close(self) -> None:
        """Close every connection."""
        with self._making:
            if self._made is not None:
                self._made.dispose()
        with self._plain_lock:
            if self._plain is not None:
                self._plain.close()
                self._plain = None


def _refuse_foreign(database: Path) -> None:
    """Refuse a file that is no database.

    Raises:
        DeskError: the file is empty or something else.
    """
    if salt_of(database) != MAGIC and not is_encrypted(database):
        raise DeskError("workspace_damaged", path=str(database))


def key_of(paths: WorkspacePaths, key: Key | None = None) -> Key | None:
    """Return the key that a workspace's database needs: the given one, or the remembered.

    Raises:
        DeskError: ``passphrase_needed``: it is protected and no passphrase is known.
    """
    if not is_encrypted(paths.database):
        return None
    if key is not None:
        return key
    passphrase = remembered(str(paths.folder.resolve()))
    if passphrase is None:
        raise DeskError("passphrase_needed", path=str(paths.folder))
    return key_from(passphrase, salt_of(paths.database))


def _checked(paths: WorkspacePaths, key: Key | None) -> Any:
    """Return a plain connection: an older file is migrated, a newer or foreign one refused."""
    connection = connect(paths.database, key)
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if application != APPLICATION_ID:
            raise DeskError("workspace_foreign", path=str(paths.database))
        if version > DATABASE_VERSION:
            raise DeskError("workspace_newer", path=str(paths.database))
        if version < DATABASE_VERSION:
            from desktop_app.db.engine import upgrade_database

            connection.close()
            upgrade_database(paths, DATABASE_VERSION, key)
            connection = connect(paths.database, key)
    except BaseException:
        connection.close()
        raise
    return connection
