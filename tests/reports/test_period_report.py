"""The weekly and monthly report: every fact on paper, clear pages, calm where nothing happened."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.units import mm

from desktop_app.cli.main import main
from desktop_app.db.models import Approval, DispatchMeeting, Meeting, Target
from desktop_app.db.workspace import Workspace
from desktop_app.i18n import t
from desktop_app.reports.papers import PAPERS
from desktop_app.reports.period_front import change_words
from desktop_app.reports.period_report import monthly, weekly
from desktop_app.services import (
    approvals,
    cases,
    companies,
    follow_ups,
    leads,
    members,
    trips,
)
from desktop_app.services.demo import make_demo
from desktop_app.services.period_figures import Count, PeriodFigures
from tests.reports.page_checks import outside, overlaps
from tests.reports.paper_tools import flat, order, pages, write

# A Wednesday; its week is 9 to 15 November 2026, as the tools' moment is on that Sunday.
DAY = dt.date(2026, 11, 11)
LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en", "both"])
LONG = "很长的说明，Präzision 3.5亿元，不得重叠。" * 12


def facts_of(workspace: Workspace, name: str = "weekly") -> PeriodFigures:
    with workspace.read() as session:
        found: Any = PAPERS[name].read(session, "", order(), Path())
    assert isinstance(found, PeriodFigures)
    return found


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(6), dt.UTC)


def fill(workspace: Workspace, text: str = "") -> None:
    """Write down a small week: two leads, a move, meetings, a trip, follow-ups."""
    with workspace.write("week") as session:
        owner = members.add_member(session, name="王敏", name_en="Wang Min")
        company = companies.add_company(
            session, name="Mühlfeld Hydraulik AG" + text, name_zh="米尔液压" + text, country="CH",
            chain="marine",
        )  # fmt: skip
        lead = leads.add_lead(
            session, company, title="液压阀" + text, owner_id=owner, first_reporter_id=owner,
            first_reported_on=DAY, source="expo", amount_minor=4_500_000_00, currency="EUR",
        )  # fmt: skip
        bare = companies.add_company(session, name="Ostberg GmbH" + text, country="DE")
        leads.add_lead(session, bare, first_reported_on=DAY)
        leads.move_stage(session, lead, "screened", on=DAY, reason="test")
        trip = trips.add_trip(
            session, title="赴瑞士招商" + text, title_en="Trip to Switzerland", starts_on=DAY,
            ends_on=DAY + dt.timedelta(days=2), status="travelling",
        )  # fmt: skip
        held: Any = {"status": "held", "kind": "visit", "zone": "Europe/Zurich"}
        trips.plan_meeting(session, trip, company, noon(DAY), outcome="谈妥", **held)
        trips.plan_meeting(session, None, bare, noon(DAY), title="Ostberg", **held)
        coming = noon(DAY + dt.timedelta(days=7))
        trips.plan_meeting(session, None, company, coming, zone="Europe/Zurich")
        for title, due, done in (("寄地块图", 0, 0), ("催合同", -1, None), ("约考察", 8, None)):
            follow_ups.add_follow_up(
                session, title=title + text, due_on=DAY + dt.timedelta(days=due), lead_id=lead,
                done_on=None if done is None else DAY, owner_id=owner,
                status="open" if done is None else "done", side="ours",
            )  # fmt: skip
        session.add(Target(year=2026, metric="leads_found", value=10))


def assert_clear(path: Path) -> None:
    """Assert that no text covers another and none leaves the margins; the foot stands lower."""
    assert overlaps(path) == []
    assert outside(path, 17 * mm, bottom=8 * mm) == []


@LANGUAGES
def test_the_facts_of_the_week_are_on_paper(
    workspace: Workspace, tmp_path: Path, lang: str
) -> None:
    fill(workspace)
    write("weekly", facts_of(workspace), tmp_path / "a.pdf", lang)
    text = flat("".join(pages(tmp_path / "a.pdf")))
    expected = ["Mühlfeld Hydraulik AG", "Ostberg GmbH", "寄地块图", "催合同", "约考察"]
    if lang != "en":
        expected += ["第46周工作周报", "2026年11月9日至15日", "米尔液压", "王敏", "展会", "瑞士"]
        expected += ["450万欧元", "线索 → 研判", "赴瑞士招商", "下周安排", "逾期5天", "11月18日"]
        expected += ["本周新增线索2条，推进项目1个", "举行会谈2场", "▲ 增加 2"]
    if lang != "zh":
        expected += ["Weekly report, week 46", "9–15 Nov 2026", "Wang Min", "Expo", "€4.5m"]
        expected += ["Lead → Screened", "Trip to Switzerland", "Next week", "5 days late"]
        expected += ["New leads: 2. Leads advanced: 1", "▲ up 2", "18 Nov"]
    assert [words for words in expected if flat(words) not in text] == []
    assert_clear(tmp_path / "a.pdf")
    assert len(pages(tmp_path / "a.pdf")) <= 3


@LANGUAGES
@pytest.mark.parametrize("name", ["weekly", "monthly"])
def test_a_time_in_which_nothing_happened_is_one_calm_page(
    workspace: Workspace, tmp_path: Path, lang: str, name: str
) -> None:
    write(name, facts_of(workspace, name), tmp_path / "a.pdf", lang)
    found = pages(tmp_path / "a.pdf")
    assert len(found) == 1
    words = "There were no new leads" if lang == "en" else "没有新增线索、项目进展"
    assert flat(words) in flat(found[0])
    assert_clear(tmp_path / "a.pdf")


@LANGUAGES
@pytest.mark.parametrize("name", ["weekly", "monthly"])
def test_long_texts_and_a_whole_team_stay_clear(
    workspace: Workspace, tmp_path: Path, lang: str, name: str
) -> None:
    with workspace.write("demo") as session:
        make_demo(session, 120, 3, DAY)
    fill(workspace, LONG)
    write(name, facts_of(workspace, name), tmp_path / "a.pdf", lang)
    assert_clear(tmp_path / "a.pdf")
    assert len(pages(tmp_path / "a.pdf")) > 2


def test_an_ordinary_week_of_an_ordinary_team_takes_five_pages(
    workspace: Workspace, tmp_path: Path
) -> None:
    with workspace.write("demo") as session:
        make_demo(session, 300, 1, dt.date(2026, 11, 15))
    for lang in ("zh", "en"):
        write("weekly", facts_of(workspace), tmp_path / "a.pdf", lang)
        assert len(pages(tmp_path / "a.pdf")) <= 5


def test_the_same_data_give_the_same_bytes(workspace: Workspace, tmp_path: Path) -> None:
    fill(workspace)
    for name in ("a", "b"):
        write("weekly", facts_of(workspace), tmp_path / f"{name}.pdf", "both")
    write("weekly", facts_of(workspace), tmp_path / "c.pdf", "en")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert (tmp_path / "a.pdf").read_bytes() != (tmp_path / "c.pdf").read_bytes()


def test_every_section_has_a_name() -> None:
    names = [
        t(f"reports.section_{code}", lang) for code in weekly.SECTIONS for lang in ("zh", "en")
    ]
    assert all(names)
    assert len(set(names)) == len(names)


def fill_after(workspace: Workspace) -> None:
    """Write down what happened after signing in the same week."""
    with workspace.write("after") as session:
        company = companies.add_company(
            session, name="Kranz Antriebe AG", name_zh="克兰茨传动", country="DE"
        )
        lead = leads.add_lead(session, company, title="传动装置", first_reported_on=DAY)
        long_ago = DAY - dt.timedelta(days=200)
        cases.add_case(
            session, lead, title="地块移交时间未定", category="land", state="in_progress",
            lead_department="自然资源和规划局", raised_on=long_ago,
            due_on=DAY - dt.timedelta(days=100), progress_percent=20,
        )  # fmt: skip
        cases.add_case(
            session, lead, title="供电增容", category="utilities", state="confirmed",
            raised_on=DAY, confirmed_on=DAY,
        )  # fmt: skip
        session.add(DispatchMeeting(title="第9次项目调度会", status="held", held_on=DAY))
        late = approvals.add_approval(session, lead, title="项目备案", kind="filing")
        coming = approvals.add_approval(session, lead, title="节能审查", kind="energy")
        for key, due in ((late, DAY), (coming, DAY + dt.timedelta(days=9))):
            session.get_one(Approval, key).applied_on = long_ago
            session.get_one(Approval, key).due_on = due
        approvals.add_approval(
            session, lead, title="施工许可", kind="construction_permit", done_on=DAY,
            area_m2=12_500, cost_minor=3_000_000_000, currency="CNY",
        )  # fmt: skip
        approvals.add_facility(
            session, lead_id=lead, product="credit", granted_minor=5_000_000_000, currency="CNY",
            granted_on=DAY,
        )  # fmt: skip
        approvals.add_receipt(
            session, lead_id=lead, received_on=DAY, amount_minor=250_000_000, currency="USD",
            kind="cash",
        )  # fmt: skip


@LANGUAGES
@pytest.mark.parametrize("name", ["weekly", "monthly"])
def test_the_work_after_signing_is_on_paper(
    workspace: Workspace, tmp_path: Path, lang: str, name: str
) -> None:
    fill_after(workspace)
    write(name, facts_of(workspace, name), tmp_path / "a.pdf", lang)
    text = flat("".join(pages(tmp_path / "a.pdf")))
    expected = ["地块移交时间未定", "第9次项目调度会", "项目备案", "节能审查", "12,500"]
    if lang != "en":
        expected += ["克兰茨传动", "逾期3个月，落后计划80个百分点", "逾期4天", "11月20日"]
        expected += ["5,000 万元", "250 万美元", "收集问题1个，解决问题1个，办结审批1项"]
        expected += ["今年累计", "红灯问题", "即将到期"]
    if lang != "zh":
        expected += ["Kranz Antriebe AG", "3 months late, 80 points behind plan", "4 days late"]
        expected += ["20 Nov", "¥50m", "$2.5m", "Cases raised: 1. Cases solved: 1"]
        expected += ["Year so far", "Red cases", "Due next"]
    assert [words for words in expected if flat(words) not in text] == []
    assert_clear(tmp_path / "a.pdf")


def test_what_a_year_has_nothing_of_stays_away(workspace: Workspace, tmp_path: Path) -> None:
    fill(workspace)
    write("weekly", facts_of(workspace), tmp_path / "a.pdf")
    text = flat("".join(pages(tmp_path / "a.pdf")))
    for words in ("问题交办", "审批代办", "建设、融资与到资"):
        assert words not in text
    with workspace.write("x") as session:
        session.add(DispatchMeeting(status="held", held_on=dt.date(2026, 1, 5)))
    write("weekly", facts_of(workspace), tmp_path / "a.pdf")
    text = flat("".join(pages(tmp_path / "a.pdf")))
    # Once there is anything in the year, the section stands there with it.
    assert "问题交办" in text
    assert "审批代办" not in text


def test_sections_left_out_are_not_on_paper(workspace: Workspace, tmp_path: Path) -> None:
    fill(workspace)
    left_out = frozenset(weekly.SECTIONS) - {"trips"}
    write("weekly", facts_of(workspace), tmp_path / "a.pdf", left_out=left_out)
    text = flat("".join(pages(tmp_path / "a.pdf")))
    assert "赴瑞士招商" in text
    for words in ("新增线索", "项目阶段", "阶段变化", "跟进", "下周安排"):
        assert words not in text


def test_the_mark_asked_for_stands_in_the_stamp_and_at_the_foot(
    workspace: Workspace, tmp_path: Path
) -> None:
    write("weekly", facts_of(workspace), tmp_path / "a.pdf", classification="工作秘密")
    assert pages(tmp_path / "a.pdf")[0].count("工作秘密") == 2


def test_the_month_is_named_and_compared_with_the_month_before(
    workspace: Workspace, tmp_path: Path
) -> None:
    fill(workspace)
    assert monthly.unit == "monthly"
    write("monthly", facts_of(workspace, "monthly"), tmp_path / "a.pdf", "en")
    text = " ".join("".join(pages(tmp_path / "a.pdf")).split())
    for words in ("Monthly report, November 2026", "1–31 Oct 2026", "up to 15 Nov", "Next month"):
        assert words in text


def test_gaps_name_the_record_and_the_field_to_fill(workspace: Workspace) -> None:
    fill(workspace)
    found = weekly.gaps(facts_of(workspace), order())
    with workspace.read() as session:
        meeting = session.query(Meeting).filter(Meeting.title == "Ostberg").one().id
    assert {(gap.key, gap.kind, gap.column) for gap in found} == {
        ("period.gap_owner", "leads", "owner_id"),
        ("period.gap_source", "leads", "source"),
        ("period.gap_outcome", "meetings", "outcome"),
    }
    assert meeting in {gap.record_id for gap in found}
    assert all(gap.sentence(lang) for gap in found for lang in ("zh", "en"))


@pytest.mark.parametrize(
    ("now", "before", "zh", "en"),
    [(5, 3, "▲ 增加 2", "▲ up 2"), (3, 5, "▼ 减少 2", "▼ down 2"), (4, 4, "持平", "unchanged")],
)
def test_a_change_is_said_in_words(now: int, before: int, zh: str, en: str) -> None:
    assert change_words(Count(now, before), "zh") == zh
    assert change_words(Count(now, before), "en") == en


def test_the_command_line_prints_the_week_and_the_month_of_a_day(tmp_path: Path) -> None:
    there = Workspace.open(tmp_path / "desk")
    fill(there)
    there.close()
    for name, words in (("weekly", "Weekly report, week 46"), ("monthly", "November 2026")):
        out = tmp_path / f"{name}.pdf"
        asked = ["pdf", name, str(out), "--lang", "en", "--date", "2026-11-13"]
        assert main(["--workspace", str(tmp_path / "desk"), *asked]) == 0
        assert words in pages(out)[0]
