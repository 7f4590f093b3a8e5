"""The settings of this laptop survive crashes, broken files and other versions."""

import json
from pathlib import Path

from desktop_app import settings
from desktop_app.settings import Settings


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    settings.save(Settings(theme="dark", language="en", views={"leads": {"a": 1}}), path)
    assert settings.load(path) == Settings(theme="dark", language="en", views={"leads": {"a": 1}})


def test_a_broken_file_gives_the_defaults_and_is_kept_aside(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "da', "utf-8")
    assert settings.load(path) == Settings()
    assert (tmp_path / "settings.broken.json").read_text("utf-8") == '{"theme": "da'


def test_entries_of_another_version_or_kind_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"theme": 7, "scale": 1.5, "from the future": True}), "utf-8")
    assert settings.load(path) == Settings(scale=1.5)
