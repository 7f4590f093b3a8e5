"""How much waits in each view, as the navigation shows it."""

import datetime as dt
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.db.models import FollowUp, Lead, Trip
from desktop_app.domain.words import FollowUpStatus, TripStatus


class NavigationCounts(NamedTuple):
    """Leads, trips not yet over, open follow-ups, and those of them that are overdue."""

    leads: int
    trips: int
    follow_ups: int
    overdue: int


def navigation_counts(session: Session, today: dt.date) -> NavigationCounts:
    """Return the counts on a day."""
    over = (TripStatus.REPORTED, TripStatus.CANCELLED)
    open_now = (
        select(func.count())
        .select_from(FollowUp)
        .outerjoin(Lead, Lead.id == FollowUp.lead_id)
        .where(
            FollowUp.deleted.isnot(True),
            Lead.deleted.isnot(True),
            FollowUp.status == FollowUpStatus.OPEN,
        )
    )
    day = func.max(
        func.coalesce(FollowUp.due_on, FollowUp.snoozed_until),
        func.coalesce(FollowUp.snoozed_until, FollowUp.due_on),
    )
    leads = select(func.count()).select_from(Lead).where(Lead.deleted.isnot(True))
    trips = (
        select(func.count())
        .select_from(Trip)
        .where(Trip.deleted.isnot(True), Trip.status.notin_(over) | Trip.status.is_(None))
    )
    return NavigationCounts(
        session.scalar(leads) or 0,
        session.scalar(trips) or 0,
        session.scalar(open_now) or 0,
        session.scalar(open_now.where(day < today.isoformat())) or 0,
    )
