"""The records that a yearly report names: those behind each figure, and those that do not count."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from desktop_app.db.driver import Source as Database
from desktop_app.db.driver import plain
from desktop_app.domain.formats import zone_of
from desktop_app.services.year_figures import METRICS, MORE_METRICS, look_at, year_values
from desktop_app.services.year_sources import IN_CHAIN, SIGNED, Source

# The company of a record that hangs on a project, unless it names one itself.
_OF_LEAD = "LEFT JOIN lead AS l ON l.id = x.lead_id LEFT JOIN company AS c ON c.id = "
_NAMES = "coalesce(c.name, ''), coalesce(c.name_zh, '')"
# By kind: company, its Chinese name, own title, code; in reports the code is worded.
_DETAILS = {
    "leads": f"{_NAMES}, x.title, x.chain, '' FROM lead AS x"
    " LEFT JOIN company AS c ON c.id = x.company_id",
    "meetings": f"{_NAMES}, x.title, x.kind, x.zone FROM meeting AS x {_OF_LEAD}"
    "coalesce(x.company_id, l.company_id)",
    "events": "'', '', x.name, x.kind, '' FROM event AS x",
    "dispatch-meetings": "'', '', x.title, '', '' FROM dispatch_meeting AS x",
    "cases": f"{_NAMES}, x.title, x.category, '' FROM \"case\" AS x {_OF_LEAD}l.company_id",
    "approvals": f"{_NAMES}, x.title, x.template, '' FROM approval AS x {_OF_LEAD}l.company_id",
    "approval-services": f"{_NAMES}, coalesce(a.template, a.title), x.kind, ''"
    " FROM approval_service AS x LEFT JOIN approval AS a ON a.id = x.approval_id"
    " LEFT JOIN lead AS l ON l.id = coalesce(x.lead_id, a.lead_id)"
    " LEFT JOIN company AS c ON c.id = l.company_id",
    "facilities": f"{_NAMES}, coalesce(b.name_zh, b.name), x.product, '' FROM facility AS x"
    f" LEFT JOIN company AS b ON b.id = x.bank_id {_OF_LEAD}coalesce(x.company_id, l.company_id)",
    "capital-receipts": f"{_NAMES}, '', x.kind, '' FROM capital_receipt AS x {_OF_LEAD}"
    "coalesce(x.company_id, l.company_id)",
}


class Entry(NamedTuple):
    """A record of a list.

    Attributes:
        kind: as on the command line.
        id: its key.
        day: of the record, that of the venue for a meeting.
        company: the company's name.
        company_zh: its Chinese name.
        title: its own title.
        code: what it is, by the words of its kind.
        amounts: what it adds to each figure of its list, with the currency; None where nothing.
    """

    kind: str
    id: str
    day: dt.date | None
    company: str
    company_zh: str
    title: str
    code: str
    amounts: tuple[tuple[int, str] | None, ...] = ()


class SignedProject(NamedTuple):
    """A project that counts as signed in the year, with what was added by it."""

    id: str
    company: str
    company_zh: str
    title: str
    chain: str
    country: str
    amount_minor: int
    currency: str
    foreign_share_percent: int | None
    signed_on: dt.date


@dataclass(frozen=True)
class LeftOut:
    """Records of the year that do not count for some figures for one reason, the first ones."""

    metrics: tuple[str, ...]
    kind: str
    because: str
    count: int
    entries: list[Entry]


def signed_projects(
    database: Database, year: int, until: dt.date | None, most: int
) -> list[SignedProject]:
    """Return the projects that count as signed in a year, by day."""
    source, asked = plain(database), year_values(database, year, until)
    found = look_at(
        source, SIGNED, asked, "x.id, x.day, x.added",
        f" AND ({SIGNED.reason}) IS NULL ORDER BY x.day, x.id LIMIT {int(most)}",
    ).fetchall()  # fmt: skip
    marks = ", ".join("?" * len(found))
    rows = {
        row[0]: row[1:]
        for row in source.execute(
            f"SELECT x.id, {_NAMES}, coalesce(x.title, ''), coalesce(x.chain, ''),"
            " coalesce(c.country, ''), x.currency, x.foreign_share_percent FROM lead AS x"
            f" LEFT JOIN company AS c ON c.id = x.company_id WHERE x.id IN ({marks})",
            [key for key, _, _ in found],
        )
    }
    projects = []
    for key, day, added in found:
        names, money = rows[key][:5], (added, *rows[key][5:])
        values = [bytes(key).hex(), *names, *money, dt.date.fromisoformat(day)]
        projects.append(SignedProject._make(values))
    return projects


def behind(
    database: Database, year: int, metrics: Sequence[str], until: dt.date | None, most: int
) -> list[Entry]:
    """Return the records behind figures that share them, no more than ``most``.

    Those that add most come first; where nothing is added up, by day.

    Args:
        database: to read by.
        year: the year counted.
        metrics: the figures; the records are the first one's, each adds to those that follow.
        until: the last day counted, where it is not the year's.
        most: how many records.
    """
    source, values = plain(database), year_values(database, year, until)
    every = METRICS | MORE_METRICS
    parts = [every[name].sources[0] for name in metrics if every[name].how in ("sum", "money")]
    found: list[tuple[Any, ...]] = []
    for one in every[metrics[0]].sources:
        signed = one in (SIGNED, IN_CHAIN)
        amounts = [f"CASE WHEN ({part.reason}) IS NULL THEN {part.amount} END" for part in parts]
        wanted = [f"'{one.kind}'", "x.id", "x.day" if signed else one.day]
        for amount, part in zip(amounts, parts, strict=True):
            wanted += [amount, part.currency]
        order = f"{_worth(amounts[0], parts[0])} DESC, 3, 2" if parts else "3, 2"
        found += look_at(
            source, one, values, ", ".join(wanted),
            f" AND ({one.reason}) IS NULL ORDER BY {order} LIMIT {int(most)}",
        ).fetchall()  # fmt: skip
    if not parts:
        found.sort(key=lambda row: (row[2] or "", row[1]))
    return _named(source, found[:most])


def _worth(amount: str, part: Source) -> str:
    """Return the SQL that orders amounts of several currencies."""
    if part.currency == "NULL":
        return amount
    return f"{amount} * (SELECT value FROM json_each(:rates) WHERE key = {part.currency})"


def _named(source: Any, found: Sequence[tuple[Any, ...]]) -> list[Entry]:
    """Return records with their names; each is its kind, key, day, and amounts with currencies."""
    keys: dict[str, list[bytes]] = {}
    for kind, key, *_ in found:
        keys.setdefault(kind, []).append(key)
    details: dict[tuple[str, bytes], tuple[Any, ...]] = {}
    for kind, wanted in keys.items():
        marks = ", ".join("?" * len(wanted))
        for key, *row in source.execute(
            f"SELECT x.id, {_DETAILS[kind]} WHERE x.id IN ({marks})", wanted
        ):
            details[kind, key] = tuple(row)
    entries = []
    for kind, key, day, *amounts in found:
        company, company_zh, title, code, zone = details[kind, key]
        pairs = zip(amounts[::2], amounts[1::2], strict=True)
        entries.append(
            Entry(
                kind, bytes(key).hex(), _day(day, zone), company, company_zh, title or "",
                code or "", tuple(None if a is None else (a, c or "") for a, c in pairs),
            )
        )  # fmt: skip
    return entries


def _day(value: str | None, zone: str | None) -> dt.date | None:
    """Return the day of a text, that of the venue for a moment."""
    if not value:
        return None
    if len(value) > len("2026-11-23"):
        return dt.datetime.fromisoformat(value).astimezone(zone_of(zone)).date()
    return dt.date.fromisoformat(value)


def left_out(
    database: Database,
    year: int,
    until: dt.date | None,
    most: int,
    metrics: Iterable[str] = tuple(METRICS | MORE_METRICS),
) -> list[LeftOut]:
    """Return what lies in a year without being counted, by reason, naming ``most`` records each.

    Figures that leave out the very same records for the same reason stand together.
    """
    source, values = plain(database), year_values(database, year, until)
    every = METRICS | MORE_METRICS
    reasons: dict[Source, Mapping[str, tuple[int, list[bytes]]]] = {}
    merged: dict[tuple[Any, ...], list[str]] = {}
    for name in metrics:
        for one in every[name].sources:
            if one not in reasons:
                reasons[one] = _left_out(source, one, values, most)
            for because, (count, first) in reasons[one].items():
                merged.setdefault((one.kind, because, count, tuple(first)), []).append(name)
    result = []
    for (kind, because, count, first), names in merged.items():
        entries = _named(source, [(kind, key, None) for key in first])
        result.append(LeftOut(tuple(dict.fromkeys(names)), kind, because, count, entries))
    return result


def _left_out(
    source: Any, one: Source, values: dict[str, object], most: int
) -> dict[str, tuple[int, list[bytes]]]:
    """Return by reason how many records of a source do not count, and the first keys."""
    reason = f"CASE WHEN {one.day} IS NULL THEN 'no_day' ELSE {one.reason} END"
    found: dict[str, tuple[int, list[bytes]]] = {}
    for because, key in source.execute(
        f"SELECT {reason} AS because, x.id FROM {one.table} AS x WHERE x.deleted IS NOT 1"
        f" AND ({one.only}) AND (({one.in_year}) OR ({one.day} IS NULL AND ({one.undated})))"
        " AND because IS NOT NULL ORDER BY x.id",
        values | {"undated": 1},
    ):
        count, first = found.get(because, (0, []))
        if count < most:
            first.append(key)
        found[because] = (count + 1, first)
    return found
