"""Writes the messy files that the tests import; each is of another team and another wording."""

import datetime as dt
from pathlib import Path
from typing import Any

import xlsxwriter


def write_sheets(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    """Write sheets cell by cell: texts as texts, numbers as numbers, days as days."""
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, dt.date):
                        sheet.write_datetime(line, column, value, day)
                    elif isinstance(value, str):
                        sheet.write_string(line, column, value)
                    elif value is not None:
                        sheet.write_number(line, column, value)
    return path


def german_ledger(path: Path) -> Path:
    """An economic development agency's list: headings in two rows, other order, Summe below."""
    rows: list[list[Any]] = [
        ["Investorenliste Ostasien – Stand: 30.09.2026"],
        [],
        ["Nr.", "Termin", "", "Projekt", "", "", "Unternehmen", "", "", "Ansprechpartner", "", "", "Quelle", "Betreuer", "Bemerkung"],  # noqa: E501
        ["", "Erstkontakt", "Wiedervorlage", "Phase", "Investition (Mio. EUR)", "Branche", "Firma", "Sitz", "Land", "Name", "Telefon", "E-Mail", "", "", ""],  # noqa: E501
        [1, "03.02.2026", "15.12.2026", "in Verhandlung", "12,5", "Maschinenbau", "Falkenried Anlagenbau GmbH", "Ulm", "Deutschland", "Dr. Uwe Ahrens", "0731 5550120", "ahrens@example.com", "Messe Hannover", "Li Wei", "Halle 12"],  # noqa: E501
        [2, "5.3.26", "", "Vertrag unterzeichnet", "1.250,75", "Medizintechnik", "Tschudi Implantate AG", "Glarus", "Schweiz", "Regula Tschudi", "+41 55 555 01 20", "r.tschudi@example.com", "AHK", "Wang Min", ""],  # noqa: E501
        ["", "", "", "Zwischensumme", "1.263,25"],
        [3, dt.datetime(2026, 4, 9), "31.02.2027", "Erstgespräch", 3, "Landtechnik", "Bressan Macchine S.r.l.", "Treviso", "Italien", "", "", "", "Empfehlung", "Li Wei", ""],  # noqa: E501
        ["Summe", "", "", "", "1.266,25"],
    ]  # fmt: skip
    return write_sheets(path, {"Liste": rows, "Legende": [["Phase", "Bedeutung"], ["1", "neu"]]})


def chinese_ledger(path: Path) -> Path:
    """A district's list: other wording, grouped by country, headings repeated on each page."""
    headings = [
        "编号",
        "客商名称",
        "行业类别",
        "目前进展",
        "意向投资规模（亿元）",
        "包保责任人",
        "首报人",
    ]
    headings += ["接洽时间", "信息渠道", "下步计划", "联系方式", "展馆"]
    rows: list[list[Any]] = [
        ["临江区外资线索汇总"],
        ["填报单位：临江区投促局", "", "", "", "", "", "", "货币单位：亿元"],
        headings,
        ["（一）德国企业"],
        ["1", "黑森伯格传动（Hessenberg Getriebe GmbH）", "汽车", "洽谈", "1-2", "沈亦舟、陆知行", "顾青禾", "26.3.5", "工博会", "寄送地块资料", "赵经理 13812345678", "N3"],  # noqa: E501
        ["2", "科尔马轻材", "新材料", "已签约", "8000万欧元", "陆知行", "", "3月5日", "朋友介绍", "", "不方便留", ""],  # noqa: E501
        headings,
        ["（二）意大利企业"],
        ["3", "Vetreria Sant'Elmo S.p.A.", "玻璃深加工", "不了了之", "面议", "陆知行", "", "2026.2.30", "江苏省驻欧办", "", "", ""],  # noqa: E501
        ["小计", "3家"],
        ["注：以上数据截至6月"],
    ]  # fmt: skip
    return write_sheets(path, {"明细": rows})


def english_csv() -> str:
    """A consultant's export with semicolons, a quoted line break and columns nobody asked for."""
    return (
        "Project;Investor;Country of origin;HQ city;Sector;Current stage;CapEx (USD m);"
        "Date of first contact;Next follow-up;Person in charge;Job title;Key contact;NACE\r\n"
        'Battery foil;"Harrow & Pike Ltd";United Kingdom;Leeds;Automotive;Due diligence;25;'
        "2026-05-14;2026-12-01;Chen Jie;CFO;Ruth Pike;25.61\r\n"
        'Cold chain;"Nordlys Pharma A/S";Denmark;Odense;Pharma;"Signed\nin Oslo";USD 4,500,000;'
        "14 May 2026;;Chen Jie;;;\r\n"
    )
