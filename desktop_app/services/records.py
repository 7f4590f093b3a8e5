"""Records by kind, for the command line: names and values as people and scripts write them."""

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import Boolean, Date, Integer, RowMapping, select
from sqlalchemy.orm import Session

from desktop_app.db.models import (
    Attachment,
    Attendee,
    Base,
    Company,
    Contact,
    Delegate,
    Event,
    FollowUp,
    Lead,
    LeadStage,
    Leg,
    Meeting,
    Member,
    Setting,
    Stop,
    Target,
    Trip,
)
from desktop_app.db.types import RecordId, UtcText
from desktop_app.domain.errors import DeskError
from desktop_app.domain.formats import zone_of
from desktop_app.domain.money import decimal_text, to_minor
from desktop_app.services import companies, follow_ups, leads, trips
from desktop_app.services.codes import parse_code
from desktop_app.services.lookup import assign, clean_text, require

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
    "targets": Target,
    "attachments": Attachment,
    "settings": Setting,
}

# Money columns are shown without "_minor", each in the currency of another column.
_CURRENCY_OF = {
    "revenue_minor": "revenue_currency",
    "registered_capital_minor": "registered_currency",
}
# A leg's two moments are meant in the zones of its two ends.
_LEG_ZONES = {"departs_at": "from_zone", "arrives_at": "to_zone"}
# Pairs of columns of which the second may not be before the first.
_SPANS = (
    ("starts_on", "ends_on"),
    ("starts_at", "ends_at"),
    ("arrives_on", "departs_on"),
    ("departs_at", "arrives_at"),
)
# Columns that name a member.
_MEMBERS = frozenset({"owner_id", "first_reporter_id", "member_id"})
# Read from the company, shown with the lead.
_LEAD_EXTRAS = ("company_zh", "country", "city", "readiness", "value", "stale")


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


def _column(model: type[Base], kind: str, name: str) -> str:
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
    named = {_column(model, kind, name): text for name, text in values.items()}
    zone = named.get("zone") or getattr(current, "zone", None)
    if kind == "meetings" and not zone and "starts_at" in named:
        zone = _zone_of_meeting(session, named, current)
    parsed: dict[str, Any] = {}
    for column, text in named.items():
        if text == "":
            parsed[column] = None
        elif column.endswith("_minor"):
            money = _CURRENCY_OF.get(column, "currency")
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
        _id_or_none(known("trip_id")),
        _id_or_none(known("company_id")),
        known("city"),
        known("country"),
        moment,
    )


def _id_or_none(text: str | None) -> str | None:
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


def _text(value: Any) -> Any:
    """Return a column value for JSON."""
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, dt.date) else value


def log_value(value: Any) -> str | int | bool | None:
    """Return a column value as the change log has it."""
    if isinstance(value, str):
        return clean_text(value) or None
    found: str | int | bool | None = _text(value)
    return found


def find_even_deleted(session: Session, kind: str, record_id: str) -> Base:
    """Return a record of a kind, also a deleted one: it may still be disputed.

    Raises:
        DeskError: ``unknown_kind`` or ``unknown_record``.
    """
    record = session.get(model_of(kind), record_id) if _id_or_none(record_id) else None
    return record or require(session, model_of(kind), record_id)


def as_json(session: Session, kind: str, record: Base) -> dict[str, Any]:
    """Return a record for JSON: public names, money as decimal text, owners by name."""
    return as_json_all(session, kind, [leads.columns_of(record)])[0]


def as_json_all(
    session: Session, kind: str, found: Sequence[RowMapping | dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return records for JSON from their columns by name.

    References are ids; members and a lead's company stand by name.
    """
    members = {m.id: m.name for m in session.execute(select(Member.id, Member.name))}
    names = [
        (column.name, public_name(column.name))
        for column in model_of(kind).__table__.columns
        if column.name not in ("id", "deleted")
    ]
    result = []
    for columns in found:
        out: dict[str, Any] = {"id": columns["id"]}
        for column, name in names:
            value = columns[column]
            if value is None or type(value) is str:
                out[name] = value
            elif column.endswith("_minor"):
                currency = columns.get(_CURRENCY_OF.get(column, "currency"))
                out[name] = decimal_text(value, currency)
            else:
                out[name] = _text(value)
            if column in _MEMBERS:
                out[name] = members.get(value, value)
                out[column] = value
        result.append(out)
    _add_companies(session, kind, result)
    return result


def _add_companies(session: Session, kind: str, found: list[dict[str, Any]]) -> None:
    """Add to each record what is read from its company, and to a lead what its row reckons."""
    if kind == "leads":
        ids = None if len(found) > 500 else [out["id"] for out in found]
        rows = {r.id: r for r in leads.lead_rows(session, ids)}
        for out in found:
            row = rows.get(out["id"])
            if row is not None:
                out["company_id"] = row.company_id
                out["company"] = row.company
                out |= {name: getattr(row, name) for name in _LEAD_EXTRAS}
        return
    if not any("company" in out for out in found):
        return
    query = select(Company.id, Company.name)
    if len(found) == 1:
        query = query.where(Company.id == found[0]["company"])
    companies_by_id = {c.id: c.name for c in session.execute(query)}
    for out in found:
        out["company_name"] = companies_by_id.get(out["company"])


def get(session: Session, kind: str, record_id: str) -> dict[str, Any]:
    """Return one record for JSON.

    Raises:
        DeskError: ``unknown_kind`` or ``unknown_record``.
    """
    return as_json(session, kind, require(session, model_of(kind), record_id))


def list_records(
    session: Session, kind: str, where: dict[str, str] | None = None
) -> list[dict[str, Any]]:
    """Return the living records of a kind whose fields equal the given texts.

    A lead's company is met by id, name or Chinese name; a member by id or name.
    """
    model = model_of(kind)
    where = where or {}
    extras = _LEAD_EXTRAS if kind == "leads" else ()
    for name in where:
        if name != "id" and name not in extras:
            _column(model, kind, name)
    table = model.__table__
    query = select(*table.columns).where(model.deleted.isnot(True)).order_by(model.id)
    every = as_json_all(session, kind, [row._mapping for row in session.execute(query)])
    return [r for r in every if all(_meets(r, n, text) for n, text in where.items())]


def _meets(record: dict[str, Any], name: str, text: str) -> bool:
    """Return whether a field of a record is the text asked for."""
    values = [record.get(name), record.get(f"{name}_id"), record.get(public_name(name))]
    if name == "company":
        values += [record.get("company_zh"), record.get("company_name")]
    if text == "":
        return values[0] in (None, "")
    for value in values:
        if isinstance(value, bool):
            if text.casefold() == str(value).casefold():
                return True
        elif value is not None and str(value) == text:
            return True
    given = record.get(name)
    if isinstance(given, str):
        try:
            return Decimal(given) == Decimal(text)
        except InvalidOperation:
            return False
    return False


def _check_spans(values: dict[str, Any]) -> None:
    """Refuse an end that is before its start.

    Raises:
        DeskError: ``bad_span``.
    """
    for first, last in _SPANS:
        start, end = values.get(first), values.get(last)
        if start is not None and end is not None and end < start:
            raise DeskError("bad_span", start=_text(start), end=_text(end))


def create(session: Session, kind: str, /, **fields: Any) -> str:
    """Add a record of a kind from column values and return its id.

    Raises:
        DeskError: a needed field is missing or a value is no word of the trade.
    """
    model = model_of(kind)
    _check_spans(fields)
    if kind == "leads":
        if not fields.get("company_id"):
            raise DeskError("field_needed", field="company", kind=kind)
        return leads.add_lead(session, **fields)
    if kind == "follow-ups":
        return follow_ups.add_follow_up(session, **fields)
    if kind == "meetings":
        return trips.plan_meeting(session, **fields)
    if kind == "trips":
        return trips.add_trip(session, **fields)
    if kind in ("stops", "legs", "delegates"):
        trip_id = fields.pop("trip_id", None)
        if not trip_id:
            raise DeskError("field_needed", field="trip", kind=kind)
        return trips.add_part(session, model, trip_id, **fields)
    if kind in ("companies", "members", "events", "contacts") and not fields.get("name"):
        if kind != "companies" or not fields.get("name_zh"):
            raise DeskError("field_needed", field="name", kind=kind)
        fields["name"] = fields["name_zh"]
    if kind == "companies":
        return companies.add_company(session, **fields)
    record = model()
    assign(record, fields)
    session.add(record)
    session.flush()
    return record.id


def update(session: Session, kind: str, record_id: str, /, **fields: Any) -> None:
    """Set column values of a record, by the rules of its kind.

    A lead's ``reason`` is no column: it lets a new stage past a gate that is not met.
    """
    model = model_of(kind)
    known = leads.columns_of(require(session, model, record_id))
    if kind == "meetings" and "starts_at" in fields:
        # The end moves with the start unless it is given too.
        known["ends_at"] = None
    _check_spans(known | fields)
    verbs: dict[str, Callable[..., None]] = {
        "leads": _update_lead,
        "follow-ups": follow_ups.update_follow_up,
        "meetings": trips.update_meeting,
        "companies": companies.update_company,
    }
    if kind in verbs:
        verbs[kind](session, record_id, **fields)
        return
    assign(require(session, model, record_id), fields)
    session.flush()


def _update_lead(
    session: Session,
    lead_id: str,
    stage: str | None = None,
    reason: str | None = None,
    **fields: Any,
) -> None:
    """Set fields of a lead, then move it through the gates, as the window does.

    Raises:
        DeskError: ``gate_open`` when the stage needs more and no reason is given.
    """
    leads.update_lead(session, lead_id, **fields)
    if stage is not None and stage != require(session, Lead, lead_id).stage:
        leads.move_stage(session, lead_id, stage, reason=reason)


def delete(session: Session, kind: str, record_id: str) -> None:
    """Delete a record, by the rules of its kind."""
    verbs: dict[str, Callable[[Session, str], None]] = {
        "leads": leads.delete_lead,
        "companies": companies.delete_company,
        "follow-ups": follow_ups.delete_follow_up,
    }
    if kind in verbs:
        verbs[kind](session, record_id)
        return
    require(session, model_of(kind), record_id).deleted = True
    session.flush()
