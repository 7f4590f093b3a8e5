"""A record's history with the names and values that the command line uses."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.log import history
from desktop_app.db.models import Member
from desktop_app.domain.errors import DeskError
from desktop_app.domain.money import decimal_text
from desktop_app.i18n import word
from desktop_app.services import record_texts


def record_history(session: Session, kind: str, record_id: str) -> list[dict[str, Any]]:
    """Return the changes of a record, newest first; a deleted record has its history too.

    Raises:
        DeskError: there never was such a record.
    """
    model = record_texts.model_of(kind)
    try:
        bytes.fromhex(record_id)
        entries = history(session, model.__tablename__, record_id) if len(record_id) == 32 else []
    except ValueError:
        entries = []
    if not entries:
        raise DeskError(
            "unknown_record", kind=kind, what=word("record", model.__tablename__), id=record_id
        )
    outside = outside_values(session, kind, record_id)
    return [
        {
            "at": entry.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "by": entry.by,
            "fields": {
                record_texts.public_name(column): {
                    "old": outside(column, old),
                    "new": outside(column, new),
                }
                for column, (old, new) in sorted(entry.fields.items())
            },
        }
        for entry in entries
    ]


def outside_values(session: Session, kind: str, record_id: str) -> Callable[[str, Any], Any]:
    """Return what turns a record's log values into those outside: money in decimals, names."""
    model = record_texts.KINDS.get(kind)
    if model is None:
        # Of a newer version: as it is.
        return lambda _column, value: value
    members = dict(session.execute(select(Member.id, Member.name)).all())
    currencies = _currencies(session.get(model, record_id), model)
    people = {
        c.name
        for c in model.__table__.columns
        if any(key.column.table.name == Member.__tablename__ for key in c.foreign_keys)
    }

    def outside(column: str, value: Any) -> Any:
        if value is None:
            return None
        if column.endswith("_minor"):
            return decimal_text(int(value), currencies.get(column))
        return members.get(value, value) if column in people else value

    return outside


def _currencies(record: Any, model: Any) -> dict[str, str | None]:
    """Return the currency in which each money column of a record stands."""
    special = {
        "revenue_minor": "revenue_currency",
        "registered_capital_minor": "registered_currency",
    }
    return {
        c.name: getattr(record, special.get(c.name, "currency"), None)
        for c in model.__table__.columns
        if c.name.endswith("_minor")
    }
