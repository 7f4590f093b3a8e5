"""Hub files of the simulator: lines of JSON in place of SQLite, with the same functions."""

import json
from collections.abc import Sequence
from pathlib import Path

from desktop_app.db.change import Change, make_change
from desktop_app.db.keys import Key
from desktop_app.sync.hub import Part, Total
from desktop_app.sync.hub_file import Contents, DamagedError, ForeignError
from tests.sync.simulator.share import LOCAL

_MARK = b"IDK1 "
_lines: dict[str, bytes] = {}
_read: dict[bytes, tuple[str, int, Total, tuple[Change, ...]]] = {}


def forget() -> None:
    """Forget what was read, between two runs."""
    _lines.clear()
    _read.clear()


def looks_ours(head: bytes, _key: Key | None) -> bool:
    """Say by the first bytes whether a file is one of ours."""
    return head.startswith(_MARK)


def looks_protected(_head: bytes) -> bool:
    """Say that no file of the simulator is protected."""
    return False


def write_part(
    path: Path,
    team: str,
    kind: str,
    stream: str,
    changes: Sequence[Change],
    key: Key | None = None,
) -> Part:
    """Write a new file."""
    return _write(path, team, 1, stream, tuple(changes))


def append_part(
    source: Path, path: Path, stream: str, changes: Sequence[Change], key: Key | None = None
) -> Part:
    """Write the next edition of a file."""
    team, generation, _, before = _parse(LOCAL[source])
    return _write(path, team, generation + 1, stream, (*before, *changes))


def read_part(path: Path, after: Part | None = None, key: Key | None = None) -> Contents:
    """Read a file."""
    team, generation, total, changes = _parse(LOCAL[path])
    skip = 0
    if after is not None:
        begins = Total().add(c.id for c in changes[: after.count])
        if begins == Total(after.count, after.xor):
            skip = after.count
    contents = Contents(team, generation, total)
    if not skip:
        contents.ids = {c.id for c in changes}
    contents.changes = list(changes[skip:])
    return contents


def changes_of(data: bytes) -> tuple[Change, ...]:
    """Return the changes in a file's bytes, none of one that is not whole."""
    try:
        return _parse(data)[3]
    except (DamagedError, ForeignError):
        return ()


def _write(
    path: Path, team: str, generation: int, stream: str, changes: tuple[Change, ...]
) -> Part:
    total = Total().add(c.id for c in changes)
    header = [team, generation, total.count, total.xor, stream]
    lines = [_MARK + json.dumps(header).encode()]
    for change in changes:
        line = _lines.get(change.id)
        if line is None:
            line = _lines[change.id] = json.dumps(change).encode()
        lines.append(line)
    data = LOCAL[path] = b"\n".join(lines)
    _parse(data)
    return Part("", total.count, total.xor)


def _parse(data: bytes) -> tuple[str, int, Total, tuple[Change, ...]]:
    found = _read.get(data)
    if found is None:
        if not data.startswith(_MARK):
            raise ForeignError
        found = _read[data] = _verified(data)
    return found


def _verified(data: bytes) -> tuple[str, int, Total, tuple[Change, ...]]:
    try:
        header, *rest = data[len(_MARK) :].split(b"\n")
        team, generation, count, xor, _ = json.loads(header)
        changes = tuple(Change(*json.loads(line)) for line in rest)
    except (ValueError, TypeError) as error:
        raise DamagedError(str(error)) from error
    total = Total().add(c.id for c in changes)
    if total != Total(count, xor) or len({c.id for c in changes}) != count:
        raise DamagedError("manifest")
    if any(make_change(*c[1:]).id != c.id for c in changes):
        raise DamagedError("id")
    return team, generation, total, changes
