"""Every paper in every language, of a short, a normal and an overfull trip, with awkward texts.

What is looked at is the printed page: its lines, their places, its links and its outline.
"""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import PageBreak, Paragraph, Table

from desktop_app.db.workspace import Workspace
from desktop_app.reports.cjk import CjkParagraph, escape
from desktop_app.reports.document import Document
from desktop_app.reports.fonts import REGULAR, register
from desktop_app.reports.layout import head, paragraph, ruled_table
from desktop_app.reports.paper import Pages
from desktop_app.reports.papers import PAPERS, write_paper
from desktop_app.reports.trip_facts import briefing_facts
from desktop_app.services.trips import TripDetail
from tests.reports.awkward_trip import LONG_WORD, TEXTS, WHOLE, add_awkward_trip, text
from tests.reports.page_checks import outside, overlaps
from tests.reports.page_lines import Line, Link, lines, links, lowest_mark
from tests.reports.paper_tools import TEAM, flat, order, write

SIZES = {"short": (1, False), "normal": (12, False), "overfull": (40, True)}
LANGS = ("zh", "en", "both")
NOT_AT_START = set("，。、；：！？”’…）》」』】〕,.;:!?)]}%℃")
NOT_AT_END = set("（《“‘「『【〔([{")
_NUMBER = re.compile(r"[\d][\d.,]*$")
_UNIT = re.compile(r"(?:亿元|万元|万欧元|亩|年|月|日|㎡|小时|分钟|km|MW|kWh|min|t/h)(?![A-Za-z])")


class Printed(NamedTuple):
    """A paper, how it was ordered, and where it is."""

    name: str
    lang: str
    path: Path
    geometry: Any
    cover: bool
    lines: list[Line]
    links: list[Link]

    @property
    def body(self) -> list[Line]:
        """Return the lines above the foot."""
        low = self.geometry.foot
        return [line for line in self.lines if line.base > low or (self.cover and line.page == 1)]


def cases() -> Iterator[Any]:
    """Yield all papers in all sizes and languages; those beyond a cross-section run with --long."""
    for at, name in enumerate(PAPERS):
        for size in SIZES:
            for number, lang in enumerate(LANGS):
                quick = size == "normal" if lang == "both" else (at + number) % 2 == 0
                quick = (quick and size != "overfull") or (size, lang) == (
                    "overfull",
                    LANGS[at % 3],
                )
                marks = () if quick else pytest.mark.long
                yield pytest.param(name, size, lang, marks=marks, id=f"{name}-{size}-{lang}")


class Desk(NamedTuple):
    """A workspace for each size of trip, with the ids of its records by kind."""

    folder: Path
    open: dict[str, tuple[Workspace, dict[str, str]]]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("papers"), {})
    yield made
    for workspace, _ in made.open.values():
        workspace.close()


def facts_of(desk: Desk, name: str, size: str, lang: str) -> Any:
    """Return the facts of a paper about a trip of a size, or about a record of it."""
    if size not in desk.open:
        workspace = Workspace.open(desk.folder / size)
        with workspace.write("plan a trip") as session:
            ids = add_awkward_trip(session, *SIZES[size])
        desk.open[size] = workspace, ids
    workspace, ids = desk.open[size]
    with workspace.read() as session:
        return PAPERS[name].read(session, ids[PAPERS[name].KIND], order(lang), desk.folder)


@pytest.mark.parametrize(("name", "size", "lang"), list(cases()))
def test_the_pages_are_set_as_they_should_be(desk: Desk, name: str, size: str, lang: str) -> None:
    assert faults_of(desk, name, size, lang) == {}


def faults_of(desk: Desk, name: str, size: str, lang: str) -> dict[str, list[Any]]:
    """Print a paper and return what is wrong with its pages."""
    facts = facts_of(desk, name, size, lang)
    pages = PAPERS[name].pages(facts, order(lang))
    path = desk.folder / f"{name}-{size}-{lang}.pdf"
    write_paper(PAPERS[name], facts, order(lang), path)
    paper = Printed(
        name, lang, path, pages.geometry, pages.cover is not None, lines(path), links(path)
    )
    faults: dict[str, list[Any]] = {
        "not through our paragraphs": list(_foreign(pages.story)),
        "line ends": list(_bad_ends(paper)),
        "tight": [(line.page, line.text, line.tight) for line in paper.body if line.tight],
        "parted": list(_parted(paper)),
        "overlap": overlaps(path),
        "outside": outside(
            path, paper.geometry.margin, 0.42 * paper.geometry.foot, 0.8 * paper.geometry.margin
        ),
        "bare page": list(_bare_pages(paper)),
        "links": [link for link in paper.links if link.words not in _page_text(paper, link.target)],
        "outline": list(_lost_entries(paper)),
        "numbers": list(_unnumbered(paper)),
        "metadata": list(_wrong_about(paper)),
    }
    return {what: found for what, found in faults.items() if found}


@pytest.mark.parametrize("name", list(PAPERS))
def test_the_same_facts_give_the_same_bytes(desk: Desk, name: str) -> None:
    made = []
    for number in range(2):
        path = desk.folder / f"{name}-{number}.pdf"
        write_paper(PAPERS[name], facts_of(desk, name, "short", "both"), order("both"), path)
        made.append(path.read_bytes())
    assert made[0] == made[1]


def test_a_sheet_stays_on_one_page_where_it_fits(detail: TripDetail, tmp_path: Path) -> None:
    for lang in LANGS:
        path = tmp_path / f"{lang}.pdf"
        write("trip-briefing", briefing_facts(detail), path, lang)
        document = pypdfium2.PdfDocument(path)
        pages = [mark.get_dest().get_index() for mark in document.get_toc() if mark.level == 1]
        document.close()
        assert pages == [pages[0] + number for number in range(len(detail.meetings))]


def test_a_long_table_repeats_its_head_on_each_page(tmp_path: Path) -> None:
    rows = [[f"{number}", text(number)] for number in range(90)]
    path = tmp_path / "a.pdf"
    story: list[Any] = [head("一张长表"), ruled_table(("序号", "事项"), rows, (1, 6))]
    pages = Pages(title="长表", subject="长表", story=story, mark="内部")
    Document(str(path), pages, order()).build(story)
    found = [line for line in lines(path) if line.base > pages.geometry.foot]
    count = found[-1].page
    assert count > 3
    for page in range(1, count + 1):
        here = [line.text for line in found if line.page == page]
        assert here[0 if page > 1 else 1 :][:2] == ["序号", "事项"]


def test_the_checks_see_what_they_are_for(tmp_path: Path) -> None:
    """ReportLab's own paragraphs, set without our rules, fail each of them."""
    register()
    style = ParagraphStyle("theirs", fontName=REGULAR, fontSize=9.2, leading=15, wordWrap="CJK")
    story: list[Any] = [Paragraph(escape(one * 9), style) for one in TEXTS]
    story += [PageBreak(), Table([["plain"]]), paragraph("一个标题", "head"), PageBreak()]
    pages = Pages(title="试", subject="试", story=list(story), mark="内部")
    path = tmp_path / "a.pdf"
    Document(str(path), pages, order()).build(story)
    paper = Printed("x", "zh", path, pages.geometry, False, lines(path), [])
    assert len(list(_bad_ends(paper))) > 2
    assert len(list(_parted(paper))) > 1
    assert [line for line in paper.body if line.tight]
    assert list(_bare_pages(paper)) == [(paper.lines[-1].page, "一个标题")]
    assert list(_foreign(pages.story))[-1] == "plain"
    assert len(list(_foreign(pages.story))) == len(TEXTS) + 1


def _foreign(parts: Any) -> Iterator[str]:
    """Yield the texts of a story that do not go through our paragraphs."""
    part: Any
    for part in parts:
        if isinstance(part, str):
            if part:
                yield part
        elif isinstance(part, Paragraph) and not isinstance(part, CjkParagraph):
            yield part.text
        elif isinstance(part, Table):
            table: Any = part
            for row in table._cellvalues:
                for cell in row:
                    yield from _foreign(cell if isinstance(cell, list | tuple) else [cell])


def _bad_ends(paper: Printed) -> Iterator[tuple[int, str]]:
    """Yield the lines that begin or end with a sign that must not stand there."""
    for line in paper.body:
        if line.text[:1] in NOT_AT_START or line.text[-1:] in NOT_AT_END:
            yield line.page, line.text


def _parted(paper: Printed) -> Iterator[tuple[int, str, str]]:
    """Yield two lines between which a word, or a number and its unit, is parted."""
    whole = {flat(word) for word in WHOLE}
    for line, after in _following(paper.body):
        if LONG_WORD.startswith(after.text[:3]) or after.text[:4] in LONG_WORD:
            continue
        tail, head = line.text.split()[-1], after.text.split()[0]
        end = re.search(r"[\w.,’㎡%]*$", tail)
        start = re.match(r"[\w.,’㎡%]*", head)
        both = (end.group() if end else "", start.group() if start else "")
        parted = any(
            both[0].endswith(word[:cut]) and both[1].startswith(word[cut:])
            for word in whole
            for cut in range(1, len(word))
            if not (word[:cut].isascii() and word[cut:].isascii() and word[cut - 1] == " ")
        )
        if parted or (_NUMBER.search(line.text) and _UNIT.match(after.text)):
            yield line.page, line.text, after.text


def _following(found: list[Line]) -> Iterator[tuple[Line, Line]]:
    """Yield each line with the one below it in its paragraph."""
    for line, after in itertools.pairwise(found):
        drop = line.base - after.base
        near = abs(line.left - after.left) < 0.9 * line.size
        if line.page == after.page and near and 0.9 * line.size < drop < 1.8 * line.size:
            yield line, after


def _bare_pages(paper: Printed) -> Iterator[tuple[int, str]]:
    """Yield pages with nothing on them, and those that end with a heading."""
    document = pypdfium2.PdfDocument(paper.path)
    for number, page in enumerate(document, 1):
        body = [line for line in paper.body if line.page == number]
        last = min(body, key=lambda line: line.base, default=None)
        mark = lowest_mark(page, paper.geometry.foot + 1)
        if last is None:
            if mark > paper.geometry.height:
                yield number, "nothing"
        elif last.bold and (last.size > 9.9 or last.size < 7.8) and mark > last.base:
            yield number, last.text
    document.close()


def _page_text(paper: Printed, number: int) -> str:
    """Return the text of a page without spaces."""
    return "".join(flat(line.text) for line in paper.lines if line.page == number)


def _lost_entries(paper: Printed) -> Iterator[str]:
    """Yield the entries of the outline that lead to a page without their words."""
    document = pypdfium2.PdfDocument(paper.path)
    for entry in document.get_toc():
        aim = entry.get_dest()
        words = flat(entry.get_title()).rstrip("…")
        if aim is None or words not in _page_text(paper, aim.get_index() + 1):
            yield words
    document.close()


def _unnumbered(paper: Printed) -> Iterator[int]:
    """Yield the pages without their number and the count of pages, the cover apart."""
    count = max(line.page for line in paper.lines)
    for number in range(2 if paper.cover else 1, count + 1):
        words = f"第{number}页，共{count}页" if paper.lang == "zh" else f"Page{number}of{count}"
        if words not in _page_text(paper, number):
            yield number


def _wrong_about(paper: Printed) -> Iterator[str]:
    """Yield what is wrong in the metadata."""
    document = pypdfium2.PdfDocument(paper.path)
    about = document.get_metadata_dict()
    document.close()
    if not about["Title"] or "\x1c" in about["Title"]:
        yield "title"
    if about["Author"] != TEAM:
        yield "author"
    lang = b"en-GB" if paper.lang == "en" else b"zh-CN"
    if b"(" + lang + b")" not in paper.path.read_bytes():
        yield "lang"
