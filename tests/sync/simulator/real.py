"""A smaller run over what the product really has: workspaces, shares and hub files."""

import shutil
from collections import Counter
from pathlib import Path
from random import Random

from desktop_app.db.change import Change, Value, cells_of
from desktop_app.db.check import check
from desktop_app.db.workspace import Workspace
from desktop_app.services import record_texts, records
from desktop_app.sync import conflicts, team
from desktop_app.sync.laptop import Laptop
from desktop_app.sync.modes import Mode
from tests.sync.laptops import logged
from tests.sync.simulator.checks import BrokenError, Row, Save, check_log, check_row, saves_of

COLUMNS = ("address", "city", "name", "phone")


class RealTeam:
    """Three workspaces that meet in a folder, and all that was saved in them."""

    def __init__(self, seed: int, folder: Path) -> None:
        """Set a team up in an empty folder; the seed decides everything but keys and clocks."""
        self.rng = Random(seed)
        self.folder = folder
        self.mode = Mode.FOLDER if seed % 2 else Mode.DRIVE
        self.share = folder / "share"
        self.share.mkdir()
        self.saves: dict[Row, list[Save]] = {}
        self.saved: dict[str, Change] = {}
        self.done: Counter[str] = Counter()
        self.old: dict[str, bytes] = {}
        self.forms: dict[Path, tuple[str, int]] = {}
        self.laptops = [Workspace.open(folder / f"laptop{n}") for n in range(3)]
        for n, workspace in enumerate(self.laptops):
            team.connect(workspace, str(self.share), create=n == 0, mode=self.mode)
            team.sync(workspace)

    def close(self) -> None:
        """Close all."""
        for workspace in self.laptops:
            workspace.close()

    def rows(self, workspace: Workspace) -> list[str]:
        """Return the companies that a laptop knows."""
        return sorted({c.row for c in logged(workspace)})

    def save(
        self,
        workspace: Workspace,
        row: str | None,
        values: dict[str, Value],
        seen: int | None = None,
    ) -> None:
        """Save fields of a company, new when ``row`` is None."""
        before = logged(workspace)
        known = len(before) if seen is None else seen
        with workspace.write("save", seen=seen) as session:
            if row is None:
                row = records.create(session, "companies", **values)
            else:
                company = session.get(record_texts.model_of("companies"), row)
                for column, value in values.items():
                    setattr(company, column, value)
        stream = Laptop(workspace).stream
        had = {c.id for n, c in enumerate(before, 1) if n <= known or c.stream == stream}
        self._note(workspace, len(before), had)

    def _note(self, workspace: Workspace, position: int, had_seen: set[str]) -> None:
        for change in logged(workspace)[position:]:
            self.saved[change.id] = change
            row = (change.table, change.row)
            self.saves.setdefault(row, []).extend(saves_of(change, had_seen))

    def step(self) -> None:
        """Let one thing happen."""
        verbs = {
            self.edit: 30,
            self.add: 4,
            self.delete: 3,
            self.form: 8,
            self.resolve: 6,
            self.sync: 25,
            self.clone: 1,
            self.keep: 3,
            self.roll_back: 2,
            self.ruin: 2,
        }
        (verb,) = self.rng.choices(list(verbs), list(verbs.values()))
        self.done[verb.__name__] += 1
        verb(self.rng.choice(self.laptops))

    def edit(self, workspace: Workspace) -> None:
        """Edit one or two fields of a company."""
        rows = self.rows(workspace)
        if rows:
            chosen = self.rng.sample(COLUMNS, self.rng.randint(1, 2))
            fields: dict[str, Value] = {c: f"值 {self.rng.randint(0, 99)}" for c in chosen}
            self.save(workspace, self.rng.choice(rows[:4]), fields)

    def add(self, workspace: Workspace) -> None:
        """Add a company."""
        self.save(workspace, None, {"name": f"新 {self.rng.randint(0, 99)}"})

    def delete(self, workspace: Workspace) -> None:
        """Delete a company, or bring one back."""
        rows = self.rows(workspace)
        if rows:
            self.save(workspace, self.rng.choice(rows), {"deleted": self.rng.choice([True, None])})

    def form(self, workspace: Workspace) -> None:
        """Open a form, or save one that was open during syncs."""
        folder = workspace.paths.folder
        rows = self.rows(workspace)
        if folder in self.forms:
            row, seen = self.forms.pop(folder)
            self.save(workspace, row, {"city": f"窗 {self.rng.randint(0, 99)}"}, seen)
        elif rows:
            self.forms[folder] = (self.rng.choice(rows[:4]), len(logged(workspace)))

    def resolve(self, workspace: Workspace) -> None:
        """Settle a conflict."""
        with workspace.read() as session:
            found = conflicts.conflicts(session)
        if found:
            one = self.rng.choice(found)
            value = self.rng.choice(one.sides).value
            before = logged(workspace)
            conflicts.resolve(workspace, one.table, one.row, one.column, value, "settle")
            self._note(workspace, len(before), {c.id for c in before})

    def sync(self, workspace: Workspace) -> bool:
        """Sync; say whether anything moved."""
        result = team.sync(workspace)
        told = {p.key for p in result.problems} - {"hub_older", "share_damaged", "share_away"}
        if told:
            raise BrokenError(f"{result.problems}")
        return bool(result.pulled or result.pushed or result.problems)

    def clone(self, workspace: Workspace) -> None:
        """Go on in a copied workspace folder as well."""
        if len(self.laptops) < 5:
            at = self.laptops.index(workspace)
            folder = workspace.paths.folder
            copy = self.folder / f"laptop{len(self.laptops)}"
            workspace.close()
            shutil.copytree(folder, copy)
            self.laptops[at] = Workspace.open(folder)
            self.laptops.append(Workspace.open(copy))

    def _files(self) -> list[Path]:
        return [f for f in sorted(self.share.glob("team*.db")) if ".prev" not in f.name]

    def keep(self, _workspace: Workspace) -> None:
        """Copy the shared files to a stick."""
        self.old = {f.name: f.read_bytes() for f in self._files()}

    def roll_back(self, _workspace: Workspace) -> None:
        """Put an old copy over a shared file, or beside it."""
        if self.old:
            name = self.rng.choice(sorted(self.old))
            copy = f"{name.removesuffix('.db')} (冲突副本).db"
            (self.share / self.rng.choice([name, copy])).write_bytes(self.old[name])

    def ruin(self, _workspace: Workspace) -> None:
        """Empty a shared file, cut it short, or alter some of its bytes."""
        files = self._files()
        if files:
            file = self.rng.choice(files)
            data = file.read_bytes()
            at = self.rng.randrange(len(data)) if data else 0
            altered = data[:at] + bytes(64) + data[at + 64 :]
            file.write_bytes(self.rng.choice([b"", data[:at], altered]))

    def check(self) -> None:
        """Let all sync until nothing moves, and say whether all is well.

        Raises:
            BrokenError: it is not.
        """
        for _ in range(8):
            moved = [self.sync(workspace) for workspace in self.laptops]
            if not any(moved):
                break
        else:
            raise BrokenError("the laptops never settle down")
        for workspace in self.laptops:
            changes = {c.id: c for c in logged(workspace)}
            check_log(changes, self.saved, set())
            report = check(workspace)
            if not report.ok:
                raise BrokenError(f"{report.problems}")
            for row, saves in self.saves.items():
                of_row = [c for c in changes.values() if (c.table, c.row) == row]
                cells = cells_of((c.id, c.hlc, c.fields) for c in of_row)
                check_row(row, saves, cells, whole=True)
