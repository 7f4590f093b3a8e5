"""The figures of a year over 100,000 leads, 50,000 cases and 200,000 approvals."""

import datetime as dt
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from desktop_app import app as root
from desktop_app import i18n
from desktop_app.db.models import Base, new_id
from desktop_app.db.workspace import Workspace
from desktop_app.domain.words import STAGES
from desktop_app.domain.words_after import ApprovalKind, CaseCategory, CaseState, ServiceKind
from desktop_app.services.year_breakdowns import BY, breakdown
from desktop_app.services.year_figures import METRICS, records_behind, year_figures
from desktop_app.settings import Settings
from desktop_app.ui import theme
from desktop_app.ui.figures.figures_view import FiguresView
from desktop_app.ui.figures.texts import EVERY
from desktop_app.ui.store import Store
from tests.benchmarks.measure import median_ms, report, seconds

LEADS, CASES, APPROVALS = 100_000, 50_000, 200_000
YEAR = 2026
# Of a hundred leads, how many stand at each stage: as in the demonstration.
STAGE_WEIGHTS = (27, 21, 20, 9, 6, 6, 4, 3, 2, 1, 1)
Row = dict[str, Any]


def day(rng: Random) -> str:
    """Return a day of this year or the three before, as a team of that size may have."""
    return (dt.date(YEAR, 12, 31) - dt.timedelta(days=rng.randrange(4 * 365))).isoformat()


def rows(rng: Random) -> Iterator[tuple[str, list[Row]]]:
    """Yield the rows of each table."""
    companies = [{"name": f"C {n}", "country": rng.choice(("CN", "DE"))} for n in range(60_000)]
    yield "company", keyed(companies)
    leads: list[Row] = [
        {
            "company_id": rng.choice(companies)["id"],
            "title": f"项目 {n}",
            "stage": rng.choices(STAGES, STAGE_WEIGHTS)[0].value,
            "status": "active",
            "chain": rng.choice(("marine", "medical", "outside")),
            "amount_minor": rng.randrange(1, 60) * 10**9,
            "currency": rng.choice(("CNY", "USD", "EUR")),
            "notes": "对“园区保”感兴趣；用地约60亩。" * 6,
        }
        for n in range(LEADS)
    ]
    yield "lead", keyed(leads)
    stages = []
    for lead in leads:
        for stage in STAGES[: STAGES.index(lead["stage"]) + 1]:
            stages.append({"lead_id": lead["id"], "stage": stage.value, "reached_on": day(rng)})
    yield "lead_stage", keyed(stages)
    ids = [lead["id"] for lead in leads]
    meetings = [
        {"lead_id": one, "kind": "visit", "status": "held", "starts_at": f"{day(rng)}T02:00:00Z",
         "zone": "Europe/Berlin", "notes": "x" * 200}
        for one in ids
    ]  # fmt: skip
    yield "meeting", keyed(meetings)
    cases = [
        {"lead_id": rng.choice(ids), "title": "用地", "category": rng.choice(list(CaseCategory)),
         "raised_on": day(rng), "state": rng.choice(list(CaseState)), "confirmed_on": day(rng)}
        for _ in range(CASES)
    ]  # fmt: skip
    yield "case", keyed(cases)
    approvals = [
        {"lead_id": rng.choice(ids), "title": "环评", "kind": rng.choice(list(ApprovalKind)),
         "state": "done", "done_on": day(rng), "area_m2": 900, "cost_minor": 10**9,
         "currency": "CNY", "buildings": 2}
        for _ in range(APPROVALS)
    ]  # fmt: skip
    yield "approval", keyed(approvals)
    services = [
        {"approval_id": one["id"], "lead_id": one["lead_id"], "served_on": day(rng),
         "kind": rng.choice(list(ServiceKind))}
        for one in approvals[::2]
    ]  # fmt: skip
    yield "approval_service", keyed(services)
    facilities = [
        {"lead_id": rng.choice(ids), "product": rng.choice(("credit", "loan", "park_guarantee")),
         "granted_minor": 10**9, "drawn_minor": 10**8, "currency": "CNY", "granted_on": day(rng)}
        for _ in range(20_000)
    ]  # fmt: skip
    yield "facility", keyed(facilities)
    receipts = [
        {"lead_id": rng.choice(ids), "amount_minor": 10**9, "currency": "EUR",
         "received_on": day(rng)}
        for _ in range(20_000)
    ]  # fmt: skip
    yield "capital_receipt", keyed(receipts)


def keyed(made: list[Row]) -> list[Row]:
    """Give each row its key."""
    for row in made:
        row["id"] = bytes.fromhex(new_id())
    return made


def fill(workspace: Workspace) -> None:
    """Write all rows; the log is left out, as no figure reads it."""
    rng = Random(1)
    with workspace.write("fill") as session:
        raw = session.connection().connection.dbapi_connection
        assert raw is not None
        cursor = raw.cursor()
        cursor.execute("UPDATE installation SET silent = 1")
        for table, made in rows(rng):
            assert table in Base.metadata.tables
            names = list(made[0])
            cursor.executemany(
                f'INSERT INTO "{table}" ({", ".join(names)}) '
                f"VALUES ({', '.join('?' * len(names))})",
                [tuple(row[name] for name in names) for row in made],
            )
        # Some projects were deleted: what hangs on them counts no more.
        cursor.execute("UPDATE lead SET deleted = 1 WHERE rowid % 97 = 0")
        cursor.execute("UPDATE installation SET silent = 0")


class NoShell:
    """The window around the view, which is not asked for anything here."""

    settings = Settings()
    me = None

    def open_record(self, kind: str, record_id: str) -> None: ...


def painted(view: FiguresView, do: Callable[[], object]) -> None:
    """Do something, and paint all of the view at once."""
    do()
    view.grab()


def views(store: Store) -> dict[str, list[float]]:
    """Return the times of opening the view of the year and of using it."""
    times: dict[str, list[float]] = {
        "sql": [], "opened": [], "year": [], "figure": [], "time": [],
    }  # fmt: skip

    def over_time(view: FiguresView) -> None:
        view.show_page("time")
        while view.time.is_reading():
            root.make_app().processEvents()

    for _ in range(5):
        # Beside each other: whatever else the machine does slows down both.
        figures = partial(store.look, year_figures, YEAR, None, tuple(EVERY))
        times["sql"] += seconds(figures, 1)
        start = time.perf_counter()
        view = FiguresView(store, NoShell())  # type: ignore[arg-type] # all it asks for
        view.resize(1240, 800)
        view.year, view.to_date = YEAR, False
        painted(view, view.refresh)
        times["opened"].append(time.perf_counter() - start)
        times["year"] += seconds(partial(painted, view, partial(view.show_year, YEAR)), 1)
        for metric in METRICS:
            times["figure"] += seconds(partial(painted, view, partial(view.select, metric)), 1)
        times["time"] += seconds(partial(painted, view, partial(over_time, view)), 1)
        view.deleteLater()
    return times


def main() -> None:
    """Fill a workspace once, then count and paint its year."""
    app = root.make_app()
    i18n.set_language("zh")
    theme.apply(app, "light")
    workspace = Workspace.open(Path(tempfile.mkdtemp()) / "w")
    fill(workspace)
    with workspace.read() as session:
        every = median_ms(seconds(lambda: year_figures(session, YEAR), 7))
        slowest = max(
            (median_ms(seconds(partial(year_figures, session, YEAR, metrics=(name,)), 3)), name)
            for name in METRICS
        )
        longest = max(
            (median_ms(seconds(partial(records_behind, session, YEAR, name), 3)), name)
            for name in METRICS
        )
        parted = max(
            (median_ms(seconds(partial(breakdown, session, YEAR, name, by), 3)), f"{name} {by}")
            for name, breakdowns in BY.items()
            for by in breakdowns
        )
    times = views(Store(workspace))
    workspace.close()
    what = f"{LEADS:,} leads, {CASES:,} cases, {APPROVALS:,} approvals"
    report(name=f"the figures of a year, {what}", value=f"{every:.0f} ms", limit="≤ 300 ms")
    opened, alone = median_ms(times["opened"]), median_ms(times["sql"])
    report(
        name="the view of the year: made, its figures read and painted",
        value=f"{opened:.0f} ms ({max(times['opened']) * 1000:.0f} ms)",
        baseline=f"its figures alone by SQL, nothing painted: {alone:.0f} ms",
        ratio=round(opened / alone, 2),
        limit="≤ 300 ms",
    )
    for key, name in (
        ("year", "another year, chosen to painted"),
        ("figure", "another figure, chosen to painted: parts, months, records"),
        ("time", "cohorts, funnel and quickness, chosen to painted"),
    ):
        most = max(times[key]) * 1000
        report(name=name, value=f"{median_ms(times[key]):.0f} ms ({most:.0f} ms)")
    report(name=f"the slowest of them, {slowest[1]}", value=f"{slowest[0]:.0f} ms")
    report(name=f"the longest list behind one, {longest[1]}", value=f"{longest[0]:.0f} ms")
    report(name=f"the slowest breakdown, {parted[1]}", value=f"{parted[0]:.0f} ms")


if __name__ == "__main__":
    main()
