"""Approvals: the checklist of a project, the promised term, and what is late."""

import datetime as dt
from functools import cache
from typing import NamedTuple

from desktop_app.domain.holiday_calendar import is_working_day_in_china
from desktop_app.domain.words_after import ApprovalKind, ApprovalState

# Nobody promises more; a typed slip must not count days for minutes.
_MOST_DAYS = 2000
_MOST_YEARS = 20


class Template(NamedTuple):
    """A line of the checklist that a new project starts with."""

    code: str
    kind: str
    department: str
    days: int


# Where the team keeps no list of its own: the usual way of a plant, in its usual order. The terms
# are working days as such offices promise them; each zone sets its own.
TEMPLATES: tuple[Template, ...] = tuple(
    Template(*line)
    for line in (
        ("company_setup", ApprovalKind.COMPANY_SETUP.value, "市场监管局", 1),
        ("filing", ApprovalKind.FILING.value, "经济发展局", 3),
        ("energy_review", ApprovalKind.ENERGY.value, "经济发展局", 10),
        ("land_contract", ApprovalKind.LAND.value, "自然资源和规划局", 30),
        ("land_planning_permit", ApprovalKind.PLANNING.value, "自然资源和规划局", 7),
        ("environment_review", ApprovalKind.ENVIRONMENT.value, "生态环境局", 20),
        ("works_planning_permit", ApprovalKind.PLANNING.value, "自然资源和规划局", 10),
        ("drawings_review", ApprovalKind.OTHER.value, "建设局", 10),
        ("construction_permit", ApprovalKind.CONSTRUCTION_PERMIT.value, "建设局", 3),
        ("joint_acceptance", ApprovalKind.JOINT_ACCEPTANCE.value, "建设局", 10),
    )
)
# The states in which nothing is waited for.
ENDED = (ApprovalState.DONE, ApprovalState.REFUSED, ApprovalState.NOT_NEEDED)


class Term(NamedTuple):
    """An approval against its promised term, in working days in China.

    Attributes:
        used: days since the application, up to the decision or today.
        promised: days promised.
        late: days beyond the term; 0 when in time.
    """

    used: int | None
    promised: int | None
    late: int


def due_on(applied_on: dt.date | None, promised_days: int | None) -> dt.date | None:
    """Return the last day of a promised term: so many working days after the application."""
    if applied_on is None or promised_days is None or promised_days < 0:
        return None
    day, left = applied_on, min(promised_days, _MOST_DAYS)
    while left:
        day += dt.timedelta(days=1)
        left -= is_working_day_in_china(day)
    return day


def term_of(
    applied_on: dt.date | None,
    promised_days: int | None,
    due: dt.date | None,
    done_on: dt.date | None,
    state: str | None,
    today: dt.date,
) -> Term:
    """Return how an approval stands against its term; one not due yet is not late."""
    due = due or due_on(applied_on, promised_days)
    end = done_on or today
    used = _working_days(applied_on, end) if applied_on is not None else None
    waits = state not in ENDED
    late = 0
    if due is not None and end > due and (waits or done_on is not None):
        late = max(1, _working_days(due, end))
    return Term(used, promised_days, late)


def _working_days(first: dt.date, last: dt.date) -> int:
    """Return the working days after a day up to another one."""
    if last <= first:
        return 0
    # A list asks for the same years again and again: their days are counted only once.
    if (last.year - first.year) > _MOST_YEARS:
        first = dt.date(last.year - _MOST_YEARS, 1, 1)
    years = range(first.year, last.year)
    whole = sum(_worked(year)[-1] for year in years)
    return whole + _worked(last.year)[_place(last)] - _worked(first.year)[_place(first)]


def _place(day: dt.date) -> int:
    return day.timetuple().tm_yday


@cache
def _worked(year: int) -> tuple[int, ...]:
    """Return how many working days a year has up to each of its days, 0 before the first."""
    start, count = dt.date(year, 1, 1), [0]
    for n in range((dt.date(year, 12, 31) - start).days + 1):
        count.append(count[-1] + is_working_day_in_china(start + dt.timedelta(days=n)))
    return tuple(count)
