"""One laptop of a team as a process of its own: edits, settles and syncs until it is killed.

Run as ``python -m tests.sync.worker WORKSPACE NOTES SEED``; each value that was committed is noted
in the file NOTES, which is on disk before the next edit begins.
"""

import json
import os
import random
import sys
from pathlib import Path
from typing import IO, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import Company, FollowUp, Lead
from desktop_app.db.undo import undo
from desktop_app.db.workspace import Workspace
from desktop_app.i18n import set_language
from desktop_app.services import record_texts, records
from desktop_app.services.lookup import clean_text
from desktop_app.sync import conflicts, team

WORDS = "液压 电池 芯片 Zürich Genève Łódź 土地 电价 𠮷 '引号' \n换行 --".split(" ")
TEXTS = {
    "companies": ("name", "name_zh", "phone", "address", "description", "notes"),
    "leads": ("title", "blocker", "notes", "competitors", "our_commitments"),
    "follow-ups": ("title", "outcome", "notes"),
}
NUMBERS = {"companies": ("employees", "founded_year"), "leads": ("jobs", "land_m2")}


class Worker:
    """A person at a laptop, guided by a seed."""

    def __init__(self, workspace: Workspace, notes: IO[str], seed: int) -> None:
        self.workspace = workspace
        self.notes = notes
        self.random = random.Random(seed)
        self.made = 0

    def step(self) -> None:
        """Do one thing, most often edit a record that others edit, too."""
        verbs = {self.edit: 60, self.add: 8, self.delete: 3, self.settle: 8, self.take_back: 3}
        (verb,) = self.random.choices(list(verbs), list(verbs.values()))
        verb()

    def text(self) -> str:
        """Return a text that nobody else writes."""
        self.made += 1
        mark = f"{os.getpid()}-{self.made}"
        return clean_text(f"{self.random.choice(WORDS)} {mark} {self.random.choice(WORDS)}")

    def pick(self, session: Session) -> tuple[str, str] | None:
        """Return the kind and key of a living record."""
        kind, model = self.random.choice(
            [
                ("companies", Company),
                ("companies", Company),
                ("leads", Lead),
                ("follow-ups", FollowUp),
            ]
        )
        found = select(model.id).where(model.deleted.isnot(True)).order_by(model.id)
        rows = list(session.scalars(found))
        # The first ones again and again: that is where people meet.
        return (kind, rows[int(self.random.random() ** 2 * len(rows))]) if rows else None

    def edit(self) -> None:
        """Set some fields of a record; at times as one who began before the latest sync."""
        with self.workspace.read() as session:
            picked = self.pick(session)
        if picked is None:
            return
        kind, row = picked
        fields: dict[str, Any] = {
            name: self.text() for name in self.random.sample(TEXTS[kind], self.random.randint(1, 3))
        }
        for name in NUMBERS.get(kind, ()):
            if self.random.random() < 0.3:
                fields[name] = self.random.randrange(10_000)
        seen = self.workspace.log_position() if self.random.random() < 0.3 else None
        if seen is not None and self.random.random() < 0.5:
            self.sync()
        with self.workspace.write("edit", seen=seen) as session:
            record = session.get(record_texts.model_of(kind), row)
            if record is None or record.deleted:
                return
            records.update(session, kind, row, **fields)
        self.note(record_texts.model_of(kind).__tablename__, row, fields)

    def add(self) -> None:
        """Add a company, or a lead or follow-up of one that is there."""
        with self.workspace.write("add") as session:
            name = self.text()
            company = session.scalars(
                select(Company.id).where(Company.deleted.isnot(True)).order_by(Company.id).limit(5)
            ).all()
            if not company or self.random.random() < 0.4:
                row = records.create(session, "companies", name=name)
                table, column = "company", "name"
            elif self.random.random() < 0.5:
                row = records.create(session, "leads", company_id=company[0], title=name)
                table, column = "lead", "title"
            else:
                row = records.create(session, "follow-ups", company_id=company[-1], title=name)
                table, column = "follow_up", "title"
        self.note(table, row, {column: name})

    def delete(self) -> None:
        """Delete a record."""
        with self.workspace.write("delete") as session:
            picked = self.pick(session)
            if picked is None or picked[0] == "companies":
                return
            records.delete(session, *picked)
        self.note(record_texts.model_of(picked[0]).__tablename__, picked[1], {"deleted": True})

    def take_back(self) -> None:
        """Take back the latest step."""
        undo(self.workspace)

    def settle(self) -> None:
        """Settle one conflict: with one of the answers, or with another."""
        with self.workspace.read() as session:
            found = conflicts.conflicts(session)
        if not found:
            return
        one = self.random.choice(found)
        value = self.random.choice([side.value for side in one.sides])
        if isinstance(value, str) and self.random.random() < 0.3:
            value = self.text()
        conflicts.resolve(self.workspace, one.table, one.row, one.column, value, "settle")
        self.note(one.table, one.row, {one.column: value})

    def sync(self) -> None:
        """Sync; a share that is busy just now is no fault."""
        result = team.sync(self.workspace)
        unexpected = {p.key for p in result.problems} - {"share_busy", "share_damaged", "hub_older"}
        if unexpected:
            raise AssertionError(result.problems)

    def note(self, table: str, row: str, fields: dict[str, Any]) -> None:
        """Note what was committed, on disk before anything else happens."""
        changes = self.workspace.last_changes
        self.notes.write(json.dumps([table, row, changes.tx, fields]) + "\n")
        self.notes.flush()
        os.fsync(self.notes.fileno())


def main(folder: str, notes: str, seed: str) -> None:
    """Work until killed."""
    set_language("en")
    workspace = Workspace.open(Path(folder))
    workspace.author_id = f"laptop {Path(folder).name}"
    with Path(notes).open("a", encoding="utf-8") as file:
        worker = Worker(workspace, file, int(seed))
        while True:
            for _ in range(worker.random.randint(1, 12)):
                worker.step()
            worker.sync()


if __name__ == "__main__":
    main(*sys.argv[1:])
