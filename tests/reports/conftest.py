"""A workspace with one whole trip."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.db.workspace import Workspace
from desktop_app.services.trips import TripDetail, trip_detail
from tests.reports.sample_trip import add_sample_trip


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(tmp_path / "workspace")
    yield opened
    opened.close()


@pytest.fixture
def detail(workspace: Workspace) -> TripDetail:
    with workspace.write("plan a trip") as session:
        trip_id = add_sample_trip(session)
    with workspace.read() as session:
        return trip_detail(session, trip_id, dt.date(2026, 11, 15))
