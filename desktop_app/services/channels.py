"""Through which channel and event leads were found in a year, and which projects were signed."""

import datetime as dt
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from desktop_app.db.driver import plain
from desktop_app.services.event_rows import LeadLine, lead_lines
from desktop_app.services.year_figures import year_values
from desktop_app.services.year_sources import SIGNED

#: By what leads are told apart.
BY = {"source": "coalesce(l.source, '')", "event": "coalesce(hex(l.event_id), '')"}
_FOUND = "SELECT id FROM lead WHERE deleted IS NOT 1 AND first_reported_on BETWEEN :first AND :last"
_SIGNED = (
    f"SELECT x.id FROM {SIGNED.table} AS x WHERE x.deleted IS NOT 1 AND ({SIGNED.in_year})"
    f" AND ({SIGNED.reason}) IS NULL"
)
_WHICH = {"found": _FOUND, "signed": _SIGNED}


class Channel(NamedTuple):
    """What came through a channel or an event in a year.

    Attributes:
        code: of the channel, or the event's key; empty where none is named.
        name: of the event.
        gone: whether the event was deleted.
        found: leads first reported in the year.
        signed: projects that count as signed in the year.
    """

    code: str
    name: str
    gone: bool
    found: int
    signed: int


def channels(session: Session, year: int, by: str, until: dt.date | None = None) -> list[Channel]:
    """Return the channels or events of a year, those that found most first, none named last.

    Args:
        session: to read by.
        year: the year counted.
        by: ``source`` or ``event``.
        until: the last day counted, where it is not the year's.
    """
    source, values = plain(session), year_values(session, year, until)
    counts: dict[str, dict[str, int]] = {}
    for which, ids in _WHICH.items():
        query = f"SELECT {BY[by]}, count(*) FROM lead AS l WHERE l.id IN ({ids}) GROUP BY 1"
        for code, count in source.execute(query, values):
            counts.setdefault(code.lower(), {})[which] = count
    events: dict[str, tuple[str, bool]] = {}
    if by == "event":
        query = "SELECT lower(hex(id)), coalesce(name, name_en, ''), deleted FROM event"
        events = {key: (name, bool(gone)) for key, name, gone in source.execute(query)}
    found = [
        Channel(code, *events.get(code, ("", False)), n.get("found", 0), n.get("signed", 0))
        for code, n in counts.items()
    ]
    return sorted(found, key=lambda one: (not one.code, -one.found, -one.signed, one.code))


def channel_leads(
    session: Session, year: int, by: str, code: str, which: str, most: int | None = None
) -> list[LeadLine]:
    """Return the leads behind a number of a channel or an event.

    Args:
        session: to read by.
        year: the year counted.
        by: ``source`` or ``event``.
        code: of the channel, or the event's key.
        which: ``found`` or ``signed``.
        most: how many at most.
    """
    values: dict[str, Any] = year_values(session, year, None)
    values["code"] = code.upper() if by == "event" else code
    query = f"SELECT l.id FROM lead AS l WHERE l.id IN ({_WHICH[which]}) AND {BY[by]} = :code"
    query += " ORDER BY l.first_reported_on DESC, l.id"
    ids = [bytes(key).hex() for (key,) in plain(session).execute(query, values)]
    return lead_lines(session, ids[:most], most)
