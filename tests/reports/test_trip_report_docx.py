"""The trip report for a word processor, read back as an office would open it."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from desktop_app.cli.main import main
from desktop_app.db.models import Trip
from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from desktop_app.reports import trip_report
from desktop_app.reports.trip_report_docx import trip_report_docx, write_trip_report_docx
from desktop_app.services import trips
from tests.reports.report_trip import NOW, add_report_trip, attach, order
from tests.reports.test_photos import picture_of
from tests.reports.test_trip_report import FACTS


@pytest.fixture
def trip(workspace: Workspace) -> str:
    with workspace.write("trip") as session:
        return add_report_trip(session)


def made(workspace: Workspace, trip: str, lang: str = "zh") -> bytes:
    with workspace.read() as session:
        facts = trip_report.read(session, trip, order(lang), workspace.paths.files)
    return trip_report_docx(facts, order(lang))


def opened(data: bytes) -> Any:
    return Document(io.BytesIO(data))


def text_of(data: bytes) -> str:
    """Return all text of a document without spaces."""
    body = opened(data).element.body
    return re.sub(r"\s", "", "".join(node.text or "" for node in body.iter(qn("w:t"))))


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_every_fact_of_the_pdf_is_in_the_document_in_its_order(
    workspace: Workspace, trip: str, lang: str
) -> None:
    data = made(workspace, trip, lang)
    text = text_of(data)
    skipped = ("弗莱液压", "阿勒传感", "陈喆") if lang == "en" else ()
    assert [fact for fact in FACTS if fact not in text and fact not in skipped] == []
    heads = [p.text for p in opened(data).paragraphs if p.style.name == "Heading 1"]
    assert len(heads) == len(trip_report.SECTIONS)
    first = {
        "zh": "出访基本情况",
        "en": "The trip in brief",
        "both": "出访基本情况 The trip in brief",
    }
    assert heads[0] == first[lang]


def test_it_has_real_styles_chinese_fonts_and_an_a4_page(workspace: Workspace, trip: str) -> None:
    document = opened(made(workspace, trip))
    used = {p.style.name for p in document.paragraphs}
    assert {"Title", "Subtitle", "Heading 1", "Heading 2", "Normal"} <= used
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "宋体"
    assert document.styles["Heading 1"].element.rPr.rFonts.get(qn("w:eastAsia")) == "黑体"
    page = document.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    headed = [
        table
        for table in document.tables
        if table.rows[0]._tr.find(".//" + qn("w:tblHeader")) is not None
    ]
    assert len(headed) >= 8
    assert {table.style.name for table in headed} == {"Table Grid"}


def test_its_foot_counts_pages_by_fields(workspace: Workspace, trip: str) -> None:
    foot = opened(made(workspace, trip)).sections[0].footer._element
    codes = [(node.text or "").strip() for node in foot.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]
    assert "第 1 页，共 1 页" in "".join(node.text or "" for node in foot.iter(qn("w:t")))


@pytest.mark.parametrize(("lang", "code"), [("zh", "zh-CN"), ("en", "en-GB")])
def test_its_properties_name_title_author_and_language(
    workspace: Workspace, trip: str, lang: str, code: str
) -> None:
    properties = opened(made(workspace, trip, lang)).core_properties
    title = (
        "赴瑞士招商 · 出访报告" if lang == "zh" else "Investment trip to Switzerland · Trip report"
    )
    assert properties.title == title
    assert (properties.author, properties.language) == ("滨江新区招商中心", code)
    assert properties.created == properties.modified == NOW


def test_photos_stand_in_it_with_captions(workspace: Workspace, trip: str) -> None:
    attach(workspace, trip, "合影.jpg", picture_of("RGB", (900, 600), "JPEG"), "与促进会合影")
    attach(workspace, trip, "坏.jpg", b"no picture", "车间")
    data = made(workspace, trip)
    assert len(opened(data).inline_shapes) == 1
    assert "与促进会合影" in text_of(data) and "“坏.jpg”已损坏" in text_of(data)


def test_the_same_data_and_moment_give_the_same_bytes(workspace: Workspace, trip: str) -> None:
    attach(workspace, trip, "合影.jpg", picture_of("RGB", (900, 600), "JPEG"), "合影")
    data = made(workspace, trip, "both")
    assert data == made(workspace, trip, "both")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_signs_that_no_document_can_hold_are_left_out(workspace: Workspace, trip: str) -> None:
    with workspace.write("signs") as session:
        session.get_one(Trip, trip).findings = "一\x01二\x1b三 & <b>四</b>"
    assert "一二三&<b>四</b>" in text_of(made(workspace, trip))


def test_an_empty_trip_has_a_document_too(workspace: Workspace) -> None:
    with workspace.write("trip") as session:
        trip = trips.add_trip(session)
    assert "没有会谈记录" in text_of(made(workspace, trip))


def test_a_place_that_cannot_be_written_leaves_nothing(
    workspace: Workspace, trip: str, tmp_path: Path
) -> None:
    with workspace.read() as session:
        facts = trip_report.read(session, trip, order(), workspace.paths.files)
    with pytest.raises(DeskError, match="cannot_write"):
        write_trip_report_docx(facts, order(), tmp_path / "none" / "r.docx")
    assert list(tmp_path.rglob("*.docx")) == []


def test_the_command_line_writes_it(
    workspace: Workspace, trip: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, folder = tmp_path / "r.docx", str(workspace.paths.database.parent)
    words = ["docx", "trip-report", trip, str(out), "--lang", "en", "--date", "2026-07-10"]
    assert main(["--workspace", folder, *words]) == 0
    assert '"gaps": []' in capsys.readouterr().out
    assert "Investment trip to Switzerland" in opened(out.read_bytes()).core_properties.title
    assert main(["--workspace", folder, "docx", "trip-report", "ab" * 16, str(out)]) != 0
