"""The minutes of a dispatch meeting: what stands on their pages, and what they lack."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_app import i18n
from desktop_app.db.workspace import Workspace
from desktop_app.reports import dispatch_minutes
from desktop_app.services import cases, companies, dispatch, leads
from tests.reports.paper_tools import NOW, flat, order, pages, write

HELD = NOW.date() - dt.timedelta(days=2)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    i18n.set_language("zh")
    made = Workspace.open(tmp_path / "ws")
    yield made
    made.close()


def meeting(workspace: Workspace, count: int, decided: int, **fields: Any) -> str:
    """Add a dispatch meeting on so many cases, of which so many were decided; return its id."""
    with workspace.write("seed") as session:
        company = companies.add_company(session, name="Eins AG", name_zh="艾因斯", country="CH")
        lead = leads.add_lead(session, company, title="液压阀项目")
        ids = [
            cases.add_case(
                session,
                lead,
                title=f"问题之{n}",
                details=f"事由之{n}",
                due_on=HELD - dt.timedelta(days=100) if n == 0 else None,
            )
            for n in range(count)
        ]
        known = {"title": "第七次调度会", "held_on": HELD, "chair": "单静", "status": "held"}
        known |= {"departments": "建设局、财政局", "place": "三楼会议室"}
        made = cases.add_dispatch_meeting(session, **(known | fields))
        for n, item in enumerate(cases.put_on_agenda(session, made, ids)[:decided]):
            dispatch.record_decision(
                session,
                item,
                decision=f"议定之{n}",
                lead_department=f"部门之{n}",
                due_on=HELD + dt.timedelta(days=n),
            )
    return made


def facts(workspace: Workspace, made: str, lang: str = "zh") -> Any:
    with workspace.read() as session:
        return dispatch_minutes.read(session, made, order(lang), workspace.paths.files)


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
@pytest.mark.parametrize("count", [1, 8, 30])
def test_every_case_stands_there_with_its_decision(
    workspace: Workspace, tmp_path: Path, lang: str, count: int
) -> None:
    made = meeting(workspace, count, count, minutes="会议强调时限。")
    path = tmp_path / "a.pdf"
    write("dispatch-minutes", facts(workspace, made, lang), path, lang)
    text = flat("".join(pages(path)))
    wanted = ["第七次调度会", "单静", "建设局、财政局", "三楼会议室", "会议强调时限"]
    for n in range(count):
        wanted += [f"问题之{n}", f"事由之{n}", f"议定之{n}", f"部门之{n}"]
    assert [one for one in wanted if one not in text] == []
    assert "液压阀项目" in text
    for words, there in (("议程", lang != "en"), ("Agenda", lang != "zh")):
        assert (words in text) is there


def test_the_deadline_and_light_of_the_day_are_told(workspace: Workspace, tmp_path: Path) -> None:
    made = meeting(workspace, 1, 0)
    write("dispatch-minutes", facts(workspace, made), tmp_path / "a.pdf")
    text = flat("".join(pages(tmp_path / "a.pdf")))
    assert "红灯" in text and "逾期3个月" in text and "未记录议定事项" in text
    write("dispatch-minutes", facts(workspace, made, "en"), tmp_path / "b.pdf", "en")
    assert "3mo.overdue" in flat("".join(pages(tmp_path / "b.pdf")))


def test_an_empty_agenda_says_so_and_has_no_table(workspace: Workspace, tmp_path: Path) -> None:
    made = meeting(workspace, 0, 0)
    write("dispatch-minutes", facts(workspace, made), tmp_path / "a.pdf")
    text = flat("".join(pages(tmp_path / "a.pdf")))
    assert "议程中还没有交办单" in text and "逐项议定" not in text


def test_sections_can_be_left_out(workspace: Workspace, tmp_path: Path) -> None:
    made = meeting(workspace, 2, 2, minutes="会议强调时限。")
    left_out = frozenset({"dispatch_decisions", "dispatch_signatures"})
    write("dispatch-minutes", facts(workspace, made), tmp_path / "a.pdf", left_out=left_out)
    text = flat("".join(pages(tmp_path / "a.pdf")))
    assert "议定之0" not in text and "签字" not in text and "会议强调时限" in text


def test_what_lacks_leads_to_its_very_field(workspace: Workspace) -> None:
    made = meeting(workspace, 2, 1, held_on=None, chair=None, departments=None)
    found = facts(workspace, made)
    gaps = dispatch_minutes.gaps(found, order())
    item = found.items[1].fields["id"]
    assert [(gap.kind, gap.record_id, gap.column) for gap in gaps] == [
        ("dispatch-meetings", made, "held_on"),
        ("dispatch-meetings", made, "chair"),
        ("dispatch-meetings", made, "departments"),
        ("dispatch-items", item, "decision"),
        ("dispatch-items", item, "lead_department"),
        ("dispatch-items", item, "due_on"),
    ]
    assert gaps[3].sentence("zh") == "“问题之1”没有记录议定事项"


def test_before_the_meeting_no_decision_is_missing(workspace: Workspace, tmp_path: Path) -> None:
    made = meeting(workspace, 1, 0, status="planned")
    found = facts(workspace, made)
    assert dispatch_minutes.gaps(found, order()) == []
    write("dispatch-minutes", found, tmp_path / "a.pdf")
    assert "待会上议定" in flat("".join(pages(tmp_path / "a.pdf")))
