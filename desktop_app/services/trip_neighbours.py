"""Firms with an open project that are near a trip's route and not on its programme."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import Company, Lead
from desktop_app.domain.trip_rules import distance_km
from desktop_app.domain.words import STAGES, Stage, Status
from desktop_app.services.lead_rows import LeadRow, lead_rows
from desktop_app.services.trip_checks import place_of

# As far as a detour of an hour by car goes.
NEAR_KM = 60
_BEFORE_SIGNING = [stage.value for stage in STAGES[: STAGES.index(Stage.SIGNED)]]


class Neighbour(NamedTuple):
    """A project within reach of a stop; the distance as the crow flies."""

    lead: LeadRow
    stop: str
    stop_zh: str
    km: int


def neighbours(
    session: Session,
    stops: Sequence[Mapping[str, Any]],
    met: Iterable[str],
    today: dt.date,
    limit: int = 8,
) -> list[Neighbour]:
    """Return the open projects near the stops, the furthest on first.

    Args:
        session: where to read.
        stops: the trip's stops.
        met: the companies on the programme.
        today: the day from which the rows count overdue days.
        limit: how many to return at most.
    """
    places = [(stop, place) for stop in stops if (place := place_of(dict(stop))) is not None]
    countries = {stop["country"] for stop, _ in places} - {"CN", None}
    rows = session.execute(
        select(Lead.id, Lead.stage, Company.lat_e6, Company.lon_e6)
        .join(Company, Company.id == Lead.company_id)
        .where(
            Lead.deleted.isnot(True),
            Company.deleted.isnot(True),
            Lead.status == Status.ACTIVE.value,
            Lead.stage.in_(_BEFORE_SIGNING),
            Company.country.in_(countries),
            Company.lat_e6.isnot(None),
            Company.lon_e6.isnot(None),
            Company.id.notin_(list(met)),
        )
    )
    found = []
    for lead_id, stage, lat, lon in rows:
        here = ((lat or 0) / 1e6, (lon or 0) / 1e6)
        stop, km = min(
            ((stop, distance_km(here, place)) for stop, place in places),
            key=lambda pair: pair[1],
        )
        if km <= NEAR_KM:
            found.append((-_BEFORE_SIGNING.index(stage or Stage.LEAD), km, lead_id, stop))
    found.sort(key=lambda one: one[:3])
    shown = {row.id: row for row in lead_rows(session, [one[2] for one in found[:limit]], today)}
    return [
        Neighbour(shown[lead_id], stop["city"] or "", stop["city_zh"] or "", round(km))
        for _, km, lead_id, stop in found[:limit]
        if lead_id in shown
    ]
