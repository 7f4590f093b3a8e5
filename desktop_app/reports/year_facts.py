"""All that a yearly report says, read once; the pages need no session."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy.orm import Session

from desktop_app.i18n import word
from desktop_app.services import year_lists, year_tables
from desktop_app.services.channels import Channel, channels
from desktop_app.services.rates import usd_rates
from desktop_app.services.year_breakdowns import breakdown, part_label
from desktop_app.services.year_figures import METRICS, MORE_METRICS, YearFigure, year_figures
from desktop_app.services.year_trend import (
    Cohort,
    Response,
    Share,
    by_month,
    cohorts,
    follow_ups_on_time,
    quick_response,
    stage_funnel,
)

# The figures in the order of the paper, by what they are about.
GROUPS: dict[str, tuple[str, ...]] = {
    "attraction": ("signed_projects", "chain_fit_percent", "visits_and_events"),
    "cases": ("dispatch_meetings", "cases_raised", "cases_solved_percent"),
    "financing": (
        "companies_with_credit", "credit_granted", "loans_drawn", "companies_with_park_guarantee",
        "park_guarantee_loans",
    ),
    "approvals": (
        "approvals_done", "site_surveys", "expert_reviews", "onsite_services",
        "approval_problems_solved",
    ),
    "construction": (
        "construction_permits", "permitted_area_m2", "permitted_cost", "accepted_buildings",
        "accepted_area_m2",
    ),
    "capital": ("foreign_capital_received",),
}  # fmt: skip
# Figures that are counted from the same records stand together in the annex; the first one's
# records are listed, and what they add to the others stands beside them.
LISTS: tuple[tuple[str, ...], ...] = (
    ("visits_and_events",),
    ("cases_raised", "cases_solved_percent"),
    ("credit_granted", "companies_with_credit"),
    ("loans_drawn",),
    ("park_guarantee_loans", "companies_with_park_guarantee"),
    ("approvals_done",),
    ("site_surveys",),
    ("expert_reviews",),
    ("onsite_services",),
    ("approval_problems_solved",),
    ("construction_permits", "permitted_area_m2", "permitted_cost"),
    ("accepted_buildings", "accepted_area_m2"),
    ("foreign_capital_received",),
)
# Those whose records all stand in a section of their own, and the key of its heading.
LISTED_IN = {
    "signed_projects": "signed", "chain_fit_percent": "signed", "dispatch_meetings": "cases",
}  # fmt: skip
# How many records a list of the annex names, and how many each reason not to count.
LISTED, NAMED = 12, 5
# By what some figures are parted, and which are shown by month.
_PARTS = (
    ("signed_projects", "chain"),
    ("signed_projects", "country"),
    ("visits_and_events", "country"),
    ("visits_and_events", "squad"),
    ("foreign_capital_received", "country"),
    ("credit_granted", "bank"), ("loans_drawn", "bank"), ("park_guarantee_loans", "bank"),
)  # fmt: skip
_BY_MONTH = (
    "signed_projects", "visits_and_events", "approvals_done", "construction_permits",
    "accepted_buildings", "foreign_capital_received",
)  # fmt: skip
_MOST_SIGNED, _MOST_DISPATCHES, _MOST_COHORTS = 120, 60, 8


class YearPart(NamedTuple):
    """A part of a figure: its code and label in both languages, its value, of how many records."""

    code: str
    zh: str
    en: str
    value: int
    records: int


@dataclass(frozen=True)
class YearFacts:
    """The figures of a year, what they are made of, and what does not count.

    ``before`` has the figures of the same days of the year before; the lists hold a limited number
    of records, the figures say how many there are. ``names`` are those of the events.
    """

    year: int
    until: dt.date
    figures: Mapping[str, YearFigure]
    before: Mapping[str, YearFigure]
    rates: Mapping[str, int]
    parts: Mapping[tuple[str, str], list[YearPart]]
    months: Mapping[str, list[int | None]]
    funnel: list[tuple[str, int]]
    cohorts: list[Cohort]
    response: Response
    on_time: Share
    signed: list[year_lists.SignedProject]
    channels: list[Channel]
    events: list[Channel]
    names: Mapping[str, tuple[str, str]]
    case_categories: list[year_tables.CaseCount]
    case_departments: list[year_tables.CaseCount]
    dispatches: list[year_tables.Dispatch]
    approvals: list[year_tables.ApprovalCount]
    behind: Mapping[str, list[year_lists.Entry]]
    left_out: list[year_lists.LeftOut]

    @property
    def is_over(self) -> bool:
        """Say whether the whole year is counted."""
        return self.until == dt.date(self.year, 12, 31)

    def value(self, metric: str) -> int:
        """Return a figure's value, 0 where there is none."""
        return self.figures[metric].value or 0


def year_facts(session: Session, day: dt.date) -> YearFacts:
    """Return the facts of the year of a day, up to that day."""
    year = day.year
    every, squads = tuple(METRICS | MORE_METRICS), year_tables.names_of(session, "squads")
    # The same days of the year before: the 29th of February has none.
    past = day.replace(year=year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
    return YearFacts(
        year=year,
        until=day,
        figures=year_figures(session, year, day, every),
        before=year_figures(session, year - 1, past, every),
        rates=usd_rates(session),
        parts={pair: _parts(session, year, *pair, day, squads) for pair in _PARTS},
        months={metric: by_month(session, year, metric, day) for metric in _BY_MONTH},
        funnel=stage_funnel(session, year, day),
        cohorts=cohorts(session, day)[-_MOST_COHORTS:],
        response=quick_response(session, year, day),
        on_time=follow_ups_on_time(session, year, day),
        signed=year_lists.signed_projects(session, year, day, _MOST_SIGNED),
        channels=channels(session, year, "source", day),
        # Most leads come by no event at all.
        events=[one for one in channels(session, year, "event", day) if one.code],
        names=year_tables.names_of(session, "events"),
        case_categories=year_tables.cases_by(session, year, "category", day),
        case_departments=year_tables.cases_by(session, year, "lead_department", day),
        dispatches=year_tables.dispatches(session, year, day, _MOST_DISPATCHES),
        approvals=year_tables.approvals_by_kind(session, year, day),
        behind={one[0]: year_lists.behind(session, year, one, day, LISTED + 1) for one in LISTS},
        left_out=year_lists.left_out(session, year, day, NAMED),
    )


def _parts(
    session: Session,
    year: int,
    metric: str,
    by: str,
    until: dt.date,
    squads: Mapping[str, tuple[str, str]],
) -> list[YearPart]:
    """Return a figure by something, the greatest part first, with labels in both languages."""
    found = []
    for part in breakdown(session, year, metric, by, until):
        if by in ("chain", "country"):
            names = (word(by, part.code, "zh"), word(by, part.code, "en"))
        elif by == "squad":
            names = squads.get(part.code, ("", ""))
        else:
            name = part_label(session, by, part.code)
            names = (name, name)
        found.append(YearPart(part.code, *names, part.value or 0, part.records))
    return found
