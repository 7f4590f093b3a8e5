"""A form over one record: each field saves itself, alone, the moment it is altered."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.i18n import t
from desktop_app.ui.widgets.field_grid import FieldGrid
from desktop_app.ui.widgets.money_field import Amount, MoneyField
from desktop_app.ui.widgets.popup_fields import DateField, Option, RecordField
from desktop_app.ui.widgets.text_fields import (
    BoolField,
    ChoiceField,
    IntField,
    LongTextField,
    TextField,
)

Save = Callable[[str, dict[str, Any]], object]


class RecordForm(FieldGrid):
    """A grid of fields by column name; only what was touched is handed to ``save``."""

    def __init__(
        self,
        save: Save,
        label_width: int = 92,
        words: str = "words.field",
        labels: Mapping[str, str] | None = None,
    ) -> None:
        """Begin an empty form.

        Args:
            save: receives the field's label and the altered columns.
            label_width: of the labels' column, in pixels.
            words: the text keys under which the columns have their labels.
            labels: the text keys of columns that have another label.
        """
        super().__init__(label_width)
        self._save, self._words, self._labels_of = save, words, labels or {}
        self.fields: dict[str, Any] = {}
        self._amounts: dict[str, tuple[str, str]] = {}
        self._records: set[str] = set()

    def name_of(self, column: str) -> str:
        """Return the label of a column."""
        return t(self._labels_of.get(column, f"{self._words}.{column}"))

    def bind(self, column: str, field: Any, text: str = "") -> Any:
        """Add any field of the kit for a column."""
        self.attach(column, field)
        self.add(text or self.name_of(column), field)
        return field

    def attach(self, column: str, field: Any) -> Any:
        """Let a field that stands elsewhere save a column."""
        self.fields[column] = field
        field.edited.connect(lambda value: self._save(self.name_of(column), {column: value}))
        return field

    def line(self, column: str, hint: str = "") -> TextField:
        """Add one line of text."""
        field = TextField(self.name_of(column), hint)
        self.bind(column, field)
        return field

    def long(self, column: str, hint: str = "", lines: int = 1) -> LongTextField:
        """Add text of several lines."""
        field = LongTextField(self.name_of(column), hint, lines)
        self.bind(column, field)
        return field

    def day(self, column: str) -> DateField:
        """Add a day."""
        field = DateField(self.name_of(column))
        self.bind(column, field)
        return field

    def number(self, column: str, hint: str = "") -> IntField:
        """Add a whole number."""
        field = IntField(self.name_of(column), hint)
        self.bind(column, field)
        return field

    def flag(self, column: str) -> BoolField:
        """Add a yes or no."""
        field = BoolField(self.name_of(column))
        self.bind(column, field)
        return field

    def words(self, column: str, concept: str, codes: Any, empty: str | None = "") -> ChoiceField:
        """Add a choice among the codes of an enum."""
        field = ChoiceField.of_words(self.name_of(column), concept, codes, empty)
        self.bind(column, field)
        return field

    def money(self, column: str, currency: str = "currency") -> MoneyField:
        """Add an amount: a column of minor units and the column of its currency."""
        field = MoneyField(self.name_of(column))
        self._amounts[column] = (column, currency)
        self.fields[column] = field
        self.add(self.name_of(column), field)

        def save(amount: Amount) -> None:
            self._save(self.name_of(column), {column: amount.minor, currency: amount.currency})

        field.edited.connect(save)
        return field

    def record(
        self,
        column: str,
        search: Callable[[str], Sequence[Option]],
        follow: Callable[[str], object] | None = None,
        create: Callable[[str], str | None] | None = None,
    ) -> RecordField:
        """Add another record, found by typing.

        ``show_values`` takes its name from the key ``<column>_name`` where the values have one.

        Args:
            column: that holds its id.
            search: returns the records for a text.
            follow: shows the record in its own view.
            create: makes a record of a name typed and returns its id.
        """
        field = RecordField(self.name_of(column), search, create=create)
        if follow is not None:
            field.followed.connect(follow)
        self._records.add(column)
        self.bind(column, field)
        return field

    def show_values(self, record: Mapping[str, Any]) -> None:
        """Show the record's values; what is being typed stays."""
        for column, field in self.fields.items():
            value = record.get(column)
            if column in self._amounts:
                field.set_value(tuple(record.get(name) for name in self._amounts[column]))
            elif column in self._records and f"{column}_name" in record:
                field.set_record(value, record[f"{column}_name"] or "")
            else:
                field.set_value(value)

    def field_of(self, column: str) -> QWidget | None:
        """Return the field of a column, to put the cursor there."""
        field = self.fields.get(column)
        return field if isinstance(field, QWidget) else None
