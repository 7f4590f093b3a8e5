"""A whole trip in a workspace, made through the services as people would make it."""

import datetime as dt
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from desktop_app.services import companies, follow_ups, leads, members, trips

ZURICH = "Europe/Zurich"
SHANGHAI = "Asia/Shanghai"


def moment(day: int, hour: int, minute: int = 0, zone: str = ZURICH) -> dt.datetime:
    """Return a moment in November 2026 by the clock of a zone."""
    local = dt.datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(zone))
    return local.astimezone(dt.UTC)


def day(number: int) -> dt.date:
    return dt.date(2026, 11, number)


TRIP = {
    "title": "赴瑞士、德国、意大利招商活动",
    "title_en": "Investment mission to Switzerland, Germany and Italy",
    "status": "approved",
    "starts_on": day(16),
    "ends_on": day(25),
    "notice_on": day(2),
    "approval_number": "苏外审〔2026〕0000号",
    "purpose": "推进7个在谈项目，其中2个争取签约意向；走访3家已落户企业母公司，争取增资；"
    "结识4家新线索企业。",
    "purpose_en": "Move seven projects on, two of them towards a letter of intent; visit the "
    "parents of three firms already settled; meet four new companies.",
    "goals": "1. Zanchi Meccanica签订投资意向书，明确2027年3月前来镇考察。\n"
    "2. Rheintal Hydraulik由“在谈”进入“考察评审”，取得用地、能耗数据。\n"
    "3. 新增有效线索不少于4条，15日内全部首报、研判。",
    "goals_en": "Zanchi Meccanica signs a letter of intent and sets a visit before March 2027.\n"
    "Rheintal Hydraulik enters the site review with land and energy data.\n"
    "At least four new leads, reported and screened within 15 days.",
    "must_win": "Zanchi Meccanica：设备进口关税测算已备好（附件3），请对方确认一期4,500万欧元的"
    "到资节奏。\nKühnfeld Antriebe：二期用地60亩指标已落实，请对方12月1日前回复董事会意见。",
    "must_win_en": "Zanchi Meccanica: confirm when the first 45 million euros are paid in.\n"
    "Kühnfeld Antriebe: the board's answer on the 60 mu of phase two by 1 December.",
    "logistics": "11月16日20:30浦东T2集合，带齐护照、签证复印件与保险单。\n"
    "转换插头：瑞士J型，意大利L型。公务用餐由张磊统一结算，票据当天交。",
    "country_notes": "弗利一家为家族企业，三代同堂出席，备一份镇江香醋礼盒。",
    "emergency_numbers": "领队单静 +86 138 0000 0000；当地向导Marco +39 333 000 0000",
}

# City, Chinese name, country, region, latitude and longitude, arrival and departure, hotel.
STOPS = (
    ("Zürich", "苏黎世", "CH", "ZH", 47.3769, 8.5417, 17, 19, "Hotel Limmatquai"),
    ("Biberach", "比伯拉赫", "DE", "BW", 48.0980, 9.7870, 19, 20, "Hotel Kapuzinerhof"),
    ("München", "慕尼黑", "DE", "BY", 48.1370, 11.5750, 20, 22, "Hotel Isartor"),
    ("Milano", "米兰", "IT", "MI", 45.4642, 9.1900, 22, 24, "Albergo Brera"),
    ("Forlì", "弗利", "IT", "FC", 44.2227, 12.0407, 24, 25, "Hotel della Città"),
)

# Day, hour, company, Chinese name, country, city, address.
VISITS = (
    (18, 9, "Häberling Medical SA", "黑贝林医疗", "CH", "Zürich", "Seestrasse 9, 8002 Zürich"),
    (18, 14, "Rheintal Hydraulik AG", "莱恩液压", "CH", "Rorschach", "Industriestrasse 14, 9400"),
    (19, 11, "Weißach Sensorik GmbH", "魏萨赫传感", "DE", "Biberach", "Riedstraße 3, 88400"),
    (19, 15, "Nordmatt Fasteners GmbH", "诺德紧固件", "DE", "Biberach", "Ulmer Straße 40, 88400"),
    (20, 14, "Kühnfeld Antriebe SE", "屈恩驱动", "DE", "München", "Dachauer Straße 201, 80637"),
    (23, 10, "Zanchi Meccanica S.p.A.", "赞基机械", "IT", "Milano", "Via Tortona 33, 20144"),
    (24, 14, "Tessarolo Coatings S.p.A.", "泰萨涂层", "IT", "Forlì", "Viale Bologna 12, 47121"),
)


def add_people(session: Session, trip_id: str) -> list[str]:
    """Add the delegation and return its members."""
    ids = []
    for name, english, role, duty in (
        ("单静", "Shan Jing", "head", "全面负责"),
        ("王敏", "Wang Min", "member", "项目谈判"),
        ("张磊", "Zhang Lei", "member", "行程与后勤"),
        ("李洋", "Li Yang", "interpreter", "德语翻译"),
        ("赵喆", "Zhao Zhe", "note_taker", "会谈记录"),
    ):
        member = members.add_member(
            session,
            name=name,
            name_en=english,
            phone="+86 138 0000 0000",
            languages="中文、英语",
            passport_expires_on=dt.date(2027, 3, 1) if name == "张磊" else dt.date(2031, 5, 9),
        )
        trips.add_delegate(
            session, trip_id, member_id=member, role=role, duty=duty, visa_state="granted"
        )
        ids.append(member)
    return ids


def add_route(session: Session, trip_id: str) -> None:
    """Add the stops and the transfers."""
    for city, city_zh, country, region, lat, lon, arrives, departs, hotel in STOPS:
        trips.add_stop(
            session,
            trip_id,
            city=city,
            city_zh=city_zh,
            country=country,
            region=region,
            zone="Europe/Rome" if country == "IT" else ZURICH,
            lat_e6=round(lat * 1e6),
            lon_e6=round(lon * 1e6),
            arrives_on=day(arrives),
            departs_on=day(departs),
            hotel=hotel,
            hotel_address="Bahnhofplatz 7",
            hotel_phone="+41 44 000 00 00",
        )
    for kind, number, start, end, leaves, comes, zone, to_zone in (
        ("flight", "LX 189", "上海浦东", "Zürich", (16, 23, 50), (17, 6, 10), SHANGHAI, ZURICH),
        ("car", None, "Zürich", "Biberach", (19, 8, 0), (19, 10, 20), ZURICH, ZURICH),
        ("train", "RE 4219", "Biberach", "München Hbf", (20, 7, 30), (20, 9, 40), ZURICH, ZURICH),
        ("flight", "LH 1854", "München", "Milano", (22, 9, 0), (22, 10, 10), ZURICH, ZURICH),
        ("train", "FR 9515", "Milano", "Forlì", (24, 7, 5), (24, 9, 20), ZURICH, ZURICH),
        ("flight", "MU 244", "Milano", "上海浦东", (25, 12, 0), (26, 6, 30), ZURICH, SHANGHAI),
    ):
        trips.add_leg(
            session,
            trip_id,
            kind=kind,
            number=number,
            from_place=start,
            to_place=end,
            departs_at=moment(*leaves, zone=zone),
            arrives_at=moment(*comes, zone=to_zone),
            from_zone=zone,
            to_zone=to_zone,
            booking="6人",
        )


def add_visit(
    session: Session, trip_id: str, people: list[str], number: int, *, note: str = ""
) -> str:
    """Add one company with its lead, people, promises and the meeting on the trip."""
    date, hour, name, name_zh, country, city, address = VISITS[number]
    company = companies.add_company(
        session,
        name=name,
        name_zh=name_zh,
        kind="investor",
        country=country,
        city=city,
        address=address,
        website="www.example.com",
        chain="marine",
        founded_year=1961,
        employees=1240,
        revenue_minor=31_000_000_000,
        revenue_currency="CHF",
        description="工程液压元件制造商，产品用于船舶与工程机械。" + note,
        china_footprint="苏州设贸易公司（2014年）；上海有售后点。",
    )
    chair = companies.add_contact(
        session,
        company_id=company,
        name="Jürg Brunner",
        name_zh="布伦纳",
        title="董事长",
        decision_role="decision_maker",
        languages="德语",
        notes="喜谈山地徒步",
        mobile="+41 79 000 00 00",
        email=f"j.brunner{number}@example.com",
    )
    vice = companies.add_contact(
        session,
        company_id=company,
        name="Chloé D’Angelo",
        title="亚太副总裁",
        notes="2025年进博会相识",
        email=f"c.dangelo{number}@example.com",
    )
    lead = leads.add_lead(
        session,
        company,
        title=f"{name_zh}中国生产基地",
        chain="marine",
        stage=("negotiating", "site_review", "ready_to_sign")[number % 3],
        amount_minor=35_000_000_000,
        currency="CNY",
        competitors="苏州、无锡",
        blocker="蒸汽价格高于苏州；董事会要求两家比选。",
        value_size=80,
        value_industry=70,
        time_scale="within_12_months",
        decision_maker_met=True,
    )
    for side, title, due in (
        ("ours", "地块比选方案", day(24)),
        ("theirs", "提供能耗清单", day(6)),
    ):
        follow_ups.add_follow_up(
            session, title=title, side=side, due_on=due, lead_id=lead, company_id=company
        )
    meeting = trips.plan_meeting(
        session,
        trip_id,
        company,
        moment(date, hour, 30),
        day(1),
        transfer="苏黎世13:05火车，1小时05分",
        dress="商务正装，安全鞋",
        language="德语、英语",
        interpreter="李洋",
        note_taker="赵喆",
        objective="取得用地与能耗数据，排出考察日程。",
        wished_outcome="取得用地、能耗、产值三项数据；敲定董事长2027年3月来访日期。",
        talking_points="感谢进博会期间到访，介绍同类企业Kühnfeld二期进展。\n"
        "60亩两处地块的港口距离与供气条件对比。\n"
        "“园区保”与进口设备政策，强调三个工作日答复。\n"
        "请对方说明苏州、无锡方案的主要顾虑。",
        asks="提供能耗清单\n指定项目对接人",
        offers="代办环评与能评；首年厂房过渡",
        red_lines="税收返还口径；未批的能耗指标数",
        questions="工业用地价格与出让年限？\n蒸汽与天然气价格、供应保障？\n德语人才从哪里来？",
        materials="地块比选\n天然气价格表\n样品礼盒",
        notes=note or None,
    )
    trips.set_attendees(session, meeting, {chair, vice}, set(people[:3]))
    return meeting


def add_sample_trip(session: Session, visits: int = len(VISITS)) -> str:
    """Add the whole trip and return its id."""
    trip_id = trips.add_trip(session, **TRIP)
    people = add_people(session, trip_id)
    add_route(session, trip_id)
    for number in range(visits):
        add_visit(session, trip_id, people, number % len(VISITS))
    return trip_id
