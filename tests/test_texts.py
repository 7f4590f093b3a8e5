"""Every expected error has its sentence in both languages."""

import re
from pathlib import Path

from desktop_app.i18n import catalogue

ROOT = Path(__file__).resolve().parents[1]


def test_every_expected_error_and_problem_is_worded() -> None:
    raised = set()
    for path in (ROOT / "desktop_app").rglob("*.py"):
        raised |= set(
            re.findall(r"""\b(?:DeskError|Problem)\(\s*"(\w+)""" "", path.read_text("utf-8"))
        )
    assert len(raised) > 30
    assert sorted(key for key in raised if f"errors.{key}" not in catalogue()) == []
