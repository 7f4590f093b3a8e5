"""Firms near a route: open projects only, not those on the programme, the furthest on first."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from desktop_app.db.workspace import Workspace
from desktop_app.services import companies, leads
from desktop_app.services.trip_neighbours import NEAR_KM, neighbours

TODAY = dt.date(2026, 11, 15)
LAT, LON = 47_376_900, 8_541_700


def stop(city: str, city_zh: str, country: str, lat: int | None, lon: int) -> dict[str, Any]:
    return {"city": city, "city_zh": city_zh, "country": country, "lat_e6": lat, "lon_e6": lon}


ZURICH = stop("Zürich", "苏黎世", "CH", LAT, LON)
HOME = stop("Shanghai", "上海", "CN", 31_230_000, 121_470_000)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    workspace = Workspace.open(tmp_path / "w")
    with workspace.write("near") as session:
        yield session
    workspace.close()


def firm(session: Session, name: str, stage: str, north_km: float, **more: str) -> str:
    """Add a firm so many kilometres north of Zürich, with one project."""
    place: dict[str, Any] = {"country": "CH", "lat_e6": LAT + round(north_km / 111.2 * 1e6)}
    company = companies.add_company(session, name=name, lon_e6=LON, **(place | more))
    leads.add_lead(session, company, title=name, stage=stage, status=more.get("status", "active"))
    return company


def test_open_projects_within_reach_come_the_furthest_on_first(session: Session) -> None:
    firm(session, "Near hint", "lead", 5)
    firm(session, "Talks", "negotiating", 40)
    firm(session, "Talks nearer", "negotiating", 12)
    firm(session, "Signed", "signed", 3)
    firm(session, "Too far", "negotiating", NEAR_KM + 5)
    firm(session, "Elsewhere", "negotiating", 1, country="AT")
    on_programme = firm(session, "On the programme", "site_review", 2)
    found = neighbours(session, [ZURICH, HOME], [on_programme], TODAY)
    assert [(one.lead.company, one.km) for one in found] == [
        ("Talks nearer", 12),
        ("Talks", 40),
        ("Near hint", 5),
    ]
    assert {one.stop_zh for one in found} == {"苏黎世"}


def test_no_more_are_named_than_asked_for_and_none_without_a_place(session: Session) -> None:
    for number in range(12):
        firm(session, f"Firm {number}", "lead", number)
    assert len(neighbours(session, [ZURICH], [], TODAY, limit=5)) == 5
    assert neighbours(session, [ZURICH | {"lat_e6": None}], [], TODAY) == []
    assert neighbours(session, [], [], TODAY) == []
