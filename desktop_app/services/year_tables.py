"""The tables of a yearly report: cases by category, approvals by kind, dispatch meetings."""

import datetime as dt
import itertools
from collections.abc import Callable, Sequence
from typing import NamedTuple

from desktop_app.db.driver import Source as Database
from desktop_app.db.driver import plain
from desktop_app.domain.case_rules import is_solved
from desktop_app.domain.holiday_calendar import is_working_day_in_china
from desktop_app.services.year_figures import look_at, year_values
from desktop_app.services.year_sources import (
    APPROVALS,
    DISPATCHES,
    RAISED,
)
from desktop_app.services.year_trend import middle

_DAY = dt.timedelta(days=1)


class CaseCount(NamedTuple):
    """Cases raised in the year under one head; the median of days from raised to confirmed."""

    code: str
    raised: int
    solved: int
    median_days: int | None


class ApprovalCount(NamedTuple):
    """Approvals done in the year of one kind; those with a term, and in it; working days used."""

    kind: str
    done: int
    with_term: int
    in_term: int
    median_days: int | None


class Dispatch(NamedTuple):
    """A dispatch meeting held: its day, title, who chaired it, how many cases were settled."""

    id: str
    held_on: dt.date
    title: str
    chair: str
    cases: int


def cases_by(
    database: Database, year: int, column: str, until: dt.date | None = None
) -> list[CaseCount]:
    """Return the cases raised in a year by ``category`` or ``lead_department``, the most first."""
    if column not in ("category", "lead_department"):
        raise ValueError(column)
    found: dict[str, tuple[int, int, list[int]]] = {}
    for code, state, raised_on, confirmed_on in look_at(
        plain(database), RAISED, year_values(database, year, until),
        f"coalesce(x.{column}, ''), x.state, x.raised_on, x.confirmed_on",
        f" AND ({RAISED.reason}) IS NULL",
    ):  # fmt: skip
        raised, solved, days = found.get(code, (0, 0, []))
        confirmed = dt.date.fromisoformat(confirmed_on) if confirmed_on else None
        done = is_solved(state, confirmed)
        if done and confirmed is not None:
            days.append(max(0, (confirmed - dt.date.fromisoformat(raised_on)).days))
        found[code] = (raised + 1, solved + done, days)
    rows = [CaseCount(c, raised, ok, middle(days)) for c, (raised, ok, days) in found.items()]
    return sorted(rows, key=lambda row: (-row.raised, row.code))


def dispatches(database: Database, year: int, until: dt.date | None, most: int) -> list[Dispatch]:
    """Return the dispatch meetings that a year counts, by day."""
    on_agenda = (
        "(SELECT count(DISTINCT i.case_id) FROM dispatch_item AS i"
        ' JOIN "case" AS k ON k.id = i.case_id AND k.deleted IS NOT 1'
        " WHERE i.dispatch_meeting_id = x.id AND i.deleted IS NOT 1)"
    )
    return [
        Dispatch(bytes(key).hex(), dt.date.fromisoformat(day), *rest)
        for key, day, *rest in look_at(
            plain(database), DISPATCHES, year_values(database, year, until),
            f"x.id, x.held_on, coalesce(x.title, ''), coalesce(x.chair, ''), {on_agenda}",
            f" AND ({DISPATCHES.reason}) IS NULL ORDER BY x.held_on, x.id LIMIT {int(most)}",
        )
    ]  # fmt: skip


def approvals_by_kind(
    database: Database, year: int, until: dt.date | None = None
) -> list[ApprovalCount]:
    """Return the approvals done in a year by kind, the most first, against their terms."""
    rows = look_at(
        plain(database), APPROVALS, year_values(database, year, until),
        "coalesce(x.kind, ''), x.promised_days, x.due_on, x.done_on,"
        # Who waits longer than ten years is no measure of a term, nor is one done before it began.
        " CASE WHEN x.applied_on BETWEEN date(x.done_on, '-10 years') AND x.done_on"
        " THEN x.applied_on END",
        f" AND ({APPROVALS.reason}) IS NULL",
    ).fetchall()  # fmt: skip
    between = _working_days([(row[4], row[3]) for row in rows if row[4]])
    found: dict[str, tuple[int, int, int, list[int]]] = {}
    for kind, promised, due_on, done_on, applied_on in rows:
        done, with_term, in_term, days = found.get(kind, (0, 0, 0, []))
        used = between(applied_on, done_on) if applied_on else None
        if used is not None:
            days.append(used)
        kept = None
        if due_on:
            kept = done_on <= due_on
        elif used is not None and promised is not None:
            kept = used <= promised
        found[kind] = (done + 1, with_term + (kept is not None), in_term + (kept is True), days)
    counts = [ApprovalCount(kind, *one[:3], middle(one[3])) for kind, one in found.items()]
    return sorted(counts, key=lambda row: (-row.done, row.kind))


def _working_days(spans: Sequence[tuple[str, str]]) -> Callable[[str, str], int]:
    """Return what counts the working days after one day up to another, each looked up once."""
    first = dt.date.fromisoformat(min((one for one, _ in spans), default="2000-01-01"))
    last = dt.date.fromisoformat(max((one for _, one in spans), default="2000-01-01"))
    before = first.toordinal()
    working = (is_working_day_in_china(first + n * _DAY) for n in range(1, (last - first).days + 1))
    counted = list(itertools.accumulate(working, initial=0))

    def place(day: str) -> int:
        return counted[dt.date.fromisoformat(day).toordinal() - before]

    return lambda start, end: place(end) - place(start)


def names_of(database: Database, kind: str) -> dict[str, tuple[str, str]]:
    """Return the names of all ``squads`` or ``events`` in both languages, by id."""
    table = {"squads": "squad", "events": "event"}[kind]
    found = plain(database).execute(f"SELECT id, name, name_en FROM {table}")
    return {bytes(key).hex(): (zh or en or "", en or zh or "") for key, zh, en in found}
