"""The kinds of after signing by hand: made, listed, shown, altered, told of, deleted, undone."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app.cli.main import main

Call = Callable[..., str]


@pytest.fixture(params=["zh", "en"])
def call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> Call:
    """Return a function that runs a command and returns what it printed."""

    def run(*words: str) -> str:
        capsys.readouterr()
        assert main([*words, "--workspace", str(tmp_path), "--lang", request.param]) == 0
        return capsys.readouterr().out.strip()

    return run


@pytest.fixture
def ids(call: Call) -> dict[str, str]:
    """One record of each kind, as somebody types them."""
    made: dict[str, str] = {}
    lines = """
        companies name=Eins-AG country=DE
        members name=王敏
        leads company={companies} title=阀
        cases lead={leads} title=用地 category=用地 owner=王敏
        dispatch-meetings title=调度会 held_on=2026-03-05
        dispatch-items dispatch_meeting={dispatch-meetings} case={cases} decision=办
        approvals lead={leads} template=construction_permit applied_on=2026-03-05
        approval-services approval={approvals} kind=site_survey
        facilities lead={leads} granted=1200000.50 currency=CNY
        capital-receipts lead={leads} amount=5 currency=USD received_on=2026-03-05
        events name=推介会 country=DE
        event-companies event={events} company={companies}
        squads name=欧洲小分队 leader=王敏
        squad-members squad={squads} member=王敏
    """
    for line in lines.strip().splitlines():
        words = line.format(**made).split()
        made[words[0]] = call("add", *words)
    return made


ALTERED = {
    "cases": ("outcome", "已协调"),
    "dispatch-meetings": ("place", "会议室"),
    "dispatch-items": ("decision", "三日内办结"),
    "approvals": ("document_number", "3201-1"),
    "approval-services": ("outcome", "已踏勘"),
    "facilities": ("notes", "已签约"),
    "capital-receipts": ("notes", "验资"),
    "events": ("city", "München"),
    "event-companies": ("notes", "有意向"),
    "squads": ("area", "德语区"),
    "squad-members": ("role", "队长"),
}


def test_each_kind_is_altered_told_deleted_and_brought_back(
    call: Call, ids: dict[str, str]
) -> None:
    for kind, (field, text) in ALTERED.items():
        key = ids[kind]

        def shown(kind: str = kind, key: str = key) -> Any:
            return json.loads(call("show", kind, key))

        before = shown()
        call("set", kind, key, f"{field}={text}")
        assert shown()[field] == text
        assert json.loads(call("history", kind, key))[0]["fields"][field]["new"] == text
        found = json.loads(call("list", kind, "--where", f"{field}={text}"))
        assert [one["id"] for one in found] == [key], kind
        call("undo")
        assert shown() == before, kind
        call("delete", kind, key)
        assert json.loads(call("list", kind)) == [], kind
        call("undo")
        assert shown() == before, kind


def test_what_is_asked_of_no_record_is_one_sentence(
    call: Call, ids: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind in ALTERED:
        for words in (("show",), ("history",), ("delete",), ("set", "notes=x")):
            done = [words[0], kind, "0" * 32, *words[1:]]
            assert main([*done, "--workspace", str(tmp_path), "--lang", "en"]) == 1
            out, message = capsys.readouterr()
            assert (out, message.count("\n")) == ("", 1)
            assert message.startswith("There is no such "), message
            assert message.split()[4][0].islower(), message
