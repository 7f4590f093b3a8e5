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
# Beyond this, reckoning every lead is quicker, and SQLite's limit of variables is far.
_MANY = 500


def keep_derived(workspace: Workspace, touched: Changes) -> Changes:
    """Set the next date of the leads that a merge concerned; return what that altered.

    A lead without an open follow-up keeps what it has: an imported date stands by itself.
    """
    wrong = _wrong_next_dates(workspace, touched)
    if not wrong:
        return Changes()
    settle = [("lead", lead_id, "next_on") for lead_id in wrong]
    with workspace.write(extra=canonical({"derived": True}), settle=settle) as session:
        for lead_id, day in wrong.items():
            lead = session.get(Lead, lead_id)
            if lead is not None:
                lead.next_on = day
    return Changes(frozenset({"lead"}), frozenset(wrong))


def _wrong_next_dates(workspace: Workspace, touched: Changes) -> dict[str, dt.date]:
    """Return the right next date of the leads whose own is another, or disputed."""
    with workspace.read() as session:
        disputed = {
            row.hex()
            for row in session.scalars(
                select(conflict.c.row).where(conflict.c.tbl == "lead", conflict.c.col == "next_on")
            )
        }
        first = func.min(FollowUp.due_on)
        query = (
            select(Lead.id, Lead.next_on, first)
            .join(FollowUp, FollowUp.lead_id == Lead.id)
            .where(FollowUp.deleted.isnot(True), FollowUp.status.in_(_OPEN))
            .group_by(Lead.id)
        )
        ids = touched.ids if touched.tables & {"lead", "follow_up"} else frozenset()
        if len(ids) + len(disputed) <= _MANY:
            of_follow_ups = select(FollowUp.lead_id).where(FollowUp.id.in_(ids))
            concerned = disputed.union(ids, filter(None, session.scalars(of_follow_ups)))
            query = query.where(Lead.id.in_(concerned))
        return {
            lead_id: day
            for lead_id, now, day in session.execute(query)
            if day is not None and (day != now or lead_id in disputed)
        }
