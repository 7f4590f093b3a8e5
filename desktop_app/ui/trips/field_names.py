"""What the fields of a trip, its stops and its meetings are called."""

from collections.abc import Mapping
from typing import Any

from desktop_app.domain.words import MeetingKind
from desktop_app.i18n import t

#: The text keys under which the columns have their labels.
WORDS = "trips.field"


def field_name(column: str) -> str:
    """Return the label of a column."""
    return t(f"{WORDS}.{column}")


def asks_satisfaction(meeting: Mapping[str, Any]) -> bool:
    """Say whether a meeting is one at which an enterprise says how content it is."""
    kinds = (MeetingKind.AFTERCARE, MeetingKind.SITE_VISIT)
    return meeting.get("kind") in kinds or bool(meeting.get("satisfaction_notes"))
