"""Writing many invented rows at once."""

from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from desktop_app.db.models import Base

_CHUNK = 2000


def write_rows(session: Session, table: str, rows: list[dict[str, Any]]) -> None:
    """Insert rows in bulk; a column that one row lacks is empty there."""
    target = Base.metadata.tables[table]
    names = {name for row in rows for name in row}
    empty = dict.fromkeys(sorted(names))
    for start in range(0, len(rows), _CHUNK):
        session.execute(insert(target), [empty | row for row in rows[start : start + _CHUNK]])
