"""The records behind what is counted of a year over time: cohorts, stages, what was in time."""

import datetime as dt

from desktop_app.db.driver import Source as Database
from desktop_app.db.driver import plain
from desktop_app.domain.words import Stage
from desktop_app.services.year_rows import Listed, named
from desktop_app.services.year_trend import ANSWERED, SCREENED, STAGE_ROWS, cohort_sql, own_day

MOST = 200


def cohort_rows(
    database: Database, until: dt.date, year: int, step: str, most: int = MOST
) -> Listed:
    """Return the projects first signed in a year that came as far as a step, the latest first.

    Args:
        database: to read by.
        until: the day up to which they came so far.
        year: of the first signing.
        step: ``signed``, ``started`` or ``producing``.
        most: how many rows.
    """
    found = []
    for row in plain(database).execute(cohort_sql(), {"until": until.isoformat()}):
        signed, started, producing, has_started, produces, key = row
        day, there = {
            "signed": (signed, True),
            "started": (started, has_started),
            "producing": (producing, produces),
        }[step]
        if there and signed[:4] == str(year):
            found.append(("leads", key, day, None, "", 0, ""))
    found.sort(key=lambda row: (row[2] or "", row[1]), reverse=True)
    return Listed(named(plain(database), found[:most]), len(found))


def stage_rows(
    database: Database, year: int, stage: str, until: dt.date | None = None, most: int = MOST
) -> Listed:
    """Return the leads that reached a stage in the year, the latest first."""
    rows = f"SELECT min(s.reached_on) {STAGE_ROWS} AND s.stage = :stage AND s.lead_id = l.id"
    return _listed(
        database,
        "SELECT 'leads', id, day, amount_minor, currency, 0, '', count(*) OVER () FROM ("
        f"SELECT l.id, l.amount_minor, l.currency, min(coalesce({own_day(Stage(stage))}, '9'),"
        f" coalesce(({rows}), '9')) AS day FROM lead AS l WHERE l.deleted IS NOT 1)"
        " WHERE day BETWEEN :first AND :last ORDER BY day DESC, id LIMIT :most",
        {"stage": stage, "most": most, **_span(year, until)},
    )


def response_rows(
    database: Database, year: int, what: str, until: dt.date | None = None, most: int = MOST
) -> tuple[Listed, Listed]:
    """Return the leads of the year that were ``answered`` or ``screened`` in time, and the others.

    The others say why they do not count: ``late_answer`` or ``late_screening``.
    """
    screened = f"(SELECT min(s.reached_on) {STAGE_ROWS} AND s.stage = 'screened'"
    day, days, because = {
        "answered": ("l.responded_on", ANSWERED, "late_answer"),
        "screened": (f"{screened} AND s.lead_id = l.id)", SCREENED, "late_screening"),
    }[what]
    in_time = f"coalesce(julianday({day}) - julianday(l.first_reported_on) <= {days}, 0)"
    return _both(
        database,
        "SELECT 'leads', l.id, l.first_reported_on, NULL, '', 0, {because}, count(*) OVER ()"
        f" FROM lead AS l WHERE l.deleted IS NOT 1 AND {in_time} = {{wished}}"
        " AND l.first_reported_on BETWEEN :first AND :last ORDER BY 3 DESC, 2 LIMIT :most",
        because,
        {"most": most, **_span(year, until)},
    )


def follow_up_rows(
    database: Database, year: int, until: dt.date | None = None, most: int = MOST
) -> tuple[Listed, Listed]:
    """Return the follow-ups due in the year that were done on time, and the others."""
    return _both(
        database,
        "SELECT 'follow-ups', f.id, f.due_on, NULL, '', 0, {because}, count(*) OVER ()"
        " FROM follow_up AS f LEFT JOIN lead ON lead.id = f.lead_id"
        " WHERE f.deleted IS NOT 1 AND lead.deleted IS NOT 1 AND f.status IS NOT 'dropped'"
        " AND coalesce(f.status IS 'done' AND f.done_on <= f.due_on, 0) = {wished}"
        " AND f.due_on BETWEEN :first AND :last ORDER BY 3 DESC, 2 LIMIT :most",
        "not_on_time",
        {"most": most, **_span(year, until)},
    )


def _both(
    database: Database, sql: str, because: str, values: dict[str, object]
) -> tuple[Listed, Listed]:
    """Return those that are as wished, and those that are not with the reason."""
    return (
        _listed(database, sql.format(because="''", wished=1), values),
        _listed(database, sql.format(because=f"'{because}'", wished=0), values),
    )


def _listed(database: Database, sql: str, values: dict[str, object]) -> Listed:
    """Return the rows of a query whose last column says how many there are in all."""
    found = plain(database).execute(sql, values).fetchall()
    return Listed(named(plain(database), found), found[0][-1] if found else 0)


def _span(year: int, until: dt.date | None) -> dict[str, object]:
    return {"first": f"{year}-01-01", "last": (until or dt.date(year, 12, 31)).isoformat()}
