"""Chinese lines: what may stand at a line's start and end, and what stays whole."""

import io
import random
import re
from typing import Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas

from desktop_app.reports.cjk import CjkParagraph, escape
from desktop_app.reports.fonts import REGULAR, missing_glyphs, register
from desktop_app.reports.line_rules import break_points, gap

NOT_AT_START = set("。，、；：！？”…）》」")
NOT_AT_END = set("（《“「")

AWKWARD = (
    "2026年9月，镇江新区与瑞士Bühler（布勒）集团在Uzwil签署备忘录，拟投资3.5亿元（约"
    "CHF 45,000,000）建设“智能装备”项目；双方约定：①用地120亩，②年产值10亿元。",
    "“真的吗？”他问：“《外商投资法》（2020年）第4条……怎么说？”——“（见附件）”。",
    "Mühlhausen Präzisionstechnik GmbH & Co. KG同期考察镇江经开区，“Chloé D’Angelo”出席……",
    "“‘好’，”《“（「一」）”》、！？；：……——。",
    "电话+41 71 858 22 11，邮箱j.brunner@rheintal-hydraulik.example，见https://example.com/a/b。",
)


def style(size: float = 9.2) -> ParagraphStyle:
    register()
    return ParagraphStyle("test", fontName=REGULAR, fontSize=size, leading=15)


def lines(markup: str, width: float) -> list[str]:
    made: Any = CjkParagraph(markup, style())
    made.wrap(width, 10_000)
    return ["".join(word.text for word in line.words) for line in made.blPara.lines]


@pytest.mark.parametrize("marked_up", [False, True])
def test_no_sign_stands_where_it_must_not_at_any_width(marked_up: bool) -> None:
    for text in AWKWARD:
        # The fourth text is all signs: nothing narrower than itself could hold it.
        least = 260 if text.startswith("“‘") else 70
        markup = ("<b>甲</b>" if marked_up else "") + escape(text * 3)
        for width in range(least, 500, 3):
            found = lines(markup, width)
            assert not [line for line in found[1:] if line[:1] in NOT_AT_START], width
            assert not [line for line in found[:-1] if line[-1:] in NOT_AT_END], width


def test_every_line_keeps_within_its_width() -> None:
    for text in AWKWARD:
        for width in range(70, 500, 3):
            made: Any = CjkParagraph(escape(text * 2), style())
            made.wrap(width, 10_000)
            # A full stop's empty half may stick out.
            assert min(line.extraSpace for line in made.blPara.lines) > -0.5 * 9.2 - 0.01


def test_words_numbers_and_their_units_stay_whole() -> None:
    whole = re.compile(r"[A-Za-zÀ-ž]+|\d[\d.,]*(?:亿元|亩|年)|CHF 45,000,000")
    text = AWKWARD[0] * 3
    for width in range(120, 500, 3):
        found = lines(escape(text), width)
        assert [part for line in found for part in whole.findall(line)] == whole.findall(text)


def test_a_word_longer_than_the_line_is_split_rather_than_cut_off() -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitän" * 3
    found = lines(word, 100)
    assert len(found) > 5
    assert "".join(found) == word


def test_no_text_is_lost_at_a_break() -> None:
    for text in AWKWARD:
        for width in (80, 133, 271):
            assert "".join(lines(escape(text), width)).replace(" ", "") == text.replace(" ", "")


def test_a_paragraph_split_over_two_pages_says_the_same() -> None:
    text = AWKWARD[0] * 6
    made = CjkParagraph(f"<b>甲：</b>{escape(text)}", style())
    made.wrap(200, 10_000)
    first: Any
    second: Any
    first, second = made.split(200, 100)
    second.wrap(200, 10_000)
    both = [line for part in (first, second) for line in part.blPara.lines]
    joined = "".join(word.text for line in both for word in line.words)
    assert joined.replace(" ", "") == ("甲：" + text).replace(" ", "")


def test_half_squares_close_up_and_chinese_stands_off_from_latin() -> None:
    assert gap("。", "”", True) < 0
    assert gap("，", "“", True) < 0
    assert gap("在", "U", True) > 0
    assert gap("5", "亿", True) > 0
    assert gap("，", "U", True) == 0
    assert gap(" ", "亿", True) == 0


@given(st.text(alphabet="甲乙，。（）“”…—AZé19 .,-/%元\n", max_size=80), st.integers(30, 300))
def test_any_text_is_broken_whole_and_in_order(text: str, width: int) -> None:
    found = lines(escape(text), width)
    assert "".join(found).replace(" ", "") == text.strip().replace("\n", "").replace(" ", "")
    assert not any(break_points(text)[:1])


def test_text_copied_from_the_page_is_the_text_of_the_record() -> None:
    text = "拟投资3.5亿元，“Chloé D’Angelo”出席<b>会</b> & 谈。"
    register()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    made = CjkParagraph(escape(text), style())
    made.wrap(500, 100)
    made.drawOn(canvas, 40, 700)
    canvas.save()
    page = pypdfium2.PdfDocument(buffer.getvalue())[0]
    assert page.get_textpage().get_text_range().strip() == text


def test_what_cannot_be_drawn_is_a_box_and_is_reported() -> None:
    text = "好😀👨\u200d👩\u200d👧 שלום \x07\u202e喆㛃❤\ufe0f é"
    drawn = escape(text)
    assert drawn.startswith("好□□ □□□□ 喆㛃")
    assert "\x07" not in drawn
    assert "\u202e" not in drawn
    assert drawn.endswith("é")
    missing = missing_glyphs([text, None])
    assert "😀" in missing
    assert "ש" in missing
    assert "喆" not in missing
    assert "\ufe0f" not in missing


def test_random_bytes_as_text_never_break_the_setting() -> None:
    rng = random.Random(5)
    for _ in range(60):
        text = "".join(
            chr(rng.choice((rng.randrange(0xD800), rng.randrange(128)))) for _ in range(90)
        )
        lines(escape(text), rng.randrange(20, 300))
