"""The list of squads, with what each did in a year."""

from typing import Any

from PySide6.QtCore import QModelIndex

from desktop_app.db.change import Changes
from desktop_app.i18n import t
from desktop_app.services import squad_year, squads
from desktop_app.services.event_rows import LeadLine, lead_lines
from desktop_app.services.squads import SquadRow
from desktop_app.ui.events.events_page import uses_text
from desktop_app.ui.events.shared import MODES, own_name, set_years, wide, year_field
from desktop_app.ui.events.squad_pane import SquadPane
from desktop_app.ui.filtered_list import FilteredList
from desktop_app.ui.record_finder import RecordFinder
from desktop_app.ui.store import Store
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.buttons import button
from desktop_app.ui.widgets.row_table_model import Column

# So many leads are listed; nobody scrolls through more.
_MOST = 1000


def _number(key: str, width: int = 62) -> Column:
    def count(row: SquadRow) -> int:
        return int(getattr(row, key))

    return Column(
        key,
        t(f"events.{key}"),
        lambda r: f"{count(r):,}" if count(r) else "",
        wide(width),
        right=True,
        sort_key=count,
    )


def _columns() -> list[Column]:
    return [
        Column(
            "name",
            t("words.field.squad_id"),
            lambda r: own_name(r.name, r.name_en) or t("events.unnamed_squad"),
            124,
            detail=lambda r: "" if r.active else t("events.resting"),
        ),
        Column("leader", t("words.field.leader_id"), lambda r: r.leader, 68),
        _number("members", 56),
        _number("visits"),
        _number("events"),
        _number("leads"),
        _number("signed"),
        Column("area", t("words.field.area"), lambda r: r.area, 112),
    ]


class SquadsPage(FilteredList):
    """Lists squads; the selected one is shown with its year and edited in place."""

    name = "squads"
    area = "squads"
    table = "squad"
    texts, modes, mode = "events", MODES, "squads"
    icon = "users-round"

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Build the table, the choice of the year and the pane."""
        self.squad_pane = SquadPane(store, shell, RecordFinder(store))
        super().__init__(store, shell, _columns(), self.squad_pane)
        self.finder = self.squad_pane.finder
        self.year = year_field()
        self.year.edited.connect(lambda _year: self.refresh())
        self.unassigned = button("", self.show_unassigned, "users-round")
        self.tools.add(self.year, self.unassigned)
        self._shows_unassigned = False
        self.rows.clicked.connect(self._on_clicked)
        self.squad_pane.which.chosen.connect(lambda _w: self._on_current(self.rows.current_id()))

    def read_rows(self) -> list[SquadRow]:
        year: Any = self.year.value()
        return self.store.read(squads.squad_rows, year)

    def concerns(self) -> frozenset[str]:
        return frozenset(
            "squad squad_member member meeting event lead lead_stage company setting".split()
        )

    def refresh(self, changes: Changes | None = None) -> None:
        if changes is not None and not changes.tables & self.concerns():
            return
        set_years(self.year, self.store.read(squad_year.years_of_work))
        year: Any = self.year.value()
        count = len(self.store.read(squad_year.done_in_year, year, None))
        self.unassigned.setText(t("events.unassigned", n=count))
        self.unassigned.setAccessibleName(t("events.unassigned", n=count))
        self.unassigned.setToolTip(t("events.no_squad_hint"))
        self.unassigned.setVisible(count > 0)
        self._shows_unassigned = self._shows_unassigned and count > 0
        super().refresh(changes)

    def show_unassigned(self) -> None:
        """Show the visits and events of the year that no squad is named for."""
        self._shows_unassigned = True
        self.rows.clearSelection()
        self._show_unassigned()

    def _show_unassigned(self) -> None:
        year: Any = self.year.value()
        self.pane.show()
        self.pane.body.show()
        self.squad_pane.show_unassigned(self.store.read(squad_year.done_in_year, year, None), year)

    def _on_current(self, record_id: str) -> None:
        if self._shows_unassigned and not self.rows.selected_ids():
            self._show_unassigned()
            return
        self._shows_unassigned = False
        super()._on_current(record_id)

    def show_record(self, record_id: str) -> None:
        year: Any = self.year.value()
        detail = self.store.read(squads.squad_detail, record_id, year)
        self.squad_pane.show_detail(detail, *self._leads(record_id), year)

    def _leads(self, squad_id: str) -> tuple[list[LeadLine], int]:
        """Return the leads behind the number that is looked at, and how many there are."""
        signed = self.squad_pane.which.value() == "signed"
        ids = self.store.read(squad_year.leads_of_squad, squad_id, self.year.value(), signed)
        return self.store.read(lead_lines, ids[:_MOST]), len(ids)

    def _on_clicked(self, index: QModelIndex) -> None:
        """Show what is behind the number that was clicked."""
        key = self.model.columns[index.column()].key
        part = self.squad_pane
        if key in ("visits", "events"):
            part.done.choose("", "", "meetings" if key == "visits" else "events")
        elif key in ("leads", "signed"):
            part.which.set_value("found" if key == "leads" else "signed")
            self.show_record(self.rows.current_id())
            part.ensureWidgetVisible(part.leads, 0, 40)

    def editors(self) -> dict[str, Any]:
        return dict(self.squad_pane.form.fields)

    def show_place(self, place_id: str) -> None:
        """Open the line of a member's place."""
        card = self.squad_pane.cards.open_card(place_id)
        if card is not None:
            self.pane.ensureWidgetVisible(card, 0, 80)

    def new_record(self) -> None:
        new_id = self.store.write(
            t("events.do.add_squad"), squads.add_squad, name=t("events.new_squad_name")
        )
        self.select(new_id)
        editor = self.squad_pane.form.fields["name"]
        self.pane.ensureWidgetVisible(editor, 0, 80)
        editor.setFocus()
        editor.selectAll()

    def delete_records(self, ids: list[str]) -> None:
        uses = self.store.read(squads.squad_uses, ids)
        if uses:
            first = self.model.row_at(self.model.index_of(ids[0]))
            asked = t(
                "events.delete_squad_anyway" if len(ids) == 1 else "events.delete_squads_anyway",
                name=own_name(first.name, first.name_en),
                n=len(ids),
                uses=uses_text(uses),
            )
            if not self.shell.confirm(t("events.do.delete_squad"), asked, t("common.delete"), True):
                return
        self.store.write(t("events.do.delete_squad"), squads.delete_squads, ids)
        self.shell.toast(t("events.squads_deleted", n=len(ids)), undo=True)

    def save_state(self) -> dict[str, Any]:
        return super().save_state() | {"year": self.year.value()}

    def restore_state(self, state: dict[str, Any]) -> None:
        super().restore_state(state)
        year: Any = state.get("year")
        if isinstance(year, int):
            set_years(self.year, [year])
            self.year.set_value(year)
