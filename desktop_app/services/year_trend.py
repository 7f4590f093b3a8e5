"""The figures of a year over time: by month, beside earlier years, by signing year, by stage."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from desktop_app.db.driver import Source as Database
from desktop_app.db.driver import plain
from desktop_app.domain.words import STAGES, Stage
from desktop_app.services.year_breakdowns import breakdown
from desktop_app.services.year_figures import (
    METRICS,
    MORE_METRICS,
    look_at,
    percent,
    year_figures,
    year_values,
)
from desktop_app.services.year_sources import SOLVED

_RANK = "CASE {stage} " + " ".join(f"WHEN '{s.value}' THEN {n}" for n, s in enumerate(STAGES))
_RANK += " ELSE 0 END"
# The day of a stage that stands with the lead itself, besides those of its stages.
_OWN_DAYS = {
    Stage.LEAD: "first_reported_on",
    Stage.SIGNED: "signed_on",
    Stage.STARTED: "started_on",
    Stage.COMPLETED: "completed_on",
    Stage.PRODUCING: "producing_on",
    Stage.FULL_CAPACITY: "full_capacity_on",
}
STAGE_ROWS = "FROM lead_stage AS s WHERE s.deleted IS NOT 1"
# A lead is answered on its first day or the next, and screened within three.
ANSWERED, SCREENED = 1, 3


def own_day(stage: Stage) -> str:
    """Return the SQL of a lead's own day of a stage; NULL where it never reached that stage."""
    column = _OWN_DAYS.get(stage)
    if column is None:
        return "NULL"
    return (
        f"CASE WHEN {_RANK.format(stage='l.stage')} >= {STAGES.index(stage)} OR EXISTS"
        f" (SELECT 1 {STAGE_ROWS} AND s.stage = '{stage}' AND s.lead_id = l.id)"
        f" THEN l.{column} END"
    )


class Cohort(NamedTuple):
    """The projects first signed in a year, of any size: how many went on, and how fast.

    Half of those with both days took ``median_days`` or less; a step dated before the one it
    follows tells nothing of the time it took.
    """

    year: int
    signed: int
    started: int
    producing: int
    median_days_to_start: int | None
    median_days_to_producing: int | None


class Share(NamedTuple):
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """Return the share in whole percent; None of nothing."""
        return percent(self.part, self.whole)


class Response(NamedTuple):
    """How quickly the leads of a year were taken up."""

    answered: Share
    screened: Share


class CaseDays(NamedTuple):
    """Days from raised to confirmed of the solved cases of a category; half took less.

    The first of a list is of all categories together and has no category at all.
    """

    category: str | None
    solved: int
    median_days: int | None


def by_month(
    database: Database, year: int, metric: str, until: dt.date | None = None
) -> list[int | None]:
    """Return a figure of each month, not cumulative; None for the months after ``until``."""
    found = {part.code: part.value for part in breakdown(database, year, metric, "month", until)}
    last = 12 if until is None or until.year > year else until.month
    if until is not None and until.year < year:
        last = 0
    # A share of nothing is none; a month of an amount without records is nothing.
    nothing = None if (METRICS | MORE_METRICS)[metric].how == "share" else 0
    return [found.get(f"{month:02}", nothing) if month <= last else None for month in range(1, 13)]


def last_years(
    database: Database, year: int, metric: str, count: int = 5, until: dt.date | None = None
) -> list[tuple[int, int | None]]:
    """Return a figure of some years up to one; with ``until`` the last of them only so far."""
    years = range(year - count + 1, year + 1)
    return [
        (
            one,
            year_figures(database, one, until if one == year else None, (metric,))[metric].value,
        )
        for one in years
    ]


def cohorts(database: Database, until: dt.date) -> list[Cohort]:
    """Return by the year of their first signing how projects went on to start and to produce.

    A stage was reached when a record of it or of a later one says so, on a day up to ``until`` or
    on one not known.
    """
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in plain(database).execute(cohort_sql(), {"until": until.isoformat()}):
        found[int(row[0][:4])].append(tuple(row))
    return [
        Cohort(
            year,
            len(rows),
            sum(row[3] for row in rows),
            sum(row[4] for row in rows),
            middle(_days(row[0], row[1], until) for row in rows),
            middle(_days(row[1], row[2], until) for row in rows),
        )
        for year, rows in sorted(found.items())
    ]


def cohort_sql() -> str:
    """Return the query of signed projects.

    Its columns: the days of the first signing, the start and the production, whether the last two
    were reached by ``:until``, and the project's key.
    """
    rank = _RANK.format(stage="s.stage")

    def day(stage: Stage) -> str:
        return f"nullif(min(coalesce({own_day(stage)}, '9'), coalesce(r.{stage.value}, '9')), '9')"

    def reached(stage: Stage) -> str:
        column = _OWN_DAYS[stage]
        rank_now = _RANK.format(stage="l.stage")
        return (
            f"(coalesce(r.{stage.value}_by, 0) OR ({rank_now} >= {STAGES.index(stage)}"
            f" AND coalesce(l.{column}, '') <= :until AND coalesce(r.{stage.value}, '') <= :until))"
        )

    stages = (Stage.SIGNED, Stage.STARTED, Stage.PRODUCING)
    firsts = ", ".join(
        f"min(CASE WHEN s.stage = '{s}' THEN s.reached_on END) AS {s.value},"
        f" max({rank} >= {STAGES.index(s)} AND coalesce(s.reached_on, '') <= :until)"
        f" AS {s.value}_by"
        for s in stages
    )
    return (
        f"WITH r AS MATERIALIZED (SELECT s.lead_id, {firsts} {STAGE_ROWS}"
        f" AND s.stage IN ({', '.join(repr(s.value) for s in STAGES[5:])}) GROUP BY s.lead_id)"
        f" SELECT * FROM (SELECT {day(Stage.SIGNED)} AS signed, {day(Stage.STARTED)},"
        f" {day(Stage.PRODUCING)}, {reached(Stage.STARTED)}, {reached(Stage.PRODUCING)}, l.id"
        " FROM lead AS l LEFT JOIN r ON r.lead_id = l.id WHERE l.deleted IS NOT 1"
        f" AND (r.lead_id IS NOT NULL OR {_RANK.format(stage='l.stage')} >= 5))"
        " WHERE signed <= :until"
    )


def _days(first: str | None, then: str | None, until: dt.date = dt.date.max) -> int | None:
    """Return the days between two, unless one is not known or they are the wrong way round."""
    if first is None or then is None or then < first or then > until.isoformat():
        return None
    return (dt.date.fromisoformat(then) - dt.date.fromisoformat(first)).days


def middle(days: Any) -> int | None:
    """Return the median of those that are known, in whole days, half up."""
    known: Sequence[int] = sorted(day for day in days if day is not None)
    if not known:
        return None
    return (known[(len(known) - 1) // 2] + known[len(known) // 2] + 1) // 2


def stage_funnel(
    database: Database, year: int, until: dt.date | None = None
) -> list[tuple[str, int]]:
    """Return how many leads reached each stage in the year, each by the first day of its stage."""
    columns = ", ".join(_OWN_DAYS.values())
    earliest = ", ".join(f"coalesce({column}, '9')" for column in _OWN_DAYS.values())
    own = " ".join(
        f"UNION ALL SELECT id, '{stage}', {own_day(stage)} FROM l WHERE {column} <= :last"
        for stage, column in _OWN_DAYS.items()
    )
    found = dict(
        plain(database)
        .execute(
            # The leads are wide: they are read through once.
            f"WITH l AS MATERIALIZED (SELECT id, stage, {columns} FROM lead"
            f" WHERE min({earliest}) <= :last)"
            " SELECT stage, count(*) FROM (SELECT id, stage, min(day) AS day FROM ("
            "SELECT lead_id AS id, stage, reached_on AS day FROM lead_stage"
            " WHERE deleted IS NOT 1 AND reached_on <= :last AND lead_id IS NOT NULL"
            f" {own}) WHERE day IS NOT NULL GROUP BY id, stage) WHERE day >= :first"
            " AND id NOT IN (SELECT id FROM lead WHERE deleted = 1) GROUP BY stage",
            {
                "first": f"{year}-01-01",
                "last": (until or dt.date(year, 12, 31)).isoformat(),
            },
        )
        .fetchall()
    )
    return [(stage.value, found.get(stage.value, 0)) for stage in STAGES]


def quick_response(database: Database, year: int, until: dt.date | None = None) -> Response:
    """Return how many leads reported in the year were answered and screened in time."""
    screened = (
        f"(SELECT min(s.reached_on) {STAGE_ROWS} AND s.stage = 'screened' AND s.lead_id = l.id)"
    )
    reported = "julianday(l.first_reported_on)"
    whole, answered, in_time = (
        plain(database)
        .execute(
            f"SELECT count(*), sum(julianday(l.responded_on) - {reported} <= {ANSWERED}),"
            f" sum(julianday({screened}) - {reported} <= {SCREENED}) FROM lead AS l"
            " WHERE l.deleted IS NOT 1 AND l.first_reported_on BETWEEN ? AND ?",
            (f"{year}-01-01", (until or dt.date(year, 12, 31)).isoformat()),
        )
        .fetchone()
    )
    return Response(Share(answered or 0, whole), Share(in_time or 0, whole))


def follow_ups_on_time(database: Database, year: int, until: dt.date | None = None) -> Share:
    """Return how many of the follow-ups due in the year were done by their day."""
    part, whole = (
        plain(database)
        .execute(
            "SELECT sum(f.status IS 'done' AND f.done_on <= f.due_on), count(*)"
            " FROM follow_up AS f LEFT JOIN lead ON lead.id = f.lead_id"
            " WHERE f.deleted IS NOT 1 AND lead.deleted IS NOT 1 AND f.status IS NOT 'dropped'"
            " AND f.due_on BETWEEN ? AND ?",
            (f"{year}-01-01", (until or dt.date(year, 12, 31)).isoformat()),
        )
        .fetchone()
    )
    return Share(part or 0, whole)


def case_days(database: Database, year: int, until: dt.date | None = None) -> list[CaseDays]:
    """Return how long the year's cases took to solve: all of them first, then by category."""
    found: dict[str, list[int | None]] = defaultdict(list)
    for category, raised, confirmed in look_at(
        plain(database),
        SOLVED,
        year_values(database, year, until),
        "coalesce(x.category, ''), x.raised_on, x.confirmed_on",
        f" AND ({SOLVED.reason}) IS NULL",
    ):
        found[category].append(_days(raised, confirmed))
    every = [days for one in found.values() for days in one]
    listed = [CaseDays(category, len(days), middle(days)) for category, days in found.items()]
    listed.sort(key=lambda one: (-one.solved, one.category))
    return [CaseDays(None, len(every), middle(every)), *listed]
