"""What came of a trip, read from single records: nothing of it is typed in a second time."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import FollowUp, Lead, LeadStage, Meeting
from desktop_app.domain.formats import BEIJING, local
from desktop_app.domain.words import STAGES, FollowUpStatus, MeetingKind, MeetingStatus, Stage
from desktop_app.services.follow_ups import FollowUpRow, follow_up_rows
from desktop_app.services.lookup import columns_of
from desktop_app.services.meeting_reading import MeetingDetail, meeting_details
from desktop_app.services.trip_photos import Photo, photos_of
from desktop_app.services.trip_reading import TripDetail, trip_detail

# A lead found on a trip is to be reported within so many days of the return (source: PRODUCT,
# "first report"; the trip's own goals name the same term).
REPORT_DAYS = 15
# The days after the return at which a report looks at what follows.
TERMS = (7, 30, 90)
_ORDER = [stage.value for stage in STAGES]
_INTENT = _ORDER.index("ready_to_sign")


@dataclass(frozen=True)
class LeadMove:
    """A lead of the trip: its stage before departure and the highest one reached since."""

    lead: dict[str, Any]
    company: dict[str, Any]
    before: str | None
    after: str | None
    reached_on: dt.date | None
    new: bool

    @property
    def advanced(self) -> bool:
        """Say whether it went forward; a new lead does not count as one."""
        return self.before is not None and _rank(self.after) > _rank(self.before)

    @property
    def intent(self) -> bool:
        """Say whether the other side has committed itself since the departure."""
        given = bool(self.lead["their_commitments"]) and not self.lead["deleted"]
        return _rank(self.after) >= _INTENT > _rank(self.before) and given


@dataclass(frozen=True)
class Follow:
    """A follow-up of the trip, with its state on the report's day."""

    row: FollowUpRow
    state: str  # done_on_time, done_late, open, overdue, waiting, dropped


@dataclass(frozen=True)
class TripResults:
    """All that a trip report tells."""

    detail: TripDetail
    today: dt.date
    left_on: dt.date | None
    back_on: dt.date | None
    held: list[MeetingDetail]
    cancelled: list[MeetingDetail]
    added: list[MeetingDetail]
    unsettled: list[MeetingDetail]
    moves: list[LeadMove]
    visits: list[MeetingDetail]
    promises: list[Follow]
    follows: dict[int, list[Follow]] = field(default_factory=dict)
    contacts: list[dict[str, Any]] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)

    @property
    def planned(self) -> list[MeetingDetail]:
        """Return the meetings that stood in the plan."""
        return [m for m in self.detail.meetings if not m.fields["unplanned"]]

    @property
    def new_leads(self) -> list[LeadMove]:
        """Return the leads that the trip found."""
        return [move for move in self.moves if move.new]

    @property
    def intents(self) -> list[LeadMove]:
        """Return the leads whose other side committed itself."""
        return [move for move in self.moves if move.intent]

    def promised(self, side: str) -> list[Follow]:
        """Return the promises of one side."""
        return [one for one in self.promises if one.row.side == side]


def trip_results(session: Session, trip_id: str, today: dt.date) -> TripResults:
    """Return what came of a trip as it stands on a day."""
    detail = trip_detail(session, trip_id, today)
    left, back = travel_days(detail)
    by_status: dict[str, list[MeetingDetail]] = {}
    for meeting in detail.meetings:
        status = meeting.fields["status"] or MeetingStatus.PLANNED.value
        by_status.setdefault(status, []).append(meeting)
    held = by_status.get(MeetingStatus.HELD.value, [])
    follows = _follows(session, detail, held, left, back, today)
    return TripResults(
        detail=detail,
        today=today,
        left_on=left,
        back_on=back,
        held=held,
        cancelled=by_status.get(MeetingStatus.CANCELLED.value, []),
        added=[m for m in detail.meetings if m.fields["unplanned"]],
        unsettled=by_status.get(MeetingStatus.PLANNED.value, []),
        moves=_moves(session, detail, held, left, back, today),
        visits=_return_visits(session, held, back),
        promises=[one for one in follows if one.row.side],
        follows=_by_term(follows, back),
        contacts=_met(held),
        photos=photos_of(session, detail),
    )


def travel_days(detail: TripDetail) -> tuple[dt.date | None, dt.date | None]:
    """Return the days on which the delegation left China and came back, else the trip's own days.

    A flight's days are those of the clocks at either end.
    """
    abroad = [leg for leg in detail.legs if leg["departs_at"] and leg["arrives_at"]]
    out = [
        local(leg["departs_at"], leg["from_zone"]).date()
        for leg in abroad
        if _in_china(leg["from_zone"]) and not _in_china(leg["to_zone"])
    ]
    into = [
        local(leg["arrives_at"], leg["to_zone"]).date()
        for leg in abroad
        if _in_china(leg["to_zone"]) and not _in_china(leg["from_zone"])
    ]
    trip = detail.trip
    return min(out, default=trip["starts_on"]), max(into, default=trip["ends_on"])


def _in_china(zone: str | None) -> bool:
    """Say whether a zone is one of China's; a transfer without a zone is taken to be abroad."""
    return zone in ("Asia/Shanghai", "Asia/Urumqi", "Asia/Hong_Kong", "Asia/Macau")


def _rank(stage: str | None) -> int:
    """Return how far a stage is; none stands before the first."""
    return _ORDER.index(stage) if stage in _ORDER else -1


def _moves(
    session: Session,
    detail: TripDetail,
    held: list[MeetingDetail],
    left: dt.date | None,
    back: dt.date | None,
    today: dt.date,
) -> list[LeadMove]:
    """Return the leads of the trip's meetings and those found with the companies met."""
    spoken_of = {m.fields["lead_id"] for m in detail.meetings if m.fields["lead_id"]}
    met = {m.fields["company_id"] for m in held if m.fields["company_id"]}
    last = back + dt.timedelta(days=REPORT_DAYS) if back else None
    query = select(Lead).where(
        Lead.deleted.isnot(True), Lead.id.in_(spoken_of) | Lead.company_id.in_(met)
    )
    found = []
    for lead in session.scalars(query.order_by(Lead.first_reported_on, Lead.id)):
        reported = lead.first_reported_on
        new = bool(reported and left and last and left <= reported <= last)
        if lead.id not in spoken_of and not new:
            continue
        before, after, day = _stages(session, lead, left, today)
        company = columns_of(lead.company) if lead.company else {}
        found.append(LeadMove(columns_of(lead), company, None if new else before, after, day, new))
    return found


def _stages(
    session: Session, lead: Lead, left: dt.date | None, today: dt.date
) -> tuple[str | None, str | None, dt.date | None]:
    """Return a lead's stage before a day, the highest one by today, and when that was reached."""
    query = select(LeadStage).where(LeadStage.lead_id == lead.id, LeadStage.deleted.isnot(True))
    reached = [s for s in session.scalars(query) if s.reached_on and s.reached_on <= today]
    reached.sort(key=lambda s: (_rank(s.stage), s.reached_on or today))
    past = [s for s in reached if left and s.reached_on and s.reached_on < left]
    before = past[-1].stage if past else None
    if before is None and left and lead.first_reported_on and lead.first_reported_on < left:
        # Reported before the departure, though nobody noted its first stage.
        before = Stage.LEAD.value
    if not reached:
        # A lead from elsewhere may have a stage and no history: then nothing is known to move.
        return lead.stage, lead.stage, None
    highest = reached[-1]
    first = next(s for s in reached if s.stage == highest.stage)
    return before, highest.stage, first.reached_on


def _return_visits(
    session: Session, held: list[MeetingDetail], back: dt.date | None
) -> list[MeetingDetail]:
    """Return the meetings in China, after the return, with companies that the trip met.

    A site visit is one to us, though its place may still be the company's, as it was planned.
    """
    met = {m.fields["company_id"] for m in held if m.fields["company_id"]}
    if back is None or not met:
        return []
    after = dt.datetime.combine(back, dt.time(), BEIJING).astimezone(dt.UTC)
    query = select(Meeting).where(
        Meeting.company_id.in_(met),
        (Meeting.country == "CN") | (Meeting.kind == MeetingKind.SITE_VISIT.value),
        Meeting.trip_id.is_(None),
        Meeting.starts_at >= after,
        Meeting.status != MeetingStatus.CANCELLED.value,
        Meeting.deleted.isnot(True),
    )
    found = list(session.scalars(query.order_by(Meeting.starts_at, Meeting.id)))
    return meeting_details(session, found)


def _follows(
    session: Session,
    detail: TripDetail,
    held: list[MeetingDetail],
    left: dt.date | None,
    back: dt.date | None,
    today: dt.date,
) -> list[Follow]:
    """Return what follows from the trip: of it, of its meetings, or with side and a company met.

    A promise that names neither trip nor meeting belongs to the trip when it is with a company
    met and falls due between the departure and the last of the terms.
    """
    meetings = [m.fields["id"] for m in detail.meetings]
    query = select(FollowUp.id).where(
        (FollowUp.trip_id == detail.trip["id"]) | FollowUp.meeting_id.in_(meetings),
        FollowUp.deleted.isnot(True),
    )
    ids = set(session.scalars(query))
    met = {m.fields["company_id"] for m in held if m.fields["company_id"]}
    if left is not None and back is not None and met:
        leads = select(Lead.id).where(Lead.company_id.in_(met))
        ids |= set(
            session.scalars(
                select(FollowUp.id).where(
                    FollowUp.side.isnot(None),
                    FollowUp.trip_id.is_(None),
                    FollowUp.meeting_id.is_(None),
                    FollowUp.deleted.isnot(True),
                    FollowUp.company_id.in_(met) | FollowUp.lead_id.in_(leads),
                    FollowUp.due_on.between(left, back + dt.timedelta(days=TERMS[-1])),
                )
            )
        )
    rows = follow_up_rows(session, today, frozenset(ids)) if ids else []
    return [Follow(row, state_on(row, today)) for row in rows]


def state_on(row: FollowUpRow, today: dt.date) -> str:
    """Return the state of a follow-up on a day; what was not done on time is late for ever."""
    if row.status == FollowUpStatus.DROPPED:
        return "dropped"
    if row.status == FollowUpStatus.DONE:
        late = row.due_on and row.done_on and row.done_on > row.due_on
        return "done_late" if late else "done_on_time"
    if row.due_on and row.due_on < today:
        return "overdue"
    return "waiting" if row.status == FollowUpStatus.WAITING else "open"


def _by_term(follows: list[Follow], back: dt.date | None) -> dict[int, list[Follow]]:
    """Return the follow-ups by the first term within which they fall due.

    What is due later, or has no day, stands under 0.
    """
    terms: dict[int, list[Follow]] = {term: [] for term in (*TERMS, 0)}
    for one in follows:
        due = one.row.due_on
        after = (due - back).days if due and back else None
        terms[next((n for n in TERMS if after is not None and after <= n), 0)].append(one)
    return terms


def _met(held: list[MeetingDetail]) -> list[dict[str, Any]]:
    """Return the people met, each once in the order of the meetings, with their company."""
    met: dict[str, dict[str, Any]] = {}
    for meeting in held:
        for person in meeting.contacts:
            met.setdefault(person["id"], person | {"company": meeting.company or {}})
    return list(met.values())
