"""What the demonstration team does after signing: squads, cases, approvals, financing, capital."""

import datetime as dt
from typing import Any, NamedTuple

from desktop_app.domain.approval_rules import TEMPLATES, Template, due_on
from desktop_app.domain.words import STAGES, Stage
from desktop_app.i18n import word
from desktop_app.services.demo_after_texts import (
    BANKS,
    CASES,
    DECISIONS,
    DEPARTMENTS,
    FEEDBACK,
    SQUADS,
    STEPS,
)
from desktop_app.services.demo_leads import Maker

# A demonstration of a hundred thousand leads gets no more of it than this.
_MOST_PROJECTS = 60
_WITH_CHECKLIST = 24
_SIGNED = STAGES.index(Stage.SIGNED)
_DAY = dt.timedelta(days=1)
_TARGETS = {
    "dispatch_meetings": 12, "cases_raised": 24, "cases_solved_percent": 90,
    "companies_with_credit": 12, "credit_granted": 900_000_000,
    "companies_with_park_guarantee": 8, "park_guarantee_loans": 40_000_000,
    "approvals_done": 140, "site_surveys": 24, "expert_reviews": 10, "onsite_services": 16,
    "approval_problems_solved": 20, "construction_permits": 12, "permitted_area_m2": 240_000,
    "permitted_cost": 900_000_000, "accepted_buildings": 20, "accepted_area_m2": 150_000,
}  # fmt: skip


class Project(NamedTuple):
    """A signed project: its keys, its stage's place in the order, each stage's day."""

    lead: str
    company: str
    stage: int
    days: dict[str, dt.date]
    foreign: bool

    def on(self, stage: Stage) -> dt.date | None:
        """Return the day a stage was reached."""
        return self.days.get(stage.value)


def make_after(make: Maker) -> None:
    """Add what comes after signing, around the day of the demonstration.

    It comes last: the leads and trips made before stay the same from the same seed.
    """
    squads = _squads(make)
    projects = _projects(make)
    if projects:
        _cases(make, projects)
        _approvals(make, projects[::2][:_WITH_CHECKLIST])
        _financing(make, projects, squads)
        _receipts(make, projects)
        _visits(make, projects, squads)
    for metric, value in _TARGETS.items():
        make.add("target", year=make.today.year, metric=metric, value=value)


def _projects(make: Maker) -> list[Project]:
    """Return the signed projects, the longest signed first."""
    foreign = {row["id"] for row in make.rows["company"] if row.get("country") != "CN"}
    days: dict[str, dict[str, dt.date]] = {}
    for row in make.rows.get("lead_stage", []):
        days.setdefault(row["lead_id"], {})[row["stage"]] = row["reached_on"]
    codes = [stage.value for stage in STAGES]
    found = [
        Project(row["id"], row["company_id"], codes.index(row["stage"]), days[row["id"]],
                row["company_id"] in foreign)
        for row in make.rows["lead"]
        if codes.index(row["stage"]) >= _SIGNED and Stage.SIGNED.value in days.get(row["id"], {})
    ]  # fmt: skip
    found.sort(key=lambda one: one.days[Stage.SIGNED.value])
    return found[-_MOST_PROJECTS:]


def _squads(make: Maker) -> list[str]:
    """Add the squads the members know, and let each have its visits and events."""
    by_name: dict[str, str] = {}
    squad_of: dict[str, str] = {}
    for row in make.rows["member"]:
        name = row["squad"]
        if name not in by_name:
            by_name[name] = make.add(
                "squad", name=name, name_en=SQUADS[name].name_en, area=SQUADS[name].area,
                leader_id=row["id"], active=True,
            )  # fmt: skip
        squad_of[row["id"]] = by_name[name]
        make.add("squad_member", squad_id=by_name[name], member_id=row["id"])
    keys = list(by_name.values())
    owner = {row["id"]: row["owner_id"] for row in make.rows["lead"]}
    for n, row in enumerate(make.rows.get("meeting", [])):
        # Now and then nobody noted whose visit it was.
        if n % 9:
            row["squad_id"] = squad_of.get(owner.get(row.get("lead_id"), ""), keys[n % len(keys)])
    for n, row in enumerate(make.rows["event"]):
        row["squad_id"] = keys[n % len(keys)]
    return keys


def _cases(make: Maker, projects: list[Project]) -> None:
    """Add cases in every state, and the dispatch meetings on them."""
    meetings = [
        make.add(
            "dispatch_meeting", title=f"第{n}次项目调度会", status=status,
            held_on=make.today + dt.timedelta(days=days), place="管委会三楼会议室", chair="单静",
            departments="、".join(DEPARTMENTS[: 3 + n]),
            minutes="会议逐项研究了项目推进中的问题，明确了牵头单位和时限。" if days < 0 else None,
        )
        for n, days, status in ((1, -70, "held"), (2, -42, "held"), (3, -13, "held"),
                                (4, 5, "planned"))
    ]  # fmt: skip
    agenda = [0] * len(meetings)
    for n, case in enumerate(CASES):
        project = projects[(n * 5) % len(projects)]
        raised = make.ago(case.raised)
        moved = {
            name: make.ago(days)
            for name, days in (("assigned_on", case.assigned), ("done_on", case.done),
                               ("confirmed_on", case.confirmed), ("closed_on", case.closed))
            if days is not None
        }  # fmt: skip
        key = make.add(
            "case", title=case.title, lead_id=project.lead, category=case.category,
            raised_by=case.raised_by, raised_by_name="网格员 顾明" if n % 3 == 0 else None,
            raised_on=raised, owner_id=make.member_ids[n % len(make.member_ids)],
            lead_department=case.department, support_departments=case.support,
            due_on=raised + dt.timedelta(days=case.term), state=case.state,
            state_reason=case.reason, supervision=case.supervision,
            progress_percent=case.progress, details=case.details, outcome=case.outcome,
            confirmed_by="企业项目负责人" if case.confirmed is not None else None, **moved,
        )  # fmt: skip
        if case.meeting is not None:
            held = case.meeting < 3
            make.add(
                "dispatch_item", dispatch_meeting_id=meetings[case.meeting], case_id=key,
                position=agenda[case.meeting],
                decision=DECISIONS[n % len(DECISIONS)].format(department=case.department)
                if held else None,
                lead_department=case.department if held else None,
                due_on=raised + dt.timedelta(days=case.term) if held else None,
            )  # fmt: skip
            agenda[case.meeting] += 1


def _approvals(make: Maker, projects: list[Project]) -> None:
    """Add the checklists: done up to where the project stands, under way at its next step."""
    kinds = ("site_survey", "onsite_service", "expert_review", "problem_solved")
    served = 0
    for number, project in enumerate(projects):
        for place, line in enumerate(TEMPLATES):
            values = _line(make, project, number, line)
            approval = make.add(
                "approval", title=word("approval_template", line.code, "zh"),
                lead_id=project.lead, kind=line.kind, template=line.code, position=place,
                department=line.department, promised_days=line.days,
                owner_id=make.member_ids[(number + place) % len(make.member_ids)], **values,
            )  # fmt: skip
            begun = values.get("applied_on")
            if begun is None or (number + place) % 3:
                continue
            make.add(
                "approval_service", approval_id=approval, lead_id=project.lead,
                kind=kinds[served % len(kinds)], served_on=min(begun + 2 * _DAY, make.today),
                department=line.department, member_id=make.member_ids[served % 5],
                outcome=("现场核实，无异议。", "一次性告知补正材料，当天补齐。", "专家意见已采纳。",
                         "跨部门会商后同意容缺受理。")[served % 4],
            )  # fmt: skip
            served += 1


def _line(make: Maker, project: Project, number: int, line: Template) -> dict[str, Any]:
    """Return the days and the state of a line of a project's checklist."""
    step = STEPS[line.code]
    start = project.on(step.after) or None
    reached = project.on(step.by)
    own: dict[str, Any] = {}
    if start is None:
        return {"state": "to_do"}
    planned = start + step.days * _DAY
    if reached is not None:
        applied = min(planned, reached - _DAY)
        used = due_on(applied, max(1, line.days + (number + step.days) % 5 - 3)) or applied
        done = max(applied, min(used, reached))
        if line.kind == "construction_permit":
            own = {"area_m2": 8_000 + 2_400 * (number % 7), "currency": "CNY",
                   "cost_minor": (2_600 + 700 * (number % 6)) * 1_000_000}  # fmt: skip
        elif line.kind == "joint_acceptance":
            own = {"area_m2": 7_600 + 2_100 * (number % 7), "buildings": 1 + number % 4}
        paper = f"滨审{done.year}-{100 + number * 10 + step.days % 10}号"
        own |= {"state": "done", "applied_on": applied, "done_on": done}
        own["document_number"] = paper
    elif planned < make.today - 12 * _DAY:
        applied = make.today - (6 + (number * 7 + step.days) % 26) * _DAY
        # What is under way was planned a little before it was applied for.
        applied = max(planned, applied)
        planned = max(planned, applied - (number + step.days) % 9 * _DAY)
        own = {"state": "applied", "applied_on": applied}
    else:
        own = {"state": "to_do"}
    applied_on = own.get("applied_on")
    return {"planned_on": planned, "due_on": due_on(applied_on, line.days), **own}


def _financing(make: Maker, projects: list[Project], squads: list[str]) -> None:
    """Add two matchmaking events and what came of them, and loans the park guarantees."""
    banks = [make.add("company", name=name, name_zh=name, kind="bank", country="CN",
                      city="上海") for name in BANKS]  # fmt: skip
    events = [
        make.add("event", name=f"{day.year}年政银企融资对接会（第{n}场）", kind="matchmaking",
                 name_en=f"Matchmaking of banks and companies {day.year}, no. {n}", country="CN",
                 starts_on=day, ends_on=day, place="滨江新区会议中心", squad_id=squads[0])
        for n, day in ((1, make.ago(160)), (2, make.ago(48)))
    ]  # fmt: skip
    for event in events:
        for bank in banks:
            make.add("event_company", event_id=event, company_id=bank, present_as="bank")
    for n, project in enumerate(projects[-22:]):
        event = events[n % 2]
        day = make.ago((150, 40)[n % 2] - n)
        make.add("event_company", event_id=event, company_id=project.company,
                 lead_id=project.lead, present_as="company", held_talks=n % 4 != 0)  # fmt: skip
        common = {"company_id": project.company, "lead_id": project.lead,
                  "bank_id": banks[n % len(banks)], "currency": "CNY"}  # fmt: skip
        if n % 3 != 2:
            credit = make.add(
                "facility", **common, product="credit", event_id=event, granted_on=day,
                granted_minor=(20 + 15 * (n % 5)) * 100_000_000,
                ends_on=day.replace(year=day.year + 3, day=min(day.day, 28)),
                used_for="厂房建设和设备采购",
            )  # fmt: skip
            if n % 2:
                make.add("facility", **common, product="loan", credit_id=credit,
                         drawn_minor=(8 + 3 * (n % 4)) * 100_000_000,
                         drawn_on=min(day + 20 * _DAY, make.today),
                         used_for="流动资金")  # fmt: skip
        else:
            make.add("facility", **common, product="park_guarantee", granted_on=day,
                     granted_minor=(3 + n % 4) * 100_000_000,
                     drawn_on=min(day + 9 * _DAY, make.today),
                     drawn_minor=(3 + n % 4) * 100_000_000, used_for="流动资金")  # fmt: skip


def _receipts(make: Maker, projects: list[Project]) -> None:
    """Add the capital that arrived at foreign projects, in parts."""
    for n, project in enumerate([one for one in projects if one.foreign][:26]):
        signed = project.days[Stage.SIGNED.value]
        for part in range(1 + n % 2):
            day = signed + dt.timedelta(days=40 + 70 * part)
            if day <= make.today:
                make.add(
                    "capital_receipt", lead_id=project.lead, company_id=project.company,
                    received_on=day, amount_minor=(3 + (n + part) % 5) * 100_000_000,
                    currency=("EUR", "USD", "CHF")[n % 3],
                    kind="cash" if n % 5 else "reinvested_profit",
                )  # fmt: skip


def _visits(make: Maker, projects: list[Project], squads: list[str]) -> None:
    """Add aftercare visits with what the enterprises said, and some that are planned."""
    for n, project in enumerate(projects[:16]):
        ahead = n % 8 == 7
        day = make.today + 9 * _DAY if ahead else make.ago(8 + n * 11)
        if day < project.days[Stage.SIGNED.value]:
            continue
        starts = dt.datetime(day.year, day.month, day.day, 2, 30, tzinfo=dt.UTC)
        make.add(
            "meeting", title="走访企业", kind="aftercare", lead_id=project.lead,
            status="planned" if ahead else "held", company_id=project.company,
            squad_id=squads[n % len(squads)], starts_at=starts,
            ends_at=starts + dt.timedelta(minutes=75), zone="Asia/Shanghai",
            objective="了解项目进展，收集需要协调解决的问题。",
            satisfaction_notes=None if ahead else FEEDBACK[n % len(FEEDBACK)],
        )  # fmt: skip
