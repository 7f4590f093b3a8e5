"""The commands of a team, run as a script would run them on two laptops."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app.cli.main import main
from desktop_app.db.workspace import Workspace
from desktop_app.sync.team import one_at_a_time
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


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Return the place of a shared file that is still to be made."""
    folder = tmp_path / "办公室 share"
    folder.mkdir()
    return folder / "team.db"


def test_two_laptops_join_edit_and_sync(run: Run, shared: Path) -> None:
    run("a", "add", "companies", "name=Eins AG")
    code, done, message = run("a", "connect", str(shared), "--create", "--as", "王敏")
    assert code == 0, message
    assert (done["created"], done["mode"], done["conflicts"]) == (True, "drive", 0)
    assert done["state"] == "in_shared_file"
    assert done["pushed"] >= 2
    assert shared.is_file()
    code, done, _ = run("b", "connect", str(shared), "--as", "李强", lang="zh")
    assert (code, done["created"]) == (0, False)
    assert done["pulled"] >= 2
    # What was there before one joined is no news.
    assert run("b", "status")[1]["incoming"] == 0
    (company,) = run("b", "list", "companies")[1]
    run("b", "set", "companies", company["id"], "phone=2")
    assert run("b", "status")[1]["waiting"] == 1
    assert run("b", "status")[1]["state"] == "saved_here"
    code, done, _ = run("b", "sync", "--json")
    assert (code, done["pulled"], done["pushed"], done["problems"]) == (0, 0, 1, [])
    code, done, _ = run("a", "sync")
    assert (code, done["pulled"], done["conflicts"]) == (0, 2, 0)
    assert run("a", "show", "companies", company["id"])[1]["phone"] == "2"
    status = run("a", "status")[1]
    # 李强 as a member, and the company that 李强 edited.
    assert (status["incoming"], status["laptops"], status["waiting"]) == (2, 1, 0)
    assert status["last_sync_at"].endswith("Z")
    by = run("a", "history", "companies", company["id"])[1][0]["by"]
    assert by == "李强"


def test_whoever_joins_by_a_known_name_is_that_member(run: Run, shared: Path) -> None:
    run("a", "connect", str(shared), "--create", "--as", "王敏")
    me = run("b", "connect", str(shared), "--as", " 王敏 ")[1]["me"]
    (member,) = run("b", "list", "members")[1]
    assert (member["id"], member["name"]) == (me, "王敏")


def test_disagreement_after_a_sync_is_told_and_settled(run: Run, shared: Path) -> None:
    company = run("a", "add", "companies", "name=Eins AG")[1]
    run("a", "connect", str(shared), "--create", "--as", "王敏")
    run("b", "connect", str(shared), "--as", "李强")
    run("a", "set", "companies", company, "phone=1")
    run("b", "set", "companies", company, "phone=2")
    assert run("a", "sync")[0] == 0
    code, done, message = run("b", "sync", lang="zh")
    assert (code, done["conflicts"]) == (0, 1)
    assert "分歧" in message
    (one,) = run("b", "conflicts")[1]
    assert [(side["value"], side["by"]) for side in one["sides"]] == [("2", "李强"), ("1", "王敏")]
    assert run("b", "resolve", "companies", company, "phone=1")[0] == 0
    assert run("b", "sync")[1]["pushed"] == 1
    assert run("a", "sync")[1]["conflicts"] == 0
    assert run("a", "show", "companies", company)[1]["phone"] == "1"


def test_a_share_out_of_reach_waits(run: Run, shared: Path) -> None:
    assert run("a", "connect", str(shared))[0] == 3
    assert run("a", "status")[1]["state"] == "not_connected"
    run("a", "connect", str(shared), "--create")
    run("a", "add", "companies", "name=Eins AG")
    away = shared.parent.with_name("away")
    shared.parent.rename(away)
    code, done, message = run("a", "sync", lang="zh")
    assert (code, done["state"], done["pushed"]) == (3, "offline", 0)
    assert [p["problem"] for p in done["problems"]] == ["share_away"]
    assert message.count("\n") == 1
    assert "已存在本机" in message
    assert run("a", "status")[1]["state"] == "offline"
    away.rename(shared.parent)
    code, done, _ = run("a", "sync")
    assert (code, done["state"], done["pushed"]) == (0, "in_shared_file", 1)


def test_leaving_keeps_everything_and_needs_to_have_joined(run: Run, shared: Path) -> None:
    for command in ("sync", "disconnect"):
        code, out, message = run("a", command, lang="zh")
        assert (code, out) == (1, "")
        assert "还没有连接" in message
    run("a", "connect", str(shared), "--create")
    assert run("a", "connect", str(shared))[0] == 1
    run("a", "add", "companies", "name=Eins AG")
    assert run("a", "disconnect")[0] == 0
    assert run("a", "status")[1]["state"] == "not_connected"
    assert len(run("a", "list", "companies")[1]) == 1
    # And back again.
    code, done, _ = run("a", "connect", str(shared))
    assert (code, done["pushed"]) == (0, 1)


def test_what_is_no_shared_file_is_refused(run: Run, shared: Path) -> None:
    shared.write_text("not a database", "utf-8")
    for words in ([str(shared)], [str(shared), "--create"]):
        code, out, message = run("a", "connect", *words, lang="zh")
        assert (code, out) == (1, "")
        assert message.count("\n") == 1
    assert shared.read_text("utf-8") == "not a database"
    assert run("a", "connect", str(shared), "--mode", "pigeon")[0] == 2
    assert run("a", "connect")[0] == 2


@pytest.mark.parametrize("mode", ["drive", "folder"])
def test_a_shared_file_is_verified(run: Run, shared: Path, mode: str) -> None:
    run("a", "demo", "--leads", "5")
    run("a", "connect", str(shared), "--create", "--mode", mode)
    run("b", "connect", str(shared), "--mode", mode, "--as", "李强")
    changes = run("b", "check")[1]["changes"]
    code, report, _ = run("c", "check", "--file", str(shared), "--json")
    assert (code, report["ok"], report["problems"]) == (0, True, [])
    assert report["changes"] == changes
    assert run("c", "check", "--file", str(shared.parent))[1] == report
    names = [part["name"] for part in report["parts"]]
    assert names[0] == "team.db" if mode == "drive" else len(names) > 1
    # Nothing was made for the mere look.
    assert not (shared.parent.parent / "c").exists()
    part = shared.parent / names[0]
    content = bytearray(part.read_bytes())
    content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
    part.write_bytes(content)
    code, report, message = run("c", "check", "--file", str(shared), lang="zh")
    assert (code, report["ok"]) == (1, False)
    assert [p["part"] for p in report["problems"]] == [part.name]
    assert "处问题" in message
    # It is only looked at: the next sync makes it good.
    assert part.read_bytes() == content
    assert run("a", "sync")[0] == 0
    assert run("b", "sync")[0] == 0
    assert run("c", "check", "--file", str(shared))[0] == 0


def test_what_is_no_shared_file_is_not_verified(run: Run, shared: Path) -> None:
    assert run("c", "check", "--file", str(shared))[0] == 1
    shared.write_bytes(b"")
    assert run("c", "check", "--file", str(shared))[0] == 1


def test_a_protected_file_is_opened_by_the_passphrase_of_the_environment(
    run: Run, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INVEST_DESK_PASSPHRASE", "豫园 1559")
    run("a", "add", "companies", "name=Eins AG")
    assert run("a", "connect", str(shared), "--create", "--as", "王敏")[0] == 0
    assert b"Eins AG" not in shared.read_bytes()
    code, report, _ = run("c", "check", "--file", str(shared))
    assert (code, report["ok"]) == (0, True)
    assert run("b", "connect", str(shared), "--as", "李强")[0] == 0
    assert [c["name"] for c in run("b", "list", "companies")[1]] == ["Eins AG"]
    before = shared.read_bytes()
    for passphrase in ("", "wrong"):
        monkeypatch.setenv("INVEST_DESK_PASSPHRASE", passphrase)
        for words in (["connect", str(shared)], ["check", "--file", str(shared)]):
            code, out, message = run("c", *words, lang="zh")
            assert (code, out) == (1, "")
            assert "口令" in message
    assert shared.read_bytes() == before


def test_a_sync_beside_that_of_the_window_waits(run: Run, shared: Path, tmp_path: Path) -> None:
    run("a", "connect", str(shared), "--create")
    run("a", "add", "companies", "name=Eins AG")
    with one_at_a_time(tmp_path / "a"):
        code, done, message = run("a", "sync", lang="zh")
    assert (code, done["state"], done["pushed"]) == (3, "busy", 0)
    assert "正在同步" in message
    assert run("a", "sync")[1]["pushed"] == 1


def test_a_shared_file_that_was_deleted_is_made_anew_only_by_create(
    run: Run, tmp_path: Path
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    assert run("a", "connect", str(share), "--create", "--mode", "drive")[0] == 0
    run("a", "add", "companies", "name=Eins AG")
    run("a", "sync")
    (share / "team.db").unlink()
    assert run("a", "sync")[0] == 3
    assert not (share / "team.db").exists()
    assert run("a", "connect", str(share), "--create")[0] == 0
    assert run("b", "connect", str(share))[0] == 0
    assert [c["name"] for c in run("b", "list", "companies")[1]] == ["Eins AG"]
