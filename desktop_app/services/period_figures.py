"""The figures of a week or a month beside those of the one before, for the periodic reports."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from desktop_app.db.driver import plain
from desktop_app.domain.words import STAGES
from desktop_app.services import figures, period_counts, period_lists
from desktop_app.services.figures import Figure
from desktop_app.services.follow_ups import FollowUpRow
from desktop_app.services.period_after import PeriodAfter, period_after_signing
from desktop_app.services.period_counts import Period
from desktop_app.services.period_lists import AdvancedLead, NewLead, PeriodMeeting, PeriodTrip

# The weeks of the chart of meetings: those up to the period's end, and those ahead.
_WEEKS_PAST = 11
_WEEKS_AHEAD = 2


@dataclass(frozen=True)
class Count:
    """A figure of the period, and of the one before."""

    now: int
    before: int

    @property
    def change(self) -> int:
        """Return how much more it is than before."""
        return self.now - self.before


@dataclass(frozen=True)
class Step:
    """A stage: how many active leads stand in it, how many of all reached it or went beyond."""

    stage: str
    now: int
    reached: int


@dataclass(frozen=True)
class Week:
    """The meetings of a week, by its Monday: held, and planned without being held so far."""

    monday: dt.date
    held: int
    planned: int


@dataclass(frozen=True)
class PeriodFigures:
    """All that a periodic report says.

    ``counts`` has, by name: leads_found, leads_advanced, leads_screened, leads_signed, leads_lost,
    meetings_held, trips_begun, trips_ended, trips_under_way, follow_ups_due, follow_ups_on_time,
    follow_ups_done, promises_made, promises_kept_ours, promises_kept_theirs, events. The lists hold
    ``period_lists.MOST`` at most; ``totals`` says how many there are.
    """

    period: Period
    before: Period
    ahead: Period
    today: dt.date
    counts: Mapping[str, Count]
    meetings_by_kind: list[tuple[str, Count]]
    overdue: int
    stale: int
    leads: int
    year: list[Figure]
    funnel: list[Step]
    chains: list[tuple[str, int]]
    weeks: list[Week]
    names: Mapping[str, tuple[str, str]]
    new_leads: list[NewLead]
    advanced: list[AdvancedLead]
    trips: list[PeriodTrip]
    held: list[PeriodMeeting]
    done: list[FollowUpRow]
    late: list[FollowUpRow]
    planned_meetings: list[PeriodMeeting]
    planned_trips: list[PeriodTrip]
    planned_follow_ups: list[FollowUpRow]
    totals: Mapping[str, int]
    after: PeriodAfter


def week_of(day: dt.date) -> Period:
    """Return the week of a day, Monday to Sunday."""
    first = day - dt.timedelta(days=day.weekday())
    return Period(first, first + dt.timedelta(days=6))


def month_of(day: dt.date) -> Period:
    """Return the calendar month of a day."""
    first = day.replace(day=1)
    return Period(first, _next_month(first) - dt.timedelta(days=1))


def _next_month(first: dt.date) -> dt.date:
    """Return the first day of the month after that of a day."""
    return (first.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def is_month(period: Period) -> bool:
    """Say whether a period is a whole calendar month."""
    return period == month_of(period.first)


def period_before(period: Period) -> Period:
    """Return the period of the same length before: the last calendar month for a whole month."""
    end = period.first - dt.timedelta(days=1)
    if is_month(period):
        return month_of(end)
    return Period(period.first - (period.last - period.first) - dt.timedelta(days=1), end)


def period_after(period: Period) -> Period:
    """Return the period of the same length after: the next calendar month for a whole month."""
    start = period.last + dt.timedelta(days=1)
    if is_month(period):
        return month_of(start)
    return Period(start, start + (period.last - period.first))


def period_report(session: Session, first: dt.date, last: dt.date, today: dt.date) -> PeriodFigures:
    """Return the figures of a period with those of the one before, and what comes after it.

    Args:
        session: to read by.
        first: the first day of the period.
        last: the last one.
        today: the day that tells what is overdue or due by now.
    """
    period = Period(first, last)
    before, ahead = period_before(period), period_after(period)
    source = plain(session)
    leads = period_counts.lead_counts(source)
    mondays = [
        week_of(last).first + dt.timedelta(weeks=n)
        for n in range(1 - _WEEKS_PAST, 1 + _WEEKS_AHEAD)
    ]
    start = min(before.first, mondays[0])
    end = max(ahead.last, mondays[-1] + dt.timedelta(days=6))
    meetings = period_counts.meeting_days(source, start, end)
    advanced, advanced_before = period_counts.advances(source, period, before)
    stages = period_counts.entered(source, Period(before.first, last))
    now = period_counts.counts_of(source, period, today, len(advanced), stages, meetings)
    earlier = period_counts.counts_of(source, before, today, advanced_before, stages, meetings)
    held = [one for one in meetings if one.held and period.holds(one.day)]
    plans = [one for one in meetings if one.planned and ahead.holds(one.day)]
    due = period_lists.follow_up_ids(source, period, ahead, today)
    return PeriodFigures(
        period=period,
        before=before,
        ahead=ahead,
        today=today,
        counts={name: Count(now[name], earlier[name]) for name in now if "." not in name},
        meetings_by_kind=_by_kind(now, earlier),
        overdue=len(due["late"]),
        stale=figures.stale_count(session, today),
        leads=sum(leads.stages.values()),
        year=figures.year_figures(session, last.year, until=last),
        funnel=_funnel(leads),
        chains=sorted(leads.chains.items(), key=lambda part: (-part[1], part[0])),
        weeks=_weeks(mondays, meetings),
        names=period_lists.member_names(source),
        new_leads=period_lists.new_leads(source, period),
        advanced=period_lists.advanced_leads(source, advanced, period),
        trips=period_lists.trips_in(source, period),
        held=period_lists.meeting_rows(source, held),
        done=period_lists.rows_of(session, due["done"], today),
        late=period_lists.rows_of(session, due["late"], today),
        planned_meetings=period_lists.meeting_rows(source, plans),
        planned_trips=period_lists.trips_in(source, ahead),
        planned_follow_ups=period_lists.rows_of(session, due["ahead"], today),
        totals={
            "new_leads": now["leads_found"],
            "advanced": len(advanced),
            "held": len(held),
            "done": len(due["done"]),
            "late": len(due["late"]),
            "planned_meetings": len(plans),
            "planned_follow_ups": len(due["ahead"]),
        },
        after=period_after_signing(session, period, before, ahead, today),
    )


def _by_kind(now: Mapping[str, int], before: Mapping[str, int]) -> list[tuple[str, Count]]:
    """Return the meetings held by kind, the most frequent first."""
    kinds = {name.partition(".")[2] for name in (*now, *before) if name.startswith("meetings.")}
    found = [
        (kind, Count(now.get(f"meetings.{kind}", 0), before.get(f"meetings.{kind}", 0)))
        for kind in kinds
    ]
    return sorted(found, key=lambda one: (-one[1].now, -one[1].before, one[0]))


def _funnel(leads: period_counts.LeadCounts) -> list[Step]:
    """Return the stages with how many stand in each and how many came so far."""
    steps = []
    reached = 0
    for stage in reversed(STAGES):
        reached += leads.stages.get(stage.value, 0)
        steps.append(Step(stage.value, leads.active.get(stage.value, 0), reached))
    return steps[::-1]


def _weeks(mondays: list[dt.date], meetings: list[period_counts.MeetingDay]) -> list[Week]:
    """Return the meetings of some weeks."""
    held = Counter(week_of(one.day).first for one in meetings if one.held)
    planned = Counter(week_of(one.day).first for one in meetings if one.planned)
    return [Week(monday, held[monday], planned[monday]) for monday in mondays]
