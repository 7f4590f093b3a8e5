"""Finding one record, or saying clearly that there is none."""

import unicodedata
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from desktop_app.db.models import Base
from desktop_app.domain.errors import DeskError
from desktop_app.i18n import word

# Of these less than nothing is a slip of the finger, which would lessen a year's figures unseen.
_NEVER_NEGATIVE = frozenset(
    ("area_m2", "buildings", "promised_days", "cost_minor", "granted_minor", "drawn_minor")
)
Record = TypeVar("Record", bound=Base)


def require(session: Session, model: type[Record], record_id: str | None) -> Record:
    """Return the living record of a key.

    One that a sync deleted while its author was typing (``session.info["seen"]``) still lives
    for them: the edit stands beside the delete until people decide.

    Raises:
        DeskError: there is none (``unknown_record``).
    """
    found = None
    if record_id and len(record_id) == 32:
        try:
            bytes.fromhex(record_id)
        except ValueError:
            found = None
        else:
            found = session.get(model, record_id)
    if found is None or (found.deleted and session.info.get("seen") is None):
        table = model.__tablename__
        what = word("record", table)
        raise DeskError("unknown_record", kind=table, what=what, id=record_id or "")
    return found


def assign(record: Base, fields: dict[str, Any]) -> None:
    """Set columns of a record; an empty text means nothing is known.

    Raises:
        DeskError: a name is no column (``unknown_field``), or less than nothing (``negative``).
    """
    columns = type(record).__table__.columns
    for name, value in fields.items():
        if name not in columns or name == "id":
            raise DeskError(
                "unknown_field",
                field=name,
                kind=record.__tablename__,
                choices=", ".join(c.name for c in columns if c.name not in ("id", "deleted")),
            )
        if name in _NEVER_NEGATIVE and isinstance(value, int) and value < 0:
            raise DeskError("negative", field=word("field", name))
        setattr(record, name, (clean_text(value) or None) if isinstance(value, str) else value)


def columns_of(record: Any) -> dict[str, Any]:
    """Return a record's columns by name."""
    return {c.name: getattr(record, c.name) for c in type(record).__table__.columns}


def clean_text(text: str) -> str:
    """Return text without control characters (line breaks and tabs stay) and outer space."""
    if text.isprintable():
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # Cc are controls; Cs are halves of characters, which no UTF-8 file can hold.
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(kept).strip()
