"""The list of dispatch meetings, and the selected one."""

import datetime as dt
from typing import Any

from desktop_app.domain.words import MeetingStatus
from desktop_app.i18n import t, word
from desktop_app.services import case_rows, cases, dispatch
from desktop_app.services.case_rows import DispatchRow
from desktop_app.ui.cases import case_texts
from desktop_app.ui.cases.meeting_pane import MeetingPane
from desktop_app.ui.filtered_list import FilteredList
from desktop_app.ui.store import Store
from desktop_app.ui.table_with_pane import for_each
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.pill import Pill
from desktop_app.ui.widgets.row_table_model import Column

_PILLS = {"planned": "accent", "held": "good"}


def _columns() -> list[Column]:
    return [
        Column(
            "title",
            t("cases.field.title"),
            lambda r: r.title or t("cases.meeting_untitled"),
            230,
        ),
        Column(
            "held_on",
            t("words.field.held_on"),
            lambda r: case_texts.day(r.held_on),
            100,
            sort_key=lambda r: r.held_on,
        ),
        Column(
            "status",
            t("words.field.status"),
            lambda r: word("meeting_status", r.status),
            88,
            pill=lambda r: Pill(word("meeting_status", r.status), _PILLS.get(r.status, "neutral")),
        ),
        Column(
            "cases",
            t("words.kind.cases"),
            lambda r: str(r.cases or ""),
            70,
            right=True,
            sort_key=lambda r: r.cases,
        ),
        Column(
            "decided",
            t("cases.decided"),
            lambda r: str(r.decided or ""),
            76,
            right=True,
            sort_key=lambda r: r.decided,
        ),
        Column("chair", t("words.field.chair"), lambda r: r.chair, 90),
        Column("place", t("words.field.place"), lambda r: r.place, 150),
        Column(
            "departments",
            t("words.field.departments"),
            lambda r: r.departments,
            160,
            hidden=True,
        ),
    ]


class MeetingListPage(FilteredList):
    """Lists dispatch meetings; the selected one is edited in place."""

    name = "cases"
    icon = "gavel"
    area = "dispatch"
    table = "dispatch_meeting"
    texts, modes, mode = "cases", ("cases", "meetings"), "meetings"

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Build the table, its filter and the pane."""
        self.meeting_pane = MeetingPane(store, shell)
        super().__init__(store, shell, _columns(), self.meeting_pane)
        self.add_filter(
            "status",
            t("cases.filter.status"),
            t("cases.filter.every_state"),
            choices=[(one.value, word("meeting_status", one.value)) for one in MeetingStatus],
        )

    def read_rows(self) -> list[DispatchRow]:
        return self.store.look(case_rows.dispatch_rows)

    def concerns(self) -> frozenset[str]:
        return frozenset(
            {"dispatch_meeting", "dispatch_item", "case", "lead", "company", "setting"}
        )

    def accepts(self, one: DispatchRow) -> bool:
        return bool(one.status == self.filters["status"].value())

    def show_record(self, record_id: str) -> None:
        self.meeting_pane.show_meeting(record_id)

    def editors(self) -> dict[str, Any]:
        return self.meeting_pane.editors()

    def new_record(self) -> None:
        held_on = dt.date.today()
        new_id = self.store.write(
            t("cases.do.add_meeting"),
            cases.add_dispatch_meeting,
            title=t("cases.meeting_of", day=held_on.isoformat()),
            held_on=held_on,
            status=MeetingStatus.PLANNED.value,
        )
        self.select(new_id)
        self.meeting_pane.title.setFocus()
        self.meeting_pane.title.selectAll()

    def delete_records(self, ids: list[str]) -> None:
        self.store.write(
            t("cases.do.delete_meeting"), for_each(dispatch.delete_dispatch_meeting, ids)
        )
        self.shell.toast(t("cases.meetings_deleted", n=len(ids)), undo=True)

    def open_selected(self) -> None:
        self.meeting_pane.title.setFocus()
