"""A passphrase is put on, changed and taken off from the command line."""

import io
from pathlib import Path

import pytest

from desktop_app.cli.main import main
from desktop_app.db import keys


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "stored", lambda name: None)
    monkeypatch.setattr(keys, "remember", lambda name, phrase: False)
    for name in (keys.VARIABLE, "INVEST_DESK_NEW_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO())


def test_protect_takes_the_passphrase_from_the_environment_and_never_shows_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = ["--workspace", str(tmp_path / "w")]
    team = str(tmp_path / "team.db")
    assert main(["add", "members", "name=陈喆", *desk]) == 0
    assert main(["connect", team, "--create", "--mode", "drive", *desk]) == 0
    assert main(["protect", *desk]) == 1
    monkeypatch.setenv("INVEST_DESK_NEW_PASSPHRASE", "third willow")
    assert main(["protect", *desk]) == 0
    assert main(["list", "members", *desk]) == 1
    monkeypatch.setenv(keys.VARIABLE, "third willow")
    assert main(["protect", "--team", *desk]) == 0
    assert keys.is_encrypted(Path(team))
    assert main(["sync", *desk]) == 0
    assert main(["protect", "--team", "--off", *desk]) == 0
    assert main(["protect", "--off", *desk]) == 0
    monkeypatch.delenv(keys.VARIABLE)
    assert main(["sync", *desk]) == 0
    said = capsys.readouterr()
    assert "willow" not in said.out + said.err
