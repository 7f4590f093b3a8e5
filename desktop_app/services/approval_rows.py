"""Approvals as lists and timelines show them: light rows, projects with how far they are."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.driver import Source, plain
from desktop_app.db.models import Approval, ApprovalService, Lead, Member
from desktop_app.db.search_keys import fold
from desktop_app.domain import approval_rules as rules
from desktop_app.domain.approval_rules import Term
from desktop_app.domain.words import STAGES, Stage
from desktop_app.domain.words_after import ApprovalKind, ApprovalState
from desktop_app.i18n import LANGUAGES, word
from desktop_app.services.lookup import columns_of, require
from desktop_app.services.titles import record_title

_SIGNED = [stage.value for stage in STAGES[STAGES.index(Stage.SIGNED) :]]
_ENDED = ", ".join(f"'{state.value}'" for state in rules.ENDED)
_OPEN = f"coalesce(a.state, 'to_do') NOT IN ({_ENDED})"
#: What is read: everything, what still waits, what has ended.
PARTS = {"all": "1", "open": _OPEN, "ended": f"NOT {_OPEN}"}
_ROWS = """
SELECT a.id, a.lead_id, a.title, a.template, a.kind, a.department, a.state, a.promised_days,
  a.planned_on, a.applied_on, a.due_on, a.done_on, a.owner_id, a.position, m.name,
  l.title, coalesce(c.name_zh, c.name), k.key, kc.key, ka.key
FROM approval AS a
  LEFT JOIN lead AS l ON l.id = a.lead_id
  LEFT JOIN company AS c ON c.id = l.company_id
  LEFT JOIN member AS m ON m.id = a.owner_id
  LEFT JOIN search_key AS k ON k.row = a.lead_id
  LEFT JOIN search_key AS kc ON kc.row = l.company_id
  LEFT JOIN search_key AS ka ON ka.row = a.id
WHERE a.deleted IS NOT 1 AND l.deleted IS NOT 1 AND """


class ApprovalRow(NamedTuple):
    """One approval as lists show it; ``project`` is how its project is called."""

    id: str
    lead_id: str
    project: str
    company: str
    title: str
    template: str
    kind: str
    department: str
    state: str
    promised_days: int | None
    planned_on: dt.date | None
    applied_on: dt.date | None
    due_on: dt.date | None
    done_on: dt.date | None
    owner_id: str
    owner: str
    position: int
    key: str

    @property
    def is_open(self) -> bool:
        """Say whether something is still waited for."""
        return self.state not in rules.ENDED

    @property
    def expected_on(self) -> dt.date | None:
        """Return the day by which something should happen: the term's end, else the plan."""
        return self.due_on if self.applied_on is not None else self.due_on or self.planned_on

    def term(self, today: dt.date) -> Term:
        """Return how it stands against its promised term on a day."""
        return rules.term_of(
            self.applied_on, self.promised_days, self.due_on, self.done_on, self.state, today
        )

    def is_late(self, today: dt.date) -> bool:
        """Say whether its term was over before it was done."""
        if self.due_on is None:
            return False
        return self.due_on < (self.done_on or today) and (self.is_open or self.done_on is not None)


class ProjectRow(NamedTuple):
    """A project with how far its approvals are."""

    id: str
    project: str
    company: str
    stage: str
    done: int
    total: int
    late: int
    next_on: dt.date | None
    key: str


def approval_rows(
    source: Source,
    part: str = "all",
    lead_id: str | None = None,
    ids: Iterable[str] | None = None,
) -> list[ApprovalRow]:
    """Return living approvals: by project, in the order of its checklist.

    Args:
        source: to read by.
        part: ``all``, ``open``, or ``ended``.
        lead_id: only those of a project.
        ids: only these.
    """
    asked: list[Any] = []
    where = PARTS[part]
    if lead_id is not None:
        where, asked = f"{where} AND a.lead_id = ?", [_blob(lead_id)]
    if ids is not None:
        asked += [_blob(one) for one in ids]
        where += f" AND a.id IN ({', '.join('?' * (len(asked) - (lead_id is not None)))})"
    found = plain(source).execute(_ROWS + where, asked)
    titles: dict[tuple[str | None, ...], tuple[str, str]] = {}
    rows = [_row(r, titles) for r in found]
    rows.sort(key=lambda r: (r.project, r.lead_id, r.position, r.id))
    return rows


def _blob(record_id: str) -> bytes:
    return bytes.fromhex(record_id)


def _row(r: tuple[Any, ...], titles: dict[tuple[str | None, ...], tuple[str, str]]) -> ApprovalRow:
    """Return a row as read; the few different titles are worded only once."""
    template = r[3] or ""
    known = titles.get(r[2:6])
    if known is None:
        title = title_of(r[2], template, r[4])
        known = titles[r[2:6]] = (title, f"{fold(title)}\n{fold(r[5] or '')}")
    title, title_key = known
    applied, due = _day(r[9]), _day(r[10])
    return ApprovalRow(
        r[0].hex(), r[1].hex() if r[1] else "", r[15] or r[16] or "", r[16] or "", title, template,
        r[4] or "", r[5] or "", r[6] or ApprovalState.TO_DO.value, r[7], _day(r[8]), applied,
        due or rules.due_on(applied, r[7]), _day(r[11]), r[12].hex() if r[12] else "", r[14] or "",
        r[13] if r[13] is not None else 10_000,
        f"{title_key}\n{r[19] or ''}\n{r[17] or ''}\n{r[18] or ''}",
    )  # fmt: skip


def title_of(title: str | None, template: str | None, kind: str | None) -> str:
    """Return what an approval is called: a line of the checklist in the language in use."""
    if template and (not title or title in _words_of(template)):
        return word("approval_template", template)
    return title or word("approval_kind", kind)


@cache
def _words_of(template: str) -> tuple[str, ...]:
    return tuple(word("approval_template", template, lang) for lang in LANGUAGES)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def project_rows(source: Source, today: dt.date) -> list[ProjectRow]:
    """Return the signed projects and those with approvals: the late first, then what is next."""
    marks = ", ".join("?" * len(_SIGNED))
    found = plain(source).execute(
        f"""
        SELECT l.id, l.title, coalesce(c.name_zh, c.name), l.stage, coalesce(x.done, 0),
          coalesce(x.n, 0), coalesce(x.late, 0), x.next, k.key, kc.key
        FROM lead AS l
          LEFT JOIN company AS c ON c.id = l.company_id
          LEFT JOIN search_key AS k ON k.row = l.id
          LEFT JOIN search_key AS kc ON kc.row = l.company_id
          LEFT JOIN (
            SELECT a.lead_id, sum(coalesce(a.state, '') IS NOT 'not_needed') AS n,
              sum(a.state IS 'done') AS done, sum({_OPEN} AND a.due_on < ?) AS late,
              min(CASE WHEN {_OPEN} AND coalesce(a.due_on, a.planned_on) >= ?
                THEN coalesce(a.due_on, a.planned_on) END) AS next
            FROM approval AS a WHERE a.deleted IS NOT 1 GROUP BY a.lead_id
          ) AS x ON x.lead_id = l.id
        WHERE l.deleted IS NOT 1 AND (l.stage IN ({marks}) OR x.lead_id IS NOT NULL)""",
        [today.isoformat(), today.isoformat(), *_SIGNED],
    )
    rows = [
        ProjectRow(r[0].hex(), r[1] or r[2] or "", r[2] or "", r[3] or "", r[4], r[5], r[6],
                   _day(r[7]), f"{r[8] or ''}\n{r[9] or ''}")
        for r in found
    ]  # fmt: skip
    last = dt.date.max
    rows.sort(key=lambda r: (-r.late, r.next_on or last, r.total == 0, r.project, r.id))
    return rows


def approval_detail(session: Session, approval_id: str) -> dict[str, Any]:
    """Return an approval's columns, what it points to by name, and its services.

    ``services`` are the living ones, the latest first; ``before_signing`` names the columns of
    its days that lie before the day its project was signed; ``missing`` those without which a
    figure of permits or acceptances does not count it.
    """
    record = columns_of(require(session, Approval, approval_id))
    lead = session.get(Lead, record["lead_id"]) if record["lead_id"] else None
    owner = session.get(Member, record["owner_id"]) if record["owner_id"] else None
    signed_on = lead.signed_on if lead is not None else None
    record["lead_id_name"] = record_title(session, "lead", record["lead_id"] or "")
    record["owner_id_name"] = (owner.name or "") if owner is not None else ""
    record["signed_on"] = signed_on
    record["before_signing"] = before_signing(record, signed_on)
    record["missing"] = missing(record)
    found = session.execute(
        select(ApprovalService, Member.name)
        .outerjoin(Member, Member.id == ApprovalService.member_id)
        .where(ApprovalService.approval_id == approval_id, ApprovalService.deleted.isnot(True))
        .order_by(ApprovalService.served_on.desc(), ApprovalService.id)
    )
    record["services"] = [
        columns_of(service) | {"member_id_name": name or ""} for service, name in found
    ]
    return record


def before_signing(record: Mapping[str, Any], signed_on: dt.date | None) -> list[str]:
    """Return the columns of an approval's days that lie before the signing."""
    if signed_on is None:
        return []
    days = ("applied_on", "done_on")
    return [name for name in days if record.get(name) and record[name] < signed_on]


def missing(record: Mapping[str, Any]) -> list[str]:
    """Return the columns that a permit or an acceptance done needs to count in every figure."""
    if record.get("state") != ApprovalState.DONE:
        return []
    needed: tuple[str, ...] = ()
    if record.get("kind") == ApprovalKind.CONSTRUCTION_PERMIT:
        needed = ("area_m2", "cost_minor")
    elif record.get("kind") == ApprovalKind.JOINT_ACCEPTANCE:
        needed = ("buildings", "area_m2")
    found = [name for name in needed if (record.get(name) or 0) <= 0]
    if "cost_minor" in needed and "cost_minor" not in found and not record.get("currency"):
        found.append("cost_minor")
    return [*found, *([] if record.get("done_on") else ["done_on"])] if needed else []


def departments(source: Source) -> list[str]:
    """Return the departments that approvals name, the most frequent first."""
    return [
        name
        for (name,) in plain(source).execute(
            "SELECT department FROM approval WHERE deleted IS NOT 1 AND department IS NOT NULL"
            " GROUP BY department ORDER BY count(*) DESC, department LIMIT 60"
        )
    ]
