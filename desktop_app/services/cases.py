"""Cases: the problems of a project, moved through their flow, and their dispatch meetings."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.db.driver import Source
from desktop_app.db.models import Case, DispatchItem, DispatchMeeting, Lead
from desktop_app.domain.case_rules import MOVES, STATE_DAYS, LightLimits, days_cleared, may_move
from desktop_app.domain.case_rules import state_of as as_state
from desktop_app.domain.errors import DeskError
from desktop_app.domain.words import MeetingStatus
from desktop_app.domain.words_after import CaseCategory, CaseState
from desktop_app.i18n import LANGUAGES, t, word
from desktop_app.services import team_settings
from desktop_app.services.lookup import assign, require


def categories(source: Source) -> list[str]:
    """Return the team's categories of cases in order; a case may have one dropped since."""
    own = team_settings.get(source, "case_categories")
    return [str(one) for one in own] if own else [one.value for one in CaseCategory]


def set_categories(session: Session, names: Sequence[str]) -> None:
    """Keep the team's own categories; the cases of one that is dropped keep it."""
    kept = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    usual = [one.value for one in CaseCategory]
    team_settings.put(session, "case_categories", None if kept == usual else kept)


def usual_code(_source: Source, text: str) -> str:
    """Return the code of one of the usual categories by its label, else the text itself."""
    for one in CaseCategory:
        if text.casefold() in {word("case_category", one.value, x).casefold() for x in LANGUAGES}:
            return one.value
    return text


def category_of(source: Source, text: str) -> str:
    """Return the category meant by a code or by its label in either language.

    Raises:
        DeskError: ``unknown_code``.
    """
    wanted, known = text.strip().casefold(), categories(source)
    for code in known:
        labels = {code.casefold(), *(word("case_category", code, x).casefold() for x in LANGUAGES)}
        if wanted in labels:
            return code
    raise DeskError("unknown_code", field="category", value=text, choices=", ".join(known))


def light_limits(source: Source) -> LightLimits:
    """Return from where lights turn: the team's limits, else the usual ones."""
    own = team_settings.get(source, "case_lights") or {}
    known = {n: v for n, v in own.items() if n in LightLimits.__annotations__ and type(v) is int}
    return LightLimits(**known)


def add_case(session: Session, lead_id: str | None, **fields: Any) -> str:
    """Add a case of a project and return its id; it is collected today unless that is said.

    Args:
        session: to write by.
        lead_id: the project; None while it is not named yet.
        fields: columns by name.
    """
    if lead_id is not None:
        require(session, Lead, lead_id)
    state = fields.pop("state", None)
    case = Case(
        lead_id=lead_id, raised_on=dt.date.today(), state=as_state(state).value, progress_percent=0
    )
    assign(case, fields)
    check_percent(fields)
    session.add(case)
    session.flush()
    return case.id


def update_case(session: Session, case_id: str, **fields: Any) -> None:
    """Set fields of a case; a new state goes the way of the flow.

    Raises:
        DeskError: ``case_flow``, ``bad_percent``.
    """
    case = require(session, Case, case_id)
    check_percent(fields)
    state = fields.pop("state", None)
    assign(case, fields)
    if state is not None and state != case.state:
        _move(case, state, None, {n for n, value in fields.items() if value is not None})
    session.flush()


def move_case(session: Session, case_id: str, state: str, on: dt.date | None = None) -> None:
    """Move a case to a state of the flow, and keep the day.

    Raises:
        DeskError: ``case_flow`` naming where it may go.
    """
    _move(require(session, Case, case_id), state, on, set())
    session.flush()


def _move(case: Case, state: str, on: dt.date | None, given: set[str]) -> None:
    """Move a case; days given in the same edit stay, those of states it falls back from go."""
    if not may_move(case.state, state):
        comma = t("common.list_separator")
        names = comma.join(word("case_state", one.value) for one in MOVES[as_state(case.state)])
        raise DeskError(
            "case_flow",
            state=word("case_state", as_state(case.state).value),
            wished=word("case_state", state),
            choices=names,
        )
    case.state = state
    column = STATE_DAYS.get(CaseState(state))
    if column is not None and column not in given and (on or getattr(case, column) is None):
        setattr(case, column, on or dt.date.today())
    if state == CaseState.DONE and "progress_percent" not in given:
        case.progress_percent = 100
    for name in days_cleared(CaseState(state)):
        if name not in given:
            setattr(case, name, None)


def check_percent(fields: dict[str, Any]) -> None:
    """Refuse a progress that is not from 0 to 100.

    Raises:
        DeskError: ``bad_percent``.
    """
    for name in ("progress_percent", "planned_percent"):
        value = fields.get(name)
        if value is not None and not 0 <= value <= 100:
            raise DeskError("bad_percent", field=word("field", name), value=value)


def add_dispatch_meeting(session: Session, **fields: Any) -> str:
    """Add a dispatch meeting and return its id; one of a day that has come was held."""
    meeting = DispatchMeeting()
    assign(meeting, fields)
    if meeting.status is None:
        held = meeting.held_on is not None and meeting.held_on <= dt.date.today()
        meeting.status = (MeetingStatus.HELD if held else MeetingStatus.PLANNED).value
    session.add(meeting)
    session.flush()
    return meeting.id


def open_cases(session: Session) -> list[str]:
    """Return the living cases that an agenda may be made of: the nearest deadline first."""
    settled = (CaseState.DONE, CaseState.CONFIRMED, CaseState.CLOSED, CaseState.RETURNED)
    state = func.coalesce(Case.state, CaseState.COLLECTED.value)
    query = (
        select(Case.id)
        .where(Case.deleted.isnot(True), state.notin_([one.value for one in settled]))
        .order_by(Case.due_on.is_(None), Case.due_on, Case.id)
    )
    return list(session.scalars(query))


def put_on_agenda(session: Session, meeting_id: str, case_ids: Sequence[str]) -> list[str]:
    """Put cases on a dispatch meeting's agenda and return the items; one that is on it stays.

    A case being worked on is then at dispatch.
    """
    require(session, DispatchMeeting, meeting_id)
    found = session.scalars(
        select(DispatchItem)
        .where(DispatchItem.dispatch_meeting_id == meeting_id, DispatchItem.deleted.isnot(True))
        .order_by(DispatchItem.position)
    ).all()
    known = {item.case_id for item in found}
    place = max((item.position or 0 for item in found), default=-1) + 1
    added = []
    for case_id in dict.fromkeys(case_ids):
        if case_id in known:
            continue
        case = require(session, Case, case_id)
        item = DispatchItem(dispatch_meeting_id=meeting_id, case_id=case_id, position=place)
        place += 1
        session.add(item)
        session.flush()
        added.append(item.id)
        if case.state == CaseState.IN_PROGRESS:
            _move(case, CaseState.DISPATCH.value, None, set())
    session.flush()
    return added


def move_cases(session: Session, case_ids: Sequence[str], state: str) -> int:
    """Move those of several cases that may go to a state; return how many did."""
    moved = 0
    for case_id in case_ids:
        case = require(session, Case, case_id)
        if case.state != state and may_move(case.state, state):
            _move(case, state, None, set())
            moved += 1
    session.flush()
    return moved


def delete_case(session: Session, case_id: str) -> None:
    """Delete a case, and take it off the agendas of dispatch meetings still to come."""
    case = require(session, Case, case_id)
    case.deleted = True
    planned = (
        select(DispatchItem)
        .join(DispatchMeeting, DispatchMeeting.id == DispatchItem.dispatch_meeting_id)
        .where(
            DispatchItem.case_id == case_id,
            DispatchItem.deleted.isnot(True),
            DispatchMeeting.status == MeetingStatus.PLANNED.value,
        )
    )
    for item in session.scalars(planned):
        item.deleted = True
    session.flush()


def set_light_limits(session: Session, limits: LightLimits) -> None:
    """Keep from where the team's lights turn; the usual limits need no record.

    Raises:
        DeskError: ``bad_lights``, where red would come before yellow.
    """
    least = min(limits.yellow_months, limits.yellow_points)
    if (
        least < 1
        or limits.red_months < limits.yellow_months
        or (limits.red_points < limits.yellow_points)
    ):
        raise DeskError("bad_lights")
    own = None if limits == LightLimits() else asdict(limits)
    team_settings.put(session, "case_lights", own)
