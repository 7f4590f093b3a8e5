"""A team's shared files under a passphrase: joined, refused, damaged, and given another one."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.db import keys
from desktop_app.db.models import Attachment
from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from desktop_app.services.attachments import add_attachment, keep_file
from desktop_app.sync import team
from desktop_app.sync.modes import Mode
from desktop_app.sync.rekey import change_passphrase
from desktop_app.sync.share import Share
from desktop_app.sync.team import State
from tests.sync.laptops import add, change_fields, laptop, logged, value

PHRASE = "西湖边的第三棵柳树"
OTHER = "Zürich, 8 Uhr 12"
SECRET = "Kältetechnik Müller 不得外传"


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """A laptop knows a passphrase only by what a test gives it."""
    monkeypatch.setattr(keys, "stored", lambda name: None)
    monkeypatch.setattr(keys, "remember", lambda name, phrase: False)
    monkeypatch.delenv(keys.VARIABLE, raising=False)


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[list[Workspace]]:
    opened = [laptop(tmp_path / name, name) for name in ("王", "李")]
    yield opened
    for workspace in opened:
        workspace.close()


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    (tmp_path / "drive").mkdir()
    return tmp_path / "drive"


def connect(laptops: list[Workspace], drive: Path, mode: Mode, phrase: str | None = PHRASE) -> None:
    first, *others = laptops
    location = str(drive / "team.db")
    team.connect(first, location, create=True, mode=mode, passphrase=phrase)
    sync(first, phrase)
    for workspace in others:
        team.connect(workspace, location, mode=mode, passphrase=phrase)
        sync(workspace, phrase)


def sync(workspace: Workspace, phrase: str | None = PHRASE) -> team.SyncResult:
    result = team.sync(workspace, passphrase=phrase)
    assert not [p for p in result.problems if p.key != "share_damaged"], result.problems
    return result


def contents(drive: Path) -> dict[str, bytes]:
    return {str(p.relative_to(drive)): p.read_bytes() for p in drive.rglob("*") if p.is_file()}


def databases(drive: Path) -> list[Path]:
    return [p for p in drive.rglob("*") if p.is_file() and p.suffix != ".json"]


def all_equal(laptops: list[Workspace], phrase: str = PHRASE) -> None:
    for workspace in [*laptops, *laptops]:
        sync(workspace, phrase)
    known = [{c.id for c in logged(w)} for w in laptops]
    assert known[0] == known[1]


@pytest.mark.parametrize("mode", [Mode.DRIVE, Mode.FOLDER])
def test_a_protected_team_works_together_and_its_files_show_nothing(
    mode: Mode, laptops: list[Workspace], drive: Path, tmp_path: Path
) -> None:
    company = add(laptops[0], "companies", name=SECRET)
    connect(laptops, drive, mode)
    paper = tmp_path / "paper.txt"
    paper.write_text(SECRET * 50, "utf-8")
    with laptops[0].write("attach") as session:
        kept = keep_file(laptops[0].paths.files, paper)
        add_attachment(session, "company", company, kept)
    change_fields(laptops[1], "companies", company, notes="gesehen")
    all_equal(laptops)
    assert value(laptops[1], "companies", company, "name") == SECRET
    arrived = laptops[1].paths.files / hashlib.sha256(paper.read_bytes()).hexdigest()
    assert arrived.read_text("utf-8") == SECRET * 50
    with laptops[1].read() as session:
        assert session.query(Attachment).count() == 1
    files = databases(drive)
    assert len(files) >= 2
    assert not [p for p in files if SECRET.encode() in p.read_bytes() or not keys.is_encrypted(p)]
    # All files of a team begin alike: by that they are known, whatever their names.
    assert len({keys.salt_of(p) for p in files}) == 1


@pytest.mark.parametrize("mode", [Mode.DRIVE, Mode.FOLDER])
def test_without_the_passphrase_or_with_another_nothing_there_is_touched(
    mode: Mode, laptops: list[Workspace], drive: Path, tmp_path: Path
) -> None:
    add(laptops[0], "companies", name=SECRET)
    connect(laptops, drive, mode)
    stranger = laptop(tmp_path / "stranger", "赵")
    before = contents(drive)
    for phrase in (None, OTHER):
        with pytest.raises(DeskError, match="share_locked"):
            team.connect(stranger, str(drive / "team.db"), mode=mode, passphrase=phrase)
        assert team.status(stranger).state is State.NOT_CONNECTED
        add(laptops[1], "companies", name=f"waits {phrase}")
        result = team.sync(laptops[1], passphrase=phrase)
        assert [p.key for p in result.problems] == ["share_locked"]
        assert team.status(laptops[1]).waiting >= 1
        assert contents(drive) == before
    stranger.close()
    all_equal(laptops)


@pytest.mark.parametrize("mode", [Mode.DRIVE, Mode.FOLDER])
@pytest.mark.parametrize("place", [3, 40, 5000, "empty", "noughts"])
def test_a_damaged_protected_file_is_made_good_and_stays_protected(
    mode: Mode, place: int | str, laptops: list[Workspace], drive: Path
) -> None:
    for n in range(30):
        add(laptops[0], "companies", name=f"{SECRET} {n}")
    connect(laptops, drive, mode)
    add(laptops[1], "companies", name=SECRET)
    all_equal(laptops)
    damaged = max(drive.glob("team*.db"), key=lambda p: (p.name == "team.db", p.stat().st_size))
    data = bytearray(damaged.read_bytes())
    if isinstance(place, int):
        data[place] ^= 0xFF
    damaged.write_bytes(
        b"" if place == "empty" else bytes(len(data)) if place == "noughts" else data
    )
    add(laptops[1], "companies", name="meanwhile")
    all_equal(laptops)
    files = [p for p in databases(drive) if ".bad-" not in p.name and p != damaged]
    if mode is Mode.DRIVE:
        files.append(damaged)
    assert all(keys.is_encrypted(p) for p in files)
    assert all(SECRET.encode() not in p.read_bytes() for p in databases(drive))


def test_a_conflict_copy_is_known_by_its_first_bytes(laptops: list[Workspace], drive: Path) -> None:
    connect(laptops, drive, Mode.DRIVE)
    add(laptops[0], "companies", name="in the copy only")
    before = (drive / "team.db").read_bytes()
    sync(laptops[0])
    (drive / "team (王's conflicted copy).db").write_bytes((drive / "team.db").read_bytes())
    (drive / "team.db").write_bytes(before)
    sync(laptops[1])
    assert {c.id for c in logged(laptops[0])} == {c.id for c in logged(laptops[1])}


def test_the_passphrase_is_kept_by_the_keyring_that_there_is(
    laptops: list[Workspace], drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[str, str] = {}
    monkeypatch.setattr(keys, "remember", kept.__setitem__)
    monkeypatch.setattr(keys, "stored", kept.get)
    connect(laptops, drive, Mode.DRIVE)
    assert list(kept.values()) == [PHRASE]
    add(laptops[0], "companies", name=SECRET)
    assert team.sync(laptops[0]).state is State.IN_SHARED_FILE
    assert PHRASE not in os.fsdecode((laptops[0].paths.database).read_bytes())


# --- another passphrase --------------------------------------------------------------------------


def attach(workspace: Workspace, company: str, paper: Path, text: str) -> str:
    paper.write_text(text, "utf-8")
    with workspace.write("attach") as session:
        kept = keep_file(workspace.paths.files, paper)
        add_attachment(session, "company", company, kept)
    return kept.sha256


@pytest.mark.parametrize("mode", [Mode.DRIVE, Mode.FOLDER])
@pytest.mark.parametrize(
    ("old", "new"), [(PHRASE, OTHER), (None, PHRASE), (PHRASE, None)], ids=["other", "first", "no"]
)
def test_a_team_takes_another_passphrase_its_first_or_none(
    mode: Mode,
    old: str | None,
    new: str | None,
    laptops: list[Workspace],
    drive: Path,
    tmp_path: Path,
) -> None:
    company = add(laptops[0], "companies", name=SECRET)
    connect(laptops, drive, mode, old)
    sha256 = attach(laptops[0], company, tmp_path / "paper", SECRET * 30)
    sync(laptops[0], old)
    if old is not None:
        before = contents(drive)
        with pytest.raises(DeskError, match="share_locked"):
            change_passphrase(laptops[0], new, "something else")
        assert contents(drive) == before
    change_passphrase(laptops[0], new, old)
    assert all(keys.is_encrypted(p) is (new is not None) for p in drive.glob("*.db"))
    if new is not None:
        assert not [p for p in databases(drive) if SECRET.encode() in p.read_bytes()]
        # Who does not know it yet is told, touches nothing, and goes on when told it.
        add(laptops[1], "companies", name="waits")
        assert [p.key for p in team.sync(laptops[1], passphrase=old).problems] == ["share_locked"]
    add(laptops[0], "companies", name="under the new one")
    for workspace in [*laptops, *laptops]:
        sync(workspace, new)
    assert {c.id for c in logged(laptops[0])} == {c.id for c in logged(laptops[1])}
    assert (laptops[1].paths.files / sha256).read_text("utf-8") == SECRET * 30


def test_a_change_of_the_passphrase_that_was_cut_off_is_finished_by_asking_again(
    laptops: list[Workspace], drive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company = add(laptops[0], "companies", name=SECRET)
    connect(laptops, drive, Mode.FOLDER)
    attach(laptops[0], company, tmp_path / "paper", SECRET)
    add(laptops[1], "companies", name=SECRET)
    all_equal(laptops)
    put = Share.put
    for step in range(4):
        done: list[str] = []

        def cut(share: Share, source: Path, name: str, done: list[str] = done) -> None:
            if len(done) == 1:
                raise OSError("the plug was pulled")
            done.append(name)
            put(share, source, name)

        with monkeypatch.context() as patched:
            patched.setattr(Share, "put", cut)
            try:
                change_passphrase(laptops[0], OTHER, PHRASE)
            except OSError:
                continue
        assert step >= 2
        break
    assert len({keys.salt_of(p) for p in databases(drive)}) == 1
    all_equal(laptops, OTHER)
