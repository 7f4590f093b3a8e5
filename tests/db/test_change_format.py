"""The log's canonical bytes are for ever: golden values, and the fast writer equals the general."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.db.change import canonical, cells_of, make_change
from desktop_app.db.seal import _new_fields

GOLDEN = json.loads(Path(__file__).with_name("golden_changes.json").read_text("utf-8"))


def test_ids_of_golden_changes_never_alter() -> None:
    assert len(GOLDEN) >= 4
    for one in GOLDEN:
        made = make_change(**one["change"])
        assert made.id == one["id"], one["why"]


def test_canonical_json_sorts_keys_and_keeps_text_as_it_is() -> None:
    assert canonical({"b": "镇江ü", "a": [None, True, 5]}) == '{"a":[null,true,5],"b":"镇江ü"}'


values = st.none() | st.booleans() | st.integers(-(2**62), 2**62) | st.text()


@given(st.dictionaries(st.text(min_size=1), values))
def test_fields_of_a_new_row_are_canonical(row: dict[str, str | int | bool | None]) -> None:
    ordered = dict(sorted(row.items()))
    expected = canonical({c: [v, []] for c, v in ordered.items() if v is not None})
    assert _new_fields(ordered) == expected


def test_the_winner_is_the_head_with_the_greatest_clock_then_id() -> None:
    changes = [
        ("01", 5, '{"city":["Bern",[]]}'),
        ("02", 6, '{"city":["Basel",["01"]]}'),
        ("03", 6, '{"city":["Zug",["01"]]}'),
    ]
    cell = cells_of(changes)["city"]
    assert (cell.value, cell.heads) == ("Zug", ("02", "03"))


def test_a_clock_never_overrides_a_value_that_somebody_saw_and_replaced() -> None:
    changes = [("aa", 900, '{"city":["Bern",[]]}'), ("bb", 3, '{"city":["Basel",["aa"]]}')]
    assert cells_of(changes)["city"].value == "Basel"
    assert cells_of(reversed(changes)) == cells_of(changes)
