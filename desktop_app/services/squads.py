"""Squads: who is in them, and what they did in a year, by the rules of the year's figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.db.log_tables import search_key
from desktop_app.db.models import Event, Meeting, Member, Squad, SquadMember
from desktop_app.services.approvals import link_once
from desktop_app.services.lookup import assign, columns_of, require
from desktop_app.services.squad_year import Done, done_in_year, squad_counts
from desktop_app.services.titles import record_title
from desktop_app.services.trips import plan_meeting


class SquadRow(NamedTuple):
    """One squad as lists show it, with what it did in a year."""

    id: str
    name: str
    name_en: str
    area: str
    leader: str
    members: int
    active: bool
    visits: int
    events: int
    leads: int
    signed: int
    key: str


@dataclass(frozen=True)
class SquadDetail:
    """All that a squad's pane shows; ``members`` carry ``member_id_name``."""

    fields: dict[str, Any]
    members: list[dict[str, Any]]
    done: list[Done]


def squad_rows(session: Session, year: int) -> list[SquadRow]:
    """Return the living squads by name, with their counts of a year."""
    counts = squad_counts(session, year)
    people = (
        select(SquadMember.squad_id, func.count().label("n"))
        .where(SquadMember.deleted.isnot(True))
        .group_by(SquadMember.squad_id)
        .subquery()
    )
    query = (
        select(
            Squad.id, Squad.name, Squad.name_en, Squad.area, Member.name, people.c.n, Squad.active,
            search_key.c.key,
        )
        .outerjoin(Member, Member.id == Squad.leader_id)
        .outerjoin(people, people.c.squad_id == Squad.id)
        .outerjoin(search_key, search_key.c.row == Squad.id)
        .where(Squad.deleted.isnot(True))
        .order_by(Squad.name, Squad.id)
    )  # fmt: skip
    return [
        SquadRow._make((
            r[0], r[1] or "", r[2] or "", r[3] or "", r[4] or "", r[5] or 0, r[6] is not False,
            *(one.get(r[0], 0) for one in counts), r[7] or "",
        ))
        for r in session.execute(query)
    ]  # fmt: skip


def squad_detail(session: Session, squad_id: str, year: int) -> SquadDetail:
    """Return a squad with its members and what it did in a year."""
    fields = columns_of(require(session, Squad, squad_id))
    fields["leader_id_name"] = record_title(session, "member", fields["leader_id"] or "")
    query = (
        select(SquadMember, Member.name)
        .outerjoin(Member, Member.id == SquadMember.member_id)
        .where(SquadMember.squad_id == squad_id, SquadMember.deleted.isnot(True))
        .order_by(Member.name, SquadMember.id)
    )
    members = [
        columns_of(one) | {"member_id_name": name or ""} for one, name in session.execute(query)
    ]
    return SquadDetail(fields, members, done_in_year(session, year, squad_id))


def add_squad(session: Session, **fields: Any) -> str:
    """Add a squad and return its id."""
    squad = Squad(active=True)
    assign(squad, fields)
    session.add(squad)
    session.flush()
    return squad.id


def update_squad(session: Session, squad_id: str, **fields: Any) -> None:
    """Set fields of a squad."""
    assign(require(session, Squad, squad_id), fields)
    session.flush()


def squad_uses(session: Session, squad_ids: Sequence[str]) -> dict[str, int]:
    """Return how many meetings and events squads have, where there are any."""
    counts = {}
    for model in (Meeting, Event):
        query = select(func.count()).where(model.squad_id.in_(squad_ids), model.deleted.isnot(True))
        counts[model.__tablename__] = session.scalar(query) or 0
    return {name: n for name, n in counts.items() if n}


def delete_squads(session: Session, squad_ids: Sequence[str]) -> None:
    """Delete squads with the places of their members; meetings and events stay as they are."""
    for squad_id in squad_ids:
        require(session, Squad, squad_id).deleted = True
        query = select(SquadMember).where(
            SquadMember.squad_id == squad_id, SquadMember.deleted.isnot(True)
        )
        for one in session.scalars(query):
            one.deleted = True
    session.flush()


def add_members(session: Session, squad_id: str, member_ids: Sequence[str]) -> list[str]:
    """Let members be in a squad, each once, and return the ids of their places."""
    require(session, Squad, squad_id)
    return [link_once(session, SquadMember, squad_id=squad_id, member_id=one) for one in member_ids]


def update_place(session: Session, place_id: str, **fields: Any) -> None:
    """Set fields of a member's place in a squad."""
    assign(require(session, SquadMember, place_id), fields)
    session.flush()


def delete_place(session: Session, place_id: str) -> None:
    """Take a member out of a squad."""
    require(session, SquadMember, place_id).deleted = True
    session.flush()


def squad_of_place(session: Session, place_id: str) -> str:
    """Return the squad of a member's place, also of one given up; empty for none."""
    place = session.get(SquadMember, place_id)
    return (place.squad_id or "") if place is not None else ""


def squad_names(session: Session) -> list[tuple[str, str]]:
    """Return the living squads to choose from, by name: id and name."""
    query = select(Squad.id, Squad.name, Squad.name_en).where(Squad.deleted.isnot(True))
    found = session.execute(query.order_by(Squad.name, Squad.id))
    return [(key, name or name_en or "") for key, name, name_en in found]


def own_squad(session: Session, member_id: str | None) -> str | None:
    """Return the one active squad that a member is in; None when there is none, or several."""
    if not member_id:
        return None
    query = (
        select(SquadMember.squad_id)
        .join(Squad, Squad.id == SquadMember.squad_id)
        .where(
            SquadMember.member_id == member_id,
            SquadMember.deleted.isnot(True),
            Squad.deleted.isnot(True),
            Squad.active.isnot(False),
        )
        .distinct()
        .limit(2)
    )
    found = list(session.scalars(query))
    return found[0] if len(found) == 1 else None


def plan_own_meeting(session: Session, member_id: str | None, /, **fields: Any) -> str:
    """Plan a meeting of the squad of whoever plans it, unless another is named."""
    fields.setdefault("squad_id", own_squad(session, member_id))
    return plan_meeting(session, **fields)
