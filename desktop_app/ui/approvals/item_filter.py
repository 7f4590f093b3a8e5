"""The table of all approvals: its columns, and which rows its filters let through."""

import datetime as dt
from typing import NamedTuple

from desktop_app.i18n import t, word
from desktop_app.services.approval_rows import ApprovalRow
from desktop_app.ui.approvals import texts
from desktop_app.ui.widgets.row_table_model import Column

#: What can be shown; the first is shown unless another is chosen.
SHOWN = ("open", "late", "running", "soon", "done", "all")
_SOON = dt.timedelta(days=14)
#: What is read for each choice: what has ended, often ten times as much, only when asked for.
PART_OF = {"done": "ended", "all": "all"}


class ItemFilter(NamedTuple):
    """What is chosen; an empty text hides nothing."""

    shown: str = "open"
    kind: str = ""
    department: str = ""
    owner: str = ""

    def accepts(self, row: ApprovalRow) -> bool:
        """Say whether a row is to be shown today."""
        if self.kind and row.kind != self.kind:
            return False
        if self.department and row.department != self.department:
            return False
        if self.owner and row.owner_id != self.owner:
            return False
        if self.shown == "open":
            return row.is_open
        return stands(row, self.shown, dt.date.today())


def stands(row: ApprovalRow, shown: str, today: dt.date) -> bool:
    """Say whether a row belongs to a choice of ``SHOWN`` on a day."""
    if shown == "all":
        return True
    if shown == "done":
        return row.state == "done"
    if not row.is_open:
        return False
    if shown == "late":
        return row.is_late(today)
    if shown == "running":
        return row.state == "applied"
    if shown == "soon":
        day = row.expected_on
        return day is not None and today <= day <= today + _SOON
    return True


def _days_late(row: ApprovalRow, today: dt.date) -> int | None:
    """Return what sorts by lateness: calendar days, as counting working days takes its time."""
    if row.due_on is None or not row.is_late(today):
        return None
    return ((row.done_on or today) - row.due_on).days


def columns(today: dt.date) -> list[Column]:
    """Return the columns of the table."""

    def day(key: str, title: str, width: int = 92, hidden: bool = False) -> Column:
        return Column(
            key,
            title,
            lambda r: texts.day(getattr(r, key)),
            width,
            hidden=hidden,
            sort_key=lambda r: getattr(r, key),
        )

    return [
        Column("title", t("words.field.title"), lambda r: r.title, 150),
        Column("project", t("approvals.project"), lambda r: r.project, 165),
        Column(
            "state",
            t("words.field.state"),
            lambda r: word("approval_state", r.state),
            88,
            pill=lambda r: texts.state_pill(r.state),
        ),
        Column(
            "late",
            t("approvals.late"),
            lambda r: texts.late_text(r, today),
            88,
            sort_key=lambda r: _days_late(r, today),
            role=lambda r: "bad" if r.is_open else "warn",
        ),
        day("due_on", t("approvals.field.due_on"), 104),
        Column(
            "term",
            t("approvals.term"),
            lambda r: texts.term_text(r, today),
            112,
            right=True,
            sort_key=lambda r: r.term(today).used if r.applied_on else None,
        ),
        Column("department", t("words.field.department"), lambda r: r.department, 140),
        day("applied_on", t("words.field.applied_on")),
        day("done_on", t("approvals.field.done_on")),
        Column("kind", t("words.field.kind"), lambda r: word("approval_kind", r.kind), 110),
        Column("owner", t("words.field.owner"), lambda r: r.owner, 90),
        day("planned_on", t("words.field.planned_on"), 110, hidden=True),
    ]
