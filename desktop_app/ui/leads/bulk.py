"""What can be done with several leads at once: each as one undo step."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop_app.domain.words import STAGES, Chain, Status
from desktop_app.i18n import t, word
from desktop_app.services import lead_reading, leads, project_after
from desktop_app.ui.leads import pane_verbs
from desktop_app.ui.leads.edit import Edit
from desktop_app.ui.leads.gate_panel import GatePanel
from desktop_app.ui.leads.lead_fields import field_label
from desktop_app.ui.leads.parts import bold
from desktop_app.ui.widgets.buttons import (
    button,
    icon_button,
    menu_button,
    panel,
)
from desktop_app.ui.widgets.dialogs import Dialog
from desktop_app.ui.widgets.popup_fields import CalendarPopup
from desktop_app.ui.widgets.text_fields import TextField


class Bulk:
    """The verbs on several leads; also used for one, by the menu and the board."""

    def __init__(
        self, edit: Edit, parent: QWidget, ask_meeting: Callable[[str, str], None]
    ) -> None:
        """Dialogs open over ``parent``.

        Args:
            edit: what writes.
            parent: the view.
            ask_meeting: takes a lead and the stage it is to enter once a meeting is recorded.
        """
        self.edit, self.parent, self._ask_meeting = edit, parent, ask_meeting
        self.dialog: Dialog | None = None
        self.gate: GatePanel | None = None

    def set_owner(self, ids: Sequence[str], member_id: str | None) -> None:
        """Give the leads to a member."""
        self._done(self.edit.several(ids, "owner_id", member_id), "owner_id", ids)

    def set_column(self, ids: Sequence[str], column: str, value: Any) -> None:
        """Set one field of all."""
        self._done(self.edit.several(ids, column, value), column, ids)

    def set_next(self, ids: Sequence[str], day: dt.date | None) -> None:
        """Set the next date of all."""

        def update(session: Any) -> None:
            for one in ids:
                leads.update_lead(session, one, next_on=day)

        name = t("leads.do.edit_many", field=field_label("next_on"), count=len(ids))
        self._done(self.edit.write(name, update) is not False, "next_on", ids)

    def delete(self, ids: Sequence[str]) -> None:
        """Delete the leads; it can be undone. What counts by them alone is asked about first."""
        uses = self.edit.store.read(project_after.uses_of_leads, ids)
        if uses:
            key = "after.delete_one_anyway" if len(ids) == 1 else "after.delete_anyway"
            asked = t(key, count=len(ids), uses=project_after.uses_of_leads_text(uses))
            if not self.edit.shell.confirm(t("leads.delete"), asked, t("common.delete"), True):
                return

        def delete_all(session: Any) -> None:
            for one in ids:
                leads.delete_lead(session, one)

        name = t("leads.do.delete", count=len(ids))
        if ids and self.edit.write(name, delete_all) is not False:
            self.edit.shell.toast(name, undo=True)

    def _done(self, done: bool, column: str, ids: Sequence[str]) -> None:
        if done:
            text = t("leads.do.edit_many", field=field_label(column), count=len(ids))
            self.edit.shell.toast(text, undo=True)

    def move(self, ids: Sequence[str], stage: str) -> None:
        """Move leads to a stage, asking for what is missing."""
        store = self.edit.store
        missing = {one: store.read(leads.missing_for, one, stage) for one in ids}
        open_ones = [one for one in ids if missing[one]]
        today = dt.date.today()
        if not open_ones:
            pane_verbs.move(self.edit, ids, stage, {}, today, "")
        elif len(ids) == 1:
            self._ask_gate(ids[0], stage, missing[ids[0]])
        else:
            names = [name for found in missing.values() for name in found]
            self._ask_some(ids, [i for i in ids if not missing[i]], stage, names)

    def _ask_gate(self, lead_id: str, stage: str, missing: list[str]) -> None:
        """Ask for the missing fields of one lead."""
        detail = self.edit.store.read(lead_reading.lead_detail, lead_id)
        dialog = Dialog(self.parent, detail.row.company or detail.row.title, 460)
        gate = GatePanel(stage, missing, detail.fields, self.edit.find, dt.date.today())
        self.gate = gate

        def go(filled: dict[str, Any], day: Any, reason: str) -> None:
            left = pane_verbs.move(self.edit, [lead_id], stage, filled, day, reason)
            if left:
                gate.set_still_missing(left)
            else:
                dialog.accept()

        gate.confirmed.connect(go)
        gate.cancelled.connect(dialog.reject)
        gate.meeting_wanted.connect(dialog.reject)
        gate.meeting_wanted.connect(lambda: self._ask_meeting(lead_id, stage))
        dialog.body.addWidget(gate)
        self._open(dialog)

    def _ask_some(
        self, ids: Sequence[str], ready: Sequence[str], stage: str, missing: Sequence[str]
    ) -> None:
        """Offer to move those that are ready, or all with a reason."""
        dialog = Dialog(self.parent, t("leads.bulk.gate", stage=word("stage", stage)), 460)
        names = t("leads.list_comma").join(dict.fromkeys(field_label(m) for m in missing))
        dialog.add_text(
            t("leads.bulk.some", open=len(ids) - len(ready), count=len(ids), fields=names)
        )
        reason = TextField(t("leads.gate.reason"), t("leads.gate.reason_hint"), inplace=False)
        dialog.body.addWidget(reason)
        today = dt.date.today()

        def go(chosen: Sequence[str], why: str) -> None:
            dialog.accept()
            pane_verbs.move(self.edit, chosen, stage, {}, today, why)

        dialog.add_button(t("leads.cancel"), dialog.reject)
        if ready:
            dialog.add_button(t("leads.bulk.ready", count=len(ready)), lambda: go(ready, ""))
        everything = dialog.add_button(
            t("leads.bulk.all", count=len(ids)), lambda: go(ids, reason.text().strip()), "primary"
        )
        everything.setEnabled(False)
        reason.textChanged.connect(lambda text: everything.setEnabled(bool(text.strip())))
        self._open(dialog)

    def _open(self, dialog: Dialog) -> None:
        self.dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.finished.connect(lambda _result: setattr(self, "dialog", None))
        dialog.open()

    # --- menus

    def fill_owner(self, menu: QMenu, ids: Callable[[], Sequence[str]]) -> None:
        """Offer the members."""
        for option in self.edit.find("member", ""):
            menu.addAction(option.text).triggered.connect(
                lambda _on=False, i=option.id: self.set_owner(ids(), i)
            )

    def fill_stage(self, menu: QMenu, ids: Callable[[], Sequence[str]]) -> None:
        """Offer the stages."""
        for stage in STAGES:
            menu.addAction(word("stage", stage.value)).triggered.connect(
                lambda _on=False, s=stage.value: self.move(ids(), s)
            )

    def fill_words(
        self, menu: QMenu, ids: Callable[[], Sequence[str]], column: str, codes: Any
    ) -> None:
        """Offer the codes of a field."""
        for code in codes:
            menu.addAction(word(column, str(code))).triggered.connect(
                lambda _on=False, c=str(code): self.set_column(ids(), column, c)
            )

    def fill_next(self, menu: QMenu, ids: Callable[[], Sequence[str]], anchor: QWidget) -> None:
        """Offer a few days, and the calendar."""
        for key, days in (("today", 0), ("tomorrow", 1), ("in_a_week", 7), ("in_a_month", 30)):
            menu.addAction(t(f"leads.{key}")).triggered.connect(
                lambda _on=False, d=days: self.set_next(
                    ids(), dt.date.today() + dt.timedelta(days=d)
                )
            )
        menu.addAction(t("leads.choose_day")).triggered.connect(
            lambda: CalendarPopup(anchor, None, lambda day: self.set_next(ids(), day))
        )


class BulkBar(QWidget):
    """Stands above the list while several leads are selected."""

    cleared = Signal()

    def __init__(self, bulk: Bulk, ids: Callable[[], Sequence[str]]) -> None:
        """``ids`` gives what is selected at the moment of a choice."""
        super().__init__()
        self._bulk = bulk
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        bar = panel("tools")
        outer.addWidget(bar)
        line = QHBoxLayout(bar)
        line.setContentsMargins(12, 6, 8, 6)
        line.setSpacing(6)
        #: What is said of the selection, from the whole to the shortest.
        self._words = ("", "", "")
        self.text = bold()
        line.addWidget(self.text)
        line.addStretch(1)
        self.owner_menu, stage, status = QMenu(self), QMenu(self), QMenu(self)
        chain, following = QMenu(self), QMenu(self)
        # Members may be new since the bar was made.
        self.owner_menu.aboutToShow.connect(lambda: self._fill_owner(ids))
        bulk.fill_stage(stage, ids)
        bulk.fill_words(status, ids, "status", Status)
        bulk.fill_words(chain, ids, "chain", Chain)
        bulk.fill_next(following, ids, self)
        self.menus = {
            "owner": self.owner_menu,
            "stage": stage,
            "status": status,
            "chain": chain,
            "next": following,
        }
        for name, menu in self.menus.items():
            line.addWidget(menu_button(t(f"leads.col.{name}"), menu))
        self.delete_button = button(
            t("leads.delete"), lambda: bulk.delete(ids()), "trash", "danger"
        )
        line.addWidget(self.delete_button)
        line.addWidget(icon_button("x", t("leads.bulk.clear"), self.cleared.emit))
        self.hide()

    def _fill_owner(self, ids: Callable[[], Sequence[str]]) -> None:
        self.owner_menu.clear()
        self._bulk.fill_owner(self.owner_menu, ids)

    def set_selection(self, rows: Sequence[Any]) -> None:
        """Show how much is selected; with one lead or none the bar goes."""
        self.setVisible(len(rows) > 1)
        if len(rows) > 1:
            count = t("leads.count", count=len(rows))
            whole = t("leads.bulk.selected", what=pane_verbs.shown_total(rows))
            self._words = (whole, t("leads.bulk.selected", what=count), count)
            self._fit_text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_text()

    def _fit_text(self) -> None:
        """Say the sum too where there is room for it."""
        widths = [self.text.fontMetrics().horizontalAdvance(text) + 4 for text in self._words]
        self.text.setMinimumWidth(widths[-1])
        room = self.width() - self.minimumSizeHint().width() + widths[-1]
        fitting = [text for text, width in zip(self._words, widths, strict=True) if width <= room]
        shown = fitting[0] if fitting else self._words[-1]
        self.text.setText(shown)
        self.text.setToolTip(self._words[0] if shown != self._words[0] else "")
