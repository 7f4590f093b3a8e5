"""Undo and redo over create, edit, delete and bulk edit, also after a restart."""

from pathlib import Path

from sqlalchemy import select, text, update

from desktop_app.db.check import check
from desktop_app.db.models import Company, new_id
from desktop_app.db.undo import redo, undo
from desktop_app.db.workspace import Workspace


def names(workspace: Workspace) -> list[str | None]:
    with workspace.read() as session:
        query = select(Company.name).where(Company.deleted.isnot(True)).order_by(Company.name)
        return list(session.scalars(query))


def add(workspace: Workspace, *companies: str) -> None:
    with workspace.write("新建企业") as session:
        session.add_all(Company(id=new_id(), name=name) for name in companies)


def test_a_created_record_goes_and_comes_back(workspace: Workspace) -> None:
    add(workspace, "A", "B")
    step = undo(workspace)
    assert step is not None and step.label == "新建企业"
    assert names(workspace) == []
    redo(workspace)
    assert names(workspace) == ["A", "B"]
    assert redo(workspace) is None
    assert check(workspace).ok


def test_edits_deletes_and_bulk_edits_are_taken_back_in_turn(workspace: Workspace) -> None:
    add(workspace, "A", "B")
    with workspace.write("改名") as session:
        session.execute(update(Company).where(Company.name == "A").values(name="A2"))
    with workspace.write("批量删除") as session:
        session.execute(update(Company).values(deleted=True))
    assert names(workspace) == []
    undo(workspace)
    assert names(workspace) == ["A2", "B"]
    undo(workspace)
    assert names(workspace) == ["A", "B"]
    redo(workspace)
    redo(workspace)
    assert names(workspace) == []
    undo(workspace)
    undo(workspace)
    undo(workspace)
    assert names(workspace) == [] and undo(workspace) is None
    assert check(workspace).ok


def test_a_new_edit_ends_what_could_be_redone(workspace: Workspace) -> None:
    add(workspace, "A")
    undo(workspace)
    add(workspace, "B")
    assert redo(workspace) is None
    assert names(workspace) == ["B"]


def test_undo_works_after_a_restart(tmp_path: Path) -> None:
    first = Workspace.open(tmp_path)
    add(first, "A")
    first.close()
    second = Workspace.open(tmp_path)
    undo(second)
    assert names(second) == []
    second.close()


def test_undo_leaves_alone_what_somebody_altered_since(workspace: Workspace) -> None:
    add(workspace, "A")
    with workspace.write("改城市和名称") as session:
        session.execute(update(Company).values(name="A2", city="Bern"))
    with workspace.write() as session:  # a colleague's edit: no step of ours
        session.execute(text("UPDATE company SET name = 'theirs'"))
    step = undo(workspace)
    assert step is not None and step.kept == 1
    with workspace.read() as session:
        assert session.execute(select(Company.name, Company.city)).one() == ("theirs", None)
