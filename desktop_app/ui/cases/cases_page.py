"""The list of cases, and the selected one."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QMenu

from desktop_app.domain.case_rules import MOVES, state_of
from desktop_app.domain.words_after import CaseState, Light
from desktop_app.i18n import t, word
from desktop_app.services import case_rows, cases
from desktop_app.services.case_rows import CaseRow
from desktop_app.ui.cases import case_texts
from desktop_app.ui.cases.case_pane import ASKED, CasePane
from desktop_app.ui.filtered_list import FilteredList
from desktop_app.ui.record_finder import RecordFinder
from desktop_app.ui.store import Store
from desktop_app.ui.table_with_pane import for_each
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.row_table_model import Column
from desktop_app.ui.widgets.text_fields import ChoiceField

_STATES = ("open", "solved", "returned", "settled")
_RANK = {Light.RED: 0, Light.YELLOW: 1, Light.GREEN: 2}


def _late(r: CaseRow) -> str:
    return case_texts.late(r.due_on, dt.date.today(), r.open, r.light.months_missed)


def _columns() -> list[Column]:
    return [
        Column("title", t("cases.field.title"), lambda r: r.title or t("cases.untitled"), 170),
        Column(
            "project",
            t("cases.field.project"),
            lambda r: r.lead or r.company,
            130,
            detail=lambda r: r.company if r.lead else "",
        ),
        Column(
            "category",
            t("words.field.category"),
            lambda r: word("case_category", r.category),
            80,
        ),
        Column(
            "state",
            t("words.field.state"),
            lambda r: case_texts.state_short(r.state),
            94,
            pill=lambda r: case_texts.state_pill(r.state),
            sort_key=lambda r: list(CaseState).index(state_of(r.state)),
        ),
        Column(
            "light",
            t("cases.light"),
            lambda r: case_texts.light_word(r.light),
            82,
            detail=lambda r: case_texts.why(r.light),
            role=lambda r: case_texts.LIGHT_ROLES[r.light.light],
            sort_key=_light_order,
        ),
        Column(
            "due_on",
            t("words.field.due_on"),
            lambda r: case_texts.day(r.due_on),
            166,
            detail=_late,
            sort_key=lambda r: r.due_on,
            role=lambda r: "bad" if r.late else "text",
        ),
        Column("department", t("words.field.lead_department"), lambda r: r.department, 110),
        Column("owner", t("words.field.owner"), lambda r: r.owner, 76),
        Column(
            "progress",
            t("cases.progress_title"),
            lambda r: "" if r.progress is None else f"{r.progress}%",
            60,
            right=True,
            sort_key=lambda r: r.progress,
        ),
        Column(
            "supervision",
            t("words.field.supervision"),
            lambda r: word("supervision", r.supervision),
            90,
            hidden=True,
        ),
        Column(
            "raised_on",
            t("words.field.raised_on"),
            lambda r: case_texts.day(r.raised_on),
            96,
            hidden=True,
            sort_key=lambda r: r.raised_on,
        ),
    ]


def _light_order(r: CaseRow) -> tuple[int, int, int]:
    return _RANK[r.light.light], -r.light.months_missed, -r.light.points_behind


class CaseListPage(FilteredList):
    """Lists cases; the selected one is edited in place."""

    name = "cases"
    icon = "message-square-warning"
    area = "cases"
    table = "case"
    texts, modes, mode = "cases", ("cases", "meetings"), "cases"
    exports = "cases"

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Build the table, its filters and the pane."""
        finder = RecordFinder(store)
        self.case_pane = CasePane(store, shell, finder)
        super().__init__(store, shell, _columns(), self.case_pane, finder)
        lights = [(one.value, word("light", one.value)) for one in (Light.RED, Light.YELLOW)]
        states = [(code, t(f"cases.filter.{code}")) for code in _STATES]
        self._filter("state", 96, states).set_value("open")
        self._filter("category", 104)
        self._filter("light", 84, lights)
        self._filter("department", 120)
        self._filter("owner", 84, [("me", t("cases.filter.me"))])
        self._chosen: dict[str, str | None] = {}

    def _filter(
        self, name: str, width: int, choices: Sequence[tuple[str, str]] = ()
    ) -> ChoiceField:
        every = t(f"cases.filter.every_{name}")
        return self.add_filter(name, t(f"cases.filter.{name}"), every, width, choices)

    def read_rows(self) -> list[CaseRow]:
        return self.store.look(case_rows.case_rows)

    def concerns(self) -> frozenset[str]:
        return frozenset(
            {"case", "lead", "company", "member", "setting", "dispatch_item", "dispatch_meeting"}
        )

    def fill_filters(self, rows: Sequence[CaseRow]) -> None:
        used = {r.category for r in rows if r.category}
        known = self.store.look(cases.categories)
        codes = known + sorted(used - set(known))
        self.offer("category", [(code, word("case_category", code)) for code in codes])
        departments = sorted({r.department for r in rows if r.department})
        self.offer("department", [(one, one) for one in departments])

    def count_shown(self, rows: Sequence[CaseRow]) -> None:
        red = any(r.light.light == Light.RED for r in rows)
        self.shell.set_count("cases", sum(r.open for r in rows) or None, red)

    def apply(self) -> None:
        self._note_chosen()
        super().apply()

    def _note_chosen(self) -> None:
        # Asked of each of 50,000 rows: a look into a dict, not into a widget.
        self._chosen = {name: field.value() for name, field in self.filters.items()}

    def filtering(self) -> bool:
        self._note_chosen()
        return super().filtering()

    def accepts(self, one: CaseRow) -> bool:
        chosen = self._chosen
        state = chosen["state"]
        if state is not None:
            is_returned = one.state == CaseState.RETURNED
            found = {
                "open": one.open,
                "solved": one.solved,
                "returned": is_returned,
                "settled": not one.open and not is_returned and not one.solved,
            }
            if not found[state]:
                return False
        return (
            chosen["category"] in (None, one.category)
            and chosen["light"] in (None, one.light.light.value)
            and chosen["department"] in (None, one.department)
            and (chosen["owner"] is None or one.owner_id == self.shell.me)
        )

    def show_record(self, record_id: str) -> None:
        self.case_pane.show_case(record_id)

    def editors(self) -> dict[str, Any]:
        return self.case_pane.editors()

    def new_record(self) -> None:
        self.new_case_for(None)

    def new_case_for(self, lead_id: str | None) -> str:
        """Make a case of a project and put the cursor into its title; return its id."""
        chosen = self.filters["category"].value()
        new_id = self.store.write(
            t("cases.do.add"),
            cases.add_case,
            lead_id,
            owner_id=self.shell.me,
            category=chosen,
        )
        self.select(new_id)
        self.case_pane.title.setFocus()
        return new_id

    def delete_records(self, ids: list[str]) -> None:
        self.store.write(t("cases.do.delete"), for_each(cases.delete_case, ids))
        self.shell.toast(t("cases.deleted", n=len(ids)), undo=True)

    # --- several at once

    def moves_for(self, ids: Sequence[str]) -> list[CaseState]:
        """Return the states to which some of the cases may go without being asked anything."""
        wanted = set(ids)
        states = {state_of(r.state) for r in self.model.all_rows() if r.id in wanted}
        offered = {target for state in states for target in MOVES[state]}
        return [state for state in CaseState if state in offered and state not in ASKED]

    def move_records(self, ids: Sequence[str], state: CaseState) -> None:
        """Move those cases that may go to a state, and say how many did."""
        name = word("case_state", state.value)
        moved = self.store.write(
            t("cases.do.move", state=name), cases.move_cases, list(ids), state.value
        )
        text = t("cases.moved_n", n=moved, state=name)
        if moved < len(ids):
            text = t("cases.moved_some", n=moved, state=name, rest=len(ids) - moved)
        self.shell.toast(text, undo=bool(moved))

    def _fill_menu(self, menu: QMenu, ids: list[str]) -> None:
        for state in self.moves_for(ids):
            text = t("cases.move_to", state=word("case_state", state.value))
            menu.addAction(text, partial(self.move_records, ids, state))
        menu.addSeparator()
        super()._fill_menu(menu, ids)

    def open_selected(self) -> None:
        self.case_pane.title.setFocus()
