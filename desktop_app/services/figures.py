"""Figures from records, and what the desk shows today."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.db.driver import plain
from desktop_app.db.log import RecentChange, recent_changes
from desktop_app.db.models import Lead, Target, Trip
from desktop_app.domain.words import STAGES, Status, TripStatus
from desktop_app.services import team_settings
from desktop_app.services import year_figures as counted
from desktop_app.services.follow_ups import FollowUpRow, follow_up_rows
from desktop_app.services.lead_rows import LeadRow, lead_rows
from desktop_app.services.trips import TripDetail, trip_detail

# The figures of the year on the desk, beside the leads found.
_DESK = ("signed_projects", "chain_fit_percent", "visits_and_events")
# How many stale leads the desk names.
_STALE_SHOWN = 20
_STALE = """
SELECT lead.id FROM lead
LEFT JOIN company ON company.id = lead.company_id
LEFT JOIN (SELECT lead_id, substr(max(starts_at), 1, 10) AS day FROM meeting
  WHERE lead_id IS NOT NULL AND status = 'held' AND deleted IS NOT 1 GROUP BY lead_id
) AS held ON held.lead_id = lead.id
LEFT JOIN (SELECT lead_id, max(done_on) AS day FROM follow_up
  WHERE lead_id IS NOT NULL AND status = 'done' AND deleted IS NOT 1 GROUP BY lead_id
) AS done ON done.lead_id = lead.id
WHERE lead.deleted IS NOT 1 AND coalesce(lead.status, 'active') = 'active'
  AND coalesce(nullif(max(coalesce(held.day, ''), coalesce(done.day, '')), ''),
    lead.first_reported_on, '') < ?
ORDER BY CASE lead.stage {ranks} ELSE 0 END DESC, company.name, lead.id"""

# The same without their order, by those who had contact of late: they are the fewer.
_STALE_COUNT = """
SELECT count(*) FROM lead
WHERE deleted IS NOT 1 AND coalesce(status, 'active') = 'active' AND id NOT IN (
    SELECT lead_id FROM meeting WHERE lead_id IS NOT NULL AND status = 'held'
      AND starts_at >= ?1 AND deleted IS NOT 1
    UNION SELECT lead_id FROM follow_up WHERE lead_id IS NOT NULL AND status = 'done'
      AND done_on >= ?1 AND deleted IS NOT 1)
  AND (coalesce(first_reported_on, '') < ?1 OR EXISTS (SELECT 1 FROM meeting
      WHERE lead_id = lead.id AND status = 'held' AND starts_at < ?1 AND deleted IS NOT 1)
    OR EXISTS (SELECT 1 FROM follow_up WHERE lead_id = lead.id AND status = 'done'
      AND done_on < ?1 AND deleted IS NOT 1))"""


@dataclass(frozen=True)
class Figure:
    """One figure of a year against its target; ``value`` is None while nothing is counted."""

    metric: str
    value: int | None
    target: int | None


@dataclass(frozen=True)
class DeskFigures:
    """All that the desk shows."""

    today: list[FollowUpRow]
    next_trip: TripDetail | None
    stale: list[LeadRow]
    stale_count: int
    funnel: list[tuple[str, int]]
    figures: list[Figure]
    changes: list[RecentChange]
    leads: int


def year_figures(session: Session, year: int, until: dt.date | None = None) -> list[Figure]:
    """Return the figures of a year that the desk shows, with their targets.

    Args:
        session: to read by.
        year: the year counted.
        until: the last day counted, where it is not the year's.
    """
    first, last = dt.date(year, 1, 1), until or dt.date(year, 12, 31)
    shown = counted.year_figures(session, year, until, _DESK)
    found = session.scalar(
        select(func.count())
        .select_from(Lead)
        .where(Lead.first_reported_on.between(first, last), Lead.deleted.isnot(True))
    )
    target = session.scalar(
        select(Target.value)
        .where(Target.year == year, Target.metric == "leads_found", Target.deleted.isnot(True))
        .order_by(Target.id.desc())
    )
    figures = [Figure(one.metric, one.value, one.target) for one in shown.values()]
    return [*figures, Figure("leads_found", found or 0, target)]


def funnel(session: Session) -> list[tuple[str, int]]:
    """Return how many active leads stand in each stage, in order."""
    counts = dict(
        session.execute(
            select(Lead.stage, func.count())
            .where(Lead.deleted.isnot(True), Lead.status == Status.ACTIVE.value)
            .group_by(Lead.stage)
        ).all()
    )
    return [(stage.value, counts.get(stage.value, 0)) for stage in STAGES]


def stale_ids(session: Session, today: dt.date) -> list[str]:
    """Return the leads long without contact, as ``lead_rows`` marks them, the furthest on first."""
    before = today - dt.timedelta(days=int(team_settings.get(session, "stale_days")))
    ranks = " ".join(f"WHEN '{stage.value}' THEN {n}" for n, stage in enumerate(STAGES))
    found = plain(session).execute(_STALE.format(ranks=ranks), (before.isoformat(),))
    return [bytes(row[0]).hex() for row in found]


def stale_count(session: Session, today: dt.date) -> int:
    """Return how many leads are long without contact: as many as ``stale_ids`` names."""
    before = today - dt.timedelta(days=int(team_settings.get(session, "stale_days")))
    return int(plain(session).execute(_STALE_COUNT, (before.isoformat(),)).fetchone()[0])


def desk(
    session: Session, today: dt.date | None = None, owner_id: str | None = None
) -> DeskFigures:
    """Return what the desk shows; with an owner only their follow-ups come first."""
    today = today or dt.date.today()
    due = follow_up_rows(session, today, due_by=today)
    due.sort(key=lambda r: (r.owner_id != owner_id if owner_id else False, r.due_on or today))
    upcoming = session.scalar(
        select(Trip.id)
        .where(
            Trip.ends_on >= today,
            Trip.deleted.isnot(True),
            Trip.status.isnot(TripStatus.CANCELLED.value),
        )
        .order_by(Trip.starts_on)
        .limit(1)
    )
    stale = stale_ids(session, today)
    first = {row.id: row for row in lead_rows(session, stale[:_STALE_SHOWN], today)}
    leads = select(func.count()).select_from(Lead).where(Lead.deleted.isnot(True))
    return DeskFigures(
        today=due,
        next_trip=trip_detail(session, upcoming, today) if upcoming else None,
        stale=[first[one] for one in stale[:_STALE_SHOWN]],
        stale_count=len(stale),
        funnel=funnel(session),
        figures=year_figures(session, today.year, today),
        changes=recent_changes(session, 20),
        leads=session.scalar(leads) or 0,
    )
