"""Lines to write on: over what is left of a page, never on a page of their own."""

from pathlib import Path

import pytest
from reportlab.platypus import Flowable, Spacer

from desktop_app.reports.document import Document
from desktop_app.reports.geometry import A4_PAGE
from desktop_app.reports.note_lines import NoteLines
from desktop_app.reports.paper import Pages
from tests.reports.paper_tools import order, pages

# The height of the text on a page.
ROOM = A4_PAGE.height - A4_PAGE.margin - A4_PAGE.margin - A4_PAGE.foot * 0.55


@pytest.mark.parametrize("left", [2.0, 7.9, 20.0, 60.0, 75.0, 400.0])
def test_a_full_page_takes_no_lines_and_no_other_page(tmp_path: Path, left: float) -> None:
    story: list[Flowable] = [Spacer(1, ROOM - left), NoteLines("记录")]
    made = Pages("标题", "纸", story, "内部")
    path = tmp_path / "a.pdf"
    Document(str(path), made, order()).build(made.story)
    text = pages(path)
    assert len(text) == 1
    assert ("记录" in text[0]) == (left > 76)
