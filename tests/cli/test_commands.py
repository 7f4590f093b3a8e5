"""Every command, run as a script would run it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app.cli.main import main

Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command on a new workspace: (exit code, output, messages)."""

    def call(*words: str, lang: str = "en") -> tuple[int, Any, str]:
        capsys.readouterr()
        code = main([*words, "--workspace", str(tmp_path / "desk"), "--lang", lang])
        out, messages = capsys.readouterr()
        assert "Traceback" not in messages
        try:
            return code, json.loads(out), messages
        except ValueError:
            return code, out.strip(), messages

    return call


@pytest.fixture
def lead(run: Run) -> str:
    """Return the id of a lead of 王敏's."""
    _, company, _ = run("add", "companies", "name=Mühlthal AG", "name_zh=米尔塔尔", "country=CH")
    run("add", "members", "name=王敏")
    code, lead_id, _ = run(
        *f"add leads company={company} owner=王敏 amount=350000000 currency=CNY".split(),
        "title=液压件项目",
    )
    assert code == 0
    return str(lead_id)


def test_a_lead_that_was_added_is_shown_listed_and_found(run: Run, lead: str) -> None:
    _, shown, _ = run("show", "leads", lead, "--json")
    assert shown["company"] == "Mühlthal AG"
    assert shown["country"] == "CH"
    assert (shown["amount"], shown["currency"], shown["owner"]) == ("350000000", "CNY", "王敏")
    assert (shown["stage"], shown["status"]) == ("lead", "active")
    for where in ("owner=王敏", "country=CH", "company=米尔塔尔", "amount=350000000.00"):
        assert [r["id"] for r in run("list", "leads", "--where", where)[1]] == [lead]
    assert run("list", "leads", "--where", "owner=王敏", "country=DE")[1] == []
    for text in ("yyj", "液压", "yeya"):
        assert lead in {hit["id"] for hit in run("search", text)[1]}
    for text in ("muhlthal", "muehl", "米尔塔尔", "mete"):
        assert "Mühlthal AG" in {hit["title"] for hit in run("search", text)[1]}


def test_a_stage_is_reached_through_its_gate_or_with_a_reason(run: Run, lead: str) -> None:
    code, _, message = run("set", "leads", lead, "stage=screened", "notes=x", lang="zh")
    assert code == 1
    assert "研判" in message
    assert "产业链" in message
    assert "reason=" in message
    shown = run("show", "leads", lead)[1]
    assert (shown["stage"], shown["notes"]) == ("lead", None)
    assert run("set", "leads", lead, "stage=screened", "reason=现场拍板", "notes=x")[0] == 0
    shown = run("show", "leads", lead)[1]
    assert (shown["stage"], shown["notes"]) == ("screened", "x")
    reached = run("list", "lead-stages", "--where", f"lead={lead}", "stage=screened")[1]
    assert [r["reason"] for r in reached] == ["现场拍板"]
    # The way back needs nothing.
    assert run("set", "leads", lead, "stage=lead")[0] == 0
    assert run("set", "leads", lead, "reason=x")[0] == 1


def test_history_lists_each_change_newest_first_with_old_and_new(run: Run, lead: str) -> None:
    assert run("set", "leads", lead, "amount=4500000.50", "currency=EUR", "owner=")[0] == 0
    _, entries, _ = run("history", "leads", lead, "--json")
    assert entries[0]["fields"]["amount"]["new"] == "4500000.50"
    assert entries[0]["fields"]["currency"] == {"old": "CNY", "new": "EUR"}
    assert entries[0]["fields"]["owner"] == {"old": "王敏", "new": None}
    assert entries[-1]["fields"]["owner"] == {"old": None, "new": "王敏"}
    assert entries[0]["at"] > entries[-1]["at"]


def test_undo_and_redo_take_steps_back_and_forth_and_say_when_there_are_none(
    run: Run, lead: str
) -> None:
    assert run("delete", "leads", lead)[0] == 0
    assert run("list", "leads")[1] == []
    code, step, message = run("undo", lang="zh")
    assert (code, step["label"]) == (0, "Delete from Leads")
    assert "已撤销" in message
    assert len(run("list", "leads")[1]) == 1
    assert run("redo")[0] == 0
    assert run("list", "leads")[1] == []
    code, _, message = run("redo", lang="zh")
    assert (code, message) == (1, "没有可重做的操作。\n")


def test_global_options_stand_before_or_after_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "one")
    assert main(["--workspace", folder, "--lang", "zh", "add", "members", "name=陈喆"]) == 0
    capsys.readouterr()
    assert main(["list", "--json", f"--workspace={folder}", "members"]) == 0
    assert [m["name"] for m in json.loads(capsys.readouterr().out)] == ["陈喆"]


def test_the_demonstration_passes_the_check_and_prints_its_briefing(
    run: Run, tmp_path: Path
) -> None:
    assert run("demo", "--leads", "20", "--seed", "3")[0] == 0
    _, report, _ = run("check", "--json")
    assert report["ok"]
    assert report["problems"] == []
    assert report["rows"] > 300
    trips = run("list", "trips")[1]
    trip = max(trips, key=lambda t: t["starts_on"] or "")
    out = tmp_path / "手册.pdf"
    code, told, _ = run("pdf", "trip-briefing", trip["id"], str(out), lang="zh")
    assert (code, told["gaps"]) == (0, [])
    assert out.read_bytes().startswith(b"%PDF")
    # One step back takes the whole demonstration away.
    assert run("undo")[0] == 0
    assert run("list", "leads")[1] == []
    assert run("demo", "--leads", "20", "--seed", "3")[0] == 0
    code, _, message = run("demo", "--leads", "20", "--seed", "4")
    assert code == 0, message


def test_a_year_on_record_is_made_and_counted(run: Run) -> None:
    code, made, _ = run("demo", "--year", "2022")
    assert (code, made["cases"], made["capital-receipts"]) == (0, 150, 36)
    code, figures, _ = run("figures", "2022", "--json")
    assert code == 0
    assert " ".join(figures) == (
        "signed_projects chain_fit_percent visits_and_events dispatch_meetings cases_raised "
        "cases_solved_percent companies_with_credit credit_granted companies_with_park_guarantee "
        "park_guarantee_loans approvals_done site_surveys expert_reviews onsite_services "
        "approval_problems_solved construction_permits permitted_area_m2 permitted_cost "
        "accepted_buildings accepted_area_m2 foreign_capital_received"
    )
    assert all({"value", "target", "records"} <= set(one) for one in figures.values())
    assert figures["signed_projects"]["value"] == figures["signed_projects"]["records"] == 66
    assert figures["credit_granted"]["value"] == 1_930_000_000
    parts = run("figures", "2022", "--by", "chain", lang="zh")[1]
    assert sum(one["value"] for one in parts["signed_projects"]) == 66
    assert sum(one["value"] for one in parts["credit_granted"]) == 1_930_000_000
    assert {"code", "label", "value", "records"} == set(parts["signed_projects"][0])
    assert "汽车及零部件" in {one["label"] for one in parts["signed_projects"]}
    assert "chain_fit_percent" not in parts
    behind = run("figures", "2022", "--behind", "signed_projects", lang="zh")[1]
    listed = {lead["id"] for lead in run("list", "leads")[1]}
    assert {one["id"] for one in behind["records"] + behind["not_counted"]} == listed
    assert "已在以前年度签约" in {one["reason"] for one in behind["not_counted"]}
    assert run("demo", "--year", "2022")[0] == 1
    assert run("undo")[0] == 0
    assert run("figures", "2022")[1]["cases_raised"] == {
        "value": 0,
        "target": None,
        "records": 0,
        "unit": "",
    }
    assert run("figures", "2022", "--behind", "luck")[0] == 1
    assert run("figures", "2022", "--by", "luck")[0] == 1
    assert run("figures", "22")[0] == run("demo", "--year", "soon")[0] == 2


def test_a_case_is_run_from_the_command_line(run: Run, lead: str) -> None:
    code, case, _ = run("add", "cases", f"lead={lead}", "title=供电增容", "category=utilities")
    assert code == 0
    code, _, message = run("set", "cases", case, "state=closed", lang="zh")
    assert code == 1
    assert "交办" in message
    for state in ("assigned", "in_progress", "done", "confirmed", "closed"):
        assert run("set", "cases", case, f"state={state}")[0] == 0
    assert run("list", "cases", "--where", "state=closed")[1][0]["confirmed_on"] is not None
    history = run("history", "cases", case)[1]
    assert history[0]["fields"]["state"] == {"old": "confirmed", "new": "closed"}


def test_a_ledger_is_tried_out_imported_and_taken_back(run: Run, tmp_path: Path) -> None:
    ledger = tmp_path / "台账.csv"
    ledger.write_bytes(
        "企业名称,国别,投资额（万元）,首报日期\n宸川液压有限公司,中国,5000,2026.3.5\n".encode(
            "gb18030"
        )
    )
    _, planned, _ = run("import", str(ledger), "--dry-run", "--json")
    assert (planned["read"], planned["created"]) == (1, 1)
    assert run("list", "leads")[1] == []
    code, done, _ = run("import", str(ledger), "--json")
    assert (code, done["created"], done["problems"]) == (0, 1, [])
    (lead,) = run("list", "leads")[1]
    assert (lead["company"], lead["amount"]) == ("宸川液压有限公司", "50000000")
    assert lead["first_reported_on"] == "2026-03-05"
    assert run("import", str(ledger), "--duplicates", "skip")[1]["skipped"] == 1
    assert run("undo")[0] == 0
    assert run("list", "leads")[1] == []


def test_a_backup_brings_everything_back(run: Run, lead: str, tmp_path: Path) -> None:
    copy = tmp_path / "sicher" / "backup.zip"
    assert run("backup", str(copy))[0] == 0
    run("delete", "leads", lead)
    code, told, _ = run("restore", str(copy))
    assert code == 0
    assert Path(told["kept"]).is_file()
    assert [r["id"] for r in run("list", "leads")[1]] == [lead]
    assert run("check")[1]["ok"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_and_version_are_told(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help", "--lang", lang]) == 0
    assert "restore" in capsys.readouterr().out
    assert main(["import", "--help", "--lang", lang]) == 0
    assert main(["--version"]) == 0
