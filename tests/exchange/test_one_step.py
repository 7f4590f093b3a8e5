"""An import is all or nothing: one undo takes it back, and a death in its middle leaves nothing."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from desktop_app.db.check import check
from desktop_app.db.models import Company, Contact, FollowUp, Lead, LeadStage, Member
from desktop_app.db.undo import redo, undo
from desktop_app.db.workspace import Workspace
from desktop_app.exchange.ledger_import import (
    Cancelled,
    apply_import,
    open_ledger,
    plan_import,
)
from desktop_app.paths import resource
from tests.exchange.conftest import TODAY

LEDGER = resource("demo", "ledger.xlsx")
KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from desktop_app.db.workspace import Workspace
from desktop_app.exchange.ledger_import import apply_import, open_ledger, plan_import

def die(done: int, total: int) -> None:
    if done == total:
        os.kill(os.getpid(), signal.SIGKILL)

workspace = Workspace.open(Path(sys.argv[1]))
with workspace.read() as session:
    plan = plan_import(session, open_ledger(Path(sys.argv[2]), date(2026, 11, 22)),
                       today=date(2026, 11, 22))
with workspace.write("import") as session:
    apply_import(session, plan, die)
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(tmp_path / "workspace")
    yield opened
    opened.close()


def counts(workspace: Workspace) -> list[int]:
    """How many records of each kind there are that are not deleted."""
    tables = (Member, Company, Contact, Lead, LeadStage, FollowUp)
    with workspace.read() as session:
        found = [
            session.scalar(select(func.count(m.id)).where(m.deleted.isnot(True))) for m in tables
        ]
    return [n or 0 for n in found]


def import_ledger(workspace: Workspace) -> None:
    with workspace.read() as session:
        plan = plan_import(session, open_ledger(LEDGER, TODAY), today=TODAY)
    with workspace.write("import") as session:
        apply_import(session, plan)


def test_one_undo_takes_an_import_back_and_one_redo_brings_it_again(workspace: Workspace) -> None:
    import_ledger(workspace)
    imported = counts(workspace)
    assert imported[3] == 30

    undo(workspace)
    assert counts(workspace) == [0] * 6
    redo(workspace)

    assert counts(workspace) == imported
    assert not check(workspace).problems


def test_a_cancelled_import_leaves_nothing(workspace: Workspace) -> None:
    with workspace.read() as session:
        plan = plan_import(session, open_ledger(LEDGER, TODAY), today=TODAY)
    answers = iter([False] * 34 + [True] * 100)

    with pytest.raises(Cancelled), workspace.write("import") as session:
        apply_import(session, plan, cancelled=lambda: next(answers))

    assert counts(workspace) == [0] * 6
    assert not check(workspace).problems


def test_an_import_killed_in_its_middle_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "killed"
    root = Path(__file__).resolve().parents[2]

    died = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), str(LEDGER)], check=False, cwd=root
    )

    assert died.returncode < 0
    again = Workspace.open(folder)
    assert counts(again) == [0] * 6
    assert not check(again).problems
    import_ledger(again)
    assert counts(again)[3] == 30
    again.close()
