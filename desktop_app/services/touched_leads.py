"""Which leads a write concerned: those altered, and those whose row shows another record."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desktop_app.db.models import FollowUp, Lead, LeadStage, Meeting

# Beyond this, reading every row anew is quicker, and SQLite's limit of variables is far.
MANY = 2000
_CONCERNED = frozenset("lead company member follow_up meeting lead_stage setting".split())


def touched_leads(
    session: Session, tables: frozenset[str], ids: frozenset[str]
) -> list[str] | None:
    """Return the ids of the leads whose rows may read otherwise now; None means all.

    A deleted lead is among them: its row is to go.
    """
    if not tables & _CONCERNED:
        return []
    if "setting" in tables or len(ids) > MANY:
        return None
    queries: list[Select[Any]] = []
    if "lead" in tables:
        queries.append(select(Lead.id).where(Lead.id.in_(ids)))
    if "company" in tables:
        queries.append(select(Lead.id).where(Lead.company_id.in_(ids)))
    if "member" in tables:
        queries.append(select(Lead.id).where(Lead.owner_id.in_(ids)))
    for model in (FollowUp, Meeting, LeadStage):
        if model.__tablename__ in tables:
            queries.append(
                select(model.lead_id).where(model.id.in_(ids), model.lead_id.isnot(None))
            )
    return list({one: None for query in queries for one in session.scalars(query)})
