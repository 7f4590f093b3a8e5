"""The parts and trends of a year recounted slowly from the records, in plain loops."""

import datetime as dt
import math
from collections import defaultdict
from fractions import Fraction
from typing import Any, NamedTuple

from sqlalchemy import select

from desktop_app.db.models import (
    Approval,
    ApprovalService,
    CapitalReceipt,
    Case,
    Company,
    DispatchMeeting,
    Event,
    Facility,
    FollowUp,
    Lead,
    LeadStage,
    Meeting,
    SquadMember,
)
from desktop_app.domain.formats import zone_of
from desktop_app.domain.words import STAGES
from tests.services.plain_recount import SERVICES, Recount, share

RANKS = {stage.value: rank for rank, stage in enumerate(STAGES)}
OWN_DAYS = {"lead": "first_reported_on", "signed": "signed_on", "started": "started_on",
            "completed": "completed_on", "producing": "producing_on",
            "full_capacity": "full_capacity_on"}  # fmt: skip


class Item(NamedTuple):
    """A record that counts, what it adds, in which currency, for which company."""

    record: Any
    day: dt.date
    amount: int | None = None
    currency: str | None = None
    company: str | None = None


class Parts(Recount):
    """What a plain loop finds in each part."""

    def items(self, metric: str) -> list[Item]:
        """Every record counted for a figure."""
        if metric in ("signed_projects", "chain_fit_percent"):
            found = [Item(one, self.first_signing(one)) for one in self.signed()]
            if metric == "signed_projects":
                return found
            return [i for i in found if i.record.chain and i.record.chain != "outside"]
        if metric == "visits_and_events":
            return self.visit_items()
        if metric == "dispatch_meetings":
            return [Item(m, m.held_on) for m in self.living(DispatchMeeting)
                    if m.status == "held" and self.has(m.held_on)]  # fmt: skip
        if metric in ("cases_raised", "cases_solved_percent"):
            cases = [Item(c, c.raised_on) for c in self.of_projects(Case) if self.has(c.raised_on)]
            return [
                i for i in cases
                if metric == "cases_raised"
                or (i.record.confirmed_on and i.record.state in ("confirmed", "closed"))
            ]  # fmt: skip
        if metric == "foreign_capital_received":
            return [
                Item(r, r.received_on, r.amount_minor, r.currency)
                for r in self.of_projects(CapitalReceipt)
                if self.has(r.received_on) and r.kind != "domestic"
                and r.amount_minor is not None and r.currency in self.rates
            ]  # fmt: skip
        if metric in SERVICES:
            leads = {a.id: a.lead_id for a in self.session.scalars(select(Approval))}
            return [
                Item(s, s.served_on) for s in self.living(ApprovalService)
                if s.kind == SERVICES[metric] and self.has(s.served_on)
                and not self.gone(s.lead_id or leads.get(s.approval_id))
            ]  # fmt: skip
        if metric in ("companies_with_credit", "companies_with_park_guarantee", "credit_granted",
                      "park_guarantee_loans", "loans_drawn"):  # fmt: skip
            return self.facility_items(metric)
        return self.approval_items(metric)

    def first_signing(self, lead: Lead) -> dt.date:
        days = [s.reached_on for s in self.living(LeadStage)
                if s.lead_id == lead.id and s.stage == "signed"]  # fmt: skip
        first: dt.date = min(day for day in (*days, lead.signed_on) if day)
        return first

    def visit_items(self) -> list[Item]:
        found = []
        for one in self.living(Meeting):
            if one.status == "held" and one.kind != "call" and one.starts_at is not None:
                day = one.starts_at.astimezone(zone_of(one.zone)).date()
                if self.has(day):
                    found.append(Item(one, day))
        events = [e for e in self.living(Event)
                  if self.has(e.starts_on) and e.kind != "matchmaking"]  # fmt: skip
        return found + [Item(e, e.starts_on) for e in events]

    def facility_items(self, metric: str) -> list[Item]:
        park = "park" in metric
        companies = metric.startswith("companies")
        split = {f.credit_id for f in self.living(Facility) if f.product == "loan"}
        found = []
        for f in self.of_projects(Facility):
            if metric == "loans_drawn":
                known = f.product == "loan" or (f.product == "credit" and f.id not in split)
                day, amount = f.drawn_on or f.granted_on, f.drawn_minor
            elif park:
                known, day = f.product == "park_guarantee", f.drawn_on or f.granted_on
                amount = f.granted_minor if f.drawn_minor is None else f.drawn_minor
            else:
                known, day, amount = f.product == "credit", f.granted_on, f.granted_minor
            if not known or not self.has(day):
                continue
            if companies and (amount or 0) > 0 and self.company(f):
                found.append(Item(f, day, None, None, self.company(f)))
            if not companies and amount is not None and f.currency in self.rates:
                found.append(Item(f, day, amount, f.currency))
        return found

    def approval_items(self, metric: str) -> list[Item]:
        done = [a for a in self.of_projects(Approval) if a.state == "done" and self.has(a.done_on)]
        if metric == "approvals_done":
            return [Item(a, a.done_on) for a in done]
        permit = metric in ("construction_permits", "permitted_area_m2", "permitted_cost")
        kind = "construction_permit" if permit else "joint_acceptance"
        done = [a for a in done if a.kind == kind]
        if metric == "construction_permits":
            return [Item(a, a.done_on) for a in done]
        if metric == "permitted_cost":
            return [Item(a, a.done_on, a.cost_minor, a.currency) for a in done
                    if a.cost_minor is not None and a.currency in self.rates]  # fmt: skip
        column = "buildings" if metric == "accepted_buildings" else "area_m2"
        return [Item(a, a.done_on, getattr(a, column)) for a in done
                if (getattr(a, column) or 0) > 0]  # fmt: skip

    def code(self, item: Item, by: str) -> str:
        """The part in which a record lies."""
        one = item.record
        if by == "month":
            return f"{item.day.month:02}"
        if by in ("kind", "category", "product"):
            return str(getattr(one, by) or "")
        if by == "department":
            text = one.lead_department if isinstance(one, Case) else one.department
            return (text or "").strip(" ")
        if by == "bank":
            return one.bank_id or ""
        lead = self.lead_of(one)
        company_id = getattr(one, "company_id", None)
        if company_id is None and lead is not None:
            company_id = lead.company_id
        company = self.session.get(Company, company_id) if company_id else None
        if by == "channel":
            return (lead.source or "") if lead else ""
        if by == "chain":
            return (lead.chain if lead else company.chain if company else None) or ""
        if by == "country":
            own = one.country if isinstance(one, Meeting | Event) else None
            return own or (company.country if company else None) or ""
        return self.worker(one, lead, by) or ""

    def lead_of(self, one: Any) -> Lead | None:
        if isinstance(one, Lead):
            return one
        lead_id = getattr(one, "lead_id", None)
        if lead_id is None and isinstance(one, ApprovalService) and one.approval_id:
            lead_id = self.session.get_one(Approval, one.approval_id).lead_id
        return self.projects[lead_id] if lead_id else None

    def worker(self, one: Any, lead: Lead | None, by: str) -> str | None:
        if isinstance(one, Meeting | Event):
            return one.squad_id
        own = one.member_id if isinstance(one, ApprovalService) else getattr(one, "owner_id", None)
        member = own or (lead.owner_id if lead else None)
        if by == "owner" or member is None:
            return member
        squads = [s for s in self.living(SquadMember) if s.member_id == member and s.squad_id]
        return min(squads, key=lambda s: s.id).squad_id if squads else None

    def parts(self, metric: str, by: str) -> dict[str, list[Item]]:
        """The records counted, by part."""
        found: dict[str, list[Item]] = defaultdict(list)
        for item in self.items(metric):
            found[self.code(item, by)].append(item)
        return found

    def worth(self, items: list[Item], unit: str) -> Fraction:
        """What amounts are worth in a unit, exactly."""
        dollars = sum((self.value(i.amount or 0, i.currency or "") for i in items), Fraction(0))
        return dollars * 10_000 / self.rates[unit]

    # --- over time

    def reached(self, lead: Lead, stage: str, until: dt.date) -> bool:
        """Whether a lead was at a stage or beyond by a day."""
        rank = RANKS[stage]
        rows = [s for s in self.living(LeadStage) if s.lead_id == lead.id]
        if any(
            RANKS[s.stage] >= rank and (s.reached_on is None or s.reached_on <= until) for s in rows
        ):
            return True
        known = [getattr(lead, OWN_DAYS[stage])]
        known.append(min((s.reached_on for s in rows if s.stage == stage and s.reached_on),
                         default=None))  # fmt: skip
        return RANKS.get(lead.stage or "", 0) >= rank and all(
            d is None or d <= until for d in known
        )

    def first_day(self, lead: Lead, stage: str) -> dt.date | None:
        """The first day on which any record says that a lead reached a stage."""
        rows = [s for s in self.living(LeadStage) if s.lead_id == lead.id and s.stage == stage]
        days = [s.reached_on for s in rows if s.reached_on]
        if stage in OWN_DAYS and (rows or RANKS.get(lead.stage or "", 0) >= RANKS[stage]):
            days.append(getattr(lead, OWN_DAYS[stage]))
        return min((day for day in days if day), default=None)

    def cohorts(self, until: dt.date) -> list[tuple[Any, ...]]:
        found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for lead in self.living(Lead):
            signed = self.first_day(lead, "signed")
            if signed is None or signed > until:
                continue
            start, produce = self.first_day(lead, "started"), self.first_day(lead, "producing")
            found[signed.year].append((
                self.reached(lead, "started", until), self.reached(lead, "producing", until),
                between(signed, start, until), between(start, produce, until),
            ))  # fmt: skip
        return [
            (year, len(rows), sum(r[0] for r in rows), sum(r[1] for r in rows),
             median([r[2] for r in rows]), median([r[3] for r in rows]))
            for year, rows in sorted(found.items())
        ]  # fmt: skip

    def funnel(self) -> list[tuple[str, int]]:
        return [
            (s.value, sum(self.has(self.first_day(lead, s.value)) for lead in self.living(Lead)))
            for s in STAGES
        ]

    def response(self) -> tuple[int, int, int]:
        leads = [lead for lead in self.living(Lead) if self.has(lead.first_reported_on)]
        screened = [self.screened(lead) for lead in leads]
        return (
            len(leads),
            sum(bool(lead.responded_on)
                and (lead.responded_on - lead.first_reported_on).days <= 1 for lead in leads),
            sum(bool(day) and (day - lead.first_reported_on).days <= 3
                for lead, day in zip(leads, screened, strict=True)),
        )  # fmt: skip

    def screened(self, lead: Lead) -> Any:
        return min((s.reached_on for s in self.living(LeadStage)
                    if s.lead_id == lead.id and s.stage == "screened" and s.reached_on),
                   default=None)  # fmt: skip

    def on_time(self) -> tuple[int, int]:
        due = [f for f in self.of_projects(FollowUp)
               if self.has(f.due_on) and f.status != "dropped"]  # fmt: skip
        return sum(
            f.status == "done" and f.done_on is not None and f.done_on <= f.due_on for f in due
        ), len(due)

    def case_days(self) -> dict[str | None, tuple[int, int | None]]:
        found: dict[str | None, list[int | None]] = defaultdict(list)
        for item in self.items("cases_solved_percent"):
            days = between(item.record.raised_on, item.record.confirmed_on)
            found[None].append(days)
            found[item.record.category or ""].append(days)
        return {one: (len(days), median(days)) for one, days in found.items()}


def between(first: dt.date | None, then: dt.date | None, until: dt.date = dt.date.max) -> Any:
    """The days from one to the other, if both are known and in this order."""
    known = first is not None and then is not None and first <= then <= until
    return (then - first).days if known else None  # type: ignore[operator]


def median(days: list[int | None]) -> int | None:
    """The median of those known, half up."""
    known = sorted(day for day in days if day is not None)
    if not known:
        return None
    low, high = known[(len(known) - 1) // 2], known[len(known) // 2]
    return math.floor(Fraction(low + high, 2) + Fraction(1, 2))


__all__ = ["Parts", "share"]
