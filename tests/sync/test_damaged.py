"""A damaged hub file is refused, or gives exactly what was written: never anything else."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from desktop_app.sync.drive import DriveHub
from desktop_app.sync.hub_file import DamagedError, ForeignError, read_part, write_part
from tests.sync.hubs import TEAM, Desk, held, is_refused, some_changes, sql, team_of

_PAGE = 4096
_Mutation = Callable[[bytearray, random.Random], bytes]


def _flip(data: bytearray, dice: random.Random) -> bytes:
    for _ in range(dice.choice((1, 1, 1, 5, 50))):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(data)


def _truncate(data: bytearray, dice: random.Random) -> bytes:
    pages = dice.random() < 0.5
    return bytes(
        data[: dice.randrange(len(data)) // (_PAGE if pages else 1) * (_PAGE if pages else 1)]
    )


def _zero(data: bytearray, dice: random.Random) -> bytes:
    at = dice.randrange(len(data) // _PAGE) * _PAGE
    length = dice.choice((16, 512, _PAGE))
    data[at : at + length] = bytes(length)
    return bytes(data)


def _swap(data: bytearray, dice: random.Random) -> bytes:
    one, two = (n * _PAGE for n in dice.sample(range(len(data) // _PAGE), 2))
    data[one : one + _PAGE], data[two : two + _PAGE] = (
        data[two : two + _PAGE],
        data[one : one + _PAGE],
    )
    return bytes(data)


def _empty(data: bytearray, dice: random.Random) -> bytes:
    return b""


def _noise(data: bytearray, dice: random.Random) -> bytes:
    at = dice.randrange(len(data)) if dice.random() < 0.8 else 0
    length = dice.choice((1, 100, _PAGE, len(data)))
    data[at : at + length] = dice.randbytes(len(data[at : at + length]))
    return bytes(data)


_MUTATIONS: tuple[_Mutation, ...] = (_flip, _flip, _truncate, _zero, _swap, _empty, _noise)


@pytest.mark.parametrize("count", [300, pytest.param(10_000, marks=pytest.mark.long)])
def test_no_damaged_hub_is_taken_for_something_it_was_not(count: int, tmp_path: Path) -> None:
    sound, broken = tmp_path / "sound.db", tmp_path / "broken.db"
    written = some_changes(80)
    before = write_part(sound, TEAM, "team", "a1" * 16, written[:60])
    sound.unlink()
    write_part(sound, TEAM, "team", "a1" * 16, written)
    data = sound.read_bytes()
    refused = 0
    for seed in range(count):
        dice = random.Random(seed)
        broken.write_bytes(dice.choice(_MUTATIONS)(bytearray(data), dice))
        after = dice.choice((None, before))
        try:
            contents = read_part(broken, after)
        except (DamagedError, ForeignError, DeskError):
            refused += 1
            continue
        if contents.team != TEAM:
            refused += 1
            continue
        assert contents.changes == (written if contents.ids else written[60:]), seed
        assert contents.ids in (None, {c.id for c in written}), seed
    assert count * 0.5 < refused < count


def test_another_database_and_a_laptops_own_are_no_hub_files(tmp_path: Path) -> None:
    own = Workspace.open(tmp_path / "laptop")
    own.close()
    sql(tmp_path / "other.db", "CREATE TABLE change (seq INTEGER PRIMARY KEY, id BLOB)")
    for path in (own.paths.database, tmp_path / "other.db"):
        with pytest.raises(ForeignError):
            read_part(path)


@pytest.mark.parametrize("seed", range(14))
def test_a_team_whose_file_was_damaged_goes_on_with_every_change(seed: int, tmp_path: Path) -> None:
    one, two = Desk(tmp_path), Desk(tmp_path, "b2" * 16)
    one.edit(60)
    team_of(tmp_path, DriveHub, one, two)
    two.edit(4)
    file = tmp_path / "team.db"
    dice = random.Random(seed)
    file.write_bytes(_MUTATIONS[seed % len(_MUTATIONS)](bytearray(file.read_bytes()), dice))
    was_refused = is_refused(file)
    told = {p.key for p in two.sync().problems}
    # Damage in rows that a laptop has verified before is found by the next who reads them all.
    newcomer = Desk(tmp_path, "c3" * 16)
    told |= {p.key for p in newcomer.sync().problems}
    assert bool(told & {"share_damaged", "share_other_team"}) == was_refused
    for desk in [one, two, newcomer] * 2:
        desk.sync()
    assert held(tmp_path) == set(one.log) == set(two.log) == set(newcomer.log)
    assert len(one.log) == 64
    for desk in (one, two, newcomer):
        desk.hub.close()
