"""Through which channels and events leads came in a year, and which projects were signed."""

from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QSplitter

from desktop_app.db.change import Changes
from desktop_app.db.search_keys import key_of
from desktop_app.i18n import t, word
from desktop_app.services import channels, squad_year
from desktop_app.services.channels import Channel
from desktop_app.ui.events.record_list import RecordList, lead_entries
from desktop_app.ui.events.shared import MODES, set_years, year_field
from desktop_app.ui.filtered_list import mode_choice
from desktop_app.ui.store import Store
from desktop_app.ui.table_with_pane import PaneArea
from desktop_app.ui.view import ShellActions, View
from desktop_app.ui.widgets.buttons import SegmentedControl, ToolRow, column, label
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.row_table_model import Column, RowTableModel
from desktop_app.ui.widgets.row_table_view import RowTableView
from desktop_app.ui.widgets.search_box import SearchBox

_TABLES = frozenset("lead lead_stage event company setting".split())
_NONE = "-"
_MOST = 2000


class _Line(NamedTuple):
    """A channel as the table shows it."""

    id: str
    name: str
    detail: str
    found: int
    signed: int
    key: str


class ChannelsPage(View):
    """A table of channels or events; the leads behind a number stand beside it."""

    name = "channels"
    icon = "megaphone"
    #: Another page was chosen.
    mode_chosen = Signal(str)

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Build the tool row, the table and the pane."""
        super().__init__(store, shell)
        self.mode_field = mode_choice("events", MODES, "channels")
        self.mode_field.chosen.connect(self._on_mode)
        self.by = SegmentedControl(
            [(one, t(f"events.by.{one}")) for one in channels.BY], t("events.by")
        )
        self.by.set_value("source")
        self.by.chosen.connect(lambda _by: self.refresh())
        self.year = year_field()
        self.year.edited.connect(lambda _year: self.refresh())
        self._search = SearchBox(t("events.channel_hint"))
        tools = ToolRow(t("events.mode.channels"))
        tools.title.hide()
        tools.add(self.mode_field, self._search, self.by, self.year)
        self.sum = label("", "muted")
        tools.add_right(self.sum)
        self.rows = RowTableView(t("events.mode.channels"))
        self.model = RowTableModel(_columns())
        self.rows.set_row_model(self.model)
        self.rows.set_empty_state(
            EmptyState(
                t("events.no_channels"),
                t("events.no_channels_hint"),
                t("events.to_leads"),
                lambda: shell.show_view("leads"),
                self.icon,
            )
        )
        self.pane = PaneArea()
        self._build_pane()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self.rows)
        self._splitter.addWidget(self.pane)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([700, 440])
        self._splitter.setChildrenCollapsible(False)
        layout = column(self)
        layout.addWidget(tools)
        layout.addWidget(self._splitter, 1)
        self._search.searched.connect(self.model.set_query)
        self._search.moved.connect(self.rows.move_current)
        self.rows.current_changed.connect(lambda _id: self._show_leads())
        self.rows.clicked.connect(self._on_clicked)

    def _build_pane(self) -> None:
        self.title = label("", "title", wrap=True)
        self.second = label("", "muted", wrap=True)
        self.which = SegmentedControl(
            [("found", t("events.leads")), ("signed", t("events.signed"))], t("events.which")
        )
        self.which.set_value("found")
        self.which.chosen.connect(lambda _which: self._show_leads())
        self.leads = RecordList(self.shell.open_record, t("events.none_behind"), first=100)
        for part in (self.title, self.second, self.which, self.leads):
            self.pane.body_layout.addWidget(part)
        self.pane.body_layout.addStretch(1)

    def _on_mode(self, mode: str) -> None:
        self.mode_field.set_value("channels")
        self.mode_chosen.emit(mode)

    def refresh(self, changes: Changes | None = None) -> None:
        if changes is not None and not changes.tables & _TABLES:
            return
        set_years(self.year, self.store.read(squad_year.years_of_work))
        year: Any = self.year.value()
        found = self.store.read(channels.channels, year, self.by.value())
        self.model.set_rows([self._line(one) for one in found])
        self.pane.setVisible(bool(found))
        n, signed = sum(one.found for one in found), sum(one.signed for one in found)
        self.sum.setText(t("events.channels_sum", n=n, signed=signed))
        if found and not self.rows.current_id():
            self.rows.select_row(0)
        self._show_leads()

    def _line(self, one: Channel) -> _Line:
        if self.by.value() == "source":
            name = word("source", one.code) if one.code else t("events.no_channel")
        else:
            name = (one.name or t("events.unnamed")) if one.code else t("events.no_event")
        detail = t("events.gone") if one.gone else ""
        return _Line(one.code or _NONE, name, detail, one.found, one.signed, key_of(name))

    def _on_clicked(self, index: QModelIndex) -> None:
        """Show what is behind the number that was clicked."""
        key = self.model.columns[index.column()].key
        if key in ("found", "signed"):
            self.which.set_value(key)
            self._show_leads()

    def _show_leads(self) -> None:
        code = self.rows.current_id()
        place = self.model.index_of(code) if code else -1
        self.pane.body.setVisible(place >= 0)
        if place < 0:
            return
        line: _Line = self.model.row_at(place)
        year: Any = self.year.value()
        found = self.store.read(
            channels.channel_leads,
            year,
            self.by.value(),
            "" if code == _NONE else code,
            self.which.value(),
            _MOST,
        )
        self.title.setText(line.name)
        self.second.setText(t("events.channel_said", year=year, n=line.found, signed=line.signed))
        self.leads.set_entries("", lead_entries(found))

    def focus_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def open_selected(self) -> None:
        if self.leads.lines:
            self.leads.lines[0].setFocus()

    def select_first(self) -> None:
        self.rows.select_row(0)

    def selected_id(self) -> str:
        return ""

    def save_state(self) -> dict[str, Any]:
        return {
            "table": self.rows.save_state(),
            "by": self.by.value(),
            "year": self.year.value(),
            "which": self.which.value(),
        }

    def restore_state(self, state: dict[str, Any]) -> None:
        if isinstance(state.get("table"), dict):
            self.rows.restore_state(state["table"])
        self.by.set_value(str(state.get("by") or ""))
        self.which.set_value(str(state.get("which") or ""))
        year: Any = state.get("year")
        if isinstance(year, int):
            set_years(self.year, [year])
            self.year.set_value(year)


def _columns() -> list[Column]:
    return [
        Column("name", t("events.channel_or_event"), lambda r: r.name, 330, detail=_detail),
        Column(
            "found",
            t("events.leads"),
            lambda r: f"{r.found:,}" if r.found else "",
            110,
            right=True,
            sort_key=lambda r: r.found,
        ),
        Column(
            "signed",
            t("events.signed"),
            lambda r: f"{r.signed:,}" if r.signed else "",
            110,
            right=True,
            sort_key=lambda r: r.signed,
        ),
    ]


def _detail(line: _Line) -> str:
    return line.detail
