"""The demonstration team: invented companies and people at real places, made from a seed."""

import datetime as dt
import os
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import Member
from desktop_app.domain.errors import DeskError
from desktop_app.services import team_settings
from desktop_app.services.demo_after import make_after
from desktop_app.services.demo_bulk import write_rows
from desktop_app.services.demo_leads import Maker, make_events, make_lead, make_members
from desktop_app.services.demo_report import make_reported_trip
from desktop_app.services.demo_trips import make_full_trip, make_other_trips
from desktop_app.services.record_texts import KINDS

# Above this the leads have a thinner history, so that a hundred thousand stay quick to make.
_SMALL_TEAM = 2000
# The first to be written are those that others name.
_ORDER = (
    "member squad company contact event lead lead_stage trip stop leg delegate meeting attendee "
    "follow_up target case dispatch_meeting dispatch_item approval approval_service facility "
    "event_company capital_receipt squad_member"
).split()
_TARGETS = {
    "signed_projects": 32,
    "chain_fit_percent": 62,
    "visits_and_events": 520,
    "leads_found": 300,
    "foreign_capital_received": 150_000_000,
}


def make_demo(
    session: Session, leads: int = 300, seed: int = 1, today: dt.date | None = None
) -> dict[str, int]:
    """Write the demonstration and return how many records of each kind were made.

    The same seed and day give the same records, down to their keys.

    Args:
        session: in a transaction that the caller commits.
        leads: how many leads; two of the trips have a few of their own, made in any case.
        seed: what the invention starts from.
        today: the day around which everything is placed; by default this one.

    Raises:
        DeskError: the very same demonstration is there already.
    """
    make = Maker(Random(f"{seed}/{leads}"), today or dt.date.today())
    make_members(make)
    known = session.get(Member, make.member_ids[0])
    if known is not None:
        if not known.deleted:
            raise DeskError("demo_there")
        # It was undone: its keys are taken for ever, so the new one draws others.
        make = Maker(Random(f"{seed}/{leads}/{os.urandom(8).hex()}"), make.today)
        make_members(make)
    make.dense = leads <= _SMALL_TEAM
    make_events(make)
    make.rows["lead"] = []
    make_full_trip(make)
    make_reported_trip(make)
    while len(make.rows["lead"]) < leads:
        make_lead(make)
    make_other_trips(make)
    for metric, value in _TARGETS.items():
        make.add("target", year=make.today.year, metric=metric, value=value)
    make_after(make)
    counts = {}
    for table in _ORDER:
        rows = make.rows.get(table, [])
        write_rows(session, table, rows)
        counts[table] = len(rows)
    if team_settings.get(session, "team_name") is None:
        team_settings.put(session, "team_name", "滨江新区招商中心")
        team_settings.put(session, "team_name_en", "Binjiang New Area Investment Centre")
    session.flush()
    kinds = {model.__tablename__: kind for kind, model in KINDS.items()}
    return {kinds[table]: count for table, count in counts.items()}


def has_demo(session: Session) -> bool:
    """Say whether invented records are here: only they have addresses under ``.example``."""
    query = select(Member.id).where(Member.email.endswith(".example"), Member.deleted.isnot(True))
    return session.scalars(query.limit(1)).first() is not None
