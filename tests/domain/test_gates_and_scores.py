"""What a stage needs, and the two scores that are never one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.gates import GATES, is_forward, missing_fields, stages_between
from desktop_app.domain.scoring import VALUE_WEIGHTS, readiness, readiness_points, value_score
from desktop_app.domain.words import STAGES, Stage
from desktop_app.i18n import catalogue

parts = st.fixed_dictionaries({name: st.none() | st.integers(0, 100) for name in VALUE_WEIGHTS})
stages = st.sampled_from([s.value for s in STAGES])


def test_each_stage_has_a_gate_whose_fields_have_labels() -> None:
    assert set(GATES) == set(Stage)
    for fields in GATES.values():
        for field in fields:
            assert f"words.field.{field}" in catalogue(), field


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"source": "expo"}, ["event_id"]),
        ({"source": "expo", "source_detail": "进博会"}, []),
        ({"source": "chain_leader"}, ["introducer"]),
        ({"source": "inbound"}, []),
    ],
)
def test_a_source_names_its_event_or_introducer(
    values: dict[str, object], missing: list[str]
) -> None:
    base = {"company_id": "c", "country": "CH", "first_reporter_id": "m", "first_reported_on": 1}
    assert missing_fields(base | values, Stage.LEAD) == missing


def test_land_or_plant_will_do_and_a_zero_is_an_answer() -> None:
    review = {"energy_tce": 0, "output_minor": 0, "tax_minor": 0, "jobs": 0, "review_opinion": "可"}
    assert missing_fields(review, Stage.SITE_REVIEW) == ["land_m2"]
    assert missing_fields(review | {"plant_m2": 0}, Stage.SITE_REVIEW) == []


@given(stages, stages)
def test_a_way_forward_passes_each_stage_once_in_order(current: str, target: str) -> None:
    way = stages_between(current, target)
    assert way[-1] == target
    if is_forward(current, target):
        order = [s.value for s in STAGES]
        assert [s.value for s in way] == order[order.index(current) + 1 : order.index(target) + 1]
    else:
        assert len(way) == 1


def test_the_weights_sum_to_about_a_hundred_as_the_product_lists_them() -> None:
    assert list(VALUE_WEIGHTS.values()) == [5, 5, 17, 17, 10, 5, 5, 10, 5, 16, 5]


@given(parts)
def test_a_value_is_between_0_and_100_and_a_veto_makes_it_nothing(
    scored: dict[str, int | None],
) -> None:
    value = value_score(scored, veto=None)
    if all(v is None for v in scored.values()):
        assert value is None
    else:
        assert value is not None
        assert 0 <= value <= 100
    assert value_score(scored, veto=True) == 0


@given(parts, st.sampled_from(list(VALUE_WEIGHTS)))
def test_a_better_part_never_lowers_the_value(scored: dict[str, int | None], name: str) -> None:
    better = scored | {name: 100}
    assert (value_score(better, None) or 0) >= (value_score(scored, None) or 0)


@pytest.mark.parametrize(
    ("facts", "points", "grade"),
    [
        (("within_6_months", True, True, True), 17, "A"),
        (("within_12_months", False, True, True), 12, "A"),
        (("within_24_months", False, True, True), 11, "B"),
        (("within_12_months", False, False, True), 8, "B"),
        (("within_6_months", False, False, False), 7, "C"),
        ((None, None, None, True), 5, "C"),
        (("within_24_months", None, None, False), 4, "D"),
        ((None, None, None, False), 2, "D"),
    ],
)
def test_readiness_is_graded_by_its_points(
    facts: tuple[str | None, bool | None, bool | None, bool], points: int, grade: str
) -> None:
    assert readiness_points(*facts) == points
    assert readiness(*facts) == grade
