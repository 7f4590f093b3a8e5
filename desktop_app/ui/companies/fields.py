"""The fields of company and contact panes, and the editors they are made of."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from desktop_app.domain.words import Chain, CompanyKind, DecisionRole
from desktop_app.i18n import t
from desktop_app.ui.widgets.field_grid import FieldGrid
from desktop_app.ui.widgets.money_field import MoneyField
from desktop_app.ui.widgets.text_fields import ChoiceField, IntField, LongTextField, TextField

_LONG = {"description", "china_footprint", "notes", "address"}
_INTEGERS = {"employees"}
_WORDS: dict[str, tuple[str, Any]] = {
    "kind": ("company_kind", CompanyKind),
    "chain": ("chain", Chain),
    "decision_role": ("decision_role", DecisionRole),
}

COMPANY = (
    *("name", "name_zh", "kind", "country", "city", "address", "postcode", "website", "phone"),
    *("email", "chain", "founded_year", "employees", "revenue", "description"),
    *("china_footprint", "notes"),
)
CONTACT = (
    *("name", "name_zh", "title", "decision_role", "email", "phone", "mobile", "wechat"),
    *("languages", "address", "notes"),
)
#: The column of the one field that is not called after it.
REVENUE = {"revenue": "revenue_minor"}
_LABELS = {"revenue": "words.field.revenue_minor"}
#: What a person's fields are called where a thing's are called otherwise.
PERSON_LABELS = {"name": "contacts.name", "title": "words.field.title_contact"}


class YearField(IntField):
    """A year: a whole number without separators."""

    def words(self, value: Any) -> str:
        return "" if value is None else str(value)


def make_editor(name: str, text: str) -> Any:
    """Return the editor of a field, under its accessible name."""
    if name == "country":
        return ChoiceField.of_countries(text)
    if name in _WORDS:
        concept, words = _WORDS[name]
        return ChoiceField.of_words(text, concept, words, "—")
    if name in _LONG:
        return LongTextField(text)
    if name == "founded_year":
        return YearField(text)
    if name in _INTEGERS:
        return IntField(text)
    if name == "revenue":
        return MoneyField(text)
    return TextField(text)


class RecordForm(FieldGrid):
    """Editors of one record's fields, each saving its own at once."""

    def __init__(
        self,
        names: Sequence[str],
        save: Callable[[dict[str, Any]], None],
        labels: dict[str, str] = _LABELS,
    ) -> None:
        """Make the editors once; records are only shown in them.

        Args:
            names: the fields, in their order.
            save: saves the fields given.
            labels: the text keys of fields that are not called after their column.
        """
        super().__init__()
        self._save = save
        self.editors: dict[str, Any] = {}
        for name in names:
            text = t(labels.get(name, f"words.field.{name}"))
            editor = make_editor(name, text)
            self.editors[name] = self.add(text, editor)
            editor.edited.connect(partial(self._on_edited, name))

    def show_fields(self, fields: dict[str, Any]) -> None:
        """Show a record's columns."""
        for name, editor in self.editors.items():
            if name == "revenue":
                editor.set_value((fields.get("revenue_minor"), fields.get("revenue_currency")))
            else:
                editor.set_value(fields.get(name))

    def _on_edited(self, name: str, value: Any) -> None:
        if name != "revenue":
            self._save({name: value})
            return
        minor, currency = (value[0], value[1]) if value is not None else (None, None)
        self._save({"revenue_minor": minor, "revenue_currency": currency})
