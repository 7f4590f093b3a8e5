"""A hub's file: what is written comes back, and what says something untrue is refused."""

import shutil
import time
from pathlib import Path

import pytest

from desktop_app.domain.errors import DeskError
from desktop_app.sync.hub import Part, Total
from desktop_app.sync.hub_file import DamagedError, ForeignError, append_part, read_part, write_part
from tests.sync.hubs import TEAM, some_changes, sql

_STREAM = "a1" * 16


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "team.db"
    write_part(path, TEAM, "team", _STREAM, some_changes(20))
    return path


def test_a_file_gives_back_every_change_in_order(file: Path) -> None:
    contents = read_part(file)
    assert contents.changes == some_changes(20)
    assert contents.total == Total().add(c.id for c in some_changes(20))
    assert (contents.team, contents.generation) == (TEAM, 1)


def test_a_later_edition_gives_only_what_is_new_and_begins_with_other_bytes(
    file: Path, tmp_path: Path
) -> None:
    before = read_part(file).total
    later = tmp_path / "later.db"
    append_part(file, later, "b2" * 16, some_changes(5, first=20))
    contents = read_part(later, Part("", before.count, before.xor))
    assert contents.changes == some_changes(5, first=20)
    assert (contents.ids, contents.generation) == (None, 2)
    assert later.read_bytes()[:100] != file.read_bytes()[:100]


def test_an_edition_that_did_not_just_grow_is_read_in_full(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    part = write_part(other, TEAM, "team", _STREAM, some_changes(20, "b2" * 16))
    contents = read_part(file, part)
    assert contents.changes == some_changes(20)
    assert contents.ids == {c.id for c in some_changes(20)}


@pytest.mark.parametrize(
    "meddling",
    [
        "UPDATE change SET author = '某人' WHERE seq = 3",
        "UPDATE change SET fields = replace(fields, '西湖', '东湖') WHERE seq = 3",
        "UPDATE change SET hlc = hlc + 1 WHERE seq = 3",
        "UPDATE change SET hlc = 1.5 WHERE seq = 3",
        "UPDATE change SET fields = NULL WHERE seq = 3",
        "UPDATE change SET id = randomblob(16) WHERE seq = 3",
        "DELETE FROM change WHERE seq = 20",
        "DELETE FROM change",
        "DELETE FROM hub",
        "DROP TABLE change",
        "UPDATE hub SET value = '19' WHERE name = 'count'",
        "UPDATE hub SET value = 'many' WHERE name = 'count'",
        "UPDATE hub SET value = NULL WHERE name = 'xor'",
        "UPDATE hub SET value = 'nobody' WHERE name = 'team'",
        "INSERT INTO change SELECT 99, id, stream, hlc, tx, author, tbl, row, fields, schema, extra"
        " FROM change WHERE seq = 1",
    ],
)
def test_a_file_that_somebody_meddled_with_is_refused(meddling: str, file: Path) -> None:
    sql(file, meddling)
    with pytest.raises(DamagedError):
        read_part(file)


@pytest.mark.parametrize(
    "fields",
    [
        "[]",
        "7",
        '{"name":"plain"}',
        '{"name":["a",["no id"]]}',
        '{"name":[1.5,[]]}',
        '{"name":[{"a":1},[]]}',
        '{"name":["a",[7]]}',
    ],
)
def test_fields_that_could_not_be_merged_are_refused_though_their_id_is_true(
    fields: str, tmp_path: Path
) -> None:
    from desktop_app.db.change import make_change

    wrong = make_change(_STREAM, 1, "0" * 32, None, "company", "0" * 32, fields)
    write_part(tmp_path / "team.db", TEAM, "team", _STREAM, [wrong])
    with pytest.raises(DamagedError):
        read_part(tmp_path / "team.db")


@pytest.mark.parametrize("data", [b"", b"\0" * 4096, "一封信".encode() * 99, b"SQLite format 3\0"])
def test_what_is_no_hub_file_is_none(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "team.db").write_bytes(data)
    with pytest.raises(ForeignError):
        read_part(tmp_path / "team.db")


def test_a_newer_format_is_not_damage(file: Path) -> None:
    sql(file, "UPDATE hub SET value = '2' WHERE name = 'format'")
    with pytest.raises(DeskError) as caught:
        read_part(file)
    assert caught.value.key == "share_newer"


def test_a_hundred_thousand_changes_are_read_and_verified_in_some_seconds(tmp_path: Path) -> None:
    path, later = tmp_path / "team.db", tmp_path / "later.db"
    part = write_part(path, TEAM, "team", _STREAM, some_changes(100_000))
    began = time.perf_counter()
    assert len(read_part(path).changes) == 100_000
    in_full = time.perf_counter() - began
    shutil.copyfile(path, later)
    began = time.perf_counter()
    assert read_part(later, part).changes == []
    assert time.perf_counter() - began < in_full
    # On a busy machine; about a second on a quiet one.
    assert in_full < 10
