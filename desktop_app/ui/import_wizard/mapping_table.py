"""The mapping of a table: each column with its heading, first values, and the field it fills."""

import datetime as dt
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from desktop_app.exchange.after_headings import HEADINGS as AFTER_FIELDS
from desktop_app.exchange.headings import FIELDS, MONEY_FIELDS
from desktop_app.exchange.ledger_read import RawTable
from desktop_app.exchange.mapping import Mapping
from desktop_app.i18n import catalogue, t
from desktop_app.ui.widgets.buttons import column, label
from desktop_app.ui.widgets.text_fields import ChoiceField

_SAMPLES = 3


def field_text(name: str, kind: str = "") -> str:
    """Return how a field of the import is called, in ledgers of a kind where they differ."""
    for key in (f"import.field.{kind}.{name}", f"import.field.{name}", f"words.field.{name}"):
        if key in catalogue():
            return t(key)
    return name


def sample_text(cell: object) -> str:
    """Return a cell as it is shown for an example: whole numbers and days without a rest."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return str(cell).strip()


class MappingTable(QScrollArea):
    """One line a column; choosing another field alters the mapping."""

    altered = Signal()

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def set_table(self, table: RawTable, mapping: Mapping) -> None:
        """Show how a table is read."""
        body = QWidget()
        if mapping.own:
            layout = column(body, 16, 8)
            layout.addWidget(label(t("import.own_ledger"), "muted", wrap=True))
            layout.addStretch(1)
            self.setWidget(body)
            return
        grid = QGridLayout(body)
        grid.setContentsMargins(16, 8, 16, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(3, 1)
        for position, key in ((0, "heading"), (1, "field"), (3, "samples")):
            grid.addWidget(label(t(f"import.column.{key}"), "small"), 0, position)
        fields = AFTER_FIELDS.get(mapping.kind, FIELDS)
        choices = [(name, field_text(name, mapping.kind)) for name in fields]
        for line, at in enumerate(sorted(mapping.labels), start=1):
            heading = label(mapping.labels[at] or f"{at + 1}")
            heading.setMaximumWidth(200)
            grid.addWidget(heading, line, 0)
            samples = label(self._samples(table, mapping, at), "muted")
            samples.setSizePolicy(
                samples.sizePolicy().Policy.Ignored, samples.sizePolicy().verticalPolicy()
            )
            grid.addWidget(samples, line, 3)
            chosen = ChoiceField(mapping.labels[at], choices, t("import.keep_in_notes"))
            chosen.set_value(mapping.columns.get(at))
            chosen.setFixedWidth(190)
            chosen.edited.connect(lambda value, c=at: self._choose(mapping, c, value))
            grid.addWidget(chosen, line, 1)
            if mapping.columns.get(at) in MONEY_FIELDS or at in mapping.units:
                grid.addWidget(label(mapping.unit_text(at), "small"), line, 2)
        grid.setRowStretch(grid.rowCount(), 1)
        self.setWidget(body)

    def _samples(self, table: RawTable, mapping: Mapping, column: int) -> str:
        found = []
        for row in table.rows[mapping.first_row :]:
            text = sample_text(row[column]) if column < len(row) else ""
            if text and text not in found:
                found.append(text.replace("\n", " "))
            if len(found) == _SAMPLES:
                break
        return "  ·  ".join(found)

    def _choose(self, mapping: Mapping, column: int, value: Any) -> None:
        if value is None:
            mapping.columns.pop(column, None)
        else:
            # A field is filled by one column: the other one goes to the notes.
            for other in [c for c, name in mapping.columns.items() if name == value]:
                del mapping.columns[other]
            mapping.columns[column] = str(value)
        self.altered.emit()
