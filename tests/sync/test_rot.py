"""A disk lets an old row of the shared file rot, and the file goes on growing."""

import json
from pathlib import Path

import sqlcipher3.dbapi2 as driver
from sqlalchemy import select, update

from desktop_app.db.log_tables import link
from desktop_app.db.workspace import Workspace
from desktop_app.services import records
from desktop_app.sync import team
from desktop_app.sync.modes import Mode


def add(workspace: Workspace, name: str) -> None:
    with workspace.write("add") as session:
        records.create(session, "companies", name=name)


def names(workspace: Workspace) -> set[str]:
    with workspace.read() as session:
        return {str(r["name"]) for r in records.list_records(session, "companies", {})}


def let_a_day_pass(workspace: Workspace) -> None:
    with workspace.write() as session:
        stored = json.loads(session.execute(select(link.c.memory)).scalar_one())
        hub = json.loads(stored["hub"])
        assert hub["verified"]
        stored["hub"] = json.dumps(hub | {"verified": "2026-01-01"})
        session.execute(update(link).values(memory=json.dumps(stored)))


def test_rot_in_what_was_read_long_ago_is_found_within_a_day_and_made_good(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    anna, ben, carla = (Workspace.open(tmp_path / name) for name in ("anna", "ben", "carla"))
    add(anna, "Brunner AG")
    team.connect(anna, str(share), create=True, mode=Mode.DRIVE)
    team.sync(anna)
    team.connect(ben, str(share), mode=Mode.DRIVE)
    team.sync(ben)
    add(ben, "Keller GmbH")
    team.sync(ben)
    raw = driver.connect(str(share / "team.db"))
    raw.execute("UPDATE change SET fields = replace(fields, 'Brunner', 'Brummer') WHERE seq = 1")
    raw.commit()
    raw.close()
    # What was verified once is not verified again while the file merely grows.
    assert not team.sync(anna).problems
    let_a_day_pass(anna)
    add(anna, "Rossi S.p.A.")
    assert [p.key for p in team.sync(anna).problems] == ["share_damaged"]
    assert any(".bad-" in file.name for file in share.iterdir())
    team.connect(carla, str(share), mode=Mode.DRIVE)
    assert not team.sync(carla).problems
    assert names(carla) == names(anna) == {"Brunner AG", "Keller GmbH", "Rossi S.p.A."}
    for workspace in (anna, ben, carla):
        workspace.close()


def test_another_teams_file_in_place_of_ours_is_left_alone(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    workspaces = []
    for folder in (ours, theirs):
        folder.mkdir()
        workspace = Workspace.open(tmp_path / f"{folder.name}-laptop")
        add(workspace, folder.name)
        team.connect(workspace, str(folder), create=True, mode=Mode.DRIVE)
        team.sync(workspace)
        workspaces.append(workspace)
    (theirs / "team.db").replace(ours / "team.db")
    before = (ours / "team.db").read_bytes()
    add(workspaces[0], "more")
    result = team.sync(workspaces[0])
    assert [p.key for p in result.problems] == ["share_other_team"]
    assert result.state is team.State.PROBLEM
    assert (ours / "team.db").read_bytes() == before
    assert names(workspaces[0]) == {"ours", "more"}
    for workspace in workspaces:
        workspace.close()
