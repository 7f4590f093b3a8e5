"""The year on record after signing: cases, approvals, financing and capital, as single records."""

import datetime as dt

from desktop_app.domain.approval_rules import TEMPLATES
from desktop_app.domain.words_after import CaseCategory
from desktop_app.i18n import word
from desktop_app.services.demo_leads import Maker

# (lead, company, day of signing)
Projects = list[tuple[str, str, dt.date]]

DISPATCHES, CASES = 24, 150
CREDIT_COMPANIES, CREDIT_YUAN = 42, 1_930_000_000
PARK_COMPANIES, PARK_YUAN = 30, 142_000_000
APPROVALS, PERMITS, ACCEPTANCES = 828, 81, 60
PERMIT_M2, PERMIT_YUAN = 858_000, 1_990_000_000
BUILDINGS, ACCEPTED_M2 = 190, 1_229_000
SERVICES = {
    "site_survey": 119, "expert_review": 49, "onsite_service": 53, "problem_solved": 132,
}  # fmt: skip
_PROBLEMS = {
    "land": "地块移交时间未定", "archaeology": "地块考古勘探待完成", "energy_use": "能耗未批",
    "financing": "流动资金贷款审批慢", "labour": "技术工人招聘难", "environment": "环评批复慢",
    "planning": "厂房限高需调整", "approval": "施工图审查意见反复", "utilities": "供电增容未接通",
    "policy": "设备补贴尚未兑现", "other": "外籍专家居留手续",
}  # fmt: skip
_DEPARTMENTS = ("自然资源和规划局", "经济发展局", "建设局", "生态环境局", "财政局", "人社局")
_BANKS = ("滨江农村商业银行", "江海银行滨江支行", "联合开发银行江北分行", "惠民银行新区支行")
_RECEIPTS = 36


def shares(total: int, parts: int, step: int) -> list[int]:
    """Return a total in uneven parts that add up to it, each but the last a multiple of a step."""
    mean = total // parts // step * step
    uneven = [mean + ((n % 3) - 1) * (mean // step // 4) * step for n in range(parts - 1)]
    return [*uneven, total - sum(uneven)]


def day_in_year(make: Maker, n: int, of: int) -> dt.date:
    """Return a day of the year for the n-th record of so many, spread evenly."""
    return dt.date(make.today.year, 1, 4) + dt.timedelta(days=n * 355 // of)


def make_cases(make: Maker, projects: Projects) -> None:
    """Add the cases, all confirmed by their enterprises, and the dispatch meetings on them."""
    meetings = [
        make.add(
            "dispatch_meeting",
            title=f"第{n + 1}次项目调度会",
            status="held",
            held_on=day_in_year(make, n, DISPATCHES),
            place="管委会三楼会议室",
            chair="单静",
            departments="、".join(_DEPARTMENTS),
        )
        for n in range(DISPATCHES)
    ]
    make.add("dispatch_meeting", title="年终调度会", status="cancelled", held_on=make.today)
    categories = [one.value for one in CaseCategory]
    for n in range(CASES):
        raised = day_in_year(make, n, CASES)
        solved = min(raised + dt.timedelta(days=make.rng.randrange(5, 60)), make.today)
        category = categories[n % len(categories)]
        dispatched = n % 3 == 0
        case = make.add(
            "case",
            title=_PROBLEMS[category],
            lead_id=projects[n % len(projects)][0],
            category=category,
            raised_by=("grid_officer", "visit", "enterprise")[n % 3],
            raised_on=raised,
            owner_id=make.rng.choice(make.member_ids),
            lead_department=_DEPARTMENTS[n % len(_DEPARTMENTS)],
            due_on=raised + dt.timedelta(days=60),
            state="closed" if n % 5 else "confirmed",
            supervision="key" if dispatched else "regular",
            progress_percent=100,
            assigned_on=min(raised + dt.timedelta(days=1), make.today),
            done_on=solved,
            confirmed_on=solved,
            closed_on=solved if n % 5 else None,
        )
        if dispatched:
            make.add(
                "dispatch_item",
                dispatch_meeting_id=meetings[n * DISPATCHES // CASES],
                case_id=case,
                position=n // 3 % 3,
                decision=f"由{_DEPARTMENTS[n % len(_DEPARTMENTS)]}牵头，两周内办结。",
            )


def make_approvals(make: Maker, projects: Projects) -> None:
    """Add the approvals with their permits and acceptances, and the services given for them."""
    permits = list(zip(shares(PERMIT_M2, PERMITS, 100), shares(PERMIT_YUAN, PERMITS, 10_000),
                       strict=True))  # fmt: skip
    accepted = list(zip(shares(BUILDINGS, ACCEPTANCES, 1), shares(ACCEPTED_M2, ACCEPTANCES, 100),
                        strict=True))  # fmt: skip
    usual = [x for x in TEMPLATES if x.kind not in ("construction_permit", "joint_acceptance")]
    special = {x.kind: x for x in TEMPLATES}
    made = []
    # Two lines are under way still: they do not count.
    for n in range(APPROVALS + 2):
        lead, _, signed = projects[n % len(projects)]
        line, values = usual[n % len(usual)], {}
        if n < PERMITS:
            line = special["construction_permit"]
            area, cost = permits[n]
            values = {"area_m2": area, "cost_minor": cost * 100, "currency": "CNY"}
        elif n < PERMITS + ACCEPTANCES:
            line = special["joint_acceptance"]
            buildings, area = accepted[n - PERMITS]
            values = {"buildings": buildings, "area_m2": area}
        done = max(signed, day_in_year(make, n % APPROVALS, APPROVALS))
        under_way = n >= APPROVALS
        approval = make.add(
            "approval",
            title=word("approval_template", line.code, "zh"),
            lead_id=lead,
            kind=line.kind,
            template=line.code,
            department=line.department,
            promised_days=line.days,
            state="applied" if under_way else "done",
            applied_on=done - dt.timedelta(days=make.rng.randrange(1, line.days + 4)),
            done_on=None if under_way else done,
            owner_id=make.rng.choice(make.member_ids),
            **values,
        )
        made.append((approval, lead))
    for kind, count in SERVICES.items():
        for n in range(count):
            approval, lead = made[n * len(made) // count]
            make.add(
                "approval_service",
                approval_id=approval,
                lead_id=lead,
                kind=kind,
                served_on=day_in_year(make, n, count),
                member_id=make.rng.choice(make.member_ids),
            )


def make_financing(make: Maker, projects: Projects) -> None:
    """Add credit, loans drawn on it, and loans under the park guarantee."""
    banks = [make.add("company", name=name, name_zh=name, kind="bank", country="CN")
             for name in _BANKS]  # fmt: skip
    matchmaking = make.event_ids[-1]
    for bank in banks:
        make.add("event_company", event_id=matchmaking, company_id=bank, present_as="bank")
    # Every fifth company has two lines of credit: it is one company with credit.
    lines = [n % CREDIT_COMPANIES for n in range(CREDIT_COMPANIES + CREDIT_COMPANIES // 5)]
    for n, (whose, yuan) in enumerate(
        zip(lines, shares(CREDIT_YUAN, len(lines), 100_000), strict=True)
    ):
        lead, company, _ = projects[whose]
        day = day_in_year(make, n, len(lines))
        common = {"company_id": company, "lead_id": lead, "bank_id": banks[n % len(banks)]}
        credit = make.add(
            "facility", **common, product="credit", granted_minor=yuan * 100, currency="CNY",
            granted_on=day, event_id=matchmaking if n % 2 else None,
        )  # fmt: skip
        if n % 3 == 0:
            make.add(
                "facility", **common, product="loan", credit_id=credit, currency="CNY",
                drawn_minor=yuan * 40, drawn_on=min(day + dt.timedelta(days=20), make.today),
            )  # fmt: skip
        if n < CREDIT_COMPANIES and n % 2:
            make.add("event_company", event_id=matchmaking, company_id=company,
                     present_as="company", held_talks=True)  # fmt: skip
    for n, yuan in enumerate(shares(PARK_YUAN, PARK_COMPANIES, 10_000)):
        lead, company, _ = projects[-1 - n]
        make.add(
            "facility", company_id=company, lead_id=lead, bank_id=banks[n % len(banks)],
            product="park_guarantee", granted_minor=yuan * 100, drawn_minor=yuan * 100,
            currency="CNY", granted_on=day_in_year(make, n, PARK_COMPANIES),
        )  # fmt: skip


def make_receipts(make: Maker, projects: Projects) -> None:
    """Add the capital that arrived, most of it after the signing of its project."""
    for n in range(_RECEIPTS):
        lead, company, signed = projects[n]
        make.add(
            "capital_receipt",
            lead_id=lead,
            company_id=company,
            received_on=min(signed + dt.timedelta(days=45), make.today),
            amount_minor=(n % 6 + 2) * 100_000_000,
            currency=("USD", "EUR", "CHF")[n % 3],
            kind="cash" if n % 4 else "reinvested_profit",
        )
