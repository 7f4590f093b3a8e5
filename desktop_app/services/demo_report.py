"""The demonstration's reported trip: eleven meetings and all that came of them."""

import datetime as dt
from typing import Any

from desktop_app.domain.words import STAGES
from desktop_app.services.demo_journey import (
    add_attendees,
    add_delegate,
    add_host,
    add_leg,
    add_stop,
    add_talk,
    moment,
)
from desktop_app.services.demo_leads import Maker, gate_values
from desktop_app.services.demo_names import TRADES
from desktop_app.services.demo_report_texts import (
    CALLS,
    DUTIES,
    FINDINGS,
    LEGS,
    PROBLEMS,
    STOPS,
    SUGGESTIONS,
    TRIP,
    Call,
    Step,
)

_AGO, _DAYS = 172, 8
# Who went, by the order of the team: head, member, interpreter.
_WENT = ((0, "head"), (1, "note_taker"), (4, "interpreter"))


def make_reported_trip(make: Maker) -> None:
    """Add the trip to Germany and Switzerland with its meetings, projects and follow-ups."""
    starts = make.ago(_AGO)
    starts -= dt.timedelta(days=starts.weekday())
    back = starts + dt.timedelta(days=_DAYS - 1)
    trip_id = make.add(
        "trip",
        **TRIP,
        status="reported",
        starts_on=starts,
        ends_on=back,
        approval_number=f"滨外审〔{starts.year}〕5号",
        notice_on=starts - dt.timedelta(days=20),
        reported_on=back + dt.timedelta(days=19),
        passports_returned_on=back + dt.timedelta(days=4),
        budget_minor=21_000_000,
        spent_minor=19_874_500,
        currency="CNY",
        findings=FINDINGS,
        problems=PROBLEMS,
        suggestions=SUGGESTIONS,
    )
    for position, stop in enumerate(STOPS, 1):
        add_stop(make, trip_id, starts, position, stop)
    for leg in LEGS:
        add_leg(make, trip_id, starts, leg)
    for position, ((who, role), duty) in enumerate(zip(_WENT, DUTIES, strict=True), 1):
        add_delegate(
            make, trip_id, who, position=position, role=role, duty=duty, visa_state="granted"
        )
    for call in CALLS:
        _call(make, call, trip_id, starts, back)


def _call(make: Maker, call: Call, trip_id: str, starts: dt.date, back: dt.date) -> None:
    """Add one meeting with its company, people, project, what followed and a visit to us."""
    kind = "investor" if call.stages else "chamber"
    _named, people = add_host(make, call, kind, description=call.description)
    company = make.rows["company"][-1]
    company_id = company["id"]
    trade = TRADES[call.trade]
    lead_id = _lead(make, call, company_id, starts, trade) if call.stages else None
    meeting_id = add_talk(
        make,
        call,
        starts + dt.timedelta(days=call.day),
        company,
        trip_id=trip_id,
        lead_id=lead_id,
        status=call.status,
        language="德语、英语",
        objective=call.objective,
        outcome=call.outcome,
        cancel_reason=call.cancel_reason,
        unplanned=True if call.unplanned_reason else None,
        unplanned_reason=call.unplanned_reason,
    )
    add_attendees(make, meeting_id, people, [who for who, _role in _WENT])
    links = {"lead_id": lead_id, "company_id": company_id, "trip_id": trip_id}
    for step in call.steps:
        _step(make, step, back, meeting_id=meeting_id, **links)
    if call.visit is not None:
        _visit(make, call, back, company_id, lead_id)


def _lead(make: Maker, call: Call, company_id: str, starts: dt.date, trade: Any) -> str:
    """Add the project of a meeting with the days on which it reached its stages."""
    days = [starts + dt.timedelta(days=n) for n in call.stages]
    reached = [(STAGES[n].value, day) for n, day in enumerate(days)]
    owner = make.member_ids[1]
    values: dict[str, Any] = {
        "title": f"{call.name_zh}{trade.project}项目",
        "company_id": company_id,
        "stage": reached[-1][0],
        "status": "active",
        "owner_id": owner,
        "source": "squad_visit",
        "first_reporter_id": owner,
        "first_reported_on": days[0],
        "responded_on": days[0] + dt.timedelta(days=1),
        **gate_values(make, reached, True, trade.chain),
    }
    if call.amount is not None:
        values["amount_minor"], values["currency"] = call.amount
    if len(reached) > STAGES.index("ready_to_sign"):
        commitments = "一期两年内投产，首期资本金在签约后两个月内到位。"
        values["their_commitments"] = commitments
        values["planned_signing_on"] = values.get("signed_on") or make.today + dt.timedelta(days=24)
    lead_id = make.add("lead", **values)
    for stage, day in reached:
        make.add("lead_stage", lead_id=lead_id, stage=stage, reached_on=day, member_id=owner)
    return lead_id


def _step(make: Maker, step: Step, back: dt.date, **links: Any) -> None:
    """Add what followed, and make it the project's next step where it is still to do."""
    due = back + dt.timedelta(days=step.due)
    make.add(
        "follow_up",
        title=step.title,
        status=step.status,
        side=step.side,
        due_on=due,
        done_on=None if step.done is None else back + dt.timedelta(days=step.done),
        outcome=step.outcome,
        owner_id=make.member_ids[1],
        **links,
    )
    if step.status in ("open", "waiting") and links["lead_id"]:
        lead = next(row for row in reversed(make.rows["lead"]) if row["id"] == links["lead_id"])
        lead["next_on"] = min(due, lead.get("next_on") or due)


def _visit(make: Maker, call: Call, back: dt.date, company_id: str, lead_id: str | None) -> None:
    """Add the company's visit to us."""
    assert call.visit is not None
    after, occasion, outcome = call.visit
    day = back + dt.timedelta(days=after)
    while day.weekday() > 4:
        day += dt.timedelta(days=1)
    make.add(
        "meeting",
        title=f"{call.name_zh}{occasion}",
        kind="signing" if occasion == "来区签约" else "site_visit",
        status="held" if outcome else "planned",
        company_id=company_id,
        lead_id=lead_id,
        starts_at=moment(day, "09:30", "Asia/Shanghai"),
        ends_at=moment(day, "11:30", "Asia/Shanghai"),
        zone="Asia/Shanghai",
        city="滨江新区",
        country="CN",
        place="投资服务中心",
        objective=occasion,
        outcome=outcome,
    )
