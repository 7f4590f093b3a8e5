"""What came after a project's signing: stage days, cases, approvals, financing, capital, visits."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import (
    Approval,
    CapitalReceipt,
    Case,
    Company,
    Facility,
    Lead,
    LeadStage,
    Meeting,
)
from desktop_app.domain.approval_rules import ENDED, term_of
from desktop_app.domain.case_rules import is_open, light_of
from desktop_app.domain.errors import DeskError
from desktop_app.domain.gates import STAGE_DAYS
from desktop_app.domain.words import STAGES, MeetingKind, Stage
from desktop_app.domain.words_after import ApprovalState, Light
from desktop_app.i18n import t
from desktop_app.services import cases, year_sources
from desktop_app.services.companies import count_uses
from desktop_app.services.financing_rows import because_of, standings
from desktop_app.services.lookup import columns_of, require
from desktop_app.services.rates import converted, usd_rates

# What counts for the year only as long as its project is there, by the word it is told of.
_USES = {
    "cases": Case.lead_id,
    "approvals": Approval.lead_id,
    "facilities": Facility.lead_id,
    "receipts": CapitalReceipt.lead_id,
}


class CaseLine(NamedTuple):
    """A case of the project."""

    id: str
    title: str
    category: str
    state: str
    open: bool
    light: Light
    due_on: dt.date | None


class ApprovalLine(NamedTuple):
    """An approval of the project; ``late`` are the working days beyond its term."""

    id: str
    title: str
    template: str
    state: str
    due_on: dt.date | None
    done_on: dt.date | None
    late: int


class MoneyLine(NamedTuple):
    """A credit, loan or receipt of the project; ``because`` is why it does not count."""

    id: str
    what: str
    bank: str
    amount_minor: int | None
    currency: str
    day: dt.date | None
    because: str


@dataclass(frozen=True)
class ProjectAfter:
    """All that a project's page of what comes after signing shows.

    Attributes:
        signed: whether it stands at signing or beyond.
        stages: each stage reached, in order, with its first day.
        cases: open ones first, then by deadline.
        approvals: late ones first, then what is to be done next, then the rest.
        approvals_done: of those that are needed, how many are done.
        approvals_needed: how many are needed.
        facilities: credits and loans, the latest first.
        receipts: capital received, the latest first.
        received: foreign capital that counts, in whole US dollars.
        planned: the foreign share of the investment, in whole US dollars; None while unknown.
        visits: aftercare meetings by column, the latest first.
    """

    signed: bool
    stages: list[tuple[str, dt.date | None]]
    cases: list[CaseLine]
    approvals: list[ApprovalLine]
    approvals_done: int
    approvals_needed: int
    facilities: list[MoneyLine]
    receipts: list[MoneyLine]
    received: int
    planned: int | None
    visits: list[dict[str, Any]]

    @property
    def bare(self) -> bool:
        """Say whether nothing of it is there yet."""
        return not (self.cases or self.approvals or self.facilities or self.receipts or self.visits)


def project_after(session: Session, lead_id: str, today: dt.date | None = None) -> ProjectAfter:
    """Return what came after the signing of a project."""
    lead = require(session, Lead, lead_id)
    today = today or dt.date.today()
    order = [stage.value for stage in STAGES]
    reached = order.index(lead.stage) if lead.stage in order else 0
    lines = _approvals(session, lead_id, today)
    needed = [line for line in lines if line.state != ApprovalState.NOT_NEEDED]
    receipts, received = _receipts(session, lead_id)
    return ProjectAfter(
        signed=reached >= order.index(Stage.SIGNED.value),
        stages=_stages(session, lead, order[: reached + 1]),
        cases=_cases(session, lead_id, today),
        approvals=lines,
        approvals_done=sum(line.state == ApprovalState.DONE for line in needed),
        approvals_needed=len(needed),
        facilities=_facilities(session, lead_id),
        receipts=receipts,
        received=received,
        planned=_planned(session, lead),
        visits=visits(session, lead_id),
    )


def set_stage_day(session: Session, lead_id: str, stage: str, day: dt.date | None) -> None:
    """Set the day on which a project first reached a stage, wherever that day is kept.

    A stage that it stands beyond without a record of it gets one.

    Raises:
        DeskError: ``first_report_kept`` when the day of the first hint would be overwritten.
    """
    lead = require(session, Lead, lead_id)
    rows = session.scalars(_of(LeadStage, lead_id).where(LeadStage.stage == stage)).all()
    first = min(rows, key=lambda row: row.reached_on or dt.date.max, default=None)
    if stage == Stage.LEAD and first is not None and first.reached_on is not None:
        raise DeskError("first_report_kept")
    for row in rows:
        # Another record of an earlier day was the same mistake: the first day is what is set.
        if row is first or (day and row.reached_on and row.reached_on < day):
            row.reached_on = day
    if first is None and day is not None:
        session.add(LeadStage(lead_id=lead_id, stage=stage, reached_on=day))
    column = STAGE_DAYS.get(Stage(stage))
    if column is not None:
        setattr(lead, column, day)
    session.flush()


def uses_of_leads(session: Session, lead_ids: Sequence[str]) -> dict[str, int]:
    """Return how many records of what comes after signing hang on projects, where there are any."""
    return count_uses(session, lead_ids, _USES)


def uses_of_leads_text(uses: Mapping[str, int]) -> str:
    """Return what hangs on a project in words: ``2 件交办单、14 项审批``."""
    return t("common.list_separator").join(t(f"after.use.{k}", None, n=n) for k, n in uses.items())


def _of(model: Any, lead_id: str) -> Any:
    return select(model).where(model.lead_id == lead_id, model.deleted.isnot(True))


def _stages(session: Session, lead: Lead, order: list[str]) -> list[tuple[str, dt.date | None]]:
    """Return the stages up to the project's own, each with the first day that any record tells."""
    days: dict[str, list[dt.date]] = {stage: [] for stage in order}
    for row in session.scalars(_of(LeadStage, lead.id)):
        if row.stage in days and row.reached_on is not None:
            days[row.stage].append(row.reached_on)
    for stage, column in STAGE_DAYS.items():
        own = getattr(lead, column)
        if stage.value in days and own is not None:
            days[stage.value].append(own)
    return [(stage, min(found, default=None)) for stage, found in days.items()]


def _cases(session: Session, lead_id: str, today: dt.date) -> list[CaseLine]:
    limits = cases.light_limits(session)
    lines = [
        CaseLine(
            one.id,
            one.title or "",
            one.category or "",
            one.state or "",
            is_open(one.state),
            light_of(columns_of(one), today, limits).light,
            one.due_on,
        )
        for one in session.scalars(_of(Case, lead_id))
    ]
    lines.sort(key=lambda line: (not line.open, line.due_on or dt.date.max, line.id))
    return lines


def _approvals(session: Session, lead_id: str, today: dt.date) -> list[ApprovalLine]:
    found = session.scalars(_of(Approval, lead_id)).all()
    ranked = []
    for one in found:
        days = (one.applied_on, one.promised_days, one.due_on, one.done_on, one.state, today)
        late = term_of(*days).late
        ended = one.state in ENDED
        late = 0 if ended else late
        next_on = one.due_on or one.planned_on or dt.date.max
        # What is over stands by the day it ended, the latest first.
        next_on = dt.date.max - (one.done_on - dt.date.min) if ended and one.done_on else next_on
        line = ApprovalLine(
            one.id,
            one.title or "",
            one.template or "",
            one.state or ApprovalState.TO_DO.value,
            one.due_on or one.planned_on,
            one.done_on,
            late,
        )
        ranked.append(((ended, -late, next_on, one.position or 0, one.id), line))
    return [line for _rank, line in sorted(ranked, key=lambda pair: pair[0])]


def _facilities(session: Session, lead_id: str) -> list[MoneyLine]:
    query = _of(Facility, lead_id).add_columns(Company.name, Company.name_zh)
    lines = [
        MoneyLine(
            one.id,
            one.product or "",
            name or name_zh or "",
            one.granted_minor if one.drawn_minor is None else one.drawn_minor,
            one.currency or "",
            one.drawn_on or one.granted_on,
            because_of(session, one.id),
        )
        for one, name, name_zh in session.execute(
            query.outerjoin(Company, Company.id == Facility.bank_id)
        )
    ]
    return _latest(lines)


def _receipts(session: Session, lead_id: str) -> tuple[list[MoneyLine], int]:
    """Return the ledger of the project, and what counts of it as foreign, in US dollars."""
    lines, sums = [], dict[str, int]()
    for one in session.scalars(_of(CapitalReceipt, lead_id)):
        because = standings(session, year_sources.RECEIPTS, one.id)[one.id].because
        amount, currency = one.amount_minor, one.currency or ""
        line = MoneyLine(one.id, one.kind or "", "", amount, currency, one.received_on, because)
        lines.append(line)
        if not because:
            sums[currency] = sums.get(currency, 0) + (amount or 0)
    return _latest(lines), converted(sums, "USD", usd_rates(session))


def _latest(lines: list[MoneyLine]) -> list[MoneyLine]:
    return sorted(lines, key=lambda line: (line.day or dt.date.max, line.id), reverse=True)


def _planned(session: Session, lead: Lead) -> int | None:
    """Return the foreign share of what is invested, of an increase only of what is added."""
    rates = usd_rates(session)
    known = lead.currency in rates and rates[lead.currency or ""] > 0
    if lead.amount_minor is None or not known or not lead.foreign_share_percent:
        return None
    added = lead.amount_minor - (lead.previous_amount_minor or 0)
    return converted({lead.currency or "": added * lead.foreign_share_percent // 100}, "USD", rates)


def visits(session: Session, lead_id: str) -> list[dict[str, Any]]:
    """Return the aftercare meetings of a project by column, the latest first."""
    query = _of(Meeting, lead_id).where(Meeting.kind == MeetingKind.AFTERCARE.value)
    found = session.scalars(query.order_by(Meeting.starts_at.desc(), Meeting.id))
    return [columns_of(one) for one in found]
