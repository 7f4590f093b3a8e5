"""A form over one record: each field saves itself, alone, the moment it is altered."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.i18n import t
from desktop_app.ui.widgets.field_grid import FieldGrid
from desktop_app.ui.widgets.popup_fields import DateField
from desktop_app.ui.widgets.text_fields import ChoiceField, LongTextField, TextField

Save = Callable[[str, dict[str, Any]], object]


def field_name(column: str) -> str:
    """Return the label of a column."""
    return t(f"trips.field.{column}")


class RecordForm(FieldGrid):
    """A grid of fields by column name; only what was touched is handed to ``save``."""

    def __init__(self, save: Save, label_width: int = 92) -> None:
        """``save`` receives the field's label and the altered columns."""
        super().__init__(label_width)
        self._save = save
        self.fields: dict[str, Any] = {}

    def bind(self, column: str, field: Any, text: str = "") -> Any:
        """Add any field of the kit for a column."""
        self.attach(column, field)
        self.add(text or field_name(column), field)
        return field

    def attach(self, column: str, field: Any) -> Any:
        """Let a field that stands elsewhere save a column."""
        self.fields[column] = field
        field.edited.connect(lambda value: self._save(field_name(column), {column: value}))
        return field

    def line(self, column: str, hint: str = "") -> TextField:
        """Add one line of text."""
        field = TextField(field_name(column), hint)
        self.bind(column, field)
        return field

    def long(self, column: str, hint: str = "", lines: int = 1) -> LongTextField:
        """Add text of several lines."""
        field = LongTextField(field_name(column), hint, lines)
        self.bind(column, field)
        return field

    def day(self, column: str) -> DateField:
        """Add a day."""
        field = DateField(field_name(column))
        self.bind(column, field)
        return field

    def words(self, column: str, concept: str, codes: Any, empty: str | None = "") -> ChoiceField:
        """Add a choice among the codes of an enum."""
        field = ChoiceField.of_words(field_name(column), concept, codes, empty)
        self.bind(column, field)
        return field

    def show_values(self, record: Mapping[str, Any]) -> None:
        """Show the record's values; what is being typed stays."""
        for column, field in self.fields.items():
            field.set_value(record.get(column))

    def field_of(self, column: str) -> QWidget | None:
        """Return the field of a column, to put the cursor there."""
        field = self.fields.get(column)
        return field if isinstance(field, QWidget) else None
