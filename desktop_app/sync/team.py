"""The team's shared file as the window and the command line see it."""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from desktop_app.db import keys
from desktop_app.db.change import Changes
from desktop_app.db.log_tables import change, link
from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from desktop_app.sync import conflicts, incoming
from desktop_app.sync.hub import Cancelled, Memory, Problem
from desktop_app.sync.laptop import Laptop
from desktop_app.sync.modes import Mode
from desktop_app.sync.open_hub import create_hub, file_of, find_hub, open_hub
from desktop_app.sync.run import Outcome, sync_once
from desktop_app.sync.share import ReplaceRefusedError
from desktop_app.sync.workspace_files import WorkspaceFiles


class State(StrEnum):
    """Where the work on this laptop stands; never just "synced"."""

    NOT_CONNECTED = "not_connected"
    SAVED_HERE = "saved_here"
    IN_SHARED_FILE = "in_shared_file"
    OFFLINE = "offline"
    READ_ONLY = "read_only"
    BUSY = "busy"
    PROBLEM = "problem"


_STATES = {
    "share_away": State.OFFLINE,
    "share_read_only": State.READ_ONLY,
    "share_busy": State.BUSY,
    "sync_running": State.BUSY,
}
# Told, but the sync did its work.
_NOTES = ("hub_older", "share_damaged", "clock_far_off")


@dataclass(frozen=True)
class SyncResult:
    """What one sync did and how things stand after it."""

    pulled: int = 0
    pushed: int = 0
    conflicts: int = 0
    state: State = State.NOT_CONNECTED
    problems: tuple[Problem, ...] = ()
    changes: Changes = field(default_factory=Changes)


@dataclass(frozen=True)
class TeamStatus:
    """How things stand, from what this laptop knows without looking at the share.

    Attributes:
        location: the shared file or server; None when not connected. Never holds a password.
        mode: how it is shared.
        state: where the work stands.
        waiting: changes that are not in the shared file yet.
        seen_by: how many other laptops have all of this one's work.
        laptops: how many other laptops there are.
        conflicts: disputed cells.
        incoming: records altered by others since the person last looked.
        last_sync_at: when a sync last reached the hub (UTC).
        problem: what the last sync has to tell.
        protected: whether the shared file is under a passphrase.
    """

    location: str | None = None
    mode: Mode | None = None
    state: State = State.NOT_CONNECTED
    waiting: int = 0
    seen_by: int = 0
    laptops: int = 0
    conflicts: int = 0
    incoming: int = 0
    last_sync_at: dt.datetime | None = None
    problem: Problem | None = None
    protected: bool = False


def connect(
    workspace: Workspace,
    location: str,
    *,
    create: bool = False,
    mode: Mode | None = None,
    passphrase: str | None = None,
) -> None:
    """Join the team of a shared file or server, or create one; ``sync`` then exchanges the work.

    Args:
        workspace: this laptop's.
        location: a file, a folder (its ``team.db`` is meant) or ``postgresql+psycopg://…``.
        create: make a new shared file for a new team.
        mode: how the file is shared; found out when None.
        passphrase: of a protected file; a created one is protected by it.

    To create the very file that this laptop is connected to makes it anew: see ``recreate``.

    Raises:
        DeskError: ``team_connected``, ``share_exists``, ``share_away``, ``share_not_ours`` and
            the like; nothing was changed.
    """
    with workspace.read() as session:
        linked = session.execute(select(link.c.location)).scalar()
    if linked is not None:
        if create and "://" not in location and file_of(location) == Path(linked):
            recreate(workspace, passphrase)
            return
        raise DeskError("team_connected")
    laptop = Laptop(workspace)
    if create:
        found = create_hub(location, mode, passphrase, lambda: laptop.stream)
    else:
        found = find_hub(location, mode, passphrase)
    with workspace.write() as session:
        session.execute(
            insert(link).values(
                id=1,
                team=found.team,
                location=found.location,
                mode=found.mode.value,
                memory=json.dumps({"hub": Memory(found.team, key=found.key).to_json()}),
                looked=select(func.coalesce(func.max(change.c.seq), 0)).scalar_subquery(),
            )
        )


def recreate(workspace: Workspace, passphrase: str | None = None) -> None:
    """Make anew a shared file that was deleted, for the same team; ``sync`` then fills it.

    Only on the person's word: a file that is missing may be on a drive that is away.

    Args:
        workspace: this laptop's.
        passphrase: of a file that was protected; taken from the keyring when None.

    Raises:
        DeskError: ``team_not_connected``, ``share_exists``, ``share_away`` when its folder is
            not there, ``share_locked`` without the team's passphrase.
    """
    with workspace.read() as session:
        found = _require_link(session)
    laptop = Laptop(workspace)
    memory = laptop.memory()
    if Mode(found.mode) is not Mode.SERVER and not Path(found.location).parent.is_dir():
        raise DeskError("share_away", path=found.location)
    if memory.key:
        passphrase = passphrase or keys.remembered(found.team)
        salt = bytes.fromhex(memory.key.partition(":")[0])
        if passphrase is None or keys.key_from(passphrase, salt).mark() != memory.key:
            raise DeskError("share_locked", path=found.location)
    place = create_hub(
        found.location,
        Mode(found.mode),
        passphrase if memory.key else None,
        lambda: laptop.stream,
        found.team,
    )
    memory.key = place.key
    laptop.remember(memory)


def disconnect(workspace: Workspace) -> None:
    """Forget the shared file; all work stays on this laptop, and in the file.

    Raises:
        DeskError: ``team_not_connected``.
    """
    with workspace.write() as session:
        _require_link(session)
        session.execute(delete(link))


def change_mode(workspace: Workspace, mode: Mode) -> None:
    """Share the same file in the other way from now on.

    Raises:
        DeskError: ``team_not_connected``.
    """
    with workspace.write() as session:
        found = _require_link(session)
        key = Memory.from_json(json.loads(found.memory)["hub"]).key
        memory = json.dumps({"hub": Memory(found.team, key=key).to_json()})
        session.execute(update(link).values(mode=mode.value, memory=memory))


def sync(
    workspace: Workspace,
    *,
    cancelled: Cancelled = lambda: False,
    progress: Callable[[float, str], None] = lambda _done, _text: None,
    passphrase: str | None = None,
) -> SyncResult:
    """Exchange what is new with the team; a fault of the share is told, never raised.

    Args:
        workspace: this laptop's.
        cancelled: looked at between two steps.
        progress: is told how far it is, 0 to 1.
        passphrase: of a protected file; taken from the keyring when None.
    """
    with workspace.read() as session:
        found = session.execute(select(link)).first()
    if found is None:
        return SyncResult()
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    outcome = Outcome()
    progress(0.0, "")
    try:
        with one_at_a_time(workspace.paths.folder):
            mode = Mode(found.mode)
            try:
                _exchange(workspace, found, mode, passphrase, outcome, cancelled, now)
            except ReplaceRefusedError:
                if mode is not Mode.DRIVE:
                    raise
                # New files are taken there, only replacing one is refused: so are synced folders.
                change_mode(workspace, Mode.FOLDER)
                _exchange(workspace, found, Mode.FOLDER, passphrase, outcome, cancelled, now)
    except DeskError as error:
        outcome.tell([Problem(error.key, error.values)])
    progress(1.0, "")
    _keep_last(workspace, now, outcome.problems)
    after = status(workspace)
    return SyncResult(
        outcome.pulled,
        outcome.pushed,
        after.conflicts,
        after.state,
        tuple(outcome.problems),
        outcome.changes,
    )


def _exchange(
    workspace: Workspace,
    found: Any,
    mode: Mode,
    passphrase: str | None,
    outcome: Outcome,
    cancelled: Cancelled,
    now: str,
) -> None:
    """Run one sync."""
    laptop, files = Laptop(workspace), WorkspaceFiles(workspace)
    memory = laptop.memory()
    hub = open_hub(
        found.location,
        mode,
        found.team,
        lambda: laptop.stream,
        passphrase,
        cancelled,
        memory.key,
    )
    try:
        key = getattr(hub, "key_mark", "")
        if key != memory.key:
            # The team took another passphrase, or its first.
            memory.key = key
            laptop.remember(memory)
        sync_once(laptop, hub, outcome, cancelled=cancelled, now=now, files=files)
    finally:
        hub.close()


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Keep two windows, or a window and the command line, from syncing one workspace at once.

    Raises:
        DeskError: ``sync_running``.
    """
    # The system gives the lock up when its process ends, however it ends.
    connection = driver.connect(str(folder / "sync.lock"), isolation_level=None, timeout=0)
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except driver.OperationalError as error:
            raise DeskError("sync_running") from error
        yield
    finally:
        connection.close()


def status(workspace: Workspace) -> TeamStatus:
    """Return how things stand, without looking at the share."""
    with workspace.read() as session:
        found = session.execute(select(link)).first()
        if found is None:
            return TeamStatus(conflicts=conflicts.count(session))
        memory = Memory.from_json(json.loads(found.memory)["hub"])
        waiting = session.scalar(select(func.count()).where(change.c.seq > memory.compared)) or 0
        problem = _problem(found.last_problem)
        return TeamStatus(
            location=shown_location(found.location),
            mode=Mode(found.mode),
            state=_state(problem, waiting),
            waiting=waiting,
            seen_by=memory.seen_by,
            laptops=memory.laptops,
            conflicts=conflicts.count(session),
            incoming=incoming.count(session),
            last_sync_at=dt.datetime.fromisoformat(found.last_at) if found.last_at else None,
            problem=problem,
            protected=bool(memory.key),
        )


def unlock(workspace: Workspace, passphrase: str) -> None:
    """Take a passphrase as the team's from now on, once it was seen to open the shared file.

    Raises:
        DeskError: ``team_not_connected``, ``share_locked`` for a wrong one, ``share_away``.
    """
    with workspace.read() as session:
        found = _require_link(session)
    laptop = Laptop(workspace)
    open_hub(
        found.location,
        Mode(found.mode),
        found.team,
        lambda: laptop.stream,
        passphrase,
        lambda: False,
        laptop.memory().key,
    ).close()
    keys.remember(found.team, passphrase)


def shown_location(location: str) -> str:
    """Return a location as it may be shown: of a server's address, the password left out."""
    if "://" not in location:
        return location
    from sqlalchemy import make_url

    return make_url(location).render_as_string(hide_password=True)


def _state(problem: Problem | None, waiting: int) -> State:
    """Return the state that the last problem and the waiting work make."""
    if problem is not None and problem.key not in _NOTES:
        return _STATES.get(problem.key, State.PROBLEM)
    return State.SAVED_HERE if waiting else State.IN_SHARED_FILE


def _require_link(session: Session) -> Any:
    """Return the link to the shared file.

    Raises:
        DeskError: there is none.
    """
    found = session.execute(select(link)).first()
    if found is None:
        raise DeskError("team_not_connected")
    return found


def _keep_last(workspace: Workspace, now: str, problems: list[Problem]) -> None:
    """Note how the sync went, for the status until the next one."""
    # What stops the work is told before what was only noticed.
    worst = min(problems, key=lambda p: p.key in _NOTES, default=None)
    values: dict[str, object] = {
        "last_problem": None
        if worst is None
        else json.dumps({"key": worst.key, "values": {k: str(v) for k, v in worst.values.items()}})
    }
    if worst is None or worst.key in _NOTES:
        values["last_at"] = now
    with workspace.write() as session:
        if "last_at" in values and session.scalar(select(link.c.last_at)) is None:
            # All that the team had before one joined is no news.
            values["looked"] = select(func.coalesce(func.max(change.c.seq), 0)).scalar_subquery()
        session.execute(update(link).values(**values))


def _problem(text: str | None) -> Problem | None:
    """Return a kept problem."""
    if text is None:
        return None
    kept = json.loads(text)
    return Problem(kept["key"], kept["values"])
