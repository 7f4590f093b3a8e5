"""The team itself as typed mappings: members, squads, targets and shared settings."""

from sqlalchemy.orm import Mapped

from desktop_app.db.models_base import Base, Bool, Day, Int, Str, ref


class Member(Base):
    """A person of the team."""

    __tablename__ = "member"
    name: Mapped[Str]
    name_en: Mapped[Str]
    role: Mapped[Str]
    squad: Mapped[Str]
    phone: Mapped[Str]
    email: Mapped[Str]
    languages: Mapped[Str]
    passport_expires_on: Mapped[Day]
    active: Mapped[Bool]


class Squad(Base):
    """A small team that goes out to find investors (招商小分队)."""

    __tablename__ = "squad"
    name: Mapped[Str]
    name_en: Mapped[Str]
    area: Mapped[Str]
    leader_id: Mapped[str | None] = ref("member")
    active: Mapped[Bool]
    notes: Mapped[Str]


class SquadMember(Base):
    """A person's place in a squad; ``member.squad`` stays the text that people know it by."""

    __tablename__ = "squad_member"
    squad_id: Mapped[str | None] = ref("squad")
    member_id: Mapped[str | None] = ref("member")
    role: Mapped[Str]


class Target(Base):
    """What the team means to reach in a year for one metric, in the metric's own unit."""

    __tablename__ = "target"
    year: Mapped[Int]
    metric: Mapped[Str]
    value: Mapped[Int]


class Setting(Base):
    """One shared setting of the team, such as score weights and limits; the value is JSON."""

    __tablename__ = "setting"
    name: Mapped[Str]
    value: Mapped[Str]
