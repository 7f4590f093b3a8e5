"""What a periodic report says of the work after signing: cases, approvals, permits, money.

What a period adds up is counted by the very definitions of the year's figures.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from desktop_app.db.driver import plain
from desktop_app.domain.approval_rules import ENDED
from desktop_app.domain.case_rules import SOLVED, is_open, light_of
from desktop_app.domain.words_after import CaseState, Light
from desktop_app.services.cases import light_limits
from desktop_app.services.period_counts import Period
from desktop_app.services.year_figures import year_figures

# A paper names no more of a kind; how many there are stands beside.
MOST = 60
COUNTED = (
    "cases_raised", "dispatch_meetings", "approvals_done", "site_surveys", "expert_reviews",
    "onsite_services", "approval_problems_solved", "construction_permits", "permitted_area_m2",
    "permitted_cost", "accepted_buildings", "accepted_area_m2", "credit_granted", "loans_drawn",
    "park_guarantee_loans", "foreign_capital_received",
)  # fmt: skip
_COMPANY = "coalesce(company.name, ''), coalesce(company.name_zh, '')"
_OF_LEAD = (
    " LEFT JOIN lead ON lead.id = x.lead_id LEFT JOIN company ON company.id = lead.company_id"
    " WHERE x.deleted IS NOT 1 AND lead.deleted IS NOT 1"
)
_SOLVED = ", ".join(f"'{one.value}'" for one in SOLVED)
_ENDED = ", ".join(f"'{one.value}'" for one in ENDED)
_SETTLED = ", ".join(f"'{one.value}'" for one in CaseState if not is_open(one))


class Tally(NamedTuple):
    """A figure of the period, of the one before, and of the year so far."""

    now: int
    before: int
    year: int


class OpenCase(NamedTuple):
    """An open case with its light's reasons: whole months past its day, points behind its plan."""

    id: str
    title: str
    company: str
    company_zh: str
    category: str
    department: str
    due_on: dt.date | None
    light: Light
    months_missed: int
    points_behind: int


class HeldDispatch(NamedTuple):
    """A dispatch meeting of the period, with how many cases were on its agenda."""

    id: str
    title: str
    held_on: dt.date
    chair: str
    cases: int


class WaitingApproval(NamedTuple):
    """An approval waited for, with the day by which it should come."""

    id: str
    title: str
    template: str
    company: str
    company_zh: str
    department: str
    day: dt.date


@dataclass(frozen=True)
class PeriodAfter:
    """All that a periodic report says of the work after signing.

    ``counts`` has the figures of ``COUNTED``, in whole units, and ``cases_solved``; the lists hold
    ``MOST`` at most.
    """

    counts: Mapping[str, Tally]
    lights: Mapping[Light, int]
    red: list[OpenCase]
    dispatches: list[HeldDispatch]
    late: list[WaitingApproval]
    late_count: int
    coming: list[WaitingApproval]
    coming_count: int

    def any(self, *names: str) -> bool:
        """Say whether one of some figures is more than nothing, in the year or the periods."""
        return any(any(self.counts[name]) for name in names)


def period_after_signing(
    session: Session, period: Period, before: Period, ahead: Period, today: dt.date
) -> PeriodAfter:
    """Return what happened after signing in a period, with what is late today and what comes.

    Args:
        session: to read by.
        period: the days counted.
        before: those of the period before.
        ahead: those of the period after; what comes is told up to its end.
        today: the day that tells what is late and how a case stands.
    """
    source = plain(session)
    spans = (period, before, Period(dt.date(period.last.year, 1, 1), period.last))
    figures = [year_figures(session, one.last.year, one.last, COUNTED, one.first) for one in spans]
    counts = {name: Tally._make([found[name].value or 0 for found in figures]) for name in COUNTED}
    counts["cases_solved"] = Tally._make([_solved(source, one) for one in spans])
    cases = _open_cases(session, today)
    red = [one for one in cases if one.light is Light.RED]
    late, coming = _waiting(source, ahead.last, today)
    return PeriodAfter(
        counts=counts,
        lights=Counter(one.light for one in cases),
        red=sorted(red, key=lambda one: (-one.months_missed, -one.points_behind, one.id))[:MOST],
        dispatches=_dispatches(source, period),
        late=late[:MOST],
        late_count=len(late),
        coming=coming[:MOST],
        coming_count=len(coming),
    )


def _solved(source: Any, span: Period) -> int:
    """Return how many cases the enterprise confirmed as solved in some days, whenever raised."""
    found = source.execute(
        'SELECT count(*) FROM "case" AS x LEFT JOIN lead ON lead.id = x.lead_id'
        " WHERE x.deleted IS NOT 1 AND lead.deleted IS NOT 1"
        f" AND x.confirmed_on BETWEEN ? AND ? AND x.state IN ({_SOLVED})",
        span.values(),
    )
    return int(found.fetchone()[0])


def _open_cases(session: Session, today: dt.date) -> list[OpenCase]:
    """Return the cases that still ask for work, with their lights on a day."""
    limits = light_limits(session)
    cases = []
    for key, *names, state, due, assigned, raised, progress, planned in plain(session).execute(
        f"SELECT x.id, coalesce(x.title, ''), {_COMPANY}, coalesce(x.category, ''),"
        " coalesce(x.lead_department, ''), x.state, x.due_on, x.assigned_on, x.raised_on,"
        f' x.progress_percent, x.planned_percent FROM "case" AS x {_OF_LEAD}'
        f" AND coalesce(x.state, '') NOT IN ({_SETTLED})"
    ):
        due_on = _day(due)
        light = light_of(
            {
                "state": state, "due_on": due_on, "assigned_on": _day(assigned),
                "raised_on": _day(raised), "progress_percent": progress,
                "planned_percent": planned,
            },
            today,
            limits,
        )  # fmt: skip
        found = [key.hex(), *names, due_on, light.light, light.months_missed, light.points_behind]
        cases.append(OpenCase._make(found))
    return cases


def _dispatches(source: Any, period: Period) -> list[HeldDispatch]:
    """Return the dispatch meetings held in a period, by day."""
    return [
        HeldDispatch(key.hex(), title, dt.date.fromisoformat(day), chair, cases)
        for key, title, day, chair, cases in source.execute(
            "SELECT x.id, coalesce(x.title, ''), x.held_on, coalesce(x.chair, ''),"
            " (SELECT count(DISTINCT i.case_id) FROM dispatch_item AS i WHERE i.deleted IS NOT 1"
            ' AND i.dispatch_meeting_id = x.id AND i.case_id IN (SELECT id FROM "case"'
            " WHERE deleted IS NOT 1)) FROM dispatch_meeting AS x WHERE x.deleted IS NOT 1"
            " AND x.status = 'held' AND x.held_on BETWEEN ? AND ? ORDER BY x.held_on, x.id LIMIT ?",
            (*period.values(), MOST),
        )
    ]


def _waiting(
    source: Any, last: dt.date, today: dt.date
) -> tuple[list[WaitingApproval], list[WaitingApproval]]:
    """Return the approvals whose term is over, and those that should come up to a day.

    An approval not applied for yet is expected on the day that was planned, and is not late.
    """
    late, coming = [], []
    for key, *rest, due, planned in source.execute(
        f"SELECT x.id, coalesce(x.title, ''), coalesce(x.template, ''), {_COMPANY},"
        " coalesce(x.department, ''), x.due_on, CASE WHEN x.applied_on IS NULL THEN x.planned_on"
        f" END FROM approval AS x {_OF_LEAD} AND coalesce(x.state, '') NOT IN ({_ENDED})"
        " AND (x.due_on <= :last OR x.planned_on BETWEEN :today AND :last)"
        " ORDER BY coalesce(x.due_on, x.planned_on), x.id",
        {"today": today.isoformat(), "last": last.isoformat()},
    ):
        day = _day(due) or _day(planned)
        if day is None:
            continue
        found = WaitingApproval._make([key.hex(), *rest, day])
        if due is not None and day < today:
            late.append(found)
        elif today <= day <= last:
            coming.append(found)
    return late, coming


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
