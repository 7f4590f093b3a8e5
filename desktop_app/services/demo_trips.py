"""The demonstration's trips: one in full in the coming months, one just over, one thought of."""

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

from desktop_app.domain.holiday_calendar import holiday_on
from desktop_app.services.demo_leads import Maker, add_company, add_contact, add_lead
from desktop_app.services.demo_names import CITIES, TRADES, Named
from desktop_app.services.demo_trip_texts import DELEGATES, LEGS, STOPS, TRIP, VISITS, Visit

_CITY = {city.name: city for city in CITIES}
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


def _moment(day: dt.date, clock: str, zone: str) -> dt.datetime:
    """Return a place's local time as a moment."""
    local = dt.datetime.combine(day, dt.time.fromisoformat(clock), ZoneInfo(zone))
    return local.astimezone(dt.UTC)


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
    for position, (name, arrives, departs, hotel, address, phone) in enumerate(STOPS, 1):
        city = _CITY[name]
        make.add(
            "stop",
            trip_id=trip_id,
            position=position,
            city=name,
            city_zh=city.zh,
            country=city.country,
            region=city.region,
            zone=city.zone,
            lat_e6=city.lat_e6,
            lon_e6=city.lon_e6,
            arrives_on=starts + dt.timedelta(days=arrives),
            departs_on=starts + dt.timedelta(days=departs),
            hotel=hotel,
            hotel_address=address,
            hotel_phone=phone,
        )
    for kind, number, origin, goal, day, clock, zone, day_to, clock_to, zone_to, notes in LEGS:
        make.add(
            "leg",
            trip_id=trip_id,
            kind=kind,
            number=number,
            from_place=origin,
            to_place=goal,
            departs_at=_moment(starts + dt.timedelta(days=day), clock, zone),
            from_zone=zone,
            arrives_at=_moment(starts + dt.timedelta(days=day_to), clock_to, zone_to),
            to_zone=zone_to,
            booking=f"BJ{make.rng.randrange(10000, 99999)}" if number else "当地车行，合同价",
            notes=notes,
        )
    for position, (who, role, duty, passport, valid, visa) in enumerate(DELEGATES, 1):
        member = make.rows["member"][who]
        expires = ends + dt.timedelta(days=valid)
        member["passport_expires_on"] = expires
        make.add(
            "delegate",
            trip_id=trip_id,
            member_id=member["id"],
            position=position,
            name=member["name"],
            role=role,
            duty=duty,
            phone=member["phone"],
            languages=member["languages"],
            passport_number=passport,
            passport_expires_on=expires,
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
    city, trade = _CITY[visit.city], TRADES[visit.trade]
    web = visit.name.split(" ")[0].lower().replace("ß", "ss").replace("ä", "ae").replace("ü", "ue")
    named = Named(visit.name, visit.name_zh, visit.name_zh, web)
    make.taken.add(visit.name.rsplit(" ", 1)[0])
    street, _, place = visit.address.rpartition(", ")
    company_id = add_company(
        make,
        city,
        trade,
        named,
        kind="investor" if visit.stage is not None else "chamber",
        address=street,
        postcode=place.split(" ")[0],
        china_footprint=visit.china,
        **_facts(visit.description),
    )
    company = make.rows["company"][-1]
    people = [
        add_contact(
            make, company_id, city.country, web, n, name=name, title=title, decision_role=role
        )
        for n, (name, title, role) in enumerate(visit.people)
    ]
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
    meeting_id = make.add(
        "meeting",
        title=f"会谈：{visit.name}" if visit.kind == "visit" else visit.name_zh,
        kind=visit.kind,
        status="planned",
        trip_id=trip_id,
        company_id=company_id,
        lead_id=lead_id,
        starts_at=_moment(day, visit.start, city.zone),
        ends_at=_moment(day, visit.end, city.zone),
        zone=city.zone,
        place=visit.name,
        address=visit.address,
        city=city.name,
        country=city.country,
        region=city.region,
        lat_e6=company["lat_e6"],
        lon_e6=company["lon_e6"],
        transfer=visit.transfer,
        dress="商务正装，入厂穿安全鞋" if visit.kind == "visit" else "商务正装",
        language="意大利语、英语" if city.country == "IT" else "德语、英语",
        interpreter="李洋",
        note_taker="陈喆",
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
    for contact_id in people:
        make.add("attendee", meeting_id=meeting_id, contact_id=contact_id, member_id=None)
    for who, *_ in DELEGATES:
        member_id = make.member_ids[who]
        make.add("attendee", meeting_id=meeting_id, contact_id=None, member_id=member_id)
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
    for position, (name, arrives, departs) in enumerate(stops, 1):
        city = _CITY[name]
        make.add(
            "stop",
            trip_id=trip_id,
            position=position,
            city=name,
            city_zh=city.zh,
            country=city.country,
            region=city.region,
            zone=city.zone,
            lat_e6=city.lat_e6,
            lon_e6=city.lon_e6,
            arrives_on=starts + dt.timedelta(days=arrives),
            departs_on=starts + dt.timedelta(days=departs),
        )
        for n in range(2):
            _held_visit(make, trip_id, name, starts + dt.timedelta(days=arrives + n + 1), n)
    for position, who in enumerate((0, 2, 4), 1):
        member = make.rows["member"][who]
        make.add(
            "delegate",
            trip_id=trip_id,
            member_id=member["id"],
            position=position,
            name=member["name"],
            role=("head", "member", "interpreter")[position - 1],
            phone=member["phone"],
            languages=member["languages"],
            passport_expires_on=member["passport_expires_on"],
            visa_state="granted",
        )


def _held_visit(make: Maker, trip_id: str, city_name: str, day: dt.date, n: int) -> None:
    """Add a meeting that a past trip held, with a company of that country if there is one."""
    city = _CITY[city_name]
    there = [c for c in make.rows["company"] if c["country"] == city.country]
    company = make.rng.choice(there) if there else None
    make.add(
        "meeting",
        title=f"拜访{company['name_zh'] if company else city.zh + '企业'}",
        kind="visit",
        status="held",
        trip_id=trip_id,
        company_id=company["id"] if company else None,
        starts_at=_moment(day, ("09:30", "14:30")[n], city.zone),
        ends_at=_moment(day, ("11:00", "16:00")[n], city.zone),
        zone=city.zone,
        city=city.name,
        country=city.country,
        region=city.region,
        place=company["name"] if company else None,
        address=company["address"] if company else None,
        objective="了解扩产计划，邀请来访",
        outcome=("对方愿意明年来访，先交换资料。", "对方正在比较三地，关注能源价格。")[n],
    )
