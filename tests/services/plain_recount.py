"""The year's figures recounted slowly from the records, by the words of the product alone."""

import datetime as dt
import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import (
    Approval,
    ApprovalService,
    Base,
    CapitalReceipt,
    Case,
    Company,
    DispatchMeeting,
    Event,
    Facility,
    Lead,
    LeadStage,
    Meeting,
)
from desktop_app.domain.formats import zone_of
from desktop_app.domain.money import minor_digits
from desktop_app.domain.words import STAGES

AFTER_SIGNING = [s.value for s in STAGES][5:]
SERVICES = {
    "site_surveys": "site_survey",
    "expert_reviews": "expert_review",
    "onsite_services": "onsite_service",
    "approval_problems_solved": "problem_solved",
}


class Recount:
    """All living records, and what a plain loop over them counts."""

    def __init__(self, session: Session, year: int, rates: dict[str, int]) -> None:
        self.session, self.year, self.rates = session, year, rates
        self.projects = {one.id: one for one in session.scalars(select(Lead))}
        self.countries = {one.id: one.country for one in session.scalars(select(Company))}

    def living(self, model: type[Base]) -> list[Any]:
        return [one for one in self.session.scalars(select(model)) if not one.deleted]

    def of_projects(self, model: type[Base]) -> list[Any]:
        """Living records whose project, if they have one, was not deleted."""
        return [
            one
            for one in self.living(model)
            if one.lead_id is None or not self.projects[one.lead_id].deleted
        ]

    def has(self, day: dt.date | None) -> bool:
        return day is not None and day.year == self.year

    def value(self, minor: int, currency: str) -> Fraction:
        """An amount in US dollars."""
        return Fraction(minor, 10 ** minor_digits(currency)) * self.rates[currency] / 10_000

    def whole(self, pairs: Iterable[tuple[int | None, str | None]], unit: str) -> int:
        """The amounts that have a known currency, in whole units of one."""
        dollars = sum(
            (self.value(m, c) for m, c in pairs if m is not None and c in self.rates), Fraction(0)
        )
        return math.floor(dollars * 10_000 / self.rates[unit] + Fraction(1, 2))

    def signed(self) -> list[Lead]:
        rows = [s for s in self.living(LeadStage) if s.stage == "signed"]
        found = []
        for lead in self.living(Lead):
            reached = [s.reached_on for s in rows if s.lead_id == lead.id]
            if not reached and lead.stage not in AFTER_SIGNING:
                continue
            days = [day for day in (*reached, lead.signed_on) if day is not None]
            if days and self.has(min(days)) and self.large(lead):
                found.append(lead)
        return found

    def large(self, lead: Lead) -> bool:
        if lead.amount_minor is None or lead.currency not in self.rates:
            return False
        added = lead.amount_minor - (lead.previous_amount_minor or 0)
        country = self.countries[lead.company_id] if lead.company_id else None
        dollars = self.value(added, lead.currency)
        if country == "CN" or (not country and lead.currency == "CNY"):
            return dollars * 10_000 / self.rates["CNY"] >= 100_000_000
        return dollars >= 10_000_000

    def visits(self) -> int:
        return sum(
            one.status == "held"
            and one.kind != "call"
            and one.starts_at is not None
            and one.starts_at.astimezone(zone_of(one.zone)).year == self.year
            for one in self.living(Meeting)
        )

    def events(self) -> int:
        return sum(self.has(e.starts_on) and e.kind != "matchmaking" for e in self.living(Event))

    def company(self, one: Facility) -> str | None:
        if one.company_id or not one.lead_id:
            return one.company_id
        return self.projects[one.lead_id].company_id

    def financing(self) -> dict[str, int]:
        every = self.of_projects(Facility)
        credit = [f for f in every if f.product == "credit" and self.has(f.granted_on)]
        park = [
            (f, f.granted_minor if f.drawn_minor is None else f.drawn_minor)
            for f in every
            if f.product == "park_guarantee" and self.has(f.drawn_on or f.granted_on)
        ]
        split = {f.credit_id for f in self.living(Facility) if f.product == "loan"}
        loans = [
            f
            for f in every
            if (f.product == "loan" or (f.product == "credit" and f.id not in split))
            and self.has(f.drawn_on or f.granted_on)
        ]
        with_credit = {self.company(f) for f in credit if (f.granted_minor or 0) > 0}
        with_park = {self.company(f) for f, amount in park if (amount or 0) > 0}
        return {
            "companies_with_credit": len(with_credit - {None}),
            "credit_granted": self.whole(((f.granted_minor, f.currency) for f in credit), "CNY"),
            "companies_with_park_guarantee": len(with_park - {None}),
            "park_guarantee_loans": self.whole(((a, f.currency) for f, a in park), "CNY"),
            "loans_drawn": self.whole(((f.drawn_minor, f.currency) for f in loans), "CNY"),
        }

    def approvals(self) -> dict[str, int]:
        done = [a for a in self.of_projects(Approval) if a.state == "done" and self.has(a.done_on)]
        permits = [a for a in done if a.kind == "construction_permit"]
        accepted = [a for a in done if a.kind == "joint_acceptance"]
        owners = {a.id: a.lead_id for a in self.session.scalars(select(Approval))}
        served = [
            s
            for s in self.living(ApprovalService)
            if self.has(s.served_on) and not self.gone(s.lead_id or owners.get(s.approval_id))
        ]
        return {
            "approvals_done": len(done),
            "construction_permits": len(permits),
            "permitted_area_m2": sum(max(a.area_m2 or 0, 0) for a in permits),
            "permitted_cost": self.whole(((a.cost_minor, a.currency) for a in permits), "CNY"),
            "accepted_buildings": sum(max(a.buildings or 0, 0) for a in accepted),
            "accepted_area_m2": sum(max(a.area_m2 or 0, 0) for a in accepted),
            **{name: sum(s.kind == kind for s in served) for name, kind in SERVICES.items()},
        }

    def gone(self, lead_id: str | None) -> bool:
        return lead_id is not None and bool(self.projects[lead_id].deleted)

    def figures(self) -> dict[str, int | None]:
        signed = self.signed()
        fit = [one for one in signed if one.chain and one.chain != "outside"]
        cases = [c for c in self.of_projects(Case) if self.has(c.raised_on)]
        solved = [c for c in cases if c.confirmed_on and c.state in ("confirmed", "closed")]
        receipts = [
            r
            for r in self.of_projects(CapitalReceipt)
            if self.has(r.received_on) and r.kind != "domestic"
        ]
        meetings = self.living(DispatchMeeting)
        return {
            "signed_projects": len(signed),
            "chain_fit_percent": share(len(fit), len(signed)),
            "visits_and_events": self.visits() + self.events(),
            "dispatch_meetings": sum(m.status == "held" and self.has(m.held_on) for m in meetings),
            "cases_raised": len(cases),
            "cases_solved_percent": share(len(solved), len(cases)),
            "foreign_capital_received": self.whole(
                ((r.amount_minor, r.currency) for r in receipts), "USD"
            ),
            **self.financing(),
            **self.approvals(),
        }


def share(part: int, whole: int) -> int | None:
    return int(Fraction(100 * part, whole) + Fraction(1, 2)) if whole else None
