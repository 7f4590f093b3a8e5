"""A real workspace in a temporary folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.db.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(tmp_path / "工作 区")
    yield opened
    opened.close()
