"""Leads as lists show them: one query of plain columns, fast for a hundred thousand."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from desktop_app.db.driver import Source, plain
from desktop_app.domain.scoring import VALUE_WEIGHTS, readiness
from desktop_app.services import team_settings


class LeadRow(NamedTuple):
    """One lead as lists show it; ``key`` is its prepared search text."""

    id: str
    title: str
    company_id: str | None
    company: str
    company_zh: str
    country: str
    city: str
    chain: str
    stage: str
    status: str
    source: str
    amount_minor: int | None
    currency: str | None
    readiness: str
    value: int | None
    owner_id: str | None
    owner: str
    first_reported_on: dt.date | None
    next_on: dt.date | None
    last_contact_on: dt.date | None
    stale: bool
    overdue_days: int
    key: str


# More ids than these are not put into one query.
MANY = 5000
# Plain SQL and the plain driver: the first window reads its rows before SQLAlchemy is there.
# Whatever SQLite can do it does, since it works while Python does something else. The points are
# one number instead of eleven a row: reading columns is what a long list takes its time for.
_LEADS = """
SELECT lead.id, coalesce(lead.title, ''), lead.company_id,
  coalesce(company.name, ''), coalesce(company.name_zh, ''), coalesce(company.country, ''),
  coalesce(company.city, ''), coalesce(lead.chain, ''), coalesce(lead.stage, 'lead'),
  coalesce(lead.status, 'active'), coalesce(lead.source, ''), lead.amount_minor, lead.currency,
  lead.owner_id, coalesce(member.name, ''), lead.first_reported_on, lead.next_on,
  nullif(max(coalesce(held.day, ''), coalesce(done.day, '')), ''),
  coalesce(company_key.key, '') || char(10) || coalesce(lead_key.key, ''),
  lead.time_scale, lead.decision_maker_met, lead.budget_approved, lead.veto,
  CASE WHEN coalesce({parts}) IS NOT NULL THEN {points} END
FROM lead
LEFT JOIN company ON company.id = lead.company_id
LEFT JOIN member ON member.id = lead.owner_id
LEFT JOIN search_key AS company_key ON company_key.row = lead.company_id
LEFT JOIN search_key AS lead_key ON lead_key.row = lead.id
LEFT JOIN (
  SELECT lead_id, substr(max(starts_at), 1, 10) AS day FROM meeting
  WHERE lead_id {only} AND status = 'held' AND deleted IS NOT 1 GROUP BY lead_id
) AS held ON held.lead_id = lead.id
LEFT JOIN (
  SELECT lead_id, max(done_on) AS day FROM follow_up
  WHERE lead_id {only} AND status = 'done' AND deleted IS NOT 1 GROUP BY lead_id
) AS done ON done.lead_id = lead.id
WHERE lead.id {only} AND lead.deleted IS NOT 1
ORDER BY lead.first_reported_on DESC, lead.id"""
# Few combinations of facts make a grade, and few days are in a list: asked a hundred thousand
# times, they are reckoned once.
_grade = cache(readiness)
_day = cache(dt.date.fromisoformat)


class Query(NamedTuple):
    """A question for lead rows, ready to be put to SQLite."""

    sql: str
    keys: list[bytes]
    today: dt.date
    stale_before: dt.date
    total: int

    def rows(self, found: Iterable[Any]) -> list[LeadRow]:
        """Return what SQLite found as list rows."""
        return [_row(r, self.today, self.stale_before, self.total) for r in found]


def lead_query(source: Source, ids: Iterable[str] | None, today: dt.date) -> Query:
    """Return the question for the living leads, or those of ``ids``, by the team's settings."""
    weights: dict[str, int] = team_settings.get(source, "value_weights") or VALUE_WEIGHTS
    stale_before = today - dt.timedelta(days=int(team_settings.get(source, "stale_days")))
    keys = [] if ids is None else [bytes.fromhex(one) for one in ids]
    marks = ", ".join(f"?{number}" for number in range(1, len(keys) + 1))
    sql = _LEADS.format(
        parts=", ".join(f"lead.value_{name}" for name in VALUE_WEIGHTS),
        points=" + ".join(
            f"coalesce(lead.value_{name}, 0) * {int(weights.get(name, 0))}"
            for name in VALUE_WEIGHTS
        ),
        only="IS NOT NULL" if ids is None else f"IN ({marks})",
    )
    return Query(sql, keys, today, stale_before, sum(weights.values()) or 1)


def lead_rows(
    source: Source, ids: Iterable[str] | None = None, today: dt.date | None = None
) -> list[LeadRow]:
    """Return the living leads, newest first report first; those of ``ids`` only, if given."""
    today = today or dt.date.today()
    wanted = None if ids is None else set(ids)
    if wanted is not None and len(wanted) > MANY:
        # SQLite allows so many variables and no more; reading all is quicker by then anyway.
        return [row for row in lead_rows(source, None, today) if row.id in wanted]
    query = lead_query(source, wanted, today)
    return query.rows(plain(source).execute(query.sql, query.keys))


def merged_rows(
    before: Iterable[LeadRow], ids: Iterable[str], fresh: Iterable[LeadRow]
) -> list[LeadRow]:
    """Return rows with those of ``ids`` replaced by fresh ones, as ``lead_rows`` orders all.

    Args:
        before: the rows of all leads.
        ids: the leads concerned; those without a fresh row are gone.
        fresh: their rows as they are now.
    """
    known = {row.id: row for row in before}
    for one in ids:
        known.pop(one, None)
    known.update((row.id, row) for row in fresh)
    rows = sorted(known.values(), key=lambda row: row.id)
    rows.sort(key=lambda row: row.first_reported_on or dt.date.min, reverse=True)
    return rows


def _row(r: Any, today: dt.date, stale_before: dt.date, total: int) -> LeadRow:
    """Return one row of the query as a list row."""
    (
        lead_id, title, company_id, name, name_zh, country, city, chain, stage, status, source,
        amount, currency, owner_id, owner, first_text, next_text, contacted, key, time_scale,
        decider, budget, veto, points,
    ) = r  # fmt: skip
    first = _day(first_text) if first_text else None
    next_on = _day(next_text) if next_text else None
    contact = _day(contacted) if contacted else None
    since = contact or first
    stale = status == "active" and (since is None or since < stale_before)
    late = (today - next_on).days if next_on is not None and next_on < today else 0
    return LeadRow(
        lead_id.hex(), title, company_id and company_id.hex(), name, name_zh, country, city,
        chain, stage, status, source, amount, currency,
        _grade(time_scale, decider, budget, next_on is not None),
        0 if veto else None if points is None else round(points / total),
        owner_id and owner_id.hex(), owner, first, next_on, contact, stale, late, key,
    )  # fmt: skip
