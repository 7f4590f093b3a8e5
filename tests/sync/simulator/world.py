"""One run: a team works, syncs and suffers as its seed says, and then all must be well."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from random import Random
from typing import Any, cast

from desktop_app.db.change import HLC_PER_MS, Change, Value
from desktop_app.domain.errors import DeskError
from desktop_app.sync.drive import DriveHub
from desktop_app.sync.file_hub import BAD
from desktop_app.sync.folder import FolderHub
from desktop_app.sync.lock import HubLock
from desktop_app.sync.run import Outcome, sync_once
from desktop_app.sync.share import DRAFT, Share
from tests.sync.simulator import codec
from tests.sync.simulator.checks import BrokenError, Save, check_log, check_row, saves_of
from tests.sync.simulator.laptop import KNOWN, MemoryLog, Row
from tests.sync.simulator.share import LOCAL, Cloud, Crashed, File, MemoryShare, View

HOUR = 3_600_000
YEAR = 365 * 24 * HOUR


@dataclass
class Station:
    """A laptop with the person at it.

    Attributes:
        name: for the list of operations.
        log: what it knows.
        view: the shared folder as it sees it.
        off: by how many milliseconds its clock is wrong.
        backups: earlier states of its disk.
        form: a record whose form has been open since a place in the log.
    """

    name: str
    log: MemoryLog
    view: View
    off: int = 0
    backups: list[MemoryLog] = field(default_factory=list)
    form: tuple[Row, int] | None = None


def in_files(files: Mapping[str, File], doomed: Collection[str] = ()) -> set[str]:
    """Return the ids of all changes in the shared files of a folder, but for some files."""
    found: set[str] = set()
    for name, file in files.items():
        if (
            name not in doomed
            and DRAFT not in name
            and BAD not in name
            and not name.endswith(".prev.db")
        ):
            found.update(c.id for c in codec.changes_of(file.data))
    return found


class World:
    """The laptops of a team, their shared folder, and all that was ever saved."""

    def __init__(self, seed: int) -> None:
        """Set a team up; the seed decides everything."""
        self.rng = Random(seed)
        self.synced_folder = bool(seed % 2)
        self.team = self.rng.randbytes(16).hex()
        self.now = 1_790_000_000_000
        self.ticks = 0
        self.cloud = Cloud()
        self.drive = View("drive")
        self.saved: dict[str, Change] = {}
        self.saves: dict[Row, list[Save]] = {}
        self.lost: set[str] = set()
        # Files harmed in one laptop's folder: its sync client may carry the harm to all others.
        self.doomed: set[str] = set()
        self.operations: list[str] = []
        self.counts: Counter[str] = Counter()
        self.editions: list[dict[str, File]] = []
        self.stations: list[Station] = []
        self._depth = 0
        for _ in range(self.rng.randint(3, 8)):
            self.join()
        first = self.stations[0]
        share = MemoryShare(first.view, self.tick)
        with closing(self._hub(first, share)) as hub:
            hub.create()
        for station in self.stations:
            self.carry(first)
            self.carry(station)

    def join(self) -> Station:
        """Give somebody a laptop."""
        name = f"L{len(self.stations) + self.counts['retire']}{'abcdefgh'[len(self.stations) % 8]}"
        view = View(name) if self.synced_folder else self.drive
        version = self.rng.choice([1, 2, 2])
        log = MemoryLog(self.rng, self.team, lambda: self.now * HLC_PER_MS, version)
        station = Station(name, log, view)
        log.wall = lambda: (self.now + station.off) * HLC_PER_MS
        self.stations.append(station)
        return station

    def tick(self) -> int:
        """Return the moment for the next file that is written."""
        self.ticks += 1
        return self.now * 1_000_000 + self.ticks

    def note(self, kind: str, text: str = "") -> None:
        """Write down one operation."""
        self.counts[kind] += 1
        self.operations.append(f"{kind} {text}".rstrip())

    # What people do.

    def save(
        self,
        station: Station,
        row: Row,
        values: dict[str, Value],
        seen: int | None = None,
        settle: Iterable[str] = (),
    ) -> None:
        """Let somebody save fields of a record, and note what that person had seen of it."""
        had_seen = station.log.known_of(row, seen)
        change = station.log.save(row, values, seen=seen, settle=set(settle))
        if change is None:
            return
        self.saved[change.id] = change
        self.saves.setdefault(row, []).extend(saves_of(change, had_seen))
        self.operations[-1] += f" -> {change.id[:6]}"

    def value(self) -> Value:
        """Return something to type."""
        kind = self.rng.random()
        if kind < 0.5:
            return f"值 {self.rng.randint(0, 9)}"
        return self.rng.choice([None, True, self.rng.randint(0, 99), "Zürich\n瑞士"])

    def pick(self, station: Station) -> Row | None:
        """Return a record, the first ones again and again: that is where people meet."""
        rows = station.log.rows()
        return rows[int(self.rng.random() ** 2 * len(rows))] if rows else None

    def create(self, station: Station) -> None:
        """Let somebody add a record."""
        table = self.rng.choice(["lead", "lead", *KNOWN[station.log.version]])
        row = (table, self.rng.randbytes(16).hex())
        values = {c: self.value() for c in KNOWN[station.log.version][table]}
        self.note("create", f"{station.name} {table} {row[1][:4]}")
        self.save(station, row, {**values, "title": f"新 {self.rng.randint(0, 99)}"})

    def edit(self, station: Station, *, hot: bool = False) -> None:
        """Let somebody edit a record, deleted or not, at times one field that all edit."""
        row = self.pick(station)
        if row is None:
            return
        columns = KNOWN[station.log.version][row[0]]
        chosen = ["title"] if hot else self.rng.sample(columns, self.rng.randint(1, 2))
        values = {c: self.value() for c in chosen}
        self.note("edit", f"{station.name} {row[1][:4]} {values}")
        self.save(station, row, values)

    def delete(self, station: Station) -> None:
        """Let somebody delete a record."""
        row = self.pick(station)
        if row is not None:
            self.note("delete", f"{station.name} {row[1][:4]}")
            self.save(station, row, {"deleted": True})

    def undo(self, station: Station) -> None:
        """Let somebody set a field back to what it was, or bring a deleted record back."""
        row = self.pick(station)
        if row is None:
            return
        save = self.rng.choice(self.saves[row])
        if save.change.id in station.log.changes and save.column != "deleted":
            values = {save.column: save.value}
        else:
            values = {"deleted": None}
        if values.keys() <= {"deleted", *KNOWN[station.log.version][row[0]]}:
            self.note("undo", f"{station.name} {row[1][:4]} {values}")
            self.save(station, row, values)

    def form(self, station: Station) -> None:
        """Let somebody open a form, or save the one that has been open during syncs."""
        if station.form is None:
            row = self.pick(station)
            if row is not None:
                station.form = (row, station.log.position())
            return
        (row, seen), station.form = station.form, None
        column = self.rng.choice([*KNOWN[station.log.version][row[0]], "title", "deleted"])
        values = {column: True if column == "deleted" else self.value()}
        self.note("form", f"{station.name} {row[1][:4]} {values} seen {seen}")
        self.save(station, row, values, seen)

    def resolve(self, station: Station) -> None:
        """Let somebody settle a conflict."""
        for row in station.log.rows():
            known = {"deleted", *KNOWN[station.log.version][row[0]]}
            cells = station.log.cells(row)
            disputed = [c for c in cells if cells[c].disputed and c in known]
            if disputed:
                column = self.rng.choice(disputed)
                value = self.rng.choice([cells[column].value, self.value()])
                if column == "deleted":
                    value = self.rng.choice([True, None])
                self.note("resolve", f"{station.name} {row[1][:4]} {column} {value!r}")
                self.save(station, row, {column: value}, settle=[column])
                return

    def sync(
        self, station: Station, share: MemoryShare | None = None, why: str = "sync", at: str = ""
    ) -> bool:
        """Let a laptop sync; say whether anything moved."""
        share = share or MemoryShare(station.view, self.tick)
        position = station.log.position()
        station.log.step = share.step
        self._depth += 1
        outcome = Outcome()
        self.note(why, f"{station.name} {at}".rstrip())
        entry = len(self.operations) - 1
        end = "ok"
        try:
            moment = dt.datetime.fromtimestamp((self.now + station.off) / 1000, dt.UTC)
            with closing(self._hub(station, share)) as hub:
                sync_once(
                    station.log,
                    hub,
                    outcome,
                    cancelled=lambda: False,
                    now=moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
                )
        except Crashed:
            end = "crashed"
            self.counts["crashed"] += 1
        except DeskError as error:
            end = error.key
            self.counts[error.key] += 1
        finally:
            station.log.step = lambda _name: None
            self._depth -= 1
            if not self._depth:
                LOCAL.clear()
        told = [p.key for p in outcome.problems]
        self.counts.update(told)
        self.operations[entry] += (
            f": {end} in {outcome.pulled} out {outcome.pushed} {' '.join(told)} at {position}"
        )
        return end != "ok" or bool(outcome.pulled or outcome.pushed or told)

    def _hub(self, station: Station, share: MemoryShare) -> DriveHub | FolderHub:
        """Return the hub as a laptop meets it in one sync."""
        now = (self.now + station.off) / 1000
        options: dict[str, Any] = {"codec": codec, "now": lambda: now}
        if self.synced_folder:
            return FolderHub(cast(Share, share), self.team, lambda: station.log.stream, **options)

        def make_lock(of_share: Share, name: str) -> HubLock:
            return HubLock(
                of_share,
                name,
                clock=lambda: self.now / 1000,
                sleep=self._sleep,
                alive=lambda _pid: False,
                host=station.name,
                heartbeat=False,
            )

        options["make_lock"] = make_lock
        return DriveHub(cast(Share, share), self.team, lambda: station.log.stream, **options)

    def _sleep(self, seconds: float) -> None:
        self.now += int(seconds * 1000)

    def recreate(self, station: Station) -> None:
        """Let somebody make the shared file anew when it is gone."""
        self.note("recreate", station.name)
        try:
            share = MemoryShare(station.view, self.tick)
            with closing(self._hub(station, share)) as hub:
                hub.create()
        except DeskError as error:
            self.operations[-1] += f": {error.key}"

    # What is true.

    def held(self) -> set[str]:
        """Return the ids of all changes that anybody or anything alive still holds."""
        held = set[str]().union(*(s.log.changes for s in self.stations))
        return held.union(*(in_files(files, self.doomed) for files in self.views()))

    def views(self) -> list[dict[str, File]]:
        """Return all places where files of the team are."""
        if not self.synced_folder:
            return [self.drive.files]
        cloud = {n: f for n, (_, f) in self.cloud.files.items() if f is not None}
        return [cloud, *(s.view.files for s in self.stations)]

    def carry(self, station: Station, share: float = 1.0) -> None:
        """Let the sync client of a laptop carry some files, in any order."""
        if not self.synced_folder:
            return
        names = [n for n in self.cloud.names(station.view) if self.rng.random() < share]
        self.rng.shuffle(names)
        self.cloud.meet(station.view, names)

    def settle_down(self) -> None:
        """Let all sync until nothing moves any more, and once more a day later.

        Raises:
            BrokenError: something moves for ever.
        """
        quiet = 0
        for _ in range(12):
            moved = False
            for station in self.stations:
                self.now += 10 * 60_000
                self.carry(station)
                away = self.counts["share_away"]
                moved |= self.sync(station, why="settle")
                if self.counts["share_away"] > away:
                    self.recreate(station)
                self.carry(station)
            if moved:
                quiet = 0
            elif quiet:
                return
            else:
                # A part that is missing gets a day to come back before it is made good.
                self.now += 25 * HOUR
                quiet = 1
        raise BrokenError("the laptops never settle down")

    def check(self) -> None:
        """Say whether all laptops are equal and no saved value is gone.

        Raises:
            BrokenError: it is not so.
        """
        first, *others = (s.log for s in self.stations)
        for log in (first, *others):
            check_log(log.changes, self.saved, self.lost)
        for row, saves in self.saves.items():
            kept = [s for s in saves if s.change.id in first.changes]
            if not kept:
                continue
            cells = first.cells(row)
            if any(log.changes.keys() != first.changes.keys() for log in others):
                raise BrokenError("the laptops do not know the same")
            if any(log.cells(row) != cells for log in others):
                raise BrokenError(f"the laptops show {row} differently")
            check_row(row, kept, cells, whole=len(kept) == len(saves))
        if not self.counts["clock"] and first.changes.keys() - in_files(self.views()[0]):
            raise BrokenError("the shared file lacks what all laptops know")
