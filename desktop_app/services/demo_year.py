"""A year on record from single records: what the zone reported for 2022 can be counted again.

The totals are those of PRODUCT, "The year on record"; where it says "370+" or "over 140M" one
exact number is taken. Beside what counts stand a few records that do not, as in any real year.
"""

import datetime as dt
import os
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import Base, Lead, Member
from desktop_app.domain.errors import DeskError
from desktop_app.domain.words import STAGES
from desktop_app.services.demo_bulk import write_rows
from desktop_app.services.demo_leads import Maker, add_company, gate_values, make_members
from desktop_app.services.demo_names import CITIES, TRADES, company_name
from desktop_app.services.demo_year_after import (
    day_in_year,
    make_approvals,
    make_cases,
    make_financing,
    make_receipts,
)
from desktop_app.services.record_texts import KINDS

SIGNED, IN_CHAINS = 66, 41
VISITS, EVENTS = 348, 24
_TARGETS = {
    "signed_projects": 60, "chain_fit_percent": 60, "visits_and_events": 360,
    "dispatch_meetings": 24, "cases_raised": 120, "cases_solved_percent": 95,
    "companies_with_credit": 40, "credit_granted": 1_800_000_000,
    "companies_with_park_guarantee": 30, "park_guarantee_loans": 120_000_000,
    "approvals_done": 800, "site_surveys": 100, "expert_reviews": 40, "onsite_services": 50,
    "approval_problems_solved": 120, "construction_permits": 80, "permitted_area_m2": 800_000,
    "permitted_cost": 2_000_000_000, "accepted_buildings": 180, "accepted_area_m2": 1_200_000,
    "foreign_capital_received": 150_000_000,
}  # fmt: skip
_KINDS = ("visit", "visit", "visit", "reception", "site_visit", "expo_talk", "roundtable")
_EVENTS = (
    ("promotion", "投资环境推介会"), ("forum", "产业合作论坛"), ("expo", "先进制造业展览会"),
    ("roadshow", "产业链招商路演"),
)  # fmt: skip
_SQUADS = (("欧洲小分队", "Europe squad"), ("华东小分队", "East China squad"))


def make_year(session: Session, year: int, seed: int = 1) -> dict[str, int]:
    """Write the records of a year and return how many of each kind were made.

    The same year and seed give the same records, down to their keys; a team that is there does
    the work of the year.

    Args:
        session: in a transaction that the caller commits.
        year: the year they are all dated in.
        seed: what the invention starts from.

    Raises:
        DeskError: the very same records are there already.
    """
    make, first = _begin(session, year, f"{seed}/year/{year}")
    squads = [make.add("squad", name=zh, name_en=en, active=True) for zh, en in _SQUADS]
    for n, member in enumerate(make.member_ids):
        make.add("squad_member", squad_id=squads[n % 2], member_id=member)
    projects = _projects(make, first)
    _meetings(make, projects, squads)
    make_cases(make, projects)
    make_approvals(make, projects)
    make_financing(make, projects)
    make_receipts(make, projects)
    for metric, value in _TARGETS.items():
        make.add("target", year=year, metric=metric, value=value)
    order = [t.name for t in Base.metadata.sorted_tables if t.name in make.rows]
    for table in order:
        write_rows(session, table, make.rows[table])
    session.flush()
    kinds = {model.__tablename__: kind for kind, model in KINDS.items()}
    return {kinds[table]: len(make.rows[table]) for table in order}


def _begin(session: Session, year: int, seed: str) -> tuple[Maker, str]:
    """Return the maker of the year's records, and the first project's key: it tells of them."""
    last = dt.date(year, 12, 31)
    make = Maker(Random(seed), last)
    first = f"{Random(f'{seed}/first').getrandbits(128):032x}"
    known = session.get(Lead, first)
    if known is not None and not known.deleted:
        raise DeskError("demo_there")
    if known is not None:
        # It was undone: its keys are taken for ever, so the new one draws others.
        make = Maker(Random(f"{seed}/{os.urandom(8).hex()}"), last)
        first = os.urandom(16).hex()
    team = session.scalars(select(Member.id).where(Member.deleted.isnot(True)).order_by(Member.id))
    make.member_ids = list(team)
    if not make.member_ids:
        make_members(make)
    return make, first


def _projects(make: Maker, first: str) -> list[tuple[str, str, dt.date]]:
    """Add the year's signed projects and some that do not count: (lead, company, day of signing).

    Those that do not count are too small, or were signed for the first time the year before.
    """
    chains = [trade for trade in TRADES if trade.chain != "outside"]
    others = [trade for trade in TRADES if trade.chain == "outside"]
    found = []
    for n in range(SIGNED + 6):
        counts = n < SIGNED
        # 41 of 66 lie in the chains, mixed through the year.
        in_chain = (n * IN_CHAINS) // SIGNED != ((n + 1) * IN_CHAINS) // SIGNED
        trade = make.rng.choice(chains if in_chain or not counts else others)
        city = make.rng.choice(CITIES)
        named = company_name(make.rng, city, trade, make.taken)
        company = add_company(make, city, trade, named)
        signed = day_in_year(make, n % SIGNED, SIGNED)
        found.append((_project(make, first, n, company, signed, city.country != "CN", trade.chain,
                               f"{named.short}{trade.project}项目"), company, signed))  # fmt: skip
    return found[:SIGNED]


def _project(
    make: Maker,
    first: str,
    n: int,
    company: str,
    signed: dt.date,
    foreign: bool,
    chain: str,
    title: str,
) -> str:
    """Add a project with its stages; beyond the 66 it is one that does not count."""
    rng, small, again = make.rng, SIGNED <= n < SIGNED + 3, n >= SIGNED + 3
    last = 5 if small or again else rng.choice((5, 5, 6, 6, 7, 8))
    before = sorted(rng.randrange(20, 260) for _ in range(5))
    reached = [
        (STAGES[i].value, signed - dt.timedelta(days=d)) for i, d in enumerate(reversed(before))
    ]
    left = (make.today - signed).days
    after = sorted(rng.randrange(left + 1) for _ in range(last - 5))
    reached += [("signed", signed)]
    reached += [(STAGES[6 + i].value, signed + dt.timedelta(days=d)) for i, d in enumerate(after)]
    owner = rng.choice(make.member_ids)
    values = {
        **gate_values(make, reached, foreign, chain),
        "currency": "USD" if foreign else "CNY",
        "amount_minor": rng.choice((12, 18, 30, 45, 80) if foreign else (110, 200, 350, 600))
        * 100_000_000,
        "title": title,
        "company_id": company,
        "stage": STAGES[last].value,
        "status": "active",
        "owner_id": owner,
        "source": rng.choice(("squad_visit", "chamber", "agency", "inbound", "consulate")),
        "first_reporter_id": owner,
        "first_reported_on": reached[0][1],
        "responded_on": reached[0][1],
    }
    if small:
        values |= {"amount_minor": 5 * 100_000_000}
    elif again:
        year_before = signed.replace(year=signed.year - 1, day=min(signed.day, 28))
        reached = [*((s, d - dt.timedelta(days=365)) for s, d in reached[:5]),
                   ("signed", year_before), ("signed", signed)]  # fmt: skip
        values |= {"signed_on": year_before}
    elif n % 11 == 0:
        # An increase counts only what was added.
        values |= {"source": "expansion", "previous_amount_minor": 40_000_000_00}
        values["amount_minor"] += 40_000_000_00
    if n == 0:
        make.rows.setdefault("lead", []).append({"id": first, **values})
        lead = first
    else:
        lead = make.add("lead", **values)
    for stage, day in reached:
        make.add("lead_stage", lead_id=lead, stage=stage, reached_on=day, member_id=owner)
    return lead


def _meetings(make: Maker, projects: list[tuple[str, str, dt.date]], squads: list[str]) -> None:
    """Add the year's visits and events, and calls, cancelled visits and matchmaking beside them."""
    rng = make.rng
    beside = {VISITS: ("call", "held"), VISITS + 1: ("call", "held"),
              VISITS + 2: ("visit", "cancelled"), VISITS + 3: ("visit", "planned")}  # fmt: skip
    for n in range(VISITS + len(beside)):
        kind, status = beside.get(n, (rng.choice(_KINDS), "held"))
        lead, company, signed = projects[n % len(projects)]
        day = day_in_year(make, n % VISITS, VISITS)
        if kind == "visit" and day > signed:
            kind = "aftercare"
        starts = dt.datetime(day.year, day.month, day.day, 2, tzinfo=dt.UTC)
        make.add(
            "meeting",
            title="走访企业" if kind == "aftercare" else "项目洽谈",
            kind=kind,
            status=status,
            lead_id=lead,
            company_id=company,
            squad_id=squads[n % 2],
            starts_at=starts,
            ends_at=starts + dt.timedelta(hours=1),
            zone="Asia/Shanghai",
            satisfaction_notes="对代办进度表示满意。" if kind == "aftercare" else None,
        )
    for n in range(EVENTS + 2):
        kind, name = _EVENTS[n % 4] if n < EVENTS else ("matchmaking", "政银企融资对接会")
        day = day_in_year(make, n % EVENTS, EVENTS)
        event = make.add(
            "event",
            name=f"{day.year}年{name}（第{n // 4 + 1 if n < EVENTS else n - EVENTS + 1}场）",
            kind=kind,
            starts_on=day,
            ends_on=day,
            country="CN",
            squad_id=squads[n % 2],
        )
        make.event_ids.append(event)
