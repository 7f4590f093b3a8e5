"""Starting with the system: written where each system looks, and taken away again."""

import plistlib
import shlex
from pathlib import Path

import pytest

from desktop_app.domain.errors import DeskError
from desktop_app.ui import autostart
from desktop_app.ui.autostart import entry_path, set_start_with_system, starts_with_system


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_it_is_off_until_wished_and_off_again(platform: str) -> None:
    assert not starts_with_system(platform)
    set_start_with_system(True, platform)
    set_start_with_system(True, platform)
    assert starts_with_system(platform)
    set_start_with_system(False, platform)
    set_start_with_system(False, platform)
    assert not starts_with_system(platform)


def test_a_path_with_chinese_and_spaces_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    program = '/opt/招商 工作台/100% "new"/invest-desk'
    monkeypatch.setattr(autostart, "command", lambda: [program])
    set_start_with_system(True, "linux")
    (line,) = (x for x in entry_path("linux").read_text("utf-8").splitlines() if "Exec" in x)
    # As a desktop reads it: first the escapes of values, then the quotes, then the percent signs.
    value = line.removeprefix("Exec=").replace("\\\\", "\\")
    assert [part.replace("%%", "%") for part in shlex.split(value)] == [program]
    set_start_with_system(True, "darwin")
    assert plistlib.loads(entry_path("darwin").read_bytes())["ProgramArguments"] == [program]


def test_a_home_that_cannot_be_written_is_told(home: Path) -> None:
    (home / "config").write_text("a file where the folder should be")
    with pytest.raises(DeskError, match="cannot_write"):
        set_start_with_system(True, "linux")
