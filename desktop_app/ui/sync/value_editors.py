"""The editor that a field has, for any field of any record: to write a third answer."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from desktop_app.db.change import Value
from desktop_app.services.record_texts import log_value
from desktop_app.ui.store import Store
from desktop_app.ui.sync.values import (
    ValueWords,
    codes,
    field_name,
    is_long,
    is_number,
    is_truth,
    reference,
)
from desktop_app.ui.trips.time_fields import MomentField
from desktop_app.ui.widgets.money_field import Amount, MoneyField
from desktop_app.ui.widgets.popup_fields import DateField, Option, RecordField
from desktop_app.ui.widgets.text_fields import (
    BoolField,
    ChoiceField,
    IntField,
    LongTextField,
    TextField,
)


class ValueEditor:
    """A field of the kit, and how its value goes to a log value and back."""

    def __init__(self, field: Any, to_log: Callable[[Any], Value] = lambda value: value) -> None:
        """Wrap a field."""
        self.field, self._to_log = field, to_log

    def value(self) -> Value:
        """Return what is entered, as the log has values.

        Raises:
            ValueError: what is typed means nothing; the field says so.
        """
        if not self.field.commit():
            raise ValueError
        return self._to_log(self.field.value())


def make_editor(
    store: Store, words: ValueWords, table: str, row: str, column: str, value: Value
) -> ValueEditor:
    """Return the editor of a field, showing a value."""
    name = field_name(table, column)
    found = codes(table, column)
    if found:
        editor = ValueEditor(ChoiceField.of_words(name, found[0], found[1], inplace=False))
        shown: Any = value
    elif column == "country":
        editor, shown = ValueEditor(ChoiceField.of_countries(name, inplace=False)), value
    elif is_truth(column):
        editor, shown = ValueEditor(BoolField(name, name)), value
    elif column.endswith("_minor"):
        currency = words.currency(table, row, column)
        field = MoneyField(name, inplace=False)
        # The currency is a field of its own, which may be agreed on.
        field.unit.hide()
        editor, shown = ValueEditor(field, _minor), Amount(_whole(value), currency)
    elif column.endswith(("_on", "_until")):
        editor, shown = ValueEditor(DateField(name, inplace=False), _day_text), _day(value)
    elif column.endswith("_at"):
        editor, shown = ValueEditor(MomentField(name), log_value), _moment(value)
    elif column.endswith("_id"):
        search = partial(_search, store, reference(column))
        editor, shown = ValueEditor(RecordField(name, search, inplace=False)), None
        editor.field.set_record(value, words.words(table, row, column, value) if value else "")
        return editor
    elif is_number(table, column):
        editor, shown = ValueEditor(IntField(name, inplace=False)), value
    elif is_long(table, column):
        editor, shown = ValueEditor(LongTextField(name, lines=3, inplace=False)), value
    else:
        editor, shown = ValueEditor(TextField(name, inplace=False)), value
    editor.field.set_value(shown)
    return editor


def _whole(value: Value) -> int | None:
    return value if isinstance(value, int) else None


def _minor(amount: Amount) -> Value:
    return amount.minor


def _day(value: Value) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else None


def _day_text(day: dt.date | None) -> Value:
    return None if day is None else day.isoformat()


def _moment(value: Value) -> dt.datetime | None:
    return dt.datetime.fromisoformat(value) if isinstance(value, str) else None


def _search(store: Store, table: str, text: str) -> Sequence[Option]:
    """Return the records of a table that match a text."""
    from desktop_app.services.members import member_rows
    from desktop_app.services.search import search_records
    from desktop_app.services.titles import kind_of

    if table == "member":
        rows = store.read(member_rows)
        wanted = text.casefold()
        return [Option(r.id, r.name, r.role) for r in rows if wanted in r.name.casefold()]
    kind = kind_of(table)
    hits = store.read(search_records, text) if text else []
    return [Option(hit.id, hit.title, hit.detail) for hit in hits if hit.kind == kind]
