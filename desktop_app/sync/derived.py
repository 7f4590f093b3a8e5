"""Cells that follow from other records: put right after a merge instead of shown as a conflict.

Two people who each add a follow-up to a lead both move its next date. Neither date is an answer
to a question: the earliest open follow-up decides, and every laptop reckons the same.
"""

import datetime as dt

from sqlalchemy import func, select

from desktop_app.db.change import Changes, canonical
from desktop_app.db.log_tables import conflict
from desktop_app.db.models import FollowUp, Lead
from desktop_app.db.workspace import Workspace
from desktop_app.domain.words import FollowUpStatus

_OPEN = (FollowUpStatus.OPEN.value, FollowUpStatus.WAITING.value)
_AT_ONCE = 500


def keep_derived(workspace: Workspace, touched: Changes) -> Changes:
    """Set the next date of the leads that a merge concerned; return what that altered.

    A lead without an open follow-up keeps what it has: an imported date stands by itself.
    """
    if not touched.tables & {"lead", "follow_up"}:
        return Changes()
    ids = sorted(touched.ids)
    wrong: dict[str, dt.date] = {}
    for start in range(0, len(ids), _AT_ONCE):
        wrong |= _wrong_next_dates(workspace, ids[start : start + _AT_ONCE])
    if not wrong:
        return Changes()
    settle = [("lead", lead_id, "next_on") for lead_id in wrong]
    with workspace.write(extra=canonical({"derived": True}), settle=settle) as session:
        for lead_id, day in wrong.items():
            lead = session.get(Lead, lead_id)
            if lead is not None:
                lead.next_on = day
    return Changes(frozenset({"lead"}), frozenset(wrong))


def _wrong_next_dates(workspace: Workspace, ids: list[str]) -> dict[str, dt.date]:
    """Return the right next date of the leads whose own is another, or disputed."""
    with workspace.read() as session:
        of_follow_ups = select(FollowUp.lead_id).where(FollowUp.id.in_(ids))
        disputed = select(conflict.c.row).where(
            conflict.c.tbl == "lead", conflict.c.col == "next_on"
        )
        first = func.min(FollowUp.due_on)
        found = session.execute(
            select(Lead.id, first)
            .join(FollowUp, FollowUp.lead_id == Lead.id)
            .where(
                Lead.id.in_(ids) | Lead.id.in_(of_follow_ups),
                FollowUp.deleted.isnot(True),
                FollowUp.status.in_(_OPEN),
            )
            .group_by(Lead.id)
            .having(
                first.isnot(None) & (Lead.next_on.is_distinct_from(first) | Lead.id.in_(disputed))
            )
        ).all()
    return {lead_id: day for lead_id, day in found if day is not None}
