"""The fields of a lead: which editor each has, and how its value goes to columns and back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.domain.words import Chain, Source, Status, TimeScale, Verdict
from desktop_app.i18n import t, word
from desktop_app.ui.widgets.money_field import Amount, MoneyField
from desktop_app.ui.widgets.popup_fields import DateField, Option, RecordField
from desktop_app.ui.widgets.text_fields import (
    BoolField,
    ChoiceField,
    IntField,
    LongTextField,
    TextField,
)

#: Finds records for a field: ("member" or "event") to a function of the text typed.
Finder = Callable[[str, str], Sequence[Option]]


@dataclass(frozen=True)
class LeadField:
    """One field: its column, the kind of editor, and the unit or the column of its currency."""

    column: str
    kind: str
    extra: str = ""

    @property
    def label(self) -> str:
        """Return the field's name in the language in use."""
        return field_label(self.column)

    def values(self, value: Any) -> dict[str, Any]:
        """Return the columns that an editor's value sets."""
        if self.kind == "money":
            amount = Amount(*value) if value is not None else Amount(None, None)
            found: dict[str, Any] = {self.column: amount.minor}
            if self.extra:
                found[self.extra] = amount.currency
            return found
        return {self.column: value}

    def value(self, columns: dict[str, Any]) -> Any:
        """Return what the editor shows of a lead's columns."""
        if self.kind == "money":
            currency = columns.get(self.extra) if self.extra else "CNY"
            return Amount(columns.get(self.column), currency)
        return columns.get(self.column)


def field_label(column: str) -> str:
    """Return the name of a column for people."""
    own = f"leads.field.{column}"
    try:
        return t(own)
    except KeyError:
        return word("field", column)


FIELDS: dict[str, LeadField] = {
    field.column: field
    for field in (
        LeadField("title", "text"),
        LeadField("amount_minor", "money", "currency"),
        LeadField("previous_amount_minor", "money", "currency"),
        LeadField("foreign_share_percent", "int", "%"),
        LeadField("chain", "choice"),
        LeadField("owner_id", "member"),
        LeadField("status", "choice"),
        LeadField("status_reason", "text"),
        LeadField("lost_to", "text"),
        LeadField("competitors", "text"),
        LeadField("blocker", "long"),
        LeadField("notes", "long"),
        LeadField("source", "choice"),
        LeadField("source_detail", "text"),
        LeadField("event_id", "event"),
        LeadField("introducer", "text"),
        LeadField("first_reporter_id", "member"),
        LeadField("first_reported_on", "date"),
        LeadField("responded_on", "date"),
        LeadField("verdict", "choice"),
        LeadField("time_scale", "choice"),
        LeadField("decision_maker_met", "bool"),
        LeadField("budget_approved", "bool"),
        LeadField("land_m2", "int", "m²"),
        LeadField("plant_m2", "int", "m²"),
        LeadField("energy_tce", "int", "tce"),
        LeadField("output_minor", "money"),
        LeadField("tax_minor", "money"),
        LeadField("jobs", "int"),
        LeadField("review_opinion", "long"),
        LeadField("our_commitments", "long"),
        LeadField("their_commitments", "long"),
        LeadField("planned_signing_on", "date"),
        LeadField("signed_on", "date"),
        LeadField("credit_code", "text"),
        LeadField("registered_capital_minor", "money", "registered_currency"),
        LeadField("filing_number", "text"),
        LeadField("land_contract", "text"),
        LeadField("construction_permit", "text"),
        LeadField("started_on", "date"),
        LeadField("joint_acceptance", "text"),
        LeadField("completed_on", "date"),
        LeadField("producing_on", "date"),
        LeadField("full_capacity_on", "date"),
        LeadField("actual_output_minor", "money"),
        LeadField("actual_tax_minor", "money"),
        LeadField("actual_jobs", "int"),
    )
}
VALUE_PARTS = (
    "industry technology size intensity investor environment safety land planning tax jobs".split()
)
for _part in VALUE_PARTS:
    FIELDS[f"value_{_part}"] = LeadField(f"value_{_part}", "int")
_CHOICES: dict[str, Any] = {
    "chain": Chain,
    "status": Status,
    "source": Source,
    "verdict": Verdict,
    "time_scale": TimeScale,
}


def make_editor(field: LeadField, find: Finder, inplace: bool = True) -> QWidget:
    """Return the editor of a field; it has ``edited``, ``set_value``, ``value``, ``commit``."""
    name = field.label
    hint = t("leads.add_text") if inplace else ""
    match field.kind:
        case "money":
            editor: QWidget = MoneyField(name, inplace=inplace)
            # Of an increase: in the currency of the whole, which is chosen there.
            if not field.extra or field.column == "previous_amount_minor":
                editor.unit.hide()  # type: ignore[attr-defined] # a MoneyField has it
        case "int":
            editor = IntField(name, hint, unit=field.extra, inplace=inplace)
        case "date":
            editor = DateField(name, inplace=inplace)
        case "long":
            editor = LongTextField(name, hint, lines=1 if inplace else 2, inplace=inplace)
        case "bool":
            editor = BoolField(name)
        case "choice":
            empty = None if field.column == "status" else ""
            editor = ChoiceField.of_words(
                name, field.column, _CHOICES[field.column], empty, inplace
            )
        case "member" | "event":
            editor = RecordField(name, partial(find, field.kind), inplace=inplace)
        case _:
            editor = TextField(name, hint, inplace=inplace)
    editor.setObjectName(field.column)
    return editor
