"""The trip briefing: every fact on paper, the same bytes for the same data, no half file."""

import dataclasses
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from desktop_app.reports import trip_briefing
from desktop_app.reports.paper import Gap
from desktop_app.reports.papers import PAPERS, write_paper
from desktop_app.reports.trip_facts import briefing_facts
from desktop_app.services import companies, leads, trips
from desktop_app.services.trips import TripDetail, trip_detail
from tests.reports import paper_tools
from tests.reports.paper_tools import flat, order, pages
from tests.reports.sample_trip import VISITS, add_sample_trip, add_visit, moment

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en", "both"])


def write(detail: TripDetail, path: Path, lang: str = "zh", **more: Any) -> None:
    paper_tools.write("trip-briefing", briefing_facts(detail), path, lang, **more)


def gaps_of(detail: TripDetail) -> list[Gap]:
    return trip_briefing.gaps(briefing_facts(detail), order())


def values(detail: TripDetail, lang: str) -> list[str]:
    """Return texts of the records that the paper must show."""
    found = [detail.trip[name if lang == "zh" else f"{name}_en"] for name in ("title", "purpose")]
    found += [stop[name] for stop in detail.stops for name in ("city", "hotel")]
    found += [leg["number"] for leg in detail.legs if leg["number"]]
    found += [detail.trip[name] for name in ("approval_number", "emergency_numbers")]
    for meeting in detail.meetings:
        assert meeting.company is not None
        found += [meeting.company[name] for name in ("name", "china_footprint", "description")]
        names = ("address", "transfer", "objective", "wished_outcome", "offers", "red_lines")
        found += [meeting.fields[name] for name in names]
        found += re.split("\n", meeting.fields["talking_points"] + "\n" + meeting.fields["asks"])
        found += [person[name] for person in meeting.contacts for name in ("name", "email")]
        found += [promise.title for promise in meeting.promises]
        found += [meeting.lead_fields[name] for name in ("title", "competitors", "blocker")]
    return found


@LANGUAGES
def test_every_fact_of_the_trip_is_on_paper(detail: TripDetail, tmp_path: Path, lang: str) -> None:
    write(detail, tmp_path / "a.pdf", lang)
    text = flat("".join(pages(tmp_path / "a.pdf")))
    assert [value for value in values(detail, lang) if flat(value) not in text] == []
    for number in ("112", "+86-10-12308", "09:30–11:00" if lang == "zh" else "14:30–16:00"):
        assert number in text


def test_each_meeting_has_a_page_with_both_clocks(detail: TripDetail, tmp_path: Path) -> None:
    write(detail, tmp_path / "a.pdf")
    sheets = [page for page in pages(tmp_path / "a.pdf") if re.search(r"会谈 \d / 7", page)]
    assert len(sheets) == len(VISITS)
    assert "14:30–16:00" in sheets[1]
    assert "北京 21:30–23:00" in sheets[1]


def test_the_same_data_give_the_same_bytes(detail: TripDetail, tmp_path: Path) -> None:
    write(detail, tmp_path / "a.pdf")
    write(detail, tmp_path / "b.pdf", "en")
    write(detail, tmp_path / "c.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "c.pdf").read_bytes()
    assert (tmp_path / "a.pdf").read_bytes() != (tmp_path / "b.pdf").read_bytes()


def test_title_author_language_outline_and_page_numbers_are_set(
    detail: TripDetail, tmp_path: Path
) -> None:
    write(detail, tmp_path / "a.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    about = document.get_metadata_dict()
    assert about["Title"] == "赴瑞士、德国、意大利招商活动 · 出访工作手册"
    assert about["Author"] == "镇江新区招商中心"
    assert about["CreationDate"].startswith("D:20261115102000")
    assert b"(zh-CN)" in (tmp_path / "a.pdf").read_bytes()
    entries = [(mark.get_title(), mark.level) for mark in document.get_toc()]
    assert ("日程", 0) not in entries
    assert ("每日安排", 0) in entries
    assert [title for title, level in entries if level == 1] == [visit[2] for visit in VISITS]
    aims = {mark.get_title(): mark.get_dest().get_index() for mark in document.get_toc()}
    found = pages(tmp_path / "a.pdf")
    assert VISITS[1][2] in found[aims[VISITS[1][2]]]
    assert f"第 2 页，共 {len(found)} 页" in found[1]


def test_marks_of_other_languages_and_mark_up_are_printed_as_they_are(
    workspace: Workspace, tmp_path: Path
) -> None:
    text = '<b>A & B</b> <a href="x"> &amp; 100% </para> 😀 שלום \u202e'
    with workspace.write("awkward") as session:
        trip_id = trips.add_trip(session, title=text, purpose=text, goals=text, must_win=text)
        trips.plan_meeting(
            session, trip_id, None, moment(18, 9), title=text, address=text, wished_outcome=text
        )
    with workspace.read() as session:
        detail = trip_detail(session, trip_id)
    write(detail, tmp_path / "a.pdf")
    assert flat('<b>A & B</b> <a href="x"> &amp; 100% </para>') in flat(
        pages(tmp_path / "a.pdf")[1]
    )
    gaps = gaps_of(detail)
    assert "😀" in next(gap for gap in gaps if gap.key == "reports.gap_glyphs").values["signs"]


@LANGUAGES
def test_very_long_texts_run_on_over_pages(workspace: Workspace, tmp_path: Path, lang: str) -> None:
    sentence = "很长的备注，Präzision 3.5亿元。"
    long, longish = sentence * 450, sentence * 60
    names = [
        "title", "place", "address", "transfer", "dress", "language", "objective",
        "wished_outcome", "talking_points", "asks", "offers", "red_lines", "questions",
        "materials", "notes", "outcome", "interpreter",
    ]  # fmt: skip
    with workspace.write("long") as session:
        trip_id = add_sample_trip(session, visits=0)
        trips.update_trip(
            session,
            trip_id,
            logistics=long,
            purpose=longish,
            must_win=longish,
            title=longish,
            goals=longish,
        )
        meeting = add_visit(session, trip_id, [], 1, note=long)
        trips.update_meeting(session, meeting, **dict.fromkeys(names, longish))
        trips.update_meeting(session, meeting, notes=long, talking_points=long, title=long)
        trips.add_stop(session, trip_id, city=longish, hotel=longish)
        trips.add_delegate(session, trip_id, name=longish, duty=longish)
    with workspace.read() as session:
        detail = trip_detail(session, trip_id)
    write(detail, tmp_path / "a.pdf", lang)
    assert len(pages(tmp_path / "a.pdf")) > 30


@LANGUAGES
def test_an_empty_trip_still_makes_a_briefing_and_says_what_it_lacks(
    workspace: Workspace, tmp_path: Path, lang: str
) -> None:
    with workspace.write("empty") as session:
        trip_id = trips.add_trip(session)
        trips.plan_meeting(session, trip_id)
    with workspace.read() as session:
        detail = trip_detail(session, trip_id)
    write(detail, tmp_path / "a.pdf", lang)
    keys = {gap.key.removeprefix("reports.gap_") for gap in gaps_of(detail)}
    assert keys == {
        "dates", "purpose", "goals", "stops", "delegates",
        "time", "company", "address", "objective", "contact",
    }  # fmt: skip
    assert all(gap.sentence(one) for gap in gaps_of(detail) for one in ("zh", "en"))


def test_a_whole_trip_lacks_nothing(detail: TripDetail) -> None:
    assert gaps_of(detail) == []


def test_a_place_that_cannot_be_written_is_named_and_what_was_there_stays(
    detail: TripDetail, tmp_path: Path
) -> None:
    there = tmp_path / "手册.pdf"
    there.write_bytes(b"old")
    there_as_folder = tmp_path / "folder.pdf"
    there_as_folder.mkdir()
    for path in (tmp_path / "none" / "a.pdf", there_as_folder):
        with pytest.raises(DeskError) as caught:
            write(detail, path)
        assert caught.value.key == "cannot_write"
        assert caught.value.values["path"] == str(path)
    assert sorted(tmp_path.glob(".*.tmp")) == []
    assert there.read_bytes() == b"old"


def test_stopping_half_way_leaves_the_old_file(detail: TripDetail, tmp_path: Path) -> None:
    there = tmp_path / "a.pdf"
    there.write_bytes(b"old")

    def stop(page: int) -> None:
        if page == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        write_paper(PAPERS["trip-briefing"], briefing_facts(detail), order(), there, stop)
    assert there.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 2  # with the workspace's folder


def test_a_cancelled_meeting_is_marked(detail: TripDetail, tmp_path: Path) -> None:
    meeting = detail.meetings[0]
    cancelled = dataclasses.replace(meeting, fields=meeting.fields | {"status": "cancelled"})
    changed = dataclasses.replace(detail, meetings=[cancelled, *detail.meetings[1:]])
    write(changed, tmp_path / "a.pdf")
    sheet = next(page for page in pages(tmp_path / "a.pdf") if "会谈 1 / 7" in page)
    assert "已取消" in sheet


def test_a_section_left_out_is_not_there(detail: TripDetail, tmp_path: Path) -> None:
    write(detail, tmp_path / "whole.pdf")
    # The sample has no firms along its route.
    for code in set(trip_briefing.SECTIONS) - {"follow_on"}:
        write(detail, tmp_path / "a.pdf", left_out=frozenset({code}))
        assert len(pages(tmp_path / "a.pdf")) <= len(pages(tmp_path / "whole.pdf"))
        assert (tmp_path / "a.pdf").stat().st_size < (tmp_path / "whole.pdf").stat().st_size, code


def test_a_firm_along_the_route_is_named_where_it_is_not_on_the_programme(
    workspace: Workspace, tmp_path: Path
) -> None:
    with workspace.write("trip and firm") as session:
        trip_id = add_sample_trip(session, visits=1)
        place = {"country": "CH", "lat_e6": 47_400_000, "lon_e6": 8_500_000}
        firm = companies.add_company(session, name="Limmat Optik AG", name_zh="利马特光学", **place)
        leads.add_lead(session, firm, title="光学", stage="screened")
    with workspace.read() as session:
        facts = trip_briefing.read(session, trip_id, order(), tmp_path)
    paper_tools.write("trip-briefing", facts, tmp_path / "a.pdf")
    page = next(page for page in pages(tmp_path / "a.pdf") if "沿线可顺访的企业" in page)
    assert "Limmat Optik AG" in page
    assert "距苏黎世 4 公里" in page
    paper_tools.write("trip-briefing", facts, tmp_path / "b.pdf", left_out=frozenset({"follow_on"}))
    assert "Limmat Optik" not in "".join(pages(tmp_path / "b.pdf"))


def test_the_mark_asked_for_is_on_the_cover_and_at_each_foot(
    detail: TripDetail, tmp_path: Path
) -> None:
    write(detail, tmp_path / "a.pdf", classification="秘密★1年")
    assert all("秘密★1年" in page for page in pages(tmp_path / "a.pdf"))


def test_the_usual_mark_is_said_in_the_language_of_the_paper(
    detail: TripDetail, tmp_path: Path
) -> None:
    for own, shown in (("内部资料 注意保管", "Internal – keep safe"), ("机密", "机密")):
        marked = dataclasses.replace(detail, trip=detail.trip | {"classification": own})
        write(marked, tmp_path / "a.pdf", "en")
        assert shown in pages(tmp_path / "a.pdf")[0]


def test_both_languages_stand_side_by_side(detail: TripDetail, tmp_path: Path) -> None:
    write(detail, tmp_path / "a.pdf", "both")
    text = flat("".join(pages(tmp_path / "a.pdf")))
    missed = [one for lang in ("zh", "en") for one in values(detail, lang) if flat(one) not in text]
    assert missed == []
    assert "目的Purpose" in text
    assert "11月18日周三" in text
    assert "Wed18Nov" in text


def test_people_are_named_in_the_language_of_the_paper(detail: TripDetail, tmp_path: Path) -> None:
    write(detail, tmp_path / "en.pdf", "en")
    text = " ".join("".join(pages(tmp_path / "en.pdf")).split())
    assert "Li Yang (interpreter)" in text
    assert "李洋" not in text
