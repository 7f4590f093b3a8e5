"""Figures from records, and what the desk shows today."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.db.log import RecentChange, recent_changes
from desktop_app.db.models import Event, Lead, LeadStage, Meeting, Target, Trip
from desktop_app.domain.words import STAGES, Chain, MeetingStatus, Status, TripStatus
from desktop_app.services.follow_ups import FollowUpRow, follow_up_rows
from desktop_app.services.lead_rows import LeadRow, lead_rows
from desktop_app.services.trips import TripDetail, trip_detail

# A signed project counts from 100M CNY at home, 10M USD from abroad, in minor units
# (PRODUCT, Figures); other currencies are brought to USD by the rates below.
_DOMESTIC_MINOR = 100_000_000 * 100
_FOREIGN_USD_MINOR = 10_000_000 * 100
# Rough fixed rates to USD in percent, only to sort amounts into above or below the limit.
_USD_PERCENT = {"USD": 100, "EUR": 108, "CHF": 112, "GBP": 127, "CNY": 14}


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
    funnel: list[tuple[str, int]]
    figures: list[Figure]
    changes: list[RecentChange]
    leads: int


def counts_as_signed(amount_minor: int | None, currency: str | None) -> bool:
    """Return whether a signed amount reaches the limit of its kind."""
    if amount_minor is None:
        return False
    if currency in (None, "CNY"):
        return amount_minor >= _DOMESTIC_MINOR
    return amount_minor * _USD_PERCENT.get(currency, 100) >= _FOREIGN_USD_MINOR * 100


def year_figures(session: Session, year: int) -> list[Figure]:
    """Return the figures of a year that the desk's records can count, with their targets."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    targets = dict(
        session.execute(
            select(Target.metric, Target.value).where(
                Target.year == year, Target.deleted.isnot(True)
            )
        )
        .tuples()
        .all()
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
            select(Lead.amount_minor, Lead.currency, Lead.chain)
            .join(first_signed, first_signed.c.lead_id == Lead.id)
            .where(first_signed.c.day.between(first, last), Lead.deleted.isnot(True))
        )
        if counts_as_signed(r[0], r[1])
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
        )
        .tuples()
        .all()
    )
    return [(stage.value, counts.get(stage.value, 0)) for stage in STAGES]


def desk(
    session: Session, today: dt.date | None = None, owner_id: str | None = None
) -> DeskFigures:
    """Return what the desk shows; with an owner only their follow-ups come first."""
    today = today or dt.date.today()
    due = [r for r in follow_up_rows(session, today) if r.group in ("overdue", "today")]
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
    leads = lead_rows(session, today=today)
    stale = [r for r in leads if r.stale]
    stale.sort(key=lambda r: (-STAGES.index(r.stage) if r.stage in STAGES else 0, r.company))
    return DeskFigures(
        today=due,
        next_trip=trip_detail(session, upcoming, today) if upcoming else None,
        stale=stale[:20],
        funnel=funnel(session),
        figures=year_figures(session, today.year),
        changes=recent_changes(session, 20),
        leads=len(leads),
    )
