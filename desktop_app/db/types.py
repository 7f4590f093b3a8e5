"""Column types whose stored form is fixed by the change log: keys, UTC times, codes."""

import datetime as dt
from typing import Any

from sqlalchemy import LargeBinary, String, TypeDecorator
from sqlalchemy.engine import Dialect


class RecordId(TypeDecorator[str]):
    """A row key: 32 hex digits in Python, 16 bytes in the file."""

    impl = LargeBinary(16)
    cache_ok = True

    def process_bind_param(self, value: str | bytes | None, dialect: Dialect) -> bytes | None:
        """Return the 16 bytes of a key given as hex digits or bytes."""
        if value is None or isinstance(value, bytes):
            return value
        return bytes.fromhex(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """Return the key's hex digits."""
        return None if value is None else bytes(value).hex()


class UtcText(TypeDecorator[dt.datetime]):
    """A moment: an aware UTC datetime in Python, ``2026-11-18T09:30:00Z`` in the file."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> str | None:
        """Return the moment as UTC text to the second.

        Raises:
            ValueError: the datetime has no zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a zone")
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """Return the aware UTC datetime."""
        if value is None:
            return None
        # A tenth of the time that strptime takes, for lists of tens of thousands.
        return dt.datetime.fromisoformat(value)
