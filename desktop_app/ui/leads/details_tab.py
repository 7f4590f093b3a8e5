"""All that is known of a lead beyond the first look, in sections; edited in place."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop_app.i18n import t
from desktop_app.ui.leads.lead_fields import (
    FIELDS,
    VALUE_PARTS,
    Finder,
    field_label,
    make_editor,
)
from desktop_app.ui.leads.parts import bold, label_width
from desktop_app.ui.widgets.buttons import hairline, label
from desktop_app.ui.widgets.field_grid import FieldGrid
from desktop_app.ui.widgets.text_fields import BoolField, IntField, TextField

_SECTIONS: tuple[tuple[str, str], ...] = (
    ("source", "source source_detail event_id introducer responded_on"),
    ("readiness", "verdict time_scale decision_maker_met budget_approved"),
    ("site", "land_m2 plant_m2 energy_tce output_minor tax_minor jobs review_opinion"),
    (
        "signing",
        "our_commitments their_commitments planned_signing_on signed_on foreign_share_percent"
        " credit_code registered_capital_minor",
    ),
    (
        "building",
        "filing_number land_contract construction_permit started_on joint_acceptance"
        " completed_on producing_on full_capacity_on actual_output_minor actual_tax_minor"
        " actual_jobs",
    ),
)


class DetailsTab(QWidget):
    """The sections; each editor writes its own field."""

    #: (column, value)
    edited = Signal(str, object)

    def __init__(self, find: Finder, name_of: Callable[[str, str | None], str]) -> None:
        """Make the editors once; each lead is only shown in them."""
        super().__init__()
        self._name_of = name_of
        self.editors: dict[str, Any] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 8, 0, 0)
        self._layout.setSpacing(4)
        for number, (section, columns) in enumerate(_SECTIONS):
            if section == "readiness":
                self._add_value()
            self._head(section, bool(number))
            if section == "readiness":
                self.why = label("", "small", wrap=True)
                self._layout.addWidget(self.why)
            grid = FieldGrid(label_width(20))
            for column in columns.split():
                field = FIELDS[column]
                editor: Any = make_editor(field, find)
                editor.edited.connect(lambda value, c=column: self.edited.emit(c, value))
                grid.add(field.label, editor)
                self.editors[column] = editor
            if section == "source":
                self.first_report = label("", "", wrap=True, selectable=True)
                self.first_report.setContentsMargins(9, 5, 0, 5)
                grid.add(t("leads.first_report"), self.first_report)
                self.first_report.setToolTip(t("leads.first_report_locked"))
            self._layout.addWidget(grid)
        self._layout.addStretch(1)

    def _head(self, section: str, line: bool) -> None:
        if line:
            self._layout.addSpacing(8)
            self._layout.addWidget(hairline())
            self._layout.addSpacing(4)
        self._layout.addWidget(bold(t(f"leads.section.{section}")))

    def _add_value(self) -> None:
        """The eleven parts of the value score in two columns, and the veto."""
        self._head("value", True)
        self.total = label("", "small", wrap=True)
        self._layout.addWidget(self.total)
        block = QWidget()
        grid = QGridLayout(block)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(1)
        for number, part in enumerate(VALUE_PARTS):
            column = f"value_{part}"
            name = field_label(column)
            editor = IntField(name, "0–100")
            editor.edited.connect(lambda value, c=column: self.edited.emit(c, _within(value)))
            line, side = divmod(number, 2)
            caption = label(name, "muted")
            caption.setBuddy(editor)
            grid.addWidget(caption, line, side * 2)
            grid.addWidget(editor, line, side * 2 + 1)
            grid.setColumnStretch(side * 2 + 1, 1)
            self.editors[column] = editor
        self._layout.addWidget(block)
        veto = BoolField(t("leads.veto"), t("leads.veto"))
        veto.edited.connect(lambda value: self.edited.emit("veto", value))
        reason = TextField(t("leads.veto_reason"), t("leads.veto_reason"))
        reason.edited.connect(lambda value: self.edited.emit("veto_reason", value))
        self._layout.addWidget(veto)
        self._layout.addWidget(reason)
        self.editors["veto"], self.editors["veto_reason"] = veto, reason

    def show_lead(
        self, columns: dict[str, Any], first: str, total: str, why: Sequence[str]
    ) -> None:
        """Show a lead.

        Args:
            columns: the lead's columns.
            first: who reported it first, and when.
            total: the value score in words.
            why: the reasons of its readiness.
        """
        for column, editor in self.editors.items():
            field = FIELDS.get(column)
            if field is None:
                editor.set_value(columns.get(column))
            elif field.kind in ("member", "event"):
                record_id = columns.get(column)
                editor.set_record(record_id, self._name_of(field.kind, record_id))
            else:
                editor.set_value(field.value(columns))
        self.editors["veto_reason"].setVisible(bool(columns.get("veto")))
        self.first_report.setText(first or "—")
        self.total.setText(total)
        self.why.setText(t("leads.list_comma").join(why))


def _within(value: int | None) -> int | None:
    """Keep a part of the score between 0 and 100."""
    return None if value is None else max(0, min(100, value))
