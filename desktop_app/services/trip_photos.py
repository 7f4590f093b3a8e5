"""The photos of a trip: pictures attached to it or to one of its meetings."""

import datetime as dt
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import Attachment
from desktop_app.services.lead_reading import files_of
from desktop_app.services.lookup import require
from desktop_app.services.trip_reading import TripDetail


class Photo(NamedTuple):
    """One picture; ``meeting_id`` is empty where it belongs to the trip as a whole."""

    id: str
    name: str
    sha256: str
    caption: str
    meeting_id: str
    meeting: str
    day: dt.date | None
    size: int


def photos_of(session: Session, detail: TripDetail) -> list[Photo]:
    """Return the pictures of a trip's meetings in their order, then those of the trip itself."""
    meetings = {m.fields["id"]: m for m in detail.meetings}
    places = {key: place for place, key in enumerate(meetings)}
    query = select(Attachment).where(
        Attachment.media_type.startswith("image/"),
        Attachment.record_id.in_([detail.trip["id"], *meetings]),
        Attachment.record_table.in_(("trip", "meeting")),
        Attachment.deleted.isnot(True),
    )
    rows = sorted(
        session.scalars(query),
        key=lambda row: (
            places.get(row.record_id or "", len(places)),
            str(row.added_at),
            row.name or "",
            row.id,
        ),
    )
    found = []
    for row in rows:
        meeting = meetings.get(row.record_id or "")
        found.append(
            Photo(
                row.id,
                row.name or "",
                row.sha256 or "",
                row.caption or "",
                meeting.fields["id"] if meeting else "",
                meeting.name if meeting else "",
                meeting.day if meeting else None,
                row.size or 0,
            )
        )
    return found


def pictures_of(session: Session, table: str, record_id: str) -> list[dict[str, Any]]:
    """Return the pictures kept with one record."""
    files = files_of(session, table, record_id)
    return [one for one in files if str(one["media_type"] or "").startswith("image/")]


def set_caption(session: Session, attachment_id: str, caption: str | None) -> None:
    """Set what stands under a photo.

    Raises:
        DeskError: there is no such attachment.
    """
    require(session, Attachment, attachment_id).caption = (caption or "").strip() or None
    session.flush()
