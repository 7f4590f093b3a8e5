"""What the log costs: a bulk insert with and without triggers, and one edit to disk."""

import datetime as dt
import shutil
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from desktop_app.db.engine import make_engine
from desktop_app.db.models import Base, Lead, new_id
from desktop_app.db.workspace import Workspace
from tests.benchmarks.measure import median_ms, report, seconds

ROWS = 20_000


def rows() -> list[dict[str, Any]]:
    """Return leads with the columns an import fills."""
    day = dt.date(2026, 1, 1)
    return [
        {
            "id": new_id(),
            "title": f"Lead {n}",
            "chain": "marine",
            "stage": "lead",
            "status": "active",
            "amount_minor": n,
            "currency": "CNY",
            "source": "expo",
            "source_detail": "进博会",
            "first_reported_on": day,
            "next_on": day,
            "notes": "对“园区保”感兴趣；用地约60亩",
        }
        for n in range(ROWS)
    ]


def main() -> None:
    """Measure in a throwaway folder."""
    folder = Path(tempfile.mkdtemp())
    plain = make_engine(folder / "plain.db")
    Base.metadata.create_all(plain)
    workspace = Workspace.open(folder / "w")

    def without() -> None:
        with Session(plain) as session:
            session.execute(insert(Lead), rows())
            session.commit()

    def with_log() -> None:
        with workspace.write("bulk") as session:
            session.execute(insert(Lead), rows())

    base = median_ms(seconds(without, 3))
    logged = median_ms(seconds(with_log, 3))
    report(
        name="bulk insert of 20,000 leads, with the log",
        value=f"{logged:.0f} ms",
        baseline=f"the same insert without triggers: {base:.0f} ms",
        ratio=round(logged / base, 2),
        limit="≤ 4",
    )
    with workspace.read() as session:
        found = session.execute(text("SELECT id FROM lead LIMIT 50")).scalars().all()
    ids = iter(found)

    def edit() -> None:
        with workspace.write("edit") as session:
            session.execute(
                text("UPDATE lead SET notes = :n WHERE id = :i"), {"n": new_id(), "i": next(ids)}
            )

    report(
        name="one field to disk, with the log",
        value=f"{median_ms(seconds(edit, 50)):.1f} ms",
        limit="≤ 30 ms",
    )
    workspace.close()
    plain.dispose()
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
