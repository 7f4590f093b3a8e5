"""The yearly report: the year on record, and each figure with its records."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from reportlab.lib.units import mm

from desktop_app.cli.main import main
from desktop_app.db.models import Approval, CapitalReceipt, Target
from desktop_app.db.workspace import Workspace
from desktop_app.i18n import t
from desktop_app.reports import yearly_report
from desktop_app.reports.year_facts import GROUPS, LISTED_IN, LISTS, YearFacts, year_facts
from desktop_app.reports.year_front import change_words
from desktop_app.services.demo import make_demo
from desktop_app.services.demo_year import make_year
from desktop_app.services.year_figures import METRICS, MORE_METRICS, YearFigure, year_figures
from tests.reports.page_checks import outside, overlaps
from tests.reports.page_lines import links
from tests.reports.paper_tools import flat, order, pages, write

END = dt.datetime(2022, 12, 31, 4, 0, tzinfo=dt.UTC)
LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en", "both"])
# What the zone reported for 2022, as PRODUCT has it, and the exact numbers behind "more than".
ON_RECORD = {
    "zh": {
        "亿元以上签约": "66", "“四群八链”占比": "62%", "外出拜访与推介": "372", "调度会": "24",
        "收集问题": "150", "问题解决率": "100%", "获得授信企业": "42", "授信金额": "19.3 亿元",
        "“园区保”企业": "30", "“园区保”贷款": "1.42 亿元", "办结审批事项": "828",
        "现场踏勘": "119", "专家评审": "49", "上门服务": "53", "解决审批问题": "132",
        "施工许可": "81", "许可面积（m²）": "858,000", "许可工程造价": "19.9 亿元",
        "联合验收幢数": "190", "联合验收面积（m²）": "1,229,000",
    },
    "en": {
        "Signed ≥ 100M CNY": "66", "Chain fit": "62%", "Visits and events": "372",
        "Dispatch meetings": "24", "Cases raised": "150", "Cases solved": "100%",
        "Companies with credit": "42", "Credit granted": "¥1.93bn",
        "Companies with a park guarantee": "30", "Park-guarantee loans": "¥142m",
        "Approvals done": "828", "Site surveys": "119", "Expert reviews": "49",
        "On-site services": "53", "Approval problems solved": "132", "Construction permits": "81",
        "Permitted area (m²)": "858,000", "Permitted cost": "¥1.99bn",
        "Buildings accepted": "190", "Area accepted (m²)": "1,229,000",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    opened = Workspace.open(tmp_path_factory.mktemp("year") / "desk")
    with opened.write("a year") as session:
        make_year(session, 2022)
    return opened


def facts_of(workspace: Workspace, now: dt.datetime = END) -> YearFacts:
    with workspace.read() as session:
        return yearly_report.read(session, "", order(now=now), Path())


def text_of(path: Path) -> str:
    return flat("".join(pages(path)))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_year_on_record_is_on_paper(year: Workspace, tmp_path: Path, lang: str) -> None:
    write("yearly", facts_of(year), tmp_path / "a.pdf", lang, now=END)
    glance = flat(pages(tmp_path / "a.pdf")[1])
    missing = [
        f"{figure} {value}"
        for figure, value in ON_RECORD[lang].items()
        if flat(figure + value) not in glance
    ]
    assert missing == []
    assert len(pages(tmp_path / "a.pdf")) <= 20


@LANGUAGES
def test_a_whole_year_stands_clear_on_its_pages(year: Workspace, tmp_path: Path, lang: str) -> None:
    path = tmp_path / "a.pdf"
    write("yearly", facts_of(year), path, lang, now=END)
    assert overlaps(path) == []
    assert outside(path, 17 * mm, bottom=8 * mm) == []
    assert len(pages(path)) <= 30


def test_every_figure_leads_to_its_records(year: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    facts = facts_of(year)
    write("yearly", facts, path, "en", now=END)
    found = [link for link in links(path) if link.page == 2]
    assert len(found) == len(METRICS | MORE_METRICS)
    for link in found:
        assert link.words in flat(pages(path)[link.target - 1])
    left_out = frozenset({"annex", "signed", "cases"})
    write("yearly", facts, path, "en", now=END, left_out=left_out)
    assert links(path) == []


def test_every_figure_has_a_place_and_a_rule() -> None:
    shown = [metric for group in GROUPS.values() for metric in group]
    assert sorted(shown) == sorted(METRICS | MORE_METRICS)
    listed = [metric for one in LISTS for metric in one]
    assert sorted([*listed, *LISTED_IN]) == sorted(shown)
    for metric in shown:
        for lang in ("zh", "en"):
            assert t(f"yearly.rule.{metric}", lang)


def test_the_annex_adds_up_to_the_figures(year: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    others = frozenset(yearly_report.SECTIONS) - {"annex"}
    write("yearly", facts_of(year), path, "zh", now=END, left_out=others)
    text = text_of(path)
    for words in (
        "授信金额19.3亿元（50条）", "合计·另有38项19.3亿元", "合计·另有69项858,00019.9亿元",
        "办结审批事项828（828条）", "另有816项未列出。", "现场踏勘119（119条）",
    ):  # fmt: skip
        assert flat(words) in text
    assert "全年一览" not in text


def test_what_does_not_count_is_named_with_its_reason(year: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    others = frozenset(yearly_report.SECTIONS) - {"not_counted"}
    write("yearly", facts_of(year), path, "zh", now=END, left_out=others)
    text = text_of(path)
    for words in ("已在以前年度签约", "是视频会议，不是当面会谈", "另有20项", "年终调度会"):
        assert words in text


def test_a_year_without_records_is_calm(workspace: Workspace, tmp_path: Path) -> None:
    for lang in ("zh", "en", "both"):
        write("yearly", facts_of(workspace), tmp_path / "a.pdf", lang, now=END)
        found = pages(tmp_path / "a.pdf")
        assert len(found) <= (5 if lang == "both" else 3)
        for code in ("signed", "visits", "cases", "approvals", "not_counted", "annex"):
            title = t(f"reports.section_{code}", "en" if lang == "en" else "zh")
            # Figures and groups may bear the same words, titles stand alone in their line.
            assert not re.search(rf"^{re.escape(title)}\s*$", "\n".join(found[2:]), re.MULTILINE)


def test_of_a_year_under_way_only_what_is_behind_its_time_is_named(
    workspace: Workspace, tmp_path: Path
) -> None:
    with workspace.write("demo") as session:
        make_demo(session, 60, 1, dt.date(2026, 11, 15))
        for target in session.query(Target):
            target.deleted = True
        session.add(Target(year=2026, metric="visits_and_events", value=1))
        session.add(Target(year=2026, metric="expert_reviews", value=100_000))
    now = dt.datetime(2026, 11, 15, 4, 0, tzinfo=dt.UTC)
    facts = facts_of(workspace, now)
    write("yearly", facts, tmp_path / "a.pdf", "zh", now=now)
    text = text_of(tmp_path / "a.pdf")
    assert "已设目标2项，完成1项。" in text
    assert "落后于时间进度（87%）：专家评审。" in text
    assert "2026年1月1日至11月15日（年度进行中，已过87%）" in text
    with workspace.read() as session:
        assert facts.figures == year_figures(
            session, 2026, dt.date(2026, 11, 15), tuple(METRICS | MORE_METRICS)
        )
        # Beside it the same days of the year before, also on the 29th of February.
        assert year_facts(session, dt.date(2024, 2, 29)).before == year_figures(
            session, 2023, dt.date(2023, 2, 28), tuple(METRICS | MORE_METRICS)
        )


@pytest.mark.parametrize(
    ("unit", "value", "before", "zh", "en"),
    [
        ("", 12, 10, "▲ 20%", "▲ 20%"),
        ("CNY", 9, 10, "▼ 10%", "▼ 10%"),
        ("%", 62, 60, "▲ 2百分点", "▲ 2 pts"),
        ("", 10, 10, "持平", "unchanged"),
        ("", 500, 1, "▲ >999%", "▲ >999%"),
        ("", 1001, 1000, "▲ <1%", "▲ <1%"),
        ("", 5, 0, "", ""),
        ("%", None, 60, "", ""),
    ],
)
def test_a_change_is_a_triangle_and_a_number(
    unit: str, value: int | None, before: int, zh: str, en: str
) -> None:
    now, then = (YearFigure("x", one, None, 1, None, unit) for one in (value, before))
    assert change_words(now, then, "zh") == zh
    assert change_words(now, then, "en") == en


def test_gaps_lead_to_the_record_and_the_field_to_fill(workspace: Workspace) -> None:
    with workspace.write("a year") as session:
        make_year(session, 2022)
        permit: Any = session.query(Approval).filter(Approval.kind == "construction_permit").first()
        permit.area_m2 = None
        receipt: Any = session.query(CapitalReceipt).first()
        receipt.currency = None
        session.query(Target).filter(Target.metric == "site_surveys").one().value = None
        keys = (permit.id, receipt.id)
    found = yearly_report.gaps(facts_of(workspace), order(now=END))
    assert {(gap.key, gap.kind, gap.record_id, gap.column) for gap in found} == {
        ("yearly.gap_targets", "figures", "2022/site_surveys", ""),
        ("yearly.gap_no_area", "approvals", keys[0], "area_m2"),
        ("yearly.gap_no_currency", "capital-receipts", keys[1], "currency"),
    }
    assert found[0].sentence("zh") == "2022年有1项指标没有设定目标。"
    assert all(gap.sentence(lang) for gap in found for lang in ("zh", "en"))


def test_every_section_has_a_name_of_its_own() -> None:
    for lang in ("zh", "en"):
        names = [t(f"reports.section_{code}", lang) for code in yearly_report.SECTIONS]
        assert len(set(names)) == len(names)


def test_the_mark_and_the_title_are_those_of_the_year(year: Workspace, tmp_path: Path) -> None:
    write("yearly", facts_of(year), tmp_path / "a.pdf", "zh", now=END, classification="工作秘密")
    assert "工作秘密" in pages(tmp_path / "a.pdf")[0]
    assert "工作秘密" in pages(tmp_path / "a.pdf")[5]
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    assert document.get_metadata_dict()["Title"] == "2022年度招商成果报告"
    document.close()


def test_the_command_line_prints_the_year_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    Workspace.open(folder).close()
    for words, title in (
        (("--year", "2022"), "Results of the year 2022"),
        (("--date", "2024-05-05"), "1 Jan–5 May 2024"),
        (("--year", "2024", "--date", "2024-05-05"), "1 Jan–5 May 2024"),
    ):
        out = tmp_path / "a.pdf"
        asked = ["pdf", "yearly", str(out), "--lang", "en", *words]
        assert main(["--workspace", str(folder), *asked]) == 0
        assert title in pages(out)[0]
