"""A real PostgreSQL server as the team's hub; skipped where none is installed."""

import datetime as dt
import json
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import insert

from desktop_app.db import keys
from desktop_app.db.change import Change, make_change
from desktop_app.db.check import check
from desktop_app.db.log_tables import link
from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from desktop_app.i18n import t
from desktop_app.sync import server, server_link
from desktop_app.sync import team as teams
from desktop_app.sync.hub import Ack, Memory, Reading, Total
from desktop_app.sync.laptop import Laptop
from desktop_app.sync.run import Outcome, sync_once
from desktop_app.sync.server import ServerHub
from desktop_app.sync.server_rows import PART
from desktop_app.sync.team import State
from tests.sync.laptops import add, change_fields, laptop, logged, value
from tests.sync.servers import postgres
from tests.sync.servers.postgres import Postgres

TEAM = "5a" * 16


@pytest.fixture(scope="module")
def running() -> Iterator[Postgres]:
    with postgres.running() as started:
        yield started


_NUMBERS = count(1)


class Database:
    """A database of the server, in which a team's hub was made."""

    def __init__(self, pg: Postgres) -> None:
        self.pg = pg
        self.name = f"team_{next(_NUMBERS)}"
        pg.sql("postgres", f"CREATE DATABASE {self.name}")
        self.address = pg.address(self.name)
        server.create(self.address, TEAM)

    def sql(self, *statements: str) -> list[tuple[object, ...]]:
        return self.pg.sql(self.name, *statements)

    def hub(self) -> ServerHub:
        return ServerHub(self.address, TEAM)

    def ids(self) -> set[str]:
        return {bytes(row[0]).hex() for row in self.sql("SELECT id FROM change")}  # type: ignore[call-overload]


@pytest.fixture
def team(running: Postgres) -> Database:
    return Database(running)


_ROWS = count(1)


def some_changes(number: int, stream: str = "11" * 16) -> list[Change]:
    """Return new changes, one record each."""
    return [
        make_change(stream, n, "22" * 16, None, "company", f"{n:032x}", '{"name":["某公司",[]]}')
        for n in (next(_ROWS) for _ in range(number))
    ]


def publish(hub: ServerHub, memory: Memory, changes: Sequence[Change]) -> Reading:
    """Read and publish as a sync does; return the reading."""
    with hub.holding():
        reading = hub.read(memory)
        memory.parts = hub.publish(changes, reading)
    return reading


def connect(workspace: Workspace) -> None:
    """Let a workspace remember a hub."""
    with workspace.write() as session:
        memory = json.dumps({"hub": Memory(TEAM).to_json()})
        session.execute(
            insert(link).values(
                id=1, team=TEAM, location="", mode="server", memory=memory, looked=0
            )
        )


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[list[Workspace]]:
    opened = [laptop(tmp_path / name, name) for name in ("王", "李", "赵")]
    for workspace in opened:
        connect(workspace)
    yield opened
    for workspace in opened:
        workspace.close()


def sync(workspace: Workspace, hub: ServerHub) -> Outcome:
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    outcome = Outcome()
    try:
        sync_once(Laptop(workspace), hub, outcome, cancelled=lambda: False, now=now)
    finally:
        hub.close()
    return outcome


def until_done(work: Callable[[], object]) -> None:
    """Do again what the server refused because it was away or busy."""
    for _ in range(200):
        try:
            work()
        except DeskError as error:
            assert error.key in ("share_away", "share_busy"), error
            threading.Event().wait(0.05)
        else:
            return
    raise AssertionError("the server stayed away")


def all_equal(laptops: list[Workspace], team: Database) -> None:
    """Let each laptop sync twice; all then know the same, and their rows are what the log says."""
    for workspace in laptops * 2:
        sync(workspace, team.hub())
    known = [{c.id for c in logged(w)} for w in laptops]
    assert known[0] == known[1] == known[2] == team.ids()
    for workspace in laptops:
        report = check(workspace)
        assert report.ok, report.problems


# --- laptops that work at once -------------------------------------------------------------------


def test_three_laptops_that_sync_at_once_end_equal(
    laptops: list[Workspace], team: Database
) -> None:
    company = add(laptops[0], "companies", name="Hilti AG")
    for workspace in laptops:
        sync(workspace, team.hub())

    def work(index: int) -> None:
        workspace = laptops[index]
        for turn in range(6):
            add(workspace, "contacts", name=f"{index}-{turn}", company_id=company)
            change_fields(workspace, "companies", company, notes=f"{index}/{turn}")
            until_done(lambda: sync(workspace, team.hub()))

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, range(3)))
    all_equal(laptops, team)
    notes = {value(w, "companies", company, "notes") for w in laptops}
    assert len(notes) == 1


def test_a_server_that_is_killed_and_started_again_loses_nobodys_work(
    laptops: list[Workspace], team: Database
) -> None:
    stop = threading.Event()

    def work(index: int) -> None:
        for turn in range(8):
            add(laptops[index], "companies", name=f"{index}-{turn}")
            until_done(lambda: sync(laptops[index], team.hub()))
            stop.wait(0.02)

    with ThreadPoolExecutor(3) as pool:
        running = [pool.submit(work, index) for index in range(3)]
        for _ in range(2):
            stop.wait(0.2)
            team.pg.stop("immediate")
            stop.wait(0.1)
            team.pg.start()
        for one in running:
            one.result()
    all_equal(laptops, team)
    with laptops[0].read() as session:
        names = session.connection().exec_driver_sql("SELECT count(*) FROM company").scalar()
    assert names == 24


def test_who_reads_on_from_the_last_change_misses_none_that_others_publish_meanwhile(
    team: Database,
) -> None:
    done = threading.Event()

    def write(stream: str) -> list[Change]:
        hub, memory = team.hub(), Memory(TEAM)
        mine: list[Change] = []
        for size in (1, 40, 3, 1, 25, 2, 9, 1):
            some = some_changes(size, stream)
            mine += some
            publish(hub, memory, some)
        return mine

    def read() -> tuple[list[str], int]:
        hub, memory, got, compared = team.hub(), Memory(TEAM), list[str](), 0
        while True:
            last = done.is_set()
            reading = hub.read(memory)
            compared += reading.ids is not None
            memory.parts = reading.parts
            got += [c.id for c in reading.changes]
            if last:
                return got, compared

    with ThreadPoolExecutor(4) as pool:
        reader = pool.submit(read)
        written = [c.id for some in pool.map(write, ["aa" * 16, "bb" * 16]) for c in some]
        done.set()
        got, compared = reader.result()
    # Compared in full only when it knew nothing; after that each change came once.
    assert compared == 1
    assert sorted(got) == sorted(written)


def test_what_another_published_since_the_reading_is_not_taken_for_seen(team: Database) -> None:
    mine, other, memory = team.hub(), team.hub(), Memory(TEAM)
    reading = mine.read(memory)
    theirs = some_changes(2)
    publish(other, Memory(TEAM), theirs)
    memory.parts = mine.publish(some_changes(1), reading)
    assert {c.id for c in theirs} <= {c.id for c in mine.read(memory).changes}


def test_a_lock_that_is_held_too_long_says_busy_and_what_is_published_twice_is_there_once(
    team: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_link, "_LOCK_SECONDS", 1)
    first, second = team.hub(), team.hub()
    some = some_changes(3)
    with first.holding():
        reading = first.read(Memory(TEAM))
        with pytest.raises(DeskError, match="share_busy"), second.holding():
            pass
        first.publish(some, reading)
    publish(second, Memory(TEAM), some)
    assert team.sql("SELECT count(*) FROM change") == [(3,)]


# --- what it costs -------------------------------------------------------------------------------


def rows_read(team: Database) -> int:
    """Return how many rows of changes the server has read since it was asked to forget."""
    found = team.sql(
        "SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables "
        "WHERE relname = 'change'"
    )
    return int(str(found[0][0]))


def test_a_sync_reads_only_what_is_new(team: Database) -> None:
    hub, memory = team.hub(), Memory(TEAM)
    publish(hub, memory, some_changes(20_000))
    new = some_changes(7)
    publish(team.hub(), Memory(TEAM), new)
    hub.close()
    team.sql("VACUUM ANALYZE change", "SELECT pg_stat_reset()")

    again = team.hub()
    assert again.changed(memory)
    reading = again.read(memory)
    assert {c.id for c in reading.changes} == {c.id for c in new}
    memory.parts = reading.parts
    assert not again.changed(memory)
    again.close()
    # The server reads the seven, the one seen last, and the newest of all.
    assert rows_read(team) <= 7 + 2


# --- a server that is not what it was ------------------------------------------------------------


def changed_by_hand(team: Database, kind: str) -> None:
    """Let an administrator do something unwise."""
    statements = {
        "newest deleted": ["DELETE FROM change WHERE seq > (SELECT max(seq) - 3 FROM change)"],
        "middle deleted": ["DELETE FROM change WHERE seq IN (4, 6)"],
        "all deleted": ["TRUNCATE change RESTART IDENTITY"],
        "unnoticed": [
            "ALTER TABLE change DISABLE TRIGGER change_meddled",
            "DELETE FROM change WHERE seq > (SELECT max(seq) - 3 FROM change)",
            "ALTER TABLE change ENABLE TRIGGER change_meddled",
        ],
        "count lost": ["UPDATE hub SET value = 'many' WHERE name = 'count'"],
    }
    team.sql(*statements[kind])


@pytest.mark.parametrize(
    "kind", ["newest deleted", "middle deleted", "all deleted", "unnoticed", "count lost"]
)
def test_what_was_removed_by_hand_comes_back(
    kind: str, laptops: list[Workspace], team: Database
) -> None:
    for workspace in laptops:
        add(workspace, "companies", name="Sika AG")
        add(workspace, "companies", name="Bühler")
    all_equal(laptops, team)
    before = team.ids()
    changed_by_hand(team, kind)
    add(laptops[1], "companies", name="Stäubli")
    all_equal(laptops, team)
    assert team.ids() > before
    # And it is not compared in full for ever.
    memory = Laptop(laptops[0]).memory()
    assert team.hub().read(memory).ids is None


def test_an_older_backup_of_the_server_heals(laptops: list[Workspace], team: Database) -> None:
    add(laptops[0], "companies", name="Early")
    all_equal(laptops, team)
    dump = team.pg.dump(team.name)
    add(laptops[0], "companies", name="Late")
    add(laptops[1], "companies", name="Later")
    all_equal(laptops, team)
    before = team.ids()
    team.pg.restore(team.name, dump)
    assert team.ids() < before
    # Others publish first: their changes take the places that the lost ones had.
    add(laptops[2], "companies", name="Latest")
    all_equal(laptops, team)
    assert team.ids() > before


def test_a_row_altered_by_hand_is_not_taken_in_and_the_true_one_comes_back(
    laptops: list[Workspace], team: Database
) -> None:
    company = add(laptops[0], "companies", name="Sulzer")
    sync(laptops[0], team.hub())
    truth = team.sql("SELECT id, fields FROM change ORDER BY id")
    team.sql("UPDATE change SET fields = replace(fields, 'Sulzer', 'Sülzer')")
    outcome = sync(laptops[1], team.hub())
    assert [p.key for p in outcome.problems] == ["share_damaged"]
    assert company not in {c.row for c in logged(laptops[1])}
    all_equal(laptops, team)
    assert value(laptops[1], "companies", company, "name") == "Sulzer"
    assert set(truth) <= set(team.sql("SELECT id, fields FROM change"))
    assert "Sülzer" in str(team.sql("SELECT row FROM damaged"))


# --- a server that is away, refuses, or is another's ---------------------------------------------


def refusal(work: Callable[[], object]) -> DeskError:
    """Return the expected error of some work, worded in both languages, without the password."""
    with pytest.raises(DeskError) as caught:
        work()
    error = caught.value
    for language in ("zh", "en"):
        text = t(f"errors.{error.key}", lang=language, **error.values)
        assert "secret" not in text
        assert text.endswith(("。", "."))
    return error


def test_a_server_that_is_not_there_is_away(running: Postgres) -> None:
    nobody = f"postgresql://a:secret@127.0.0.1:{postgres.free_port()}/x"
    assert refusal(lambda: server.team_on(nobody)).key == "share_away"
    unknown = "postgresql+psycopg://a:secret@host.invalid/x"
    assert refusal(lambda: server.team_on(unknown)).key == "share_away"


def test_a_wrong_password_user_or_database_is_said_in_the_servers_words(team: Database) -> None:
    pg = team.pg
    wrong = refusal(lambda: server.team_on(pg.address(team.name, password="secret")))
    assert wrong.key == "server_refused"
    assert "password" in str(wrong.values["detail"])
    assert "secret" not in str(wrong.values)
    missing = refusal(lambda: server.team_on(pg.address("nowhere")))
    assert missing.key == "server_refused"
    assert "nowhere" in str(missing.values["detail"])


@pytest.mark.parametrize("text", ["mysql://a@b/c", "postgresql://", "://", "postgresql://h:x/y"])
def test_what_is_no_address_of_a_server_is_refused(text: str) -> None:
    assert refusal(lambda: server_link.address(text)).key == "server_address"


def test_an_empty_database_has_no_team_and_one_with_a_team_is_not_made_again(
    running: Postgres,
) -> None:
    running.sql("postgres", "CREATE DATABASE empty_one")
    address = running.address("empty_one")
    assert server.team_on(address) is None
    hub = ServerHub(address, TEAM)
    assert refusal(lambda: hub.read(Memory(TEAM))).key == "share_away"
    server.create(address, TEAM)
    assert server.team_on(address) == TEAM
    assert refusal(lambda: server.create(address, TEAM)).key == "share_exists"


def test_another_teams_server_a_newer_one_and_a_foreign_one_are_left_alone(team: Database) -> None:
    other = ServerHub(team.address, "00" * 16)
    assert refusal(lambda: other.changed(Memory(TEAM))).key == "share_other_team"
    team.sql("UPDATE hub SET value = '2' WHERE name = 'format'")
    assert refusal(lambda: team.hub().read(Memory(TEAM))).key == "share_newer"
    team.sql("DELETE FROM hub WHERE name = 'format'")
    assert refusal(lambda: team.hub().read(Memory(TEAM))).key == "share_not_ours"


def test_a_database_in_an_encoding_that_lacks_letters_is_refused(running: Postgres) -> None:
    running.sql("postgres", "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    error = refusal(lambda: server.create(running.address("latin"), TEAM))
    assert (error.key, error.values["encoding"]) == ("server_encoding", "LATIN1")


def test_who_may_only_read_pulls_and_the_own_work_waits(
    laptops: list[Workspace], team: Database
) -> None:
    add(laptops[0], "companies", name="Georg Fischer")
    sync(laptops[0], team.hub())
    team.sql(
        "CREATE ROLE guest LOGIN PASSWORD 'secret'",
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO guest",
    )
    address = team.pg.address(team.name, "guest", "secret")
    add(laptops[1], "companies", name="waits here")
    outcome = sync(laptops[1], ServerHub(address, TEAM))
    assert (outcome.pulled, outcome.pushed) == (2, 0)
    assert [p.key for p in outcome.problems] == ["share_read_only"]
    all_equal(laptops, team)
    team.sql("DROP OWNED BY guest", "DROP ROLE guest")


def test_a_full_disk_of_the_server_keeps_the_work_here(team: Database) -> None:
    team.sql(
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END$$",
        "CREATE TRIGGER full_disk BEFORE INSERT ON change EXECUTE FUNCTION full_disk()",
    )
    hub, memory, some = team.hub(), Memory(TEAM), some_changes(2)
    assert refusal(lambda: publish(hub, memory, some)).key == "share_full"
    team.sql("DROP TRIGGER full_disk ON change")
    publish(hub, memory, some)
    assert team.ids() == {c.id for c in some}


def test_a_team_is_made_joined_and_synced_by_the_servers_address(
    running: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[str, str | None] = {}
    monkeypatch.setattr(keys, "stored", kept.get)

    def remember(name: str, word: str | None) -> bool:
        kept[name] = word
        return True

    monkeypatch.setattr(keys, "remember", remember)
    running.sql("postgres", "CREATE DATABASE joined")
    address = running.address("joined")
    first, second = laptop(tmp_path / "a", "王"), laptop(tmp_path / "b", "李")
    assert refusal(lambda: teams.connect(second, address)).key == "share_not_ours"
    company = add(first, "companies", name="Pilatus")
    teams.connect(first, address, create=True)
    assert teams.sync(first).state is State.IN_SHARED_FILE
    teams.connect(second, address)
    assert teams.sync(second).pulled >= 2
    assert value(second, "companies", company, "name") == "Pilatus"
    # The password is the keyring's: neither the database nor anything shown has it.
    assert set(kept.values()) == {running.password}
    assert running.password not in str(teams.status(first))
    for workspace in (first, second):
        workspace.close()
        assert running.password.encode() not in (workspace.paths.database).read_bytes()


# --- acknowledgements and attachments ------------------------------------------------------------


def test_each_laptop_says_what_it_has_seen(team: Database) -> None:
    hub = team.hub()
    hub.put_ack(Ack("aa" * 16, "n1", "2026-01-01T00:00:00Z", {"bb" * 16: Total(3, 2**127 + 5)}))
    mine = Ack("aa" * 16, "n2", "2026-01-02T00:00:00Z", {"bb" * 16: Total(4, 7)})
    hub.put_ack(mine)
    team.sql("INSERT INTO ack VALUES ('cc', 'not an acknowledgement'), ('dd', '[1]')")
    assert hub.acks() == [mine]


def test_attachments_go_up_once_and_come_down_whole(team: Database, tmp_path: Path) -> None:
    import hashlib

    hub = team.hub()
    for data in (b"", "资料".encode(), os.urandom(2_500_000)):
        name = hashlib.sha256(data).hexdigest()
        source, target = tmp_path / name, tmp_path / f"{name}.copy"
        source.write_bytes(data)
        if data:
            assert not hub.get_file(name, target)
            assert not target.exists()
        hub.put_file(source)
        hub.put_file(source)
        assert name in hub.file_names()
        assert hub.get_file(name, target)
        assert target.read_bytes() == data
    # Half of one is none, on the server as on the laptop.
    team.sql("DELETE FROM file WHERE part = 1")
    assert not hub.get_file(name, target)
    broken = tmp_path / ("0" * 64)
    broken.write_bytes(b"something else")
    hub.put_file(broken)
    assert broken.name not in hub.file_names()
    assert not list(tmp_path.glob("*.new"))


def test_what_is_remembered_names_the_newest_change(team: Database) -> None:
    hub, memory, some = team.hub(), Memory(TEAM), some_changes(2)
    publish(hub, memory, some)
    assert memory.parts[PART].stamp.endswith(some[1].id)
    assert Memory.from_json(memory.to_json()) == memory
