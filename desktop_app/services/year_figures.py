"""The figures of a year, each counted in SQL from single records, and the records behind each."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from desktop_app.db.driver import Source as Database
from desktop_app.db.driver import plain
from desktop_app.domain.formats import zone_of
from desktop_app.domain.signing import signing_limits
from desktop_app.services import year_sources as of
from desktop_app.services.rates import converted, usd_rates
from desktop_app.services.year_sources import Source

# No place on earth is further from UTC than this.
_FURTHEST = dt.timedelta(hours=14)


class Metric(NamedTuple):
    """How a figure is made of its sources.

    ``how``: count, companies (each once), sum, money (in ``unit``), share (of another source, in
    percent).
    """

    name: str
    how: str
    unit: str
    sources: tuple[Source, ...]
    whole: Source | None = None


def _metric(name: str, how: str, unit: str, *of: Source, whole: Any = None) -> tuple[str, Metric]:
    return name, Metric(name, how, unit, of, whole)


METRICS: dict[str, Metric] = dict(
    (
        _metric("signed_projects", "count", "", of.SIGNED),
        _metric("chain_fit_percent", "share", "%", of.IN_CHAIN, whole=of.SIGNED),
        _metric("visits_and_events", "count", "", of.VISITS, of.EVENTS),
        _metric("dispatch_meetings", "count", "", of.DISPATCHES),
        _metric("cases_raised", "count", "", of.RAISED),
        _metric("cases_solved_percent", "share", "%", of.SOLVED, whole=of.RAISED),
        _metric("companies_with_credit", "companies", "", of.CREDIT_COMPANIES),
        _metric("credit_granted", "money", "CNY", of.CREDIT),
        _metric("companies_with_park_guarantee", "companies", "", of.PARK_COMPANIES),
        _metric("park_guarantee_loans", "money", "CNY", of.PARK),
        _metric("approvals_done", "count", "", of.APPROVALS),
        _metric("site_surveys", "count", "", of.SURVEYS),
        _metric("expert_reviews", "count", "", of.REVIEWS),
        _metric("onsite_services", "count", "", of.ONSITE),
        _metric("approval_problems_solved", "count", "", of.PROBLEMS),
        _metric("construction_permits", "count", "", of.PERMITS),
        _metric("permitted_area_m2", "sum", "m2", of.PERMIT_AREA),
        _metric("permitted_cost", "money", "CNY", of.PERMIT_COST),
        _metric("accepted_buildings", "sum", "", of.BUILDINGS),
        _metric("accepted_area_m2", "sum", "m2", of.ACCEPTED_AREA),
        _metric("foreign_capital_received", "money", "USD", of.RECEIPTS),
    )
)
# Shown, but not in the yearly table that scripts read.
MORE_METRICS: dict[str, Metric] = dict((_metric("loans_drawn", "money", "CNY", of.LOANS),))


@dataclass(frozen=True)
class YearFigure:
    """A figure of a year.

    Attributes:
        metric: its name.
        value: in whole units: of money in whole CNY or USD; None for a share of nothing.
        target: in the same unit.
        records: how many records it was counted from.
        whole: of a share: of how many records it is one.
        unit: CNY, USD, m2, % or nothing.
    """

    metric: str
    value: int | None
    target: int | None
    records: int
    whole: int | None
    unit: str


class Sums(NamedTuple):
    """Records that count, of one currency: how many, what they add up to, of how many companies."""

    currency: str
    records: int
    amount: int | None
    companies: int


class Record(NamedTuple):
    """A record of a list: its kind as on the command line, its key."""

    kind: str
    id: str


class LeftOut(NamedTuple):
    """A record of the year that does not count, and the code of the reason."""

    kind: str
    id: str
    because: str


@dataclass(frozen=True)
class Behind:
    """The records behind a figure, and those that lie in the year without being counted.

    ``early`` are counted too, but dated before their project was signed: somebody may look.
    """

    counted: list[Record]
    left_out: list[LeftOut]
    early: list[Record]


def year_figures(
    database: Database,
    year: int,
    until: dt.date | None = None,
    metrics: Iterable[str] = tuple(METRICS),
    since: dt.date | None = None,
) -> dict[str, YearFigure]:
    """Return the figures of a year by name, with their targets.

    Args:
        database: to read by.
        year: the year counted.
        until: the last day counted, where it is not the year's.
        metrics: which figures, in the order wished for.
        since: the first day counted, where it is not the year's.
    """
    source, values = plain(database), year_values(database, year, until, since)
    rates = usd_rates(database)
    targets = dict(
        source.execute(
            "SELECT metric, value FROM target WHERE year = ? AND deleted IS NOT 1 ORDER BY id",
            (year,),
        ).fetchall()
    )
    wanted = {name: (METRICS | MORE_METRICS)[name] for name in metrics}
    sums = _all_sums(source, wanted.values(), values)
    result = {}
    for name, metric in wanted.items():
        value, records, whole = _count(metric, sums, rates)
        result[name] = YearFigure(name, value, targets.get(name), records, whole, metric.unit)
    return result


def records_behind(
    database: Database, year: int, metric: str, until: dt.date | None = None
) -> Behind:
    """Return the records a figure is counted from, and why others of the year are not.

    A record without a day is told of in every year: nobody knows which one it belongs to.
    """
    source, values = plain(database), year_values(database, year, until)
    counted: list[Record] = []
    left_out: list[LeftOut] = []
    early: list[Record] = []
    for one in (METRICS | MORE_METRICS)[metric].sources:
        for key, reason, is_early in source.execute(
            f"SELECT x.id, CASE WHEN {one.day} IS NULL THEN 'no_day' ELSE {one.reason} END"
            f", {one.early}"
            f" FROM {one.table} AS x WHERE x.deleted IS NOT 1 AND ({one.only})"
            f" AND (({one.in_year}) OR ({one.day} IS NULL AND ({one.undated}))) ORDER BY x.id",
            values | {"undated": 1},
        ):
            record = bytes(key).hex()
            if reason is None:
                counted.append(Record(one.kind, record))
                if is_early:
                    early.append(Record(one.kind, record))
            else:
                left_out.append(LeftOut(one.kind, record, reason))
    return Behind(counted, left_out, early)


def _count(
    metric: Metric, sums: Mapping[Source, list[Sums]], rates: Mapping[str, int]
) -> tuple[int | None, int, int | None]:
    """Return a figure's value, how many records it has, and of how many it is a share."""
    found = [row for one in metric.sources for row in sums[one]]
    records = sum(row.records for row in found)
    if metric.how == "share":
        assert metric.whole is not None
        whole = sum(row.records for row in sums[metric.whole])
        return percent(records, whole), records, whole
    if metric.how == "companies":
        return sum(row.companies for row in found), records, None
    if metric.how == "sum":
        return sum(row.amount or 0 for row in found), records, None
    if metric.how == "money":
        amounts = {row.currency: row.amount or 0 for row in found}
        return converted(amounts, metric.unit, rates), records, None
    return records, records, None


def _all_sums(
    source: Any, metrics: Iterable[Metric], values: dict[str, object]
) -> dict[Source, list[Sums]]:
    """Return the sums of all sources that some figures need, each asked for once."""
    sums: dict[Source, list[Sums]] = {}
    # A share counts its whole on the way.
    for metric in sorted(metrics, key=lambda one: one.whole is None):
        if metric.whole is not None:
            (part,) = metric.sources
            counts = (f"count(*) FILTER (WHERE ({x.reason}) IS NULL)" for x in (part, metric.whole))
            both = look_at(source, part, values, ", ".join(counts))
            sums[part], sums[metric.whole] = ([Sums("", n, None, 0)] for n in both.fetchone())
        for one in metric.sources:
            if one not in sums:
                sums[one] = _sums(source, one, values)
    return sums


def _sums(source: Any, one: Source, values: dict[str, object]) -> list[Sums]:
    """Return of the records that count, by currency: their number, their sum, their companies."""
    companies = f"count(DISTINCT {one.company})" if one.company != "NULL" else "0"
    more = f" AND ({one.reason}) IS NULL"
    if one.currency != "NULL":
        more += " GROUP BY 1"
    wanted = f"{one.currency}, count(*), sum({one.amount}), {companies}"
    return [Sums._make(row) for row in look_at(source, one, values, wanted, more)]


def look_at(
    source: Any, one: Source, values: dict[str, object], wanted: str, more: str = ""
) -> Any:
    """Ask for something of the records of the year that a source looks at."""
    return source.execute(
        f"SELECT {wanted} FROM {one.table} AS x WHERE x.deleted IS NOT 1 AND ({one.only})"
        f" AND ({one.in_year}){more}",
        values,
    )


def percent(part: int, whole: int) -> int | None:
    """Return a share in whole percent, half up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None


def year_values(
    database: Database, year: int, until: dt.date | None, since: dt.date | None = None
) -> dict[str, object]:
    """Return what the sources' SQL asks for by name."""
    first, last = since or dt.date(year, 1, 1), until or dt.date(year, 12, 31)
    midnight = dt.datetime.combine(first, dt.time())
    end = dt.datetime.combine(last, dt.time()) + dt.timedelta(days=1, seconds=-1)
    rates = {code: rate for code, rate in usd_rates(database).items() if rate > 0}
    limits = signing_limits(rates)
    moments = {
        "start": _stamp(midnight - _FURTHEST),
        "sure_start": _stamp(midnight + _FURTHEST),
        "sure_end": _stamp(end - _FURTHEST),
        "end": _stamp(end + _FURTHEST),
    }
    return {
        "first": first.isoformat(),
        "last": last.isoformat(),
        "undated": 0,
        "rates": json.dumps(rates),
        "domestic": json.dumps({code: one.domestic for code, one in limits.items()}),
        "foreign": json.dumps({code: one.foreign for code, one in limits.items()}),
        "edge": json.dumps(_at_the_edge(plain(database), first, last, moments)),
        **moments,
    }


def _at_the_edge(source: Any, first: dt.date, last: dt.date, moments: dict[str, str]) -> list[str]:
    """Return the meetings near the ends of the year that lie in it by the clock of their venue."""
    found = source.execute(
        "SELECT hex(id), starts_at, zone FROM meeting WHERE (starts_at >= :start AND"
        " starts_at < :sure_start) OR (starts_at > :sure_end AND starts_at <= :end)",
        moments,
    )
    return [
        key
        for key, starts_at, zone in found
        if first <= dt.datetime.fromisoformat(starts_at).astimezone(zone_of(zone)).date() <= last
    ]


def _stamp(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
