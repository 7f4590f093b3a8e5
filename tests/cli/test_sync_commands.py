"""The commands of a team, run as a script would run them on two laptops."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app.cli.main import main
from desktop_app.db.workspace import Workspace
from tests.sync.laptops import meet

Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command on a laptop: (exit code, output, messages)."""

    def call(laptop: str, *words: str, lang: str = "en") -> tuple[int, Any, str]:
        capsys.readouterr()
        code = main([*words, "--workspace", str(tmp_path / laptop), "--lang", lang])
        out, messages = capsys.readouterr()
        assert "Traceback" not in messages
        assert "unexpected" not in messages
        try:
            return code, json.loads(out), messages
        except ValueError:
            return code, out.strip(), messages

    return call


@pytest.fixture
def carry(tmp_path: Path) -> Callable[[], None]:
    """Return a function that carries what the laptops a and b know across by hand."""

    def call() -> None:
        both = [Workspace.open(tmp_path / name) for name in "ab"]
        meet(*both)
        for one in both:
            one.close()

    return call


@pytest.fixture
def company(run: Run, carry: Callable[[], None]) -> str:
    """Return a company on which two laptops disagree in three fields."""
    row = str(
        run("a", "add", "companies", "name=Eins AG", "revenue=100", "revenue_currency=EUR")[1]
    )
    carry()
    run("a", "set", "companies", row, "revenue=200.50", "phone=1", "notes=甲")
    run("b", "set", "companies", row, "revenue=300", "phone=2", "notes=乙")
    carry()
    return row


def test_conflicts_are_listed_with_both_values_and_what_was_before(run: Run, company: str) -> None:
    code, listed, message = run("a", "conflicts", "--json")
    assert code == 0
    assert "3" in message
    assert listed == run("b", "conflicts")[1]
    by_field = {one["field"]: one for one in listed}
    assert set(by_field) == {"revenue", "phone", "notes"}
    money = by_field["revenue"]
    assert (money["kind"], money["id"], money["title"]) == ("companies", company, "Eins AG")
    assert money["base"] == "100"
    assert [side["value"] for side in money["sides"]] == ["300", "200.50"]
    assert all(side["at"].endswith("Z") and side["by"] for side in money["sides"])
    # Meanwhile the record shows one of them.
    assert run("a", "show", "companies", company)[1]["phone"] == "2"
    assert run("b", "list", "companies")[1][0]["phone"] == "2"


def test_fields_are_settled_together_and_undone_together(
    run: Run, company: str, carry: Callable[[], None]
) -> None:
    code, done, _ = run("a", "resolve", "companies", company, "revenue=200.50", "phone=3")
    assert (code, done["left"]) == (0, 1)
    assert run("a", "resolve", "companies", company, "notes=乙", lang="zh")[0] == 0
    carry()
    for laptop in "ab":
        assert run(laptop, "conflicts")[1] == []
        shown = run(laptop, "show", "companies", company)[1]
        assert (shown["revenue"], shown["phone"], shown["notes"]) == ("200.50", "3", "乙")
        assert run(laptop, "check")[1]["ok"]
    assert run("a", "undo")[0] == 0


@pytest.mark.parametrize(("gone", "count"), [("true", 0), ("false", 1)])
def test_a_record_deleted_and_edited_at_once_is_decided(
    run: Run, carry: Callable[[], None], gone: str, count: int
) -> None:
    row = run("a", "add", "companies", "name=Eins AG")[1]
    carry()
    run("a", "delete", "companies", row)
    run("b", "set", "companies", row, "phone=2")
    carry()
    (one,) = run("a", "conflicts")[1]
    assert one["field"] == "deleted"
    assert {side["value"] for side in one["sides"]} == {True, False}
    assert run("a", "resolve", "companies", row, f"deleted={gone}")[0] == 0
    carry()
    assert len(run("b", "list", "companies")[1]) == count
    assert run("b", "conflicts")[1] == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("phone=2 address=x", 1),
        ("nmae=2", 1),
        ("phone", 2),
        ("deleted=perhaps", 2),
        ("revenue=many", 1),
    ],
)
def test_what_is_no_conflict_is_not_settled(run: Run, company: str, words: str, code: int) -> None:
    found, out, message = run("a", "resolve", "companies", company, *words.split(), lang="zh")
    assert (found, out) == (code, "")
    assert message.count("\n") == 1
    assert len(run("a", "conflicts")[1]) == 3
    assert run("a", "resolve", "companies", "0" * 32, "phone=2")[0] == 1
    assert run("a", "resolve", "gadgets", company, "phone=2")[0] == 2
