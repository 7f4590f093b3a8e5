"""Ledgers of problems and approvals that other hands wrote: read, matched, nothing dropped."""

import datetime as dt
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.db.models import Approval, Case, Company, Lead
from tests.exchange.ledgers import write_sheets
from tests.exchange.round_trip import import_into, workspace


def two_projects(session: Session) -> None:
    for name, title in (("Häberling AG", "液压阀项目"), ("Rheintal Medical GmbH", "植入物项目")):
        company = Company(name=name)
        session.add(company)
        session.flush()
        session.add(Lead(company_id=company.id, title=title, stage="signed", status="active"))
    session.commit()


def problems_ledger(path: Path) -> Path:
    rows: list[list[Any]] = [
        ["产业园项目存在问题交办台账（2026年）"],
        ["序号", "项目名称", "企业名称", "存在问题", "问题类别", "牵头单位", "配合单位", "责任人", "办结时限", "进展情况", "是否办结/销号"],  # noqa: E501
        [1, "液压阀项目", "Häberling AG", "围墙外还有3户未搬迁", "用地", "自规局", "镇政府", "李强", "2026.3.5", "已协调", "已销号"],  # noqa: E501
        [2, "液压阀项目", "", "临时用电容量不足", "水电气路", "供电公司", "", "张伟", dt.date(2026, 12, 1), "正在推进", "否"],  # noqa: E501
        [3, "", "Rheintal Medical GmbH", "员工宿舍不够", "人才公寓", "人社局", "", "", "长期", "完成", "√"],  # noqa: E501
        [4, "没有的项目", "不存在有限公司", "要贷款", "融资", "金融办", "", "", "2026年9月", "", ""],  # noqa: E501
        ["合计", "", "", "4个"],
    ]  # fmt: skip
    return write_sheets(path, {"问题台账": rows})


def test_a_ledger_of_problems_finds_its_projects_and_tells_what_it_left_out(tmp_path: Path) -> None:
    with workspace() as session:
        two_projects(session)
        path = problems_ledger(tmp_path / "问题台账.xlsx")

        result = import_into(session, path)

        assert (result.read, result.created, result.skipped) == (4, 3, 1)
        left_out = [(p.row, p.key) for p in result.problems]
        assert left_out == [(5, "date_unreadable"), (6, "project_unknown")]
        cases = {case.title: case for case in session.scalars(select(Case))}
        wall, power = cases["围墙外还有3户未搬迁"], cases["临时用电容量不足"]
        rooms = cases["员工宿舍不够"]
        assert (wall.category, wall.state, wall.due_on) == ("land", "closed", dt.date(2026, 3, 5))
        assert (power.category, power.state) == ("utilities", "in_progress")
        assert (rooms.category, rooms.state) == ("人才公寓", "closed")
        assert rooms.notes == "办结时限：长期"
        assert wall.lead_id == power.lead_id != rooms.lead_id

        again = import_into(session, path)
        assert (again.created, again.skipped) == (0, 1)
        assert session.scalar(select(func.count(Case.id))) == 3


def test_a_ledger_of_approvals_keeps_what_cannot_be_counted(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["审批事项代办台账"],
        ["序号", "项目", "事项", "部门", "受理日期", "承诺时限(工作日)", "办结日期", "证号", "面积(平方米)", "工程造价(万元)"],  # noqa: E501
        [1, "液压阀项目", "建筑工程施工许可证", "建设局", "2026-3-2", 3, "2026年3月5日", "3201-1", "12,000㎡", 3500],  # noqa: E501
        [2, "植入物项目", "建设用地规划许可证", "自规局", "20260310", "7个工作日", "", "", "", ""],
        [3, "植入物项目", "建筑工程施工许可证", "建设局", "2026-03-02", "", "2026-04-01", "3201-2", "", ""],  # noqa: E501
    ]  # fmt: skip
    with workspace() as session:
        two_projects(session)
        path = write_sheets(tmp_path / "审批台账.xlsx", {"审批": rows})

        result = import_into(session, path)

        assert [p.to_json() for p in result.problems] == []
        assert result.created == 3
        found = {one.document_number: one for one in session.scalars(select(Approval))}
        first, plan, bare = found["3201-1"], found[None], found["3201-2"]
        assert (first.kind, first.state, first.area_m2) == ("construction_permit", "done", 12000)
        assert (first.cost_minor, first.currency) == (3_500_000_000, "CNY")
        assert (plan.kind, plan.state, plan.promised_days) == ("planning", "applied", 7)
        assert plan.due_on is not None
        assert (bare.kind, bare.area_m2, bare.state) == ("construction_permit", None, "done")
        assert import_into(session, path).created == 0
