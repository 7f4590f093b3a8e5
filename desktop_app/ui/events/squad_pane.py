"""One squad: what it did in a year, who is in it, and its own fields."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop_app.i18n import t
from desktop_app.services import squads
from desktop_app.services.event_rows import LeadLine
from desktop_app.services.squad_year import Done
from desktop_app.services.squads import SquadDetail
from desktop_app.ui.events.done_part import DonePart
from desktop_app.ui.events.many_picker import ManyPicker
from desktop_app.ui.events.record_list import RecordList, lead_entries
from desktop_app.ui.events.shared import own_name
from desktop_app.ui.record_finder import RecordFinder
from desktop_app.ui.store import Store
from desktop_app.ui.sync.conflict_marks import mark_conflicts
from desktop_app.ui.table_with_pane import PaneArea
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.buttons import SegmentedControl, column, hairline, label
from desktop_app.ui.widgets.popup_fields import Option
from desktop_app.ui.widgets.record_cards import CardText, RecordCards
from desktop_app.ui.widgets.record_form import RecordForm, Save


class SquadPane(PaneArea):
    """Shows one squad, or what no squad is named for, and saves each field at once."""

    def __init__(self, store: Store, shell: ShellActions, finder: RecordFinder) -> None:
        """Build the parts once; squads are only shown in them."""
        super().__init__()
        self.store, self.shell, self.finder = store, shell, finder
        self.squad_id = ""
        self._of: tuple[str, int] = ("", 0)
        self._member_ids: set[str] = set()
        self.title = label("", "title", wrap=True)
        self.second = label("", "muted", wrap=True)
        self.done = DonePart(shell.open_record)
        self.done.listed.connect(self._show_list)
        self.which = SegmentedControl(
            [("found", t("events.leads")), ("signed", t("events.signed"))], t("events.which")
        )
        self.which.set_value("found")
        self.leads = RecordList(shell.open_record, t("events.none_behind"))
        self.own = QWidget()
        own = column(self.own, 0, 10)
        self.members_heading = label("", "heading")
        self.cards = RecordCards(
            self._make_card_form, self._fill_card, t("events.no_members"), title_width=72
        )
        self.cards.edited.connect(self._on_place_edited)
        self.cards.removed.connect(self._on_place_removed)
        self.picker = ManyPicker(t("events.add_members"), self._outside, t("events.member_hint"))
        self.picker.picked.connect(self._on_picked)
        self.form = self._make_form()
        own.addWidget(self.which)
        inner = (self.leads, self.members_heading, self.cards, self.picker, hairline(), self.form)
        for part in inner:
            own.addWidget(part)
        for each in (self.title, self.second, self.done, self.own):
            self.body_layout.addWidget(each)
        self.body_layout.addStretch(1)

    def _make_form(self) -> RecordForm:
        form = RecordForm(self._save, labels={"active": "events.active"})
        form.line("name")
        form.line("name_en")
        form.line("area")
        form.record("leader_id", partial(self.finder, "member"))
        form.flag("active")
        form.long("notes")
        return form

    # Showing

    def show_detail(
        self, detail: SquadDetail, leads: Sequence[LeadLine], count: int, year: int
    ) -> None:
        """Show a squad in a year, with ``count`` leads found or signed in it, the first of them."""
        fields = detail.fields
        if fields["id"] != self.squad_id:
            self.picker.close_list()
            self.verticalScrollBar().setValue(0)
        self.squad_id = fields["id"]
        self.own.show()
        self.title.setText(own_name(fields["name"], fields["name_en"]) or t("events.unnamed_squad"))
        leader = fields["leader_id_name"]
        said = (fields["area"], t("events.led_by", name=leader) if leader else "")
        self.second.setText(" · ".join(filter(None, said)))
        self._show_done(detail.done, year)
        heading = t(f"events.{self.which.value()}_by_squad", n=count, year=year)
        self.leads.set_entries(heading, lead_entries(leads))
        self.form.show_values(fields)
        mark_conflicts(self.store, self.shell, self.squad_id, self.form.fields)
        self._member_ids = {one["member_id"] for one in detail.members}
        count = len(self._member_ids)
        self.members_heading.setText(f"{t('events.members')}  {count or ''}".strip())
        self.cards.set_records(
            [
                (CardText(one["id"], one["member_id_name"] or "—", one["role"] or ""), one)
                for one in detail.members
            ]
        )

    def show_unassigned(self, done: Sequence[Done], year: int) -> None:
        """Show the visits and events of a year that no squad is named for."""
        self.squad_id = ""
        self.own.hide()
        self.title.setText(t("events.no_squad"))
        self.second.setText(t("events.no_squad_hint"))
        self._show_done(done, year)

    def _show_done(self, done: Sequence[Done], year: int) -> None:
        of = (self.squad_id, year)
        self.done.show_done(year, done, of != self._of)
        self._of = of

    def _show_list(self) -> None:
        """Bring the list of what was chosen into sight, once it has its place."""
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.done.list, 0, 40))

    # Members

    def _make_card_form(self, save: Save) -> RecordForm:
        form = RecordForm(save)
        form.line("role")
        return form

    def _fill_card(self, form: RecordForm, record: Mapping[str, Any]) -> None:
        form.show_values(record)
        mark_conflicts(self.store, self.shell, record["id"], form.fields)

    def _outside(self, text: str) -> list[Option]:
        """Return the members who are not in the squad."""
        return [one for one in self.finder("member", text) if one.id not in self._member_ids]

    def _on_picked(self, ids: list[str]) -> None:
        self.store.write(
            t("events.do.add_members", n=len(ids)), squads.add_members, self.squad_id, ids
        )
        self.shell.toast(t("events.members_added", n=len(ids)), undo=True)

    def _on_place_edited(self, key: str, name: str, fields: dict[str, Any]) -> None:
        self.store.write(t("events.do.edit_place", field=name), squads.update_place, key, **fields)

    def _on_place_removed(self, key: str) -> None:
        self.store.write(t("events.do.remove_member"), squads.delete_place, key)
        self.shell.toast(t("events.member_removed"), undo=True)

    # Saving

    def _save(self, name: str, fields: dict[str, Any]) -> None:
        self.store.write(
            t("events.do.edit_squad", field=name), squads.update_squad, self.squad_id, **fields
        )
