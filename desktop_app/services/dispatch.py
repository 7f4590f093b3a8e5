"""The agenda of a dispatch meeting: what is decided of its cases, their order, what leaves it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import Case, DispatchItem, DispatchMeeting
from desktop_app.domain.case_rules import is_open
from desktop_app.domain.words_after import CaseState
from desktop_app.services.cases import move_case
from desktop_app.services.lookup import assign, require

# What a decision says of a case, which is then the case's own.
_APPLIED = ("lead_department", "due_on")


def update_dispatch_meeting(session: Session, meeting_id: str, **fields: Any) -> None:
    """Set fields of a dispatch meeting."""
    assign(require(session, DispatchMeeting, meeting_id), fields)
    session.flush()


def delete_dispatch_meeting(session: Session, meeting_id: str) -> None:
    """Delete a dispatch meeting with its agenda; the cases stay."""
    meeting = require(session, DispatchMeeting, meeting_id)
    for item in _items(session, meeting_id):
        remove_item(session, item.id)
    meeting.deleted = True
    session.flush()


def record_decision(session: Session, item_id: str, **fields: Any) -> None:
    """Set what was decided of a case: a department or a deadline is then the case's own too.

    A case that is settled keeps its own, and so does one of which a later dispatch meeting
    decided the same; what is taken out of a decision is not taken from the case.
    """
    item = require(session, DispatchItem, item_id)
    assign(item, fields)
    session.flush()
    case = session.get(Case, item.case_id) if item.case_id else None
    if case is None or case.deleted or not is_open(case.state):
        return
    for column in _APPLIED:
        value = getattr(item, column)
        if column in fields and value is not None and not _decided_later(session, item, column):
            setattr(case, column, value)
    session.flush()


def _decided_later(session: Session, item: DispatchItem, column: str) -> bool:
    """Say whether a later dispatch meeting decided the same of the same case."""
    own = session.get(DispatchMeeting, item.dispatch_meeting_id or "")
    query = (
        select(DispatchMeeting.held_on)
        .join(DispatchItem, DispatchItem.dispatch_meeting_id == DispatchMeeting.id)
        .where(
            DispatchItem.case_id == item.case_id,
            DispatchItem.id != item.id,
            DispatchItem.deleted.isnot(True),
            getattr(DispatchItem, column).isnot(None),
            DispatchMeeting.deleted.isnot(True),
        )
    )
    day = (own.held_on if own is not None else None) or dt.date.max
    return any(held is not None and held > day for held in session.scalars(query))


def remove_item(session: Session, item_id: str) -> None:
    """Take a case off an agenda.

    One that is at dispatch for this meeting alone, undecided, goes back to being worked on.
    """
    item = require(session, DispatchItem, item_id)
    item.deleted = True
    session.flush()
    case = session.get(Case, item.case_id) if item.case_id else None
    if case is None or case.deleted or case.state != CaseState.DISPATCH or item.decision:
        return
    others = select(DispatchItem.id).where(
        DispatchItem.case_id == case.id, DispatchItem.deleted.isnot(True)
    )
    if session.scalar(others.limit(1)) is None:
        move_case(session, case.id, CaseState.IN_PROGRESS.value)


def move_item(session: Session, item_id: str, step: int) -> None:
    """Move a case up (-1) or down (1) an agenda; at its end it stays."""
    item = require(session, DispatchItem, item_id)
    items = list(_items(session, item.dispatch_meeting_id or ""))
    place = items.index(item)
    target = max(0, min(len(items) - 1, place + step))
    items.insert(target, items.pop(place))
    for position, one in enumerate(items):
        if one.position != position:
            one.position = position
    session.flush()


def _items(session: Session, meeting_id: str) -> Sequence[DispatchItem]:
    """Return the living points of an agenda in order."""
    return session.scalars(
        select(DispatchItem)
        .where(DispatchItem.dispatch_meeting_id == meeting_id, DispatchItem.deleted.isnot(True))
        .order_by(DispatchItem.position.is_(None), DispatchItem.position, DispatchItem.id)
    ).all()
