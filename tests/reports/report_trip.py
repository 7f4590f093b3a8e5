"""A trip that is over, with a fact of every kind that its report tells."""

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

from desktop_app.db.models import Lead, LeadStage
from desktop_app.db.workspace import Workspace
from desktop_app.reports.paper import Order
from desktop_app.services import attachments, companies, follow_ups, leads, members, trips
from desktop_app.services.attachments import KeptFile
from desktop_app.services.trip_photos import set_caption

LEFT, BACK = dt.date(2026, 6, 1), dt.date(2026, 6, 6)
NOW = dt.datetime(2026, 7, 10, 2, 0, tzinfo=dt.UTC)
ZONE = "Europe/Zurich"


def order(lang: str = "zh", **fields: Any) -> Order:
    """Return an order as the window gives it."""
    return Order(lang, NOW, "滨江新区招商中心", **fields)


def add_report_trip(session: Any) -> str:
    """Add the trip and return its id."""
    member = members.add_member(session, name="陈喆", name_en="Chen Zhe", languages="英语")
    trip = trips.add_trip(
        session, title="赴瑞士招商", title_en="Investment trip to Switzerland", status="reported",
        starts_on=LEFT, ends_on=BACK, inviter="苏黎世经贸促进会", purpose="落实考察日期",
        goals="推动1个项目\n新增1条线索", approval_number="滨外审〔2026〕5号",
        budget_minor=20_000_000, spent_minor=19_543_210, currency="CNY",
        findings="瑞士企业决策快\n愿意先租厂房", problems="供电接入需会商\n消防验收口径",
        suggestions="提前寄送德文资料", passports_returned_on=BACK + dt.timedelta(days=4),
        notice_on=LEFT - dt.timedelta(days=20), reported_on=BACK + dt.timedelta(days=19),
    )  # fmt: skip
    trips.add_stop(session, trip, city="Zürich", arrives_on=LEFT, departs_on=BACK)
    trips.add_delegate(session, trip, member_id=member, name="陈喆", role="head", duty="主谈")
    old = _lead(session, "Frei Hydraulik AG", "弗莱液压", LEFT - dt.timedelta(days=100))
    new = _lead(session, "Aare Sensorik AG", "阿勒传感", LEFT + dt.timedelta(days=2))
    for lead, stages in (
        (old, (("lead", -100), ("screened", -50), ("negotiating", 3), ("ready_to_sign", 20))),
        (new, (("lead", 2),)),
    ):
        for stage, days in stages:
            day = LEFT + dt.timedelta(days=days)
            session.add(LeadStage(lead_id=lead, stage=stage, reached_on=day))
        session.get_one(Lead, lead).stage = stages[-1][0]
    leads.update_lead(
        session, old, their_commitments="三个月内到资", amount_minor=35_000_000_000, currency="CNY"
    )
    _meetings(session, trip, old, new)
    return trip


def _lead(session: Any, name: str, zh: str, first: dt.date) -> str:
    """Add a company with its lead."""
    company = companies.add_company(session, name=name, name_zh=zh, country="CH", city="Zürich")
    return leads.add_lead(session, company, title=f"{zh}华东工厂", first_reported_on=first)


def _meetings(session: Any, trip: str, old: str, new: str) -> None:
    """Add a meeting held, one cancelled and one added, with what followed."""
    frei, aare = (session.get_one(Lead, key).company_id for key in (old, new))
    person = companies.add_contact(
        session, company_id=frei, name="Urs Frei", title="董事长", phone="+41 44 555 10",
        email="urs@frei.example",
    )  # fmt: skip
    before = LEFT - dt.timedelta(days=30)
    start = dt.datetime(2026, 6, 2, 7, 30, tzinfo=dt.UTC)
    held = trips.plan_meeting(
        session, trip, frei, start, today=before, status="held", lead_id=old,
        outcome="同意 <A & B> 方案",
    )  # fmt: skip
    trips.set_attendees(session, held, {person}, set())
    trips.plan_meeting(
        session, trip, None, start + dt.timedelta(days=1), today=before, title="行业协会座谈",
        status="cancelled", cancel_reason="会长临时赴美",
    )  # fmt: skip
    trips.plan_meeting(
        session, trip, aare, start + dt.timedelta(days=2), today=LEFT, status="held", lead_id=new,
        unplanned_reason="促进会当场推荐", outcome="首次见面",
    )  # fmt: skip
    trips.plan_meeting(
        session, None, frei, dt.datetime(2026, 7, 20, 2, tzinfo=dt.UTC), country="CN",
        title="弗莱来区考察",
    )  # fmt: skip
    for title, side, days, fields in (
        ("提供电价方案", "ours", 5, {"status": "done", "done_on": BACK + dt.timedelta(days=5)}),
        ("提供能耗清单", "theirs", 40, {"status": "waiting"}),
        ("约定视频会", None, 30, {"status": "done", "done_on": BACK + dt.timedelta(days=33)}),
        ("商定签约", None, 80, {}),
    ):
        due = BACK + dt.timedelta(days=days)
        follow_ups.add_follow_up(
            session, title=title, side=side, due_on=due, meeting_id=held, company_id=frei, **fields
        )


def attach(workspace: Workspace, trip: str, name: str, data: bytes | None, caption: str) -> None:
    """Attach a photo to a trip; without bytes it has not arrived yet."""
    files: Path = workspace.paths.files
    digest = hashlib.sha256(data or name.encode()).hexdigest()
    if data is not None:
        files.mkdir(exist_ok=True)
        (files / digest).write_bytes(data)
    with workspace.write("photo") as session:
        kept = KeptFile(name, "image/jpeg", len(data or b""), digest)
        one = attachments.add_attachment(session, "trip", trip, kept)
        set_caption(session, one, caption)
