"""Finds our own ledgers among other tables and reads their rows, each field exactly."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from desktop_app.exchange.ledger_read import Cell, RawTable
from desktop_app.exchange.ledger_row import LedgerRow, Problem
from desktop_app.exchange.mapping import Mapping
from desktop_app.exchange.own_cells import UnreadableError, read_cell
from desktop_app.exchange.own_column import OwnColumn
from desktop_app.exchange.own_columns import find_sheet
from desktop_app.exchange.parse_text import cell_text, one_line

_LOOK_AT_ROWS = 12
# References to other records, which are no columns of the row's own record.
REFERENCES = frozenset(
    """number owner first_reporter event next_step next_owner contact_name contact_phone member
    contact trip meeting lead_title key lead_key company_key contact_key trip_key meeting_key
    previous_key approval approval_key bank bank_key event_key credit_key""".split()
)


@dataclass
class OwnRow(LedgerRow):
    """A row of our own ledger: beside the records what it refers to, by name and by key."""

    refers: dict[str, str] = field(default_factory=dict)
    record: dict[str, object] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)


def own_mapping(table: RawTable) -> Mapping | None:
    """Return how a table is read if it is a ledger of ours, else None."""
    for index, row in enumerate(table.rows[:_LOOK_AT_ROWS]):
        found = find_sheet(cell_text(c) if isinstance(c, str) else "" for c in row)
        if found is not None:
            sheet, lang, columns = found
            labels = {i: one_line(c) for i, c in enumerate(row) if one_line(c)}
            mapping = Mapping(sheet, index + 1, labels=labels)
            mapping.own, mapping.own_lang = columns, lang
            return mapping
    return None


def read_own_rows(
    table: RawTable, mapping: Mapping, today: dt.date, each: Callable[[], None] | None = None
) -> list[OwnRow]:
    """Return the rows of a table of ours; those that say nothing are left out."""
    found = []
    for index in range(mapping.first_row, len(table.rows)):
        if each is not None:
            each()
        row = _Reader(table, mapping, today, index).read()
        if any((row.company, row.lead, row.contact, row.record)):
            found.append(row)
    return found


class _Reader:
    """Reads one row, and keeps what its columns cannot hold."""

    def __init__(self, table: RawTable, mapping: Mapping, today: dt.date, index: int) -> None:
        self.mapping = mapping
        self.today = today
        self.cells = table.rows[index]
        self.row = OwnRow(table.sheet, table.row_number(index), mapping.kind)
        for at, column in mapping.own.items():
            self.row.labels[column.name] = mapping.labels.get(at, "")

    def read(self) -> OwnRow:
        """Return what the row says."""
        into: dict[str, dict[str, object]] = {
            "company": self.row.company,
            "lead": self.row.lead,
            "contact": self.row.contact,
            "follow_up": self.row.record,
            "stage": self.row.record,
            **dict.fromkeys(
                ("case", "approval", "approval_service", "facility", "capital_receipt"),
                self.row.record,
            ),
        }
        for at, cell in enumerate(self.cells):
            column = self.mapping.own.get(at)
            if column is None:
                # A column somebody added: its words are kept.
                if cell_text(cell):
                    self._keep(at, cell)
                continue
            value = self._value(at, column, cell)
            if value is None:
                continue
            if column.name in REFERENCES:
                self.row.refers[column.name] = str(value)
            elif column.record in into and not self._foreign(column):
                into[column.record][column.name] = value
                label = self.mapping.labels.get(at, "")
                self.row.raw[f"{column.record}.{column.name}"] = (label, one_line(cell))
        self._people()
        return self.row

    def _foreign(self, column: OwnColumn) -> bool:
        """Say whether a column names a record of another sheet rather than fills it."""
        return self.mapping.kind == "stages" and column.name == "title"

    def _value(self, at: int, column: OwnColumn, cell: Cell) -> object:
        """Return the value of a cell; one that can't be read goes to the notes and is told."""
        try:
            return read_cell(
                column, cell, self.mapping.own_lang, self.today, self._currency(column)
            )
        except UnreadableError as error:
            self._keep(at, cell)
            label = self.mapping.labels.get(at, "")
            found = Problem(self.row.sheet, self.row.row, label, cell_text(cell), str(error))
            self.row.problems.append(found)
            return None

    def _currency(self, column: OwnColumn) -> str:
        """Return the currency that stands in the row for a money column."""
        if not column.currency:
            return ""
        for at, other in self.mapping.own.items():
            if (other.record, other.name) == (column.record, column.currency):
                return cell_text(self.cells[at]).upper() if at < len(self.cells) else ""
        return ""

    def _keep(self, at: int, cell: Cell) -> None:
        """Keep a text in the notes under its heading."""
        label = self.mapping.labels.get(at, "")
        self.row.notes.append(f"{label}：{cell_text(cell)}" if label else cell_text(cell))

    def _people(self) -> None:
        """Say in the row's own words who and what it refers to."""
        row = self.row
        row.owner = row.refers.get("owner")
        row.reporter = row.refers.get("first_reporter")
        row.next_step = row.refers.get("next_step")
