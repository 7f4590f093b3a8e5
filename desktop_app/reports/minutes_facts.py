"""What the minutes of a dispatch meeting tell of, read at once."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from desktop_app.domain.words import MeetingStatus
from desktop_app.services.case_rows import AgendaItem, dispatch_detail


@dataclass(frozen=True)
class MinutesFacts:
    """A dispatch meeting by column and its agenda; lights are those of the day it is on."""

    fields: dict[str, Any]
    items: list[AgendaItem]
    day: dt.date

    @property
    def held(self) -> bool:
        """Say whether the meeting took place: only then are decisions missing."""
        return bool(self.fields["status"] == MeetingStatus.HELD.value)

    def texts(self) -> Iterator[str]:
        """Return every text of the records that may be printed."""
        for row in (self.fields, *(item.fields for item in self.items)):
            yield from (value for value in row.values() if isinstance(value, str))


def minutes_facts(session: Session, meeting_id: str, today: dt.date) -> MinutesFacts:
    """Return the facts of a dispatch meeting, seen from a day."""
    detail = dispatch_detail(session, meeting_id, today)
    return MinutesFacts(detail.fields, detail.items, today)
