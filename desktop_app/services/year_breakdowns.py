"""The figures of a year in parts: by chain, country, squad and so on, from the same records.

A part is found by the sources of ``year_sources``, so that parts, figure and list never disagree.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from desktop_app.db.driver import Source as Database
from desktop_app.db.driver import plain
from desktop_app.domain.formats import zone_of
from desktop_app.domain.money import minor_digits
from desktop_app.services.rates import converted, usd_rates
from desktop_app.services.year_figures import (
    METRICS,
    MORE_METRICS,
    Metric,
    Record,
    look_at,
    percent,
    year_values,
)
from desktop_app.services.year_sources import Source

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_OF_PROJECTS = ("chain", "country", "channel", "squad", "owner", "month")
_CASES = ("category", "department", "chain", "country", "squad", "owner", "month")
_FINANCING = ("bank", "chain", "country", "channel", "month")
_SERVICES = ("department", "chain", "country", "squad", "owner", "month")
_APPROVALS = ("kind", *_SERVICES)
# Which breakdowns each figure has, the most telling first.
BY: dict[str, tuple[str, ...]] = {
    "signed_projects": _OF_PROJECTS,
    # By chain it would be 100 % or nothing.
    "chain_fit_percent": tuple(one for one in _OF_PROJECTS if one != "chain"),
    "visits_and_events": ("kind", "country", "squad", "chain", "month"),
    "dispatch_meetings": ("month",),
    "cases_raised": _CASES,
    "cases_solved_percent": _CASES,
    "companies_with_credit": _FINANCING,
    "credit_granted": _FINANCING,
    "companies_with_park_guarantee": _FINANCING,
    "park_guarantee_loans": _FINANCING,
    "loans_drawn": ("bank", "product", *_FINANCING[1:]),
    "approvals_done": _APPROVALS,
    "site_surveys": _SERVICES,
    "expert_reviews": _SERVICES,
    "onsite_services": _SERVICES,
    "approval_problems_solved": _SERVICES,
    "construction_permits": _SERVICES,
    "permitted_area_m2": _SERVICES,
    "permitted_cost": _SERVICES,
    "accepted_buildings": _SERVICES,
    "accepted_area_m2": _SERVICES,
    "foreign_capital_received": ("kind", *_OF_PROJECTS),
}

# Of which project a record is, whose company it names itself, and who works on it.
_APPROVAL_LEAD = "coalesce(x.lead_id, (SELECT lead_id FROM approval WHERE id = x.approval_id))"
_LEAD = {
    "leads": "x.id",
    "events": "NULL",
    "dispatch-meetings": "NULL",
    "approval-services": _APPROVAL_LEAD,
}
_NAMES_COMPANY = ("meetings", "facilities", "capital-receipts")
_PERSON = {"cases": "x.owner_id", "approvals": "x.owner_id", "approval-services": "x.member_id"}
_OWN_SQUAD = ("meetings", "events")
_TEXT = {
    "category": "x.category",
    "product": "x.product",
    "kind": "x.kind",
}


class Part(NamedTuple):
    """One part of a figure.

    Attributes:
        code: of the chain, country, channel, kind …; the key of a squad, member or bank; the number
            of a month, as ``07``; a department as it is written. Empty when it is not known.
        value: in the figure's unit; of a share, its percent within the part.
        records: how many records were counted.
    """

    code: str
    value: int | None
    records: int


class _Row(NamedTuple):
    """What one source counted in a part, in one currency; ``whole`` of a share."""

    code: str
    currency: str
    records: int
    amount: int
    companies: int
    whole: int


def breakdown(
    database: Database, year: int, metric: str, by: str, until: dt.date | None = None
) -> list[Part]:
    """Return a figure in parts: the largest first, months in their order.

    Of what is added up, the parts sum to the figure exactly. A company with loans in two parts is
    one of each; a share is that of each part.

    Args:
        database: to read by.
        year: the year counted.
        metric: the figure, of ``BY``.
        by: one of its breakdowns.
        until: the last day counted, where it is not the year's.
    """
    wanted = (METRICS | MORE_METRICS)[metric]
    connection, values = prepared(database), year_values(database, year, until)
    rows: dict[str, list[_Row]] = defaultdict(list)
    for one in wanted.sources:
        for row in _rows(connection, one, by, values, wanted.whole):
            rows[row.code].append(row)
    if wanted.how == "money":
        found = _money(wanted, rows, usd_rates(database))
    else:
        found = [_part(wanted, code, own) for code, own in rows.items()]
    if by == "month":
        return sorted(found)
    return sorted(found, key=lambda p: (p.value is None, -(p.value or 0), p.code == "", p.code))


def records_of_part(
    database: Database, year: int, metric: str, by: str, code: str, until: dt.date | None = None
) -> list[Record]:
    """Return the records counted in one part of a figure."""
    connection, values = prepared(database), year_values(database, year, until)
    return [
        Record(one.kind, bytes(key).hex())
        for one in (METRICS | MORE_METRICS)[metric].sources
        for (key,) in look_at(
            connection,
            one,
            values | {"part": code},
            "x.id",
            f" AND ({one.reason}) IS NULL AND {part_of(one, by)} = :part ORDER BY x.id",
        )
    ]


def part_label(session: "Session", by: str, code: str) -> str:
    """Return the name of a squad, a member or a bank; any other code as it is."""
    from desktop_app.db.models import Company, Member, Squad

    model = {"squad": Squad, "owner": Member, "bank": Company}.get(by)
    if model is None or not code:
        return code
    record = session.get(model, code)
    name = getattr(record, "name_zh", None) or getattr(record, "name", None)
    return str(name or "")


def part_of(one: Source, by: str) -> str:
    """Return the SQL of the code of the part in which a record of a source lies."""
    lead = _LEAD.get(one.kind, "x.lead_id")
    if by == "month":
        day = "month_at(x.starts_at, x.zone)" if one.kind == "meetings" else None
        return day or f"substr({'x.day' if one.kind == 'leads' else one.day}, 6, 2)"
    if by == "department":
        text = "x.lead_department" if one.kind == "cases" else "x.department"
        return f"trim(coalesce({text}, ''))"
    if by == "bank":
        return "coalesce(lower(hex(x.bank_id)), '')"
    if by in ("squad", "owner"):
        return f"coalesce(lower(hex({_worker(one, by, lead)})), '')"
    if by == "channel":
        return f"coalesce((SELECT source FROM lead WHERE id = {lead}), '')"
    if by == "chain":
        return _chain(one, lead)
    if by == "country":
        return _country(one, lead)
    return f"coalesce({_TEXT[by]}, '')"


def _worker(one: Source, by: str, lead: str) -> str:
    """Return the SQL of who works on a record, else on its project; of a squad, theirs."""
    if one.kind in _OWN_SQUAD:
        return "x.squad_id"
    own = _PERSON.get(one.kind)
    owner = f"(SELECT owner_id FROM lead WHERE id = {lead})"
    member = f"coalesce({own}, {owner})" if own else owner
    if by == "owner":
        return member
    # Who is in two squads counts for the one they were first put into.
    return (
        f"(SELECT squad_id FROM squad_member WHERE member_id = {member} AND deleted IS NOT 1"
        " AND squad_id IS NOT NULL ORDER BY id LIMIT 1)"
    )


def _chain(one: Source, lead: str) -> str:
    """Return the SQL of the chain of a record's project; without one, of its company."""
    of_lead = f"(SELECT chain FROM lead WHERE id = {lead})"
    if one.kind not in _NAMES_COMPANY:
        return f"coalesce({of_lead}, '')"
    own = "(SELECT chain FROM company WHERE id = x.company_id)"
    return f"coalesce(CASE WHEN {lead} IS NULL THEN {own} ELSE {of_lead} END, '')"


def _country(one: Source, lead: str) -> str:
    """Return the SQL of the country: of a visit or event where it was, else of the company."""
    if one.kind == "events":
        return "coalesce(x.country, '')"
    of_lead = f"(SELECT company_id FROM lead WHERE id = {lead})"
    company = f"coalesce(x.company_id, {of_lead})" if one.kind in _NAMES_COMPANY else of_lead
    country = f"(SELECT country FROM company WHERE id = {company})"
    if one.kind == "meetings":
        return f"coalesce(nullif(x.country, ''), {country}, '')"
    return f"coalesce({country}, '')"


def _rows(
    connection: Any, one: Source, by: str, values: dict[str, object], whole: Source | None
) -> list[_Row]:
    """Return what a source counts in each part, by currency; of a share also its whole."""
    counts = f"count(*) FILTER (WHERE ({one.reason}) IS NULL)"
    more, in_whole = "", "0"
    if whole is not None:
        in_whole = f"count(*) FILTER (WHERE ({whole.reason}) IS NULL)"
    else:
        counts, more = "count(*)", f" AND ({one.reason}) IS NULL"
    companies = f"count(DISTINCT {one.company})" if one.company != "NULL" else "0"
    found = look_at(
        connection,
        one,
        values,
        f"{part_of(one, by)}, coalesce({one.currency}, ''), {counts},"
        f" coalesce(sum({one.amount}), 0), {companies}, {in_whole}",
        f"{more} GROUP BY 1, 2",
    )
    rows = (_Row._make(row) for row in found)
    return [row for row in rows if row.records or row.whole]


def _part(metric: Metric, code: str, rows: list[_Row]) -> Part:
    """Return a part of what is counted or added up, or of a share."""
    records = sum(row.records for row in rows)
    if metric.how == "share":
        return Part(code, percent(records, sum(row.whole for row in rows)), records)
    if metric.how == "companies":
        return Part(code, sum(row.companies for row in rows), records)
    if metric.how == "sum":
        return Part(code, sum(row.amount for row in rows), records)
    return Part(code, records, records)


def _money(metric: Metric, rows: Mapping[str, list[_Row]], rates: Mapping[str, int]) -> list[Part]:
    """Return the parts of a sum of money, rounded so that they add up to the rounded whole."""
    exact: dict[str, Fraction] = {}
    every: dict[str, int] = defaultdict(int)
    for code, own in rows.items():
        exact[code] = Fraction(0)
        for row in own:
            every[row.currency] += row.amount
            worth = Fraction(row.amount, 10 ** minor_digits(row.currency))
            if row.currency != metric.unit:
                worth = worth * rates[row.currency] / rates[metric.unit]
            exact[code] += worth
    rounded = {code: amount.__floor__() for code, amount in exact.items()}
    rest = converted(every, metric.unit, rates) - sum(rounded.values())
    # What rounding leaves goes to those who lost most by it.
    for code in sorted(exact, key=lambda one: (rounded[one] - exact[one], one))[:rest]:
        rounded[code] += 1
    return [Part(code, rounded[code], sum(r.records for r in own)) for code, own in rows.items()]


def prepared(database: Database) -> Any:
    """Return the driver's connection, which now can tell a meeting's month at its venue."""
    connection = plain(database)
    connection.create_function("month_at", 2, _month_at, deterministic=True)
    return connection


def _month_at(starts_at: str | None, zone: str | None) -> str:
    return _month_of_hour(starts_at[:16], zone) if starts_at else ""


@lru_cache(4096)
def _month_of_hour(minute: str, zone: str | None) -> str:
    moment = dt.datetime.fromisoformat(minute).replace(tzinfo=dt.UTC)
    return f"{moment.astimezone(zone_of(zone)):%m}"
