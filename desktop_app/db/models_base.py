"""What all synced tables share: the key, the mark of deletion, the kinds of columns.

No UNIQUE, CHECK or NOT NULL stands on a synced column beyond the key: two laptops may each be
right alone. Rows are never removed; ``deleted`` marks them. Money is an integer of minor units
beside its currency, coordinates are integers of 1e-6 degrees, moments are UTC text.
"""

import datetime as dt
import os
from typing import Annotated

from sqlalchemy import Boolean, Date, ForeignKey, Integer, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from desktop_app.db.types import RecordId, UtcText


def new_id() -> str:
    """Return a fresh row key: 32 hex digits of 16 random bytes."""
    return os.urandom(16).hex()


Str = Annotated[str | None, mapped_column(String)]
Int = Annotated[int | None, mapped_column(Integer)]
Bool = Annotated[bool | None, mapped_column(Boolean(create_constraint=False))]
Day = Annotated[dt.date | None, mapped_column(Date)]
Moment = Annotated[dt.datetime | None, mapped_column(UtcText)]


class Base(DeclarativeBase):
    """Common to every synced table: a random key and the mark of deletion."""

    id: Mapped[str] = mapped_column(RecordId, primary_key=True, default=new_id)
    deleted: Mapped[Bool]


def ref(table: str) -> Mapped[str | None]:
    """Return a reference to another synced row, checked at commit."""
    key = ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    return mapped_column(RecordId, key, index=True)
