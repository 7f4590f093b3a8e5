"""Two answers to one question are both shown, and a person decides."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.db.check import check
from desktop_app.db.undo import undo
from desktop_app.db.workspace import Workspace
from desktop_app.domain.errors import DeskError
from desktop_app.sync.conflicts import (
    Conflict,
    conflicted_cells,
    conflicts,
    count,
    resolve,
    resolve_fields,
)
from tests.sync.laptops import add, change_fields, delete, laptop, meet, value

Two = tuple[Workspace, Workspace]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    """Return the laptops of 王敏 and 李强."""
    both = laptop(tmp_path / "a", "王敏"), laptop(tmp_path / "b", "李强")
    yield both
    for one in both:
        assert check(one).ok
        one.close()


@pytest.fixture
def company(two: Two) -> str:
    """Return a company that both laptops know."""
    row = add(two[0], "companies", name="Eins AG", address="Bern")
    meet(*two)
    return row


def found(workspace: Workspace) -> list[Conflict]:
    with workspace.read() as session:
        assert count(session) == len(conflicts(session))
        return conflicts(session)


def test_a_cell_with_two_answers_names_both_with_who_when_and_what_was_before(
    two: Two, company: str
) -> None:
    a, b = two
    change_fields(a, "companies", company, address="Basel", phone="1")
    change_fields(b, "companies", company, address="Zug", email="x@example.org")
    meet(a, b)
    assert found(a) == found(b)
    (one,) = found(a)
    assert (one.kind, one.row, one.column, one.title) == (
        "companies",
        company,
        "address",
        "Eins AG",
    )
    assert one.base == "Bern"
    assert [(s.value, s.by) for s in one.sides] == [("Zug", "李强"), ("Basel", "王敏")]
    assert one.sides[0].at >= one.sides[1].at
    # Until then the later answer stands, the same on both, and what is not disputed is merged.
    assert (
        value(a, "companies", company, "address")
        == value(b, "companies", company, "address")
        == "Zug"
    )
    assert value(b, "companies", company, "phone") == "1"
    with b.read() as session:
        assert conflicted_cells(session, company) == {"address"}


@pytest.mark.parametrize("answer", ["Zug", "Basel", "Luzern"])
def test_either_answer_or_a_third_settles_it_for_everybody(
    two: Two, company: str, answer: str
) -> None:
    a, b = two
    change_fields(a, "companies", company, address="Basel")
    change_fields(b, "companies", company, address="Zug")
    meet(a, b)
    resolve(a, "company", company, "address", answer, "settle")
    assert found(a) == []
    meet(a, b)
    for one in two:
        assert found(one) == []
        assert value(one, "companies", company, "address") == answer


@pytest.mark.parametrize(
    ("answer", "region"), [("Zug", "ZG"), ("Basel", "BS"), ("Luzern", "LU"), ("Nirgends", None)]
)
def test_a_city_that_is_settled_brings_its_place_on_the_map(
    two: Two, company: str, answer: str, region: str | None
) -> None:
    a, b = two
    change_fields(a, "companies", company, city="Basel")
    change_fields(b, "companies", company, city="Zug")
    meet(a, b)
    # One question, though four cells differ.
    assert [c.column for c in found(a)] == ["city"]
    with a.read() as session:
        assert conflicted_cells(session, company) == {"city", "lat_e6", "lon_e6", "region"}
    resolve(a, "company", company, "city", answer, "settle")
    meet(a, b)
    for one in two:
        with one.read() as session:
            assert conflicted_cells(session, company) == set()
        assert value(one, "companies", company, "region") == region
        assert (value(one, "companies", company, "lat_e6") is None) == (region is None)


def test_the_same_answer_from_two_people_is_no_conflict(two: Two, company: str) -> None:
    a, b = two
    change_fields(a, "companies", company, address="Basel")
    change_fields(b, "companies", company, address="Basel")
    meet(a, b)
    assert found(a) == []


def test_people_of_one_answer_stand_together(two: Two, company: str, tmp_path: Path) -> None:
    third = laptop(tmp_path / "c", "Anna")
    meet(*two, third)
    for one, city in zip((*two, third), ("Basel", "Zug", "Basel"), strict=True):
        change_fields(one, "companies", company, address=city)
    meet(*two, third)
    (one_conflict,) = found(two[0])
    assert [(s.value, s.by) for s in one_conflict.sides] == [
        ("Basel", "Anna、王敏"),
        ("Zug", "李强"),
    ]
    third.close()


def test_two_settlements_of_one_conflict_are_a_conflict_again(two: Two, company: str) -> None:
    a, b = two
    change_fields(a, "companies", company, address="Basel")
    change_fields(b, "companies", company, address="Zug")
    meet(a, b)
    resolve(a, "company", company, "address", "Basel", "settle")
    resolve(b, "company", company, "address", "Luzern", "settle")
    meet(a, b)
    (one,) = found(a)
    assert {s.value for s in one.sides} == {"Basel", "Luzern"}
    # Both had seen both first answers; the later of these is what it was before.
    assert one.base == "Zug"


@pytest.mark.parametrize("gone", [True, False])
def test_a_record_that_one_deleted_and_another_edited_stays_until_decided(
    two: Two, company: str, gone: bool
) -> None:
    a, b = two
    delete(a, "companies", company)
    change_fields(b, "companies", company, address="Zug")
    meet(a, b)
    assert found(a) == found(b)
    (one,) = found(a)
    assert one.column == "deleted"
    assert [(s.value, s.by) for s in one.sides] == [(False, "李强"), (True, "王敏")]
    assert value(a, "companies", company, "address") == "Zug"
    assert not value(a, "companies", company, "deleted")
    resolve(b, "company", company, "deleted", gone, "settle")
    meet(a, b)
    for workspace in two:
        assert found(workspace) == []
        assert bool(value(workspace, "companies", company, "deleted")) is gone
        assert value(workspace, "companies", company, "address") == "Zug"


def test_a_deleted_record_has_nothing_to_settle_until_it_is_brought_back(
    two: Two, company: str
) -> None:
    a, b = two
    change_fields(a, "companies", company, address="Basel")
    change_fields(b, "companies", company, address="Zug")
    meet(a, b)
    delete(a, "companies", company)
    assert found(a) == []
    meet(a, b)
    assert found(b) == []
    undo(a)
    assert [c.column for c in found(a)] == ["address"]
    meet(a, b)
    assert [c.column for c in found(b)] == ["address"]


def test_cells_of_one_record_are_settled_in_one_step_that_can_be_undone(
    two: Two, company: str
) -> None:
    a, b = two
    change_fields(a, "companies", company, address="Basel", phone="1")
    change_fields(b, "companies", company, address="Zug", phone="2")
    meet(a, b)
    assert [c.column for c in found(b)] == ["address", "phone"]
    resolve_fields(b, "company", company, {"address": "Basel", "phone": "3"}, "settle")
    assert found(b) == []
    undo(b)
    assert value(b, "companies", company, "address") == "Zug"
    assert value(b, "companies", company, "phone") == "2"
    meet(a, b)
    assert found(a) == []


def test_what_is_not_disputed_cannot_be_settled(two: Two, company: str) -> None:
    with pytest.raises(DeskError, match="no_conflict"):
        resolve(two[0], "company", company, "address", "Zug", "settle")
