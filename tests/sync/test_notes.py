"""Three-way merge of long texts: nobody's sentence is lost."""

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.sync.notes import merged_notes

SENTENCES = st.sampled_from(
    [
        "对方要土地。",
        "电价要再谈！",
        "Call on Tuesday.",
        " Bring samples.",
        "\n",
        "王总",
        "，6月来访；",
    ]
)
TEXTS = st.lists(SENTENCES, max_size=8).map("".join)


def test_what_two_people_added_in_different_places_is_all_there() -> None:
    base = "对方要 50 亩地。\n电价待定。"
    ours = "6月3日电话。\n对方要 50 亩地。\n电价待定。"
    theirs = "对方要 50 亩地。另要宿舍。\n电价待定。"
    assert (
        merged_notes(base, ours, theirs) == "6月3日电话。\n对方要 50 亩地。另要宿舍。\n电价待定。"
    )


def test_what_both_rewrote_stands_twice_and_never_as_a_mixture() -> None:
    assert merged_notes("预算 300 万", "预算 400 万", "预算 350 万") == "预算 400 万\n预算 350 万"


def test_neighbouring_edits_are_both_made() -> None:
    merged = merged_notes("一。二。三。", "壹。二。三。", "一。贰。三。")
    assert merged == "壹。贰。三。"


def test_a_sentence_taken_out_by_one_goes_unless_the_other_rewrote_it() -> None:
    assert merged_notes("一。二。三。", "一。三。", "一。二。三。四。") == "一。三。四。"
    assert merged_notes("一。二。三。", "一。三。", "一。贰。三。") == "一。贰。三。"


def test_two_texts_without_a_common_one_stand_one_below_the_other() -> None:
    assert merged_notes(None, "见了王总", "见了李总") == "见了王总\n见了李总"
    assert merged_notes("", "First. Second.", "First. Third.") == "First. Second. Third."


@given(TEXTS, TEXTS)
def test_where_only_one_side_wrote_its_text_is_the_merge(base: str, text: str) -> None:
    assert merged_notes(base, text, base) == text
    assert merged_notes(base, base, text) == text
    assert merged_notes(base, text, text) == text


@given(TEXTS, TEXTS, TEXTS)
def test_no_word_that_either_side_wrote_is_lost(base: str, ours: str, theirs: str) -> None:
    merged = merged_notes(base, ours, theirs)
    for word in ("对方要土地", "电价要再谈", "Call on Tuesday", "Bring samples", "王总", "6月来访"):
        assert merged.count(word) >= (max(ours.count(word), theirs.count(word)) - base.count(word))
        if word not in base and word in ours + theirs:
            assert word in merged
