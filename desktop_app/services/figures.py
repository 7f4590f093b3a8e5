"""Figures from records, and what the desk shows today."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.db.driver import plain
from desktop_app.db.log import RecentChange, recent_changes
from desktop_app.db.models import Company, Event, Lead, LeadStage, Meeting, Target, Trip
from desktop_app.domain.money import to_decimal
from desktop_app.domain.words import STAGES, Chain, MeetingStatus, Status, TripStatus
from desktop_app.services import team_settings
from desktop_app.services.follow_ups import FollowUpRow, follow_up_rows
from desktop_app.services.lead_rows import LeadRow, lead_rows
from desktop_app.services.rates import USD_RATES, usd_rates
from desktop_app.services.trips import TripDetail, trip_detail

# A signed project counts from 100M CNY when the investor is domestic, from 10M USD when foreign
# (PRODUCT, Figures).
_DOMESTIC_CNY = 100_000_000
_FOREIGN_USD = 10_000_000
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


def counts_as_signed(
    amount_minor: int | None,
    currency: str | None,
    country: str | None,
    rates: Mapping[str, int] = USD_RATES,
) -> bool:
    """Return whether a signed amount reaches the limit of its kind.

    Args:
        amount_minor: the amount in minor units.
        currency: its currency; CNY when not said.
        country: the investor's; China's are domestic.
        rates: US cents for 100 units of each currency.
    """
    rate, home = rates.get(currency or "CNY"), rates.get("CNY")
    if amount_minor is None or rate is None or not home:
        return False
    dollars = to_decimal(amount_minor, currency) * rate / 10_000
    if country == "CN":
        return dollars * 10_000 / home >= _DOMESTIC_CNY
    if (currency or "CNY") == "CNY" and not country:
        return to_decimal(amount_minor, "CNY") >= _DOMESTIC_CNY
    return dollars >= _FOREIGN_USD


def year_figures(session: Session, year: int, until: dt.date | None = None) -> list[Figure]:
    """Return the figures of a year that the desk's records can count, with their targets.

    Args:
        session: to read by.
        year: the year counted.
        until: the last day counted, where it is not the year's.
    """
    first, last = dt.date(year, 1, 1), until or dt.date(year, 12, 31)
    rates = usd_rates(session)
    targets = dict(
        session.execute(
            select(Target.metric, Target.value).where(
                Target.year == year, Target.deleted.isnot(True)
            )
        ).all()
    )
    first_signed = (
        select(LeadStage.lead_id, func.min(LeadStage.reached_on).label("day"))
        .where(LeadStage.stage == "signed", LeadStage.deleted.isnot(True))
        .group_by(LeadStage.lead_id)
        .subquery()
    )
    signed = [
        r
        for r in session.execute(
            select(Lead.amount_minor, Lead.currency, Lead.chain, Company.country)
            .outerjoin(Company, Company.id == Lead.company_id)
            .join(first_signed, first_signed.c.lead_id == Lead.id)
            .where(first_signed.c.day.between(first, last), Lead.deleted.isnot(True))
        )
        if counts_as_signed(r[0], r[1], r[3], rates)
    ]
    fitting = sum(1 for r in signed if r[2] and r[2] != Chain.OUTSIDE)
    start = dt.datetime.combine(first, dt.time(), dt.UTC)
    end = dt.datetime.combine(last, dt.time(23, 59, 59), dt.UTC)
    visits = session.scalar(
        select(func.count())
        .select_from(Meeting)
        .where(
            Meeting.status == MeetingStatus.HELD.value,
            Meeting.starts_at.between(start, end),
            Meeting.deleted.isnot(True),
        )
    )
    events = session.scalar(
        select(func.count())
        .select_from(Event)
        .where(Event.starts_on.between(first, last), Event.deleted.isnot(True))
    )
    found = session.scalar(
        select(func.count())
        .select_from(Lead)
        .where(Lead.first_reported_on.between(first, last), Lead.deleted.isnot(True))
    )
    values = {
        "signed_projects": len(signed),
        "chain_fit_percent": round(100 * fitting / len(signed)) if signed else None,
        "visits_and_events": (visits or 0) + (events or 0),
        "leads_found": found or 0,
    }
    return [Figure(metric, value, targets.get(metric)) for metric, value in values.items()]


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
        figures=year_figures(session, today.year),
        changes=recent_changes(session, 20),
        leads=session.scalar(leads) or 0,
    )
