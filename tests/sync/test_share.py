"""Files on a share: whole or not at all, and each fault in words that say what to do."""

import errno
import os
from pathlib import Path

import pytest

from desktop_app.domain.errors import DeskError
from desktop_app.sync import share as share_module
from desktop_app.sync.detect import find_mode
from desktop_app.sync.modes import Mode
from desktop_app.sync.share import CancelledError, ReplaceRefusedError, Share
from tests.sync.hubs import Steps, failing


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "share").mkdir()
    (tmp_path / "share/team.db").write_bytes(b"old")
    (tmp_path / "local.db").write_bytes(b"new" * 9999)
    return tmp_path / "share"


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_a_file_is_put_whole_and_fetched_whole(folder: Path, tmp_path: Path) -> None:
    share = Share(folder)
    before = share.stamp("team.db")
    share.put(tmp_path / "local.db", "team.db")
    assert share.fetch("team.db", tmp_path / "back.db")
    assert (tmp_path / "back.db").read_bytes() == b"new" * 9999
    assert share.stamp("team.db") != before
    assert names(folder) == ["team.db"]


@pytest.mark.parametrize(
    ("code", "key"),
    [
        (errno.EIO, "share_away"),
        (errno.ESTALE, "share_away"),
        (errno.EACCES, "share_read_only"),
        (errno.EROFS, "share_read_only"),
        (errno.ENOSPC, "share_full"),
    ],
)
def test_a_fault_before_the_replace_leaves_the_old_file_alone(
    code: int, key: str, folder: Path, tmp_path: Path
) -> None:
    with Steps(folder, 2, failing(code)) as steps, pytest.raises(DeskError) as caught:
        share = Share(folder, steps.chunk)
        share.put(tmp_path / "local.db", "team.db")
    assert caught.value.key == key
    assert (folder / "team.db").read_bytes() == b"old"
    assert names(folder) == ["team.db"]


def test_what_was_written_is_read_again_before_it_counts(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tear(event: str) -> None:
        draft = next(p for p in folder.iterdir() if p.name != "team.db")
        draft.write_bytes(b"torn")

    # The third step is reading it again, after it was opened, copied and flushed.
    monkeypatch.setattr(share_module, "_CHUNK", 1 << 20)
    with pytest.raises(DeskError) as caught, Steps(folder, 3, tear):
        Share(folder).put(tmp_path / "local.db", "team.db")
    assert caught.value.key == "share_away"
    assert (folder / "team.db").read_bytes() == b"old"


def test_a_copy_stops_when_asked_to(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(CancelledError):
        Share(folder, lambda: True).put(tmp_path / "local.db", "team.db")
    assert (folder / "team.db").read_bytes() == b"old"
    assert names(folder) == ["team.db"]


def test_a_replace_that_windows_refuses_while_somebody_reads_is_tried_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace
    refused: list[Path] = []

    def busy(path: Path, target: Path) -> Path:
        if len(refused) < 3:
            refused.append(path)
            error = PermissionError(errno.EACCES, "sharing violation")
            error.winerror = 32  # type: ignore[attr-defined, unused-ignore]
            raise error
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", busy)
    Share(folder).put(tmp_path / "local.db", "team.db")
    assert len(refused) == 3
    assert (folder / "team.db").read_bytes() == b"new" * 9999


def test_a_place_that_takes_files_but_lets_none_be_replaced_says_so(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(ReplaceRefusedError):
        Share(folder).put(tmp_path / "local.db", "team.db")
    assert names(folder) == ["team.db"]


def test_a_missing_file_is_told_from_a_missing_folder(folder: Path, tmp_path: Path) -> None:
    assert Share(folder).stamp("nothing.db") == ""
    assert not Share(folder).fetch("nothing.db", tmp_path / "x")
    gone = Share(tmp_path / "gone")
    for look in (gone.names, gone.listing, lambda: gone.stamp("team.db")):
        with pytest.raises(DeskError) as caught:
            look()
        assert caught.value.key == "share_away"


def test_a_lock_that_a_full_disk_takes_only_by_name_is_not_left_behind(folder: Path) -> None:
    with Steps(folder, 2, failing(errno.ENOSPC)), pytest.raises(DeskError) as caught:
        Share(folder).create_new("team.db.lock", b"a")
    assert caught.value.key == "share_full"
    assert names(folder) == ["team.db"]


def test_old_drafts_go_from_the_folders_below_too_and_one_that_vanishes_is_no_fault(
    folder: Path,
) -> None:
    (folder / "team.seen").mkdir()
    old = [folder / "team.db.tmp-1", folder / "team.seen/a.json.tmp-2"]
    fresh = folder / "team.seen/b.json.tmp-3"
    for path in [*old, fresh]:
        path.write_bytes(b"half")
    for path in old:
        os.utime(path, (1000, 1000))
    # To whoever looks at it, it is as one that has just gone.
    (folder / "gone.tmp-4").symlink_to(folder / "nowhere")
    Share(folder).sweep(fresh.stat().st_mtime)
    assert [path.exists() for path in [*old, fresh]] == [False, False, True]


@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_a_replace_refused_for_too_long_says_so_and_a_cancelled_one_does_not(
    winerror: int, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    def refuse(path: Path, target: Path) -> Path:
        asked.append(True)
        error = PermissionError(errno.EACCES, "sharing violation")
        error.winerror = winerror  # type: ignore[attr-defined, unused-ignore]
        raise error

    monkeypatch.setattr(Path, "replace", refuse)
    monkeypatch.setattr(share_module, "_RETRY_SECONDS", 0.05)
    with pytest.raises(ReplaceRefusedError):
        Share(folder).put(tmp_path / "local.db", "team.db")
    assert len(asked) > 1
    asked.clear()
    with pytest.raises(CancelledError):
        Share(folder, lambda: bool(asked)).put(tmp_path / "local.db", "team.db")
    assert (folder / "team.db").read_bytes() == b"old"
    assert names(folder) == ["team.db"]


def test_each_look_at_a_slow_share_can_be_the_last(folder: Path, tmp_path: Path) -> None:
    share = Share(folder, lambda: True)
    looks = (
        share.listing,
        lambda: share.names_in("team.seen"),
        lambda: share.stamp("team.db"),
        lambda: share.fetch("team.db", tmp_path / "copy"),
    )
    for look in looks:
        with pytest.raises(CancelledError):
            look()
    # What tidies up after a stop is not stopped itself.
    assert share.read_small("team.db") == b"old"
    share.remove("team.db")


def test_only_one_makes_a_file(folder: Path) -> None:
    assert Share(folder).create_new("team.db.lock", b"a")
    assert not Share(folder).create_new("team.db.lock", b"b")
    assert Share(folder).read_small("team.db.lock") == b"a"


@pytest.mark.parametrize(
    ("place", "mark", "mode"),
    [
        ("Dropbox (Büro)/Team", "", Mode.FOLDER),
        ("OneDrive - 西湖投资/Team", "", Mode.FOLDER),
        ("我的坚果云/Team", "", Mode.FOLDER),
        ("Nutstore Files/Team", "", Mode.FOLDER),
        ("Mobile Documents/Team", "", Mode.FOLDER),
        ("Google Drive/Team", "", Mode.FOLDER),
        ("data/Team", "data/.stfolder", Mode.FOLDER),
        ("data/Team", "data/.sync_0a1b.db", Mode.FOLDER),
        ("office/Team", "", Mode.DRIVE),
    ],
)
def test_how_a_folder_is_shared_is_found_out(
    place: str, mark: str, mode: Mode, tmp_path: Path
) -> None:
    (tmp_path / place).mkdir(parents=True)
    if mark:
        (tmp_path / mark).touch()
    assert find_mode(tmp_path / place, {}) == mode
