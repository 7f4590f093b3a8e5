"""The rows of a hub on a server: reading them, adding to them, and what they add up to."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from desktop_app.db.change import Change, make_change
from desktop_app.domain.errors import DeskError
from desktop_app.sync.hub import Ack, Part, Problem, Reading, Total
from desktop_app.sync.server_tables import FORMAT, change, damaged, hub

# The one part of a server's hub.
PART = "server"

_AT_ONCE = 2_000


def meta_of(connection: Connection) -> dict[str, str]:
    """Return the rows that say what the hub is.

    Raises:
        DeskError: it is of a newer format, or no hub of ours.
    """
    meta = dict(connection.execute(select(hub.c.name, hub.c.value)).all())
    if not {"format", "team", "count", "xor"} <= meta.keys() or not meta["format"].isdigit():
        raise DeskError("share_not_ours", path=_shown(connection))
    if int(meta["format"]) > FORMAT:
        raise DeskError("share_newer", path=_shown(connection))
    return meta


def _shown(connection: Connection) -> str:
    """Return the server's address as it may be shown."""
    return connection.engine.url.render_as_string(hide_password=True)


def lock(connection: Connection) -> None:
    """Wait until no other laptop publishes; none will until the end of the transaction."""
    connection.execute(select(hub.c.value).where(hub.c.name == "count").with_for_update())


def stated(meta: dict[str, str]) -> Total:
    """Return how many changes there are said to be, and the xor of their ids."""
    try:
        return Total(int(meta["count"]), int(meta["xor"], 16))
    except ValueError:
        return Total(-1)


def _state(connection: Connection, total: Total) -> None:
    """Write how many changes there are, and the xor of their ids."""
    for name, value in (("count", str(total.count)), ("xor", f"{total.xor:032x}")):
        connection.execute(update(hub).where(hub.c.name == name).values(value=value))


def _part(connection: Connection, total: Total) -> Part:
    """Return what to remember: the place and id of the newest change, and the total."""
    newest = select(change.c.seq, change.c.id).order_by(change.c.seq.desc()).limit(1)
    last = connection.execute(newest).first()
    stamp = f"{last.seq}:{last.id.hex()}" if last else "0:"
    return Part(stamp, total.count, total.xor)


def read_new(connection: Connection, part: Part | None, total: Total) -> Reading | None:
    """Return what came after the part that is remembered, or None when it did not just grow."""
    if part is None:
        return None
    last, _, anchor = part.stamp.partition(":")
    if not last.isdigit():
        return None
    if anchor:
        held = connection.scalar(select(change.c.id).where(change.c.seq == int(last)))
        if held is None or held.hex() != anchor:
            return None
    reading = Reading()
    ids = _take(connection, int(last), reading)
    if Total(part.count, part.xor).add(ids) != total:
        return None
    reading.parts = {PART: _part(connection, total) if ids else part}
    return reading


def read_all(connection: Connection) -> tuple[Reading, Total]:
    """Return everything that is sound, and the total of all that stands there."""
    reading = Reading()
    total = Total().add(_take(connection, 0, reading))
    reading.ids = {c.id for c in reading.changes}
    reading.parts = {PART: _part(connection, Total().add(reading.ids))}
    return reading, total


def _take(connection: Connection, after: int, reading: Reading) -> list[str]:
    """Add the sound changes after a place to a reading; return the ids of all that stand there."""
    ids: list[str] = []
    for row in _rows(connection, after):
        ids.append(row.id.hex())
        made = _change_of(row)
        # A row that is not what its id says is never taken in.
        if made.id == ids[-1]:
            reading.changes.append(made)
        else:
            reading.problems = [Problem("share_damaged", {"path": _shown(connection)})]
    return ids


def _rows(connection: Connection, after: int) -> Iterator[Row[Any]]:
    """Yield the changes after a place, in order, some thousands at a time."""
    while True:
        following = select(change).where(change.c.seq > after).order_by(change.c.seq)
        found = connection.execute(following.limit(_AT_ONCE)).all()
        yield from found
        if len(found) < _AT_ONCE:
            return
        after = found[-1].seq


def mend(connection: Connection) -> None:
    """Set aside the rows that are not what their id says, and state the true count and xor.

    Whoever knows what stood there puts it back at the next sync: the count no longer is the one
    that was remembered.
    """
    total = Total()
    for row in _rows(connection, 0):
        if _change_of(row).id == row.id.hex():
            total = total.add([row.id.hex()])
            continue
        as_it_was = json.dumps(row._asdict(), default=bytes.hex, ensure_ascii=False)
        connection.execute(insert(damaged).values(row=as_it_was))
        connection.execute(delete(change).where(change.c.seq == row.seq))
    _state(connection, total)


def add(connection: Connection, changes: Sequence[Change], before: Total) -> Part:
    """Add the changes that are not there yet, under the lock; return what to remember.

    Args:
        connection: the one that holds the lock.
        changes: those to add.
        before: what the hub states of itself.
    """
    new = {c.id: c for c in changes if _storable(c)}
    held = _held(connection, list(new))
    rows = [_row(c) for c in new.values() if c.id not in held]
    for start in range(0, len(rows), _AT_ONCE):
        connection.execute(insert(change), rows[start : start + _AT_ONCE])
    total = before.add(r["id"].hex() for r in rows)
    if rows:
        _state(connection, total)
    return _part(connection, total)


def _held(connection: Connection, ids: list[str]) -> set[str]:
    """Return those of ``ids`` that the server holds."""
    held: set[str] = set()
    for start in range(0, len(ids), _AT_ONCE):
        some = [bytes.fromhex(i) for i in ids[start : start + _AT_ONCE]]
        found = connection.scalars(select(change.c.id).where(change.c.id.in_(some)))
        held.update(i.hex() for i in found)
    return held


def _storable(made: Change) -> bool:
    """Say whether a server's texts can hold a change: no program of ours makes one they can't."""
    texts = f"{made.author}{made.table}{made.fields}{made.extra}"
    return "\0" not in texts and texts.encode("utf-8", "ignore").decode() == texts


def _row(made: Change) -> dict[str, Any]:
    """Return a change as a row of the server's table."""
    of = bytes.fromhex
    return {
        "id": of(made.id),
        "stream": of(made.stream),
        "hlc": made.hlc,
        "tx": of(made.tx),
        "author": made.author,
        "tbl": made.table,
        "row": of(made.row),
        "fields": made.fields,
        "schema": made.schema,
        "extra": made.extra,
    }


def _change_of(row: Any) -> Change:
    """Return the change that a row holds, under the id that its content gives."""
    return make_change(
        row.stream.hex(),
        row.hlc,
        row.tx.hex(),
        row.author,
        row.tbl,
        row.row.hex(),
        row.fields,
        row.schema,
        row.extra,
    )


def ack_text(team: str, mine: Ack) -> str:
    """Return an acknowledgement as text, the same as in the files of a shared folder."""
    seen = {s: [t.count, f"{t.xor:032x}"] for s, t in mine.seen.items()}
    parts = {"stream": mine.stream, "nonce": mine.nonce, "at": mine.at, "seen": seen}
    return json.dumps({"format": FORMAT, "team": team, **parts})


def ack_of(text: str) -> Ack | None:
    """Return an acknowledgement from its text, or None when it is none."""
    try:
        stored = json.loads(text)
        seen = {s: Total(int(n), int(x, 16)) for s, (n, x) in stored["seen"].items()}
        return Ack(str(stored["stream"]), str(stored["nonce"]), str(stored["at"]), seen)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
