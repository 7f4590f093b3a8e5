"""The members of the team."""

from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import Member
from desktop_app.services.lookup import assign


class MemberRow(NamedTuple):
    """One member as pickers show them."""

    id: str
    name: str
    name_en: str
    role: str
    squad: str


def member_rows(session: Session) -> list[MemberRow]:
    """Return the living members by name."""
    query = select(Member.id, Member.name, Member.name_en, Member.role, Member.squad)
    found = session.execute(query.where(Member.deleted.isnot(True)).order_by(Member.name))
    return [MemberRow(r[0], r[1] or "", r[2] or "", r[3] or "", r[4] or "") for r in found]


def add_member(session: Session, **fields: Any) -> str:
    """Add a member and return their id."""
    member = Member(active=True)
    assign(member, fields)
    session.add(member)
    session.flush()
    return member.id


def find_or_add(session: Session, name: str) -> str:
    """Return the id of the member of that name, added when new."""
    query = select(Member.id).where(Member.name == name, Member.deleted.isnot(True))
    found = session.scalars(query.order_by(Member.id)).first()
    return found or add_member(session, name=name)
