"""Cases and dispatch meetings as lists and panes show them: light rows, read at once."""

import datetime as dt
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from desktop_app.db.driver import Source, plain
from desktop_app.db.models import Case, DispatchMeeting
from desktop_app.domain.case_rules import (
    CaseLight,
    LightLimits,
    is_open,
    is_solved,
    light_of,
    planned_percent,
)
from desktop_app.domain.words_after import Light
from desktop_app.services.cases import categories, light_limits
from desktop_app.services.lookup import columns_of, require
from desktop_app.services.titles import record_title

_CASES = """
SELECT x.id, coalesce(x.title, ''), x.lead_id, coalesce(lead.title, ''),
  coalesce(nullif(company.name, ''), company.name_zh, ''), coalesce(x.category, ''),
  coalesce(x.lead_department, ''), x.owner_id, coalesce(member.name, ''), x.due_on,
  coalesce(x.state, 'collected'), x.progress_percent, x.planned_percent,
  coalesce(x.supervision, ''), x.raised_on, x.assigned_on, x.confirmed_on,
  coalesce(own.key, '') || char(10) || coalesce(project.key, '') || char(10)
    || coalesce(firm.key, '')
FROM "case" AS x
LEFT JOIN lead ON lead.id = x.lead_id
LEFT JOIN company ON company.id = lead.company_id
LEFT JOIN member ON member.id = x.owner_id
LEFT JOIN search_key AS own ON own.row = x.id
LEFT JOIN search_key AS project ON project.row = x.lead_id
LEFT JOIN search_key AS firm ON firm.row = lead.company_id
WHERE x.deleted IS NOT 1
ORDER BY x.due_on IS NULL, x.due_on, x.id"""
_MEETINGS = """
SELECT x.id, coalesce(x.title, ''), x.held_on, coalesce(x.status, 'planned'),
  coalesce(x.place, ''), coalesce(x.chair, ''), coalesce(x.departments, ''),
  count(item.id), count(nullif(item.decision, '')), coalesce(search_key.key, '')
FROM dispatch_meeting AS x
LEFT JOIN dispatch_item AS item
  ON item.dispatch_meeting_id = x.id AND item.deleted IS NOT 1
LEFT JOIN search_key ON search_key.row = x.id
WHERE x.deleted IS NOT 1
GROUP BY x.id
ORDER BY x.held_on IS NOT NULL, x.held_on DESC, x.id"""
_AGENDA = """
SELECT item.id, item.case_id, item.position, item.decision, item.lead_department, item.due_on,
  x.title, x.lead_id, lead.title, coalesce(nullif(company.name, ''), company.name_zh),
  company.name_zh, x.category, x.state, x.due_on AS case_due_on,
  x.lead_department AS case_department, x.progress_percent, x.planned_percent, x.assigned_on,
  x.raised_on, x.details, x.confirmed_on, x.deleted
FROM dispatch_item AS item
LEFT JOIN "case" AS x ON x.id = item.case_id
LEFT JOIN lead ON lead.id = x.lead_id
LEFT JOIN company ON company.id = lead.company_id
WHERE item.dispatch_meeting_id = ?1 AND item.deleted IS NOT 1
ORDER BY item.position IS NULL, item.position, item.id"""
_AGENDA_NAMES = (
    "id", "case_id", "position", "decision", "lead_department", "due_on", "title", "lead_id",
    "lead", "company", "company_zh", "category", "state", "case_due_on", "case_department",
    "progress_percent", "planned_percent", "assigned_on", "raised_on", "details", "confirmed_on",
    "case_deleted",
)  # fmt: skip
_DISPATCHED = """
SELECT meeting.id, item.id, coalesce(meeting.title, ''), meeting.held_on, item.decision
FROM dispatch_item AS item
JOIN dispatch_meeting AS meeting ON meeting.id = item.dispatch_meeting_id
WHERE item.case_id = ?1 AND item.deleted IS NOT 1 AND meeting.deleted IS NOT 1
ORDER BY meeting.held_on DESC, meeting.id"""
# A day is in a list many times over: read once.
_day = cache(dt.date.fromisoformat)
_is_open = cache(is_open)


# What a settled case shows: nothing is late any more.
_ON_PLAN = CaseLight(Light.GREEN, 0, 0)


class CaseRow(NamedTuple):
    """One case as lists show it; ``light`` is its colour with what it comes from."""

    id: str
    title: str
    lead_id: str | None
    lead: str
    company: str
    category: str
    department: str
    owner_id: str | None
    owner: str
    due_on: dt.date | None
    state: str
    progress: int | None
    supervision: str
    raised_on: dt.date | None
    open: bool
    solved: bool
    light: CaseLight
    late: bool
    key: str


class DispatchRow(NamedTuple):
    """One dispatch meeting as lists show it: with how many cases, of how many it decided."""

    id: str
    title: str
    held_on: dt.date | None
    status: str
    place: str
    chair: str
    departments: str
    cases: int
    decided: int
    key: str


class Dispatched(NamedTuple):
    """That a case was on a dispatch meeting's agenda, and what was decided of it."""

    meeting_id: str
    item_id: str
    title: str
    held_on: dt.date | None
    decision: str


class CaseDetail(NamedTuple):
    """A case by column, with the names of what it names, its light and its dispatch meetings."""

    fields: dict[str, Any]
    light: CaseLight
    planned: int | None
    solved: bool
    categories: list[str]
    dispatched: list[Dispatched]


class AgendaItem(NamedTuple):
    """One case on an agenda: the item by column with the case's own, and its light."""

    fields: Mapping[str, Any]
    light: CaseLight


class DispatchDetail(NamedTuple):
    """A dispatch meeting by column, and its agenda in order."""

    fields: dict[str, Any]
    items: list[AgendaItem]


def case_rows(source: Source, today: dt.date | None = None) -> list[CaseRow]:
    """Return the living cases, the nearest deadline first."""
    today, limits = today or dt.date.today(), light_limits(source)
    return [_case_row(r, today, limits) for r in plain(source).execute(_CASES)]


def _case_row(r: Any, today: dt.date, limits: LightLimits) -> CaseRow:
    (
        case_id, title, lead_id, lead, company, category, department, owner_id, owner, due, state,
        progress, planned, supervision, raised, assigned, confirmed, key,
    ) = r  # fmt: skip
    due_on, raised_on = due and _day(due), raised and _day(raised)
    open_ = _is_open(state)
    light = _ON_PLAN
    if open_:
        start = assigned or raised
        light = _light(due_on, start and _day(start), progress, planned, today, limits)
    return CaseRow(
        case_id.hex(), title, lead_id and lead_id.hex(), lead, company, category, department,
        owner_id and owner_id.hex(), owner, due_on, state, progress, supervision, raised_on,
        open_, not open_ and is_solved(state, confirmed and _day(confirmed)), light,
        open_ and due_on is not None and due_on < today, key,
    )  # fmt: skip


@lru_cache(maxsize=20_000)
def _light(
    due_on: dt.date | None,
    start: dt.date | None,
    progress: int | None,
    planned: int | None,
    today: dt.date,
    limits: LightLimits,
) -> CaseLight:
    """Return the light of an open case: many have the same days and progress."""
    fields = {"due_on": due_on, "assigned_on": start, "progress_percent": progress}
    return light_of(fields | {"planned_percent": planned}, today, limits)


def case_detail(session: Session, case_id: str, today: dt.date | None = None) -> CaseDetail:
    """Return a case as its pane shows it."""
    today = today or dt.date.today()
    found = columns_of(require(session, Case, case_id))
    fields = found | {
        f"{column}_name": record_title(session, table, found[column] or "")
        for column, table in (("lead_id", "lead"), ("meeting_id", "meeting"))
    }
    planned = planned_percent(
        found["assigned_on"] or found["raised_on"], found["due_on"], today, found["planned_percent"]
    )
    rows = plain(session).execute(_DISPATCHED, (bytes.fromhex(case_id),))
    return CaseDetail(
        fields,
        light_of(found, today, light_limits(session)),
        planned,
        is_solved(found["state"], found["confirmed_on"]),
        categories(session),
        [
            Dispatched(m.hex(), i.hex(), title, held and _day(held), decision or "")
            for m, i, title, held, decision in rows
        ],
    )


def dispatch_rows(source: Source) -> list[DispatchRow]:
    """Return the living dispatch meetings: those without a day first, then the latest."""
    return [
        DispatchRow(key.hex(), title, held and _day(held), *rest)
        for key, title, held, *rest in plain(source).execute(_MEETINGS)
    ]


def dispatch_detail(
    session: Session, meeting_id: str, today: dt.date | None = None
) -> DispatchDetail:
    """Return a dispatch meeting with its agenda in order."""
    fields = columns_of(require(session, DispatchMeeting, meeting_id))
    return DispatchDetail(fields, agenda_of(session, meeting_id, today))


def agenda_of(source: Source, meeting_id: str, today: dt.date | None = None) -> list[AgendaItem]:
    """Return the agenda of a dispatch meeting in order, each case with its light on a day."""
    today, limits = today or dt.date.today(), light_limits(source)
    items = []
    for row in plain(source).execute(_AGENDA, (bytes.fromhex(meeting_id),)):
        fields = {n: _value(n, v) for n, v in zip(_AGENDA_NAMES, row, strict=True)}
        light = light_of(fields | {"due_on": fields["case_due_on"]}, today, limits)
        items.append(AgendaItem(fields, light))
    return items


def _value(name: str, value: Any) -> Any:
    """Return a value of the plain driver as the models have it."""
    if isinstance(value, bytes):
        return value.hex()
    return _day(value) if name.endswith("_on") and value else value


def categories_in_use(source: Source) -> dict[str, int]:
    """Return how many living cases each category has."""
    rows = plain(source).execute(
        'SELECT category, count(*) FROM "case" WHERE deleted IS NOT 1 AND category IS NOT NULL '
        "GROUP BY category"
    )
    return dict(rows)


def place_of(session: Session, record_id: str) -> tuple[str, str]:
    """Return as what the view shows an id (``cases`` or ``dispatch-meetings``), and which.

    A point of an agenda is shown with its meeting.
    """
    key = bytes.fromhex(record_id)
    found = (
        plain(session)
        .execute("SELECT dispatch_meeting_id FROM dispatch_item WHERE id = ?1", (key,))
        .fetchone()
    )
    if found is not None:
        return "dispatch-meetings", found[0].hex() if found[0] else ""
    met = plain(session).execute("SELECT 1 FROM dispatch_meeting WHERE id = ?1", (key,)).fetchone()
    return ("dispatch-meetings" if met else "cases"), record_id
