"""Begins to read the leads while the window is still being made.

SQLite works without Python's lock: what the query costs before its first row comes is done by the
time there is a table for the rows.
"""

import contextlib
import datetime as dt
import threading
from typing import Any

import sqlcipher3.dbapi2 as driver

from desktop_app.db.change import APPLICATION_ID, DATABASE_VERSION
from desktop_app.db.driver import connect
from desktop_app.paths import WorkspacePaths
from desktop_app.services.lead_rows import LeadRow, Query, lead_query


class Ahead:
    """The leads that the first view will ask for; none where the file is not as it should be.

    It neither makes, migrates nor seals anything: whatever is wrong is found, and told, when the
    workspace is opened.
    """

    def __init__(self, paths: WorkspacePaths) -> None:
        """Put the question; SQLite works at it in a thread of its own."""
        self._connection: Any = None
        self._found: Any = None
        self._position = 0
        self._query: Query | None = None
        if not paths.database.exists():
            return
        with contextlib.suppress(driver.Error):
            self._connection = connect(paths.database)
            self._query = self._asked()
        if self._query is None:
            self.close()
            return
        self._thread = threading.Thread(target=self._ask, args=(self._query,), daemon=True)
        self._thread.start()

    def _asked(self) -> Query | None:
        """Return the question, in a transaction, when the file is one that we know."""
        ask = self._connection.execute
        known = ask("PRAGMA application_id").fetchone(), ask("PRAGMA user_version").fetchone()
        if known != ((APPLICATION_ID,), (DATABASE_VERSION,)):
            return None
        ask("BEGIN")
        self._position = ask("SELECT max(seq) FROM change").fetchone()[0] or 0
        return lead_query(self._connection, None, dt.date.today())

    def _ask(self, query: Query) -> None:
        # One call, and no row fetched here: two threads taking turns for each row would be slow.
        with contextlib.suppress(driver.Error):
            self._found = self._connection.execute(query.sql, query.keys)

    def take(self, position: int) -> list[LeadRow] | None:
        """Return the rows, once, if nothing was written since; None otherwise.

        Args:
            position: the log's position now.
        """
        query, self._query = self._query, None
        if query is None:
            return None
        self._thread.join()
        try:
            if self._found is None or position != self._position:
                return None
            return query.rows(self._found)
        except driver.Error:
            return None
        finally:
            self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._found = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None
