"""The rules of the merge, searched for a history that breaks one."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.db.change import (
    HLC_PER_MS,
    Change,
    Value,
    canonical,
    cells_of,
    disputed,
    make_change,
)
from desktop_app.db.check import check
from desktop_app.db.log_values import sorted_columns
from desktop_app.db.workspace import Workspace
from desktop_app.sync.laptop import Laptop
from tests.sync.laptops import add, change_fields, logged, value
from tests.sync.simulator.checks import Save, check_row, saves_of
from tests.sync.simulator.laptop import MemoryLog

# "spirit" is a column that this version does not know.
COLUMNS = ["name", "city", "employees", "spirit"]
ROWS = [("company", f"{n:032x}") for n in (1, 2)]
YEAR = 365 * 24 * 3600 * 1000

TEXTS = ["", "镇江", "Zug", "終"]


class Step(NamedTuple):
    """One thing that one of three people does."""

    who: int
    verb: str
    row: int
    column: str
    value: int | None
    whom: int
    wall: int


steps = st.lists(
    st.builds(
        Step,
        st.integers(0, 2),
        st.sampled_from(["edit", "edit", "edit", "delete", "bring back", "pull", "pull", "settle"]),
        st.integers(0, 1),
        st.sampled_from(COLUMNS),
        st.none() | st.integers(0, 3),
        st.integers(0, 2),
        st.integers(0, 2 * YEAR),
    ),
    max_size=30,
)


class History(NamedTuple):
    """What three people know after some steps, and what each save's maker had seen."""

    logs: list[MemoryLog]
    changes: dict[str, Change]
    saves: dict[tuple[str, str], list[Save]]


def play(done: list[Step]) -> History:
    """Return what comes of some steps; every clock is as wrong as it likes."""
    wall = [YEAR * HLC_PER_MS]
    logs = [MemoryLog(Random(n), "", lambda: wall[0], 2) for n in range(3)]
    history = History(logs, {}, {row: [] for row in ROWS})
    for step in done:
        wall[0] = step.wall * HLC_PER_MS
        log, row = logs[step.who], ROWS[step.row]
        settle: set[str] = set()
        if step.verb == "pull":
            log.apply(logs[step.whom].order, lambda: False)
            continue
        typed: Value = step.value
        if step.value is not None and step.column != "employees":
            typed = TEXTS[step.value]
        fields = {step.column: typed}
        if step.verb in ("delete", "bring back"):
            fields = {"deleted": True if step.verb == "delete" else None}
        elif step.verb == "settle":
            settle = {step.column}
        seen = log.known_of(row)
        if not seen and None in fields.values():
            continue
        change = log.save(row, fields, settle=settle)
        if change is not None:
            history.changes[change.id] = change
            history.saves[row] += saves_of(change, seen)
    return history


def entries(changes: list[Change]) -> list[tuple[str, int, str]]:
    return [(c.id, c.hlc, c.fields) for c in changes]


@given(steps, st.randoms(use_true_random=False))
def test_a_records_cells_do_not_depend_on_the_order_of_its_changes(
    done: list[Step], rng: Random
) -> None:
    history = play(done)
    for row in ROWS:
        changes = [c for c in history.changes.values() if (c.table, c.row) == row]
        cells = cells_of(entries(changes))
        for _ in range(3):
            rng.shuffle(changes)
            assert cells_of(entries(changes)) == cells


@given(steps)
def test_every_value_stands_or_was_replaced_by_one_who_saw_it_or_is_disputed(
    done: list[Step],
) -> None:
    history = play(done)
    for row, saves in history.saves.items():
        changes = [c for c in history.changes.values() if (c.table, c.row) == row]
        check_row(row, saves, cells_of(entries(changes)), whole=True)


@given(steps)
def test_what_somebody_saw_and_replaced_never_comes_back(done: list[Step]) -> None:
    history = play(done)
    for log in history.logs:
        log.apply([*history.changes.values()], lambda: False)
    last = history.logs[0]
    for row, saves in history.saves.items():
        for save in saves:
            # Whatever the clocks say: one more edit by somebody who knows all decides.
            after = last.save(row, {save.column: "终"}, settle={save.column})
            assert after is not None
            assert last.cells(row)[save.column].value in ("终", None)
            assert last.cells(row)[save.column].heads == (after.id,)


@given(steps)
def test_a_conflict_is_settled_by_one_change_whose_parents_are_all_its_answers(
    done: list[Step],
) -> None:
    history = play(done)
    log = history.logs[0]
    log.apply([*history.changes.values()], lambda: False)
    for row in ROWS:
        cells = log.cells(row) if history.saves[row] else {}
        for column, cell in cells.items():
            if cell.disputed and column != "deleted":
                settled = log.save(row, {column: "决定"}, settle={column})
                assert settled is not None
                assert log.cells(row)[column].heads == (settled.id,)
                assert not log.cells(row)[column].disputed


@given(st.integers(0, 2 * YEAR), st.integers(0, 2 * YEAR), st.sampled_from(COLUMNS))
def test_a_record_deleted_by_one_and_edited_by_another_stays_and_is_marked(
    first: int, second: int, column: str
) -> None:
    history = play([Step(0, "edit", 0, "name", 1, 0, 0), Step(1, "pull", 0, "", 0, 0, 0)])
    (one, other, third), row = history.logs, ROWS[0]
    one.wall, other.wall = (lambda: first * HLC_PER_MS), (lambda: second * HLC_PER_MS)
    delete = one.save(row, {"deleted": True})
    edit = other.save(row, {column: "Zug"})
    assert delete is not None and edit is not None
    third.apply([*one.order, *other.order], lambda: False)
    cells = third.cells(row)
    assert (cells["deleted"].value, cells["deleted"].disputed) == (None, True)
    assert cells[column].value == "Zug"
    # Whoever sees both and deletes it anew has decided.
    third.save(row, {"deleted": True}, settle={"deleted"})
    cells = third.cells(row)
    assert cells["deleted"].value is True
    assert not cells["deleted"].disputed


def test_a_delete_by_one_who_had_seen_the_edit_hides_the_record() -> None:
    done = [
        Step(0, "edit", 0, "name", 1, 0, 2 * YEAR),
        Step(1, "pull", 0, "", 0, 0, 0),
        Step(1, "delete", 0, "", 0, 0, 0),
    ]
    cells = play(done).logs[1].cells(ROWS[0])
    assert cells["deleted"].value is True
    assert disputed(cells) == []


# The same over real workspaces.


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a workspace without a record."""
    folder = tmp_path_factory.mktemp("empty")
    Workspace.open(folder).close()
    return folder


@contextmanager
def opened(empty: Path) -> Iterator[Workspace]:
    with TemporaryDirectory() as folder:
        shutil.copytree(empty, folder, dirs_exist_ok=True)
        workspace = Workspace.open(Path(folder))
        yield workspace
        workspace.close()


def companies(workspace: Workspace) -> list[tuple[object, ...]]:
    columns = ", ".join(sorted_columns("company"))
    with workspace.read() as session:
        found = session.connection().exec_driver_sql(
            f"SELECT id, {columns} FROM company ORDER BY id"
        )
        conflicts = session.connection().exec_driver_sql("SELECT * FROM conflict ORDER BY 1, 2, 3")
        return [tuple(r) for r in (*found, *conflicts)]


@settings(max_examples=25)
@given(steps, st.data())
def test_workspaces_that_merge_in_any_order_and_batches_hold_the_same_rows(
    empty: Path, done: list[Step], data: st.DataObject
) -> None:
    changes = list(play(done).changes.values())
    with opened(empty) as first, opened(empty) as second:
        first.merge(changes)
        others = data.draw(st.permutations(changes))
        while others:
            size = data.draw(st.integers(1, len(others)))
            second.merge(others[:size])
            others = others[size:]
        second.merge(changes)
        assert companies(first) == companies(second)
        assert check(first).ok
        assert check(second).ok


def from_the_future(row: str, parents: list[str], hlc: int) -> Change:
    fields: dict[str, object] = {"spirit": ["金\u2028𠮷", []], "city": ["Zug", parents]}
    return make_change(
        "ab" * 16, hlc, "cd" * 16, "somebody", "company", row, canonical(fields), 99, '{"z":[1,{}]}'
    )


def test_what_a_newer_version_wrote_is_kept_and_passed_on_byte_for_byte(empty: Path) -> None:
    with opened(empty) as here:
        row = add(here, "companies", name="Eins AG", city="Bern")
        (first,) = logged(here)
        newer = from_the_future(row, [first.id], first.hlc + 5)
        gift = make_change(
            "ab" * 16, 7, "cd" * 16, None, "gift", "ef" * 16, '{"to":["Anna",[]]}', 99
        )
        here.merge([newer, gift])
        assert value(here, "companies", row, "city") == "Zug"
        change_fields(here, "companies", row, city="Basel")
        sent = Laptop(here).missing_from(set(), here.log_position())
        assert {newer, gift} < set(sent)
        assert all(make_change(*c[1:]).id == c.id for c in sent)
        assert check(here).ok
