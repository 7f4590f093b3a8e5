"""A PostgreSQL server as the team's hub: the tables of the hub file, and O(new) for each sync."""

import datetime as dt
import hashlib
import os
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, insert, inspect, select
from sqlalchemy.dialects.postgresql import insert as insert_new

from desktop_app.db.change import Change
from desktop_app.domain.errors import DeskError
from desktop_app.sync import server_rows as rows
from desktop_app.sync.hub import Ack, Memory, Part, Reading, Total
from desktop_app.sync.server_link import faults_told, make_server_engine
from desktop_app.sync.server_rows import PART
from desktop_app.sync.server_tables import ADD_ONLY, FORMAT, ack, file, hub, metadata

# An attachment goes to the server in parts of this size.
_PART_OF_FILE = 1 << 20


def team_on(location: str) -> str | None:
    """Return the id of the team whose hub is on a server, or None when the database has none.

    Raises:
        DeskError: the server is away or refuses, or its hub is of a newer format.
    """
    engine = make_server_engine(location)
    try:
        with faults_told(location), engine.connect() as connection:
            if not inspect(connection).has_table(hub.name):
                return None
            return rows.meta_of(connection)["team"]
    finally:
        engine.dispose()


def create(location: str, team: str) -> None:
    """Make a team's tables in a database of a server.

    Raises:
        DeskError: ``share_exists`` when a team is there; the server is away, refuses, or stores
            texts in an encoding that lacks letters.
    """
    engine = make_server_engine(location)
    try:
        with faults_told(location), engine.begin() as connection:
            if inspect(connection).has_table(hub.name):
                rows.meta_of(connection)
                raise DeskError("share_exists")
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
            if encoding not in ("UTF8", "SQL_ASCII"):
                raise DeskError("server_encoding", encoding=encoding)
            metadata.create_all(connection, checkfirst=False)
            for statement in ADD_ONLY:
                connection.exec_driver_sql(statement)
            now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
            meta = {"format": str(FORMAT), "team": team, "kind": "team", "made_at": now}
            meta |= {"count": "0", "xor": f"{0:032x}"}
            connection.execute(insert(hub), [{"name": n, "value": v} for n, v in meta.items()])
    finally:
        engine.dispose()


class ServerHub:
    """A team's hub on a server.

    Changes are only ever added, each with the next ``seq``. Publishers wait for one another by
    the lock on the row that says how many there are, so the order of ``seq`` is the order in which
    changes became visible: a laptop asks for what came after the last one it saw. That one, and
    the count and xor of all, tell whether the server still is the one it was.
    """

    def __init__(self, location: str, team: str) -> None:
        """Keep the address; it is called up when first needed, and left when the hub is dropped."""
        self._location = location
        self._team = team
        self._engine = make_server_engine(location)
        self._held: Connection | None = None
        self.close = weakref.finalize(self, self._engine.dispose)

    def changed(self, memory: Memory) -> bool:
        """Say whether the server holds other changes than were seen last: one small query."""
        part = memory.parts.get(PART)
        with self._reading() as connection:
            total = self._stated(connection)
        return part is None or total != Total(part.count, part.xor)

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Let no other laptop publish meanwhile; what is published is there at the end, at once.

        Raises:
            DeskError: another laptop did not finish in time, or the server is away or read-only.
        """
        with faults_told(self._location), self._engine.begin() as connection:
            rows.lock(connection)
            self._held = connection
            try:
                yield
            finally:
                self._held = None

    def read(self, memory: Memory) -> Reading:
        """Read what came after the last change that was seen; everything when that is not sure."""
        with self._reading() as connection:
            total = self._stated(connection)
            reading = rows.read_new(connection, memory.parts.get(PART), total)
            there = total
            if reading is None:
                reading, there = rows.read_all(connection)
        if there != total or reading.problems:
            self._mend()
        return reading

    def publish(self, changes: Sequence[Change], reading: Reading) -> dict[str, Part]:
        """Add changes that are not there yet; return what to remember of the server."""
        if self._held is None:
            with self.holding():
                return self.publish(changes, reading)
        with faults_told(self._location):
            before = self._stated(self._held)
            part = rows.add(self._held, changes, before)
        read = reading.parts[PART]
        # What others published since the reading was not read: it must not pass for seen.
        return {PART: part if before == Total(read.count, read.xor) else read}

    def acks(self) -> list[Ack]:
        """Return what each laptop says it has seen."""
        with self._reading() as connection:
            texts = connection.scalars(select(ack.c.value)).all()
        return [found for text in texts if (found := rows.ack_of(text)) is not None]

    def put_ack(self, mine: Ack) -> None:
        """Publish what this laptop has seen."""
        text = rows.ack_text(self._team, mine)
        put = insert_new(ack).values(stream=mine.stream, value=text)
        put = put.on_conflict_do_update(index_elements=[ack.c.stream], set_={"value": text})
        with self._writing() as connection:
            connection.execute(put)

    def file_names(self) -> set[str]:
        """Return the sha256 names of the attachments on the server."""
        with self._reading() as connection:
            return set(connection.scalars(select(file.c.sha256).where(file.c.part == 0)))

    def put_file(self, path: Path) -> None:
        """Upload an attachment that is named by its sha256, once, and whole or not at all.

        One that is damaged on this laptop is left out: another may have it sound.
        """
        with path.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != path.name:
                return
            stream.seek(0)
            number = 0
            # Not with the changes: a slow upload must not keep others from publishing.
            with faults_told(self._location), self._engine.begin() as connection:
                while (data := stream.read(_PART_OF_FILE)) or number == 0:
                    put = insert_new(file).values(sha256=path.name, part=number, data=data)
                    connection.execute(put.on_conflict_do_nothing())
                    number += 1

    def get_file(self, sha256: str, target: Path) -> bool:
        """Download an attachment, whole and verified, or say that it has not come yet."""
        draft = target.with_name(f"{target.name}.{os.getpid()}.new")
        digest = hashlib.sha256()
        try:
            with self._reading() as connection, draft.open("wb") as stream:
                for number in count():
                    one = select(file.c.data).where(file.c.sha256 == sha256, file.c.part == number)
                    data = connection.scalar(one)
                    if data is None:
                        break
                    digest.update(data)
                    stream.write(data)
            if digest.hexdigest() != sha256:
                return False
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
        return True

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Give the connection that holds the lock, or one all of whose queries see one moment."""
        with faults_told(self._location):
            if self._held is not None:
                yield self._held
                return
            with self._engine.connect() as connection:
                yield connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Give the connection that holds the lock, or a transaction of its own."""
        with faults_told(self._location):
            if self._held is not None:
                yield self._held
                return
            with self._engine.begin() as connection:
                yield connection

    def _stated(self, connection: Connection) -> Total:
        """Return what the hub says it holds.

        Raises:
            DeskError: it is another team's, or of a newer format.
        """
        meta = rows.meta_of(connection)
        if meta["team"] != self._team:
            raise DeskError("share_other_team")
        return rows.stated(meta)

    def _mend(self) -> None:
        """Have the server state what it really holds; leave it where nothing may be written."""
        try:
            with self._writing() as connection:
                rows.lock(connection)
                rows.mend(connection)
        except DeskError as error:
            if error.key != "share_read_only":
                raise
