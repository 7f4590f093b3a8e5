"""What came in since one last looked, by person and record."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from desktop_app.db.log_tables import link
from desktop_app.db.workspace import Workspace
from desktop_app.sync.incoming import Incoming, count, incoming, mark_looked
from tests.sync.laptops import add, change_fields, delete, laptop, meet

Two = tuple[Workspace, Workspace]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    """Return the laptops of 王敏 and 李强, who have looked at all there is."""
    both = laptop(tmp_path / "a", "王敏"), laptop(tmp_path / "b", "李强")
    meet(*both)
    for one in both:
        with one.write() as session:
            nothing = {"team": "", "location": "", "mode": "drive", "memory": "{}", "looked": 0}
            session.execute(insert(link).values(id=1, **nothing))
        mark_looked(one)
    yield both
    for one in both:
        one.close()


def told(workspace: Workspace) -> list[Incoming]:
    with workspace.read() as session:
        return incoming(session)


def test_a_new_record_and_an_edit_are_told_with_their_old_and_new_values(two: Two) -> None:
    a, b = two
    row = add(a, "companies", name="Eins AG", address="Bern")
    meet(a, b)
    assert told(a) == []
    (one,) = told(b)
    assert (one.by, one.kind, one.row, one.title) == ("王敏", "companies", row, "Eins AG")
    assert (one.created, one.deleted) == (True, False)
    assert one.fields["address"] == (None, "Bern")
    mark_looked(b)
    assert told(b) == []
    # Two edits of one person read as one, from what stood before to what stands now.
    change_fields(a, "companies", row, address="Basel")
    change_fields(a, "companies", row, address="Zug")
    meet(a, b)
    (one,) = told(b)
    assert (one.created, one.fields) == (False, {"address": ("Bern", "Zug")})
    with b.read() as session:
        assert count(session) == 1


def test_two_people_at_one_record_are_told_apart_and_deletes_are_told(
    two: Two, tmp_path: Path
) -> None:
    a, b = two
    row = add(a, "companies", name="Eins AG", address="Bern")
    meet(a, b)
    mark_looked(b)
    third = laptop(tmp_path / "c", "Anna")
    change_fields(a, "companies", row, phone="1")
    meet(a, third)
    delete(third, "companies", row)
    meet(third, b)
    third.close()
    by_person = {one.by: one for one in told(b) if one.kind == "companies"}
    assert by_person["王敏"].fields == {"phone": (None, "1")}
    assert by_person["Anna"].deleted


def test_without_a_shared_file_nothing_comes_in(tmp_path: Path) -> None:
    one = laptop(tmp_path / "a", "王敏")
    assert told(one) == []
    with one.read() as session:
        assert count(session) == 0
    one.close()
