"""A record's fields as people and scripts write them, read and shown by the kind of the column."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import Boolean, Date, Integer, select
from sqlalchemy.orm import Session

from desktop_app.db.models import (
    Approval,
    ApprovalService,
    Attachment,
    Attendee,
    Base,
    CapitalReceipt,
    Case,
    Company,
    Contact,
    Delegate,
    DispatchItem,
    DispatchMeeting,
    Event,
    EventCompany,
    Facility,
    FollowUp,
    Lead,
    LeadStage,
    Leg,
    Meeting,
    Member,
    Setting,
    Squad,
    SquadMember,
    Stop,
    Target,
    Trip,
)
from desktop_app.db.types import RecordId, UtcText
from desktop_app.domain.errors import DeskError
from desktop_app.domain.formats import zone_of
from desktop_app.domain.money import to_minor
from desktop_app.services import approvals, cases, trips
from desktop_app.services.codes import parse_code
from desktop_app.services.lookup import clean_text, require

KINDS: dict[str, type[Base]] = {
    "leads": Lead,
    "companies": Company,
    "contacts": Contact,
    "trips": Trip,
    "meetings": Meeting,
    "follow-ups": FollowUp,
    "members": Member,
    "events": Event,
    "stops": Stop,
    "legs": Leg,
    "delegates": Delegate,
    "attendees": Attendee,
    "lead-stages": LeadStage,
    "cases": Case,
    "dispatch-meetings": DispatchMeeting,
    "dispatch-items": DispatchItem,
    "approvals": Approval,
    "approval-services": ApprovalService,
    "facilities": Facility,
    "event-companies": EventCompany,
    "capital-receipts": CapitalReceipt,
    "squads": Squad,
    "squad-members": SquadMember,
    "targets": Target,
    "attachments": Attachment,
    "settings": Setting,
}
# Money columns are shown without "_minor", each in the currency of another column.
CURRENCY_OF = {
    "revenue_minor": "revenue_currency",
    "registered_capital_minor": "registered_currency",
}
# A leg's two moments are meant in the zones of its two ends.
_LEG_ZONES = {"departs_at": "from_zone", "arrives_at": "to_zone"}
# Columns that name a member.
MEMBERS = frozenset({"owner_id", "first_reporter_id", "member_id", "leader_id"})


def model_of(kind: str) -> type[Base]:
    """Return the mapped class of a kind.

    Raises:
        DeskError: ``unknown_kind``.
    """
    try:
        return KINDS[kind]
    except KeyError:
        raise DeskError("unknown_kind", kind=kind, choices=", ".join(KINDS)) from None


def public_name(column: str) -> str:
    """Return a column's name outside: ``owner`` for ``owner_id``, ``amount`` for minor units."""
    if column == "record_id":
        return column
    return column.removesuffix("_id").removesuffix("_minor")


def fields_of(kind: str) -> list[str]:
    """Return the public names of a kind's fields."""
    columns = model_of(kind).__table__.columns
    return [public_name(c.name) for c in columns if c.name not in ("id", "deleted")]


def column_of(model: type[Base], kind: str, name: str) -> str:
    """Return the column behind a public name (a column's own name is understood too).

    Raises:
        DeskError: ``unknown_field``.
    """
    columns = model.__table__.columns
    for candidate in (name, f"{name}_id", f"{name}_minor"):
        if candidate in columns and candidate not in ("id", "deleted"):
            return candidate
    raise DeskError("unknown_field", field=name, kind=kind, choices=", ".join(fields_of(kind)))


def parse_fields(
    session: Session, kind: str, values: dict[str, str], current: Base | None = None
) -> dict[str, Any]:
    """Return column values from public names and texts.

    Args:
        session: to find members by name and records by id.
        kind: the kind the fields belong to.
        values: public name to text; an empty text empties the field.
        current: the record they are for, whose currency and zone stand where none is given.

    Raises:
        DeskError: an unknown field or record, or a value that is no date, number, money, word.
    """
    model = model_of(kind)
    named = {column_of(model, kind, name): text for name, text in values.items()}
    zone = named.get("zone") or getattr(current, "zone", None)
    if kind == "meetings" and not zone and "starts_at" in named:
        zone = _zone_of_meeting(session, named, current)
    parsed: dict[str, Any] = {}
    for column, text in named.items():
        if text == "":
            parsed[column] = None
        elif column.endswith("_minor"):
            money = CURRENCY_OF.get(column, "currency")
            currency = named.get(money) or getattr(current, money, None)
            parsed[column] = to_minor(_decimal(public_name(column), text), currency)
        else:
            own = _LEG_ZONES.get(column) if model is Leg else None
            zone = (named.get(own) or getattr(current, own, None)) if own else zone
            parsed[column] = _value(session, model, column, text, zone)
    return parsed


def _zone_of_meeting(session: Session, named: dict[str, str], current: Base | None) -> str | None:
    """Return the zone of the place where a meeting is to be, for a time without an offset."""

    def known(column: str) -> str | None:
        return named.get(column) or getattr(current, column, None)

    moment = _moment("starts_at", named["starts_at"], None) if named["starts_at"] else None
    return trips.venue_zone(
        session,
        id_or_none(known("trip_id")),
        id_or_none(known("company_id")),
        known("city"),
        known("country"),
        moment,
    )


def id_or_none(text: str | None) -> str | None:
    """Return a text that can be a record's key, else None."""
    good = text is not None and len(text) == 32 and set(text) <= set("0123456789abcdef")
    return text if good else None


def _decimal(field: str, text: str) -> Decimal:
    """Return a number written in decimals.

    Raises:
        DeskError: ``bad_number``.
    """
    try:
        value = Decimal(text.replace(",", "").replace("_", "").strip())
    except InvalidOperation:
        raise DeskError("bad_number", field=field, value=text) from None
    if not value.is_finite() or abs(value) >= 10**15:
        raise DeskError("bad_number", field=field, value=text)
    return value


def _value(session: Session, model: type[Base], column: str, text: str, zone: str | None) -> Any:
    """Return the value of one column from its text."""
    described = model.__table__.columns[column]
    name = public_name(column)
    if described.foreign_keys:
        target = next(iter(described.foreign_keys)).column.table.name
        return _reference(session, target, text)
    if isinstance(described.type, RecordId):
        return text
    if isinstance(described.type, Date):
        try:
            return dt.date.fromisoformat(text.strip())
        except ValueError:
            raise DeskError("bad_date", field=name, value=text) from None
    if isinstance(described.type, UtcText):
        return _moment(name, text, zone)
    if isinstance(described.type, Boolean):
        if text.casefold() in ("true", "yes", "1", "是"):
            return True
        if text.casefold() in ("false", "no", "0", "否"):
            return False
        raise DeskError("bad_truth", field=name, value=text)
    if isinstance(described.type, Integer):
        value = _decimal(name, text)
        if value != value.to_integral_value():
            raise DeskError("bad_number", field=name, value=text)
        return int(value)
    if column == "country" and len(text.strip()) == 2:
        return text.strip().upper()
    if model is Case and column == "category":
        return cases.category_of(session, text)
    if model is Approval and column == "template":
        return approvals.template_of(session, text)
    return parse_code(model.__tablename__, column, text)


def _moment(field: str, text: str, zone: str | None) -> dt.datetime:
    """Return a moment from ISO text; without an offset it is the venue's local time.

    Raises:
        DeskError: ``bad_moment``.
    """
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        raise DeskError("bad_moment", field=field, value=text) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone_of(zone))
    return moment.astimezone(dt.UTC)


def _reference(session: Session, table: str, text: str) -> str:
    """Return the id of the record meant: by id, a member also by name."""
    model = next(m for m in KINDS.values() if m.__tablename__ == table)
    if model is Member:
        query = select(Member.id).where(Member.name == text, Member.deleted.isnot(True))
        found = session.scalars(query.order_by(Member.id)).first()
        if found is not None:
            return found
    return require(session, model, text).id


def shown(value: Any) -> Any:
    """Return a column value for JSON."""
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, dt.date) else value


def log_value(value: Any) -> str | int | bool | None:
    """Return a column value as the change log has it."""
    if isinstance(value, str):
        return clean_text(value) or None
    found: str | int | bool | None = shown(value)
    return found
