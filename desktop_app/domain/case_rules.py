"""The flow of a case and its lights: plain rules, each with its limits as settings."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.domain.words_after import CaseState, Light

# Where a case may go from each state (收集→交办→办理→调度→办结→企业确认→销号, or 退回).
MOVES: dict[CaseState, tuple[CaseState, ...]] = {
    CaseState.COLLECTED: (CaseState.ASSIGNED, CaseState.RETURNED),
    CaseState.ASSIGNED: (CaseState.IN_PROGRESS, CaseState.RETURNED),
    CaseState.IN_PROGRESS: (CaseState.DISPATCH, CaseState.DONE, CaseState.RETURNED),
    CaseState.DISPATCH: (CaseState.IN_PROGRESS, CaseState.DONE, CaseState.RETURNED),
    # An enterprise that is not content sends it back to work, at any time.
    CaseState.DONE: (CaseState.CONFIRMED, CaseState.IN_PROGRESS),
    CaseState.CONFIRMED: (CaseState.CLOSED, CaseState.IN_PROGRESS),
    CaseState.CLOSED: (CaseState.IN_PROGRESS,),
    CaseState.RETURNED: (CaseState.COLLECTED, CaseState.ASSIGNED),
}

# The column that holds the day on which a state was reached.
STATE_DAYS: dict[CaseState, str] = {
    CaseState.ASSIGNED: "assigned_on",
    CaseState.DONE: "done_on",
    CaseState.CONFIRMED: "confirmed_on",
    CaseState.CLOSED: "closed_on",
}
# The states in which nothing is left to do, or not by us.
_SETTLED = (CaseState.DONE, CaseState.CONFIRMED, CaseState.CLOSED, CaseState.RETURNED)
# Only the enterprise says that its problem is solved.
SOLVED = (CaseState.CONFIRMED, CaseState.CLOSED)


@dataclass(frozen=True)
class LightLimits:
    """From where a light turns: whole months missed, and points of progress behind the plan."""

    yellow_months: int = 1
    red_months: int = 3
    yellow_points: int = 10
    red_points: int = 30


@dataclass(frozen=True)
class CaseLight:
    """A case's light and why: months past the deadline, points behind the plan."""

    light: Light
    months_missed: int
    points_behind: int


def state_of(code: str | None) -> CaseState:
    """Return the state of a code; one that is missing or unknown stands at the beginning."""
    return CaseState(code) if code in set(CaseState) else CaseState.COLLECTED


def may_move(before: str | None, after: str) -> bool:
    """Say whether a case may go from one state to another; staying where it is may always be."""
    return before == after or after in MOVES[state_of(before)]


def is_open(state: str | None) -> bool:
    """Say whether a case still asks for work: it belongs on a dispatch meeting's agenda."""
    return state_of(state) not in _SETTLED


def is_solved(state: str | None, confirmed_on: dt.date | None) -> bool:
    """Say whether the enterprise confirmed that a case is solved; closing it is not enough."""
    return confirmed_on is not None and state in SOLVED


def days_cleared(state: CaseState) -> tuple[str, ...]:
    """Return the day columns that a state takes back: those of the states beyond it."""
    order = list(STATE_DAYS)
    if state in (CaseState.COLLECTED, CaseState.RETURNED):
        return tuple(STATE_DAYS.values())
    beyond = order.index(state) + 1 if state in order else 1
    return tuple(STATE_DAYS[one] for one in order[beyond:])


def months_between(first: dt.date, last: dt.date) -> int:
    """Return the whole months from one day to another, 0 when it is not later."""
    months = (last.year - first.year) * 12 + last.month - first.month
    # The 31st is met on the last day of a shorter month.
    end_of_month = (last + dt.timedelta(days=1)).day == 1
    if last.day < first.day and not end_of_month:
        months -= 1
    return max(0, months)


def planned_percent(
    start: dt.date | None, due: dt.date | None, today: dt.date, planned: int | None = None
) -> int | None:
    """Return what should be reached by a day: as planned, else evenly from start to deadline."""
    if planned is not None:
        return planned
    if due is None:
        return None
    if today >= due:
        return 100
    if start is None or start >= due:
        return None
    return max(0, 100 * (today - start).days // (due - start).days)


def light_of(
    case: Mapping[str, object], today: dt.date, limits: LightLimits | None = None
) -> CaseLight:
    """Return the light of a case on a day.

    Yellow: a month missed, or 10 to 30 points behind the plan; red: three months, or more than 30
    (the limits are settings). A case of which no progress was ever reported is judged by its
    deadline alone.

    Args:
        case: the columns of the case.
        today: the day.
        limits: from where the lights turn.
    """
    limits = limits or LightLimits()
    if not is_open(_text(case.get("state"))):
        return CaseLight(Light.GREEN, 0, 0)
    due, start = _day(case.get("due_on")), _day(case.get("assigned_on") or case.get("raised_on"))
    months = months_between(due, today) if due is not None else 0
    behind = 0
    progress, planned = case.get("progress_percent"), case.get("planned_percent")
    if isinstance(progress, int):
        aim = planned_percent(start, due, today, planned if isinstance(planned, int) else None)
        behind = max(0, aim - progress) if aim is not None else 0
    light = Light.GREEN
    if months >= limits.red_months or behind > limits.red_points:
        light = Light.RED
    elif months >= limits.yellow_months or behind >= limits.yellow_points:
        light = Light.YELLOW
    return CaseLight(light, months, behind)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _day(value: object) -> dt.date | None:
    return value if isinstance(value, dt.date) else None
