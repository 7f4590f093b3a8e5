"""Where people disagree: the records at the left, the fields of one at the right."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from desktop_app.db.change import Changes, Value
from desktop_app.i18n import t, word
from desktop_app.ui.store import Store
from desktop_app.ui.sync.conflict_card import ConflictCard
from desktop_app.ui.sync.sync_state import when
from desktop_app.ui.sync.values import ValueWords, field_name
from desktop_app.ui.view import ShellActions, View
from desktop_app.ui.views import VIEW_OF_KIND
from desktop_app.ui.widgets.buttons import ToolRow, button, column, label
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.pill import PillLabel
from desktop_app.ui.widgets.row_table_model import Column, RowTableModel
from desktop_app.ui.widgets.row_table_view import RowTableView

if TYPE_CHECKING:
    from desktop_app.sync.conflicts import Conflict


class Disputed(NamedTuple):
    """A record with its conflicts, as the list shows it."""

    id: str
    title: str
    kind: str
    people: str
    latest: dt.datetime
    conflicts: tuple["Conflict", ...]


def by_record(found: Sequence["Conflict"]) -> list[Disputed]:
    """Return conflicts by record, in their order."""
    groups: dict[str, list[Conflict]] = {}
    for one in found:
        groups.setdefault(one.row, []).append(one)
    result = []
    for row, several in groups.items():
        sides = [side for one in several for side in one.sides]
        names = dict.fromkeys(side.by or t("sync.someone") for side in sides)
        result.append(
            Disputed(
                row,
                several[0].title or t("sync.untitled"),
                several[0].kind,
                t("common.list_separator").join(names),
                max(side.at for side in sides),
                tuple(several),
            )
        )
    return result


class ConflictsView(View):
    """Lists the records in dispute; each field is settled by one click or a written answer."""

    name, icon = "conflicts", "split"

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Make list and pane; ``refresh`` fills them."""
        super().__init__(store, shell)
        self._words = ValueWords(store)
        self._rows: dict[str, Disputed] = {}
        self._shown: Disputed | None = None
        self.cards: list[ConflictCard] = []
        layout = column(self)
        self._tools = ToolRow(t("sync.conflicts"), t("sync.conflicts_sub"))
        layout.addWidget(self._tools)
        self.rows = RowTableView(t("sync.conflicts"))
        self._model = RowTableModel(_columns(), lambda r: r.id, lambda r: r.title)
        self.rows.set_row_model(self._model)
        self.rows.current_changed.connect(self._on_current)
        self._pane = QScrollArea()
        self._pane.setWidgetResizable(True)
        self._pane.setFrameShape(QFrame.Shape.NoFrame)
        self._pane.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pane.setMinimumWidth(420)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.addWidget(self.rows)
        self._splitter.addWidget(self._pane)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([450, 780])
        self._splitter.setChildrenCollapsible(False)
        layout.addWidget(self._splitter, 1)
        self._none = EmptyState(
            t("sync.conflicts_none"), t("sync.conflicts_none_hint"), icon_name="circle-check"
        )
        layout.addWidget(self._none, 1)

    # --- reading

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the conflicts again, unless somebody is just writing an answer."""
        if changes is not None and any(card.being_written() for card in self.cards):
            return
        from desktop_app.sync.conflicts import conflicts

        found = by_record(self.store.read(conflicts))
        self._rows = {row.id: row for row in found}
        self._words = ValueWords(self.store)
        chosen, place = self.rows.current_id(), self.rows.currentIndex().row()
        self._model.set_rows(found)
        self._splitter.setVisible(bool(found))
        self._none.setVisible(not found)
        self._tools.set_subtitle(t("sync.conflicts_sub") if found else "")
        if chosen not in self._rows and found:
            # The next one takes the place of the one that was settled.
            self.rows.select_row(min(max(place, 0), len(found) - 1))
        self._show(self._rows.get(self.rows.current_id()))

    def _on_current(self, row: str) -> None:
        self._show(self._rows.get(row))

    def _show(self, row: Disputed | None) -> None:
        """Show the fields of a record, unless they are those that stand there already."""
        if row is not None and self._shown == row:
            return
        same = row is not None and self._shown is not None and row.id == self._shown.id
        place = self._pane.verticalScrollBar().value() if same else 0
        self._shown, self.cards = row, []
        page = QWidget()
        page.setProperty("role", "background")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(18, 16, 18, 18)
        layout.setSpacing(12)
        if row is not None:
            layout.addWidget(self._head(row))
            for one in sorted(row.conflicts, key=lambda c: c.column != "deleted"):
                card = ConflictCard(one, self.store, self._words)
                card.settled.connect(self.settle)
                self.cards.append(card)
                layout.addWidget(card)
        layout.addStretch(1)
        self._pane.setWidget(page)
        self._pane.verticalScrollBar().setValue(place)

    def _head(self, row: Disputed) -> QWidget:
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(label(row.title, "title", wrap=True), 1)
        line.addWidget(PillLabel(word("kind", row.kind), "neutral"))
        if row.kind in VIEW_OF_KIND:
            line.addWidget(button(t("sync.open_record"), self.open_selected, variant="link"))
        return head

    # --- settling

    def settle(self, conflict: "Conflict", value: Value) -> None:
        """Write what a person decided, as an ordinary edit that can be undone."""
        from desktop_app.sync.conflicts import conflicts, resolve

        of = conflict
        if of not in self.store.read(conflicts):
            # A sync brought another answer meanwhile, or somebody has settled it.
            self._shown, self.cards = None, []
            self.refresh(None)
            self.shell.toast(t("sync.changed_meanwhile"))
            return
        name = field_name(of.table, of.column)
        label_text = t("sync.label_resolve", field=name)
        workspace = self.store.workspace
        resolve(workspace, of.table, of.row, of.column, value, label_text)
        said = self._words.words(of.table, of.row, of.column, value).replace("\n", " ")
        self._shown, self.cards = None, []
        self.store.announce(workspace.last_changes)
        if of.column == "deleted":
            done = t("sync.resolved_delete" if value else "sync.resolved_keep")
        else:
            short = said if len(said) <= 40 else said[:39] + "…"
            done = t("sync.resolved", field=name, value=short)
        self.shell.toast(done, undo=True)

    # --- what the shell asks for

    def select(self, record_id: str) -> None:
        """Show a record; with a column behind a slash, its field."""
        row, _, column_name = record_id.partition("/")
        self.rows.select_id(row)
        for card in self.cards:
            if card.conflict.column == column_name:
                self._pane.ensureWidgetVisible(card, 0, 40)

    def selected_id(self) -> str:
        return self.rows.current_id()

    def select_first(self) -> None:
        self.rows.select_row(0)

    def open_selected(self) -> None:
        if self._shown is not None and self._shown.kind in VIEW_OF_KIND:
            self.shell.open_record(self._shown.kind, self._shown.id)

    def save_state(self) -> dict[str, Any]:
        sizes = self._splitter.sizes()
        return {"sizes": sizes} if min(sizes) > 0 else {}

    def restore_state(self, state: dict[str, Any]) -> None:
        if isinstance(state.get("sizes"), list) and len(state["sizes"]) == 2:
            self._splitter.setSizes([int(x) for x in state["sizes"]])


def _columns() -> list[Column]:
    return [
        Column("title", t("words.field.title"), lambda r: r.title, 186, bold=True),
        Column("people", t("sync.who"), lambda r: r.people, 104),
        Column("fields", t("sync.how_many"), lambda r: str(len(r.conflicts)), 66, right=True),
        Column(
            "latest",
            t("sync.when"),
            lambda r: when(r.latest),
            76,
            sort_key=lambda r: r.latest,
        ),
    ]
