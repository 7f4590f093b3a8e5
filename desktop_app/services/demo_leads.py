"""The demonstration's companies, contacts, leads, follow-ups and past meetings, from a seed."""

import datetime as dt
from dataclasses import dataclass, field
from random import Random
from typing import Any

from desktop_app.domain.words import STAGES
from desktop_app.services.demo_names import (
    CITIES,
    TRADES,
    City,
    Named,
    Trade,
    company_name,
    person_name,
    phone,
    street,
)

Rows = dict[str, list[dict[str, Any]]]

MEMBERS = (
    ("单静", "Shan Jing", "主任", "综合组", "英语、德语"),
    ("陈喆", "Chen Zhe", "招商专员", "欧洲小分队", "英语"),
    ("王敏", "Wang Min", "副主任", "欧洲小分队", "英语"),
    ("张磊", "Zhang Lei", "产业研究员", "产业组", "英语"),
    ("李洋", "Li Yang", "翻译", "欧洲小分队", "德语、意大利语、英语"),
    ("赵婷", "Zhao Ting", "招商专员", "华东小分队", "英语、日语"),
    ("周堃", "Zhou Kun", "项目服务经理", "服务组", "英语"),
    ("吴琪", "Wu Qi", "招商专员", "华东小分队", "英语、法语"),
)

# Of a hundred leads, how many stand at each stage.
_STAGE_WEIGHTS = (27, 21, 20, 9, 6, 6, 4, 3, 2, 1, 1)
_TRADE_WEIGHTS = [2 if trade.chain == "outside" else 1 for trade in TRADES]
_COUNTRY_WEIGHTS = {"DE": 29, "CH": 24, "IT": 20, "FR": 6, "CN": 21}
_SOURCES = {
    "squad_visit": 24, "expo": 22, "existing_investor": 8, "chain_leader": 6, "chamber": 10,
    "consulate": 6, "agency": 8, "fund_bank": 3, "expansion": 3, "inbound": 7, "superior": 3,
}  # fmt: skip
_LOST = (
    ("地价与交地时间不如对方承诺", "苏州"),
    ("总部改投东欧，暂缓在华扩产", "匈牙利"),
    ("天然气价格高于邻市", "无锡"),
    ("对方合作伙伴已落户外地", "太仓"),
)
_TASKS = (
    "发送地块比选方案", "电话回访项目负责人", "报送用能测算", "约定下次来访日期", "补齐研判材料",
    "对接园区供电方案", "回复税收政策问题", "核实总部董事会日期", "寄送样品检测报告",
    "准备投资协议初稿",
)  # fmt: skip
_OURS = ("提供标准厂房平面图", "三个工作日内答复环评路径", "提供同类企业用工成本对照")
_THEIRS = ("提供能耗与排放清单", "确认一期投资额与到资节奏", "提供近三年审计报告")
_TALKS = (
    ("首次拜访{short}", "介绍园区与同类企业，对方愿意进一步了解用地条件。"),
    ("与{short}视频会议", "对方介绍了中国市场计划，约定互换资料。"),
    ("{short}来访考察", "看了两处地块和标准厂房，对方关注供气与用工。"),
    ("{short}展会洽谈", "交换名片，了解到对方正在比较长三角三地。"),
)
_ROLES = (
    ("董事长", "decision_maker"), ("首席执行官", "decision_maker"), ("亚太区总裁", "influencer"),
    ("采购总监", "gatekeeper"), ("技术总监", "expert"), ("中国区总经理", "influencer"),
)  # fmt: skip
_BLOCKERS = ("用地指标未定", "能耗指标待批", "董事会尚未决定", "合资股比未谈妥", "设备进口周期长")
_REVENUE = {"CH": "CHF", "DE": "EUR", "IT": "EUR", "FR": "EUR", "CN": "CNY"}


@dataclass
class Maker:
    """What all parts of the demonstration share: the seed's randomness, the day, the rows."""

    rng: Random
    today: dt.date
    rows: Rows = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    member_ids: list[str] = field(default_factory=list)
    event_ids: list[str] = field(default_factory=list)
    dense: bool = True  # a fuller history for each lead, as a small team has

    def add(self, table: str, **values: Any) -> str:
        """Keep one row and return its key, drawn from the seed."""
        key = f"{self.rng.getrandbits(128):032x}"
        self.rows.setdefault(table, []).append({"id": key, **values})
        return key

    def ago(self, days: int) -> dt.date:
        """Return the day so many days before today."""
        return self.today - dt.timedelta(days=days)


def make_members(make: Maker) -> None:
    """Add the team."""
    for n, (name, name_en, role, squad, languages) in enumerate(MEMBERS):
        key = make.add(
            "member",
            name=name,
            name_en=name_en,
            role=role,
            squad=squad,
            languages=languages,
            phone=f"+86 138 5550 {1000 + n * 37}",
            email=f"{name_en.lower().replace(' ', '.')}@binjiang.example",
            passport_expires_on=make.today + dt.timedelta(days=900 + n * 130),
            active=True,
        )
        make.member_ids.append(key)


def make_events(make: Maker) -> None:
    """Add the expos and promotion events of this year and last."""
    for year in (make.today.year - 1, make.today.year):
        for name, name_en, kind, month, day, days, country, city, place in (
            ("中国国际进口博览会", "China International Import Expo (CIIE)", "expo",
             11, 5, 6, "CN", "上海", "国家会展中心"),
            ("中国国际航空航天博览会（珠海航展）", "Airshow China, Zhuhai", "expo",
             11, 10, 6, "CN", "珠海", "珠海国际航展中心"),
            ("汉诺威工业博览会", "Hannover Messe", "expo",
             4, 20, 5, "DE", "Hannover", "Messegelände"),
            ("德国慕尼黑国际电子元器件展", "electronica", "expo",
             11, 11, 4, "DE", "München", "Messe München"),
            ("滨江新区（苏黎世）投资推介会", "Binjiang investment evening, Zürich", "promotion",
             6, 12, 1, "CH", "Zürich", "Kongresshaus Zürich"),
            ("中意智能制造合作论坛", "Sino-Italian forum on smart manufacturing", "forum",
             9, 18, 1, "IT", "Milano", "Palazzo delle Stelline"),
        ):  # fmt: skip
            starts = dt.date(year, month, day)
            make.event_ids.append(
                make.add(
                    "event",
                    name=f"{year}年{name}",
                    name_en=f"{name_en} {year}",
                    kind=kind,
                    starts_on=starts,
                    ends_on=starts + dt.timedelta(days=days - 1),
                    country=country,
                    city=city,
                    place=place,
                )
            )


def add_company(make: Maker, city: City, trade: Trade, named: Named, **more: Any) -> str:
    """Add an investor with an address, a size and a short description."""
    rng = make.rng
    founded = rng.randrange(1921, 2012) if city.country != "CN" else rng.randrange(1996, 2019)
    employees = rng.choice((60, 120, 180, 240, 350, 480, 720, 1100, 1600, 2400))
    values: dict[str, Any] = {
        "name": named.name,
        "name_zh": named.zh,
        "kind": "investor",
        "country": city.country,
        "region": city.region,
        "city": city.name,
        "address": street(rng, city.country),
        # Some hundred metres around the town's middle.
        "lat_e6": city.lat_e6 + rng.randrange(-9000, 9000),
        "lon_e6": city.lon_e6 + rng.randrange(-9000, 9000),
        "website": f"https://www.{named.web}.example",
        "phone": phone(rng, city.country),
        "email": f"info@{named.web}.example",
        "chain": trade.chain,
        "founded_year": founded,
        "employees": employees,
        "revenue_minor": employees * rng.randrange(18, 42) * 1_000_000,
        "revenue_currency": _REVENUE[city.country],
        "description": f"{trade.zh}领域制造企业，{founded}年成立，员工约{employees}人。",
        "china_footprint": rng.choice(
            ("尚未在华设厂。", "上海设有贸易公司。", "苏州设有装配厂。", "通过代理商进入中国市场。")
        )
        if city.country != "CN"
        else None,
    }
    return make.add("company", **{**values, **more})


def add_contact(
    make: Maker, company_id: str, country: str, web: str, role: int, **more: Any
) -> str:
    """Add a person at a company."""
    rng = make.rng
    title, decides = _ROLES[role % len(_ROLES)]
    values: dict[str, Any] = {
        "company_id": company_id,
        "name": person_name(rng, country),
        "title": title,
        "decision_role": decides,
        "email": f"kontakt{rng.randrange(10, 99)}@{web}.example",
        "phone": phone(rng, country),
        "languages": {"CH": "德语、英语", "DE": "德语、英语", "IT": "意大利语、英语"}.get(
            country, "法语、英语" if country == "FR" else "中文"
        ),
    }
    return make.add("contact", **{**values, **more})


def gate_values(
    make: Maker, reached: list[tuple[str, dt.date]], foreign: bool, chain: str
) -> dict[str, Any]:
    """Return what the stages that a lead has entered ask for."""
    rng, dates = make.rng, dict(reached)
    big = rng.random() < 0.45
    values: dict[str, Any] = {"chain": chain}
    if "screened" in dates or rng.random() < 0.4:
        if foreign:
            values["currency"] = rng.choice(("EUR", "EUR", "USD", "CHF", "CNY"))
            millions = rng.choice((12, 18, 25, 30, 45, 60, 85) if big else (3, 5, 6, 8))
            millions *= 7 if values["currency"] == "CNY" else 1
        else:
            values["currency"] = "CNY"
            millions = rng.choice((120, 200, 350, 500, 800, 1500) if big else (30, 50, 80))
        values["amount_minor"] = millions * 100_000_000
        values["foreign_share_percent"] = rng.choice((100, 100, 70, 51)) if foreign else 0
    if "screened" in dates:
        values["verdict"] = "pursue" if len(reached) > 2 else rng.choice(("pursue", "watch"))
        for part in (
            "industry technology size intensity investor environment safety land planning tax jobs"
        ).split():
            values[f"value_{part}"] = rng.randrange(35, 100)
        values["time_scale"] = rng.choice(
            ("within_6_months", "within_12_months", "within_24_months", "open")
        )
        values["decision_maker_met"] = rng.random() < 0.5
        values["budget_approved"] = rng.random() < 0.35
    if "negotiating" in dates:
        values["blocker"] = rng.choice((*_BLOCKERS, None, None))
        values["competitors"] = rng.choice(("苏州、无锡", "太仓", "常州、南通", None))
    if "site_review" in dates:
        jobs = rng.choice((40, 80, 120, 200, 320))
        values |= {
            "land_m2": rng.choice((20_000, 33_300, 40_000, 66_700)),
            "plant_m2": rng.choice((6_000, 12_000, 24_000)),
            "energy_tce": rng.randrange(300, 4200),
            "output_minor": jobs * 180_000_000,
            "tax_minor": jobs * 9_000_000,
            "jobs": jobs,
            "review_opinion": "符合产业方向，建议在二期地块内安排，能耗按先进值核定。",
        }
    if "ready_to_sign" in dates:
        values["our_commitments"] = "代办环评与能评；首年厂房过渡；专人服务至投产。"
        values["their_commitments"] = "按期到资；投产两年内达到约定产值与税收。"
        values["planned_signing_on"] = dates.get("signed") or make.today + dt.timedelta(
            days=rng.randrange(10, 90)
        )
    if "signed" in dates:
        values["signed_on"] = dates["signed"]
    if "registered" in dates:
        values["credit_code"] = f"91320000MA{rng.randrange(10**7, 10**8)}"
        values["registered_capital_minor"] = values["amount_minor"] // 3
        values["registered_currency"] = values["currency"]
    if "started" in dates:
        number = rng.randrange(100, 999)
        values |= {
            "filing_number": f"滨审备〔{dates['started'].year}〕{number}号",
            "land_contract": f"滨地合〔{dates['started'].year}〕{number}号",
            "construction_permit": f"32000020{number}",
            "started_on": dates["started"],
        }
    if "completed" in dates:
        values["joint_acceptance"] = "联合验收合格"
        values["completed_on"] = dates["completed"]
    if "producing" in dates:
        values["producing_on"] = dates["producing"]
    if "full_capacity" in dates:
        values["full_capacity_on"] = dates["full_capacity"]
        values["actual_output_minor"] = values["output_minor"] * 104 // 100
        values["actual_tax_minor"] = values["tax_minor"] * 96 // 100
        values["actual_jobs"] = values["jobs"] + 6
    return values


def stages_reached(make: Maker, last: int, first: dt.date) -> list[tuple[str, dt.date]]:
    """Return the stages up to ``last`` with rising dates between the first report and today."""
    span = (make.today - first).days
    days = sorted(make.rng.randrange(span + 1) for _ in range(last))
    dates = [first, *(first + dt.timedelta(days=n) for n in days)]
    return [(STAGES[n].value, dates[n]) for n in range(last + 1)]


def make_lead(make: Maker) -> None:
    """Add one company with a contact, its lead, and what was done and is to do."""
    rng = make.rng
    countries = list(_COUNTRY_WEIGHTS)
    country = rng.choices(countries, list(_COUNTRY_WEIGHTS.values()))[0]
    city = rng.choice([c for c in CITIES if c.country == country])
    trade = rng.choices(TRADES, _TRADE_WEIGHTS)[0]
    named = company_name(rng, city, trade, make.taken)
    company_id = add_company(make, city, trade, named)
    contact_id = add_contact(make, company_id, country, named.web, rng.randrange(6))
    if make.dense and rng.random() < 0.4:
        add_contact(make, company_id, country, named.web, rng.randrange(6))
    last = rng.choices(range(len(STAGES)), _STAGE_WEIGHTS)[0]
    first = make.ago(rng.randrange(3 + last * 28, 120 + last * 75))
    add_lead(make, company_id, contact_id, city, trade, named, last, first)


def add_lead(
    make: Maker,
    company_id: str,
    contact_id: str,
    city: City,
    trade: Trade,
    named: Named,
    last: int,
    first: dt.date,
    **more: Any,
) -> str:
    """Add a lead at stage number ``last`` with its stages, follow-ups and past meetings."""
    rng = make.rng
    owner = rng.choice(make.member_ids)
    reached = stages_reached(make, last, first)
    source = rng.choices(list(_SOURCES), list(_SOURCES.values()))[0]
    status = "active" if last > 4 else rng.choices(
        ("active", "paused", "lost", "ended", "handed_over"), (82, 7, 6, 2, 3)
    )[0]  # fmt: skip
    values: dict[str, Any] = {
        "title": f"{named.short}{trade.project}项目",
        "company_id": company_id,
        "stage": STAGES[last].value,
        "status": status,
        "owner_id": owner,
        "source": source,
        "first_reporter_id": rng.choice(make.member_ids),
        "first_reported_on": first,
        "responded_on": min(make.today, first + dt.timedelta(days=rng.choice((0, 1, 1, 2)))),
        **gate_values(make, reached, city.country != "CN", trade.chain),
    }
    if source == "expo":
        past = [e for e in make.rows["event"] if e["ends_on"] <= make.today]
        values["event_id"] = rng.choice(past)["id"] if past else None
        values["source_detail"] = None if past else "展会"
    elif source in ("existing_investor", "chain_leader"):
        values["introducer"] = rng.choice(("联博传动", "恒川液压", "启岭航电"))
    if status == "lost":
        values["status_reason"], values["lost_to"] = rng.choice(_LOST)
    elif status in ("paused", "ended"):
        values["status_reason"] = rng.choice(("等待对方董事会决定", "对方预算冻结", "负责人更换"))
    elif status == "handed_over":
        values["status_reason"] = "企业选址相邻园区，按流转办法移交。"
    values = {**values, **more}
    lead_id = make.add("lead", **values)
    for stage, day in reached:
        make.add("lead_stage", lead_id=lead_id, stage=stage, reached_on=day, member_id=owner)
    _meetings(make, lead_id, company_id, contact_id, city, named, reached, owner)
    if values["status"] == "active":
        dues = _follow_ups(make, lead_id, company_id, owner, last)
        if dues:
            make.rows["lead"][-1]["next_on"] = min(dues)
    return lead_id


def _meetings(
    make: Maker,
    lead_id: str,
    company_id: str,
    contact_id: str,
    city: City,
    named: Named,
    reached: list[tuple[str, dt.date]],
    owner: str,
) -> None:
    """Add the meetings held so far: one before negotiating, more of late."""
    rng = make.rng
    days = [day for stage, day in reached if stage in ("negotiating", "site_review", "signed")]
    if len(reached) > 1 and rng.random() < (0.65 if make.dense else 0.25):
        earliest = (make.today - reached[0][1]).days
        days.append(make.ago(rng.randrange(1, max(2, min(earliest, 45)))))
    for wished in days:
        day = wished
        title, outcome = rng.choice(_TALKS)
        while day.weekday() > 4:
            day -= dt.timedelta(days=1)
        call = "视频" in title
        starts = dt.datetime(day.year, day.month, day.day, rng.choice((7, 8, 9, 13)), tzinfo=dt.UTC)
        meeting_id = make.add(
            "meeting",
            title=title.format(short=named.short),
            kind="call" if call else "expo_talk" if "展会" in title else
            "site_visit" if "来访" in title else "visit",
            status="held",
            company_id=company_id,
            lead_id=lead_id,
            starts_at=starts,
            ends_at=starts + dt.timedelta(minutes=rng.choice((60, 90, 120))),
            zone=city.zone,
            city=city.name,
            country=city.country,
            region=city.region,
            place=named.name,
            objective="了解投资计划与时间表",
            outcome=outcome,
        )  # fmt: skip
        if not make.dense:
            continue
        make.add("attendee", meeting_id=meeting_id, contact_id=contact_id, member_id=None)
        make.add("attendee", meeting_id=meeting_id, contact_id=None, member_id=owner)


def _follow_ups(make: Maker, lead_id: str, company_id: str, owner: str, last: int) -> list[dt.date]:
    """Add follow-ups done and to do; return the due dates of those that are not done."""
    rng = make.rng
    common = {"lead_id": lead_id, "company_id": company_id, "owner_id": owner}
    if make.dense and rng.random() < 0.5:
        due = make.ago(rng.randrange(2, 90))
        late = rng.choice((-3, -1, 0, 0, 0, 2))
        make.add(
            "follow_up",
            title=rng.choice(_TASKS),
            status="done",
            due_on=due,
            done_on=min(make.today, due + dt.timedelta(days=late)),
            outcome="已完成，对方确认收到。",
            **common,
        )
    if last in (0, 1) and rng.random() < 0.45:
        return []
    kind = rng.random()
    side = None if kind < 0.72 else "ours" if kind < 0.87 else "theirs"
    texts = {None: _TASKS, "ours": _OURS, "theirs": _THEIRS}[side]
    when = rng.choices(("overdue", "today", "week", "later"), (5, 3, 12, 80))[0]
    days = {
        "overdue": -rng.randrange(1, 15),
        "today": 0,
        "week": rng.randrange(1, 7),
        "later": rng.randrange(7, 75),
    }[when]
    due = make.today + dt.timedelta(days=days)
    waiting = side == "theirs" or rng.random() < 0.06
    make.add(
        "follow_up",
        title=rng.choice(texts),
        status="waiting" if waiting else "open",
        side=side,
        due_on=due,
        **common,
    )
    return [due]
