"""Whatever goes wrong on the share, on real workspaces: told, never raised, and made good."""

import errno
import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from desktop_app.db.check import check
from desktop_app.domain.errors import DeskError
from desktop_app.sync import share as share_module
from desktop_app.sync import team
from desktop_app.sync.file_hub import FILES
from desktop_app.sync.modes import Mode
from desktop_app.sync.team import State
from tests.sync.hubs import Steps, failing
from tests.sync.laptops import add, laptop, logged
from tests.sync.test_rot import names

_MODES = pytest.mark.parametrize("mode", [Mode.DRIVE, Mode.FOLDER])
_TOLD = {"share_away", "share_read_only", "share_full", "share_busy"}
_MOST_STEPS = 200


class Pair:
    """Two laptops of a team that know the same."""

    def __init__(self, folder: Path, mode: Mode) -> None:
        self.share = folder / "共享"
        self.share.mkdir(parents=True)
        self.one, self.two = laptop(folder / "one", "王敏"), laptop(folder / "two", "李强")
        for workspace in (self.one, self.two):
            team.connect(workspace, str(self.share), create=workspace is self.one, mode=mode)
            team.sync(workspace)
        self.meet()

    def meet(self) -> None:
        """Let both sync until both know all."""
        for workspace in (self.one, self.two) * 2:
            assert team.sync(workspace).state is State.IN_SHARED_FILE

    def assert_equal(self, *companies: str) -> None:
        """Find the same on both laptops, these companies too, and both sound."""
        self.meet()
        assert {c.id for c in logged(self.one)} == {c.id for c in logged(self.two)}
        assert names(self.one) == names(self.two)
        assert names(self.one) >= set(companies)
        for workspace in (self.one, self.two):
            assert check(workspace).problems == []

    def close(self) -> None:
        self.one.close()
        self.two.close()


@pytest.fixture(params=[Mode.DRIVE, Mode.FOLDER], ids=["drive", "folder"])
def pair(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Pair]:
    made = Pair(tmp_path, request.param)
    yield made
    made.close()


@pytest.mark.parametrize(
    "code",
    [errno.EIO, errno.ENOSPC, errno.EACCES, errno.EROFS, errno.ESTALE],
    ids=lambda code: errno.errorcode[code],
)
def test_a_fault_at_any_step_is_told_and_the_next_sync_makes_all_well(
    pair: Pair, code: int
) -> None:
    for number in range(1, _MOST_STEPS):
        add(pair.one, "companies", name=f"Eins {number}")
        add(pair.two, "companies", name=f"Zwei {number}")
        assert team.sync(pair.two).state is State.IN_SHARED_FILE
        with Steps(pair.share, number, failing(code)) as steps:
            result = team.sync(pair.one)
        assert {p.key for p in result.problems} <= _TOLD, number
        assert f"Eins {number}" in names(pair.one)
        assert team.sync(pair.one).state is State.IN_SHARED_FILE, number
        assert team.sync(pair.two).state is State.IN_SHARED_FILE, number
        assert names(pair.one) == names(pair.two), number
        if steps.count < number:
            assert number > 12
            break
    pair.assert_equal()


def test_a_folder_that_vanishes_at_any_step_is_a_share_that_is_away(pair: Pair) -> None:
    away = pair.share.with_name("away")
    for number in range(1, _MOST_STEPS):
        add(pair.one, "companies", name=f"Eins {number}")
        with Steps(pair.share, number, lambda event: _move(pair.share, away)) as steps:
            result = team.sync(pair.one)
        assert {p.key for p in result.problems} <= _TOLD, number
        if steps.count < number:
            break
        assert not pair.share.exists(), "a folder that is away is never made anew"
        away.rename(pair.share)
        assert team.sync(pair.one).state is State.IN_SHARED_FILE, number
    pair.assert_equal()


def _move(share: Path, away: Path) -> None:
    """Rename the folder, without counting that as a step of the sync's."""
    current, Steps._current = Steps._current, None
    share.rename(away)
    Steps._current = current


def test_a_share_that_is_away_waits_and_heals_when_it_is_back(pair: Pair) -> None:
    away = pair.share.with_name("away")
    pair.share.rename(away)
    add(pair.one, "companies", name="Unterwegs AG")
    assert team.sync(pair.one).state is State.OFFLINE
    assert team.status(pair.one).waiting
    assert not pair.share.exists()
    away.rename(pair.share)
    pair.assert_equal("Unterwegs AG")


def test_a_folder_emptied_while_it_is_read_takes_nothing_away(pair: Pair, tmp_path: Path) -> None:
    add(pair.one, "companies", name="Zuvor AG")
    team.sync(pair.one)
    shutil.copytree(pair.share, tmp_path / "kept")

    def empty(event: str) -> None:
        current, Steps._current = Steps._current, None
        for path in pair.share.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        Steps._current = current

    with Steps(pair.share, 5, empty):
        result = team.sync(pair.two)
    assert {p.key for p in result.problems} <= _TOLD
    assert team.sync(pair.two).state is State.OFFLINE
    assert "Zuvor AG" in names(pair.one)
    shutil.copytree(tmp_path / "kept", pair.share, dirs_exist_ok=True)
    pair.assert_equal("Zuvor AG")


def _mount(*words: str) -> bool:
    """Say whether a mount command worked."""
    try:
        return not subprocess.run(["mount", *words], check=False, capture_output=True).returncode
    except FileNotFoundError:
        return False


@pytest.fixture
def small_disk(pair: Pair) -> Iterator[Path]:
    """Put the share on a disk of its own of 256 kB."""
    held = pair.share.with_name("held")
    shutil.copytree(pair.share, held)
    if not _mount("-t", "tmpfs", "-o", "size=256k", "tmpfs", str(pair.share)):
        pytest.skip("needs the right to mount a small disk")
    try:
        shutil.copytree(held, pair.share, dirs_exist_ok=True)
        yield pair.share
    finally:
        subprocess.run(["umount", str(pair.share)], check=True)


def test_a_real_full_disk_is_told_and_the_old_file_stands(pair: Pair, small_disk: Path) -> None:
    add(pair.two, "companies", name="Vorher AG")
    team.sync(pair.two)
    before = {p: p.read_bytes() for p in small_disk.glob("team*.db") if ".prev" not in p.name}
    with pytest.raises(OSError), (small_disk / "ballast").open("wb", buffering=0) as ballast:
        while ballast.write(bytes(1024)):
            pass
    add(pair.one, "companies", name="Warten AG")
    result = team.sync(pair.one)
    assert [p.key for p in result.problems] == ["share_full"]
    assert "Vorher AG" in names(pair.one), "reading goes on"
    assert {p: p.read_bytes() for p in before} == before
    (small_disk / "ballast").unlink()
    # At once: no lock without a holder was left there.
    assert team.sync(pair.one).state is State.IN_SHARED_FILE
    pair.assert_equal("Vorher AG", "Warten AG")


def test_a_really_read_only_share_is_read_and_the_work_waits(pair: Pair, small_disk: Path) -> None:
    add(pair.two, "companies", name="Vorher AG")
    team.sync(pair.two)
    assert _mount("-o", "remount,ro", str(small_disk))
    add(pair.one, "companies", name="Warten AG")
    result = team.sync(pair.one)
    assert result.state is State.READ_ONLY
    assert "Vorher AG" in names(pair.one)
    assert team.status(pair.one).waiting
    assert _mount("-o", "remount,rw", str(small_disk))
    pair.assert_equal("Vorher AG", "Warten AG")


@pytest.mark.parametrize("winerror", [None, 32])
@pytest.mark.parametrize("refused", ["team.db", "team.prev.db"])
def test_a_drive_that_refuses_to_replace_is_shared_as_a_folder_from_then_on(
    refused: str, winerror: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = Pair(tmp_path, Mode.DRIVE)
    replace = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if Path(target).name == refused:
            error = PermissionError(errno.EACCES, "no")
            if winerror:
                error.winerror = winerror  # type: ignore[attr-defined, unused-ignore]
            raise error
        return replace(path, target)

    add(pair.one, "companies", name="Neu AG")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        patch.setattr(share_module, "_RETRY_SECONDS", 0.05)
        assert team.sync(pair.one).state is State.IN_SHARED_FILE
    assert team.status(pair.one).mode is Mode.FOLDER
    assert team.status(pair.two).mode is Mode.DRIVE
    pair.assert_equal("Neu AG")
    pair.close()


def test_two_windows_do_not_sync_one_workspace_at_once(pair: Pair) -> None:
    add(pair.one, "companies", name="Neu AG")
    with team.one_at_a_time(pair.one.paths.folder):
        result = team.sync(pair.one)
    assert (result.state, [p.key for p in result.problems]) == (State.BUSY, ["sync_running"])
    pair.assert_equal("Neu AG")


def test_a_slow_share_can_be_left_at_any_step_and_all_comes_right(pair: Pair) -> None:
    for number in range(1, _MOST_STEPS):
        add(pair.one, "companies", name=f"Eins {number}")
        seconds = [0]

        def slow(event: str, seconds: list[int] = seconds) -> None:
            seconds[0] += 10

        with Steps(pair.share, 1, slow, _MOST_STEPS) as steps:
            team.sync(pair.one, cancelled=partial(_is_late, seconds, 10 * number))
        assert f"Eins {number}" in names(pair.one)
        # To tidy up, and no more, is still done: twelve calls at most.
        assert steps.count <= number + 12, number
        if steps.count < number:
            break
    pair.assert_equal()


def _is_late(seconds: list[int], most: int) -> bool:
    return seconds[0] >= most


def _attach(pair: Pair, data: bytes) -> str:
    """Attach a file to a new company, as the form does; return its name."""
    sha256 = hashlib.sha256(data).hexdigest()
    pair.one.paths.files.mkdir(exist_ok=True)
    (pair.one.paths.files / sha256).write_bytes(data)
    row = add(pair.one, "companies", name="Anlage AG")
    add(
        pair.one, "attachments", sha256=sha256, name="信.pdf", record_table="company", record_id=row
    )
    return sha256


def test_an_attachment_is_there_before_the_change_that_names_it(pair: Pair) -> None:
    order: list[str] = []
    replace = Path.replace

    def noting(path: Path, target: Path) -> Path:
        order.append(Path(target).name)
        return replace(path, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", noting)
        sha256 = _attach(pair, b"letter" * 1000)
        team.sync(pair.one)
    published = [n for n in order if n == "team.db" or n.startswith("team~")]
    assert order.index(sha256) < order.index(published[0])
    team.sync(pair.two)
    assert (pair.two.paths.files / sha256).read_bytes() == b"letter" * 1000
    pair.assert_equal("Anlage AG")


@pytest.mark.parametrize("left", [None, b"", b"another letter"])
def test_an_attachment_that_has_not_come_whole_stays_awaited(
    left: bytes | None, pair: Pair
) -> None:
    sha256 = _attach(pair, b"letter" * 1000)
    team.sync(pair.one)
    there = pair.share / FILES / sha256
    there.unlink()
    if left is not None:
        there.write_bytes(left)
    assert team.sync(pair.two).state is State.IN_SHARED_FILE
    assert not (pair.two.paths.files / sha256).exists()
    there.write_bytes(b"letter" * 1000)
    team.sync(pair.two)
    assert (pair.two.paths.files / sha256).read_bytes() == b"letter" * 1000


def _delete_files(share: Path) -> None:
    for path in share.glob("team*.db"):
        path.unlink()


def test_a_deleted_shared_file_is_made_anew_for_the_same_team_on_the_persons_word(
    pair: Pair,
) -> None:
    _delete_files(pair.share)
    add(pair.one, "companies", name="Eins AG")
    add(pair.two, "companies", name="Zwei AG")
    assert team.sync(pair.one).state is State.OFFLINE
    assert not list(pair.share.glob("team*.db"))
    team.connect(pair.one, str(pair.share), create=True)
    pair.assert_equal("Eins AG", "Zwei AG")


def test_a_shared_file_that_is_there_or_whose_folder_is_away_is_not_made_anew(pair: Pair) -> None:
    before = {p: p.read_bytes() for p in pair.share.glob("team*.db")}
    with pytest.raises(DeskError) as caught:
        team.recreate(pair.one)
    assert caught.value.key == "share_exists"
    assert {p: p.read_bytes() for p in pair.share.glob("team*.db")} == before
    pair.share.rename(pair.share.with_name("away"))
    with pytest.raises(DeskError) as caught:
        team.recreate(pair.one)
    assert caught.value.key == "share_away"
    assert not pair.share.exists()
    pair.share.with_name("away").rename(pair.share)
    with pytest.raises(DeskError) as caught:
        team.connect(pair.one, str(pair.share.with_name("else.db")), create=True)
    assert caught.value.key == "team_connected"


@_MODES
def test_a_protected_file_is_made_anew_protected_and_only_by_its_passphrase(
    mode: Mode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INVEST_DESK_PASSPHRASE", "richtig")
    share = tmp_path / "share"
    share.mkdir()
    one = laptop(tmp_path / "one", "王敏")
    add(one, "companies", name="Geheim AG")
    team.connect(one, str(share), create=True, mode=mode, passphrase="richtig")
    team.sync(one)
    two = laptop(tmp_path / "two", "李强")
    team.connect(two, str(share), mode=mode, passphrase="richtig")
    team.sync(two)
    _delete_files(share)
    with pytest.raises(DeskError) as caught:
        team.recreate(one, "falsch")
    assert caught.value.key == "share_locked"
    assert not list(share.glob("team*.db"))
    team.recreate(one)
    for workspace in (one, two, one):
        assert team.sync(workspace).state is State.IN_SHARED_FILE
    assert names(one) == names(two) == {"Geheim AG"}
    assert all(not p.read_bytes().startswith(b"SQLite") for p in share.glob("team*.db"))
    for workspace in (one, two):
        workspace.close()
