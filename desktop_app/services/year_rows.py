"""The records behind a figure of a year as rows of a list: what each is called, when, how much."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from desktop_app.db.driver import Source as Database
from desktop_app.db.driver import plain
from desktop_app.domain.formats import zone_of
from desktop_app.services.year_breakdowns import part_of, prepared
from desktop_app.services.year_figures import METRICS, MORE_METRICS, Record, look_at, year_values
from desktop_app.services.year_sources import Source

_LEAD = "LEFT JOIN lead AS l ON l.id = x.lead_id"
_COMPANY = "LEFT JOIN company AS c ON c.id = "
_OF = "coalesce(l.title, ''), coalesce(c.name, ''), coalesce(c.name_zh, '')"
# By kind: own title, its English, code, zone; project, company, its Chinese name; what opens.
_NAMES = {
    "leads": "x.title, '', '', '', '', coalesce(c.name, ''), coalesce(c.name_zh, ''), NULL"
    f" FROM lead AS x {_COMPANY} x.company_id",
    "meetings": f"x.title, '', x.kind, x.zone, {_OF}, NULL FROM meeting AS x {_LEAD}"
    f" {_COMPANY} coalesce(x.company_id, l.company_id)",
    "events": "x.name, x.name_en, x.kind, '', '', coalesce(x.city, ''), coalesce(x.city, ''), NULL"
    " FROM event AS x",
    "dispatch-meetings": "x.title, '', '', '', '', '', '', NULL FROM dispatch_meeting AS x",
    "cases": f"x.title, '', x.category, '', {_OF}, NULL FROM \"case\" AS x {_LEAD}"
    f" {_COMPANY} l.company_id",
    "approvals": f"x.title, '', coalesce(x.template, x.kind), '', {_OF}, NULL FROM approval AS x"
    f" {_LEAD} {_COMPANY} l.company_id",
    "approval-services": f"a.title, '', coalesce(a.template, x.kind), '', {_OF}, x.approval_id"
    " FROM approval_service AS x LEFT JOIN approval AS a ON a.id = x.approval_id"
    " LEFT JOIN lead AS l ON l.id = coalesce(x.lead_id, a.lead_id)"
    f" {_COMPANY} l.company_id",
    "follow-ups": f"x.title, '', '', '', {_OF}, NULL FROM follow_up AS x {_LEAD}"
    f" {_COMPANY} coalesce(x.company_id, l.company_id)",
    "facilities": f"coalesce(b.name_zh, b.name), b.name, x.product, '', {_OF}, NULL"
    f" FROM facility AS x LEFT JOIN company AS b ON b.id = x.bank_id {_LEAD}"
    f" {_COMPANY} coalesce(x.company_id, l.company_id)",
    "capital-receipts": f"'', '', x.kind, '', {_OF}, NULL FROM capital_receipt AS x {_LEAD}"
    f" {_COMPANY} coalesce(x.company_id, l.company_id)",
}


class RecordRow(NamedTuple):
    """A record of a list.

    Attributes:
        kind: as on the command line.
        id: its key.
        day: of the record, that of the venue for a meeting.
        amount: what it adds: minor units where there is a currency, else a plain number.
        currency: of the amount, empty without one.
        early: whether it is dated before its project was signed.
        because: the code of the reason why it does not count, empty when it does.
        title: its own title; of a loan its bank.
        title_en: the same in English, where it has one.
        code: what it is, by the words of its kind.
        project: the title of its project.
        company: whose it is.
        company_zh: the Chinese name.
        opens: the record that shows it.
    """

    kind: str
    id: str
    day: dt.date | None
    amount: int | None
    currency: str
    early: bool
    because: str
    title: str
    title_en: str
    code: str
    project: str
    company: str
    company_zh: str
    opens: Record


class Listed(NamedTuple):
    """The first rows of a list, and how many there are in all."""

    rows: list[RecordRow]
    total: int


def counted_rows(
    database: Database,
    year: int,
    metric: str,
    until: dt.date | None = None,
    part: tuple[str, str] | None = None,
    most: int = 200,
) -> Listed:
    """Return the records counted for a figure, the latest first.

    Args:
        database: to read by.
        year: the year counted.
        metric: the figure.
        until: the last day counted, where it is not the year's.
        part: only those of one part: a breakdown and a code.
        most: how many rows.
    """
    found, total = [], 0
    for one in (METRICS | MORE_METRICS)[metric].sources:
        more, values = f" AND ({one.reason}) IS NULL", year_values(database, year, until)
        if part is not None:
            more += f" AND {part_of(one, part[0])} = :part"
            values["part"] = part[1]
        rows = look_at(
            prepared(database), one, values,
            f"'{one.kind}', x.id, {_facts(one)}, {one.early}, '', count(*) OVER ()",
            f"{more} ORDER BY 3 DESC, x.id LIMIT {int(most)}",
        ).fetchall()  # fmt: skip
        found += rows
        total += rows[0][-1] if rows else 0
    return Listed(named(plain(database), _latest(found, most)), total)


def left_out_rows(
    database: Database, year: int, metric: str, until: dt.date | None = None, most: int = 200
) -> Listed:
    """Return the records of the year that do not count, with the reasons: the latest first."""
    found, total = [], 0
    for one in (METRICS | MORE_METRICS)[metric].sources:
        rows = (
            plain(database)
            .execute(
                f"SELECT *, count(*) OVER () FROM (SELECT '{one.kind}', x.id, {_facts(one)}, 0,"
                f" CASE WHEN {one.day} IS NULL THEN 'no_day' ELSE {one.reason} END AS because"
                f" FROM {one.table} AS x WHERE x.deleted IS NOT 1 AND ({one.only})"
                f" AND (({one.in_year}) OR ({one.day} IS NULL AND ({one.undated}))))"
                f" WHERE because IS NOT NULL ORDER BY 3 DESC, 2 LIMIT {int(most)}",
                year_values(database, year, until) | {"undated": 1},
            )
            .fetchall()
        )
        found += rows
        total += rows[0][-1] if rows else 0
    return Listed(named(plain(database), _latest(found, most)), total)


def _facts(one: Source) -> str:
    """Return the SQL of a record's day, its amount and the currency."""
    if one.kind == "leads":
        return "nullif(x.day, '9'), x.added, x.currency"
    return f"{one.day}, {one.amount}, {one.currency}"


def _latest(found: list[Any], most: int) -> list[Any]:
    return sorted(found, key=lambda row: row[2] or "", reverse=True)[:most]


def named(connection: Any, found: Sequence[Any]) -> list[RecordRow]:
    """Return rows with the names of their records.

    Args:
        connection: the driver's.
        found: of each its kind, key, day, amount, currency, whether it is early, and the reason.
    """
    keys: dict[str, list[bytes]] = {}
    for kind, key, *_facts in found:
        keys.setdefault(kind, []).append(key)
    names = {
        (kind, row[0]): row[1:]
        for kind, wanted in keys.items()
        for row in connection.execute(
            f"SELECT x.id, {_NAMES[kind]} WHERE x.id IN ({', '.join('?' * len(wanted))})", wanted
        )
    }
    rows = []
    for kind, key, day, amount, currency, early, because, *_count in found:
        title, english, code, zone, project, company, company_zh, shown_by = names[kind, key]
        own = bytes(key).hex()
        opens = Record("approvals", bytes(shown_by).hex()) if shown_by else Record(kind, own)
        rows.append(
            RecordRow(
                kind, own, _day(day, zone), amount, currency or "", bool(early), because,
                title or "", english or "", code or "", project, company, company_zh, opens,
            )
        )  # fmt: skip
    return rows


def _day(value: str | None, zone: str | None) -> dt.date | None:
    """Return the day of a text, that of the venue for a moment."""
    if not value:
        return None
    if len(value) > len("2026-11-23"):
        return dt.datetime.fromisoformat(value).astimezone(zone_of(zone)).date()
    return dt.date.fromisoformat(value)
