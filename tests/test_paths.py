"""Where the data goes: the user's folder, or beside a portable program."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.cli.output import sentence
from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from desktop_app.i18n import set_language


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bundled program in a folder with Chinese and spaces in its name."""
    folder = tmp_path / "招商 工作台 (U 盘)"
    folder.mkdir()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "invest-desk"))
    return folder


def test_a_source_run_is_never_portable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / paths.PORTABLE_MARK).touch()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python3"))
    assert paths.program_folder() is None
    assert paths.portable_workspace() is None
    assert paths.default_workspace().name == "InvestDesk"


def test_without_the_mark_a_bundle_keeps_its_data_with_the_user(program: Path) -> None:
    assert paths.portable_workspace() is None
    assert program not in paths.default_workspace().parents


def test_with_the_mark_the_data_is_beside_the_program(program: Path) -> None:
    (program / paths.PORTABLE_MARK).touch()
    assert paths.default_workspace() == program / "data"
    Workspace.open(paths.default_workspace()).close()
    assert (program / "data" / "workspace.db").is_file()


def test_a_folder_named_like_the_mark_is_no_mark(program: Path) -> None:
    (program / paths.PORTABLE_MARK).mkdir()
    assert paths.portable_workspace() is None


def test_on_macos_the_mark_stands_beside_the_app(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "Invest Desk.app" / "Contents" / "MacOS"
    inside.mkdir(parents=True)
    (tmp_path / paths.PORTABLE_MARK).touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(inside / "invest-desk"))
    assert paths.default_workspace() == tmp_path / "data"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_portable_program_that_cannot_write_says_what_to_do(program: Path, language: str) -> None:
    (program / paths.PORTABLE_MARK).touch()
    # A file in the way refuses root too, as a read-only stick refuses everybody.
    (program / "data").touch()
    with pytest.raises(DeskError) as refused:
        Workspace.open(paths.default_workspace())
    set_language(language)
    said = sentence(refused.value)
    assert str(program) in said
    assert paths.PORTABLE_MARK in said


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_refused_the_same_way(program: Path) -> None:
    (program / paths.PORTABLE_MARK).touch()
    program.chmod(0o555)
    try:
        with pytest.raises(DeskError, match="portable_read_only"):
            Workspace.open(paths.default_workspace())
    finally:
        program.chmod(0o755)


def test_a_workspace_elsewhere_is_told_as_before(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DeskError, match="workspace_unreachable"):
        Workspace.open(tmp_path / "file" / "ws")


def test_starting_from_source_needs_nothing_of_a_bundle() -> None:
    code = "from desktop_app.paths import shipped; print(shipped('desktop_app').is_dir())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"
