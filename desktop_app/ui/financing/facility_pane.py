"""One credit or loan: its fields, what is drawn on it, and why it does not count."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop_app.domain.words import CompanyKind
from desktop_app.domain.words_after import Product
from desktop_app.i18n import t, word
from desktop_app.services import companies, financing_rows, records
from desktop_app.services.approvals import add_facility
from desktop_app.ui.financing import texts
from desktop_app.ui.financing.fields import LABELS, amounts_kept
from desktop_app.ui.record_finder import RecordFinder
from desktop_app.ui.store import Store
from desktop_app.ui.table_with_pane import PaneArea
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.buttons import button, hairline, label
from desktop_app.ui.widgets.popup_fields import Option
from desktop_app.ui.widgets.record_form import RecordForm
from desktop_app.ui.widgets.record_line import RecordLine
from desktop_app.ui.widgets.text_fields import restyle


class FacilityPane(PaneArea):
    """A credit or loan, edited in place; each field saves itself."""

    #: A record of the same list is to be shown.
    opened = Signal(str)

    def __init__(self, store: Store, shell: ShellActions, finder: RecordFinder) -> None:
        """Make the editors once."""
        super().__init__()
        self._store, self._shell, self.finder = store, shell, finder
        self._id = ""
        self.record: dict[str, Any] = {}
        self._title = label("", "title", wrap=True)
        self._second = label("", "muted", wrap=True)
        self.reason = label("", "warn", wrap=True)
        self.form = self._make_form()
        self._loans_title = label("", "heading")
        self._loans = QVBoxLayout()
        self._loans.setSpacing(0)
        self.add_loan = button(t("financing.add_loan"), self._on_add_loan, "plus", "link")
        layout = self.body_layout
        for widget in (self._title, self._second, self.reason, hairline(), self.form):
            layout.addWidget(widget)
        layout.addWidget(self._loans_title)
        layout.addLayout(self._loans)
        layout.addWidget(self.add_loan)
        layout.addStretch(1)

    def _make_form(self) -> RecordForm:
        form = RecordForm(self._save, labels=LABELS)
        form.words("product", "product", Product, None)
        form.record(
            "company_id",
            lambda text: self.finder("company", text),
            partial(self._shell.open_record, "companies"),
            self.finder.add_company,
        )
        form.record(
            "lead_id",
            lambda text: self.finder("lead", text),
            partial(self._shell.open_record, "leads"),
        )
        form.record(
            "bank_id", self._banks, partial(self._shell.open_record, "companies"), self._add_bank
        )
        form.money("granted_minor")
        form.day("granted_on")
        form.money("drawn_minor")
        form.day("drawn_on")
        form.record("credit_id", self._credits, self.opened.emit)
        self.credit_note = label(t("financing.credit_why"), "small", wrap=True)
        self.credit_note.setContentsMargins(9, 0, 0, 6)
        form.add_wide(self.credit_note)
        form.record(
            "event_id",
            lambda text: self.finder("event", text),
            partial(self._shell.open_record, "events"),
        )
        form.day("ends_on")
        form.line("used_for")
        form.long("notes")
        return form

    def _banks(self, text: str) -> Sequence[Option]:
        """Offer banks; what is typed finds any company, for one not marked as a bank yet."""
        banks = set(self._store.read(financing_rows.bank_ids))
        found = self.finder("company", text)
        near = [option for option in found if option.id in banks]
        return near or (list(found) if text else [])

    def _add_bank(self, name: str) -> str:
        made: str = self._store.write(
            t("financing.do.add_bank", name=name),
            companies.add_company,
            name=name,
            kind=CompanyKind.BANK.value,
        )
        return made

    def _credits(self, text: str) -> Sequence[Option]:
        found = self._store.read(financing_rows.credits_of, self._id)
        options = [Option(one["id"], _credit_text(one), "") for one in found]
        return [o for o in options if text.casefold() in o.text.casefold()]

    def show_facility(self, facility_id: str) -> None:
        """Show a credit or loan."""
        self._id = facility_id
        record = self._store.read(financing_rows.facility_detail, facility_id)
        self.record = record
        self._title.setText(record["company_id_name"] or t("financing.no_company"))
        second = (word("product", record["product"]), record["bank_id_name"])
        self._second.setText(" · ".join(filter(None, second)))
        because = record["because"]
        self.reason.setText(texts.not_counted(because))
        self.reason.setVisible(bool(because))
        # That its loans are counted instead is as it should be; all else can be mended.
        restyle(self.reason, "role", "small" if because == "in_loans" else "warn")
        record["credit_id_name"] = _credit_text(record["credit"]) if record["credit"] else ""
        self.form.show_values(record)
        is_credit = record["product"] == Product.CREDIT
        draws = record["product"] == Product.LOAN or bool(record["credit_id"])
        self.form.set_shown(self.form.fields["credit_id"], draws)
        self.credit_note.setVisible(draws)
        self._show_loans(record, is_credit)

    def _show_loans(self, record: dict[str, Any], is_credit: bool) -> None:
        while (item := self._loans.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        loans = record["loans"]
        self._loans_title.setText(t("financing.loans_on", n=len(loans)) if loans else "")
        self._loans_title.setVisible(bool(loans))
        self.add_loan.setVisible(is_credit)
        for loan in loans:
            amount = texts.money(loan["drawn_minor"], loan["currency"])
            day = texts.day(loan["drawn_on"] or loan["granted_on"])
            line = RecordLine(
                amount or t("financing.no_amount"), day, texts.product_pill(loan["product"])
            )
            line.pressed.connect(partial(self.opened.emit, loan["id"]))
            self._loans.addWidget(line)

    def _on_add_loan(self) -> None:
        same = ("company_id", "lead_id", "bank_id", "event_id", "currency")
        new_id = self._store.write(
            t("financing.do.add"),
            add_facility,
            product=Product.LOAN.value,
            credit_id=self._id,
            **{name: self.record[name] for name in same},
        )
        self.opened.emit(new_id)
        self.form.fields["drawn_minor"].setFocus()

    def _save(self, name: str, fields: dict[str, Any]) -> None:
        fields = amounts_kept(self.record, fields, ("granted_minor", "drawn_minor"))
        undo_label = t("financing.do.edit", field=name)
        self._store.write(undo_label, records.update, "facilities", self._id, **fields)


def _credit_text(credit: dict[str, Any]) -> str:
    """Return a credit as a field names it: its bank, its amount, its day."""
    parts = (
        credit["bank"],
        texts.money(credit["granted_minor"], credit["currency"]),
        texts.day(credit["granted_on"]),
    )
    return " · ".join(filter(None, parts)) or word("product", credit["product"])
