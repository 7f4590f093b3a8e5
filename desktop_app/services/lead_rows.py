"""Leads as lists show them: one query of plain columns, fast for a hundred thousand."""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from desktop_app.db.driver import Source, plain
from desktop_app.domain.scoring import VALUE_WEIGHTS, readiness
from desktop_app.domain.words import Stage, Status
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


_ACTIVE, _FIRST = Status.ACTIVE.value, Stage.LEAD.value
# More ids than these are not put into one query.
MANY = 5000
# Plain SQL and the plain driver: the first window reads its rows before SQLAlchemy is there.
_HELD = """
SELECT lead_id, substr(max(starts_at), 1, 10) FROM meeting
WHERE lead_id IS NOT NULL AND status = 'held' AND deleted IS NOT 1 {only} GROUP BY lead_id"""
_DONE = """
SELECT lead_id, max(done_on) FROM follow_up
WHERE lead_id IS NOT NULL AND status = 'done' AND deleted IS NOT 1 {only} GROUP BY lead_id"""
# The points are one number instead of eleven a row: reading columns is what a long list takes
# its time for.
_LEADS = """
SELECT lead.id, lead.title, lead.company_id, company.name, company.name_zh,
  company.country, company.city, lead.chain, lead.stage, lead.status, lead.source,
  lead.amount_minor, lead.currency, lead.owner_id, member.name,
  lead.first_reported_on, lead.next_on, company_key.key, lead_key.key,
  lead.time_scale, lead.decision_maker_met, lead.budget_approved, lead.veto,
  CASE WHEN coalesce({parts}) IS NOT NULL THEN {points} END
FROM lead
LEFT JOIN company ON company.id = lead.company_id
LEFT JOIN member ON member.id = lead.owner_id
LEFT JOIN search_key AS company_key ON company_key.row = lead.company_id
LEFT JOIN search_key AS lead_key ON lead_key.row = lead.id
WHERE lead.deleted IS NOT 1 {only}
ORDER BY lead.first_reported_on DESC, lead.id"""
# Few combinations of facts make a grade, and few days are in a list: asked a hundred thousand
# times, they are reckoned once.
_grade = cache(readiness)
_day = cache(dt.date.fromisoformat)


def _last_contacts(connection: Any, only: str, ids: list[bytes]) -> dict[bytes, str]:
    """Return the day of each lead's latest held meeting or done follow-up."""
    latest: dict[bytes, str] = {}
    for query in (_HELD, _DONE):
        for lead_id, text in connection.execute(query.format(only=only), ids):
            # Days are text, which sorts as it counts.
            if text is not None and text > latest.get(lead_id, ""):
                latest[lead_id] = text
    return latest


def lead_rows(
    source: Source, ids: Iterable[str] | None = None, today: dt.date | None = None
) -> list[LeadRow]:
    """Return the living leads, newest first report first; those of ``ids`` only, if given."""
    today = today or dt.date.today()
    wanted = None if ids is None else set(ids)
    if wanted is not None and len(wanted) > MANY:
        # SQLite allows so many variables and no more; reading all is quicker by then anyway.
        return [row for row in lead_rows(source, None, today) if row.id in wanted]
    connection = plain(source)
    weights: dict[str, int] = team_settings.get(source, "value_weights") or VALUE_WEIGHTS
    stale_before = today - dt.timedelta(days=int(team_settings.get(source, "stale_days")))
    keys = [bytes.fromhex(one) for one in wanted or ()]
    marks = ", ".join("?" * len(keys))
    contacts = _last_contacts(connection, f"AND lead_id IN ({marks})" if keys else "", keys)
    query = _LEADS.format(
        parts=", ".join(f"lead.value_{name}" for name in VALUE_WEIGHTS),
        points=" + ".join(
            f"coalesce(lead.value_{name}, 0) * {int(weights.get(name, 0))}"
            for name in VALUE_WEIGHTS
        ),
        only="" if wanted is None else f"AND lead.id IN ({marks})",
    )
    total = sum(weights.values()) or 1
    found = connection.execute(query, keys)
    return [_row(r, contacts.get(r[0]), today, stale_before, total) for r in found]


def _row(
    r: Any, contacted: str | None, today: dt.date, stale_before: dt.date, total: int
) -> LeadRow:
    """Return one row of the query as a list row."""
    (
        lead_id, title, company_id, name, name_zh, country, city, chain, stage, status, source,
        amount, currency, owner_id, owner, first_text, next_text, company_key, own_key, time_scale,
        decider, budget, veto, points,
    ) = r  # fmt: skip
    first = _day(first_text) if first_text else None
    next_on = _day(next_text) if next_text else None
    contact = _day(contacted) if contacted else None
    status = status or _ACTIVE
    value = 0 if veto else None if points is None else round(points / total)
    since = contact or first
    stale = status == _ACTIVE and (since is None or since < stale_before)
    late = (today - next_on).days if next_on is not None and next_on < today else 0
    return LeadRow(
        lead_id.hex(), title or "", company_id and company_id.hex(), name or "", name_zh or "",
        country or "", city or "", chain or "", stage or _FIRST, status, source or "", amount,
        currency, _grade(time_scale, decider, budget, next_on is not None), value,
        owner_id and owner_id.hex(), owner or "", first, next_on, contact, stale, late,
        f"{company_key or ''}\n{own_key or ''}",
    )  # fmt: skip
