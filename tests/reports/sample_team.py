"""A team at work, for papers about more than a trip: every date is fixed, whatever day it is."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import Lead, LeadStage, Meeting
from desktop_app.services import trips
from tests.reports.sample_trip import add_sample_trip, day

RESULTS = (
    "对方确认用地60亩的方案，要求12月1日前给出蒸汽价格与供气合同草案。",
    "董事长同意2027年3月来访；能耗数据由其工程部（Rorschach）一周内提供。",
    "样品通过试用，愿先签意向书，金额3.5亿元，分两期到资。",
)


def add_sample_team(session: Session) -> dict[str, str]:
    """Add the sample trip and date all that its leads went through; return ids by kind."""
    trip_id = add_sample_trip(session)
    leads = sorted(session.scalars(select(Lead)), key=lambda lead: str(lead.title))
    for number, lead in enumerate(leads):
        lead.first_reported_on = day(2 + 2 * number)
        steps = select(LeadStage).where(LeadStage.lead_id == lead.id)
        order = ("lead", "screened", "negotiating", "site_review", "ready_to_sign")
        for step in session.scalars(steps):
            past = order.index(str(step.stage)) if step.stage in order else 0
            step.reached_on = day(2 + 2 * number) + dt.timedelta(days=2 * past)
    lead = leads[0]
    assert lead.company_id is not None
    return {"": "", "trips": trip_id, "leads": str(lead.id), "companies": str(lead.company_id)}


def hold_sample_trip(session: Session, trip_id: str) -> None:
    """Hold all meetings of the trip but the last, which is cancelled, and write down its end."""
    meetings = select(Meeting).where(Meeting.trip_id == trip_id).order_by(Meeting.starts_at)
    found = [str(meeting.id) for meeting in session.scalars(meetings)]
    for number, meeting_id in enumerate(found):
        if number == len(found) - 1:
            fields = {"status": "cancelled", "cancel_reason": "对方董事长临时住院。"}
        else:
            fields = {"status": "held", "outcome": RESULTS[number % len(RESULTS)]}
        trips.update_meeting(session, meeting_id, **fields)
    trips.update_trip(
        session,
        trip_id,
        inviter="瑞士机械协会",
        budget_minor=42_000_000,
        spent_minor=38_650_000,
        currency="CNY",
        findings="家族企业看重长期租期与工程师供给，地价不是首要。",
        problems="蒸汽价格高于苏州，需供热公司给出长协价。\n德语技工培训班需教育局立项。",
        suggestions="设立德语区项目专员；春季再访比伯拉赫。",
    )
