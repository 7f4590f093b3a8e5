"""What of approvals and cases stands among the follow-ups: the late ones, and what is next."""

import datetime as dt
from typing import Any, NamedTuple

from desktop_app.db.driver import Source, plain
from desktop_app.domain.words import FollowUpStatus
from desktop_app.domain.words_after import CaseState
from desktop_app.i18n import word
from desktop_app.services.approval_rows import PARTS, title_of
from desktop_app.services.follow_ups import FollowUpRow, group_of

#: What is due within so many days is next.
NEAR = dt.timedelta(days=14)
#: No more of a kind than this: the view of the kind lists them all.
MOST = 200
_SETTLED = ", ".join(
    f"'{state.value}'"
    for state in (CaseState.DONE, CaseState.CONFIRMED, CaseState.CLOSED, CaseState.RETURNED)
)
# The few that are shown are sought first; only these are named.
_SOUGHT = """
SELECT x.id, x.day, x.title, x.template, x.code, m.name, x.owner_id, x.lead_id, l.title,
  l.company_id, coalesce(c.name_zh, c.name), ka.key, k.key, kc.key, x.total
FROM (
  SELECT a.id, {day} AS day, a.title, {columns}, a.owner_id, a.lead_id, count(*) OVER () AS total
  FROM {table} AS a LEFT JOIN lead AS p ON p.id = a.lead_id
  WHERE a.deleted IS NOT 1 AND p.deleted IS NOT 1 AND {open} AND {day} <= ?
  ORDER BY 2, 1 LIMIT {most}
) AS x
  LEFT JOIN lead AS l ON l.id = x.lead_id
  LEFT JOIN company AS c ON c.id = l.company_id
  LEFT JOIN member AS m ON m.id = x.owner_id
  LEFT JOIN search_key AS k ON k.row = x.lead_id
  LEFT JOIN search_key AS kc ON kc.row = l.company_id
  LEFT JOIN search_key AS ka ON ka.row = x.id"""
_APPROVALS = _SOUGHT.format(
    table="approval",
    columns="a.template, a.kind AS code",
    # One not applied for yet is waited for from the day it was planned for.
    day="CASE WHEN a.applied_on IS NULL THEN coalesce(a.due_on, a.planned_on) ELSE a.due_on END",
    open=PARTS["open"],
    most=MOST,
)
_CASES = _SOUGHT.format(
    table='"case"',
    columns="NULL AS template, a.category AS code",
    day="a.due_on",
    open=f"coalesce(a.state, '') NOT IN ({_SETTLED})",
    most=MOST,
)


class DueRows(NamedTuple):
    """The rows, and how many there are in all."""

    rows: list[FollowUpRow]
    total: int


def due_rows(source: Source, today: dt.date) -> DueRows:
    """Return the approvals and cases late or due within two weeks, as follow-ups are shown."""
    until, rows, total = (today + NEAR).isoformat(), [], 0
    for kind, query in (("approvals", _APPROVALS), ("cases", _CASES)):
        found = plain(source).execute(query, [until]).fetchall()
        rows += [_row(kind, one, today) for one in found]
        total += found[0][-1] if found else 0
    return DueRows(rows, total)


def _row(kind: str, r: tuple[Any, ...], today: dt.date) -> FollowUpRow:
    key, day, title, template, code = r[:5]
    owner, owner_id, lead_id, lead, company_id, company = r[5:11]
    if kind == "approvals":
        title = title_of(title, template, code)
    else:
        title = title or word("case_category", code)
    due = dt.date.fromisoformat(day)
    late = (today - due).days if due < today else 0
    return FollowUpRow(
        key.hex(), title, FollowUpStatus.OPEN.value, None, due, None, None,
        owner_id.hex() if owner_id else None, owner or "", lead_id.hex() if lead_id else None,
        lead or "", company_id.hex() if company_id else None, lead or company or "", "", None, None,
        "", "", group_of(None, due, None, today), late,
        "\n".join([title.casefold(), *(part or "" for part in r[11:14])]), kind,
    )  # fmt: skip
