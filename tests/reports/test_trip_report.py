"""The trip report as a PDF: every fact on paper, and a marked place where one is wanting."""

import datetime as dt
import re
from pathlib import Path

import pdfplumber
import pytest

from desktop_app.db.models import Meeting, Trip
from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from desktop_app.reports import trip_report
from desktop_app.reports.geometry import A4_PAGE
from desktop_app.reports.papers import write_paper
from desktop_app.services import follow_ups, trips
from tests.reports.page_checks import outside, overlaps
from tests.reports.report_trip import LEFT, add_report_trip, attach, order
from tests.reports.test_photos import picture_of

FACTS = (
    "苏黎世经贸促进会 落实考察日期 滨外审〔2026〕5号 陈喆 主谈 弗莱液压 阿勒传感 "
    "FreiHydraulikAG 会长临时赴美 促进会当场推荐 行业协会座谈 三个月内到资 弗莱来区考察 "
    "UrsFrei 董事长 同意<A&B>方案 提供电价方案 提供能耗清单 约定视频会 "
    "商定签约 瑞士企业决策快 愿意先租厂房 供电接入需会商 消防验收口径 提前寄送德文资料 "
    "CNY200,000.00 CNY195,432.10 CNY4,567.90 97.7% +414455510 urs@frei.example"
).split()
WORDS = {
    "zh": "按期完成 等待对方 逾期完成 进行中 研判 拟签约 新发现 已取消 计划外 计划2场 取消1场",
    "en": "Doneontime Waiting Donelate Open Screened Readytosign New Cancelled Added",
}


@pytest.fixture
def trip(workspace: Workspace) -> str:
    with workspace.write("trip") as session:
        return add_report_trip(session)


def text_of(path: Path) -> str:
    """Return a PDF's text without spaces: lines break where the page wants it."""
    with pdfplumber.open(path) as pdf:
        return re.sub(r"\s", "", "".join(page.extract_text() or "" for page in pdf.pages))


def written(workspace: Workspace, trip: str, lang: str, path: Path, **fields: object) -> Path:
    """Write the report of a trip."""
    wanted = order(lang, **fields)
    with workspace.read() as session:
        facts = trip_report.read(session, trip, wanted, workspace.paths.files)
    write_paper(trip_report, facts, wanted, path)
    return path


def gaps(workspace: Workspace, trip: str) -> list[tuple[str, str, str]]:
    with workspace.read() as session:
        facts = trip_report.read(session, trip, order(), workspace.paths.files)
    found = trip_report.gaps(facts, order())
    assert all(gap.sentence(lang) for gap in found for lang in ("zh", "en"))
    return [(gap.key.split(".gap_")[1], gap.kind, gap.column) for gap in found]


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_every_fact_is_on_paper(workspace: Workspace, trip: str, tmp_path: Path, lang: str) -> None:
    text = text_of(written(workspace, trip, lang, tmp_path / "r.pdf"))
    # In English companies and members go by other names.
    facts = (
        FACTS if lang != "en" else [f for f in FACTS if f not in ("弗莱液压", "阿勒传感", "陈喆")]
    )
    words = " ".join(WORDS[one] for one in WORDS if lang in (one, "both")).split()
    assert [fact for fact in (*facts, *words) if fact not in text] == []
    assert overlaps(tmp_path / "r.pdf") == []


def test_the_outline_is_whole_and_sections_can_be_left_out(
    workspace: Workspace, trip: str, tmp_path: Path
) -> None:
    left_out = frozenset({"contacts", "spending"})
    with workspace.read() as session:
        facts = trip_report.read(session, trip, order(), workspace.paths.files)
    codes = [section.code for section in trip_report.sections(facts, order())]
    assert tuple(codes) == trip_report.SECTIONS
    kept = [s.code for s in trip_report.sections(facts, order(left_out=left_out))]
    assert kept == [code for code in codes if code not in left_out]
    text = text_of(written(workspace, trip, "zh", tmp_path / "r.pdf", left_out=left_out))
    assert "CNY200,000.00" not in text and "提前寄送德文资料" in text


def test_the_same_data_and_moment_give_the_same_bytes(
    workspace: Workspace, trip: str, tmp_path: Path
) -> None:
    attach(workspace, trip, "合影.jpg", picture_of("RGB", (900, 600), "JPEG"), "合影")
    one = written(workspace, trip, "both", tmp_path / "1.pdf").read_bytes()
    assert one == written(workspace, trip, "both", tmp_path / "2.pdf").read_bytes()


def test_photos_stand_with_captions_and_what_is_wanting_is_marked(
    workspace: Workspace, trip: str, tmp_path: Path
) -> None:
    attach(workspace, trip, "合影.jpg", picture_of("RGB", (900, 600), "JPEG"), "与促进会合影")
    attach(workspace, trip, "坏.jpg", b"no picture", "车间")
    attach(workspace, trip, "未到.jpg", None, "晚宴")
    path = written(workspace, trip, "zh", tmp_path / "r.pdf")
    text = text_of(path)
    for words in ("图1", "与促进会合影", "“坏.jpg”已损坏", "“未到.jpg”尚未同步到本机", "晚宴"):
        assert words in text
    with pdfplumber.open(path) as pdf:
        assert sum(len(page.images) for page in pdf.pages) == 1
    assert gaps(workspace, trip) == [
        ("photo_damaged", "trips", "files"),
        ("photo_missing", "trips", "files"),
    ]


def test_what_would_be_missing_is_named_with_its_record_and_field(
    workspace: Workspace, trip: str
) -> None:
    assert gaps(workspace, trip) == []
    with workspace.write("take away") as session:
        trips.update_trip(session, trip, inviter=None, findings="", spent_minor=None, title="𠮷")
        for meeting in session.query(Meeting).filter_by(trip_id=trip):
            meeting.outcome = meeting.cancel_reason = meeting.unplanned_reason = None
        trips.plan_meeting(session, trip, None, title="没有下文", today=LEFT - dt.timedelta(days=9))
    found = gaps(workspace, trip)
    assert set(found) == {
        ("inviter", "trips", "inviter"),
        ("findings", "trips", "findings"),
        ("spent_minor", "trips", "spent_minor"),
        ("outcome", "meetings", "outcome"),
        ("cancel_reason", "meetings", "cancel_reason"),
        ("unplanned_reason", "meetings", "unplanned_reason"),
        ("status", "meetings", "status"),
        ("glyphs", "trips", ""),
    }
    assert len([one for one in found if one[0] == "outcome"]) == 2


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_an_empty_trip_has_a_report_that_says_so(
    workspace: Workspace, tmp_path: Path, lang: str
) -> None:
    with workspace.write("trip") as session:
        trip = trips.add_trip(session)
    text = text_of(written(workspace, trip, lang, tmp_path / "r.pdf"))
    assert ("Nomeetingsareonrecordforthistrip." if lang == "en" else "没有会谈记录") in text


def test_forty_meetings_with_long_notes_and_a_word_without_end_fit(
    workspace: Workspace, trip: str, tmp_path: Path
) -> None:
    with workspace.write("much") as session:
        for n in range(40):
            start = dt.datetime(2026, 6, 1 + n % 5, 7, tzinfo=dt.UTC)
            meeting = trips.plan_meeting(
                session, trip, None, start, title=f"第{n}场<b>" + "x" * 300, status="held",
                outcome="双方就用地、能耗与到资节奏逐项核对。" * (550 if n == 7 else 12),
                today=LEFT - dt.timedelta(days=9),
            )  # fmt: skip
            follow_ups.add_follow_up(session, title=f"跟进{n}" + "长" * 90, meeting_id=meeting)
        session.get_one(Trip, trip).findings = "发现" * 5000
    path = written(workspace, trip, "both", tmp_path / "r.pdf")
    text = text_of(path)
    assert all(f"第{n}场<b>" in text and f"跟进{n}长" in text for n in range(40))
    assert text.count("发现发现") >= 2000
    assert overlaps(path) == []
    assert outside(path, A4_PAGE.margin - 1, bottom=20) == []


def test_spending_beyond_the_budget_is_told(
    workspace: Workspace, trip: str, tmp_path: Path
) -> None:
    with workspace.write("spend") as session:
        trips.update_trip(session, trip, spent_minor=50_000_000)
    text = text_of(written(workspace, trip, "zh", tmp_path / "r.pdf"))
    assert "超支CNY300,000.00" in text and "250.0%" in text


def test_a_place_that_cannot_be_written_leaves_nothing(
    workspace: Workspace, trip: str, tmp_path: Path
) -> None:
    with pytest.raises(DeskError, match="cannot_write"):
        written(workspace, trip, "zh", tmp_path / "none" / "r.pdf")
    assert list(tmp_path.glob("*.pdf")) == []
