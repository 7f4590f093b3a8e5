#!/usr/bin/env python3
"""Writes the sample ledger in resources/demo: invented companies, as messy as real ledgers are.

Run it by hand after a change: `python packaging/build_demo_ledger.py`. The same script gives the
same file. ``LEADS`` says what an import should make of it; the tests compare.
"""

import datetime as dt
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

TARGET = Path(__file__).resolve().parent.parent / "resources" / "demo" / "ledger.xlsx"
HEADINGS = (
    *("序号", "投资方", "中文名称", "国别", "总部城市", "所属产业链", "项目来源", "项目阶段"),
    *("计划投资额", "招商负责人", "首次洽谈时间", "下次跟进", "竞争地", "用地（亩）", "备注"),
)
COMPANIES = (
    ("Aarequell Antriebstechnik AG", "阿勒驱动", "瑞士", "索洛图恩 Solothurn", "汽车及零部件"),
    ("Brennwald Präzision GmbH", "布伦精密", "德国", "Tuttlingen", "高端装备制造"),
    ("Officine Carducci S.p.A.", "卡杜机械", "意大利", "Modena", "智能农机装备"),
    ("Dürrmoos Feinguss GmbH & Co. KG", "杜尔铸造", "德国", "Göppingen", "高性能材料"),
    ("Elbfurt Seetechnik SE", "易北海工", "德国", "汉堡 Hamburg", "海工装备"),
    ("Fontana Lieve S.r.l.", "丰塔轻材", "意大利", "Bergamo", "高性能材料"),
    ("Grünegg Medizintechnik AG", "格林医疗", "瑞士", "Zug", "医疗器械和生物医药"),
    ("Hochrain Sensorik GmbH", "霍莱传感", "德国", "Jena", "新一代信息技术"),
    ("Isarwerk Luftfahrt GmbH", "伊萨航空", "德国", "慕尼黑 München", "航空航天"),
    ("Jurablick Mikrotechnik SA", "汝拉微技", "瑞士", "Neuchâtel", "医疗器械和生物医药"),
    ("Kestenholz Energie AG", "凯斯能源", "瑞士", "Olten", "新型电力装备"),
    ("Lagomare Nautica S.p.A.", "拉戈船舶", "意大利", "La Spezia", "海工装备"),
    ("Mühlbach Landtechnik GmbH", "米尔农机", "德国", "Osnabrück", "智能农机装备"),
    ("Nebelhorn Robotik GmbH", "内贝机器人", "德国", "Kempten", "高端装备制造"),
    ("Oltrepò Biomedica S.r.l.", "奥特生物", "意大利", "Pavia", "医疗器械和生物医药"),
    ("Piz Corvatsch Optik AG", "科瓦光学", "瑞士", "Chur", "新一代信息技术"),
    ("Quellental Pumpen GmbH", "奎伦泵业", "德国", "Kassel", "其他"),
    ("Rosengart Composites SAS", "罗森复材", "法国", "Mulhouse", "高性能材料"),
    ("Südharz Batterie SE", "苏哈电池", "德国", "Nordhausen", "新型电力装备"),
    ("Toggenburg Textil AG", "托根新材", "瑞士", "Wattwil", "/"),
    ("Umbria Aero S.p.A.", "翁布航空", "意大利", "Perugia", "航空航天"),
    ("Vallorbe Outils SA", "瓦洛工具", "瑞士", "Vallorbe", "高端装备制造"),
    ("Weserpark Automotive GmbH", "威悉汽车", "德国", "Bremen", "汽车及零部件"),
    ("Zeitblom Halbleiter GmbH", "蔡特半导体", "德国", "德累斯顿 Dresden", "新一代信息技术"),
    ("常州启岚精密机械有限公司", "常州启岚精密机械有限公司", "中国", "常州", "高端装备制造"),
    ("无锡澄远生物科技有限公司", "无锡澄远生物科技有限公司", "中国", "无锡", "生命健康"),
    ("Brennwald Robotik GmbH", "布伦机器人", "德国", "Tuttlingen", "高端装备制造"),
    ("Grünegg Medizintechnik GmbH", "格林医疗器械", "德国", "Lörrach", "医疗器械和生物医药"),
    ("Carducci Motori S.r.l.", "卡杜发动机", "意大利", "Modena", "汽车及零部件"),
    ("Łąkowa Komponenty Sp. z o.o.", "旺科部件", "波兰", "Wrocław", "汽车及零部件"),
)
COUNTRIES = {"瑞士": "CH", "德国": "DE", "意大利": "IT", "法国": "FR", "中国": "CN", "波兰": "PL"}
STAGES = (
    ("线索", "lead"), ("初步接触", "screened"), ("洽谈中", "negotiating"), ("在谈", "negotiating"),
    ("来访考察", "site_review"), ("拟签约", "ready_to_sign"), ("已签约", "signed"),
    ("已注册", "registered"), ("在建", "started"), ("竣工", "completed"), ("投产", "producing"),
    ("达产达效", "full_capacity"),
)  # fmt: skip
SOURCES = (
    "进博会",
    "以商招商",
    "德国商会上海办事处",
    "小分队敲门",
    "主动来询",
    "朋友介绍",
    "总领馆推荐",
)
OWNERS = ("沈亦舟", "陆知行", "顾青禾", "单小满", "许砚")
NOTES = (
    "",
    "董事长明年春天想来看地",
    "=SUM(A1:A9)",
    "需要双电源\n环评先行",
    "见附件\t报价",
    "关注“园区保”",
)
LATER = ("", "待定", "近期")


@dataclass(frozen=True)
class Expected:
    """What one lead of the ledger is, however it is written there."""

    company: str
    country: str
    stage: str
    amount_minor: int | None
    currency: str | None
    first_on: dt.date
    owner: str


def _money(rng: random.Random, form: int) -> tuple[str | float, int, str]:
    """Return an amount as written, in minor units, and its currency."""
    wan = rng.choice((600, 1200, 2500, 8000, 15000, 36000, 80000))
    fen = wan * 10_000 * 100
    western = wan * 1000
    shapes: tuple[tuple[str | float, int, str], ...] = (
        (float(wan), fen, "CNY"),
        (f"{wan / 10000:g}亿元", fen, "CNY"),
        (f"约{wan}万元", fen, "CNY"),
        (f"{wan // 5}万美元", wan // 5 * 1_000_000, "USD"),
        (f"EUR {western:,}", western * 100, "EUR"),
        (f"CHF {western:,}".replace(",", "'"), western * 100, "CHF"),
        (f"{wan // 10}万欧元", wan // 10 * 1_000_000, "EUR"),
    )
    return shapes[form % len(shapes)]


def _day(day: dt.date, form: int) -> str | float | dt.date:
    """Return a day as one of a team's several hands would write it."""
    serial = (day - dt.date(1899, 12, 30)).days
    shapes: tuple[str | float | dt.date, ...] = (
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{day:%Y/%m/%d}",
        float(serial),
        day,
        f"{day:%y}.{day.month}.{day.day}",
    )
    return shapes[form % len(shapes)]


def make_rows() -> tuple[list[list[Any]], list[Expected]]:
    """Return the rows of leads as written, and what each of them is."""
    rng = random.Random(20261)
    rows: list[list[Any]] = []
    expected = []
    for number, (name, chinese, country, city, chain) in enumerate(COMPANIES, start=1):
        word, stage = STAGES[(number * 5) % len(STAGES)]
        amount, minor, currency = _money(rng, number)
        first = dt.date(2025, 3, 1) + dt.timedelta(days=rng.randrange(560))
        following = _day(first + dt.timedelta(days=rng.randrange(20, 90)), number + 3)
        owner = OWNERS[rng.randrange(len(OWNERS))]
        source, note = SOURCES[number % len(SOURCES)], NOTES[number % len(NOTES)]
        rival = ("", "苏州、无锡", "合肥")[number % 3]
        land: float | str = (60.0, "", "约35亩")[number % 3]
        later = LATER[number % 9] if number % 9 < 3 else following
        written = [number, name, chinese, country, city, chain, source, word, amount, owner]
        rows.append([*written, _day(first, number), later, rival, land, note])
        code = COUNTRIES[country]
        expected.append(Expected(name, code, stage, minor, currency, first, owner))
    return rows, expected


ROWS, LEADS = make_rows()
# Leads that stand in the ledger twice, the second time as another program spelled them.
REPEATED = {1: "BRENNWALD PRAEZISION GMBH", 12: "MUEHLBACH LANDTECHNIK GMBH", 21: "Vallorbe Outils"}


def write_ledger(path: Path) -> None:
    """Write the ledger: titles, merged cells, section titles, subtotals, repeats, contacts."""
    with xlsxwriter.Workbook(str(path)) as book:
        # The same bytes each time, and no name of a person or machine.
        book.set_properties({"author": "Invest Desk", "created": dt.datetime(2026, 11, 1)})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        bold = book.add_format({"bold": True, "bg_color": "#E6EFFB", "border": 1})
        sheet = book.add_worksheet("2026年在谈项目")
        title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
        sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, "2026年重点招商项目台账", title)
        sheet.write(1, 0, "填报部门：招商一局")
        sheet.write(1, 9, "单位：万元")
        for column, heading in enumerate(HEADINGS):
            sheet.write(2, column, heading, bold)
        line = 3
        for index, row in enumerate(ROWS):
            if index in (0, 11, 20):
                sheet.write(
                    line, 0, f"{'一二三'[(0, 11, 20).index(index)]}、第{index // 10 + 1}批项目"
                )
                line += 1
            _write_row(sheet, line, row, day)
            line += 1
            if index in (10, 19):
                sheet.write_row(line, 0, ["小计", f"{index + 1}个项目"])
                line += 2
        for index, spelled in REPEATED.items():
            row = [len(ROWS) + 1, spelled, *ROWS[index][2:]]
            _write_row(sheet, line, row, day)
            line += 1
        sheet.write_row(line, 0, ["合计", f"{len(ROWS) + len(REPEATED)}个项目"])
        sheet.set_column(1, 2, 28)
        sheet.freeze_panes(3, 2)
        _write_contacts(book.add_worksheet("联系人"))


def _write_row(sheet: Any, line: int, row: list[Any], day: Any) -> None:
    """Write one row, formula-looking texts as texts and days as days."""
    for column, value in enumerate(row):
        if isinstance(value, dt.date):
            sheet.write_datetime(line, column, dt.datetime.combine(value, dt.time()), day)
        elif isinstance(value, str):
            sheet.write_string(line, column, value)
        else:
            sheet.write_number(line, column, value)


def _write_contacts(sheet: Any) -> None:
    """Write people of some of the companies; the addresses belong to nobody."""
    people = ("Anneli Furrer", "Jörg Hasselt", "Giulia Còrnara", "Søren Løvdal", "魏清扬")
    titles = ("CEO", "Leiter Einkauf", "Direttore Generale", "VP Strategy", "总经理")
    phones = ("+41 32 555 01 20", "0049 7461 555 012", "+39 059 555 012", "+45 33 55 50 12")
    sheet.write_row(0, 0, ["姓名", "企业", "职务", "邮箱", "电话"])
    for line, index in enumerate(range(0, len(COMPANIES), 2), start=1):
        who = (line - 1) % len(people)
        phone = phones[who] if who < len(phones) else "13800000000"
        email = f"kontakt{index + 1}@example.com"
        sheet.write_row(line, 0, [people[who], COMPANIES[index][0], titles[who], email, phone])


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    write_ledger(TARGET)
