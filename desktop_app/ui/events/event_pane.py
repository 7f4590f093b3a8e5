"""One event: its fields, who was present, the money and the leads that came of it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from desktop_app.domain.formats import date_range
from desktop_app.domain.money import format_money
from desktop_app.domain.words import EventKind
from desktop_app.domain.words_after import PresentAs
from desktop_app.i18n import language, t, word
from desktop_app.services import event_rows
from desktop_app.services.event_rows import EventDetail, Money
from desktop_app.ui.events.many_picker import ManyPicker
from desktop_app.ui.events.record_list import Entry, RecordList, lead_entries
from desktop_app.ui.events.shared import own_name
from desktop_app.ui.record_finder import RecordFinder
from desktop_app.ui.store import Store
from desktop_app.ui.sync.conflict_marks import mark_conflicts
from desktop_app.ui.table_with_pane import PaneArea
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.buttons import hairline, label
from desktop_app.ui.widgets.pill import Pill
from desktop_app.ui.widgets.popup_fields import Option
from desktop_app.ui.widgets.record_cards import CardText, RecordCards
from desktop_app.ui.widgets.record_form import RecordForm, Save
from desktop_app.ui.widgets.text_fields import ChoiceField


class EventPane(PaneArea):
    """Shows one event and saves each field of it at once."""

    def __init__(self, store: Store, shell: ShellActions, finder: RecordFinder) -> None:
        """Build the parts once; events are only shown in them."""
        super().__init__()
        self.store, self.shell, self.finder = store, shell, finder
        self.event_id = ""
        self._present_ids: set[str] = set()
        self.title = label("", "title", wrap=True)
        self.second = label("", "muted", wrap=True)
        self.form = self._make_form()
        self.present_heading = label("", "heading")
        self.cards = RecordCards(
            self._make_card_form, self._fill_card, t("events.nobody_present"), title_width=0
        )
        self.cards.edited.connect(self._on_present_edited)
        self.cards.removed.connect(self._on_present_removed)
        self.picker = ManyPicker(
            t("events.add_present"),
            self._absent,
            t("events.company_hint"),
            finder.add_company,
        )
        self.picker.picked.connect(self._on_picked)
        self.facilities = RecordList(shell.open_record, t("events.no_financing"))
        self.leads = RecordList(shell.open_record, t("events.no_leads"))
        layout = self.body_layout
        for part in (self.title, self.second, self.form, hairline(), self.present_heading):
            layout.addWidget(part)
        layout.addWidget(self.cards)
        layout.addWidget(self.picker)
        layout.addWidget(self.facilities)
        layout.addWidget(self.leads)
        layout.addStretch(1)

    def _make_form(self) -> RecordForm:
        form = RecordForm(self._save, labels={"place": "events.venue"})
        form.line("name")
        form.line("name_en")
        form.words("kind", "event_kind", EventKind)
        form.day("starts_on")
        form.day("ends_on")
        form.bind("country", ChoiceField.of_countries(form.name_of("country")))
        form.line("city")
        form.line("place")
        form.record(
            "squad_id",
            partial(self.finder, "squad"),
            lambda one: self.shell.open_record("squads", one),
        )
        form.long("notes")
        return form

    # Showing

    def show_detail(self, detail: EventDetail) -> None:
        """Show an event."""
        fields = detail.fields
        if fields["id"] != self.event_id:
            self.picker.close_list()
            self.verticalScrollBar().setValue(0)
        self.event_id = fields["id"]
        name = own_name(fields["name"], fields["name_en"]) or t("events.unnamed")
        self.title.setText(name)
        days = date_range(fields["starts_on"], fields["ends_on"], language())
        where = (word("country", fields["country"]), fields["city"])
        self.second.setText(" · ".join(filter(None, (days, *where))))
        self.form.show_values(fields)
        mark_conflicts(self.store, self.shell, self.event_id, self.form.fields)
        self._show_present(detail)
        self._show_money(detail)
        signed = sum(one.signed for one in detail.leads)
        heading = t("events.leads_of", n=len(detail.leads), signed=signed)
        self.leads.set_entries(heading, lead_entries(detail.leads))

    def _show_present(self, detail: EventDetail) -> None:
        self._present_ids = {one["company_id"] for one in detail.present}
        count = len(self._present_ids)
        self.present_heading.setText(f"{t('events.present')}  {count or ''}".strip())
        self.cards.set_records([(self._card_text(one), one) for one in detail.present])

    def _card_text(self, one: Mapping[str, Any]) -> CardText:
        said = (
            word("present_as", one["present_as"]) if one["present_as"] else "",
            t("words.field.held_talks") if one["held_talks"] else "",
            one["notes"] or "",
        )
        name = one["company_id_name"] or t("words.record.company")
        return CardText(one["id"], name, " · ".join(filter(None, said)))

    def _show_money(self, detail: EventDetail) -> None:
        matched = detail.fields["kind"] == EventKind.MATCHMAKING
        self.facilities.setVisible(matched or bool(detail.facilities))
        parts = [
            self._sum("events.granted", detail.granted),
            self._sum("events.drawn", detail.drawn),
        ]
        sums = " · ".join(filter(None, parts))
        heading = t("events.financing") + (f"  {sums}" if sums else "")
        self.facilities.set_entries(heading, [self._facility(one) for one in detail.facilities])

    def _sum(self, key: str, money: Money) -> str:
        if not money.records:
            return ""
        return t(key, amount=format_money(money.cny * 100, "CNY", language()), n=money.records)

    def _facility(self, one: Mapping[str, Any]) -> Entry:
        minor = one["drawn_minor"] if one["granted_minor"] is None else one["granted_minor"]
        amount = format_money(minor, one["currency"], language())
        note = " · ".join(filter(None, (one["bank"], amount)))
        pill = Pill(word("product", one["product"]), "neutral") if one["product"] else None
        name = one["company"] or t("words.record.facility")
        return Entry("facilities", one["id"], name, note, pill)

    # Who was present

    def _make_card_form(self, save: Save) -> RecordForm:
        form = RecordForm(save)
        form.words("present_as", "present_as", PresentAs)
        form.flag("held_talks")
        form.record(
            "company_id",
            partial(self.finder, "company"),
            lambda one: self.shell.open_record("companies", one),
        )
        form.record(
            "lead_id",
            partial(self.finder, "lead"),
            lambda one: self.shell.open_record("leads", one),
        )
        form.long("notes")
        return form

    def _fill_card(self, form: RecordForm, record: Mapping[str, Any]) -> None:
        form.show_values(record)
        mark_conflicts(self.store, self.shell, record["id"], form.fields)

    def _absent(self, text: str) -> list[Option]:
        """Return the companies that are not listed yet."""
        return [one for one in self.finder("company", text) if one.id not in self._present_ids]

    def _on_picked(self, ids: list[str]) -> None:
        self.store.write(
            t("events.do.add_present", n=len(ids)), event_rows.add_present, self.event_id, ids
        )
        self.shell.toast(t("events.present_added", n=len(ids)), undo=True)

    def _on_present_edited(self, key: str, name: str, fields: dict[str, Any]) -> None:
        self.store.write(
            t("events.do.edit_present", field=name), event_rows.update_present, key, **fields
        )

    def _on_present_removed(self, key: str) -> None:
        self.store.write(t("events.do.remove_present"), event_rows.delete_present, key)
        self.shell.toast(t("events.present_removed"), undo=True)

    # Saving

    def _save(self, name: str, fields: dict[str, Any]) -> None:
        self.store.write(
            t("events.do.edit", field=name), event_rows.update_event, self.event_id, **fields
        )
