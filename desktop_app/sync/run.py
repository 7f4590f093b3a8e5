"""One sync: what is new in the hub comes in, what the hub lacks goes out, nothing else.

What must go out is found by comparing with what the hub really holds, never by a flag: a hub that
was overwritten, rolled back or deleted heals at the next sync of any laptop that knows more.
Source: the sync design, "Shape" and "Exchange".
"""

import datetime as dt
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop_app.db.change import HLC_PER_MS, Change, Changes
from desktop_app.db.seal import MOST_AHEAD
from desktop_app.domain.errors import DeskError
from desktop_app.sync.hub import Ack, Cancelled, Files, Hub, Log, Memory, Problem, Reading, Total
from desktop_app.sync.share import ReplaceRefusedError

#: Faults of the hub under which reading may still work: the work waits on the laptop.
WAITING = ("share_read_only", "share_full", "share_busy")
# A laptop that saw nothing new for so long no longer counts: it was given away, or set up anew.
_RETIRED = dt.timedelta(days=60)
_SLICE = 2000


@dataclass
class Outcome:
    """What one sync did.

    Attributes:
        pulled: how many changes came in.
        pushed: how many went out.
        changes: the tables and records that what came in touched.
        problems: what to tell the person.
    """

    pulled: int = 0
    pushed: int = 0
    changes: Changes = field(default_factory=Changes)
    problems: list[Problem] = field(default_factory=list)

    def tell(self, problems: Sequence[Problem]) -> None:
        """Add problems that were not told yet."""
        self.problems += [p for p in problems if p not in self.problems]

    def touch(self, changes: Changes) -> None:
        """Add what further changes touched."""
        self.changes = Changes(self.changes.tables | changes.tables, self.changes.ids | changes.ids)


def sync_once(
    log: Log,
    hub: Hub,
    outcome: Outcome,
    *,
    cancelled: Cancelled,
    now: str,
    files: Files | None = None,
) -> None:
    """Exchange what is new between a laptop and its hub.

    Args:
        log: the laptop's changes.
        hub: the team's.
        outcome: is told what was done, step by step, so that it stands when the hub goes away.
        cancelled: looked at between two steps; what was merged until then stays merged.
        now: the UTC moment, published with what this laptop has seen.
        files: the attachments of this laptop, where it has any.

    Raises:
        DeskError: the hub can't be read (``share_away`` and the like): nothing was lost.
    """
    memory = log.memory()
    acks = hub.acks()
    _leave_stream_of_copy(log, memory, acks)
    waits = log.position() > memory.compared
    moved = hub.changed(memory)
    if moved and not waits:
        waits = _exchange(log, hub, memory, outcome, cancelled, files, now, holding=False)
    if waits and not cancelled():
        try:
            with hub.holding():
                _publish(log, hub, memory, outcome, cancelled, files, now)
        except ReplaceRefusedError:
            raise
        except DeskError as error:
            if error.key not in WAITING:
                raise
            outcome.tell([Problem(error.key, error.values)])
            if moved:
                _exchange(log, hub, memory, outcome, cancelled, files, now, holding=False)
    if files is not None:
        _fetch_files(hub, files, cancelled)
    try:
        _acknowledge(log, hub, memory, acks, now)
    except DeskError as error:
        if error.key not in WAITING:
            raise
        outcome.tell([Problem(error.key, error.values)])


def _publish(
    log: Log,
    hub: Hub,
    memory: Memory,
    outcome: Outcome,
    cancelled: Cancelled,
    files: Files | None,
    now: str,
) -> None:
    """Read, merge and publish while holding the hub."""
    try:
        _exchange(log, hub, memory, outcome, cancelled, files, now, holding=True)
    except DeskError as error:
        if error.key != "share_damaged" or not memory.verified:
            raise
        # What was verified earlier today has rotted since: nothing is taken for granted now.
        memory.verified = ""
        _exchange(log, hub, memory, outcome, cancelled, files, now, holding=True)


def _leave_stream_of_copy(log: Log, memory: Memory, acks: Sequence[Ack]) -> None:
    """Take a new stream when another copy of this workspace has published under ours."""
    ours = next((ack for ack in acks if ack.stream == log.stream), None)
    if ours is not None and ours.nonce not in memory.nonce.split():
        log.new_stream()
        memory.nonce = ""


def _exchange(
    log: Log,
    hub: Hub,
    memory: Memory,
    outcome: Outcome,
    cancelled: Cancelled,
    files: Files | None,
    now: str,
    *,
    holding: bool,
) -> bool:
    """Read, merge, and when holding the hub publish; say whether the hub still lacks something."""
    reading = hub.read(memory)
    try:
        return _use(reading, log, hub, memory, outcome, cancelled, files, now, holding=holding)
    finally:
        _let_go(reading)


def _let_go(reading: Reading) -> None:
    """Free what was read in slices: 100,000 changes at once would stop a window for 50 ms."""
    changes, reading.changes = list(reading.changes), []
    while changes:
        del changes[-_SLICE:]
        time.sleep(0)


def _use(
    reading: Reading,
    log: Log,
    hub: Hub,
    memory: Memory,
    outcome: Outcome,
    cancelled: Cancelled,
    files: Files | None,
    now: str,
    *,
    holding: bool,
) -> bool:
    """Merge what was read, and when holding the hub publish what it lacks."""
    outcome.tell(reading.problems)
    ids = {c.id for c in reading.changes}
    known = log.known(ids)
    changes = log.apply([c for c in reading.changes if c.id not in known], cancelled)
    if cancelled():
        return False
    outcome.pulled += len(ids) - len(known)
    outcome.tell(_clocks_far_off([c for c in reading.changes if c.id not in known], now))
    outcome.touch(changes)
    position = log.position()
    if reading.ids is None:
        held = ids - reading.strays
        missing = [c for c in log.since(memory.compared, position) if c.id not in held]
    else:
        missing = log.missing_from(reading.ids, position)
    lacks = bool(missing) or reading.repair
    if lacks and not holding:
        # Read again while holding; until then nothing counts as compared.
        return True
    parts = reading.parts
    if lacks:
        if files is not None:
            _send_files(hub, files, missing, everything=reading.ids is not None)
        parts = hub.publish(missing, reading)
        outcome.pushed += len(missing)
    # Both or neither: parts taken as read before all was compared would be published twice.
    memory.parts, memory.compared = parts, position
    memory.verified = reading.verified or memory.verified
    log.remember(memory)
    return False


def _clocks_far_off(changes: Sequence[Change], now: str) -> list[Problem]:
    """Return what to tell of a laptop whose clock is more than a day ahead of ours."""
    ours = int(dt.datetime.fromisoformat(now).timestamp() * 1000) * HLC_PER_MS
    ahead = max((c.hlc for c in changes), default=0) - ours
    if ahead <= MOST_AHEAD:
        return []
    return [Problem("clock_far_off", {"days": ahead // MOST_AHEAD})]


def _send_files(hub: Hub, files: Files, missing: Sequence[Change], *, everything: bool) -> None:
    """Upload attachments before the changes that name them."""
    if not everything and all(c.table != "attachment" for c in missing):
        return
    here = files.here()
    for sha256 in sorted(here - hub.file_names()) if here else ():
        hub.put_file(files.path(sha256))


def _fetch_files(hub: Hub, files: Files, cancelled: Cancelled) -> None:
    """Download the attachments that records mention and that are not here yet."""
    for sha256 in sorted(files.awaited()):
        if cancelled():
            return
        hub.get_file(sha256, files.path(sha256))


def _acknowledge(log: Log, hub: Hub, memory: Memory, acks: Sequence[Ack], now: str) -> None:
    """Publish what this laptop has seen when that altered, and count who has seen its work."""
    stream, seen = log.stream, log.seen()
    mine = seen.get(stream, Total())
    oldest = (dt.datetime.fromisoformat(now) - _RETIRED).strftime("%Y-%m-%dT%H:%M:%SZ")
    others = [ack for ack in acks if ack.stream != stream and ack.at > oldest]
    seen_by = sum(ack.seen.get(stream, Total()) == mine for ack in others)
    if (memory.seen_by, memory.laptops) != (seen_by, len(others)):
        memory.seen_by, memory.laptops = seen_by, len(others)
        log.remember(memory)
    ours = next((ack for ack in acks if ack.stream == stream), None)
    if ours is not None and ours.seen == seen and memory.nonce:
        return
    nonce = os.urandom(8).hex()
    # Both are kept: a crash right here must not look like a copy of this workspace.
    memory.nonce = f"{memory.nonce.split()[-1]} {nonce}" if memory.nonce else nonce
    log.remember(memory)
    hub.put_ack(Ack(stream, nonce, now, seen))
