"""What squads did in a year, by the rules of the year's figures."""

import datetime as dt
from typing import NamedTuple

from desktop_app.db.driver import Source as Database
from desktop_app.db.driver import plain
from desktop_app.domain.formats import zone_of
from desktop_app.services.year_figures import look_at, year_values
from desktop_app.services.year_sources import EVENTS, SIGNED, VISITS

# A squad found what one of its members reported first.
_OF_SQUADS = (
    "squad_member AS m JOIN lead AS l ON l.first_reporter_id = m.member_id "
    "WHERE m.deleted IS NOT 1 AND l.deleted IS NOT 1"
)
# A squad that was deleted is none: what it did waits to be given to another.
_NONE = "(x.squad_id IS NULL OR x.squad_id IN (SELECT id FROM squad WHERE deleted = 1))"

_FOUND = "AND l.first_reported_on BETWEEN :first AND :last"
_SIGNED = (
    f"AND l.id IN (SELECT x.id FROM {SIGNED.table} AS x WHERE x.deleted IS NOT 1"
    f" AND ({SIGNED.in_year}) AND ({SIGNED.reason}) IS NULL)"
)
_DAYS = (("meeting", "starts_at"), ("event", "starts_on"), ("lead", "first_reported_on"))


class Done(NamedTuple):
    """A visit or a promotion event of a squad.

    Attributes:
        kind: ``meetings`` or ``events``.
        id: its key.
        day: by the clock of its venue.
        country: where it was, else that of the company; empty when nobody knows.
        title: what it is called.
        company: who was visited.
        code: the kind of meeting or event.
    """

    kind: str
    id: str
    day: dt.date
    country: str
    title: str
    company: str
    code: str


def squad_counts(database: Database, year: int) -> tuple[dict[str, int], ...]:
    """Return by squad its visits, events, leads found and projects signed of a year."""
    source, values = plain(database), year_values(database, year, None)
    asked = [
        look_at(
            source, one, values, "hex(x.squad_id), count(*)",
            f" AND ({one.reason}) IS NULL GROUP BY 1",
        )
        for one in (VISITS, EVENTS)
    ]  # fmt: skip
    for only in (_FOUND, _SIGNED):
        query = f"SELECT hex(m.squad_id), count(DISTINCT l.id) FROM {_OF_SQUADS} {only} GROUP BY 1"
        asked.append(source.execute(query, values))
    return tuple({key.lower(): n for key, n in found if key} for found in asked)


def leads_of_squad(database: Database, squad_id: str, year: int, signed: bool) -> list[str]:
    """Return the ids of the leads that members of a squad found in a year, or signed, latest first.

    What was signed in the year may have been found before it.
    """
    values = year_values(database, year, None) | {"squad": bytes.fromhex(squad_id)}
    only = _SIGNED if signed else _FOUND
    found = plain(database).execute(
        f"SELECT DISTINCT l.id FROM {_OF_SQUADS} AND m.squad_id = :squad {only}"
        " ORDER BY l.first_reported_on DESC, l.id",
        values,
    )
    return [bytes(key).hex() for (key,) in found]


def done_in_year(database: Database, year: int, squad_id: str | None) -> list[Done]:
    """Return the visits and promotion events of a year, the latest first.

    Args:
        database: to read by.
        year: by the clock of each venue.
        squad_id: of which squad; None for those of no squad, or of one that was deleted.
    """
    source, values = plain(database), year_values(database, year, None)
    values["squad"] = bytes.fromhex(squad_id or "")
    whose = "x.squad_id = :squad" if squad_id else _NONE
    company = (
        "SELECT {column} FROM company AS c WHERE c.id = coalesce(x.company_id, "
        "(SELECT company_id FROM lead AS l WHERE l.id = x.lead_id))"
    )
    meetings = look_at(
        source, VISITS, values,
        f"x.id, x.starts_at, x.zone, coalesce(nullif(x.country, ''), "
        f"({company.format(column='c.country')}), ''), coalesce(x.title, ''), "
        f"coalesce(({company.format(column='coalesce(c.name, c.name_zh)')}), ''), "
        "coalesce(x.kind, '')",
        f" AND ({VISITS.reason}) IS NULL AND {whose}",
    )  # fmt: skip
    done = []
    for key, starts_at, zone, *rest in meetings:
        day = dt.datetime.fromisoformat(starts_at).astimezone(zone_of(zone)).date()
        done.append(Done("meetings", bytes(key).hex(), day, *rest))
    events = look_at(
        source, EVENTS, values,
        "x.id, x.starts_on, coalesce(x.country, ''), coalesce(x.name, x.name_en, ''), '', "
        "coalesce(x.kind, '')",
        f" AND ({EVENTS.reason}) IS NULL AND {whose}",
    )  # fmt: skip
    for key, day, *rest in events:
        done.append(Done("events", bytes(key).hex(), dt.date.fromisoformat(day), *rest))
    done.sort(key=lambda one: (one.day, one.id), reverse=True)
    return done


def years_of_work(database: Database) -> list[int]:
    """Return the years from the first visit, event or report to the last one."""
    ends = " UNION ALL ".join(
        f"SELECT min({day}) AS day FROM {table} UNION ALL SELECT max({day}) FROM {table}"
        for table, day in _DAYS
    )
    first, last = plain(database).execute(f"SELECT min(day), max(day) FROM ({ends})").fetchone()
    return list(range(int(first[:4]), int(last[:4]) + 1)) if first else []
