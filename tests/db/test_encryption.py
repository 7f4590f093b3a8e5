"""A workspace under a passphrase: made so, opened, changed, backed up, and killed on the way."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from desktop_app.db import keys
from desktop_app.db.backup import backup, restore
from desktop_app.db.change import DATABASE_VERSION
from desktop_app.db.check import check
from desktop_app.db.encrypt import protect, unprotect
from desktop_app.db.engine import upgrade_database
from desktop_app.db.keys import is_encrypted, key_from, salt_of
from desktop_app.db.undo import undo
from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from desktop_app.paths import WorkspacePaths
from desktop_app.services import records
from desktop_app.services.attachments import keep_file

PHRASE = "西湖边的第三棵柳树"
OTHER = "Zürich, 8 Uhr 12"
SECRET = "Kältetechnik Müller 不得外传"


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test must not ask the keyring of whoever runs it."""
    monkeypatch.setattr(keys, "stored", lambda name: None)
    monkeypatch.delenv(keys.VARIABLE, raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with some work in it, closed."""
    opened = Workspace.open(tmp_path / "w")
    for n in range(20):
        add(opened, f"{SECRET} {n}")
    opened.close()
    return tmp_path / "w"


def add(workspace: Workspace, name: str) -> None:
    with workspace.write("add") as session:
        records.create(session, "companies", name=name)


def names(workspace: Workspace) -> set[str]:
    with workspace.look() as connection:
        return {name for (name,) in connection.execute("SELECT name FROM company")}


def opened(folder: Path, phrase: str | None = None) -> Workspace:
    database = WorkspacePaths(folder).database
    return Workspace.open(folder, key_from(phrase, salt_of(database)) if phrase else None)


def refused(folder: Path, phrase: str | None) -> str:
    """Return why a workspace does not open; nothing of it may be touched by that."""
    before = fingerprint(folder)
    with pytest.raises(DeskError) as caught:
        opened(folder, phrase)
    assert fingerprint(folder) == before
    return caught.value.key


def fingerprint(folder: Path) -> dict[str, tuple[str, int]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        str(path): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in files
    }


def test_a_protected_workspace_opens_by_its_passphrase_alone_and_shows_nothing(
    folder: Path,
) -> None:
    protect(folder, PHRASE)
    assert [path.name for path in folder.iterdir()] == ["workspace.db"]
    assert SECRET.encode() not in (folder / "workspace.db").read_bytes()
    assert refused(folder, None) == "passphrase_needed"
    assert refused(folder, OTHER) == "passphrase_wrong"
    workspace = opened(folder, PHRASE)
    assert len(names(workspace)) == 20
    add(workspace, f"{SECRET} afterwards")
    assert SECRET.encode() not in (folder / "workspace.db-wal").read_bytes()
    undo(workspace)
    assert check(workspace).ok
    workspace.close()


def test_any_sqlcipher_tool_opens_the_file_by_the_passphrase(folder: Path) -> None:
    protect(folder, PHRASE)
    connection = driver.connect(str(folder / "workspace.db"))
    connection.execute(f"PRAGMA key = '{PHRASE}'")
    assert connection.execute("SELECT count(*) FROM company").fetchone() == (20,)
    connection.close()


def test_the_environment_or_the_keyring_may_know_the_passphrase(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    protect(folder, PHRASE)
    kept = {str(folder.resolve()): PHRASE}
    with monkeypatch.context() as patched:
        patched.setattr(keys, "stored", kept.get)
        opened(folder).close()
    monkeypatch.setenv(keys.VARIABLE, PHRASE)
    opened(folder).close()
    monkeypatch.setenv(keys.VARIABLE, OTHER)
    assert refused(folder, None) == "passphrase_wrong"


def test_a_passphrase_is_changed_and_taken_off(folder: Path) -> None:
    protect(folder, PHRASE)
    before = salt_of(folder / "workspace.db")
    for phrase, key in ((OTHER, "passphrase_wrong"), (None, "passphrase_needed")):
        with pytest.raises(DeskError, match=key):
            protect(folder, "new", phrase)
    with pytest.raises(DeskError, match="passphrase_empty"):
        protect(folder, "", PHRASE)
    assert salt_of(folder / "workspace.db") == before
    protect(folder, OTHER, PHRASE)
    assert refused(folder, PHRASE) == "passphrase_wrong"
    opened(folder, OTHER).close()
    unprotect(folder, OTHER)
    workspace = opened(folder)
    assert len(names(workspace)) == 20
    add(workspace, "goes on")
    assert check(workspace).ok
    workspace.close()


def test_an_open_workspace_is_not_rewritten_under_its_window(folder: Path) -> None:
    workspace = opened(folder)
    names(workspace)
    with pytest.raises(DeskError, match="workspace_busy"):
        protect(folder, PHRASE)
    add(workspace, "still works")
    workspace.close()
    assert not is_encrypted(folder / "workspace.db")
    assert [path.name for path in folder.iterdir()] == ["workspace.db"]
    protect(folder, PHRASE)


def test_what_a_crash_left_in_the_write_ahead_log_is_taken_along(
    folder: Path, tmp_path: Path
) -> None:
    workspace = opened(folder)
    add(workspace, "in the log only")
    shutil.copytree(folder, tmp_path / "crashed")
    workspace.close()
    protect(tmp_path / "crashed", PHRASE)
    after = opened(tmp_path / "crashed", PHRASE)
    assert "in the log only" in names(after)
    after.close()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(PHRASE, OTHER, id="changed"),
        pytest.param("", PHRASE, id="protected", marks=pytest.mark.long),
        pytest.param(PHRASE, "", id="unprotected", marks=pytest.mark.long),
    ],
)
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_line_the_old_or_the_new_file_stands_whole(
    folder: Path, old: str, new: str
) -> None:
    if old:
        protect(folder, old)
    script = Path(__file__).with_name("kill_at_each_line.py")
    done = subprocess.run(
        [sys.executable, str(script), str(folder), old, new],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(script.parents[2]), "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines, stood_old, stood_new = map(int, done.stdout.split())
    assert lines > 40
    assert stood_old > 20
    assert stood_new >= 2


def test_a_file_that_is_damaged_or_something_else_asks_for_no_passphrase(folder: Path) -> None:
    database = folder / "workspace.db"
    for content in (b"", b"a letter\n" * 1000, bytes(8192), b"\x7fELF" + bytes(4092)):
        database.write_bytes(content)
        assert refused(folder, None) == "workspace_damaged"
    # A protected one that was cut is not taken for one under another passphrase.
    database.write_bytes(os.urandom(5000))
    assert refused(folder, PHRASE) == "workspace_damaged"


# --- backups -------------------------------------------------------------------------------------


@pytest.fixture
def protected(folder: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A protected workspace with an attachment, open."""
    protect(folder, PHRASE)
    workspace = opened(folder, PHRASE)
    paper = tmp_path / "paper.txt"
    paper.write_text(SECRET * 100, "utf-8")
    keep_file(workspace.paths.files, paper)
    yield workspace
    workspace.close()


def attachments(folder: Path) -> list[str]:
    return [path.read_text("utf-8") for path in (folder / "files").iterdir()]


def test_a_backup_is_as_protected_as_its_source(protected: Workspace, tmp_path: Path) -> None:
    saved = tmp_path / "b.zip"
    backup(protected, saved)
    with zipfile.ZipFile(saved) as archive:
        content = [archive.read(name) for name in archive.namelist()]
    assert len(content) == 2
    assert all(SECRET.encode() not in data for data in content)

    elsewhere = tmp_path / "elsewhere"
    for phrase, key in ((None, "passphrase_needed"), (OTHER, "passphrase_wrong")):
        with pytest.raises(DeskError, match=key):
            restore(elsewhere, saved, phrase)
    assert not (elsewhere / "workspace.db").exists()
    assert restore(elsewhere, saved, PHRASE) is None
    workspace = opened(elsewhere, PHRASE)
    assert len(names(workspace)) == 20
    workspace.close()
    assert attachments(elsewhere) == [SECRET * 100]


def test_a_backup_goes_back_into_the_open_workspace_it_came_from(
    protected: Workspace, tmp_path: Path
) -> None:
    backup(protected, tmp_path / "b.zip")
    add(protected, "later")
    kept = restore(protected.paths.folder, tmp_path / "b.zip", PHRASE)
    assert len(names(protected)) == 20, "an open window sees the restored data"
    assert kept is not None
    assert is_encrypted(kept)


def test_a_protected_backup_replaces_a_plain_workspace_and_the_other_way_round(
    protected: Workspace, tmp_path: Path
) -> None:
    backup(protected, tmp_path / "protected.zip")
    plain = tmp_path / "plain"
    workspace = Workspace.open(plain)
    add(workspace, "plain work")
    backup(workspace, tmp_path / "plain.zip")
    with pytest.raises(DeskError, match="workspace_busy"):
        restore(plain, tmp_path / "protected.zip", PHRASE)
    workspace.close()

    kept = restore(plain, tmp_path / "protected.zip", PHRASE)
    assert kept is not None
    assert not is_encrypted(kept)
    workspace = opened(plain, PHRASE)
    assert len(names(workspace)) == 20
    workspace.close()

    kept = restore(plain, tmp_path / "plain.zip")
    assert kept is not None
    assert is_encrypted(kept)
    workspace = opened(plain)
    assert names(workspace) == {"plain work"}
    workspace.close()


def test_the_copy_kept_before_an_upgrade_is_as_protected_as_the_workspace(folder: Path) -> None:
    key = protect(folder, PHRASE)
    paths = WorkspacePaths(folder)
    upgrade_database(paths, DATABASE_VERSION, key)
    (kept,) = paths.backups.iterdir()
    assert salt_of(kept) == key.salt
    assert SECRET.encode() not in kept.read_bytes()
    workspace = opened(folder, PHRASE)
    add(workspace, "goes on")
    assert check(workspace).ok
    workspace.close()


def test_a_key_does_not_show_itself() -> None:
    key = key_from(PHRASE, bytes(16))
    assert key.raw.hex() not in repr(key)
    assert key.raw.hex()[:8] not in str(key)
