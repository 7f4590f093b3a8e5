"""The check: rebuild every row from the log and compare it with what the tables hold."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from desktop_app.db.change import Cell, cells_of, disputed, make_change
from desktop_app.db.log_values import sorted_columns, stored_values
from desktop_app.db.models import Base
from desktop_app.db.workspace import Workspace

# More than this many problems say no more than this many do.
_MOST = 100


@dataclass
class CheckReport:
    """What was looked at, and what is wrong (nothing, when all is well).

    Attributes:
        changes: how many changes.
        rows: how many records.
        awaited: how many references name a record that has not come from the team yet.
        problems: one dictionary a problem.
    """

    changes: int = 0
    rows: int = 0
    awaited: int = 0
    problems: list[dict[str, str]] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Return whether nothing is wrong."""
        return not self.problems

    def add(self, kind: str, **where: str) -> None:
        """Note one problem."""
        if len(self.problems) < _MOST:
            self.problems.append({"problem": kind, **where})


def check(workspace: Workspace) -> CheckReport:
    """Verify file, log and tables: pages whole, ids true, every row what its changes say."""
    report = CheckReport()
    with workspace.read() as session:
        raw = session.connection().connection.dbapi_connection
        assert raw is not None
        for (text,) in raw.execute("PRAGMA integrity_check").fetchall():
            if text != "ok":
                report.add("file", detail=text)
        # Rows are never removed, so what a reference names has merely not come from the team yet.
        report.awaited = len(raw.execute("PRAGMA foreign_key_check").fetchall())
        if raw.execute("SELECT count(*) FROM touched").fetchone()[0]:
            report.add("unsealed")
        for name in sorted(Base.metadata.tables):
            _check_table(raw, name, report)
    return report


def _check_table(raw: Any, name: str, report: CheckReport) -> None:
    """Compare one table's rows with the log, both read in key order."""
    noted: dict[bytes, set[str]] = {}
    for row, column in raw.execute("SELECT row, col FROM conflict WHERE tbl = ?", (name,)):
        noted.setdefault(row, set()).add(column)
    columns = sorted_columns(name)
    quoted = ", ".join(f'"{c}"' for c in columns)
    held = iter(raw.cursor().execute(f'SELECT id, {quoted} FROM "{name}" ORDER BY id'))
    current = next(held, None)
    for row, cells in _rebuilt(raw, name, report):
        while current is not None and current[0] < row:
            report.add("not_in_log", table=name, id=current[0].hex())
            current = next(held, None)
        if current is None or current[0] != row:
            report.add("row_missing", table=name, id=row.hex())
            continue
        report.rows += 1
        values = stored_values(name, current[1:])
        for column, value in values.items():
            if value != (cells[column].value if column in cells else None):
                report.add("differs", table=name, id=row.hex(), field=column)
        if set(disputed(cells)) != noted.get(row, set()):
            report.add("conflicts", table=name, id=row.hex())
        current = next(held, None)
    while current is not None:
        report.add("not_in_log", table=name, id=current[0].hex())
        current = next(held, None)


def _rebuilt(raw: Any, name: str, report: CheckReport) -> Iterator[tuple[bytes, dict[str, Cell]]]:
    """Yield (row, its cells) from the log of one table, in key order."""
    found = raw.cursor().execute(
        "SELECT row, id, stream, hlc, tx, author, fields, schema, extra FROM change "
        "WHERE tbl = ? ORDER BY row, hlc",
        (name,),
    )
    for row, group in groupby(found, key=lambda r: r[0]):
        changes = []
        for _, change_id, stream, hlc, tx, author, fields, schema, extra in group:
            report.changes += 1
            made = make_change(
                stream.hex(), hlc, tx.hex(), author, name, row.hex(), fields, schema, extra
            )
            if made.id != change_id.hex():
                report.add("id_false", table=name, id=row.hex(), change=change_id.hex())
            changes.append((change_id.hex(), hlc, fields))
        yield row, cells_of(changes)
