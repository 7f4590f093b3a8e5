"""The demonstration's trips: one in full in the coming months, one just over, one thought of."""

import datetime as dt
import re
from typing import Any

from desktop_app.domain.holiday_calendar import holiday_on
from desktop_app.services.demo_journey import (
    CITY,
    add_attendees,
    add_delegate,
    add_host,
    add_leg,
    add_stop,
    add_talk,
    moment,
)
from desktop_app.services.demo_leads import Maker, add_lead
from desktop_app.services.demo_names import TRADES
from desktop_app.services.demo_trip_texts import DELEGATES, LEGS, STOPS, TRIP, VISITS, Visit

_DAYS = 10
_ROUTE = (("CH", "Stadt Zurich"), ("CH", "SG"), ("DE", "BW"), ("DE", "BY"), ("IT", "MI"),
          ("IT", "Forli"), ("CN", None))  # fmt: skip
# The projects that are named with a figure in the sheets: amount in minor units, and currency.
_AMOUNTS = {
    "Häberling Medical SA": (18_000_000_000, "CNY"),
    "Rheintal Hydraulik AG": (35_000_000_000, "CNY"),
    "Zanchi Meccanica S.p.A.": (4_500_000_000, "EUR"),
    "Kühnfeld Antriebe SE": (30_000_000_000, "CNY"),
}


def departure_after(today: dt.date) -> dt.date:
    """Return the next Monday, five weeks ahead or more, from which no weekday is a holiday."""
    monday = today + dt.timedelta(days=35)
    monday += dt.timedelta(days=-monday.weekday() % 7)
    first = monday
    for _ in range(20):
        days = [monday + dt.timedelta(days=n) for n in range(_DAYS)]
        if not any(
            holiday_on(day, country, region)
            for day in days
            if day.weekday() < 5
            for country, region in _ROUTE
        ):
            return monday
        monday += dt.timedelta(days=7)
    return first


def make_other_trips(make: Maker) -> None:
    """Add a trip that is just over, and one without dates yet."""
    _past_trip(
        make, "赴意大利招商", "Investment trip to Italy", 24, 5,
        (("Bologna", 0, 2), ("Brescia", 2, 4)),
        "家族企业希望先见到已落户的意资企业负责人。",
    )  # fmt: skip
    make.add(
        "trip",
        title="赴法国招商（拟）",
        title_en="Investment trip to France (idea)",
        status="planning",
        purpose="拜访里昂、格勒诺布尔的医药与航空企业，时间待定。",
        purpose_en="Medical and aerospace companies in Lyon and Grenoble; dates to be fixed.",
        currency="CNY",
    )


def make_full_trip(make: Maker) -> None:
    """Add the trip of the coming months: stops, legs, delegation, and twelve whole sheets."""
    starts = departure_after(make.today)
    ends = starts + dt.timedelta(days=_DAYS - 1)
    trip_id = make.add(
        "trip",
        **TRIP,
        status="approved",
        starts_on=starts,
        ends_on=ends,
        approval_number=f"滨外审〔{make.today.year}〕12号",
        notice_on=make.ago(2),
        budget_minor=38_600_000,
        currency="CNY",
    )
    for position, stop in enumerate(STOPS, 1):
        add_stop(make, trip_id, starts, position, stop)
    for *leg, notes in LEGS:
        numbered = leg[1] is not None
        booking = f"BJ{make.rng.randrange(10000, 99999)}" if numbered else "当地车行，合同价"
        add_leg(make, trip_id, starts, leg, booking=booking, notes=notes)
    for position, (who, role, duty, passport, valid, visa) in enumerate(DELEGATES, 1):
        expires = ends + dt.timedelta(days=valid)
        make.rows["member"][who]["passport_expires_on"] = expires
        add_delegate(
            make,
            trip_id,
            who,
            position=position,
            role=role,
            duty=duty,
            passport_number=passport,
            visa_state=visa,
        )
    for visit in VISITS:
        _visit(make, visit, trip_id, starts + dt.timedelta(days=visit.day))


def _facts(text: str) -> dict[str, Any]:
    """Return a description with its founding year and head count in columns of their own."""
    founded = re.search(r"，?(\d{4})年成立", text)
    employees = re.search(r"，?员工约([\d,]+)人", text)
    for found in (founded, employees):
        text = text.replace(found[0], "") if found else text
    people = int(employees[1].replace(",", "")) if employees else None
    return {
        "description": text,
        "founded_year": int(founded[1]) if founded else None,
        "employees": people,
        # A quarter of a million a head, in minor units.
        "revenue_minor": people * 25_000_000 if people else None,
    }


def _visit(make: Maker, visit: Visit, trip_id: str, day: dt.date) -> None:
    """Add one meeting of the trip with its company, people, project and promises."""
    city, trade = CITY[visit.city], TRADES[visit.trade]
    kind = "investor" if visit.stage is not None else "chamber"
    facts = _facts(visit.description)
    named, people = add_host(make, visit, kind, china_footprint=visit.china, **facts)
    company = make.rows["company"][-1]
    company_id = company["id"]
    owner, lead_id = make.member_ids[2], None
    if visit.stage is not None:
        amount, currency = _AMOUNTS.get(visit.name, (None, None))
        money = {"amount_minor": amount, "currency": currency} if amount else {}
        first = make.ago(90 + 95 * visit.stage)
        lead_id = add_lead(
            make, company_id, people[0], city, trade, named, visit.stage, first,
            status="active", owner_id=owner, status_reason=None, lost_to=None, **money,
        )  # fmt: skip
    lead = make.rows["lead"][-1] if lead_id else None
    meeting_id = add_talk(
        make,
        visit,
        day,
        company,
        trip_id=trip_id,
        lead_id=lead_id,
        status="planned",
        transfer=visit.transfer,
        dress="商务正装，入厂穿安全鞋" if visit.kind == "visit" else "商务正装",
        language="意大利语、英语" if city.country == "IT" else "德语、英语",
        objective=visit.objective,
        wished_outcome=visit.wished,
        talking_points=visit.points,
        asks=visit.asks,
        offers=visit.offers,
        red_lines=visit.red_lines,
        questions=visit.questions,
        materials=visit.materials,
        notes=None if visit.history == "无" else visit.history,
    )
    add_attendees(make, meeting_id, people, [who for who, *_ in DELEGATES])
    for title, side, days in visit.promises:
        due = make.today + dt.timedelta(days=days)
        make.add(
            "follow_up",
            title=title,
            status="waiting" if side == "theirs" else "open",
            side=side,
            due_on=due,
            owner_id=owner,
            lead_id=lead_id,
            company_id=company_id,
        )
        if lead is not None:
            lead["next_on"] = min(due, lead.get("next_on") or due)


def _past_trip(
    make: Maker,
    title: str,
    title_en: str,
    ago: int,
    days: int,
    stops: tuple[tuple[str, int, int], ...],
    findings: str,
) -> None:
    """Add a trip that is over, with the meetings it held among the leads there are."""
    starts = make.ago(ago)
    starts -= dt.timedelta(days=starts.weekday())
    ends = starts + dt.timedelta(days=days - 1)
    trip_id = make.add(
        "trip",
        title=title,
        title_en=title_en,
        status="returned",
        starts_on=starts,
        ends_on=ends,
        purpose="拜访在谈企业，落实考察日期。",
        purpose_en="Call on companies in negotiation and fix their visits.",
        goals="推进3个项目。\n新增线索2条。",
        goals_en="Move three projects forward.\nFind two new leads.",
        notice_on=starts - dt.timedelta(days=20),
        passports_returned_on=ends + dt.timedelta(days=4),
        budget_minor=21_000_000,
        currency="CNY",
        findings=findings,
    )
    for position, stop in enumerate(stops, 1):
        add_stop(make, trip_id, starts, position, stop)
        for n in range(2):
            _held_visit(make, trip_id, stop[0], starts + dt.timedelta(days=stop[1] + n + 1), n)
    for position, who in enumerate((0, 2, 4), 1):
        role = ("head", "member", "interpreter")[position - 1]
        add_delegate(make, trip_id, who, position=position, role=role, visa_state="granted")


def _held_visit(make: Maker, trip_id: str, city_name: str, day: dt.date, n: int) -> None:
    """Add a meeting that a past trip held, with a company of that country if there is one."""
    city = CITY[city_name]
    there = [c for c in make.rows["company"] if c["country"] == city.country]
    company = make.rng.choice(there) if there else None
    make.add(
        "meeting",
        title=f"拜访{company['name_zh'] if company else city.zh + '企业'}",
        kind="visit",
        status="held",
        trip_id=trip_id,
        company_id=company["id"] if company else None,
        starts_at=moment(day, ("09:30", "14:30")[n], city.zone),
        ends_at=moment(day, ("11:00", "16:00")[n], city.zone),
        zone=city.zone,
        city=city.name,
        country=city.country,
        region=city.region,
        place=company["name"] if company else None,
        address=company["address"] if company else None,
        objective="了解扩产计划，邀请来访",
        outcome=("对方愿意明年来访，先交换资料。", "对方正在比较三地，关注能源价格。")[n],
    )
