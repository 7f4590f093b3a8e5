"""A real workspace in a temporary folder, and the few records that most tests start from."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from desktop_app.db.workspace import Workspace
from desktop_app.i18n import set_language
from desktop_app.services import companies, leads, members

TODAY = dt.date.today()


class Team(NamedTuple):
    """A workspace with one member, one Swiss company and one lead of it."""

    workspace: Workspace
    member: str
    company: str
    lead: str


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    set_language("zh")
    yield
    set_language("zh")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(tmp_path / "desk")
    yield opened
    opened.close()


@pytest.fixture
def team(workspace: Workspace) -> Team:
    with workspace.write("start") as session:
        member = members.add_member(session, name="王敏", name_en="Wang Min")
        company = companies.add_company(
            session, name="Mühlfeld Hydraulik AG", name_zh="米尔液压", country="CH", city="Zürich"
        )
        lead = leads.add_lead(
            session, company, title="液压阀生产线", owner_id=member, first_reporter_id=member
        )
    return Team(workspace, member, company, lead)
