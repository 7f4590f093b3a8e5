"""The view of approvals over two signed projects, one of them with a checklist."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop_app import i18n
from desktop_app.db.workspace import Workspace
from desktop_app.services import approval_rows, approvals, companies, leads, members
from desktop_app.services.approval_rows import ApprovalRow
from desktop_app.settings import Settings
from desktop_app.ui.approvals.approvals_view import ApprovalsView
from desktop_app.ui.store import Store

TODAY = dt.date.today()
DAY = dt.timedelta(days=1)


class FakeShell:
    """The window around the view: keeps what it was told."""

    def __init__(self) -> None:
        self.settings = Settings()
        self.me: str | None = None
        self.toasts: list[tuple[str, bool]] = []
        self.opened: list[tuple[str, str]] = []
        self.counts: dict[str, int | None] = {}

    def toast(self, text: str, undo: bool = False) -> None:
        self.toasts.append((text, undo))

    def open_record(self, kind: str, record_id: str) -> None:
        self.opened.append((kind, record_id))

    def set_count(self, view: str, count: int | None, alarm: bool = False) -> None:
        self.counts[view] = count


class Desk:
    """The view, and the records behind it by name."""

    def __init__(self, store: Store, shell: FakeShell, ids: dict[str, str]) -> None:
        self.store, self.shell, self.ids = store, shell, ids
        self.view = ApprovalsView(store, shell)  # type: ignore[arg-type] # all it asks for

    def detail(self, approval_id: str) -> dict[str, Any]:
        return self.store.read(approval_rows.approval_detail, approval_id)

    def rows(self, lead: str = "plant") -> list[ApprovalRow]:
        return self.store.look(approval_rows.approval_rows, lead_id=self.ids[lead])

    def line(self, code: str) -> str:
        """Return the plant's approval of a line of the checklist."""
        return next(row.id for row in self.rows() if row.template == code)


def _seed(session: Any) -> dict[str, str]:
    company = companies.add_company(session, name="Mühlbach Hydraulik AG", country="CH")
    me = members.add_member(session, name="周宁")
    signed = {"stage": "signed", "signed_on": TODAY - 120 * DAY}

    def lead(title: str, **fields: Any) -> str:
        return leads.add_lead(session, company, title=title, **fields)

    ids = {
        "me": me,
        "plant": lead("液压件生产基地", **signed),
        "bare": lead("研发中心", **signed),
        "talks": lead("尚在洽谈"),
    }
    approvals.start_checklist(session, ids["plant"])
    by_line = {
        row.template: row.id for row in approval_rows.approval_rows(session, lead_id=ids["plant"])
    }
    day = TODAY - 90 * DAY
    update = approvals.update_approval
    update(session, by_line["company_setup"], applied_on=day, done_on=day + DAY, owner_id=me)
    update(session, by_line["filing"], applied_on=TODAY - 40 * DAY)
    update(session, by_line["energy_review"], applied_on=TODAY, planned_on=TODAY - 20 * DAY)
    update(session, by_line["environment_review"], planned_on=TODAY + 5 * DAY)
    return ids


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    i18n.set_language("zh")
    workspace = Workspace.open(tmp_path / "ws")
    store = Store(workspace)
    made = Desk(store, FakeShell(), store.write("seed", _seed))
    qtbot.addWidget(made.view)
    store.changed.connect(made.view.refresh)
    made.view.resize(1250, 860)
    made.view.restore_state({})
    made.view.refresh(None)
    made.view.show()
    yield made
    workspace.close()
